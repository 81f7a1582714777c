"""A workout while it runs: which exercise is dealt with, which comes next, and what is said when one hurt.

Pure: no clock, no database. The words stand in `content/care.toml`.
"""

import functools
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from anatomy.blocks import Block, Frozen, load_file
from exercises.rules.catalogue import CONTENT, Exercise, Rung, catalogue
from exercises.rules.values import LineLog


def is_dealt_with(exercise: Exercise, line: LineLog) -> bool:
    """Whether a workout asks nothing more of an exercise: it was stopped, each side was answered, or it was left out.

    Answered while sets are missing is "leave the rest out". Left out has an empty answer for each side and no set;
    a set that arrives late has to be answered after all.
    """
    sides = exercise.rung(line.prescribed.shown.rung).laterality.sides
    if any(answer.stopped for answer in line.answers):
        return True
    said = {answer.side for answer in line.answers if answer.effort is not None or not line.sets}
    return said.issuperset(sides)


def sides_in_order(rung: Rung, first_side: str) -> tuple[str, ...]:
    """The sides of a rung in the order in which they are done."""
    sides = rung.laterality.sides
    return ("right", "left") if first_side == "right" and sides != ("both",) else sides


def open_places(sides: Sequence[str], sets: int, done: Collection[tuple[str, int]]) -> list[tuple[str, int]]:
    """The (side, set number) without a set, in the order in which they are done: side by side within a set."""
    return [(side, number) for number in range(1, sets + 1) for side in sides if (side, number) not in done]


def is_answered(line: LineLog) -> bool:
    """Whether it was said how an exercise felt."""
    return any(answer.effort is not None for answer in line.answers)


def is_left_out(line: LineLog) -> bool:
    """Whether nothing was done of an exercise, nor said how it felt."""
    return not line.sets and not is_answered(line)


def may_say_as_asked(line: LineLog) -> bool:
    """Whether one tap may tell how an exercise went: nothing said, none stopped, no set other than shown (facts F7).

    A set without a row was not counted, and may have been done as asked.
    """
    shown = line.prescribed.shown
    said = any(answer.stopped or answer.effort is not None for answer in line.answers)
    return not said and all(
        (done.repetitions, done.load_grams) == (shown.repetitions, shown.load_grams)
        and done.band in {"", shown.band}
        for done in line.sets
    )


def is_untouched(lines: Mapping[str, LineLog]) -> bool:
    """Whether nothing was done in a workout nor said about it: it begins with the warm-up."""
    return not any(line.sets or line.answers for line in lines.values())


def next_exercise(lines: Mapping[str, LineLog], *, after: str = "") -> Exercise | None:
    """The first exercise of a workout that is not dealt with, in its order; None when all are: then it is finished.

    after  an exercise to look behind: those before it come last, and itself not at all
    """
    keys = list(lines)
    if after in lines:
        place = keys.index(after)
        keys = keys[place + 1 :] + keys[:place]
    exercises = (catalogue().exercise(key) for key in keys)
    return next((one for one in exercises if not is_dealt_with(one, lines[one.key])), None)


LONGEST_WORKOUT_MINUTES = 180
"""What took longer was left open, or sent from a phone much later."""


def minutes_taken(begun: datetime, last: datetime) -> int | None:
    """How long a workout took from its start to what was logged last; None where that says nothing."""
    minutes = round((last - begun).total_seconds() / 60)
    return minutes if 1 <= minutes <= LONGEST_WORKOUT_MINUTES else None


class Care(Frozen):
    """What is said when an exercise hurt too much, or when someone feels unwell in the middle of a workout."""

    enough: Block
    next_time: Block
    see_someone: Block
    nothing_listed: Block


@functools.cache
def care() -> Care:
    """The words, read once; raises ContentError."""
    return load_file(CONTENT / "care.toml", Care)
