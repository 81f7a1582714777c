"""The page of a running plan: this week first, then the exercises, said once, and the twelve weeks as a strip."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.builders_training import (
    MONDAY_NOON,
    a_finished_check,
    a_running_plan,
    begun,
    done_as_shown,
    lists_answered,
    noon,
    signed_in_as,
    text,
)
from tests.states import missed, over, paused, rest_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON) as traveller:
        yield traveller


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def done_on_monday(person: User) -> None:
    a_running_plan(person)
    done_as_shown(begun(person))


def begun_on_monday(person: User) -> None:
    a_running_plan(person)
    begun(person)


def held(person: User) -> None:
    a_running_plan(person)
    lists_answered(person, "RF6")


@pytest.mark.parametrize(
    ("story", "days_later", "said"),
    [
        (a_running_plan, 0, "0 of 3 done, the next is today"),
        (begun_on_monday, 0, "0 of 3 done, the next is today"),
        (done_on_monday, 0, "1 of 3 done, the next is on Wednesday"),
        (done_on_monday, 3, "1 of 3 done, the next can be today"),
        (missed, 0, "0 of 3 done, the next is today"),
        (rest_day, 0, "Your plan starts on Tuesday, 6 October"),
        (rest_day, 2, "0 of 2 done, the next can be today"),
        (paused, 0, "Your plan is paused"),
        (over, 0, "Your twelve weeks are done"),
        (held, 0, "Be seen before you train"),
    ],
)
def test_the_heading_says_where_the_week_stands(
    owner: User,
    clock: time_machine.Traveller,
    story: Callable[[User], object],
    days_later: int,
    said: str,
) -> None:
    story(owner)
    clock.move_to(noon(days_later))

    page = signed_in_as(owner).get("/plan/").content.decode()

    assert heading(page) == said


def test_a_plan_that_has_not_begun_says_when_it_does(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, start=MONDAY_NOON.date() + timedelta(days=9))

    page = signed_in.get("/plan/").content.decode()

    assert heading(page) == "Your plan starts on Wednesday, 14 October"


def test_the_days_of_the_week_lead_to_what_was_done_and_to_what_can_be_moved(
    owner: User, clock: time_machine.Traveller
) -> None:
    done_on_monday(owner)
    clock.move_to(noon(2))

    page = signed_in_as(owner).get("/plan/").content.decode()

    week = page.split('<ol class="week">')[1].split("</ol>")[0]
    assert re.findall(r'href="([^"]+)"', week) == ["/workouts/2026-10-05/", "/", "/plan/workouts/3/"]


def test_the_reason_stands_once_above_the_lines_and_each_line_opens(owner: User, signed_in: Client) -> None:
    a_finished_check(owner)
    a_running_plan(owner)

    response = signed_in.get("/plan/")
    page = response.content.decode()

    assert text(response).count("Because your left kneecap looked in on 5 October") == 1
    lines = page.split('<ol class="lines">')[1].split("</ol>")[0]
    assert lines.count("<details>") == lines.count("<summary>") == len(response.context["lines"]) == 7
    assert "Seven exercises" in page
    assert "Because" not in lines


def test_a_plan_of_two_reasons_says_on_each_line_which_is_its_own(owner: User, signed_in: Client) -> None:
    one_low = {"arch": {"left": "low", "right": "normal"}, "knees": {"left": "forward", "right": "forward"}}
    usual = {
        "toes": dict.fromkeys(("left", "right"), "straight"),
        "knees_usual": dict.fromkeys(("left", "right"), "not_in"),
    }
    seen = {**usual, **one_low}
    more = {"flatter": {"left": "no"}, "tiptoe_arch": {"left": "present"}, "pain": {"value": "none"}}
    a_finished_check(owner, {**seen, **more})
    a_running_plan(owner)

    response = signed_in.get("/plan/")

    above = response.context["why"]
    by_exercise = {line["exercise"].key: line["reasons"] for line in response.context["lines"]}
    assert above[0].startswith("Because your left arch looked low on 5 October")
    assert above[1:] == ["The rest is for general strength."]
    assert above[0] in by_exercise["short_foot"]
    assert "For general strength." in by_exercise["banded_walk"]


def test_a_line_that_is_left_out_says_so_in_its_row_and_why_when_opened(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    lists_answered(owner, "RF19")

    response = signed_in.get("/plan/")

    left_out = {line["exercise"].key: line for line in response.context["lines"] if line["dropped"]}
    assert set(left_out) == {"banded_walk", "deadlift"}
    for line in left_out.values():
        assert (line["flags"], line["dose"]) == (["Left out for now"], "")
        assert any("you are unsteady on one leg" in reason for reason in line["reasons"])


def test_a_step_that_is_new_is_flagged_in_its_row(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    for day in (0, 2, 4, 7, 9, 11):
        clock.move_to(noon(day))
        done_as_shown(begun(owner))
    clock.move_to(noon(14))

    lines = signed_in_as(owner).get("/plan/").context["lines"]

    flagged = [line for line in lines if line["flags"] == ["A new step"]]
    assert flagged
    assert all(line["reasons"][0].startswith("A new step, ") for line in flagged)


def test_where_a_line_started_is_no_longer_said_once_it_was_done(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner, trained=True)
    before = text(signed_in_as(owner).get("/plan/"))
    done_as_shown(begun(owner))
    clock.move_to(noon(1))

    after = text(signed_in_as(owner).get("/plan/"))

    assert "It starts one step higher, as you train already." in before
    assert "It starts" not in after


def test_pause_and_end_lie_in_a_fold_below_everything(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    page = signed_in.get("/plan/").content.decode()

    fold = page.split("<summary>Change the plan</summary>")[1].split("</details>")[0]
    assert page.count("Pause the plan") == fold.count("Pause the plan") == 1
    assert page.count("End the plan") == fold.count("End the plan") == 1


def test_what_would_make_an_exercise_harder_is_said_once(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner, things=["wall_or_chair"])
    for day in (0, 2, 4, 7, 9, 11, 14, 16):
        clock.move_to(noon(day))
        done_as_shown(begun(owner))

    page = text(signed_in_as(owner).get("/plan/"))

    assert "With a light band or a medium band you could go further in banded walk." in page
    assert "The next one, Band above the knees" not in page
