"""What was reached for the first time. Pure."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from exercises.rules.idiom import KILOGRAMS, Idiom
from exercises.rules.numbers import rule_numbers
from exercises.rules.progress.courses import Course
from exercises.rules.progress.findings import _lower_first
from exercises.rules.progress.weeks import WEEK, Begun
from exercises.rules.slots import first_day_of_week
from exercises.rules.wording import number_in_words


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
