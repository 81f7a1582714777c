"""Local dates, and the clock."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from accounts.clock import REGIONS, at, is_zone, local_date_of, now, today_for, today_in, zones
from accounts.models import User


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("UTC", date(2026, 11, 23)),
        ("Pacific/Auckland", date(2026, 11, 24)),
        ("America/Los_Angeles", date(2026, 11, 23)),
    ],
)
def test_the_same_moment_is_another_date_elsewhere(zone: str, local: date) -> None:
    assert local_date_of(datetime(2026, 11, 23, 20, tzinfo=UTC), zone) == local


@time_machine.travel(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), tick=False)
def test_today_is_the_persons_own_date_on_the_night_the_clocks_change() -> None:
    assert today_for(User(time_zone="Europe/Vienna")) == date(2026, 3, 29)
    assert today_for(User(time_zone="America/New_York")) == date(2026, 3, 28)


def test_unknown_zone_counts_as_utc() -> None:
    assert today_in("Mars/Olympus") == today_in("UTC")


def test_zones_are_grouped_by_region_and_sorted() -> None:
    offered = zones()

    assert list(offered) == [*REGIONS, "Other"]
    assert all(names == sorted(names) and names for names in offered.values())
    assert "Europe/London" in offered["Europe"]
    assert "America/Argentina/Buenos_Aires" in offered["America"]
    assert offered["Other"] == ["UTC"]


def test_every_zone_offered_is_a_real_one_and_stands_once() -> None:
    names = [name for group in zones().values() for name in group]

    assert all(is_zone(name) for name in names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["GB", "US/Pacific", "Etc/GMT+5", "EST5EDT", "localtime", "Factory"])
def test_old_names_and_zones_of_no_place_are_not_offered(name: str) -> None:
    assert not any(name in group for group in zones().values())


@pytest.mark.parametrize("name", ["Asia/Kolkata", "Asia/Calcutta"])
def test_place_is_offered_by_whichever_name_a_browser_says(name: str) -> None:
    assert name in zones()["Asia"]


def test_another_moment_holds_inside_its_block_and_in_no_other_thread() -> None:
    moment = datetime(2020, 2, 29, 18, tzinfo=UTC)

    with ThreadPoolExecutor(1) as elsewhere, at(moment):
        inside, beside = now(), elsewhere.submit(now).result()

    assert inside == moment
    assert beside > moment
    assert now() > moment


def test_another_moment_needs_a_time_zone() -> None:
    naive = datetime(2020, 2, 29, 18, tzinfo=UTC).replace(tzinfo=None)

    with pytest.raises(ValueError, match="time zone"), at(naive):
        pass


def test_only_the_demonstration_moves_the_clock() -> None:
    root = Path(__file__).resolve().parents[2]
    apps = ("accounts", "anatomy", "assessments", "exercises", "hipfeet")

    movers = {
        str(path.relative_to(root))
        for app in apps
        for path in (root / app).rglob("*.py")
        if re.search(r"clock import .*\bat\b|clock\.at\(", path.read_text())
    }

    assert movers == {"hipfeet/demo.py"}
