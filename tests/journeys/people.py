"""People who already stand where a journey begins, made by the actions that pages use instead of page by page.

They are made in a process of its own, in the database of the server they are shown by (`conftest.py`).
"""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import F

from accounts.clock import at, today_for
from accounts.models import User
from assessments.rows import Owner
from exercises.models import SetLog
from exercises.rows import draft_of
from tests.builders import person
from tests.builders_check import Answered
from tests.builders_training import LOW_ARCHES, a_draft, a_finished_check, accepted, begun, lists_answered
from tests.everything import twelve_weeks
from tests.gallery.people import STORIES as GALLERY
from tests.gallery.people import ZONE, browser_of, carrying_on, days_ago, plan_from, told, trained
from tests.outcomes import OUTCOMES, came_to
from tests.states import said_before_a_workout

SIDED = {question: given for question, given in LOW_ARCHES.items() if "left" in given}


def with_a_plan(user: User) -> None:
    """A plan without a mirror check, with a workout today."""
    lists_answered(user)
    weekday = today_for(user).weekday()
    accepted(user, a_draft(user, weekdays=tuple(sorted({weekday, (weekday + 3) % 7})), minutes=20))


def in_a_workout(user: User) -> None:
    """That plan, and today's workout begun."""
    with_a_plan(user)
    begun(user)


def squatting(user: User) -> None:
    """The same with small squats, which are offered and not planned, added to the plan before."""
    with_a_plan(user)
    browser_of(user).post("/plan/lines/small-squat/", {"add": "yes"})
    begun(user)


def six_exercises(user: User) -> None:
    """A plan made from a mirror check, whose first workout is today and has six exercises."""
    a_finished_check(user)
    with_a_plan(user)


def may_count(user: User) -> None:
    """A mirror check, and four lists without a tick."""
    a_finished_check(user)
    lists_answered(user)


BOTH_LOW = {question: dict.fromkeys(("left", "right"), given["left"]) for question, given in SIDED.items()}
"""Both kneecaps look in, both arches are low and rise when the thighs turn out."""


def looked(user: User) -> None:
    """A check that asks for all seven exercises."""
    a_finished_check(user, {**BOTH_LOW, "pain": {"value": "none"}})


def before_yes(user: User) -> None:
    """All pages of making that plan answered, for a home without a band."""
    looked(user)
    lists_answered(user)
    weekday = today_for(user).weekday()
    weekdays = tuple(sorted({weekday, (weekday + 2) % 7, (weekday + 4) % 7}))
    a_draft(user, weekdays=weekdays, things=["wall_or_chair", "stick", "bag_or_bottles"])


def third_week(user: User) -> None:
    """The same plan in its third week, done as asked on its days so far."""
    with at(days_ago(14)):
        before_yes(user)
        accepted(user, draft_of(user) or a_draft(user))
    for day in (14, 12, 10, 7, 5, 3):
        trained(user, day)


def weaker_right(user: User) -> None:
    """The same plan in its last week, with one repetition fewer on the right in every workout."""
    with at(days_ago(82)):
        before_yes(user)
        accepted(user, draft_of(user) or a_draft(user))
    for day in range(82, 0, -1):
        if day % 7 in {5, 3, 0}:
            if day in {54, 26}:
                with at(days_ago(day)):
                    lists_answered(user)
            trained(user, day)
    SetLog.objects.filter(person=user, side="right").update(repetitions=F("repetitions") - 1)


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


def looked_once_and_again(user: User) -> None:
    """Both arches low four weeks ago; today the left one is flat, and no plan."""
    with at(days_ago(28)):
        a_finished_check(user, OUTCOMES["M4, both"])
    a_finished_check(user, OUTCOMES["M4, both"] | {"arch": {"left": "flat", "right": "low"}})


def as_much_as_is_large(user: User) -> None:
    """Twelve weeks and two answers with the longest words there are: what a clinician's sheet still holds in large print."""
    twelve_weeks(user)
    lists_answered(user, "RF1", "RF12")


STORIES: Mapping[str, Callable[[User], object]] = {
    **GALLERY,
    "with a plan": with_a_plan,
    "in a workout": in_a_workout,
    "in a workout with small squats": squatting,
    "six exercises": six_exercises,
    "may count": may_count,
    "a draft of seven": before_yes,
    "seven in week three": third_week,
    "weaker on the right": weaker_right,
    "no more today": no_more_today,
    "not started": not_started,
    "left open": left_open,
    "looked once and again": looked_once_and_again,
    "demo's twelve weeks": twelve_weeks,
    "as much as is large": as_much_as_is_large,
}


GUEST = "a guest who looked"
"""The one story without an account; instead of an address each has a token."""


def guest_whose_check_came_to(answers: Answered, token: str) -> str:
    """The session of a guest with a finished check."""
    came_to(Owner.of_guest(token, ZONE), answers)
    guest = SessionStore()
    guest.update({"guest": token, "guest_time_zone": ZONE})
    guest.save()
    return str(guest.session_key)


def results() -> None:
    """A JSON object on stdout: of each outcome a guest and a person whose check came to it, by their sessions."""
    sessions: dict[str, dict[str, str]] = {}
    for number, (name, answers) in enumerate(OUTCOMES.items()):
        user = person(f"outcome-{number}@example.org", time_zone=ZONE)
        came_to(Owner.of(user), answers)
        guest = guest_whose_check_came_to(answers, f"outcome-{number}")
        sessions[name] = {"person": told(browser_of(user))["cookie"], "guest": guest}
    sys.stdout.write(json.dumps(sessions))


def session_of(story: str, address: str) -> str:
    """The session of someone new who stands where this story begins."""
    if story == GUEST:
        return guest_whose_check_came_to(LOW_ARCHES, address)
    user = person(address, time_zone=ZONE)
    STORIES[story](user)
    return told(browser_of(user))["cookie"]


def answer() -> None:
    """For each line "story, tab, address" on stdin one on stdout: the session of someone new of that address."""
    for line in sys.stdin:
        sys.stdout.write(session_of(*line.rstrip("\n").split("\t")) + "\n")
        sys.stdout.flush()
