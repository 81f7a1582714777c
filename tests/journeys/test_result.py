"""The result of every class of outcome: the answer and the next step on the first screen of a phone, one page on paper."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys.conftest import Server
from tests.journeys.walk import ends, look
from tests.outcomes import OUTCOMES, in_words

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 390, "height": 664}
"""What Safari leaves of it."""


@pytest.fixture(scope="module")
def sessions(server: Server) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        server.run("from tests.journeys.people import results; results()")
    )
    return found


def printed_pages(page: Page) -> int:
    """How many A4 pages the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("who", ["guest", "person"])
def test_finding_and_next_step_of_every_outcome_stand_on_the_first_screen_and_print_on_one_page(
    browser: Browser, server: Server, sessions: dict[str, dict[str, str]], who: str
) -> None:
    complaints = []
    assert set(sessions) == set(OUTCOMES)
    context = browser.new_context(base_url=server.address, viewport=PHONE, timezone_id="Europe/Vienna")
    page = context.new_page()
    for name, answered in OUTCOMES.items():
        context.add_cookies([{"name": "session", "value": sessions[name][who], "url": server.address}])
        page.goto("/check/result/")
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.locator("h1").inner_text() == in_words(answered).heading
        bar = page.locator(".thumb").bounding_box()
        assert bar is not None
        finding, step = ends(page, "h1"), ends(page, ".thumb .button")
        if finding > bar["y"] or step > PHONE["height"]:
            complaints.append(f"{name}: finding ends at {finding:.0f}, step at {step:.0f}")
        if "both" in name and page.locator(".look").count():
            picture = ends(page, ".look .mirror")
            if picture > bar["y"]:
                complaints.append(f"{name}: the mirror ends at {picture:.0f}")
        if printed_pages(page) != 1:
            complaints.append(f"{name}: prints on {printed_pages(page)} pages")
        if name in {"M1 and M4", "X1, X2, X3", "X1, at once"}:
            look(page, f"result-{name}-{who}")
    context.close()
    assert complaints == []
