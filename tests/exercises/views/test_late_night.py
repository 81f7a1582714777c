"""A workout begun after midnight and before three: to which day it belongs is asked, and what follows from it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from exercises.actions.plan import change_plan
from exercises.models import Workout
from exercises.rules.slots import DateChangeKind
from tests.builders import person
from tests.builders_training import (
    MONDAY,
    MONDAY_NOON,
    a_running_plan,
    begun,
    done_as_shown,
    noon,
    signed_in_as,
    text,
    training,
)

TUESDAY = MONDAY + timedelta(days=1)
IN_THE_NIGHT = datetime(2026, 10, 6, 0, 30, tzinfo=UTC)
"""Half past midnight, after the Monday on which the plan began."""


def start(client: Client, on: date | None = None, **said: str) -> Any:
    """Send the page before a workout, with the day that was chosen."""
    address = f"/workouts/start/?on={on}" if on else "/workouts/start/"
    return client.post(address, {"unwell": "no", **said})


@pytest.fixture
def at_night(owner: User, clock: time_machine.Traveller) -> Client:
    """The browser of the owner, in the night after a Monday on which they did not train."""
    a_running_plan(owner)
    clock.move_to(IN_THE_NIGHT)
    return signed_in_as(owner)


def test_in_the_night_the_day_is_asked_with_two_buttons_before_anything_else(at_night: Client) -> None:
    page = text(at_night.get("/workouts/start/"))

    assert "Which day is this workout for? Yesterday, Monday 5 October Today, Tuesday 6 October" in page
    assert "unwell" not in page


@pytest.mark.parametrize("chosen", [MONDAY, TUESDAY])
def test_the_workout_belongs_to_the_day_that_was_chosen(at_night: Client, chosen: date) -> None:
    asked = text(at_night.get(f"/workouts/start/?on={chosen}"))

    sent = start(at_night, chosen)

    workout = Workout.objects.get()
    assert f"For {chosen:%A} {chosen.day} October Before you start" in asked
    assert (workout.local_date, workout.number, workout.slot) == (chosen, 1, 1)
    assert workout.started_at.date() == TUESDAY
    assert f"/workouts/{chosen}/1/" in sent.headers["Location"]
    assert at_night.get(sent.headers["Location"]).status_code == 200


@pytest.mark.parametrize("chosen", [MONDAY, TUESDAY])
def test_a_double_tap_begins_one_workout(at_night: Client, chosen: date) -> None:
    first, second = start(at_night, chosen), start(at_night, chosen)

    assert first.headers["Location"] == second.headers["Location"]
    assert Workout.objects.count() == 1


def test_a_page_from_before_midnight_begins_nothing_before_the_day_is_said(at_night: Client) -> None:
    assert start(at_night).headers["Location"] == "/workouts/start/"
    assert (
        at_night.post("/workouts/start/unwell/", {"ticked": "none"}).headers["Location"] == "/workouts/start/"
    )
    assert not Workout.objects.exists()


@pytest.mark.parametrize("said", ["2026-10-04", "2026-10-07", "yesterday", "", "2026-13-01"])
def test_no_other_day_can_be_chosen(at_night: Client, said: str) -> None:
    assert "Which day is this workout for?" in text(at_night.get("/workouts/start/", {"on": said}))


def test_the_day_is_kept_while_something_new_is_told(at_night: Client) -> None:
    led = start(at_night, MONDAY, unwell="yes").headers["Location"]
    unsure = at_night.post(led, {"ticked": "unsure"}).headers["Location"]

    at_night.post(led, {"ticked": "none"})

    workout = Workout.objects.get()
    assert led == f"/workouts/start/unwell/?on={MONDAY}"
    assert unsure == f"/workouts/start/unwell/explained/?on={MONDAY}"
    assert workout.local_date == MONDAY
    assert workout.prescription["lighter"]


def test_a_choice_that_comes_after_three_counts_for_today_and_says_so(
    at_night: Client, clock: time_machine.Traveller
) -> None:
    clock.move_to(IN_THE_NIGHT.replace(hour=3, minute=1))

    sent = start(at_night, MONDAY)

    assert Workout.objects.get().local_date == TUESDAY
    assert "This workout counts for Tuesday." in text(at_night.get(sent.headers["Location"]))


def test_by_day_nobody_is_asked(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    clock.move_to(noon(1))

    assert "Before you start" in text(signed_in_as(owner).get("/workouts/start/"))


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/Los_Angeles"])
def test_it_is_the_persons_own_night(clock: time_machine.Traveller, zone: str) -> None:
    someone = person(time_zone=zone)
    a_running_plan(someone)
    clock.move_to(datetime(2026, 10, 5, 23, tzinfo=UTC))

    page = text(signed_in_as(someone).get("/workouts/start/"))

    assert ("Which day is this workout for?" in page) is (zone == "Europe/Vienna")


# --- when yesterday is no day for it ---


def test_on_the_first_night_of_a_plan_there_is_no_yesterday(
    owner: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(IN_THE_NIGHT)
    a_running_plan(owner)

    assert "Before you start" in text(signed_in_as(owner).get("/workouts/start/"))


def test_a_day_on_which_the_plan_was_paused_is_not_offered(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = a_running_plan(owner)
    pause = training(owner).schedule.structural(DateChangeKind.PAUSE, MONDAY)
    change_plan(plan=plan, change=pause, today=MONDAY)
    clock.move_to(IN_THE_NIGHT)

    assert "Before you start" in text(signed_in_as(owner).get("/workouts/start/"))


def test_a_day_on_which_something_told_allowed_no_more_is_not_offered(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    signed_in_as(owner).post("/workouts/start/unwell/", {"ticked": "SL3"})
    clock.move_to(IN_THE_NIGHT)

    assert "Before you start" in text(signed_in_as(owner).get("/workouts/start/"))


# --- what follows ---


def test_a_workout_that_was_begun_yesterday_carries_on(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    clock.move_to(IN_THE_NIGHT)
    client = signed_in_as(owner)

    asked = text(client.get("/workouts/start/"))
    goes_on = client.get(f"/workouts/start/?on={MONDAY}")

    assert "Monday’s workout is not finished. Choose it to carry on." in asked
    assert f"/workouts/{MONDAY}/1/" in goes_on.headers["Location"]
    assert Workout.objects.get() == workout


def test_today_begun_in_the_night_ends_what_yesterday_left_open(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    begun(owner)
    clock.move_to(IN_THE_NIGHT)

    start(signed_in_as(owner), TUESDAY)

    monday, tuesday = Workout.objects.order_by("local_date")
    assert monday.finished_at
    assert (tuesday.local_date, tuesday.finished_at) == (TUESDAY, None)


def test_a_second_workout_of_yesterday_gets_the_next_number(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(IN_THE_NIGHT)

    start(signed_in_as(owner), MONDAY)

    second = Workout.objects.get(finished_at=None)
    assert (second.local_date, second.number, second.slot) == (MONDAY, 2, None)


def test_while_it_runs_today_leads_back_to_it_and_names_its_day(at_night: Client) -> None:
    start(at_night, MONDAY)

    today = text(at_night.get("/today/"))
    workout = text(at_night.get(f"/workouts/{MONDAY}/1/"))

    assert "Monday’s workout is not finished" in today
    assert "Monday’s workout About" in workout


def test_the_morning_after_is_asked_when_morning_has_come(
    at_night: Client, owner: User, clock: time_machine.Traveller
) -> None:
    start(at_night, MONDAY)
    done_as_shown(Workout.objects.get())
    asked = "How do your legs feel after Monday?"
    in_the_night = text(at_night.get("/today/"))
    clock.move_to(IN_THE_NIGHT.replace(hour=8))

    in_the_morning = text(signed_in_as(owner).get("/today/"))

    assert "1 of 3 this week" in in_the_night
    assert "A day of rest Next workout: Wednesday 7 October." in in_the_night
    assert asked not in in_the_night
    assert asked in in_the_morning


def test_in_the_night_after_a_sunday_today_still_offers_its_workout(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner, weekdays=(6,))
    clock.move_to(MONDAY_NOON + timedelta(days=6, hours=12, minutes=30))
    client = signed_in_as(owner)

    page = text(client.get("/today/"))
    start(client, MONDAY + timedelta(days=6))

    assert "It is Sunday’s workout. Nothing was lost." in page
    assert Workout.objects.get().slot == 1
