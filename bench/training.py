r"""Goals M2, M3 and M5: Today and progress after years of sets, Today against F, and saving sets on both databases.

    .venv/bin/python -m bench.training [--rounds 7] [--seconds 2] [--sets 50000] [--saves 400]
    pg_virtualenv -t sh -c 'DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE" \
      .venv/bin/python -m bench.training'

Needs the development packages (make test installs them). It makes its own SQLite file in a temporary folder; with
DATABASE_URL on PostgreSQL it fills that database too, which must be empty, and sets the two side by side.
Everything is read in turn, A B A B ..., and what counts is the ratio of the medians of the CPU that the workers used
for a request. The readers wait for every answer: a slow page that is still being made would count for the next one.

The people, each with a plan that runs and the newest workouts made by the product's own rules:

    new     100 sets in the last three weeks, and nothing before
    long    the same, and 50,000 sets in plans that ended more than twelve weeks ago
    season  twelve weeks of training, and nothing before
    year    the same, and the months before it without a gap: a year
    steady  the same, and 50,000 sets before it without a gap, with safety lists every four weeks and mirror checks
"""

import argparse
import contextlib
import itertools
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bench.reference import ROOT, cpu_seconds, served

PAGES = {
    "Today": "/today/",
    "plan": "/plan/",
    "progress": "/progress/",
    "progress, one exercise": "/progress/bridge/",
    "past workouts": "/workouts/",
}
GROUPS = (("new", "long"), ("season", "year", "steady"))
SETS_OF_A_YEAR = 1_500
CLIENTS = 8
READERS = 2
BARE_PORT = 8741
CSRF = "c" * 32
FEW_SETS = 100
A_SET_EVERY_SECONDS = 1.0
TODAY_EVERY_SECONDS = 0.2


# --- in a process of its own for each database: filling it, and counting --------------------------------


def fill(sets: int, saves: int) -> dict[str, Any]:
    """Make the people; returns their session cookies, and the places in which the clients save sets."""
    import django  # noqa: PLC0415

    django.setup()
    from bench.people import (  # noqa: PLC0415  (needs the settings)
        answer_through_the_years,
        copy_into_the_past,
        session_of,
        train_since,
    )
    from tests.builders import person  # noqa: PLC0415
    from tests.builders_training import a_running_plan, signed_in_as  # noqa: PLC0415
    from tests.concurrency.people import begun_with  # noqa: PLC0415

    cookies = {}
    for name, days in {"new": 21, "long": 21, "season": 83, "year": 83, "steady": 83}.items():
        somebody = person(f"{name}@example.org")
        begin = datetime.now(UTC).date() - timedelta(days=days)
        train_since(somebody, begin, FEW_SETS if days == 21 else sets)
        if name in {"long", "year", "steady"}:
            in_all = min(sets, SETS_OF_A_YEAR) if name == "year" else sets
            gap = timedelta(days=84 if name == "long" else 0)
            copy_into_the_past(somebody, before=begin - gap, sets=in_all)
        if name == "steady":
            answer_through_the_years(somebody)
        cookies[name] = session_of(signed_in_as(somebody))
    a_running_plan(person("counted@example.org"))
    savers = []
    for number in range(CLIENTS):
        somebody = person(f"saver{number}@example.org")
        a_running_plan(somebody)
        places = begun_with(somebody, -(-saves // CLIENTS))["places"]
        savers.append({"cookie": session_of(signed_in_as(somebody)), "places": places})
    return {"cookies": cookies, "savers": savers}


def count() -> dict[str, Any]:
    """Of each page and person: queries, rows read by them, bytes; and the queries of saving one set."""
    import django  # noqa: PLC0415

    django.setup()
    from accounts.models import User  # noqa: PLC0415
    from exercises.models import SetLog  # noqa: PLC0415
    from tests.concurrency.people import begun_with  # noqa: PLC0415

    counted: dict[str, Any] = {"sets": {}, "pages": {}}
    for name in itertools.chain(*GROUPS):
        somebody = User.objects.get(email=f"{name}@example.org")
        counted["sets"][name] = SetLog.objects.filter(person=somebody).count()
        for page, address in PAGES.items():
            counted["pages"].setdefault(page, {})[name] = _counted(somebody, address)
    saver = User.objects.get(email="counted@example.org")
    address, side, number = begun_with(saver, 1)["places"][0]
    counted["saving"] = _counted(saver, address, a_set(side, number))
    return counted


def a_set(side: str, number: int) -> dict[str, Any]:
    """What the form of a set sends: eight repetitions, under a key of its own."""
    key = str(uuid.uuid4())
    return {"side": side, "set_number": number, "revision": 0, "client_key": key, "repetitions": 8}


def _counted(person: Any, address: str, data: dict[str, Any] | None = None) -> dict[str, int]:
    """Queries, rows and bytes of one request, the second of two, so that what is read once a process is read."""
    from django.db import connection  # noqa: PLC0415
    from django.db.models.sql.compiler import SQLCompiler  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    found = {"queries": 0, "rows": 0, "bytes": 0, "status": 0}
    plain_iter = SQLCompiler.results_iter

    def counting_iter(self: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        for row in plain_iter(self, *args, **kwargs):
            found["rows"] += 1
            yield row

    def counting_query(execute: Any, *args: Any) -> Any:
        found["queries"] += not str(args[0]).startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))
        return execute(*args)

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    if data is None:
        client.get(address)
    SQLCompiler.results_iter = counting_iter
    try:
        with connection.execute_wrapper(counting_query):
            answer = client.get(address) if data is None else client.post(address, data)
    finally:
        SQLCompiler.results_iter = plain_iter
    return {**found, "bytes": len(answer.content), "status": answer.status_code}


# --- measuring ---------------------------------------------------------------------------------------


class BenchServer(NamedTuple):
    """A started gunicorn: where it listens, and the process whose children are its workers."""

    port: int
    master: int


class Site:
    """One database with its people, and the server on it."""

    def __init__(self, name: str, database_url: str, port: int, asked: argparse.Namespace) -> None:
        self.name, self.port, self.asked = name, port, asked
        self.environment = {
            "DATABASE_URL": database_url,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "false",
            "DEBUG": "false",
            "DJANGO_SETTINGS_MODULE": "hipfeet.settings",
        }
        self.server = BenchServer(port, 0)
        self.used = 0

    def prepare(self) -> None:
        """Make the tables and the people, and count."""
        self._run("manage.py", "migrate", "--verbosity", "0")
        self._run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        places = self.asked.saves * (self.asked.rounds + 3) + CLIENTS * self.asked.calm
        made = self._run("-m", "bench.training", "fill", str(self.asked.sets), str(places))
        self.people = json.loads(made)
        self.counted = json.loads(self._run("-m", "bench.training", "count"))

    def _run(self, *command: str) -> str:
        done = subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return done.stdout

    def read(self, page: str, person: str) -> float:
        """Milliseconds of CPU for a page as one person reads it."""
        cookie = self.people["cookies"][person]
        return cpu_of_a_page(self.server, PAGES[page], cookie, self.asked.seconds)

    def save(self, how_many: int, pause: float = 0.0) -> dict[str, float]:
        """Let the clients save so many sets together; the rate, CPU a set, waiting times, and errors.

        pause  how long a client rests between two sets, in seconds; 0: none does
        """
        each, server = how_many // CLIENTS, self.server
        begun, cpu = time.perf_counter(), cpu_seconds(server.master)
        with ThreadPoolExecutor(CLIENTS) as threads:
            parts = [
                threads.submit(self._client, server.port, saver, self.used, each, pause)
                for saver in self.people["savers"]
            ]
            results = [result for part in parts for result in part.result()]
        seconds = time.perf_counter() - begun
        self.used += each
        times = sorted(took for took, status in results if status == 302)
        return {
            "rate": len(times) / seconds,
            "cpu": 1000 * (cpu_seconds(server.master) - cpu) / len(results),
            "p50": 1000 * times[len(times) // 2],
            "p99": 1000 * times[int(len(times) * 0.99)],
            "errors": len(results) - len(times),
        }

    def _client(
        self, port: int, saver: dict[str, Any], first: int, each: int, pause: float
    ) -> list[tuple[float, int]]:
        results = []
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{saver['cookie']}; __Host-csrf={CSRF}",
        }
        for address, side, number in saver["places"][first : first + each]:
            if pause:
                time.sleep(pause * (0.5 + secrets.randbelow(1000) / 1000))
            body = urlencode({**a_set(side, number), "csrfmiddlewaretoken": CSRF})
            begun = time.perf_counter()
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            answer.read()
            results.append((time.perf_counter() - begun, answer.status))
        connection.close()
        return results

    def today_until(self, done: Event) -> list[float]:
        """Read Today at a steady pace until told to stop; the waiting times in milliseconds."""
        times = []
        headers = {"Cookie": self.people["cookies"]["steady"]}
        while not done.wait(TODAY_EVERY_SECONDS):
            begun = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request("GET", "/today/", headers=headers)
            connection.getresponse().read()
            connection.close()
            times.append(1000 * (time.perf_counter() - begun))
        return times

    def save_while_today_is_read(self, how_many: int, pause: float = 0.0) -> dict[str, float]:
        """As `save`, with one more person who reads Today five times a second."""
        done = Event()
        with ThreadPoolExecutor(1) as reader:
            reading = reader.submit(self.today_until, done)
            try:
                result = self.save(how_many, pause)
            finally:
                done.set()
            return {**result, "today_p50": statistics.median(reading.result() or [0.0])}


def cpu_of_a_page(server: BenchServer, address: str, cookie: str, seconds: float) -> float:
    """Milliseconds of CPU that the workers use for a request, while a few readers ask again and again."""
    until, before = time.monotonic() + seconds, cpu_seconds(server.master)

    def reader() -> int:
        connection, requests = HTTPConnection("127.0.0.1", server.port, timeout=120), 0
        while time.monotonic() < until or not requests:
            connection.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, f"{address}: {answer.status}"
            requests += 1
        connection.close()
        return requests

    with ThreadPoolExecutor(READERS) as threads:
        requests = sum(part.result() for part in [threads.submit(reader) for _ in range(READERS)])
    return 1000 * (cpu_seconds(server.master) - before) / requests


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    """The median of each figure; errors are added up."""
    found = {key: statistics.median(row[key] for row in rows) for key in rows[0]}
    return {**found, "errors": sum(row["errors"] for row in rows)}


def measure(sites: list[Site], bare: BenchServer, asked: argparse.Namespace) -> None:
    """Everything in turn, and the tables."""
    reads = {("F",): lambda: cpu_of_a_page(bare, "/", "", asked.seconds)}
    for site in sites:
        for page in PAGES:
            for who in itertools.chain(*GROUPS):
                reads[site.name, page, who] = partial(site.read, page, who)
    cpu: dict[tuple[str, ...], list[float]] = {name: [] for name in reads}
    saving: dict[str, list[dict[str, float]]] = {site.name: [] for site in sites}
    for number in range(asked.rounds + 1):
        for name, read in reads.items():
            print(f"\r{number}/{asked.rounds} {' '.join(name):60}", end="", file=sys.stderr, flush=True)
            milliseconds = read()
            if number:  # the first round only warms up
                cpu[name].append(milliseconds)
        for site in sites:
            result = site.save(asked.saves)
            if number:
                saving[site.name].append(result)
    tell_pages(sites, {name: statistics.median(values) for name, values in cpu.items()})
    kinds: dict[str, dict[str, dict[str, float]]] = {site.name: {} for site in sites}
    for site in sites:
        kinds[site.name][f"{CLIENTS} clients without a rest"] = medians(saving[site.name])
        crowded = site.save_while_today_is_read(asked.saves)
        kinds[site.name]["the same, Today read 5 times a second"] = crowded
        calm = site.save_while_today_is_read(CLIENTS * asked.calm, A_SET_EVERY_SECONDS)
        kinds[site.name]["a set a second each, Today read 5 times a second"] = calm
    tell_saving(sites, kinds)
    if len(sites) == 2:
        one, other = (statistics.median(row["rate"] for row in saving[site.name]) for site in sites)
        print(f"\n{sites[0].name} saves {one / other:.2f} x as many sets a second as {sites[1].name}")


def tell_pages(sites: list[Site], cpu: dict[tuple[str, ...], float]) -> None:
    """The pages, as a table in Markdown."""
    unit = cpu["F",]
    print(f"\nF: {unit:.2f} ms CPU\n")
    print(
        "| database | page | person | sets | queries | rows read | bytes | CPU, ms | x F | x the one before |"
    )
    print("|---" * 10 + "|")
    for site in sites:
        for page in PAGES:
            for group in GROUPS:
                for before, who in zip((None, *group), group, strict=False):
                    counted = site.counted["pages"][page][who]
                    assert counted["status"] == 200
                    cells = [site.name, page, who, f"{site.counted['sets'][who]:,}", str(counted["queries"])]
                    cells += [f"{counted['rows']:,}", f"{counted['bytes']:,}"]
                    used = cpu[site.name, page, who]
                    ratio = f"{used / cpu[site.name, page, before]:.2f}" if before else ""
                    cells += [f"{used:.1f}", f"{used / unit:.1f}", ratio]
                    print("| " + " | ".join(cells) + " |")


def tell_saving(sites: list[Site], kinds: dict[str, dict[str, dict[str, float]]]) -> None:
    """Saving sets, as a table in Markdown."""
    print("\n| database | how | queries | sets/s | CPU, ms | p50, ms | p99, ms | errors | Today p50, ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    for site in sites:
        for kind, row in kinds[site.name].items():
            mixed = "today_p50" in row  # its CPU is that of Today too
            today = f"{row['today_p50']:.0f}" if mixed else ""
            milliseconds = "" if mixed else f"{row['cpu']:.1f}"
            print(
                f"| {site.name} | {kind} | {site.counted['saving']['queries']} | {row['rate']:.0f} | {milliseconds}"
                f" | {row['p50']:.0f} | {row['p99']:.0f} | {row['errors']:.0f} | {today} |"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Today, progress and saving sets after years of training.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--sets", type=int, default=50_000)
    parser.add_argument("--saves", type=int, default=400, help="sets saved in each round")
    parser.add_argument("--calm", type=int, default=30, help="sets of each client in the calm part")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        sites = [Site("SQLite", f"sqlite:///{Path(folder) / 'bench.sqlite3'}", 8742, asked)]
        if os.environ.get("DATABASE_URL", "").startswith("postgres"):
            sites.append(Site("PostgreSQL", os.environ["DATABASE_URL"], 8743, asked))
        for site in sites:
            site.prepare()
            master = running.enter_context(served("hipfeet.wsgi", site.port, **site.environment))
            site.server = BenchServer(site.port, master)
        bare = running.enter_context(served("bench.bare:application", BARE_PORT))
        print(f"{asked.rounds} rounds of {asked.seconds} s, medians; {asked.saves} saves a round; 2 workers")
        measure(sites, BenchServer(BARE_PORT, bare), asked)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill", sets, saves]:
            json.dump(fill(int(sets), int(saves)), sys.stdout)
        case ["count"]:
            json.dump(count(), sys.stdout)
        case _:
            main()
