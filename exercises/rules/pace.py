"""How long a person rests and gets ready, and how fast their repetitions are counted: their own choice."""

from dataclasses import dataclass
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

    rest_seconds  between sets; 0: not timed
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
