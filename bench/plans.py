"""How PostgreSQL finds what each statement asks for: EXPLAIN of all of them, on a database of bench.scale.

    DATABASE_URL=postgres://... .venv/bin/python -m bench.plans [FILE]

Walks every address as somebody drawn at random (GET, then an empty POST), trains, takes data along, erases, signs in and up,
reads a calendar, and runs the worker and the clean-up; what it changes stays changed. Prints every statement that reads a
table of more than 5,000 rows from end to end, and those the planner thinks dear; FILE gets all plans.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import StringIO
from pathlib import Path
from random import SystemRandom
from typing import Any

GROWS_FROM = 5_000
DEAR = 20_000
"""In the planner's unit: about that many pages read in order."""
OPERATORS = "operators"
MANY = 400
"""People who are drawn: more than there are addresses, twice."""

Statements = dict[str, tuple[str, str, Any]]
"""By its text without the number of values in a list: where it was sent first, itself, its values."""


def walk() -> Statements:
    """Do everything once; what was asked of the database on the way."""
    from django.core.management import call_command  # noqa: PLC0415

    found: Statements = {}
    _drawn()  # before anything is noted
    with _noting(found) as at:
        for method in ("get", "post"):
            _every_address(at, method)
        _training(at)
        _accounts(at)
        _owner_data(at)
        _operators(at)
        for command in (["deliver", "--once"], ["sweep"], ["check", "--deploy"]):
            at(f"manage.py {' '.join(command)}")
            call_command(*command, stdout=StringIO(), stderr=StringIO())
    return found


@contextmanager
def _noting(found: Statements) -> Iterator[Callable[[str], None]]:
    """Write down each statement; gives what says where it is sent from now on."""
    from django.db import connection  # noqa: PLC0415

    where = [""]

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        key = re.sub(r"(%s)(, %s)+", r"\1, ...", statement)
        if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
            found.setdefault(key, (where[0], statement, values[0] if many else values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        yield lambda place: where.__setitem__(0, place)


def _somebody() -> Any:
    """Somebody else each time, with a plan that runs and a check behind it."""
    return _drawn().pop()


@cache
def _drawn() -> list[Any]:
    from accounts.models import User  # noqa: PLC0415
    from exercises.models import Plan, PlanStatus  # noqa: PLC0415

    running = Plan.objects.filter(status=PlanStatus.ACTIVE, person__attempts__status="finished")
    everybody = sorted(set(running.values_list("person", flat=True)))
    return list(User.objects.filter(pk__in=SystemRandom().sample(everybody, min(MANY, len(everybody)))))


def _every_address(at: Callable[[str], None], method: str) -> None:
    from assessments.models import Attempt  # noqa: PLC0415
    from exercises.models import Plan, Workout  # noqa: PLC0415
    from tests.builders_training import confirmed_as  # noqa: PLC0415
    from tests.hipfeet.test_isolation import EXPECTED, address  # noqa: PLC0415
    from tests.world import World  # noqa: PLC0415

    for name, expected in EXPECTED.items():
        who = _somebody()
        client = confirmed_as(who)
        plan, workout = Plan.objects.filter(person=who).first(), Workout.objects.filter(person=who).last()
        check = Attempt.objects.filter(person=who).first()
        where = address(name, expected, World(who, who, check, plan, plan, workout))
        at(f"{method} {name}")
        getattr(client, method)(where)


def _training(at: Callable[[str], None]) -> None:
    """A workout from Start to Done, a check with a second look, and a plan for somebody new."""
    from tests.builders import person  # noqa: PLC0415
    from tests.builders_training import (  # noqa: PLC0415
        a_finished_check,
        a_running_plan,
        begun,
        exercises_of,
        send_as_asked,
        send_how,
        send_next_set,
        signed_in_as,
        workout_url,
    )

    at("training")
    who = _somebody()
    client = signed_in_as(who)
    client.post("/workouts/start/", {"ticked": "none"})
    workout = begun(who)
    first, second, *_ = exercises_of(workout)
    for exercise, tell in ((first, send_as_asked), (second, send_how)):
        send_next_set(client, workout, exercise)
        tell(client, workout, exercise)
    client.post(workout_url(workout, "finish"))
    for where in ("/today/", "/progress/", f"/progress/{first.replace('_', '-')}/", "/plan/"):
        at(f"get {where} after a workout")
        client.get(where)
    at("a check and a plan")
    new = person(f"new{SystemRandom().randrange(10**9)}@example.org")
    a_finished_check(new)
    a_running_plan(new)
    signed_in_as(new).get("/check/result/")


def _accounts(at: Callable[[str], None]) -> None:
    """What visitors do: sign up, sign in, ask for codes, begin a check, search."""
    from django.test import Client  # noqa: PLC0415

    from tests.builders import PASSWORD  # noqa: PLC0415
    from tests.builders_check import AGREED  # noqa: PLC0415

    email, new = _somebody().email, f"visitor{SystemRandom().randrange(10**9)}@example.org"
    forms: dict[str, dict[str, str]] = {
        "/accounts/login/": {"login": email, "password": PASSWORD},
        "/accounts/login/code/": {"email": email},
        "/accounts/password/reset/": {"email": email},
        "/accounts/signup/": {"email": new, "password1": PASSWORD},
        "/check/": AGREED,
    }
    for where, data in forms.items():
        for said in (data, {**data, "email": email}, {**data, "email": f"no{new}", "password": "wrong"}):
            at(f"a visitor: {where}")
            Client().post(where, said, follow=True)
    at("a visitor: search")
    Client().get("/search/?q=kneecap")
    at("guest")
    guest = Client()
    guest.post("/check/", AGREED)
    guest.post("/check/right-now/", {"ticked": "none"})
    guest.post("/accounts/login/", {"login": email, "password": PASSWORD}, follow=True)
    guest.post("/check/whose/", {"mine": "yes"})
    at("a guest's own deletion")
    other = Client()
    other.post("/check/", AGREED)
    other.post("/check/delete/")
    for address in ("/healthz", "/readyz"):
        at(address)
        Client().get(address)


def _owner_data(at: Callable[[str], None]) -> None:
    """Taking along, bringing in, the calendar as a program reads it, a new e-mail address, erasing."""
    from django.test import Client  # noqa: PLC0415

    from hipfeet.email_change import note_change  # noqa: PLC0415
    from hipfeet.owndata.erasing import erase_health_data, erase_person  # noqa: PLC0415
    from hipfeet.owndata.exporting import export_of  # noqa: PLC0415
    from hipfeet.owndata.feed import feed_of, make_address  # noqa: PLC0415
    from hipfeet.owndata.importing import bring_in, read_export  # noqa: PLC0415
    from tests.builders import person  # noqa: PLC0415

    who = _somebody()
    at("export")
    with export_of(who) as file:
        exported = file.read()
    at("import")
    bring_in(
        person=person(f"in{SystemRandom().randrange(10**9)}@example.org"), incoming=read_export(exported)
    )
    at("calendar")
    token = make_address(person=who, key="another", seen=feed_of(who).revision)
    Client().get(f"/calendar/{token}.ics")
    at("a changed e-mail address")
    where = note_change(person=who, old_address="before@example.org")
    Client().post(where[where.index("/settings") if "/settings" in where else where.index("/", 8) :])
    at("erase health data")
    erase_health_data(person=who)
    at("erase")
    erase_person(person=_somebody())


def _operators(at: Callable[[str], None]) -> None:
    """The admin, where it is switched on."""
    from accounts.models import User  # noqa: PLC0415
    from tests.builders import person  # noqa: PLC0415
    from tests.builders_training import confirmed_as  # noqa: PLC0415

    operator = person(f"op{SystemRandom().randrange(10**9)}@example.org")
    User.objects.filter(pk=operator.pk).update(is_staff=True, is_superuser=True)
    client, who = confirmed_as(operator), _somebody()
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()
    for where in (
        *("", "accounts/user/", f"accounts/user/?q={who.email}", f"accounts/user/{who.pk}/change/"),
        *("mail/outboxmail/", "accounts/countedtries/"),
    ):
        at(f"operator: {where}")
        assert client.get(f"/{OPERATORS}/{where}").status_code == 200, where


# --- the plans -------------------------------------------------------------------------------------------


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node of a plan and all below it."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def reads_whole(plan: dict[str, Any], rows: dict[str, int]) -> set[str]:
    """The tables that grow with people and are read from end to end, by their rows or by a whole index."""
    found = set()
    for node in nodes(plan):
        table, kind = node.get("Relation Name", ""), node["Node Type"]
        if rows.get(table, 0) < GROWS_FROM:
            continue
        whole_index = kind in {"Index Scan", "Index Only Scan"} and "Index Cond" not in node
        if kind == "Seq Scan" or (whole_index and plan["Node Type"] != "Limit"):
            found.add(f"{kind} of {table}")
    return found


def explain(found: Statements, out: Any) -> None:
    """Print what reads a table as a whole or is dear; all plans go into the file."""
    from django.db import connection  # noqa: PLC0415

    told = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'")
        rows = dict(cursor.fetchall())
        for where, statement, values in found.values():
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
            (answer,) = cursor.fetchone()
            plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
            out.write(f"-- {where}\n{statement}\n{json.dumps(plan, indent=1)}\n\n")
            whole, cost = reads_whole(plan, rows), plan["Total Cost"]
            if whole or cost > DEAR:
                told += 1
                print(f"{where}: {', '.join(sorted(whole))} (cost {cost:,.0f})\n    {statement[:400]}\n")
    print(f"{len(found)} statements, {told} of them above")


def main() -> None:
    """Walk and explain."""
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "hipfeet.settings",
        "ADMIN_PATH": OPERATORS,
        "EMAIL_URL": "dummy:",
    }
    os.environ |= {"SECURE_SSL_REDIRECT": "false", "ALLOWED_HOSTS": "testserver", "DEBUG": "false"}
    django.setup()
    call_command("collectstatic", "--noinput", "--verbosity", "0")
    call_command("migrate", "--verbosity", "0")  # the admin has a table of its own
    with Path(sys.argv[1] if len(sys.argv) > 1 else os.devnull).open("w") as out:
        explain(walk(), out)


if __name__ == "__main__":
    main()
