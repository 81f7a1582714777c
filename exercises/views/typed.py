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
from exercises.forms.typed import DayForm, NoteForm, RemoveForm, ToType, TypedForm
from exercises.models import Workout
from exercises.rows import idiom_of, lines_logged, owned_of
from exercises.rules import during
from exercises.rules.catalogue import Owned, UnknownKey, catalogue
from exercises.rules.idiom import Idiom
from exercises.rules.numbers import rule_numbers
from exercises.rules.reading import hurts_too_much
from exercises.rules.values import Prescribed
from exercises.rules.wording import Refused, because, words
from exercises.training import Training, shown_line
from exercises.views.access import own_workout, refused, with_training, workout_address


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
        lines = [
            line
            for line in lines_to_type(begun, training.idiom)
            if not during.is_dealt_with(line.exercise, logged[line.exercise.key])
        ]
    else:
        lines = [
            _to_type(line.exercise, line.prescribed, training.idiom)
            for line in training.prescription(lighter_day=training.next_is_lighter).lines
        ]
    context = {
        "lines": lines,
        "on": training.today,
        "warm_up": words(because("warm_up", minutes=rule_numbers().minutes.warm_up)),
        "back": reverse("home"),
    }
    return render(request, "exercises/sheet.html", context)


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
    """The sets of a workout on one page, for what nothing is stored of yet."""
    workout = own_workout(request, day, number)
    idiom = idiom_of(workout.person)
    stored = {row.exercise for row in workout.sets.all()} | {
        row.exercise for row in workout.exercise_logs.all() if not row.says_nothing
    }
    lines = [line for line in lines_to_type(workout, idiom) if line.exercise.key not in stored]
    if not lines:
        return redirect(workout_address(workout))
    form = TypedForm(request.POST if request.method == "POST" else None, lines=lines, idiom=idiom)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            record_typed(workout=workout, typed=form.typed(), key=form.cleaned_data["key"])
        except LogConflict:
            return refused(request, Refused("typed_elsewhere"), back=request.path)
        finish_workout(workout=workout)
        return _after_typing(request, workout)
    context = {
        "form": form,
        "workout": workout,
        "back": workout_address(workout),
        "is_empty": not stored,
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


def lines_to_type(workout: Workout, idiom: Idiom) -> list[ToType]:
    """The exercises of a stored prescription; what left the content is passed over."""
    lines = []
    for stored in workout.prescription["lines"]:
        prescribed = Prescribed.from_json(stored["prescribed"])
        try:
            lines.append(_to_type(stored["exercise"], prescribed, idiom, owned_of(workout.person)))
        except UnknownKey:
            continue
    return lines


def _to_type(key: str, prescribed: Prescribed, idiom: Idiom, owned: Owned | None = None) -> ToType:
    shown = prescribed.shown
    line = shown_line(key, shown, (), idiom)
    sides = line["rung"].laterality.sides
    loads = (
        sorted({*(owned.loads_for(line["rung"]) if owned else ()), shown.load_grams})
        if shown.load_grams
        else ()
    )
    return ToType(
        exercise=catalogue().exercise(key),
        rung=line["rung"],
        shown=shown,
        dose=line["dose"],
        sides=sides if sides == ("both",) or prescribed.first_side == "left" else ("right", "left"),
        loads=loads,
    )


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
