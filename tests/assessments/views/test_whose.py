"""A guest's answers are asked about after every sign-in, and nothing moves before the person has said whose they are."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from assessments.actions.check import start
from assessments.models import Attempt, SafetyAnswers, Status
from assessments.rows import Owner
from tests.builders import PASSWORD
from tests.builders_check import begin_check, walk_check
from tests.builders_training import a_finished_check, text

WHOSE = "/check/whose/"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def sign_in(client: Client, person: User, where: str = "/") -> str:
    """Where signing in leads."""
    data = {"login": person.email, "password": PASSWORD, "next": where}
    return client.post("/accounts/login/", data).headers["Location"]


def test_signing_in_moves_nothing_and_asks(anonymous: Client, owner: User) -> None:
    walk_check(anonymous)

    asked = anonymous.get(sign_in(anonymous, owner, "/plan/"))

    assert "These answers were given on this device. Are they yours?" in text(asked)
    assert Attempt.objects.get().person is None
    assert SafetyAnswers.objects.get().person is None
    assert anonymous.get("/checks/").context["checks"] == []
    assert "Are they yours?" in text(anonymous.get("/checks/"))


def test_question_shows_no_answer(anonymous: Client, owner: User) -> None:
    with time_machine.travel(NOON, tick=False):
        walk_check(anonymous)
        asked = text(anonymous.get(sign_in(anonymous, owner)))

    assert "23 November 2026" in asked
    assert not {"kneecap", "arch", "toes"} & set(asked.lower().split())


def test_yes_moves_them_and_leads_on(anonymous: Client, owner: User) -> None:
    walk_check(anonymous)
    where = sign_in(anonymous, owner, "/plan/")

    answer = anonymous.post(where, {"whose": "mine", "next": "/plan/"})

    assert answer.headers["Location"] == "/plan/"
    assert Attempt.objects.get().person == SafetyAnswers.objects.get().person == owner
    assert anonymous.get("/check/result/").status_code == 200
    assert anonymous.get(WHOSE).status_code == 302


def test_no_deletes_them_and_nothing_of_the_person(anonymous: Client, owner: User) -> None:
    own = a_finished_check(owner)
    walk_check(anonymous)
    sign_in(anonymous, owner)

    answer = anonymous.post(WHOSE, {"whose": "not_mine", "next": "/plan/"})

    assert answer.headers["Location"] == "/plan/"
    assert Attempt.objects.get() == own
    assert not SafetyAnswers.objects.filter(person=None).exists()


def test_it_says_what_would_change_for_who_has_answers_of_their_own(anonymous: Client, owner: User) -> None:
    with time_machine.travel(NOON - timedelta(days=4), tick=False):
        a_finished_check(owner)
    with time_machine.travel(NOON - timedelta(days=3), tick=False):
        start(owner=Owner.of(owner))
    with time_machine.travel(NOON, tick=False):
        begin_check(anonymous)
        page = text(anonymous.get(sign_in(anonymous, owner)))

        assert "You have a check of your own that is not finished, of 20 November 2026. It is closed" in page
        anonymous.post(WHOSE, {"whose": "mine"})

    states = Attempt.objects.filter(person=owner).order_by("started_at").values_list("status", flat=True)
    assert [*states] == [Status.FINISHED, Status.ABANDONED, Status.OPEN]


def test_latest_check_stays_what_it_was_until_the_yes(anonymous: Client, owner: User) -> None:
    with time_machine.travel(NOON - timedelta(days=3), tick=False):
        a_finished_check(owner)
    with time_machine.travel(NOON, tick=False):
        walk_check(anonymous)
        page = text(anonymous.get(sign_in(anonymous, owner)))

        assert "You have a check of 20 November 2026. It stays." in page
        assert len(anonymous.get("/checks/").context["checks"]) == 1
        anonymous.post(WHOSE, {"whose": "mine"})
        assert len(anonymous.get("/checks/").context["checks"]) == 2


@pytest.mark.parametrize("sent", [{}, {"whose": "perhaps"}])
def test_neither_yes_nor_no_stores_nothing(anonymous: Client, owner: User, sent: dict[str, str]) -> None:
    walk_check(anonymous)
    sign_in(anonymous, owner)

    answer = anonymous.post(WHOSE, sent)

    assert answer.status_code == 422
    assert "Choose one of the two." in text(answer)
    assert Attempt.objects.get().person is None


def test_second_tap_finds_nothing_to_ask_about(anonymous: Client, owner: User) -> None:
    walk_check(anonymous)
    sign_in(anonymous, owner)

    for said in ("mine", "not_mine"):
        assert anonymous.post(WHOSE, {"whose": said}).status_code == 302

    assert Attempt.objects.get().person == owner


def test_answers_whose_14_days_are_over_are_not_asked_about(anonymous: Client, owner: User) -> None:
    with time_machine.travel(NOON, tick=False):
        walk_check(anonymous)
    with time_machine.travel(NOON + timedelta(days=15), tick=False):
        assert sign_in(anonymous, owner) == "/"

    assert Attempt.objects.get().person is None


def test_signing_in_with_nothing_answered_leads_straight_on(anonymous: Client, owner: User) -> None:
    assert sign_in(anonymous, owner, "/plan/") == "/plan/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/"])
def test_question_leads_to_no_other_site(anonymous: Client, owner: User, elsewhere: str) -> None:
    walk_check(anonymous)
    sign_in(anonymous, owner)

    answer = anonymous.post(WHOSE, {"whose": "mine", "next": elsewhere})

    assert answer.headers["Location"] == "/"


def signed_up(client: Client, **more: str) -> str:
    """Where the code leads to that was sent to a new account."""
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, **more})
    code = str(mail.outbox[-1].body).split("Your code is")[1].split()[0]
    return client.post("/accounts/confirm-email/", {"code": code}).headers["Location"]


def test_signing_up_from_the_result_is_a_yes(anonymous: Client) -> None:
    walk_check(anonymous)
    form = anonymous.get("/accounts/signup/?answers=mine&next=/plan/new/").content.decode()
    assert '<input type="hidden" name="answers" value="mine">' in form

    where = signed_up(anonymous, answers="mine", next="/plan/new/")

    assert where == "/plan/new/"
    assert Attempt.objects.get().person == User.objects.get()


def test_signing_up_from_elsewhere_asks(anonymous: Client) -> None:
    walk_check(anonymous)

    assert signed_up(anonymous).startswith(WHOSE)
    assert Attempt.objects.get().person is None


def test_yes_of_a_sign_up_that_was_not_finished_is_not_that_of_the_next_person(
    anonymous: Client, owner: User
) -> None:
    walk_check(anonymous)
    anonymous.post(
        "/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "answers": "mine"}
    )
    anonymous.post("/accounts/logout/", {"next": "/accounts/login/"})  # "Stop, and go back to Sign in"

    assert sign_in(anonymous, owner).startswith(WHOSE)
    assert Attempt.objects.get().person is None


def test_yes_of_a_sign_up_counts_for_its_first_sign_in_only(anonymous: Client) -> None:
    """Confirmed on another device, and here days later, when somebody else may have answered on this one."""
    walk_check(anonymous)
    anonymous.post(
        "/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "answers": "mine"}
    )
    new, elsewhere = User.objects.get(email="new@example.org"), Client()
    EmailAddress.objects.filter(user=new).update(verified=True)
    sign_in(elsewhere, new)
    assert elsewhere.get("/settings/").status_code == 200
    anonymous.post("/accounts/logout/", {"next": "/accounts/login/"})

    assert sign_in(anonymous, new).startswith(WHOSE)
    assert Attempt.objects.get().person is None
