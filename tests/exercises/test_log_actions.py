"""What writes how an exercise went: all of it or nothing, once, and never over what nobody saw."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from accounts.models import User
from exercises.actions.log import (
    ExerciseTold,
    LogConflict,
    as_asked,
    leave_out,
    record_exercise,
    record_typed,
    stop_exercise,
    stored_log,
)
from exercises.actions.sets import SetPlace, SetRemoved, SetValues, record_set, remove_set
from exercises.models import ExerciseLog, SetLog, Workout
from tests.builders_training import (
    MONDAY_NOON,
    a_set,
    answered,
    begun,
    prescribed,
    went,
)

FIRST, SECOND = SetPlace("bridge", "both", 1), SetPlace("bridge", "both", 2)
EIGHT = SetValues(rung="two_legs", repetitions=8)
FIVE = SetValues(rung="two_legs", repetitions=5)


pytestmark = pytest.mark.usefixtures("clock")


def all_as_asked(workout: Workout) -> ExerciseTold:
    return as_asked("bridge", prescribed(workout, "bridge").shown, ("both",))


def told(*sets: SetValues | None, **answer: object) -> ExerciseTold:
    """The bridge: its sets in their order, and how it went."""
    places = {SetPlace("bridge", "both", number): values for number, values in enumerate(sets, 1)}
    return ExerciseTold("bridge", places, {"both": {**went(), **answer}})


def rows() -> tuple[list[int], list[tuple[str, str, int]]]:
    sets = [row.repetitions for row in SetLog.objects.all()]
    return sets, sorted((row.side, row.effort, row.revision) for row in ExerciseLog.objects.all())


def seen(workout: Workout) -> str:
    return stored_log(workout, "bridge").state


# --- as asked ---


def test_as_asked_makes_the_sets_that_nobody_counted_and_says_right_clean_and_no_pain(
    workout: Workout,
) -> None:
    shown = prescribed(workout, "side_lying_abduction").shown

    record_exercise(
        workout=workout, told=as_asked("side_lying_abduction", shown, ("left", "right")), key=uuid4()
    )

    places = {(row.side, row.set_number) for row in SetLog.objects.all()}
    assert places == {(side, n) for side in ("left", "right") for n in range(1, shown.sets + 1)}
    assert {(row.repetitions, row.hold_seconds, row.rung) for row in SetLog.objects.all()} == {
        (shown.repetitions, shown.hold_seconds, shown.rung)
    }
    answers = {
        (row.side, row.effort, row.went_cleanly, row.pain, row.stopped) for row in ExerciseLog.objects.all()
    }
    assert answers == {("left", "right", True, 0, False), ("right", "right", True, 0, False)}


def test_as_asked_keeps_the_sets_that_were_counted(workout: Workout) -> None:
    counted = a_set(workout, hold_seconds=prescribed(workout, "bridge").shown.hold_seconds)

    record_exercise(workout=workout, told=all_as_asked(workout), key=uuid4())

    assert SetLog.objects.get(set_number=1).client_key == counted.client_key
    assert SetLog.objects.count() == prescribed(workout, "bridge").shown.sets


def test_as_asked_over_a_set_that_differs_stores_nothing(workout: Workout) -> None:
    a_set(workout, repetitions=5)

    with pytest.raises(LogConflict):
        record_exercise(workout=workout, told=all_as_asked(workout), key=uuid4())

    assert rows() == ([5], [])


def test_as_asked_over_an_exercise_that_was_stopped_stores_nothing(workout: Workout) -> None:
    stop_exercise(workout=workout, exercise="bridge", sides=("both",))

    with pytest.raises(LogConflict):
        record_exercise(workout=workout, told=all_as_asked(workout), key=uuid4())

    assert rows() == ([], [("both", "", 1)])


def test_as_asked_takes_the_place_of_left_out(workout: Workout) -> None:
    leave_out(workout=workout, exercise="bridge", sides=("both",))

    record_exercise(workout=workout, told=all_as_asked(workout), key=uuid4())

    assert rows()[1] == [("both", "right", 2)]


def test_what_waited_was_done_when_it_was_told(workout: Workout, clock: time_machine.Traveller) -> None:
    Workout.objects.update(started_at=MONDAY_NOON)
    workout.refresh_from_db()
    clock.move_to(MONDAY_NOON + timedelta(minutes=10), tick=False)

    record_exercise(workout=workout, told=all_as_asked(workout), key=uuid4(), seconds_ago=240)

    told_at = MONDAY_NOON + timedelta(minutes=6)
    assert {row.done_at for row in SetLog.objects.all()} == {told_at}
    assert ExerciseLog.objects.get().logged_at == told_at


# --- the same again ---


@pytest.mark.parametrize("same_key", [True, False])
def test_the_same_told_twice_is_stored_once(workout: Workout, *, same_key: bool) -> None:
    first = uuid4()

    for key in (first, first if same_key else uuid4()):
        record_exercise(workout=workout, told=told(EIGHT, FIVE), key=key)

    assert rows() == ([8, 5], [("both", "right", 1)])


def test_the_same_key_again_changes_nothing_whatever_it_says_now(workout: Workout) -> None:
    key = uuid4()
    record_exercise(workout=workout, told=told(EIGHT, FIVE), key=key)

    record_exercise(workout=workout, told=told(FIVE, None, pain=7), key=key, seen=seen(workout))

    assert rows()[0] == [8, 5]
    assert ExerciseLog.objects.get().pain == 0


def test_a_set_that_was_taken_away_stays_away_when_the_same_comes_again(workout: Workout) -> None:
    key = uuid4()
    record_exercise(workout=workout, told=told(EIGHT, EIGHT), key=key)
    first = SetLog.objects.get(set_number=1)
    remove_set(workout=workout, place=FIRST, client_key=first.client_key)

    record_exercise(workout=workout, told=told(EIGHT, EIGHT), key=key)

    assert [row.set_number for row in SetLog.objects.all()] == [2]


# --- what was seen may be changed ---


def test_what_was_seen_is_changed_and_a_set_left_empty_is_taken_away(workout: Workout) -> None:
    a_set(workout)
    a_set(workout, set_number=2)

    record_exercise(workout=workout, told=told(FIVE, None, effort="hard"), key=uuid4(), seen=seen(workout))

    row = SetLog.objects.get()
    assert (row.set_number, row.repetitions, row.revision) == (1, 5, 2)
    assert ExerciseLog.objects.get().effort == "hard"


def test_the_write_of_a_set_that_the_log_took_away_stores_nothing_when_it_comes_late(
    workout: Workout,
) -> None:
    set_taken = a_set(workout, set_number=2)
    record_exercise(workout=workout, told=told(EIGHT, None), key=uuid4(), seen=seen(workout))

    with pytest.raises(SetRemoved):
        record_set(workout=workout, place=SECOND, values=EIGHT, client_key=set_taken.client_key)

    assert [row.set_number for row in SetLog.objects.all()] == [1]


def test_a_set_that_nobody_saw_is_a_conflict_and_nothing_is_stored(workout: Workout) -> None:
    before = seen(workout)
    a_set(workout, set_number=2, repetitions=9)

    with pytest.raises(LogConflict):
        record_exercise(workout=workout, told=told(EIGHT, EIGHT), key=uuid4(), seen=before)

    assert rows() == ([9], [])


def test_sets_that_the_same_page_sent_may_be_changed(workout: Workout) -> None:
    before = seen(workout)
    own = a_set(workout, repetitions=9)

    record_exercise(workout=workout, told=told(FIVE), key=uuid4(), seen=before, own={own.client_key, uuid4()})

    assert rows()[0] == [5]


def test_answers_that_nobody_saw_are_a_conflict_on_one_side_for_both(workout: Workout) -> None:
    answered(workout, "heel_raise", {"left": went(), "right": went()})
    changed = ExerciseTold("heel_raise", {}, {"left": went(), "right": went("hard")})

    with pytest.raises(LogConflict):
        record_exercise(workout=workout, told=changed, key=uuid4(), seen="another state")

    assert {row.effort for row in ExerciseLog.objects.all()} == {"right"}


def test_answers_that_were_seen_are_changed_and_counted(workout: Workout) -> None:
    answered(workout, "bridge", {"both": went()})

    record_exercise(workout=workout, told=told(effort="hard", pain=2), key=uuid4(), seen=seen(workout))

    row = ExerciseLog.objects.get()
    assert (row.effort, row.pain, row.revision) == ("hard", 2, 2)


def test_the_state_changes_with_every_set_and_answer(workout: Workout) -> None:
    states = [seen(workout)]
    one = a_set(workout)
    states.append(seen(workout))
    record_set(workout=workout, place=FIRST, values=FIVE, client_key=uuid4(), revision=1)
    states.append(seen(workout))
    stop_exercise(workout=workout, exercise="bridge", sides=("both",))
    states.append(seen(workout))
    remove_set(workout=workout, place=FIRST, client_key=SetLog.objects.get().client_key)
    states.append(seen(workout))

    assert one
    assert len(set(states)) == len(states)


# --- typed in from paper ---


def test_what_was_typed_in_is_stored_whole_or_not_at_all(workout: Workout) -> None:
    a_set(workout, "hip_circle", side="left", rung="no_support", repetitions=3)
    other = ExerciseTold(
        "hip_circle",
        {SetPlace("hip_circle", "left", 1): SetValues(rung="no_support", repetitions=10)},
        {"left": went(), "right": went()},
    )

    with pytest.raises(LogConflict):
        record_typed(workout=workout, typed=[told(EIGHT, EIGHT), other], key=uuid4())

    assert rows() == ([3], [])


def test_one_key_for_two_workouts_stores_both(owner: User, workout: Workout) -> None:
    key = uuid4()
    record_typed(workout=workout, typed=[told(EIGHT)], key=key)
    workout.finished_at = MONDAY_NOON
    workout.save()

    record_typed(workout=begun(owner), typed=[told(EIGHT)], key=key)

    assert SetLog.objects.count() == 2


# --- it hurts ---


def test_stopping_an_exercise_is_kept_at_once_and_once(workout: Workout) -> None:
    for _ in range(2):
        stop_exercise(workout=workout, exercise="heel_raise", sides=("left",))

    row = ExerciseLog.objects.get()
    assert (row.side, row.stopped, row.effort, row.pain, row.revision) == ("left", True, "", None, 1)


def test_stopping_after_the_answers_keeps_the_answers(workout: Workout) -> None:
    answered(workout, "bridge", {"both": went("hard", pain=2)})

    stop_exercise(workout=workout, exercise="bridge", sides=("both",))

    row = ExerciseLog.objects.get()
    assert (row.stopped, row.effort, row.pain, row.revision) == (True, "hard", 2, 2)
