"""What may be tried how often: passwords, checks of guests, searches, exports, calendars; and what stays open."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from assessments.models import Attempt
from assessments.views.check import GUESTS
from hipfeet.adapter import WRONG_PASSWORDS
from hipfeet.owndata.feed import make_address
from hipfeet.owndata.models import FILES_READ
from hipfeet.owndata.views import EXPORTS
from hipfeet.owndata.views_calendar import GUESSES, WHOLE_CALENDARS
from hipfeet.views import SEARCHES
from tests.builders import PASSWORD, person
from tests.builders_check import AGREED
from tests.builders_training import confirmed_as, text

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def try_password(address: str, password: str, *, host: int = 1) -> int:
    client = Client(REMOTE_ADDR=f"203.0.113.{host}")
    status: int = client.post("/accounts/login/", {"login": address, "password": password}).status_code
    return status


def locked(address: str) -> None:
    """Wrong passwords, each from another place."""
    for host in range(WRONG_PASSWORDS.most + 2):
        assert try_password(address, "not this one", host=host) == 422


def test_account_takes_no_password_after_ten_wrong_ones_from_anywhere(
    owner: User, clock: time_machine.Traveller
) -> None:
    locked(owner.email)

    assert try_password(owner.email, PASSWORD, host=99) == 422
    clock.shift(timedelta(minutes=16))
    assert try_password(owner.email, PASSWORD, host=99) == 302


def test_name_and_port_that_the_site_is_asked_under_make_no_difference(settings: Any, owner: User) -> None:
    settings.ALLOWED_HOSTS = [".hipfeet.example"]

    def guess(password: str, number: int) -> int:
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        host = f"{'abc'[number % 3]}.hipfeet.example:{8000 + number}"
        sent = {"login": owner.email, "password": password}
        return client.post("/accounts/login/", sent, headers={"host": host}).status_code

    for number in range(WRONG_PASSWORDS.most):
        guess("not this one", number)

    assert guess(PASSWORD, 99) == 422


def test_owner_is_told_once_a_day(owner: User, clock: time_machine.Traveller) -> None:
    for _ in range(3):
        locked(owner.email)
        clock.shift(timedelta(minutes=16))
    told = [one for one in mail.outbox if "wrong passwords" in str(one.body)]
    assert [one.to for one in told] == [[owner.email]]

    clock.shift(timedelta(days=1))
    locked(owner.email)
    assert len([one for one in mail.outbox if "wrong passwords" in str(one.body)]) == 2


def test_nobody_is_told_of_an_account_that_is_none(owner: User) -> None:
    locked("nobody@example.org")

    assert mail.outbox == []


def test_locked_account_looks_like_one_that_does_not_exist(owner: User) -> None:
    pages = []
    for address in (owner.email, "nobody@example.org"):
        locked(address)
        page = Client().post("/accounts/login/", {"login": address, "password": "x"})
        pages.append(text(page).replace(address, "-"))

    assert pages[0] == pages[1]


def test_code_and_reset_stay_open_while_an_account_is_locked(owner: User) -> None:
    locked(owner.email)
    client, other = Client(), Client()

    client.post("/accounts/login/code/", {"email": owner.email})
    client.post("/accounts/login/code/confirm/", {"code": code()})
    assert client.get("/settings/").status_code == 200

    other.post("/accounts/password/reset/", {"email": owner.email})
    other.post("/accounts/password/reset/confirm/", {"code": code()})
    new = {"password1": "wholly new words", "password2": "wholly new words"}
    other.post("/accounts/password/reset/complete/", new)
    assert other.get("/settings/").status_code == 200


def code() -> str:
    return str(mail.outbox[-1].body).split("Your code is")[1].split()[0]


def test_one_lock_leaves_others_alone(owner: User) -> None:
    locked(owner.email)

    person("ben@example.org")
    assert try_password("ben@example.org", PASSWORD, host=99) == 302


def test_password_is_not_guessed_where_it_is_changed_or_asked_for_once_more(
    owner: User, clock: time_machine.Traveller
) -> None:
    """With a phone that is signed in: each guess counts as one at signing in does, and stands on the list."""
    new = {"password1": "wholly new words", "password2": "wholly new words"}
    client = confirmed_as(owner)
    for guess in range(WRONG_PASSWORDS.most):
        client.post("/accounts/password/change/", {"oldpassword": f"guess number {guess}", **new})
        clock.shift(timedelta(seconds=13))

    assert client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new}).status_code == 422
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 422
    assert owner.account_events.filter(kind="sign_in_failed").count() == WRONG_PASSWORDS.most
    assert "wrong passwords" in str(mail.outbox[-1].body)


def test_guests_begin_so_many_checks_from_one_address(clock: time_machine.Traveller) -> None:
    answers = [Client().post("/check/", AGREED).status_code for _ in range(GUESTS.most + 2)]

    assert answers == [302] * GUESTS.most + [429] * 2
    assert Attempt.objects.count() == GUESTS.most
    assert Client(REMOTE_ADDR="203.0.113.9").post("/check/", AGREED).status_code == 302
    clock.shift(timedelta(hours=1))
    assert Client().post("/check/", AGREED).status_code == 302


def test_addresses_that_a_server_for_both_kinds_writes_as_ipv6_are_counted_apart() -> None:
    def tries(address: str) -> list[int]:
        new = {"password1": PASSWORD}
        answers = [
            Client(REMOTE_ADDR=address).post("/accounts/signup/", {"email": f"{n}@example.org", **new})
            for n in range(21)
        ]
        return [one.status_code for one in answers]

    assert tries("::ffff:203.0.113.7")[-1] == 429
    assert Client(REMOTE_ADDR="::ffff:203.0.113.8").post("/accounts/signup/", {}).status_code == 422


def test_person_who_is_signed_in_is_no_guest(signed_in: Client) -> None:
    for _ in range(GUESTS.most + 1):
        Client().post("/check/", AGREED)

    assert signed_in.post("/check/", AGREED).status_code == 302


def test_searching_too_often_says_when_to_go_on(anonymous: Client) -> None:
    answers = [anonymous.get("/search/", {"q": "foot"}) for _ in range(SEARCHES.most + 1)]

    assert {one.status_code for one in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "60"
    assert "Too many tries" in text(answers[-1])
    assert anonymous.get("/search/").status_code == 200


def exported(client: Client) -> int:
    answer = client.post("/settings/export/")
    b"".join(answer)
    status: int = answer.status_code
    return status


def test_exports_are_limited_by_person(owner: User, stranger: User) -> None:
    client = confirmed_as(owner)

    answers = [exported(client) for _ in range(EXPORTS.most + 1)]

    assert answers == [200] * EXPORTS.most + [429]
    assert exported(confirmed_as(stranger)) == 200


def test_files_are_read_so_often_in_an_hour(owner: User, stranger: User) -> None:
    client = confirmed_as(owner)

    answers = [client.post("/settings/import/").status_code for _ in range(FILES_READ.most)]

    assert set(answers) == {422}
    assert client.post("/settings/import/").status_code == 429
    assert client.post("/settings/import/workouts/").status_code == 429
    assert client.get("/settings/import/").status_code == 200  # nothing waits, so that nothing is read
    assert confirmed_as(stranger).post("/settings/import/").status_code == 422


def test_addresses_of_calendars_are_not_guessed_for_long(anonymous: Client) -> None:
    answers = [
        anonymous.get(f"/calendar/guess{number}.ics").status_code for number in range(GUESSES.most + 1)
    ]

    assert answers == [404] * GUESSES.most + [429]


def test_whole_calendar_is_not_read_without_end_and_asking_for_changes_is(owner: User) -> None:
    address = f"/calendar/{make_address(person=owner, key='a key', seen=0)}.ics"
    first = Client().get(address)

    answers = [Client().get(address).status_code for _ in range(WHOLE_CALENDARS.most)]

    assert answers == [200] * (WHOLE_CALENDARS.most - 1) + [429]
    assert Client().get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
