"""The second look: the same items again, what stands afterwards, and what may later be called a change.

What both looks agree on stands. Where they differ, a third look at that item decides, or else it is "not sure". Only
items and sides with a sure first answer are looked at again; no branch opens. Pure; design choices throughout
(facts E1: no study says how reliable the check is).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from assessments.rules.questionnaire import (
    PAIN,
    SIDES,
    UNSURE,
    Answers,
    is_stopped_by_pain,
    is_without_pain,
    pain_that_stops,
    questionnaire,
)
from assessments.rules.safety import Checked
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
        """What is looked at a third time: where the second look differs from the first."""
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
        """Every page known so far: those of the third look are known once the second is done."""
        steps = _steps("second", self.items())
        return steps if self.open_step(steps) is not None else [*steps, *_steps("third", self.differing())]

    def open_step(self, steps: list[LookStep]) -> int | None:
        """The number (from 0) of the first question of these steps that is not answered."""
        for number, step in enumerate(steps):
            given = (self.second if step.look == "second" else self.third).get(step.page, {})
            if not all(side in given for side in step.sides):
                return number
        return None

    def step_due(self) -> int:
        """The number (from 0) of the page to show next: the first open question, or what to do before it."""
        steps = self.steps()
        due = self.open_step(steps) or 0
        return due - 1 if due and not steps[due - 1].asks else due

    def with_answer(self, step: LookStep, given: Mapping[str, str]) -> "Looks":
        """The looks with one more answer; another answer of the second look drops the third look at that item."""
        if step.look == "third":
            return replace(self, third={**self.third, step.page: given})
        third = {item: sides for item, sides in self.third.items() if item != step.page}
        return replace(self, second={**self.second, step.page: given}, third=third)

    def stopped_by_pain(self, where: str) -> "Looks":
        """The looks as they end when it hurts: the pain counts as if the first look had found it."""
        return replace(self, first={**self.first, PAIN: pain_that_stops(where)})

    def is_done(self) -> bool:
        """Whether nothing is left to ask."""
        return self.open_step(self.steps()) is None

    def answers_that_stand(self) -> dict[str, dict[str, str]]:
        """The answers of the check after all looks; what an unfinished look left open stays as it was."""
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
    """Each page that says what to do comes once, before the questions that need it."""
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
    """The last do page before a question in the check."""
    check = questionnaire()
    before = check.order[: check.order.index(check.page_of(item))]
    return next((page for page in reversed(before) if page in check.do_pages), "")


def settled(looks: Looks, first: Result) -> tuple[dict[str, dict[str, str]], Result]:
    """The answers and the result that stand after the looks.

    A rule of the first look that asks a person to be seen keeps asking: looking again may add such a rule, and never
    removes one.
    """
    answers = looks.answers_that_stand()
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


@dataclass(frozen=True)
class FinishedLook:
    """What a finished check, or its finished second look, found.

    on       its local date
    answers  those that stand after it
    """

    on: date
    at: datetime
    answers: Answers
    result: Result


def may_look_again(looks: Looks, finished: Sequence[FinishedLook], *, is_only_check: bool) -> bool:
    """Whether there can be a second look: of the first check only, until a later one is finished.

    There is none of a check that hurt: a second look opens no lock, a new check without pain does.
    """
    return is_only_check and len(finished) == 1 and hurt_on(finished) is None and bool(looks.items())


def hurt_on(finished: Sequence[FinishedLook]) -> date | None:
    """The local date on which a check, or its second look, ended because it hurt; None when neither did."""
    return next((look.on for look in finished if is_stopped_by_pain(look.answers)), None)


def checks_of(finished: Sequence[FinishedLook]) -> list[Checked]:
    """A finished check as the safety rules take it: what its first look found, and when.

    What only a later look found counts from then: a visit in between was not about it, and days that are past
    stay as they were.
    """
    first, *later = finished
    checks = [Checked(first.on, first.at, first.result.locks, without_pain=is_without_pain(first.answers))]
    for look in later:
        if added := tuple(rule for rule in look.result.locks if rule not in first.result.locks):
            checks.append(Checked(look.on, look.at, added, without_pain=False))
    return checks


class LookDifference(StrEnum):
    """What may be said of two answers to the same question."""

    NOTHING = "nothing"  # one of them was not asked, or was not sure
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
