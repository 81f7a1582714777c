"""The project's own pages, and what every response carries."""

import pytest
from django.test import Client

from accounts.models import User
from anatomy.catalogue import catalogue as reference
from exercises.rules.catalogue import catalogue
from exercises.rules.numbers import rule_numbers
from hipfeet.home import sample_lines
from tests.builders import PASSWORD
from tests.builders_training import text


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


def test_home_shows_what_a_plan_looks_like_by_the_rules_of_plans(client: Client) -> None:
    page = text(client.get("/"))

    names = [line["exercise"].name for line in sample_lines()]
    assert names == [
        catalogue().exercise(key).name for key in rule_numbers().outcomes["M1"].lines[: len(names)]
    ]
    assert [line for line in sample_lines() if f"{line['exercise'].name} {line['dose']}" not in page] == []


def test_home_gives_one_claim_of_each_kind_with_its_grade(client: Client) -> None:
    page = text(client.get("/"))

    for label, key, grade in (
        ("Known", "hip_exercise_makes_hips_stronger", "moderate"),
        ("Maybe", "hip_work_adds_to_foot_work", "low"),
        ("Not shown", "weak_hips_cause_flat_feet", "very low"),
    ):
        assert f"{label} {reference().claims[key].title} How sure: {grade}" in page
