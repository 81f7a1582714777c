"""Plans that have ended."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import person_of
from exercises.models import Plan, PlanStatus, Workout
from exercises.rules.catalogue import UnknownKey, catalogue
from exercises.rules.drafts import Line, reasons_once
from exercises.rules.idiom import Idiom
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.rules.wording import Reason, words
from exercises.training import training_with


@require_safe
def plans_past(request: HttpRequest) -> HttpResponse:
    """Every plan that has ended, the latest first."""
    plans = Plan.objects.filter(person=person_of(request), status=PlanStatus.ENDED).order_by("-made_at")
    return render(request, "exercises/plans_past.html", {"plans": plans[:60]})


@require_safe
def plan_past(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One plan that has ended: its lines as they were at the end, with their reasons, and its weeks."""
    person = person_of(request)
    ended = get_object_or_404(
        Plan.objects.select_related("person__equipment"), pk=pk, person=person, status=PlanStatus.ENDED
    )
    training = training_with(ended, ended.person)
    last_day = ended.ended_on or training.today
    lines = training.lines.on(last_day)
    above, own = reasons_once(lines)
    context = {
        "plan": ended,
        "why": [words(reason) for reason in above],
        "notes": [words(Reason.from_json(note)) for note in (ended.accepted or {}).get("notes", ())],
        "lines": [
            _ended_line(line, reasons, training.idiom) for line, reasons in zip(lines, own, strict=True)
        ],
        "gone": _gone_exercises(ended),
        "weeks": training.schedule.block_until(last_day),
        "weekdays": [WEEKDAY_NAMES[day] for day in training.schedule.weekdays_on(last_day)],
        "workouts": Workout.objects.filter(plan=ended).order_by("local_date", "number"),
    }
    return render(request, "exercises/plan_past.html", context)


def _ended_line(line: Line, reasons: Iterable[Reason], idiom: Idiom) -> dict[str, Any]:
    exercise = catalogue().exercise(line.exercise)
    try:
        started = exercise.rung(line.rung).name
    except UnknownKey:
        started = "a step that is no longer offered"
    return {
        "exercise": exercise,
        "started": started,
        "why": [words(reason, idiom) for reason in reasons],
    }


def _gone_exercises(plan: Plan) -> int:
    """How many lines name an exercise that is no longer offered."""
    lines = (plan.accepted or {}).get("lines", ())
    return sum(1 for line in lines if line["exercise"] not in catalogue().exercises)
