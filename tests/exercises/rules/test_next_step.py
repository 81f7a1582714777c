"""The one next step of a person."""

from datetime import UTC, datetime, timedelta

import pytest

from exercises.rules.next_step import NextStep, is_newer, next_step

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"locked", "running", "drafted", "looked"}, NextStep.BE_SEEN),
        ({"running", "drafted", "looked"}, NextStep.TRAIN),
        ({"drafted", "looked"}, NextStep.GO_ON_PLANNING),
        ({"looked"}, NextStep.MAKE_PLAN),
        (set(), NextStep.LOOK),
    ],
)
def test_the_first_of_what_is_known_says_what_comes_next(known: set[str], expected: NextStep) -> None:
    asked = {name: name in known for name in ("locked", "running", "drafted", "looked")}

    assert next_step(**asked) is expected


@pytest.mark.parametrize(
    ("finished_at", "made_at", "newer"),
    [
        (NOON + timedelta(minutes=1), NOON, True),
        (NOON, NOON, False),
        (None, NOON, False),
        (NOON, None, False),
    ],
)
def test_a_check_is_newer_when_it_was_finished_after_the_plan_was_made(
    finished_at: datetime | None, made_at: datetime | None, *, newer: bool
) -> None:
    assert is_newer(finished_at, than=made_at) is newer
