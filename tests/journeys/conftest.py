"""A real server in a process of its own, a real browser, real e-mails in a folder."""

import hashlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.answering import Answering

ROOT = Path(__file__).resolve().parents[2]
TELL = "from tests.journeys.people import answer; answer()"
BETWEEN_MAILS = b"-" * 79 + b"\n"
"""As Django's file backend writes it."""

# How long a page may take to say what it should: a limit for a hang, so that a busy machine fails nothing.
expect.set_options(timeout=20_000)


class Server:
    """A started hipfeet: where it is, the e-mails it sent, and the environment it runs in."""

    def __init__(self, address: str, mails: Path, environment: Mapping[str, str]) -> None:
        self.address = address
        self.mails = mails
        self.environment = environment
        self._teller = Answering(
            "manage.py", "shell", "--verbosity", "0", "-c", TELL, cwd=ROOT, env=environment
        )

    def run(self, code: str) -> str:
        """Run Python in a process of its own with the server's settings and database; what it printed."""
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code]
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def session_of(self, story: str, address: str) -> str:
        """The session of a new person of this address, who stands where a story of `people.py` begins."""
        session = self._teller.answer(f"{story}\t{address}")
        assert session, f"nobody was made who is {story}"
        return session

    def close(self) -> None:
        """End what was started beside the server."""
        self._teller.close()

    def code_mailed_to(self, address: str) -> str:
        """The code in the latest e-mail to an address. Whoever asks has seen the page that says it was sent."""
        files = sorted(self.mails.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for file in files:
            # Two e-mails of one second may share a file: Django names it after the second and an id used again.
            for raw in reversed(file.read_bytes().split(BETWEEN_MAILS)):
                mail = message_from_bytes(raw, policy=policy.default)
                body = mail.get_body()
                if mail["To"] != address or body is None:
                    continue
                found = re.search(r"^\s*([A-Z0-9]{4,}-?[A-Z0-9]{2,})\s*$", body.get_content(), re.MULTILINE)
                if found:
                    return found.group(1)
        raise AssertionError(f"no e-mail with a code to {address}")


@contextmanager
def started(folder: Path, extra: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server in a process of its own, with its own database and mails in a folder."""
    mails = folder / "mails"
    mails.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "tests.journeys.kept_settings",
        "SECRET_KEY": "journeys",
        "DATABASE_URL": f"sqlite:///{folder / 'journeys.sqlite3'}",
        "EMAIL_URL": f"file:///{mails}",  # dj-email-url takes off one slash
        **(extra or {}),
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)  # noqa: S603
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [*manage, "runserver", "--noreload", "--skip-checks", f"localhost:{port}"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        server = Server(f"http://localhost:{port}", mails, environment)
        try:
            _wait_until_ready(server.address)
            yield server
        finally:
            server.close()
            process.terminate()
            process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(tmp_path_factory.mktemp("server")) as running:
        yield running


def _wait_until_ready(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/readyz"):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server did not start")


@pytest.fixture(autouse=True)
def _hangs_once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test that hangs ends its worker (`faulthandler_timeout`), and the next one would be given it again, and hang."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        yield
        return
    name = hashlib.sha256(request.node.nodeid.encode()).hexdigest()
    began = tmp_path_factory.getbasetemp().parent / f"{run}-{name}"
    if began.exists():
        pytest.fail("it hung, or ended its process; the traceback stands above", pytrace=False)
    began.touch()
    yield
    began.unlink()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of Debian that never has a window: a test takes half as long in it."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"),
            # Letters as wide as on a phone: without hinting.
            args=["--no-sandbox", "--disable-background-networking", "--font-render-hinting=none"],
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Anew for each module: one that had opened some 300 pages was seen to hang while it closed one."""
    with chromium() as launched:
        yield launched


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, server: Server) -> Iterator[NewPage]:
    """Open a phone-sized page; every error in its console fails the test, but for a connection that is cut."""
    contexts = []
    problems: list[str] = []

    def make(*, javascript: bool = True, width: int = 390, dark: bool = False, cut: bool = False) -> Page:
        context = browser.new_context(
            base_url=server.address,
            viewport={"width": width, "height": 844},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            timezone_id="Europe/Vienna",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: (
                problems.append(message.text)
                if message.type == "error"
                and "status of 4" not in message.text
                and not (cut and "net::ERR_" in message.text)
                else None
            ),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert problems == []
