"""The mirror check in a real browser: a way to every outcome, and what people do besides going straight on."""

import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.rules.scoring import decision_table
from tests.builders_check import answers
from tests.journeys.conftest import NewPage, Server
from tests.journeys.walk import (
    answer_the_check,
    begin_the_check,
    choose,
    count_taps,
    ends,
    fill_in,
    groups,
    look,
    name_of,
    press,
    taps,
    tick,
    unfold,
)
from tests.outcomes import FEET, Foot, in_words

pytestmark = pytest.mark.browser

PASSWORD = "a long enough secret"
MOST_PAGES = 17
MOST_TAPS = 34
BEFORE_THE_FIRST_DO_PAGE = 2
AFTER_THE_ANSWERS = 1

# (left, right, who, pages, with script): every rule but X1, each on its own side; the longest way both ways.
WAYS = [
    ("M7", "M7", "guest", 10, True),
    ("M8", "M6", "person", 10, False),
    ("M1", "M7", "person", 15, False),
    ("M2", "M2b", "guest", 17, True),
    ("M2", "M2b", "person", 17, False),
    ("X6", "M3", "guest", 12, False),
    ("M4", "M5", "person", 15, True),
    ("X2", "X3", "guest", 13, False),
    ("X4", "X5", "person", 17, True),
]


def heading(left: Foot, right: Foot, **pain: str) -> str:
    """The heading of the result of two feet."""
    return in_words(answers(left=left, right=right, **pain)).heading


@pytest.fixture(scope="module")
def sign_in(server: Server) -> Callable[[Page], None]:
    """Put the session of a person with a confirmed account into a browser; the account is made once."""
    session = server.session_of("newcomer", "check@example.org")
    cookie: Any = {"name": "session", "value": session, "url": server.address}
    return lambda page: page.context.add_cookies([cookie])


# --- a way to every outcome --------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "right", "who", "pages", "javascript"), WAYS)
def test_answers_lead_to_the_outcome_of_each_side(
    new_page: NewPage,
    sign_in: Callable[[Page], None],
    *,
    left: str,
    right: str,
    who: str,
    pages: int,
    javascript: bool,
) -> None:
    page = new_page(javascript=javascript)
    if who == "person":
        sign_in(page)

    begin_the_check(page)
    passed = answer_the_check(page, FEET[left], FEET[right])
    press(page, "See my result")

    expect(page.locator("h1")).to_have_text(heading(FEET[left], FEET[right]))
    assert BEFORE_THE_FIRST_DO_PAGE + len(passed) + AFTER_THE_ANSWERS == pages
    locked = bool({left, right} & {"X2", "X3", "X4"})
    assert page.get_by_text("Be seen before you train", exact=True).count() == locked
    assert page.get_by_role("link", name="What to say there").count() == locked
    assert page.get_by_role("link", name="Make a plan").count() == (not locked)
    expect(page.get_by_role("link", name="Delete my answers now")).to_have_count(1 if who == "guest" else 0)
    if javascript:
        look(page, f"result-{left}-{right}")
    assert printed_pages(page) == 1


def test_every_rule_has_its_way() -> None:
    reached = {rule for left, right, *_ in WAYS for rule in (left, right)} | {"X1"}

    assert reached == {rule.key for rule in decision_table().rules}
    assert {pages for *_, pages, _ in WAYS} <= set(range(10, MOST_PAGES + 1))


@pytest.mark.parametrize(
    ("where", "says", "javascript"),
    [
        ("elsewhere", "It hurt at the mirror", True),
        (
            "right",
            "It hurt on the right at the mirror, and both arches looked low standing, sitting and on tiptoe",
            False,
        ),
    ],
)
def test_strong_pain_pauses_the_side_that_hurts_and_shows_every_other_reason_too(
    new_page: NewPage, *, where: str, says: str, javascript: bool
) -> None:
    foot = FEET["X4" if where == "right" else "M7"] | {"pain": "stop"}
    page = new_page(javascript=javascript)
    begin_the_check(page)

    answer_the_check(page, foot, foot, where=where)
    press(page, "See my result")

    expect(page.locator("h1")).to_have_text(says)
    expect(page.get_by_text("Be seen before you train", exact=True)).to_be_visible()


def test_from_home_to_the_result_kneecaps_in_and_arches_low_take_at_most_34_taps(new_page: NewPage) -> None:
    page = new_page()
    count_taps(page)
    page.goto("/")
    page.locator("main a.button").first.click()

    tick(page, "I am 18 or over")
    tick(page, "Keep my answers")
    press(page, "Start the check")
    press(page, "None of these")
    answer_the_check(page, FEET["M1"], FEET["M1"])
    press(page, "See my result")

    expect(page.locator("h1")).to_have_text(heading(FEET["M1"], FEET["M1"]))
    assert taps(page) <= MOST_TAPS


# --- stopping ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_this_hurts_on_a_do_page_ends_the_check_and_keeps_what_was_answered(
    new_page: NewPage, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    begin_the_check(page)
    page.get_by_role("link", name="I have looked").click()
    fill_in(page, {"toes": "in", "knees_usual": "in"}, {"toes": "out", "knees_usual": "unsure"})
    press(page, "Continue")
    assert name_of(page) == "set-up"

    page.get_by_role("link", name="This hurts: stop").click()
    press(page, "End the check")
    expect(page).to_have_title(re.compile("^Error: "))
    choose(page, where="left")
    press(page, "End the check")

    expect(page.locator("h1")).to_have_text("It hurt on the left at the mirror")
    expect(page.locator("main")).to_contain_text(
        "The check ended before your right side was looked at to the end."
    )
    unfold(page, "All your answers")
    expect(page.locator("table")).to_contain_text("Toes, as you usually stand")
    expect(page.locator("table")).to_contain_text("On the left")
    page.goto("/check/set-up/")
    assert page.url.endswith("/check/")


@pytest.mark.parametrize(
    ("ticked", "says", "javascript"),
    [
        ("Pain that began with a fall", "Emergency: now", True),
        ("A hot, red, swollen foot", "Advice: today", False),
    ],
)
def test_tick_that_cannot_wait_stops_the_check_for_today(
    new_page: NewPage, *, ticked: str, says: str, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    to_the_list_before_the_check(page)
    tick(page, ticked)
    press(page, "Continue")

    expect(page.locator("main")).to_contain_text(says)
    expect(page.locator("main")).to_contain_text("The mirror check stops for today")
    expect(page.get_by_role("link", name="Go to Learn")).to_be_visible()
    page.goto("/check/notice/")
    assert page.url.endswith("/check/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No mirror check today")
    expect(page.get_by_role("button", name="Start the check")).to_have_count(0)


def test_several_ticks_show_each_advice_in_its_own_words_the_strictest_first(new_page: NewPage) -> None:
    page = new_page()
    to_the_list_before_the_check(page)
    for words in ("Strong pain at night", "A hot, red", "New numbness", "Pain in one calf"):
        tick(page, words)
    press(page, "Continue")

    headings = page.locator("section.card h2").all_inner_texts()
    assert len(set(headings)) == len(headings) == 4
    assert page.locator("section.card p.small").all_inner_texts() == [
        *("Emergency: now", "Advice: today", "Advice: today", "Advice: within days"),
    ]


def test_urgent_tick_lets_a_person_go_on_and_holds_the_plan(
    new_page: NewPage, sign_in: Callable[[Page], None]
) -> None:
    page = new_page(javascript=False)
    sign_in(page)
    to_the_list_before_the_check(page)
    tick(page, "Strong pain at night")
    press(page, "Continue")
    expect(page.locator("main")).to_contain_text("A plan waits until you have been seen")

    page.get_by_role("link", name="Go on with the check").click()
    answer_the_check(page, FEET["M7"], FEET["M7"])
    press(page, "See my result")
    expect(page.locator("h1")).to_have_text(heading(FEET["M7"], FEET["M7"]))
    expect(page.get_by_text("Be seen within the next days", exact=True)).to_be_visible()

    page.goto("/plan/new/")
    expect(page.locator("h1")).to_have_text("Be seen within the next days")
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)

    page.goto("/safety/")
    expect(page.locator("main")).to_contain_text("Call a doctor within the next days")
    expect(page.get_by_role("link", name="I have been seen")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_none_of_these_beside_a_tick_is_refused_in_words_and_keeps_the_tick(
    new_page: NewPage, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    to_the_list_before_the_check(page)
    tick(page, "Strong pain at night")
    press(page, "None of these")

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("main")).to_contain_text("You chose “None of these”, and something is ticked")
    assert page.locator("input[name=ticked]:checked").count() == 1


def test_not_sure_explains_each_line_and_asks_again(new_page: NewPage) -> None:
    page = new_page()
    to_the_list_before_the_check(page)
    tick(page, "I’m not sure")
    press(page, "Continue")
    assert name_of(page) == "explained"
    named = [name for name, _ in groups(page)]
    assert sum(name.startswith(("Pain that began", "New numbness", "Diabetes")) for name in named) == 3

    for number in (1, 2, 3, 4, 21, 22, 23):
        choose(page, **{f"RF{number}": "no"})
    choose(page, RF11="unsure")
    press(page, "Continue")

    expect(page.locator("h1")).to_have_text("Call a doctor within the next days")
    expect(page.get_by_role("link", name="Go on with the check")).to_be_visible()


# --- back, change, and other pages ---------------------------------------------------------------------


def test_change_drops_closed_branches_and_asks_only_what_opens(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    begin_the_check(page)
    answer_the_check(page, FEET["M1"], FEET["M7"])
    expect(page.locator("main")).to_contain_text("Arch, with the thigh turned out")

    page.get_by_role("link", name="Change “Kneecap, feet lined up”").click()
    assert page.locator("input[name=left][value=in]").is_checked()
    choose(page, left="forward")
    press(page, "Continue")

    assert name_of(page) == "answers"
    expect(page.locator("main")).not_to_contain_text("Arch, with the thigh turned out")
    expect(page.locator("main")).to_contain_text("Kneecap, as you usually stand")

    page.get_by_role("link", name="Change “Arch, feet lined up”").click()
    choose(page, left="high", right="flat")
    press(page, "Continue")
    asked = []
    while name_of(page) != "answers":
        asked.append(name_of(page))
        if page.get_by_role("link", name="I have looked").count():
            page.get_by_role("link", name="I have looked").click()
            continue
        assert page.locator("input[name=left]").count() == 0
        choose(page, right=(FEET["X4"] | {"flatter": "unsure"})[name_of(page).replace("-", "_")])
        press(page, "Continue")
    assert asked == ["flatter", "tiptoe", "tiptoe-arch", "sit", "sitting-arch"]
    press(page, "See my result")
    expect(page.locator("h1")).to_have_text("Your right arch looked low standing, sitting and on tiptoe")
    expect(page.locator("main")).to_contain_text("Your left arch looked high.")
    # That this foot should be seen before training says more than that it is the flatter one.
    expect(page.locator("main")).not_to_contain_text("clearly flatter")


def test_back_leads_page_by_page_to_the_start_and_shows_what_was_answered(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    begin_the_check(page)
    page.get_by_role("link", name="I have looked").click()
    fill_in(page, {"toes": "in", "knees_usual": "in"}, FEET["M8"])
    press(page, "Continue")

    back = page.get_by_role("navigation", name="Back").get_by_role("link")
    back.click()
    assert name_of(page) == "toes"
    assert page.locator("input[name=left][value=in]").is_checked()
    assert page.locator("input[name=right][value=unsure]").is_checked()
    visited = []
    for _ in range(3):
        back.click()
        visited.append(name_of(page))

    assert visited == ["notice", "right-now", "check"]


def test_two_tabs_on_one_question_keep_one_check_and_the_later_answer(new_page: NewPage) -> None:
    page = new_page()
    begin_the_check(page)
    page.goto("/check/toes/")
    other = page.context.new_page()
    other.goto("/check/toes/")

    fill_in(page, FEET["M7"], FEET["M7"])
    press(page, "Continue")
    fill_in(other, FEET["M6"], FEET["M7"])
    press(other, "Continue")

    assert name_of(page) == name_of(other) == "set-up"
    answer_the_check(page, FEET["M7"], FEET["M7"])
    expect(page.locator("main")).to_contain_text("Left: Out")
    other.goto("/check/toes/")
    press(page, "See my result")
    press(other, "Continue")
    expect(other.locator("h1")).to_have_text("This check is finished")
    other.get_by_role("link", name="See the result").click()
    expect(other.locator("h1")).to_have_text(heading(FEET["M7"] | {"toes": "out"}, FEET["M7"]))


def test_guest_takes_the_check_up_again_where_it_was_on_the_same_device(new_page: NewPage) -> None:
    page = new_page()
    begin_the_check(page)
    page.goto("/check/toes/")
    fill_in(page, FEET["M7"], FEET["M7"])
    press(page, "Continue")
    page.close()

    page = page.context.new_page()
    page.goto("/check/")
    expect(page.locator("main")).to_contain_text("You have begun a check")
    tick(page, "I am 18 or over")
    tick(page, "Keep my answers")
    press(page, "Start the check")

    assert answer_the_check(page, FEET["M7"], FEET["M7"]) == ["set-up", "knees", "arch", "pain", "answers"]


def test_guest_who_comes_back_too_late_is_told_so_and_can_begin_anew(
    new_page: NewPage, server: Server
) -> None:
    page = new_page()
    begin_the_check(page)
    grow_old(server)

    page.goto("/check/toes/")
    expect(page.locator("h1")).to_have_text("This check has expired")
    press(page, "Delete them and begin again")

    expect(page.locator("h1")).to_have_text("Your answers are deleted")
    page.goto("/check/toes/")
    assert page.url.endswith("/check/")


# --- on one screen, and on one sheet of paper -----------------------------------------------------------


def test_do_page_fits_one_screen_of_a_phone_in_large_print(new_page: NewPage) -> None:
    page = new_page()
    page.set_viewport_size({"width": 390, "height": 664})
    begin_the_check(page)
    lowest, sizes = {}, set()
    while (name := name_of(page)) != "pain":
        looked = page.get_by_role("link", name="I have looked")
        if looked.count():
            page.evaluate("document.fonts.ready")  # until then the words run wider
            bar = page.locator(".thumb").bounding_box()
            assert bar is not None
            assert ends(page, "ol.do") < ends(page, ".dopage .mirror") <= bar["y"], name
            lowest[name] = ends(page, ".thumb .hurts")
            sizes.add(
                page.evaluate("parseFloat(getComputedStyle(document.querySelector('ol.do li')).fontSize)")
            )
        go_one_page_on(page, FEET["M2"])

    assert sorted(lowest) == ["notice", "set-up", "sit", "tiptoe", "turn-out"]
    assert {name: low for name, low in lowest.items() if low > 664} == {}
    assert min(sizes) >= 24


def printed_pages(page: Page) -> int:
    """How many A4 pages the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def go_one_page_on(page: Page, foot: Foot) -> None:
    looked = page.get_by_role("link", name="I have looked")
    if looked.count():
        looked.click()
        return
    fill_in(page, foot, foot)
    press(page, "Continue")


def to_the_list_before_the_check(page: Page) -> None:
    page.goto("/check/")
    tick(page, "I am 18 or over")
    tick(page, "Keep my answers")
    press(page, "Start the check")
    assert name_of(page) == "right-now"


def grow_old(server: Server) -> None:
    """Make the latest check of a guest one that was left 15 days ago."""
    database = sqlite3.connect(server.mails.parent / "journeys.sqlite3")
    with database:
        database.execute(
            "UPDATE assessments_attempt SET changed_at = datetime('now', '-15 days') WHERE id = "
            "(SELECT id FROM assessments_attempt WHERE person_id IS NULL ORDER BY started_at DESC LIMIT 1)"
        )
    database.close()
