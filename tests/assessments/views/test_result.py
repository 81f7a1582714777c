"""The page of a result: the answer first, said once, and one next step that fits."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tests.builders_check import answers, walk_check
from tests.builders_training import (
    LOW_ARCHES,
    MONDAY_NOON,
    NEWLY_FLAT,
    a_draft,
    a_finished_check,
    a_running_plan,
    accepted,
    lists_answered,
    noon,
    text,
)
from tests.outcomes import FEET, OUTCOMES, came_to, in_words
from tests.world import owner_of


@pytest.fixture(autouse=True)
def _clock() -> object:
    with time_machine.travel(MONDAY_NOON) as clock:
        yield clock


def page_of(client: Client, address: str = "/check/result/") -> str:
    return client.get(address).content.decode()


def bar_of(page: str) -> str:
    return page[page.index('class="thumb"') :]


@pytest.mark.parametrize("name", list(OUTCOMES))
def test_heading_is_the_finding(signed_in: Client, owner: User, name: str) -> None:
    came_to(owner_of(owner), OUTCOMES[name])

    page = page_of(signed_in)

    assert f'<h1 class="finding">{in_words(OUTCOMES[name]).heading}</h1>' in page
    assert page.count("<h1") == 1


def test_two_sides_alike_are_said_once(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["M1, both"])

    page = text(signed_in.get("/check/result/"))

    assert page.count("Your arch moves with your leg") == 1
    assert "Both sides" not in page


def test_each_side_has_its_own_meaning_once_and_the_same_remark_is_said_once(
    signed_in: Client, owner: User
) -> None:
    turned_in = {"toes": "in"}
    a_finished_check(owner, answers(left=FEET["M1"] | turned_in, right=FEET["X6"] | turned_in))

    page = page_of(signed_in)

    assert re.findall(r"<h2>(Left|Right|Both sides)</h2>", page) == ["Left", "Right"]
    assert page.count("Do not force it straight") == 1


def test_remark_about_one_side_names_it(signed_in: Client, owner: User) -> None:
    left = FEET["M1"] | {"toes": "out"}
    answered = OUTCOMES["M1, left"] | {"toes": {"left": left["toes"], "right": "straight"}}
    a_finished_check(owner, answered)

    assert "Left A kneecap that looks in while the toes point out" in text(signed_in.get("/check/result/"))


def test_table_of_answers_has_left_and_right_as_columns(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["M1, left"])

    page = " ".join(page_of(signed_in).split())

    assert '<th scope="row">Arch, feet lined up</th> <td>Low</td> <td>Usual</td>' in page
    assert '<th scope="row">Arch on tiptoe</th> <td>An arch showed</td> <td>Not asked</td>' in page


def test_design_choices_are_said_once(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["one foot flatter"])

    page = text(signed_in.get("/check/result/"))

    assert "Design choice" not in page
    assert page.count("our own choice") == 1


# --- the next step -----------------------------------------------------------------------------------


def test_guest_learns_beside_the_button_that_a_plan_needs_an_account(anonymous: Client) -> None:
    walk_check(anonymous)

    page = page_of(anonymous)

    assert 'href="/accounts/signup/?answers=mine&amp;next=/plan/new/">Make a plan</a>' in bar_of(page)
    assert "It needs an account" in bar_of(page)
    assert "deleted on 19 October 2026" in page
    outside_folds = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "Delete my answers now" in outside_folds


def test_person_with_a_plan_goes_on_with_it(signed_in: Client, owner: User) -> None:
    a_finished_check(owner)
    a_running_plan(owner)

    page = page_of(signed_in)

    assert "Go on with your plan" in bar_of(page)
    assert "Make a plan" not in page
    assert "Your plan has run since 5 October. The next workout is on Monday 5 October." in " ".join(
        page.split()
    )


def test_plan_that_begins_later_says_so(signed_in: Client, owner: User) -> None:
    a_finished_check(owner)
    lists_answered(owner)
    accepted(owner, a_draft(owner, start=(MONDAY_NOON + timedelta(days=7)).date()))

    assert "Your plan begins on Monday 12 October." in " ".join(page_of(signed_in).split())


def test_newer_check_offers_a_plan_of_its_own_beside_the_plan_that_runs(
    signed_in: Client, owner: User
) -> None:
    a_finished_check(owner)
    a_running_plan(owner)
    with time_machine.travel(noon(3)):
        a_finished_check(owner, OUTCOMES["M4, both"])

        page = page_of(signed_in)

    assert "Go on with your plan" in bar_of(page)
    assert "Make a plan from your latest check" in page


def test_begun_plan_goes_on(signed_in: Client, owner: User) -> None:
    a_finished_check(owner)
    lists_answered(owner)
    a_draft(owner)

    page = page_of(signed_in)

    assert '<a class="button" href="/plan/new/">Go on with your plan</a>' in bar_of(page)
    assert "You have begun a plan." in page


def test_past_result_says_that_a_plan_is_made_from_the_latest(signed_in: Client, owner: User) -> None:
    first = a_finished_check(owner)
    with time_machine.travel(noon(3)):
        a_finished_check(owner)

        page = text(signed_in.get(f"/checks/{first.pk}/"))
        latest = text(signed_in.get("/check/result/"))

    assert "A plan is made from your latest check, of 8 October 2026." in page
    assert "A plan is made from your latest check" not in latest


def test_past_result_of_someone_with_a_plan_offers_what_fits_now(signed_in: Client, owner: User) -> None:
    first = a_finished_check(owner)
    a_running_plan(owner)

    page = page_of(signed_in, f"/checks/{first.pk}/")

    assert "Your plan has run since 5 October." in page
    assert "Make a plan" not in page


# --- be seen -----------------------------------------------------------------------------------------


def test_what_to_say_at_the_visit_is_a_slip_in_the_first_person(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, NEWLY_FLAT)

    page = text(signed_in.get("/check/result/"))

    assert "Be seen before you train" in page
    assert (
        "What to say there The arch of my left foot has become flatter since I was grown up. I saw this in a mirror "
        "check on 5 October 2026. Nothing hurt while I looked. Are exercises for my hips, calves and feet fine for me?"
    ) in page
    assert "Make a plan" not in page
    bar = bar_of(page_of(signed_in))
    assert 'href="#say">What to say there' in bar
    assert 'href="/safety/seen/">I have been seen' in bar


def test_slip_of_pain_does_not_say_that_nothing_hurt(signed_in: Client, owner: User) -> None:
    came_to(owner_of(owner), OUTCOMES["X1, after the toes"])

    page = text(signed_in.get("/check/result/"))

    assert "While I looked at my legs in a mirror, it hurt on the right" in page
    assert "hurt while I looked." not in page


def test_side_that_asks_nothing_stands_after_what_to_say(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["X2, left"])

    page = text(signed_in.get("/check/result/"))

    said = ("examined once", "What to say there", "Until then", "Your right kneecap looked forward")
    places = [page.index(words) for words in said]
    assert places == sorted(places)


def test_answer_that_locks_holds_the_result_back_without_changing_its_heading(
    signed_in: Client, owner: User
) -> None:
    a_finished_check(owner, LOW_ARCHES)
    lists_answered(owner, "RF6")

    page = page_of(signed_in)

    assert in_words(LOW_ARCHES).heading in page
    assert "Be seen before you train" in page
    assert "What to be seen about" in page
    assert 'href="/safety/">Print what to say there' in bar_of(page)
    assert 'id="say"' not in page


@pytest.mark.parametrize("who", ["person", "person with a plan"])
def test_result_takes_few_queries(
    signed_in: Client, owner: User, django_assert_max_num_queries: DjangoAssertNumQueries, who: str
) -> None:
    a_finished_check(owner)
    if who == "person with a plan":
        a_running_plan(owner)

    with django_assert_max_num_queries(19):
        assert signed_in.get("/check/result/").status_code == 200
