"""Starting, adding, finishing and removing a workout."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.clock import now
from accounts.models import User
from assessments.actions.safety import record_safety_list
from assessments.rows import Owner
from assessments.rules.safety import Said
from assessments.rules.safety_content import STOP_LIST
from exercises.actions.lock import lock_training
from exercises.models import Plan, RemovedWorkout, Workout
from exercises.rows import lines_logged
from exercises.rules import prescribing
from exercises.rules.catalogue import version
from exercises.rules.reading import hurts_too_much
from exercises.rules.slots import Slot
from exercises.rules.wording import Refused


@transaction.atomic
def start_workout(
    *,
    person: User,
    plan: Plan,
    slot: Slot | None,
    prescription: prescribing.Prescription,
    today: date,
) -> Workout:
    """Begin today's workout and write its prescription to its row.

    One that is begun today and not finished is gone on with (a double tap, a second phone). One left
    open on an earlier day ends here. A slot that was taken meanwhile leaves this workout unplanned.
    """
    lock_training(person)
    workouts = Workout.objects.filter(person=person)
    begun = workouts.filter(local_date=today, finished_at=None).first()
    if begun:
        return begun
    workouts.filter(finished_at=None).update(finished_at=now())
    return _new_workout(plan, slot, prescription, on=today)


def _new_workout(
    plan: Plan,
    slot: Slot | None,
    prescription: prescribing.Prescription,
    *,
    on: date,
    finished_at: datetime | None = None,
) -> Workout:
    """The next workout of a day, in its slot while that is free; the caller holds the lock.

    Its number is the highest of the day plus one, those of removed workouts too: an address names one workout
    for good, also to a phone on which a set still waits for a removed one.
    """
    workouts = Workout.objects.filter(person=plan.person)
    taken = slot is None or workouts.filter(plan=plan, slot=slot.number).exists()
    removed = RemovedWorkout.objects.filter(person=plan.person)
    given = [
        rows.filter(local_date=on).aggregate(Max("number"))["number__max"] for rows in (workouts, removed)
    ]
    return Workout.objects.create(
        person=plan.person,
        plan=plan,
        slot=None if taken or slot is None else slot.number,
        local_date=on,
        number=1 + max(number or 0 for number in given),
        prescription=prescription_as_json(prescription),
        finished_at=finished_at,
    )


@transaction.atomic
def add_workout(
    *,
    plan: Plan,
    slot: Slot | None,
    prescription: prescribing.Prescription,
    on: date,
) -> Workout:
    """Keep a workout that was done away from this app, to be typed in: begun and ended, on its own day.

    While nothing is typed in, adding one for the same day gives the same: a double tap makes no second.
    """
    person = plan.person
    lock_training(person)
    workouts = Workout.objects.filter(person=person)
    empty = workouts.filter(local_date=on, finished_at__isnull=False, sets=None, exercise_logs=None).first()
    if empty:
        return empty
    return _new_workout(plan, slot, prescription, on=on, finished_at=now())


@transaction.atomic
def remove_workout(*, workout: Workout, seen: int) -> None:
    """Take away a workout with all that was logged in it, so that it counts nowhere.

    seen  how many sets and answers stood in it when it was said to go (`entries_of`)

    Raises Refused when there are others by now, and for a workout in which something hurt too much: what follows from
    that is not taken back.
    """
    lock_training(workout.person)
    found = Workout.objects.filter(pk=workout.pk).first()
    if found is None:
        return
    if any(hurts_too_much(line) for line in lines_logged(found).values()):
        raise Refused("workout_hurt")
    if entries_of(found) != seen:
        raise Refused("workout_changed")
    found.delete()
    RemovedWorkout.objects.create(person=workout.person, local_date=workout.local_date, number=workout.number)


def entries_of(workout: Workout) -> int:
    """How many sets and answers stand in a workout; "left out" is none."""
    return workout.sets.count() + sum(not row.says_nothing for row in workout.exercise_logs.all())


@transaction.atomic
def note_workout(*, workout: Workout, note: str) -> None:
    """Keep what the person wrote about a workout."""
    Workout.objects.filter(pk=workout.pk).update(note=note)


def prescription_as_json(prescription: prescribing.Prescription) -> dict[str, Any]:
    """What a workout's row keeps: keys, numbers and reasons as data, and the content version."""
    return {
        "lines": [
            {
                "exercise": line.exercise,
                "prescribed": line.prescribed.as_json(),
                "seconds": line.seconds,
                "asks": line.asks,
            }
            for line in prescription.lines
        ],
        "left_out": list(prescription.left_out),
        "on_hold": list(prescription.on_hold),
        "lighter": prescription.lighter,
        "seconds": prescription.seconds,
        "content_version": version(),
    }


@transaction.atomic
def finish_workout(*, workout: Workout) -> None:
    """End a workout; the first time counts."""
    Workout.objects.filter(pk=workout.pk, finished_at=None).update(finished_at=now())


@transaction.atomic
def tell_next_morning(*, workout: Workout, as_usual: bool) -> None:
    """Keep how the legs felt on the morning after."""
    workout.next_morning = "as_usual" if as_usual else "not_as_usual"
    workout.save(update_fields=["next_morning"])


@transaction.atomic
def stop_unwell(*, workout: Workout, answers: Mapping[str, Said]) -> None:
    """Keep what was ticked on the stop list in the middle of a workout, as before one, and end the workout.

    What was logged stays, and a set that was done before and arrives later is still taken.
    """
    person = workout.person
    lock_training(person)
    owner = Owner(person, "", person.time_zone)
    record_safety_list(owner=owner, list_key=STOP_LIST, answers=answers, extras={})
    finish_workout(workout=workout)
