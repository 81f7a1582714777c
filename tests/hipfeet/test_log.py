"""What the logs hold: names of pages, never an address, as one may be a secret."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
from hipfeet.log import NamesNotAddresses
from tests.architecture.test_settings import ROOT, free_port

SECRET = "s3cret-token"


ADDRESSES = (
    f"/calendar/{SECRET}.ics",
    "/learn/muscles/gluteus-medius/",
    "/learn/muscles/gluteus-medius/",  # from memory
    f"/search/?q={SECRET}",
    f"/workouts/2026-11-24/?{SECRET}",
    "/static/robots.txt",
)
LEADS_NOWHERE = f"/calendar/{SECRET}"


def written(folder: Path, *addresses: str, **variables: str) -> list[str]:
    """All that a gunicorn, started as the Dockerfile does, writes while it is asked for these addresses."""
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'log.sqlite3'}", **variables}
    manage = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(manage, cwd=ROOT, env=environment, check=True)  # noqa: S603
    command = [sys.executable, "-m", *from_the_dockerfile(), "--bind", f"127.0.0.1:{port}"]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as server,  # noqa: S603
    ):
        for _ in range(300):
            try:
                asked(port, "/healthz")
                break
            except OSError:
                time.sleep(0.1)
        for address in addresses:
            asked(port, address)
        server.terminate()
    return (folder / "log").read_text().splitlines()


def from_the_dockerfile() -> list[str]:
    last = (ROOT / "Dockerfile").read_text().splitlines()[-1]
    command: list[str] = json.loads(last.removeprefix("CMD "))
    return [part for part in command if part not in {"--bind", "0.0.0.0:8000"}]


def asked(port: int, address: str) -> None:
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30).close()


def test_access_log_names_the_page(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.concurrency.settings", "SECRET_KEY": "log"}
    lines = written(tmp_path, *ADDRESSES, LEADS_NOWHERE, DEBUG="true", **settings)

    requests = [line.split("] ", 1)[1].rsplit(" ", 1)[0] for line in lines if "] GET " in line]
    assert Counter(line for line in requests if line != "GET - 200") == {
        "GET calendar 404": 1,
        "GET muscle 200": 2,
        "GET search 200": 1,
        "GET workout 302": 1,
        "GET account_login 200": 1,
        "GET static 404": 1,
        "GET - 404": 1,
    }
    assert {line.split("request ")[1] for line in lines if "Not Found" in line} == {
        "Not Found: calendar",
        "Not Found: static",
        "Not Found: -",
    }
    assert not [line for line in lines if SECRET in line or "2026-11-24" in line]


def test_log_holds_no_address_when_every_page_fails(tmp_path: Path) -> None:
    """As in production where the static files were not collected: the page that says so fails as well."""
    production = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "false"}
    lines = written(tmp_path, *ADDRESSES, DEBUG="false", **production)

    assert len([line for line in lines if line.endswith("Error handling request")]) == len(ADDRESSES)
    assert not [line for line in lines if SECRET in line or "gluteus" in line]


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


@pytest.mark.django_db
def test_traceback_leaves_out_the_row_that_a_database_refused(caplog: pytest.LogCaptureFixture) -> None:
    """PostgreSQL names it in the exception; SQLite does not, so there its words are put in its place."""
    told = {"email": "new@example.org", "name": "a-secret-name"}
    logger = logging.getLogger("django.request")
    logger.addFilter(NamesNotAddresses())
    try:
        with transaction.atomic():
            User.objects.create(weight_unit="st", **told)
    except IntegrityError as refused:
        if connection.vendor == "sqlite":
            refused.args = (
                f"{refused}\nDETAIL:  Failing row contains (1, new@example.org,\n\na-secret-name).",
            )
            refused.__cause__ = psycopg.errors.CheckViolation(*refused.args)
        logger.exception("Internal Server Error")
    finally:
        logger.filters.clear()

    assert "weight_unit_is_known" in caplog.text
    assert "new@example.org" not in caplog.text
    assert "a-secret-name" not in caplog.text
