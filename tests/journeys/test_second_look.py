"""A second look in a real browser, by a guest, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import choose, enter, press, unfold

pytestmark = pytest.mark.browser


def looked(page: Page, question: str, **answers: str) -> None:
    """Past the do page, if there is one, and through a question."""
    page.wait_for_load_state()
    done = page.get_by_role("link", name="I have looked")
    if done.count():
        done.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(question)
    assert page.locator("input[type=radio]:checked").count() == 0
    choose(page, **answers)
    press(page, "Continue")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_guest_looks_a_second_and_a_third_time(
    new_page: NewPage, server: Server, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    enter(page, server, "a guest who looked", f"second-look-{javascript}")
    page.goto("/check/result/")

    unfold(page, "Look a second time")
    page.get_by_role("link", name="Look a second time").click()
    press(page, "Begin the second look")
    looked(page, "Where do your kneecaps point?", left="in", right="forward")
    looked(page, "How high are your arches?", left="normal", right="normal")
    looked(page, "What did the arch do", left="higher")
    expect(page.locator("main")).to_contain_text("Here your two looks differ")
    looked(page, "How high are your arches?", left="low")

    unfold(page, "You looked twice")
    expect(page.locator("main")).to_contain_text(re.compile(r"Low, then Usual, then Low\s*What stands: Low"))
    assert page.get_by_role("link", name="Look a second time").count() == 0


def test_pain_in_a_second_look_ends_it_with_its_outcome(new_page: NewPage, server: Server) -> None:
    page = new_page()
    enter(page, server, "a guest who looked", "second-look-in-pain")
    page.goto("/check/result/")
    unfold(page, "Look a second time")
    page.get_by_role("link", name="Look a second time").click()
    press(page, "Begin the second look")

    page.get_by_role("link", name="This hurts: stop").click()
    choose(page, where="left")
    press(page, "End the check")

    expect(page.locator("main")).to_contain_text("It hurt on the left")
    expect(page.locator("main")).to_contain_text("Be seen before you train")
