"""Pages of a workout: before it, while it runs, and afterwards."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import get_or_post
from assessments.actions.safety import record_safety_list
from assessments.forms.safety import ListForm
from assessments.rows import Owner
from assessments.rules.safety_content import STOP_LIST
from exercises.actions.log import AS_ASKED
from exercises.actions.plan import change_plan
from exercises.actions.workout import finish_workout, start_workout, tell_next_morning
from exercises.forms.log import went_in_words
from exercises.forms.typed import NoteForm
from exercises.forms.workout import MorningForm, UnwellForm
from exercises.models import PlanStatus, SetLog, Workout
from exercises.rows import idiom_of, lines_logged
from exercises.rules import during
from exercises.rules.catalogue import catalogue
from exercises.rules.doses import is_higher
from exercises.rules.idiom import Idiom
from exercises.rules.numbers import rule_numbers
from exercises.rules.prescribing import whole_minutes
from exercises.rules.reading import hurts_too_much
from exercises.rules.slots import WEEKDAY_NAMES, DateChangeKind
from exercises.rules.values import Dose
from exercises.rules.wording import Refused, counted, dose_in_short
from exercises.training import Training, said_once, shown_line, stored_line, training_of, training_with
from exercises.views.access import own_workout, refused, sets_address, with_training, workout_address
from exercises.views.unwell import advice_page, stop_list_form, stop_list_page, ticked
from exercises.views.week import week_row

# --- starting --------------------------------------------------------------------------------------


def before_a_workout(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the training on the day to which a workout begun now belongs; in the night that is asked.

    What stands before a workout comes first. The day is kept in the address, as it says nothing about health.
    """

    @get_or_post
    @with_training
    @wraps(view)
    def asked(request: HttpRequest, training: Training, **kwargs: Any) -> HttpResponse:
        if before := _cannot_start(training):
            return before
        days = [day for day in (training.other_day, training.today) if day]
        said = request.GET.get("on")
        chosen = next((day for day in days if day.isoformat() == said), None)
        if chosen is None and training.other_day:
            if request.method == "POST":  # from a page that was made before midnight
                return redirect("workout_start")
            context = {"days": days, "left_open": training.left_open}
            return render(request, "exercises/start_day.html", context)
        if chosen is None and said:
            messages.info(request, f"This workout counts for {WEEKDAY_NAMES[training.today.weekday()]}.")
        then = training.as_of(chosen) if chosen else training
        return _cannot_start(then) or view(request, training=then, **kwargs)

    return asked


def _cannot_start(training: Training) -> HttpResponse | None:
    """A lock, a begun workout, a day of rest, or the safety lists."""
    if training.begun:
        return _go_on(training.begun)
    if training.state.is_locked:
        return redirect("safety")
    if training.rests_today:
        return redirect("today")
    if due := training.state.lists_due_for_workout(training.today):
        address = reverse("safety_list", kwargs={"name": due[0].replace("_", "-")})
        return redirect(f"{address}?{urlencode({'next': reverse('workout_start')})}")
    return None


def _step(name: str, request: HttpRequest, *, gently: bool = False) -> str:
    """The address of a page before a workout, with what the pages before it settled."""
    settled = {"on": request.GET["on"]} if "on" in request.GET else {}
    settled |= {"gently": "1"} if gently else {}
    return f"{reverse(name)}?{urlencode(settled)}" if settled else reverse(name)


@before_a_workout
def workout_start(request: HttpRequest, training: Training) -> HttpResponse:
    """ "Any new pain, or feeling unwell today?", then the workout."""
    form = UnwellForm(request.POST if request.method == "POST" else None, away=training.away)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["unwell"] == "yes":
            return redirect(_step("workout_unwell", request, gently=form.starts_gently))
        return _start(training, lighter_day=training.next_is_lighter, restart=form.starts_gently)
    context = {"form": form, "day": training.today if "on" in request.GET else None}
    return render(request, "exercises/start.html", context, status=422 if form.is_bound else 200)


@before_a_workout
def workout_unwell(request: HttpRequest, training: Training, *, explained: bool = False) -> HttpResponse:
    """What is new today: advice, no workout, or a lighter one."""
    gently = "gently" in request.GET
    form = stop_list_form(request, training.state, explained=explained)
    if not (form.is_bound and form.is_valid()):
        return stop_list_page(request, form, back=_step("workout_start", request))
    if isinstance(form, ListForm) and form.is_unsure:
        return redirect(_step("workout_unwell_explained", request, gently=gently))
    keys = ticked(form)
    if not keys:
        return _start(training, lighter_day=True, restart=gently)
    owner = Owner(training.person, "", training.person.time_zone)
    record_safety_list(owner=owner, list_key=STOP_LIST, answers=form.answers(), extras={})
    return advice_page(request, keys)


def _start(training: Training, *, lighter_day: bool, restart: bool) -> HttpResponse:
    """Begin the workout; starting one ends a pause."""
    schedule, today = training.schedule, training.today
    if schedule.is_paused(schedule.counts_from(today)):
        resume = schedule.structural(DateChangeKind.RESUME, today)
        change_plan(plan=training.plan, change=resume, today=today)
        training = (training_of(training.person) or training).as_of(today)
    prescription = training.prescription(lighter_day=lighter_day, restart=restart)
    slot = training.schedule.slot_for_workout(training.today)
    begun = start_workout(
        person=training.person,
        plan=training.plan,
        slot=slot,
        prescription=prescription,
        today=training.today,
    )
    return _go_on(begun)


def _go_on(begun: Workout) -> HttpResponse:
    """On to the warm-up, or to the exercise that comes next: the same for an impatient second tap."""
    logged = lines_logged(begun)
    due = during.next_exercise(logged)
    if due is None:
        return redirect(workout_address(begun))
    if during.is_untouched(logged):
        return redirect("workout_warm_up", day=begun.local_date, number=begun.number)
    return redirect(sets_address(begun, due))


# --- a workout -------------------------------------------------------------------------------------


@require_safe
def workout(request: HttpRequest, day: date, number: int = 1) -> HttpResponse:
    """A workout: while it runs what is done and what is next; afterwards what comes of it."""
    found = own_workout(request, day, number)
    idiom = idiom_of(found.person)
    lines = []
    logged = lines_logged(found)
    for stored in found.prescription["lines"]:
        line = stored_line(stored, idiom)
        log = logged.get(stored["exercise"])
        if line is None or log is None:
            continue
        at = (found.local_date, found.number, line["exercise"].slug)
        done = [row for row in found.sets.all() if row.exercise == stored["exercise"]]
        lines.append(
            {
                **line,
                "done": [
                    {
                        "row": row,
                        "load": idiom.weight(row.load_grams or 0),
                        "change": reverse("set_change", args=[*at, row.side, row.set_number]),
                    }
                    for row in done
                ],
                "logs": [row for row in found.exercise_logs.all() if row.exercise == stored["exercise"]],
                "told": [
                    (row.side, went_in_words(vars(row)))
                    for row in found.exercise_logs.all()
                    if row.exercise == stored["exercise"] and row.effort
                ],
                "is_dealt_with": during.is_dealt_with(line["exercise"], log),
                "is_stopped": any(answer.stopped for answer in log.answers),
                "is_left_out": during.is_left_out(log),
                "is_answered": during.is_answered(log),
                "hurt": hurts_too_much(log),
                "begun": bool(done),
            }
        )
    coming = during.next_exercise(logged)
    for_all, lines = said_once(lines)
    plan, person = found.plan, found.person
    if plan and plan.status == PlanStatus.ACTIVE:
        training: Training | None = training_with(plan, person)
    else:
        training = training_of(person)
    context = {
        "workout": found,
        "for_all": for_all,
        "lines": lines,
        "minutes": whole_minutes(found.prescription["seconds"]),
        "warm_up": rule_numbers().minutes.warm_up,
        "is_untouched": during.is_untouched(logged),
        "next": next((line for line in lines if line["exercise"] is coming), None),
        "locks": training.state.locks if training else (),
        "rests": training is not None and training.rests_today,
        "is_of_today": training is not None and found.local_date == training.today,
        "is_closed": training is not None and not training.state.allows_workout(training.today),
        "next_slot": training.schedule.next_slot_after(training.today) if training else None,
        "is_empty": not any(_has_entries(line) for line in lines),
    }
    targets = _next_targets(found, training, lines)
    if found.finished_at:
        return render(
            request, "exercises/workout_done.html", {**context, **_done(found, training, lines, targets)}
        )
    return render(request, "exercises/workout.html", {**context, "targets": targets})


def _has_entries(line: dict[str, Any]) -> bool:
    """Whether a set or an answer is stored; "left out" is neither."""
    return bool(line["done"]) or any(not row.says_nothing for row in line["logs"])


def _done(
    found: Workout,
    training: Training | None,
    lines: list[dict[str, Any]],
    targets: list[dict[str, Any]],
) -> dict[str, Any]:
    """What comes of a workout that has ended: its length, the week with it, and what goes up, from what."""
    sets = list(found.sets.all())
    last = [row.done_at for row in sets] + [row.logged_at for row in found.exercise_logs.all()]
    minutes = during.minutes_taken(found.started_at, max(last, default=found.started_at))
    parts = [f"{minutes}\u00a0minute{'' if minutes == 1 else 's'}"] if minutes else []
    parts += [f"{len(sets)}\u00a0set{'' if len(sets) == 1 else 's'}"] if sets else []
    for_all, risen = said_once([line for line in targets if line["is_higher"]])
    idiom = idiom_of(found.person)
    shown = [{**line, **_asked_and_done(line, idiom)} for line in lines]
    next_slot = training.schedule.next_slot_after(training.today) if training else None
    when = f"on {WEEKDAY_NAMES[next_slot.on.weekday()]}" if next_slot else "next time"
    schedule = training.schedule if training else None
    is_this_week = training is not None and training.schedule.week_of(
        found.local_date
    ) == training.schedule.week_of(training.today)
    return {
        "may_stretch": bool(sets)
        and training is not None
        and training.state.allows_workout(training.today)
        and found.local_date >= (training.night_of or training.today),
        "heading": f"Done: {', '.join(parts)}" if sets else "Nothing was logged",
        "days": week_row(training) if training and is_this_week else [],
        "week": schedule.week(found.local_date) if schedule else None,
        "reasons_to_rise": for_all,
        "risen": risen,
        "others": [line for line in targets if not line["is_higher"]],
        "rise": f"{counted(len(risen), 'goes', 'go').capitalize()} up {when}" if risen else "Next time",
        "lines": shown,
        "is_pair": any("both" not in line["did"] for line in shown if line["did"]),
        "felt_right": any(line["is_answered"] and not line["remarks"] for line in shown),
        "can_type": any(not _has_entries(line) for line in lines),
        "may_remove": any(map(_has_entries, lines)) and not any(line["hurt"] for line in lines),
        "note_form": NoteForm(initial={"note": found.note}),
    }


def _asked_and_done(line: dict[str, Any], idiom: Idiom) -> dict[str, Any]:
    """What was asked of an exercise and what was done of it, in short, and what was other than just right."""
    asked = line["prescribed"].shown
    sets: dict[str, list[SetLog]] = {}
    for done in line["done"]:
        sets.setdefault(done["row"].side, []).append(done["row"])
    remarks = {
        row.side: went_in_words(vars(row))
        for row in line["logs"]
        if row.effort and any(getattr(row, name) != usual for name, usual in AS_ASKED.items())
    }
    if len(remarks) > 1 and len(set(remarks.values())) == 1:
        remarks = {"both": remarks.popitem()[1]}
    return {
        "asked": dose_in_short([asked.repetitions] * asked.sets, [asked.load_grams], idiom),
        "did": {
            side: dose_in_short([row.repetitions for row in rows], [row.load_grams for row in rows], idiom)
            for side, rows in sets.items()
        },
        "remarks": sorted(remarks.items()),
    }


def _next_targets(
    found: Workout, training: Training | None, lines: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What comes next of the exercises of the latest workout, now that it is logged, beside what it was in it."""
    latest = next((row for row in reversed(training.workouts) if row.plan_id), None) if training else None
    if training is None or latest is None or found.pk != latest.pk:
        return []
    answered = {row.exercise for row in found.exercise_logs.all() if not row.says_nothing}
    coming = training.lines_on(training.changes_count_from)
    targets = [training.target(line) for line in coming if line.exercise in answered]
    before = {line["exercise"].key: line["prescribed"].standing for line in lines}
    return [
        {
            **shown_line(target.exercise, target.standing, target.reasons, training.idiom),
            "on_hold": target.on_hold,
            **_rise(target.exercise, before[target.exercise], target.standing, training.idiom),
            "is_higher": not target.on_hold
            and is_higher(catalogue().exercise(target.exercise), target.standing, before[target.exercise]),
        }
        for target in targets
        if target.available and target.exercise in before
    ]


def _rise(exercise: str, before: Dose, now: Dose, idiom: Idiom) -> dict[str, str]:
    """What an exercise asked for and what it asks for next, in short; with its step where that is another one."""
    short = [
        dose_in_short([dose.repetitions] * dose.sets, [dose.load_grams], idiom) for dose in (before, now)
    ]
    step = "" if before.rung == now.rung else catalogue().rung(exercise, now.rung).name
    return {"before": short[0], "then": short[1], "new_step": step}


@require_POST
def workout_finish(request: HttpRequest, day: date, number: int) -> HttpResponse:
    """End the workout."""
    found = own_workout(request, day, number)
    finish_workout(workout=found)
    return redirect(workout_address(found))


@require_POST
def workout_morning(request: HttpRequest, day: date, number: int) -> HttpResponse:
    """How the legs felt on the morning after."""
    found = own_workout(request, day, number)
    form = MorningForm(request.POST)
    if not form.is_valid():
        return refused(request, Refused("morning_unknown"), back=reverse("today"), status=422)
    tell_next_morning(workout=found, as_usual=form.cleaned_data["feels"] == "as_usual")
    return redirect("today")
