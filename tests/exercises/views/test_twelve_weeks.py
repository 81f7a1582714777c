"""The end of twelve weeks: what became of them, and one choice."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from exercises.actions.log import stop_exercise
from exercises.actions.plan import decide, end_plan
from exercises.actions.workout import finish_workout
from exercises.models import Plan, PlanDecision, PlanStatus
from tests.builders_training import (
    LOW_ARCHES,
    MONDAY,
    MONDAY_NOON,
    NEWLY_FLAT,
    a_finished_check,
    a_running_plan,
    begun,
    done_as_shown,
    lists_answered,
    noon,
    signed_in_as,
    text,
    training,
)
from tests.html import squeezed
from tests.states import plan_since

pytestmark = pytest.mark.django_db

HIGHER = {**LOW_ARCHES, "arch": {"left": "normal", "right": "normal"}}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON) as traveller:
        yield traveller


def twelve_weeks(
    person: User, clock: time_machine.Traveller, *, days: tuple[int, ...] = (77, 79, 81)
) -> Plan:
    """A check, a plan made from it, three workouts in its last week; now is the day after its last."""
    clock.move_to(noon(-84))
    a_finished_check(person)
    plan = a_running_plan(person)
    for day in days:
        clock.move_to(noon(day - 84))
        done_as_shown(begun(person))
    clock.move_to(MONDAY_NOON)
    return plan


def page_of(person: User, plan: Plan) -> str:
    return text(signed_in_as(person).get(f"/plan/past/{plan.pk}/"))


def test_first_and_last_mirror_stand_side_by_side_under_what_may_be_said_of_them(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = twelve_weeks(owner, clock)
    a_finished_check(owner, HIGHER)

    page = page_of(owner, plan)

    assert "13 July 2026" in page
    assert "5 October 2026" in page
    assert "Your left arch looked higher, which may be chance" in page
    assert "Choose how to go on" in page
    assert "made from your check of 5 October" in page
    assert "You have not looked at the mirror again yet" not in page


def test_what_each_exercise_grew_from_and_to_and_what_that_means(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = twelve_weeks(owner, clock)
    a_finished_check(owner, HIGHER)

    page = page_of(owner, plan)

    assert "What grew in 3 of 36 workouts" in page
    assert "Bridge Bridge on two legs: 8 times 10 times" in page
    assert "but not whether your feet or knees have changed, nor why" in page


def test_a_plan_on_hold_at_its_end_is_not_over(owner: User, clock: time_machine.Traveller) -> None:
    clock.move_to(noon(-90))
    plan = a_running_plan(owner)
    clock.move_to(noon(-10))
    lists_answered(owner, "RF6")
    clock.move_to(MONDAY_NOON)

    answer = signed_in_as(owner).get(f"/plan/past/{plan.pk}/", follow=True)

    assert answer.redirect_chain[-1][0] == "/plan/"
    assert "Be seen before you train" in text(answer)


def test_an_exercise_on_hold_at_the_end_keeps_nobody_from_going_on(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = twelve_weeks(owner, clock)
    for day in (-2, -1):
        clock.move_to(noon(day))
        workout = begun(owner)
        stop_exercise(workout=workout, exercise="bridge", sides=("both",))
        finish_workout(workout=workout)
    clock.move_to(MONDAY_NOON)
    client = signed_in_as(owner)

    page = page_of(owner, plan)
    client.post("/plan/new/", {"as_before": "yes"})
    lists_answered(owner)
    preview = text(client.get("/plan/new/preview/"))

    assert "Twelve more weeks" in page
    assert "It is still on hold." in preview


def test_without_a_second_look_the_next_step_is_to_look(owner: User, clock: time_machine.Traveller) -> None:
    plan = twelve_weeks(owner, clock)

    page = page_of(owner, plan)

    assert "3 of 36 workouts" in page
    assert "You have not looked at the mirror again yet" in page
    assert "Go on without" in page


def test_weeks_without_a_workout_are_told_without_blame(owner: User, clock: time_machine.Traveller) -> None:
    plan = twelve_weeks(owner, clock, days=())

    page = page_of(owner, plan)

    assert "Your twelve weeks are over" in page
    assert "Nothing is lost: the next plan starts where this one did." in page
    assert "0 of 36" not in page.split("Week by week")[0]


def test_a_plan_that_still_runs_leads_to_its_own_page(owner: User, signed_in: Client) -> None:
    plan = a_running_plan(owner)

    assert signed_in.get(f"/plan/past/{plan.pk}/").headers["Location"] == "/plan/"


def test_an_end_that_stands_offers_no_choice_and_no_later_mirror(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = twelve_weeks(owner, clock)
    end_plan(person=owner, today=training(owner).today)
    clock.move_to(noon(1))
    a_finished_check(owner, HIGHER)

    page = page_of(owner, plan)

    assert "How do you want to go on?" not in page
    assert "3 of 36 workouts" in page


def test_a_plan_that_ended_early_says_in_which_week(owner: User, clock: time_machine.Traveller) -> None:
    clock.move_to(noon(-10))
    plan = a_running_plan(owner, weekdays=(4,))
    clock.move_to(MONDAY_NOON)
    end_plan(person=owner, today=training(owner).today)

    page = page_of(owner, plan)

    assert "25 September to 5 October 2026, ended in week 2" in page
    assert "This plan ended in week 2" in page


def test_who_should_be_seen_is_told_so_before_any_choice(owner: User, clock: time_machine.Traveller) -> None:
    plan = twelve_weeks(owner, clock)
    a_finished_check(owner, NEWLY_FLAT)

    page = page_of(owner, plan)

    assert "Be seen before you train" in page
    assert "How do you want to go on?" not in page
    assert "Choose how to go on" not in page


# --- the choice ---


def test_going_on_asks_for_safety_and_nothing_else(owner: User, clock: time_machine.Traveller) -> None:
    twelve_weeks(owner, clock)
    now = training(owner)
    decide(
        plan=now.plan,
        kind=PlanDecision.MINUTES,
        details={"minutes": 20},
        counts_from=now.today,
        today=now.today,
    )
    client = signed_in_as(owner)
    client.post("/plan/days/", {"weekdays": ["1", "3"]})

    asked = client.post("/plan/new/", {"as_before": "yes"})
    lists_answered(owner)
    preview = client.get("/plan/new/", follow=True)

    assert "/safety/right-now/" in asked.headers["Location"]
    assert preview.redirect_chain[-1][0] == "/plan/new/preview/"
    assert "Tuesday" in text(preview)
    draft = Plan.objects.get(status=PlanStatus.DRAFT)
    assert draft.answers["days"] == {"weekdays": [1, 3], "start": "2026-10-05"}
    assert draft.answers["time"]["minutes"] == 20


def test_going_on_starts_the_next_block_where_this_one_ended(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = twelve_weeks(owner, clock)
    stood = {
        line.exercise: training(owner).target(line).standing.rung for line in training(owner).lines_on(MONDAY)
    }
    client = signed_in_as(owner)
    client.post("/plan/new/", {"as_before": "yes"})
    lists_answered(owner)

    client.post("/plan/new/preview/")

    plan.refresh_from_db()
    now = training(owner)
    assert plan.status == PlanStatus.ENDED
    assert now.plan.status == PlanStatus.ACTIVE
    assert {line.exercise: line.start_rung for line in now.lines_on(MONDAY)} == stood
    assert "How do you want to go on?" not in page_of(owner, plan)


def test_changing_something_first_asks_each_page_filled_with_what_holds_now(
    owner: User, clock: time_machine.Traveller
) -> None:
    twelve_weeks(owner, clock)
    client = signed_in_as(owner)
    client.post("/plan/days/", {"weekdays": ["1", "3"]})
    lists_answered(owner)

    first = client.post("/plan/new/", follow=True)
    days = squeezed(client.get("/plan/new/days/").content.decode())

    assert first.redirect_chain[-1][0] == "/plan/new/things/"
    assert [day for day in range(7) if re.search(rf'value="{day}"[^>]* checked', days)] == [1, 3]


def test_stopping_ends_the_plan_and_can_be_undone_on_that_day(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = twelve_weeks(owner, clock)

    stopped = text(signed_in_as(owner).post("/plan/end/", follow=True))

    plan.refresh_from_db()
    assert plan.status == PlanStatus.ENDED
    assert "Let the plan go on" in stopped


def test_twelve_weeks_that_are_over_stand_among_the_earlier_plans(owner: User) -> None:
    plan_since(84)(owner)

    page = signed_in_as(owner).get("/plan/past/").content.decode()

    assert f"/plan/past/{Plan.objects.get().pk}/" in page
    assert "13 July 2026 to 4 October 2026" in page
