"""A number that changes with every change to what is stored about a person, set by the database itself.

What was made from a person's rows may be used again while their `mark` is the same (accounts/kept.py). Triggers set
it, so that no way of writing can forget to. They are made after each `migrate`, for every table whose rows belong to
a person: by their `person_id`, or by that of the row they are a part of.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.apps import apps as present_apps
from django.apps.registry import Apps
from django.db import connections, models

PERSONS = "accounts_user"
SQLITE_SETS = f"UPDATE {PERSONS} SET mark = random() WHERE id = {{person}};"  # noqa: S608  (names of ours)
POSTGRESQL_SETS = f"UPDATE {PERSONS} SET mark = {{another}} WHERE id IN (SELECT {{person}} FROM changed);"  # noqa: S608
POSTGRESQL_ANOTHER = "(random() * 9007199254740991)::bigint"
EVENTS = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
"""What may happen to a row, and what SQL calls it then."""


def set_triggers(sender: AppConfig, using: str, apps: Apps = present_apps, **_: Any) -> None:
    """After `migrate`: make the triggers of an app's tables anew. `apps` holds the models as they are migrated."""
    if sender.label not in apps.app_configs or "accounts" not in apps.app_configs:
        return
    if not _has(apps.get_model("accounts", "User"), "mark"):
        return  # migrated back to before there were marks
    on_sqlite = connections[using].vendor == "sqlite"
    statements = _on_sqlite if on_sqlite else _on_postgresql
    with connections[using].cursor() as cursor:
        for model in apps.get_app_config(sender.label).get_models():
            for statement in statements(model):
                cursor.execute(statement)
        if sender.label == "accounts":
            # Rows may have changed while there were no triggers.
            cursor.execute(f"UPDATE {PERSONS} SET mark = {'random()' if on_sqlite else POSTGRESQL_ANOTHER}")  # noqa: S608


def drop_triggers(using: str, plan: list[Any], **_: Any) -> None:
    """Before migrations on SQLite, which makes no table anew while a trigger names it."""
    if connections[using].vendor != "sqlite" or not plan:
        return
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 5) = 'mark_'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def person_of_a_row(model: type[models.Model]) -> str | None:
    """The person of a row in SQL, where "{row}" is the row; None for a table that belongs to nobody."""
    if _has(model, "person"):
        return "{row}.person_id"
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE:
            whole: Any = field.related_model
            if _has(whole, "person"):
                return f"(SELECT person_id FROM {whole._meta.db_table} WHERE id = {{row}}.{field.column})"  # noqa: S608
    return None


def _has(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _columns(model: type[models.Model]) -> str:
    """All but the mark: saving a person as they were read long ago sets these, and would bring the old mark back."""
    return ", ".join(str(field.column) for field in model._meta.concrete_fields if field.name != "mark")


def _on_sqlite(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    person: str | None = "{row}.id" if table == PERSONS else person_of_a_row(model)
    if person is None:
        return
    events = ((f"UPDATE OF {_columns(model)}", "NEW"),) if table == PERSONS else EVENTS
    for event, row in events:
        name = f"mark_{table}_{event.split()[0].lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        sets = SQLITE_SETS.format(person=person.format(row=row))
        yield f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {sets} END"


def _on_postgresql(model: type[models.Model]) -> Iterator[str]:
    """Once a statement, not once a row: a person with 50,000 sets can be deleted."""
    table, person = model._meta.db_table, person_of_a_row(model)
    if table == PERSONS:
        yield _function(table, f"NEW.mark := {POSTGRESQL_ANOTHER}; RETURN NEW;")
        yield (
            f"CREATE OR REPLACE TRIGGER mark_{table}_update BEFORE UPDATE OF {_columns(model)} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION mark_{table}()"
        )
    elif person:
        sets = POSTGRESQL_SETS.format(another=POSTGRESQL_ANOTHER, person=person.format(row="changed"))
        yield _function(table, f"{sets} RETURN NULL;")
        for event, rows in EVENTS:
            yield (
                f"CREATE OR REPLACE TRIGGER mark_{table}_{event.lower()} AFTER {event} ON {table} "
                f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_{table}()"
            )


def _function(table: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION mark_{table}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {body} END$$"
    )
