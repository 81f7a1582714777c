"""Goal M11: CPU time of a search, and of building its index.

.venv/bin/python -m bench.search
"""

import os
import statistics
import time
from collections.abc import Callable

import django

QUERIES = [
    "kneecap",
    "glute med",
    "glutius medius",
    "fallen arches",
    "foot",
    "why do my hips hurt",
    "khamis 2007",
    "10.1016/j.gaitpost.2006.02.005",
    "qwertzuiop",
    "hip foot knee arch muscle toe heel shin",
    "hipp foott kneee archh muscel toess heeel shinn",
    "hip " * 2500,
]
ROUNDS = 9


def _milliseconds(work: Callable[[], object]) -> float:
    """Median CPU time of a piece of work."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    os.environ.update(DJANGO_SETTINGS_MODULE="hipfeet.settings", DEBUG="true", SECRET_KEY="bench")  # noqa: S106
    django.setup()
    from hipfeet.search import build_index, search  # noqa: PLC0415  (needs the settings)

    print(f"index: {_milliseconds(build_index):.1f} ms, once a process")
    measured = {query: _milliseconds(lambda query=query: search(query)) for query in QUERIES}  # type: ignore[misc]
    slowest = max(measured, key=lambda query: measured[query])
    print(
        f"search: median {statistics.median(measured.values()):.1f} ms,"
        f" slowest {measured[slowest]:.1f} ms ({slowest[:40]!r})"
    )


if __name__ == "__main__":
    main()
