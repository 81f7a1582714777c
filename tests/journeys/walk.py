"""What people do on the pages, and what must hold on each of them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from assessments.rules.questionnaire import questionnaire
from tests.journeys.accessible import poor_contrasts_as_shown, tree, violations
from tests.journeys.conftest import Server

ZONE = "Europe/Vienna"
"""Where the browsers are, and the people (`tests/gallery/people.py`)."""
PASSWORD = "a long enough secret"
LOOKED_AT: set[str] = set()
"""The contrasts that any test has looked at."""

See = Callable[[Page, str], None]
"""What a walk does at each page it comes by."""


def stop(see: See | None, page: Page, name: str) -> None:
    """Look at the page as the walk was told to, if at all."""
    if see:
        see(page, name)


def look(page: Page, name: str) -> None:
    """Check the page as it stands: for states that are none of the gallery's, as those are checked in `test_accessible.py`."""
    assert page.locator("h1").count() == 1, f"{name}: {page.locator('h1').count()} h1"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
    found = [*violations(page), *poor_contrasts_as_shown(page, LOOKED_AT)]
    assert found == [], f"{name}: {found}"


def choose(page: Page, **answers: str) -> None:
    """Choose radio buttons by name and value."""
    for name, value in answers.items():
        page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def tick(page: Page, words: str) -> None:
    """Tick a box by the beginning of its words."""
    page.locator("label.opt").filter(has_text=re.compile(f"^\\s*{words}")).first.click()


def own_only(page: Page, *things: str) -> None:
    """Tick these things on the page of what one has, and no others, whatever was ticked before."""
    for box in page.locator("input[name=owned]").all():
        if box.is_checked() != (box.input_value() in things):
            page.locator(f"label:has([value={box.input_value()}])").click()


def press(page: Page, label: str) -> None:
    """Press a button by its words. The page it leads to is there when this ends: whoever counts on it counts right."""
    page.get_by_role("button", name=label, exact=True).first.click()
    page.wait_for_load_state()


def hold_the_clock(page: Page, address: str) -> None:
    """Load a page with a clock that only `run` turns: a busy machine shows the same as a quick one.

    `look` would wait for ever in such a page, as axe sets timers: let the clock resume before it.
    """
    page.clock.install()
    page.goto(address)
    page.clock.pause_at(page.evaluate("Date.now()") + 2_000)


def run(page: Page, seconds: float) -> None:
    """Turn the clock of a page whose clock is held."""
    page.clock.run_for(int(seconds * 1000))


LATER = 1_050
"""Milliseconds after which a second tap is one of its own."""


def later(page: Page) -> None:
    """Let a page believe that it was shown so much longer: a tap on it is then one of its own, and nobody waits."""
    page.evaluate(
        """passed => {
          const now = performance.now.bind(performance);
          performance.now = () => now() + passed;
          for (const shown of document.querySelectorAll('[name=shown_at]')) shown.value -= passed / 1000;
        }""",
        LATER,
    )


def count_taps(page: Page) -> None:
    """Count the taps on this and every later page, for `taps`."""
    page.add_init_script(
        """addEventListener("pointerdown", () => {
          sessionStorage.setItem("taps", 1 + Number(sessionStorage.getItem("taps") ?? 0));
        }, { capture: true });"""
    )


def taps(page: Page) -> int:
    """The taps since `count_taps`."""
    found: int = page.evaluate("Number(sessionStorage.getItem('taps') ?? 0)")
    return found


def groups(page: Page) -> list[tuple[str, str]]:
    """Name and description of every group in Chromium's accessibility tree."""
    return [(node.name, node.description) for node in tree(page) if node.role in {"group", "radiogroup"}]


CHECK = [
    (
        "Where do your toes and kneecaps point?",
        {"left": "straight", "knees_usual_left": "in", "right": "out", "knees_usual_right": "not_in"},
    ),
    ("Where do your kneecaps point?", {"left": "in", "right": "forward"}),
    ("How high are your arches?", {"left": "low", "right": "normal"}),
    (
        "Could you turn your kneecaps forward, and what did the arches do?",
        {"left": "yes", "arch_turned_left": "higher"},
    ),
    ("Did this arch become flatter when you were an adult?", {"left": "no"}),
    ("Was there an arch on tiptoe?", {"left": "present"}),
]
"""The left kneecap looks in and its arch rises when the thigh turns out; the right looks the usual way."""


def take_the_check(page: Page) -> None:
    """From the start page to the result."""
    page.goto("/check/")
    tick(page, "I am 18 or over")
    tick(page, "Keep my answers")
    press(page, "Start the check")
    expect(page.locator("h1")).to_contain_text("Right now")
    press(page, "None of these")
    for title, answers in CHECK:
        go_on = page.get_by_role("link", name="I have looked")
        if go_on.count():
            go_on.click()
        expect(page.locator("h1")).to_have_text(title)
        choose(page, **answers)
        press(page, "Continue")
    expect(page.locator("h1")).to_have_text("Did anything hurt?")
    choose(page, value="none")
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("Check your answers")
    press(page, "See my result")


def answer_safety_lists(page: Page, *, see: See | None = None) -> None:
    """None of these, on each list that is asked."""
    while "/safety/" in page.url:
        stop(see, page, "safety-" + page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
        press(page, "None of these")


def begin_the_check(page: Page, *, see: See | None = None) -> None:
    """From the start page to the first do page, with nothing ticked on the list before it."""
    page.goto("/check/")
    stop(see, page, "check-start")
    tick(page, "I am 18 or over")
    tick(page, "Keep my answers")
    press(page, "Start the check")
    stop(see, page, "check-right-now")
    press(page, "None of these")


def answer_the_check(
    page: Page, left: Mapping[str, str], right: Mapping[str, str], *, where: str = "", see: See | None = None
) -> list[str]:
    """From the page that is open to the list of answers: each question is read and answered from a foot.

    left, right  question -> value; `pain` of the left is that of the whole body
    returns      the pages passed, by the end of their address, the list of answers last
    """
    passed = []
    while (name := name_of(page)) != "answers":
        passed.append(name)
        stop(see, page, f"check-{name}")
        looked = page.get_by_role("link", name="I have looked")
        if looked.count():
            looked.click()
            continue
        if name == "pain":
            choose(page, value=left.get("pain", "none"), **({"where": where} if where else {}))
        fill_in(page, left, right)
        press(page, "Continue")
        assert name_of(page) != name, f"{name} was not taken: {page.locator('main').inner_text()}"
    return [*passed, "answers"]


def fill_in(page: Page, left: Mapping[str, str], right: Mapping[str, str]) -> None:
    """Answer what the open page of the check asks of each side, from a foot: question -> value."""
    head = name_of(page).replace("-", "_")
    for asked in questionnaire().questions_on(head):
        for side, foot in (("left", left), ("right", right)):
            field = side if asked.key == head else f"{asked.key}_{side}"
            if page.locator(f"label:has([name={field}])").first.is_visible():
                choose(page, **{field: foot[asked.key]})


def name_of(page: Page) -> str:
    """The last part of a page's address, once the page is there."""
    page.wait_for_load_state()
    address: str = page.url
    return address.rstrip("/").rsplit("/", 1)[-1]


def unfold(page: Page, words: str) -> None:
    """Open a fold by its words."""
    page.locator("summary", has_text=words).click()


def ends(page: Page, selector: str) -> float:
    """Where the lower edge of the first such thing stands, in px from the top of the screen."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    found: float = box["y"] + box["height"]
    return found


def sign_up(page: Page, server: Server, address: str) -> None:
    """From a page that offers an account to Today, with the code that was mailed."""
    unfold(page, "Keep, print or delete")
    page.get_by_role("link", name="Make an account").click()
    fill_sign_up(page, server, address)


def fill_sign_up(page: Page, server: Server, address: str, *, see: See | None = None) -> None:
    """The form for a new account and the code that was mailed, to Today."""
    page.locator("input[name=email]").fill(address)
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("main form button.button").first.click()
    expect(page.locator("input[name=code]")).to_be_visible()
    stop(see, page, "signup-code")
    page.locator("input[name=code]").fill(server.code_mailed_to(address))
    page.locator("main form button.button").first.click()
    expect(page.locator("h1")).to_have_text("Today")


def make_a_plan(page: Page, *, see: See | None = None) -> None:
    """From the safety lists to a running plan that has a workout today."""
    page.goto("/plan/new/")
    answer_safety_lists(page, see=see)
    if "/adult/" in page.url:
        tick(page, "I am 18 or over")
        press(page, "Continue")
    expect(page.locator("h1")).to_have_text("What do you have to train with?")
    stop(see, page, "plan-things")
    own_only(page, "wall_or_chair", "stick", "band_light", "bag_or_bottles")
    press(page, "Continue")
    stop(see, page, "plan-days")
    weekday = _weekday_of_the_start(page)
    for day in {weekday, (weekday + 3) % 7}:
        choose(page, weekdays=str(day))
    press(page, "Continue")
    stop(see, page, "plan-time")
    choose(page, minutes="20", over_65="no", trained="no")
    press(page, "Continue")
    expect(page).to_have_title(re.compile("^Your plan, before you say yes"))
    stop(see, page, "plan-preview")
    press(page, "Start this plan")
    expect(page.get_by_role("main").get_by_role("link", name="Start", exact=True)).to_be_visible()
    page.goto("/plan/")
    stop(see, page, "plan")


def skip_the_warm_up(page: Page) -> None:
    """From the warm-up to the first exercise, by the link in the bar that is there with scripts, or without."""
    page.locator(".thumb a.button:visible").click()
    page.wait_for_load_state()


def before_a_workout(page: Page) -> None:
    """The page before a workout; where these tests run in the night, it is for today."""
    page.goto("/workouts/start/")
    today = page.get_by_role("link", name=re.compile("^Today, "))
    if today.count():
        today.click()


def _weekday_of_the_start(page: Page) -> int:
    """A browser without scripts cannot be asked for the day: the page's own start date tells."""
    return date.fromisoformat(page.locator("input[name=start]").input_value()).weekday()


def enter(page: Page, server: Server, story: str, address: str) -> None:
    """Be a new person of this address who stands where a story of `people.py` begins."""
    session = server.session_of(story, address)
    page.context.add_cookies([{"name": "session", "value": session, "url": server.address}])


def with_a_plan(page: Page, server: Server, address: str) -> None:
    """A new person who made a plan without a mirror check, on the page of the plan."""
    enter(page, server, "with a plan", address)
    page.goto("/plan/")
    expect(page).to_have_title(re.compile("^Your plan"))


def in_a_workout(page: Page, server: Server, address: str, part: str = "banded-walk", *, of: str = "") -> str:
    """Be a new person who has begun today's workout and done nothing yet; where a part of it is, to go there.

    part  the end of its address: an exercise, or the warm-up
    of    the story, if it is another
    """
    enter(page, server, of or "in a workout", address)
    return f"{server.address}/workouts/{datetime.now(ZoneInfo(ZONE)).date()}/1/{part}/"


def open_line(page: Page, exercise: str) -> Locator:
    """The row of one exercise on the page of the plan, opened."""
    row = page.locator(".lines > li").filter(has=page.get_by_text(exercise, exact=True)).first
    if row.locator("details:not([open])").count():
        row.locator("summary").click()
    return row
