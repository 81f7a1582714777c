"""The first six weeks of a plan, day by day, on a server whose clock is moved (Debian's faketime)."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Server, started
from tests.journeys.walk import answer_safety_lists, choose, fill_sign_up, open_line, own_only, press, tick

pytestmark = pytest.mark.browser

MONDAY = date(2027, 1, 4)


@dataclass
class Calendar:
    """A server and the file its clock is read from."""

    server: Server
    file: Path

    def turn_to(self, day: date) -> None:
        """Six in the evening of a day; the clock stands still until it is turned again."""
        self.file.write_text(f"{datetime.combine(day, time(18)):%Y-%m-%d %H:%M:%S}\n")


@pytest.fixture
def calendar(tmp_path: Path) -> Iterator[Calendar]:
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("faketime is not installed: sudo apt install faketime")
    shown = subprocess.run([faketime, "-f", "+0", "env"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    library = re.search(r"^LD_PRELOAD=(.+)$", shown, re.MULTILINE)
    assert library
    clock = tmp_path / "clock"
    clock.write_text(f"{MONDAY} 18:00:00\n")
    moved = {
        "LD_PRELOAD": library[1],
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": "UTC",
    }
    folder = tmp_path / "server"
    folder.mkdir()
    with started(folder, moved) as server:
        yield Calendar(server, clock)


@pytest.fixture
def page(browser: Browser, calendar: Calendar) -> Iterator[Page]:
    context = browser.new_context(
        base_url=calendar.server.address, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def begin(page: Page, server: Server) -> None:
    """An account, and a short plan for Mondays and Thursdays."""
    page.goto("/accounts/signup/")
    fill_sign_up(page, server, "weeks@example.org")
    page.goto("/plan/new/")
    answer_safety_lists(page)
    tick(page, "I am 18 or over")
    press(page, "Continue")
    own_only(page, "wall_or_chair")
    press(page, "Continue")
    choose(page, weekdays="0")
    choose(page, weekdays="3")
    press(page, "Continue")
    choose(page, minutes="10", over_65="no", trained="no")
    press(page, "Continue")
    press(page, "Start this plan")
    expect(page).to_have_title(re.compile("^Today"))


def train(page: Page, *, pain_of_bridge: int = 0) -> None:
    """Today's workout, done as asked and typed in on one page."""
    page.goto("/workouts/start/")
    if "/safety/" in page.url:
        answer_safety_lists(page)
    choose(page, unwell="no")
    if page.locator("input[name=restart]").count():
        choose(page, restart="as_before")
    press(page, "Continue")
    page.get_by_role("link", name="Back to the workout").click()
    press(page, "End the workout here")
    page.get_by_role("link", name="Type in the rest on one page").click()
    expect(page.locator("h1")).to_have_text("How did it go?")  # all() does not wait for the page
    for did in page.locator("input[value=all]").all():
        choose(page, **{did.get_attribute("name") or "": "all"})
    if pain_of_bridge:
        hurt = {"effort_both": "right", "clean_both": "yes", "pain_both": str(pain_of_bridge)}
        choose(page, did_bridge="some", **{f"bridge-{name}": value for name, value in hurt.items()})
    press(page, "Save the workout")
    expect(page.get_by_role("main")).to_contain_text("Saved: your workout.")


def plan_says(page: Page, exercise: str) -> str:
    page.goto("/plan/")
    words: str = open_line(page, exercise).inner_text()
    return words


def today_says(page: Page) -> str:
    page.goto("/")
    words: str = page.get_by_role("main").inner_text()
    return words


def test_six_weeks_of_a_plan_climb_forgive_lighten_and_ask_again(page: Page, calendar: Calendar) -> None:
    begin(page, calendar.server)
    train(page)
    assert "1 of 2 this week" in today_says(page)

    # Week 1: what went well is a little more next time.
    calendar.turn_to(MONDAY + timedelta(days=3))
    assert "9 times" in plan_says(page, "Bridge")
    train(page)
    assert "2 of 2 this week" in today_says(page)

    # Week 2: Thursday is missed. Nothing is lost: the next day has the same target.
    calendar.turn_to(MONDAY + timedelta(days=7))
    train(page)
    target = plan_says(page, "Bridge")
    assert "11 times" in target
    calendar.turn_to(MONDAY + timedelta(days=14))
    assert "11 times" in plan_says(page, "Bridge")

    # Week 3: both; it climbs to the top of its step.
    train(page)
    calendar.turn_to(MONDAY + timedelta(days=17))
    train(page)

    # Week 4: both; 28 days after the answers all lists come.
    calendar.turn_to(MONDAY + timedelta(days=21))
    train(page)
    calendar.turn_to(MONDAY + timedelta(days=24))
    assert "Bridge on two legs, two sets" in plan_says(page, "Bridge")
    train(page)
    calendar.turn_to(MONDAY + timedelta(days=28))
    page.goto("/workouts/start/")
    assert "/safety/right-now/" in page.url
    assert "It is time to look again." in today_says(page)
    assert "A lighter week" not in today_says(page)

    # Week 5: five workouts were done in three weeks, so it is an ordinary one. Pain of 5 makes the next workout easier, and only that exercise.
    train(page, pain_of_bridge=5)
    calendar.turn_to(MONDAY + timedelta(days=31))
    assert "because you felt pain of 5 on 1 February" in plan_says(page, "Bridge")
    assert "because you felt pain" not in plan_says(page, "Side-lying leg lift")
    train(page)

    # Week 6: the whole of it, seen from the list, the block and the page of progress.
    calendar.turn_to(MONDAY + timedelta(days=35))
    train(page)
    page.goto("/workouts/")
    lines = page.locator(".days > li")
    this_month = lines.count()
    page.get_by_role("link", name="January 2027").first.click()
    assert lines.count() + this_month == 10
    page.goto("/plan/")
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"Week 2, from 11 January:\s+1 of 2 done"))
    expect(main).to_contain_text(re.compile(r"Week 3, from 18 January:\s+2 of 2 done"))
    page.goto("/progress/")
    expect(page.locator("h1")).to_contain_text("10 of ")
