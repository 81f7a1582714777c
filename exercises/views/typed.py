"""Workouts on paper: a sheet to print, a day to type in later, and notes."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import get_or_post
from exercises.actions.log import LogConflict, record_typed
from exercises.actions.workout import add_workout, entries_of, finish_workout, note_workout, remove_workout
from exercises.forms.sets import EFFORT_WORDS
from exercises.forms.typed import DayForm, NoteForm, RemoveForm, TypedForm
from exercises.models import Workout
from exercises.rows import lines_logged, notes_of
from exercises.rules import during
from exercises.rules.catalogue import catalogue
from exercises.rules.reading import hurts_too_much
from exercises.rules.values import Dose
from exercises.rules.warm_up import moves_for, warm_up_and_close
from exercises.rules.wording import Refused
from exercises.training import Training, shown_line
from exercises.views.access import own_workout, refused, with_training, workout_address
from exercises.views.in_workout import parts_of


@require_safe
@with_training
def workout_sheet(request: HttpRequest, training: Training) -> HttpResponse:
    """Today's workout to print and fill in by hand; once begun, what is left of the one that was begun."""
    if training.state.is_locked:
        return redirect("safety")
    if training.rests_today:
        return redirect("today")
    begun = training.begun
    if begun:
        logged = lines_logged(begun)
        if during.next_exercise(logged) is None:
            return redirect(workout_address(begun))
        shown = [
            part.line
            for part in parts_of(begun)
            if not during.is_dealt_with(part.exercise, logged[part.exercise.key])
        ]
    else:
        prescription = training.prescription(lighter_day=training.next_is_lighter)
        shown = [
            {
                **shown_line(line.exercise, line.prescribed.shown, (), training.idiom),
                "prescribed": line.prescribed,
            }
            for line in prescription.lines
        ]
    notes = notes_of(training.person)
    context = {
        "lines": [
            {
                **line,
                "sides": line["rung"].laterality.sides,
                "sets": range(1, line["prescribed"].shown.sets + 1),
                "used": _used(line["prescribed"].shown),
                "note": notes.get(line["exercise"].key, ""),
            }
            for line in shown
        ],
        "efforts": EFFORT_WORDS.values(),
        "on": training.today,
        "before": moves_for(warm_up_and_close().before, training.state.applies),
        "after": moves_for(warm_up_and_close().after, training.state.applies),
        "back": reverse("home"),
    }
    return render(request, "exercises/sheet.html", context)


def _used(shown: Dose) -> str:
    """What is asked once for all sets of an exercise, as the short form of the log calls it."""
    return "Weight used" if shown.load_grams else "Band used" if shown.band else ""


@get_or_post
@with_training
def workout_add(request: HttpRequest, training: Training) -> HttpResponse:
    """A workout done without this app: on which day, then its sets. What was asked then is worked out for that day."""
    first = training.plan.start_date or training.today
    form = DayForm(request.POST if request.method == "POST" else None, first=first, today=training.today)
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        if training.schedule.is_held(on):
            return refused(request, Refused("held_then"), back=reverse("workouts"))
        then = training.as_of(on)
        added = add_workout(
            plan=training.plan,
            slot=training.schedule.slot_for_workout(on),
            prescription=then.prescription(),
            on=on,
        )
        return redirect("workout_typed", day=added.local_date, number=added.number)
    context = {"form": form, "back": reverse("workouts")}
    return render(request, "exercises/workout_add.html", context, status=422 if form.is_bound else 200)


@get_or_post
def workout_typed(request: HttpRequest, day: date, number: int) -> HttpResponse:
    """A whole workout on one page, for what nothing is stored of yet."""
    workout = own_workout(request, day, number)
    parts = [part for part in parts_of(workout) if part.is_untold]
    if not parts:
        return redirect(workout_address(workout))
    form = TypedForm(request.POST if request.method == "POST" else None, asked=[part.asked for part in parts])
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            record_typed(workout=workout, typed=form.typed(), key=form.cleaned_data["client_key"])
        except LogConflict:
            return refused(request, Refused("typed_elsewhere"), back=request.path)
        finish_workout(workout=workout)
        return _after_typing(request, workout)
    context = {
        "form": form,
        "workout": workout,
        "back": workout_address(workout),
        "is_empty": not workout.sets.all() and all(row.says_nothing for row in workout.exercise_logs.all()),
    }
    return render(request, "exercises/workout_typed.html", context, status=status)


def _after_typing(request: HttpRequest, workout: Workout) -> HttpResponse:
    """To what comes of it; where an exercise hurt too much, to the word of care for the first that did."""
    typed = own_workout(request, workout.local_date, workout.number)
    hurt = next((key for key, log in lines_logged(typed).items() if hurts_too_much(log)), None)
    if hurt:
        messages.success(request, "Saved.")
        slug = catalogue().exercise(hurt).slug
        return redirect("exercise_how", day=typed.local_date, number=typed.number, exercise=slug)
    messages.success(request, "Saved: your workout.")
    return redirect(workout_address(workout))


@require_POST
def workout_note(request: HttpRequest, day: date, number: int) -> HttpResponse:
    """Keep a note about a workout."""
    workout = own_workout(request, day, number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "back": workout_address(workout)}
        return render(request, "exercises/workout_note.html", context, status=422)
    note_workout(workout=workout, note=form.cleaned_data["note"])
    messages.success(request, "Saved: your note.")
    return redirect(workout_address(workout))


@get_or_post
def workout_remove(request: HttpRequest, day: date, number: int) -> HttpResponse:
    """Say what goes with a workout, and remove it; one without an entry goes at once, by a button of its own page."""
    workout = own_workout(request, day, number)
    back = workout_address(workout)
    if request.method != "POST":
        context = {"workout": workout, "entries": entries_of(workout), "back": back}
        return render(request, "exercises/workout_remove.html", context)
    form = RemoveForm(request.POST)
    try:
        remove_workout(workout=workout, seen=(form.is_valid() and form.cleaned_data["seen"]) or 0)
    except Refused as why:
        return refused(request, why, back=back)
    place = " Its place in your plan is free again." if workout.slot is not None else ""
    messages.success(request, f"Removed.{place}")
    return redirect(f"{reverse('workouts')}?{urlencode({'month': f'{workout.local_date:%Y-%m}'})}")
