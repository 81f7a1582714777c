"""What leads into a workout and out of it: moves nobody logs, and which way of each a person gets.

Pure: no clock, no database. The moves stand in `content/warm_up_and_close.toml`; facts F4, design choices.
"""

import functools
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator

from anatomy.blocks import Block, ContentError, Frozen, Key, Wording, load_file, require_keys
from anatomy.catalogue import check_sources
from assessments.rules.safety_content import safety_content
from exercises.rules.catalogue import CONTENT, TEMPLATES
from exercises.rules.numbers import Positive, rule_numbers
from exercises.rules.pace import usual_pace


class MovePictures(NamedTuple):
    """Template names of the two stills of a move; the right leg works in them."""

    start: str
    end: str


class Way(Frozen):
    """One way of doing a move.

    whom        safety questions: it is for whom one of them applies; without any, for everyone else
    for_anyone  others may take it instead of theirs
    phases      what is said while it is counted: the way there, the hold, the way back
    picture     the stem of its drawings
    """

    whom: tuple[str, ...] = ()
    for_anyone: bool = False
    name: Wording
    phases: tuple[Wording, Wording, Wording]
    picture: Annotated[str, Field(pattern=r"^[a-z_]+-[a-z_]+$")]
    how: Block

    @property
    def pictures(self) -> MovePictures:
        """Its drawings."""
        return MovePictures(f"figures/{self.picture}-start.svg", f"figures/{self.picture}-end.svg")


class Move(Frozen):
    """Something done for some seconds, or some times.

    in_turn    each time is one with each leg
    each_side  it is done on each side, and that `rounds` times
    not_for    safety questions: whoever one of them applies to leaves it out
    ways       the first counts that is for a person
    """

    key: Key
    seconds: Positive | None = None
    repetitions: Positive | None = None
    in_turn: bool = False
    each_side: bool = False
    rounds: Positive = 1
    not_for: tuple[str, ...] = ()
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.seconds is None) == (self.repetitions is None):
            raise ValueError("needs seconds or repetitions, not both")
        if self.ways[-1].whom or not all(way.whom for way in self.ways[:-1]):
            raise ValueError("the last of its ways, and no other, is for everyone")
        return self

    @property
    def in_words(self) -> str:
        """How much of it: "4 minutes", "8 times with each leg", "30 seconds, 2 times on each side"."""
        if self.repetitions:
            return f"{self.repetitions} times{' with each leg' if self.in_turn else ''}"
        seconds = self.seconds or 0
        long = f"{seconds} seconds" if seconds % 60 else f"{seconds // 60} minutes"
        return f"{long}, {self.rounds} times on each side" if self.each_side else long

    @property
    def is_steady(self) -> bool:
        """Whether both of its pictures are true all the while: legs that take turns."""
        return self.in_turn or (self.seconds is not None and not self.each_side)

    @property
    def usual_seconds(self) -> int:
        """How long it takes at the usual pace, with the time to get ready."""
        pace = usual_pace()
        one = self.seconds or (self.repetitions or 0) * 2 * pace.move_seconds
        return (one + (pace.ready_seconds or 0)) * self.rounds * (2 if self.each_side else 1)


class WarmUpAndClose(Frozen):
    """Everything in `content/warm_up_and_close.toml`: what comes before a workout, and what is offered after it."""

    stretches: Block
    before: Annotated[tuple[Move, ...], Field(min_length=1)]
    after: Annotated[tuple[Move, ...], Field(min_length=1)]


@dataclass(frozen=True)
class LedMove:
    """A move as a person is led through it.

    instead  another way that they may take
    """

    move: Move
    way: Way
    instead: Way | None = None


def moves_for(moves: Iterable[Move], applies: Collection[str]) -> list[LedMove]:
    """The moves of a person, each in their way.

    applies  the safety questions that were answered with a yes, those for which someone was seen included
    """
    return [_led(move, applies) for move in moves if not set(move.not_for) & set(applies)]


def _led(move: Move, applies: Collection[str]) -> LedMove:
    way = next(way for way in move.ways if not way.whom or set(way.whom) & set(applies))
    return LedMove(move, way, next((one for one in move.ways if one.for_anyone and one is not way), None))


def load_warm_up(path: Path) -> WarmUpAndClose:
    """Read the moves; raises ContentError for a question, source or picture that is not there, or another length."""
    found = load_file(path, WarmUpAndClose)
    check_sources([found.stretches], where=str(path))
    for move in (*found.before, *found.after):
        where = f"{path}: {move.key}"
        check_sources([way.how for way in move.ways], where=where)
        named = [*move.not_for, *(question for way in move.ways for question in way.whom)]
        require_keys(named, safety_content().questions, where=where)
        for picture in (picture for way in move.ways for picture in way.pictures):
            if not (TEMPLATES / picture).is_file():
                raise ContentError(f"{where}: no picture templates/{picture}")
    minutes = round(sum(move.usual_seconds for move in found.before) / 60)
    if minutes != rule_numbers().minutes.warm_up:
        raise ContentError(f"{path}: before: takes {minutes} minutes, not minutes.warm_up of planning.toml")
    return found


@functools.cache
def warm_up_and_close() -> WarmUpAndClose:
    """The moves, read once."""
    return load_warm_up(CONTENT / "warm_up_and_close.toml")
