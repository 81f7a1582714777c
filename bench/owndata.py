"""Goal M11: an export of years of training, reading it in again, and a calendar: memory beyond what the process had, and seconds.

    .venv/bin/python -m bench.owndata [--sets 20000]

Needs the development packages (make test installs them). It makes its own SQLite file in a temporary folder.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any


def main() -> None:
    """Fill a database, take one person's data along, read it in for another, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=20_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}", "DEBUG": "true"}
        os.environ |= {"SECRET_KEY": "bench", "DJANGO_SETTINGS_MODULE": "tests.concurrency.settings"}
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True)
        measure(asked.sets)


def measure(sets: int) -> None:
    """Each step once: the memory a process has used at most only grows, so the smaller comes first."""
    import django  # noqa: PLC0415

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from bench.people import copy_into_the_past, train_since  # noqa: PLC0415  (needs the settings)
    from hipfeet.owndata.exporting import export_of  # noqa: PLC0415
    from hipfeet.owndata.feed import make_address  # noqa: PLC0415
    from hipfeet.owndata.importing import bring_in, read_export  # noqa: PLC0415
    from tests.builders import person  # noqa: PLC0415

    begin = datetime.now(UTC).date() - timedelta(days=21)
    one, other = person("one@example.org"), person("other@example.org")
    train_since(one, begin, 100)
    copy_into_the_past(one, before=begin, sets=sets)
    export_of(person("nobody@example.org")).close()  # what is loaded once
    with told("export", lambda: export_of(one)) as file:
        data: bytes = file.read()
    sys.stdout.write(f"file: {len(data) / 1e6:.1f} MB\n")
    incoming = told("read", lambda: read_export(data))
    told("bring in", lambda: bring_in(person=other, incoming=incoming))
    program, address = Client(), f"/calendar/{make_address(person=one, key='bench', seen=0)}.ics"
    etag = program.get(address, SERVER_NAME="localhost").headers["ETag"]
    for name, headers in (("calendar", {}), ("calendar that is known", {"If-None-Match": etag})):
        begun = time.process_time()
        statuses = {
            program.get(address, headers=headers, SERVER_NAME="localhost").status_code
            for _ in range(50)  # more are refused for an hour
        }
        sys.stdout.write(f"{name}: {statuses}, {(time.process_time() - begun) * 20:.1f} ms of CPU\n")


def told(name: str, step: Callable[[], Any]) -> Any:
    """What a step returns; prints its seconds and how much more memory the process needed at its peak."""
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    made = step()
    seconds = time.perf_counter() - begun
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sys.stdout.write(f"{name}: {seconds:.1f} s, {more:.0f} MB more\n")
    return made


if __name__ == "__main__":
    main()
