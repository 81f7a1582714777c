"""People who train through whatever happens to the servers meanwhile."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from tests.builders import PASSWORD
from tests.concurrency.conftest import FIGURES, RaceServer
from tests.concurrency.phones import Phone, Reply, Tap

PAUSE_SECONDS = 0.05
"""Between two requests of one of them: requests never cease, and what is done to the servers meanwhile goes on at its pace."""


class People:
    """Some who train and read, and what they were told."""

    def __init__(self, server: RaceServer, port: int, names: list[str]) -> None:
        self.server, self.names, self.port = server, names, port
        self.told: Counter[str] = Counter()
        self.acknowledged: list[str] = []
        self.enough = Event()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """While this lasts they train; whatever went wrong for them comes out at its end."""
        devices = []
        for name in self.names:
            device = Phone(self.port)
            device.sign_in(self.server.people[name]["email"], PASSWORD)
            devices.append((device, self.server.people[name]["places"]))
        with ThreadPoolExecutor(len(devices) + 1) as threads:
            running = [threads.submit(self._train, *one) for one in devices]
            running.append(threads.submit(self._read))
            try:
                yield
            finally:
                self.enough.set()
                for one in running:
                    one.result()

    def _train(self, device: Phone, places: list[tuple[str, str, int]]) -> None:
        while not self.enough.is_set() and places:
            tap = Tap(*places.pop(), repetitions=8)
            answer = device.tap(tap)
            self._keep("set", answer, expected=302)
            if answer.status == 302:
                self.acknowledged.append(tap.client_key)
            self._keep("today", device.read("/today/"), expected=200)
            time.sleep(PAUSE_SECONDS)

    def _read(self) -> None:
        device = Phone(self.port)
        while not self.enough.is_set():
            self._keep("learn", device.read("/learn/"), expected=200)
            time.sleep(PAUSE_SECONDS)

    def _keep(self, what: str, answer: Reply, *, expected: int) -> None:
        self.told[what if answer.status == expected else f"{what}: {answer.status} {answer.body[:300]}"] += 1

    def wait_for_sets(self, number: int) -> None:
        """Until so many sets are acknowledged."""
        deadline = time.monotonic() + 60
        while len(self.acknowledged) < number:
            assert time.monotonic() < deadline, self.told
            time.sleep(0.01)

    def lost(self) -> set[str]:
        """Which of the acknowledged sets are not stored exactly once."""
        stored = Counter(row["client_key"] for row in self.server.stored()["sets"])
        return {key for key in self.acknowledged if stored[key] != 1}

    def figures(self, of: str) -> None:
        """Tell what was sent."""
        FIGURES.append(f"{of}: {dict(self.told)}, {len(self.lost())} of {len(self.acknowledged)} sets lost")
