"""One exercise over time, workout by workout.

Pure. A workout counts with its set of the fewest repetitions and the least weight, as in facts F7, row 6.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from exercises.rules.catalogue import Exercise, Rung, UnknownKey, catalogue
from exercises.rules.slots import first_day_of_week
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
    if not rows:
        return CoursePoint(on, number, dose.rung if dose else "", asked=dose, lighter=lighter)
    loads = [row.load_grams for row in rows if row.load_grams is not None]
    return CoursePoint(
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
    weeks: dict[date, CoursePoint] = {}
    for point in course.points:
        week = first_day_of_week(point.on, week_start)
        if week not in weeks or point.done or not weeks[week].done:
            weeks[week] = point
    return Course(course.exercise, tuple(weeks.values()))


@dataclass(frozen=True)
class Run:
    """Points in a row on one step."""

    rung: str
    points: tuple[CoursePoint, ...]

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
    runs: list[list[CoursePoint]] = []
    for point in course.was_done:
        if runs and runs[-1][-1].rung == point.rung:
            runs[-1].append(point)
        else:
            runs.append([point])
    return [Run(run[0].rung, tuple(run)) for run in runs]
