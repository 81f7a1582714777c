"""This week of a running plan: where it stands, and its days as a row of arches."""

from datetime import date
from typing import Any

from django.urls import reverse

from exercises.rules.slots import WEEKDAY_NAMES, DayState, Slot
from exercises.rules.wording import day_in_words
from exercises.training import Training

DAYS_IN_WORDS = {
    DayState.DONE: "done",
    DayState.PLAN: "planned",
    DayState.MISSED: "planned, not done",
    DayState.REST: "rest",
}


def week_row(training: Training, *, today_at: str = "") -> list[dict[str, Any]]:
    """The days of this calendar week; a workout that was missed looks like rest, and is named.

    A day leads to what was done on it, or to the slot that can be moved.

    today_at  where today's workout stands; empty on that page itself
    """
    schedule = training.without_begun.schedule
    planned = {slot.on: slot for slot in training.coming(7)}
    return [
        {
            "name": WEEKDAY_NAMES[on.weekday()],
            "short": WEEKDAY_NAMES[on.weekday()][:3],
            "look": DayState.REST if state == DayState.MISSED else state,
            "words": DAYS_IN_WORDS[state],
            "is_today": on == training.today,
            "href": today_at
            if (slot := planned.get(on)) and on == training.today
            else _leads_to(on, state, slot),
        }
        for on, state in schedule.days_of_week(training.today)
    ]


def _leads_to(on: date, state: DayState, slot: Slot | None) -> str:
    if state is DayState.DONE:
        return reverse("workout", kwargs={"day": on})
    return reverse("plan_slot", kwargs={"number": slot.number}) if slot else ""


def week_in_words(training: Training) -> str:
    """Where the plan stands: "1 of 3 done, the next is today"; before that, what keeps it from going on."""
    now, day = training.without_begun.schedule, training.today
    if training.state.locks:
        return training.state.locks[0].level.be_seen or ""
    if training.is_over:
        return "Your twelve weeks are done"
    if now.is_paused(training.changes_count_from):
        return "Your plan is paused"
    if day < now.start:
        return f"Your plan starts on {WEEKDAY_NAMES[now.start.weekday()]}, {day_in_words(now.start)}"
    week, next_slot, slot = now.week(day), now.next_slot(day), now.slot_for_workout(day)
    if not week.scheduled:
        return "Nothing is planned this week"
    done = f"{week.done} of {week.scheduled} done"
    if week.done < week.scheduled:
        if slot and slot.on <= day:
            return f"{done}, the next {'is' if slot.on == day else 'can be'} today"
        if next_slot and now.week_of(next_slot.on) == week.first_day:
            return f"{done}, the next is on {WEEKDAY_NAMES[next_slot.on.weekday()]}"
    return f"{done} this week"
