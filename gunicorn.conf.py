"""What gunicorn reads by itself where it is started: its log, its time limits, and where it is watched."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

# Requests are logged by hipfeet itself (hipfeet/log.py), by the names of pages: an address may hold a token.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "hipfeet.log.JsonLine"}},
    "filters": {"names": {"()": "hipfeet.log.NamesNotAddresses"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["names"]}},
    "loggers": {"gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
    "root": {"handlers": [], "level": "WARNING"},
}

# The application is loaded once, and each worker is a fork of that: a start costs a third less, and a worker that died is
# back at once. SIGHUP reads no new code this way; a restart does.
preload_app = True

# It would be a file in a home that the server's own user does not have.
control_socket_disable = True

# PostgreSQL ends what takes longer, so that no thread waits for ever; only here, as a backup or a migration may take its time.
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=15s -c lock_timeout=10s")

WATCH_ADDRESS = os.environ.get("WATCH_ADDRESS", "")
FIGURES, IN_MEMORY = "hipfeet-metrics-", Path(os.environ.get("RUNTIME_DIRECTORY", "/dev/shm"))  # noqa: S108  (mkdtemp's name)
# Not in /tmp: on a full disk a worker that counts would be killed (SIGBUS), and with it the request that it has answered.
# RUNTIME_DIRECTORY is systemd's, which deletes what is in it whichever way gunicorn ends.
# prometheus_client looks for it when it is imported, so none of this file's imports may come before; and only once, as
# SIGHUP reads this file again. Never another's folder: it is deleted at the end.
if WATCH_ADDRESS and FIGURES not in os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""):
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(
        prefix=FIGURES, dir=IN_MEMORY if IN_MEMORY.is_dir() else None
    )


def when_ready(server: Any) -> None:  # noqa: ARG001  (gunicorn's signature)
    """Begin to answer whoever watches."""
    if WATCH_ADDRESS:
        from prometheus_client import CollectorRegistry  # noqa: PLC0415
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

        from hipfeet.watching import serve  # noqa: PLC0415

        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        try:
            serve(WATCH_ADDRESS, registry)
        except (OSError, ValueError) as problem:
            sys.stderr.write(f"hipfeet does not start: WATCH_ADDRESS: {problem}\n")
            sys.exit(4)  # as hipfeet/environment.py does: another try would fail as well


def on_exit(server: Any) -> None:  # noqa: ARG001
    """Delete what was counted."""
    if WATCH_ADDRESS:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
