"""Settings are safe when nothing is set, what serves people refuses what is not, and every variable is explained."""

import json
import os
import re
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

from tests.project import copied_into

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 50
USUAL = {"PATH": os.environ["PATH"], "SECRET_KEY": KEY, "ALLOWED_HOSTS": "hipfeet.example"}
"""What every production has."""
# What `make run` writes.
DEVELOPERS = f"DEBUG=true\nSECRET_KEY={'d' * 50}\n"


PROTECTION = "settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_NAME, settings.SECURE_SSL_REDIRECT, settings.DEBUG"


def start_with(shown: str = PROTECTION, **variables: str) -> subprocess.CompletedProcess[str]:
    """Read the settings with only these variables, and print some of them."""
    code = f"from django.conf import settings\nprint({shown})"
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


# --- values that cannot be used ---

POSTGRES = "postgres://hipfeet@database/hipfeet"
CANNOT_CARRY = (
    "DATABASE_URL: It cannot be read, as its password holds one of / ? # [ ] % or a space."
    " Take the password out of it and set it as DATABASE_PASSWORD"
)
WRONG: list[tuple[dict[str, str], str]] = [
    ({"SECRET_KEY": ""}, "SECRET_KEY: It must have at least 50 characters"),
    ({"DEBUG": "perhaps"}, "DEBUG: Not a valid boolean."),
    (
        {"ALLOWED_HOSTS": "https://hipfeet.example"},
        "ALLOWED_HOSTS: “https://hipfeet.example” is no host name.",
    ),
    ({"ALLOWED_HOSTS": "hipfeet.example,*"}, "ALLOWED_HOSTS: “*” is no host name."),
    ({"ALLOWED_HOSTS": "hipfeet.example:443"}, "ALLOWED_HOSTS: “hipfeet.example:443” is no host name."),
    (
        {"SITE_ORIGIN": "https://hipfeet.example/app"},
        "SITE_ORIGIN: “https://hipfeet.example/app” is no origin.",
    ),
    ({"SITE_ORIGIN": "http://hipfeet.example"}, "SITE_ORIGIN: It must begin with https://"),
    ({"SITE_ORIGIN": "https://other.example"}, "SITE_ORIGIN is https://other.example, but no such host"),
    ({"CSRF_TRUSTED_ORIGINS": "hipfeet.example"}, "CSRF_TRUSTED_ORIGINS: “hipfeet.example” is no origin."),
    ({"OPERATOR_EMAIL": "Ann"}, "OPERATOR_EMAIL: “Ann” is no e-mail address."),
    ({"DEFAULT_FROM_EMAIL": "hipfeet"}, "DEFAULT_FROM_EMAIL: “hipfeet” is no e-mail address."),
    ({"BACKUP_DAYS": "abc"}, "BACKUP_DAYS: Not a valid integer."),
    ({"BACKUP_DAYS": "-1"}, "BACKUP_DAYS: Must be greater than or equal to 0"),
    ({"BACKUP_KEY": "age1qyqszqgpqyqszqgp"}, "BACKUP_KEY: It must be the one line AGE-SECRET-KEY-1..."),
    ({"BACKUP_COMMAND": "cp -t '/mnt"}, "BACKUP_COMMAND: A quotation mark in it is not closed."),
    ({"ADMIN_PATH": "ops/inner"}, "ADMIN_PATH: It must be one word"),
    ({"DATABASE_URL": "mysql://hipfeet@database/hipfeet"}, "DATABASE_URL: It must begin with postgres:// or"),
    ({"DATABASE_URL": "postgres://hipfeet@database"}, "DATABASE_URL: It names no database."),
    ({"DATABASE_URL": "postgres://database:port/hipfeet"}, "DATABASE_URL: Not a valid database URL."),
    (
        {"DATABASE_URL": POSTGRES.replace("@", ":a@"), "DATABASE_PASSWORD": "b"},
        "DATABASE_PASSWORD is set, and ",
    ),
    ({"DATABASE_PASSWORD": "b"}, "DATABASE_PASSWORD is set, but DATABASE_URL names no PostgreSQL"),
    ({"EMAIL_URL": "smtp+tls://me:secret@mail:587"}, "EMAIL_URL: It must begin with smtp:// or"),
    ({"EMAIL_URL": "submission://me:se/cret@mail:587"}, "EMAIL_URL: It cannot be read, as its password"),
    ({"EMAIL_URL": "submission://"}, "EMAIL_URL: It names no mail server."),
    ({"TRUSTED_PROXY_COUNT": "-1"}, "TRUSTED_PROXY_COUNT: Must be greater than or equal to 0"),
    ({"SECURE_SSL_REDIRECT": "maybe"}, "SECURE_SSL_REDIRECT: Not a valid boolean."),
    ({"SENTRY_DSN": "errors.example"}, "SENTRY_DSN: It is no DSN, such as "),
    ({"SECURE_HSTS_SECONDS": "a year"}, "SECURE_HSTS_SECONDS: Not a valid integer."),
    *(
        ({"DATABASE_URL": f"postgres://hipfeet:{password}cret@database/hipfeet"}, CANNOT_CARRY)
        for password in ("a/b", "1/b", "a#b", "1#b", "a?b", "a[b", "a]b", "100%", "a%zz", "a b")
    ),
]
# Reads the settings with each of these variables, in a fork of a process that has imported what they need.
READ_EACH = """
import json, os, sys
import csp.constants, dj_database_url, dj_email_url, django.http
from hipfeet.environment import require_settings
for variables in json.load(sys.stdin):
    child = os.fork()
    if child == 0:
        os.environ.update(variables)
        require_settings()
        sys.exit()
    print("ended with", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=sys.stderr)
"""


def said_at_start(variables: dict[str, str], command: str = "version") -> tuple[int, str]:
    """What `manage.py` says with these variables besides those that every production has."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env={**USUAL, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_value_that_cannot_be_used_is_one_sentence_at_the_start_that_tells_no_secret() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", READ_EACH],
        cwd=ROOT,
        env={**USUAL, "DJANGO_SETTINGS_MODULE": "hipfeet.settings"},
        input=json.dumps([variables for variables, _ in WRONG]),
        capture_output=True,
        text=True,
        check=True,
    )
    *each, rest = re.split(r"ended with (\d+)\n", done.stderr)

    complaints = []
    for (variables, sentence), said, code in zip(WRONG, each[::2], each[1::2], strict=True):
        one_line = said.startswith(f"hipfeet does not start: {sentence}") and said.count("\n") == 1
        if not one_line or code == "0" or "cret" in said.replace("SECRET_KEY", ""):
            complaints.append(f"{variables}: {code} {said}")

    assert not complaints, "\n".join(complaints)
    assert rest == ""


def test_command_says_it_without_a_traceback() -> None:
    variables, sentence = WRONG[0]

    code, said = said_at_start(variables)

    assert (code, said.startswith(f"hipfeet does not start: {sentence}"), said.count("\n")) == (4, True, 1)


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {
            "DATABASE_URL": "postgres:///hipfeet",
            "ADMIN_PATH": "/ops-4kq8w2/",
            "SITE_ORIGIN": "https://a.example",
            "CSRF_TRUSTED_ORIGINS": "https://a.example,https://*.b.example:8443",
            "EMAIL_URL": "submission://me%40b.example:se%2Fcret@mail.example:587",
        },
        {
            "ALLOWED_HOSTS": ".hipfeet.example, 203.0.113.7, [2001:db8::1]",
            "EMAIL_URL": "smtp://me:secret@mail.example:465/?ssl=true",
            "DEFAULT_FROM_EMAIL": "hipfeet <hello@hipfeet.example>",
            "OPERATOR_EMAIL": "",
            "BACKUP_KEY": "",
        },
    ],
)
def test_values_that_can_be_used_start(variables: dict[str, str]) -> None:
    assert said_at_start(variables) == (0, "")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "postgres://nobody@127.0.0.1:9/hipfeet",
            'connection failed: connection to server at "127.0.0.1", port 9 failed: Connection refused',
        ),
        ("sqlite:////nowhere/hipfeet.sqlite3", "unable to open database file"),
    ],
)
def test_database_that_is_not_there_is_one_sentence_for_a_command(address: str, sentence: str) -> None:
    code, said = said_at_start({"DATABASE_URL": address}, "migrate")

    assert code == 1
    assert said.splitlines()[-1].startswith(
        f"The database (DATABASE_URL names which one it is) says: {sentence}"
    )
    assert "Traceback" not in said


# --- a folder in which `make run` has run ---


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in a folder of its own, with a developer's .env."""
    made = copied_into(tmp_path_factory.mktemp("project"))
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
        (
            {"SECRET_KEY": "short", "ALLOWED_HOSTS": "hipfeet.example"},
            "SECRET_KEY: It must have at least 50 ",
        ),
        ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS is empty."),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty."),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS is empty."),
        (
            {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "hipfeet.example", "BACKUP_DAYS": "abc"},
            "BACKUP_DAYS: Not a ",
        ),
        (
            {"SECRET_KEY": " " * 60, "ALLOWED_HOSTS": "hipfeet.example"},
            "SECRET_KEY: It must have at least 50 ",
        ),
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
