"""What became of the training so far: the page of all of it, and one for each exercise."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import person_of
from assessments.rules.counting import differences
from exercises.rows import idiom_of
from exercises.rows_progress import ExerciseHistory, Progress, exercise_history, recent_progress
from exercises.rules.catalogue import catalogue
from exercises.rules.idiom import Idiom
from exercises.rules.progress.chart import MOST_MARKS, ChartMark, StairChart, chart_of, ticks_of
from exercises.rules.progress.courses import Course, CoursePoint, Every, floors, over_time, steps_up
from exercises.rules.progress.expectations import expectations_page
from exercises.rules.progress.findings import (
    between_sides,
    climb,
    details_of,
    finding,
    first_and_latest,
    pain_in_words,
)
from exercises.rules.progress.milestones import milestones
from exercises.rules.progress.weeks import about_weeks, weeks_in_words
from exercises.rules.wording import counted, dose_in_short
from exercises.training import whats_next
from exercises.views.access import exercise_at

WEEKS = 12
MILESTONES_FIRST = 4


@require_safe
def progress_page(request: HttpRequest) -> HttpResponse:
    """What was reached in the last twelve weeks: milestones, week by week, and every exercise."""
    person = person_of(request)
    found = recent_progress(person, WEEKS)
    page = expectations_page()
    if found.latest is None:
        known = {"found": found, "page": page, "known": whats_next(person)}
        return render(request, "exercises/progress_empty.html", known)
    reached = milestones(
        found.trained,
        found.courses,
        found.chosen,
        before=found.before,
        week_start=found.week_start,
        idiom=found.idiom,
    )
    reached = [one for one in reached if one.on >= found.since]
    context = {
        "found": found,
        "time": counted(len(found.weeks), "week").capitalize() if len(found.weeks) > 1 else "This week",
        "headline": _headline(found),
        "milestones": reached[:MILESTONES_FIRST],
        "more_milestones": reached[MILESTONES_FIRST:],
        "remarks": about_weeks(found.weeks),
        "has_to_come": any(week.to_come for week in found.weeks),
        "exercises": [_shown(course, found) for course in found.courses],
        "counts": [(check, days, differences(check.key, days)) for check, days in found.counts],
        "checks": _checks(found),
        "page": page,
    }
    return render(request, "exercises/progress.html", context)


def _headline(found: Progress) -> str:
    """ "20 of 21 workouts, 16 steps up"."""
    ups = sum(len(steps_up(course)) for course in found.courses)
    done = weeks_in_words(found.weeks)
    return f"{done}, {ups} {'step' if ups == 1 else 'steps'} up" if ups else done


def _checks(found: Progress) -> dict[str, Any] | None:
    """The first and the latest mirror check, for the page that sets them side by side."""
    if not found.first_check or not found.last_check:
        return None
    return {
        "then": UUID(found.first_check["pk"]),
        "then_on": date.fromisoformat(found.first_check["on"]),
        "now": UUID(found.last_check["pk"]),
        "now_on": date.fromisoformat(found.last_check["on"]),
    }


def _shown(course: Course, found: Progress) -> dict[str, Any]:
    """An exercise in words and as a picture, with its first and its latest workout."""
    first, latest = first_and_latest(course, found.idiom)
    return {
        "course": course,
        "finding": climb(course, found.idiom),
        "between_sides": between_sides(course),
        "chart": _chart(course, _with_missed(course, found.not_done)),
        "first": first,
        "last": latest,
    }


def _with_missed(course: Course, not_done: Iterable[date]) -> list[CoursePoint]:
    """One point a day, with an empty one for each workout that was missed or skipped since the first."""
    days = {point.on: point for point in course.was_done}
    first = min(days)
    for day in (*not_done, *(point.on for point in course.points)):
        if day > first:
            days.setdefault(day, CoursePoint(day, 0, ""))
    return [days[day] for day in sorted(days)]


def _chart(course: Course, points: list[CoursePoint]) -> StairChart:
    marks = [
        ChartMark(point.done, stair, lighter=point.lighter)
        for point, stair in zip(points, floors(course, points), strict=True)
    ]
    return chart_of(marks, ticks_of([point.on for point in points]))


# --- one exercise ----------------------------------------------------------------------------------


@require_safe
def progress_exercise(request: HttpRequest, exercise: str) -> HttpResponse:
    """The whole history of one exercise, and the numbers of every workout, a year at a time."""
    person = person_of(request)
    known = exercise_at(exercise)
    history = exercise_history(person, known.key, _year(request))
    step = known.lowest
    context: dict[str, Any] = {"exercise": known, "history": history}
    if history:
        if history.year not in history.years:
            raise Http404
        course, idiom = history.course, idiom_of(person)
        latest = course.was_done[-1]
        step = course.rung(latest.rung) or step
        every, points = over_time(course, person.week_start, MOST_MARKS, history.whole_from)
        context |= {
            "finding": finding(course, latest.on, idiom, history.whole_from),
            "between_sides": between_sides(course),
            "pain": pain_in_words(history.pain, latest.on) if history.pain else "",
            "chart": _chart(course, points),
            "every": every if every is not Every.WORKOUT else "",
            "is_pair": any("both" not in point.done for point in course.was_done),
            "steps": _steps(history, idiom),
        }
    context["picture"] = catalogue().pictures_of(known.key, step.key).small
    return render(request, "exercises/progress_exercise.html", context)


def _year(request: HttpRequest) -> int | None:
    """The year that was asked for; 404 for what is none."""
    year = request.GET.get("year")
    if year is None:
        return None
    if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year)):
        raise Http404
    return int(year)


def _steps(history: ExerciseHistory, idiom: Idiom) -> list[tuple[str, list[dict[str, Any]]]]:
    """The workouts of the year under the step they were done on, with hold, weight and band; the latest first."""
    steps: list[tuple[str, list[dict[str, Any]]]] = []
    for point in reversed(history.course.points):
        if point.on.year == history.year:
            step = ", ".join([history.course.step(point.rung), *details_of(point, idiom)])
            if not steps or steps[-1][0] != step:
                steps.append((step, []))
            steps[-1][1].append(_row(point))
    return steps


def _row(point: CoursePoint) -> dict[str, Any]:
    """One line of the table."""
    asked = point.asked
    return {
        "on": point.on,
        "number": point.number,
        "lighter": point.lighter,
        "asked": dose_in_short([asked.repetitions] * asked.sets) if asked else "",
        **{side: dose_in_short([fewest] * point.sets[side]) for side, fewest in point.done.items()},
    }
