""" "I have been seen": one form for every open lock, and the page that says what it opened."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assessments.models import Clearance
from assessments.rows import state_for
from assessments.rules.safety import Verdict
from assessments.rules.safety_content import safety_content
from assessments.rules.urgency import asked_together
from tests.builders_training import NEWLY_FLAT, a_finished_check, lists_answered, text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
YES = {"seen_on": "2026-11-20", "verdict": "yes"}
FORM, SAVED = "/safety/seen/", "/safety/seen/saved/"


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(NOON) as clock:
        yield clock


@pytest.fixture
def locked(owner: User, noon: Any) -> User:
    """Three locks: heart disease, an operation, and feet that were not flat before."""
    lists_answered(owner, "RF7", "RF13", "RF15")
    noon.shift(60)
    return owner


def open_locks(person: User) -> set[str]:
    return {lock.cause for lock in state_for(person).locks}


def visits() -> list[tuple[str, date, str]]:
    return [(row.cause, row.seen_on, row.verdict) for row in Clearance.objects.order_by("cause")]


def about(page: str) -> list[str]:
    return [
        question.asks.text for question in safety_content().questions.values() if question.asks.text in page
    ]


# --- the form ---


def test_one_form_asks_about_every_open_lock_and_ticks_none(locked: User, signed_in: Client) -> None:
    page = signed_in.get(FORM)

    assert [value for value, _ in page.context["form"].fields["about"].choices] == ["RF13", "RF15", "RF7"]
    assert "checked" not in page.content.decode()


def test_visit_before_something_new_was_told_does_not_open_it(
    owner: User, signed_in: Client, noon: Any
) -> None:
    lists_answered(owner, "RF23")
    noon.shift(60)

    before = signed_in.post(FORM, {**YES, "about": ["RF23"]})
    locked = open_locks(owner)
    signed_in.post(FORM, {**YES, "seen_on": "2026-11-23", "about": ["RF23"]})

    assert before.status_code == 422
    assert "You told us of it on 23 November 2026" in text(before)
    assert (locked, open_locks(owner)) == ({"RF23"}, set())


def test_what_is_not_ticked_stays_locked(locked: User, signed_in: Client) -> None:
    response = signed_in.post(FORM, {**YES, "about": ["RF7", "RF13"]})

    assert response.headers["Location"] == SAVED
    assert open_locks(locked) == {"RF15"}
    assert visits() == [("RF13", date(2026, 11, 20), "yes"), ("RF7", date(2026, 11, 20), "yes")]


def test_pair_that_one_visit_serves_is_one_tick(owner: User, signed_in: Client, noon: Any) -> None:
    a_finished_check(owner, NEWLY_FLAT)
    lists_answered(owner, "RF7")
    noon.shift(60)

    groups = asked_together(state_for(owner).locks)
    choices = signed_in.get(FORM).context["form"].fields["about"].choices
    signed_in.post(FORM, {**YES, "about": [choices[0][0]]})

    assert [[lock.cause for lock in group] for group in groups] == [["RF7", "X2"]]
    assert len(choices) == 1
    assert open_locks(owner) == set()


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ({"about": []}, "Tick what the visit was about"),
        ({"about": ["RF99"]}, "Tick what the visit was about"),
        ({"seen_on": "2026-11-24"}, "The day you were seen cannot be in the future"),
        ({"seen_on": "0001-01-01"}, "That is long ago"),
        ({"seen_on": "2025-11-20"}, "That is long ago"),
        ({"seen_on": ""}, "Write the day you were seen"),
        ({"seen_on": "last week"}, "Write the day with numbers"),
        ({"verdict": ""}, "Choose what they said"),
        ({"verdict": "perhaps"}, "Choose what they said"),
    ],
)
def test_form_that_lacks_something_is_422_and_keeps_the_rest(
    locked: User, signed_in: Client, missing: dict[str, Any], says: str
) -> None:
    sent = {**YES, "about": ["RF7"], **missing}

    response = signed_in.post(FORM, sent)

    assert response.status_code == 422
    assert says in text(response)
    assert {name: response.context["form"][name].value() for name in sent} == sent
    assert not Clearance.objects.exists()


def test_nothing_waits_says_so_instead_of_a_form(owner: User, signed_in: Client) -> None:
    page = signed_in.get(FORM)

    assert page.status_code == 200
    assert "Nothing waits for a visit" in text(page)


# --- twice, and meanwhile ---


@pytest.mark.parametrize("verdict", Verdict)
def test_double_tap_is_one_visit_and_leads_to_the_same_page(
    locked: User, signed_in: Client, noon: Any, verdict: Verdict
) -> None:
    sent = {**YES, "verdict": verdict, "about": ["RF7", "RF13"]}

    first = signed_in.post(FORM, sent)
    noon.shift(1)
    second = signed_in.post(FORM, sent)

    assert first.headers["Location"] == second.headers["Location"] == SAVED
    assert len(visits()) == 2


def test_lock_opened_meanwhile_is_said_and_nothing_is_half_written(locked: User, signed_in: Client) -> None:
    signed_in.post(FORM, {**YES, "about": ["RF7"]})

    late = signed_in.post(FORM, {"seen_on": "2026-11-22", "verdict": "with_limits", "about": ["RF7", "RF13"]})

    assert late.status_code == 409
    assert "no longer waits, so nothing was saved" in text(late)
    assert late.context["form"]["seen_on"].value() == "2026-11-22"
    assert [value for value, _ in late.context["form"].fields["about"].choices] == ["RF13", "RF15"]
    assert open_locks(locked) == {"RF13", "RF15"}
    assert len(visits()) == 1


def test_last_lock_opened_meanwhile_is_said_without_a_form(locked: User, signed_in: Client) -> None:
    signed_in.post(FORM, {**YES, "about": ["RF7", "RF13", "RF15"]})

    late = signed_in.post(FORM, {**YES, "verdict": "no", "about": ["RF7"]})

    assert late.status_code == 409
    assert "nothing was saved here" in text(late)
    assert len(visits()) == 3


def test_visit_without_leave_can_be_followed_by_one_with_it(
    locked: User, signed_in: Client, noon: Any
) -> None:
    signed_in.post(FORM, {**YES, "verdict": "no", "about": ["RF7"]})
    assert "RF7" in open_locks(locked)
    noon.shift(60)

    signed_in.post(FORM, {"seen_on": "2026-11-23", "verdict": "yes", "about": ["RF7"]})

    assert "RF7" not in open_locks(locked)


# --- afterwards ---


def test_page_after_it_says_the_date_what_it_opened_and_what_still_waits(
    locked: User, signed_in: Client
) -> None:
    page = text(signed_in.post(FORM, {**YES, "about": ["RF7", "RF13"]}, follow=True))

    opened, waits = page.split("What still waits")
    assert "Saved: you were seen on 20 November 2026 They said yes." in opened
    assert set(about(opened)) == {safety_content().questions[key].asks.text for key in ("RF7", "RF13")}
    assert about(waits) == [safety_content().questions["RF15"].asks.text]


def test_page_after_a_visit_without_leave_opens_nothing(locked: User, signed_in: Client) -> None:
    page = text(signed_in.post(FORM, {**YES, "verdict": "no", "about": ["RF7"]}, follow=True))

    assert "They said no, or not yet." in page
    assert about(page.split("What still waits")[0]) == []
    assert "Make a plan" not in page


def test_page_after_leave_with_limits_says_what_they_do(locked: User, signed_in: Client) -> None:
    page = text(signed_in.post(FORM, {**YES, "verdict": "with_limits", "about": ["RF7"]}, follow=True))

    assert "They said yes, with limits." in page
    assert "begins at the lowest step" in page


def test_page_after_it_speaks_of_the_last_visit_alone(locked: User, signed_in: Client, noon: Any) -> None:
    signed_in.post(FORM, {**YES, "about": ["RF7"]})
    noon.shift(60)

    page = text(signed_in.post(FORM, {**YES, "seen_on": "2026-11-21", "about": ["RF13"]}, follow=True))

    assert "you were seen on 21 November 2026" in page
    assert about(page.split("What still waits")[0]) == [safety_content().questions["RF13"].asks.text]


def test_page_after_it_leads_to_the_form_before_any_visit(locked: User, signed_in: Client) -> None:
    assert signed_in.get(SAVED).headers["Location"] == FORM
