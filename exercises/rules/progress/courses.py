"""What became of the training so far: logged rows -> weeks, a course for each exercise, findings, milestones.

Pure: no clock, no database; `today` is an argument. Nothing here is stored and nothing decides a target.
A workout counts with its set of the fewest repetitions and the least weight, as in facts F7, row 6.
"""

import functools
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from anatomy.blocks import Block, Frozen, Wording, load_file
from anatomy.catalogue import check_sources
from exercises.rules.catalogue import CONTENT, Exercise, Rung, UnknownKey, catalogue
from exercises.rules.numbers import rule_numbers
from exercises.rules.scheduling import DAY, Schedule, SlotState, first_day_of_week
from exercises.rules.values import Dose
from exercises.rules.wording import KILOGRAMS, Idiom, day_in_words

WEEK = timedelta(weeks=1)
GONE = "An exercise that is no longer offered"
GONE_STEP = "A step that is no longer offered"
NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def number_in_words(number: int) -> str:
    """Small numbers as words: three, twelve, 13."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what is counted: "one week", "six weeks"."""
    return f"{number_in_words(number)} {one if number == 1 else many or one + 's'}"


def dated(day: date, today: date) -> str:
    """12 October; with the year where it is another one."""
    return day_in_words(day) if day.year == today.year else f"{day_in_words(day)} {day.year}"


# --- weeks ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanDates:
    """A plan's dates, and the day it ended on, if it did."""

    schedule: Schedule
    ended_on: date | None = None


@dataclass(frozen=True)
class Week:
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
) -> list[Week]:
    """The calendar weeks from a first day to today, each with what was planned in it and done of it.

    extra  the dates of workouts that took no place of a plan

    A workout counts for the week of the place it took. What a plan had planned after its end counts nowhere.
    """
    unplanned = list(extra)
    count = (today - first_day).days // 7 + 1
    return [_week(blocks, unplanned, first_day + n * WEEK, today) for n in range(count)]


def _week(blocks: Sequence[PlanDates], extra: Sequence[date], first_day: date, today: date) -> Week:
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
    return Week(
        first_day=first_day,
        done=states.count(SlotState.DONE),
        missed=states.count(SlotState.MISSED),
        skipped=states.count(SlotState.SKIPPED),
        to_come=states.count(SlotState.PLANNED) + states.count(SlotState.TODAY),
        extra=sum(1 for day in extra if first_day <= day < first_day + WEEK),
        lighter=lighter,
    )


def without_empty_start(weeks: Sequence[Week]) -> list[Week]:
    """The weeks from the first in which anything was planned or done."""
    first = next((n for n, week in enumerate(weeks) if not week.is_empty), len(weeks))
    return list(weeks[first:])


def weeks_in_words(weeks: Sequence[Week]) -> str:
    """The finding about all weeks in one line: "17 of 18 workouts in six weeks"."""
    done, due = sum(week.done for week in weeks), sum(week.due for week in weeks)
    extra = sum(week.extra for week in weeks)
    when = "this week" if len(weeks) == 1 else f"in {counted(len(weeks), 'week')}"
    if not due and not extra:
        return f"No workouts {when}"
    if not due:
        return f"{extra} {'workout' if extra == 1 else 'workouts'} {when}"
    return f"{done} of {due} {'workout' if due == 1 else 'workouts'} {when}"


def about_weeks(weeks: Sequence[Week]) -> list[str]:
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


def only_done(begun: Sequence[Begun], week_start: int, today: date, *, since: date = date.min) -> list[Week]:
    """Every calendar week since the first workout with what was done; what was planned is not known.

    since  no week before this one
    """
    if not begun:
        return []
    known = {week.first_day: week.begun for week in begun}
    first_day = max(begun[0].first_day, since)
    count = (first_day_of_week(today, week_start) - first_day).days // 7 + 1
    days = [first_day + n * WEEK for n in range(count)]
    return [Week(day, extra=known.get(day, 0), planned=False) for day in days]


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


# --- one exercise --------------------------------------------------------------------------------


@dataclass(frozen=True)
class SideDone:
    """One exercise on one side in one workout.

    repetitions, load_grams  of the set with the fewest, and with the least
    """

    on: date
    number: int
    exercise: str
    side: str
    rung: str
    repetitions: int
    sets: int = 1
    hold_seconds: int = 0
    load_grams: int | None = None
    band: str = ""


@dataclass(frozen=True)
class Asked:
    """What a workout asked of one exercise; a lighter one earns and costs nothing."""

    on: date
    number: int
    exercise: str
    dose: Dose
    lighter: bool = False


@dataclass(frozen=True)
class Point:
    """One exercise in one workout.

    done   {side: repetitions}; empty when it was asked for and not done
    sets   the most sets of a side
    asked  None where it is not known
    """

    on: date
    number: int
    rung: str
    done: Mapping[str, int] = field(default_factory=dict)
    sets: int = 0
    hold_seconds: int = 0
    load_grams: int | None = None
    band: str = ""
    asked: Dose | None = None
    lighter: bool = False

    @property
    def target(self) -> int | None:
        """The repetitions that were asked for on the step that was done."""
        return self.asked.repetitions if self.asked and self.asked.rung == self.rung else None

    @property
    def fewest(self) -> int:
        """The repetitions of the side with fewer; 0 when it was not done."""
        return min(self.done.values(), default=0)


@dataclass(frozen=True)
class Pain:
    """Pain in one exercise over some time.

    logs     workouts in which it was answered how the exercise went
    hurt     those of them with pain; worst: 0 to 10
    stopped  those in which "This hurts: stop" was tapped
    last     the latest workout with pain or a stop
    """

    logs: int
    hurt: int
    worst: int
    stopped: int
    last: date


@dataclass(frozen=True)
class Course:
    """One exercise over time, the oldest point first."""

    exercise: str
    points: tuple[Point, ...]

    @property
    def known(self) -> Exercise | None:
        """The exercise, while the content has it."""
        return catalogue().exercises.get(self.exercise)

    @property
    def name(self) -> str:
        """As a heading."""
        return self.known.name if self.known else GONE

    @property
    def unit(self) -> str:
        """What a repetition is called, several of them."""
        return self.known.counted_as[1] if self.known else "times"

    def rung(self, key: str) -> Rung | None:
        """A step, while the content has it."""
        try:
            return catalogue().rung(self.exercise, key)
        except UnknownKey:
            return None

    def step(self, key: str) -> str:
        """A step by name."""
        rung = self.rung(key)
        return rung.name if rung else GONE_STEP

    @property
    def was_done(self) -> list[Point]:
        """The points with something done."""
        return [point for point in self.points if point.done]


def courses_of(done: Iterable[SideDone], asked: Iterable[Asked] = ()) -> list[Course]:
    """Every exercise over time, in the order of the content; those that left it come last.

    An exercise that was asked for and never done in this time is left out.
    """
    rows: dict[tuple[str, date, int], list[SideDone]] = {}
    for row in done:
        rows.setdefault((row.exercise, row.on, row.number), []).append(row)
    wanted = {(one.exercise, one.on, one.number): one for one in asked}
    exercises = {exercise for exercise, _, _ in rows}
    points: dict[str, list[Point]] = {}
    for place in sorted(rows.keys() | wanted.keys()):
        if place[0] in exercises:
            points.setdefault(place[0], []).append(_point(place, rows.get(place, []), wanted.get(place)))
    order = list(catalogue().exercises)
    in_order = sorted(points, key=lambda key: (order.index(key) if key in order else len(order), key))
    return [Course(exercise, tuple(points[exercise])) for exercise in in_order]


def _point(place: tuple[str, date, int], rows: Sequence[SideDone], asked: Asked | None) -> Point:
    _, on, number = place
    dose = asked.dose if asked else None
    lighter = bool(asked and asked.lighter)
    if not rows:
        return Point(on, number, dose.rung if dose else "", asked=dose, lighter=lighter)
    loads = [row.load_grams for row in rows if row.load_grams is not None]
    return Point(
        on=on,
        number=number,
        rung=rows[0].rung,
        done={row.side: row.repetitions for row in rows},
        sets=max(row.sets for row in rows),
        hold_seconds=max(row.hold_seconds for row in rows),
        load_grams=min(loads, default=None),
        band=rows[0].band,
        asked=dose,
        lighter=lighter,
    )


def last_of_each_week(course: Course, week_start: int) -> Course:
    """The course with one point a calendar week: the last in which it was done, else the last that asked for it."""
    weeks: dict[date, Point] = {}
    for point in course.points:
        week = first_day_of_week(point.on, week_start)
        if week not in weeks or point.done or not weeks[week].done:
            weeks[week] = point
    return Course(course.exercise, tuple(weeks.values()))


@dataclass(frozen=True)
class Run:
    """Points in a row on one step."""

    rung: str
    points: tuple[Point, ...]

    @property
    def sides(self) -> list[str]:
        """The sides it was done on: both, or left and right."""
        found = {side for point in self.points for side in point.done}
        return [side for side in ("both", "left", "right") if side in found]

    def most(self, side: str) -> int | None:
        """The most repetitions of a side."""
        return max((point.done[side] for point in self.points if side in point.done), default=None)


def runs_of(course: Course) -> list[Run]:
    """The steps one after the other, as they were done."""
    runs: list[list[Point]] = []
    for point in course.was_done:
        if runs and runs[-1][-1].rung == point.rung:
            runs[-1].append(point)
        else:
            runs.append([point])
    return [Run(run[0].rung, tuple(run)) for run in runs]


# --- what is said about it -----------------------------------------------------------------------


def finding(course: Course, today: date, idiom: Idiom = KILOGRAMS) -> str:
    """What became of an exercise, in plain words."""
    runs = runs_of(course)
    if not runs:
        return "Not done in this time."
    last = runs[-1]
    said = [_about_load(last, idiom), _about_repetitions(course, last, began_here=len(runs) > 1)]
    if len(runs) > 1:
        since = dated(last.points[0].on, today)
        said.insert(
            0,
            f"{_kind_of_step(course, runs[-2].rung, last.rung)} since {since}: {_lower_first(course.step(last.rung))}.",
        )
    return " ".join(filter(None, said))


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _kind_of_step(course: Course, before: str, after: str) -> str:
    one, other = course.rung(before), course.rung(after)
    if one is None or other is None:
        return "Another step"
    return "A harder step" if other.number > one.number else "An easier step"


def _about_load(run: Run, idiom: Idiom) -> str:
    loads = [point.load_grams for point in run.points if point.load_grams]
    if not loads:
        return ""
    if loads[0] == loads[-1]:
        return f"The weight is {idiom.weight(loads[-1])}."
    return f"The weight went from {idiom.weight(loads[0])} to {idiom.weight(loads[-1])}."


def _about_repetitions(course: Course, run: Run, *, began_here: bool) -> str:
    """How the count went; a step that began before the time shown is not said to be new."""
    first, last = run.points[0], run.points[-1]
    if len(run.points) == 1:
        level = len(set(last.done.values())) == 1
        once = "Done once on this step so far" if began_here else "Done once in this time"
        return once + (f": {last.fewest} {course.unit}." if level else ".")
    if first.fewest == last.fewest:
        before = "at first on this step" if began_here else "at the start of this time"
        return f"{last.fewest} {course.unit}, as {before}."
    return f"From {first.fewest} to {last.fewest} {course.unit} on the same step."


def between_sides(course: Course) -> str:
    """The gap between left and right in the latest point, in one line; empty where there is none."""
    done = course.was_done
    if not done or not {"left", "right"} <= set(done[-1].done):
        return ""
    left, right = done[-1].done["left"], done[-1].done["right"]
    if left == right:
        return ""
    fewer, more = ("Left", "right") if left < right else ("Right", "left")
    return f"{fewer} did {abs(left - right)} fewer than {more} the last time."


def pain_in_words(pain: Pain, today: date) -> str:
    """Pain of an exercise in one line; empty where there was none."""
    said = []
    if pain.hurt:
        workouts = "workout" if pain.logs == 1 else "workouts"
        said.append(f"Pain in {pain.hurt} of {pain.logs} {workouts}, at most {pain.worst} out of 10.")
    if pain.stopped:
        times = {1: "once", 2: "twice"}.get(pain.stopped, f"{pain.stopped} times")
        said.append(f"You stopped it {times} because it hurt.")
    if said:
        said.append(f"Last on {dated(pain.last, today)}.")
    return " ".join(said)


# --- milestones ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Milestone:
    """Something reached for the first time; `on` is its date, or the first day of its week, or a day of its month."""

    on: date
    text: str
    in_week: bool = False
    in_month: bool = False


ROUND = (10, 25, 50, 100, 250, 500, 1000)


def milestones(
    begun: Sequence[Begun],
    courses: Iterable[Course],
    chosen: Sequence[tuple[date, int]],
    idiom: Idiom = KILOGRAMS,
    weeks_from: date = date.min,
) -> list[Milestone]:
    """What was reached since the first workout, the oldest first.

    begun       every week with workouts, the oldest first
    chosen      (date, number) of training days a week that a plan or a change set, the oldest first
    weeks_from  before this day the courses have one point a month

    Read from one row a week, so most of it is known to the week; what courses say of earlier months, to the month.
    """
    if not begun:
        return []
    found = [Milestone(begun[0].first, "First workout")]
    found += _round_numbers(begun)
    found += _first_full_week(begun, chosen)
    found += _latest_return(begun)
    week_start = begun[0].first_day.weekday()
    courses = [course for course in courses if course.known]
    found += [step for course in courses if (step := _first_step_up(course, week_start, weeks_from))]
    found += _first_weight(courses, week_start, weeks_from, idiom)
    return sorted(found, key=lambda one: one.on)


def _round_numbers(begun: Sequence[Begun]) -> list[Milestone]:
    found, total = [], 0
    for week in begun:
        reached = [number for number in ROUND if total < number <= total + week.begun]
        found += [Milestone(week.first_day, f"Workout number {number}", in_week=True) for number in reached]
        total += week.begun
    return found


def _first_full_week(begun: Sequence[Begun], chosen: Sequence[tuple[date, int]]) -> list[Milestone]:
    for week in begun:
        days = [number for since, number in chosen if since < week.first_day + WEEK]
        if days and week.in_places >= days[-1]:
            all_of = {1: "the one workout", 2: "both workouts"}.get(
                days[-1], f"all {number_in_words(days[-1])} workouts"
            )
            return [Milestone(week.first_day, f"First week with {all_of} you planned", in_week=True)]
    return []


def _latest_return(begun: Sequence[Begun]) -> list[Milestone]:
    gaps = [((after.first - before.last).days, after.first) for before, after in itertools.pairwise(begun)]
    returns = [(days, on) for days, on in gaps if days >= rule_numbers().away.lighter_from_days]
    return [Milestone(on, f"Back after {days} days away") for days, on in returns[-1:]]


def _about(on: date, text: str, week_start: int, weeks_from: date) -> Milestone:
    """Something that a course shows on a day, known to its week or month."""
    if on < weeks_from:
        return Milestone(on, text, in_month=True)
    return Milestone(first_day_of_week(on, week_start), text, in_week=True)


def _first_step_up(course: Course, week_start: int, weeks_from: date) -> Milestone | None:
    lowest: int | None = None
    for point in course.was_done:
        rung = course.rung(point.rung)
        if rung is None:
            continue
        if lowest is not None and rung.number > lowest:
            text = f"{course.name}: first step up, {_lower_first(rung.name)}"
            return _about(point.on, text, week_start, weeks_from)
        lowest = rung.number if lowest is None else min(lowest, rung.number)
    return None


def _first_weight(
    courses: Iterable[Course], week_start: int, weeks_from: date, idiom: Idiom
) -> list[Milestone]:
    weighted = [
        (point.on, course.name, point.load_grams)
        for course in courses
        for point in course.was_done
        if point.load_grams
    ]
    if not weighted:
        return []
    on, name, grams = min(weighted)
    text = f"{name}: first weight, {idiom.weight(grams)}"
    return [_about(on, text, week_start, weeks_from)]


# --- what can be expected ------------------------------------------------------------------------


class Stage(Frozen):
    """What can be expected at one time, and what not."""

    heading: Wording
    block: Block


class ExpectationsPage(Frozen):
    """The prose of the page: what its numbers are, and the usual course of training."""

    numbers: Block
    course: tuple[Stage, ...]


@functools.cache
def expectations_page() -> ExpectationsPage:
    """The prose, read once; raises ContentError."""
    path = CONTENT / "progress.toml"
    page = load_file(path, ExpectationsPage)
    check_sources([page.numbers, *(stage.block for stage in page.course)], where=str(path))
    return page


def dose_words(asked: Dose) -> str:
    """What was asked in short: "2 sets of 8", or "8"."""
    return f"{asked.sets} sets of {asked.repetitions}" if asked.sets > 1 else str(asked.repetitions)
