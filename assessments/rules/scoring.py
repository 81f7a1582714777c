"""The decision table: answers -> what was seen on each side, and how the sides compare.

Evaluated for each side from top to bottom. "Not sure" and "not asked" never match a condition, so no rule
claims what the person did not see. Pure; the table is content and a design choice.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from anatomy.blocks import (
    Block,
    ContentError,
    Frozen,
    Key,
    Wording,
    load_file,
    load_folder,
    require_keys,
)
from anatomy.catalogue import catalogue as reference
from anatomy.entries import Passage
from assessments.rules.questionnaire import (
    CONTENT,
    PAIN,
    SIDES,
    UNSURE,
    Answers,
    Condition,
    Question,
    questionnaire,
    require_condition,
    require_sources,
)

# B2: from this many steps apart one foot counts as clearly flatter (decision table, design choice).
CLEARLY_FLATTER_STEPS = 2


class Saying(Frozen):
    """What a rule says of both sides, and of one; {side} is its name, {arch} how high the arch looked."""

    both: Wording
    one: Wording


class Heading(Saying):
    """A finding in the words of what was seen (`heading.py`).

    when                  what must have been answered; "not sure" is an answer like others here
    also_both, also_one   the same as a clause that follows another rule's
    """

    when: tuple[Condition, ...] = ()
    also_both: Wording | None = None
    also_one: Wording | None = None

    def fits(self, seen: Mapping[str, str]) -> bool:
        """Whether it can be said of a side of which this was answered."""
        return all(seen.get(condition.field) in condition.values for condition in self.when)


class Rule(Frozen):
    """One line of the table: every `all`, at least one `any` if there are some, no `none`.

    means                what it may mean, with the claim that grades it, if one does
    reassures            said after it, unless something on the page asks to have this foot looked at
    clinician            shown whenever it matches, and locks a plan until someone has looked
    headings             the finding in words: the first that fits; the last fits always
    slip                 a rule that locks: what to say at the visit, in the first person
    pictured             beside the arch as the person stood: what was seen on tiptoe or sitting
    retired              no longer evaluated; kept so that old results still say what it meant
    """

    key: str
    outcome: Key
    clinician: bool = False
    title: Wording
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()
    means: Passage
    reassures: Block | None = None
    headings: Annotated[tuple[Heading, ...], Field(min_length=1)]
    slip: Saying | None = None
    pictured: tuple[Key, ...] = ()
    retired: bool = False

    @model_validator(mode="after")
    def _can_be_said_of_every_side(self) -> Self:
        if any(not heading.when for heading in self.headings[:-1]) or self.headings[-1].when:
            raise ValueError("headings: the last one, and no other, stands without `when`")
        if self.clinician != (self.slip is not None):
            raise ValueError("slip: belongs to a rule that locks, and to no other")
        return self

    def heading(self, seen: Mapping[str, str]) -> Heading:
        """The finding on a side of which this was answered."""
        return next(heading for heading in self.headings if heading.fits(seen))

    def matches(self, seen: Mapping[str, str]) -> bool:
        """Whether the rule holds for what was seen on one side."""
        return (
            all(_holds(condition, seen) for condition in self.all)
            and (not self.any or any(_holds(condition, seen) for condition in self.any))
            and not any(_holds(condition, seen) for condition in self.none)
        )


class Modifier(Frozen):
    """A remark that is added when it fits; a retired one is kept only for old results."""

    key: str
    all: tuple[Condition, ...]
    text: Block
    retired: bool = False

    def matches(self, seen: Mapping[str, str]) -> bool:
        """Whether the remark fits what was seen on one side."""
        return all(_holds(condition, seen) for condition in self.all)


class Comparison(Frozen):
    """What is said about the two sides together; `heading` comes before the findings, {side} is the flatter foot."""

    key: str
    heading: Wording | None = None
    level: Key | None = None
    text: Block


def _holds(condition: Condition, seen: Mapping[str, str]) -> bool:
    value = seen.get(condition.field)
    return value is not None and value != UNSURE and value in condition.values


class _TableOrder(Frozen):
    rules: tuple[str, ...]
    modifiers: tuple[str, ...]
    comparisons: tuple[str, ...]
    arch_heights: tuple[Key, ...]
    arch_words: Mapping[Key, Wording]


class DecisionTable(Frozen):
    """Rules and modifiers in their order, comparisons by key; `retired` are read only by old results.

    arch_heights, arch_words  the answers to `arch`, from low to high, and how a heading says each
    """

    rules: tuple[Rule, ...]
    modifiers: tuple[Modifier, ...]
    retired: tuple[Rule | Modifier, ...] = ()
    comparisons: Mapping[str, Comparison]
    arch_heights: tuple[str, ...]
    arch_words: Mapping[str, str]

    def rule(self, key: str) -> Rule | None:
        """The rule with this key, retired or not; None when it has left the content."""
        known = (*self.rules, *(thing for thing in self.retired if isinstance(thing, Rule)))
        return next((rule for rule in known if rule.key == key), None)

    def modifier(self, key: str) -> Modifier | None:
        """The modifier with this key, retired or not; None when it has left the content."""
        known = (*self.modifiers, *(thing for thing in self.retired if isinstance(thing, Modifier)))
        return next((modifier for modifier in known if modifier.key == key), None)


@dataclass(frozen=True)
class SideResult:
    """One side: the rule that names the outcome, every rule that locks, and remarks, by key."""

    rule: str
    locks: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """Both sides and what is said about them together.

    flatter  the side that is clearly flatter, if one is (B2)
    """

    left: SideResult
    right: SideResult
    comparisons: tuple[str, ...]
    flatter: str | None = None

    def side(self, name: str) -> SideResult:
        """One side by its name."""
        return self.left if name == "left" else self.right

    @property
    def locks(self) -> tuple[str, ...]:
        """Every rule that locks a plan, on either side."""
        return tuple(dict.fromkeys([*self.left.locks, *self.right.locks]))

    def as_json(self) -> dict[str, Any]:
        """What a finished attempt stores."""
        return {
            "sides": {
                name: {
                    "rule": self.side(name).rule,
                    "locks": list(self.side(name).locks),
                    "modifiers": list(self.side(name).modifiers),
                }
                for name in SIDES
            },
            "comparisons": list(self.comparisons),
            "flatter": self.flatter,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Result":
        """The result an attempt stored."""
        left, right = (
            SideResult(side["rule"], tuple(side["locks"]), tuple(side["modifiers"]))
            for side in (stored["sides"][name] for name in SIDES)
        )
        return cls(left, right, tuple(stored["comparisons"]), stored["flatter"])


def seen_on(side: str, answers: Answers) -> dict[str, str]:
    """What was answered for one side, question -> value; pain elsewhere counts for both sides."""
    seen = {key: given[side] for key, given in answers.items() if side in given}
    if pain := answers.get(PAIN):
        elsewhere_only = pain.get("where") in SIDES and pain["where"] != side
        seen[PAIN] = "none" if elsewhere_only else pain["value"]
    return seen


def evaluate(answers: Answers) -> Result:
    """The result of a check whose closed branches are dropped (`Questionnaire.kept`)."""
    table = decision_table()
    left, right = (_evaluate_side(table, seen_on(side, answers)) for side in SIDES)
    flatter = _clearly_flatter(table, answers)
    comparisons = []
    if left.locks or right.locks:
        comparisons.append("B1")
    if flatter:
        comparisons.append("B2")
    comparisons.append("B3" if left.rule == right.rule else "B4")
    return Result(left, right, tuple(comparisons), flatter)


def _evaluate_side(table: DecisionTable, seen: Mapping[str, str]) -> SideResult:
    matching = [rule for rule in table.rules if rule.matches(seen)]
    return SideResult(
        rule=matching[0].key,
        locks=tuple(rule.key for rule in matching if rule.clinician),
        modifiers=tuple(modifier.key for modifier in table.modifiers if modifier.matches(seen)),
    )


def _clearly_flatter(table: DecisionTable, answers: Answers) -> str | None:
    heights = {side: answers.get("arch", {}).get(side) for side in SIDES}
    if not all(height in table.arch_heights for height in heights.values()):
        return None
    steps = {side: table.arch_heights.index(str(height)) for side, height in heights.items()}
    if abs(steps["left"] - steps["right"]) < CLEARLY_FLATTER_STEPS:
        return None
    return min(SIDES, key=lambda side: steps[side])


def load_decision_table(
    folder: Path, questions: Mapping[str, Question], *, sources: Sequence[str], claims: Sequence[str]
) -> DecisionTable:
    """Read the table; raises ContentError with the file and the key."""
    file = folder / "decision_table.toml"
    order = load_file(file, _TableOrder)
    rules = load_folder(folder / "rules", Rule)
    modifiers = load_folder(folder / "modifiers", Modifier)
    comparisons = load_folder(folder / "comparisons", Comparison)
    for name, listed, known in (
        ("rules", order.rules, rules),
        ("modifiers", order.modifiers, modifiers),
        ("comparisons", order.comparisons, comparisons),
    ):
        if sorted(listed) != sorted(
            key for key, thing in known.items() if not getattr(thing, "retired", False)
        ):
            raise ContentError(f"{file}: {name}: does not list each file of {folder / name} once")
    for kind, things in (("rules", rules), ("modifiers", modifiers)):
        for thing in things.values():
            where = f"{folder / kind / thing.key}.toml"
            conditions = [*thing.all, *getattr(thing, "any", ()), *getattr(thing, "none", ())]
            conditions += [one for heading in getattr(thing, "headings", ()) for one in heading.when]
            require_keys(getattr(thing, "pictured", ()), questions, where=f"{where}: pictured")
            for condition in conditions:
                require_condition(condition, questions, where=where)
    require_keys(order.arch_heights, questions["arch"].values, where=f"{file}: arch_heights")
    if set(order.arch_words) != set(order.arch_heights):
        raise ContentError(f"{file}: arch_words: needs a word for each of arch_heights")
    last = rules[order.rules[-1]]
    if last.all or last.any or last.none:
        raise ContentError(f"{file}: rules: the last rule must take everything that is left")
    table = DecisionTable(
        rules=tuple(rules[key] for key in order.rules),
        modifiers=tuple(modifiers[key] for key in order.modifiers),
        retired=(
            *(rule for rule in rules.values() if rule.retired),
            *(modifier for modifier in modifiers.values() if modifier.retired),
        ),
        comparisons=comparisons,
        arch_heights=order.arch_heights,
        arch_words=order.arch_words,
    )
    require_keys(
        [rule.means.claim for rule in rules.values() if rule.means.claim], claims, where=f"{folder}: claim"
    )
    require_sources(rules.values(), sources, folder=folder / "rules")
    require_sources(modifiers.values(), sources, folder=folder / "modifiers")
    require_sources(comparisons.values(), sources, folder=folder / "comparisons")
    return table


@functools.cache
def decision_table() -> DecisionTable:
    """The table, read once."""
    known = reference()
    return load_decision_table(
        CONTENT, questionnaire().questions, sources=list(known.sources), claims=list(known.claims)
    )
