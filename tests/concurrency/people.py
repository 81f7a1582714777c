"""Fills the database of a started server, and says what is stored: `RaceServer.ask` calls the functions of this file.

In a process of its own, because the tests themselves run with the settings and the database of tests. A line that it reads
is a function's name with its arguments, a line that it writes is the answer, both as JSON.
"""

import json
import sys
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

import django

from tests.trials import PEOPLE

# How many people stand ready for each kind of race.
STARTING, ACCEPTING, TRAINING = 3, 2, 4
LONG = {"upgrading": 1_500, "stopping": 1_500}
"""How many places for sets those have who train for as long as a test lasts."""


def answer() -> None:
    """Answer line by line, until there are no more."""
    django.setup()
    from django.db import connection  # noqa: PLC0415  (needs the settings)

    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(globals()[name](*arguments)), flush=True)  # noqa: T201
        connection.close()  # the database may be killed or thrown away before the next question


def made(places: int) -> dict[str, Any]:
    """{name: e-mail, address of the begun workout, places for sets}; all sign in with `builders.PASSWORD`.

    places  how many places for sets each person in training has at least, over as many workouts as it takes
    """
    from tests.builders import person  # noqa: PLC0415  (needs the settings)
    from tests.builders_training import a_draft, a_running_plan, lists_answered  # noqa: PLC0415

    people: dict[str, Any] = {}
    in_training = [
        "tapping",
        "conflicting",
        "finishing",
        "reading",
        "locked",
        *LONG,
        *(f"marathon_{n}" for n in range(PEOPLE)),
        *(f"training_{n}" for n in range(TRAINING)),
    ]
    for name in in_training:
        somebody = person(f"{name}@example.org")
        a_running_plan(somebody)
        people[name] = {"email": somebody.email, **begun_with(somebody, LONG.get(name, places))}
    for number in range(STARTING):
        somebody = person(f"starting_{number}@example.org")
        a_running_plan(somebody)
        people[f"starting_{number}"] = {"email": somebody.email}
    for number in range(ACCEPTING):
        somebody = person(f"accepting_{number}@example.org")
        lists_answered(somebody)
        a_draft(somebody)
        people[f"accepting_{number}"] = {"email": somebody.email}
    return people


def begun_with(person: Any, wanted: int) -> dict[str, Any]:
    """A begun workout, and ended copies of it on the days before, whose sets may still come in."""
    from exercises.models import Workout  # noqa: PLC0415
    from tests.builders_training import begun, workout_url  # noqa: PLC0415

    workout = begun(person)
    places = _places(workout)
    copies = []
    for days in count(1):
        if len(places) * days >= wanted:
            break
        started = workout.started_at - timedelta(days=days)
        copies.append(
            Workout(
                person=person,
                plan=workout.plan,
                local_date=workout.local_date - timedelta(days=days),
                prescription=workout.prescription,
                started_at=started,
                finished_at=started,
            )
        )
    Workout.objects.bulk_create(copies)
    return {
        "workout": workout_url(workout),
        "places": [place for one in (workout, *copies) for place in _places(one)],
    }


def _places(workout: Any) -> list[tuple[str, str, int]]:
    """(address, side, set number) of every set that is asked for."""
    from exercises.rules.catalogue import catalogue  # noqa: PLC0415
    from tests.builders_training import exercises_of, prescribed, sets_url  # noqa: PLC0415

    places = []
    for exercise in exercises_of(workout):
        shown = prescribed(workout, exercise).shown
        for side in catalogue().rung(exercise, shown.rung).laterality.sides:
            places += [(sets_url(workout, exercise), side, number) for number in range(1, shown.sets + 1)]
    return places


def stored() -> dict[str, Any]:
    """What the database holds, as lists of rows."""
    from exercises.models import Plan, SetLog, Workout  # noqa: PLC0415
    from exercises.rules.catalogue import catalogue  # noqa: PLC0415

    sets = SetLog.objects.select_related("workout", "person")
    workouts, plans = Workout.objects.select_related("person"), Plan.objects.select_related("person")
    return {
        "sets": [
            {
                "email": row.person.email,
                "address": f"/workouts/{row.workout.local_date}/{row.workout.number}/{catalogue().exercise(row.exercise).slug}/",
                "side": row.side,
                "set_number": row.set_number,
                "repetitions": row.repetitions,
                "client_key": str(row.client_key),
                "revision": row.revision,
            }
            for row in sets
        ],
        "workouts": [
            {"email": row.person.email, "finished_at": row.finished_at and row.finished_at.isoformat()}
            for row in workouts
        ],
        "plans": [{"email": row.person.email, "status": row.status} for row in plans],
    }


def tables() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    from django.apps import apps  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
                rows[model._meta.db_table] = sorted(str(row) for row in cursor.fetchall())
    return rows


# --- mail ---


def write_mails(number: int) -> None:
    """Put so many mails into the outbox."""
    from hipfeet.mail.outbox import post  # noqa: PLC0415

    for one in range(number):
        post(address=f"{one}@example.org", subject="hipfeet", text="Good morning")


def make_due(number: int) -> None:
    """So many people for whom it is noon, and who wished to be reminded at eleven."""
    from exercises.rules.reminding import ReminderKind  # noqa: PLC0415
    from hipfeet.mail.models import ReminderChoices  # noqa: PLC0415
    from hipfeet.mail.reminders import keep_reminders  # noqa: PLC0415
    from tests.builders import person  # noqa: PLC0415
    from tests.builders_training import a_running_plan  # noqa: PLC0415

    now = datetime.now(UTC)
    for one in range(number):
        # Zones named by hours are named the other way round.
        reminded = person(f"reminded-{one}@example.org", time_zone=f"Etc/GMT{now.hour - 12:+d}")
        a_running_plan(reminded, weekdays=(now.weekday(),))
        keep_reminders(person=reminded, hour=time(11), wanted=[ReminderKind.TRAINING])
    ReminderChoices.objects.update(looked_at=now - timedelta(hours=5))


def mails() -> list[tuple[str, str, int]]:
    """How many mails there are of each state and text."""
    from django.db.models import Count  # noqa: PLC0415

    from hipfeet.mail.models import OutboxMail  # noqa: PLC0415

    return list(OutboxMail.objects.values_list("state", "text").annotate(Count("id")))


def reminders() -> tuple[int, int, int]:
    """How many were written, how many mails there are of them, and how many of these were sent."""
    from hipfeet.mail.models import OutboxMail, Reminder  # noqa: PLC0415

    found = OutboxMail.objects.exclude(person=None).filter(address__startswith="reminded-")
    return Reminder.objects.count(), found.count(), found.filter(state="sent").count()


if __name__ == "__main__":
    answer()
