"""A check is drawn from its answers, and nothing is drawn that was not seen."""

from pathlib import Path

from assessments.rules.drawn import Drawn, Stage, stages, stood
from assessments.rules.questionnaire import UNSURE
from assessments.rules.scoring import decision_table, evaluate
from tests.builders_check import Answered, answers, every_state_of_one_side
from tests.outcomes import FEET, OUTCOMES

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


def drawn(answered: Answered) -> list[Stage]:
    """The stages of a check as its result shows them."""
    result = evaluate(answered)
    keys = (*result.locks, result.left.rule, result.right.rule)
    return stages(answered, [rule for key in keys if (rule := decision_table().rule(key))])


def names(answered: Answered) -> list[str]:
    return [stage.name for stage in drawn(answered)]


def test_arch_that_rose_is_drawn_one_height_further_beside_a_kneecap_that_looks_forward() -> None:
    one, other = drawn(OUTCOMES["M1, both"])

    assert (one.name, one.legs) == ("stood", "figures/legs-in-in.svg")
    assert one.feet == [Drawn("figures/arch-left-low.svg", "Low"), Drawn("figures/arch-right-low.svg", "Low")]
    assert (other.name, other.legs) == ("turned", "figures/legs-forward-forward.svg")
    assert other.feet[0] == Drawn("figures/arch-left-normal.svg", "Higher than before", moved=True)


def test_side_that_was_not_turned_stands_as_it_stood_and_its_foot_is_left_out() -> None:
    turned = drawn(OUTCOMES["M1, left"])[1]

    assert turned.legs == "figures/legs-forward-forward.svg"
    assert turned.feet[1] == Drawn("", "Not asked")


def test_highest_arch_that_rose_and_flattest_that_sank_stay_what_they_are() -> None:
    high = drawn(OUTCOMES["M3, both"])[1]
    flat = drawn(answers(left=FEET["X5"] | {"arch": "flat"}, right=FEET["X5"]))[1]

    assert high.feet[0].picture == "figures/arch-left-high.svg"
    assert [foot.picture for foot in flat.feet] == [
        "figures/arch-left-flat.svg",
        "figures/arch-right-low.svg",
    ]


def test_not_sure_is_left_out_of_the_picture() -> None:
    stage = stood(OUTCOMES["M8, left"])

    assert stage is not None
    assert stage.legs == "figures/legs-unsure-forward.svg"
    assert stage.feet[0] == Drawn("", "Not sure")
    assert [knee.words for knee in stage.knees] == ["Not sure", "Forward"]


def test_whoever_could_not_turn_is_drawn_as_they_stood_only() -> None:
    assert names(OUTCOMES["X6, both"]) == ["stood"]


def test_one_who_could_turn_one_side_keeps_the_other_kneecap_where_it_was() -> None:
    turned = drawn(answers(left=FEET["M1"], right=FEET["X6"]))[1]

    assert turned.legs == "figures/legs-forward-in.svg"


def test_tiptoe_and_sitting_are_drawn_where_the_finding_goes_by_them() -> None:
    assert names(OUTCOMES["M4, both"]) == ["stood", "tiptoe_arch"]
    assert names(OUTCOMES["M2b, both"]) == ["stood", "turned", "tiptoe_arch", "sitting_arch"]
    assert names(OUTCOMES["X4, left"]) == ["stood", "tiptoe_arch", "sitting_arch"]
    assert names(OUTCOMES["M1, both"]) == ["stood", "turned"]


def test_check_that_ended_before_anything_was_looked_at_has_no_picture() -> None:
    assert names(OUTCOMES["X1, at once"]) == []
    assert names(OUTCOMES["X1, after the toes"]) == []


def test_every_picture_of_every_state_exists() -> None:
    pictures = set()
    for state in every_state_of_one_side():
        both = answers(
            left={key: given["left"] for key, given in state.items() if "left" in given},
            right={"knees": UNSURE, "arch": "normal"},
        )
        for stage in drawn(both):
            pictures |= {stage.legs, *(foot.picture for foot in stage.feet)}

    assert len(pictures) > 12
    assert [name for name in pictures - {""} if not (TEMPLATES / name).is_file()] == []
