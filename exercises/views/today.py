"""What is on today, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from accounts.requests import person_of
from exercises.rules import prescribing
from exercises.rules.begun import is_first_since
from exercises.rules.catalogue import catalogue
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import Slot
from exercises.rules.wording import Reason, words
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
    slot = schedule.slot_for_workout(day)
    so_far = training.without_begun
    prescription = so_far.prescription(lighter_day=so_far.next_is_lighter)
    for_all, lines = said_once([_shown(line, so_far) for line in prescription.lines])
    leave, locked = training.state.leave, training.state.is_locked
    look_again = schedule.look_is_due(day, training.looked_on)
    asks_to_look = not locked and (look_again or training.is_over)
    begun, rests = training.begun, training.rests_today
    done_today = [w for w in training.workouts if w.local_date == day and w.finished_at]
    on_today = slot is not None and slot.on == day
    may_look = asks_to_look and training.rest is None
    return {
        "person": training.person,
        "training": training,
        "today": day,
        "plan_week": schedule.plan_week(day),
        "slot": slot,
        "on_today": on_today,
        "next_slot": schedule.next_slot(day),
        "day_template": f"exercises/today/_{_part(training, slot, is_done=bool(done_today))}.html",
        "begun": begun,
        "left_open": None if begun or locked or rests else training.left_open,
        "workouts_today": [begun, *done_today] if begun else done_today,
        "shows_exercises": not locked and not schedule.is_paused(day),
        "are_for_today": on_today and not done_today and not rests,
        "for_all": for_all,
        "lines": lines,
        "minutes": prescription.minutes,
        "at_most": training.lines.minutes_on(day),
        "rules": rule_numbers(),
        "left_out": [catalogue().exercise(key).name for key in prescription.left_out],
        "on_hold": [_held(key, so_far) for key in prescription.on_hold],
        "week": so_far.schedule.week(day),
        "days": week_row(training),
        "morning": training.morning_to_ask,
        "look_again_due": look_again and may_look,
        "may_look": may_look,
        "next_look": schedule.next_look(day),
        "state": training.state,
        "was_seen": leave is not None and is_first_since(leave.on, training.begun_workouts),
        "away": training.away,
    }


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
        ("workout", slot is not None),
        ("not_started", day < schedule.start),
    )
    return next((part for part, holds in parts if holds), "rest")


def _shown(line: prescribing.PrescribedLine, training: Training) -> dict[str, Any]:
    """An exercise of the workout in words; `has_offer`: a harder step is open, or asks a question first."""
    shown = shown_line(line.exercise, line.prescribed.shown, _why_today(line, training), training.idiom)
    return {**shown, "has_offer": bool(line.prescribed.offer or line.asks)}


def _why_today(line: prescribing.PrescribedLine, training: Training) -> tuple[Reason, ...]:
    """Why a line is there at all, until the log has something to say about its target."""
    planned = training.lines.on(training.today)
    why = {one.exercise: one.reasons[:1] for one in planned}
    first, *more = line.prescribed.reasons
    return (*why.get(line.exercise, (first,)), *more) if first.key == "start" else line.prescribed.reasons


def _held(key: str, training: Training) -> dict[str, Any]:
    line = next(line for line in training.lines_on(training.today) if line.exercise == key)
    return {"exercise": catalogue().exercise(key), "why": words(training.target(line).reasons[0])}
