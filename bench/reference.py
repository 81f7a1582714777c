"""Goal M1: a page of the reference against F, a bare Django view with a constant 20 KB answer (bench/bare.py).

    .venv/bin/python -m bench.reference [--rounds 7] [--seconds 3]

Needs wrk (Debian: apt install wrk). Both servers run at once under the same gunicorn, each writing a line about each
request as a server does; they are loaded in turn
(F, page, 304, F, page, 304, ...) from this machine only, over 32 connections so that both workers have their
share. What counts is the ratio of the medians: requests per second, and CPU time of the workers per request.
"""

import argparse
import contextlib
import os
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = [
    "-m",
    "gunicorn",
    "--worker-class",
    "gthread",
    "--workers",
    "2",
    "--threads",
    "4",
    "--log-level",
    "error",
]
PAGE = "/learn/muscles/gluteus-medius/"
WRK = shutil.which("wrk") or ""
TICKS = os.sysconf("SC_CLK_TCK")


class Load(NamedTuple):
    """One thing to measure: its name, address, and extra request headers."""

    name: str
    port: int
    path: str
    headers: tuple[str, ...] = ("Accept-Encoding: br",)


@contextlib.contextmanager
def served(application: str, port: int, **settings: str) -> Iterator[int]:
    """A gunicorn serving the application on this machine; yields the pid of its master.

    settings  environment variables of its own
    """
    environment = {
        **os.environ,
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "DEBUG": "false",
        **settings,
    }
    if application.startswith("hipfeet"):
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)  # noqa: S603
    command = [sys.executable, *GUNICORN, "--bind", f"127.0.0.1:{port}", application]
    if not application.startswith("hipfeet"):  # which logs each request itself
        command += ["--config", "/dev/null", "--access-logfile", os.devnull]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            _wait_for(port)
            yield server.pid
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return
        time.sleep(0.1)
    raise SystemExit(f"Nothing answers on port {port}")


def cpu_seconds(master: int) -> float:
    """CPU time that the workers of a gunicorn have used so far."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    total = 0
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def measured(load: Load, master: int, seconds: int) -> tuple[float, float]:
    """Requests per second and milliseconds of CPU per request."""
    before = cpu_seconds(master)
    headers = [part for header in load.headers for part in ("-H", header)]
    address = f"http://127.0.0.1:{load.port}{load.path}"
    out = subprocess.run(  # noqa: S603  (our own words only)
        [WRK, "-t1", "-c32", f"-d{seconds}s", *headers, address], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in out and "If-None-Match" not in "".join(load.headers):
        raise SystemExit(out)
    requests = int(re.search(r"(\d+) requests in", out)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    return rate, 1000 * (cpu_seconds(master) - before) / requests


def _etag(port: int) -> tuple[str, int]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{PAGE}", headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as response:  # noqa: S310
        return response.headers["ETag"], len(response.read())


def main() -> None:
    """Measure and print the ratios."""
    parser = argparse.ArgumentParser(description="A page of the reference against a bare Django view.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3)
    asked = parser.parse_args()
    if not WRK:
        raise SystemExit("This needs wrk. On Debian: sudo apt install wrk")
    with served("bench.bare:application", 8741) as bare, served("hipfeet.wsgi", 8742) as site:
        etag, size = _etag(8742)
        page = Load("page", 8742, PAGE)
        loads = [
            (Load("F", 8741, "/"), bare),
            (page, site),
            (page._replace(name="304", headers=(*page.headers, f"If-None-Match: {etag}")), site),
        ]
        results: dict[str, list[tuple[float, float]]] = {load.name: [] for load, _ in loads}
        for number in range(asked.rounds + 1):
            for load, master in loads:
                result = measured(load, master, asked.seconds)
                if number:  # the first round only warms up
                    results[load.name].append(result)
    medians = {
        name: [statistics.median(column) for column in zip(*rows, strict=True)]
        for name, rows in results.items()
    }
    print(f"{PAGE}: {size} bytes (brotli); {asked.rounds} rounds of {asked.seconds} s, medians")
    for name, (rate, cpu) in medians.items():
        print(
            f"{name:5} {rate:7.0f} requests/s ({rate / medians['F'][0]:.2f} x F)"
            f"  {cpu:.3f} ms CPU ({cpu / medians['F'][1]:.2f} x F)"
        )


if __name__ == "__main__":
    main()
