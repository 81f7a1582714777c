"""What the logs hold: one object a line, with names of pages, never an address, as one may be a secret."""

import json
import logging
import re
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from hipfeet.log import JsonLine, NamesNotAddresses, request_number
from tests.architecture.test_settings import ROOT
from tests.builders import PASSWORD
from tests.production import Visitor, environment_in, serving, set_up_as

SECRET = "s3cret-token"


ADDRESSES = (
    f"/calendar/{SECRET}.ics",
    "/learn/muscles/gluteus-medius/",
    "/learn/muscles/gluteus-medius/",  # from memory
    f"/search/?q={SECRET}",
    f"/workouts/2026-11-24/?{SECRET}",
    "/static/robots.txt",
    f"/calendar/{SECRET}",  # leads nowhere
)


def lines_of(log: Path) -> list[dict[str, Any]]:
    # Without a folder of static files Django warns before there is any log.
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def lines(set_up_once: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """All that a gunicorn, started as the Dockerfile does, wrote of these addresses, and of what it could not read."""
    folder = tmp_path_factory.mktemp("log")
    with serving(set_up_as(set_up_once, folder), folder / "log") as port:
        for address in ADDRESSES:
            Visitor(port).ask(address)
        for _ in range(40):  # so that the thread that reads what follows has answered others before
            Visitor(port).ask("/learn/")
        for _ in range(10):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as stranger:
                stranger.sendall(f"GET /{SECRET} HTTP/9.9\r\n\r\n".encode())
                assert stranger.recv(100)
    return lines_of(folder / "log")


def test_log_names_the_page_of_each_request(lines: list[dict[str, Any]]) -> None:
    requests = [line for line in lines if line["logger"] == "hipfeet.requests"]
    assert Counter((line["method"], line["page"], line["status"]) for line in requests) == {
        ("GET", "calendar", 404): 1,
        ("GET", "muscle", 200): 2,
        ("GET", "search", 200): 1,
        ("GET", "workout", 302): 1,
        ("GET", "static", 404): 1,
        ("GET", "-", 404): 1,
        ("GET", "learn", 200): 40,
    }
    assert {line["message"] for line in lines if "Not Found" in line["message"]} == {
        "Not Found: calendar",
        "Not Found: static",
        "Not Found: -",
    }
    assert len({line["request"] for line in requests}) == len(requests)
    assert {line["logger"] for line in lines if "request" not in line} == {"gunicorn.error"}
    assert not [line for line in lines if SECRET in str(line) or "2026-11-24" in str(line)]


def test_request_that_cannot_be_read_is_logged_under_nobodys_number(lines: list[dict[str, Any]]) -> None:
    unread = [line for line in lines if line["message"] == "Invalid request"]
    assert len(unread) == 10
    assert not [line for line in unread if "request" in line]


def test_log_holds_no_address_when_every_page_fails(tmp_path: Path) -> None:
    """As in production where the static files were not collected: the page that says so fails as well."""
    with serving(environment_in(tmp_path), tmp_path / "log") as port:
        for address in ADDRESSES:
            Visitor(port).ask(address)
    lines = lines_of(tmp_path / "log")

    failed = [line for line in lines if line["message"] == "Error handling request"]
    assert failed
    assert all("ValueError" in " ".join(line["exception"]) for line in failed)
    assert not [line for line in lines if SECRET in str(line) or "gluteus" in str(line)]


def test_error_of_a_page_is_logged_under_its_name(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(NamesNotAddresses())

    with caplog.at_level(logging.WARNING):
        client.get(f"/calendar/{SECRET}.ics")
        client.post("/learn/")
        # A program took the quotation mark after a link for part of it: Django writes such letters in its own way.
        client.get(f"/accounts/email/undo/{SECRET}”/")
        client.get(f"/calendar/{SECRET}\nNot Found.ics")

    assert caplog.messages == [
        "Not Found: calendar",
        "Method Not Allowed (POST): learn",
        "Not Found: email_undo",
        "Not Found: calendar",
    ]


def test_form_that_came_from_another_page_is_logged_without_its_address(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(NamesNotAddresses())
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrf"] = "c" * 32

    with caplog.at_level(logging.WARNING, "django.security.csrf"):
        headers = {"referer": f"https://other.example/calendar/{SECRET}.ics?ann@example.org"}
        client.post("/accounts/login/", secure=True, headers=headers)

    (said,) = caplog.messages
    assert "https://other.example does not match" in said
    assert SECRET not in said
    assert "ann@" not in said


REFUSED = """
import runpy, sys
from django.core.management.base import BaseCommand
def refused(*_, **__):
    from django.db import IntegrityError
    raise IntegrityError("Failing row contains (my knees hurt).")
BaseCommand.execute = refused
sys.argv = ["manage.py", "sweep"]
runpy.run_path("manage.py", run_name="__main__")
"""


def test_row_that_the_database_refuses_a_command_is_not_printed(tmp_path: Path) -> None:
    """What a timer runs is kept as a log, too."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", REFUSED],
        cwd=ROOT,
        env=environment_in(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("django.db.utils.IntegrityError\n"), done.stderr
    assert " refused\n" in done.stderr
    assert "knees" not in done.stderr


def line_of_a_refused_row(number: str) -> dict[str, Any]:
    """The line about a row that the database refused, and repeats in what it says."""
    request_number.set(number)
    try:
        try:
            int("my knees hurt")
        except ValueError as problem:
            raise IntegrityError("Failing row contains (my knees hurt).") from problem
    except IntegrityError:
        record = logging.LogRecord("one", logging.ERROR, "", 0, "It failed", (), sys.exc_info())
    line: dict[str, Any] = json.loads(JsonLine().format(record))
    return line


def test_what_an_exception_says_is_not_logged_while_a_request_is_answered() -> None:
    line = line_of_a_refused_row("abcdef0123456789")

    kinds = [part for part in line["exception"] if "line_of_a_refused_row" not in part]
    assert kinds == ["builtins.ValueError", "django.db.utils.IntegrityError"]
    assert line["request"] == "abcdef0123456789"
    assert "knees" not in str(line)


def test_what_an_exception_says_is_logged_where_nobody_asked() -> None:
    """As at a start that content, or a setting, stops."""
    assert "Failing row contains" in str(line_of_a_refused_row(""))


@pytest.mark.parametrize(
    ("proxies", "sent", "is_kept"),
    [
        (1, "4bf92f3577b34da6a3ce929d0e0e4736", True),
        (0, "4bf92f3577b34da6a3ce929d0e0e4736", False),
        (1, "", False),
        (1, 'a", "person": 12', False),
        (1, "a" * 65, False),
    ],
)
def test_number_of_a_request_is_the_proxys_where_there_is_one(
    settings: Any,
    client: Client,
    proxies: int,
    sent: str,
    is_kept: bool,  # noqa: FBT001
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    given = client.get("/learn/", headers={"x-request-id": sent})["X-Request-ID"]

    assert (given == sent) is is_kept
    assert 8 <= len(given) <= 64


# --- the log of a whole journey ---

ADDRESS, NAME, NOTE = "logged.person@example.org", "Annabel-Logged", "my-secret-note"


def code_waiting_in(database: Path) -> str:
    with closing(sqlite3.connect(database)) as rows:
        (body,) = rows.execute(
            "SELECT text FROM mail_outboxmail WHERE address = ? ORDER BY written_at DESC", [ADDRESS]
        ).fetchone()
    found = re.search(r"^\s*([A-Z0-9]{4,}-?[A-Z0-9]*)\s*$", body, re.MULTILINE)
    assert found, body
    return found[1]


def test_log_of_a_journey_tells_what_happened_and_nothing_of_the_person(
    set_up_once: Path, tmp_path: Path
) -> None:
    environment, database = set_up_as(set_up_once, tmp_path), tmp_path / "production.sqlite3"
    secrets = [ADDRESS, NAME, NOTE, PASSWORD, "not this one", "203.0.113.77", "RF15", "upwards"]
    with serving(environment, tmp_path / "log") as port:
        visitor = Visitor(port)

        def go(path: str, **fields: str) -> bytes:
            visitor.ask(path)
            return visitor.ask(path, fields).body

        go("/accounts/signup/", email=ADDRESS, password1=PASSWORD)
        secrets.append(code := code_waiting_in(database))
        visitor.ask("/accounts/confirm-email/", {"code": code})
        go("/settings/you/", name=NAME, weight_unit="kg", week_start="0", time_zone="Europe/London")
        go("/safety/lists/told-or-had/", ticked="RF15")
        go("/search/?q=upwards")
        go("/accounts/reauthenticate/?next=/settings/export/", password=PASSWORD)
        address = go("/settings/calendar/", action="make", key="k", revision="0").decode()
        secrets += re.findall(r"/calendar/([\w-]{20,})\.ics", address)
        visitor.ask(f"/calendar/{secrets[-1]}.ics")
        go("/settings/export/")
        visitor.ask("/workouts/2026-11-24/")
        go("/accounts/logout/")
        secrets += visitor.cookies.values()
        go("/accounts/login/", login=ADDRESS, password="not this one")
        visitor.ask("/check/", {"csrfmiddlewaretoken": NOTE, "note": NOTE})
        visitor = Visitor(port)
        go("/accounts/login/", login=ADDRESS, password=PASSWORD)
        go("/accounts/reauthenticate/?next=/settings/erase/", password=PASSWORD)
        go("/settings/erase/", what="everything")

    log = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    told = [line for line in lines if line["logger"] == "hipfeet.security"]
    assert [line["message"] for line in told] == [
        *("signed_up", "code_sent", "signed_in", "calendar_address", "exported", "refused"),
        *("sign_in_failed", "refused", "signed_in", "erased"),
    ]
    assert {line["network"] for line in told} == {"203.0.113.0/24"}
    assert len({line["person"] for line in told} - {None}) == 1
    assert all(line["request"] for line in told)
    assert [secret for secret in secrets if secret in log] == []
