"""Stopping in the middle of a workout, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.gallery.scenes import follow
from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import choose, press, skip_the_warm_up, with_a_plan

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_an_exercise_that_hurts_is_left_behind_with_a_word_of_care(
    new_page: NewPage,
    server: Server,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = new_page(javascript=javascript)
    with_a_plan(page, server, f"hurts-{javascript}@example.org".lower())
    page.goto("/workouts/start/")
    choose(page, unwell="no")
    press(page, "Continue")
    skip_the_warm_up(page)
    hurt = page.locator("h1").inner_text()

    press(page, "This hurts: stop this exercise")
    page.wait_for_url("**/how/")
    care = page.locator("h1").inner_text()
    follow(page, "Go on with")

    assert care == f"{hurt}: enough for today"
    assert page.locator("h1").inner_text() != hurt
    expect(page.get_by_role("button", name="Set done")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_a_workout_is_stopped_by_a_plain_link_where_nothing_can_be_stored(
    new_page: NewPage,
    server: Server,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = new_page(javascript=javascript)
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    with_a_plan(page, server, f"unwell-{javascript}@example.org".lower())
    page.goto("/workouts/start/")
    choose(page, unwell="no")
    press(page, "Continue")
    skip_the_warm_up(page)

    follow(page, "Stop the workout: I feel unwell")
    page.locator("label.opt").first.click()
    press(page, "Continue")

    expect(page.locator("h1")).to_have_text("Your workout has ended")
    follow(page, "See what you did")
    expect(page.get_by_role("main")).to_contain_text("Your plan is on hold")
