"""When a reminder is due: by the clock, across changes of clocks and time zones, and by what the plan says."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.rules.reminding import ReminderKind, has_reason, next_reminder_at, reminders_due
from exercises.rules.scheduling import Schedule
from exercises.rules.slots import DateChange, DateChangeKind, Done
from tests.exercises.builders import MONDAY, day

ALL = tuple(ReminderKind)
TRAINING, NUDGE, LOOK, WEEK = ALL
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
SIX = time(18)
SEEN_BEFORE = day(-1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MOMENTS = st.integers(0, 400 * 86_400).map(
    lambda seconds: utc("2026-03-01 00:00") + timedelta(seconds=seconds)
)


def due(now: str, *, hour: time = SIX, zone: ZoneInfo = BERLIN, since: str = "2026-10-01 00:00") -> list[str]:
    """What is due at a moment (UTC), all being wanted, and until when (UTC)."""
    found = reminders_due(ALL, hour, zone, since=utc(since), now=utc(now))
    return [f"{one.kind} until {one.until:%d %H:%M}" for one in found]


# --- by the clock ---


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        ("2026-10-05 15:59", 0),
        ("2026-10-05 16:00", 3),  # 18:00 in Berlin
        ("2026-10-05 17:59", 3),
        ("2026-10-05 18:00", 4),  # and two hours later
        ("2026-10-05 22:00", 0),  # midnight there
    ],
)
def test_reminders_are_due_from_the_hour_on_and_the_nudge_two_hours_later(now: str, kinds: int) -> None:
    assert len(due(now)) == kinds


def test_nothing_is_due_more_than_six_hours_after_its_time() -> None:
    early = time(7)
    assert "training until 05 11:00" in due("2026-10-05 11:00", hour=early)
    assert due("2026-10-05 11:01", hour=early) == ["nudge until 05 13:00"]
    assert due("2026-10-05 13:01", hour=early) == []


def test_nothing_is_due_in_the_night_after() -> None:
    late = time(21)
    assert "training until 05 22:00" in due("2026-10-05 21:59", hour=late)
    assert due("2026-10-05 22:00", hour=late) == []


def test_nudge_that_would_fall_on_the_next_day_is_left_out() -> None:
    assert [one.split()[0] for one in due("2026-10-05 21:59", hour=time(22))] == [
        "training",
        "look_again",
        "week",
    ]


def test_what_was_looked_at_is_not_due_again() -> None:
    assert due("2026-10-05 16:30", since="2026-10-05 16:00") == []
    assert len(due("2026-10-05 16:30", since="2026-10-05 15:59")) == 3


def test_only_what_is_wanted_is_due() -> None:
    since, now = utc("2026-10-05 00:00"), utc("2026-10-05 19:00")

    assert [one.kind for one in reminders_due([NUDGE], SIX, BERLIN, since=since, now=now)] == [NUDGE]
    assert reminders_due([], SIX, BERLIN, since=since, now=now) == []


def test_hour_that_the_day_does_not_have_comes_as_much_later() -> None:
    """On 28 March 2027 clocks in Berlin go from 2:00 to 3:00, which is 1:00 in UTC: 2:30 is 3:30."""
    assert due("2027-03-28 01:29", hour=time(2, 30)) == []
    assert len(due("2027-03-28 01:30", hour=time(2, 30))) == 3


def test_hour_that_the_day_has_twice_comes_once_the_first_time() -> None:
    """On 25 October 2026 clocks in Berlin go from 3:00 to 2:00, which is 1:00 in UTC."""
    assert len(due("2026-10-25 00:30", hour=time(2, 30))) == 3
    assert due("2026-10-25 01:30", hour=time(2, 30), since="2026-10-25 00:30") == []


def test_midnight_that_a_day_does_not_have_is_its_first_hour() -> None:
    """Where clocks go forward at midnight: in Santiago on 6 September 2026 from 0:00 to 1:00."""
    santiago = ZoneInfo("America/Santiago")

    found = due("2026-09-06 04:00", hour=time(0), zone=santiago, since="2026-09-05 12:00")

    assert [one.split()[0] for one in found] == ["training", "look_again", "week"]


@pytest.mark.parametrize(
    ("now", "coming"),
    [
        ("2026-10-05 12:00", "2026-10-05 16:00"),
        ("2026-10-05 16:00", "2026-10-05 18:00"),
        ("2026-10-05 18:00", "2026-10-06 16:00"),
        ("2026-10-24 19:00", "2026-10-25 17:00"),  # the clocks change in the night
    ],
)
def test_next_moment_is_the_next_at_which_something_comes_due(now: str, coming: str) -> None:
    assert next_reminder_at(ALL, SIX, BERLIN, now=utc(now)) == utc(coming)


def test_who_wants_nothing_is_never_looked_at() -> None:
    assert next_reminder_at([], SIX, BERLIN, now=utc("2026-10-05 12:00")) is None


@given(
    zone=st.sampled_from(
        [
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "America/Santiago",
            "Asia/Kathmandu",
            "UTC",
        ]
    ),
    hour=st.times().map(lambda one: one.replace(microsecond=0)),
    start=MOMENTS,
    waits=st.lists(st.integers(1, 60), min_size=1, max_size=5),
)
def test_whoever_looks_once_an_hour_finds_each_kind_once_a_day_and_never_late(
    zone: str, hour: time, start: datetime, waits: list[int]
) -> None:
    place, looked, found = ZoneInfo(zone), start, Counter[tuple[ReminderKind, date]]()
    now = start
    while now < start + timedelta(days=4):
        now += timedelta(minutes=waits[now.minute % len(waits)])
        for one in reminders_due(ALL, hour, place, since=looked, now=now):
            found[one.kind, one.on] += 1
            assert now.astimezone(place).date() == one.on
            assert now <= one.until <= now + timedelta(hours=6)
        looked = now

    whole_days = [start.astimezone(place).date() + timedelta(days=days) for days in (1, 2, 3)]
    assert set(found.values()) <= {1}
    # Within the last hour of a day the next look may be on the day after.
    if hour < time(22, 59):
        assert {found[TRAINING, one] for one in whole_days} == {1}


@given(hour=st.times(), now=MOMENTS)
def test_nothing_is_due_before_the_next_moment(hour: time, now: datetime) -> None:
    coming = next_reminder_at(ALL, hour, NEW_YORK, now=now)

    assert coming is not None
    assert now < coming <= now + timedelta(days=2)
    assert reminders_due(ALL, hour, NEW_YORK, since=now, now=coming - timedelta(microseconds=1)) == []
    assert reminders_due(ALL, hour, NEW_YORK, since=now, now=coming) != []


# --- by the plan ---


def a_block(*changes: DateChange, workouts: tuple[Done, ...] = ()) -> Schedule:
    """Mondays and Thursdays."""
    return Schedule(MONDAY, (0, 3), changes, workouts)


def reasons(schedule: Schedule, today: date, looked_on: date = SEEN_BEFORE) -> set[ReminderKind]:
    return {kind for kind in ReminderKind if has_reason(kind, schedule, today, looked_on)}


def test_training_day_is_a_reason_until_a_workout_is_begun() -> None:
    assert reasons(a_block(), day(3)) == {TRAINING, NUDGE}
    assert reasons(a_block(), day(4)) == set()
    assert reasons(a_block(workouts=(Done(on=day(3), slot=2),)), day(3)) == set()
    assert reasons(a_block(workouts=(Done(on=day(3), slot=None),)), day(3)) == set()


def test_workout_that_was_moved_or_skipped_is_a_reason_only_where_it_is() -> None:
    move = DateChange(DateChangeKind.MOVE, on=MONDAY, slot=2, to=day(4))
    skip = DateChange(DateChangeKind.SKIP, on=MONDAY, slot=2)

    assert (reasons(a_block(move), day(3)), reasons(a_block(move), day(4))) == (set(), {TRAINING, NUDGE})
    assert reasons(a_block(skip), day(3)) == set()


@pytest.mark.parametrize("kind", [DateChangeKind.PAUSE, DateChangeKind.HOLD_ON])
def test_plan_that_is_paused_or_held_gives_no_reason(kind: DateChangeKind) -> None:
    stopped = a_block(DateChange(kind, on=day(5)))

    assert [today for today in range(5, 60) if reasons(stopped, day(today))] == []


def test_plan_that_has_not_begun_gives_no_reason() -> None:
    assert reasons(a_block(), day(-7)) == set()


def test_look_again_is_a_reason_on_its_day_only_and_not_after_a_look() -> None:
    assert [today for today in range(84) if LOOK in reasons(a_block(), day(today))] == [27, 55, 83]
    assert LOOK not in reasons(a_block(), day(27), looked_on=day(22))


def test_week_is_a_reason_on_the_first_day_after_one_with_workouts() -> None:
    assert [today for today in range(29) if WEEK in reasons(a_block(), day(today))] == [7, 14, 21, 28]


def test_last_week_of_a_block_is_told_and_no_week_after() -> None:
    assert [today for today in range(77, 140) if WEEK in reasons(a_block(), day(today))] == [77, 84]
