"""What is on today, and why."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from exercises.models import Workout
from exercises.rows import lines_on
from exercises.rules import prescribing, scheduling
from exercises.rules.catalogue import catalogue
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.rules.wording import Reason, words
from exercises.training import Training, said_once, shown_line, training_of, whats_next
from exercises.views.access import person_of


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
    due = [on for on in schedule.look_again_due() if on <= day]
    so_far = training.without_begun
    prescription = so_far.prescription()
    for_all, lines = said_once([_shown(line, so_far) for line in prescription.lines])
    leave, locked = training.state.leave, training.state.is_locked
    trained_since = leave and any(workout.local_date >= leave.on for workout in training.workouts)
    look_again = bool(due) and (
        training.looked_on is None or training.looked_on <= due[-1] - timedelta(days=7)
    )
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
        "rules": rule_numbers(),
        "left_out": [catalogue().exercise(key).name for key in prescription.left_out],
        "on_hold": [_held(key, so_far) for key in prescription.on_hold],
        "week": so_far.schedule.week(day),
        "days": _week_strip(so_far.schedule, day),
        "morning": _unanswered_morning(training),
        "look_again_due": look_again and may_look,
        "may_look": may_look,
        "next_look": next((on for on in schedule.look_again_due() if on > day), None),
        "locked": locked,
        "state": training.state,
        "was_seen": leave is not None and not trained_since,
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
    planned = lines_on(training.plan, training.decisions, training.today)
    why = {one.exercise: one.reasons[:1] for one in planned}
    first, *more = line.prescribed.reasons
    return (*why.get(line.exercise, (first,)), *more) if first.key == "start" else line.prescribed.reasons


def _held(key: str, training: Training) -> dict[str, Any]:
    line = next(line for line in training.lines_on(training.today) if line.exercise == key)
    return {"exercise": catalogue().exercise(key), "why": words(training.target(line).reasons[0])}


def _unanswered_morning(training: Training) -> Workout | None:
    """The latest workout of an earlier day, while nobody said how its next morning was."""
    earlier = [workout for workout in training.workouts if workout.local_date < training.today]
    latest = earlier[-1] if earlier else None
    recent = latest is not None and (training.today - latest.local_date).days <= 3
    return latest if latest and recent and not latest.next_morning else None


def _week_strip(schedule: scheduling.Schedule, day: date) -> list[dict[str, Any]]:
    """The calendar week for the strip of arches."""
    first_day = schedule.week_of(day)
    strip = []
    for offset in range(7):
        on = first_day + timedelta(days=offset)
        done = any(workout.on == on for workout in schedule.workouts)
        planned = any(slot.on == on and schedule.is_open(slot) for slot in schedule.slots)
        state = "done" if done else "plan" if planned and on >= day else "missed" if planned else "rest"
        strip.append({"name": WEEKDAY_NAMES[on.weekday()], "state": state, "is_today": on == day})
    return strip
