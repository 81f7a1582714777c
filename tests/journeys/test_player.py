"""The player: counting, resting, saving at once, and losing nothing when the connection or the page is gone."""

import re

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import choose, look, press, with_a_plan

pytestmark = pytest.mark.browser


def in_a_workout(page: Page, server: Server, address: str, exercise: str = "side-lying-abduction") -> str:
    """A new person at the first set of an exercise; its address."""
    with_a_plan(page, server, address)
    page.goto("/workouts/start/")
    choose(page, unwell="no")
    press(page, "Continue")
    where = f"{page.url}{exercise}/"
    page.goto(where)
    expect(page.get_by_role("button", name="Count for me")).to_be_visible()
    return where


def run(page: Page, seconds: float) -> None:
    page.clock.run_for(int(seconds * 1000))


def done(page: Page) -> list[str]:
    """The sets the server shows on a page that was loaded again."""
    page.reload()
    found: list[str] = page.locator("[data-done] li").all_inner_texts()
    return found


def test_the_player_counts_switches_sides_rests_and_saves_each_set(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "counts-player@example.org", "banded-walk")
    page.clock.install()
    page.goto(where)
    look(page, "player")

    press(page, "Count for me")
    assert page.locator("[data-phase]").inner_text() == "Get ready"
    run(page, 5.5)
    assert page.locator("[data-phase]").inner_text() == "Step"
    look(page, "player-counting")
    run(page, 2)
    assert page.locator("[data-phase]").inner_text() == "Follow"
    run(page, 8 * 4)
    expect(page.locator("[data-done] li")).to_have_text(["Left, set 1: 8 done"])
    expect(page.locator("[data-phase]")).to_have_text("Switch sides")
    expect(page.locator("[data-where]")).to_have_text("Right, set 1 of 2")
    run(page, 8 + 8 * 4 + 1)
    expect(page.locator("[data-phase]")).to_have_text("Rest")
    look(page, "player-rest")
    before = int(page.locator("[data-count]").inner_text())
    press(page, "15 seconds more")
    assert int(page.locator("[data-count]").inner_text()) == before + 15
    press(page, "Skip the rest")
    expect(page.locator("[data-phase]")).to_have_text("Get ready")

    page.clock.resume()
    expect(page.locator("#not-saved")).to_have_count(0)
    assert done(page) == ["Left, set 1: 8 done", "Right, set 1: 8 done"]


def test_a_pause_stops_the_count_and_it_goes_on_where_it_was(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "pause-player@example.org", "banded-walk")
    page.clock.install()
    page.goto(where)
    press(page, "Count for me")
    run(page, 5 + 4 * 3 + 1)
    counted = page.locator("[data-count]").inner_text()

    press(page, "Pause")
    run(page, 300)
    assert page.locator("[data-count]").inner_text() == counted
    press(page, "Go on")
    run(page, 4)

    assert int(page.locator("[data-count]").inner_text()) == int(counted) + 1


def test_set_done_before_the_end_saves_what_was_counted(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "early-player@example.org", "banded-walk")
    page.clock.install()
    page.goto(where)
    press(page, "Count for me")
    run(page, 5 + 4 * 3 + 1)

    press(page, "Set done")
    page.clock.resume()

    expect(page.locator("[data-done] li")).to_have_text(["Left, set 1: 3 done"])
    expect(page.locator("#not-saved")).to_have_count(0)
    assert done(page) == ["Left, set 1: 3 done"]


def test_sets_done_without_a_connection_wait_and_are_saved_when_it_is_back(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    in_a_workout(page, server, "offline@example.org", "banded-walk")

    page.context.set_offline(True)
    press(page, "Set done")
    press(page, "Set done")
    expect(page.locator("#not-saved")).to_contain_text(
        "Not saved yet: Banded walk, left set 1; Banded walk, right set 1."
    )
    told = page.locator("main > [aria-live=polite]")
    expect(told).to_contain_text("Not everything is saved yet.")
    look(page, "player-not-saved")
    page.context.set_offline(False)

    expect(page.locator("#not-saved")).to_have_count(0)
    expect(told).to_be_empty()
    assert done(page) == ["Left, set 1: 8 done", "Right, set 1: 8 done"]


def test_a_set_that_waits_outlives_the_tab_and_is_sent_from_the_next_page(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    where = in_a_workout(page, server, "tab@example.org", "banded-walk")
    page.context.set_offline(True)
    press(page, "Set done")
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet: Banded walk")

    page.close()  # a dead battery: nothing is said goodbye to
    context = page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto("/")
    expect(again.locator("#not-saved")).to_have_count(0)
    again.goto(where)

    assert done(again) == ["Left, set 1: 8 done"]


def test_an_answer_that_was_lost_on_the_way_doubles_nothing(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    in_a_workout(page, server, "lost@example.org", "banded-walk")
    lost: list[object] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch())  # the server has stored it
        route.abort()

    page.route("**/banded-walk/", lose_the_first_answer)
    press(page, "Set done")
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet: Banded walk")
    press(page, "Send now")

    expect(page.locator("#not-saved")).to_have_count(0)
    assert len(lost) == 1
    assert done(page) == ["Left, set 1: 8 done"]


def test_two_phones_that_disagree_show_both_and_the_person_decides(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "phones@example.org", "banded-walk")
    other = page.context.new_page()
    other.goto(where)
    press(page, "Set done")
    expect(page.locator("[data-where]")).to_have_text("Right, set 1 of 2")

    other.locator("input[name=repetitions]").fill("6")
    press(other, "Set done")
    expect(other.locator("#not-saved")).to_contain_text("Stored from another phone or tab: 8. From here: 6.")
    look(other, "player-conflict")
    press(other, "Take 6")

    expect(other.locator("#not-saved")).to_have_count(0)
    assert done(other) == ["Left, set 1: 6 done"]


def test_this_hurts_is_kept_without_a_connection_too(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    in_a_workout(page, server, "hurts@example.org", "banded-walk")

    page.context.set_offline(True)
    press(page, "This hurts: stop this exercise")
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet: Banded walk")
    page.context.set_offline(False)
    expect(page.locator("#not-saved")).to_have_count(0)
    page.get_by_role("link", name="Say how it went", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Banded walk: enough for today")


def test_signing_out_with_sets_that_wait_asks_first(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    in_a_workout(page, server, "leaves@example.org", "banded-walk")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    page.route("**/banded-walk/", lambda route: route.abort())
    press(page, "Set done")
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet")
    page.route("**/workouts/**", lambda route: route.abort())

    page.goto("/settings/")
    press(page, "Sign out")

    assert "not saved yet" in asked[0]
    expect(page).to_have_url(re.compile("/settings/$"))


def test_the_player_names_its_timer_and_announces_phases_only(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "tree@example.org", "banded-walk")
    page.clock.install()
    page.goto(where)
    press(page, "Count for me")
    run(page, 6)

    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    found = {
        node["role"]["value"]: node.get("name", {}).get("value", "")
        for node in nodes
        if node.get("role", {}).get("value") in {"timer", "status"} and not node.get("ignored")
    }

    assert found["timer"] == "Step"
    assert page.locator("[role=status]").inner_text() == "Step"
    press(page, "Pause")
    toggles = page.get_by_role("button", name=re.compile("^(Sound|Spoken cues)$"))
    assert [toggle.get_attribute("aria-pressed") for toggle in toggles.all()] == ["false", "false"]


def test_what_a_person_in_mid_movement_needs_fits_a_small_screen_and_the_pictures_turn_to_the_side(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    where = in_a_workout(page, server, "crab@example.org", "side-lying-abduction")
    page.set_viewport_size({"width": 390, "height": 664})  # a phone between the bars of its browser
    page.clock.install()
    page.goto(where)
    pictures = page.locator("[data-pictured]")
    first = page.locator("[data-side].on").inner_text()
    press(page, "Count for me")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    run(page, 6)

    for name in ("Pause", "Set done"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 664, name
    assert ("flip" in (pictures.get_attribute("class") or "")) == (first != "Left")
    press(page, "Set done")
    run(page, 1)
    assert ("flip" in (pictures.get_attribute("class") or "")) == (first == "Left")
