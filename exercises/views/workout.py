"""Pages of training day by day, each found by the signed-in person, so that there is no id to guess."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from assessments.actions import check as safety_actions
from assessments.forms.check import ListForm
from assessments.rules.safety import STOP_LIST
from exercises.actions.workout import (
    AnswersConflict,
    Place,
    SetConflict,
    SetKeyTaken,
    SetValues,
    change_plan,
    finish_workout,
    leave_out,
    record_answers,
    record_set,
    remove_set,
    start_workout,
    stop_exercise,
    tell_next_morning,
)
from exercises.forms.plan import NOT_IN_WORKOUT, HowForm, MorningForm, SetForm, UnwellForm, unit_of
from exercises.forms.typed import NoteForm
from exercises.models import PlanStatus, SetLog, Workout
from exercises.rows import idiom_of, lines_logged, owned_of
from exercises.rules import during, scheduling
from exercises.rules.catalogue import Exercise, catalogue
from exercises.rules.numbers import rule_numbers
from exercises.rules.targets import hurts_too_much
from exercises.rules.values import Prescribed
from exercises.rules.wording import Refused, because, words
from exercises.training import (
    Training,
    said_once,
    shown_line,
    stored_line,
    training_of,
    training_with,
)
from exercises.views.access import (
    exercise_at,
    own_workout,
    person_of,
    refused,
    wants_json,
    with_training,
    workout_address,
)
from exercises.views.unwell import advice_page, stop_list_form, stop_list_page, ticked

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# --- starting --------------------------------------------------------------------------------------


def _cannot_start(training: Training) -> HttpResponse | None:
    """What stands before a workout: a lock, a begun workout, or the safety lists."""
    if training.begun:
        return redirect(workout_address(training.begun))
    if training.state.is_locked:
        return redirect("safety")
    if due := training.state.lists_due_for_workout(training.today):
        address = reverse("safety_list", kwargs={"name": due[0].replace("_", "-")})
        return redirect(f"{address}?{urlencode({'next': reverse('workout_start')})}")
    return None


@get_or_post
@with_training
def workout_start(request: HttpRequest, training: Training) -> HttpResponse:
    """ "Any new pain, or feeling unwell today?", then the workout."""
    if before := _cannot_start(training):
        return before
    form = UnwellForm(request.POST if request.method == "POST" else None, away=training.away)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["unwell"] == "yes":
            gently = f"?{urlencode({'gently': 1})}" if form.starts_gently else ""
            return redirect(f"{reverse('workout_unwell')}{gently}")
        return _start(training, lighter_day=_was_told_not_to(training), restart=form.starts_gently)
    return render(request, "exercises/start.html", {"form": form}, status=422 if form.is_bound else 200)


def _was_told_not_to(training: Training) -> bool:
    """Whether no workout was begun since something on the stop list was ticked: the next is a lighter one, once.

    It may have been ticked in the middle of the latest workout.
    """
    told_on = training.state.answered_on.get(STOP_LIST)
    latest = training.workouts[-1] if training.workouts else None
    if told_on is None:
        return False
    if latest is None or latest.local_date != told_on:
        return latest is None or latest.local_date < told_on
    told = safety_actions.answered_at(training.person, STOP_LIST)
    return told is not None and latest.started_at < told


@get_or_post
@with_training
def workout_unwell(request: HttpRequest, training: Training, *, explained: bool = False) -> HttpResponse:
    """What is new today: advice, no workout, or a lighter one."""
    if before := _cannot_start(training):
        return before
    restart = "gently" in request.GET  # carried from the page before; it says nothing about health
    form = stop_list_form(request, training.state, explained=explained)
    if not (form.is_bound and form.is_valid()):
        return stop_list_page(request, form, back=reverse("workout_start"))
    if isinstance(form, ListForm) and form.is_unsure:
        gently = f"?{urlencode({'gently': 1})}" if restart else ""
        return redirect(f"{reverse('workout_unwell_explained')}{gently}")
    keys = ticked(form)
    if not keys:
        return _start(training, lighter_day=True, restart=restart)
    owner = safety_actions.Owner(training.person, "", training.person.time_zone)
    safety_actions.record_safety_list(owner=owner, list_key=STOP_LIST, answers=form.answers(), extras={})
    return advice_page(request, keys)


def _start(training: Training, *, lighter_day: bool, restart: bool) -> HttpResponse:
    """Begin the workout; starting one ends a pause."""
    schedule, today = training.schedule, training.today
    if schedule.is_paused(schedule.counts_from(today)):
        resume = schedule.structural(scheduling.ChangeKind.RESUME, today)
        change_plan(plan=training.plan, change=resume, today=today)
        training = training_of(training.person) or training
    prescription = training.prescription(lighter_day=lighter_day, restart=restart)
    slot = training.schedule.slot_for_workout(training.today)
    begun = start_workout(
        person=training.person,
        plan=training.plan,
        slot=slot,
        prescription=prescription,
        today=training.today,
    )
    return redirect(workout_address(begun))


# --- a workout -------------------------------------------------------------------------------------


@require_safe
def workouts(request: HttpRequest) -> HttpResponse:
    """Past workouts, the latest first, all or those with one exercise, and the coming ones."""
    person = person_of(request)
    training = training_of(person)
    chosen = request.GET.get("exercise", "")
    known = exercise_at(chosen) if chosen else None
    past = Workout.objects.filter(person=person).order_by("-local_date", "-number")
    if known:
        past = past.filter(pk__in=SetLog.objects.filter(person=person, exercise=known.key).values("workout"))
    context = {
        "past": past[:60],
        "coming": training.coming() if training else [],
        "training": training,
        "chosen": known,
        "exercises": catalogue().exercises.values(),
    }
    return render(request, "exercises/workouts.html", context)


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
        done = [row for row in found.sets.all() if row.exercise == stored["exercise"]]
        lines.append(
            {
                **line,
                "done": [{"row": row, "load": idiom.weight(row.load_grams or 0)} for row in done],
                "logs": [row for row in found.exercise_logs.all() if row.exercise == stored["exercise"]],
                "is_dealt_with": during.is_dealt_with(line["exercise"], log),
                "is_stopped": any(answer.stopped for answer in log.answers),
                "is_left_out": not done and not any(answer.effort is not None for answer in log.answers),
                "is_answered": any(answer.effort is not None for answer in log.answers),
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
        "minutes": -(-found.prescription["seconds"] // 60),
        "warm_up": words(because("warm_up", minutes=rule_numbers().minutes.warm_up)),
        "next": next((line for line in lines if line["exercise"] is coming), None),
        "locks": training.state.locks if training else (),
        "coming_targets": _next_targets(found, training),
        "next_slot": training.schedule.next_slot(training.today + timedelta(days=1)) if training else None,
        "is_empty": not any(_has_entries(line) for line in lines),
        "can_type": any(not _has_entries(line) for line in lines),
        "note_form": NoteForm(initial={"note": found.note}),
    }
    return render(request, "exercises/workout.html", context)


def _has_entries(line: dict[str, Any]) -> bool:
    """Whether a set or an answer is stored; "left out" is neither."""
    return bool(line["done"]) or any(not row.says_nothing for row in line["logs"])


def _next_targets(found: Workout, training: Training | None) -> list[dict[str, Any]]:
    """What comes next of the exercises of this workout, now that it is logged."""
    if training is None or found.pk not in {workout.pk for workout in training.workouts}:
        return []
    answered = {row.exercise for row in found.exercise_logs.all() if not row.says_nothing}
    lines = training.lines_on(training.changes_count_from)
    targets = [training.target(line) for line in lines if line.exercise in answered]
    return [
        {
            **shown_line(target.exercise, target.standing, target.reasons, training.idiom),
            "on_hold": target.on_hold,
        }
        for target in targets
        if target.available
    ]


@dataclass(frozen=True)
class Doing:
    """One exercise of a begun workout."""

    workout: Workout
    exercise: Exercise
    line: dict[str, Any]

    @property
    def prescribed(self) -> Prescribed:
        """What was prescribed."""
        prescribed: Prescribed = self.line["prescribed"]
        return prescribed

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides in the order in which they are done."""
        sides: tuple[str, ...] = self.line["rung"].laterality.sides
        return sides if sides == ("both",) or self.prescribed.first_side == "left" else ("right", "left")

    @cached_property
    def done(self) -> dict[tuple[str, int], SetLog]:
        """The stored sets by place: one query, when it is first asked."""
        return {
            (row.side, row.set_number): row for row in self.workout.sets.filter(exercise=self.exercise.key)
        }

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped because it hurt."""
        return self.workout.exercise_logs.filter(exercise=self.exercise.key, stopped=True).exists()

    @property
    def open_places(self) -> list[Place]:
        """The places without a set, in the order in which they are done: side by side within a set."""
        done = self.done
        return [
            Place(self.exercise.key, side, number)
            for number in range(1, self.prescribed.shown.sets + 1)
            for side in self.sides
            if (side, number) not in done
        ]

    @property
    def next_place(self) -> Place | None:
        """The first place without a set."""
        return next(iter(self.open_places), None)

    def holds(self, side: str, number: int) -> bool:
        """Whether this exercise has such a place."""
        return side in self.sides and 1 <= number <= self.prescribed.shown.sets

    def address(self, name: str, **kwargs: Any) -> str:
        """An address below this exercise."""
        where = {
            "day": self.workout.local_date,
            "number": self.workout.number,
            "exercise": self.exercise.slug,
        }
        return reverse(name, kwargs={**where, **kwargs})

    def values(self, repetitions: int, load_grams: int | None) -> SetValues:
        """A set as it is stored."""
        shown = self.prescribed.shown
        return SetValues(
            rung=shown.rung,
            repetitions=repetitions,
            hold_seconds=shown.hold_seconds,
            load_grams=load_grams if shown.load_grams is not None else None,
            band=shown.band or "",
        )

    def differing(self, stored: SetLog, sent: SetValues) -> tuple[str, str]:
        """What two sets for one place do not agree on, each as a person reads it: "8 repetitions, 4 kg"."""
        idiom, unit = idiom_of(self.workout.person), unit_of(self.exercise)

        def said(one: SetLog | SetValues) -> list[str]:
            return [
                f"{one.repetitions} {unit}",
                f"hold {one.hold_seconds} second{'' if one.hold_seconds == 1 else 's'}",
                idiom.weight(one.load_grams) if one.load_grams else "no weight",
                idiom.band(one.band) if one.band else "no band",
            ]

        pairs = [(a, b) for a, b in zip(said(stored), said(sent), strict=True) if a != b]
        return ", ".join(a for a, _ in pairs), ", ".join(b for _, b in pairs)

    def form(self, data: Any, place: Place, stored: SetLog | None = None) -> SetForm:
        """The form of one set, filled with the target or with what is stored."""
        shown = self.prescribed.shown
        loads: list[int] = []
        if shown.load_grams is not None and self.workout.plan:
            owned = owned_of(self.workout.person).loads_for(self.line["rung"])
            loads = sorted(
                {*owned, shown.load_grams, *([stored.load_grams] if stored and stored.load_grams else [])}
            )
        return SetForm(
            data,
            unit=unit_of(self.exercise),
            loads=loads,
            idiom=idiom_of(self.workout.person),
            initial={
                "side": place.side,
                "set_number": place.set_number,
                "revision": stored.revision if stored else 0,
                "client_key": uuid4(),
                "shown_at": clock.now().timestamp(),
                "repetitions": stored.repetitions if stored else shown.repetitions,
                "load_grams": stored.load_grams if stored else shown.load_grams,
            },
        )


def doing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the exercise in the person's own workout; 404 where it is not in its prescription."""

    @wraps(view)
    def found(request: HttpRequest, day: date, number: int, exercise: str, **kwargs: Any) -> HttpResponse:
        workout = own_workout(request, day, number, with_log=False)
        known = exercise_at(exercise)
        stored = next((line for line in workout.prescription["lines"] if line["exercise"] == known.key), None)
        line = stored_line(stored, idiom_of(workout.person)) if stored else None
        if line is None:
            raise Http404
        return view(request, Doing(workout, known, line), **kwargs)

    return found


@get_or_post
@doing
def exercise_sets(request: HttpRequest, now: Doing) -> HttpResponse:
    """The set that is next: count, side, and one button. After the last one, how it went."""
    if request.method == "POST":
        return _save_set(request, now)
    place = now.next_place
    if place is None or now.is_stopped:
        return redirect(now.address("exercise_how"))
    return _set_page(request, now, place, now.form(None, place))


def _set_page(request: HttpRequest, now: Doing, place: Place, form: SetForm) -> HttpResponse:
    context = {
        "form": form,
        "workout": now.workout,
        "exercise": now.exercise,
        "line": now.line,
        "place": place,
        "places": now.open_places or [place],
        "rest_seconds": rule_numbers().minutes.seconds_between_sets,
        "sides": now.sides,
        "shown": now.prescribed.shown,
        "unit": unit_of(now.exercise),
        "done": [row for _, row in sorted(now.done.items(), key=lambda item: (item[0][1], item[0][0]))],
        "stop": now.address("exercise_stop"),
        "how": now.address("exercise_how"),
        "back": workout_address(now.workout),
    }
    return render(request, "exercises/set.html", context, status=422 if form.is_bound else 200)


def _seconds_ago(request: HttpRequest) -> int:
    """How long what is sent has waited, as the queue of the player says; a form is sent when it is filled in."""
    said = request.POST.get("seconds_ago", "")
    return int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0


def _save_set(request: HttpRequest, now: Doing) -> HttpResponse:
    """Store what was sent: once, in its own place, whatever the page showed when it was sent."""
    first = Place(now.exercise.key, now.sides[0], 1)
    form = now.form(request.POST, first)
    if form.is_valid():
        sent = Place(now.exercise.key, form.cleaned_data["side"], form.cleaned_data["set_number"])
        if not now.holds(sent.side, sent.set_number):
            form.add_error(None, NOT_IN_WORKOUT)
        elif form.is_same_tap:
            messages.info(
                request, "That was less than a second after the last tap, so it was taken as the same tap."
            )
            return redirect(now.address("exercise_sets"))
        elif stored := _store(request, now, sent, form):
            return stored
    if wants_json(request):
        return _not_a_set(form)
    return _set_page(request, now, now.next_place or first, form)


def _not_a_set(form: SetForm) -> HttpResponse:
    """What is wrong with what the queue sent, in words."""
    return JsonResponse({"errors": [error for found in form.errors.values() for error in found]}, status=422)


def _store(
    request: HttpRequest, now: Doing, place: Place, form: SetForm, *, then: str = ""
) -> HttpResponse | None:
    """Store a valid form in its place, or show both where another set stands there; None if its key is taken.

    then  where to go on; the next set unless said otherwise
    """
    values = now.values(form.cleaned_data["repetitions"], form.cleaned_data.get("load_grams"))
    try:
        stored = record_set(
            workout=now.workout,
            place=place,
            values=values,
            client_key=form.cleaned_data["client_key"],
            revision=form.cleaned_data["revision"] or 0,
            seconds_ago=_seconds_ago(request),
        )
    except SetConflict as conflict:
        return _set_conflict(request, now, place, values, conflict.stored)
    except SetKeyTaken:
        form.refuse_key()
        return None
    if wants_json(request):
        return JsonResponse({"stored": _as_json(stored)})
    return redirect(then or now.address("exercise_sets"))


def _as_json(stored: SetLog) -> dict[str, int]:
    return {"repetitions": stored.repetitions, "revision": stored.revision}


def _set_conflict(
    request: HttpRequest, now: Doing, place: Place, sent: SetValues, stored: SetLog
) -> HttpResponse:
    """Two phones said different things of the same set: both are shown, the person decides."""
    stored_words, sent_words = now.differing(stored, sent)
    if wants_json(request):
        both = {"stored": stored_words, "sent": sent_words}
        return JsonResponse({"stored": _as_json(stored), "words": both}, status=409)
    context = {
        "exercise": now.exercise,
        "place": place,
        "stored_words": stored_words,
        "sent_words": sent_words,
        "sent": sent,
        "stored": stored,
        "client_key": uuid4(),
        "address": now.address("set_change", side=place.side, set_number=place.set_number),
        "keep": now.address("exercise_sets"),
    }
    return render(request, "exercises/set_conflict.html", context, status=409)


@get_or_post
@doing
def set_change(request: HttpRequest, now: Doing, *, side: str, set_number: int) -> HttpResponse:
    """Correct a stored set. What it changes shows at the next workout; a begun one keeps its targets."""
    stored = now.done.get((side, set_number))
    if stored is None:
        raise Http404
    place = Place(now.exercise.key, side, set_number)
    form = now.form(request.POST if request.method == "POST" else None, place, stored)
    form.button = "Save"
    back = workout_address(now.workout)
    if form.is_bound and form.is_valid() and (done := _store(request, now, place, form, then=back)):
        return done
    if form.is_bound and wants_json(request):
        return _not_a_set(form)
    context = {
        "form": form,
        "exercise": now.exercise,
        "place": place,
        "stored": stored,
        "remove": now.address("set_remove", side=side, set_number=set_number),
        "back": back,
    }
    return render(request, "exercises/set_change.html", context, status=422 if form.is_bound else 200)


@require_POST
@doing
def set_remove(request: HttpRequest, now: Doing, *, side: str, set_number: int) -> HttpResponse:
    """Take a logged set away; its place is open again. The key says which set was seen there."""
    if not now.holds(side, set_number):
        raise Http404
    back = workout_address(now.workout) if now.workout.finished_at else now.address("exercise_sets")
    place = Place(now.exercise.key, side, set_number)
    try:
        remove_set(workout=now.workout, place=place, client_key=request.POST.get("client_key", ""))
    except Refused as why:
        if wants_json(request):
            return JsonResponse({"errors": [str(why)]}, status=422)
        return refused(request, why, back=back)
    if wants_json(request):
        return JsonResponse({"removed": True})
    where = f"set {set_number}" if side == "both" else f"{side}, set {set_number}"
    messages.success(request, f"Taken away: {where}. You can do it again, or leave it out.")
    return redirect(back)


@require_POST
@doing
def exercise_stop(request: HttpRequest, now: Doing) -> HttpResponse:
    """ "This hurts: stop this exercise": kept at once, then how it went is asked."""
    stop_exercise(
        workout=now.workout,
        exercise=now.exercise.key,
        sides=_stopped_sides(request, now),
        seconds_ago=_seconds_ago(request),
    )
    if wants_json(request):
        return JsonResponse({"stopped": True})
    return redirect(now.address("exercise_how"))


def _stopped_sides(request: HttpRequest, now: Doing) -> tuple[str, ...]:
    side = request.POST.get("side")
    return (side,) if side in now.sides else now.sides


@get_or_post
@doing
def exercise_how(request: HttpRequest, now: Doing) -> HttpResponse:
    """How the exercise went, each side once, after its last set; where it hurt too much, care comes first."""
    rows = {row.side: row for row in now.workout.exercise_logs.filter(exercise=now.exercise.key)}
    stopped = {side for side, row in rows.items() if row.stopped}
    sides = tuple(sorted(now.sides))
    form = HowForm(
        request.POST if request.method == "POST" else None,
        sides=sides,
        stopped=stopped,
        initial={key: value for side, row in rows.items() for key, value in _how_initial(side, row).items()},
    )
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            record_answers(
                workout=now.workout, exercise=now.exercise.key, answers=form.answers(), seen=form.seen()
            )
            return _after_how(request, now)
        except AnswersConflict:
            conflict = True
            form.has_seen({side: row.revision for side, row in rows.items()})
    logged = lines_logged(now.workout)
    context = {
        "form": form,
        "workout": now.workout,
        "exercise": now.exercise,
        "line": now.line,
        "hurts": hurts_too_much(logged[now.exercise.key]),
        "care": during.care(),
        "next": during.next_exercise(logged),
        "said": any(row.effort for row in rows.values()),
        "is_left_out": bool(rows) and all(row.says_nothing for row in rows.values()),
        "done": [row for _, row in sorted(now.done.items())],
        "leave": now.address("exercise_leave"),
        "missing": now.next_place,
        "stopped": stopped,
        "stored": rows.values() if conflict else [],
        "back": workout_address(now.workout),
        "sets": now.address("exercise_sets"),
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "exercises/how.html", context, status=status)


def _after_how(request: HttpRequest, now: Doing) -> HttpResponse:
    """To the workout; where it hurt too much, a word of care comes first, however often it is sent."""
    if not hurts_too_much(lines_logged(now.workout)[now.exercise.key]):
        return redirect(workout_address(now.workout))
    messages.success(request, "Saved.")
    return redirect(now.address("exercise_how"))


@require_POST
@doing
def exercise_leave(request: HttpRequest, now: Doing) -> HttpResponse:  # noqa: ARG001
    """Leave an exercise out of this workout. With a set of it stored, how it went is asked."""
    if now.done:
        return redirect(now.address("exercise_how"))
    leave_out(workout=now.workout, exercise=now.exercise.key, sides=now.sides)
    return redirect(workout_address(now.workout))


def _how_initial(side: str, row: Any) -> dict[str, Any]:
    known = {} if row.went_cleanly is None else {f"clean_{side}": "yes" if row.went_cleanly else "no"}
    return {
        f"effort_{side}": row.effort,
        f"pain_{side}": "" if row.pain is None else str(row.pain),
        f"revision_{side}": row.revision,
        **known,
    }


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
