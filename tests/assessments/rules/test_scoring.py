"""The decision table: every answer a person can give lands where the table says."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules import scoring
from assessments.rules.questionnaire import SIDES, UNSURE, Condition, questionnaire
from assessments.rules.scoring import (
    DecisionTable,
    Modifier,
    Result,
    Rule,
    SideResult,
    decision_table,
    evaluate,
    seen_on,
)
from tests.builders_check import Answered, answers, both_sides, every_state_of_one_side
from tests.trials import examples

WHOLE_STATES = list(every_state_of_one_side())
STATES = [state for state in WHOLE_STATES if state["knees_usual"]["left"] == UNSURE]
"""The same with one answer to `knees_usual`, which adds only a remark."""

SHOULD_BE_SEEN = ("X1", "X2", "X3", "X4")
IN = {"toes": "straight", "knees_usual": "in", "knees": "in"}
FORWARD = {"toes": "straight", "knees_usual": "not_in", "knees": "forward"}

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
    ("M6", {"toes": "out", "knees_usual": "unsure", "knees": "out", "arch": "normal"}),
    ("M7", FORWARD | {"arch": "normal"}),
    ("M8", dict.fromkeys(("toes", "knees_usual", "knees", "arch"), "unsure")),
]


Seen = Mapping[str, str]

# The table written down a second time, by hand from its sheet: (rule, does it fit?), the first that fits names it.
LOW, NOT_LOW = ("flat", "low"), ("normal", "high")
SHEET: list[tuple[str, Callable[[Seen], bool]]] = [
    ("X1", lambda seen: seen.get("pain") == "stop"),
    ("X2", lambda seen: seen.get("arch") in LOW and seen.get("flatter") == "yes"),
    ("X3", lambda seen: seen.get("arch") in LOW and seen.get("tiptoe_arch") == "cannot"),
    ("X4", lambda seen: seen.get("tiptoe_arch") == "absent" and seen.get("sitting_arch") == "absent"),
    ("X5", lambda seen: seen.get("arch_turned") == "lower"),
    ("X6", lambda seen: seen.get("can_turn") == "no"),
    ("M1", lambda seen: seen.get("arch_turned") == "higher" and seen.get("arch") in (*LOW, "normal")),
    (
        "M2",
        lambda seen: (
            seen.get("arch_turned") == "same"
            and seen.get("arch") in LOW
            and "present" not in {seen.get("tiptoe_arch"), seen.get("sitting_arch")}
        ),
    ),
    ("M2b", lambda seen: seen.get("arch_turned") == "same" and seen.get("arch") in LOW),
    ("M3", lambda seen: seen.get("knees") == "in" and seen.get("arch") in NOT_LOW),
    (
        "M4",
        lambda seen: (
            seen.get("knees") in {"forward", "out"}
            and seen.get("arch") in LOW
            and "present" in {seen.get("tiptoe_arch"), seen.get("sitting_arch")}
        ),
    ),
    ("M5", lambda seen: seen.get("knees") in {"forward", "out"} and seen.get("arch") in LOW),
    (
        "M6",
        lambda seen: (
            seen.get("arch") == "high" or (seen.get("arch") == "normal" and seen.get("knees") == "out")
        ),
    ),
    ("M7", lambda seen: seen.get("knees") == "forward" and seen.get("arch") == "normal"),
    ("M8", lambda _seen: True),
]
SHEET_REMARKS: list[tuple[str, Callable[[Seen], bool]]] = [
    ("T1", lambda seen: seen.get("toes") == "in" and seen.get("knees") == "in"),
    ("T2", lambda seen: seen.get("toes") == "out" and seen.get("knees") == "in"),
    ("T3", lambda seen: seen.get("pain") == "mild"),
    ("T4", lambda seen: seen.get("knees") == "in" and seen.get("knees_usual") == "not_in"),
    ("T5", lambda seen: seen.get("knees") in {"forward", "out"} and seen.get("knees_usual") == "in"),
]


def by_the_sheet(seen: Seen) -> SideResult:
    """What one side comes to, from the table written down a second time."""
    fitting = [key for key, fits in SHEET if fits(seen)]
    return SideResult(
        rule=fitting[0],
        locks=tuple(key for key in fitting if key in SHOULD_BE_SEEN),
        modifiers=tuple(key for key, fits in SHEET_REMARKS if fits(seen)),
    )


def needed_by(thing: Rule | Modifier, seen: Seen) -> list[set[str]]:
    """What a rule or remark says was seen: for each of its conditions, the questions that make it true.

    Every `all` needs its own; of `any` one is enough.
    """

    def true(condition: Condition) -> bool:
        return seen.get(condition.field) in condition.values

    sets = [{condition.field} for condition in thing.all]
    if isinstance(thing, Rule) and thing.any:
        sets.append({condition.field for condition in thing.any if true(condition)})
    return sets


def said_of(result: SideResult) -> list[Rule | Modifier]:
    """Every rule and remark that is shown for a side."""
    table = decision_table()
    rules = [table.rule(key) for key in dict.fromkeys([result.rule, *result.locks])]
    remarks = [table.modifier(key) for key in result.modifiers]
    return [thing for thing in (*rules, *remarks) if thing]


def test_one_side_can_be_answered_in_16524_ways_three_for_each_without_the_usual_look_at_the_kneecap() -> (
    None
):
    assert len(WHOLE_STATES) == 3 * len(STATES) == 16524
    assert all(questionnaire().kept(state) == state for state in WHOLE_STATES)
    assert not any(questionnaire().first_unanswered(one) for one in map(both_alike, WHOLE_STATES))


def both_alike(state: Answered) -> Answered:
    """The answers of the left on both sides; a strong pain with its place."""
    pain = state["pain"]["value"]
    seen = {key: given["left"] for key, given in state.items() if "left" in given}
    return answers(left=seen, right=seen, pain=pain, where="both" if pain == "stop" else "")


def test_every_answer_state_lands_on_one_rule_and_all_15_rules_are_reached() -> None:
    reached = Counter(evaluate(state).left.rule for state in STATES)

    assert set(reached) == {rule.key for rule in decision_table().rules}
    assert sorted(reached.items()) == [
        *(("M1", 200), ("M2", 96), ("M2b", 96), ("M3", 56), ("M4", 192), ("M5", 192), ("M6", 32), ("M7", 8)),
        *(("M8", 640), ("X1", 1836), ("X2", 1152), ("X3", 288), ("X4", 288), ("X5", 216), ("X6", 216)),
    ]


def test_every_answer_state_comes_to_what_the_sheet_says() -> None:
    for state in WHOLE_STATES:
        assert evaluate(state).left == by_the_sheet(seen_on("left", state)), state


def test_toes_and_the_usual_look_at_the_kneecap_change_no_rule() -> None:
    for state in WHOLE_STATES:
        without = {key: given for key, given in state.items() if key not in {"toes", "knees_usual"}}

        assert evaluate(state).left.rule == evaluate(without).left.rule


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


def test_whatever_is_said_of_a_side_was_seen_there() -> None:
    for state in WHOLE_STATES:
        seen = seen_on("left", state)
        for thing in said_of(evaluate(state).left):
            for fields in needed_by(thing, seen):
                assert any(seen.get(field, UNSURE) != UNSURE for field in fields), (thing.key, state)


@settings(max_examples=examples(500))
@given(left=st.sampled_from(WHOLE_STATES), right=st.sampled_from(WHOLE_STATES), data=st.data())
def test_changing_an_answer_to_not_sure_takes_back_everything_said_about_it(
    left: Answered, right: Answered, data: st.DataObject
) -> None:
    state = two_sides(left, right)
    key, side = data.draw(
        st.sampled_from([(key, side) for key in state for side in state[key] if key != "pain"])
    )

    changed = questionnaire().kept({**state, key: {**state[key], side: UNSURE}})
    result = evaluate(changed)

    for thing in said_of(result.side(side)):
        for fields in needed_by(thing, seen_on(side, changed)):
            assert fields != {key}
    assert key != "arch" or result.flatter is None
    other = "right" if side == "left" else "left"
    assert result.side(other) == evaluate(state).side(other)


def mutants() -> Iterator[tuple[str, DecisionTable]]:
    """The table with one slip in it: a condition or one of its values lost, or two neighbours swapped."""
    table = decision_table()
    for place, rule in enumerate(table.rules[:-1]):
        for kind in ("all", "any", "none"):
            conditions: tuple[Condition, ...] = getattr(rule, kind)
            for number, condition in enumerate(conditions):
                rest = (*conditions[:number], *conditions[number + 1 :])
                yield f"{rule.key} without {kind} {condition.field}", _with_rule(place, {kind: rest})
                for value in condition.values if len(condition.values) > 1 else ():
                    fewer = condition.model_copy(update={"values": tuple(set(condition.values) - {value})})
                    where = (*conditions[:number], fewer, *conditions[number + 1 :])
                    yield f"{rule.key} without {condition.field} {value}", _with_rule(place, {kind: where})
        swapped = list(table.rules)
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        yield f"{swapped[place].key} before {rule.key}", table.model_copy(update={"rules": tuple(swapped)})
        if rule.clinician:
            yield f"{rule.key} without its lock", _with_rule(place, {"clinician": False})


def _with_rule(place: int, update: dict[str, object]) -> DecisionTable:
    table = decision_table()
    rules = list(table.rules)
    rules[place] = rules[place].model_copy(update=update)
    return table.model_copy(update={"rules": tuple(rules)})


# Slips that change nothing, as the branching already says it: what is asked only of a kneecap that looks in or
# of a low arch, and neighbours that never fit the same side.
CHANGE_NOTHING = {
    *("X2 without all arch", "X3 without all arch", "X4 without all arch", "M4 without all arch"),
    *("M1 without all knees", "M2 without all knees", "M2b without all knees"),
    *("X4 before X3", "X6 before X5", "M1 before X6", "M2 before M1", "M3 before M2b", "M4 before M3"),
    *("M6 before M5", "M7 before M6"),
}


MUTANTS = dict(mutants())


@cache
def states_of_rules() -> list[tuple[Answered, SideResult]]:
    """The states with one answer to `toes`, which changes no rule either, and what each comes to by the sheet."""
    states = [state for state in STATES if state["toes"]["left"] == UNSURE]
    return [(state, by_the_sheet(seen_on("left", state))) for state in states]


@pytest.mark.parametrize("slip", MUTANTS)
def test_slip_in_the_table_is_noticed(monkeypatch: pytest.MonkeyPatch, slip: str) -> None:
    monkeypatch.setattr(scoring, "decision_table", lambda: MUTANTS[slip])

    noticed = any(evaluate(state).left != found for state, found in states_of_rules())

    assert noticed == (slip not in CHANGE_NOTHING)


@pytest.mark.parametrize(
    ("remark", "foot"),
    [
        ("T1", IN | {"toes": "in", "can_turn": "no", "arch": "normal"}),
        ("T2", IN | {"toes": "out", "can_turn": "no", "arch": "normal"}),
        ("T3", FORWARD | {"arch": "normal", "pain": "mild"}),
        ("T4", IN | {"knees_usual": "not_in", "can_turn": "no", "arch": "normal"}),
        ("T5", FORWARD | {"knees_usual": "in", "arch": "normal"}),
        ("T5", FORWARD | {"knees_usual": "in", "knees": "out", "arch": "normal"}),
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


def two_sides(left: Answered, right: Answered, *, where: str = "both") -> Answered:
    """The left of one state and the right of another; the pain of the first, at a place if it is strong."""
    state: Answered = {}
    for key in questionnaire().questions:
        sides = {
            side: one[key]["left"]
            for side, one in (("left", left), ("right", right))
            if key != "pain" and key in one
        }
        if sides:
            state[key] = sides
    pain = left["pain"]["value"]
    return {**state, "pain": {"value": pain, **({"where": where} if pain == "stop" else {})}}


def one_of_each_kind() -> list[Answered]:
    """One answer state for every rule with its locks and its arch: sides are compared by nothing else."""
    kinds: dict[tuple[object, ...], Answered] = {}
    for state in STATES:
        found = evaluate(state).left
        kinds.setdefault((found.rule, found.locks, state["arch"]["left"]), state)
    return list(kinds.values())


def test_sides_are_compared_as_the_sheet_says_over_every_pair_of_kinds() -> None:
    kinds = one_of_each_kind()
    heights = decision_table().arch_heights
    said = Counter[tuple[str, ...]]()

    for left, right in product(kinds, repeat=2):
        hurts = [
            side for side, one in zip(SIDES, (left, right), strict=True) if one["pain"]["value"] == "stop"
        ]
        pain = (
            {"value": "stop", "where": "both" if len(hurts) == 2 else hurts[0]}
            if hurts
            else {"value": "none"}
        )
        result = evaluate({**two_sides(left, right), "pain": pain})
        steps = [
            heights.index(one["arch"]["left"]) for one in (left, right) if one["arch"]["left"] in heights
        ]
        apart = len(steps) == 2 and abs(steps[0] - steps[1]) >= 2
        flatter = ("left" if steps[0] < steps[1] else "right") if apart else None

        assert (result.left, result.right) == (evaluate(left).left, evaluate(right).left)
        assert result.flatter == flatter
        assert ("B1" in result.comparisons) == bool(result.left.locks or result.right.locks)
        assert ("B2" in result.comparisons) == apart
        assert ("B3" in result.comparisons) == (result.left.rule == result.right.rule)
        assert ("B4" in result.comparisons) == (result.left.rule != result.right.rule)
        assert result.locks == tuple(dict.fromkeys((*result.left.locks, *result.right.locks)))
        said[result.comparisons] += 1

    assert said.total() == 55**2
    assert set(said) == {
        (*first, last) for first in ((), ("B1",), ("B2",), ("B1", "B2")) for last in ("B3", "B4")
    }


@settings(max_examples=examples(500))
@given(
    left=st.sampled_from(WHOLE_STATES),
    right=st.sampled_from(WHOLE_STATES),
    where=st.sampled_from(["left", "right", "both", "elsewhere"]),
)
def test_each_side_is_found_by_itself_and_the_mirror_image_gives_the_mirrored_result(
    left: Answered, right: Answered, where: str
) -> None:
    state = two_sides(left, right, where=where)
    other_where = {"left": "right", "right": "left"}.get(where, where)
    mirrored = {
        key: {
            "left" if side == "right" else "right" if side == "left" else side: value
            for side, value in given.items()
        }
        for key, given in state.items()
        if key != "pain"
    } | {
        "pain": {
            "value": state["pain"]["value"],
            **({"where": other_where} if "where" in state["pain"] else {}),
        }
    }

    found, turned = evaluate(state), evaluate(mirrored)

    assert questionnaire().kept(state) == state
    assert (found.left, found.right) == (turned.right, turned.left)
    assert found.left == by_the_sheet(seen_on("left", state))
    assert found.comparisons == turned.comparisons
    assert (found.flatter, turned.flatter) in {(None, None), ("left", "right"), ("right", "left")}


def test_result_comes_back_from_storage_as_it_was() -> None:
    result = Result(SideResult("X1", ("X1", "X2"), ("T3",)), SideResult("M8"), ("B1", "B2", "B4"), "left")

    assert Result.from_json(result.as_json()) == result
