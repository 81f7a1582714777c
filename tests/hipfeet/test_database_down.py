"""What people get while the database does not answer: asked of a process that cannot reach its own."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
# Nobody listens at the port; the folder does not exist.
UNREACHABLE = ("postgres://nobody:nothing@127.0.0.1:1/nothing", "sqlite:////nowhere/at/all.sqlite3")
# That pytest is imported spares the collected static files, and the pool of connections that waits.
ASK = """
import json, pytest, django
django.setup()
from django.conf import settings
from django.test import Client
person, visitor = (Client(raise_request_exception=False) for _ in range(2))
person.cookies[settings.SESSION_COOKIE_NAME] = "s" * 32
answers = {
    "person": person.get("/plan/"),
    "sends": person.post("/check/"),
    "lost": person.get("/nowhere/"),
    "visitor": visitor.get("/learn/"),
    "ready": visitor.get("/readyz"),
}
print(json.dumps({who: [a.status_code, dict(a.headers), a.content.decode()] for who, a in answers.items()}))
"""


@cache
def answers(database: str) -> dict[str, Any]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "hipfeet.settings",
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": database,
    }
    asked = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return dict(json.loads(asked.stdout))


@pytest.mark.parametrize("database", UNREACHABLE)
@pytest.mark.parametrize("who", ["person", "sends", "lost"])
def test_who_needs_the_database_is_told_to_try_again(who: str, database: str) -> None:
    status, headers, page = answers(database)[who]

    assert status == 503
    assert headers["Retry-After"] == "30"
    assert headers["Cache-Control"] == "private, no-store"
    assert "<h1>We cannot reach our records right now</h1>" in page
    assert "what was stored before is not lost" in page


@pytest.mark.parametrize("database", UNREACHABLE)
def test_only_what_was_asked_for_is_asked_for_again(database: str) -> None:
    assert '<a class="button" href="">Try again</a>' in answers(database)["person"][2]
    assert "Try again</a>" not in answers(database)["sends"][2]


@pytest.mark.parametrize("database", UNREACHABLE)
def test_reading_without_a_session_goes_on(database: str) -> None:
    assert answers(database)["visitor"][0] == 200
    assert answers(database)["ready"][0::2] == [503, "no database"]
