"""Pages of one exercise in a workout: its sets, and how it went."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.clock import today_for
from accounts.requests import get_or_post, wants_json
from assessments.rows import state_for
from exercises.actions.sets import (
    AnswersConflict,
    SetConflict,
    SetKeyTaken,
    SetPlace,
    SetRemoved,
    SetValues,
    leave_out,
    record_answers,
    record_set,
    remove_set,
    stop_exercise,
)
from exercises.forms.sets import NOT_IN_WORKOUT, HowForm, SetForm, unit_of
from exercises.models import SetLog, Workout
from exercises.rows import idiom_of, lines_logged, owned_of
from exercises.rules import during
from exercises.rules.catalogue import Exercise
from exercises.rules.numbers import rule_numbers
from exercises.rules.reading import hurts_too_much
from exercises.rules.values import Prescribed
from exercises.rules.wording import Refused
from exercises.training import stored_line
from exercises.views.access import exercise_at, own_workout, refused, workout_address


@dataclass(frozen=True)
class WorkoutExercise:
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
        return during.sides_in_order(self.line["rung"], self.prescribed.first_side)

    @cached_property
    def done(self) -> dict[tuple[str, int], SetLog]:
        """The stored sets by place: one query, when it is first asked."""
        return {
            (row.side, row.set_number): row for row in self.workout.sets.filter(exercise=self.exercise.key)
        }

    @cached_property
    def may_go_on(self) -> bool:
        """Whether a set may be done now; what was done before is stored in any case."""
        person = self.workout.person
        return state_for(person).allows_workout(today_for(person))

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped because it hurt."""
        return self.workout.exercise_logs.filter(exercise=self.exercise.key, stopped=True).exists()

    @property
    def open_places(self) -> list[SetPlace]:
        """The places without a set, in the order in which they are done: side by side within a set."""
        found = during.open_places(self.sides, self.prescribed.shown.sets, self.done.keys())
        return [SetPlace(self.exercise.key, side, number) for side, number in found]

    @property
    def next_place(self) -> SetPlace | None:
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

    def form(self, data: Any, place: SetPlace, stored: SetLog | None = None) -> SetForm:
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


def with_workout_exercise(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the exercise in the person's own workout; 404 where it is not in its prescription."""

    @wraps(view)
    def found(request: HttpRequest, day: date, number: int, exercise: str, **kwargs: Any) -> HttpResponse:
        workout = own_workout(request, day, number, with_log=False)
        known = exercise_at(exercise)
        stored = next((line for line in workout.prescription["lines"] if line["exercise"] == known.key), None)
        line = stored_line(stored, idiom_of(workout.person)) if stored else None
        if line is None:
            raise Http404
        return view(request, WorkoutExercise(workout, known, line), **kwargs)

    return found


@get_or_post
@with_workout_exercise
def exercise_sets(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """The set that is next: count, side, and one button. After the last one, how it went."""
    if request.method == "POST":
        return _save_set(request, part)
    if not part.may_go_on:
        return redirect(workout_address(part.workout))
    place = part.next_place
    if place is None or part.is_stopped:
        return redirect(part.address("exercise_how"))
    return _set_page(request, part, place, part.form(None, place))


def _set_page(request: HttpRequest, part: WorkoutExercise, place: SetPlace, form: SetForm) -> HttpResponse:
    context = {
        "form": form,
        "workout": part.workout,
        "exercise": part.exercise,
        "line": part.line,
        "place": place,
        "places": " ".join(f"{one.side}:{one.set_number}" for one in part.open_places or [place]),
        "rest_seconds": rule_numbers().minutes.seconds_between_sets,
        "sides": part.sides,
        "shown": part.prescribed.shown,
        "unit": unit_of(part.exercise),
        "done": [row for _, row in sorted(part.done.items(), key=lambda item: (item[0][1], item[0][0]))],
        "stop": part.address("exercise_stop"),
        "how": part.address("exercise_how"),
        "care": during.care(),
        "back": workout_address(part.workout),
    }
    return render(request, "exercises/set.html", context, status=422 if form.is_bound else 200)


def _seconds_ago(request: HttpRequest) -> int:
    """How long what is sent has waited, as the queue of the player says; a form is sent when it is filled in."""
    said = request.POST.get("seconds_ago", "")
    return int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0


def _save_set(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """Store what was sent: once, in its own place, whatever the page showed when it was sent."""
    first = SetPlace(part.exercise.key, part.sides[0], 1)
    form = part.form(request.POST, first)
    if form.is_valid():
        sent = SetPlace(part.exercise.key, form.cleaned_data["side"], form.cleaned_data["set_number"])
        if not part.holds(sent.side, sent.set_number):
            form.add_error(None, NOT_IN_WORKOUT)
        elif form.is_same_tap:
            messages.info(
                request, "That was less than a second after the last tap, so it was taken as the same tap."
            )
            return redirect(part.address("exercise_sets"))
        elif stored := _store(request, part, sent, form):
            return stored
    if wants_json(request):
        return _not_a_set(form)
    return _set_page(request, part, part.next_place or first, form)


def _not_a_set(form: SetForm) -> HttpResponse:
    """What is wrong with what the queue sent, in words."""
    return JsonResponse({"errors": [error for found in form.errors.values() for error in found]}, status=422)


def _store(
    request: HttpRequest, part: WorkoutExercise, place: SetPlace, form: SetForm, *, then: str = ""
) -> HttpResponse | None:
    """Store a valid form in its place, or show both where another set stands there; None if its key is taken.

    then  where to go on; the next set unless said otherwise
    """
    values = part.values(form.cleaned_data["repetitions"], form.cleaned_data.get("load_grams"))
    try:
        stored = record_set(
            workout=part.workout,
            place=place,
            values=values,
            client_key=form.cleaned_data["client_key"],
            revision=form.cleaned_data["revision"] or 0,
            seconds_ago=_seconds_ago(request),
        )
    except SetConflict as conflict:
        return _set_conflict(request, part, place, values, conflict.stored)
    except SetKeyTaken:
        form.refuse_key()
        return None
    except SetRemoved:
        if wants_json(request):
            return JsonResponse({"removed": True})
        messages.info(
            request, f"Not stored, as it was taken away before: {_in_words(place)}. You can do it again."
        )
        return redirect(then or part.address("exercise_sets"))
    if wants_json(request):
        return JsonResponse({"stored": _as_json(stored)})
    return redirect(then or part.address("exercise_sets"))


def _in_words(place: SetPlace) -> str:
    return f"set {place.set_number}" if place.side == "both" else f"{place.side}, set {place.set_number}"


def _as_json(stored: SetLog) -> dict[str, Any]:
    return {
        "repetitions": stored.repetitions,
        "revision": stored.revision,
        "client_key": str(stored.client_key),
    }


def _set_conflict(
    request: HttpRequest, part: WorkoutExercise, place: SetPlace, sent: SetValues, stored: SetLog
) -> HttpResponse:
    """Two phones said different things of the same set: both are shown, the person decides."""
    stored_words, sent_words = part.differing(stored, sent)
    if wants_json(request):
        both = {"stored": stored_words, "sent": sent_words}
        return JsonResponse({"stored": _as_json(stored), "words": both}, status=409)
    context = {
        "exercise": part.exercise,
        "place": place,
        "stored_words": stored_words,
        "sent_words": sent_words,
        "sent": sent,
        "stored": stored,
        "client_key": uuid4(),
        "address": part.address("set_change", side=place.side, set_number=place.set_number),
        "keep": part.address("exercise_sets"),
    }
    return render(request, "exercises/set_conflict.html", context, status=409)


@get_or_post
@with_workout_exercise
def set_change(request: HttpRequest, part: WorkoutExercise, *, side: str, set_number: int) -> HttpResponse:
    """Correct a stored set. What it changes shows at the next workout; a begun one keeps its targets."""
    stored = part.done.get((side, set_number))
    if stored is None:
        raise Http404
    place = SetPlace(part.exercise.key, side, set_number)
    form = part.form(request.POST if request.method == "POST" else None, place, stored)
    form.button = "Save"
    back = workout_address(part.workout)
    if form.is_bound and form.is_valid() and (done := _store(request, part, place, form, then=back)):
        return done
    if form.is_bound and wants_json(request):
        return _not_a_set(form)
    context = {
        "form": form,
        "exercise": part.exercise,
        "place": place,
        "stored": stored,
        "remove": part.address("set_remove", side=side, set_number=set_number),
        "back": back,
    }
    return render(request, "exercises/set_change.html", context, status=422 if form.is_bound else 200)


@require_POST
@with_workout_exercise
def set_remove(request: HttpRequest, part: WorkoutExercise, *, side: str, set_number: int) -> HttpResponse:
    """Take a logged set away; its place is open again. The key says which set was seen there."""
    if not part.holds(side, set_number):
        raise Http404
    back = workout_address(part.workout) if part.workout.finished_at else part.address("exercise_sets")
    place = SetPlace(part.exercise.key, side, set_number)
    try:
        remove_set(workout=part.workout, place=place, client_key=_key_sent(request))
    except Refused as why:
        if wants_json(request):
            return JsonResponse({"errors": [str(why)]}, status=422)
        return refused(request, why, back=back)
    if wants_json(request):
        return JsonResponse({"removed": True})
    messages.success(request, f"Taken away: {_in_words(place)}. You can do it again, or leave it out.")
    return redirect(back)


def _key_sent(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("client_key", ""))
    except ValueError:
        return None


@require_POST
@with_workout_exercise
def exercise_stop(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """ "This hurts: stop this exercise": kept at once, then how it went is asked."""
    stop_exercise(
        workout=part.workout,
        exercise=part.exercise.key,
        sides=_stopped_sides(request, part),
        seconds_ago=_seconds_ago(request),
    )
    if wants_json(request):
        return JsonResponse({"stopped": True})
    return redirect(part.address("exercise_how"))


def _stopped_sides(request: HttpRequest, part: WorkoutExercise) -> tuple[str, ...]:
    side = request.POST.get("side")
    return (side,) if side in part.sides else part.sides


@get_or_post
@with_workout_exercise
def exercise_how(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """How the exercise went, each side once, after its last set; where it hurt too much, care comes first."""
    rows = {row.side: row for row in part.workout.exercise_logs.filter(exercise=part.exercise.key)}
    stopped = {side for side, row in rows.items() if row.stopped}
    sides = tuple(sorted(part.sides))
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
                workout=part.workout, exercise=part.exercise.key, answers=form.answers(), seen=form.seen()
            )
            return _after_how(request, part)
        except AnswersConflict:
            conflict = True
            form.has_seen({side: row.revision for side, row in rows.items()})
    logged = lines_logged(part.workout)
    context = {
        "form": form,
        "workout": part.workout,
        "exercise": part.exercise,
        "line": part.line,
        "hurts": hurts_too_much(logged[part.exercise.key]),
        "care": during.care(),
        "next": during.next_exercise(logged) if part.may_go_on else None,
        "said": any(row.effort for row in rows.values()),
        "is_left_out": bool(rows) and all(row.says_nothing for row in rows.values()),
        "done": [row for _, row in sorted(part.done.items())],
        "leave": part.address("exercise_leave"),
        "missing": part.next_place if part.may_go_on else None,
        "stopped": stopped,
        "stored": rows.values() if conflict else [],
        "back": workout_address(part.workout),
        "sets": part.address("exercise_sets"),
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "exercises/how.html", context, status=status)


def _after_how(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """To the workout; where it hurt too much, a word of care comes first, however often it is sent."""
    if not hurts_too_much(lines_logged(part.workout)[part.exercise.key]):
        return redirect(workout_address(part.workout))
    messages.success(request, "Saved.")
    return redirect(part.address("exercise_how"))


@require_POST
@with_workout_exercise
def exercise_leave(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:  # noqa: ARG001
    """Leave an exercise out of this workout. With a set of it stored, how it went is asked."""
    if part.done:
        return redirect(part.address("exercise_how"))
    leave_out(workout=part.workout, exercise=part.exercise.key, sides=part.sides)
    return redirect(workout_address(part.workout))


def _how_initial(side: str, row: Any) -> dict[str, Any]:
    known = {} if row.went_cleanly is None else {f"clean_{side}": "yes" if row.went_cleanly else "no"}
    return {
        f"effort_{side}": row.effort,
        f"pain_{side}": "" if row.pain is None else str(row.pain),
        f"revision_{side}": row.revision,
        **known,
    }
