"""What came before a decision, what goes on after midnight, and what is asked about the morning after."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assessments.rules.safety_past import LockPeriod
from exercises.rules.begun import (
    BegunWorkout,
    is_first_after_advice,
    is_first_since,
    latest_before,
    left_open,
    morning_to_ask,
    never_before_the_log,
    night_of,
    opened_since,
    seen_after_locks,
    still_open,
)
from exercises.rules.values import Ref, Seen
from tests.exercises.builders import MONDAY, day


def at(number: int, hour: int = 12) -> datetime:
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, tzinfo=UTC) + timedelta(days=number)


def begun(
    number: int, *, hour: int = 12, second: bool = False, finished: bool = True, told: bool = False
) -> BegunWorkout:
    return BegunWorkout(day(number), 2 if second else 1, at(number, hour), finished, told)


@pytest.mark.parametrize(
    ("workouts", "expected"),
    [
        ([], (day(2), 0)),
        ([begun(0), begun(1)], (day(1), 1)),
        ([begun(0), begun(2, hour=11)], (day(2), 1)),
        ([begun(0), begun(2, hour=12)], (day(2), 1)),
        ([begun(0), begun(2, hour=13)], (day(0), 1)),
        ([begun(2, hour=9), begun(2, hour=10, second=True)], (day(2), 2)),
        ([begun(3)], (day(2), 0)),
    ],
    ids=["none", "earlier dates", "earlier that day", "that moment", "later that day", "two", "later"],
)
def test_the_latest_workout_before_a_decision_was_begun_earlier(
    workouts: list[BegunWorkout], expected: Ref
) -> None:
    assert latest_before(day(2), at(2), workouts) == expected


@pytest.mark.parametrize(("begun_on", "expected"), [([], day(0)), ([day(-1)], day(0)), ([day(1)], day(1))])
def test_today_is_never_before_a_workout(begun_on: list[date], expected: date) -> None:
    assert never_before_the_log(day(0), begun_on) == expected


def test_only_an_unfinished_workout_of_yesterday_goes_on_after_midnight() -> None:
    workouts = [begun(0, finished=False), begun(1), begun(1, second=True, finished=False)]

    assert still_open(workouts, day(1)) == (day(1), 2)
    assert left_open(workouts, day(2)) == (day(1), 2)
    assert left_open(workouts, day(3)) is None


@pytest.mark.parametrize(
    ("workouts", "asked"),
    [
        ([], None),
        ([begun(4)], None),
        ([begun(3), begun(4)], (day(3), 1)),
        ([begun(2)], None),
        ([begun(3, told=True)], None),
        ([begun(2), begun(3, told=True)], None),
    ],
    ids=["none", "today", "yesterday", "the day before yesterday", "answered", "an earlier one is let be"],
)
def test_the_morning_is_asked_of_yesterdays_workout_only(
    workouts: list[BegunWorkout], asked: Ref | None
) -> None:
    assert morning_to_ask(workouts, day(4)) == asked


@pytest.mark.parametrize(
    ("local", "today", "expected"),
    [
        (at(1, 0), day(1), day(0)),
        (at(1, 3) - timedelta(minutes=1), day(1), day(0)),
        (at(1, 3), day(1), None),
        (at(0, 23), day(0), None),
        (at(0, 1), day(1), None),
    ],
    ids=["midnight", "a minute to three", "three", "before midnight", "a flight west"],
)
def test_it_is_the_night_of_yesterday_until_three(
    local: datetime, today: date, expected: date | None
) -> None:
    assert night_of(local, today) == expected


def test_the_morning_after_is_not_asked_in_the_night() -> None:
    assert morning_to_ask([begun(3)], day(4), night_of=day(3)) is None


@pytest.mark.parametrize(("number", "first"), [(-1, True), (0, False), (1, False)])
def test_the_first_workout_after_a_visit_is_one_before_which_none_was_begun(
    number: int, *, first: bool
) -> None:
    assert is_first_since(day(0), [begun(number)]) is first


@pytest.mark.parametrize(
    ("told_on", "told_at", "latest", "expected"),
    [
        (None, None, begun(0), False),
        (day(0), None, None, True),
        (day(1), None, begun(0), True),
        (day(0), None, begun(1), False),
        (day(0), at(0, 13), begun(0), True),
        (day(0), at(0, 11), begun(0), False),
    ],
    ids=[
        "never",
        "no workout yet",
        "after the latest",
        "before the latest",
        "in its middle",
        "earlier that day",
    ],
)
def test_a_lighter_day_follows_advice_once(
    told_on: date | None, told_at: datetime | None, latest: BegunWorkout | None, *, expected: bool
) -> None:
    assert is_first_after_advice(told_on, told_at, latest) is expected


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        (LockPeriod(day(1), day(3), at(3), with_limits=True), [Seen(after=(day(2), 1), with_limits=True)]),
        (LockPeriod(day(-2), day(0), at(0)), []),
        (LockPeriod(day(1)), []),
    ],
    ids=["opened", "opened before the plan", "open still"],
)
def test_leave_for_the_whole_plan_covers_the_workouts_before_it(
    lock: LockPeriod, expected: list[Seen]
) -> None:
    assert seen_after_locks(opened_since([lock], at(0)), [begun(2), begun(4)]) == expected
