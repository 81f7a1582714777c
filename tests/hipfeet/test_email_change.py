"""A change of the e-mail address is told to both addresses and undone from the old one, for seven days."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.models import EmailChange, User
from hipfeet.email_change import forget_old_changes
from hipfeet.owndata.feed import make_address
from hipfeet.owndata.models import CalendarFeed
from tests.builders import PASSWORD, person
from tests.builders_training import confirmed_as, signed_in_as, text

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD, NEW = "ann@example.org", "thief@example.org"
EMAIL, CODE, REAUTHENTICATE = "/accounts/email/", "/accounts/confirm-email/", "/accounts/reauthenticate/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann(db: None) -> User:
    return person(OLD)


def mails_to(address: str) -> list[str]:
    return [str(one.body) for one in mail.outbox if one.to == [address]]


def code_for(address: str) -> str:
    return mails_to(address)[-1].split("Your code is")[1].split()[0]


def change_to(client: Client, address: str) -> None:
    client.post(EMAIL, {"email": address, "action_add": "1"})
    client.post(CODE, {"code": code_for(address)})


def undo_address(address: str = OLD) -> str:
    found = [re.findall(r"http://localhost:8000(\S+/undo/\S+)", one) for one in mails_to(address)]
    return str([one for one in found if one][-1][0])


def changed_by_a_thief(ann: User) -> tuple[Client, str]:
    """Their browser, and where it is undone."""
    thief = confirmed_as(ann)
    change_to(thief, NEW)
    return thief, undo_address()


def test_address_is_changed_only_by_who_says_once_more_who_they_are(ann: User) -> None:
    borrowed = signed_in_as(ann)

    asked = borrowed.post(EMAIL, {"email": NEW, "action_add": "1"})

    assert asked.headers["Location"].startswith(REAUTHENTICATE)
    assert mails_to(NEW) == []


def test_address_that_was_typed_before_saying_who_one_is_need_not_be_typed_again(ann: User) -> None:
    client = signed_in_as(ann)
    asked = client.post(EMAIL, {"email": NEW, "action_add": "1"})

    client.post(asked.headers["Location"], {"password": PASSWORD})

    client.post(CODE, {"code": code_for(NEW)})
    ann.refresh_from_db()
    assert ann.email == NEW


def test_address_that_waited_is_dropped_when_something_else_is_asked_for(ann: User) -> None:
    client = signed_in_as(ann)
    asked = client.post(EMAIL, {"email": NEW, "action_add": "1"})
    client.get("/settings/export/")

    client.post(asked.headers["Location"], {"password": PASSWORD})

    assert mails_to(NEW) == []


def test_both_addresses_are_told(ann: User) -> None:
    change_to(confirmed_as(ann), NEW)

    ann.refresh_from_db()
    assert ann.email == NEW
    assert "is now thief@example.org" in mails_to(OLD)[-1]
    assert "/accounts/email/undo/" in mails_to(OLD)[-1]
    assert "It can undo the change for seven days." in mails_to(NEW)[-1]
    assert "/undo/" not in "".join(mails_to(NEW))


def test_undoing_gives_it_back_signs_everybody_out_and_asks_for_a_new_password(ann: User) -> None:
    elsewhere = signed_in_as(ann)
    thief, where = changed_by_a_thief(ann)
    browser = Client()

    assert "Undo the change of your e-mail address?" in text(browser.get(where))
    done = browser.post(where)

    ann.refresh_from_db()
    assert ann.email == OLD
    assert [*EmailAddress.objects.values_list("email", "primary", "verified")] == [(OLD, True, True)]
    assert {one.get("/settings/").status_code for one in (thief, elsewhere)} == {302}
    assert not ann.has_usable_password()
    assert "Now choose a new password." in text(done)
    browser.post("/accounts/password/reset/", {"email": OLD})
    browser.post("/accounts/password/reset/confirm/", {"code": code_for(OLD)})
    browser.post(
        "/accounts/password/reset/complete/",
        {"password1": "wholly new words", "password2": "wholly new words"},
    )
    assert browser.get("/settings/").status_code == 200


def test_loading_the_link_changes_nothing(ann: User) -> None:
    _, where = changed_by_a_thief(ann)

    Client().get(where)

    ann.refresh_from_db()
    assert ann.email == NEW


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7.1, 404)])
def test_it_can_be_undone_for_seven_days(
    ann: User, clock: time_machine.Traveller, days: float, status: int
) -> None:
    _, where = changed_by_a_thief(ann)

    clock.shift(timedelta(days=days))

    assert Client().post(where).status_code == status


def test_link_works_once_and_says_so_afterwards(ann: User) -> None:
    _, where = changed_by_a_thief(ann)
    Client().post(where)

    again = Client().get(where)

    assert again.status_code == 404
    assert "This link does nothing any more" in text(again)


def test_first_address_undoes_a_second_change_as_well(ann: User, clock: time_machine.Traveller) -> None:
    thief, where = changed_by_a_thief(ann)
    clock.shift(timedelta(minutes=1))
    thief.post(REAUTHENTICATE, {"password": PASSWORD})
    change_to(thief, "other@example.org")
    second = undo_address(NEW)

    Client().post(where)

    ann.refresh_from_db()
    assert ann.email == OLD
    assert Client().post(second).status_code == 404
    assert not EmailChange.objects.exists()


def test_code_that_was_on_its_way_to_the_new_address_sets_no_password(ann: User) -> None:
    _, where = changed_by_a_thief(ann)
    thief = Client()
    thief.post("/accounts/password/reset/", {"email": NEW})
    code = code_for(NEW)
    thief.post("/accounts/password/reset/confirm/", {"code": code})
    Client().post(where)

    thief.post(
        "/accounts/password/reset/complete/",
        {"password1": "words of a thief", "password2": "words of a thief"},
    )

    ann.refresh_from_db()
    assert not ann.has_usable_password()
    assert thief.get("/settings/").status_code == 302


def test_code_alone_does_not_sign_in_before_there_is_a_new_password(ann: User) -> None:
    _, where = changed_by_a_thief(ann)
    Client().post(where)
    browser = Client()
    browser.post("/accounts/login/code/", {"email": OLD})

    answer = browser.post("/accounts/login/code/confirm/", {"code": code_for(OLD)})

    assert answer.headers["Location"] == "/accounts/password/reset/"
    assert browser.get("/settings/").status_code == 302


def test_what_was_added_before_and_after_the_change_goes_and_what_was_there_stays(
    ann: User, clock: time_machine.Traveller
) -> None:
    own = Authenticator.objects.create(user=ann, type=Authenticator.Type.TOTP, data={"secret": "x"})
    clock.shift(timedelta(days=3))
    Authenticator.objects.create(user=ann, type=Authenticator.Type.WEBAUTHN, data={})
    make_address(person=ann, key="a key", seen=0)
    _, where = changed_by_a_thief(ann)

    Client().post(where)

    assert [*Authenticator.objects.all()] == [own]
    assert not CalendarFeed.objects.exclude(token_hash="").exists()


def test_account_made_to_be_in_the_way_goes(ann: User) -> None:
    _, where = changed_by_a_thief(ann)
    Client().post("/accounts/signup/", {"email": OLD, "password1": PASSWORD})
    assert User.objects.filter(email=OLD).exists()

    Client().post(where)

    assert User.objects.get().pk == ann.pk
    assert User.objects.get().email == OLD


def test_account_that_has_confirmed_the_old_address_stays_and_it_is_said(ann: User) -> None:
    _, where = changed_by_a_thief(ann)
    other = person(OLD)

    answer = Client().post(where)

    assert answer.status_code == 409
    assert "The address belongs to another account" in text(answer)
    other.refresh_from_db()
    ann.refresh_from_db()
    assert (other.email, ann.email) == (OLD, NEW)


def test_change_that_stands_for_good_is_forgotten(ann: User, clock: time_machine.Traveller) -> None:
    changed_by_a_thief(ann)

    clock.shift(timedelta(days=6))
    assert forget_old_changes() == 0
    clock.shift(timedelta(days=1))
    assert forget_old_changes() == 1


def test_first_address_of_a_new_account_is_no_change() -> None:
    client = Client()
    client.post("/accounts/signup/", {"email": OLD, "password1": PASSWORD})
    client.post(CODE, {"code": code_for(OLD)})

    assert client.get("/settings/").status_code == 200
    assert not EmailChange.objects.exists()
