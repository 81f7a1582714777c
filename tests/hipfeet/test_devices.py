"""Devices by name, signing one or all others out, and what signing out leaves in the browser."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.browsers import browser_in_words
from accounts.models import User
from tests.builders import PASSWORD
from tests.builders_training import text

PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15"
DEVICES = "/accounts/sessions/"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Firefox on Android"),
        (MAC, "Safari on Mac"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
            "Safari/537.36 Edg/142.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "CriOS/142.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 "
            "Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_browser_says_in_words_what_it_is(said: str, words: str) -> None:
    assert browser_in_words(said) == words


def signed_in_on(owner: User, user_agent: str) -> Client:
    client = Client(HTTP_USER_AGENT=user_agent, REMOTE_ADDR="203.0.113.7")
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    return client


def test_list_names_devices_and_shows_no_address(owner: User) -> None:
    here = signed_in_on(owner, PHONE)
    signed_in_on(owner, MAC)

    page = text(here.get(DEVICES))

    assert "Firefox on Android" in page
    assert "Safari on Mac" in page
    assert "Mozilla" not in page
    assert "203.0.113.7" not in page


def test_one_other_device_is_signed_out_and_the_rest_stays(owner: User) -> None:
    here, lost, third = (signed_in_on(owner, one) for one in (PHONE, MAC, "curl"))
    of_lost = UserSession.objects.get(user_agent=MAC)

    said = here.post(f"{DEVICES}{of_lost.pk}/sign-out/", follow=True)

    assert "Signed out: Safari on Mac." in text(said)
    assert [one.get("/settings/").status_code for one in (here, lost, third)] == [200, 302, 200]
    assert here.post(f"{DEVICES}{of_lost.pk}/sign-out/").status_code == 302


def test_stolen_session_that_is_in_use_ends_when_the_owner_signs_out_elsewhere(owner: User) -> None:
    here, stolen = signed_in_on(owner, PHONE), signed_in_on(owner, MAC)
    assert stolen.get("/settings/").status_code == 200

    here.post(DEVICES)

    assert stolen.get("/settings/").status_code == 302
    assert stolen.post("/settings/you/", {"name": "Thief"}).status_code == 302
    owner.refresh_from_db()
    assert owner.name == ""


def test_nobody_signs_out_the_device_of_another(owner: User, stranger: User) -> None:
    theirs = signed_in_on(owner, PHONE)
    other = signed_in_on(stranger, MAC)

    other.post(f"{DEVICES}{UserSession.objects.get(user=owner).pk}/sign-out/")

    assert theirs.get("/settings/").status_code == 200


def test_signing_out_clears_what_the_browser_keeps_of_pages_and_no_set_that_waits(owner: User) -> None:
    answer = signed_in_on(owner, PHONE).post("/accounts/logout/")

    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_back_after_signing_out_asks_the_server_again(owner: User) -> None:
    client = signed_in_on(owner, PHONE)
    assert "no-store" in client.get("/settings/").headers["Cache-Control"]

    client.post("/accounts/logout/")

    assert client.get("/settings/").status_code == 302
