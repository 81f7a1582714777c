"""What is on today, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from accounts.requests import person_of
from exercises.models import Workout
from exercises.rows import log_of
from exercises.rules import during, prescribing
from exercises.rules.begun import is_first_since
from exercises.rules.catalogue import catalogue
from exercises.rules.drafts import why_in_all
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import Slot
from exercises.rules.wording import counted, what_is_new, why_in_words, words
from exercises.training import Training, said_once, shown_line, training_of, whats_next
from exercises.views.week import week_row


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is on today; without a plan, how to make one."""
    person = person_of(request)
    training = training_of(person)
    if training is None:
        without = {"known": whats_next(person), "today": today_for(person)}
        return render(request, "exercises/today_without_plan.html", without)
    return render(request, "exercises/today.html", _on_today(training))


def _on_today(training: Training) -> dict[str, Any]:
    """All that stands on the page."""
    schedule, day = training.schedule, training.today
    slot = training.slot
    so_far = training.without_begun
    done_today = [w for w in training.workouts if w.local_date == day and w.finished_at]
    part = _part(training, slot, is_done=bool(done_today))
    prescription = so_far.prescription(lighter_day=so_far.next_is_lighter)
    for_all, lines = said_once([_shown(line, so_far) for line in prescription.lines])
    leave, locked = training.state.leave, training.state.is_locked
    begun = training.begun
    return {
        "person": training.person,
        "training": training,
        "today": day,
        "plan_week": schedule.plan_week(day),
        "day_template": f"exercises/today/_{part}.html",
        "slot": slot,
        "is_missed": slot is not None and slot.on < day,
        "may_move": part == "workout" and slot is not None and slot.on == day,
        "is_first": part == "workout" and not training.workouts,
        "next_slot": schedule.next_slot(day),
        "begun": begun,
        "under_way": _under_way(begun) if begun else None,
        "left_open": None if begun or locked or training.rests_today else training.left_open,
        "workouts_today": [begun, *done_today] if begun else done_today,
        "shows_exercises": part in SHOWS_EXERCISES,
        "is_for_today": part in FOR_TODAY,
        "for_all": for_all,
        "lines": lines,
        "steps_up": _steps_up(prescription),
        "why": why_in_words(why_in_all(training.lines.on(day))),
        "minutes": prescription.minutes,
        "at_most": training.lines.minutes_on(day),
        "rules": rule_numbers(),
        "left_out": [catalogue().exercise(key).name for key in prescription.left_out],
        "on_hold": [_held(key, so_far) for key in prescription.on_hold],
        "week": so_far.schedule.week(day),
        "days": week_row(training),
        "morning": training.morning_to_ask,
        "look_again_due": training.look_is_due and not training.is_over,
        "next_look": schedule.next_look(day),
        "state": training.state,
        "was_seen": leave is not None and is_first_since(leave.on, training.begun_workouts),
        "away": training.away,
    }


FOR_TODAY = ("workout", "begun")
"""Parts of the page under which the exercises are today's, to be done in this order."""
SHOWS_EXERCISES = (*FOR_TODAY, "rest", "done", "no_more", "not_started", "left_open")


def _part(training: Training, slot: Slot | None, *, is_done: bool) -> str:
    """Which part of `templates/exercises/today/` says what today is: the first of these that holds."""
    schedule, day = training.schedule, training.today
    parts = (
        ("be_seen", training.state.is_locked),
        ("no_more", training.rests_today),
        ("begun", training.begun is not None),
        ("paused", schedule.is_paused(day)),
        ("over", training.is_over),
        ("done", is_done),
        ("workout", slot is not None and slot.on <= day),
        ("left_open", training.left_open is not None),
        ("not_started", day < schedule.start),
    )
    return next((part for part, holds in parts if holds), "rest")


def _under_way(begun: Workout) -> dict[str, Any]:
    """How far the workout is that was begun: how many exercises are done, of how many, and the next."""
    lines = log_of(begun).lines
    done = sum(during.is_dealt_with(catalogue().exercise(key), line) for key, line in lines.items())
    return {"done": done, "of": len(lines), "next": during.next_exercise(lines)}


def _steps_up(prescription: prescribing.Prescription) -> str:
    """How many exercises are done on a new step: "Two go one step up."; empty when none is."""
    reasons = (reason for line in prescription.lines for reason in line.prescribed.reasons)
    number = sum(reason.key == "rung_up" for reason in reasons)
    return f"{counted(number, 'goes', 'go').capitalize()} one step up." if number else ""


def _shown(line: prescribing.PrescribedLine, training: Training) -> dict[str, Any]:
    """An exercise with what is new about it; `has_offer`: a harder step is open, or asks a question first."""
    return {
        **shown_line(line.exercise, line.prescribed.shown, (), training.idiom),
        "reasons": what_is_new(line.prescribed.reasons, training.idiom),
        "has_offer": bool(line.prescribed.offer or line.asks),
    }


def _held(key: str, training: Training) -> dict[str, Any]:
    line = next(line for line in training.lines_on(training.today) if line.exercise == key)
    return {"exercise": catalogue().exercise(key), "why": words(training.target(line).reasons[0])}
