"""The only place that reads the clock."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones


class HasTimeZone(Protocol):
    """A person, or anything else that has a time zone, by name."""

    time_zone: str


_moved_to: ContextVar[datetime | None] = ContextVar("moved_to", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _moved_to.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Do something as of another moment. Only for the demonstration person (`manage.py demo`).

    Inside the block, and only in the thread or task that entered it, `now` gives this moment. So the actions of
    every app can write twelve weeks with the dates they would have had. No page may use it: what people do is dated
    by the real clock. Raises ValueError for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _moved_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved_to.reset(token)


@functools.cache
def _zone_names() -> frozenset[str]:
    """All names; asking the system each time reads hundreds of files, several milliseconds on every page."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether this is the name of a time zone, such as Europe/Vienna."""
    return name in _zone_names()


def today_in(zone_name: str) -> date:
    """The local date in a time zone; an unknown name counts as UTC."""
    return local_date_of(now(), zone_name)


def today_for(person: HasTimeZone) -> date:
    """The date on this person's wall calendar."""
    return today_in(person.time_zone)


def now_for(person: HasTimeZone) -> datetime:
    """The present moment as this person's wall clock shows it."""
    return now().astimezone(zone_called(person.time_zone))


def local_date_of(moment: datetime, zone_name: str) -> date:
    """The local date of a moment in a time zone; an unknown name counts as UTC."""
    return moment.astimezone(zone_called(zone_name)).date()


def zone_called(name: str) -> tzinfo:
    """The time zone of this name; an unknown name counts as UTC."""
    return ZoneInfo(name) if is_zone(name) else UTC


# All other names are outdated ("GB", "US/Pacific") or not places ("Etc/GMT+5").
REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@functools.cache
def zones() -> dict[str, list[str]]:
    """{region: names} of the time zones a person can choose from, in alphabetical order; UTC under "Other".

    Places with two names are listed under both (Asia/Kolkata, Asia/Calcutta), as browsers differ in which they report.
    """
    found: dict[str, list[str]] = {region: [] for region in REGIONS}
    for name in sorted(_zone_names()):
        region, _, place = name.partition("/")
        if place and region in found:
            found[region].append(name)
    return {**found, "Other": ["UTC"]}
