"""What writes training: once is once, whoever sends it twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from accounts.models import User
from exercises.actions.plan import (
    accept_plan,
    answer_draft,
    change_plan,
    decide,
    draft_plan,
    drop_draft,
    end_plan,
)
from exercises.actions.sets import (
    SetConflict,
    SetKeyTaken,
    SetPlace,
    SetValues,
    record_set,
)
from exercises.actions.workout import (
    add_workout,
    finish_workout,
    remove_workout,
    start_workout,
    tell_next_morning,
)
from exercises.models import Plan, PlanChange, PlanDecision, PlanStatus, SetLog, Workout
from exercises.rules import prescribing
from exercises.rules.slots import DateChangeKind
from exercises.rules.wording import Refused
from exercises.training import training_of
from tests.builders_training import (
    MONDAY,
    a_draft,
    a_running_plan,
    a_set,
    accepted,
    begun,
    drafted,
    lists_answered,
    noon,
    schedule_of,
)

FIRST = SetPlace("bridge", "both", 1)
EIGHT = SetValues(rung="two_legs", repetitions=8)
NINE = SetValues(rung="two_legs", repetitions=9)


pytestmark = pytest.mark.usefixtures("clock")


# --- the plan ---


def test_beginning_a_draft_twice_gives_one_draft(owner: User) -> None:
    first = draft_plan(person=owner)

    second = draft_plan(person=owner)

    assert second == first
    assert Plan.objects.count() == 1


def test_answers_of_a_draft_are_kept_by_page_and_the_latest_counts(owner: User) -> None:
    draft_plan(person=owner)
    answer_draft(person=owner, step="time", answers={"minutes": 10})
    answer_draft(person=owner, step="adult", answers={"adult": True})

    draft = answer_draft(person=owner, step="time", answers={"minutes": 20})

    assert draft.answers == {"time": {"minutes": 20}, "adult": {"adult": True}}


def test_an_old_tab_makes_no_new_draft_after_the_plan_was_accepted(owner: User) -> None:
    a_running_plan(owner)

    with pytest.raises(Refused) as refused:
        answer_draft(person=owner, step="time", answers={"minutes": 10})

    assert refused.value.reason.key == "no_draft"
    assert not Plan.objects.filter(status=PlanStatus.DRAFT).exists()


def test_accepting_twice_gives_one_plan(owner: User) -> None:
    lists_answered(owner)
    planned = drafted(owner, a_draft(owner))

    first = accept_plan(person=owner, draft=planned, attempt=None)
    second = accept_plan(person=owner, draft=planned, attempt=None)

    assert second == first
    assert Plan.objects.count() == 1
    assert second.status == PlanStatus.ACTIVE


def test_accepting_without_a_draft_is_refused(owner: User) -> None:
    lists_answered(owner)
    draft = a_draft(owner)
    planned = drafted(owner, draft)
    drop_draft(person=owner)

    with pytest.raises(Refused) as refused:
        accept_plan(person=owner, draft=planned, attempt=None)

    assert refused.value.reason.key == "no_draft"


def test_a_locked_draft_is_refused_and_stays_a_draft(owner: User) -> None:
    lists_answered(owner, "RF6")
    draft = a_draft(owner)

    with pytest.raises(Refused) as refused:
        accepted(owner, draft)

    draft.refresh_from_db()
    assert refused.value.reason.key == "plan_locked"
    assert draft.status == PlanStatus.DRAFT


def test_accepting_the_next_plan_ends_the_one_that_runs(owner: User) -> None:
    first = a_running_plan(owner)

    following = accepted(owner, a_draft(owner))

    first.refresh_from_db()
    assert (first.status, first.ended_on) == (PlanStatus.ENDED, MONDAY)
    assert following.status == PlanStatus.ACTIVE
    assert following.answers["first_block"] is False


def test_a_plan_does_not_start_on_a_day_that_holds_a_workout_already(owner: User) -> None:
    plan = a_running_plan(owner)
    begun(owner)
    draft = a_draft(owner)

    with pytest.raises(Refused) as refused:
        accepted(owner, draft)

    plan.refresh_from_db()
    assert refused.value.reason.key == "start_trained_today"
    assert plan.status == PlanStatus.ACTIVE


def test_the_day_after_a_workout_of_the_last_plan_is_left_free(owner: User) -> None:
    a_running_plan(owner)
    begun(owner)

    following = accepted(owner, a_draft(owner, weekdays=(1, 3), start=MONDAY + timedelta(days=1)))

    assert schedule_of(following).slot(1).on == MONDAY + timedelta(days=3)


def test_ending_a_plan_keeps_its_workouts_and_the_next_is_not_the_first_block(owner: User) -> None:
    plan = a_running_plan(owner)
    begun(owner)

    end_plan(person=owner, today=MONDAY)
    following = accepted(owner, a_draft(owner, start=MONDAY + timedelta(days=1)))

    plan.refresh_from_db()
    assert (plan.status, plan.ended_on) == (PlanStatus.ENDED, MONDAY)
    assert plan.workouts.count() == 1
    assert plan.answers["first_block"] is True
    assert following.answers["first_block"] is False


def test_the_same_change_of_a_plan_twice_is_one_row(owner: User) -> None:
    plan = a_running_plan(owner)
    skip = schedule_of(plan).skip(2, "", MONDAY)

    first = change_plan(plan=plan, change=skip, today=MONDAY)
    second = change_plan(plan=plan, change=skip, today=MONDAY)

    assert second == first
    assert PlanChange.objects.count() == 1


def test_changes_are_numbered_in_the_order_they_were_made(owner: User) -> None:
    plan = a_running_plan(owner)
    pause = schedule_of(plan).structural(DateChangeKind.PAUSE, MONDAY)
    resume = schedule_of(plan).structural(DateChangeKind.RESUME, MONDAY)

    for change in (pause, resume, pause):
        change_plan(plan=plan, change=change, today=MONDAY)

    assert [(row.number, row.kind) for row in plan.changes.all()] == [
        (1, "pause"),
        (2, "resume"),
        (3, "pause"),
    ]


def test_having_been_seen_is_one_row_and_reaches_progression(owner: User) -> None:
    plan = a_running_plan(owner)
    workout = begun(owner)

    details = {"exercise": "bridge", "verdict": "with_limits", "seen_on": MONDAY.isoformat()}
    for _ in range(2):
        decide(plan=plan, kind=PlanDecision.SEEN, details=details, counts_from=MONDAY, today=MONDAY)

    training = training_of(owner)
    assert training is not None
    context = training.context
    assert PlanChange.objects.count() == 1
    assert [(seen.exercise, seen.with_limits, seen.after) for seen in context.seen] == [
        ("bridge", True, (workout.local_date, workout.number))
    ]


# --- the workout ---


def test_starting_twice_gives_one_workout(owner: User) -> None:
    a_running_plan(owner)

    first = begun(owner)
    second = begun(owner)

    assert second == first
    assert (first.number, first.slot) == (1, 1)
    assert Workout.objects.count() == 1


def test_a_workout_left_open_yesterday_ends_when_the_next_begins(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    left_open = begun(owner)
    clock.move_to(noon(1))

    following = begun(owner)

    left_open.refresh_from_db()
    assert left_open.finished_at is not None
    assert following != left_open
    assert following.finished_at is None


def test_a_second_workout_of_a_day_is_number_two_and_unplanned(owner: User) -> None:
    a_running_plan(owner)
    finish_workout(workout=begun(owner))

    second = begun(owner)

    assert (second.number, second.slot) == (2, None)


def test_a_number_of_a_removed_workout_stays_empty_and_the_next_is_the_highest_plus_one(owner: User) -> None:
    a_running_plan(owner)
    first = begun(owner)
    finish_workout(workout=first)
    second = begun(owner)
    finish_workout(workout=second)
    remove_workout(workout=first, seen=0)

    third = begun(owner)

    assert (second.number, third.number) == (2, 3)
    assert [workout.number for workout in Workout.objects.filter(person=owner)] == [2, 3]


@pytest.mark.parametrize("again", [1, 2])
def test_the_number_of_a_removed_workout_is_never_given_again(owner: User, again: int) -> None:
    a_running_plan(owner)
    finish_workout(workout=begun(owner))
    for _ in range(again):
        removed = begun(owner)
        for _ in range(2):  # a double tap
            remove_workout(workout=removed, seen=0)

    following = begun(owner)

    assert following.number == 2 + again


def test_a_workout_typed_in_after_the_only_one_of_its_day_was_removed_has_a_number_of_its_own(
    owner: User,
) -> None:
    plan = a_running_plan(owner)
    remove_workout(workout=begun(owner), seen=0)

    added = add_workout(plan=plan, slot=None, prescription=_prescription(owner), on=MONDAY)

    assert added.number == 2


def test_a_workout_typed_in_for_a_day_with_a_removed_one_has_the_highest_number_plus_one(owner: User) -> None:
    plan = a_running_plan(owner)
    first = begun(owner)
    finish_workout(workout=first)
    second = begun(owner)
    a_set(second)
    finish_workout(workout=second)
    remove_workout(workout=first, seen=0)

    added = add_workout(plan=plan, slot=None, prescription=_prescription(owner), on=MONDAY)

    assert added.number == 3


def test_a_slot_is_taken_once_even_from_a_page_that_is_old(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = a_running_plan(owner)
    slot = schedule_of(plan).slot(1)
    first = begun(owner)
    clock.move_to(noon(1))
    prescription = _prescription(owner)

    late = start_workout(
        person=owner, plan=plan, slot=slot, prescription=prescription, today=MONDAY + timedelta(days=1)
    )

    assert first.slot == 1
    assert late.slot is None


def _prescription(owner: User) -> prescribing.Prescription:
    training = training_of(owner)
    assert training is not None
    return training.prescription()


def test_finishing_twice_keeps_the_first_time(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    finish_workout(workout=workout)
    workout.refresh_from_db()
    first = workout.finished_at
    clock.move_to(noon(1))

    finish_workout(workout=workout)

    workout.refresh_from_db()
    assert workout.finished_at == first


def test_the_next_morning_is_kept_and_can_be_corrected(owner: User) -> None:
    a_running_plan(owner)
    workout = begun(owner)

    tell_next_morning(workout=workout, as_usual=False)
    tell_next_morning(workout=workout, as_usual=True)

    workout.refresh_from_db()
    assert workout.next_morning == "as_usual"


# --- sets ---


def test_the_same_client_key_again_returns_the_stored_set(workout: Workout) -> None:
    key = uuid4()
    first = record_set(workout=workout, place=FIRST, values=EIGHT, client_key=key)

    again = record_set(workout=workout, place=FIRST, values=NINE, client_key=key)

    assert again == first
    assert again.repetitions == 8
    assert SetLog.objects.count() == 1


def test_another_key_in_the_same_place_conflicts_and_changes_nothing(workout: Workout) -> None:
    stored = a_set(workout)

    with pytest.raises(SetConflict) as conflict:
        record_set(workout=workout, place=FIRST, values=NINE, client_key=uuid4())

    stored.refresh_from_db()
    assert conflict.value.stored == stored
    assert (stored.repetitions, stored.revision) == (8, 1)
    assert SetLog.objects.count() == 1


def test_another_key_with_equal_values_returns_the_stored_set(workout: Workout) -> None:
    stored = a_set(workout)

    same = record_set(workout=workout, place=FIRST, values=EIGHT, client_key=uuid4())

    assert same == stored
    assert (same.revision, same.client_key) == (1, stored.client_key)


def test_a_key_used_again_for_another_place_is_refused_and_stores_nothing(workout: Workout) -> None:
    key = uuid4()
    record_set(workout=workout, place=FIRST, values=EIGHT, client_key=key)

    for place in (SetPlace("bridge", "both", 2), SetPlace("calf_raise", "both", 1)):
        with pytest.raises(SetKeyTaken):
            record_set(workout=workout, place=place, values=EIGHT, client_key=key)

    assert SetLog.objects.count() == 1


def test_a_key_of_one_set_changes_no_other(workout: Workout) -> None:
    key = uuid4()
    a_set(workout, set_number=2)
    record_set(workout=workout, place=FIRST, values=EIGHT, client_key=key)

    with pytest.raises(SetKeyTaken):
        record_set(
            workout=workout, place=SetPlace("bridge", "both", 2), values=NINE, client_key=key, revision=1
        )

    assert set(SetLog.objects.values_list("repetitions", flat=True)) == {8}


def test_a_changed_set_keeps_the_time_it_was_done(workout: Workout) -> None:
    stored = a_set(workout)

    changed = record_set(
        workout=workout, place=FIRST, values=NINE, client_key=uuid4(), revision=1, seconds_ago=3600
    )

    assert changed.done_at == stored.done_at


def test_a_change_with_the_revision_it_saw_is_stored_and_raises_it(workout: Workout) -> None:
    stored = a_set(workout)
    key = uuid4()

    changed = record_set(workout=workout, place=FIRST, values=NINE, client_key=key, revision=1)

    assert changed.pk == stored.pk
    changed.refresh_from_db()
    assert (changed.repetitions, changed.revision, changed.client_key) == (9, 2, key)


def test_a_change_with_an_older_revision_conflicts(workout: Workout) -> None:
    a_set(workout)
    record_set(workout=workout, place=FIRST, values=NINE, client_key=uuid4(), revision=1)

    with pytest.raises(SetConflict):
        record_set(workout=workout, place=FIRST, values=EIGHT, client_key=uuid4(), revision=1)

    assert SetLog.objects.get().repetitions == 9


def test_a_key_that_a_change_has_replaced_is_not_written_again(workout: Workout) -> None:
    key = uuid4()
    record_set(workout=workout, place=FIRST, values=EIGHT, client_key=key)
    record_set(workout=workout, place=FIRST, values=NINE, client_key=uuid4(), revision=1)

    with pytest.raises(SetConflict):
        record_set(workout=workout, place=FIRST, values=EIGHT, client_key=key)

    assert SetLog.objects.get().repetitions == 9
