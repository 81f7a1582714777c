"""How long a session lasts: 60 days from its last use, at one write a day, and never after signing out."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.sessions import SessionStore
from tests.builders import PASSWORD

BEGUN = datetime(2026, 9, 1, 12, tzinfo=UTC)
PAGE = "/settings/you/"


def signed_in_by_form(owner: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    return client


def days_later(days: float) -> time_machine.travel:
    return time_machine.travel(BEGUN + timedelta(days=days), tick=False)


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


@pytest.mark.django_db
def test_session_that_is_used_does_not_end(owner: User) -> None:
    with days_later(0):
        client = signed_in_by_form(owner)

    for day in (50, 100, 159.9):
        with days_later(day):
            assert is_in(client)


@pytest.mark.django_db
def test_session_ends_60_days_after_it_was_last_used(owner: User) -> None:
    with days_later(0):
        client = signed_in_by_form(owner)
    with days_later(30):
        is_in(client)

    with days_later(90.1):
        assert not is_in(client)


@pytest.mark.django_db
def test_browser_keeps_the_cookie_as_long_as_the_session_lasts(owner: User) -> None:
    with days_later(0):
        client = signed_in_by_form(owner)
        at_first = client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    with days_later(30):
        cookie = client.get(PAGE).cookies[settings.SESSION_COOKIE_NAME]

    assert at_first == cookie["max-age"] == 60 * 24 * 60 * 60
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


@pytest.mark.django_db
def test_renewing_is_one_write_a_day_and_the_session_is_read_as_before(owner: User) -> None:
    with days_later(0):
        client = signed_in_by_form(owner)
        is_in(client)

    counted = []
    for day in (0.5, 1.5, 1.6, 2.4, 2.6):
        with (
            days_later(day),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            is_in(client)
        counted.append([q["sql"] for q in queries if "django_session" in q["sql"]])

    assert [len(statements) for statements in counted] == [1, 2, 1, 1, 2]
    assert all(statements[-1].startswith("UPDATE") for statements in counted if len(statements) == 2)


@pytest.mark.django_db
def test_session_that_is_signed_out_while_a_page_renews_it_stays_signed_out(owner: User) -> None:
    with days_later(0):
        client = signed_in_by_form(owner)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    waiting = SessionStore(key)

    with days_later(30):
        row = Session.objects.get(pk=key)
        client.post("/accounts/logout/")
        waiting.renew(row)

    assert not waiting.is_renewed
    assert not Session.objects.filter(pk=key).exists()


@pytest.mark.django_db
def test_renewing_keeps_what_another_request_wrote_into_the_session(owner: User) -> None:
    with days_later(0):
        client = signed_in_by_form(owner)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value

    with days_later(30):
        waiting, writing = SessionStore(key), SessionStore(key)
        row = Session.objects.get(pk=key)
        writing["guest"] = "token"
        writing.save()
        waiting.renew(row)
        kept = SessionStore(key)["guest"]

    assert kept == "token"


@pytest.mark.django_db
def test_guest_who_goes_on_keeps_the_session(anonymous: Client) -> None:
    with days_later(0):
        anonymous.post("/check/", {"adult": "on", "keep": "on"})
    for day in (13, 26, 39, 52, 65):
        with days_later(day):
            answered = anonymous.get("/check/right-now/")

            assert answered.status_code in {200, 410}
    assert answered.status_code == 410  # the answers end after 14 days, and the page says so
