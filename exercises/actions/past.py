"""Bringing in workouts that were done elsewhere."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from accounts.clock import now
from accounts.models import User
from exercises.actions.lock import lock_training
from exercises.actions.workout import prescription_as_json
from exercises.models import ExerciseLog, RemovedWorkout, SetLog, Workout
from exercises.rules.catalogue import catalogue
from exercises.rules.past import Arrivals, ArrivingWorkout, HeldWorkout, PastWorkout, arrivals, dose_done
from exercises.rules.prescribing import PrescribedLine, Prescription
from exercises.rules.values import Prescribed


def past_arrivals(person: User, told: Sequence[PastWorkout]) -> Arrivals:
    """What would come in of workouts done elsewhere: one query."""
    days = [one.on for one in told]
    return arrivals(told, held_workouts(person, min(days), max(days)) if days else [])


def held_workouts(person: User, first: date, last: date) -> list[HeldWorkout]:
    """The workouts from one day to another with their sets by place."""
    rows = SetLog.objects.filter(person=person, workout__local_date__range=(first, last)).values_list(
        "workout__local_date",
        "workout__number",
        "workout__plan",
        "exercise",
        "side",
        "set_number",
        "rung",
        "repetitions",
        "hold_seconds",
        "load_grams",
        "band",
    )
    held: dict[tuple[date, int], HeldWorkout] = {}
    for on, number, plan, *place, rung, repetitions, hold, load, band in rows:
        workout = held.setdefault((on, number), HeldWorkout(on, number, plan is not None, {}))
        workout.sets[tuple(place)] = (rung, repetitions, hold, load, band)  # type: ignore[index]  # filled here only
    return list(held.values())


@transaction.atomic
def bring_past_workouts(*, person: User, told: Sequence[PastWorkout]) -> Arrivals:
    """Store what is not here yet of workouts done elsewhere: outside any plan, begun and ended, each on its own day.

    The same workouts again store nothing.
    """
    lock_training(person)
    found = past_arrivals(person, told)
    days = {one.on for one in found.workouts}
    highest = _highest_numbers(person, days)
    homes = {
        (row.local_date, row.number): row
        for row in Workout.objects.filter(person=person, plan=None, local_date__in=days)
    }
    new: list[Workout] = []
    into: list[tuple[ArrivingWorkout, Workout]] = []
    for one in found.workouts:
        if one.number is None:
            highest[one.on] = highest.get(one.on, 0) + 1
            row = Workout(
                person=person,
                local_date=one.on,
                number=highest[one.on],
                prescription=prescription_as_json(Prescription(())),
                finished_at=now(),
            )
            new.append(row)
        else:
            row = homes[(one.on, one.number)]
        into.append((one, row))
    Workout.objects.bulk_create(new, batch_size=500)
    _store_sets(person, into)
    _store_answers(into)
    _tell_lines([row for _, row in into])
    return found


def _highest_numbers(person: User, days: Iterable[date]) -> dict[date, int]:
    """The highest number given on each day, to removed workouts too: an address names one workout for good."""
    highest: dict[date, int] = {}
    for rows in (Workout.objects, RemovedWorkout.objects):
        numbered = rows.filter(person=person, local_date__in=days).order_by().values("local_date")
        for row in numbered.annotate(most=Max("number")):
            highest[row["local_date"]] = max(highest.get(row["local_date"], 0), row["most"])
    return highest


def _store_sets(person: User, into: Iterable[tuple[ArrivingWorkout, Workout]]) -> None:
    SetLog.objects.bulk_create(
        [
            SetLog(
                workout=row,
                person=person,
                exercise=done.exercise,
                rung=done.rung,
                side=done.side,
                set_number=done.number,
                repetitions=done.repetitions,
                hold_seconds=done.hold_seconds,
                load_grams=done.load_grams,
                band=done.band,
                client_key=uuid4(),
            )
            for one, row in into
            for done in one.sets
        ],
        batch_size=500,
    )


def _store_answers(into: Sequence[tuple[ArrivingWorkout, Workout]]) -> None:
    """How it went; what was told of an exercise and side before stays."""
    workouts = [row.pk for _, row in into]
    told = ExerciseLog.objects.filter(workout__in=workouts).values_list("workout_id", "exercise", "side")
    known = set(told)
    ExerciseLog.objects.bulk_create(
        [
            ExerciseLog(workout=row, exercise=exercise, side=side, **vars(answer))
            for one, row in into
            for (exercise, side), answer in one.answers.items()
            if (row.pk, exercise, side) not in known
        ],
        batch_size=500,
    )


def _tell_lines(workouts: Iterable[Workout]) -> None:
    """Write to each workout what was done of its exercises, in the place of what a plan would have asked."""
    rows = {row.pk: row for row in workouts}
    sets: dict[int, dict[str, list[Any]]] = {pk: {} for pk in rows}
    stored = SetLog.objects.filter(workout__in=rows).order_by("exercise", "side", "set_number")
    for pk, exercise, *done in stored.values_list(
        "workout_id", "exercise", "side", "rung", "repetitions", "hold_seconds", "load_grams", "band"
    ):
        sets[pk].setdefault(exercise, []).append(done)
    for pk, row in rows.items():
        lines = []
        for exercise in (key for key in catalogue().exercises if key in sets[pk]):
            dose = dose_done(sets[pk][exercise])
            lines.append(PrescribedLine(exercise, Prescribed(standing=dose, shown=dose), seconds=0))
        row.prescription = prescription_as_json(Prescription(tuple(lines)))
    Workout.objects.bulk_update(rows.values(), ["prescription"], batch_size=500)
