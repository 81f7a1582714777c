"""The second look: the same items once more, what stands after it, and what may later be called a change.

What both looks agree on stands. Where they differ a third look at that item decides, else it is "not sure". Only
items and sides with a sure first answer are looked at again; no branch opens. Pure; a design choice throughout
(facts E1: no study says how reliable the check is).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assessments.rules.questionnaire import SIDES, UNSURE, Answers, questionnaire
from assessments.rules.scoring import Result, evaluate

Sides = tuple[str, ...]


@dataclass(frozen=True)
class LookStep:
    """One page of a second or third look: something to do, or a question for some sides.

    look  "second" or "third"
    """

    look: str
    page: str
    sides: Sides = ()

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return bool(self.sides)


@dataclass(frozen=True)
class Looks:
    """What was answered so far, question -> side -> value; `first` is the whole first check."""

    first: Answers
    second: Answers
    third: Answers

    def items(self) -> dict[str, Sides]:
        """What is looked at a second time: each item with the sides that had a sure answer."""
        return {
            item: sides
            for item in questionnaire().second_look.items
            if (
                sides := tuple(side for side in SIDES if self.first.get(item, {}).get(side, UNSURE) != UNSURE)
            )
        }

    def differing(self) -> dict[str, Sides]:
        """What is looked at a third time: where the second look said something else than the first."""
        return {
            item: sides
            for item, asked in self.items().items()
            if (sides := tuple(side for side in asked if not self.agree(item, side)))
        }

    def agree(self, item: str, side: str) -> bool:
        """Whether both looks saw the same."""
        second = self.second.get(item, {}).get(side)
        return second is not None and second == self.first.get(item, {}).get(side)

    def steps(self) -> list[LookStep]:
        """Every page as far as it is known: the third look is known when the second is done."""
        steps = _steps("second", self.items())
        return steps if self.open_step(steps) is not None else [*steps, *_steps("third", self.differing())]

    def open_step(self, steps: list[LookStep]) -> int | None:
        """The number (from 0) of the first question of these steps that is not answered."""
        for number, step in enumerate(steps):
            given = (self.second if step.look == "second" else self.third).get(step.page, {})
            if not all(side in given for side in step.sides):
                return number
        return None

    def is_done(self) -> bool:
        """Whether nothing is left to ask."""
        return self.open_step(self.steps()) is None

    def standing(self) -> dict[str, dict[str, str]]:
        """The answers of the check after all looks; what a look that was broken off left open stays as it was."""
        answers = {question: dict(given) for question, given in self.first.items()}
        for item, sides in self.items().items():
            for side in sides:
                if side in self.second.get(item, {}):
                    answers[item][side] = self._decided(item, side)
        return questionnaire().kept(answers)

    def _decided(self, item: str, side: str) -> str:
        first, second = self.first[item][side], self.second[item][side]
        third = self.third.get(item, {}).get(side)
        return first if first == second else third if third in {first, second} and third else UNSURE


def _steps(look: str, items: Mapping[str, Sides]) -> list[LookStep]:
    """What to do stands before the questions that need it, once."""
    steps: list[LookStep] = []
    shown = ""
    for item, sides in items.items():
        do = _do_page_for(item)
        if do and do != shown:
            steps.append(LookStep(look, do))
            shown = do
        steps.append(LookStep(look, item, sides))
    return steps


def _do_page_for(item: str) -> str:
    """The last do page of the check that stands before a question."""
    check = questionnaire()
    before = check.order[: check.order.index(item)]
    return next((page for page in reversed(before) if page in check.do_pages), "")


def settled(looks: Looks, first: Result) -> tuple[dict[str, dict[str, str]], Result]:
    """The answers and the result that stand after the looks.

    A rule of the first look that asks a person to be seen goes on doing so: looking again may add one, and never
    takes one away.
    """
    answers = looks.standing()
    result = evaluate(answers)
    left, right = (
        replace(
            result.side(side), locks=tuple(dict.fromkeys([*first.side(side).locks, *result.side(side).locks]))
        )
        for side in SIDES
    )
    comparisons = tuple(
        dict.fromkeys(["B1", *result.comparisons] if left.locks or right.locks else result.comparisons)
    )
    return answers, replace(result, left=left, right=right, comparisons=comparisons)


class LookDifference(StrEnum):
    """What may be said of two answers to the same question."""

    NOTHING = "nothing"  # one of them was not asked, or not sure
    SAME = "same"
    CHANGED = "changed"
    NO_CLEAR_CHANGE = "no_clear_change"
    LOOKED_ONCE = "looked_once"


def difference(then: str | None, now: str | None, *, steady: bool | None) -> LookDifference:
    """What may be said of an answer then and now.

    steady  whether both looks of the first check agreed on this item and side; None without a second look
    """
    if then is None or now is None or UNSURE in {then, now}:
        return LookDifference.NOTHING
    if then == now:
        return LookDifference.SAME
    if steady is None:
        return LookDifference.LOOKED_ONCE
    return LookDifference.CHANGED if steady else LookDifference.NO_CLEAR_CHANGE
