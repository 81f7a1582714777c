"""hipfeet as in production, behind a proxy that ends HTTPS: collected files, `__Host-` cookies, no DEBUG."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tests.architecture.test_settings import ROOT, free_port

KEY = "k" * 50
NAME = "hipfeet.example"
OPERATOR = {"OPERATOR_NAME": "Ann", "OPERATOR_EMAIL": "ann@hipfeet.example", "BACKUP_DAYS": "30"}


def environment_in(folder: Path, **variables: str) -> dict[str, str]:
    """What a process needs to run with production's settings and a database of its own in this folder."""
    made = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.production_settings",
        "COLLECTED": str(folder / "collected"),
        "DEBUG": "false",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": NAME,
        "TRUSTED_PROXY_COUNT": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'production.sqlite3'}",
        **OPERATOR,
        **variables,
    }
    return {name: value for name, value in made.items() if name != "PYTEST_CURRENT_TEST"}


def set_up(environment: Mapping[str, str]) -> None:
    """The steps of docs/operations.md before a start."""
    for command in (["collectstatic", "--noinput"], ["migrate"]):
        subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=ROOT,
            env=environment,
            check=True,
        )


def set_up_as(before: Path, folder: Path, **variables: str) -> dict[str, str]:
    """The environment of a process in this folder, which is a copy of one where `set_up` was done before."""
    shutil.copytree(before, folder, dirs_exist_ok=True)
    return environment_in(folder, **variables)


class Answer(NamedTuple):
    """What was answered; `cookies` are the whole lines that set them."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes


class Visitor:
    """A browser on the other side of the proxy: keeps its cookies, follows nothing."""

    def __init__(self, port: int, address: str = "203.0.113.77") -> None:
        self.port, self.address = port, address
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, fields: Mapping[str, str] | None = None, *, secure: bool = True) -> Answer:
        """Ask as the proxy of compose.yaml does; with fields it is a POST, which brings the token of forms along."""
        headers = {
            "Host": NAME,
            "X-Forwarded-For": self.address,
            "X-Forwarded-Proto": "https" if secure else "http",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if fields is not None:
            body = urlencode({"csrfmiddlewaretoken": self.cookies.get("__Host-csrf", ""), **fields})
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{NAME}"}
        talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            talk.request("GET" if fields is None else "POST", path, body, headers)
            got = talk.getresponse()
            cookies = got.msg.get_all("Set-Cookie") or []
            for line in cookies:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(got.status, dict(got.msg.items()), cookies, got.read())
        finally:
            talk.close()


@contextmanager
def serving(environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """A gunicorn started as the Dockerfile does; gives its port. Both its logs go into a file."""
    port = free_port()
    last = (ROOT / "Dockerfile").read_text().splitlines()[-1]
    command = [
        part for part in json.loads(last.removeprefix("CMD ")) if part not in {"--bind", "0.0.0.0:8000"}
    ]
    with (
        log.open("w") as lines,
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command, "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
            stdout=lines,
            stderr=lines,
        ) as server,
    ):
        try:
            for _ in range(300):
                try:
                    Visitor(port).ask("/healthz")
                    break
                except OSError:
                    assert server.poll() is None, log.read_text()
                    time.sleep(0.1)
            yield port
        finally:
            server.terminate()
