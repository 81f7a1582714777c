"""From Today to Done: how many taps it takes, what each exercise asks, and that it goes on without a connection."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import (
    LATER,
    choose,
    count_taps,
    enter,
    groups,
    in_a_workout,
    later,
    look,
    press,
    run,
    skip_the_warm_up,
    taps,
    tick,
)

pytestmark = pytest.mark.browser

MOST_TAPS = 25
"""Of a first workout of six exercises, from Today to Done (measures.md, M13)."""

AS_ASKED = re.compile("as asked", re.IGNORECASE)


def start(page: Page) -> None:
    """From Today to the player of the first exercise."""
    page.goto("/")
    page.get_by_role("link", name="Start", exact=True).click()
    choose(page, unwell="no")
    press(page, "Continue")
    skip_the_warm_up(page)
    expect(page.get_by_role("button", name="Count for me")).to_be_visible()


def mode(page: Page) -> str | None:
    found: str | None = page.locator("[data-player]").get_attribute("data-mode")
    return found


def run_until(page: Page, *modes: str) -> None:
    """Let the player's clock run until it stands there."""
    for _ in range(60):
        if mode(page) in modes:
            return
        run(page, 10)
    raise AssertionError(f"the player never comes to {modes}: {mode(page)}")


def exercise(page: Page) -> str:
    name: str = page.locator("h1").inner_text()
    return name


def as_asked(page: Page) -> None:
    """The one tap of the log, and the next exercise or the end."""
    before = exercise(page)
    page.get_by_role("button", name=AS_ASKED).click()
    expect(page.locator("h1")).not_to_have_text(before)


def is_done(page: Page) -> bool:
    return not page.locator("[data-player]").count()


TAPS_AROUND_TYPING = 5
"""To the sheet, from there to the day, on with today, the workout saved; and one to spare for a menu."""


def test_a_workout_typed_in_as_asked_takes_a_tap_an_exercise(new_page: NewPage, server: Server) -> None:
    page = new_page()
    enter(page, server, "six exercises", "typed-in@example.org")
    count_taps(page)
    page.goto("/")
    page.get_by_role("link", name="This workout on paper").click()
    page.get_by_role("link", name="Type in a workout").click()
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("How did it go?")  # all() does not wait for the page
    exercises = page.get_by_label("As asked").all()
    before = taps(page)

    for as_asked in exercises:
        as_asked.click()
    press(page, "Save the workout")

    expect(page.locator("h1")).to_have_text(re.compile("^Done: "))
    assert len(exercises) == 6
    assert taps(page) - before == len(exercises) + 1
    assert taps(page) <= len(exercises) + TAPS_AROUND_TYPING


def test_a_first_workout_that_the_phone_counts_takes_two_taps_an_exercise(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    enter(page, server, "six exercises", "counted@example.org")
    count_taps(page)
    page.clock.install()
    start(page)
    seen = []

    while not is_done(page):
        seen.append(exercise(page))
        press(page, "Count for me")
        before = taps(page)
        run_until(page, "log")
        assert taps(page) == before
        page.clock.run_for(LATER)
        page.get_by_role("button", name=AS_ASKED).click()
        page.clock.run_for(2_000)
        expect(page.locator("h1")).not_to_have_text(seen[-1])

    assert len(seen) == 6
    assert taps(page) == 4 + 2 * len(seen) <= MOST_TAPS
    expect(page.locator("h1")).to_contain_text("Done: ")
    page.set_viewport_size({"width": 390, "height": 664})
    page.evaluate("scrollTo(0, 0)")
    expect(page.get_by_role("link", name="Back to Today")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 390, "height": 844})


def test_a_first_workout_that_nobody_counts_takes_a_tap_a_set_and_one_for_each_log(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    enter(page, server, "six exercises", "uncounted@example.org")
    count_taps(page)
    start(page)
    logs = 0

    while not is_done(page):
        while mode(page) in {"idle", "rest"}:
            later(page)
            press(page, "Set done")
        before = taps(page)
        later(page)
        as_asked(page)
        assert taps(page) == before + 1
        logs += 1

    assert logs == 6
    assert taps(page) <= MOST_TAPS


def banded_walk(page: Page, server: Server, address: str) -> None:
    """A new person at the first set of the banded walk, with what is fetched ahead there."""
    page.goto(in_a_workout(page, server, address))
    page.wait_for_load_state("networkidle")
    later(page)


def set_done(page: Page) -> None:
    later(page)
    press(page, "Set done")


def all_sets_done(page: Page) -> None:
    while mode(page) != "log":
        set_done(page)
    later(page)


def stored(page: Page, address: str) -> str:
    """What a page of the workout says, once nothing waits."""
    expect(page.locator("#not-saved")).to_have_count(0)
    page.wait_for_function("() => !Object.keys(localStorage).some((name) => name.startsWith('waiting-'))")
    page.goto(address)
    words: str = page.locator("main").inner_text()
    return words


def test_without_a_connection_it_goes_on_to_the_next_exercise_and_the_one_after(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    banded_walk(page, server, "cellar@example.org")
    workout = urljoin(page.url, "../")

    page.context.set_offline(True)
    for name in ("Bridge", "Deadlift"):
        all_sets_done(page)
        as_asked(page)
        assert exercise(page) == name
        assert page.url.endswith(f"/{name.lower()}/")
        expect(page.locator("#not-saved")).to_contain_text("Not saved yet: Banded walk")
    look(page, "player-next-offline")
    set_done(page)
    page.context.set_offline(False)
    expect(page.locator("#not-saved")).to_have_count(0)

    said = stored(page, workout)
    assert said.lower().count("could have done 2 or 3 more, clean, pain 0") == 3  # both sides, and the bridge
    assert said.count("Set 1: ") == 2  # of the bridge and the deadlift


def test_at_the_end_without_a_connection_the_way_on_is_the_workout(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    page.clock.install()
    banded_walk(page, server, "cellar-end@example.org")
    first = urljoin(page.url, "../hip-circle/")
    page.goto(first)
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    seen = []
    while mode(page) != "over":
        seen.append(exercise(page))
        all_sets_done(page)
        page.get_by_role("button", name=AS_ASKED).click()
        page.wait_for_function(
            """name => document.querySelector("h1").textContent !== name
              || document.querySelector("[data-player]").dataset.mode === "over" """,
            arg=seen[-1],
        )
        run(page, 2)  # as long as the server's word is worth

    assert seen == ["Hip circles", "Side-lying leg lift", "Banded walk", "Bridge", "Deadlift"]
    look(page, "player-over-offline")
    page.context.set_offline(False)
    expect(page.locator("#not-saved")).to_have_count(0)
    page.get_by_role("link", name="Go on", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Back to Today")


def test_going_back_shows_the_exercise_as_it_is_stored(new_page: NewPage, server: Server) -> None:
    page = new_page()
    banded_walk(page, server, "back@example.org")
    all_sets_done(page)
    as_asked(page)

    page.go_back()

    expect(page.locator("h1")).to_have_text("Banded walk: how did it go?")
    assert page.locator("#differ :checked").count() == 6


def test_something_different_is_told_from_the_player_too(new_page: NewPage, server: Server) -> None:
    page = new_page()
    banded_walk(page, server, "different@example.org")
    workout = urljoin(page.url, "../")
    all_sets_done(page)
    page.get_by_text("Something was different").click()
    assert {"Left: I could have done", "Right: was each one clean?"} <= {name for name, _ in groups(page)}
    expect(page.get_by_role("button", name=AS_ASKED)).to_be_hidden()

    press(page, "Save, then bridge")
    expect(page.get_by_role("alert")).to_have_text("Choose an answer.")
    assert page.evaluate("document.activeElement.name") == "effort_left"
    page.locator("input[name=reps_left_2]").fill("900")
    later(page)
    press(page, "Save, then bridge")
    expect(page.get_by_role("alert")).to_have_text("Write the repetitions as a whole number from 0 to 200.")
    page.locator("input[name=reps_left_2]").fill("5")
    choose(page, effort_left="hard", clean_left="no", pain_left="3")
    tick(page, "The same as on the left")
    expect(page.locator("input[name=reps_right_1]")).to_be_hidden()
    later(page)
    press(page, "Save, then bridge")

    expect(page.locator("h1")).to_have_text("Bridge")
    said = stored(page, workout)
    assert "Left, set 2: 5" in said
    assert "Right, set 2: 5" in said
    assert said.count("could have done 1 more, not clean, pain 3") == 2


def test_where_a_counted_set_differs_the_one_tap_is_not_offered(new_page: NewPage, server: Server) -> None:
    page = new_page()
    banded_walk(page, server, "fewer@example.org")
    page.get_by_text("Sound, pace, note, how to do it").click()
    page.locator("input[name=repetitions]").fill("6")
    all_sets_done(page)

    expect(page.get_by_role("button", name=AS_ASKED)).to_be_hidden()
    expect(page.locator("input[name=reps_left_1]")).to_have_value("6")
    expect(page.locator("input[name=reps_right_2]")).to_have_value("8")


def test_sets_left_out_are_told_as_not_done(new_page: NewPage, server: Server) -> None:
    page = new_page()
    banded_walk(page, server, "early@example.org")
    set_done(page)
    page.get_by_text("Sound, pace, note, how to do it").click()
    page.get_by_role("link", name="Leave the rest out: say how it went").click()

    expect(page.get_by_role("button", name=AS_ASKED)).to_contain_text("All sets as asked")
    page.get_by_text("Something was different").click()
    values = [
        page.locator(f"input[name=reps_{side}_{number}]").input_value()
        for side in ("left", "right")
        for number in (1, 2)
    ]
    assert values == ["8", "", "", ""]


def test_pain_of_six_is_answered_with_care_with_and_without_a_connection(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    banded_walk(page, server, "six@example.org")

    def told() -> None:
        all_sets_done(page)
        page.get_by_text("Something was different").click()
        for side in ("left", "right", "both"):
            if page.locator(f"input[name=effort_{side}]").count():
                choose(page, **{f"effort_{side}": "hard", f"clean_{side}": "yes", f"pain_{side}": "6"})
        page.get_by_role("button", name="Save, then").click()

    told()
    expect(page.locator("h1")).to_have_text("Banded walk: enough for today")
    page.get_by_role("link", name="Go on with bridge").click()
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    told()

    expect(page.get_by_role("alert")).to_contain_text("When to see someone:")
    page.get_by_role("link", name="Go on with deadlift").click()
    expect(page.locator("h1")).to_have_text("Deadlift")


def test_two_phones_that_tell_different_things_show_both_and_the_person_decides(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    banded_walk(page, server, "log-phones@example.org")
    workout = urljoin(page.url, "../")
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_text("Sound, pace, note, how to do it").click()
    page.get_by_role("link", name="Leave the rest out").click()
    page.get_by_text("Something was different").click()
    choose(page, effort_left="easy", clean_left="yes", pain_left="1")
    tick(page, "The same as on the left")
    press(page, "Save, then bridge")
    expect(page.locator("h1")).to_have_text("Bridge")

    all_sets_done(other)
    other.get_by_role("button", name=AS_ASKED).click()
    notice = other.locator("#not-saved")
    expect(notice).to_contain_text("Banded walk: as asked: two different answers")
    expect(notice).to_contain_text("Left: 8 and 8 steps each way, could have done 4 or more, clean, pain 1")
    other.get_by_role("button", name="Take Left: 8 and 8").click()
    expect(notice).to_have_count(0)

    assert stored(other, workout).count("could have done 2 or 3 more, clean, pain 0") == 2


def test_where_the_browser_stores_nothing_the_log_is_a_plain_form(new_page: NewPage, server: Server) -> None:
    page = new_page()
    banded_walk(page, server, "log-full@example.org")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    page.goto(urljoin(page.url, "../bridge/"))
    set_done(page)
    page.wait_for_load_state()

    page.get_by_role("button", name=AS_ASKED).click()

    expect(page.locator("h1")).to_have_text("Deadlift")
