"""Puts the database back to what a backup holds, all or nothing. Stop the server first."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hipfeet.backups import BackupFailed, restore_backup


class Command(BaseCommand):
    """Then brings it up to date, where the backup is of an older release."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether people may be lost."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="also where people have accounts")

    def handle(self, *_: Any, file: Path, replace: bool, **__: Any) -> None:
        """Say when it is done."""
        self.stdout.write("Reading the backup; then this waits for whatever still uses the database.")
        self.stdout.flush()
        try:
            restore_backup(file, replace=replace)
        except BackupFailed as problem:
            raise CommandError(f"Nothing was restored. {problem}") from None
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"{file.name} is restored.")
