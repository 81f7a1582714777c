"""A slip is mended in a real browser: from the result to the answers and back, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import choose, enter, press, unfold

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_guest_mends_a_slip_and_sees_the_corrected_result(
    new_page: NewPage, server: Server, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    enter(page, server, "a guest who looked", f"slip-{javascript}")
    page.goto("/check/result/")
    was = page.locator("h1").inner_text()

    unfold(page, "All your answers")
    press(page, "I ticked something wrong")
    expect(page.locator("h1")).to_have_text("Check your answers")
    page.get_by_role("link", name="Change “Did anything hurt?”").click()
    expect(page.locator("main")).to_contain_text("Only a new check can say that it hurt less")
    page.go_back()
    press(page, "Leave it as it was")
    expect(page.locator("h1")).to_have_text(was)

    unfold(page, "All your answers")
    press(page, "I ticked something wrong")
    page.get_by_role("link", name="Change “Arch on tiptoe”").click()
    choose(page, left="cannot")
    press(page, "Continue")
    press(page, "See the corrected result")
    expect(page.locator("h1")).not_to_have_text(was)
    unfold(page, "All your answers")
    expect(page.locator("main")).to_contain_text("before you corrected it")
