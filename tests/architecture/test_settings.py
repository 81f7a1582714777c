"""Settings are safe when nothing is set, what serves people refuses what is not, and every variable is explained."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import connection
from psycopg.sql import SQL, Literal

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 50
# What `make run` writes.
DEVELOPERS = f"DEBUG=true\nSECRET_KEY={'d' * 50}\n"


PROTECTION = "settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_NAME, settings.SECURE_SSL_REDIRECT, settings.DEBUG"


def start_with(shown: str = PROTECTION, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start Django with only these variables, and print some settings."""
    code = f"import django; django.setup()\nfrom django.conf import settings\nprint({shown})"
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "hipfeet.settings", **variables}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_production_without_a_key_does_not_start() -> None:
    assert "SECRET_KEY" in start_with().stderr


def test_production_with_a_short_key_does_not_start() -> None:
    done = start_with(SECRET_KEY="short")

    assert done.returncode != 0
    assert "at least 50 characters" in done.stderr


def test_production_is_https_only_and_without_debug_when_nothing_else_is_set() -> None:
    done = start_with(SECRET_KEY=KEY)

    assert done.stdout.split() == ["True", "__Host-session", "True", "False"], done.stderr


def test_names_between_commas_are_taken_without_the_spaces_around_them() -> None:
    done = start_with(
        "settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS",
        SECRET_KEY=KEY,
        ALLOWED_HOSTS="one.example, two.example,",
        CSRF_TRUSTED_ORIGINS=" https://one.example ,https://two.example",
    )

    expected = "['one.example', 'two.example'] ['https://one.example', 'https://two.example']"
    assert done.stdout.strip() == expected, done.stderr


# --- the password of the database ---

ODD = "a/b#c@d%e?f[g]h:i 100% %41"
ASKS_DATABASE = "settings.DATABASES['default']['PASSWORD'], settings.DATABASES['default']['HOST']"


def test_password_of_the_database_holds_any_characters_by_itself() -> None:
    done = start_with(
        ASKS_DATABASE,
        SECRET_KEY=KEY,
        DATABASE_URL="postgres://hipfeet@database:5432/hipfeet",
        DATABASE_PASSWORD=ODD,
    )

    assert done.stdout.strip() == f"{ODD} database", done.stderr


@pytest.mark.parametrize("password", ["a%2Fb%23c%40d%25e", "a:b", "a@b", "a&b=c;d"])
def test_password_that_an_address_can_carry_is_read_from_it(password: str) -> None:
    done = start_with(
        ASKS_DATABASE, SECRET_KEY=KEY, DATABASE_URL=f"postgres://hipfeet:{password}@database/hipfeet"
    )

    assert done.stdout.strip() == f"{unquote(password)} database", done.stderr


@pytest.mark.parametrize("password", ["a/b", "1/b", "a#b", "1#b", "a?b", "a[b", "a]b", "100%", "a%zz", "a b"])
def test_password_that_an_address_cannot_carry_is_refused_in_words(password: str) -> None:
    done = start_with(SECRET_KEY=KEY, DATABASE_URL=f"postgres://hipfeet:{password}@database/hipfeet")

    assert done.returncode != 0
    assert "set it as DATABASE_PASSWORD" in done.stderr
    assert password not in done.stderr.replace(" / ? # [ ] % ", "")


@pytest.mark.django_db(transaction=True)
def test_database_is_reached_with_a_password_of_any_characters() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    named = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(
            SQL("CREATE ROLE odd_one LOGIN PASSWORD {}").format(Literal(ODD)).as_string(cursor.connection)
        )
    address = f"postgres://odd_one@{named['HOST']}:{named['PORT']}/{named['NAME']}"
    connects = "__import__('django.db').db.connection.ensure_connection()"
    try:
        done, refused = (
            start_with(connects, SECRET_KEY=KEY, DATABASE_URL=address, DATABASE_PASSWORD=password)
            for password in (ODD, ODD[:5])
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE odd_one")

    assert done.returncode == 0, done.stderr
    assert refused.returncode != 0


# --- a folder in which `make run` has run ---


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in a folder of its own, with a developer's .env."""
    made = tmp_path_factory.mktemp("project")
    for name in ("accounts", "anatomy", "assessments", "exercises", "hipfeet", "templates", "static"):
        shutil.copytree(ROOT / name, made / name)
    shutil.copy2(ROOT / "manage.py", made)
    (made / ".env").write_text(DEVELOPERS)
    return made


def gunicorn(folder: Path, port: int, **variables: str) -> subprocess.Popen[str]:
    command = ["-m", "gunicorn", "hipfeet.wsgi", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **variables},
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[int]:
    """A started gunicorn; gives its port."""
    port = free_port()
    with gunicorn(folder, port, **variables) as server:
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                    break
                except OSError:
                    assert server.poll() is None, server.stderr and server.stderr.read()
                    time.sleep(0.1)
            yield port
        finally:
            server.terminate()


class NotFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def headers_of(address: str) -> tuple[int, Message]:
    try:
        with urllib.request.build_opener(NotFollowed).open(address, timeout=30) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({}, 'Environment variable "SECRET_KEY" not set'),
        ({"DEBUG": "true", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "hipfeet.example"}, "DEBUG is on."),
        ({"DEBUG": "true", "SECRET_KEY": "short"}, "DEBUG is on."),
        ({"SECRET_KEY": "short", "ALLOWED_HOSTS": "hipfeet.example"}, "SECRET_KEY must have at least 50 "),
        ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS is empty."),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty."),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS is empty."),
        ({"SECRET_KEY": " " * 60, "ALLOWED_HOSTS": "hipfeet.example"}, "SECRET_KEY must have at least 50 "),
    ],
)
def test_gunicorn_does_not_start_with_what_is_not_fit_for_people_and_says_why(
    folder: Path, variables: dict[str, str], reason: str
) -> None:
    with gunicorn(folder, free_port(), **variables) as server:
        try:
            _, said = server.communicate(timeout=60)
        finally:
            server.kill()

    assert server.returncode != 0
    assert f"hipfeet does not start: {reason}" in said
    assert str(folder) not in said  # no traceback of ours


def test_gunicorn_in_a_developers_folder_serves_without_debug_and_over_https_only(folder: Path) -> None:
    with serving(folder, SECRET_KEY=KEY, ALLOWED_HOSTS="127.0.0.1") as port:
        status, headers = headers_of(f"http://127.0.0.1:{port}/nowhere/")

    assert (status, headers["Location"]) == (301, f"https://127.0.0.1:{port}/nowhere/")


@pytest.mark.parametrize(
    ("variables", "debug"), [({}, "True"), ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "hipfeet.example"}, "False")]
)
def test_command_reads_the_env_file_only_where_the_environment_brings_no_key(
    folder: Path, variables: dict[str, str], debug: str
) -> None:
    command = ["manage.py", "shell", "-v0", "-c", "from django.conf import settings; print(settings.DEBUG)"]

    done = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == debug


# --- every variable ---


@pytest.mark.parametrize(
    "variable", sorted(set(re.findall(r'env\.\w+\("([A-Z_]+)"', (ROOT / "hipfeet/settings.py").read_text())))
)
def test_every_variable_is_explained(variable: str) -> None:
    assert re.search(rf"^(# )?{variable}=", (ROOT / ".env.example").read_text(), re.MULTILINE)
