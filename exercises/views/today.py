"""What is on today, and why."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from accounts.requests import person_of
from exercises.rules import prescribing, scheduling
from exercises.rules.begun import is_first_since
from exercises.rules.catalogue import catalogue
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.rules.wording import Reason, words
from exercises.training import Training, said_once, shown_line, training_of, whats_next


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
    may_look = asks_to_look and training.rest is None
    return {
        "person": training.person,
        "training": training,
        "today": day,
        "plan_week": schedule.plan_week(day),
        "slot": slot,
        "on_today": slot is not None and slot.on == day,
        "next_slot": schedule.next_slot(day),
        "begun": training.begun,
        "left_open": training.left_open,
        "done_today": [w for w in training.workouts if w.local_date == day and w.finished_at],
        "for_all": for_all,
        "lines": lines,
        "minutes": prescription.minutes,
        "at_most": training.lines.minutes_on(day),
        "rules": rule_numbers(),
        "left_out": [catalogue().exercise(key).name for key in prescription.left_out],
        "on_hold": [_held(key, so_far) for key in prescription.on_hold],
        "week": so_far.schedule.week(day),
        "days": _week_strip(so_far.schedule, day),
        "morning": training.morning_to_ask,
        "look_again_due": look_again and may_look,
        "may_look": may_look,
        "next_look": schedule.next_look(day),
        "locked": locked,
        "rests": training.rests_today,
        "next_is_lighter": so_far.next_is_lighter,
        "state": training.state,
        "was_seen": leave is not None and is_first_since(leave.on, training.begun_workouts),
        "paused": schedule.is_paused(day),
        "before_start": day < schedule.start,
        "over": training.is_over,
        "away": training.away,
    }


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


def _week_strip(schedule: scheduling.Schedule, day: date) -> list[dict[str, Any]]:
    """The calendar week for the strip of arches."""
    return [
        {"name": WEEKDAY_NAMES[on.weekday()], "state": state, "is_today": on == day}
        for on, state in schedule.days_of_week(day)
    ]
