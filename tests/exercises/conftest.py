"""What most tests of training stand on: a Monday at noon, and a workout that has just begun."""

from collections.abc import Iterator

import pytest
import time_machine

from accounts.models import User
from exercises.models import Workout
from tests.builders_training import MONDAY_NOON, a_running_plan, begun


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON) as traveller:
        yield traveller


@pytest.fixture
def workout(owner: User, clock: time_machine.Traveller) -> Workout:
    """A workout that has just begun, the first of a plan."""
    assert clock
    a_running_plan(owner)
    return begun(owner)
