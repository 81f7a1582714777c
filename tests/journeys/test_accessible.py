"""Every page in every state, for everyone: axe, names, sizes, forced colours, less motion, the keyboard alone.

The states are those of the gallery (`tests/gallery/scenes.py`).
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page, expect

from tests.gallery.scenes import SCENES
from tests.gallery.stage import Scene, Stage, Visit
from tests.hipfeet.test_isolation import EXPECTED
from tests.journeys import keyboard
from tests.journeys.accessible import (
    A_MOMENT,
    AXE,
    badly_told,
    errors_not_told,
    headings_out_of_order,
    longest_move,
    moves,
    poor_contrasts,
    scrolls_sideways,
    small_targets,
    tree,
    violations,
)
from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import CHECK, PASSWORD, begin_the_check, choose, later

pytestmark = pytest.mark.browser

REFUSED_FORM = 422
NO_PAGE_OF_THEIR_OWN = {
    "import_workouts_template",
    "robots",
    "security",
    "sitemap",
    "source_export",
    "sources_export",
    "today",  # home of who is signed in
    "workout",  # the first of its day, which has an address with its number, too
}


@pytest.fixture(scope="module")
def stage(server: Server, browser: Browser) -> Stage:
    return Stage(server, browser, AXE)


def scene_named(name: str) -> Scene:
    return next(one for one in SCENES if one.name == name)


# --- every state -----------------------------------------------------------------------------------------


@dataclass
class Checker:
    """Holds everything against a state, and keeps what was shown."""

    looked_at: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    played: set[str] = field(default_factory=set)

    def hold(self, visit: Visit, name: str) -> None:
        """What is wrong is kept in the visit."""
        page = visit.page
        self.shown.add(urlsplit(page.url).path)
        found = [
            *(errors_not_told(page) if visit.status == REFUSED_FORM else ()),
            *violations(page),
            *poor_contrasts(page, self.looked_at),
            *headings_out_of_order(page),
            *badly_told(page),
            *small_targets(page),
            *moves(page),
            *scrolls_sideways(page),
        ]
        visit.problems += [f"{name}: {one}" for one in found]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.mark.parametrize("scene", SCENES, ids=lambda one: one.name)
def test_every_state_is_there_for_everyone(stage: Stage, checker: Checker, scene: Scene) -> None:
    checker.played.add(scene.name)

    problems = stage.play(scene, checker.hold)

    assert problems == []


def test_every_address_with_a_page_is_among_the_states(checker: Checker) -> None:
    if checker.played != {scene.name for scene in SCENES}:
        pytest.skip("not all scenes were played")
    pages = {name for name, expected in EXPECTED.items() if 200 in expected.get} - NO_PAGE_OF_THEIR_OWN

    shown = {resolve(path).url_name for path in checker.shown if not path.startswith("/error-")}

    assert pages - shown == set()


def test_a_page_that_is_not_sound_is_found_out(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/privacy/")
    page.evaluate(
        """() => {
          document.querySelector('main').innerHTML = `<h1>One</h1><h3>Three</h3><button></button>
            <label class="opt"><input type="radio" name="left"> In</label>
            <p class="error" id="nobodys">Choose</p><p class="card">${'wide'.repeat(100)}</p>
            <p>A word and <a href="/">a link</a></p>`;
        }"""
    )
    page.locator("main a").evaluate("link => { link.style.textDecoration = 'none' }")
    page.locator("p.card").evaluate(
        "card => { card.style.whiteSpace = 'nowrap'; card.style.transition = 'color 1s' }"
    )

    assert headings_out_of_order(page) == ["h3 after h1"]
    assert {"a button without a name", "the radio button “In” stands in no group with a question"} <= set(
        badly_told(page)
    )
    assert len(scrolls_sideways(page)) == 2
    assert moves(page) == ["something moves for 1.0 s"]
    assert "described by nobody: Choose" not in errors_not_told(page)  # there is no summary to begin with
    assert {"button-name", "link-in-text-block"} <= {one.split(":")[0] for one in violations(page)}
    page.locator("p.card").evaluate(
        "card => { card.style.transition = 'none'; card.style.color = 'var(--line)' }"
    )
    poor = poor_contrasts(page, set())
    assert [one.split(":")[0] for one in poor] == [
        "in the dark, color-contrast",
        "in the light, color-contrast",
    ]


def test_a_focus_that_cannot_be_seen_is_found_out(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/privacy/")
    keyboard.tab(page)
    keyboard.assert_focus_is_seen(page)

    page.evaluate("document.querySelector('header').style.cssText = 'position: fixed; inset: 0; z-index: 99'")
    with pytest.raises(AssertionError, match="lies under something else"):
        keyboard.assert_focus_is_seen(page)
    page.evaluate("document.activeElement.style.outline = 'none'")
    with pytest.raises(AssertionError, match="no line around it"):
        keyboard.assert_focus_is_seen(page)


# --- motion ----------------------------------------------------------------------------------------------


def test_who_asked_for_less_motion_is_spared_the_little_there_is(stage: Stage) -> None:
    def lasts(wish: str) -> float:
        with stage.visit(Scene("", "demo", _never), _pass_by, reduced_motion=wish) as visit:
            visit.page.goto("/")
            return longest_move(visit.page)

    assert lasts("no-preference") > A_MOMENT
    assert lasts("reduce") <= A_MOMENT


def _pass_by(_visit: Visit, _name: str) -> None:
    """Look at nothing."""


# --- the player ------------------------------------------------------------------------------------------


def test_the_player_says_each_phase_once_and_never_the_count(stage: Stage) -> None:
    told: dict[str, tuple[str, list[str]]] = {}

    def listen(visit: Visit, name: str) -> None:
        spoken = visit.page.locator("[role=status]").inner_text()
        told[name] = (spoken, [node.name for node in tree(visit.page) if node.role == "timer"])

    stage.play(replace(scene_named("player"), who="player, heard"), listen)

    assert told["player, get ready"] == ("Get ready", ["Get ready"])
    assert told["player, counting"] == ("Step", ["Step"])
    assert told["player, paused"] == ("Paused", ["Step"])
    assert told["player, switch sides"] == ("Switch sides", ["Switch sides"])
    assert told["player, rest"] == ("Rest", ["Rest"])


# --- forced colours --------------------------------------------------------------------------------------

FORCED: dict[str, Any] = {"forced_colors": "active"}


def line_around(page: Page, selector: str, kind: str = "outline") -> list[str]:
    """Style, width and colour of the line around each of these."""
    found: list[str] = page.locator(selector).evaluate_all(
        f"""elements => elements.map(element => {{
          const style = getComputedStyle(element);
          return [style.{kind}Style, style.{kind}Width, style.{kind}Color].join(' ');
        }})"""
    )
    return found


def is_seen(line: str) -> bool:
    style, width, _colour = line.split(" ", 2)
    return style != "none" and float(width.removesuffix("px")) >= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_the_chosen_answer_and_the_buttons(stage: Stage, scheme: str) -> None:
    with stage.visit(Scene("", "", _never), _pass_by, **FORCED, color_scheme=scheme) as visit:
        page = visit.page
        begin_the_check(page)
        page.get_by_role("link", name="I have looked").click()
        choose(page, left="in", right="out")
        page.locator("h1").click()

        assert [is_seen(line) for line in line_around(page, ".pick:has(:checked)")] == [True, True]
        assert not any(is_seen(line) for line in line_around(page, ":is(.pick, .opt):not(:has(:checked))"))
        assert all(is_seen(line) for line in line_around(page, ":is(.pick, .opt, .button)", "borderTop"))


def test_forced_colours_show_which_chosen_answer_has_the_focus(stage: Stage) -> None:
    with stage.visit(Scene("", "", _never), _pass_by, **FORCED) as visit:
        page = visit.page
        begin_the_check(page)
        page.get_by_role("link", name="I have looked").click()
        choose(page, left="in", right="out")

        page.keyboard.press(
            "Shift+Tab"
        )  # from the right toes to the left kneecap, where nothing is chosen yet
        page.keyboard.press("Shift+Tab")
        left, right = line_around(page, ".pick:has(:checked)")

        assert left != right


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("ordinary feet", "/check/result/"),
        ("first day, untouched", "/"),
        ("player, heard", "/workouts/{today}/1/bridge/"),
        ("demo", "/progress/"),
    ],
)
def test_forced_colours_keep_buttons_and_the_focus(stage: Stage, who: str, address: str) -> None:
    with stage.visit(Scene("", who, _never), _pass_by, **FORCED) as visit:
        page = visit.page
        page.goto(address.format(**visit.person))

        assert all(is_seen(line) for line in line_around(page, ".button:visible", "borderTop"))
        for _ in range(25):
            keyboard.tab(page)
            if page.evaluate("document.activeElement !== document.body"):
                keyboard.assert_focus_is_seen(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_charts_and_the_week(stage: Stage, scheme: str) -> None:
    with stage.visit(Scene("", "demo", _never), _pass_by, **FORCED, color_scheme=scheme) as visit:
        page = visit.page
        page.goto("/progress/")
        for shape in (".plot .l", ".plot .r", ".plot text"):
            assert contrast_with_the_page(page, shape) >= 3, shape
        assert contrast_with_the_page(page, ".tok:not(.off, .to, .extra)") >= 3
    with stage.visit(Scene("", "done", _never), _pass_by, **FORCED, color_scheme=scheme) as visit:
        visit.page.goto("/")
        assert contrast_with_the_page(visit.page, ".week .done .dot") >= 3
    with stage.visit(Scene("", "first day, untouched", _never), _pass_by, **FORCED) as visit:
        visit.page.goto("/")
        assert is_seen(line_around(visit.page, ".week .plan .dot", "borderTop")[0])


CONTRAST = """element => {
  const channels = colour => colour.match(/[0-9.]+/g).slice(0, 3).map(one => one / 255)
    .map(one => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
  const light = colour => channels(colour).reduce((sum, one, at) => sum + one * [.2126, .7152, .0722][at], 0);
  const style = getComputedStyle(element);
  const isLine = style.fill === 'none';
  const colour = element instanceof SVGElement ? (isLine || element.matches('.base, .r') ? style.stroke : style.fill)
    : style.backgroundColor;
  const [one, other] = [light(colour), light(getComputedStyle(document.body).backgroundColor)];
  return (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
}"""


def contrast_with_the_page(page: Page, selector: str) -> float:
    """How the colour of a shape stands out from the page's ground."""
    return float(page.locator(selector).first.evaluate(CONTRAST))


def _never(_visit: Visit) -> None:
    """A scene that is played by hand."""


# --- the keyboard alone ----------------------------------------------------------------------------------


def test_the_whole_loop_is_walked_with_the_keyboard_alone(new_page: NewPage, server: Server) -> None:
    page = new_page()
    page.goto("/")

    keyboard.follow(page, "Skip to main content")
    keyboard.follow(page, "Start the check")
    check_by_keyboard(page)
    keyboard.unfold(page, "Keep, print or delete")
    keyboard.follow(page, "Make an account")
    keyboard.write(page, "email", "keyboard@example.org")
    keyboard.write(page, "password1", PASSWORD)
    keyboard.send(page)
    expect(page.locator("h1")).to_have_text("Type in the code")
    keyboard.write(page, "code", server.code_mailed_to("keyboard@example.org"))
    keyboard.send(page)
    expect(page.locator("h1")).to_have_text("Today")

    keyboard.follow(page, "Make a plan")
    plan_by_keyboard(page)
    keyboard.follow(page, "Today")
    keyboard.follow(page, "Start")
    train_by_keyboard(page)

    keyboard.follow(page, "Today")
    expect(page.locator("h1")).to_have_text("Done for today")
    keyboard.follow(page, "Progress over the weeks")
    keyboard.follow(page, "Side-lying leg lift")
    expect(page.locator("h1")).to_contain_text("Side-lying leg lift")


def check_by_keyboard(page: Page) -> None:
    """From the start page of the check to its result, with a slip on the way."""
    keyboard.tick(page, "I am 18 or over")
    keyboard.tick(page, "Keep my answers")
    keyboard.press(page, "Start the check")
    keyboard.press(page, "None of these")
    for title, answers in CHECK:
        if page.get_by_role("link", name="I have looked").count():
            keyboard.follow(page, "I have looked")
        expect(page.locator("h1")).to_have_text(title)
        if title == CHECK[0][0]:
            keyboard.press(page, "Continue")
            expect(page).to_have_title(re.compile("^Error: "))
            keyboard.follow(page, "Choose where your left toes point")
            assert page.evaluate("document.activeElement.name") == "left"
        for name, value in answers.items():
            keyboard.choose(page, name, value)
        keyboard.press(page, "Continue")
    keyboard.choose(page, "value", "none")
    keyboard.press(page, "Continue")
    keyboard.press(page, "See my result")
    expect(page.locator("h1")).to_contain_text("Your left kneecap looked in, and the arch rose")


def plan_by_keyboard(page: Page) -> None:
    """From the safety lists to a plan that runs."""
    while "/safety/" in page.url:
        keyboard.press(page, "None of these")
    keyboard.press(page, "Continue")
    today = page.evaluate("(new Date().getDay() + 6) % 7")
    for day in sorted({today, (today + 3) % 7}):
        keyboard.choose(page, "weekdays", str(day))
    keyboard.press(page, "Continue")
    for name, value in (("minutes", "10"), ("over_65", "no"), ("trained", "no")):
        keyboard.choose(page, name, value)
    keyboard.press(page, "Continue")
    keyboard.press(page, "Start this plan")
    expect(page.get_by_role("main").get_by_role("link", name="Start", exact=True)).to_be_visible()


def train_by_keyboard(page: Page) -> None:
    """The first exercise of today's workout, with its log; the rest is left."""
    keyboard.choose(page, "unwell", "no")
    keyboard.press(page, "Continue")
    keyboard.follow(page, "Skip the warm-up")
    while page.get_by_role("button", name="Set done").count():
        keyboard.tap(page, "Set done")
    expect(page.locator("[data-mode=log]")).to_be_visible()
    later(page)
    keyboard.tap(page, "All s")
    expect(page.get_by_role("button", name="Set done")).to_be_visible()
    keyboard.follow(page, "Back to the workout")
    keyboard.press(page, "End the workout here")
    expect(page.locator("h1")).to_contain_text("Done: ")
