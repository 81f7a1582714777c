"""Whether sign-up, sign-in, a new password and a code by e-mail tell who has an account: by their words, or by their time.

    .venv/bin/python -m bench.enumeration [--rounds 100]

Needs the development packages. It starts the production server with a database of its own (an SQLite file, or what
DATABASE_URL names: it must be empty). Each round asks about an address that has an account and one that has none, each
from a browser and an address of its own, in turns. Columns: the median of each in milliseconds; the chance that of one
known and one unknown address the known one took longer (0.5: time tells nothing; noise of 100 rounds is about 0.04);
and whether status, headers and words of the answer and of the page after it are the same.
"""

import argparse
import difflib
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from pprint import pformat
from typing import NamedTuple

from tests.architecture.test_settings import ROOT
from tests.production import Answer, Visitor, environment_in, serving, set_up

PEOPLE = """
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from accounts.models import User
secret = make_password("a password that nobody tries")
people = User.objects.bulk_create(User(email=f"known{{n}}@example.org", password=secret) for n in range({many}))
EmailAddress.objects.bulk_create(EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people)
"""
PASSWORD = "not the one of anybody"  # noqa: S105  (it opens nothing)


WARM = 5
"""Rounds before those that count."""


class Way(NamedTuple):
    """A form that asks for an address."""

    name: str
    path: str
    field: str
    others: Mapping[str, str]


WAYS = (
    Way("sign-up", "/accounts/signup/", "email", {"password1": PASSWORD}),
    Way("sign-in", "/accounts/login/", "login", {"password": PASSWORD}),
    Way("new password", "/accounts/password/reset/", "email", {}),
    Way("code", "/accounts/login/code/", "email", {}),
)


def tried(port: int, way: Way, address: str) -> tuple[float, list[Answer]]:
    """How many milliseconds the form takes for an address, what it answers, and the page after it."""
    visitor = Visitor(port, ".".join(str(random.randrange(1, 255)) for _ in range(4)))  # noqa: S311
    visitor.ask(way.path)
    fields = {way.field: address, **way.others}
    begun = time.perf_counter()
    answer = visitor.ask(way.path, fields)
    took = (time.perf_counter() - begun) * 1000
    answers = [answer]
    if where := answer.headers.get("Location"):
        answers.append(visitor.ask(where))
    return took, answers


def words(answers: list[Answer], address: str) -> list[object]:
    """All of an answer but what differs each time: the address itself, tokens, padding and the hour."""
    told: list[object] = []
    for answer in answers:
        body = answer.body.decode().replace(address, "ADDRESS")
        body = re.sub(r'(csrfmiddlewaretoken" value|data-csrf)="\w+"', "", body)
        headers = {
            name: re.sub(r"(=|expires=)[^;]+", "", value, flags=re.IGNORECASE)
            if name == "Set-Cookie"
            else value
            for name, value in answer.headers.items()
            if name not in {"Date", "Expires", "Content-Length"}
        }
        told.append((answer.status, headers, [line.split("=")[0] for line in answer.cookies], body))
    return told


def first_difference(known: list[object], unknown: list[object]) -> str:
    """The first line that is not the same; empty where all are."""
    lines = difflib.unified_diff(pformat(known).splitlines(), pformat(unknown).splitlines(), lineterm="", n=0)
    return "DIFFERENT: " + " / ".join(line.strip() for line in list(lines)[3:5]) if known != unknown else ""


def longer(known: list[float], unknown: list[float]) -> float:
    """The chance that of one of each the known one took longer (the area under the ROC curve)."""
    wins = sum((one > other) + (one == other) / 2 for one in known for other in unknown)
    return wins / (len(known) * len(unknown))


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=100)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        database = {"DATABASE_URL": os.environ["DATABASE_URL"]} if "DATABASE_URL" in os.environ else {}
        environment = environment_in(Path(folder), **database)
        set_up(environment)
        people = PEOPLE.format(many=len(WAYS) * (WARM + rounds))
        shell = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", people]
        subprocess.run(shell, cwd=ROOT, env=environment, check=True)  # noqa: S603
        with serving(environment, Path(folder) / "log") as port:
            print(f"{'':14}{'known':>8}{'unknown':>9}{'longer':>8}  words")
            for number, way in enumerate(WAYS):
                if Visitor(port).ask(way.path).status != 200:
                    continue
                times: dict[bool, list[float]] = {True: [], False: []}
                differ = ""
                for turn in range(-WARM, rounds):
                    place = (number + 1) * (WARM + rounds) - rounds + turn  # each address is tried once
                    said = {}
                    for is_known in random.sample([True, False], 2):
                        address = f"{'known' if is_known else 'other'}{place}@example.org"
                        took, answers = tried(port, way, address)
                        said[is_known] = words(answers, address)
                        if turn >= 0:  # the first ones only warm the server
                            times[is_known].append(took)
                    differ = differ or first_difference(said[True], said[False])
                medians = [statistics.median(times[is_known]) for is_known in (True, False)]
                chance = longer(times[True], times[False])
                print(f"{way.name:14}{medians[0]:8.1f}{medians[1]:9.1f}{chance:8.2f}  {differ or 'same'}")


if __name__ == "__main__":
    main()
