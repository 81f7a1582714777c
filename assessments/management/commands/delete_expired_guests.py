"""Deletes what guests answered and did not keep."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.actions.guest import delete_expired_guests


class Command(BaseCommand):
    """Run once a day."""

    help = "Delete guests' checks and safety answers 14 days after they were last changed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Delete and say how many rows."""
        self.stdout.write(f"{delete_expired_guests()} rows deleted")
