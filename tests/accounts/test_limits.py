"""Limits are counted in one statement, shared by all, ended by the clock alone, and tell nobody whom they count."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, connections
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from accounts.limits import Limit, TooMany, address_of, count, counted, forget_ended_counts
from accounts.models import CountedTries

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
THREE = Limit("three", 3, timedelta(minutes=5))
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_counting_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for expected in (1, 2, 3):
        with django_assert_num_queries(1):
            assert counted(THREE, "ann") == expected


def test_try_past_the_limit_is_refused_and_told_how_long(clock: time_machine.Traveller) -> None:
    for _ in range(3):
        count(THREE, "ann")
    clock.shift(timedelta(minutes=2))

    with pytest.raises(TooMany) as refused:
        count(THREE, "ann")

    assert refused.value.wait == timedelta(minutes=3)


def test_refused_tries_do_not_make_it_last_longer(clock: time_machine.Traveller) -> None:
    for minute in range(5):
        clock.move_to(NOON + timedelta(minutes=minute))
        counted(THREE, "ann")

    clock.move_to(NOON + timedelta(minutes=5))
    assert counted(THREE, "ann") == 1


def test_others_and_other_limits_are_counted_apart() -> None:
    for _ in range(3):
        counted(THREE, "ann")

    assert counted(THREE, "ben") == 1
    assert counted(Limit("other", 3, timedelta(minutes=5)), "ann") == 1


def test_lock_is_not_washed_away_by_ten_thousand_others() -> None:
    for _ in range(4):
        counted(THREE, "ann")
    CountedTries.objects.bulk_create(
        CountedTries(key=f"{number:064}", ends_at=NOON.replace(year=2099)) for number in range(10_000)
    )
    cache.set("one-more", 1)

    with pytest.raises(TooMany):
        count(THREE, "ann")


def test_table_tells_nobody_whom_it_counts() -> None:
    counted(THREE, "203.0.113.7")
    cache.set("ann@example.org", [1])

    stored = str(list(CountedTries.objects.values()))

    assert "203.0.113.7" not in stored
    assert "ann@example.org" not in stored


def test_what_has_ended_is_forgotten(clock: time_machine.Traveller) -> None:
    counted(THREE, "ann")
    cache.set("code", "x", timeout=600)

    clock.shift(timedelta(minutes=5))

    assert forget_ended_counts() == 1
    assert cache.get("code") == "x"


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_household_is_one_address(address: str, counts_as: str) -> None:
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=address)) == counts_as


@pytest.mark.django_db(transaction=True)
def test_no_try_is_lost_where_many_come_at_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory belongs to one thread")

    def one(_: int) -> int:
        try:
            return counted(THREE, "ann")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(one, range(40)))

    assert sorted(numbers) == list(range(1, 41))


# --- the cache over it ---


def test_cache_keeps_and_ends(clock: time_machine.Traveller) -> None:
    assert cache.add("one", [1], timeout=60)
    assert not cache.add("one", [2], timeout=60)
    assert cache.get("one") == [1]

    clock.shift(timedelta(seconds=60))

    assert cache.get("one", "gone") == "gone"
    assert cache.add("one", [3], timeout=60)
    assert cache.touch("one", 120)
    assert cache.delete("one")
    assert not cache.delete("one")


def test_cache_keeps_what_has_no_end(clock: time_machine.Traveller) -> None:
    cache.set("one", "x", timeout=None)

    clock.shift(timedelta(days=300))

    assert cache.get("one") == "x"
