"""What the database itself refuses, whoever writes to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from exercises.models import ExerciseLog, Plan, PlanChange, PlanStatus, RemovedWorkout, SetLog, Workout
from tests.builders_training import MONDAY

BEFORE = MONDAY.replace(day=4)


def a_plan(owner: User, **fields: Any) -> Plan:
    known = {"status": PlanStatus.ACTIVE, "accepted": {"lines": []}, "start_date": MONDAY}
    return Plan.objects.create(person=owner, **{**known, **fields})


def a_workout(owner: User, **fields: Any) -> Workout:
    return Workout.objects.create(person=owner, **{"local_date": MONDAY, "prescription": {}, **fields})


def a_stored_set(workout: Workout, **fields: Any) -> SetLog:
    known = {"exercise": "bridge", "rung": "two_legs", "side": "both", "set_number": 1, "repetitions": 8}
    return SetLog.objects.create(
        workout=workout, person=workout.person, **{"client_key": uuid4(), **known, **fields}
    )


def a_log(workout: Workout, **fields: Any) -> ExerciseLog:
    return ExerciseLog.objects.create(workout=workout, **{"exercise": "bridge", "side": "both", **fields})


def a_change(plan: Plan, **fields: Any) -> PlanChange:
    known = {"number": 1, "kind": "pause", "counts_from": MONDAY, "made_on": MONDAY}
    return PlanChange.objects.create(plan=plan, **{**known, **fields})


def refuses(write: Callable[[], object], name: str) -> None:
    """The write breaks this constraint. SQLite names a unique one by its columns, others by their name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()

    assert name in str(error.value) or "UNIQUE constraint failed" in str(error.value)


def test_a_person_has_one_running_plan(owner: User) -> None:
    a_plan(owner)

    refuses(lambda: a_plan(owner), "one_active_plan_per_person")


def test_a_person_has_one_draft(owner: User) -> None:
    Plan.objects.create(person=owner)

    refuses(lambda: Plan.objects.create(person=owner), "one_draft_plan_per_person")


def test_ended_plans_and_plans_of_others_do_not_count(owner: User, stranger: User) -> None:
    a_plan(owner, status=PlanStatus.ENDED, ended_on=MONDAY)
    a_plan(owner, status=PlanStatus.ENDED, ended_on=MONDAY)
    a_plan(stranger)

    a_plan(owner)

    assert Plan.objects.count() == 4


@pytest.mark.parametrize("missing", ["accepted", "start_date"])
def test_an_accepted_plan_has_lines_and_a_start(owner: User, missing: str) -> None:
    refuses(lambda: a_plan(owner, **{missing: None}), "accepted_plan_has_lines_and_start")


def test_an_ended_plan_has_an_end(owner: User) -> None:
    refuses(lambda: a_plan(owner, status=PlanStatus.ENDED), "only_an_ended_plan_has_an_end")


def test_a_running_plan_has_no_end(owner: User) -> None:
    refuses(lambda: a_plan(owner, ended_on=MONDAY), "only_an_ended_plan_has_an_end")


def test_changes_of_a_plan_are_numbered(owner: User) -> None:
    plan = a_plan(owner)
    a_change(plan)

    refuses(lambda: a_change(plan), "plan_changes_are_numbered")


def test_no_change_counts_before_the_day_it_was_made(owner: User) -> None:
    plan = a_plan(owner)

    refuses(lambda: a_change(plan, counts_from=BEFORE), "no_change_of_the_past")


def test_workouts_of_a_day_are_numbered(owner: User) -> None:
    a_workout(owner)

    refuses(lambda: a_workout(owner), "workouts_of_a_day_are_numbered")


def test_a_removed_workout_is_remembered_once(owner: User) -> None:
    removed = {"person": owner, "local_date": MONDAY, "number": 2}
    RemovedWorkout.objects.create(**removed)

    refuses(lambda: RemovedWorkout.objects.create(**removed), "a_workout_is_removed_once")


def test_a_slot_of_a_plan_is_done_once(owner: User) -> None:
    plan = a_plan(owner)
    a_workout(owner, plan=plan, slot=1)

    refuses(lambda: a_workout(owner, plan=plan, slot=1, number=2), "a_slot_is_done_once")


def test_many_workouts_may_be_unplanned(owner: User) -> None:
    plan = a_plan(owner)
    a_workout(owner, plan=plan)

    a_workout(owner, plan=plan, number=2)

    assert Workout.objects.filter(slot=None).count() == 2


def test_one_set_in_one_place(owner: User) -> None:
    workout = a_workout(owner)
    a_stored_set(workout)

    refuses(lambda: a_stored_set(workout), "one_set_in_one_place")


def test_one_write_is_stored_once_whatever_workout_it_names(owner: User) -> None:
    key = uuid4()
    a_stored_set(a_workout(owner), client_key=key)
    other = a_workout(owner, number=2)

    refuses(lambda: a_stored_set(other, client_key=key), "one_write_is_stored_once")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"repetitions": 201}, "repetitions_are_possible"),
        ({"hold_seconds": 601}, "hold_is_possible"),
        ({"load_grams": 300_001}, "load_is_possible"),
        ({"set_number": 0}, "set_number_is_possible"),
        ({"set_number": 21}, "set_number_is_possible"),
        ({"side": "mid"}, "set_side_is_known"),
    ],
)
def test_a_set_that_cannot_be_is_refused(owner: User, values: dict[str, Any], name: str) -> None:
    workout = a_workout(owner)

    refuses(lambda: a_stored_set(workout, **values), name)


@pytest.mark.parametrize("values", [{"repetitions": 200}, {"hold_seconds": 600}, {"load_grams": 300_000}])
def test_the_most_that_can_be_is_stored(owner: User, values: dict[str, Any]) -> None:
    a_stored_set(a_workout(owner), **values)

    assert SetLog.objects.filter(**values).exists()


def test_one_log_of_an_exercise_and_side(owner: User) -> None:
    workout = a_workout(owner)
    a_log(workout)

    refuses(lambda: a_log(workout), "one_log_per_exercise_and_side")


@pytest.mark.parametrize(
    ("values", "name"), [({"pain": 11}, "pain_is_0_to_10"), ({"side": "mid"}, "log_side_is_known")]
)
def test_a_log_that_cannot_be_is_refused(owner: User, values: dict[str, Any], name: str) -> None:
    workout = a_workout(owner, started_at=datetime(2026, 10, 5, tzinfo=UTC))

    refuses(lambda: a_log(workout, **values), name)
