"""A worker, then the whole server, killed with SIGKILL while phones send taps and send them again."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from threading import Event, Lock

import pytest

from tests.builders import PASSWORD
from tests.concurrency.cluster import cluster
from tests.concurrency.conftest import FIGURES, RaceServer
from tests.concurrency.people import TRAINING
from tests.concurrency.phones import Phone, Reply, Tap
from tests.trials import PAUSE_SECONDS, PEOPLE, TAPS, TRAINING_SECONDS

pytestmark = pytest.mark.concurrency

PHONES_EACH = 2
SOON_SECONDS = 0.05
"""A phone waits this long before it sends a tap again that found no server."""


class Sent:
    """What all phones together sent, and what they were told."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, Tap] = {}
        self.unexpected: list[str] = []
        self.requests = self.broken = self.asked_to_wait = 0
        self.given_up = Event()
        self._lock = Lock()

    def until_acknowledged(self, phone: Phone, tap: Tap, *, by_script: bool) -> None:
        """Send a tap, again and again while nobody takes it, as the player's queue does."""
        while not self.given_up.is_set():
            try:
                answer = phone.tap(tap, by_script=by_script)
            except (OSError, HTTPException):
                with self._lock:
                    self.requests, self.broken = self.requests + 1, self.broken + 1
                time.sleep(SOON_SECONDS)
                continue
            with self._lock:
                self.requests += 1
                if waits := bool(answer.status == 503 and answer.retry_after):
                    self.asked_to_wait += 1
                else:
                    self._keep(tap, answer, by_script=by_script)
            if not waits:
                return
            time.sleep(SOON_SECONDS)

    def _keep(self, tap: Tap, answer: Reply, *, by_script: bool) -> None:
        if answer.status == (200 if by_script else 302):
            self.acknowledged[tap.client_key] = tap
        else:
            self.unexpected.append(f"{answer.status}: {answer.body[:300]}")

    def wait_for(self, share: float) -> None:
        """Until this share of the taps is acknowledged."""
        deadline = time.monotonic() + 60 + TAPS / 10
        while len(self.acknowledged) < share * TAPS:
            if time.monotonic() > deadline or self.unexpected:
                self.given_up.set()
                raise AssertionError(f"{len(self.acknowledged)} acknowledged; {self.unexpected[:3]}")
            time.sleep(0.01)


def test_every_acknowledged_set_is_there_once_after_the_server_was_killed_in_the_middle(
    server: RaceServer, phone: Callable[[str], Phone]
) -> None:
    hands = _dealt(server, phone)
    sent = Sent()

    def train(device: Phone, taps: list[Tap]) -> None:
        for number, tap in enumerate(taps):
            sent.until_acknowledged(device, tap, by_script=number % 2 == 1)
            if number % 5 == 0:  # the answer was lost on the way: the phone does not know and sends again
                sent.until_acknowledged(device, tap, by_script=False)

    began = time.monotonic()
    with ThreadPoolExecutor(len(hands)) as threads:
        running = [threads.submit(train, *hand) for hand in hands]
        try:
            sent.wait_for(0.2)
            server.kill_a_worker()
            sent.wait_for(0.5)
            server.kill()
            server.start()
            sent.wait_for(0.8)
            server.kill_a_worker()
        except BaseException:
            sent.given_up.set()
            raise
        for one in running:
            one.result()
    seconds = time.monotonic() - began

    rows = [row for row in server.stored()["sets"] if row["email"].startswith("training_")]
    by_key = Counter(row["client_key"] for row in rows)
    by_place = Counter((row["email"], row["address"], row["side"], row["set_number"]) for row in rows)
    doubled = sum(times - 1 for counted in (by_key, by_place) for times in counted.values())
    lost = sent.acknowledged.keys() - by_key.keys()
    FIGURES.append(
        f"{TAPS} taps ({sent.requests} requests, {sent.broken} of them broken by kill -9):"
        f" {len(sent.acknowledged)} acknowledged, {len(rows)} stored, {doubled} doubled, {len(lost)} lost,"
        f" {len(sent.unexpected)} unexpected answers, {seconds:.1f} s"
    )
    assert sent.unexpected == []
    assert sent.asked_to_wait == 0
    assert sent.broken > 0, "nothing was in the air when the server was killed"
    assert len(sent.acknowledged) == TAPS
    assert lost == set()
    assert doubled == 0
    for row in rows:
        tap = sent.acknowledged[row["client_key"]]
        assert (row["address"], row["side"], row["set_number"]) == tap.place
        assert (row["repetitions"], row["revision"]) == (tap.repetitions, 1)


def _dealt(server: RaceServer, phone: Callable[[str], Phone]) -> list[tuple[Phone, list[Tap]]]:
    """Each phone with its taps: two phones a person, every tap in a place of its own."""
    hands = []
    for number in range(TRAINING):
        name = f"training_{number}"
        share = len(range(number, TAPS, TRAINING))
        places: list[tuple[str, str, int]] = [tuple(one) for one in server.people[name]["places"][:share]]
        taps = [Tap(*place, repetitions=order % 15) for order, place in enumerate(places)]
        hands += [(phone(name), taps[part::PHONES_EACH]) for part in range(PHONES_EACH)]
    return hands


def test_every_acknowledged_set_is_there_once_after_the_database_was_killed_in_the_middle(
    server: RaceServer,
) -> None:
    """M8: a set each 20 s of 50 people for five minutes in the trial. While PostgreSQL is away: 503, and when to ask again."""
    database = cluster()
    if database is None:
        pytest.skip("needs a PostgreSQL of its own, as from pg_virtualenv")
    phones: list[tuple[Phone, list[Tap]]] = []
    for number in range(PEOPLE):
        device = Phone(server.port)
        one = server.people[f"marathon_{number}"]
        device.sign_in(one["email"], PASSWORD)
        phones.append(
            (
                device,
                [
                    Tap(address, side, set_number, repetitions=8)
                    for address, side, set_number in one["places"]
                ],
            )
        )
    sent = Sent()
    begun = time.monotonic()

    def train(number: int, device: Phone, taps: list[Tap]) -> None:
        time.sleep(PAUSE_SECONDS * number / PEOPLE)
        for tap in taps:
            if time.monotonic() - begun > TRAINING_SECONDS:
                return
            sent.until_acknowledged(device, tap, by_script=number % 2 == 1)
            time.sleep(PAUSE_SECONDS)

    with ThreadPoolExecutor(PEOPLE) as threads:
        running = [threads.submit(train, number, *one) for number, one in enumerate(phones)]
        time.sleep(TRAINING_SECONDS / 4)
        server.kill_a_worker()
        time.sleep(TRAINING_SECONDS / 4)
        database.kill()
        time.sleep(TRAINING_SECONDS / 5)
        database.start()
        for one in running:
            one.result()

    rows = [row for row in server.stored()["sets"] if row["email"].startswith("marathon_")]
    by_key = Counter(row["client_key"] for row in rows)
    lost = sent.acknowledged.keys() - by_key.keys()
    doubled = sum(times - 1 for times in by_key.values())
    FIGURES.append(
        f"{PEOPLE} people for {TRAINING_SECONDS} s, a worker and PostgreSQL killed: {sent.requests} requests,"
        f" {sent.broken} broken, {sent.asked_to_wait} times 503, {len(sent.acknowledged)} acknowledged,"
        f" {len(lost)} lost, {doubled} doubled, {len(sent.unexpected)} unexpected answers"
    )
    assert sent.unexpected == []
    assert sent.asked_to_wait > 0, "nobody noticed that the database was away"
    assert (lost, doubled) == (set(), 0)


def test_who_comes_first_after_the_database_started_again_at_night_is_answered(
    phone: Callable[[str], Phone],
) -> None:
    database = cluster()
    if database is None:
        pytest.skip("needs a PostgreSQL of its own, as from pg_virtualenv")
    device = phone("reading")
    with ThreadPoolExecutor(16) as many:
        crowd = list(many.map(device.read, ["/settings/you/"] * 64))
    database.kill()
    database.start()

    assert {reply.status for reply in crowd} == {200}
    assert [device.read("/settings/you/").status for _ in range(8)] == [200] * 8
