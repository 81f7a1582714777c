"""People who already stand where a journey begins, made by the actions that pages use instead of page by page.

They are made in a process of its own, in the database of the server they are shown by (`conftest.py`).
"""

import sys
from collections.abc import Callable, Mapping

from accounts.clock import today_for
from accounts.models import User
from tests.builders import person
from tests.builders_training import a_draft, a_finished_check, accepted, lists_answered
from tests.gallery.people import ZONE, browser_of, told


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


STORIES: Mapping[str, Callable[[User], None]] = {
    "newcomer": lambda _user: None,
    "with a plan": with_a_plan,
    "six exercises": six_exercises,
    "may count": may_count,
}


def answer() -> None:
    """For each line "story, tab, address" on stdin one on stdout: the session of a new person of that address."""
    for line in sys.stdin:
        story, address = line.rstrip("\n").split("\t")
        user = person(address, time_zone=ZONE)
        STORIES[story](user)
        sys.stdout.write(told(browser_of(user))["cookie"] + "\n")
        sys.stdout.flush()
