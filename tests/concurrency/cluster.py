"""The PostgreSQL that these tests run on, as Debian's tools know it: killed, and started again."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit


class Cluster(NamedTuple):
    """A throw-away cluster of `pg_virtualenv`."""

    release: str
    name: str
    data: Path

    def kill(self) -> None:
        """SIGKILL to its first process; the others end when they notice."""
        number = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(number, signal.SIGKILL)

    def start(self) -> None:
        """Start it, as soon as the last process of the one before has ended."""
        for _ in range(60):
            command = ["pg_ctlcluster", "--skip-systemctl-redirect", self.release, self.name, "start"]
            if subprocess.run(command, capture_output=True, check=False).returncode == 0:  # noqa: S603
                return
            time.sleep(0.5)
        raise AssertionError("PostgreSQL did not start again")


def cluster() -> Cluster | None:
    """The one that DATABASE_URL names; None without PostgreSQL, or where it is not ours to kill."""
    asked = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not asked.scheme.startswith("postgres") or "PG_CLUSTER_CONF_ROOT" not in os.environ:
        return None
    program = shutil.which("pg_lsclusters")
    listed = subprocess.run([str(program), "--no-header"], capture_output=True, text=True, check=True)  # noqa: S603
    for line in listed.stdout.splitlines():
        release, name, port, _, _, data, *_ = line.split()
        if port == str(asked.port):
            return Cluster(release, name, Path(data))
    return None
