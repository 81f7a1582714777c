"""Past checks: each can be told apart, the last two are compared, and every empty state leads on."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.builders_training import MONDAY_NOON, a_finished_check, a_running_plan, noon, text
from tests.outcomes import OUTCOMES
from tests.world import counted

LOWER = OUTCOMES["M4, both"] | {"arch": {"left": "flat", "right": "low"}}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON) as traveller:
        yield traveller


def source(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def bar_of(page: str) -> str:
    return page[page.index('class="thumb"') :]


# --- the list -----------------------------------------------------------------------------------------


def test_nobody_without_a_check_is_left_without_a_next_step(signed_in: Client) -> None:
    page = source(signed_in, "/checks/")

    assert 'href="/check/">Start the check</a>' in page
    assert "You have not finished a mirror check yet" in page


def test_one_check_is_named_by_its_finding_and_leads_to_looking_again_and_counting(
    signed_in: Client, owner: User
) -> None:
    a_finished_check(owner, OUTCOMES["M4, both"])

    page = source(signed_in, "/checks/")

    assert "Both arches looked low as you stood, and showed on tiptoe" in page
    assert "One check so far" in page
    assert 'href="/check/">Look again</a>' in page
    assert 'href="/checks/counts/"' in page
    assert "/checks/compare/" not in page


def test_two_checks_lead_to_then_and_now(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    a_finished_check(owner)
    clock.move_to(noon(7))
    a_finished_check(owner)

    page = source(signed_in, "/checks/")

    assert '<a class="button full" href="/checks/compare/">' in page
    assert "of that day" not in page


def test_two_checks_of_one_day_are_told_apart_everywhere(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    first = a_finished_check(owner)
    clock.shift(3600)
    second = a_finished_check(owner)
    clock.move_to(noon(1))
    third = a_finished_check(owner)

    listed = text(signed_in.get("/checks/"))
    compared = text(signed_in.get(f"/checks/compare/?then={first.pk}&now={second.pk}"))

    assert re.findall(r"\d October 2026(?:, check \d of that day)?", listed) == [
        "6 October 2026",
        "5 October 2026, check 2 of that day",
        "5 October 2026, check 1 of that day",
    ]
    assert compared.count("5 October 2026, check 1 of that day") >= 2
    assert "5 October 2026, check 2 of that day" in compared
    assert "Monday 5 October 2026, check 1 of that day" in text(signed_in.get(f"/checks/{first.pk}/"))
    assert "of that day" not in text(signed_in.get(f"/checks/{third.pk}/"))


def test_numbers_that_were_counted_stand_with_the_checks(signed_in: Client, owner: User) -> None:
    counted(owner, a_finished_check(owner), left=19, right=7)

    assert "5 October 2026: 19 heel raises on the left, 7 on the right" in text(signed_in.get("/checks/"))


# --- then and now -------------------------------------------------------------------------------------


def test_then_and_now_without_an_address_compares_the_last_two(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    a_finished_check(owner, OUTCOMES["M7, both"])
    clock.move_to(noon(7))
    a_finished_check(owner, OUTCOMES["M4, both"])
    clock.move_to(noon(14))
    a_finished_check(owner, LOWER)

    page = source(signed_in, "/checks/compare/")

    assert '<h1 class="finding">Your left arch looked lower, which may be chance</h1>' in page
    assert re.findall(r"<figcaption>(.*?)</figcaption>", page) == [" 12 October 2026 ", " 19 October 2026 "]
    assert page.count("<b>Low</b>") == page.count("<b>Flat on the floor</b>") == 1
    assert "Make a plan" in bar_of(page)
    assert "Compare other checks" in page


@pytest.mark.parametrize("checks", [0, 1])
def test_with_fewer_than_two_checks_the_list_says_what_is_next(
    signed_in: Client, owner: User, checks: int
) -> None:
    for _ in range(checks):
        a_finished_check(owner)

    response = signed_in.get("/checks/compare/")

    assert (response.status_code, response.headers["Location"]) == (302, "/checks/")


@pytest.mark.parametrize(
    "query", ["?then=x&now=y", "?then={first}", "?now={first}", "?then={first}&now={other}"]
)
def test_address_that_names_no_two_own_checks_is_404(
    signed_in: Client, owner: User, stranger: User, query: str
) -> None:
    first, other = a_finished_check(owner), a_finished_check(stranger)
    a_finished_check(owner)

    address = f"/checks/compare/{query.format(first=first.pk, other=other.pk)}"

    assert signed_in.get(address).status_code == 404


def test_then_and_now_of_a_person_with_a_plan_leads_back_to_it(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    a_finished_check(owner)
    a_running_plan(owner)
    clock.move_to(noon(7))
    a_finished_check(owner)

    page = source(signed_in, "/checks/compare/")

    assert "Both checks look the same" in page
    assert "Go on with your plan" in bar_of(page)
    assert "Make a plan from your latest check" in page


def test_then_and_now_of_someone_who_should_be_seen_leads_to_what_to_do(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    a_finished_check(owner, OUTCOMES["M4, both"])
    clock.move_to(noon(7))
    a_finished_check(owner, OUTCOMES["X2, left"])

    page = source(signed_in, "/checks/compare/")

    assert "Make a plan" not in page
    assert 'href="/check/result/">Be seen before you train: what to do</a>' in bar_of(page)


def test_pain_stands_in_the_table(signed_in: Client, owner: User, clock: time_machine.Traveller) -> None:
    a_finished_check(owner)
    clock.move_to(noon(7))
    a_finished_check(owner, OUTCOMES["a little pain"])

    assert "Did anything hurt? Nothing hurt A little, 1 to 3 out of 10" in text(
        signed_in.get("/checks/compare/")
    )


def test_check_cut_short_leaves_nothing_to_compare(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    a_finished_check(owner, {**OUTCOMES["M8, both"]})
    clock.move_to(noon(7))
    a_finished_check(owner, {**OUTCOMES["M8, both"], "toes": {"left": "in", "right": "in"}})

    assert "There is nothing to compare here" in text(signed_in.get("/checks/compare/"))
