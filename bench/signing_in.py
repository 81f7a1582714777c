"""Goal M6: sign-ins a second, and how long a page of the reference takes for others while people sign in.

    .venv/bin/python -m bench.signing_in [--rounds 7] [--seconds 5]

Needs the development packages. It starts the production server with an SQLite file of its own. In each round one reader
asks for a page again and again, first alone and then while somebody signs in every second; medians of the rounds.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from tests.architecture.test_settings import ROOT
from tests.production import Visitor, environment_in, serving, set_up

PASSWORD = "four words nobody has together"  # noqa: S105  (of accounts made for this bench)
MANY = 4_000
AT_ONCE = 8
PAGE = "/learn/"
PEOPLE = f"""
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from accounts.models import User
secret = make_password("{PASSWORD}")
people = User.objects.bulk_create(User(email=f"one{{n}}@example.org", password=secret) for n in range({MANY}))
EmailAddress.objects.bulk_create(EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people)
"""


def sign_in(port: int, number: int) -> None:
    """One person, from an address of their own."""
    visitor = Visitor(port, f"203.0.{number // 250}.{number % 250 + 1}")
    visitor.ask("/accounts/login/")
    answer = visitor.ask("/accounts/login/", {"login": f"one{number}@example.org", "password": PASSWORD})
    assert answer.status == 302, answer.body[:500]


def read_for(seconds: float, port: int) -> float:
    """The 99th percentile, in milliseconds, of a page that is read again and again."""
    took = []
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        begun = time.perf_counter()
        assert Visitor(port).ask(PAGE).status == 200
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.quantiles(took, n=100)[-1]


def sign_in_every_second(port: int, numbers: Iterator[int], stop: Event) -> None:
    """Until it is stopped."""
    while not stop.wait(1):
        sign_in(port, next(numbers))


def rate(seconds: float, port: int, numbers: Iterator[int]) -> float:
    """Sign-ins a second of some people at once."""
    ends = time.perf_counter() + seconds

    def until_the_end(_: int) -> int:
        done = 0
        while time.perf_counter() < ends:
            sign_in(port, next(numbers))
            done += 1
        return done

    with ThreadPoolExecutor(AT_ONCE) as several:
        return sum(several.map(until_the_end, range(AT_ONCE))) / seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = environment_in(Path(folder))
        set_up(environment)
        shell = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", PEOPLE]
        subprocess.run(shell, cwd=ROOT, env=environment, check=True)  # noqa: S603
        numbers = itertools.count()
        alone, beside, rates = [], [], []
        with serving(environment, Path(folder) / "log") as port:
            read_for(1, port)
            for _ in range(asked.rounds):
                alone.append(read_for(asked.seconds, port))
                stop = Event()
                with ThreadPoolExecutor(1) as one:
                    signs_in = one.submit(sign_in_every_second, port, numbers, stop)
                    beside.append(read_for(asked.seconds, port))
                    stop.set()
                    signs_in.result()
                rates.append(rate(asked.seconds, port, numbers))
    middle = [statistics.median(each) for each in (alone, beside, rates)]
    print(f"sign-ins a second, {AT_ONCE} at once: {middle[2]:.0f}")
    print(
        f"p99 of {PAGE}: {middle[0]:.1f} ms alone, {middle[1]:.1f} ms at one sign-in a second ({middle[1] / middle[0]:.1f} x)"
    )


if __name__ == "__main__":
    main()
