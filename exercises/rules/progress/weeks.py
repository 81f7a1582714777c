"""Calendar weeks: what was planned in them and done of it.

Pure; `today` is an argument. Nothing here is stored and nothing decides a target.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exercises.rules.scheduling import Schedule
from exercises.rules.slots import Slot, SlotState
from exercises.rules.wording import counted, day_in_words, number_in_words

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class PlanDates:
    """A plan's dates, and the day it ended on, if it did."""

    schedule: Schedule
    ended_on: date | None = None


@dataclass(frozen=True)
class WeekDone:
    """One calendar week.

    done     workouts of the plan; missed, skipped, to_come: planned ones that were not
    extra    workouts that took no place of a plan
    """

    first_day: date
    done: int = 0
    missed: int = 0
    skipped: int = 0
    to_come: int = 0
    extra: int = 0
    lighter: bool = False

    @property
    def due(self) -> int:
        """How many were planned up to now, skipped ones left out."""
        return self.done + self.missed

    @property
    def is_empty(self) -> bool:
        """Whether nothing was planned and nothing done."""
        return not (self.due or self.skipped or self.to_come or self.extra)


def weeks_of(
    blocks: Sequence[PlanDates], extra: Iterable[date], *, first_day: date, today: date
) -> list[WeekDone]:
    """The calendar weeks from a first day to today, each with what was planned in it and done of it.

    extra  the dates of workouts that took no place of a plan

    A workout counts for the week of the place it took. What a plan had planned after its end counts nowhere.
    """
    unplanned = list(extra)
    count = (today - first_day).days // 7 + 1
    return [_week(blocks, unplanned, first_day + n * WEEK, today) for n in range(count)]


def not_done(
    blocks: Iterable[PlanDates], *, first_day: date, last_day: date, today: date
) -> dict[date, SlotState]:
    """The slots of some days that no workout took, by date, and where each stands."""
    return {
        slot.on: state
        for block in blocks
        for slot, state in _places(block, today)
        if state is not SlotState.DONE and first_day <= slot.on <= last_day
    }


def _places(block: PlanDates, today: date) -> Iterator[tuple[Slot, SlotState]]:
    """The slots of a plan and where each stands; not those planned after its end."""
    for slot in block.schedule.slots:
        state = block.schedule.state(slot, today)
        if not block.ended_on or slot.on < block.ended_on or state is SlotState.DONE:
            yield slot, state


def _week(blocks: Sequence[PlanDates], extra: Sequence[date], first_day: date, today: date) -> WeekDone:
    states: list[SlotState] = []
    lighter = False
    for block in blocks:
        for slot, state in _places(block, today):
            if first_day <= slot.on < first_day + WEEK:
                states.append(state)
                lighter = lighter or block.schedule.is_lighter(slot, today)
    return WeekDone(
        first_day=first_day,
        done=states.count(SlotState.DONE),
        missed=states.count(SlotState.MISSED),
        skipped=states.count(SlotState.SKIPPED),
        to_come=states.count(SlotState.PLANNED) + states.count(SlotState.TODAY),
        extra=sum(1 for day in extra if first_day <= day < first_day + WEEK),
        lighter=lighter,
    )


def without_empty_start(weeks: Sequence[WeekDone]) -> list[WeekDone]:
    """The weeks from the first in which anything was planned or done."""
    first = next((n for n, week in enumerate(weeks) if not week.is_empty), len(weeks))
    return list(weeks[first:])


def weeks_in_words(weeks: Sequence[WeekDone]) -> str:
    """What was done in all weeks in one line: "17 of 18 workouts"."""
    done, due = sum(week.done for week in weeks), sum(week.due for week in weeks)
    extra = sum(week.extra for week in weeks)
    if not due and not extra:
        return "No workouts"
    if not due:
        return f"{extra} {'workout' if extra == 1 else 'workouts'}"
    return f"{done} of {due} {'workout' if due == 1 else 'workouts'}"


def weeks_in_a_row(weeks: Sequence[WeekDone]) -> int:
    """How many weeks up to now had a workout, in a row.

    Only a week with planned workouts of which none was done ends the row; one without any, and the one that still
    runs, end nothing.
    """
    count = 0
    for back, week in enumerate(reversed(weeks)):
        if week.done or week.extra:
            count += 1
        elif week.missed and back:
            break
    return count


def about_weeks(weeks: Sequence[WeekDone]) -> list[str]:
    """What else there is to say of the weeks: those in a row, missed, skipped and extra workouts, lighter weeks."""
    missed, skipped = sum(week.missed for week in weeks), sum(week.skipped for week in weeks)
    extra, lighter = sum(week.extra for week in weeks), [week for week in weeks if week.lighter]
    said = []
    if (in_a_row := weeks_in_a_row(weeks)) > 1:
        said.append(f"You trained in {counted(in_a_row, 'week')} in a row.")
    if missed:
        was = "was" if missed == 1 else "were"
        said.append(
            f"{counted(missed, 'planned workout').capitalize()} {was} not done (dashed); nothing was lost."
        )
    if skipped:
        said.append(f"You skipped {number_in_words(skipped)} on purpose.")
    if extra and any(week.due for week in weeks):
        said.append(
            f"{counted(extra, 'workout').capitalize()} {'was' if extra == 1 else 'were'} extra (apricot)."
        )
    if len(lighter) > 2:
        said.append(f"{counted(len(lighter), 'week').capitalize()} held lighter workouts.")
    elif lighter:
        named = " and ".join(day_in_words(week.first_day) for week in lighter)
        said.append(
            f"The week of {named} was a lighter one."
            if len(lighter) == 1
            else f"The weeks of {named} were lighter ones."
        )
    return said
