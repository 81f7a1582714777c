"""What two checks may be said to show, whatever was answered; nothing is called a change that may be chance."""

import itertools
import re
from collections.abc import Iterator

import pytest

from assessments.rules.drawn import side_by_side
from assessments.rules.questionnaire import SIDES, UNSURE, questionnaire
from assessments.rules.scoring import decision_table
from assessments.rules.second_look import LookDifference, Looks
from assessments.rules.then_and_now import Compared, compare, page
from tests.builders_check import Answered, answers
from tests.outcomes import FEET

ITEMS = questionnaire().second_look.items
VALUES = {key: [*questionnaire().questions[key].values, None] for key in ITEMS}
HEIGHTS = decision_table().arch_heights


def steady(first: Answered) -> Looks:
    """Two looks that saw the same."""
    return Looks(first=first, second={item: first[item] for item in ITEMS if item in first}, third={})


def wavering(first: Answered) -> Looks:
    """Two looks that agree on nothing."""
    return Looks(first=first, second={item: dict.fromkeys(SIDES, UNSURE) for item in ITEMS}, third={})


def one_item(item: str, left: str | None, right: str | None) -> Answered:
    given = {side: value for side, value in (("left", left), ("right", right)) if value}
    return {item: given} if given else {}


def every_pair() -> Iterator[tuple[str, Answered, Answered]]:
    """Each item with every answer on both sides, then and now."""
    for item, values in VALUES.items():
        for left, right, left_now, right_now in itertools.product(values, repeat=4):
            yield item, one_item(item, left, right), one_item(item, left_now, right_now)


def is_true(heading: str, item: str, then: Answered, now: Answered) -> bool:
    """Whether each sentence of a heading that names a difference is so."""
    for sentence in re.split(r"(?<=\.)\s", heading.removesuffix(", which may be chance")):
        named = re.search(r"\b(left|right)\b", sentence)
        for side in [named[1]] if named else SIDES:
            before, after = then[item][side], now[item][side]
            match item:
                case "arch":
                    rose = HEIGHTS.index(after) > HEIGHTS.index(before)
                    fits = f"looked {'higher' if rose else 'lower'}" in sentence and before != after
                case "knees":
                    fits = f"looked {after}" in sentence and before != after
                case _:
                    words = {"higher": " rose ", "same": " stayed as ", "lower": " looked lower "}
                    fits = words[after] in sentence and before != after
            if not fits:
                return False
    return True


@pytest.mark.parametrize("looks_of", [steady, wavering, None])
def test_heading_is_true_of_every_pair_of_answers(looks_of: object) -> None:
    words = page()
    general = {one.heading for one in (words.no_clear_change, words.same, words.nothing, words.looked_once)}
    reached = set()
    for item, then, now in every_pair():
        looks = looks_of(then) if callable(looks_of) else None
        compared = compare(then, now, looks)
        reached.add(compared.text)

        pairs = [
            (then.get(item, {}).get(side, UNSURE), now.get(item, {}).get(side, UNSURE)) for side in SIDES
        ]
        sure = [(before, after) for before, after in pairs if UNSURE not in (before, after)]
        if compared.heading not in general:
            assert is_true(compared.heading, item, then, now), (compared.heading, then, now)
            assert looks_of is not wavering
        assert (compared.text is words.nothing) == (not sure)
        assert (compared.text is words.same) == (bool(sure) and all(one == two for one, two in sure))
        assert ("chance" in compared.heading) == (compared.text is words.looked_once)

    differs = {steady: words.changed, wavering: words.no_clear_change, None: words.looked_once}[looks_of]  # type: ignore[index]
    assert reached == {words.nothing, words.same, differs}


def compared(then: dict[str, str], now: dict[str, str], *, looked_twice: bool = True) -> Compared:
    """Two checks of two feet alike on both sides, but for the answers of `now` on the left."""
    first = answers(left=then, right=then)
    return compare(first, answers(left=now, right=then), steady(first) if looked_twice else None)


def test_change_is_the_heading_and_stands_out_in_the_table() -> None:
    found = compared(FEET["M4"], FEET["M4"] | {"arch": "flat"})

    assert found.heading == "Your left arch looked lower"
    assert found.differing == {("arch", "left")}
    assert [
        (row.question.key, row.sides, row.said) for row in found.answers if row.question.key == "arch"
    ] == [
        ("arch", ("left",), LookDifference.CHANGED),
        ("arch", ("right",), LookDifference.SAME),
    ]


def test_two_changes_are_two_sentences() -> None:
    found = compared(FEET["M7"], FEET["M7"] | {"knees": "out", "arch": "high"})

    assert found.heading == "Your left arch looked higher. This time your left kneecap looked out."


def test_one_look_may_be_chance() -> None:
    found = compared(FEET["M7"], FEET["M7"] | {"arch": "high"}, looked_twice=False)

    assert found.heading == "Your left arch looked higher, which may be chance"
    assert found.text is page().looked_once


def test_difference_in_what_was_never_looked_at_twice_is_no_clear_change() -> None:
    found = compared(FEET["M7"], FEET["M7"] | {"toes": "out"})

    assert found.heading == "No clear change"
    assert found.differing == {("toes", "left")}


def test_several_differences_of_one_look_are_not_all_named() -> None:
    found = compared(FEET["M7"], FEET["M7"] | {"arch": "high", "knees": "out"}, looked_twice=False)

    assert found.heading == "Some answers differ, which may be chance"


def test_sides_alike_stand_in_one_row_of_the_table() -> None:
    found = compared(FEET["M4"], FEET["M4"])

    assert found.heading == "Both checks look the same"
    assert all(row.sides == SIDES for row in found.answers)


# --- drawn --------------------------------------------------------------------------------------------


Marks = tuple[str, list[bool], list[bool]]
"""The stage, and which kneecaps and feet are marked."""


def marks(then: dict[str, str], now: dict[str, str]) -> list[Marks]:
    first, later = answers(left=then, right=then), answers(left=now, right=then)
    drawn = side_by_side(first, later, compare(first, later, steady(first)).differing)
    return [
        (stage.name, [knee.moved for knee in stage.knees], [foot.moved for foot in stage.feet])
        for stage in drawn
        if stage
    ]


def test_what_differs_is_marked_in_both_mirrors() -> None:
    one: Marks = ("stood", [False, False], [True, False])

    assert marks(FEET["M4"], FEET["M4"] | {"arch": "flat"}) == [one, one]


def test_where_only_the_turned_arch_differs_the_turned_mirrors_are_drawn() -> None:
    one: Marks = ("turned", [], [True, False])

    assert marks(FEET["M1"], FEET["M1"] | {"arch_turned": "same"}) == [one, one]


def test_check_that_was_not_looked_at_has_no_mirror() -> None:
    assert (
        side_by_side({"pain": {"value": "stop"}}, answers(left=FEET["M7"], right=FEET["M7"]), set())[0]
        is None
    )
