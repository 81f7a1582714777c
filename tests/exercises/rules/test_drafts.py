"""What safety answers say about lines, now and since when they say so no more."""

from datetime import date

import pytest

from assessments.rules.safety_past import EffectPeriod
from exercises.rules.catalogue import catalogue
from exercises.rules.drafts import Safety
from exercises.rules.planning import limits
from tests.exercises.builders import day

BRIDGE = catalogue().exercise("bridge")
HEEL_RAISE = catalogue().exercise("heel_raise")


@pytest.mark.parametrize(
    ("period", "safety", "expected"),
    [
        (EffectPeriod("bridge", day(0), day(5)), Safety(), {"bridge": (day(0), day(5))}),
        (EffectPeriod("bridge", day(0)), Safety(), {}),
        (EffectPeriod("bridge", day(0), day(5)), Safety(caps={"bridge": 1}), {}),
        (EffectPeriod("bridge", day(0), day(5)), Safety(dropped=frozenset({"bridge"})), {}),
    ],
    ids=["kept low no more", "kept low still", "kept low again", "left out now"],
)
def test_lifted_is_what_was_kept_low_and_is_so_no_more(
    period: EffectPeriod, safety: Safety, expected: dict[str, tuple[date, date]]
) -> None:
    assert safety.lifted([period]) == expected


def test_a_line_says_how_far_it_goes_and_what_to_hold_on_to_while_standing() -> None:
    safety = Safety(caps={"bridge": 1}, support="two_hands")

    assert [one.key for one in limits(BRIDGE, BRIDGE.lowest, safety)] == ["only_to"]
    assert [one.key for one in limits(HEEL_RAISE, HEEL_RAISE.lowest, safety)] == ["two_hands"]
    assert limits(BRIDGE, BRIDGE.lowest, Safety()) == []
