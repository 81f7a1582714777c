"""A server as in production (gunicorn, two workers with threads) on a database of its own, to be raced and killed.

A SQLite file, or a database made for these tests beside the one that DATABASE_URL names on PostgreSQL.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.answering import Answering
from tests.builders import PASSWORD
from tests.concurrency.people import TRAINING
from tests.concurrency.phones import Phone
from tests.trials import TAPS

ROOT = Path(__file__).resolve().parents[2]
GUNICORN = ["-m", "gunicorn", "hipfeet.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
FIGURES: list[str] = []


class RaceServer:
    """A started hipfeet, the people in its database, and the power to kill it."""

    def __init__(self, folder: Path, database_url: str, release: Path = ROOT) -> None:
        self.folder, self.release = folder, release
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.environment = {
            **os.environ,
            "DEBUG": "true",
            "SECRET_KEY": "concurrency",
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "tests.concurrency.settings",
            "TRUSTED_PROXY_COUNT": "1",
        }
        self.process: subprocess.Popen[bytes] | None = None
        self._people = Answering("-m", "tests.concurrency.people", cwd=release, env=self.environment)
        self.people: dict[str, Any] = {}

    @property
    def log(self) -> Path:
        """What it wrote."""
        return self.folder / f"log-{self.port}"

    def beside(self, release: Path = ROOT) -> "RaceServer":
        """Another server on the same database, at a port of its own; not started."""
        return RaceServer(self.folder, self.environment["DATABASE_URL"], release)

    def migrate(self) -> None:
        """Bring the database up to its release."""
        self.run("manage.py", "migrate", "--verbosity", "0")

    def prepare(self, places: int) -> None:
        """Make the tables and the people."""
        self.migrate()
        self.people = self.ask("made", places)

    def start(self) -> None:
        """Start it and wait until it can serve people."""
        with self.log.open("ab") as log:
            command = [sys.executable, *GUNICORN, "--bind", f"127.0.0.1:{self.port}"]
            self.process = subprocess.Popen(  # noqa: S603
                command,
                cwd=self.release,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that all its processes can be killed at once
            )
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not start: {self.log.read_text()[-3000:]}")

    def kill_a_worker(self) -> None:
        """SIGKILL to one of its workers, in the middle of whatever it does; gunicorn starts another."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM: it answers what it has begun, and ends."""
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def kill(self) -> None:
        """SIGKILL to all of it."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def close(self) -> None:
        """End it, and whatever answers about its database."""
        self.kill()
        self._people.close()

    def stored(self) -> dict[str, list[dict[str, Any]]]:
        """What the database holds now."""
        rows: dict[str, list[dict[str, Any]]] = self.ask("stored")
        return rows

    def ask(self, what: str, *arguments: object) -> Any:
        """What a function of `people.py` answers about its database."""
        return json.loads(self._people.answer(json.dumps([what, *arguments])))

    def run(self, *command: str) -> str:
        """What one of its commands prints."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=self.release,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return done.stdout


@contextmanager
def empty_database(folder: Path, called: str) -> Iterator[str]:
    """The address of an empty database that is thrown away afterwards."""
    asked = os.environ.get("DATABASE_URL", "")
    if not asked.startswith("postgres"):
        yield f"sqlite:///{folder / called}.sqlite3"
        return
    # Never the named one: what it holds may be somebody's.
    name = f"hipfeet_{called}_{os.getpid()}"
    with closing(psycopg.connect(asked, autocommit=True)) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(asked)._replace(path=f"/{name}").geturl()
    finally:
        with closing(psycopg.connect(asked, autocommit=True)) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RaceServer]:
    folder = tmp_path_factory.mktemp("concurrency")
    with empty_database(folder, "concurrency") as database_url:
        started = RaceServer(folder, database_url)
        started.prepare(places=-(-TAPS // TRAINING))
        started.start()
        try:
            yield started
        finally:
            started.close()


@pytest.fixture
def phone(server: RaceServer) -> Callable[[str], Phone]:
    """A newly signed-in phone of a person."""

    def signed_in(name: str) -> Phone:
        made = Phone(server.port)
        made.sign_in(server.people[name]["email"], PASSWORD)
        return made

    return signed_in


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was sent and what was found stored."""
    for line in FIGURES:
        terminalreporter.write_line(line)
