"""The decision table: every answer a person can give lands where the table says."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.questionnaire import UNSURE, Condition, questionnaire
from assessments.scoring import (
    Modifier,
    Result,
    Rule,
    SideResult,
    decision_table,
    evaluate,
    seen_on,
)
from tests.builders_check import answers, both_sides, every_state_of_one_side

STATES = list(every_state_of_one_side())
SHOULD_BE_SEEN = ("X1", "X2", "X3", "X4")
IN = {"toes": "straight", "knees": "in", "knees_usual": "in"}
FORWARD = {"toes": "straight", "knees": "forward"}

# One hand-picked foot for each rule, by the table and not by the code.
ONE_FOR_EACH_RULE = [
    ("X2", FORWARD | {"arch": "flat", "flatter": "yes", "tiptoe_arch": "present"}),
    ("X3", FORWARD | {"arch": "low", "flatter": "no", "tiptoe_arch": "cannot"}),
    ("X4", FORWARD | {"arch": "flat", "flatter": "no", "tiptoe_arch": "absent", "sitting_arch": "absent"}),
    ("X5", IN | {"can_turn": "yes", "arch": "normal", "arch_turned": "lower"}),
    ("X6", IN | {"can_turn": "no", "arch": "normal"}),
    ("M1", IN | {"can_turn": "yes", "arch": "normal", "arch_turned": "higher"}),
    (
        "M2",
        IN
        | {
            "can_turn": "yes",
            "arch": "low",
            "arch_turned": "same",
            "flatter": "no",
            "tiptoe_arch": "absent",
            "sitting_arch": "unsure",
        },
    ),
    (
        "M2b",
        IN
        | {
            "can_turn": "yes",
            "arch": "low",
            "arch_turned": "same",
            "flatter": "no",
            "tiptoe_arch": "present",
        },
    ),
    ("M3", IN | {"can_turn": "yes", "arch": "high", "arch_turned": "higher"}),
    ("M4", FORWARD | {"arch": "flat", "flatter": "no", "tiptoe_arch": "absent", "sitting_arch": "present"}),
    ("M5", FORWARD | {"arch": "low", "flatter": "no", "tiptoe_arch": "unsure", "sitting_arch": "unsure"}),
    ("M6", FORWARD | {"arch": "high"}),
    ("M6", {"toes": "out", "knees": "out", "arch": "normal"}),
    ("M7", FORWARD | {"arch": "normal"}),
    ("M8", {"toes": "unsure", "knees": "unsure", "arch": "unsure"}),
]


def conditions_of(thing: Rule | Modifier) -> list[Condition]:
    return [*thing.all, *(thing.any if isinstance(thing, Rule) else ())]


def test_one_side_can_be_answered_in_5508_ways() -> None:
    assert len(STATES) == 5508


def test_every_answer_state_lands_on_one_rule_and_all_15_rules_are_reached() -> None:
    reached = Counter(evaluate(state).left.rule for state in STATES)

    assert reached.total() == 5508
    assert set(reached) == {rule.key for rule in decision_table().rules}
    assert len(reached) == 15


def test_every_rule_that_asks_for_a_clinician_and_matches_is_a_lock() -> None:
    rules = {key: decision_table().rule(key) for key in SHOULD_BE_SEEN}

    for state in STATES:
        seen = seen_on("left", state)
        matching = tuple(key for key, rule in rules.items() if rule and rule.matches(seen))

        assert evaluate(state).left.locks == matching


def test_the_first_lock_names_the_outcome() -> None:
    locked = [found for state in STATES if (found := evaluate(state).left).locks]

    assert locked
    assert all(found.rule == found.locks[0] for found in locked)


def test_only_x1_to_x4_lock() -> None:
    assert tuple(rule.key for rule in decision_table().rules if rule.clinician) == SHOULD_BE_SEEN


@pytest.mark.parametrize(("rule", "foot"), ONE_FOR_EACH_RULE)
def test_foot_lands_on_the_rule_of_the_table(rule: str, foot: dict[str, str]) -> None:
    result = evaluate(both_sides(**foot))

    assert (result.left.rule, result.right.rule) == (rule, rule)


def test_every_foot_of_the_table_is_answered_whole() -> None:
    for _, foot in ONE_FOR_EACH_RULE:
        state = both_sides(**foot)

        assert questionnaire().first_unanswered(state) is None
        assert questionnaire().kept(state) == state


@settings(max_examples=300, deadline=None)
@given(state=st.sampled_from(STATES), pick=st.randoms(use_true_random=False))
def test_not_sure_never_yields_a_rule_that_names_that_answer_as_seen(
    state: dict[str, dict[str, str]], pick: object
) -> None:
    questions = [key for key in state if key != "pain"]
    key = pick.choice(questions)  # type: ignore[attr-defined]  # a random.Random, which Hypothesis shrinks

    result = evaluate(questionnaire().kept({**state, key: {"left": UNSURE}})).left

    table = decision_table()
    rules = [rule for name in (result.rule, *result.locks) if (rule := table.rule(name))]
    remarks = [remark for name in result.modifiers if (remark := table.modifier(name))]
    for thing in rules:
        assert key not in {condition.field for condition in thing.all}
        matched = [
            condition
            for condition in thing.any
            if state.get(condition.field, {}).get("left") in condition.values
        ]
        assert not thing.any or {condition.field for condition in matched} != {key}
    for remark in remarks:
        assert key not in {condition.field for condition in conditions_of(remark)}


@pytest.mark.parametrize(
    ("remark", "foot"),
    [
        ("T1", IN | {"toes": "in", "can_turn": "no", "arch": "normal"}),
        ("T2", IN | {"toes": "out", "can_turn": "no", "arch": "normal"}),
        ("T3", FORWARD | {"arch": "normal", "pain": "mild"}),
        ("T4", IN | {"knees_usual": "not_in", "can_turn": "no", "arch": "normal"}),
    ],
)
def test_remark_is_added_where_it_fits_and_nowhere_else(remark: str, foot: dict[str, str]) -> None:
    result = evaluate(both_sides(**foot))

    assert result.left.modifiers == (remark,)


@pytest.mark.parametrize(
    ("where", "left", "right"),
    [
        ("left", "X1", "M7"),
        ("right", "M7", "X1"),
        ("both", "X1", "X1"),
        ("elsewhere", "X1", "X1"),
    ],
)
def test_pain_counts_for_the_side_it_was_on_and_elsewhere_for_both(where: str, left: str, right: str) -> None:
    foot = FORWARD | {"arch": "normal"}

    result = evaluate(answers(left=foot, right=foot, pain="stop", where=where))

    assert (result.left.rule, result.right.rule) == (left, right)
    assert result.locks == ("X1",)


def test_b1_is_said_when_either_side_should_be_looked_at() -> None:
    low = FORWARD | {"arch": "flat", "flatter": "yes", "tiptoe_arch": "present"}

    result = evaluate(
        answers(left=FORWARD | {"arch": "low", "flatter": "no", "tiptoe_arch": "present"}, right=low)
    )

    assert result.comparisons == ("B1", "B4")
    assert result.locks == ("X2",)


@pytest.mark.parametrize(
    ("left", "right", "flatter"),
    [
        ("flat", "low", None),
        ("flat", "normal", "left"),
        ("high", "low", "right"),
        ("normal", "high", None),
        ("flat", "unsure", None),
    ],
)
def test_b2_needs_arches_two_steps_apart(left: str, right: str, flatter: str | None) -> None:
    result = evaluate(answers(left=FORWARD | {"arch": left}, right=FORWARD | {"arch": right}))

    assert result.flatter == flatter
    assert ("B2" in result.comparisons) == (flatter is not None)


def test_b3_is_said_of_sides_alike_and_b4_of_sides_that_differ() -> None:
    usual, high = FORWARD | {"arch": "normal"}, FORWARD | {"arch": "high"}

    alike = evaluate(answers(left=usual, right=usual))
    different = evaluate(answers(left=usual, right=high))

    assert alike.comparisons == ("B3",)
    assert different.comparisons == ("B4",)


def test_result_comes_back_from_storage_as_it_was() -> None:
    result = Result(SideResult("X1", ("X1", "X2"), ("T3",)), SideResult("M8"), ("B1", "B2", "B4"), "left")

    assert Result.from_json(result.as_json()) == result
