"""Every row of one database into another, as from SQLite to PostgreSQL."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

BATCH = 2_000
"""Rows that are in memory at once."""


class CopyRefused(Exception):  # noqa: N818  (reads as what happened)
    """Nothing was copied; its text says why, to the operator."""


def copy_database(*, old: str, new: str) -> dict[str, int]:
    """Copy every row, all or nothing, keys as they were.

    old, new  aliases of databases; the new one is migrated and nobody has an account in it

    Returns {table: rows}. Raises CopyRefused.
    """
    if _migrations(old) != _migrations(new):
        raise CopyRefused(
            "The two databases are not of the same release. Run migrate with each of them first."
        )
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    if _has_people(new):
        raise CopyRefused("People have accounts in the database that is to be filled.")
    with transaction.atomic(using=new):
        # What migrate itself has written comes from the old one, too.
        for model in reversed(models):
            _execute(new, f"DELETE FROM {_quoted(new, model._meta.db_table)}")  # noqa: S608  (our own names)
        copied = {model._meta.db_table: _copy(model, old=old, new=new) for model in models}
        for statement in connections[new].ops.sequence_reset_sql(no_style(), models):
            _execute(new, statement)
    return copied


def _migrations(database: str) -> set[tuple[str, str]]:
    return set(MigrationRecorder(connections[database]).applied_migrations())


def _has_people(database: str) -> bool:
    return apps.get_model("accounts", "User")._base_manager.using(database).exists()


def _copy(model: type[Model], *, old: str, new: str) -> int:
    """The rows of one table, as they stand: no default and no time is made anew."""
    fields = model._meta.concrete_fields
    into = connections[new]
    columns = ", ".join(_quoted(new, field.column) for field in fields if field.column)
    values = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {_quoted(new, model._meta.db_table)} ({columns}) VALUES ({values})"  # noqa: S608
    rows = model._base_manager.using(old).order_by().values_list(*(field.attname for field in fields))
    count = 0
    with into.cursor() as cursor:
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            cursor.executemany(
                statement,
                [
                    [field.get_db_prep_save(value, into) for field, value in zip(fields, row, strict=True)]
                    for row in batch
                ],
            )
            count += len(batch)
    return count


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _execute(database: str, statement: str) -> None:
    with connections[database].cursor() as cursor:
        cursor.execute(statement)


def _quoted(database: str, name: str) -> str:
    return connections[database].ops.quote_name(name)
