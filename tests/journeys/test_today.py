"""Today on a phone: in each state, what it says and what it offers stand on the first screen."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import ends, look

pytestmark = pytest.mark.browser

STATES = {
    "first day": "Start",
    "missed": "Start",
    "away": "Start",
    "carrying on": "Carry on",
    "all done": "Carry on",
    "left open": "Carry on with the workout of",
    "done": "See what you did",
    "at rest": "Train today all the same",
    "not started": "Train today all the same",
    "no more today": "See what you did",
    "paused": "Start a workout",
    "hurt twice": "Train today all the same",
    "on hold": "Print what to say there",
    "over": "See your twelve weeks",
}
"""What each state of a person with a plan offers; their stories: `tests/journeys/people.py`."""

NOT_IN_THE_GALLERY = {"all done", "left open", "not started", "no more today"}


@pytest.mark.parametrize("state", STATES)
def test_heading_and_main_button_stand_above_the_menu_on_a_small_phone(
    new_page: NewPage, server: Server, state: str
) -> None:
    page = new_page()
    page.set_viewport_size({"width": 390, "height": 664})
    session = server.session_of(state, f"today-{state.replace(' ', '-')}@example.org")
    page.context.add_cookies([{"name": "session", "value": session, "url": server.address}])

    page.goto("/")

    menu = page.locator(".menu").bounding_box()
    assert menu
    expect(page.locator("main .button").first).to_contain_text(STATES[state])
    assert ends(page, "h1") < ends(page, "main .button") <= menu["y"]
    if STATES[state] == "Start":
        assert ends(page, ".week") <= menu["y"], "the week is not seen with the button"
    if state in NOT_IN_THE_GALLERY:
        look(page, f"today-{state}")
