"""What was reached: the first workout, round numbers, a first full week, a return, and every step up. Pure."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exercises.rules.idiom import KILOGRAMS, Idiom
from exercises.rules.numbers import rule_numbers
from exercises.rules.progress.courses import Course, steps_up
from exercises.rules.progress.findings import step_in_words
from exercises.rules.slots import first_day_of_week
from exercises.rules.wording import number_in_words

ROUND = (10, 25, 50, 100, 250, 500, 1000)


@dataclass(frozen=True)
class Milestone:
    """Something reached on a day, and the exercise it was reached in, if in one."""

    on: date
    text: str
    course: Course | None = None


@dataclass(frozen=True)
class Trained:
    """A workout: its local date, and whether it took a place of a plan."""

    on: date
    in_place: bool


@dataclass(frozen=True)
class Before:
    """The workouts before some time: how many, and the date of the latest."""

    how_many: int = 0
    latest: date | None = None


def milestones(  # noqa: PLR0913  (all are named)
    workouts: Sequence[Trained],
    courses: Iterable[Course],
    chosen: Sequence[tuple[date, int]],
    *,
    before: Before | None = None,
    week_start: int = 0,
    idiom: Idiom = KILOGRAMS,
) -> list[Milestone]:
    """What was reached in some time, the latest first.

    workouts  those of this time, the oldest first
    chosen    (date, number) of training days a week that a plan or a change set, the oldest first
    """
    before = before or Before()
    found = [
        Milestone(step.on, step_in_words(course, step, idiom), course)
        for course in courses
        for step in steps_up(course)
    ]
    found += [
        Milestone(one.on, f"Workout number {number}")
        for number, one in enumerate(workouts, before.how_many + 1)
        if number in ROUND
    ]
    if not before.how_many:
        found += [Milestone(one.on, "First workout") for one in workouts[:1]]
        found += itertools.islice(_full_weeks(workouts, chosen, week_start), 1)
    found += _latest_return([*filter(None, [before.latest]), *(one.on for one in workouts)])
    return sorted(found, key=lambda one: one.on, reverse=True)


def _full_weeks(
    workouts: Iterable[Trained], chosen: Sequence[tuple[date, int]], week_start: int
) -> Iterator[Milestone]:
    """The weeks with every workout that was planned, each on the day of its last."""
    for first_day, week in itertools.groupby(workouts, lambda one: first_day_of_week(one.on, week_start)):
        in_places = [one.on for one in week if one.in_place]
        days = [number for since, number in chosen if first_day_of_week(since, week_start) <= first_day]
        if days and len(in_places) >= days[-1]:
            all_of = {1: "the one workout", 2: "both workouts"}.get(
                days[-1], f"all {number_in_words(days[-1])} workouts"
            )
            yield Milestone(in_places[days[-1] - 1], f"First week with {all_of} you planned")


def _latest_return(days: Iterable[date]) -> list[Milestone]:
    gaps = [((after - before).days, after) for before, after in itertools.pairwise(days)]
    returns = [(days, on) for days, on in gaps if days >= rule_numbers().away.lighter_from_days]
    return [Milestone(on, f"Back after {days} days away") for days, on in returns[-1:]]
