"""What a migration of the check must take with it, going forwards and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assessments.models import Attempt
from tests.builders import person
from tests.world import corrected, finished_check

BEFORE_CORRECTIONS = [("assessments", "0004_clearance_recorded_on")]


def migrate(to: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(to)


@pytest.mark.django_db(transaction=True)
def test_standing_result_stays_and_what_was_corrected_is_abandoned_going_back() -> None:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    standing = corrected(finished_check(person("owner@example.org")), toes={"left": "in", "right": "in"})

    migrate(BEFORE_CORRECTIONS)
    migrate(latest)

    kept = Attempt.objects.get(status="finished")
    assert (kept.pk, kept.answers, kept.result) == (standing.pk, standing.answers, standing.result)
    assert Attempt.objects.get(status="abandoned").result is not None
    assert kept.corrected_from is None
