"""The two countable checks: what they are, who may do them, which remarks they get, and what counts as a change.

Seconds on one leg (single-leg stance) and heel raises on one foot (single-leg heel raise), per side. They go
with the latest mirror check and are never in its way. Words and norms are content. Pure: no clock, no database.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from anatomy.blocks import (
    Block,
    ContentError,
    Frozen,
    Key,
    Text,
    Wording,
    load_file,
    load_folder,
    require_keys,
)
from anatomy.catalogue import catalogue as reference
from assessments.rules.questionnaire import CONTENT, SIDES, require_sources
from assessments.rules.rest import right_now_holds
from assessments.rules.safety import SafetyState
from assessments.rules.safety_content import LISTS_BEFORE_A_PLAN, RIGHT_NOW
from assessments.rules.scoring import Result

ONE_LEG_STANCE = "one_leg_stance"
HEEL_RAISE = "heel_raise"

# A stance ends at 45 seconds (facts E4: 45 to 60). A hundred heel raises is a limit against slips of the finger.
MOST = {ONE_LEG_STANCE: 45, HEEL_RAISE: 100}
TRIES = {ONE_LEG_STANCE: 3, HEEL_RAISE: 1}

# Heel raises counted a week apart differed by up to 6.5 either way (hebert_losier_2017, 32 people, 95 % limits).
NOISE_IN_HEEL_RAISES = 6
# Design choices (facts E4): when something is worth showing, and when to hold on.
FEW_HEEL_RAISES = 5
UNSTEADY_UNDER_SECONDS = 10

PREGNANCY, UNSTEADY = "RF16", "RF19"
STOPPED = " (stopped, it hurt)"


class NormColumn(Frozen):
    """A column of a table of norms: who says these numbers."""

    heading: Wording
    sources: Annotated[tuple[Key, ...], Field(min_length=1)]


class NormRow(Frozen):
    """What people of one age reached; a value is empty where a source has none."""

    age: Text
    values: tuple[str, ...]


class Norms(Frozen):
    """What others reached, by age. We ask for neither age nor sex: people find their own row."""

    title: Wording
    unit: Wording
    note: Block
    columns: Annotated[tuple[NormColumn, ...], Field(min_length=1)]
    rows: Annotated[tuple[NormRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_row_is_full(self) -> Self:
        for row in self.rows:
            if len(row.values) != len(self.columns) or not any(row.values):
                raise ValueError(f"rows: {row.age}: needs one value for each column")
        return self


class Remark(Block):
    """What is said about a number worth a remark."""

    title: Wording


class CountCheck(Frozen):
    """One countable check in words.

    name     what is counted, as a heading; `term` is the field's own word
    protocol  how it is done, as a clinician reads it
    legend   the question as each side's group asks it
    by_script, by_hand  how to count with the counter of the page, and without
    can, cannot  what the number says, and what it does not
    change   when a difference is called one
    remarks  by what was seen (`seen_in`)
    """

    key: Key
    title: Wording
    name: Wording
    term: Wording
    unit: Wording
    unit_one: Wording
    legend: Wording
    picture: Annotated[str, Field(pattern=r"^do-[a-z-]+$")]
    protocol: Block
    steps: Block
    aloud: Block
    by_script: Block
    by_hand: Block
    can: Block
    cannot: Annotated[tuple[Block, ...], Field(min_length=1)]
    change: Block
    norms: Norms
    remarks: Mapping[Key, Remark]

    @property
    def slug(self) -> str:
        """The end of its address."""
        return self.key.replace("_", "-")

    @property
    def most(self) -> int:
        """The highest number that can be written down, in `unit`."""
        return MOST[self.key]

    @property
    def tries(self) -> int:
        """How many tries a side has; the best counts."""
        return TRIES[self.key]

    def in_words(self, value: int) -> str:
        """A number with its unit."""
        return f"{value} {self.unit_one if value == 1 else self.unit}"

    def day_in_words(self, day: "CountedDay") -> str:
        """Both sides of one day: "19 heel raises on the left, 7 on the right"."""
        if (
            day.left
            and day.right
            and (day.left.value, day.left.stopped) == (day.right.value, day.right.stopped)
        ):
            return f"{self.in_words(day.left.value)} on each side{STOPPED if day.left.stopped else ''}"
        first, *others = day.counted
        said = [f"{self.in_words(first.value)} on the {first.side}{STOPPED if first.stopped else ''}"]
        said += [f"{one.value} on the {one.side}{STOPPED if one.stopped else ''}" for one in others]
        return ", ".join(said + [f"{side} not counted" for side, one in day.sides if one is None])


class ReasonNotToCount(Block):
    """Why someone may not count now, and where to go: "check", "lists" or "safety"."""

    key: Key
    title: Wording
    to: Key
    link: Wording


class Hurts(Block):
    """What to do when it hurts."""

    title: Wording


class CountsPage(Frozen):
    """What stands around both checks."""

    key: Key
    title: Wording
    lead: Block
    not_today: Block
    guest: Block
    later: Block
    hurts: Hurts
    reasons: tuple[ReasonNotToCount, ...]


@dataclass(frozen=True)
class Counting:
    """Both checks by key, and the page around them."""

    page: CountsPage
    checks: Mapping[str, CountCheck]

    def reason(self, key: str) -> ReasonNotToCount:
        """A reason in words."""
        return next(reason for reason in self.page.reasons if reason.key == key)

    def by_slug(self, slug: str) -> CountCheck | None:
        """The check at an address; None when there is none."""
        return next((check for check in self.checks.values() if check.slug == slug), None)


REASONS = ("no_check", "result", "locked", "with_limits", "pregnancy", "unsteady", "lists", "today")


def why_not(state: SafetyState, result: Result | None, today: date) -> str | None:
    """Why someone may not count today, the weightiest reason first; None when they may.

    The lists before a plan must be answered, not longer ago than for a workout, without a lock; neither side of
    the latest mirror check may say "be seen first", even when someone was seen since; not in pregnancy or soon
    after, nor when unsteady (RF16, RF19). Beyond that, by design choice: not with leave "with limits", because the checks
    go to the end of a person's strength, and only with "right now" answered that day, as before a mirror check.
    """
    if result is None:
        return "no_check"
    if result.locks:
        return "result"
    if state.is_locked:
        return "locked"
    if state.with_limits:
        return "with_limits"
    adapted = {question.key for question in state.effects}
    if PREGNANCY in adapted:
        return "pregnancy"
    if UNSTEADY in adapted:
        return "unsteady"
    if not set(LISTS_BEFORE_A_PLAN) <= set(state.answered_on):
        return "lists"
    if state.lists_due_for_workout(today):
        return "lists"
    if not right_now_holds(state.answered_on[RIGHT_NOW], today):
        return "today"
    return None


class CountOffer(StrEnum):
    """How a result offers the countable checks."""

    NOW = "now"
    LATER = "later"


def count_offer(why: str | None) -> CountOffer | None:
    """How to offer counting to someone with this reason not to count now (None: no reason). None for no offer.

    Counting is offered when only "right now" or the four lists are due, not when the result or an answer forbids it.
    """
    if why in {None, "today"}:
        return CountOffer.NOW
    return CountOffer.LATER if why == "lists" else None


@dataclass(frozen=True)
class Counted:
    """One side on one day.

    value    the number that counts, in the check's unit
    stopped  it ended because it hurt
    """

    on: date
    side: str
    value: int
    stopped: bool = False


def best_of(tries: Iterable[int | None]) -> int | None:
    """The number that counts: the best of the tries made; None when there was none."""
    return max((one for one in tries if one is not None), default=None)


def seen_in(check: str, sides: Iterable[Counted]) -> list[str]:
    """The remarks on the sides of one day, as keys of the check's remarks (design choices, facts E4)."""
    sides = list(sides)
    # A number that pain cut short says nothing about strength or balance.
    values = [side.value for side in sides if not side.stopped]
    seen = ["hurt"] if any(side.stopped for side in sides) else []
    if not values:
        return seen
    if check == ONE_LEG_STANCE:
        return [*seen, "unsteady"] if min(values) < UNSTEADY_UNDER_SECONDS else seen
    if min(values) == 0:
        seen.append("not_once")
    elif min(values) < FEW_HEEL_RAISES:
        seen.append("few")
    if len(values) == len(SIDES) and 0 < min(values) < max(values) / 2:
        seen.append("half")
    return seen


def change_in_words(check: str, then: int, now: int) -> str | None:
    """What may be said about two numbers of one side: only heel raises, and only beyond their noise.

    None where nothing is said: of seconds on one leg it is not known how much they vary from day to day.
    """
    if check != HEEL_RAISE:
        return None
    difference = now - then
    if abs(difference) <= NOISE_IN_HEEL_RAISES:
        return "no clear change"
    return f"{abs(difference)} {'more' if difference > 0 else 'fewer'}: more than usually comes by chance"


@dataclass(frozen=True)
class CountedDay:
    """Both sides of one day; a side that was not counted is None."""

    on: date
    left: Counted | None = None
    right: Counted | None = None

    @property
    def sides(self) -> list[tuple[str, Counted | None]]:
        """Left and right by name, as they are written."""
        return [("left", self.left), ("right", self.right)]

    @property
    def counted(self) -> list[Counted]:
        """The sides that were counted."""
        return [one for one in (self.left, self.right) if one]

    def reaches(self, least: int) -> bool:
        """Whether both sides were counted, neither was cut short by pain, and each reached a number."""
        return len(self.counted) == len(SIDES) and all(
            one.value >= least and not one.stopped for one in self.counted
        )


def by_day(counts: Iterable[Counted]) -> list[CountedDay]:
    """Counts of one check put together by day, the oldest first, whatever order they come in."""
    days: dict[date, dict[str, Counted]] = {}
    for one in counts:
        days.setdefault(one.on, {})[one.side] = one
    return [CountedDay(on, sides.get("left"), sides.get("right")) for on, sides in sorted(days.items())]


@dataclass(frozen=True)
class CountDifference:
    """One side then and now.

    words  what may be said about it; None when nothing is
    """

    side: str
    then: Counted
    now: Counted
    words: str | None


def differences(check: str, days: Sequence[CountedDay]) -> list[CountDifference]:
    """The first and the latest number of each side that was counted on at least two days.

    Numbers that pain cut short are not compared.
    """
    found = []
    for side in SIDES:
        counted = [one for day in days for one in day.counted if one.side == side and not one.stopped]
        if len(counted) > 1:
            then, now = counted[0], counted[-1]
            found.append(CountDifference(side, then, now, change_in_words(check, then.value, now.value)))
    return found


def load_counting(folder: Path, *, sources: Sequence[str]) -> Counting:
    """Read both checks; raises ContentError with the file and the key."""
    page = load_file(folder / "page.toml", CountsPage)
    if tuple(reason.key for reason in page.reasons) != REASONS:
        raise ContentError(f"{folder / 'page.toml'}: reasons: must be {', '.join(REASONS)}")
    checks = load_folder(folder / "checks", CountCheck)
    if set(checks) != set(MOST):
        raise ContentError(f"{folder / 'checks'}: must hold {', '.join(sorted(MOST))}")
    remarked = {ONE_LEG_STANCE: {"hurt", "unsteady"}, HEEL_RAISE: {"hurt", "not_once", "few", "half"}}
    for check in checks.values():
        file = folder / "checks" / f"{check.key}.toml"
        if set(check.remarks) != remarked[check.key]:
            raise ContentError(f"{file}: remarks: must be {', '.join(sorted(remarked[check.key]))}")
        # The note stands above the table and shows what it rests on.
        for column in check.norms.columns:
            require_keys(column.sources, check.norms.note.sources, where=f"{file}: norms: {column.heading}")
    require_sources(checks.values(), sources, folder=folder / "checks")
    require_sources([page], sources, folder=folder)
    # Both checks in the order in which they are offered: the one that asks for less strength first.
    return Counting(page=page, checks={key: checks[key] for key in MOST})


@functools.cache
def counting() -> Counting:
    """Both checks, read once."""
    return load_counting(CONTENT / "counts", sources=list(reference().sources))
