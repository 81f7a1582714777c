"""What an operator's Prometheus reads, of a started server and of `manage.py watch`."""

import gzip
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar, NamedTuple

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from tests.architecture.test_settings import ROOT, free_port
from tests.production import NAME, Visitor, serving, set_up_as

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def figures(port: int) -> Figures:
    """What is read at a watched address: (name, labels) -> value."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        families = list(text_string_to_metric_families(answer.read().decode()))
    return {
        (one.name, tuple(sorted(one.labels.items()))): one.value
        for family in families
        for one in family.samples
    }


def requests_of(found: Figures, page: str) -> dict[str, float]:
    """How many requests of a page were counted, by method and status."""
    return {
        f"{dict(labels)['method']} {dict(labels)['status']}": value
        for (name, labels), value in found.items()
        if name == "hipfeet_request_seconds_count" and dict(labels)["page"] == page
    }


@pytest.fixture(scope="module")
def environment(set_up_once: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a production server that is watched."""
    return set_up_as(
        set_up_once, tmp_path_factory.mktemp("watched"), WATCH_ADDRESS=f"127.0.0.1:{free_port()}"
    )


def watched(environment: dict[str, str]) -> int:
    return int(environment["WATCH_ADDRESS"].rpartition(":")[2])


# --- the web server ---


class Server(NamedTuple):
    """A started server: its port, and the file with its logs."""

    port: int
    log: Path


@pytest.fixture(scope="module")
def server(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Of which somebody asked twenty times for one page, and then could not sign in."""
    log = tmp_path_factory.mktemp("log") / "log"
    with serving(environment, log) as port:
        for _ in range(20):
            Visitor(port).ask("/learn/")
        visitor = Visitor(port)
        visitor.ask("/accounts/login/")
        visitor.ask("/accounts/login/", {"login": "nobody@example.org", "password": "not this one"})
        yield Server(port, log)


def test_requests_of_all_workers_are_added_up(environment: dict[str, str], server: Server) -> None:
    found = figures(watched(environment))

    assert requests_of(found, "learn") == {"GET 200": 20}
    assert requests_of(found, "account_login") == {"GET 200": 1, "POST 422": 1}
    assert found[("hipfeet_account_events_total", (("kind", "sign_in_failed"),))] == 1
    assert found[("hipfeet_database_statements_total", (("page", "account_login"),))] >= 1
    assert ("hipfeet_database_statements_total", (("page", "learn"),)) not in found


def test_methods_that_strangers_make_up_are_counted_as_one(
    environment: dict[str, str], server: Server
) -> None:
    for method in ("AAA", "BBB"):
        talk = HTTPConnection("127.0.0.1", server.port, timeout=30)
        talk.request(method, "/glossary/", headers={"Host": NAME, "X-Forwarded-Proto": "https"})
        talk.getresponse().read()
        talk.close()

    assert requests_of(figures(watched(environment)), "glossary") == {"other 403": 2}


def test_reader_that_breaks_off_is_no_line_in_the_log(environment: dict[str, str], server: Server) -> None:
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", watched(environment))) as reader:
            reader.sendall(b"GET /met")
            time.sleep(0.1)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    figures(watched(environment))

    assert [line for line in server.log.read_text().splitlines() if not line.startswith("{")] == []


def test_watched_address_answers_while_every_thread_that_serves_people_is_busy(
    environment: dict[str, str], server: Server
) -> None:
    """With more requests that do not come in to their end than there are threads."""
    head = (
        f"Host: {NAME}",
        "X-Forwarded-Proto: https",
        f"Cookie: __Host-csrf={'c' * 32}",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 100",
    )
    half = "\r\n".join(("POST /check/ HTTP/1.1", *head, "", "half"))
    with ExitStack() as slow:
        for _ in range(20):  # they fall to the workers by chance
            for _ in range(10):
                one = slow.enter_context(socket.create_connection(("127.0.0.1", server.port)))
                one.sendall(half.encode())
            time.sleep(0.5)
            if not answers(f"127.0.0.1:{server.port}"):
                break
        else:
            pytest.fail("there is always a thread that is free")
        assert answers(environment["WATCH_ADDRESS"])
        assert figures(watched(environment))


def answers(address: str) -> bool:
    """Whether /healthz there answers within two seconds."""
    try:
        urllib.request.urlopen(f"http://{address}/healthz", timeout=2).close()
    except TimeoutError:
        return False
    return True


def test_what_is_counted_lies_in_memory_and_in_no_folder_of_somebody_elses(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """A full disk would kill each worker that counts; and what lies there is deleted at the end."""
    theirs, runtime = tmp_path / "theirs", tmp_path / "run"
    for folder in (theirs, runtime):
        folder.mkdir()
    (theirs / "file").touch()
    named = {
        "PROMETHEUS_MULTIPROC_DIR": str(theirs),
        "TMPDIR": str(theirs),
        "RUNTIME_DIRECTORY": str(runtime),
        "WATCH_ADDRESS": f"127.0.0.1:{free_port()}",
    }
    with serving({**environment, **named}, tmp_path / "log") as port:
        Visitor(port).ask("/learn/")
        counted = [file.parent.parent for file in tmp_path.rglob("histogram_*.db")]

    assert set(counted) == {runtime}
    assert list(runtime.iterdir()) == []
    assert list(theirs.iterdir()) == [theirs / "file"]
    assert "RuntimeDirectory=" in (ROOT / "deploy" / "systemd" / "hipfeet-web.service").read_text()


# --- the whole installation ---


@contextmanager
def watch(environment: dict[str, str]) -> Iterator[int]:
    """A started `manage.py watch`; gives its port."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "manage.py", "watch"],
        cwd=ROOT,
        env={**environment, "WATCH_ADDRESS": f"127.0.0.1:{port}"},
        stdout=subprocess.PIPE,
    ) as started:
        try:
            assert started.stdout
            assert started.stdout.readline().startswith(b"watched at")
            yield port
        finally:
            started.terminate()


def test_watch_says_that_the_database_is_gone(environment: dict[str, str], tmp_path: Path) -> None:
    with watch({**environment, "DATABASE_URL": f"sqlite:///{tmp_path / 'no' / 'folder.sqlite3'}"}) as port:
        found = figures(port)

    assert found[("hipfeet_ready", ())] == 0
    assert ("hipfeet_mail_oldest_seconds", ()) not in found


@pytest.mark.parametrize("address", ["9100", ":9100", "127.0.0.1", "127.0.0.1:http", "203.0.113.9:9100"])
def test_address_that_cannot_be_watched_at_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("WATCH_ADDRESS", address)

    with pytest.raises(CommandError, match=r"^WATCH_ADDRESS: .+"):
        call_command("watch")


@pytest.mark.parametrize("address", ["9100", "203.0.113.9:9100"])
def test_web_server_that_cannot_be_watched_does_not_start(environment: dict[str, str], address: str) -> None:
    command = [sys.executable, "-m", "gunicorn", "hipfeet.wsgi", "--bind", f"127.0.0.1:{free_port()}"]
    wrong = {**environment, "WATCH_ADDRESS": address}

    web = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=wrong, capture_output=True, text=True, check=False, timeout=60
    )

    (said,) = [line for line in web.stderr.splitlines() if not line.startswith("{")]
    assert web.returncode == 4
    assert said.startswith("hipfeet does not start: WATCH_ADDRESS: "), web.stderr


def test_alarms_and_board_name_figures_that_there_are(
    environment: dict[str, str], server: Server, tmp_path: Path
) -> None:
    """Those of ours; the rest is Prometheus's own, and of its exporter for certificates."""
    (tmp_path / timezone.now().strftime("hipfeet-%Y-%m-%dT%H%M%SZ.dump.age")).touch()
    with watch({**environment, "BACKUP_FOLDER": str(tmp_path)}) as port:
        installation = figures(port)

    files = [ROOT / "deploy" / "watching" / name for name in ("alarms.yml", "board.json")]
    named = {name for file in files for name in re.findall(r"\bhipfeet_\w+", file.read_text())}

    assert installation[("hipfeet_ready", ())] == 1
    assert named <= {name for name, _ in (*figures(watched(environment)), *installation)}
    assert len(named) > 5


# --- errors ---


class Receiver(BaseHTTPRequestHandler):
    """Keeps what a Sentry-compatible server would be sent."""

    received: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(
            self.headers["Content-Encoding"], bytes
        )
        self.received.append(unpack(sent))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Nothing."""


FAILS = """
import os, django
from django.conf import settings
django.setup()
import sentry_sdk
from django.test import Client
from exercises.models import Plan
def failing(*_, **__):
    answer = "my-secret-note"
    raise ValueError(f"no such row: {answer}")
Plan.objects.get_queryset = failing
client = Client(raise_request_exception=False)
from accounts.models import User
client.force_login(User.objects.create(email="ann@example.org"))
client.cookies["theirs"] = "my-secret-note"
print(client.get("/today/?q=my-secret-note", secure=True, headers={"host": "hipfeet.example"}).status_code)
print(client.get("/", secure=True, headers={"host": "tried"}).status_code)
sentry_sdk.flush(10)
"""


def test_error_report_says_where_and_nothing_of_the_person(environment: dict[str, str]) -> None:
    with HTTPServer(("127.0.0.1", 0), Receiver) as receiver:
        Thread(target=receiver.serve_forever, daemon=True).start()
        dsn = f"http://key@127.0.0.1:{receiver.server_port}/1"
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", FAILS],
            cwd=ROOT,
            env={**environment, "SENTRY_DSN": dsn},
            capture_output=True,
            text=True,
            check=False,
        )
        receiver.shutdown()

    assert done.stdout.split() == ["500", "400"], done.stderr[-3000:]
    sent = b"".join(Receiver.received).decode()
    assert '"type":"ValueError"' in sent.replace(" ", "")
    assert "DisallowedHost" not in sent  # whoever tries hosts brings it about, all day
    assert '"failing"' in sent
    assert '"today"' in sent
    assert [
        word for word in ("my-secret-note", "ann@", "no such row", "/today/", "cookie") if word in sent
    ] == []
    assert "my-secret-note" not in done.stderr
