"""The privacy page says what is so: every cookie by name, who runs the server, and what is deleted when."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.clock import now
from accounts.forgetting import forget_ended_browsers, forget_unconfirmed
from accounts.models import User
from hipfeet.checks import nobody_answers, nobody_is_reached
from tests.builders import PASSWORD
from tests.builders_check import AGREED
from tests.builders_training import text
from tests.hipfeet.test_isolation import EXPECTED, address
from tests.world import make_world

SET = {"OPERATOR_NAME": "Ann Example", "OPERATOR_EMAIL": "ann@example.org", "BACKUP_DAYS": 30}


@pytest.fixture
def operated(settings: Any) -> None:
    for name, value in SET.items():
        setattr(settings, name, value)


# --- cookies ---


@pytest.mark.django_db
def test_page_names_every_cookie_that_a_journey_sets() -> None:
    world = make_world()
    given: set[str] = set()

    def ask(client: Client, method: str, where: str, data: dict[str, str] | None = None) -> None:
        given.update(getattr(client, method)(where, data).cookies)

    guest, person = Client(), Client()
    for where, data in (("/check/", AGREED), ("/check/right-now/", {"ticked": "none"})):
        ask(guest, "get", where)
        ask(guest, "post", where, data)
    ask(guest, "post", "/check/delete/")
    ask(person, "get", "/accounts/login/")
    ask(person, "post", "/accounts/login/", {"login": world.owner.email, "password": PASSWORD})
    you = {"name": "Ann", "weight_unit": "kg", "week_start": "0", "time_zone": "Europe/London"}
    ask(person, "post", "/settings/you/", you)
    for name, expected in EXPECTED.items():
        for method in ("get", "post"):
            ask(person, method, address(name, expected, world))
    ask(person, "post", "/accounts/logout/")
    ask(person, "post", "/accounts/password/reset/", {"email": world.owner.email})

    page = Client().get("/privacy/").content.decode()
    named = re.findall(r"<dt>([^<]+)</dt>", page.split("<h2>Cookies</h2>")[1].split("</section>")[0])
    assert set(named) == given
    assert len(named) == len(set(named))


# --- who runs it ---


@pytest.mark.usefixtures("operated")
def test_page_says_who_runs_the_server_and_how_long_backups_stay(client: Client) -> None:
    page = client.get("/privacy/")

    assert "Ann Example" in text(page)
    assert 'href="mailto:ann@example.org"' in page.content.decode()
    assert "keep a copy for up to 30 days" in text(page)


def test_page_says_when_nobody_has_said_who_runs_it(client: Client) -> None:
    page = text(client.get("/privacy/"))

    assert "has not said so yet" in page
    assert "until they are deleted in their turn" in page


@pytest.mark.usefixtures("operated")
def test_page_that_erases_says_how_long_backups_stay(owner: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/?next=/settings/erase/", {"password": PASSWORD})

    assert "keep a copy for up to 30 days" in text(client.get("/settings/erase/"))


REFERENCE = [
    "/learn/flat-feet/",
    "/learn/muscles/gluteus-medius/",
    "/evidence/foot-tilt-turns-leg/",
    "/glossary/",
]
REFERENCE += ["/sources/khamis-2007/", "/exercises/", "/exercises/bridge/", "/how-progress-works/"]


@pytest.mark.usefixtures("operated")
def test_who_finds_a_mistake_on_a_page_of_the_reference_knows_where_to_write(client: Client) -> None:
    for where in REFERENCE:
        page = client.get(where).content.decode()

        assert f'href="mailto:ann@example.org?subject=hipfeet%3A%20{where}"' in page, where


def test_nothing_is_said_about_mistakes_where_nobody_can_be_reached(client: Client) -> None:
    for where in REFERENCE:
        assert "Found a mistake" not in client.get(where).content.decode(), where


def test_deployment_is_warned_of_each_thing_that_is_not_said(settings: Any) -> None:
    assert [one.id for one in nobody_answers()] == ["hipfeet.W001", "hipfeet.W002", "hipfeet.W003"]

    settings.OPERATOR_NAME = "Ann"
    assert [one.id for one in nobody_answers()] == ["hipfeet.W002", "hipfeet.W003"]


def test_deployment_is_warned_of_what_keeps_people_out(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert [one.id for one in nobody_is_reached()] == ["hipfeet.W004", "hipfeet.W005"]

    settings.ALLAUTH_TRUSTED_PROXY_COUNT, settings.DEFAULT_FROM_EMAIL = 1, "hello@hipfeet.example"
    assert nobody_is_reached() == []


@pytest.mark.usefixtures("operated")
def test_deployment_is_not_warned_where_all_is_said() -> None:
    assert nobody_answers() == []


# --- what is deleted when ---


def test_browser_is_forgotten_once_its_session_has_ended(owner: User) -> None:
    here, gone = Client(), Client()
    for client in (here, gone):
        client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    Session.objects.filter(pk=gone.session.session_key).update(expire_date=now() - timedelta(days=1))

    assert forget_ended_browsers() == 1
    assert UserSession.objects.get().session_key == here.session.session_key


@pytest.mark.django_db
def test_account_whose_address_nobody_confirms_goes_after_14_days(owner: User) -> None:
    never = User.objects.create_user("never@example.org", PASSWORD)
    EmailAddress.objects.create(user=never, email=never.email, primary=True)
    operator = User.objects.create_superuser("operator@example.org", PASSWORD)

    with time_machine.travel(now() + timedelta(days=13.9)):
        assert forget_unconfirmed() == 0
    with time_machine.travel(now() + timedelta(days=14.1)):
        assert forget_unconfirmed() == 1

    assert set(User.objects.all()) == {owner, operator}
