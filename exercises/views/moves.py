"""The warm-up before a workout and the stretches after it: led where scripts run, plain pages elsewhere; not logged."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from assessments.rows import state_for
from exercises.models import Workout
from exercises.rows import lines_logged, preferences_of
from exercises.rules import during
from exercises.rules.numbers import rule_numbers
from exercises.rules.warm_up import Move, moves_for, warm_up_and_close
from exercises.views.access import own_workout, sets_address, workout_address


@require_safe
def workout_warm_up(request: HttpRequest, day: date, number: int) -> HttpResponse:
    """What comes before the first exercise of a workout; it may be skipped."""
    workout = own_workout(request, day, number)
    due = None if workout.finished_at else during.next_exercise(lines_logged(workout))
    if due is None:
        return redirect(workout_address(workout))
    about = {
        "heading": "Warm-up",
        "minutes": rule_numbers().minutes.warm_up,
        "start": "Start the warm-up",
        "skip": "Skip the warm-up",
        "next": sets_address(workout, due),
        "next_words": f"Go to {due.name.lower()}",
    }
    return _led(request, workout, warm_up_and_close().before, about)


@require_safe
def workout_stretches(request: HttpRequest, day: date, number: int) -> HttpResponse:
    """Stretches for the end of a workout, for who likes them."""
    workout = own_workout(request, day, number)
    content = warm_up_and_close()
    about = {
        "heading": "Stretches",
        "lead": content.stretches,
        "start": "Start the stretches",
        "skip": "Skip the stretches",
        "next": workout_address(workout),
        "next_words": "Back to the workout",
    }
    return _led(request, workout, content.after, about)


def _led(
    request: HttpRequest, workout: Workout, moves: Iterable[Move], about: dict[str, Any]
) -> HttpResponse:
    """The page of these moves, in the ways of this person; nothing is done on a day that allows no workout."""
    state = state_for(workout.person)
    if not state.allows_workout(today_for(workout.person)):
        return redirect(workout_address(workout))
    pace = preferences_of(workout.person).for_all
    context = {
        "workout": workout,
        "moves": [
            {
                "move": led.move,
                "way": led.way,
                "instead": led.instead,
                # For the player: seconds to hold and to move one way, how many, how often on each side.
                "numbers": f"{led.move.seconds or 0} {0 if led.move.seconds else pace.move_seconds} "
                f"{led.move.repetitions or 1} {led.move.rounds}",
            }
            for led in moves_for(moves, state.applies)
        ],
        "ready": pace.ready_seconds,
        "back": workout_address(workout),
        **about,
    }
    return render(request, "exercises/moves.html", context)
