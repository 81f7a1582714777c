"""The steps before a page of training: who is signed in, whether a plan runs, and how a refusal is said."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.requests import person_of
from exercises.models import Workout
from exercises.rules.catalogue import Exercise, UnknownKey, catalogue
from exercises.rules.wording import Refused
from exercises.training import training_of


def with_training(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the running plan; without one, to the page that says how to make it."""

    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        training = training_of(person_of(request))
        return redirect("plan") if training is None else view(request, training=training, **kwargs)

    return found


def refused(request: HttpRequest, why: Refused, *, back: str, status: int = 409) -> HttpResponse:
    """A page that says in words what is not possible, and the way back."""
    return render(request, "exercises/refused.html", {"why": str(why), "back": back}, status=status)


def exercise_at(slug: str) -> Exercise:
    """The exercise an address names; 404 for one that does not exist."""
    try:
        return catalogue().by_slug(slug)
    except UnknownKey:
        raise Http404 from None


def workout_address(workout: Workout) -> str:
    """Where a workout stands."""
    return reverse("workout_number", kwargs={"day": workout.local_date, "number": workout.number})


def sets_address(workout: Workout, exercise: Exercise) -> str:
    """Where the sets of an exercise of a workout are done."""
    where = {"day": workout.local_date, "number": workout.number, "exercise": exercise.slug}
    return reverse("exercise_sets", kwargs=where)


def own_workout(request: HttpRequest, day: date, number: int, *, with_log: bool = True) -> Workout:
    """A workout of the signed-in person; 404 for one that is not theirs.

    with_log  its sets and answers are fetched with it
    """
    workouts = Workout.objects.select_related("plan", "person__equipment")
    if with_log:
        workouts = workouts.prefetch_related("sets", "exercise_logs")
    return get_object_or_404(workouts, person=person_of(request), local_date=day, number=number)
