"""Local dates."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.clock import local_date_of, today_for, today_in
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
