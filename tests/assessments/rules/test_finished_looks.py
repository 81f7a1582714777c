"""What the finished looks of one check mean: whether there may be another, on which day it hurt, what they lock."""

from datetime import UTC, date, datetime

import pytest

from assessments.rules.questionnaire import Answers, pain_that_stops
from assessments.rules.scoring import Result, SideResult
from assessments.rules.second_look import (
    FinishedLook,
    Looks,
    LookStep,
    checks_of,
    hurt_on,
    may_look_again,
)
from tests.world import CHECK

HURTS: Answers = {**CHECK, "pain": pain_that_stops("left")}
UNSURE: Answers = {"knees": {"left": "unsure", "right": "unsure"}}
FIRST_DAY, SECOND_DAY = date(2026, 11, 23), date(2026, 11, 25)


def look(on: date = FIRST_DAY, answers: Answers = CHECK, locks: tuple[str, ...] = ()) -> FinishedLook:
    side = SideResult("M7", locks)
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return FinishedLook(on, at, answers, Result(side, SideResult("M7"), ()))


def looks(answers: Answers = CHECK) -> Looks:
    return Looks(first=answers, second={}, third={})


@pytest.mark.parametrize(
    ("answers", "finished", "is_only_check", "may"),
    [
        (CHECK, [look()], True, True),
        (CHECK, [look()], False, False),
        (CHECK, [look(), look(SECOND_DAY)], True, False),
        (HURTS, [look(answers=HURTS)], True, False),
        (UNSURE, [look(answers=UNSURE)], True, False),
    ],
    ids=["first", "a later check", "looked twice", "it hurt", "nothing sure"],
)
def test_only_the_first_check_may_be_looked_at_again(
    answers: Answers, finished: list[FinishedLook], *, is_only_check: bool, may: bool
) -> None:
    assert may_look_again(looks(answers), finished, is_only_check=is_only_check) is may


@pytest.mark.parametrize(
    ("finished", "on"),
    [
        ([look()], None),
        ([look(answers=HURTS)], FIRST_DAY),
        ([look(), look(SECOND_DAY)], None),
        ([look(), look(SECOND_DAY, HURTS)], SECOND_DAY),
    ],
)
def test_pain_is_of_the_day_of_the_look_that_it_ended(finished: list[FinishedLook], on: date | None) -> None:
    assert hurt_on(finished) == on


def test_rule_that_only_the_second_look_found_locks_from_then() -> None:
    first, second = look(locks=("X2",)), look(SECOND_DAY, locks=("X2", "X3"))

    checks = checks_of([first, second])

    assert [(check.on, check.at, check.locks) for check in checks] == [
        (FIRST_DAY, first.at, ("X2",)),
        (SECOND_DAY, second.at, ("X3",)),
    ]


def test_second_look_that_finds_nothing_new_is_no_check_of_its_own() -> None:
    assert checks_of([look(), look(SECOND_DAY)]) == checks_of([look()])


@pytest.mark.parametrize(("pain", "without"), [("none", True), ("a_little", False)])
def test_check_counts_as_without_pain_by_its_first_look(pain: str, *, without: bool) -> None:
    answers = {**CHECK, "pain": {"value": pain}}

    assert [check.without_pain for check in checks_of([look(answers=answers)])] == [without]


def test_another_answer_in_the_second_look_drops_the_third_look_at_that_item_only() -> None:
    before = Looks(
        first=CHECK,
        second={"arch": {"left": "normal"}, "knees": {"left": "out"}},
        third={"arch": {"left": "low"}, "knees": {"left": "in"}},
    )

    after = before.with_answer(LookStep("second", "arch", ("left",)), {"left": "flat"})

    assert after.second == {"arch": {"left": "flat"}, "knees": {"left": "out"}}
    assert after.third == {"knees": {"left": "in"}}


def test_page_due_is_what_to_do_before_the_first_open_question() -> None:
    begun = looks()
    one_answered = begun.with_answer(LookStep("second", "knees"), {"left": "in", "right": "forward"})

    assert [begun.steps()[each.step_due()].page for each in (begun, one_answered)] == ["set_up", "arch"]
