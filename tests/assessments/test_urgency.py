"""Of two urgencies about one foot only the stricter is said, on every page that shows advice."""

import itertools

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assessments.rules.safety import SafetyState, safety_state
from assessments.rules.safety_content import LISTS_BEFORE_A_PLAN, safety_content
from assessments.rules.scoring import Result, SideResult, decision_table, evaluate
from assessments.rules.urgency import spoken_on_result
from tests.builders_check import answers, every_state_of_one_side, told
from tests.builders_training import LOW_ARCHES, MONDAY_NOON, a_finished_check, lists_answered, text

OPEN = SafetyState()
WHENS = [
    level.when for level in safety_content().levels.values() if level.key not in {"clinician_first", "adapt"}
]
"""Urgencies that no page below may name: the two left out stand in headings of their own."""
UNEVEN = {
    **LOW_ARCHES,
    "arch": {"left": "flat", "right": "normal"},
    "flatter": {"left": "yes"},
}
"""B2, and X2 on the flatter foot."""


def results_with_one_foot_clearly_flatter() -> list[Result]:
    """Every result in which the left arch looked at least two steps lower than the right."""
    found = []
    for left in every_state_of_one_side():
        seen = {key: given["left"] for key, given in left.items() if "left" in given}
        right = {"toes": "straight", "knees": "forward", "arch": "high"}
        pain = left["pain"]["value"]
        if seen.get("arch") in {"flat", "low"}:
            found.append(evaluate(answers(left=seen, right=right, pain=pain, where="left")))
    return found


def test_one_sided_flat_foot_is_not_said_beside_a_stricter_advice_about_that_foot() -> None:
    for result in results_with_one_foot_clearly_flatter():
        spoken = spoken_on_result(result, OPEN)

        assert "B2" in result.comparisons
        assert ("B2" in spoken.comparisons) is not bool(result.left.locks), result


def test_nothing_is_needed_is_not_said_of_a_foot_that_should_be_seen() -> None:
    for result in results_with_one_foot_clearly_flatter():
        assert spoken_on_result(result, OPEN).reassured == ("right",), result


def test_pain_on_the_other_foot_silences_nothing_on_this_one() -> None:
    hurt = SideResult("X1", locks=("X1",))
    result = Result(left=SideResult("M4"), right=hurt, comparisons=("B1", "B2", "B4"), flatter="left")

    assert spoken_on_result(result, OPEN).comparisons == ("B1", "B2", "B4")


def test_even_feet_without_a_lock_are_both_reassured() -> None:
    result = Result(left=SideResult("M4"), right=SideResult("M4"), comparisons=("B3",))

    assert spoken_on_result(result, OPEN).reassured == ("left", "right")


@pytest.mark.parametrize(
    "question", [key for key in safety_content().questions if safety_content().level_of(key).locks_plan]
)
def test_open_safety_answer_speaks_alone_as_it_names_no_side(question: str) -> None:
    result = Result(left=SideResult("M4"), right=SideResult("M7"), comparisons=("B2", "B4"), flatter="left")

    spoken = spoken_on_result(result, safety_state([told(question)], [], []))

    assert spoken.comparisons == ("B4",)
    assert spoken.reassured == ()


@pytest.mark.parametrize("rule", [rule.key for rule in decision_table().rules if rule.clinician])
def test_when_anyone_should_be_seen_is_not_said_beside_a_rule_that_asks_to_be_seen(rule: str) -> None:
    locked, free = SideResult(rule, locks=(rule,)), SideResult("M7")

    for left, right in ((locked, free), (free, locked), (locked, locked)):
        assert not spoken_on_result(Result(left, right, comparisons=("B1", "B4")), OPEN).when_to_see


def test_when_anyone_should_be_seen_is_said_where_nothing_is_stricter() -> None:
    result = Result(left=SideResult("M4"), right=SideResult("M7"), comparisons=("B2", "B4"), flatter="left")

    assert spoken_on_result(result, OPEN).when_to_see
    assert not spoken_on_result(result, safety_state([told("RF6")], [], [])).when_to_see


@pytest.mark.parametrize(
    "comparison", [key for key, one in decision_table().comparisons.items() if one.level]
)
def test_every_comparison_with_an_urgency_is_weaker_than_a_rule_that_locks(comparison: str) -> None:
    result = Result(
        left=SideResult("X2", locks=("X2",)),
        right=SideResult("M7"),
        comparisons=(comparison,),
        flatter="left",
    )

    assert spoken_on_result(result, OPEN).comparisons == ()


# --- pages ---


def test_result_after_the_visit_still_says_one_urgency_of_a_foot(owner: User, signed_in: Client) -> None:
    with time_machine.travel(MONDAY_NOON) as clock:
        a_finished_check(owner, UNEVEN)
        clock.shift(60)
        signed_in.post("/safety/seen/", {"about": "X2", "seen_on": "2026-10-05", "verdict": "yes"})

        assert "when it suits you" not in text(signed_in.get("/check/result/"))


def test_result_that_asks_to_be_seen_does_not_say_beside_it_when_anyone_should_be(
    owner: User, signed_in: Client
) -> None:
    a_finished_check(owner, UNEVEN)

    page = text(signed_in.get("/check/result/"))

    assert "Be seen before you train" in page
    assert "or only one is" not in page
    assert "When to see someone" not in page


def test_result_of_flat_feet_says_when_anyone_should_be_seen(owner: User, signed_in: Client) -> None:
    a_finished_check(owner, LOW_ARCHES)

    assert "When to see someone Ask a physiotherapist" in text(signed_in.get("/check/result/"))


def test_no_page_says_two_urgencies_whichever_two_answers_are_given(owner: User, signed_in: Client) -> None:
    """Every pair of levels, by the first question of each."""
    a_finished_check(owner, UNEVEN)
    asked = [key for name in LISTS_BEFORE_A_PLAN for key in safety_content().lists[name].questions]
    first_of = {safety_content().questions[key].level: key for key in reversed(asked)}
    headings = {level.be_seen for level in safety_content().levels.values() if level.be_seen}

    for pair in itertools.combinations(first_of.values(), 2):
        lists_answered(owner, *pair, stage="first_half")
        for address in ("/safety/", "/check/result/", "/plan/"):
            page = text(signed_in.get(address))
            assert len([heading for heading in headings if heading in page]) == 1, (pair, address)
            assert "when it suits you" not in page, (pair, address)
            assert [when for when in WHENS if when in page] == [], (pair, address)


def test_safety_page_tells_what_is_less_urgent_without_an_urgency(owner: User, signed_in: Client) -> None:
    lists_answered(owner, "RF3", "RF7", "RF9b")
    questions = safety_content().questions

    page = text(signed_in.get("/safety/"))

    assert questions["RF3"].title in page
    for weaker in ("RF7", "RF9b"):
        assert questions[weaker].asks.text in page
        assert questions[weaker].title not in page
        assert " ".join(questions[weaker].advice.text.split()) not in page
