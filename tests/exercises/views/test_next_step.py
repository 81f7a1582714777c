"""One next step for each state of a person, and the same on every page that offers one."""

import itertools
import re

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Attempt
from assessments.rows import rest_today, state_for
from assessments.rules.questionnaire import questionnaire
from assessments.rules.safety_content import safety_content
from exercises.rules import planning
from exercises.rules.drafts import CheckSeen, Safety, SideSeen, Wishes
from exercises.rules.next_step import NextStep, next_step
from exercises.rules.owned import Owned
from tests.builders_check import sent_from
from tests.builders_training import (
    MONDAY,
    NEWLY_FLAT,
    a_draft,
    a_finished_check,
    begun,
    done_as_shown,
    text,
)
from tests.states import STATES, held_then_seen
from tests.world import owner_of

pytestmark = pytest.mark.usefixtures("clock")


# --- the rule ---


def test_being_seen_comes_first_then_the_plan_that_runs_then_the_draft_then_the_check() -> None:
    found = {
        (locked, running, drafted, looked): next_step(
            locked=locked, running=running, drafted=drafted, looked=looked
        )
        for locked, running, drafted, looked in itertools.product((True, False), repeat=4)
    }

    first = [
        NextStep.BE_SEEN,
        NextStep.TRAIN,
        NextStep.GO_ON_PLANNING,
        NextStep.MAKE_PLAN,
        NextStep.LOOK,
    ]
    assert found == {known: first[[*known, True].index(True)] for known in found}


# --- states and pages ---

PAGES = ("/today/", "/plan/", "/plan/new/", "/safety/", "/check/", "/check/result/")
OFFERS_TRAINING = (
    ">Make a plan",
    "Go on with your plan",
    "Carry on",
    "Start this plan",
    "Train today all the same",
    "the next step is a plan",
    "What do you have to train with?",
)


def test_states_are_every_step_there_is() -> None:
    assert {step for _, step in STATES.values()} == set(NextStep)


@pytest.mark.parametrize("state", [name for name, (_, step) in STATES.items() if step is NextStep.BE_SEEN])
def test_every_page_asks_to_be_seen_and_offers_nothing_that_must_wait(
    owner: User, signed_in: Client, state: str
) -> None:
    STATES[state][0](owner)
    heading = state_for(owner).locks[0].level.be_seen

    assert heading

    for address in PAGES:
        response = signed_in.get(address, follow=True)
        page = response.content.decode()
        rests = response.request["PATH_INFO"] == "/check/" and rest_today(owner_of(owner))
        assert ("No mirror check today" if rests else heading) in page, address
        assert re.search(r'href="/safety/(seen/)?"', page) or rests, address
        assert [offer for offer in OFFERS_TRAINING if offer.lower() in page.lower()] == [], address
        assert "had to look" not in page, address


@pytest.mark.parametrize("state", ["be seen, X1", "be seen, a list", "told not yet"])
def test_progress_without_a_workout_asks_to_be_seen(owner: User, signed_in: Client, state: str) -> None:
    STATES[state][0](owner)

    page = text(signed_in.get("/progress/"))

    assert "Be seen before you train" in page
    assert "Make a plan" not in page


@pytest.mark.parametrize(
    "state", [name for name, (_, step) in STATES.items() if step is not NextStep.BE_SEEN]
)
def test_no_page_asks_to_be_seen_when_nothing_waits(owner: User, signed_in: Client, state: str) -> None:
    STATES[state][0](owner)

    headings = [level.be_seen for level in safety_content().levels.values() if level.be_seen]
    for address in PAGES:
        page = text(signed_in.get(address, follow=True))
        assert [heading for heading in headings if heading in page] == [], address
        assert "on hold" not in page, address


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("nothing yet", "Start the mirror check"),
        ("a check", "Make a plan"),
        ("a draft", "Go on with your plan"),
        ("seen", "Make a plan"),
    ],
)
@pytest.mark.parametrize("address", ["/today/", "/plan/", "/progress/"])
def test_pages_offer_the_same_next_step(
    owner: User, signed_in: Client, state: str, words: str, address: str
) -> None:
    STATES[state][0](owner)

    assert re.search(rf'class="button[^"]*" href="[^"]+">{words}<', signed_in.get(address).content.decode())


@pytest.mark.parametrize(
    ("state", "addresses"),
    [
        ("seen", ("/today/", "/plan/", "/safety/", "/check/result/", "/safety/seen/saved/")),
        (
            "told not yet",
            ("/today/", "/plan/", "/plan/new/", "/safety/", "/check/result/", "/safety/seen/saved/"),
        ),
        ("held, then seen", ("/today/", "/plan/", "/safety/", "/safety/seen/saved/")),
    ],
)
def test_every_page_names_the_date_once_it_is_given(
    owner: User, signed_in: Client, state: str, addresses: tuple[str, ...]
) -> None:
    STATES[state][0](owner)

    for address in addresses:
        assert "seen on 5 October 2026" in text(signed_in.get(address)), address


def test_today_names_the_visit_until_the_next_workout(owner: User, signed_in: Client) -> None:
    held_then_seen(owner)
    assert "You were seen on 5 October 2026" in text(signed_in.get("/today/"))

    done_as_shown(begun(owner))

    assert "You were seen on" not in text(signed_in.get("/today/"))


def test_page_after_a_visit_says_when_the_plan_goes_on(owner: User, signed_in: Client) -> None:
    held_then_seen(owner)

    page = text(signed_in.get("/safety/seen/saved/"))

    assert "Your plan goes on. The next workout is on Monday 5 October." in page


def test_guest_is_told_to_be_seen_and_is_offered_no_plan(anonymous: Client) -> None:
    anonymous.post("/check/", {"adult": "on", "keep": "on", "time_zone": "UTC"})
    anonymous.post("/check/right-now/", {"ticked": "none"})
    for page in dict.fromkeys(map(questionnaire().page_of, NEWLY_FLAT)):
        anonymous.post(f"/check/{page.replace('_', '-')}/", sent_from(page, NEWLY_FLAT))
    anonymous.post("/check/answers/")
    assert Attempt.objects.get().outcome is not None

    page = text(anonymous.get("/check/result/"))

    assert "Be seen before you train" in page
    assert "Make an account, to say so after the visit" in page
    assert "make a plan from it" not in page
    assert "Be seen before you train" in text(anonymous.get("/check/"))


# --- making a plan while locked ---


@pytest.mark.parametrize(
    "address", ["/plan/new/", "/plan/new/things/", "/plan/new/days/", "/plan/new/preview/"]
)
def test_plan_in_the_making_asks_nothing_and_stores_nothing_while_locked(
    owner: User, signed_in: Client, address: str
) -> None:
    a_draft(owner)
    a_finished_check(owner, NEWLY_FLAT)
    before = owner.plans.values_list("answers", "status").get()

    shown, sent = signed_in.get(address), signed_in.post(address, {"weekdays": ["0"], "start": "2026-10-05"})

    assert (shown.status_code, sent.status_code) == (200, 409)
    assert "<form" not in shown.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    assert owner.plans.values_list("answers", "status").get() == before


@pytest.mark.parametrize("rule", ["X1", "X2", "X3", "X4"])
def test_line_of_a_locked_draft_does_not_say_that_someone_has_looked(rule: str) -> None:
    def reasons(safety: Safety) -> set[str]:
        check = CheckSeen(
            on=MONDAY,
            left=SideSeen(rule, "low", (rule,)),
            right=SideSeen("M7", "normal"),
        )
        wishes = Wishes(
            owned=Owned(things=frozenset({"wall_or_chair", "stick"})), minutes=30, check=check, safety=safety
        )
        return {reason.key for line in planning.draft(wishes).lines for reason in line.reasons}

    assert "start_seen" not in reasons(Safety(locks=(rule,)))
    assert "start_seen" in reasons(Safety(cleared=frozenset({rule}), start_at_zero=True))
