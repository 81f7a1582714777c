"""A form that was loaded before signing in and sent after it: shown again as it was filled in, and nothing stored."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Attempt, SafetyAnswers
from tests.builders import PASSWORD
from tests.builders_check import AGREED, ORDINARY, typed

pytestmark = pytest.mark.django_db

SIGNED_IN = "You signed in meanwhile"


class Browser:
    """A browser whose tabs share cookies; the server checks tokens."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def tab(self, address: str) -> "Tab":
        return Tab(self, address)

    def sign_in(self, email: str) -> None:
        answer = self.tab("/accounts/login/").send({"login": email, "password": PASSWORD})
        assert answer.status_code == 302

    def sign_in_and_keep(self, email: str) -> None:
        """Sign in and say that what was answered here is theirs."""
        self.sign_in(email)
        assert self.tab("/check/whose/").send({"whose": "mine"}).status_code == 302


class Tab:
    """One loaded page: it sends the token it was loaded with."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address, self.token = browser, address, ""
        self.take(browser.client.get(address))

    def take(self, page: Any) -> Any:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
        self.token = found[1] if found else self.token
        return page

    def send(self, data: dict[str, Any], **headers: str) -> Any:
        sent = {**data, "csrfmiddlewaretoken": self.token}
        return self.take(self.browser.client.post(self.address, sent, headers=headers or None))


def shown(page: Any) -> dict[str, list[str]]:
    """What is ticked or chosen on a page, by the name of its field."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*checked[^>]*>", page.content.decode()):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name:
            found.setdefault(name[1], []).append(value[1] if value else "on")
    return found


def stored() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Attempt, SafetyAnswers, User)]


def guest_who_began(*pages: tuple[str, dict[str, Any]]) -> Browser:
    """A guest's browser after these pages of the check."""
    browser = Browser()
    for address, data in (("/check/", AGREED), *pages):
        assert browser.tab(address).send(data).status_code == 302, address
    return browser


STOOD = ("/check/right-now/", {"ticked": "none"})
TOES = ("/check/toes/", typed(ORDINARY, "toes"))
FORMS_OF_THE_CHECK: dict[str, tuple[tuple[Any, ...], str, dict[str, Any]]] = {
    # the pages before; the form, and what is ticked on it
    "start": ((), "/check/", AGREED),
    "right now": ((), "/check/right-now/", {"ticked": ["RF1", "RF2"]}),
    "right now, explained": ((), "/check/right-now/explained/", {"RF1": "yes", "RF2": "unsure"}),
    "question": ((STOOD,), "/check/toes/", {"left": "in", "right": "unsure"}),
    "question, later": ((STOOD, TOES), "/check/knees/", {"left": "out", "right": "in"}),
    "it hurts": ((STOOD,), "/check/stop/", {"where": "left"}),
}


@pytest.mark.parametrize("form", FORMS_OF_THE_CHECK)
def test_form_of_a_guest_sent_after_signing_in_is_shown_again_as_ticked_and_stored_when_sent_again(
    form: str, owner: User
) -> None:
    pages, address, ticked = FORMS_OF_THE_CHECK[form]
    browser = guest_who_began(*pages)
    tab = browser.tab(address)
    browser.sign_in_and_keep(owner.email)
    before = stored()

    refused = tab.send(ticked)

    assert refused.status_code == 403
    assert SIGNED_IN in refused.content.decode()
    for name, value in ticked.items():
        if name != "time_zone":
            assert shown(refused)[name] == (value if isinstance(value, list) else [value])
    assert stored() == before
    hidden = dict(
        re.findall(r'<input type="hidden" name="(attempt)" value="([^"]+)"', refused.content.decode())
    )
    again = tab.send({**ticked, **hidden})
    assert again.status_code in {302, 422}  # 422: the explained list asks for its other items
    if again.status_code == 302 and form != "start":
        assert stored() != before


def test_form_of_a_guest_sent_before_saying_whose_it_is_leads_to_that_question(owner: User) -> None:
    browser = guest_who_began(STOOD)
    tab = browser.tab("/check/toes/")
    browser.sign_in(owner.email)
    before = stored()

    refused = tab.send({"left": "in", "right": "in"})

    assert refused.status_code == 403
    assert '<a href="/check/whose/">Are they yours?</a>' in refused.content.decode()
    assert stored() == before


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/safety/told-or-had/", {"ticked": "none"}),
        ("/safety/feet-and-legs/explained/", {"RF9": "no"}),
        (
            "/settings/you/",
            {"name": "Bo", "weight_unit": "lb", "week_start": "6", "time_zone": "Europe/Vienna"},
        ),
    ],
)
def test_form_of_a_person_who_signed_in_again_meanwhile_is_shown_again(
    owner: User, address: str, data: dict[str, str]
) -> None:
    browser = Browser()
    browser.sign_in(owner.email)
    tab = browser.tab(address)
    browser.client.logout()
    browser.sign_in(owner.email)
    before = stored()

    page = tab.send(data)

    assert page.status_code == 403
    assert SIGNED_IN in page.content.decode()
    html = page.content.decode()
    assert all(f'value="{value}"' in html for value in data.values())
    assert set(shown(page)) <= set(data)
    assert {name: [data[name]] for name in shown(page)} == shown(page)
    assert stored()[:2] == before[:2]


def test_page_without_fields_is_shown_again_and_does_nothing_until_it_is_sent_again(owner: User) -> None:
    pages = [(f"/check/{key}/", typed(ORDINARY, key)) for key in ("toes", "knees", "arch", "pain")]
    browser = guest_who_began(STOOD, *pages)
    tab = browser.tab("/check/answers/")
    browser.sign_in_and_keep(owner.email)

    refused = tab.send({})

    assert SIGNED_IN in refused.content.decode()
    assert Attempt.objects.get().finished_at is None
    assert tab.send({}).status_code == 302
    assert Attempt.objects.get().finished_at is not None


@pytest.mark.parametrize(
    "address", ["/settings/erase/", "/settings/export/", "/settings/import/", "/settings/calendar/"]
)
def test_form_that_asks_who_one_is_says_what_happened_when_its_token_is_old(
    owner: User, address: str
) -> None:
    browser = Browser()
    browser.sign_in(owner.email)
    tab = browser.tab("/settings/you/")
    tab.address = address
    browser.tab("/accounts/logout/").send({})
    browser.sign_in(owner.email)

    refused = tab.send({"what": "everything"})

    assert refused.status_code == 403
    assert SIGNED_IN in refused.content.decode()
    assert User.objects.filter(pk=owner.pk).exists()


def test_form_sent_with_a_foreign_origin_is_not_shown_again(owner: User) -> None:
    browser = guest_who_began(STOOD)
    tab = browser.tab("/check/toes/")
    before = stored()

    page = tab.send({"left": "in", "right": "in"}, origin="https://evil.example")

    assert page.status_code == 403
    assert "This form was open for too long" in page.content.decode()
    assert shown(page) == {}
    assert stored() == before


def test_form_sent_without_cookies_says_that_they_are_needed() -> None:
    page = Client(enforce_csrf_checks=True).post("/check/", AGREED)

    assert page.status_code == 403
    assert "allow cookies for this site" in page.content.decode()


def test_form_of_a_guest_whose_token_was_lost_is_shown_again_without_talk_of_signing_in() -> None:
    browser = guest_who_began(STOOD)
    tab = browser.tab("/check/toes/")
    tab.token = "x" * 64

    page = tab.send({"left": "in", "right": "out"})

    assert page.status_code == 403
    assert "This page was out of date" in page.content.decode()
    assert SIGNED_IN not in page.content.decode()
    assert shown(page) == {"left": ["in"], "right": ["out"]}


def test_person_who_was_signed_out_meanwhile_is_told_so_and_led_to_sign_in(owner: User) -> None:
    browser = Browser()
    browser.sign_in(owner.email)
    tab = browser.tab("/settings/you/")
    browser.client.logout()
    browser.tab("/accounts/login/")  # gives the browser another token

    page = tab.send({"name": "Bo"})

    assert page.status_code == 403
    assert "<h1>You were signed out</h1>" in page.content.decode()
    assert "/accounts/login/?next=/settings/you/" in page.content.decode()


def test_address_without_a_page_of_its_own_says_what_happened(owner: User) -> None:
    browser = Browser()
    browser.sign_in(owner.email)
    tab = browser.tab("/settings/you/")
    browser.client.logout()
    browser.sign_in(owner.email)
    tab.address = "/accounts/logout/"

    page = tab.send({})

    assert page.status_code == 403
    assert f"<h1>{SIGNED_IN}</h1>" in page.content.decode()
    assert browser.client.get("/settings/").status_code == 200


ONLY_POSTS = {  # below the workout, or at the root; where the way on leads without a Referer
    "bridge/stop/": "bridge/",
    "bridge/leave/": "bridge/",
    "bridge/both/1/remove/": "bridge/both/1/",
    "finish/": "",
    "note/": "",
    "morning/": "",
    "/plan/new/drop/": "/plan/new/",
    "/plan/change/pause/": "/plan/",
}
WORKOUT = "/workouts/2026-11-24/1/"
HERE = "http://testserver"
FROM = {  # what the browser says of the page the form stood on; where that leads, None to the page above
    f"{HERE}/today/": "/today/",
    f"{HERE}{WORKOUT}bridge/?from=plan": f"{WORKOUT}bridge/",
    f"{HERE}{WORKOUT}finish/": WORKOUT,  # an answer to a form that was refused
    "https://evil.example/today/": None,
    "javascript:alert(1)": None,
    "//evil.example/": None,
    "": None,
}


def ways_on() -> list[tuple[str, str, str]]:
    """Address that takes only a POST, Referer, and the page to which the way on leads."""
    found = []
    for below, above in ONLY_POSTS.items():
        address, parent = urljoin(WORKOUT, below), urljoin(WORKOUT, above)
        found += [(address, referer, page or parent) for referer, page in FROM.items()]
    return found


def test_who_was_signed_out_comes_back_to_the_page_their_form_stood_on() -> None:
    client = Client()

    wrong = []
    for address, referer, page in ways_on():
        answer = client.post(address, {"side": "left"}, headers={"Referer": referer} if referer else None)
        if answer.headers["Location"] != f"/accounts/login/?next={page}":
            wrong.append((address, referer, answer.headers["Location"]))

    assert not wrong


@pytest.mark.parametrize("signs_in_again", [True, False])
def test_form_without_a_page_of_its_own_leads_back_to_the_page_it_stood_on(
    owner: User, *, signs_in_again: bool
) -> None:
    browser = Browser()
    browser.sign_in(owner.email)
    tab = browser.tab("/settings/you/")
    browser.client.logout()
    if signs_in_again:
        browser.sign_in(owner.email)
    else:
        browser.tab("/accounts/login/")

    wrong = []
    for address, referer, page in ways_on():
        tab.address = address
        answer = tab.send({"side": "left"}, **({"Referer": referer} if referer else {}))
        link = page if signs_in_again else f"/accounts/login/?next={page}"
        if f'<a class="button" href="{link}">' not in answer.content.decode():
            wrong.append((address, referer, answer.status_code))

    assert not wrong
    assert "not stored yet" in answer.content.decode()


def test_forms_are_empty_again_for_the_next_request(owner: User) -> None:
    browser = guest_who_began(STOOD)
    tab = browser.tab("/check/toes/")
    browser.sign_in(owner.email)
    tab.send({"left": "in", "right": "out"})

    assert shown(browser.client.get("/check/toes/")) == {}
