"""What a migration of training must take with it, going forwards and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from exercises.models import OwnedEquipment
from tests.builders import person
from tests.builders_training import owns

BELONGINGS = [("exercises", "0004_workout_note")]


def migrate(to: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(to)


@pytest.mark.django_db(transaction=True)
def test_what_a_person_has_keeps_its_row_while_its_table_is_renamed_and_named_back() -> None:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("exercises")
    owner = person("owner@example.org")
    owns(owner, "step", weights=(4_000,))

    migrate(BELONGINGS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM exercises_belongings")
        before = cursor.fetchone()
    migrate(latest)

    assert before == (1,)
    kept = OwnedEquipment.objects.get(person=owner)
    assert (kept.things, kept.weight_grams) == (["step"], [4_000])
