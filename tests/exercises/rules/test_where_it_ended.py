"""Where a block stands for the next one."""

from datetime import date

import pytest

from exercises.rules.drafts import Previous
from exercises.rules.planning import where_it_ended
from exercises.rules.reading import log_needed_from
from exercises.rules.targets import next_target
from exercises.rules.values import PlanLine, WorkoutLog
from tests.exercises.builders import a_context, a_dose, a_line, day, logged

LINES = [a_line(), PlanLine("bridge", "two_legs")]
DOSE = a_dose("banded_walk", "no_band")


def ended(*log: WorkoutLog, start: int = 3, opened_on: tuple[date, ...] = ()) -> Previous:
    targets = [next_target(line, log, a_context()) for line in LINES]
    return where_it_ended(targets, log, start=day(start), opened_on=opened_on, gates=())


def test_nothing_is_known_of_a_block_without_a_workout() -> None:
    assert ended() == Previous()


def test_only_what_was_done_goes_on_from_its_step() -> None:
    assert ended(logged(DOSE)).rungs == {"banded_walk": "no_band"}


@pytest.mark.parametrize(("start", "hurt"), [(14, {"banded_walk"}), (15, set())])
def test_pain_counts_for_fourteen_days(start: int, hurt: set[str]) -> None:
    assert ended(logged(DOSE, pain=5), start=start).hurt == hurt


@pytest.mark.parametrize(("start", "long_away"), [(27, False), (28, True)])
def test_a_block_begins_one_step_lower_after_four_weeks_away(start: int, *, long_away: bool) -> None:
    assert ended(logged(DOSE), start=start).long_away is long_away


@pytest.mark.parametrize(("opened", "seen_since"), [(-1, False), (0, True), (1, True)])
def test_a_lock_that_opened_since_the_last_workout_starts_from_the_bottom(
    opened: int, *, seen_since: bool
) -> None:
    assert ended(logged(DOSE), opened_on=(day(opened),)).seen_since is seen_since


def test_what_is_on_hold_stays_so_with_the_log_from_its_first_workout() -> None:
    held = ended(logged(DOSE, pain=8), logged(DOSE, on=2, pain=8))

    assert held.held == {"banded_walk"}
    assert held.held_since == day(0)


@pytest.mark.parametrize(("held_since", "first"), [(None, -28), (-40, -40), (-7, -28)])
def test_the_log_is_needed_from_four_weeks_before_a_block_or_the_hold_before(
    held_since: int | None, first: int
) -> None:
    assert log_needed_from(day(0), None if held_since is None else day(held_since)) == day(first)
