"""Answers an operator's Prometheus at WATCH_ADDRESS: whether the database answers, what waits, how old the last backup is."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.models import Count, Min
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from accounts.clock import now
from hipfeet.backups import last_backup
from hipfeet.health import not_ready_because
from hipfeet.mail.models import MailState, OutboxMail
from hipfeet.watching import serve


class Command(BaseCommand):
    """One for the whole installation; each web server counts its own requests (`gunicorn.conf.py`)."""

    help = __doc__

    def handle(self, *_: Any, **__: Any) -> None:
        """Answer until it is killed."""
        address = os.environ.get("WATCH_ADDRESS", "")
        if not address:
            raise CommandError("WATCH_ADDRESS is not set, such as 127.0.0.1:9101")
        registry = CollectorRegistry()
        registry.register(Installation())
        try:
            serve(address, registry)
        except (OSError, ValueError) as problem:
            raise CommandError(f"WATCH_ADDRESS: {problem}") from None
        self.stdout.write(f"watched at http://{address}/metrics")
        self.stdout.flush()
        Event().wait()


class Installation(Collector):
    """What is read anew each time it is asked for."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Its figures; those of the database only while it answers."""
        problem = not_ready_because()
        yield GaugeMetricFamily(
            "hipfeet_ready", "Whether the database answers with every migration", not problem
        )
        try:
            if not problem:
                yield from _of_mails()
        except DatabaseError:
            pass  # gone in between; the next time it says so
        finally:
            connection.close()  # each answer has a thread, and so a connection, of its own
        last = last_backup(Path(settings.BACKUP_FOLDER), by=now())
        if last:
            age = (now() - last).total_seconds()
            yield GaugeMetricFamily("hipfeet_backup_age_seconds", "Since the last backup", age)


def _of_mails() -> Iterator[GaugeMetricFamily]:
    of_state = dict(OutboxMail.objects.values_list("state").annotate(number=Count("pk")))
    mails = GaugeMetricFamily("hipfeet_mails", "E-mails of the last 30 days", labels=["state"])
    for state in MailState:
        mails.add_metric([state], of_state.get(state, 0))
    yield mails
    waiting = OutboxMail.objects.filter(state=MailState.WAITING)
    oldest: datetime | None = waiting.aggregate(oldest=Min("written_at"))["oldest"]
    waits = (now() - oldest).total_seconds() if oldest else 0
    yield GaugeMetricFamily("hipfeet_mail_oldest_seconds", "How long the oldest e-mail has waited", waits)
