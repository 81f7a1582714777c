"""Pages of the sets of one exercise in a workout."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.requests import get_or_post, wants_json
from exercises.actions.sets import (
    SetConflict,
    SetKeyTaken,
    SetPlace,
    SetRemoved,
    SetValues,
    record_set,
    remove_set,
)
from exercises.forms.preferences import ExercisePaceForm
from exercises.forms.sets import NOT_IN_WORKOUT, SetForm, unit_of
from exercises.models import SetLog
from exercises.rows import preferences_of
from exercises.rules import during
from exercises.rules.numbers import rule_numbers
from exercises.rules.wording import Refused
from exercises.views.access import refused, workout_address
from exercises.views.in_workout import WorkoutExercise, seconds_ago, with_workout_exercise
from exercises.views.log import log_context, log_form


@get_or_post
@with_workout_exercise
def exercise_sets(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """The set that is next: count, side, and one button. After the last one, how it went."""
    if request.method == "POST":
        return _save_set(request, part)
    if not part.may_go_on:
        return redirect(workout_address(part.workout))
    place = part.next_place
    if place is None or part.stopped:
        return redirect(part.address("exercise_how"))
    return _set_page(request, part, place, part.form(None, place))


def _set_page(request: HttpRequest, part: WorkoutExercise, place: SetPlace, form: SetForm) -> HttpResponse:
    shown, following = part.prescribed.shown, part.next_exercise
    preferences = preferences_of(part.workout.person, part.exercise.key)
    pace, always = preferences.pace, preferences.for_all
    # For the player: seconds to hold, to move one way, to get ready and to rest; repetitions; pain that is too much.
    told = (
        shown.hold_seconds,
        pace.move_seconds,
        pace.ready_seconds,
        pace.rest_seconds,
        shown.repetitions,
        rule_numbers().progression.stop_from_pain,
    )
    context = {
        **log_context(part, log_form(part, None)),
        **_last_set(part),
        "form": form,
        "workout": part.workout,
        "exercise": part.exercise,
        "line": part.line,
        "place": place,
        "places": " ".join(f"{one.side}:{one.set_number}" for one in part.open_places or [place]),
        "numbers": " ".join(str(number) for number in told),
        "note": preferences.note,
        "pace_form": ExercisePaceForm(
            None, pace=preferences.own, for_all=always, note=preferences.note, auto_id="pace_%s"
        ),
        "always": f"{always.rest_seconds} {always.ready_seconds} {always.move_seconds}",
        "moving": rule_numbers().pace.move_seconds.items(),
        "sides": part.sides,
        "shown": shown,
        "unit": unit_of(part.exercise),
        "next": following,
        "next_address": part.address_after if following else "",
        "here": part.address("exercise_sets"),
        "stop": part.address("exercise_stop"),
        "leave": part.address("exercise_leave"),
        "care": during.care(),
        "back": workout_address(part.workout),
    }
    return render(request, "exercises/set.html", context, status=422 if form.is_bound else 200)


def _last_set(part: WorkoutExercise) -> dict[str, Any]:
    """The set that was done last: the one that can be taken away."""
    if not part.done:
        return {}
    row = max(part.done.values(), key=lambda row: (row.done_at, row.pk))
    return {
        "undo": part.address("set_remove", side=row.side, set_number=row.set_number),
        "undo_place": f"{row.side}:{row.set_number}",
        "undo_key": row.client_key,
    }


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
            seconds_ago=seconds_ago(request),
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
