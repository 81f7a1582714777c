"""The page for a clinician on paper: one sheet of A4, whoever it is about; and on a phone."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import NewPage, Server
from tests.journeys.test_result import printed_pages

pytestmark = pytest.mark.browser

LARGE = {"newcomer", "demo's twelve weeks", "as much as is large"}
PEOPLE = [*sorted(LARGE), "everything"]


def page_of(who: str, address: str, page: Page, server: Server) -> Page:
    cookie = server.session_of(who, address)
    page.context.add_cookies([{"name": "session", "value": cookie, "url": server.address}])
    return page


@pytest.mark.parametrize("who", PEOPLE)
def test_page_prints_on_one_sheet_with_and_without_name_and_notes(
    who: str, new_page: NewPage, server: Server
) -> None:
    page = page_of(who, f"clinician-{PEOPLE.index(who)}@example.org", new_page(width=1280), server)
    sheets, large = {}, set()
    for query in ("", "?name=on", "?notes=on", "?name=on&notes=on"):
        page.goto(f"/settings/clinician/{query}")
        page.evaluate("document.fonts.ready.then(() => true)")
        sheets[query] = printed_pages(page)
        large.add(page.locator(".roomy").count() == 1)

    assert set(sheets.values()) == {1}, sheets
    assert large == {who in LARGE}


def test_what_is_ticked_stands_on_the_page_and_the_address_tells_nothing_else(
    new_page: NewPage, server: Server
) -> None:
    page = page_of("everything", "ticks@example.org", new_page(), server)
    page.goto("/settings/clinician/")
    page.get_by_label("My name").check()
    page.get_by_role("button", name="Update the page").click()

    assert page.get_by_text("Featherstonehaugh").is_visible()
    assert page.get_by_label("My name").is_checked()
    assert not page.get_by_label("My notes").is_checked()
    assert page.url == f"{server.address}/settings/clinician/?name=on"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
