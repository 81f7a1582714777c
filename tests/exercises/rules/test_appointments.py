"""What a plan has put on the days to come."""

from datetime import date

from exercises.rules.appointments import appointments
from exercises.rules.scheduling import Schedule
from exercises.rules.slots import DateChange, DateChangeKind, Done
from tests.exercises.builders import MONDAY, day

SEEN_BEFORE = day(-1)
"""The check from which the plan was made."""


def a_block(*changes: DateChange, workouts: tuple[Done, ...] = ()) -> Schedule:
    return Schedule(MONDAY, (0, 3), changes, workouts)


def told(schedule: Schedule, today: date, looked_on: date | None = SEEN_BEFORE) -> dict[str, date]:
    return {one.key: one.on for one in appointments(schedule, today, looked_on)}


def test_everything_of_twelve_weeks_is_told_by_date() -> None:
    found = appointments(a_block(), MONDAY, SEEN_BEFORE)

    assert [one.on for one in found] == sorted(one.on for one in found)
    assert [one.key for one in found if one.is_look] == ["look-4", "look-8", "look-12"]
    assert [one.key for one in found if not one.is_look] == [str(number) for number in range(1, 25)]
    assert told(a_block(), MONDAY)["look-4"] == day(27)


def test_what_is_done_missed_or_skipped_is_not_told() -> None:
    skip = DateChange(DateChangeKind.SKIP, on=day(7), slot=4)
    schedule = a_block(skip, workouts=(Done(on=day(7), slot=3),))

    assert list(told(schedule, day(7)))[:2] == ["5", "6"]


def test_workout_of_today_is_told_until_it_is_begun() -> None:
    assert "1" in told(a_block(), MONDAY)
    assert "1" not in told(a_block(workouts=(Done(on=MONDAY, slot=1),)), MONDAY)


def test_moved_workout_keeps_its_key() -> None:
    move = DateChange(DateChangeKind.MOVE, on=MONDAY, slot=1, to=day(1))

    assert told(a_block(move), MONDAY)["1"] == day(1)


def test_nothing_is_told_while_a_pause_has_no_end() -> None:
    pause = DateChange(DateChangeKind.PAUSE, on=day(1))

    assert told(a_block(pause), day(1)) == {}


def test_look_again_is_not_told_to_someone_who_looked_in_the_week_before() -> None:
    assert "look-4" in told(a_block(), day(21), looked_on=day(20))
    assert "look-4" not in told(a_block(), day(21), looked_on=day(21))
    assert "look-8" in told(a_block(), day(21), looked_on=day(21))


def test_look_again_of_today_is_told_all_day() -> None:
    assert "look-4" in told(a_block(), day(27))
    assert "look-4" not in told(a_block(), day(28))
