"""Fills the database of a started server, and says what is stored: as a program of its own.

    python -m tests.concurrency.people make PLACES    the people of these tests, as JSON
    python -m tests.concurrency.people stored         every set, workout and plan, as JSON

A process of its own, because the tests themselves run with the settings and the database of tests.
"""

import json
import sys
from datetime import timedelta
from itertools import count
from typing import Any

import django

from tests.trials import PEOPLE

# How many people stand ready for each kind of race. Each signs in on two phones; allauth lets 30 in a minute.
STARTING, ACCEPTING, TRAINING = 3, 2, 4
LONG = {"upgrading": 1_500, "stopping": 1_500}
"""How many places for sets those have who train for as long as a test lasts."""


def main(asked: list[str]) -> None:
    """Do what the command line asks for and print it."""
    django.setup()
    answer = made(int(asked[1])) if asked[0] == "make" else stored()
    json.dump(answer, sys.stdout)


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


if __name__ == "__main__":
    main(sys.argv[1:])
