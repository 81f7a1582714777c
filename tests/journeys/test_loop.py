"""The whole loop as a new person walks it: check, result, account, plan, workout, next target, look again."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessible import AXE
from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import (
    choose,
    groups,
    later,
    look,
    make_a_plan,
    name_of,
    press,
    sign_up,
    skip_the_warm_up,
    take_the_check,
    tick,
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_guest_checks_signs_up_trains_and_sees_the_next_target(
    new_page: NewPage, server: Server, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    address = f"ann-{javascript}@example.org".lower()

    take_the_check(page)
    expect(page.locator("h1")).to_contain_text("Your left kneecap looked in, and the arch rose")

    sign_up(page, server, address)
    page.goto("/checks/")
    expect(page.get_by_role("main")).to_contain_text("2026")
    make_a_plan(page)
    expect(page.get_by_role("main")).to_contain_text("left kneecap looked in")

    train(page)
    expect(page.get_by_role("main")).to_contain_text("more than last time, because")
    page.goto("/checks/")
    take_the_check(page)
    page.goto("/checks/")
    page.get_by_role("link", name="Then and now").click()
    expect(page.locator("h1")).to_have_text("Both checks look the same")


def train(page: Page) -> None:
    """Every exercise of today's workout, each set as planned, cleanly, without pain, and easy."""
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("Today: ")
    page.get_by_role("link", name="Start", exact=True).click()
    choose(page, unwell="no")
    press(page, "Continue")
    skip_the_warm_up(page)
    seen: set[str] = set()
    while page.locator("[name=repetitions]").count():
        name = name_of(page)
        while page.get_by_role("button", name="Set done").count():
            seen.add(name)
            later(page)
            press(page, "Set done")
        as_asked = page.get_by_role("button", name=re.compile("as asked", re.IGNORECASE))
        expect(as_asked).to_be_visible()
        if name == "side-lying-abduction":
            page.get_by_text("Something was different").click()
            names = [name for name, _ in groups(page)]
            assert "Left: I could have done" in names
            assert "Right: was each one clean?" in names
            page.get_by_text("Something was different").click()
        later(page)
        as_asked.click()
        page.wait_for_load_state()
        expect(page.locator("[data-mode=log], [data-mode=over]")).to_have_count(0)
    assert seen


def test_error_on_a_question_names_the_side_and_leads_to_its_first_answer(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/check/")
    tick(page, "I am 18 or over")
    tick(page, "Keep my answers")
    press(page, "Start the check")
    press(page, "None of these")
    page.get_by_role("link", name="I have looked").click()
    choose(page, left="in", knees_usual_left="in", knees_usual_right="not_in")

    press(page, "Continue")

    expect(page).to_have_title(re.compile("^Error: "))
    assert (
        "Right: where do the toes point?",
        "Error: Choose where your right toes point, or “I’m not sure”",
    ) in [(name, description.replace(" Error", "Error").strip()) for name, description in groups(page)]
    page.locator("#error-summary a").click()
    assert page.evaluate("document.activeElement.name") == "right"
    assert page.locator("input[name=left][value=in]").is_checked()


SIZES: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "light"), (1280, "dark"))
"""Besides 390, at which `test_accessible.py` checks them."""


PUBLIC = (
    "/",
    "/learn/",
    "/learn/flat-feet/",
    "/learn/hip-foot-connection/",
    "/learn/tight-or-weak/",
    "/learn/arches/medial-longitudinal-arch/",
    "/learn/muscles/",
    "/learn/muscles/gluteus-medius/",
    "/learn/muscles/groups/gluteal-deep/",
    "/learn/bones-and-joints/",
    "/learn/bones-and-joints/talus/",
    "/evidence/",
    "/evidence/?grade=low",
    "/evidence/?grade=nonsense",
    "/evidence/foot-tilt-turns-leg/",
    "/glossary/",
    "/search/?q=kneecap",
    "/search/?q=zzzzzz",
    "/sources/",
    "/sources/khamis-2007/",
    "/exercises/",
    "/exercises/side-lying-abduction/",
    "/how-progress-works/",
    "/plan/",
    "/privacy/",
    "/accessibility/",
    "/accounts/login/",
    "/accounts/password/reset/",
)


def test_public_pages_are_sound_at_every_width(new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script(AXE)
    for address in PUBLIC:
        page.goto(address)
        for width, scheme in SIZES:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            look(page, f"{address} at {width} px")
