"""Pages of planning: making a plan, looking at it, changing it."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import today_for
from accounts.models import User
from assessments import actions as safety_actions
from assessments.models import Attempt
from exercises import actions, history, planning, progression, scheduling
from exercises.access import exercise_at, person_of, refused, with_training
from exercises.catalogue import Exercise, catalogue
from exercises.forms import (
    AdultForm,
    DaysForm,
    LineForm,
    SeenForm,
    SlotForm,
    ThingsForm,
    TimeForm,
    WeekdaysForm,
)
from exercises.lookahead import Coming, Story
from exercises.models import Plan, PlanStatus
from exercises.prescribing import PrescribedLine
from exercises.rules import rules
from exercises.training import Training, draft_ahead, shown_line, training_of, wishes_of
from exercises.wording import Reason, Refused, words

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

STEPS = ("adult", "things", "days", "time")


# --- making a plan ---------------------------------------------------------------------------------


def _open_step(draft: Plan, check: Attempt | None) -> str | None:
    """The first page of the draft that is not answered; whoever did the check said there that they are 18."""
    steps = STEPS[1:] if check else STEPS
    return next((step for step in steps if step not in draft.answers), None)


@login_not_required
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The running plan; without one, what a plan is and how to make it."""
    if not request.user.is_authenticated:
        return render(request, "exercises/invitation.html")
    person = person_of(request)
    training = training_of(person)
    if training is None:
        return render(request, "exercises/invitation.html", {"draft": history.draft_of(person)})
    log = history.log_of(training.workouts)
    lines = []
    for line in history.lines_of(training.plan):
        target = progression.next_target(line.plan_line, log, training.context)
        dropped = line.exercise in training.safety.dropped
        lines.append(
            {
                **shown_line(line.exercise, target.standing, () if dropped else target.reasons),
                "why": [words(reason) for reason in line.reasons],
                "on_hold": target.on_hold,
                "dropped": dropped,
            }
        )
    accepted = training.plan.accepted or {}
    context = {
        "training": training,
        "lines": lines,
        "heading": words(Reason.from_json(accepted["heading"])) if accepted["heading"] else "",
        "left_out": [words(Reason.from_json(left["reason"])) for left in accepted["left_out"]],
        "notes": [words(Reason.from_json(note)) for note in accepted["notes"]],
        "coming": training.coming(),
        "weekdays": [scheduling.WEEKDAY_NAMES[day] for day in training.schedule.weekdays_on(training.today)],
        "look_again": training.schedule.look_again_due(),
        "paused": training.schedule.is_paused(training.schedule.counts_from(training.today)),
    }
    return render(request, "exercises/plan.html", context)


@get_or_post
def plan_new(request: HttpRequest) -> HttpResponse:
    """Begin or go on with a draft: the safety lists due today, then its own pages, then the preview."""
    person = person_of(request)
    if Plan.objects.filter(person=person, status=PlanStatus.ACTIVE).exists():
        return refused(request, Refused("plan_runs"), back=reverse("plan"))
    state = safety_actions.state_for(person)
    if due := state.lists_due_for_plan(today_for(person)):
        address = reverse("safety_list", kwargs={"name": due[0].replace("_", "-")})
        return redirect(f"{address}?{urlencode({'next': reverse('plan_new')})}")
    draft = actions.draft_plan(person=person)
    step = _open_step(draft, safety_actions.latest_check_of(person))
    return redirect("plan_step", step=step) if step else redirect("plan_preview")


@get_or_post
def plan_step(request: HttpRequest, step: str) -> HttpResponse:
    """One page of the draft."""
    if step not in STEPS:
        raise Http404
    person = person_of(request)
    draft = history.draft_of(person)
    if draft is None:
        return redirect("plan_new")
    form = _step_form(request, step, draft, person)
    if form.is_bound and form.is_valid():
        actions.answer_draft(person=person, step=step, answers=form.answers())
        if step == "days" and person.time_zone == "UTC" and form.cleaned_data["time_zone"]:
            person.time_zone = form.cleaned_data["time_zone"]
            person.save(update_fields=["time_zone"])
        return redirect("plan_new")
    context = {"form": form, "step": step, "back": reverse("plan")}
    return render(request, "exercises/plan_step.html", context, status=422 if form.is_bound else 200)


def _step_form(request: HttpRequest, step: str, draft: Plan, person: User) -> Any:
    data = request.POST if request.method == "POST" else None
    answers = draft.answers.get(step)
    match step:
        case "adult":
            return AdultForm(data)
        case "things":
            return ThingsForm(data, initial=ThingsForm.initial_from(answers) if answers else None)
        case "days":
            today = today_for(person)
            return DaysForm(data, initial=answers or {"start": today}, today=today, person=person)
        case _:
            return TimeForm(data, initial=TimeForm.initial_from(answers) if answers else None)


@get_or_post
def plan_preview(request: HttpRequest) -> HttpResponse:
    """The draft with its reasons, to look at before saying yes."""
    person = person_of(request)
    if (
        request.method == "POST" and history.draft_of(person) is None
    ):  # accepted in another tab, or a moment ago
        return redirect("plan")
    found = _ready_draft(person)
    if found is None:
        return redirect("plan_new")
    draft, wishes, check = found
    planned = planning.draft(wishes)
    start = date.fromisoformat(draft.answers["days"]["start"])
    try:
        scheduling.check_start(start, today_for(person))
    except Refused as why:  # the draft lay about for some days
        return refused(request, why, back=reverse("plan_step", kwargs={"step": "days"}))
    try:
        if request.method == "POST":
            actions.accept_plan(person=person, draft=planned, attempt=check)
            return redirect("plan")
    except Refused as why:
        return refused(request, why, back=reverse("plan"))
    context = {
        "draft": draft,
        "planned": planned,
        "rules": rules(),
        "lines": [_draft_line(line, wishes) for line in planned.lines],
        "offered": [_draft_line(line, wishes) for line in planned.offered],
        "left_out": [words(left.reason) for left in planned.left_out],
        "heading": words(planned.heading) if planned.heading else "",
        "notes": [words(note) for note in planned.notes],
        "check": check,
        "start": start,
        "weekdays": [scheduling.WEEKDAY_NAMES[day] for day in draft.answers["days"]["weekdays"]],
        "state": safety_actions.state_for(person),
    }
    return render(request, "exercises/plan_preview.html", context)


def _ready_draft(person: User) -> tuple[Plan, planning.Wishes, Attempt | None] | None:
    """The draft with all its pages answered and the safety lists answered today."""
    draft = history.draft_of(person)
    state = safety_actions.state_for(person)
    check = safety_actions.latest_check_of(person)
    if draft is None or _open_step(draft, check) or state.lists_due_for_plan(today_for(person)):
        return None
    try:
        planning.draft(wishes_of(draft, state, check))
    except Refused:  # a line was changed by hand and a later answer does not allow it any more
        draft = actions.answer_draft(person=person, step="changes", answers=[])
    return draft, wishes_of(draft, state, check), check


def _draft_line(line: planning.Line, wishes: planning.Wishes) -> dict[str, Any]:
    rung = catalogue().rung(line.exercise, line.rung)
    load = progression.first_load(rung, wishes.owned, None) if rung.load.in_grams else None
    return shown_line(line.exercise, progression.dose_at(rung, wishes.owned, load_grams=load), line.reasons)


@require_safe
def plan_preview_ahead(request: HttpRequest) -> HttpResponse:
    """The first four weeks of a draft, if every workout goes as asked."""
    person = person_of(request)
    found = _ready_draft(person)
    if found is None:
        return redirect("plan_new")
    draft, wishes, _ = found
    schedule = scheduling.Schedule(
        date.fromisoformat(draft.answers["days"]["start"]), tuple(draft.answers["days"]["weekdays"])
    )
    weeks = draft_ahead(planning.draft(wishes), wishes, schedule)
    context = {"workouts": [_workout_ahead(coming) for coming in weeks], "back": reverse("plan_preview")}
    return render(request, "exercises/plan_preview_ahead.html", context)


@require_safe
@with_training
def plan_ahead(request: HttpRequest, training: Training) -> HttpResponse:
    """What happens next, for each exercise: if the next workout goes well, is not clean, or hurts."""
    done = training.ahead(Story.DONE, most=12)
    told: dict[Story, list[Coming]] = {
        story: training.ahead(story, most=4) for story in Story if story is not Story.DONE
    }
    stories = {Story.DONE: done[:4], **told}
    context = {
        "next": done[0] if done else None,
        "lines": [_line_ahead(line, stories) for line in (done[0].prescription.lines if done else ())],
        "workouts": [_workout_ahead(coming) for coming in done],
        "back": reverse("plan"),
    }
    return render(request, "exercises/plan_ahead.html", context)


def _workout_ahead(coming: Coming) -> dict[str, Any]:
    lines = coming.prescription.lines
    return {
        "on": coming.on,
        "lighter": coming.prescription.lighter,
        "minutes": coming.prescription.minutes,
        "lines": [shown_line(line.exercise, line.prescribed.shown, ()) for line in lines],
    }


def _line_ahead(line: PrescribedLine, stories: dict[Story, list[Coming]]) -> dict[str, Any]:
    """One exercise: what is asked next, and for each story what follows, with its reason."""
    return {
        **shown_line(line.exercise, line.prescribed.shown, line.prescribed.reasons),
        "stories": [(story, _what_follows(line.exercise, coming[1:])) for story, coming in stories.items()],
    }


def _what_follows(exercise: str, coming: list[Coming]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for workout in coming:
        line = workout.line(exercise)
        shown = shown_line(exercise, line.prescribed.shown, line.prescribed.reasons) if line else None
        rows.append({"on": workout.on, "shown": shown, "on_hold": exercise in workout.prescription.on_hold})
    reasons = [row["shown"]["reasons"] for row in rows if row["shown"]]
    return {"rows": rows, "reasons": reasons[0] if reasons else []}


@get_or_post
def plan_line(request: HttpRequest, exercise: str) -> HttpResponse:
    """Change one line of the draft: add it, take it out, or begin on another step."""
    person = person_of(request)
    found = _ready_draft(person)
    known = exercise_at(exercise)
    if found is None:
        return redirect("plan_new")
    draft, wishes, _ = found
    form = LineForm(request.POST if request.method == "POST" else None, choices=_line_choices(known, wishes))
    if form.is_bound and form.is_valid():
        kind, _, rung = form.cleaned_data["choice"].partition(":")
        change = {"kind": kind, "exercise": known.key, "rung": rung or None}
        others = [c for c in draft.answers.get("changes", ()) if c["exercise"] != known.key]
        changes = [*others, *([{**change, "kind": "add", "rung": None}] if kind == "rung" else []), change]
        changed = Plan(answers={**draft.answers, "changes": changes})
        try:
            planning.draft(
                wishes_of(
                    changed, safety_actions.state_for(person), None if not wishes.check else _check(person)
                )
            )
        except Refused as why:
            form.add_error("choice", str(why))
        else:
            actions.answer_draft(person=person, step="changes", answers=changes)
            return redirect("plan_preview")
    context = {"form": form, "exercise": known}
    return render(request, "exercises/plan_line.html", context, status=422 if form.is_bound else 200)


def _check(person: User) -> Attempt | None:
    return safety_actions.latest_check_of(person)


def _line_choices(exercise: Exercise, wishes: planning.Wishes) -> list[tuple[str, str]]:
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
    """Forget the draft."""
    actions.drop_draft(person=person_of(request))
    return redirect("plan")


# --- changing a running plan -------------------------------------------------------------------------


@require_POST
@with_training
def plan_change(request: HttpRequest, training: Training, *, what: str) -> HttpResponse:
    """Pause, go on, or end the plan."""
    today, schedule = training.today, training.schedule
    try:
        match what:
            case "pause" if not schedule.is_paused(schedule.counts_from(today)):
                change = schedule.structural(scheduling.ChangeKind.PAUSE, today)
            case "resume" if schedule.is_paused(schedule.counts_from(today)):
                change = schedule.structural(scheduling.ChangeKind.RESUME, today)
            case "end":
                actions.end_plan(person=training.plan.person, today=today)
                return redirect("plan")
            case "pause" | "resume":
                return redirect("plan")
            case _:
                raise Http404
    except Refused as why:
        return refused(request, why, back=reverse("plan"))
    actions.change_plan(plan=training.plan, change=change, today=today)
    return redirect("plan")


@get_or_post
@with_training
def plan_days(request: HttpRequest, training: Training) -> HttpResponse:
    """Other training days from now on; what is past stays as it was."""
    today, schedule = training.today, training.schedule
    counts_from = schedule.counts_from(today)
    data = request.POST if request.method == "POST" else None
    form = WeekdaysForm(data, initial={"weekdays": schedule.weekdays_on(counts_from)})
    if form.is_bound and form.is_valid():
        days = form.cleaned_data["weekdays"]
        if tuple(days) != tuple(schedule.weekdays_on(counts_from)):
            change = schedule.structural(scheduling.ChangeKind.WEEKDAYS, today, days)
            actions.change_plan(plan=training.plan, change=change, today=today)
        return redirect("plan")
    context = {"form": form, "counts_from": counts_from, "today": today}
    return render(request, "exercises/plan_days.html", context, status=422 if form.is_bound else 200)


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
            actions.change_plan(
                plan=training.plan, change=_slot_change(form, schedule, number, today), today=today
            )
            return redirect("plan")
    except Refused as why:
        return refused(request, why, back=reverse("plan"))
    context = {"form": form, "slot": schedule.slot(number)}
    return render(request, "exercises/plan_slot.html", context, status=422 if form.is_bound else 200)


def _slot_change(
    form: SlotForm, schedule: scheduling.Schedule, number: int, today: date
) -> scheduling.Change:
    kind, what = form.chosen
    if kind == "move":
        return schedule.move(number, date.fromisoformat(what), today)
    return schedule.skip(number, what, today)


@get_or_post
@with_training
def plan_seen(request: HttpRequest, training: Training, *, exercise: str) -> HttpResponse:
    """ "I have been seen" for one exercise that is on hold."""
    known = exercise_at(exercise)
    line = next((line for line in training.lines if line.exercise == known.key), None)
    log = history.log_of(training.workouts)
    if line is None or not progression.next_target(line, log, training.context).on_hold:
        raise Http404
    form = SeenForm(request.POST if request.method == "POST" else None, today=training.today)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["verdict"] != "no":
            actions.has_been_seen(
                plan=training.plan,
                exercise=known.key,
                verdict=form.cleaned_data["verdict"],
                seen_on=form.cleaned_data["seen_on"],
                today=training.today,
            )
        return redirect("plan")
    context = {"form": form, "exercise": known}
    return render(request, "exercises/plan_seen.html", context, status=422 if form.is_bound else 200)
