"""Progress on a phone: how long it is, what stands on its first screen, and how big its numbers are."""

import pytest

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import ends, look

pytestmark = pytest.mark.browser

LONGEST_PX = 3_000
SMALLEST_PX = 12
SIZES = """page => [...document.querySelectorAll(".plot text")].map(
    text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a
)"""


def test_seven_exercises_whose_sides_differ_are_no_longer_than_3000_px(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(width=390)
    session = server.session_of("weaker on the right", "weaker-right@example.org")
    page.context.add_cookies([{"name": "session", "value": session, "url": server.address}])

    page.goto("/progress/")

    assert page.locator(".charts h3").count() == 7
    assert page.locator(".plot .r").count() > 100
    assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST_PX
    look(page, "progress-sides-differ")
    page.set_viewport_size({"width": 390, "height": 664})
    menu = page.locator(".menu").bounding_box()
    assert menu
    assert ends(page, "h1") < ends(page, ".stones") <= menu["y"], "the milestones are not seen at once"
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 664})
        sizes = page.evaluate(SIZES)
        assert len(sizes) > 20
        assert min(sizes) >= SMALLEST_PX
    page.goto("/progress/side-lying-abduction/")
    look(page, "progress-one-exercise-sides-differ")
