"""Plans that are over: what became of them, and while no other was made, how to go on."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import person_of
from assessments.rows import finished_checks, pictures_of, two_checks
from assessments.rules.drawn import stood
from exercises.models import Plan, PlanStatus, Workout
from exercises.rows_progress import courses_in
from exercises.rules.catalogue import UnknownKey, catalogue
from exercises.rules.drafts import Line, reasons_once
from exercises.rules.idiom import Idiom
from exercises.rules.progress.courses import Course
from exercises.rules.progress.expectations import expectations_page
from exercises.rules.progress.findings import first_and_latest
from exercises.rules.progress.weeks import PlanDates, weeks_in_words, weeks_of
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.rules.twelve_weeks import first_and_last
from exercises.rules.wording import Reason, words
from exercises.training import Training, training_of, training_with


@require_safe
def plans_past(request: HttpRequest) -> HttpResponse:
    """Every plan that is over, the latest first."""
    person = person_of(request)
    running = training_of(person)
    plans = Plan.objects.filter(person=person, status=PlanStatus.ENDED).order_by("-made_at")
    over = running if running and running.is_over else None
    return render(request, "exercises/plans_past.html", {"plans": plans[:60], "over": over})


@require_safe
def plan_past(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One plan that is over: the mirror then and now, what grew, and while it is the last one, how to go on.

    One that runs leads to its own page.
    """
    person = person_of(request)
    plans = Plan.objects.filter(Q(status=PlanStatus.ENDED) | Q(status=PlanStatus.ACTIVE), person=person)
    plan = get_object_or_404(plans.select_related("person__equipment"), pk=pk)
    training = training_with(plan, plan.person)
    if plan.status == PlanStatus.ACTIVE and not training.is_over:
        return redirect("plan")
    last_day = plan.ended_on or training.today
    lines = training.lines.on(last_day)
    above, own = reasons_once(lines)
    schedule = training.schedule
    ended_in = None if schedule.is_over(last_day) else schedule.plan_week(last_day)
    workouts = [workout for workout in training.workouts if workout.plan_id == plan.pk]
    done = _done_in_words(plan, training, workouts, last_day) if workouts else ""
    mirrors = _mirrors(person, schedule.start, last_day)
    context = {
        "plan": plan,
        "training": training,
        "heading": mirrors["compared"].heading if mirrors["compared"] else done,
        "done": done,
        "exercises": [_grown(course, training.idiom) for course in courses_in(workouts)],
        "last_day": min(last_day, schedule.end or last_day),
        "ended_in": ended_in,
        **mirrors,
        "page": expectations_page(),
        "goes_on": plan.status == PlanStatus.ACTIVE,
        "why": [words(reason) for reason in above],
        "notes": [words(Reason.from_json(note)) for note in (plan.accepted or {}).get("notes", ())],
        "lines": [
            _ended_line(line, reasons, training.idiom) for line, reasons in zip(lines, own, strict=True)
        ],
        "gone": _gone_exercises(plan),
        "weeks": schedule.block_until(last_day),
        "weekdays": [WEEKDAY_NAMES[day] for day in schedule.weekdays_on(last_day)],
        "workouts": workouts,
    }
    return render(request, "exercises/plan_past.html", context)


def _done_in_words(plan: Plan, training: Training, workouts: Iterable[Workout], last_day: date) -> str:
    """The workouts of a plan as progress counts them: "35 of 36 workouts"."""
    first_day = training.schedule.week_of(training.schedule.start)
    extra = [workout.local_date for workout in workouts if workout.slot is None]
    dates = [PlanDates(training.schedule, plan.ended_on)]
    return weeks_in_words(weeks_of(dates, extra, first_day=first_day, today=last_day))


def _grown(course: Course, idiom: Idiom) -> dict[str, Any]:
    first, latest = first_and_latest(course, idiom)
    return {"course": course, "first": first, "last": latest}


def _mirrors(person: User, start: date, until: date) -> dict[str, Any]:
    """The mirror with which the plan began beside the last one, and what may be said of the two."""
    own = finished_checks(person)
    looks = [(check.local_date, check) for check in reversed(own)]
    first, last = first_and_last(looks, start=start, until=until)
    if first and last:
        compared, pictures = two_checks(own, first, last)
        return {"compared": compared, "pictures": pictures, "last": last}
    return {"compared": None, "pictures": pictures_of(own, [(first, stood(first.answers))] if first else [])}


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
