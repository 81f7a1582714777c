"""Deletes what is kept for a time only: run it once a day."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.events import forget_old_events
from accounts.forgetting import forget_ended_browsers, forget_unconfirmed
from accounts.limits import forget_ended_counts
from assessments.actions.guest import delete_expired_guests
from hipfeet.email_change import forget_old_changes
from hipfeet.mail.outbox import forget_old_mails
from hipfeet.mail.reminders import forget_old_reminders
from hipfeet.owndata.models import forget_old_files


class Command(BaseCommand):
    """Guests' answers, sessions that ended and where they came from, what became of e-mails and reminders, and more."""

    help = __doc__

    def handle(self, *_: Any, **__: Any) -> None:
        """Delete, and say how many rows."""
        self.stdout.write(f"{delete_expired_guests()} rows of guests deleted")
        self.stdout.write(f"{forget_old_mails()} old e-mails forgotten")
        self.stdout.write(f"{forget_old_reminders()} old reminders forgotten")
        self.stdout.write(f"{forget_old_files()} files that were not brought in deleted")
        self.stdout.write(f"{forget_old_events()} old events of accounts forgotten")
        self.stdout.write(f"{forget_unconfirmed()} accounts deleted whose address nobody confirmed")
        self.stdout.write(f"{forget_ended_counts()} counts of tries that have ended forgotten")
        self.stdout.write(
            f"{forget_old_changes()} changes of an e-mail address that stand for good forgotten"
        )
        call_command("clearsessions")
        self.stdout.write(f"{forget_ended_browsers()} browsers forgotten whose session ended")
