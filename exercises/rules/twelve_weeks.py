"""The end of a block: which looks at the mirror stand side by side. Pure; a design choice."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from exercises.rules.slots import BlockWeek

Look = TypeVar("Look")


def first_and_last(
    looks: Sequence[tuple[date, Look]], *, start: date, until: date
) -> tuple[Look | None, Look | None]:
    """The look a block began with, and the last one since; None where there was none.

    looks  (local date, look), the oldest first

    Without a look before it, a block begins with the first one in it.
    """
    before = [look for on, look in looks if on <= start]
    found = [*before[-1:], *(look for on, look in looks if start < on <= until)]
    return (found[0] if found else None), (found[-1] if len(found) > 1 else None)


def block_in_words(weeks: Iterable[BlockWeek], ended_in: int | None) -> str:
    """What was done in a block, as its heading: "35 of 36 workouts".

    ended_in  the plan week in which it ended early
    """
    done = missed = 0
    for week in weeks:
        done, missed = done + len(week.done), missed + len(week.missed)
    if done:
        return f"{done} of {done + missed} {'workout' if done + missed == 1 else 'workouts'}"
    return f"This plan ended in week {ended_in}" if ended_in else "Your twelve weeks are over"
