"""Today: each state says one thing and offers one thing."""

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from exercises.actions.log import stop_exercise
from exercises.rules.catalogue import catalogue
from tests.builders_training import (
    a_finished_check,
    a_running_plan,
    begun,
    done_as_shown,
    exercises_of,
    noon,
    signed_in_as,
    text,
)

pytestmark = pytest.mark.usefixtures("clock")


def test_today_counts_the_exercises_of_a_begun_workout_and_names_the_next(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    first, second, *others = exercises_of(workout)
    stop_exercise(workout=workout, exercise=first, sides=("left", "right"))
    under_way = text(signed_in.get("/today/"))
    for exercise in (second, *others):
        stop_exercise(workout=workout, exercise=exercise, sides=("both",))

    assert "1 of 5 exercises done Next: Banded walk." in under_way
    assert "Only the end of the workout is left." in text(signed_in.get("/today/"))


def test_a_day_between_is_a_day_of_rest_and_what_was_missed_is_offered_after_it(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    pages = []
    for day in (1, 3):
        clock.move_to(noon(day))
        pages.append(text(signed_in_as(owner).get("/today/")))

    assert "A day of rest Next workout: Wednesday 7 October. Train today all the same" in pages[0]
    assert "It is Wednesday’s workout. Nothing was lost." in pages[1]
    assert "Move or skip" not in pages[1]


def test_today_says_the_reason_of_all_once_and_of_each_line_only_what_is_new(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_finished_check(owner)
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(2))

    page = text(signed_in_as(owner).get("/today/"))

    assert page.count("because your left kneecap looked in on 5 October") == 1
    assert "went well" not in page
    assert "One more than last time." in page


def test_each_exercise_of_today_is_a_link(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    page = signed_in.get("/today/").content.decode()

    for exercise in exercises_of(begun(owner)):
        assert f'<a href="/exercises/{catalogue().exercise(exercise).slug}/">' in page
