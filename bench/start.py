"""Goal M9: the first answer after a start, and the CPU of importing everything, against the bare Django view F.

    .venv/bin/python -m bench.start [--rounds 7]

Started in turn, bare, site, bare, site, each anew; medians. Content is what `ready` reads of the TOML files: it is timed
apart, in a process that has imported everything else.
"""

import argparse
import contextlib
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.reference import GUNICORN, ROOT

BARE, SITE = "bench.bare", "hipfeet.wsgi"
ADDRESS = {BARE: "/", SITE: "/learn/"}
CONTENT = """
import time, django
from django.apps import apps
spent = 0.0
def timed(app):
    plain = app.ready
    def ready():
        global spent
        begun = time.process_time()
        plain()
        spent += time.process_time() - begun
    return ready
from django.apps.registry import Apps
plain_get = Apps.get_app_configs
def get(self):
    for app in plain_get(self):
        if app.name in {"anatomy", "assessments", "exercises", "hipfeet"} and "ready" not in vars(app):
            app.ready = timed(app)
        yield app
Apps.get_app_configs = get
django.setup()
print(1000 * spent)
"""


def first_answer(application: str, port: int, environment: dict[str, str]) -> float:
    """Seconds from the start of gunicorn to the first 200."""
    begun = time.perf_counter()
    command = [sys.executable, *GUNICORN, "--bind", f"127.0.0.1:{port}", f"{application}:application"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:  # noqa: S603
        try:
            while time.perf_counter() < begun + 60:
                with (
                    contextlib.suppress(OSError),
                    urllib.request.urlopen(f"http://127.0.0.1:{port}{ADDRESS[application]}", timeout=30),
                ):
                    return time.perf_counter() - begun
                time.sleep(0.005)
            raise SystemExit(f"{application} does not answer")
        finally:
            server.terminate()


def cpu_of(code: str, environment: dict[str, str]) -> tuple[float, str]:
    """Seconds of CPU that a process needs for this code, and what it prints."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        said = process.stdout.read() if process.stdout else ""
        _, code_, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code_)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime, said


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The first answer after a start, against bare Django.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--port", type=int, default=8741)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "hipfeet.settings",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'start.sqlite3'}",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "false",
            "DEBUG": "false",
        }
        for command in (["migrate"], ["collectstatic", "--noinput"]):
            run = [sys.executable, "manage.py", *command, "--verbosity", "0"]
            subprocess.run(run, cwd=ROOT, env=environment, check=True)  # noqa: S603
        answers: dict[str, list[float]] = {BARE: [], SITE: []}
        imports: dict[str, list[float]] = {BARE: [], SITE: []}
        content = []
        for number in range(asked.rounds + 1):
            for application in (BARE, SITE):
                answer = first_answer(application, asked.port + (application == SITE), environment)
                cpu, _ = cpu_of(f"import {application}", environment)
                if number:  # the first round only warms up
                    answers[application].append(answer)
                    imports[application].append(cpu)
            milliseconds = float(cpu_of(CONTENT, environment)[1])
            if number:
                content.append(milliseconds)
    for what, rows in (("first answer", answers), ("CPU of importing", imports)):
        bare, site = (statistics.median(rows[application]) for application in (BARE, SITE))
        print(f"{what}: bare {bare:.2f} s, site {site:.2f} s, {site / bare:.2f} x")
    print(f"content: {statistics.median(content):.0f} ms of CPU")


if __name__ == "__main__":
    main()
