"""What the rules of training read: doses, what a workout asked for and what was done, what a person decided.

Values only, each as a row stores it or as a page was answered. Pure: no clock, no database. Repetitions are per
set and side, loads in grams, holds in seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Any

from exercises.rules.owned import Owned
from exercises.rules.wording import Reason

Ref = tuple[date, int]
"""A workout: its local date and its number that day."""


# --- asked, and done -----------------------------------------------------------------------------


class Effort(IntEnum):
    """How a set felt, in repetitions still possible after its last one: the worst answer is the lowest."""

    NOTHING_LEFT = 0
    HARD = 1
    RIGHT = 2
    EASY = 4


@dataclass(frozen=True)
class Dose:
    """What to do: a rung with its numbers.

    band  key of the band used; load_grams where the rung has a weight
    """

    rung: str
    sets: int
    repetitions: int
    hold_seconds: int = 0
    load_grams: int | None = None
    band: str | None = None

    def as_json(self) -> dict[str, Any]:
        """What a row stores."""
        return {
            "rung": self.rung,
            "sets": self.sets,
            "repetitions": self.repetitions,
            "hold_seconds": self.hold_seconds,
            "load_grams": self.load_grams,
            "band": self.band,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Dose":
        """The dose a row stored."""
        return cls(**stored)


@dataclass(frozen=True)
class Offer:
    """A harder step that opens only by the person's own tap: another rung, or a bigger load."""

    rung: str
    load_grams: int | None = None

    def as_json(self) -> dict[str, Any]:
        """What a row stores."""
        return {"rung": self.rung, "load_grams": self.load_grams}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Offer":
        """The offer a row stored."""
        return cls(**stored)


@dataclass(frozen=True, order=True)
class PainResult:
    """A log that met row 1 or 2, as a prescription that answers it remembers it."""

    on: date
    number: int
    row: int

    @property
    def ref(self) -> Ref:
        """The workout it was logged in."""
        return (self.on, self.number)


@dataclass(frozen=True)
class Prescribed:
    """One exercise as a workout's row stores it when the workout starts.

    standing  the target that counts on
    shown     what was asked that day; a lighter day shows less
    towards   the target a lighter restart works back to
    answers   the pain results known, and answered, when it was written
    """

    standing: Dose
    shown: Dose
    reasons: tuple[Reason, ...] = ()
    towards: Dose | None = None
    offer: Offer | None = None
    answers: frozenset[PainResult] = frozenset()
    first_side: str = "left"

    def as_json(self) -> dict[str, Any]:
        """What a row stores."""
        return {
            "standing": self.standing.as_json(),
            "shown": self.shown.as_json(),
            "reasons": [reason.as_json() for reason in self.reasons],
            "towards": self.towards.as_json() if self.towards else None,
            "offer": self.offer.as_json() if self.offer else None,
            "answers": [[a.on.isoformat(), a.number, a.row] for a in sorted(self.answers)],
            "first_side": self.first_side,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Prescribed":
        """The prescription a row stored."""
        return cls(
            standing=Dose.from_json(stored["standing"]),
            shown=Dose.from_json(stored["shown"]),
            reasons=tuple(Reason.from_json(reason) for reason in stored["reasons"]),
            towards=Dose.from_json(stored["towards"]) if stored["towards"] else None,
            offer=Offer.from_json(stored["offer"]) if stored["offer"] else None,
            answers=frozenset(PainResult(date.fromisoformat(on), n, row) for on, n, row in stored["answers"]),
            first_side=stored["first_side"],
        )


@dataclass(frozen=True)
class SetDone:
    """One logged set; side is left, right or both; numbers start at 1; band is empty where none was told."""

    side: str
    number: int
    repetitions: int
    load_grams: int | None = None
    band: str = ""


@dataclass(frozen=True)
class Answer:
    """What was said of one side after its last set. None: not answered.

    pain     0 to 10
    stopped  "This hurts: stop this exercise"
    """

    side: str
    effort: Effort | None = None
    clean: bool | None = None
    pain: int | None = None
    stopped: bool = False


@dataclass(frozen=True)
class LineLog:
    """One exercise of a workout: what was prescribed, what was done, how it was."""

    prescribed: Prescribed
    sets: tuple[SetDone, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class WorkoutLog:
    """One workout that was begun.

    planned     it took a slot
    lighter     a lighter day or a lighter week
    next_morning_usual  the answer of the next morning; None (not answered) counts as usual
    left_out    exercises passed over for lack of time, in order
    asked       a plan asked for it; one that was brought in from elsewhere was not
    """

    on: date
    lines: Mapping[str, LineLog]
    number: int = 1
    asked: bool = True
    planned: bool = True
    lighter: bool = False
    next_morning_usual: bool | None = None
    left_out: tuple[str, ...] = ()

    @property
    def ref(self) -> Ref:
        """Which workout this is."""
        return (self.on, self.number)

    @property
    def for_progression(self) -> "WorkoutLog":
        """As progression reads it: of one that no plan asked for, only that it was."""
        return self if self.asked else replace(self, lines={})

    @cached_property
    def worst_pain(self) -> int:
        """The highest pain of any exercise in it; one that was stopped counts as more than any number."""
        answers = (answer for line in self.lines.values() for answer in line.answers)
        return max((11 if answer.stopped else answer.pain or 0 for answer in answers), default=0)


# --- decided -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RungChoice:
    """A rung or load the person took: by hand, by accepting an offer, or as the start of a plan.

    after        the latest workout begun before it; it counts until this exercise is done again
    is_start     it is the start of a plan
    leave_since  the whole plan was on hold and opened since: it resumes lower than this choice
    """

    exercise: str
    rung: str
    after: Ref
    load_grams: int | None = None
    is_start: bool = False
    leave_since: bool = False


@dataclass(frozen=True)
class Seen:
    """What "I have been seen", with leave to train, opens again.

    exercise     None: the whole plan was on hold
    after        the latest workout it covers
    with_limits  leave "with limits": the lowest rung
    """

    after: Ref
    exercise: str | None = None
    with_limits: bool = False


@dataclass(frozen=True)
class GateAnswer:
    """The answer to a rung's question, for example "Can you rise five times on each foot?"."""

    exercise: str
    rung: str
    yes: bool
    after: Ref


@dataclass(frozen=True)
class PlanLine:
    """A line of the plan as progression needs it.

    start_rung   where it starts when nothing is logged
    fresh_after  with a new plan: logs up to this workout no longer set the target, only `start_rung` does
    """

    exercise: str
    start_rung: str
    fresh_after: Ref | None = None


@dataclass(frozen=True)
class Context:
    """What else decides, as it is known now.

    caps              {exercise: highest rung number} from the latest safety answers
    causes            {exercise: the cause of its cap}
    tap_only          leave to train "with limits": every rung up is offered, none is automatic
    easy_counts_from  the day from which "easy" counts as easy (plan week 3 of the first block)
    lifted            {exercise: (from, until)} the latest dates on which safety answers kept it low and now do not
    support           "two_hands": in every exercise that is done standing
    """

    owned: Owned = field(default_factory=Owned)
    caps: Mapping[str, int] = field(default_factory=dict)
    causes: Mapping[str, str] = field(default_factory=dict)
    tap_only: bool = False
    easy_counts_from: date | None = None
    choices: tuple[RungChoice, ...] = ()
    seen: tuple[Seen, ...] = ()
    gates: tuple[GateAnswer, ...] = ()
    lifted: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    support: str | None = None
