"""The project's own pages, and what every response carries."""

import pytest
from django.test import Client

from accounts.models import User
from tests.builders import PASSWORD


def test_home_costs_a_visitor_no_query(client: Client) -> None:
    response = client.get("/")  # without the django_db mark any query fails

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.django_db
def test_unknown_address_is_a_page_that_helps() -> None:
    response = Client().get("/nowhere/")

    assert response.status_code == 404
    assert b"/learn/" in response.content


@pytest.mark.parametrize("address", ["/", "/learn/", "/check/", "/nowhere/", "/accounts/login/"])
@pytest.mark.django_db
def test_every_page_is_under_the_strict_policy(address: str) -> None:
    response = Client().get(address)

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "nonce" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_lost_csrf_cookie_is_explained_and_nothing_is_stored() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/check/", {"adult": "on", "keep": "on"})

    assert response.status_code == 403
    assert b"<h1>" in response.content
    assert "session" not in client.cookies


def test_visitor_gets_the_page_they_wanted_after_signing_in(owner: User) -> None:
    client = Client()
    asked = client.get("/checks/")

    response = client.post(
        asked.headers["Location"], {"login": owner.email, "password": PASSWORD, "next": "/checks/"}
    )

    assert response.headers["Location"] == "/checks/"


def test_signing_out_ends_the_session(signed_in: Client) -> None:
    signed_in.post("/accounts/logout/")

    assert signed_in.get("/checks/").headers["Location"].startswith("/accounts/login/")


def test_refused_sign_in_says_so_and_keeps_the_address(owner: User) -> None:
    response = Client().post("/accounts/login/", {"login": owner.email, "password": "not this one"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert owner.email in page
    assert "not this one" not in page


def test_page_that_takes_no_get_says_so_in_words(signed_in: Client) -> None:
    response = signed_in.get("/plan/change/pause/")

    assert response.status_code == 405
    assert b"<h1>" in response.content
    assert response.headers["Allow"] == "POST"


def test_too_many_tries_to_sign_in_are_refused_in_words(owner: User) -> None:
    client = Client()

    for _ in range(12):
        response = client.post("/accounts/login/", {"login": owner.email, "password": "not this one"})

    assert response.status_code in {422, 429}
    assert b"<h1>" in response.content
    assert b"too many" in response.content.lower()
