"""What a plan is made from, and the draft that comes out. Values only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assessments.rules.safety_past import EffectPeriod
from exercises.rules.numbers import rule_numbers
from exercises.rules.owned import Owned
from exercises.rules.values import GateAnswer, PlanLine
from exercises.rules.wording import Reason, because

# --- what goes in --------------------------------------------------------------------------------


@dataclass(frozen=True)
class SideSeen:
    """What the mirror check found on one side.

    rule   the rule of the decision table that matched: "M1"
    arch   the answer arch0: flat, low, normal, high; None when not sure
    locks  every one of X1 to X4 that matched
    """

    rule: str
    arch: str | None = None
    locks: tuple[str, ...] = ()

    @property
    def all_locks(self) -> tuple[str, ...]:
        """The rules of this side that lock a plan, the named outcome among them."""
        own = (self.rule,) if rule_numbers().outcomes[self.rule].locked else ()
        return tuple(dict.fromkeys([*own, *self.locks]))


@dataclass(frozen=True)
class CheckSeen:
    """A finished mirror check: its local date and both sides."""

    on: date
    left: SideSeen
    right: SideSeen


@dataclass(frozen=True)
class Safety:
    """What the latest safety answers mean for a plan (safety content of `assessments`).

    locks                questions whose lock is open now: no plan until "I have been seen"
    cleared              questions and rules of the check that were opened by "I have been seen"
    caps                 {exercise: highest rung number}
    dropped              exercises that must not be done
    support              "two_hands": in every standing exercise
    adapted_by           the cause of level adapt, for which the start is one rung lower; empty without one
    causes               {exercise: the cause that caps or drops it}
    with_limits          leave "with limits": the lowest rungs, every rung up by the person's own tap
    start_at_zero        something was cleared: start at the lowest rungs
    offered_not_planned  exercises that may be added by hand but are never planned
    """

    locks: tuple[str, ...] = ()
    cleared: frozenset[str] = frozenset()
    caps: Mapping[str, int] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    support: str | None = None
    adapted_by: str = ""
    causes: Mapping[str, str] = field(default_factory=dict)
    with_limits: bool = False
    start_at_zero: bool = False
    offered_not_planned: frozenset[str] = frozenset()

    @property
    def highest_rungs(self) -> dict[str, int]:
        """{exercise: highest rung number} as progression takes it; -1 for one that must not be done."""
        return {**self.caps, **dict.fromkeys(self.dropped, -1)}

    def why(self, exercise: str) -> dict[str, str]:
        """The parameters of a reason that says what keeps an exercise low, or out."""
        return {"exercise": exercise, "cause": self.causes.get(exercise, "")}

    def lifted(self, effects: Iterable[EffectPeriod]) -> dict[str, tuple[date, date]]:
        """{exercise: (from, until)} the latest dates on which these answers kept it low; not of one that is low now."""
        return {
            period.exercise: (period.since, period.until)
            for period in effects
            if period.until and period.exercise not in self.highest_rungs
        }


class LineChangeKind(StrEnum):
    """What a person may change about a line."""

    ADD = "add"
    REMOVE = "remove"
    RUNG = "rung"


@dataclass(frozen=True)
class LineChange:
    """A person's own change to the draft; `rung` is a rung's key, for RUNG."""

    kind: LineChangeKind
    exercise: str
    rung: str | None = None


@dataclass(frozen=True)
class Previous:
    """Where the last block stands when the next is made.

    rungs      {exercise: rung key}
    held       exercises on hold until "I have been seen"; they stay so in the next block
    hurt       exercises with pain so lately that none may start higher
    long_away  so long since the last workout that each starts one rung lower
    seen_since someone had to have a look since the last workout: each starts at the lowest
    held_since from when the log must be read on while something is on hold
    gates      what was answered to the questions before steps
    """

    rungs: Mapping[str, str] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    hurt: frozenset[str] = frozenset()
    long_away: bool = False
    seen_since: bool = False
    held_since: date | None = None
    gates: tuple[GateAnswer, ...] = ()


@dataclass(frozen=True)
class Wishes:
    """Everything a plan is made from.

    check     None: no check, a plan for general strength
    minutes   10, 20, 30 or 45
    trained   strength training twice a week or more in the last three months
    over_65   65 or over
    previous  where the last block ended, for the block after it
    changes   the person's own, in the order in which they were made
    """

    owned: Owned
    minutes: int
    check: CheckSeen | None = None
    safety: Safety = field(default_factory=Safety)
    trained: bool = False
    over_65: bool = False
    previous: Previous = field(default_factory=Previous)
    changes: tuple[LineChange, ...] = ()


TWO_HANDS = "two_hands"
"""The reason that says how to hold on, and the value of `Safety.support` that asks for it."""

# --- what comes out ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """An exercise of the plan, or one that is offered.

    rung     key of the start rung
    reasons  why it is there, then why it starts there
    """

    exercise: str
    rung: str
    reasons: tuple[Reason, ...]

    @property
    def plan_line(self) -> PlanLine:
        """The line as progression takes it."""
        return PlanLine(self.exercise, self.rung)


@dataclass(frozen=True)
class LeftOut:
    """An exercise that is not in the plan, and why."""

    exercise: str
    reason: Reason


@dataclass(frozen=True)
class Draft:
    """A plan to look at before saying yes.

    lines       in order of importance (a workout has its own order: `prescribing.prescribe`)
    offered     may be added by hand; with nothing to do them with, their reason says what is missing
    left_out    dropped for safety, with the reason
    locks       rules and questions that lock the plan; a locked draft cannot be accepted
    notes       what else to say about the whole plan
    first_side  the side that starts while no log differs
    """

    lines: tuple[Line, ...]
    offered: tuple[Line, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    locks: tuple[str, ...] = ()
    notes: tuple[Reason, ...] = ()
    first_side: str = "left"

    @property
    def is_locked(self) -> bool:
        """Whether someone must have looked before there is a plan."""
        return bool(self.locks)


def why_in_all(lines: Iterable[Line]) -> list[Reason]:
    """What was seen that put these lines into a plan, each once; where nothing was, why they are there all the same."""
    seen, general = _whys(lines)
    return seen or general


def reasons_once(lines: Sequence[Line]) -> tuple[tuple[Reason, ...], list[tuple[Reason, ...]]]:
    """What stands above the lines of a plan, each reason once, and what each line says besides.

    Above stand why the lines are there and how to hold on. A line says why it is there only where not all say the
    same; general strength beside what was seen is "the rest".
    """
    seen, general = _whys(lines)
    above = [*seen, because("because_rest_general")] if seen and general else [*seen, *general]
    support = dict.fromkeys(reason for line in lines for reason in line.reasons if reason.key == TWO_HANDS)
    said = {*support, *(above if len(above) == 1 else ())}
    own = [tuple(reason for reason in line.reasons if reason not in said) for line in lines]
    return (*above, *support), own


def _whys(lines: Iterable[Line]) -> tuple[list[Reason], list[Reason]]:
    """Why these lines are there, each reason once: what was seen, and what asks for general strength.

    What is said of both sides is not said of one as well.
    """
    found = dict.fromkeys(
        reason for line in lines for reason in line.reasons if reason.key.startswith("because_")
    )
    keys = {reason.key for reason in found}
    whys = [reason for reason in found if f"{reason.key}_both" not in keys]
    general = [reason for reason in whys if reason.key in rule_numbers().general_reasons]
    return [reason for reason in whys if reason not in general], general
