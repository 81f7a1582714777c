"""Ending a plan: it asks, says what goes and what stays, and can be undone on the same day."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from exercises.models import Plan, PlanStatus
from tests.builders_training import (
    MONDAY,
    MONDAY_NOON,
    a_draft,
    a_running_plan,
    accepted,
    lists_answered,
    noon,
    signed_in_as,
    text,
)
from tests.states import over, paused

pytestmark = pytest.mark.django_db

GO_ON = "Let the plan go on"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON) as traveller:
        yield traveller


def test_ending_asks_and_names_what_goes_and_what_stays(owner: User, signed_in: Client) -> None:
    plan = a_running_plan(owner)

    response = signed_in.get("/plan/end/")

    page = text(response)
    plan.refresh_from_db()
    assert "What goes: 36 planned workouts up to 25 December 2026." in page
    assert "What stays: your workouts, your progress, and this plan under “Earlier plans”." in page
    assert '<a class="button" href="/plan/">Cancel</a>' in response.content.decode()
    assert plan.status == PlanStatus.ACTIVE


@pytest.mark.parametrize("story", [paused, over])
def test_without_a_planned_workout_nothing_is_counted(owner: User, story: object) -> None:
    assert callable(story)
    story(owner)

    assert "nothing is planned any more" in text(signed_in_as(owner).get("/plan/end/"))


def test_an_end_is_undone_on_the_same_day_by_the_same_row(owner: User, signed_in: Client) -> None:
    plan = a_running_plan(owner)
    ended = signed_in.post("/plan/end/", follow=True)

    for _ in range(2):
        signed_in.post("/plan/end/undo/")

    plan.refresh_from_db()
    assert "Your plan ended today" in text(ended)
    assert GO_ON in text(ended)
    assert (plan.status, plan.ended_on) == (PlanStatus.ACTIVE, None)
    assert Plan.objects.count() == 1


def test_an_end_stands_from_the_next_day(owner: User, clock: time_machine.Traveller) -> None:
    plan = a_running_plan(owner)
    signed_in_as(owner).post("/plan/end/")
    clock.move_to(noon(1))
    client = signed_in_as(owner)

    page = text(client.get("/plan/"))
    late = client.post("/plan/end/undo/")

    plan.refresh_from_db()
    assert GO_ON not in page
    assert late.status_code == 409
    assert "no plan of yours ended today" in text(late)
    assert plan.status == PlanStatus.ENDED


def test_an_end_stands_once_another_plan_was_accepted(owner: User, signed_in: Client) -> None:
    first = a_running_plan(owner)
    signed_in.post("/plan/end/")
    second = accepted(owner, a_draft(owner))

    signed_in.post("/plan/end/undo/")
    signed_in.post("/plan/end/")
    signed_in.post("/plan/end/undo/")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.ended_on) == (PlanStatus.ENDED, MONDAY)
    assert second.status == PlanStatus.ACTIVE


def test_a_draft_begun_since_stays_beside_the_plan_that_goes_on(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    signed_in.post("/plan/end/")
    a_draft(owner)

    signed_in.post("/plan/end/undo/")

    assert set(Plan.objects.values_list("status", flat=True)) == {PlanStatus.ACTIVE, PlanStatus.DRAFT}


def test_who_should_be_seen_first_can_undo_the_end_too(owner: User, signed_in: Client) -> None:
    plan = a_running_plan(owner)
    lists_answered(owner, "RF6")
    ended = signed_in.post("/plan/end/", follow=True)

    signed_in.post("/plan/end/undo/")

    plan.refresh_from_db()
    assert GO_ON in text(ended)
    assert plan.status == PlanStatus.ACTIVE
    assert "Your plan is on hold until then." in text(signed_in.get("/plan/"))
