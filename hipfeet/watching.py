"""What an operator's Prometheus reads: how many requests, how long they took, how much of that was the database.

Each worker counts in files of its own under PROMETHEUS_MULTIPROC_DIR; a thread of gunicorn's master adds them up and
answers at an address of its own (`gunicorn.conf.py`), also while every thread that serves people is busy. What stands
in the database is read by another process, `manage.py watch`.
"""

from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, Counter, Histogram, make_wsgi_app

METHODS = {"GET", "HEAD", "POST"}
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Histogram(
    "hipfeet_request_seconds",
    "Requests and how long each took, by the page's name",
    ["page", "method", "status"],
    buckets=SECONDS,
)
STATEMENTS = Counter("hipfeet_database_statements", "Statements sent to the database, by page", ["page"])
DATABASE_SECONDS = Counter(
    "hipfeet_database_seconds", "Time spent waiting for the database, by page", ["page"]
)


def observed(  # noqa: PLR0913  (what is known of a request; all are named)
    *, page: str, method: str, status: int, seconds: float, statements: int, database_seconds: float
) -> None:
    """Count a request. Any method that we do not answer is counted as one, as strangers may make them up."""
    REQUESTS.labels(page, method if method in METHODS else "other", status).observe(seconds)
    if statements:
        STATEMENTS.labels(page).inc(statements)
        DATABASE_SECONDS.labels(page).inc(database_seconds)


class _Quiet(WSGIRequestHandler):
    """Logs nothing: it is asked every few seconds. Whoever says nothing for half a minute is not waited for."""

    timeout = 30

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the library's name)
        """Nothing."""


class _Threads(ThreadingMixIn, WSGIServer):
    """One slow reader does not hold up the next."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Nothing: who asked has gone away. The library would print it between the lines of the log."""


def serve(address: str, registry: CollectorRegistry) -> None:
    """Answer /metrics and /healthz in a thread of this process.

    address  host:port (WATCH_ADDRESS); nobody but the operator's own machines should reach it

    Raises ValueError where it is none, OSError where it is taken.
    """
    metrics = make_wsgi_app(registry)

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/healthz":
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"ok"]
        answer: Iterable[bytes] = metrics(environ, start_response)
        return answer

    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():  # without a host it would be every address the machine has
        raise ValueError(f"“{address}” is no address such as 127.0.0.1:9100.")
    server = make_server(host, int(port), application, server_class=_Threads, handler_class=_Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
