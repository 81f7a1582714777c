"""Whether the process runs, and whether it can serve people: /healthz and /readyz."""

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse

from hipfeet.mail.outbox import waits_too_long

NO_DATABASE, PENDING = "no database", "migrations pending"
NEWER = "the database is of a newer release"


class HealthCheckMiddleware:
    """Answers /healthz (the process runs) and /readyz (it can serve people).

    Before all others, not a view: load balancers ask by IP address, which ALLOWED_HOSTS would refuse,
    and over plain HTTP, which would be redirected.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two addresses, pass on everything else."""
        if request.path == "/healthz":
            return HttpResponse("ok", content_type="text/plain")
        if request.path == "/readyz":
            problem = not_ready_because()
            said = problem or ", but ".join(filter(None, ("ready", *remarks())))
            return HttpResponse(said, content_type="text/plain", status=503 if problem else 200)
        return self.get_response(request)


def not_ready_because() -> str:
    """Why no page can be served that needs the database, in words; empty when they can."""
    try:
        return PENDING if _of_this_release() - _applied() else ""
    except DatabaseError:
        return NO_DATABASE


def remarks() -> list[str]:
    """What an operator should know of a server that is ready. A newer release's database serves this one, too."""
    newer = [NEWER] if _applied() - _of_this_release() else []
    return [*newer, *filter(None, [waits_too_long()])]


@cache
def _of_this_release() -> frozenset[tuple[str, str]]:
    """(app, name) of each migration; read once, as files do not change while a process runs."""
    loader = MigrationLoader(None)
    return frozenset(loader.graph.nodes) | frozenset(loader.disk_migrations)


def _applied() -> set[tuple[str, str]]:
    apps = {app for app, _ in _of_this_release()}
    return {named for named in MigrationRecorder(connection).applied_migrations() if named[0] in apps}
