"""Workouts done elsewhere: told again they add nothing, and what is new goes where it belongs."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from exercises.rules.past import HeldWorkout, PastSet, PastWorkout, arrivals, dose_done
from exercises.rules.values import Dose

DAY = date(2026, 11, 24)


def done(
    number: int = 1, repetitions: int = 8, side: str = "left", *, line: int = 2, of_day: int = 1
) -> PastSet:
    return PastSet(line, DAY, of_day, "side_lying_abduction", side, number, "clam", repetitions)


def told(*sets: PastSet, of_day: int = 1) -> PastWorkout:
    return PastWorkout(DAY, of_day, sets)


def held(*sets: PastSet, number: int = 1, asked: bool = False, on: date = DAY) -> HeldWorkout:
    return HeldWorkout(on, number, asked, {one.place: one.done for one in sets})


def test_workout_that_is_nowhere_is_a_new_one() -> None:
    found = arrivals([told(done(1), done(2))], [])

    (workout,) = found.workouts
    assert (workout.number, len(workout.sets), found.already) == (None, 2, 0)


def test_workout_of_another_day_is_not_it() -> None:
    found = arrivals([told(done(1))], [held(done(1), on=date(2026, 11, 23))])

    assert found.sets == 1


def test_sets_that_were_missing_go_to_the_workout_that_was_brought_in_before() -> None:
    found = arrivals([told(done(1), done(2))], [held(done(1), number=3)])

    (workout,) = found.workouts
    assert (workout.number, [one.number for one in workout.sets], found.already) == (3, [2], 1)


def test_set_in_whose_place_another_stands_is_named() -> None:
    found = arrivals([told(done(1), done(2, 12, line=5))], [held(done(1), done(2, 8))])

    assert (found.workouts, found.already) == ((), 1)
    assert [one.line for one in found.differing] == [5]


def test_workout_of_the_plan_that_holds_all_of_it_is_it() -> None:
    found = arrivals([told(done(1))], [held(done(1), done(2), asked=True)])

    assert (found.sets, found.already) == (0, 1)


def test_nothing_is_added_to_a_workout_of_the_plan() -> None:
    found = arrivals([told(done(1), done(2))], [held(done(1), asked=True)])

    (workout,) = found.workouts
    assert (workout.number, len(workout.sets)) == (None, 2)


def test_of_two_workouts_of_a_day_each_finds_its_own() -> None:
    first, second = (done(1, 10), done(2, 10)), (done(1, 10), done(2, 8))

    found = arrivals([told(*first), told(*second, of_day=2)], [held(*first), held(*second, number=2)])

    assert (found.sets, found.already, found.differing) == (0, 4, ())


@given(
    st.lists(
        st.builds(done, st.integers(1, 3), st.integers(5, 7), st.sampled_from(["left", "right"])),
        min_size=1,
        max_size=8,
        unique_by=lambda one: one.place,
    )
)
def test_whatever_was_stored_told_again_adds_nothing(sets: list[PastSet]) -> None:
    (first,) = arrivals([told(*sets)], []).workouts

    again = arrivals([told(*sets)], [held(*first.sets)])

    assert (again.sets, again.already, again.differing) == (0, len(sets), ())


def test_fewest_repetitions_and_least_load_count_of_what_was_done() -> None:
    sets = [
        ("left", "clam", 8, 2, 1_000, ""),
        ("left", "clam", 6, 2, 2_000, ""),
        ("right", "clam", 9, 3, None, ""),
    ]

    assert dose_done(sets) == Dose("clam", 2, 6, hold_seconds=3, load_grams=1_000)
