"""Copies every row of another database into this one, as when SQLite is left for PostgreSQL. Stop the server first."""

from typing import Any

import dj_database_url
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from hipfeet.copying import CopyRefused, copy_database

OLD = "old"


class Command(BaseCommand):
    """The database of DATABASE_URL is filled; it must have been migrated, and nobody may have an account in it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the rows are now."""
        parser.add_argument(
            "database_url", help="as in DATABASE_URL, for instance sqlite:////srv/hipfeet.sqlite3"
        )

    def handle(self, *_: Any, database_url: str, **__: Any) -> None:
        """Say how many rows of each table were copied."""
        here = {**connections.settings["default"], "OPTIONS": {}, "CONN_MAX_AGE": 0}
        try:
            connections.settings[OLD] = {**here, **dj_database_url.parse(database_url)}
        except ValueError:
            raise CommandError(f"{database_url} is no address of a database.") from None
        try:
            copied = copy_database(old=OLD, new="default")
        except CopyRefused as problem:
            raise CommandError(f"Nothing was copied. {problem}") from None
        finally:
            connections[OLD].close()
        for table, rows in copied.items():
            self.stdout.write(f"{table}: {rows}")
