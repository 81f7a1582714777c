"""Slots, changes, workouts and weeks of a block."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.rules.safety_past import LockPeriod
from exercises.rules.scheduling import Schedule, check_start, check_weekdays, earliest_start, with_holds
from exercises.rules.slots import DateChange, DateChangeKind, Done, SlotState
from exercises.rules.wording import Refused
from tests.exercises.builders import MONDAY, day, weeks_until

MWF = (0, 2, 4)


def a_schedule(
    *changes: DateChange, workouts: tuple[Done, ...] = (), weekdays: tuple[int, ...] = MWF
) -> Schedule:
    return Schedule(MONDAY, weekdays, changes, workouts)


def test_a_block_is_twelve_weeks_of_numbered_slots() -> None:
    schedule = a_schedule()

    assert [slot.number for slot in schedule.slots] == list(range(1, 37))
    assert schedule.slots[0].on == MONDAY
    assert schedule.end == day(83)


@pytest.mark.parametrize(
    ("weekdays", "key"),
    [
        ([], "no_weekday"),
        ([0, 1], "weekdays_run_together"),
        ([6, 0], "weekdays_run_together"),
        ([0, 2, 4, 6], "too_many_weekdays"),
        ([7], "unknown_weekday"),
    ],
)
def test_weekdays_that_do_not_fit_are_refused(weekdays: list[int], key: str) -> None:
    with pytest.raises(Refused) as refused:
        check_weekdays(weekdays)

    assert refused.value.reason.key == key
    assert "{" not in str(refused.value)


def test_sunday_and_monday_run_together_in_words() -> None:
    with pytest.raises(Refused, match="Sunday and Monday follow each other"):
        check_weekdays([6, 0])


@pytest.mark.parametrize("days", [0, 28])
def test_a_start_from_today_within_four_weeks_is_taken(days: int) -> None:
    assert check_start(day(days), day(0)) == day(days)


@pytest.mark.parametrize("days", [-1, 29])
def test_a_start_in_the_past_or_too_far_is_refused(days: int) -> None:
    with pytest.raises(Refused):
        check_start(day(days), day(0))


# --- which slot a workout takes ---


@pytest.mark.parametrize(
    ("done", "on", "slot"),
    [
        ([], 0, 1),  # its date
        ([], 3, 2),  # the latest undone one earlier in the week
        ([(0, 1)], 1, 2),  # the next within three days
        ([(0, 1), (2, 2), (4, 3)], 5, None),  # never more than chosen in a calendar week
        ([(0, 1), (2, 2)], 4, 3),
        ([(0, 1), (2, 2), (4, 3)], 4, None),  # a second that day
    ],
)
def test_the_slot_a_workout_takes(done: list[tuple[int, int]], on: int, slot: int | None) -> None:
    schedule = a_schedule(workouts=tuple(Done(day(d), n) for d, n in done))

    found = schedule.slot_for_workout(day(on))

    assert (found.number if found else None) == slot


def test_more_than_three_days_ahead_is_unplanned() -> None:
    assert a_schedule(weekdays=(4,)).slot_for_workout(day(0)) is None
    assert a_schedule(weekdays=(3,)).slot_for_workout(day(0)) is not None


def test_a_skipped_slot_is_not_taken() -> None:
    schedule = a_schedule(DateChange(DateChangeKind.SKIP, day(0), slot=1))

    found = schedule.slot_for_workout(day(0))

    assert found is not None
    assert found.number == 2


# --- changes ---


def test_new_weekdays_keep_the_past_and_its_numbers() -> None:
    schedule = a_schedule()
    change = schedule.structural(DateChangeKind.WEEKDAYS, day(7), (1, 3))

    changed = replace(schedule, changes=(change,))

    assert changed.slots[:3] == schedule.slots[:3]
    assert [slot.on for slot in changed.slots[3:5]] == [day(8), day(10)]
    assert changed.slots[3].number == 4


def test_a_change_counts_from_tomorrow_when_a_workout_was_begun_today() -> None:
    schedule = a_schedule(workouts=(Done(day(0), 1),))

    assert schedule.structural(DateChangeKind.PAUSE, day(0)).on == day(1)
    assert schedule.structural(DateChangeKind.PAUSE, day(1)).on == day(1)


def test_a_slot_the_day_after_a_workout_or_slot_is_left_out() -> None:
    schedule = a_schedule(workouts=(Done(day(0), 1),))
    change = schedule.structural(DateChangeKind.WEEKDAYS, day(0), (1, 3, 5))

    changed = replace(schedule, changes=(change,))

    assert [slot.on for slot in changed.slots[:3]] == [day(0), day(3), day(5)]


def test_no_more_slots_in_a_week_than_chosen() -> None:
    change = DateChange(DateChangeKind.WEEKDAYS, day(4), (4, 6))

    dates = [slot.on for slot in a_schedule(change).slots[:3]]

    assert dates == [day(0), day(2), day(11)]


def test_a_pause_lengthens_the_block_by_its_days() -> None:
    changes = (DateChange(DateChangeKind.PAUSE, day(7)), DateChange(DateChangeKind.RESUME, day(17)))

    schedule = a_schedule(*changes)

    assert schedule.end == day(93)
    assert all(not day(7) <= slot.on < day(17) for slot in schedule.slots)
    assert schedule.plan_week(day(17)) == 2
    assert schedule.look_again_due() == [day(37), day(65), day(93)]


def test_a_pause_without_an_end_has_no_later_slots() -> None:
    schedule = a_schedule(DateChange(DateChangeKind.HOLD_ON, day(7)))

    assert schedule.end is None
    assert schedule.is_held(day(40))
    assert schedule.slots[-1].on == day(4)


def test_moves_and_skips_of_later_slots_lapse_with_a_pause() -> None:
    moved = DateChange(DateChangeKind.MOVE, day(0), slot=5, to=day(10))
    skipped = DateChange(DateChangeKind.SKIP, day(0), slot=6)
    pause = (DateChange(DateChangeKind.PAUSE, day(1)), DateChange(DateChangeKind.RESUME, day(2)))

    schedule = a_schedule(moved, skipped, *pause)

    assert all(slot.moved_from is None and not slot.skipped for slot in schedule.slots)


def test_a_move_stays_in_its_week_and_off_other_slots() -> None:
    schedule = a_schedule()

    assert schedule.move(2, day(3), day(0)).to == day(3)
    for to, key in [(7, "move_out_of_week"), (4, "move_onto_workout"), (-1, "move_into_past")]:
        with pytest.raises(Refused) as refused:
            schedule.move(2, day(to), day(0))
        assert refused.value.reason.key == key


def test_a_move_next_to_another_workout_is_allowed_and_said() -> None:
    schedule = a_schedule(weekdays=(0,))

    assert schedule.has_neighbour(day(1))
    assert not schedule.has_neighbour(day(3))


def test_past_and_done_slots_do_not_move() -> None:
    schedule = a_schedule(workouts=(Done(day(2), 2),))

    with pytest.raises(Refused):
        schedule.move(1, day(5), day(3))
    with pytest.raises(Refused):
        schedule.move(2, day(5), day(2))


# --- weeks ---


def test_two_of_three_this_week() -> None:
    week = a_schedule(workouts=(Done(day(0), 1), Done(day(3), 2))).week(day(6))

    assert (week.done, week.scheduled) == (2, 3)


@pytest.mark.parametrize(("count", "lighter"), [(5, False), (6, True)])
def test_a_lighter_week_needs_six_planned_workouts_before(count: int, lighter: bool) -> None:  # noqa: FBT001
    slots = a_schedule().slots[3 : 3 + count]

    schedule = a_schedule(workouts=tuple(Done(slot.on, slot.number) for slot in slots))

    assert schedule.is_lighter_week(day(28)) is lighter
    assert not schedule.is_lighter_week(day(27))


def begun_under_version_2(week: int) -> Schedule:
    """All done up to the first workout of a plan week, with lighter weeks in weeks 4, 8 and 12."""
    slots = a_schedule().slots
    return a_schedule(
        workouts=tuple(
            Done(slot.on, slot.number, lighter_week=(slot.number + 2) // 3 in {4, 8, 12})
            for slot in slots[: 3 * week - 2]
        )
    )


def gone_on_with(schedule: Schedule) -> Schedule:
    """Every coming slot done, each as the schedule asks for it then."""
    for slot in [slot for slot in schedule.slots if schedule.is_open(slot)]:
        done = Done(slot.on, slot.number, lighter_week=schedule.is_lighter_week(slot.on))
        schedule = replace(schedule, workouts=(*schedule.workouts, done))
    return schedule


@pytest.mark.parametrize(
    ("week", "slots"),
    [
        (4, [10, 25, 26, 27]),
        (5, [10, 11, 12, 25, 26, 27]),
        (8, [10, 11, 12, 22]),
        (9, [10, 11, 12, 22, 23, 24]),
        (12, [10, 11, 12, 22, 23, 24, 34]),
    ],
)
def test_a_plan_begun_under_version_2_keeps_its_lighter_weeks_and_has_none_soon_after_one(
    week: int, slots: list[int]
) -> None:
    schedule = gone_on_with(begun_under_version_2(week))

    lighter = [one.number for one in schedule.block(day(84)) if one.lighter]
    assert [done.slot for done in schedule.workouts if done.lighter_week] == slots
    assert lighter == sorted({(slot + 2) // 3 for slot in slots})


def test_weeks_that_were_not_lighter_do_not_become_so_later() -> None:
    """Version 2 had no lighter week 5, however much was done before it."""
    slots = a_schedule().slots
    done = tuple(Done(slot.on, slot.number) for slot in slots[:18])

    block = a_schedule(workouts=done).block(day(42))

    assert [week.number for week in block if week.lighter] == []
    assert [week.number for week in block if week.may_be_lighter] == [9]


def test_a_week_soon_after_a_lighter_one_is_not_announced_as_lighter() -> None:
    block = begun_under_version_2(4).block(day(22))

    assert [week.number for week in block if week.lighter or week.may_be_lighter] == [4, 9]


def test_a_lighter_week_after_version_2_still_needs_six_planned_workouts() -> None:
    """Only five were done before week 4, so it was an ordinary one; then week 5 is lighter."""
    slots = [slot for slot in a_schedule().slots if slot.number not in {1, 2, 3, 4}]
    ordinary = tuple(Done(slot.on, slot.number) for slot in slots[:8])
    few = ordinary[:5]

    assert a_schedule(workouts=ordinary).is_lighter_week(day(28))
    assert not a_schedule(workouts=few).is_lighter_week(day(28))


def test_a_slot_is_missed_the_day_after_and_stays_next() -> None:
    schedule = a_schedule()

    assert schedule.state(schedule.slots[0], day(0)) is SlotState.TODAY
    assert schedule.state(schedule.slots[0], day(1)) is SlotState.MISSED
    next_one = schedule.next_slot(day(1))
    assert next_one is not None
    assert next_one.number == 2


# --- the block as weeks ---


def test_the_block_has_twelve_weeks_with_every_slot_once() -> None:
    schedule = a_schedule()

    block = schedule.block(day(0))

    assert [week.number for week in block] == list(range(1, 13))
    assert [slot for week in block for slot, _ in week.slots] == list(schedule.slots)
    assert [week.look_again for week in block if week.look_again] == schedule.look_again_due()


def test_a_week_of_the_block_says_what_was_done_missed_skipped_and_extra() -> None:
    schedule = a_schedule()
    schedule = replace(schedule, workouts=(Done(day(0), 1), Done(day(5), None)))
    schedule = replace(schedule, changes=(schedule.skip(3, "away", day(2)),))

    week = schedule.block(day(7))[0]

    assert [state for _, state in week.slots] == [SlotState.DONE, SlotState.MISSED, SlotState.SKIPPED]
    assert (len(week.done), week.due, week.extra) == (1, 2, 1)


def test_a_paused_block_shows_the_weeks_that_are_known() -> None:
    schedule = a_schedule()
    schedule = replace(schedule, changes=(schedule.structural(DateChangeKind.PAUSE, day(14)),))

    block = schedule.block(day(14))

    assert len(block) == 2
    assert schedule.end is None


def test_no_day_after_the_block_belongs_to_a_plan_week() -> None:
    schedule = a_schedule()

    assert schedule.plan_week(day(83)) == 12
    assert schedule.plan_week(day(84)) is None


def test_a_start_on_the_day_after_a_workout_leaves_that_day_free() -> None:
    schedule = Schedule(MONDAY, (0, 3), after_workout=True)

    assert schedule.slots[0].on == day(3)


# --- invariants ---

weekdays = st.sampled_from([(0,), (6,), (0, 3), (1, 4), (0, 2, 4), (1, 3, 5), (2, 4, 6)])


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Schedule, date]:
    """A schedule with changes made day by day, as people make them, and the day it is looked at."""
    week_start, after_workout = draw(st.sampled_from([0, 5, 6])), draw(st.booleans())
    schedule = Schedule(MONDAY, draw(weekdays), week_start=week_start, after_workout=after_workout)
    today = MONDAY
    for _ in range(draw(st.integers(0, 6))):
        today += timedelta(days=draw(st.integers(0, 9)))
        kind = draw(
            st.sampled_from(["work", "weekdays", "pause", "resume", "hold_on", "hold_off", "skip", "move"])
        )
        if kind == "work":
            slot = schedule.slot_for_workout(today) if schedule.is_active(today) else None
            done = Done(today, slot.number if slot else None)
            schedule = replace(schedule, workouts=(*schedule.workouts, done))
            continue
        try:
            change = _change(schedule, kind, today, draw(weekdays), draw(st.integers(-6, 6)))
        except Refused:
            continue
        if change:
            schedule = replace(schedule, changes=(*schedule.changes, change))
    return schedule, today


def _change(
    schedule: Schedule, kind: str, today: date, days: tuple[int, ...], shift: int
) -> DateChange | None:
    if kind in {"skip", "move"}:
        slot = schedule.next_slot(today)
        if slot is None:
            return None
        if kind == "skip":
            return schedule.skip(slot.number, "ill", today)
        return schedule.move(slot.number, slot.on + timedelta(days=shift), today)
    chosen = days if kind == "weekdays" else ()
    return schedule.structural(DateChangeKind(kind), today, chosen)


@given(schedules())
def test_slots_fall_on_chosen_weekdays_unless_moved(made: tuple[Schedule, date]) -> None:
    schedule, _ = made
    chosen = {schedule.weekdays, *(c.weekdays for c in schedule.changes if c.weekdays)}

    for slot in schedule.slots:
        assert slot.moved_from or any(slot.on.weekday() in days for days in chosen)


@given(schedules())
def test_never_two_slots_running_unless_moved(made: tuple[Schedule, date]) -> None:
    slots = [slot for slot in made[0].slots if slot.moved_from is None]
    dates = {slot.on for slot in slots}

    assert len(dates) == len(slots)
    assert not any(on + timedelta(days=1) in dates for on in dates)


@given(schedules(), st.sampled_from(["weekdays", "pause", "hold_on", "resume", "skip", "move"]), weekdays)
def test_the_past_never_changes_when_a_later_change_is_added(
    made: tuple[Schedule, date], kind: str, days: tuple[int, ...]
) -> None:
    schedule, today = made
    try:
        change = _change(schedule, kind, today, days, 1)
    except Refused:
        change = None
    assume(change is not None)
    assert change is not None

    changed = replace(schedule, changes=(*schedule.changes, change))

    def past(of: Schedule) -> list[object]:
        return [slot for slot in of.slots if slot.on < today]

    assert past(changed) == past(schedule)
    earlier = [week for week in weeks_until(schedule, today) if week.first_day + timedelta(days=7) <= today]
    assert weeks_until(changed, today)[: len(earlier)] == earlier


@given(schedules())
def test_slot_numbers_are_never_used_twice(made: tuple[Schedule, date]) -> None:
    numbers = [slot.number for slot in made[0].slots]

    assert len(set(numbers)) == len(numbers)


@given(schedules(), st.integers(0, 30))
def test_a_missed_slot_loses_nothing(made: tuple[Schedule, date], days: int) -> None:
    schedule, today = made
    later = today + timedelta(days=days)

    nothing_done = replace(schedule, changes=(), workouts=())

    assert replace(nothing_done, workouts=schedule.workouts).slots == nothing_done.slots
    assert all(schedule.is_open(s) for s in schedule.slots if schedule.state(s, later) is SlotState.MISSED)


@pytest.mark.parametrize(
    ("today", "looked_on", "due"),
    [(26, None, False), (27, None, True), (27, 20, True), (27, 21, False), (60, 27, True), (60, 50, False)],
    ids=[
        "not yet",
        "never looked",
        "a week before",
        "within the week before",
        "looked at week 4",
        "looked lately",
    ],
)
def test_a_look_again_is_due_until_someone_looked_since_or_in_the_week_before(
    today: int, looked_on: int | None, *, due: bool
) -> None:
    looked = None if looked_on is None else day(looked_on)

    assert a_schedule().look_is_due(day(today), looked) is due


def test_the_next_look_again_is_the_first_after_today() -> None:
    assert [a_schedule().next_look(day(number)) for number in (0, 27, 83)] == [day(27), day(55), None]


def test_a_block_is_over_on_the_day_after_its_last() -> None:
    assert [a_schedule().is_over(day(number)) for number in (83, 84)] == [False, True]


def test_easy_counts_from_the_third_plan_week_and_a_pause_moves_it() -> None:
    paused = a_schedule(
        DateChange(DateChangeKind.PAUSE, on=day(1)), DateChange(DateChangeKind.RESUME, on=day(8))
    )

    assert a_schedule().easy_counts_from == day(14)
    assert paused.easy_counts_from == day(21)


def test_the_next_slot_after_today_leaves_today_out() -> None:
    assert a_schedule().next_slot_after(MONDAY) == a_schedule().slots[1]


def test_an_ended_block_shows_the_weeks_up_to_its_last_day() -> None:
    assert [week.first_day for week in a_schedule().block_until(day(8))] == [day(0), day(7)]


@pytest.mark.parametrize(
    ("lock", "begun_on", "expected"),
    [
        (LockPeriod(day(3)), set(), [(DateChangeKind.HOLD_ON, 3, False)]),
        (LockPeriod(day(3)), {3}, [(DateChangeKind.HOLD_ON, 4, True)]),
        (LockPeriod(day(3)), {2}, [(DateChangeKind.HOLD_ON, 3, True)]),
        (LockPeriod(day(-5)), set(), [(DateChangeKind.HOLD_ON, 0, False)]),
        (LockPeriod(day(-5), day(0)), set(), []),
        (
            LockPeriod(day(3), day(6)),
            {6},
            [(DateChangeKind.HOLD_ON, 3, False), (DateChangeKind.HOLD_OFF, 7, True)],
        ),
    ],
    ids=[
        "at once",
        "after today's workout",
        "the day after one",
        "from the start",
        "before the plan",
        "ended",
    ],
)
def test_a_hold_counts_from_tomorrow_after_a_workout_and_never_before_the_start(
    lock: LockPeriod, begun_on: set[int], expected: list[tuple[DateChangeKind, int, bool]]
) -> None:
    holds = with_holds([], [lock], start=MONDAY, begun_on={day(number) for number in begun_on})

    assert [(hold.kind, (hold.on - MONDAY).days, hold.after_workout) for hold in holds] == expected


def test_holds_stand_among_the_changes_by_the_date_from_which_they_count() -> None:
    pause = DateChange(DateChangeKind.PAUSE, on=day(5))

    together = with_holds([pause], [LockPeriod(day(3), day(9))], start=MONDAY, begun_on=())

    assert [change.kind for change in together] == [
        DateChangeKind.HOLD_ON,
        DateChangeKind.PAUSE,
        DateChangeKind.HOLD_OFF,
    ]


def test_the_days_of_a_week_are_done_planned_missed_or_rest() -> None:
    schedule = a_schedule(workouts=(Done(day(1), None),))

    states = schedule.days_of_week(day(2))

    assert [on for on, _ in states] == [day(number) for number in range(7)]
    assert [state for _, state in states] == ["missed", "done", "plan", "rest", "plan", "rest", "rest"]


@pytest.mark.parametrize(("trained_today", "earliest"), [(False, 0), (True, 1)])
def test_a_block_starts_today_at_the_earliest_or_tomorrow_after_a_workout(
    earliest: int, *, trained_today: bool
) -> None:
    assert earliest_start(day(0), trained_today=trained_today) == day(earliest)


@given(schedules())
def test_the_plan_weeks_hold_every_slot_once(made: tuple[Schedule, date]) -> None:
    schedule, today = made

    weeks = schedule.block(today)

    assert [week.number for week in weeks] == list(range(1, len(weeks) + 1))
    assert len(weeks) == 12 or schedule.end is None
    held = [slot for week in weeks for slot, _ in week.slots]
    assert sorted(slot.number for slot in held) == sorted(slot.number for slot in schedule.slots)
