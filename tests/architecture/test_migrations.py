"""A migration is applied while the release before still runs, so it may only add (docs/operations.md, Updates)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

FIRST_RELEASE = {
    "accounts": "0009_limits_by_name",
    "assessments": "0005_corrections",
    "exercises": "0008_preferences",
    "mail": "0004_mails_and_reminders_by_age",
    "owndata": "0003_kind_of_a_pending_file",
    # Of libraries: read a newer one, which the release before ours has to live with, too; then raise the name here.
    "account": "0009_emailaddress_unique_primary_email",
    "auth": "0012_alter_user_first_name_max_length",
    "contenttypes": "0002_remove_content_type_name",
    "mfa": "0003_authenticator_type_uniq",
    "sessions": "0001_initial",
    "usersessions": "0001_initial",
}
"""Up to here no release ran that could break. Every later migration, of any app, is looked at."""

ONLY_ADD = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.RemoveConstraint,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
)


def breaks(operation: Operation) -> str:
    """Why the release before would fail beside this; empty when it would not."""
    if isinstance(operation, ONLY_ADD):
        return ""
    if isinstance(operation, migrations.AddField):
        return _breaks_as_a_column(operation.field)
    if isinstance(operation, migrations.RemoveField | migrations.DeleteModel):
        return "the release before still reads and writes it"
    if isinstance(operation, migrations.RenameField | migrations.RenameModel | migrations.AlterModelTable):
        return (
            "the release before knows it by its old name; add the new one, copy, and drop the old one later"
        )
    if isinstance(operation, migrations.AddConstraint):
        return "the release before may write what it refuses"
    return "nobody can tell what it does to the release before"


def _breaks_as_a_column(field: "models.Field[Any, Any]") -> str:
    if field.unique and field.db_default is not NOT_PROVIDED:
        return "all rows that the release before writes would have one value: give it null=True alone"
    has_value = field.null or field.many_to_many or field.db_default is not NOT_PROVIDED
    return "" if has_value else "the release before writes rows without it: give it null=True or a db_default"


def complaints(migration: migrations.Migration) -> Iterator[str]:
    """What is wrong with a migration. One that says by `contracts` why no running release minds may do anything."""
    if str(getattr(migration, "contracts", "")).strip():
        return
    for operation in migration.operations:
        if reason := breaks(operation):
            yield f"{migration.app_label}.{migration.name}: {operation.describe()}: {reason}"


def test_migrations_break_no_release_that_still_runs() -> None:
    found: list[str] = []
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if name > FIRST_RELEASE.get(app, ""):
            found += complaints(migration)

    assert found == [], "\n".join(found)


def one(operation: Operation, **said: str) -> migrations.Migration:
    """A migration of one operation."""
    made: type[migrations.Migration] = type(
        "Migration", (migrations.Migration,), {"operations": [operation], **said}
    )
    return made("0009_weather", "exercises")


@pytest.mark.parametrize(
    ("operation", "is_fine"),
    [
        (migrations.AddField("workout", "weather", models.CharField(max_length=9, db_default="")), True),
        (migrations.AddField("workout", "weather", models.CharField(max_length=9, null=True)), True),
        (migrations.AddField("workout", "weather", models.CharField(max_length=9, default="")), False),
        (migrations.AddField("workout", "weather", models.CharField(null=True, unique=True)), True),
        (migrations.AddField("workout", "weather", models.CharField(db_default="", unique=True)), False),
        (migrations.AddField("workout", "weather", models.ForeignKey("plan", models.CASCADE)), False),
        (migrations.AddField("workout", "weathers", models.ManyToManyField("plan")), True),
        (migrations.AlterUniqueTogether("workout", {("slot", "note")}), False),
        (
            migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("workout", "note")]),
            False,
        ),
        (migrations.RunPython(migrations.RunPython.noop), False),
        (migrations.CreateModel("weather", []), True),
        (migrations.AddIndex("workout", models.Index("slot", name="by_slot")), True),
        (migrations.RemoveField("workout", "note"), False),
        (migrations.DeleteModel("workout"), False),
        (migrations.RenameField("workout", "note", "remark"), False),
        (migrations.AlterField("workout", "note", models.CharField(max_length=1)), False),
        (migrations.AddConstraint("workout", models.CheckConstraint(condition=models.Q(), name="c")), False),
        (migrations.RunSQL("DROP TABLE exercises_workout"), False),
    ],
    ids=lambda value: value.describe() if isinstance(value, Operation) else "",
)
def test_what_would_break_the_release_before_is_found(operation: Operation, *, is_fine: bool) -> None:
    assert (list(complaints(one(operation))) == []) is is_fine


def test_migration_that_says_why_it_may_take_away_is_let_through() -> None:
    migration = one(
        migrations.RemoveField("workout", "weather"), contracts="nothing since 0.3 reads or writes it"
    )

    assert list(complaints(migration)) == []


@pytest.mark.parametrize("contracts", ["", " "])
def test_migration_that_takes_away_and_says_nothing_is_found(contracts: str) -> None:
    migration = one(migrations.RemoveField("workout", "weather"), contracts=contracts)

    assert list(complaints(migration)) != []
