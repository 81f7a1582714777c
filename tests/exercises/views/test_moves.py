"""The warm-up before a workout and the stretches after it, as pages."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from exercises.actions.workout import finish_workout
from exercises.models import ExerciseLog, SetLog, Workout
from tests.builders_training import (
    MONDAY,
    a_running_plan,
    a_set,
    begun,
    done_as_shown,
    exercises_of,
    lists_answered,
    noon,
    sets_url,
    signed_in_as,
    text,
    workout_url,
)

pytestmark = pytest.mark.usefixtures("clock")

WARM_UP, STRETCHES = f"/workouts/{MONDAY}/1/warm-up/", f"/workouts/{MONDAY}/1/stretches/"


def test_start_leads_to_the_warm_up_until_something_was_done(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    taps = [signed_in.post("/workouts/start/", {"unwell": "no"}).headers["Location"] for _ in range(2)]
    workout = Workout.objects.get()
    a_set(workout, exercises_of(workout)[0], side="left", rung="straight_leg")
    again = signed_in.get("/workouts/start/").headers["Location"]

    assert taps == [WARM_UP, WARM_UP]
    assert again == sets_url(workout, exercises_of(workout)[0])


def test_the_page_holds_every_move_without_a_script_and_leads_to_the_first_exercise(
    signed_in: Client, workout: Workout
) -> None:
    page = signed_in.get(WARM_UP)

    html = page.content.decode()
    first = sets_url(workout, exercises_of(workout)[0])
    assert re.findall(r"<h2>(.*?)</h2>", html) == ["Walk on the spot", "Hip hinge", "March"]
    assert "<section hidden" not in html
    assert f'<noscript><a class="button" href="{first}">Go to side-lying leg lift</a></noscript>' in html
    assert f'href="{first}">Skip the warm-up</a>' in html
    assert f'href="{workout_url(workout, "unwell")}">This hurts: stop</a>' in html
    assert "About 5 minutes" in text(page)


def test_nothing_of_it_is_stored(signed_in: Client, workout: Workout) -> None:
    for page in (WARM_UP, STRETCHES):
        assert signed_in.get(page).status_code == 200
        assert signed_in.post(page).status_code == 405

    assert not SetLog.objects.exists()
    assert not ExerciseLog.objects.exists()
    assert "Warm up first: about 5 minutes" in text(signed_in.get(workout_url(workout)))


def test_who_may_fall_holds_on_and_stretches_at_the_wall_only(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, "RF19")
    begun(owner)

    before, after = text(signed_in.get(WARM_UP)), text(signed_in.get(STRETCHES))

    assert "March, holding on" in before
    assert "Hip hinge" not in before
    assert "Calf at the wall" in after
    assert "Front of the hip" not in after


def test_the_tempo_and_the_time_to_get_ready_are_the_persons_own(signed_in: Client, workout: Workout) -> None:
    assert workout
    signed_in.post("/settings/pace/", {"rest_seconds": 60, "ready_seconds": 10, "tempo": "slow"})

    html = signed_in.get(WARM_UP).content.decode()

    assert 'data-ready="10"' in html
    assert re.findall(r'data-numbers="(.*?)"', html) == ["240 0 1 1", "0 3 8 1", "0 3 8 1"]


def test_a_workout_that_is_over_or_done_has_no_warm_up(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    finish_workout(workout=workout)

    assert signed_in.get(WARM_UP).headers["Location"] == workout_url(workout)


@pytest.mark.parametrize("page", [WARM_UP, STRETCHES])
def test_on_a_day_that_allows_no_workout_there_is_neither(
    owner: User, signed_in: Client, workout: Workout, page: str
) -> None:
    lists_answered(owner, "RF6")

    assert signed_in.get(page).headers["Location"] == workout_url(workout)


@pytest.mark.parametrize("page", [WARM_UP, STRETCHES])
def test_a_stranger_finds_neither(stranger: User, workout: Workout, page: str) -> None:
    assert workout
    assert signed_in_as(stranger).get(page).status_code == 404


def test_stretches_are_offered_when_the_workout_is_done_and_on_its_day_only(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    workout = done_as_shown(begun(owner))
    offered = "Stretch a little, if you like"

    today = text(signed_in_as(owner).get(workout_url(workout)))
    clock.move_to(noon(0) + timedelta(hours=13))
    in_the_night = text(signed_in_as(owner).get(workout_url(workout)))
    clock.move_to(noon(1))
    tomorrow = text(signed_in_as(owner).get(workout_url(workout)))

    assert [offered in page for page in (today, in_the_night, tomorrow)] == [True, True, False]


def test_the_sheet_says_the_moves_in_a_line_before_and_after(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, "RF18")

    page = text(signed_in.get("/workouts/sheet/"))

    assert (
        "Warm up first. Walk on the spot: 4 minutes. Hip hinge: 8 times. March, sitting: 8 times with each leg."
        in page
    )
    assert "At the end, if you like: Calf at the wall: 30 seconds, 2 times on each side." in page
