"""Calendar weeks: what was planned in them and done of it.

Pure; `today` is an argument. Nothing here is stored and nothing decides a target.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exercises.rules.scheduling import Schedule
from exercises.rules.slots import DAY, SlotState, first_day_of_week
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
    planned  whether it is known what was planned
    """

    first_day: date
    done: int = 0
    missed: int = 0
    skipped: int = 0
    to_come: int = 0
    extra: int = 0
    lighter: bool = False
    planned: bool = True

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


def _week(blocks: Sequence[PlanDates], extra: Sequence[date], first_day: date, today: date) -> WeekDone:
    states: list[SlotState] = []
    lighter = False
    for block in blocks:
        for slot in block.schedule.slots:
            if not first_day <= slot.on < first_day + WEEK:
                continue
            state = block.schedule.state(slot, today)
            if block.ended_on and slot.on >= block.ended_on and state is not SlotState.DONE:
                continue
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
    """The finding about all weeks in one line: "17 of 18 workouts in six weeks"."""
    done, due = sum(week.done for week in weeks), sum(week.due for week in weeks)
    extra = sum(week.extra for week in weeks)
    when = "this week" if len(weeks) == 1 else f"in {counted(len(weeks), 'week')}"
    if not due and not extra:
        return f"No workouts {when}"
    if not due:
        return f"{extra} {'workout' if extra == 1 else 'workouts'} {when}"
    return f"{done} of {due} {'workout' if due == 1 else 'workouts'} {when}"


def about_weeks(weeks: Sequence[WeekDone]) -> list[str]:
    """What else there is to say of the weeks: missed, skipped and extra workouts, lighter weeks."""
    missed, skipped = sum(week.missed for week in weeks), sum(week.skipped for week in weeks)
    extra, lighter = sum(week.extra for week in weeks), [week for week in weeks if week.lighter]
    said = []
    if missed:
        was, it = ("was", "it") if missed == 1 else ("were", "them")
        said.append(
            f"{counted(missed, 'planned workout').capitalize()} {was} not done. Nothing was lost by {it}: "
            "the next one had the same targets."
        )
    if skipped:
        said.append(f"You skipped {number_in_words(skipped)} on purpose.")
    if extra and any(week.planned for week in weeks) and any(week.due for week in weeks):
        said.append(f"You also did {counted(extra, 'extra workout')}.")
    if len(lighter) > 2:
        said.append(f"{counted(len(lighter), 'week').capitalize()} held lighter workouts. A dot marks them.")
    elif lighter:
        named = " and ".join(day_in_words(week.first_day) for week in lighter)
        said.append(
            f"The week of {named} was a lighter one."
            if len(lighter) == 1
            else f"The weeks of {named} were lighter ones."
        )
    return said


@dataclass(frozen=True)
class Begun:
    """A calendar week with workouts.

    begun, in_places  all workouts, and those that took a place of a plan
    first, last       the first and last day with one
    """

    first_day: date
    begun: int
    in_places: int
    first: date
    last: date


def begun_weeks(workouts: Iterable[tuple[date, bool]], week_start: int) -> list[Begun]:
    """Workouts (local date, whether it took a place of a plan) put together by calendar week, oldest first."""
    weeks: dict[date, list[tuple[date, bool]]] = {}
    for on, in_place in workouts:
        weeks.setdefault(first_day_of_week(on, week_start), []).append((on, in_place))
    return [
        Begun(first_day, len(found), sum(in_place for _, in_place in found), min(found)[0], max(found)[0])
        for first_day, found in sorted(weeks.items())
    ]


def only_done(
    begun: Sequence[Begun], week_start: int, today: date, *, since: date = date.min
) -> list[WeekDone]:
    """Every calendar week since the first workout with what was done; what was planned is not known.

    since  no week before this one
    """
    if not begun:
        return []
    known = {week.first_day: week.begun for week in begun}
    first_day = max(begun[0].first_day, since)
    count = (first_day_of_week(today, week_start) - first_day).days // 7 + 1
    days = [first_day + n * WEEK for n in range(count)]
    return [WeekDone(day, extra=known.get(day, 0), planned=False) for day in days]


@dataclass(frozen=True)
class Month:
    """The calendar weeks that began in one month, so that no week is in two.

    first_day  of the first of these weeks, even where it lies before the first workout
    weeks      how many of them there were, from the first workout on
    begun      workouts in them
    """

    first_day: date
    weeks: int
    begun: int

    @property
    def a_week(self) -> float:
        """Workouts in a week of it, on average; whole numbers stay whole."""
        average = round(self.begun / self.weeks, 1)
        return int(average) if average == int(average) else average


def weeks_shown_from(today: date, week_start: int) -> date:
    """The first week that "All" still shows as a week: the first that began in its month, a year ago or a little more."""
    return first_week_of_month(first_day_of_week(today, week_start) - 51 * WEEK, week_start)


def first_week_of_month(day: date, week_start: int) -> date:
    """The first day of the first calendar week that began in the month in which the week of a day began."""
    first = first_day_of_week(day, week_start).replace(day=1)
    return first_day_of_week(first + 6 * DAY, week_start)


def months_before(begun: Sequence[Begun], week_start: int, weeks_from: date) -> list[Month]:
    """Every month from the first workout to the first week that is shown as one; empty ones too."""
    if not begun:
        return []
    workouts: dict[date, int] = {}
    weeks: dict[date, int] = {}
    for week in begun:
        month = first_week_of_month(week.first_day, week_start)
        workouts[month] = workouts.get(month, 0) + week.begun
    first_day = begun[0].first_day
    while first_day < weeks_from:
        month = first_week_of_month(first_day, week_start)
        weeks[month] = weeks.get(month, 0) + 1
        first_day += WEEK
    return [Month(first_day, number, workouts.get(first_day, 0)) for first_day, number in weeks.items()]
