"""CPU of every page there is, as a multiple of Today's: somebody in their twelfth week, and a visitor.

    .venv/bin/python -m bench.pages [--rounds 9]

Needs the development packages; makes an SQLite file of its own. Each round asks for every address once, in this process, so
that the CPU is all there is of a request, the database among it; medians of the rounds. Calls are those of Python functions. What a form costs is asked with the
answers somebody would send who wants the server to work: wrong passwords, codes for an address, a check begun, a search.
"""

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path
from typing import Any, NamedTuple

from bench.reference import ROOT

TODAY = "/today/"
ONCE_MORE = ("export", "import", "erase", "settings_calendar")
"""Pages that ask once more who somebody is; the export also counts how often, so that it has a line of its own."""


def main() -> None:
    """Set up, measure, print: the dearest first."""
    parser = argparse.ArgumentParser(description="CPU of every page, as a multiple of Today's.")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "hipfeet.settings",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'pages.sqlite3'}",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "testserver",
            "SECURE_SSL_REDIRECT": "false",
            "DEBUG": "false",
        }
        for command in (["migrate"], ["collectstatic", "--noinput"]):
            subprocess.run([sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=ROOT, check=True)  # noqa: S603
        import django  # noqa: PLC0415

        django.setup()
        tell(measured(requests(), asked.rounds))


Requests = dict[str, Callable[[], Any]]


def requests() -> Requests:
    """What is asked for: every address that answers somebody in their twelfth week, then what a visitor can ask for."""
    from assessments.models import Attempt  # noqa: PLC0415
    from exercises.models import Plan, Workout  # noqa: PLC0415
    from hipfeet.demo import make_demo  # noqa: PLC0415
    from tests.builders import PASSWORD  # noqa: PLC0415
    from tests.builders_training import confirmed_as  # noqa: PLC0415
    from tests.hipfeet.test_isolation import EXPECTED, address  # noqa: PLC0415
    from tests.world import World, begun_workout  # noqa: PLC0415

    who = make_demo(PASSWORD)
    begun = begun_workout(who)
    check = Attempt.objects.finished().filter(person=who)[0]
    plan = Plan.objects.get(person=who)
    client, world = confirmed_as(who), World(who, who, check, plan, plan, begun)
    found: Requests = {}
    for name, expected in EXPECTED.items():
        where = address(name, expected, world)
        if client.get(where).status_code == 200:
            found[f"{name} {where}"] = lambda where=where: client.get(where)
    older = Workout.objects.filter(person=who)[5]
    for where in (TODAY, f"/workouts/{older.local_date}/", "/plan/ahead/"):
        found[where] = lambda where=where: client.get(where)
    return {**found, **_of_visitors()}


def _of_visitors() -> Requests:
    from django.test import Client  # noqa: PLC0415

    from tests.builders import PASSWORD, person  # noqa: PLC0415
    from tests.builders_check import AGREED  # noqa: PLC0415

    email, visitor = person("known@example.org").email, Client()  # one: each keeps its own public pages
    found: Requests = {}
    for where in (
        "/",
        "/learn/muscles/gluteus-medius/",
        "/search/?q=kneecap",
        "/search/?q=knicap+glutius",
        "/sources/",
    ):
        found[f"visitor: {where}"] = lambda where=where: visitor.get(where)
    number = iter(range(10**9))
    forms: dict[str, Callable[[], dict[str, str]]] = {
        "/accounts/login/": lambda: {"login": f"nobody{next(number)}@example.org", "password": "a wrong one"},
        "/accounts/login/ ": lambda: {"login": email, "password": PASSWORD},
        "/accounts/signup/": lambda: {"email": f"new{next(number)}@example.org", "password1": PASSWORD},
        "/accounts/login/code/": lambda: {"email": f"nobody{next(number)}@example.org"},
        "/accounts/password/reset/": lambda: {"email": f"nobody{next(number)}@example.org"},
        "/check/": lambda: AGREED,
    }
    for where, data in forms.items():
        found[f"visitor sends: {where}"] = lambda where=where, data=data: _fresh(number).post(
            where.strip(), data()
        )
    return found


def _fresh(number: Any) -> Any:
    """Somebody who comes from an address nobody came from before, so that no limit is reached."""
    from django.test import Client  # noqa: PLC0415

    own = next(number)
    return Client(REMOTE_ADDR=f"10.{own // 65_536 % 256}.{own // 256 % 256}.{own % 256}")


class PageCost(NamedTuple):
    """Milliseconds of CPU, calls of Python functions, and what was answered."""

    cpu: float
    calls: int
    status: int


def measured(asked: Requests, rounds: int) -> dict[str, PageCost]:
    """What each request costs, the median of the rounds; the first round only warms up."""
    took: dict[str, list[float]] = {name: [] for name in asked}
    status = {}
    for number in range(rounds + 1):
        for name, ask in asked.items():
            begun = time.process_time()
            status[name] = ask().status_code
            if number:
                took[name].append(1000 * (time.process_time() - begun))
    return {
        name: PageCost(statistics.median(times), _calls(asked[name]), status[name])
        for name, times in took.items()
    }


def _calls(ask: Callable[[], Any]) -> int:
    """The same at any load, which CPU is not."""
    profile = Profile()
    profile.runcall(ask)
    return sum(entry.callcount for entry in profile.getstats())


def tell(found: dict[str, PageCost]) -> None:
    """As a table in Markdown."""
    unit = found[TODAY]
    print(f"Today: {unit.cpu:.1f} ms, {unit.calls:,} calls\n")
    print("| page | status | CPU, ms | x Today | calls, x Today |\n|---|---|---|---|---|")
    for name, cost in sorted(found.items(), key=lambda item: -item[1].cpu):
        times, calls = cost.cpu / unit.cpu, cost.calls / unit.calls
        print(f"| {name} | {cost.status} | {cost.cpu:.1f} | {times:.2f} | {calls:.2f} |")


if __name__ == "__main__":
    main()
