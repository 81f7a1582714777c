"""What a plan says of why its lines are there is true of what was seen, and names what makes it easier."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product

import pytest

from assessments.rules.safety import SafetyState, Said, safety_state
from assessments.rules.safety_content import safety_content
from assessments.rules.scoring import evaluate
from exercises.rows import safety_of
from exercises.rules.drafts import Draft, Line, Safety, SideSeen, Wishes, reasons_once
from exercises.rules.numbers import rule_numbers
from exercises.rules.planning import draft
from exercises.rules.wording import Reason, because, words
from tests.builders_check import every_state_of_one_side, given, seen
from tests.exercises.builders import OWNS_EVERYTHING, a_check

Facts = Mapping[str, str]
LOW = {"flat", "low"}
SEEN = frozenset({"X1", "X2", "X3", "X4"})

# What each reason claims of a side, as a condition on the answers that were given for it.
CLAIMS: dict[str, Callable[[Facts], bool]] = {
    "because_knee_in_arch_rose": lambda f: f["knees"] == "in" and f["arch_turned"] == "higher",
    "because_knee_in_arch_stayed": lambda f: (
        f["knees"] == "in" and f["arch"] in LOW and f["arch_turned"] == "same"
    ),
    "because_arch_can_move": lambda f: (
        f["arch"] in LOW and "present" in {f.get("tiptoe_arch"), f.get("sitting_arch")}
    ),
    "because_knee_in": lambda f: f["knees"] == "in",
    "because_arch_low": lambda f: f["arch"] in LOW,
    "because_became_flatter": lambda f: f["arch"] in LOW and f["flatter"] == "yes",
    "because_no_rise": lambda f: f["arch"] in LOW and f["tiptoe_arch"] == "cannot",
    "because_stays_low": lambda f: f["arch"] in LOW and f["tiptoe_arch"] == f["sitting_arch"] == "absent",
    "because_hurt": lambda f: f["pain"] == "stop",
    "because_unclear": lambda f: f["rule"] in {"M8", "X5", "X6"},
    "because_general": lambda f: f["rule"] in {"M6", "M7"},
}


@cache
def sides() -> list[tuple[SideSeen, Facts]]:
    """Every different side a check can find: what planning takes of it, and the answers; one of those alike is enough."""
    found: dict[tuple[str | tuple[str, ...] | None, ...], tuple[SideSeen, Facts]] = {}
    for answers in every_state_of_one_side():
        result = evaluate(answers).left
        side = SideSeen(result.rule, arch=answers["arch"]["left"], locks=result.locks)
        facts = {key: next(iter(value.values())) for key, value in answers.items()} | {"rule": side.rule}
        alike = (side.rule, side.locks, *(facts.get(key) for key in ("knees", "arch", "tiptoe_arch")))
        found.setdefault(alike, (side, facts))
    return list(found.values())


def side_of(rule: str) -> SideSeen:
    return next(side for side, _ in sides() if side.rule == rule)


def a_plan(left: SideSeen, right: SideSeen, safety: Safety | None = None, *, trained: bool = False) -> Draft:
    cleared = safety or Safety(cleared=SEEN, start_at_zero=True)
    return draft(
        Wishes(owned=OWNS_EVERYTHING, minutes=30, check=a_check(left, right), safety=cleared, trained=trained)
    )


@cache
def plan_of(left: SideSeen, right: SideSeen) -> Draft:
    """The plan of a check, made once: a plan knows of a side no more than `SideSeen` holds."""
    return a_plan(left, right)


def whys(lines: tuple[Line, ...]) -> set[Reason]:
    return {reason for line in lines for reason in line.reasons if reason.key.startswith("because_")}


def test_every_outcome_of_the_table_is_tried() -> None:
    assert {side.rule for side, _ in sides()} == set(rule_numbers().outcomes) - {"no_check"}
    assert set(CLAIMS) == {
        why for one in rule_numbers().outcomes.values() for why in (one.why, one.low_arch_why) if why
    } - {"because_no_check"}


def test_a_reason_claims_only_what_was_seen_on_the_side_it_names() -> None:
    untrue = []
    for left, on_left in sides():
        for right, on_right in sides():
            for reason in whys(plan_of(left, right).lines):
                claim = CLAIMS[reason.key.removesuffix("_both")]
                of = {"left": on_left, "right": on_right}
                named = [of[str(reason.parameters["side"])]] if "side" in reason.parameters else of.values()
                if not all(claim(facts) for facts in named):
                    untrue.append((words(reason), on_left, on_right))

    assert not untrue


def test_what_stands_above_the_lines_never_contradicts_itself() -> None:
    wrong = []
    for left, right in product({side for side, _ in sides()}, repeat=2):
        above, own = reasons_once(plan_of(left, right).lines)
        said = " ".join(map(words, above))
        on_lines = " ".join(words(reason) for reasons in own for reason in reasons)
        made_from_it = "Because" in said or "We do not expect" in said
        if made_from_it and ("not made from" in said or "not made from" in on_lines):
            wrong.append((left, right, said))
        for side, found in (("left", left), ("right", right)):
            no_change = "We do not expect exercise to change your" in said
            if found.rule == "X4" and (not no_change or f"Because your {side} arch looked low" in said):
                wrong.append((left, right, said))
        if "Nothing you saw" in said or (
            "X4" in {left.rule, right.rule} and "both arches looked low" in said
        ):
            wrong.append((left, right, said))

    assert not wrong


def test_general_strength_beside_what_was_seen_is_the_rest() -> None:
    lines = a_plan(side_of("M4"), side_of("M7")).lines

    above, own = reasons_once(lines)

    said = [words(reason) for reason in above]
    assert said[0].startswith("Because your left arch looked low")
    assert said[1:] == ["The rest is for general strength."]
    by_exercise = {line.exercise: reasons for line, reasons in zip(lines, own, strict=True)}
    assert words(by_exercise["banded_walk"][0]) == "For general strength."


def test_a_reason_all_lines_share_is_said_above_them_only() -> None:
    above, own = reasons_once(a_plan(side_of("M1"), side_of("M1")).lines)

    assert [reason.key for reason in above] == ["because_knee_in_arch_rose_both"]
    assert not [reason for reasons in own for reason in reasons if reason in above]


def told() -> Iterator[tuple[str, SafetyState]]:
    """Each answer that makes exercises easier, seen about where it locks, with every second part; and its words."""
    for question in safety_content().questions.values():
        if not question.eases_exercises:
            continue
        for stage in [choice.value for choice in question.extra.choices] if question.extra else [""]:
            list_key = next(
                one.key for one in safety_content().lists.values() if question.key in one.questions
            )
            answered = given(1, on=list_key, stage=stage, **{question.key: Said.YES})
            cause = (question.extra.as_reason.get(stage) if question.extra else None) or question.as_reason
            yield str(cause), safety_state([answered], [seen(question.key, 2)], [])


@pytest.mark.parametrize("rule", sorted(set(rule_numbers().outcomes) - {"no_check"}))
def test_what_makes_a_line_easier_is_named_for_every_outcome(rule: str) -> None:
    side = side_of(rule)
    vague = []
    for cause, state in told():
        for trained in (True, False):
            safety = safety_of(state)
            plan = a_plan(side, side, safety, trained=trained)
            eased = {"dropped", "start_cap", "start_adapted"}
            reasons = [reason for line in plan.lines for reason in line.reasons if reason.key in eased]
            reasons += [left.reason for left in plan.left_out]
            vague += [words(reason) for reason in reasons if f"as {cause}." not in words(reason)]

    assert not vague


def test_a_reason_of_a_row_from_before_causes_were_kept_still_reads() -> None:
    assert words(because("start_cap")) == "It starts lower, as your safety answers ask for it."
