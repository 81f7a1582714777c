"""The address of a calendar in a browser: shown once, copied with one tap, and not doubled by loading it again."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import PASSWORD, press

pytestmark = pytest.mark.browser


def test_address_is_copied_with_one_tap_and_stays_when_its_page_is_loaded_again(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    session = server.session_of("first day", "calendar@example.org")
    page.context.add_cookies([{"name": "session", "value": session, "url": server.address}])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/settings/calendar/")
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button.button").first.click()
    press(page, "Make a calendar address")
    address = page.get_by_label("Address").input_value()

    press(page, "Copy")

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert page.request.get(address).text().startswith("BEGIN:VCALENDAR")
    page.reload()
    assert page.get_by_label("Address").input_value() == address
    page.goto("/settings/calendar/")
    expect(page.get_by_label("Address", exact=True)).to_have_count(0)
