"""People who already stand where a journey begins, made by the actions that pages use instead of page by page.

They are made in a process of its own, in the database of the server they are shown by (`conftest.py`).
"""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore

from accounts.clock import at, today_for
from accounts.models import User
from assessments.rows import Owner
from tests.builders import person
from tests.builders_training import a_draft, a_finished_check, accepted, begun, lists_answered
from tests.gallery.people import STORIES as GALLERY
from tests.gallery.people import ZONE, browser_of, carrying_on, days_ago, plan_from, told
from tests.outcomes import OUTCOMES, came_to
from tests.states import said_before_a_workout


def with_a_plan(user: User) -> None:
    """A plan without a mirror check, with a workout today."""
    lists_answered(user)
    weekday = today_for(user).weekday()
    accepted(user, a_draft(user, weekdays=tuple(sorted({weekday, (weekday + 3) % 7})), minutes=20))


def six_exercises(user: User) -> None:
    """A plan made from a mirror check, whose first workout is today and has six exercises."""
    a_finished_check(user)
    with_a_plan(user)


def may_count(user: User) -> None:
    """A mirror check, and four lists without a tick."""
    a_finished_check(user)
    lists_answered(user)


def no_more_today(user: User) -> None:
    """Something of the stop list was ticked in the middle of a workout."""
    carrying_on(user)
    said_before_a_workout(user, "SL3")


def not_started(user: User) -> None:
    """A plan that begins in a week."""
    a_finished_check(user)
    lists_answered(user)
    accepted(user, a_draft(user, weekdays=(0,), start=today_for(user) + timedelta(days=7)))


def left_open(user: User) -> None:
    """Yesterday's workout is not finished."""
    plan_from(user, 1)
    with at(days_ago(1)):
        begun(user)


STORIES: Mapping[str, Callable[[User], object]] = {
    **GALLERY,
    "with a plan": with_a_plan,
    "six exercises": six_exercises,
    "may count": may_count,
    "no more today": no_more_today,
    "not started": not_started,
    "left open": left_open,
}


def results() -> None:
    """A JSON object on stdout: of each outcome a guest and a person whose check came to it, by their sessions."""
    sessions: dict[str, dict[str, str]] = {}
    for number, (name, answers) in enumerate(OUTCOMES.items()):
        user = person(f"outcome-{number}@example.org", time_zone=ZONE)
        came_to(Owner.of(user), answers)
        token = f"outcome-{number}"
        came_to(Owner.of_guest(token, ZONE), answers)
        guest = SessionStore()
        guest.update({"guest": token, "guest_time_zone": ZONE})
        guest.save()
        sessions[name] = {"person": told(browser_of(user))["cookie"], "guest": str(guest.session_key)}
    sys.stdout.write(json.dumps(sessions))


def answer() -> None:
    """For each line "story, tab, address" on stdin one on stdout: the session of a new person of that address."""
    for line in sys.stdin:
        story, address = line.rstrip("\n").split("\t")
        user = person(address, time_zone=ZONE)
        STORIES[story](user)
        sys.stdout.write(told(browser_of(user))["cookie"] + "\n")
        sys.stdout.flush()
