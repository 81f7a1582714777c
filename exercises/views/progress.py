"""The page of what became of the training so far."""

from calendar import month_abbr
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import person_of
from assessments.rules.counting import differences
from exercises.rows_progress import Progress, recent_progress, whole_progress
from exercises.rules.progress.chart import ChartMark, CourseChart, chart_of
from exercises.rules.progress.courses import Course, CoursePoint, Run, runs_of
from exercises.rules.progress.expectations import expectations_page
from exercises.rules.progress.findings import between_sides, dose_words, finding, pain_in_words
from exercises.rules.progress.milestones import milestones
from exercises.rules.progress.weeks import WEEK, about_weeks, first_week_of_month, weeks_in_words
from exercises.rules.slots import first_day_of_week
from exercises.rules.wording import dated
from exercises.training import whats_next

RANGES = {"4": "4 weeks", "12": "12 weeks", "all": "All"}
ARCHES_UP_TO = 12
"""So many weeks are drawn as arches; more become a line."""
MONTH_REACHES = 5
"""So many weeks from one month's mark the next one's stands, at most."""


@require_safe
def progress_page(request: HttpRequest) -> HttpResponse:
    """Workouts week by week and every exercise over 4 weeks, 12 weeks, or since the first workout."""
    chosen = request.GET.get("range", "4")
    if chosen not in RANGES:
        raise Http404
    person = person_of(request)
    if chosen == "all":
        found = whole_progress(person)
    else:
        found = recent_progress(person, int(chosen), by_workout=chosen == "4")
    page = expectations_page()
    if found.first_workout is None:
        known = {"found": found, "page": page, "known": whats_next(person)}
        return render(request, "exercises/progress_empty.html", known)
    context = {
        "found": found,
        "ranges": RANGES,
        "chosen": chosen,
        "headline": _headline(found, chosen),
        "remarks": about_weeks(found.weeks),
        "has_to_come": any(week.to_come for week in found.weeks),
        "has_extra": any(week.extra for week in found.weeks),
        "week_chart": _week_chart(found) if len(found.weeks) > ARCHES_UP_TO else None,
        "years": _years(found),
        "month_names": month_abbr[1:],
        "by_week": chosen != "4",
        "exercises": [_shown(course, found, chosen) for course in found.courses],
        "counts": [(check, days, differences(check.key, days)) for check, days in found.counts],
        "checks": _checks(found),
        "milestones": _milestones(found) if found.is_whole else [],
        "page": page,
    }
    return render(request, "exercises/progress.html", context)


def _headline(found: Progress, chosen: str) -> str:
    if chosen == "all" and found.first_workout:
        total = sum(week.begun for week in found.begun)
        since = dated(found.first_workout, found.today)
        return f"{total} {'workout' if total == 1 else 'workouts'} since {since}"
    return weeks_in_words(found.weeks)


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


def _milestones(found: Progress) -> list[tuple[str, list[str]]]:
    """What was reached, by day or week."""
    days: dict[str, list[str]] = {}
    for one in milestones(found.begun, found.weekly, found.chosen, found.idiom, found.by_week_from):
        day = dated(one.on, found.today)
        when = f"Week of {day}" if one.in_week else f"{one.on:%B %Y}" if one.in_month else day
        days.setdefault(when, []).append(one.text)
    return list(days.items())


def _week_chart(found: Progress) -> CourseChart:
    months = [
        ChartMark(_place_of_month(month.first_day, found), {"both": month.a_week}, reach=MONTH_REACHES)
        for month in found.months
        if month.begun
    ]
    weeks = [
        ChartMark((week.first_day - found.since) // WEEK, {"both": week.extra})
        for week in found.weeks
        if week.extra or week.first_day == found.since
    ]
    return chart_of([*months, *weeks], places=_weeks_in(found), ticks=_week_ticks(found))


def _weeks_in(found: Progress) -> int:
    """How many calendar weeks there are from the first to this one."""
    this_week = first_day_of_week(found.today, found.week_start)
    return (this_week - found.since) // WEEK + 1


def _place_of_month(day: date, found: Progress) -> int:
    """The week in the middle of the month of a day: months stand four or five apart, as MONTH_REACHES has it."""
    first = first_week_of_month(day, found.week_start)
    return max(0, (first - found.since) // WEEK + 2)


def _years(found: Progress) -> list[tuple[int, list[int | None]]]:
    """The months as a table: a year, and its workouts from January to December; None before the first and after the last."""
    begun = {(month.first_day.year, month.first_day.month): month.begun for month in found.months}
    years = sorted({year for year, _ in begun})
    return [(year, [begun.get((year, month)) for month in range(1, 13)]) for year in years]


# --- one exercise ----------------------------------------------------------------------------------


def _shown(course: Course, found: Progress, chosen: str) -> dict[str, Any]:
    """An exercise in words, as a picture and as a table."""
    pain = found.pain.get(course.exercise)
    runs = runs_of(course)
    return {
        "course": course,
        "finding": finding(course, found.today, found.idiom),
        "between_sides": between_sides(course),
        "pain": pain_in_words(pain, found.today) if pain else "",
        "steps": [_step(run, course, found) for run in runs],
        "chart": _chart(course, found, by_day=chosen == "4"),
        "is_pair": any(side != "both" for run in runs for side in run.sides),
        "rows": [] if chosen == "all" else [_row(point, course, found) for point in course.points],
    }


def _step(run: Run, course: Course, found: Progress) -> dict[str, Any]:
    """One step from its first to its last day."""
    first, last = run.points[0], run.points[-1]
    loads = [point.load_grams for point in run.points if point.load_grams]
    return {
        "name": course.step(run.rung),
        "since": first.on,
        "until": last.on,
        "most": [(side, run.most(side)) for side in run.sides],
        "details": _details(last, found),
        "heaviest": found.idiom.weight(max(loads)) if loads else "",
    }


def _row(point: CoursePoint, course: Course, found: Progress) -> dict[str, Any]:
    """One line of the table."""
    return {
        "on": point.on,
        "lighter": point.lighter,
        "step": course.step(point.rung),
        "details": _details(point, found, with_load=True),
        "asked": dose_words(point.asked) if point.asked else "",
        "sets": point.sets,
        "both": point.done.get("both"),
        "left": point.done.get("left"),
        "right": point.done.get("right"),
    }


def _details(point: CoursePoint, found: Progress, *, with_load: bool = False) -> str:
    """What goes with the repetitions: "hold 5 seconds, 4 kg, a light band"."""
    said = []
    if point.hold_seconds:
        said.append(f"hold {point.hold_seconds} second{'s' if point.hold_seconds > 1 else ''}")
    if with_load and point.load_grams:
        said.append(found.idiom.weight(point.load_grams))
    if point.band:
        said.append(found.idiom.band(point.band))
    return ", ".join(said)


# --- the picture -----------------------------------------------------------------------------------


def _chart(course: Course, found: Progress, *, by_day: bool) -> CourseChart:
    """Days as places for some workouts, weeks for one point a week."""
    unit = timedelta(days=1 if by_day else 7)
    until = first_day_of_week(found.today, found.week_start) + WEEK
    by_week_from = found.by_week_from
    marks = [
        ChartMark(
            place=(
                _place_of_month(point.on, found)
                if point.on < by_week_from
                else (point.on - found.since) // unit
            ),
            reach=MONTH_REACHES if point.on < by_week_from else None,
            done=point.done,
            target=point.target,
            step=point.rung,
            load=(point.load_grams, found.idiom.weight(point.load_grams)) if point.load_grams else None,
            lighter=point.lighter,
        )
        for point in _one_a_day(course.points)
    ]
    ticks = _day_ticks(found) if by_day else _week_ticks(found)
    return chart_of(marks, places=(until - found.since) // unit, ticks=ticks, breaks_after=7 if by_day else 1)


def _one_a_day(points: tuple[CoursePoint, ...]) -> list[CoursePoint]:
    """The last workout of each day that did the exercise; the table has all of them."""
    days: dict[date, CoursePoint] = {}
    for point in points:
        if point.on not in days or point.done:
            days[point.on] = point
    return list(days.values())


def _day_ticks(found: Progress) -> Iterator[tuple[int, str]]:
    """The first day of each week."""
    for place, week in enumerate(found.weeks):
        yield place * 7, f"{week.first_day.day} {week.first_day:%b}"


def _week_ticks(found: Progress) -> Iterator[tuple[int, str]]:
    """Weeks by their first day; over more than a year by month and year. The picture keeps what has room."""
    weeks = _weeks_in(found)
    long = weeks > 52
    for place in range(weeks):
        day = found.since + place * WEEK
        if not long:
            yield place, f"{day.day} {day:%b}"
        elif day.day <= 7:
            yield place, f"{day:%b %Y}"
