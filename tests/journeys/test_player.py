"""The player: counting, resting, saving at once, and losing nothing when the connection or the page is gone."""

import re

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from tests.journeys.accessible import tree
from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import hold_the_clock, in_a_workout, later, look, press, run

pytestmark = pytest.mark.browser


def stands_at(page: Page, side: str, words: str) -> None:
    """Which set is the next one."""
    expect(page.locator(".sideflag .on")).to_have_text(side)
    expect(page.locator("[data-where]")).to_have_text(words)


def sets_are(page: Page, *sets: str) -> None:
    """The arches that are filled, once they are: "left:1 8" for each set in its place."""
    page.wait_for_function(
        """sets => JSON.stringify(sets) === JSON.stringify(
          [...document.querySelectorAll("[data-arch]:not(.to)")].map(
            (arch) => `${arch.dataset.arch} ${arch.lastChild.textContent.trim()}`,
          ),
        )""",
        arg=list(sets),
    )


def open_the_fold(page: Page) -> None:
    """Where there is more than a moving person needs."""
    if not page.locator("input[name=repetitions]").is_visible():
        page.get_by_text("Sound, pace, note, how to do it").click()


def type_in(page: Page, repetitions: str) -> None:
    """Write the number of repetitions by hand."""
    open_the_fold(page)
    page.locator("input[name=repetitions]").fill(repetitions)


def undo(page: Page) -> None:
    """Take the last set away."""
    open_the_fold(page)
    page.get_by_role("button", name="Take the last set away").click()


def set_done(page: Page) -> None:
    """Tap "Set done", later than a second tap that means the first."""
    later(page)
    press(page, "Set done")


def stored_are(page: Page, *sets: str) -> None:
    """The sets the server shows on a page that was loaded again, once nothing waits."""
    page.wait_for_function(
        """() => {
          try { return !Object.keys(localStorage).some((name) => name.startsWith("waiting-")); }
          catch { return true; }
        }""",
    )
    page.reload()
    sets_are(page, *sets)


def hide(page: Page, *, hidden: bool = True) -> None:
    """Let the page think that another one covers it, or that it can be seen again."""
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_the_player_counts_switches_sides_rests_and_saves_each_set(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "counts-player@example.org")
    page.clock.install()
    page.goto(where)

    press(page, "Count for me")
    assert page.locator("[data-phase]").inner_text() == "Get ready"
    run(page, 5.5)
    assert page.locator("[data-phase]").inner_text() == "Step"
    run(page, 2)
    assert page.locator("[data-phase]").inner_text() == "Follow"
    run(page, 8 * 4)
    sets_are(page, "left:1 8")
    expect(page.locator("[data-phase]")).to_have_text("Switch sides")
    stands_at(page, "Right", "Set 1 of 2")
    run(page, 8 + 8 * 4 + 1)
    expect(page.locator("[data-phase]")).to_have_text("Rest")
    before = int(page.locator("[data-count]").inner_text())
    page.get_by_role("button", name="15 seconds more").click()
    # The clock runs on while the button is pressed.
    assert before + 13 <= int(page.locator("[data-count]").inner_text()) <= before + 15
    press(page, "Skip the rest")
    expect(page.locator("[data-phase]")).to_have_text("Get ready")

    page.clock.resume()
    expect(page.locator("#not-saved")).to_have_count(0)
    stored_are(page, "left:1 8", "right:1 8")


def test_a_pause_stops_the_count_and_it_goes_on_where_it_was(new_page: NewPage, server: Server) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, "pause-player@example.org"))
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
    hold_the_clock(page, in_a_workout(page, server, "early-player@example.org"))
    press(page, "Count for me")
    run(page, 5 + 4 * 3 + 1)

    run(page, 1.05)
    press(page, "Set done")
    page.clock.resume()

    sets_are(page, "left:1 3")
    expect(page.locator("#not-saved")).to_have_count(0)
    stored_are(page, "left:1 3")


def test_sets_done_without_a_connection_wait_and_are_saved_when_it_is_back(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    page.goto(in_a_workout(page, server, "offline@example.org"))

    page.context.set_offline(True)
    set_done(page)
    set_done(page)
    expect(page.locator("#not-saved")).to_contain_text(
        "Not saved yet: Banded walk, left set 1; Banded walk, right set 1."
    )
    told = page.locator("main > [aria-live=polite]")
    expect(told).to_contain_text("Not everything is saved yet.")
    page.context.set_offline(False)

    expect(page.locator("#not-saved")).to_have_count(0)
    expect(told).to_be_empty()
    stored_are(page, "left:1 8", "right:1 8")


def test_a_set_that_waits_outlives_the_tab_and_is_sent_from_the_next_page(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    where = in_a_workout(page, server, "tab@example.org")
    page.goto(where)
    page.context.set_offline(True)
    set_done(page)
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet: Banded walk")

    page.close()  # a dead battery: nothing is said goodbye to
    context = page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto("/")
    expect(again.locator("#not-saved")).to_have_count(0)
    again.goto(where)

    stored_are(again, "left:1 8")


def test_an_answer_that_was_lost_on_the_way_doubles_nothing(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    page.goto(in_a_workout(page, server, "lost@example.org"))
    lost: list[object] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch())  # the server has stored it
        route.abort()

    page.route("**/banded-walk/", lose_the_first_answer)
    set_done(page)
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet: Banded walk")
    press(page, "Send now")

    expect(page.locator("#not-saved")).to_have_count(0)
    assert len(lost) == 1
    stored_are(page, "left:1 8")


def test_two_phones_that_disagree_show_both_and_the_person_decides(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "phones@example.org")
    page.goto(where)
    other = page.context.new_page()
    other.goto(where)
    set_done(page)
    stands_at(page, "Right", "Set 1 of 2")

    type_in(other, "6")
    set_done(other)
    expect(other.locator("#not-saved")).to_contain_text(
        "Stored from another phone or tab: 8 steps each way. From here: 6 steps each way."
    )
    press(other, "Take 6 steps each way")

    expect(other.locator("#not-saved")).to_have_count(0)
    stored_are(other, "left:1 6")


def test_this_hurts_is_kept_without_a_connection_too(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    page.goto(in_a_workout(page, server, "hurts@example.org"))

    page.context.set_offline(True)
    press(page, "This hurts: stop this exercise")
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet: Banded walk")
    care = page.get_by_role("alert")
    expect(care).to_contain_text("Rest for a moment. You lose nothing by stopping.")
    expect(care).to_contain_text("When to see someone: Ask a doctor or physiotherapist if")
    expect(care).to_be_in_viewport()
    page.context.set_offline(False)
    expect(page.locator("#not-saved")).to_have_count(0)
    where = page.url
    page.get_by_role("link", name="Go on with bridge").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge")
    page.goto(where)
    expect(page.get_by_role("heading", level=1)).to_have_text("Banded walk: enough for today")


def test_this_hurts_means_the_side_done_last_until_the_next_begins(new_page: NewPage, server: Server) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, "hurts-side@example.org"))
    side = page.locator("form[data-stop] [name=side]")

    press(page, "Count for me")
    run(page, 5 + 8 * 4 + 1)
    expect(page.locator("[data-phase]")).to_have_text("Switch sides")
    expect(side).to_have_value("left")
    run(page, 8)
    expect(side).to_have_value("right")
    run(page, 8 * 4 + 1)
    expect(page.locator("[data-phase]")).to_have_text("Rest")
    stands_at(page, "Left", "Set 2 of 2")
    expect(side).to_have_value("right")
    press(page, "Skip the rest")
    expect(side).to_have_value("left")


def test_a_page_loaded_while_sets_wait_goes_on_after_them(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    where = in_a_workout(page, server, "loaded-again@example.org")
    page.goto(where)
    page.route(
        "**/banded-walk/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    page.route("**/banded-walk/stop/", lambda route: route.abort())
    set_done(page)
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet: Banded walk")
    pointer = page.locator("[data-unsaved]")
    expect(pointer).to_be_visible()
    page.get_by_role("button", name="Set done").scroll_into_view_if_needed()
    expect(pointer).to_be_in_viewport()

    page.goto(where)
    stands_at(page, "Right", "Set 1 of 2")
    sets_are(page, "left:1 8")
    press(page, "This hurts: stop this exercise")
    expect(page.locator("[data-where]")).to_have_text("Stopped because it hurt")
    page.goto(where)

    expect(page.locator("[data-where]")).to_have_text("Stopped because it hurt")
    expect(page.get_by_role("link", name="Go on with bridge")).to_be_visible()
    expect(page.get_by_role("button", name="Set done")).to_be_hidden()


def test_signing_out_with_sets_that_wait_asks_first(new_page: NewPage, server: Server) -> None:
    page = new_page(cut=True)
    page.goto(in_a_workout(page, server, "leaves@example.org"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    page.route("**/banded-walk/", lambda route: route.abort())
    set_done(page)
    expect(page.locator("#not-saved")).to_contain_text("Not saved yet")
    page.route("**/workouts/**", lambda route: route.abort())

    page.goto("/settings/")
    press(page, "Sign out")

    assert "not saved yet" in asked[0]
    expect(page).to_have_url(re.compile("/settings/$"))


def test_the_player_names_its_timer_and_announces_phases_only(new_page: NewPage, server: Server) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, "tree@example.org"))
    press(page, "Count for me")
    run(page, 6)

    assert [node.name for node in tree(page) if node.role == "timer"] == ["Step"]
    assert page.locator("[role=status]").inner_text() == "Step"
    press(page, "Pause")
    open_the_fold(page)
    toggles = page.get_by_role("button", name=re.compile("^(Sound|Spoken cues)$"))
    assert [toggle.get_attribute("aria-pressed") for toggle in toggles.all()] == ["false", "false"]


SCREENS = {
    "phone between the bars of its browser": (390, 664),
    "small phone": (320, 568),
    "phone on its side": (664, 340),
    "desk": (1280, 800),
}


@pytest.mark.parametrize("exercise", ["side-lying-abduction", "small-squat"])
@pytest.mark.parametrize("screen", SCREENS)
def test_what_a_person_in_mid_movement_needs_fits_the_screen_and_is_read_from_two_metres(
    new_page: NewPage, server: Server, screen: str, exercise: str
) -> None:
    page = new_page()
    width, height = SCREENS[screen]
    of = "in a workout with small squats" if exercise == "small-squat" else ""
    page.set_viewport_size({"width": width, "height": height})
    hold_the_clock(page, in_a_workout(page, server, f"crab-{width}-{exercise}@example.org", exercise, of=of))

    def in_sight(*names: str) -> None:
        for name in names:
            expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)

    in_sight("Count for me", "Set done", "This hurts: stop")
    press(page, "Count for me")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    run(page, 6)

    in_sight("Pause", "Set done", "This hurts: stop")
    expect(page.locator("[data-count]")).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-pictured] .ex-pic").last).to_be_in_viewport(ratio=1)
    covered = page.evaluate(
        """() => {
          const [count, bar] = ["[data-count]", ".thumb"].map((one) => document.querySelector(one).getBoundingClientRect());
          return count.bottom > bar.top;
        }"""
    )
    assert not covered
    digit = page.evaluate(
        """() => {
          const pen = document.createElement("canvas").getContext("2d");
          const { fontWeight, fontSize, fontFamily } = getComputedStyle(document.querySelector("[data-count]"));
          pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
          return pen.measureText("2").actualBoundingBoxAscent;
        }"""
    )
    assert digit >= height / 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


LIES_ON_TOP = """element => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return [top + 2, (top + bottom) / 2, bottom - 2].every((y) => element.contains(document.elementFromPoint((left + right) / 2, y)));
}"""
LARGE = {
    "text twice as large": (390, 664, "200%"),
    "text twice as large on a small phone": (320, 568, "200%"),
    "text twice as large on its side": (664, 340, "200%"),
    "page twice as large": (195, 332, ""),
}


@pytest.mark.parametrize("screen", LARGE)
def test_with_large_text_number_and_buttons_are_in_sight_while_it_counts_and_reached_before(
    new_page: NewPage, server: Server, screen: str
) -> None:
    page = new_page()
    width, height, text = LARGE[screen]
    page.set_viewport_size({"width": width, "height": height})
    hold_the_clock(page, in_a_workout(page, server, f"large-{width}{text[:3]}@example.org"))
    page.evaluate("text => { document.documentElement.style.fontSize = text; }", text)

    def in_sight(*names: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for found in (
            page.locator("[data-count]"),
            *(page.get_by_role("button", name=name) for name in names),
        ):
            expect(found).to_be_in_viewport(ratio=1)
            assert found.evaluate(LIES_ON_TOP)

    page.get_by_role("button", name="This hurts: stop").click(trial=True)
    page.get_by_role("button", name="Set done").click(trial=True)
    press(page, "Count for me")
    in_sight("Pause", "Set done", "This hurts: stop")
    run(page, 6)
    in_sight("Pause", "Set done", "This hurts: stop")
    run(page, 2 * 8 * 4 + 8)
    expect(page.locator("[data-phase]")).to_have_text("Rest")
    in_sight("15 seconds more", "Skip the rest", "Set done", "This hurts: stop")


def test_the_pictures_turn_to_the_side_and_the_end_that_counts_is_lit(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, "lit@example.org", "side-lying-abduction"))
    pictures = page.locator("[data-pictured]")
    first = page.locator("[data-side].on").inner_text()

    def seen() -> tuple[str, list[bool], float]:
        """The phase, whether start and end are dimmed, and how far the arch is filled."""
        found = page.evaluate(
            """() => [
              document.querySelector("[data-phase]").textContent,
              [...document.querySelectorAll(".pair figure")].map((one) => getComputedStyle(one).opacity < 1),
              Number(document.querySelector("[data-clock]").style.getPropertyValue("--level")),
            ]"""
        )
        return (*found,)

    assert seen() == ("", [False, False], 0)
    press(page, "Count for me")
    run(page, 5.5)
    assert seen() == ("Lift", [True, False], 0)
    run(page, 3.5)
    phase, dimmed, filled = seen()
    assert (phase, dimmed) == ("Hold", [True, False])
    assert 0.1 < filled < 0.6
    run(page, 4.5)
    assert seen()[:2] == ("Lower", [False, True])
    assert ("flip" in (pictures.get_attribute("class") or "")) == (first != "Left")
    run(page, 1.05)
    press(page, "Set done")
    run(page, 1)
    assert ("flip" in (pictures.get_attribute("class") or "")) == (first == "Left")


def test_the_movement_that_was_opened_takes_the_place_of_the_pictures_and_follows_the_count(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, "moving-player@example.org", "side-lying-abduction"))
    expect(page.locator(".motion")).to_be_hidden()  # where less motion is asked for
    page.emulate_media(reduced_motion="no-preference")
    page.locator("summary", has_text="Show it moving").click()
    strip = page.locator(".moving > g")
    expect(strip).to_be_attached()
    expect(page.locator(".pair")).to_be_hidden()

    def frame() -> int:
        """Which of the five frames is shown, counted from the start of the movement."""
        moved: float = strip.evaluate("g => new DOMMatrix(getComputedStyle(g).transform).m41")
        width: float = strip.evaluate("g => g.ownerSVGElement.viewBox.baseVal.width")
        return round(-moved / (3 * width))

    press(page, "Count for me")
    run(page, 5.2)
    assert page.locator("[data-phase]").inner_text() == "Lift"
    begun = frame()
    run(page, 1)
    lifted = frame()
    run(page, 2)
    assert page.locator("[data-phase]").inner_text() == "Hold"
    assert (begun, frame()) == (0, 4)
    assert 0 < lifted < 4
    run(page, 5)
    assert page.locator("[data-phase]").inner_text() == "Lower"
    assert frame() < 4
    assert page.evaluate("document.getAnimations().filter(a => a.animationName === 'move').length") == 0


def test_a_rest_follows_a_set_that_nobody_counted_and_ends_without_counting(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    where = in_a_workout(page, server, "rests-uncounted@example.org")
    page.clock.install()
    page.goto(where)
    run(page, 1.05)

    press(page, "Set done")  # between the sides: no rest
    stands_at(page, "Right", "Set 1 of 2")
    expect(page.get_by_role("button", name="Count for me")).to_be_visible()
    run(page, 1.05)
    press(page, "Set done")
    expect(page.locator("[data-phase]")).to_have_text("Rest")
    expect(page.get_by_role("heading", name="Next: left, set 2")).to_be_visible()
    look(page, "player-rest-uncounted")
    page.get_by_role("button", name="15 seconds more").click()
    run(page, 70)
    expect(page.locator("[data-phase]")).to_have_text("Rest")
    run(page, 6)

    expect(page.get_by_role("status")).to_have_text("Next set")
    expect(page.get_by_role("button", name="Count for me")).to_be_visible()
    sets_are(page, *BOTH_SIDES)


def test_without_a_rest_a_counted_set_leads_on_to_get_ready_by_itself(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    where = in_a_workout(page, server, "no-rest@example.org")
    page.goto("/settings/pace/")
    page.get_by_label("Rest between sets").select_option("0")
    press(page, "Save")
    hold_the_clock(page, where)
    press(page, "Count for me")

    run(page, 5 + 8 * 4 + 8 + 8 * 4 + 1)

    stands_at(page, "Left", "Set 2 of 2")
    expect(page.locator("[data-phase]")).to_have_text("Get ready")
    run(page, 5)
    expect(page.locator("[data-phase]")).to_have_text("Step")


def test_pace_and_note_are_set_in_the_player_also_without_a_connection_and_count_at_once(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    where = in_a_workout(page, server, "own-pace@example.org")
    page.goto(where)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)

    open_the_fold(page)
    page.get_by_label("Your note on this exercise").fill("yellow band")
    page.get_by_label("Rest between sets").select_option("90")
    page.get_by_label("Time to get ready").select_option("10")
    press(page, "Keep this")
    expect(page.locator("[data-note]")).to_have_text("yellow band")
    later(page)
    press(page, "Count for me")
    expect(page.locator("[data-count]")).to_have_text("10")
    set_done(page)
    set_done(page)
    expect(page.locator("[data-phase]")).to_have_text("Rest")
    expect(page.locator("[data-count]")).to_have_text(re.compile("90|89"))
    page.context.set_offline(False)
    expect(page.locator("#not-saved")).to_have_count(0)

    page.goto(where)
    expect(page.locator("[data-note]")).to_have_text("yellow band")
    open_the_fold(page)
    expect(page.get_by_label("Rest between sets")).to_have_value("90")


def test_the_player_is_led_by_keys(new_page: NewPage, server: Server) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, "keys@example.org"))
    run(page, 1.05)
    nowhere = "document.activeElement.blur()"

    page.keyboard.press("Space")
    expect(page.locator("[data-phase]")).to_have_text("Get ready")
    run(page, 6)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.evaluate(nowhere)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    run(page, 6)
    page.evaluate(nowhere)
    page.keyboard.press("Enter")
    stands_at(page, "Right", "Set 1 of 2")
    sets_are(page, "left:1 1")

    open_the_fold(page)  # where the focus needs the key, it keeps it
    page.get_by_text("Sound, pace, note, how to do it").press("Enter")
    expect(page.locator("input[name=repetitions]")).to_be_hidden()
    sets_are(page, "left:1 1")


# --- nothing is lost, invented or blocked ---


def test_coming_back_online_with_nothing_to_send_does_not_end_the_sending(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    page.goto(in_a_workout(page, server, "online@example.org"))

    page.evaluate("dispatchEvent(new Event('online'))")
    with page.expect_response("**/banded-walk/"):
        set_done(page)

    stored_are(page, "left:1 8")


def in_a_rest(page: Page) -> None:
    """Both sides of the first set counted, the rest begun."""
    press(page, "Count for me")
    run(page, 5 + 8 * 4 + 8 + 8 * 4 + 2)
    expect(page.locator("[data-phase]")).to_have_text("Rest")


BOTH_SIDES = ("left:1 8", "right:1 8")


@pytest.mark.parametrize("how", ["hidden", "frozen", "asleep"])
def test_a_rest_that_nobody_sees_ends_in_no_set(new_page: NewPage, server: Server, how: str) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, f"rests-{how}@example.org"))
    in_a_rest(page)

    if how == "hidden":
        hide(page)
        run(page, 300)
        hide(page, hidden=False)
    elif how == "frozen":
        page.evaluate("document.dispatchEvent(new Event('freeze'))")
    else:
        page.clock.fast_forward(300_000)
    run(page, 60)

    expect(page.locator("[data-phase]")).to_have_text("Get ready")
    sets_are(page, *BOTH_SIDES)
    assert page.locator("[data-count]").inner_text() == "5"
    press(page, "Go on")
    run(page, 6)
    expect(page.locator("[data-phase]")).to_have_text("Step")
    page.clock.resume()
    stored_are(page, *BOTH_SIDES)


@pytest.mark.parametrize("how", ["hidden", "asleep"])
def test_a_count_that_nobody_sees_waits_at_get_ready_and_keeps_what_was_counted(
    new_page: NewPage, server: Server, how: str
) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, f"unseen-{how}@example.org"))
    press(page, "Count for me")
    run(page, 5 + 4 * 3 + 1)

    if how == "hidden":
        hide(page)
        run(page, 120)
        hide(page, hidden=False)
    else:
        page.clock.fast_forward(120_000)
    run(page, 10)
    expect(page.locator("[data-phase]")).to_have_text("Get ready")
    sets_are(page)
    press(page, "Go on")
    run(page, 5 + 4 * 5 + 0.5)

    sets_are(page, "left:1 8")


def refuse_to_store(context: BrowserContext, how: str) -> None:
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
        if how == "full"
        else "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });"
    )


@pytest.mark.parametrize("how", ["full", "blocked"])
def test_where_the_browser_stores_nothing_the_plain_form_is_sent(
    new_page: NewPage, server: Server, how: str
) -> None:
    page = new_page()
    where = in_a_workout(page, server, f"storage-{how}@example.org")
    refuse_to_store(page.context, how)
    page.goto(where)

    set_done(page)
    stands_at(page, "Right", "Set 1 of 2")
    stored_are(page, "left:1 8")
    undo(page)
    stands_at(page, "Left", "Set 1 of 2")
    open_the_fold(page)
    press(page, "Sound")
    press(page, "This hurts: stop this exercise")

    expect(page.locator("h1")).to_have_text("Banded walk: enough for today")


def test_with_a_full_storage_the_answer_to_a_conflict_is_sent_by_a_plain_form(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    where = in_a_workout(page, server, "full-conflict@example.org")
    page.goto(where)
    other = page.context.new_page()
    other.goto(where)
    set_done(page)
    stands_at(page, "Right", "Set 1 of 2")
    type_in(other, "6")
    set_done(other)
    expect(other.get_by_role("button", name="Take 6 steps each way")).to_be_visible()

    other.evaluate(
        """() => {
          const write = Storage.prototype.setItem;
          Storage.prototype.setItem = function (name, text) {
            if (text.length > (this.getItem(name) ?? "").length) throw new DOMException("full", "QuotaExceededError");
            write.call(this, name, text);
          };
        }"""
    )
    press(other, "Take 6 steps each way")

    sets_are(other, "left:1 6")
    expect(other.locator("#not-saved")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_a_double_tap_logs_one_set(new_page: NewPage, server: Server, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto(in_a_workout(page, server, f"twice-{javascript}@example.org".lower()))
    page.wait_for_timeout(1_050)

    button = page.get_by_role("button", name="Set done")
    button.click()
    page.wait_for_timeout(150)
    button.click()

    stands_at(page, "Right", "Set 1 of 2")
    page.wait_for_timeout(300)
    stored_are(page, "left:1 8")


def test_a_tap_just_after_the_count_has_ended_a_set_means_that_set(new_page: NewPage, server: Server) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, "just-after@example.org"))
    press(page, "Count for me")
    run(page, 5 + 8 * 4 + 0.1)
    expect(page.locator("[data-phase]")).to_have_text("Switch sides")

    press(page, "Set done")

    stands_at(page, "Right", "Set 1 of 2")
    sets_are(page, "left:1 8")


def test_a_logged_set_is_taken_away_also_without_a_connection_and_done_again(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    page.goto(in_a_workout(page, server, "takes-away@example.org"))
    set_done(page)
    set_done(page)
    sets_are(page, *BOTH_SIDES)

    page.context.set_offline(True)
    undo(page)
    stands_at(page, "Right", "Set 1 of 2")
    undo(page)
    stands_at(page, "Left", "Set 1 of 2")
    expect(page.locator("#not-saved")).to_contain_text("Banded walk, left set 1 taken away")
    type_in(page, "5")
    set_done(page)
    stands_at(page, "Right", "Set 1 of 2")
    page.context.set_offline(False)

    expect(page.locator("#not-saved")).to_have_count(0)
    stored_are(page, "left:1 5")


def test_a_page_that_is_translated_counts_as_ever(new_page: NewPage, server: Server) -> None:
    page = new_page()
    hold_the_clock(page, in_a_workout(page, server, "translated@example.org"))
    page.evaluate(
        """() => {
          window.announced = 0;
          const [phase, status] = ["phase", "status"].map((name) => document.querySelector(`[data-${name}]`));
          new MutationObserver(() => { window.announced += 1; }).observe(status, { childList: true });
          new MutationObserver(() => {
            if (!phase.textContent.startsWith("«")) phase.textContent = `«${phase.textContent}»`;
          }).observe(phase, { childList: true });
        }"""
    )

    press(page, "Count for me")
    run(page, 5 + 4 * 3 + 1)
    press(page, "Pause")
    press(page, "Set done")

    assert (
        page.evaluate("window.announced") <= 9
    )  # get ready, four times out and back at most, paused, the next
    for name in ("phase", "count"):
        assert page.locator(f"[data-{name}]").get_attribute("translate") == "no"


def test_sound_comes_back_after_an_interruption(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "sound@example.org")
    page.add_init_script(
        "window.made = []; window.AudioContext = class extends AudioContext "
        "{ constructor() { super(); window.made.push(this); } };"
    )
    page.goto(where)
    open_the_fold(page)
    press(page, "Sound")
    page.wait_for_function("() => window.made[0]?.state === 'running'")

    page.evaluate("window.made[0].suspend()")  # a call
    page.wait_for_function("() => window.made[0].state === 'suspended'")
    press(page, "Count for me")

    page.wait_for_function("() => window.made[0].state === 'running'")
    assert page.evaluate("window.made.length") == 1


def test_signed_out_in_another_tab_is_said_with_the_way_back(new_page: NewPage, server: Server) -> None:
    page = new_page()
    where = in_a_workout(page, server, "signed-out@example.org")
    page.goto(where)
    other = page.context.new_page()
    other.goto("/settings/")
    press(other, "Sign out")

    set_done(page)

    notice = page.locator("#not-saved")
    expect(notice).to_contain_text("You were signed out.")
    expect(notice).not_to_contain_text("connection")
    way = notice.get_by_role("link", name="Sign in").get_attribute("href")
    assert way == f"/accounts/login/?next={where.removeprefix(server.address)}".replace("/", "%2F").replace(
        "%2Faccounts%2Flogin%2F", "/accounts/login/"
    )


def test_a_page_that_is_too_old_says_so_and_saves_once_it_is_loaded_again(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    page.goto(in_a_workout(page, server, "too-old@example.org"))
    page.wait_for_load_state("networkidle")  # what is fetched ahead brings the cookie back
    page.context.clear_cookies(name="csrf")

    set_done(page)
    expect(page.locator("#not-saved")).to_contain_text("This page is too old to save from.")
    page.get_by_role("link", name="Load this page again").click()

    expect(page.locator("#not-saved")).to_have_count(0)
    stands_at(page, "Right", "Set 1 of 2")
    stored_are(page, "left:1 8")


def test_a_server_that_is_down_and_a_set_that_is_refused_are_said_in_their_own_words(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(cut=True)
    page.goto(in_a_workout(page, server, "down@example.org"))
    page.on("console", lambda _: None)
    page.route("**/banded-walk/", lambda route: route.fulfill(status=404, body="gone"))
    set_done(page)
    notice = page.locator("#not-saved")
    expect(notice).to_contain_text("Banded walk, left set 1: this could not be saved")
    expect(notice).to_contain_text("This workout is no longer there.")
    press(page, "Discard it")
    expect(notice).to_have_count(0)
    page.unroute("**/banded-walk/")

    page.route("**/banded-walk/", lambda route: route.fulfill(status=429, body="busy"))
    set_done(page)

    expect(notice).to_contain_text("The server does not answer as it should.")
    page.unroute("**/banded-walk/")
    press(page, "Send now")
    expect(notice).to_have_count(0)


@pytest.mark.parametrize("typed", ["1e1", "1.5", "-1", "201", ""])
def test_repetitions_that_cannot_be_are_said_before_the_player_moves_on(
    new_page: NewPage, server: Server, typed: str
) -> None:
    page = new_page()
    page.goto(in_a_workout(page, server, f"typed-{typed.encode().hex()}@example.org"))

    type_in(page, typed)
    set_done(page)

    expect(page.get_by_role("alert")).to_have_text("Write the repetitions as a whole number from 0 to 200.")
    expect(page.locator("input[name=repetitions]")).to_be_focused()
    stands_at(page, "Left", "Set 1 of 2")
    expect(page.locator("#not-saved")).to_have_count(0)
    type_in(page, "7")
    set_done(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    stored_are(page, "left:1 7")


@pytest.mark.parametrize("typed", [" 7 ", "７"])
def test_seven_is_seven_however_a_keyboard_writes_it(new_page: NewPage, server: Server, typed: str) -> None:
    page = new_page()
    page.goto(in_a_workout(page, server, f"seven{ord(typed[0])}@example.org"))
    page.evaluate("document.querySelector('[name=repetitions]').type = 'text'")

    type_in(page, typed)
    set_done(page)

    sets_are(page, "left:1 7")
    expect(page.locator("#not-saved")).to_have_count(0)
    stored_are(page, "left:1 7")
