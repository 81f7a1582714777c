"""Pages on which a plan is made: its questions, the preview, changes to the draft, and yes or not now."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import today_for
from accounts.models import User
from accounts.requests import get_or_post, person_of
from assessments.models import Attempt
from assessments.rows import latest_check_of, state_for
from exercises.actions.equipment import EquipmentConflict, keep_equipment
from exercises.actions.plan import accept_plan, answer_draft, draft_plan, drop_draft
from exercises.drafting import ReadyDraft, as_before
from exercises.forms.equipment import EquipmentForm
from exercises.forms.plan import AdultForm, DaysForm, LineForm, TimeForm
from exercises.models import Plan, Workout
from exercises.rows import (
    active_plan,
    draft_of,
    equipment_of,
    idiom_of,
    latest_plan,
    paces_of,
)
from exercises.rules import planning, scheduling
from exercises.rules.catalogue import Exercise
from exercises.rules.drafts import Line, Wishes, reasons_once
from exercises.rules.idiom import Idiom
from exercises.rules.improving import better_with
from exercises.rules.lookahead import TrainingSoFar, first_workouts
from exercises.rules.making import making_page
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.rules.targets import next_target
from exercises.rules.wording import Reason, Refused, because, counted, listed, words
from exercises.training import shown_line, shown_workout, training_with, whats_next
from exercises.views.access import exercise_at, refused
from exercises.views.equipment import things_owned

STEPS = ("adult", "things", "days", "time")


def unless_locked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask nothing about a plan while someone should be seen first: every page of it says so, and a POST stores nothing."""

    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        person = person_of(request)
        if not state_for(person).is_locked:
            return view(request, **kwargs)
        status = 409 if request.method == "POST" else 200
        return render(request, "exercises/be_seen.html", {"known": whats_next(person)}, status=status)

    return found


# --- the questions ---------------------------------------------------------------------------------


def _open_step(draft: Plan, check: Attempt | None) -> str | None:
    """The first page of the draft that is not answered.

    Whoever did the check or has had a plan said then that they are 18.
    """
    for step in STEPS:
        said_before = step == "adult" and (check or latest_plan(draft.person))
        if step not in draft.answers and not said_before:
            return step
    return None


@get_or_post
@unless_locked
def plan_new(request: HttpRequest) -> HttpResponse:
    """Begin or go on with a draft: the safety lists due today, then its own pages, then the preview.

    While a plan runs, it first says what becomes of that one.
    """
    person = person_of(request)
    draft = draft_of(person)
    running = active_plan(person)
    if running and request.method == "POST":
        is_as_before = "as_before" in request.POST  # before anything is written: what was sent may be no form
        draft = draft_plan(person=person)
        if is_as_before:
            for page, answers in as_before(training_with(running, running.person)).items():
                draft = answer_draft(person=person, step=page, answers=answers)
    elif running and draft is None:
        training = training_with(running, running.person)
        return render(request, "exercises/plan_next.html", {"training": training})
    state = state_for(person)
    if due := state.lists_due_for_plan(today_for(person)):
        address = reverse("safety_list", kwargs={"name": due[0].replace("_", "-")})
        return redirect(f"{address}?{urlencode({'next': reverse('plan_new')})}")
    draft = draft or draft_plan(person=person)
    step = _open_step(draft, latest_check_of(person))
    return redirect("plan_step", step=step) if step else redirect("plan_preview")


@get_or_post
@unless_locked
def plan_step(request: HttpRequest, step: str) -> HttpResponse:
    """One page of the draft."""
    if step not in STEPS:
        raise Http404
    person = person_of(request)
    draft = draft_of(person)
    if draft is None:
        return redirect("plan_new")
    form = _step_form(request, step, draft)
    if form.is_bound and form.is_valid():
        try:
            _keep(form, step, draft.person)
        except EquipmentConflict:  # changed on another device: the settings page shows both
            return redirect("settings_equipment")
        except Refused:  # accepted or dropped in another tab, a moment ago
            return redirect("plan")
        return redirect("plan_new")
    context = {
        "form": form,
        "step": step,
        "back": _before(step, draft),
        "zone": person.time_zone,
        "making": making_page(),
    }
    return render(request, "exercises/plan_step.html", context, status=422 if form.is_bound else 200)


def _before(step: str, draft: Plan) -> str:
    """Where Back leads: to the preview when all is answered, else to the page before, from the first to the plan."""
    if not _open_step(draft, latest_check_of(draft.person)):
        return reverse("plan_preview")
    answered = [one for one in STEPS[: STEPS.index(step)] if one in draft.answers]
    return reverse("plan_step", kwargs={"step": answered[-1]}) if answered else reverse("plan")


def _keep(form: Any, step: str, person: User) -> None:
    if step == "things":
        keep_equipment(person=person, seen=form.seen, values=form.values())
    if step == "days" and (zone := form.cleaned_data.get("time_zone")):
        person.time_zone = zone
        person.save(update_fields=["time_zone"])
    answers = {} if step == "things" else form.answers()
    answer_draft(person=person, step=step, answers=answers)


def _step_form(request: HttpRequest, step: str, draft: Plan) -> Any:
    """The form of a step, filled with what was said before: in this draft, else in the last plan."""
    person = draft.person
    data = request.POST if request.method == "POST" else None
    last = latest_plan(person) if step not in draft.answers else None
    before = as_before(training_with(last, last.person)) if last else {}
    answers = draft.answers.get(step) or before.get(step)
    match step:
        case "adult":
            return AdultForm(data)
        case "things":
            idiom = idiom_of(person)
            return EquipmentForm(data, equipment=equipment_of(person), idiom=idiom)
        case "days":
            today, trained_today = _today(person)
            start = scheduling.earliest_start(today, trained_today=trained_today)
            initial = {**(answers or {}), **({} if step in draft.answers else {"start": start})}
            return DaysForm(data, initial=initial, today=today, trained_today=trained_today, person=person)
        case _:
            return TimeForm(data, initial=TimeForm.initial_from(answers) if answers else None)


def _today(person: User) -> tuple[date, bool]:
    """The date, and whether a workout was begun on it already."""
    today = today_for(person)
    return today, Workout.objects.filter(person=person, local_date__gte=today).exists()


# --- the preview -----------------------------------------------------------------------------------


def _ready_draft(person: User) -> ReadyDraft | None:
    """The draft, once every page is answered and the safety lists answered today."""
    draft = draft_of(person)
    state = state_for(person)
    check = latest_check_of(person)
    if draft is None or _open_step(draft, check) or state.lists_due_for_plan(today_for(person)):
        return None
    ready = ReadyDraft(draft, state, check)
    try:
        planning.draft(ready.wishes())
    except Refused:  # a line was changed by hand and a later answer does not allow it any more
        ready.draft.answers = answer_draft(person=person, step="changes", answers=[]).answers
    return ready


@get_or_post
@unless_locked
def plan_preview(request: HttpRequest) -> HttpResponse:
    """The draft with its reasons, to look at before saying yes."""
    person = person_of(request)
    ready = _ready_draft(person)
    if ready is None:
        # Without a draft it was accepted in another tab, or a moment ago.
        accepted = request.method == "POST" and draft_of(person) is None
        return redirect("home" if accepted else "plan_new")
    today, trained_today = _today(person)
    try:
        scheduling.check_start(ready.start, today, trained_today=trained_today)
    except Refused as why:  # the draft lay about for some days, or a workout was begun since
        return refused(request, why, back=reverse("plan_step", kwargs={"step": "days"}))
    wishes = ready.wishes()
    planned = planning.draft(wishes)
    if request.method == "POST":
        try:
            accept_plan(person=person, draft=planned, attempt=ready.check, previous=ready.previous)
        except Refused as why:
            return refused(request, why, back=reverse("plan"))
        return redirect("home")
    so_far = ready.so_far(planned)
    above, own = reasons_once(planned.lines)
    weekdays = [WEEKDAY_NAMES[day] for day in ready.draft.answers["days"]["weekdays"]]
    first = first_workouts(
        planned, wishes.minutes, ready.schedule, so_far, paces=paces_of(ready.draft), most=1
    )[0]
    context = {
        "draft": ready.draft,
        "planned": planned,
        "minutes": first.prescription.minutes,
        "most_minutes": wishes.minutes,
        "rules": rule_numbers(),
        "making": making_page(),
        "look_weeks": listed([str(week) for week in rule_numbers().schedule.look_again_weeks]),
        "days": f"{counted(len(weekdays), 'day')} a week",
        "count": counted(len(planned.lines), "exercise"),
        "why": [words(reason) for reason in above],
        "better": [words(reason, ready.idiom) for reason in better_with(planned, wishes)],
        "things": things_owned(wishes.owned, ready.idiom),
        "lines": [
            _draft_line(line, reasons, so_far, ready.idiom)
            for line, reasons in zip(planned.lines, own, strict=True)
        ],
        "offered": [
            {**_draft_line(line, line.reasons[:1], so_far, ready.idiom), "may_add": True}
            for line in planned.offered
        ],
        "left_out": [words(left.reason) for left in planned.left_out],
        "notes": [words(note) for note in planned.notes],
        "start": ready.start,
        "weekdays": weekdays,
        "short_days": [day[:3] for day in weekdays],
        "state": ready.state,
        "replaces": active_plan(person),
    }
    return render(request, "exercises/plan_preview.html", context)


def _draft_line(line: Line, reasons: Iterable[Reason], so_far: TrainingSoFar, idiom: Idiom) -> dict[str, Any]:
    """A line with what its first workout will ask, and what it says itself; flagged is what it is done without."""
    target = next_target(line.plan_line, so_far.log, so_far.context)
    missing = [reason for reason in line.reasons if reason.key == "start_without"]
    return {
        **shown_line(line.exercise, target.standing, reasons, idiom),
        "flags": [words(because("without", **reason.parameters), idiom) for reason in missing],
    }


@require_safe
@unless_locked
def plan_preview_ahead(request: HttpRequest) -> HttpResponse:
    """The first four weeks of a draft, if every workout goes as asked."""
    person = person_of(request)
    ready = _ready_draft(person)
    if ready is None:
        return redirect("plan_new")
    wishes = ready.wishes()
    planned = planning.draft(wishes)
    weeks = first_workouts(
        planned, wishes.minutes, ready.schedule, ready.so_far(planned), paces=paces_of(ready.draft)
    )
    context = {
        "workouts": [shown_workout(coming, ready.idiom) for coming in weeks],
        "back": reverse("plan_preview"),
    }
    return render(request, "exercises/plan_preview_ahead.html", context)


# --- changing the draft ----------------------------------------------------------------------------


@get_or_post
@unless_locked
def plan_draft_line(request: HttpRequest, exercise: str) -> HttpResponse:
    """Change one line of the draft: add it, take it out, or begin on another step."""
    person = person_of(request)
    known = exercise_at(exercise)
    ready = _ready_draft(person)
    if ready is None:
        return redirect("plan_new")
    data = request.POST if request.method == "POST" else None
    form = LineForm(data, choices=_line_choices(known, ready.wishes()))
    if form.is_bound and form.is_valid():
        kind, _, rung = form.cleaned_data["choice"].partition(":")
        change = {"kind": kind, "exercise": known.key, "rung": rung or None}
        others = [c for c in ready.draft.answers.get("changes", ()) if c["exercise"] != known.key]
        changes = [*others, *([{**change, "kind": "add", "rung": None}] if kind == "rung" else []), change]
        try:
            planning.draft(ready.wishes(changes))
        except Refused as why:
            form.add_error("choice", str(why))
        else:
            answer_draft(person=person, step="changes", answers=changes)
            return redirect("plan_preview")
    context = {"form": form, "exercise": known}
    return render(request, "exercises/plan_draft_line.html", context, status=422 if form.is_bound else 200)


def _line_choices(exercise: Exercise, wishes: Wishes) -> list[tuple[str, str]]:
    planned = {line.exercise for line in planning.draft(wishes).lines}
    steps = [
        (f"rung:{rung.key}", f"Start with: {rung.name}")
        for rung in planning.start_choices(exercise.key, wishes)
    ]
    if exercise.key in planned:
        return [*steps, ("remove", "Take it out of the plan")]
    return [("add", "Add it to the plan"), *steps]


@require_POST
def plan_drop(request: HttpRequest) -> HttpResponse:
    """Forget the draft; a running plan goes on."""
    drop_draft(person=person_of(request))
    return redirect("plan")
