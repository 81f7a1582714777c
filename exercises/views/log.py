"""How one exercise of a workout went: one tap, a short form, "this hurts", or left out."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.requests import get_or_post, wants_json
from exercises.actions.log import LogConflict, leave_out, record_exercise, stop_exercise, stored_log
from exercises.actions.workout import finish_workout
from exercises.forms.log import AsAskedForm, LogForm, told_in_words
from exercises.forms.sets import unit_of
from exercises.rows import preferences_of
from exercises.rules import during
from exercises.rules.reading import hurts_too_much
from exercises.views.access import own_workout, workout_address
from exercises.views.in_workout import WorkoutExercise, seconds_ago, with_workout_exercise


@get_or_post
@with_workout_exercise
def exercise_how(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """How the exercise went, told once after its last set; where it hurt too much, care comes first."""
    data = request.POST if request.method == "POST" else None
    form = AsAskedForm(data, asked=part.asked) if data and "as_asked" in data else log_form(part, data)
    if form.is_bound and form.is_valid():
        try:
            record_exercise(
                workout=part.workout,
                told=form.told(),
                key=form.cleaned_data["client_key"],
                seen=form.cleaned_data["revision"],
                own=form.own,
                seconds_ago=seconds_ago(request),
            )
        except LogConflict:
            return _conflict(request, part, form)
        return _after_log(request, part)
    if form.is_bound and wants_json(request):
        errors = [error for found in form.errors.values() for error in found]
        return JsonResponse({"errors": errors}, status=422)
    return _page(request, part, form, status=422 if form.is_bound else 200)


def log_form(part: WorkoutExercise, data: Any) -> LogForm:
    """The form of what was different, filled with what is stored."""
    initial: dict[str, Any] = {"revision": part.stored.state}
    for side, row in part.stored.answers.items():
        initial |= {f"effort_{side}": row.effort, f"pain_{side}": "" if row.pain is None else str(row.pain)}
        if row.went_cleanly is not None:
            initial[f"clean_{side}"] = "yes" if row.went_cleanly else "no"
    return LogForm(data, asked=part.asked, initial=initial, auto_id="log_%s")


def log_context(part: WorkoutExercise, form: LogForm) -> dict[str, Any]:
    """What the log of an exercise shows (`exercises/_log.html`)."""
    shown = part.prescribed.shown
    done = part.done
    may_say = during.may_say_as_asked(part.logged[part.exercise.key])
    hurts = hurts_too_much(part.logged[part.exercise.key])
    return {
        "hurts": hurts,
        "log_form": form,
        "asked": [
            {
                "side": side,
                "sets": [
                    (number, row.repetitions if row else shown.repetitions, row is not None)
                    for number in form.asked.numbers
                    for row in [done.get((side, number))]
                ],
            }
            for side in form.asked.sides
        ],
        "as_asked": AsAskedForm(None, asked=form.asked, auto_id=False),
        "may_say_as_asked": may_say,
        "is_open": form.is_bound or not (may_say or hurts),
        "is_counted": not part.open_places,
        "how": part.address("exercise_how"),
    }


def _page(
    request: HttpRequest,
    part: WorkoutExercise,
    form: AsAskedForm,
    *,
    status: int,
    elsewhere: Sequence[str] = (),
) -> HttpResponse:
    """The page of the log.

    elsewhere  what was stored from another phone or tab meanwhile, in words
    """
    answers = part.stored.answers.values()
    context = {
        **log_context(part, form if isinstance(form, LogForm) else log_form(part, None)),
        "form": form,  # its errors stand at the top of the page
        "workout": part.workout,
        "exercise": part.exercise,
        "line": part.line,
        "note": preferences_of(part.workout.person, part.exercise.key).note,
        "care": during.care(),
        "next": part.next_exercise,
        "is_begun": bool(part.done),
        "is_left_out": bool(answers) and all(row.says_nothing for row in answers),
        "leave": part.address("exercise_leave"),
        "missing": part.next_place if part.may_go_on else None,
        "elsewhere": elsewhere,
        "back": workout_address(part.workout),
        "sets": part.address("exercise_sets"),
    }
    return render(request, "exercises/how.html", context, status=status)


def _conflict(request: HttpRequest, part: WorkoutExercise, form: AsAskedForm) -> HttpResponse:
    """Two phones said different things of one exercise: both are shown, the person decides."""
    now = stored_log(part.workout, part.exercise.key)
    stored = told_in_words(now.told, unit_of(part.exercise))
    if wants_json(request):
        sent = told_in_words(form.told(), unit_of(part.exercise))
        words = {"stored": "; ".join(stored), "sent": "; ".join(sent)}
        return JsonResponse({"stored": {"revision": now.state}, "words": words}, status=409)
    if isinstance(form, LogForm):
        form.renew(revision=now.state)
    return _page(request, part, form, status=409, elsewhere=stored)


def _after_log(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """To the next exercise; after the last the workout is done. Where it hurt too much, a word of care comes first."""
    workout = own_workout(request, part.workout.local_date, part.workout.number, with_log=False)
    part = WorkoutExercise(workout, part.exercise, part.line)
    hurts = hurts_too_much(part.logged[part.exercise.key])
    if during.next_exercise(part.logged) is None:
        finish_workout(workout=workout)
    to = part.address("exercise_how") if hurts else part.address_after
    if wants_json(request):
        return JsonResponse({"stored": {}, "next": to})
    if hurts:
        messages.success(request, "Saved.")
    return redirect(to)


@require_POST
@with_workout_exercise
def exercise_stop(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:
    """ "This hurts: stop this exercise": kept at once, then comes a word of care."""
    side = request.POST.get("side")
    stop_exercise(
        workout=part.workout,
        exercise=part.exercise.key,
        sides=(side,) if side in part.sides else part.sides,
        seconds_ago=seconds_ago(request),
    )
    if wants_json(request):
        return JsonResponse({"stopped": True, "next": part.address("exercise_how")})
    return redirect(part.address("exercise_how"))


@require_POST
@with_workout_exercise
def exercise_leave(request: HttpRequest, part: WorkoutExercise) -> HttpResponse:  # noqa: ARG001
    """Leave an exercise out of this workout. With a set of it stored, how it went is asked."""
    if part.done:
        return redirect(part.address("exercise_how"))
    leave_out(workout=part.workout, exercise=part.exercise.key, sides=part.sides)
    return redirect(part.address_after)
