"""The small squat at the mirror: added from the plan, done with the mirror in view."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exercises.models import Workout
from exercises.rules.catalogue import catalogue
from tests.builders_training import MONDAY_NOON, a_running_plan, begun, exercises_of, sets_url, text
from tests.html import squeezed

LOOK_AT = "keep your kneecaps over your second toes"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON) as traveller:
        yield traveller


@pytest.fixture
def workout(owner: User, signed_in: Client) -> Workout:
    """The first workout of a plan to which the small squat was added."""
    a_running_plan(owner, minutes=45)
    signed_in.post("/plan/lines/small-squat/", {"add": "yes"})
    return begun(owner)


def test_small_squat_comes_after_the_deadlift(workout: Workout) -> None:
    exercises = exercises_of(workout)

    assert exercises[exercises.index("deadlift") + 1] == "small_squat"


def test_player_says_what_to_look_at_in_the_mirror(signed_in: Client, workout: Workout) -> None:
    squat, bridge = (signed_in.get(sets_url(workout, key)) for key in ("small_squat", "bridge"))

    assert LOOK_AT in text(squat)
    assert "in the mirror" in squat.content.decode()
    assert LOOK_AT not in text(bridge)
    assert "in the mirror" not in bridge.content.decode()


def test_player_says_the_phases_of_the_step(signed_in: Client, workout: Workout) -> None:
    page = squeezed(signed_in.get(sets_url(workout, "small_squat")).content.decode())

    assert 'data-phases="Stand up|Hold|Sit down"' in page
    assert catalogue().rung("small_squat", "two_legs").phases == ("Bend", "Hold", "Rise")


def test_page_of_the_exercise_says_both_what_studies_found_and_what_they_did_not(client: Client) -> None:
    page = text(client.get(reverse("exercise", args=["small-squat"])))

    assert LOOK_AT in page
    assert "not by enough to rule out chance" in page
    assert "their one-leg squat looked better, and they ran as before" in page.lower()


def test_muscles_name_the_small_squat_among_what_loads_them(client: Client) -> None:
    page = text(client.get(reverse("muscle", args=["rectus-femoris"])))

    assert "Small squat at the mirror" in page


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["squat", "step down", "sit to stand"])
def test_small_squat_is_found(client: Client, asked: str) -> None:
    assert reverse("exercise", args=["small-squat"]) in client.get("/search/", {"q": asked}).content.decode()
