"""A crowd in PostgreSQL for bench.scale: model people made by the product's own rules, and copies of them under new keys.

    DATABASE_URL=postgres://... python -m bench.crowd 100000

The models are made by the actions that pages use (`tests/builders_training.py`); the database itself copies their rows,
`INSERT ... SELECT` of each table. The copies of one row stand together, so that the rows of one person lie as far apart
as they do where many people train on the same day. Everything not here is as it would be after a sign-in.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

WEEKS = range(3, 13)
SHARES = {**{f"week{week}": 3 for week in WEEKS}, "stopped": 25, "checked": 25, "joined": 20}
"""Of a hundred people: in each of these weeks of a plan; gave up after a week; only looked at the mirror; only joined."""
STRIDE = 10_000
"""Between the numbers of a row and of its next copy: more than the models have rows in any table."""
LOOK_BACK_DAYS = 60
MORE_THAN_ANY = 10_000
SECRETS = {"token_hash", "session_key", "guest_token_hash"}
"""Columns in which every copy needs a value of its own; empty ones stay empty."""


def make(people: int) -> dict[str, float]:
    """Fill the database, which holds nobody yet; how many seconds the models and the copies took."""
    begun = time.perf_counter()
    models = _models()
    made = time.perf_counter()
    _copy({pk: people * SHARES[name] // 100 - 1 for name, pk in models.items()})
    return {"models": made - begun, "copies": time.perf_counter() - made}


def _models() -> dict[str, int]:
    """One person for each name in SHARES; their numbers."""
    import time_machine  # noqa: PLC0415

    from bench.people import train_since  # noqa: PLC0415  (needs the settings)
    from tests.builders import person  # noqa: PLC0415
    from tests.builders_training import a_finished_check  # noqa: PLC0415

    found = {}
    for name in SHARES:
        somebody = person(f"{name}@example.org")
        found[name] = somebody.pk
        days = 7 * int(name.removeprefix("week")) - 1 if name.startswith("week") else LOOK_BACK_DAYS
        begin = datetime.now(UTC) - timedelta(days=days)
        if name != "joined":
            with time_machine.travel(begin, tick=False):
                a_finished_check(somebody)
        if name.startswith("week") or name == "stopped":
            train_since(somebody, begin.date(), at_most=40 if name == "stopped" else MORE_THAN_ANY)
        _account_of(somebody, trains=name.startswith("week"), reminded=name in {"week3", "week6", "week9"})
    return found


def _account_of(person: Any, *, trains: bool, reminded: bool) -> None:
    """What signing in, a calendar, reminders and their e-mails leave behind."""
    from allauth.usersessions.models import UserSession  # noqa: PLC0415

    from accounts.clock import now  # noqa: PLC0415
    from accounts.models import AccountEvent, EventKind  # noqa: PLC0415
    from exercises.rules.reminding import ReminderKind  # noqa: PLC0415
    from hipfeet.mail.models import MailState, OutboxMail, Reminder  # noqa: PLC0415
    from hipfeet.mail.reminders import keep_reminders  # noqa: PLC0415
    from hipfeet.owndata.feed import make_address  # noqa: PLC0415
    from tests.builders_training import signed_in_as  # noqa: PLC0415

    for _ in range(2):
        key = signed_in_as(person).session.session_key
        UserSession.objects.create(user=person, session_key=key, ip="203.0.113.7", user_agent="a phone")
    for kind in (EventKind.SIGNED_UP, *[EventKind.SIGNED_IN] * 5):
        AccountEvent.objects.create(person=person, kind=kind, network="203.0.113.0/24")
    if trains:
        make_address(person=person, key="a key", seen=0)
    if reminded:
        keep_reminders(
            person=person, hour=now().time(), wanted=[ReminderKind.TRAINING, ReminderKind.LOOK_AGAIN]
        )
        person.reminder_choices.__class__.objects.update(look_next_at=now() + timedelta(hours=1))
        for days in range(12):
            moment = now() - timedelta(days=2 * days + 1)
            OutboxMail.objects.create(
                person=person, address=person.email, state=MailState.SENT, written_at=moment
            )
            if days < 3:
                kind = ReminderKind.TRAINING.value
                Reminder.objects.create(person=person, kind=kind, local_date=moment.date())


# --- copying -----------------------------------------------------------------------------------------


def _copy(numbers: dict[int, int]) -> None:
    """So many copies of each person, with everything of theirs."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # keys are right as they are made
        cursor.execute("CREATE TEMPORARY TABLE numbers (person bigint PRIMARY KEY, copies int)")
        cursor.executemany("INSERT INTO numbers VALUES (%s, %s)", list(numbers.items()))
        for model, owner in _owned():
            begun = time.perf_counter()
            _copy_table(cursor, model, owner)
            print(f"{model._meta.db_table} {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
        cursor.execute(
            "INSERT INTO django_session SELECT s.session_key, one.session_data, one.expire_date"
            " FROM usersessions_usersession s, (SELECT * FROM django_session LIMIT 1) one ON CONFLICT DO NOTHING"
        )
        for model, _ in _owned():
            key = model._meta.pk
            if key.get_internal_type() in {"BigAutoField", "AutoField"}:
                cursor.execute(
                    f'SELECT setval(pg_get_serial_sequence(%s, %s), max("{key.column}")) FROM "{model._meta.db_table}"',  # noqa: S608
                    [model._meta.db_table, key.column],
                )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")  # as autovacuum would have done over the weeks


def _owned() -> list[tuple[Any, str]]:
    """Every table that a person has rows in, with how a row leads to its person."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415
    from allauth.usersessions.models import UserSession  # noqa: PLC0415

    from accounts.models import AccountEvent, User  # noqa: PLC0415
    from hipfeet.mail.models import OutboxMail, Reminder  # noqa: PLC0415
    from hipfeet.owndata.models import CalendarFeed  # noqa: PLC0415
    from hipfeet.owndata.tables import TABLES  # noqa: PLC0415

    accounts = [(User, "pk"), (EmailAddress, "user"), (UserSession, "user")]
    others = [(model, "person") for model in (AccountEvent, OutboxMail, Reminder, CalendarFeed)]
    return accounts + others + [(table.model, table.owner) for table in TABLES]


def _copy_table(cursor: Any, model: Any, owner: str) -> None:
    from django.db.models import F  # noqa: PLC0415

    fields = model._meta.concrete_fields
    rows = model.objects.order_by("pk").values_list(*(field.attname for field in fields), F(owner))
    inner, values = rows.query.sql_with_params()
    columns = [f'"{field.column}"' for field in fields]
    made = ", ".join(
        _value_of_a_copy(field)(f"t.{column}") for field, column in zip(fields, columns, strict=True)
    )
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) SELECT {made}'  # noqa: S608  (our own names)
        f" FROM ({inner}) AS t ({', '.join([*columns, 'whose'])}) JOIN numbers ON person = whose"
        " CROSS JOIN LATERAL generate_series(1, copies) AS c",
        values,
    )


def _value_of_a_copy(field: Any) -> Callable[[str], str]:
    """How a column of copy number `c` is made from that of the model."""
    key = field
    while key.remote_field:
        key = key.target_field
    kind = key.get_internal_type()
    if kind == "UUIDField":
        return lambda column: f"md5({column}::text || c)::uuid"
    if key.primary_key and kind in {"BigAutoField", "AutoField"}:
        return lambda column: f"{column} + c * {STRIDE}"
    if field.name in SECRETS:
        return lambda column: f"CASE {column} WHEN '' THEN '' ELSE md5({column} || c) END"
    if kind == "EmailField" or field.name == "email":
        return lambda column: f"c || '.' || {column}"
    return lambda column: column


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(make(int(sys.argv[1])), sys.stdout)
