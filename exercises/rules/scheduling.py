"""When a plan's workouts are: start, weekdays and changes -> numbered slots with dates.

A block is 12 weeks of active days; paused days and days on a safety hold are left out and lengthen it.
Changes are append-only and each counts from a local date; what lies before that date is never touched.
Pure: no clock, no database; `today` is an argument. Rules: house.md "Two ideas", ADR 0002.
All of it is a design choice; only "2 or more days a week" follows a source (acsm_2026).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assessments.rules.safety_past import LockPeriod
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import (
    DAY,
    WEEKDAY_NAMES,
    BlockWeek,
    DateChange,
    DateChangeKind,
    DayState,
    Done,
    PlanWeek,
    Slot,
    SlotState,
    first_day_of_week,
)
from exercises.rules.wording import Refused


@dataclass(frozen=True)
class Schedule:
    """The dates of one block.

    start, weekdays  as the plan was made (Monday is 0)
    changes          in the order in which they were made
    workouts         every workout begun in this block, in any order
    week_start       the first day of a calendar week (Monday is 0), as it was when the plan was made
    after_workout    a workout of an earlier plan was begun on the day before the start
    """

    start: date
    weekdays: tuple[int, ...]
    changes: tuple[DateChange, ...] = ()
    workouts: tuple[Done, ...] = ()
    week_start: int = 0
    after_workout: bool = False
    slots: tuple[Slot, ...] = field(init=False, repr=False, compare=False)
    active_days: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "active_days", tuple(_active_days(self.start, self.changes)))
        object.__setattr__(self, "slots", _slots(self))

    # --- days ------------------------------------------------------------------------------------

    def is_active(self, day: date) -> bool:
        """Whether the plan runs on this day: begun, and neither paused nor on hold."""
        return day >= self.start and not self.is_paused(day) and not self.is_held(day)

    def is_paused(self, day: date) -> bool:
        """Whether the person has paused the plan on this day."""
        return _is_on(self.changes, DateChangeKind.PAUSE, DateChangeKind.RESUME, day)

    def is_held(self, day: date) -> bool:
        """Whether a safety hold is in force on this day."""
        return _is_on(self.changes, DateChangeKind.HOLD_ON, DateChangeKind.HOLD_OFF, day)

    def active_day(self, number: int) -> date | None:
        """The date of the active day with this number (1 is the start); None while a pause has no end."""
        return self.active_days[number - 1] if number <= len(self.active_days) else None

    @property
    def end(self) -> date | None:
        """The last day of the block; None while a pause or hold has no end."""
        return self.active_day(rule_numbers().schedule.weeks * 7)

    def is_over(self, today: date) -> bool:
        """Whether the block's weeks are done."""
        return self.end is not None and today > self.end

    @property
    def easy_counts_from(self) -> date | None:
        """The day from which "easy" counts as easy in a person's first block; None while a pause has no end."""
        week = rule_numbers().progression.easy_counts_from_week
        return self.active_day((week - 1) * 7 + 1)

    def plan_week(self, day: date) -> int | None:
        """The plan week of a day, 1 to 12, pauses and holds left out; None outside the block."""
        gone = bisect_right(self.active_days, day)
        if gone == 0 or (self.end is not None and day > self.end):
            return None
        return (gone + 6) // 7

    def weekdays_on(self, day: date) -> tuple[int, ...]:
        """The training days in force on this day (Monday is 0)."""
        made = [c.weekdays for c in self.changes if c.kind is DateChangeKind.WEEKDAYS and c.on <= day]
        return made[-1] if made else self.weekdays

    # --- slots -----------------------------------------------------------------------------------

    def slot(self, number: int) -> Slot | None:
        """The slot with this number, if the plan still has it."""
        return next((slot for slot in self.slots if slot.number == number), None)

    def done_on(self, slot: Slot) -> date | None:
        """The date of the workout that took the slot."""
        return next((workout.on for workout in self.workouts if workout.slot == slot.number), None)

    def is_open(self, slot: Slot) -> bool:
        """Whether the slot can still be taken by a workout."""
        return not slot.skipped and self.done_on(slot) is None

    def state(self, slot: Slot, today: date) -> SlotState:
        """Where a slot stands today."""
        if self.done_on(slot):
            return SlotState.DONE
        if slot.skipped:
            return SlotState.SKIPPED
        if slot.on < today:
            return SlotState.MISSED
        return SlotState.TODAY if slot.on == today else SlotState.PLANNED

    def next_slot(self, today: date) -> Slot | None:
        """The first open slot of today or later."""
        return next(iter(self.coming(today)), None)

    def next_slot_after(self, today: date) -> Slot | None:
        """The first open slot of tomorrow or later."""
        return self.next_slot(today + DAY)

    def coming(self, today: date) -> list[Slot]:
        """The open slots of today or later, by date."""
        return [slot for slot in self._by_date() if slot.on >= today and self.is_open(slot)]

    def slot_for_workout(self, day: date) -> Slot | None:
        """The slot a workout begun on this day takes; None when it is unplanned.

        The slot of its date; else the latest open one earlier in its calendar week; else the next within
        three days, up to the chosen number in a calendar week. A second workout of a day is unplanned.
        """
        if any(workout.on == day for workout in self.workouts):
            return None
        free = [slot for slot in self._by_date() if self.is_open(slot)]
        if on_the_day := [slot for slot in free if slot.on == day]:
            return on_the_day[0]
        this_week = self.week_of(day)
        if earlier := [slot for slot in free if this_week <= slot.on < day]:
            return earlier[-1]
        taken = sum(1 for w in self.workouts if w.slot is not None and self.week_of(w.on) == this_week)
        soon = [
            slot
            for slot in free
            if day < slot.on <= day + rule_numbers().schedule.takes_a_slot_within_days * DAY
        ]
        return soon[0] if soon and taken < len(self.weekdays_on(day)) else None

    def _by_date(self) -> list[Slot]:
        return sorted(self.slots, key=lambda slot: (slot.on, slot.number))

    # --- weeks -----------------------------------------------------------------------------------

    def week_of(self, day: date) -> date:
        """The first day of a day's calendar week."""
        return first_day_of_week(day, self.week_start)

    def week(self, day: date) -> PlanWeek:
        """Adherence in the calendar week of a day; a workout counts for the week of the slot it took."""
        first_day = self.week_of(day)
        slots = [slot for slot in self.slots if self.week_of(slot.on) == first_day]
        done = [slot for slot in slots if self.done_on(slot)]
        skipped = [slot for slot in slots if slot.skipped and slot not in done]
        return PlanWeek(
            first_day=first_day, scheduled=len(slots) - len(skipped), done=len(done), skipped=len(skipped)
        )

    def days_of_week(self, today: date) -> list[tuple[date, DayState]]:
        """The days of this calendar week; a day with a workout is done, whether one was planned or not."""
        done = {workout.on for workout in self.workouts}
        planned = {slot.on for slot in self.slots if self.is_open(slot)}
        first_day = self.week_of(today)
        return [
            (day, _day_state(day, today, done=day in done, planned=day in planned))
            for day in (first_day + place * DAY for place in range(7))
        ]

    def block(self, today: date) -> list[BlockWeek]:
        """The plan weeks, as far as they are known: past ones as they were, coming ones as planned.

        A slot that was moved past the last day stays in the last week.
        """
        last = min(-(-len(self.active_days) // 7), rule_numbers().schedule.weeks)
        slots: dict[int, list[Slot]] = {}
        for slot in self._by_date():
            slots.setdefault(self.plan_week(slot.on) or last, []).append(slot)
        return [self._block_week(number, slots.get(number, []), today) for number in range(1, last + 1)]

    def block_until(self, last_day: date) -> list[BlockWeek]:
        """The weeks of a block that ended on a day."""
        return [week for week in self.block(last_day) if week.first_day <= last_day]

    def _block_week(self, number: int, slots: Sequence[Slot], today: date) -> BlockWeek:
        lighter = any(self.is_lighter(slot, today) for slot in slots)
        looks = number in rule_numbers().schedule.look_again_weeks
        return BlockWeek(
            number=number,
            first_day=self.active_days[(number - 1) * 7],
            slots=tuple((slot, self.state(slot, today)) for slot in slots),
            extra=sum(1 for one in self.workouts if one.slot is None and self.plan_week(one.on) == number),
            lighter=lighter,
            may_be_lighter=not lighter
            and any(slot.on >= today for slot in slots)
            and self._may_be_lighter(number),
            look_again=self.active_day(number * 7) if looks else None,
        )

    def is_lighter_week(self, day: date) -> bool:
        """Whether a workout of this day is a lighter week's: plan week 5 or 9, after six planned workouts and no
        lighter week in the three plan weeks before. The date decides, not the slot.
        """
        week = self.plan_week(day)
        if week is None or not self._may_be_lighter(week):
            return False
        planned = [workout for workout in self._workouts_before(week) if workout.slot is not None]
        return len(planned) >= rule_numbers().schedule.workouts_before_a_lighter_week

    def is_lighter(self, slot: Slot, today: date) -> bool:
        """Whether a slot is a lighter week's: one that was done as its row says, whatever is the rule by now."""
        if done := next((workout for workout in self.workouts if workout.slot == slot.number), None):
            return done.lighter_week
        return slot.on >= today and not slot.skipped and self.is_lighter_week(slot.on)

    def _may_be_lighter(self, week: int) -> bool:
        lighter_before = any(workout.lighter_week for workout in self._workouts_before(week))
        return week in rule_numbers().schedule.lighter_weeks and not lighter_before

    def _workouts_before(self, week: int) -> list[Done]:
        """Those of the three plan weeks before a plan week."""
        before = range(week - rule_numbers().schedule.weeks_before_a_lighter_week, week)
        return [workout for workout in self.workouts if self.plan_week(workout.on) in before]

    def look_again_due(self) -> list[date]:
        """The last days of plan weeks 4, 8 and 12, as far as they are known."""
        return [
            day for week in rule_numbers().schedule.look_again_weeks if (day := self.active_day(week * 7))
        ]

    def next_look(self, today: date) -> date | None:
        """The date of the next look again after today."""
        return next((day for day in self.look_again_due() if day > today), None)

    def look_is_due(self, today: date, looked_on: date | None) -> bool:
        """Whether a look again is due, and the person has not looked since it was or in the week before.

        looked_on  the local date of the latest finished mirror check
        """
        due = [day for day in self.look_again_due() if day <= today]
        if not due:
            return False
        lately = rule_numbers().schedule.looked_lately_days * DAY
        return looked_on is None or looked_on <= due[-1] - lately

    # --- what may be changed ---------------------------------------------------------------------

    def counts_from(self, today: date) -> date:
        """The date from which a change of weekdays, a pause or a hold made today counts: tomorrow if a
        workout was begun today, else today.
        """
        return today + DAY if any(workout.on == today for workout in self.workouts) else today

    def move(self, number: int, to: date, today: date) -> DateChange:
        """The change that moves a slot; raises Refused in words.

        Only an open slot of today or later, within its calendar week, to a date without a slot or workout.
        """
        slot = self._changeable(number, today)
        if to < today:
            raise Refused("move_into_past")
        if self.week_of(to) != self.week_of(slot.on):
            raise Refused("move_out_of_week")
        if any(other.on == to for other in self.slots) or any(w.on == to for w in self.workouts):
            raise Refused("move_onto_workout", on=to.isoformat())
        return DateChange(DateChangeKind.MOVE, on=today, slot=number, to=to)

    def days_to_move_to(self, number: int, today: date) -> list[date]:
        """The dates to which a slot can be moved; raises Refused for one that cannot be changed."""
        first_day = self.week_of(self._changeable(number, today).on)
        taken = {slot.on for slot in self.slots} | {workout.on for workout in self.workouts}
        week = (first_day + place * DAY for place in range(7))
        return [day for day in week if day >= today and day not in taken]

    def skip(self, number: int, why: str, today: date) -> DateChange:
        """The change that skips an open slot of today or later; raises Refused in words."""
        self._changeable(number, today)
        return DateChange(DateChangeKind.SKIP, on=today, slot=number, why=why)

    def structural(self, kind: DateChangeKind, today: date, weekdays: Collection[int] = ()) -> DateChange:
        """The change of weekdays, pause, resume, hold on or off, with the date from which it counts.

        Raises Refused when the weekdays do not fit.
        """
        days = check_weekdays(weekdays) if kind is DateChangeKind.WEEKDAYS else ()
        on = self.counts_from(today)
        after_workout = any(workout.on == on - DAY for workout in self.workouts)
        return DateChange(kind, on=on, weekdays=days, after_workout=after_workout)

    def has_neighbour(self, day: date, *, but: int = 0) -> bool:
        """Whether a slot or workout lies on the day before or after, so that two days would run together.

        but  the number of a slot that does not count: the one that is to be moved
        """
        near = {day - DAY, day + DAY}
        return any(s.on in near for s in self.slots if not s.skipped and s.number != but) or any(
            w.on in near for w in self.workouts
        )

    def _changeable(self, number: int, today: date) -> Slot:
        slot = self.slot(number)
        if slot is None or not self.is_open(slot):
            raise Refused("slot_closed")
        if slot.on < today:
            raise Refused("slot_past")
        return slot


def with_holds(
    changes: Iterable[DateChange], locks: Iterable[LockPeriod], *, start: date, begun_on: Collection[date]
) -> tuple[DateChange, ...]:
    """The person's changes and the safety holds, in the order in which they came to count.

    A hold counts from the plan's start on, and from tomorrow if a workout was begun that day.

    locks     days on which a safety lock was open: they hold the plan, and lengthen the block
    begun_on  the dates of workouts
    """

    def hold(kind: DateChangeKind, on: date) -> DateChange:
        counts_from = on + DAY if on in begun_on else on
        return DateChange(kind, on=counts_from, after_workout=counts_from - DAY in begun_on)

    together = list(changes)
    for lock in locks:
        if lock.until is None or lock.until > start:
            together.append(hold(DateChangeKind.HOLD_ON, max(lock.since, start)))
            if lock.until:
                together.append(hold(DateChangeKind.HOLD_OFF, lock.until))
    return tuple(sorted(together, key=lambda change: change.on))


def check_weekdays(weekdays: Collection[int]) -> tuple[int, ...]:
    """The training days in order (Monday is 0); raises Refused in words.

    One to three days, never two running: Sunday and Monday run together too. A rest day between is a
    design choice; two or more days a week is what guidance names (acsm_2026).
    """
    days, most = sorted(set(weekdays)), rule_numbers().schedule.most_days_a_week
    if not days:
        raise Refused("no_weekday")
    if any(not 0 <= day <= 6 for day in days):
        raise Refused("unknown_weekday")
    if len(days) > most:
        raise Refused("too_many_weekdays", most=most)
    for day in days:
        if (following := (day + 1) % 7) in days:
            raise Refused("weekdays_run_together", first=WEEKDAY_NAMES[day], second=WEEKDAY_NAMES[following])
    return tuple(days)


def earliest_start(today: date, *, trained_today: bool) -> date:
    """The first day on which a block may start: tomorrow if a workout was begun today."""
    return today + DAY if trained_today else today


def check_start(start: date, today: date, *, trained_today: bool = False) -> date:
    """The start date; raises Refused when it is past, or so far that the safety answers would be stale.

    trained_today  a workout was begun today already, so that the earliest start is tomorrow
    """
    within = rule_numbers().schedule.start_within_days
    if start < today:
        raise Refused("start_past")
    if trained_today and start == today:
        raise Refused("start_trained_today")
    if start > today + within * DAY:
        raise Refused("start_far", days=within)
    return start


def _day_state(day: date, today: date, *, done: bool, planned: bool) -> DayState:
    if done:
        return DayState.DONE
    if not planned:
        return DayState.REST
    return DayState.PLAN if day >= today else DayState.MISSED


_STRUCTURAL = frozenset(DateChangeKind) - {DateChangeKind.MOVE, DateChangeKind.SKIP}


def _slots(schedule: Schedule) -> tuple[Slot, ...]:
    """Numbered slots: the first dates, then each change applied in the order in which it was made.

    A structural change keeps every slot before the date from which it counts, and every slot that a
    workout before that date took, and makes the later ones anew. So moves and skips of later slots lapse.
    """
    begins = DateChange(
        DateChangeKind.WEEKDAYS, schedule.start, schedule.weekdays, after_workout=schedule.after_workout
    )
    slots = _dates_from(schedule, [], begins, seen=())
    for position, change in enumerate(schedule.changes):
        if change.kind is DateChangeKind.MOVE and change.to:
            moved_to = change.to
            slots = [
                replace(s, on=moved_to, moved_from=s.moved_from or s.on) if s.number == change.slot else s
                for s in slots
            ]
        elif change.kind is DateChangeKind.SKIP:
            slots = [
                replace(s, skipped=True, why_skipped=change.why) if s.number == change.slot else s
                for s in slots
            ]
        else:
            taken_before = {w.slot for w in schedule.workouts if w.on < change.on}
            kept = [s for s in slots if s.on < change.on or s.number in taken_before]
            slots = _dates_from(schedule, kept, change, seen=schedule.changes[: position + 1])
    return tuple(slots)


def _dates_from(
    schedule: Schedule, kept: list[Slot], change: DateChange, seen: Sequence[DateChange]
) -> list[Slot]:
    """The kept slots, then new ones from the day a change counts to the block's end as then known."""
    weekdays = [c.weekdays for c in seen if c.kind is DateChangeKind.WEEKDAYS and c.on <= change.on]
    chosen = weekdays[-1] if weekdays else schedule.weekdays
    slots = list(kept)
    used = {slot.on for slot in kept}
    in_week = Counter(schedule.week_of(slot.on) for slot in kept)
    number = max((slot.number for slot in kept), default=0)
    for day in _active_days(schedule.start, seen):
        if day < change.on or day.weekday() not in chosen:
            continue
        week = schedule.week_of(day)
        after_workout = change.after_workout and day == change.on
        if day in used or day - DAY in used or after_workout or in_week[week] >= len(chosen):
            continue
        number += 1
        slots.append(Slot(number=number, on=day))
        used.add(day)
        in_week[week] += 1
    return slots


def _active_days(start: date, changes: Iterable[DateChange]) -> list[date]:
    """The block's active days, as far as they are known."""
    structural = [change for change in changes if change.kind in _STRUCTURAL]
    last_change = max((change.on for change in structural), default=start)
    days: list[date] = []
    day = start
    while len(days) < rule_numbers().schedule.weeks * 7:
        paused = _is_on(structural, DateChangeKind.PAUSE, DateChangeKind.RESUME, day)
        held = _is_on(structural, DateChangeKind.HOLD_ON, DateChangeKind.HOLD_OFF, day)
        if not paused and not held:
            days.append(day)
        elif day > last_change:
            break  # a pause or hold that nobody has ended yet
        day += DAY
    return days


def _is_on(changes: Iterable[DateChange], begins: DateChangeKind, ends: DateChangeKind, day: date) -> bool:
    """Whether the latest of the two kinds of change that counts by this day is the one that begins."""
    last = None
    for change in changes:
        if change.kind in {begins, ends} and change.on <= day:
            last = change.kind
    return last is begins
