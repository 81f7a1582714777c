"""Goal M7: pages and saving a set with 100,000 people and 10 million sets in PostgreSQL, against 1,000 people.

    pg_virtualenv -t .venv/bin/python -m bench.scale [--people 100000] [--rounds 7] [--each 40] [--port 8741]

Needs the development packages and Debian's postgresql, 10 GB in TMPDIR and half an hour. It makes two databases in the
cluster that PGHOST, PGPORT, PGUSER and PGPASSWORD name; one that is there already is not filled again. Everything is asked
in turn, small, large, small, large, each time by somebody else; what counts is the ratio of the two.
"""

import argparse
import contextlib
import itertools
import json
import os
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from bench.reference import ROOT, TICKS, cpu_seconds, served
from bench.training import CSRF, a_set

PAGES = {"Today": "/today/", "plan": "/plan/", "progress": "/progress/", "past workouts": "/workouts/"}
SET_PAGE, SAVING = "page of a set", "saving a set"
FEW = 1_000
REMINDED = 1_000
BIGGEST_TABLES = 8


# --- in a process of its own for each database -----------------------------------------------------------


def sample(wanted: int) -> dict[str, Any]:
    """People drawn at random whose plan runs: the cookies of readers, and of savers with one place for a set each."""
    import django  # noqa: PLC0415

    django.setup()
    from accounts.models import User  # noqa: PLC0415
    from bench.people import session_of  # noqa: PLC0415
    from exercises.models import Plan, PlanStatus  # noqa: PLC0415
    from tests.builders_training import signed_in_as  # noqa: PLC0415
    from tests.concurrency.people import begun_with  # noqa: PLC0415

    # Whoever began a workout today was drawn in an earlier run.
    fresh = Plan.objects.filter(status=PlanStatus.ACTIVE).exclude(
        person__workouts__local_date=datetime.now(UTC).date()
    )
    running = list(fresh.values_list("person", flat=True))
    drawn = random.SystemRandom().sample(running, min(2 * wanted, len(running)))
    people = User.objects.in_bulk(drawn)
    found: dict[str, Any] = {"readers": [], "savers": []}
    for number, pk in enumerate(drawn):
        cookie = session_of(signed_in_as(people[pk]))
        if number % 2:
            found["readers"].append(cookie)
        else:
            found["savers"].append({"cookie": cookie, "places": begun_with(people[pk], 1)["places"]})
    return found


# --- measuring -------------------------------------------------------------------------------------------


class Cost(NamedTuple):
    """Of some requests: how long each took, in milliseconds, and the CPU of one in the workers and in the database."""

    took: list[float]
    web: float
    database: float


class CrowdedSite:
    """One database with so many people, and the server on it."""

    def __init__(self, people: int, port: int, admin: psycopg.Connection) -> None:
        self.name, self.people, self.port, self.admin = f"hipfeet_{people}", people, port, admin
        login = (
            f"{os.environ['PGUSER']}:{os.environ['PGPASSWORD']}@{os.environ['PGHOST']}:{os.environ['PGPORT']}"
        )
        self.environment = {
            "DATABASE_URL": f"postgres://{login}/{self.name}",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "false",
            "DEBUG": "false",
            "DJANGO_SETTINGS_MODULE": "hipfeet.settings",
        }
        self.master = 0

    def run(self, *command: str) -> str:
        """What a command prints that runs with this database."""
        environment = {**os.environ, **self.environment}
        done = subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return done.stdout

    def fill(self) -> None:
        """Make the database and its people, unless it is there."""
        known = self.admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone()
        if not known:
            self.admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.name)))
            self.run("manage.py", "migrate", "--verbosity", "0")
            took = json.loads(self.run("-m", "bench.crowd", str(self.people)))
            print(
                f"{self.people:,} people: models made in {took['models']:.0f} s, copied in {took['copies']:.0f} s"
            )

    def draw(self, wanted: int) -> None:
        """Choose who reads and who saves."""
        people = json.loads(self.run("-m", "bench.scale", "sample", str(wanted)))
        self.readers, self.savers = (
            itertools.cycle(people["readers"]),
            iter(_places_in_turn(people["savers"])),
        )

    def ask(self, what: str, times: int) -> Cost:
        """So many requests of one kind, one after the other, each by the next person."""
        requests = [self._request(what) for _ in range(times)]
        web, database = cpu_seconds(self.master), self._database_cpu()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        took = []
        for method, address, body, headers in requests:
            begun = time.perf_counter()
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            answer.read()
            took.append(1000 * (time.perf_counter() - begun))
            assert answer.status == (302 if method == "POST" else 200), f"{method} {address}: {answer.status}"
        connection.close()
        web, database = cpu_seconds(self.master) - web, self._database_cpu() - database
        return Cost(took, 1000 * web / times, 1000 * database / times)

    def _request(self, what: str) -> tuple[str, str, str | None, dict[str, str]]:
        if what in PAGES:
            return "GET", PAGES[what], None, {"Cookie": next(self.readers)}
        cookie, (address, side, number) = next(self.savers)
        headers = {"Cookie": f"{cookie}; __Host-csrf={CSRF}"}
        if what == SET_PAGE:
            return "GET", address, None, headers
        body = urlencode({**a_set(side, number), "csrfmiddlewaretoken": CSRF})
        return "POST", address, body, {**headers, "Content-Type": "application/x-www-form-urlencoded"}

    def _database_cpu(self) -> float:
        """Seconds of CPU that the database has used for those who are connected now."""
        rows = self.admin.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s", [self.name]
        ).fetchall()
        total = 0
        for (pid,) in rows:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS


def _places_in_turn(savers: list[dict[str, Any]]) -> Iterator[tuple[str, tuple[str, str, int]]]:
    """Everybody's first place, then everybody's second: nobody twice as long as there is somebody else."""
    for number in itertools.count():
        for saver in savers:
            yield saver["cookie"], saver["places"][number]


def measure(sites: list[CrowdedSite], rounds: int, each: int) -> dict[str, dict[str, list[Cost]]]:
    """What each kind of request cost on each site, a `Cost` a round."""
    found: dict[str, dict[str, list[Cost]]] = {}
    for number in range(rounds + 1):
        for what in (*PAGES, SET_PAGE, SAVING):
            for site in sites:
                print(f"\r{number}/{rounds} {what:20} {site.name:20}", end="", file=sys.stderr, flush=True)
                cost = site.ask(what, each)
                if number:  # the first round only warms up
                    found.setdefault(what, {}).setdefault(site.name, []).append(cost)
    return found


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def tell(sites: list[CrowdedSite], found: dict[str, dict[str, list[Cost]]]) -> None:
    """As a table in Markdown: small, large and their ratio."""
    print("\n| what | p50, ms | p95, ms | CPU of the web, ms | CPU of the database, ms |")
    print("|---|---|---|---|---|")
    figures: list[Callable[[list[Cost]], float]] = [
        lambda costs: statistics.median(itertools.chain(*(cost.took for cost in costs))),
        lambda costs: p95(list(itertools.chain(*(cost.took for cost in costs)))),
        lambda costs: statistics.median(cost.web for cost in costs),
        lambda costs: statistics.median(cost.database for cost in costs),
    ]
    for what, by_site in found.items():
        cells = [what]
        for figure in figures:
            small, large = (figure(by_site[site.name]) for site in sites)
            cells.append(f"{small:.1f}, {large:.1f}: {large / max(small, 0.01):.2f} x")
        print("| " + " | ".join(cells) + " |")


def tell_size(site: CrowdedSite) -> None:
    """How large the database is, and its biggest tables."""
    with psycopg.connect(site.environment["DATABASE_URL"]) as own:
        rows = own.execute(
            "SELECT relname, n_live_tup, pg_table_size(relid), pg_indexes_size(relid) FROM pg_stat_user_tables"
            " ORDER BY pg_total_relation_size(relid) DESC LIMIT %s",
            [BIGGEST_TABLES],
        ).fetchall()
        (whole,) = own.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
    print(
        f"\n{site.people:,} people: {whole / 1e9:.2f} GB\n\n| table | rows | MB | MB of indexes |\n|---|---|---|---|"
    )
    for name, live, table, indexes in rows:
        print(f"| {name} | {live:,} | {table / 1e6:,.0f} | {indexes / 1e6:,.0f} |")


def memory(master: int) -> str:
    """Resident and proportional memory of each worker, in megabytes."""
    told = []
    for child in Path(f"/proc/{master}/task/{master}/children").read_text().split():
        lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()[1:]
        kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
        told.append(f"{kilobytes['Rss'] / 1000:.0f} MB resident, {kilobytes['Pss'] / 1000:.0f} MB its share")
    return "; ".join(told)


# --- what runs beside the pages --------------------------------------------------------------------------


def jobs(site: CrowdedSite) -> None:
    """How long the worker, the clean-up, a backup and putting it back take, and the most memory each had."""
    print("\n| job | seconds | MB at most | says |\n|---|---|---|---|")
    worker = ["manage.py", "deliver", "--once"]
    with psycopg.connect(site.environment["DATABASE_URL"], autocommit=True) as own:
        own.execute(
            "UPDATE mail_reminderchoices SET look_next_at = now() - interval '1 minute', looked_at = now()"
        )
        _job(site, "reminders: everybody looked at, nothing due", worker)
        own.execute(
            "UPDATE mail_reminderchoices SET look_next_at = now(), looked_at = now() - interval '2 hours',"
            " hour = (now() - interval '1 hour')::time"
            " WHERE person_id IN (SELECT person_id FROM mail_reminderchoices ORDER BY random() LIMIT %s)",
            [REMINDED],
        )
        _job(site, f"reminders: {REMINDED} people's time has come", worker)
        _job(site, "worker, nothing to do", worker)
    _job(site, "sweep", ["manage.py", "sweep"])
    with tempfile.TemporaryDirectory() as folder:
        key = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout  # noqa: S607
        site.environment |= {"BACKUP_KEY": key.splitlines()[-1], "BACKUP_FOLDER": folder}
        _job(site, "backup", ["manage.py", "backup"])
        (file,) = Path(folder).iterdir()
        print(f"\nthe backup: {file.stat().st_size / 1e6:,.0f} MB\n")
        empty = f"{site.name}_restored"
        for statement in ("DROP DATABASE IF EXISTS {}", "CREATE DATABASE {}"):
            site.admin.execute(sql.SQL(statement).format(sql.Identifier(empty)))
        site.environment["DATABASE_URL"] = site.environment["DATABASE_URL"].replace(site.name, empty)
        _job(site, "restore into an empty database", ["manage.py", "restore", str(file)])
        site.admin.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(empty)))


def _job(site: CrowdedSite, name: str, command: list[str]) -> None:
    begun = time.perf_counter()
    environment = {**os.environ, **site.environment, "EMAIL_URL": "dummy:"}
    with subprocess.Popen(  # noqa: S603
        [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as job:
        said = job.stdout.read() if job.stdout else ""
        _, code, used = os.wait4(job.pid, 0)
        job.returncode = os.waitstatus_to_exitcode(code)
    assert job.returncode == 0, name
    words = said.strip().replace("\n", "; ").replace(str(ROOT), "")
    took = time.perf_counter() - begun
    print(f"| {name} | {took:.1f} | {used.ru_maxrss / 1000:.0f} | {words} |", flush=True)


def main() -> None:
    """Make what is missing, measure and print."""
    parser = argparse.ArgumentParser(description="Pages and saving a set, 100,000 people against 1,000.")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7, help="0: only what runs beside the pages")
    parser.add_argument("--each", type=int, default=40, help="requests of each kind a round")
    parser.add_argument("--port", type=int, default=8741, help="and the next one")
    asked = parser.parse_args()
    if "PGHOST" not in os.environ:
        raise SystemExit("This fills a PostgreSQL cluster: pg_virtualenv -t .venv/bin/python -m bench.scale")
    with contextlib.ExitStack() as running:
        admin = running.enter_context(psycopg.connect(autocommit=True))
        sites = [CrowdedSite(FEW, asked.port, admin), CrowdedSite(asked.people, asked.port + 1, admin)]
        for site in sites:
            site.fill()
        admin.execute(
            "ALTER SYSTEM SET fsync = on"
        )  # pg_virtualenv turns it off, and saving would cost nothing
        admin.execute("SELECT pg_reload_conf()")
        for site in sites:
            tell_size(site)
        if asked.rounds:
            for site in sites:
                site.draw((asked.rounds + 1) * asked.each)
                site.master = running.enter_context(served("hipfeet.wsgi", site.port, **site.environment))
            tell(sites, measure(sites, asked.rounds, asked.each))
            print(f"\neach worker of the large site: {memory(sites[-1].master)}")
        jobs(sites[-1])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["sample", wanted]:
            json.dump(sample(int(wanted)), sys.stdout)
        case _:
            main()
