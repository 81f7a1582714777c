"""Then and now in a real browser: one sentence, two mirrors and the next step on the first screen of a phone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import ends, enter, look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("story", ["looked once and again", "looked twice"])
def test_sentence_mirrors_and_next_step_stand_on_the_first_screen(
    new_page: NewPage, server: Server, story: str
) -> None:
    page = new_page()
    enter(page, server, story, f"then-and-now-{story.replace(' ', '-')}@example.org")
    page.set_viewport_size({"width": 390, "height": 664})
    page.goto("/checks/")
    page.get_by_role("link", name="Then and now").click()
    page.evaluate("document.fonts.ready.then(() => true)")

    bar = page.locator(".thumb").bounding_box()
    assert bar is not None
    assert ends(page, "h1") < ends(page, ".look .lr") <= bar["y"]
    assert ends(page, ".thumb .button") <= 664
    expect(page.get_by_role("table")).to_have_count(0)

    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(
        "footer"
    ).scroll_into_view_if_needed()  # so that the bar lies over no link, which axe would call small
    look(page, f"then-and-now-{story.replace(' ', '-')}")
