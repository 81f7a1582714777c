"""The warm-up and the stretches: led one move after the other, skipped, stopped, and read without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import hold_the_clock, in_a_workout, press, run

pytestmark = pytest.mark.browser

GET_READY = 5
SWITCH_SIDES = 8
A_HOLD = 30


def led(page: Page, address: str, button: str) -> None:
    """The same page with a clock that only the test turns, and the first move begun."""
    hold_the_clock(page, address)
    press(page, button)


def says(page: Page, heading: str, phase: str, number: str) -> None:
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator("[data-phase]")).to_have_text(phase)
    expect(page.locator("[data-count]")).to_have_text(re.compile(f"^({number})$"))


def test_the_warm_up_leads_from_move_to_move_and_on_to_the_first_exercise(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    led(page, in_a_workout(page, server, "warms-up@example.org", "warm-up"), "Start the warm-up")

    says(page, "Walk on the spot", "Get ready", "4|5")
    run(page, GET_READY + 0.5)
    says(page, "Walk on the spot", "Walk", "4:00")
    run(page, 240)
    says(page, "Hip hinge", "Get ready", "4|5")
    expect(page.get_by_role("status")).to_have_text("Get ready: Hip hinge")
    run(page, GET_READY + 0.5)
    says(page, "Hip hinge", "Bend", "1")
    run(page, 8 * 4)
    says(page, "March", "Get ready", "4|5")
    run(page, GET_READY + 0.5 + 4)
    says(page, "March", "One knee", "2")
    run(page, 8 * 4)

    expect(page.locator("h1")).to_have_text("Side-lying leg lift")
    expect(page.get_by_role("button", name="Count for me")).to_be_visible()


def test_a_move_is_left_with_next_and_a_pause_holds_it(new_page: NewPage, server: Server) -> None:
    page = new_page()
    led(page, in_a_workout(page, server, "goes-on@example.org", "warm-up"), "Start the warm-up")
    run(page, GET_READY + 0.5)
    page.get_by_role("button", name="Next").click()
    says(page, "Hip hinge", "Get ready", "4|5")
    run(page, GET_READY + 1)

    press(page, "Pause")
    run(page, 60)

    says(page, "Hip hinge", "Bend", "1")
    run(page, 1)
    press(page, "Go on")
    run(page, 4)
    says(page, "Hip hinge", "Bend", "2")


def test_what_nobody_sees_waits_and_a_walk_goes_on_with_what_was_left(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    led(page, in_a_workout(page, server, "hidden-walk@example.org", "warm-up"), "Start the warm-up")
    run(page, GET_READY + 0.5 + 180)
    says(page, "Walk on the spot", "Walk", "60")

    page.evaluate("document.dispatchEvent(new Event('freeze'))")

    says(page, "Walk on the spot", "Get ready", "4|5")
    run(page, 30)
    press(page, "Go on")
    run(page, GET_READY + 0.5)
    says(page, "Walk on the spot", "Walk", "60")


def test_stretches_change_sides_twice_and_lead_back_to_the_workout(new_page: NewPage, server: Server) -> None:
    page = new_page()
    here = in_a_workout(page, server, "stretches@example.org", "stretches")
    led(page, here, "Start the stretches")
    sides = []
    run(page, GET_READY + 1)

    for _ in range(8):
        sides.append((page.locator("h1").inner_text(), page.locator(".sideflag .on").inner_text()))
        flipped = "flip" in (page.locator("[data-pictured]:visible").get_attribute("class") or "")
        assert flipped == (sides[-1][1] == "Left")  # the right leg is drawn
        expect(page.locator("[data-phase]")).to_have_text("Hold")
        run(page, A_HOLD)
        if len(sides) < 8:
            run(page, SWITCH_SIDES if len(sides) != 4 else GET_READY)

    calf, hip = "Calf at the wall", "Front of the hip, kneeling"
    assert sides == [(move, side) for move in (calf, hip) for side in ("Left", "Right", "Left", "Right")]
    expect(page).to_have_url(here.replace("stretches/", ""))


def test_the_end_without_a_connection_leaves_a_way_on(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    led(page, in_a_workout(page, server, "cellar-moves@example.org", "warm-up"), "Start the warm-up")
    page.context.set_offline(True)
    for _ in range(3):
        run(page, 2)
        page.get_by_role("button", name="Next").click()

    expect(page.locator("h1")).to_have_text("Done")
    expect(page.get_by_role("status")).to_have_text("Done")
    page.context.set_offline(False)
    page.get_by_role("link", name="Go to side-lying leg lift").click()
    expect(page.get_by_role("button", name="Count for me")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_it_is_skipped_with_one_tap_and_a_stop_asks_what_is_new(
    new_page: NewPage,
    server: Server,
    javascript: bool,  # noqa: FBT001
) -> None:
    page = new_page(javascript=javascript)
    here = in_a_workout(page, server, f"skips-{javascript}@example.org".lower(), "warm-up")

    page.goto(here)
    page.get_by_role("link", name="Skip the warm-up" if javascript else "Go to side-lying leg lift").click()
    expect(page.locator("h1")).to_have_text("Side-lying leg lift")
    page.goto(here)
    page.get_by_role("link", name="This hurts: stop").click()
    page.locator("label.opt").first.click()
    press(page, "Continue")

    expect(page.locator("h1")).to_have_text("Your workout has ended")


@pytest.mark.parametrize("screen", [(390, 664), (320, 568), (664, 340)])
def test_number_and_buttons_are_in_sight_while_a_move_is_counted(
    new_page: NewPage, server: Server, screen: tuple[int, int]
) -> None:
    page = new_page()
    width, height = screen
    here = in_a_workout(page, server, f"in-sight-{width}@example.org", "warm-up")
    page.set_viewport_size({"width": width, "height": height})
    for address, button, side in (
        (here, "Start the warm-up", ""),
        (here.replace("warm-up", "stretches"), "Start the stretches", "Left"),
    ):
        page.goto(address)
        expect(page.get_by_role("button", name=button)).to_be_in_viewport(ratio=1)
        led(page, address, button)
        run(page, GET_READY + 1)

        seen = [page.locator("[data-count]"), page.get_by_role("button", name="Pause")]
        seen += [page.get_by_role("button", name="Next"), page.get_by_role("link", name="This hurts: stop")]
        seen += [page.locator(".sideflag .on")] if side else []
        for one in seen:
            expect(one).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
