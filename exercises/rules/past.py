"""Workouts done elsewhere and brought in: what of them is here already, and where the rest goes.

Pure: no clock, no database. Nobody asked for what was done in them, so they move no target (`WorkoutLog.for_progression`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from exercises.rules.values import Dose

Place = tuple[str, str, int]
"""Where a set stands in its workout: exercise, side, number."""


@dataclass(frozen=True)
class PastSet:
    """A set done elsewhere.

    line    where it was told
    of_day  for which workout of its day, from 1
    """

    line: int
    on: date
    of_day: int
    exercise: str
    side: str
    number: int
    rung: str
    repetitions: int
    hold_seconds: int = 0
    load_grams: int | None = None
    band: str = ""

    @property
    def place(self) -> Place:
        """Where it stands in its workout."""
        return self.exercise, self.side, self.number

    @property
    def done(self) -> tuple[object, ...]:
        """What was done in it."""
        return self.rung, self.repetitions, self.hold_seconds, self.load_grams, self.band


@dataclass(frozen=True)
class PastAnswer:
    """How an exercise went on one side; empty or None where that was not told."""

    effort: str = ""
    went_cleanly: bool | None = None
    pain: int | None = None


Answers = Mapping[tuple[str, str], PastAnswer]
"""How it went by exercise and side."""


@dataclass(frozen=True)
class PastWorkout:
    """A workout as it was told."""

    on: date
    of_day: int
    sets: Sequence[PastSet]
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class HeldWorkout:
    """A workout that is here.

    asked  a plan asked for it: nothing is added to such a one
    """

    on: date
    number: int
    asked: bool
    sets: Mapping[Place, tuple[object, ...]]


@dataclass(frozen=True)
class ArrivingWorkout:
    """What is to be stored of a workout; `number` is that of the workout here that takes it, None for a new one."""

    on: date
    number: int | None
    sets: Sequence[PastSet]
    answers: Answers


@dataclass(frozen=True)
class Arrivals:
    """Workouts set against what is here.

    already    sets that are here
    differing  sets in whose place another one stands
    """

    workouts: tuple[ArrivingWorkout, ...]
    already: int
    differing: tuple[PastSet, ...]

    @property
    def sets(self) -> int:
        """How many sets are to be stored."""
        return sum(len(one.sets) for one in self.workouts)


def arrivals(told: Iterable[PastWorkout], held: Iterable[HeldWorkout]) -> Arrivals:
    """What is to be stored of workouts done elsewhere, so that the same ones told again add nothing.

    A workout that a plan asked for holds all sets of one that is told: then it is that one. One brought in before holds
    some of them: the others go there, too. What is in neither is a workout of its own.
    """
    by_day: dict[date, list[HeldWorkout]] = {}
    for one in held:
        by_day.setdefault(one.on, []).append(one)
    workouts, already, differing = [], 0, []
    for workout in told:
        home = _home(workout, by_day.get(workout.on, ()))
        stands = home.sets if home else {}
        new = [one for one in workout.sets if one.place not in stands]
        same = [one for one in workout.sets if stands.get(one.place) == one.done]
        differing += [one for one in workout.sets if one.place in stands and stands[one.place] != one.done]
        already += len(same)
        if new:
            number = home.number if home else None
            workouts.append(ArrivingWorkout(workout.on, number, new, workout.answers))
    return Arrivals(tuple(workouts), already, tuple(differing))


def _home(told: PastWorkout, held: Iterable[HeldWorkout]) -> HeldWorkout | None:
    """The workout here that a told one is: the one with the most of its sets, and the fewest others in their places."""
    best, most = None, (0, 0)
    for one in held:
        same = sum(one.sets.get(done.place) == done.done for done in told.sets)
        other = sum(done.place in one.sets for done in told.sets) - same
        if (same, -other) > most and (not one.asked or same == len(told.sets)):
            best, most = one, (same, -other)
    return best


def dose_done(sets: Sequence[tuple[str, str, int, int, int | None, str]]) -> Dose:
    """What was done of one exercise as a dose: (side, rung, repetitions, hold, load, band) of each set.

    The fewest repetitions and the least load count, as everywhere (facts F7, row 6).
    """
    sides = [side for side, *_ in sets]
    loads = [load for *_, load, _ in sets if load is not None]
    return Dose(
        rung=sets[0][1],
        sets=max(sides.count(side) for side in sides),
        repetitions=min(repetitions for _, _, repetitions, *_ in sets),
        hold_seconds=max(hold for _, _, _, hold, *_ in sets),
        load_grams=min(loads, default=None),
        band=sets[0][5] or None,
    )
