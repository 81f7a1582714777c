"""Where the PostgreSQL that the tests use writes its log."""

import shutil
import subprocess
from pathlib import Path

from django.db import connection


def log_file() -> Path | None:
    """The log of the cluster at the port of the tests; None where Debian's tools do not know it, or it cannot be read."""
    if not (tool := shutil.which("pg_lsclusters")):
        return None
    listed = subprocess.run([tool, "--no-header"], capture_output=True, text=True, check=False)  # noqa: S603
    for line in listed.stdout.splitlines():
        parts = line.split()
        if parts[2] == str(connection.settings_dict["PORT"]) and Path(parts[-1]).is_file():
            return Path(parts[-1])
    return None
