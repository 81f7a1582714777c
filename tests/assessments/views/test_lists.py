"""The safety lists before a plan: how many are left, "None of these" as one tap, second parts only where asked for."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assessments.models import SafetyAnswers
from assessments.rules.safety import Said
from tests.builders_training import MONDAY_NOON, lists_answered, text
from tests.html import squeezed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON) as traveller:
        yield traveller


def test_each_list_says_how_many_are_left(signed_in: Client) -> None:
    said = []
    address = signed_in.get("/plan/new/").headers["Location"]
    while address.startswith("/safety/"):
        page = text(signed_in.get(address))
        said += re.findall(r"\d to read, (\d more lists? after this one|the last list)", page)
        address = signed_in.post(address, {"ticked": "none"}).headers["Location"]

    assert said == [
        "3 more lists after this one",
        "2 more lists after this one",
        "1 more list after this one",
        "the last list",
    ]
    assert address == "/plan/new/"


def test_no_list_that_was_answered_today_is_asked_again(owner: User, signed_in: Client) -> None:
    signed_in.post("/safety/right-now/", {"ticked": "none"})
    signed_in.post("/safety/so-it-fits/", {"ticked": "none"})

    first = signed_in.get("/plan/new/").headers["Location"]
    second = signed_in.post(first, {"ticked": "none"}).headers["Location"]
    last = signed_in.post(second, {"ticked": "none"}).headers["Location"]

    assert first.startswith("/safety/told-or-had/")
    assert second.startswith("/safety/feet-and-legs/")
    assert last == "/plan/new/"


def test_none_of_these_is_a_button_that_sends_the_list(owner: User, signed_in: Client) -> None:
    page = squeezed(signed_in.get("/safety/told-or-had/").content.decode())
    bar = page.split('<div class="thumb">')[1]

    buttons = re.findall(r'<button[^>]*form="list"(?: name="(\w+)" value="(\w+)")?>([^<]+)</button>', bar)
    signed_in.post("/safety/told-or-had/", {buttons[1][0]: buttons[1][1]})

    assert [words for _, _, words in buttons] == ["Continue", "None of these"]
    assert '<form id="list"' in page
    assert 'value="none"' not in page.split('<div class="thumb">')[0]
    assert set(SafetyAnswers.objects.get().as_answered_list().answers.values()) == {Said.NO}


def test_none_of_these_beside_a_tick_stores_nothing_and_keeps_the_tick(signed_in: Client) -> None:
    response = signed_in.post("/safety/told-or-had/", {"ticked": ["RF6", "none"]})

    assert response.status_code == 422
    assert "You chose “None of these”, and something is ticked." in text(response)
    assert re.search(r'value="RF6"[^>]* checked', response.content.decode())
    assert not SafetyAnswers.objects.exists()


def test_nothing_chosen_on_a_list_says_what_to_do(signed_in: Client) -> None:
    response = signed_in.post("/safety/told-or-had/", {})

    assert response.status_code == 422
    assert "Tick what applies, or “I’m not sure”; if nothing does: “None of these”" in text(response)


@pytest.mark.parametrize("address", ["/safety/so-it-fits/", "/safety/so-it-fits/explained/"])
def test_the_stage_of_pregnancy_is_not_called_optional(signed_in: Client, address: str) -> None:
    page = text(signed_in.get(address))

    assert "where are you now?" in page
    assert "(optional)" not in page


def test_a_list_that_is_answered_anew_on_its_own_is_the_last(owner: User, signed_in: Client) -> None:
    lists_answered(owner)

    page = text(signed_in.get("/safety/told-or-had/"))

    assert "the last list" in page
