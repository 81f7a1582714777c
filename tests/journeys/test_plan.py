"""A running plan changed on the phone: steps, lines, equipment and units, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import choose, enter, groups, look, open_line, press, tick, with_a_plan

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_a_step_is_chosen_a_line_taken_out_and_added_again(
    new_page: NewPage, server: Server, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    with_a_plan(page, server, f"steps-{javascript}@example.org".lower())

    open_line(page, "Bridge").get_by_role("link", name=re.compile("^Steps and changes")).click()
    if javascript:
        look(page, "plan-line")
    page.get_by_role("button", name=re.compile("Go down to this step")).first.click()
    expect(page.get_by_role("main")).to_contain_text("you chose")
    expect(open_line(page, "Bridge")).to_contain_text("You chose this step")

    open_line(page, "Hip circles").get_by_role("link", name=re.compile("^Steps and changes")).click()
    press(page, "Take it out of the plan")
    expect(page.get_by_role("main")).to_contain_text("Hip circles is out of your plan.")
    page.get_by_text("Add an exercise", exact=True).click()
    page.get_by_role("link", name=re.compile("^Hip circles")).click()
    if javascript:
        look(page, "plan-add")
    press(page, "Add it to the plan")
    expect(open_line(page, "Hip circles")).to_contain_text("You added it on")


def test_the_ladder_is_walked_by_keyboard_and_names_every_step_of_it(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    with_a_plan(page, server, "ladder-keys@example.org")
    page.goto("/plan/lines/bridge/")

    steps = page.locator(".ladder > li")
    here = page.locator(".ladder > [aria-current=step]")
    down = page.get_by_role("button", name=re.compile("^Go down to this step"))
    down.first.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/plan/$"))
    assert steps.count() == 0  # the ladder was left
    assert here.count() == 0
    expect(open_line(page, "Bridge")).to_contain_text("You chose this step")


def test_equipment_shows_what_is_needed_for_what_is_ticked_and_opens_new_steps(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    with_a_plan(page, server, "things@example.org")
    page.goto("/settings/")
    page.get_by_role("link", name=re.compile("^Change what you have")).click()

    expect(page.get_by_label(re.compile(r"^\s*Weights of your kettlebells"))).to_be_hidden()
    tick(page, "Kettlebells")
    expect(page.get_by_label(re.compile(r"^\s*Weights of your kettlebells"))).to_be_visible()
    page.get_by_label(re.compile(r"^\s*Weights of your kettlebells")).fill("many")
    press(page, "Save")
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_label(re.compile(r"^\s*Weights of your kettlebells")).fill("4, 8")
    page.get_by_label(re.compile(r"^\s*Colour of your light band")).fill("green")
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("4 and 8 kg")

    page.goto("/settings/you/")
    assert {"How do you read weights?", "On which day does your week start?"} <= {
        name for name, _ in groups(page)
    }
    choose(page, weight_unit="lb")
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("8.8 and 17.6 lb")


def test_a_phone_in_another_time_zone_is_told_so(new_page: NewPage, server: Server) -> None:
    page = new_page()
    with_a_plan(page, server, "zone@example.org")
    page.goto("/")
    expect(page.locator("[data-zone]")).to_be_hidden()

    page.goto("/settings/you/")
    page.get_by_label(re.compile(r"^\s*In which time zone")).select_option("Asia/Tokyo")
    press(page, "Save")
    page.goto("/")

    expect(page.locator("[data-zone]")).to_be_visible()
    expect(page.locator("[data-zone]")).to_contain_text("Vienna")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_plan_and_its_pages_are_sound_at_every_width(
    new_page: NewPage, server: Server, width: int
) -> None:
    page = new_page(width=width, dark=width == 1280)
    with_a_plan(page, server, f"w{width}@example.org")

    for address in (
        "/plan/",
        "/plan/lines/bridge/",
        "/plan/lines/heel-raise/",
        "/plan/minutes/",
        "/plan/new/",
        "/plan/past/",
        "/workouts/",
        "/workouts/add/",
        "/workouts/sheet/",
        "/progress/",
        "/settings/",
        "/settings/equipment/",
        "/settings/you/",
    ):
        page.goto(address)
        look(page, f"w{width}{address}")


@pytest.mark.parametrize("width", [320, 390])
def test_a_workout_is_typed_in_from_paper(new_page: NewPage, server: Server, width: int) -> None:
    page = new_page(width=width)
    with_a_plan(page, server, f"paper-{width}@example.org")
    page.get_by_role("link", name="Past workouts").click()
    page.get_by_role("link", name="Type in a workout").click()
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("How did it go?")

    choose(page, did_bridge="some", did_side_lying_abduction="none")
    expect(page.get_by_label("Set 1").first).to_be_hidden()  # nothing to write for what was left out
    look(page, f"typed-{width}")
    assert "Bridge, what was different" in [name for name, _ in groups(page)]
    press(page, "Save the workout")

    expect(page).to_have_title(re.compile("^Error: "))
    look(page, f"typed-error-{width}")
    expect(page.locator("#error-summary")).to_contain_text("Bridge: choose a number for pain.")


def test_seven_lines_in_week_three_fit_three_thousand_pixels(new_page: NewPage, server: Server) -> None:
    page = new_page()
    page.set_viewport_size({"width": 390, "height": 664})
    enter(page, server, "seven in week three", "long-plan@example.org")

    page.goto("/plan/")

    assert page.locator("ol.lines > li").count() == 7
    assert page.evaluate("document.documentElement.scrollHeight") <= 3000
    row, step = page.locator("main .week").bounding_box(), page.locator("main .button").first.bounding_box()
    assert row
    assert step
    assert step["y"] + step["height"] <= 664 - 61  # above the menu
    assert row["height"] < 120
    look(page, "plan-seven-lines")
    for fold in page.locator("main details").all():
        fold.locator("summary").click()
    page.set_viewport_size({"width": 320, "height": 664})
    look(page, "plan-seven-lines-open")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_none_of_these_is_under_the_thumb_and_the_stage_is_asked_only_with_its_tick(
    new_page: NewPage, server: Server, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    page.set_viewport_size({"width": 390, "height": 664})
    enter(page, server, "looked", f"lists-{javascript}@example.org".lower())
    page.goto("/plan/new/")

    while "so-it-fits" not in page.url:
        button = page.get_by_role("button", name="None of these").bounding_box()
        assert button
        assert 664 / 2 < button["y"] < 664 - button["height"]
        press(page, "None of these")

    stage = page.get_by_text("where are you now?")
    expect(stage).to_be_hidden()
    tick(page, "You are pregnant")
    expect(stage).to_be_visible()
    press(page, "Continue")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("main")).to_contain_text("Choose where you are in pregnancy")
    page.goto("/safety/so-it-fits/explained/")
    expect(stage).to_be_hidden()
    choose(page, RF16="unsure")
    expect(stage).to_be_visible()
    if javascript:
        look(page, "safety-stage")
