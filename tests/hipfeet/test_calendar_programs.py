"""The calendar as two real programs read it: vdirsyncer fetches it from a server, khal prints it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from accounts.models import User
from exercises.actions.plan import change_plan
from exercises.rules.slots import DateChange, DateChangeKind
from hipfeet.mail.models import ReminderChoices
from hipfeet.owndata.feed import make_address
from tests.builders import person
from tests.builders_training import MONDAY, MONDAY_NOON, a_finished_check, a_running_plan, training

BIN = Path(sys.executable).parent
SYNCER = """
[general]
status_path = "{folder}/status"

[pair hipfeet]
a = "feed"
b = "files"
collections = null

[storage feed]
type = "http"
url = "{address}"

[storage files]
type = "filesystem"
path = "{folder}/files"
fileext = ".ics"
"""
SHOWER = """
[calendars]
[[hipfeet]]
path = {folder}/files
type = calendar

[sqlite]
path = {folder}/khal.db

[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %d.%m.
longdateformat = %Y-%m-%d
datetimeformat = %d.%m. %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


class CalendarProgram:
    """Somebody's calendar, in a folder of its own."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        (folder / "syncer").write_text(SYNCER.format(folder=folder, address=address))
        (folder / "files").mkdir()
        self.run("vdirsyncer", "--config", folder / "syncer", "discover")

    def run(self, program: str, *arguments: object) -> str:
        command = [str(BIN / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shown(self, zone: str = "Europe/Berlin", days: int = 28) -> list[str]:
        """What it shows of so many days from the first Monday on, in that time zone, after it has asked for changes."""
        self.run("vdirsyncer", "--config", self.folder / "syncer", "sync", "--force-delete")
        (self.folder / "shower").write_text(SHOWER.format(folder=self.folder, zone=zone))
        (self.folder / "khal.db").unlink(missing_ok=True)
        how = ("--day-format", "", "--format", "{start-long} {title}")
        lines = self.run("khal", "-c", self.folder / "shower", "list", *how, MONDAY.isoformat(), f"{days}d")
        return [line for line in lines.splitlines() if line.strip()]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON, tick=True) as traveller:
        yield traveller


@pytest.fixture
def ann(clock: time_machine.Traveller, transactional_db: None) -> User:
    """Someone in Berlin who trains on Mondays and Thursdays."""
    one = person("ann@example.org", time_zone="Europe/Berlin")
    a_finished_check(one)
    a_running_plan(one, weekdays=(0, 3))
    return one


@pytest.fixture
def program(ann: User, live_server: Any, tmp_path: Path) -> CalendarProgram:
    token = make_address(person=ann, key="a key", seen=0)
    return CalendarProgram(tmp_path, f"{live_server.url}/calendar/{token}.ics")


def changed(one: User, kind: DateChangeKind, **known: Any) -> None:
    so_far = training(one)
    change_plan(plan=so_far.plan, change=DateChange(kind, on=so_far.today, **known), today=so_far.today)


def at(hour: str, *days: str) -> list[str]:
    return [f"2026-{day} {hour} hipfeet" for day in days]


MONDAYS_AND_THURSDAYS = ("10-05", "10-08", "10-12", "10-15", "10-19", "10-22", "10-26", "10-29")
LOOK = "11-01"


def test_hour_stays_when_the_clocks_change(program: CalendarProgram) -> None:
    assert program.shown() == at("18:00", *MONDAYS_AND_THURSDAYS, LOOK)
    in_utc = program.shown("UTC")
    assert in_utc == at("16:00", *MONDAYS_AND_THURSDAYS[:6]) + at("17:00", *MONDAYS_AND_THURSDAYS[6:], LOOK)


Change = Callable[[User], object]
CHANGES: dict[str, tuple[Change, list[str]]] = {
    "a move": (
        lambda one: changed(one, DateChangeKind.MOVE, slot=2, to=MONDAY + timedelta(days=4)),
        at("18:00", "10-05", "10-09", *MONDAYS_AND_THURSDAYS[2:], LOOK),
    ),
    "a skip": (
        lambda one: changed(one, DateChangeKind.SKIP, slot=2, why="travelling"),
        at("18:00", "10-05", *MONDAYS_AND_THURSDAYS[2:], LOOK),
    ),
    "a pause": (lambda one: changed(one, DateChangeKind.PAUSE), []),
    "other days": (
        lambda one: changed(one, DateChangeKind.WEEKDAYS, weekdays=(1, 5)),
        at("18:00", "10-06", "10-10", "10-13", "10-17", "10-20", "10-24", "10-27", "10-31", LOOK),
    ),
    "another hour": (
        lambda one: ReminderChoices.objects.create(person=one, hour=time(7, 30)),
        at("07:30", *MONDAYS_AND_THURSDAYS, LOOK),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_calendar_follows(change: str, ann: User, program: CalendarProgram) -> None:
    changes, expected = CHANGES[change]
    program.shown()

    changes(ann)

    assert program.shown() == expected


def test_calendar_fills_again_after_a_pause_and_ends_later(
    ann: User, program: CalendarProgram, clock: time_machine.Traveller
) -> None:
    changed(ann, DateChangeKind.PAUSE)
    assert program.shown() == []
    clock.shift(timedelta(days=7))

    changed(ann, DateChangeKind.RESUME)

    assert program.shown(days=35) == at("18:00", *MONDAYS_AND_THURSDAYS[2:], "11-02", "11-05", "11-08")


def test_hour_travels_from_berlin_to_new_york(
    ann: User, program: CalendarProgram, clock: time_machine.Traveller
) -> None:
    program.shown()
    clock.shift(timedelta(days=1))

    User.objects.filter(pk=ann.pk).update(time_zone="America/New_York")

    left = MONDAYS_AND_THURSDAYS[1:]
    assert program.shown("America/New_York") == at("18:00", *left, LOOK)
    # Where she came from it is midnight, and eleven in the week between the two changes of clocks.
    assert program.shown("Europe/Berlin")[:5] == at("00:00", "10-09", "10-13", "10-16", "10-20", "10-23")
    assert program.shown("Europe/Berlin")[5:] == at("23:00", "10-26", "10-29")
