"""Past workouts, a month at a time."""

import re
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import person_of
from exercises.rows_progress import WorkoutMonth, month_of_workouts
from exercises.rules.progress.months import MonthDay, calendar_of, workout_in_words
from exercises.rules.slots import WEEKDAY_NAMES, SlotState

SLOTS_IN_WORDS = {
    SlotState.MISSED: "planned, not done",
    SlotState.SKIPPED: "skipped",
    SlotState.PLANNED: "to come",
    SlotState.TODAY: "to come",
}
NOT_DONE = {SlotState.MISSED, SlotState.SKIPPED}


@require_safe
def workouts(request: HttpRequest) -> HttpResponse:
    """A month as a calendar, then its workouts in a line each: the one asked for, or the latest with a workout."""
    person = person_of(request)
    found = month_of_workouts(person, _month_asked(request))
    if found is None:
        return render(request, "exercises/workouts_none.html")
    weekdays = WEEKDAY_NAMES[person.week_start :] + WEEKDAY_NAMES[: person.week_start]
    weeks = calendar_of(found.month, found.workouts, found.slots, person.week_start)
    context = {
        "found": found,
        "weekdays": [(name[:3], name) for name in weekdays],
        "weeks": [[_day(day) for day in week] for week in weeks],
        "signs": _signs(found),
        "lines": [
            {
                "workout": workout,
                "words": workout_in_words(workout),
                "is_unfinished": workout.ref in found.unfinished,
            }
            for workout in found.workouts
        ],
        "before": max((month for month in found.months if month < found.month), default=None),
        "after": min((month for month in found.months if month > found.month), default=None),
        "years": [
            (year, list(months))
            for year, months in groupby(reversed(found.months.items()), lambda row: row[0].year)
        ],
    }
    return render(request, "exercises/workouts.html", context)


def _month_asked(request: HttpRequest) -> date | None:
    """The first day of the month that was asked for; 404 for what is none."""
    asked = request.GET.get("month")
    if asked is None:
        return None
    try:
        if re.fullmatch(r"[12][0-9]{3}-[0-9]{2}", asked):
            return date.fromisoformat(f"{asked}-01")
    except ValueError:
        pass
    raise Http404


def _day(day: MonthDay | None) -> dict[str, Any] | None:
    """A day of the calendar: how it looks, in words, and where it leads."""
    if day is None:
        return None
    if day.workouts:
        one = reverse("workout_number", args=day.workouts[0].ref)
        return {
            "on": day.on,
            "look": "light" if day.lighter else "",
            "words": "done, a lighter one" if day.lighter else "done",
            "href": f"#on-{day.on}" if len(day.workouts) > 1 else one,
        }
    look = ("off" if day.slot in NOT_DONE else "to") if day.slot else ""
    return {"on": day.on, "look": look, "words": SLOTS_IN_WORDS[day.slot] if day.slot else ""}


def _signs(found: WorkoutMonth) -> str:
    """What the looks of the calendar mean, those that are on it."""
    lighter, states = {workout.lighter for workout in found.workouts}, set(found.slots.values())
    said = {
        "Filled: done.": False in lighter,
        "Hollow: a lighter one.": True in lighter,
        "Dashed: not done; nothing was lost.": states & NOT_DONE,
        "Pale: to come.": states - NOT_DONE,
    }
    return " ".join(sign for sign, is_shown in said.items() if is_shown)
