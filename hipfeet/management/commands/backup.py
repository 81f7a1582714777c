"""Takes a backup into BACKUP_FOLDER, encrypted with BACKUP_KEY, and deletes those that later ones replace."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.clock import now
from hipfeet.backups import BackupFailed, send_away, take_backup


class Command(BaseCommand):
    """Safe while the server runs."""

    help = __doc__

    def handle(self, *_: Any, **__: Any) -> None:
        """Say which file it is."""
        try:
            file = take_backup(Path(settings.BACKUP_FOLDER), at=now())
            self.stdout.write(str(file))
            send_away(file)
        except BackupFailed as problem:
            raise CommandError(str(problem)) from None
