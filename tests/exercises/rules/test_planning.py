"""From outcome, safety and equipment to a draft plan."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.rules.catalogue import catalogue
from exercises.rules.drafts import Draft, LineChange, LineChangeKind, Previous, Safety, SideSeen, Wishes
from exercises.rules.numbers import rule_numbers
from exercises.rules.planning import RESTS, draft, spare_lines, start_choices
from exercises.rules.wording import Refused, because, words
from tests.exercises.builders import (
    KNEE_IN_ARCH_ROSE,
    LOW_ARCH,
    OWNS_EVERYTHING,
    OWNS_NOTHING,
    a_check,
    owns,
)

HIPS = ["side_lying_abduction", "banded_walk", "bridge", "deadlift", "hip_circle"]
HIPS_AND_FEET = [
    *("side_lying_abduction", "short_foot", "banded_walk", "heel_raise", "bridge", "deadlift", "hip_circle"),
]
FEET = ["short_foot", "heel_raise", "bridge", "side_lying_abduction"]


def wishes(**known: Any) -> Wishes:
    return Wishes(**{"owned": OWNS_EVERYTHING, "minutes": 30, **known})


def side(rule: str, **seen: Any) -> SideSeen:
    return SideSeen(rule, **seen)


def planned(of: Draft) -> list[str]:
    return [line.exercise for line in of.lines]


def start_of(of: Draft, exercise: str) -> int:
    line = next(line for line in of.lines if line.exercise == exercise)
    return catalogue().rung(exercise, line.rung).number


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("M1", HIPS_AND_FEET),
        ("M2", FEET),
        ("M2b", FEET),
        ("M3", HIPS),
        ("M4", FEET),
        ("M5", FEET),
        ("M6", HIPS),
        ("M7", HIPS),
        ("M8", HIPS),
        ("X5", HIPS),
        ("X6", HIPS),
    ],
)
def test_each_outcome_has_its_lines(rule: str, lines: list[str]) -> None:
    assert planned(draft(wishes(check=a_check(side(rule), side(rule))))) == lines


@pytest.mark.parametrize("rule", ["M8", "X5", "X6"])
def test_a_low_arch_turns_an_unclear_outcome_to_the_feet(rule: str) -> None:
    seen = side(rule, arch="flat")

    plan = draft(wishes(check=a_check(seen, seen)))

    assert planned(plan) == FEET
    assert words(plan.lines[0].reasons[0]) == "Because both arches looked low on 12 September."


@pytest.mark.parametrize("rule", ["X1", "X2", "X3", "X4"])
def test_clinician_outcomes_lock_until_cleared_and_then_start_at_the_bottom(rule: str) -> None:
    check = a_check(side(rule, arch="low"))

    locked = draft(wishes(check=check))
    opened = draft(wishes(check=check, trained=True, safety=Safety(cleared=frozenset({rule}))))

    assert locked.locks == (rule,)
    assert opened.locks == ()
    assert start_of(opened, "bridge") == 0


def test_every_lock_that_matched_counts_not_only_the_named_one() -> None:
    check = a_check(side("X1", locks=("X1", "X4")))

    assert draft(wishes(check=check, safety=Safety(cleared=frozenset({"X1"})))).locks == ("X4",)


def test_two_sides_the_earlier_rule_first_then_what_the_other_adds() -> None:
    plan = draft(wishes(check=a_check(LOW_ARCH, KNEE_IN_ARCH_ROSE)))

    assert planned(plan) == HIPS_AND_FEET
    assert plan.first_side == "right"
    assert [line.exercise for line in plan.offered] == ["small_squat", "march"]


@pytest.mark.parametrize(
    ("rule", "offered"),
    [
        ("M1", ["small_squat", "march"]),
        ("M2", ["banded_walk", "deadlift", "hip_circle"]),
        ("M3", ["small_squat", "short_foot", "heel_raise", "march"]),
        ("M6", ["short_foot", "heel_raise", "march"]),
    ],
)
def test_small_squat_is_offered_where_a_kneecap_looked_in_and_could_be_turned(
    rule: str, offered: list[str]
) -> None:
    plan = draft(wishes(check=a_check(side(rule), side(rule))))

    assert [line.exercise for line in plan.offered] == offered


def test_planned_beats_offered_and_offered_not_planned_beats_planned() -> None:
    check = a_check(side("X3", arch="low"), KNEE_IN_ARCH_ROSE)

    plan = draft(wishes(check=check))

    assert "deadlift" in planned(plan)
    assert "heel_raise" not in planned(plan)
    assert "heel_raise" in [line.exercise for line in plan.offered]


def test_a_line_says_what_was_seen_and_when() -> None:
    plan = draft(wishes(check=a_check(KNEE_IN_ARCH_ROSE)))

    assert words(plan.lines[0].reasons[0]) == (
        "Because your left kneecap looked in on 12 September, "
        "and the arch rose when you turned the thigh out."
    )


# --- start ---


@pytest.mark.parametrize(
    ("known", "number"),
    [
        ({}, 1),
        ({"trained": True}, 2),
        ({"over_65": True}, 0),
        ({"safety": Safety(adapted_by="RF19")}, 0),
        ({"over_65": True, "safety": Safety(adapted_by="RF19")}, 0),
        ({"trained": True, "over_65": True}, 1),
        ({"trained": True, "safety": Safety(start_at_zero=True)}, 0),
        ({"safety": Safety(with_limits=True)}, 0),
        ({"trained": True, "safety": Safety(caps={"bridge": 1})}, 1),
        ({"previous": Previous({"bridge": "march"})}, 5),
        ({"previous": Previous({"bridge": "gone"})}, 0),
    ],
)
def test_where_a_line_starts(known: dict[str, Any], number: int) -> None:
    assert start_of(draft(wishes(**known)), "bridge") == number


def test_the_deadlift_always_starts_at_the_stick() -> None:
    assert start_of(draft(wishes(trained=True)), "deadlift") == 0


def test_a_start_is_raised_to_the_ladders_lowest_rung() -> None:
    plan = draft(wishes(over_65=True, check=a_check(LOW_ARCH, LOW_ARCH)))

    assert start_of(plan, "short_foot") == 1


def test_a_start_goes_down_to_what_is_owned_and_says_so() -> None:
    plan = draft(wishes(owned=owns("wall_or_chair"), trained=True))

    assert start_of(plan, "banded_walk") == 0
    line = next(line for line in plan.lines if line.exercise == "banded_walk")
    assert "It starts lower, as you do not have a light band or a medium band." in [
        words(reason) for reason in line.reasons
    ]


def test_without_equipment_for_a_line_it_is_offered_with_what_is_missing() -> None:
    plan = draft(wishes(owned=OWNS_NOTHING))

    offered = {line.exercise: words(line.reasons[0]) for line in plan.offered}
    assert planned(plan) == ["side_lying_abduction", "bridge", "hip_circle"]
    assert offered["deadlift"] == "To do it you need a wall or a firm chair, and a stick."


# --- safety ---


def test_dropped_exercises_are_left_out_and_cannot_be_added() -> None:
    safety = Safety(dropped=frozenset({"banded_walk", "deadlift"}), support="two_hands")
    add = LineChange(LineChangeKind.ADD, "deadlift")

    plan = draft(wishes(safety=safety))

    assert [left.exercise for left in plan.left_out] == ["banded_walk", "deadlift"]
    said = {line.exercise: [reason.key for reason in line.reasons] for line in plan.lines}
    assert "two_hands" in said["hip_circle"]
    assert "two_hands" not in said["side_lying_abduction"]
    with pytest.raises(Refused, match="cannot be added"):
        draft(wishes(safety=safety, changes=(add,)))


def test_too_few_lines_are_filled_from_offered_and_extras() -> None:
    safety = Safety(dropped=frozenset({"side_lying_abduction", "banded_walk", "deadlift", "hip_circle"}))

    plan = draft(wishes(safety=safety))

    assert planned(plan) == ["bridge", "short_foot"]
    assert plan.lines[1].reasons[0].key == "fills_in"


def test_fill_never_uses_what_is_not_to_be_planned() -> None:
    dropped = frozenset({*HIPS, "short_foot", "march"})
    safety = Safety(dropped=dropped - {"bridge"}, offered_not_planned=frozenset({"heel_raise"}))

    plan = draft(wishes(safety=safety))

    assert planned(plan) == ["bridge"]
    assert [note.key for note in plan.notes] == ["one_line_only"]


# --- minutes, changes ---


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("M1", ["side_lying_abduction", "short_foot", "bridge"]),
        ("M2", ["short_foot", "bridge", "side_lying_abduction"]),
        ("M3", ["side_lying_abduction", "banded_walk", "bridge"]),
    ],
)
def test_ten_minutes_have_at_most_three_lines_the_most_important_first(rule: str, lines: list[str]) -> None:
    plan = draft(wishes(minutes=10, check=a_check(side(rule), side(rule))))

    assert planned(plan) == lines
    rests = {line.exercise for line in plan.offered if line.reasons[0] == because(RESTS)}
    assert set(rule_numbers().outcome(rule).lines) - set(lines) == rests


def test_other_minutes_are_refused_in_words() -> None:
    with pytest.raises(Refused, match="10, 20, 30, 45 minutes"):
        draft(wishes(minutes=15))


def test_a_person_may_add_remove_and_choose_a_rung() -> None:
    changes = (
        LineChange(LineChangeKind.ADD, "march"),
        LineChange(LineChangeKind.REMOVE, "hip_circle"),
        LineChange(LineChangeKind.RUNG, "bridge", "small_lift"),
    )

    plan = draft(wishes(changes=changes))

    assert planned(plan) == ["side_lying_abduction", "banded_walk", "bridge", "deadlift", "march"]
    assert start_of(plan, "bridge") == 0
    assert "hip_circle" in [line.exercise for line in plan.offered]


def test_by_hand_is_at_most_one_higher() -> None:
    allowed = [rung.number for rung in start_choices("bridge", wishes())]
    too_high = LineChange(LineChangeKind.RUNG, "bridge", "knees_apart_hold")

    assert allowed == [0, 1, 2]
    with pytest.raises(Refused):
        draft(wishes(changes=(too_high,)))


def test_an_empty_plan_is_refused() -> None:
    gone = tuple(LineChange(LineChangeKind.REMOVE, key) for key in HIPS)

    with pytest.raises(Refused, match="at least one exercise"):
        draft(wishes(changes=gone))


def test_spare_lines_are_neither_planned_nor_dropped() -> None:
    asked = wishes(safety=Safety(dropped=frozenset({"march"})))

    spare = spare_lines(draft(asked), asked)

    assert [line.exercise for line in spare] == ["short_foot", "heel_raise"]


# --- invariants ---

seen = st.builds(
    SideSeen,
    rule=st.sampled_from([key for key in rule_numbers().outcomes if key != "no_check"]),
    arch=st.sampled_from(["flat", "low", "normal", "high", None]),
)
caps = st.dictionaries(st.sampled_from([*HIPS, "short_foot", "heel_raise", "march"]), st.integers(0, 4))
dropped = st.frozensets(st.sampled_from([*HIPS, "march"]), max_size=4)
things = st.frozensets(st.sampled_from(sorted(OWNS_EVERYTHING.things)))


@given(seen, seen, caps, dropped, things, st.sampled_from([10, 20, 30, 45]), st.booleans(), st.booleans())
def test_no_plan_breaks_safety_or_needs_what_is_not_owned(  # noqa: PLR0917  (Hypothesis fills them)
    left: SideSeen,
    right: SideSeen,
    capped: dict[str, int],
    gone: frozenset[str],
    owned_things: frozenset[str],
    minutes: int,
    trained: bool,  # noqa: FBT001
    over_65: bool,  # noqa: FBT001
) -> None:
    owned = OWNS_EVERYTHING.model_copy(update={"things": owned_things})
    asked = wishes(
        owned=owned,
        minutes=minutes,
        check=a_check(left, right),
        safety=Safety(caps=capped, dropped=gone),
        trained=trained,
        over_65=over_65,
    )
    try:
        plan = draft(asked)
    except Refused as refused:
        assert refused.reason.key == "plan_empty"  # noqa: PT017
        return

    for line in plan.lines:
        rung = catalogue().rung(line.exercise, line.rung)
        assert line.exercise not in gone
        assert rung.number <= capped.get(line.exercise, 99)
        assert owned.has(rung)
        assert all("{" not in words(reason) for reason in line.reasons)
    assert len(planned(plan)) == len(set(planned(plan)))
    assert draft(replace(asked, changes=())) == plan
