"""The values of a schedule: slots, weeks, and what was changed. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DateChangeKind(StrEnum):
    """What can be changed about the dates of a plan."""

    WEEKDAYS = "weekdays"
    MOVE = "move"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    HOLD_ON = "hold_on"
    HOLD_OFF = "hold_off"


@dataclass(frozen=True)
class DateChange:
    """One entry of the append-only list.

    on             the local date from which it counts, never earlier than the day it was made
    weekdays       Monday is 0; for WEEKDAYS
    slot           number of the slot; for MOVE and SKIP
    to             the new date; for MOVE
    why            the person's reason; for SKIP
    after_workout  a workout was begun on the day before `on`, so a slot on `on` itself is left out
    """

    kind: DateChangeKind
    on: date
    weekdays: tuple[int, ...] = ()
    slot: int | None = None
    to: date | None = None
    why: str = ""
    after_workout: bool = False


@dataclass(frozen=True)
class Done:
    """A workout that was begun: its local date, its number that day, the slot it took (None: unplanned).

    lighter_week  it was prescribed as a lighter week's
    """

    on: date
    slot: int | None
    number: int = 1
    lighter_week: bool = False


class SlotState(StrEnum):
    """Where a slot stands on a given day."""

    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"
    TODAY = "today"
    PLANNED = "planned"


class DayState(StrEnum):
    """What a day of the calendar week holds."""

    DONE = "done"
    PLAN = "plan"
    MISSED = "missed"
    REST = "rest"


@dataclass(frozen=True)
class Slot:
    """A numbered place for one workout.

    on          its date
    moved_from  the date it had before it was moved
    """

    number: int
    on: date
    moved_from: date | None = None
    skipped: bool = False
    why_skipped: str = ""


@dataclass(frozen=True)
class PlanWeek:
    """A calendar week of a person: "2 of 3 this week".

    scheduled  slots of this week that were not skipped
    done       those of them that a workout took
    """

    first_day: date
    scheduled: int
    done: int
    skipped: int


@dataclass(frozen=True)
class BlockWeek:
    """A plan week of the block as the plan shows it.

    number      1 to 12
    first_day   its first day; pauses and holds are left out
    slots       those of this week with where each stands, by date
    extra       workouts of this week that took no slot
    lighter     its workouts were a lighter week's, or will be; may_be_lighter: if enough are done before
    look_again  the date on which looking again is due: its last day
    """

    number: int
    first_day: date
    slots: tuple[tuple[Slot, SlotState], ...]
    extra: int
    lighter: bool
    may_be_lighter: bool
    look_again: date | None

    def _in(self, *states: SlotState) -> list[Slot]:
        return [slot for slot, state in self.slots if state in states]

    @property
    def done(self) -> list[Slot]:
        """What a workout took."""
        return self._in(SlotState.DONE)

    @property
    def missed(self) -> list[Slot]:
        """What was neither done nor skipped."""
        return self._in(SlotState.MISSED)

    @property
    def to_come(self) -> list[Slot]:
        """What is planned for today or later."""
        return self._in(SlotState.TODAY, SlotState.PLANNED)

    @property
    def due(self) -> int:
        """How many workouts were or are planned, less those that were skipped."""
        return len(self._in(*set(SlotState) - {SlotState.SKIPPED}))


def first_day_of_week(day: date, week_start: int = 0) -> date:
    """The first day of a day's calendar week; `week_start` is its weekday (Monday is 0)."""
    return day - (day.weekday() - week_start) % 7 * DAY
