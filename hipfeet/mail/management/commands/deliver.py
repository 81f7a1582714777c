"""The worker that writes reminders and sends e-mails: `manage.py deliver`."""

import logging
import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from hipfeet.mail.outbox import deliver_due
from hipfeet.mail.reminders import write_due_reminders, write_next_reminders

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1
PAUSE_WITHOUT_DATABASE_SECONDS = 5


class Command(BaseCommand):
    """Writes reminders that are due and sends what waits, until it is told to stop. Any number may run at once."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once`: for a scheduler, or to see what happens."""
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")

    def handle(self, *_: Any, once: bool, **__: Any) -> None:
        """Send until SIGTERM or Ctrl-C; a mail that is being sent is finished first."""
        if once:
            written = write_due_reminders()
            self.stdout.write(f"{written} reminders written, {deliver_due()} e-mails sent")
            return
        told_to_stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told_to_stop.set())
        self.stdout.write("sending e-mails as they come")
        self.stdout.flush()
        while not told_to_stop.is_set():
            pause = PAUSE_SECONDS
            try:
                looked_at = write_next_reminders()
                deliver_due()
                if (
                    looked_at
                ):  # there may be more; meanwhile a code to sign in has not had to wait for all of them
                    pause = 0
            except DatabaseError as problem:
                log.warning("the database did not answer: %s", type(problem).__name__)
                connection.close()
                pause = PAUSE_WITHOUT_DATABASE_SECONDS
            told_to_stop.wait(pause)
