"""How long a person rests and gets ready, and how fast their repetitions are counted: their own choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from exercises.rules.numbers import rule_numbers


class Tempo(StrEnum):
    """How fast one moves between start and end."""

    SLOW = "slow"
    USUAL = "usual"
    QUICK = "quick"


@dataclass(frozen=True)
class Pace:
    """What was said of rest, get ready and tempo; None or empty: nothing was said.

    rest_seconds  between sets; 0: none
    """

    rest_seconds: int | None = None
    ready_seconds: int | None = None
    tempo: str = ""

    def over(self, other: "Pace") -> "Pace":
        """This, and the other where nothing was said here."""
        return Pace(
            other.rest_seconds if self.rest_seconds is None else self.rest_seconds,
            other.ready_seconds if self.ready_seconds is None else self.ready_seconds,
            self.tempo or other.tempo,
        )

    @property
    def move_seconds(self) -> int:
        """From start to end, and back again."""
        return rule_numbers().pace.move_seconds[Tempo(self.tempo)]


def usual_pace() -> Pace:
    """What counts where a person set nothing."""
    numbers = rule_numbers()
    return Pace(numbers.minutes.seconds_between_sets, numbers.pace.ready_seconds, Tempo.USUAL)


@dataclass(frozen=True)
class Paces:
    """What a person said by exercise; for all of them where none is named."""

    said: Mapping[str, Pace] = field(default_factory=dict)

    @property
    def for_all(self) -> Pace:
        """What counts where nothing was said of an exercise."""
        return self.said.get("", Pace()).over(usual_pace())

    def of(self, exercise: str) -> Pace:
        """What counts for an exercise."""
        return self.said.get(exercise, Pace()).over(self.for_all)
