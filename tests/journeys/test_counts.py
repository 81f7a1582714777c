"""Counting seconds on one leg and heel raises, with a counter and by hand."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessible import tree
from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import (
    answer_safety_lists,
    enter,
    groups,
    hold_the_clock,
    later,
    press,
    run,
)

pytestmark = pytest.mark.browser


def timers(page: Page) -> list[tuple[str, str]]:
    """Name and live setting of every timer in Chromium's accessibility tree."""
    return [(node.name, node.properties.get("live", "off")) for node in tree(page) if node.role == "timer"]


def test_counter_counts_by_tap_and_space_bar_and_fills_in_the_number(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    enter(page, server, "looked", "counter@example.org")
    page.goto("/checks/counts/")
    expect(page.get_by_role("main")).to_contain_text("Four short lists come first")
    page.get_by_role("link", name="Answer them now").click()
    answer_safety_lists(page)
    expect(page.locator("h1")).to_have_text("Two things you can count")
    page.get_by_role("link", name=re.compile("^How to do it.*one leg")).click()
    page.get_by_role("link", name="I am ready to count").click()
    expect(page.get_by_role("button", name="Start left")).to_be_visible()
    assert timers(page) == [("Left, seconds", "off"), ("Right, seconds", "off")]
    assert {"Left: how many seconds on one leg?", "Right: how many seconds on one leg?"} <= {
        name for name, _ in groups(page)
    }

    left, right = page.get_by_role("timer").first, page.get_by_role("timer").last
    status = page.get_by_role("status")
    press(page, "Start left")
    expect(status).to_have_text("Left: get ready")
    expect(status).to_have_text("Go")
    expect(left).to_have_text(re.compile(r"^([2-9]|\d\d)$"))  # on a busy machine no one sees every second
    press(page, "Stop")
    expect(status).to_have_text(re.compile(r"^Left: \d+, written down below$"))
    counted = left.inner_text()
    assert int(counted) >= 2  # on a busy machine the stop comes later
    expect(status).to_have_text(f"Left: {counted}, written down below")
    expect(page.locator("input[name=left_1]")).to_have_value(counted)
    assert page.evaluate("document.activeElement.textContent").startswith("Start")

    page.locator("h1").click()  # the focus is on nothing that needs the space bar
    later(page)
    page.keyboard.press("Space")  # the left side has tries left
    expect(status).to_have_text("Left: get ready")
    later(page)
    page.keyboard.press("Space")  # before it begins: nothing is counted
    expect(status).to_have_text("Left: not counted")
    expect(page.locator("input[name=left_2]")).to_have_value("")
    expect(right).to_have_text("0")

    page.locator("input[name=right_1]").fill("31")
    press(page, "Save")
    expect(page.locator("h1")).to_contain_text("on the right")
    expect(page.get_by_role("main")).to_contain_text("Hold on to something when you stand")


def test_stance_ends_by_itself_at_45_seconds(new_page: NewPage, server: Server) -> None:
    page = new_page()
    enter(page, server, "may count", "flamingo@example.org")
    hold_the_clock(page, "/checks/counts/one-leg-stance/count/")

    press(page, "Start right")
    run(page, 49)
    expect(page.get_by_role("timer").last).to_have_text("44")
    run(page, 2)

    expect(page.locator("input[name=right_1]")).to_have_value("45")
    expect(page.get_by_role("status")).to_have_text("Right: 45, written down below")
    expect(page.get_by_role("button", name="Start right")).to_be_visible()


def test_seconds_that_nobody_sees_and_a_second_tap_count_nothing(new_page: NewPage, server: Server) -> None:
    page = new_page()
    enter(page, server, "may count", "unseen@example.org")
    hold_the_clock(page, "/checks/counts/one-leg-stance/count/")
    status = page.get_by_role("status")
    tries = page.locator("input[name=left_1]")

    press(page, "Start left")
    run(page, 0.2)
    press(page, "Stop")  # the same tap
    expect(status).to_have_text("Left: get ready")
    run(page, 9)
    page.clock.fast_forward(60_000)  # asleep
    run(page, 1.5)
    expect(status).to_have_text("Left: not counted")
    expect(tries).to_have_value("")

    press(page, "Start left")
    run(page, 9)
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    run(page, 60)

    expect(status).to_have_text("Left: not counted")
    expect(tries).to_have_value("")


def test_heel_raises_are_counted_by_the_beat_and_its_sound_is_remembered(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    enter(page, server, "may count", "heels@example.org")
    page.goto("/checks/counts/heel-raise/")
    page.get_by_role("link", name="I am ready to count").click()
    sound = page.get_by_role("button", name="Sound of the beat")
    expect(sound).to_have_attribute("aria-pressed", "false")
    sound.click()
    page.reload()
    expect(sound).to_have_attribute("aria-pressed", "true")
    hold_the_clock(page, page.url)

    press(page, "Start left")
    run(page, 5.5)
    left = page.locator(".counter").first
    expect(left.locator(".phase")).to_have_text("Up")
    run(page, 1)
    expect(left.locator(".phase")).to_have_text("Down")
    expect(left.get_by_role("timer")).to_have_text("0")
    run(page, 14)
    expect(left.get_by_role("timer")).to_have_text("7")
    press(page, "Stop")
    page.get_by_role("button", name="One more: Heel raises, left").click()

    expect(page.locator("input[name=left_1]")).to_have_value("8")
    press(page, "Save")
    expect(page.locator("h1")).to_contain_text("right not counted")


def test_counting_by_hand_needs_no_script_and_an_error_keeps_the_numbers(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(javascript=False)
    enter(page, server, "may count", "watch@example.org")
    page.goto("/checks/counts/one-leg-stance/count/")
    expect(page.get_by_role("main")).to_contain_text("Use a watch that shows seconds")
    expect(page.get_by_role("timer")).to_have_count(0)

    page.locator("input[name=left_1]").fill("46")
    page.locator("input[name=right_1]").fill("12")
    press(page, "Save")

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#error-summary")).to_contain_text("Left, try 1: write a number from 0 to 45")
    expect(page.locator("input[name=right_1]")).to_have_value("12")
    page.locator("input[name=left_1]").fill("45")
    press(page, "Save")
    expect(page.locator("h1")).to_contain_text("on the right")


def test_error_on_the_count_page_leads_to_its_number(new_page: NewPage, server: Server) -> None:
    page = new_page()
    enter(page, server, "may count", "slip@example.org")
    page.goto("/checks/counts/heel-raise/count/")

    press(page, "Save")

    expect(page).to_have_title(re.compile("^Error: "))
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.locator("#error-summary a").click()
    assert page.evaluate("document.activeElement.name") == "left_1"
