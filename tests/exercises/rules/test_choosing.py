"""When a countable check answers the question before a step."""

import pytest

from assessments.rules.counting import Counted, CountedDay
from exercises.rules.catalogue import catalogue
from exercises.rules.choosing import answered_by_count
from tests.exercises.builders import day

ASKS = next(rung for rung in catalogue().exercise("heel_raise").rungs if rung.gate_check)
ASKS_NOTHING = catalogue().exercise("heel_raise").lowest


def counted(number: int, left: int, right: int, *, stopped: bool = False) -> CountedDay:
    on = day(number)
    return CountedDay(on, Counted(on, "left", left), Counted(on, "right", right, stopped))


@pytest.mark.parametrize(
    ("days", "answered"),
    [
        ([], False),
        ([counted(0, 5, 5)], True),
        ([counted(0, 5, 4)], False),
        ([counted(0, 5, 5, stopped=True)], False),
        ([CountedDay(day(0), left=Counted(day(0), "left", 9))], False),
        ([counted(-27, 9, 9)], True),
        ([counted(-28, 9, 9)], False),
        ([counted(-2, 9, 9), counted(-1, 4, 4)], False),
    ],
    ids=["never", "enough", "too few", "it hurt", "one side", "27 days ago", "28 days ago", "fewer since"],
)
def test_a_count_answers_the_question_of_a_step_while_it_is_recent_and_enough(
    days: list[CountedDay], *, answered: bool
) -> None:
    found = answered_by_count("heel_raise", ASKS, days, day(0))

    assert (found is not None) is answered
    assert found is None or (found.yes, found.after) == (True, (days[-1].on, 0))


def test_a_step_without_a_countable_check_is_answered_by_none() -> None:
    assert answered_by_count("heel_raise", ASKS_NOTHING, [counted(0, 9, 9)], day(0)) is None
