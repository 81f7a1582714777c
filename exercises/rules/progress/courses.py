"""One exercise over time, workout by workout.

Pure. A workout counts with its set of the fewest repetitions and the least weight, as in facts F7, row 6.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from exercises.rules.catalogue import Exercise, Rung, UnknownKey, catalogue
from exercises.rules.slots import DAY, first_day_of_week
from exercises.rules.values import Dose

GONE = "An exercise that is no longer offered"


GONE_STEP = "A step that is no longer offered"


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
class CoursePoint:
    """One exercise in one workout.

    done   {side: repetitions}; empty when it was asked for and not done
    sets   {side: how many of them}
    asked  None where it is not known
    hold_seconds, load_grams  as done; as asked where it was not done
    """

    on: date
    number: int
    rung: str
    done: Mapping[str, int] = field(default_factory=dict)
    sets: Mapping[str, int] = field(default_factory=dict)
    hold_seconds: int = 0
    load_grams: int | None = None
    band: str = ""
    asked: Dose | None = None
    lighter: bool = False

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
    points: tuple[CoursePoint, ...]

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
    def was_done(self) -> list[CoursePoint]:
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
    points: dict[str, list[CoursePoint]] = {}
    for place in sorted(rows.keys() | wanted.keys()):
        if place[0] in exercises:
            points.setdefault(place[0], []).append(_point(place, rows.get(place, []), wanted.get(place)))
    order = list(catalogue().exercises)
    in_order = sorted(points, key=lambda key: (order.index(key) if key in order else len(order), key))
    return [Course(exercise, tuple(points[exercise])) for exercise in in_order]


def _point(place: tuple[str, date, int], rows: Sequence[SideDone], asked: Asked | None) -> CoursePoint:
    _, on, number = place
    dose = asked.dose if asked else None
    lighter = bool(asked and asked.lighter)
    if dose and not rows:
        return CoursePoint(
            on,
            number,
            dose.rung,
            hold_seconds=dose.hold_seconds,
            load_grams=dose.load_grams,
            asked=dose,
            lighter=lighter,
        )
    loads = [row.load_grams for row in rows if row.load_grams is not None]
    return CoursePoint(
        on=on,
        number=number,
        rung=rows[0].rung,
        done={row.side: row.repetitions for row in rows},
        sets={row.side: row.sets for row in rows},
        hold_seconds=max(row.hold_seconds for row in rows),
        load_grams=min(loads, default=None),
        band=rows[0].band,
        asked=dose,
        lighter=lighter,
    )


def steps_up(course: Course) -> list[CoursePoint]:
    """The points that went higher than any before: on a harder step, or with more weight on the hardest so far."""
    ups: list[CoursePoint] = []
    highest: tuple[int, int] | None = None
    for point in course.was_done:
        reached = _reached(course, point)
        if reached is None:
            continue
        if highest is not None and reached > highest:
            ups.append(point)
        highest = max(reached, highest or reached)
    return ups


def is_lower(course: Course) -> bool:
    """Whether it is now done on an easier step, or with less weight, than before."""
    reached = [found for point in course.was_done if (found := _reached(course, point))]
    return bool(reached) and reached[-1] < max(reached)


def floors(course: Course, points: Iterable[CoursePoint]) -> list[int]:
    """The stair on which each point stands, from 0: a harder step or more weight is one stair up.

    A point without anything done, or on a step that left the content, stands where the one before it does.
    """
    found = [_reached(course, point) if point.done else None for point in points]
    order = sorted({reached for reached in found if reached})
    stairs: list[int] = []
    for reached in found:
        stairs.append(order.index(reached) if reached else (stairs or [0])[-1])
    return stairs


def _reached(course: Course, point: CoursePoint) -> tuple[int, int] | None:
    """A step's number and the weight on it, to be compared; None for a step that left the content."""
    rung = course.rung(point.rung)
    return (rung.number, point.load_grams or 0) if rung else None


class Every(StrEnum):
    """What one point of a chart stands for; of a week, month or year the last workout in which it was done."""

    WORKOUT = "workout"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def over_time(
    course: Course, week_start: int, most: int, whole_from: date = date.min
) -> tuple[Every, list[CoursePoint]]:
    """A whole history in at most so many points, or one a year, with an empty one for each week, month or year without.

    most        how many a chart has room for
    whole_from  the day before which the course has only the last workout of each month
    """
    is_whole = course.was_done[0].on >= whole_from
    for every in list(Every) if is_whole else (Every.MONTH, Every.YEAR):
        points = _with_gaps(_last_of_each(course.was_done, every, week_start), every, week_start)
        if len(points) <= most:
            break
    return every, points


def _last_of_each(points: Iterable[CoursePoint], every: Every, week_start: int) -> list[CoursePoint]:
    if every is Every.WORKOUT:
        return list(points)
    return list({_period(point.on, every, week_start): point for point in points}.values())


def _with_gaps(points: Iterable[CoursePoint], every: Every, week_start: int) -> list[CoursePoint]:
    filled: list[CoursePoint] = []
    for point in points:
        if filled:
            empty = _next_period(filled[-1].on, every, week_start)
            while empty < _period(point.on, every, week_start):
                filled.append(CoursePoint(empty, 0, filled[-1].rung))
                empty = _next_period(empty, every, week_start)
        filled.append(point)
    return filled


def _period(day: date, every: Every, week_start: int) -> date:
    """The first day of the year, the month, or else the calendar week of a day."""
    match every:
        case Every.YEAR:
            return day.replace(month=1, day=1)
        case Every.MONTH:
            return day.replace(day=1)
    return first_day_of_week(day, week_start)


def _next_period(day: date, every: Every, week_start: int) -> date:
    longest = {Every.YEAR: 366, Every.MONTH: 31}.get(every, 7)
    return _period(_period(day, every, week_start) + longest * DAY, every, week_start)


@dataclass(frozen=True)
class Run:
    """Points in a row on one step."""

    rung: str
    points: tuple[CoursePoint, ...]


def runs_of(course: Course) -> list[Run]:
    """The steps one after the other, as they were done."""
    runs: list[list[CoursePoint]] = []
    for point in course.was_done:
        if runs and runs[-1][-1].rung == point.rung:
            runs[-1].append(point)
        else:
            runs.append([point])
    return [Run(run[0].rung, tuple(run)) for run in runs]
