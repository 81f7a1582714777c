"""Two servers on one database, behind one proxy, are one: also while one of them ends, or is a release ahead."""

import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.builders import PASSWORD
from tests.concurrency.conftest import FIGURES, RaceServer
from tests.concurrency.phones import Phone, Tap, tapped_at_once
from tests.concurrency.proxy import Proxy, proxy_to
from tests.concurrency.training import People
from tests.project import copied_into

pytestmark = pytest.mark.concurrency


@pytest.fixture(scope="module")
def second(server: RaceServer) -> Iterator[RaceServer]:
    """Another server on the database of the first."""
    started = server.beside()
    started.start()
    try:
        yield started
    finally:
        started.kill()


@pytest.fixture
def proxy(server: RaceServer, second: RaceServer, tmp_path: Path) -> Iterator[Proxy]:
    with proxy_to(tmp_path, [server.port, second.port]) as started:
        yield started


def at(port: int, phone: Phone) -> Phone:
    """The same browser, at another address."""
    other = Phone(port)
    other.cookies, other.token = phone.cookies, phone.token
    return other


# --- as one ---


def test_set_sent_to_both_at_once_is_stored_once(
    server: RaceServer, second: RaceServer, phone: Callable[[str], Phone]
) -> None:
    device = phone("upgrading")
    address, side, number = server.people["upgrading"]["places"].pop()
    tap = Tap(address, side, number, repetitions=7)

    told = tapped_at_once([(device, tap), (at(second.port, device), tap)] * 3)

    assert [answer.status for answer in told] == [302] * 6
    assert [row["client_key"] for row in server.stored()["sets"]].count(tap.client_key) == 1


def test_who_signs_out_on_one_is_signed_out_on_both(
    second: RaceServer, phone: Callable[[str], Phone]
) -> None:
    device = phone("reading")
    elsewhere = at(second.port, device)
    before = elsewhere.read("/settings/you/")
    device.send("/accounts/logout/")

    assert (before.status, elsewhere.read("/settings/you/").status) == (200, 302)


def test_wrong_passwords_are_counted_together(server: RaceServer, second: RaceServer) -> None:
    """Ten may be wrong in a quarter of an hour; then the right one helps on neither."""
    phones = [Phone(port, address="198.51.100.7") for port in (server.port, second.port)]

    def signs_in(device: Phone, password: str) -> int:
        device.open("/accounts/login/")
        email = server.people["locked"]["email"]
        return device.send("/accounts/login/", {"login": email, "password": password}).status

    wrong = [signs_in(phones[number % 2], f"wrong password {number}") for number in range(10)]

    assert set(wrong) == {422}
    assert [signs_in(device, PASSWORD) for device in phones] == [422, 422]


# --- one of them ends ---


@pytest.fixture
def people(server: RaceServer, proxy: Proxy) -> People:
    return People(server, proxy.port, ["upgrading", "stopping"])


def test_no_request_is_lost_when_a_server_is_told_to_end(
    server: RaceServer, second: RaceServer, people: People
) -> None:
    with people.busy():
        for one in (second, server):
            time.sleep(1)
            one.stop()
            time.sleep(0.5)
            one.start()
        time.sleep(1)

    people.figures("SIGTERM to one after the other")
    assert set(people.told) == {"set", "today", "learn"}
    assert people.lost() == set()


# --- one of them is a release ahead ---


@pytest.fixture
def next_release(tmp_path: Path) -> Path:
    """The project with one more column, made as docs/operations.md asks for, and its migration."""
    made = tmp_path / "release"
    made.mkdir()
    copied_into(made, "tests", "gunicorn.conf.py")
    models = made / "exercises" / "models.py"
    text, found = re.subn(
        r"(class Workout\(models\.Model\):.*?\n)(    person = )",
        r'\1    weather = models.CharField(max_length=20, default="", db_default="")\n\2',
        models.read_text(),
        count=1,
        flags=re.DOTALL,
    )
    assert found
    models.write_text(text)
    command = [sys.executable, "manage.py", "makemigrations", "exercises", "--name", "weather", "-v0"]
    environment = {"DEBUG": "true", "SECRET_KEY": "upgrade", "DATABASE_URL": "sqlite://", "PATH": ""}
    subprocess.run(command, cwd=made, env=environment, check=True)  # noqa: S603
    return made


def test_upgrade_one_after_the_other_is_felt_by_nobody(
    server: RaceServer, second: RaceServer, proxy: Proxy, people: People, next_release: Path
) -> None:
    """The database first, then one server, then the other; and back, as after an upgrade that disappoints."""
    newer = [server.beside(next_release) for _ in range(2)]
    try:
        with people.busy():
            time.sleep(1)
            newer[0].migrate()
            time.sleep(1)
            for old, new in zip((server, second), newer, strict=True):
                new.start()
                proxy.pass_on_to(
                    [*({server.port, second.port} - {old.port}), *(one.port for one in newer if one.process)]
                )
                old.stop()
                time.sleep(1)
            server.start()
            proxy.pass_on_to([server.port])
            time.sleep(1)
    finally:
        for one in newer:
            one.kill()

    people.figures("Upgraded one after the other")
    assert set(people.told) == {"set", "today", "learn"}
    assert people.lost() == set()


# --- the proxy keeps slow ones off ---


def test_64_half_sent_requests_hold_up_nobody(proxy: Proxy) -> None:
    device = Phone(proxy.port)

    def waits() -> list[float]:
        found = []
        for _ in range(20):
            begun = time.monotonic()
            assert device.read("/learn/").status == 200
            found.append(time.monotonic() - begun)
        return found

    before = statistics.median(waits())
    with ExitStack() as slow:
        for _ in range(64):
            one = slow.enter_context(socket.create_connection(("127.0.0.1", proxy.port)))
            one.sendall(b"POST /check/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf")
        during = waits()

    FIGURES.append(
        f"64 half-sent: p50 {1000 * before:.1f} ms before, {1000 * statistics.median(during):.1f} during"
    )
    assert max(during) < 5
