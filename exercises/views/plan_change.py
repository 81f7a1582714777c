"""Changing a running plan: pausing, ending, other days, other minutes, moving or skipping a workout."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.clock import today_for
from accounts.requests import get_or_post, person_of
from exercises.actions.plan import change_plan, decide, end_plan, undo_end
from exercises.forms.plan import MinutesForm, SlotForm, WeekdaysForm
from exercises.models import PlanDecision
from exercises.rules import scheduling
from exercises.rules.catalogue import catalogue
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import DateChange, DateChangeKind
from exercises.rules.values import PlanLine
from exercises.rules.wording import Refused
from exercises.training import Training
from exercises.views.access import refused, with_training


@require_POST
@with_training
def plan_change(request: HttpRequest, training: Training, *, what: str) -> HttpResponse:
    """Pause the plan, or go on with it."""
    today, schedule = training.today, training.schedule
    try:
        match what:
            case "pause" if not schedule.is_paused(schedule.counts_from(today)):
                change = schedule.structural(DateChangeKind.PAUSE, today)
            case "resume" if schedule.is_paused(schedule.counts_from(today)):
                change = schedule.structural(DateChangeKind.RESUME, today)
            case "pause" | "resume":
                return redirect("plan")
            case _:
                raise Http404
    except Refused as why:
        return refused(request, why, back=reverse("plan"))
    change_plan(plan=training.plan, change=change, today=today)
    return redirect("plan")


@get_or_post
@with_training
def plan_end(request: HttpRequest, training: Training) -> HttpResponse:
    """Ask before a plan ends, naming what goes and what stays."""
    if request.method == "POST":
        end_plan(person=training.person, today=training.today)
        return redirect("plan")
    context = {"training": training, "coming": training.schedule.coming(training.today)}
    return render(request, "exercises/plan_end.html", context)


@require_POST
def plan_end_undo(request: HttpRequest) -> HttpResponse:
    """Let the plan that ended today go on."""
    person = person_of(request)
    try:
        undo_end(person=person, today=today_for(person))
    except Refused as why:
        return refused(request, why, back=reverse("plan"))
    return redirect("plan")


@get_or_post
@with_training
def plan_days(request: HttpRequest, training: Training) -> HttpResponse:
    """Other training days from now on; what is past stays as it was."""
    today, schedule = training.today, training.schedule
    counts_from = training.changes_count_from
    data = request.POST if request.method == "POST" else None
    form = WeekdaysForm(data, initial={"weekdays": schedule.weekdays_on(counts_from)})
    if form.is_bound and form.is_valid():
        days = form.cleaned_data["weekdays"]
        if tuple(days) != tuple(schedule.weekdays_on(counts_from)):
            change = schedule.structural(DateChangeKind.WEEKDAYS, today, days)
            change_plan(plan=training.plan, change=change, today=today)
        return redirect("plan")
    context = {"form": form, "counts_from": counts_from, "today": today}
    return render(request, "exercises/plan_days.html", context, status=422 if form.is_bound else 200)


@get_or_post
@with_training
def plan_minutes(request: HttpRequest, training: Training) -> HttpResponse:
    """Another length of the workouts from now on; where exercises have to rest for it, which, before it is saved."""
    data = request.POST if request.method == "POST" else None
    form = MinutesForm(data, initial={"minutes": training.minutes})
    context = {"form": form, "counts_from": training.changes_count_from, "today": training.today}
    if not form.is_bound or not form.is_valid():
        return render(request, "exercises/plan_minutes.html", context, status=422 if form.is_bound else 200)
    minutes = form.cleaned_data["minutes"]
    stay, rest = training.lines_for_minutes(minutes)
    if rest and request.POST.getlist("stay") != stay:
        shown = {"stay": _names_and_pictures(stay, training), "rest": _names_and_pictures(rest, training)}
        return render(
            request, "exercises/plan_minutes_shorter.html", {**context, **shown, "minutes": minutes}
        )
    back = training.resting_on(training.changes_count_from)
    if minutes != training.minutes or rest:
        is_shortest = minutes == rule_numbers().minutes.shortest
        decide(
            plan=training.plan,
            kind=PlanDecision.MINUTES,
            details={"minutes": minutes, **({"lines": stay} if is_shortest else {})},
            counts_from=training.changes_count_from,
            today=training.today,
        )
        messages.success(request, _said_of_minutes(minutes, training, [] if is_shortest else back))
    return redirect("plan")


def _names_and_pictures(exercises: list[str], training: Training) -> list[dict[str, Any]]:
    """Each exercise of the plan with the picture of its next target."""
    lines = {line.exercise: line for line in training.lines_on(training.changes_count_from)}
    return [
        {
            "exercise": catalogue().exercise(key),
            "picture": catalogue().pictures_of(key, training.target(lines[key]).standing.rung).small,
        }
        for key in exercises
    ]


def _said_of_minutes(minutes: int, training: Training, back: list[PlanLine]) -> str:
    since = "today" if training.changes_count_from == training.today else "tomorrow"
    said = f"From {since} on a workout may take about {minutes} minutes."
    names = [catalogue().exercise(line.exercise).name for line in back]
    return f"{said} Back in your plan: {', '.join(names)}." if names else said


@get_or_post
@with_training
def plan_slot(request: HttpRequest, training: Training, *, number: int) -> HttpResponse:
    """Move one coming workout within its week, or skip it with a reason."""
    today, schedule = training.today, training.schedule
    try:
        days = [
            (day, schedule.has_neighbour(day, but=number)) for day in schedule.days_to_move_to(number, today)
        ]
        form = SlotForm(request.POST if request.method == "POST" else None, days=days)
        if form.is_bound and form.is_valid():
            change_plan(
                plan=training.plan, change=_slot_change(form, schedule, number, training), today=today
            )
            return redirect("plan")
    except Refused as why:
        return refused(request, why, back=reverse("plan"))
    context = {"form": form, "slot": schedule.slot(number)}
    return render(request, "exercises/plan_slot.html", context, status=422 if form.is_bound else 200)


def _slot_change(
    form: SlotForm, schedule: scheduling.Schedule, number: int, training: Training
) -> DateChange:
    kind, what = form.chosen
    if kind == "move":
        return schedule.move(number, date.fromisoformat(what), training.today)
    return schedule.skip(number, what, training.today)
