"""People who already stand where a journey begins, made by the actions that pages use instead of page by page.

They are made in a process of its own, in the database of the server they are shown by (`conftest.py`).
"""

import sys
from collections.abc import Callable, Mapping

from accounts.clock import at, today_for
from accounts.models import User
from exercises.rows import draft_of
from tests.builders import person
from tests.builders_training import LOW_ARCHES, a_draft, a_finished_check, accepted, lists_answered
from tests.gallery.people import ZONE, browser_of, days_ago, told, trained

SIDED = {question: given for question, given in LOW_ARCHES.items() if "left" in given}


def with_a_plan(user: User) -> None:
    """A plan without a mirror check, with a workout today."""
    lists_answered(user)
    weekday = today_for(user).weekday()
    accepted(user, a_draft(user, weekdays=tuple(sorted({weekday, (weekday + 3) % 7})), minutes=20))


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


STORIES: Mapping[str, Callable[[User], None]] = {
    "newcomer": lambda _user: None,
    "with a plan": with_a_plan,
    "may count": may_count,
    "a draft of seven": before_yes,
    "seven in week three": third_week,
}


def answer() -> None:
    """For each line "story, tab, address" on stdin one on stdout: the session of a new person of that address."""
    for line in sys.stdin:
        story, address = line.rstrip("\n").split("\t")
        user = person(address, time_zone=ZONE)
        STORIES[story](user)
        sys.stdout.write(told(browser_of(user))["cookie"] + "\n")
        sys.stdout.flush()
