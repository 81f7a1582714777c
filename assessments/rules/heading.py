"""The finding of a result in the words of what was seen: its heading, its parts, and what to say at a visit.

The words are those of the rules (`scoring.Heading`). Two sides alike are said once. A rule that asks to be seen stands
in the heading before everything else; what the heading leaves out leads its own part below. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.rules.questionnaire import SIDES, Answers
from assessments.rules.scoring import Result, Rule, Saying, decision_table, seen_on

# One foot flat and the other low are both low (the rules take them together).
FLAT_OR_LOW = {"flat", "low"}


@dataclass(frozen=True)
class Part:
    """What one rule says, and of which sides; `lead` is its finding, where the heading does not say it."""

    rule: Rule
    sides: tuple[str, ...]
    lead: str = ""


@dataclass(frozen=True)
class ResultInWords:
    """A result in words.

    heading  empty when every rule of a stored result has left the content
    flatter  that one foot looked clearly flatter, where the heading does not say it
    slip     what to say at the visit, a sentence for each rule that asks for one
    """

    heading: str
    parts: tuple[Part, ...]
    flatter: str = ""
    slip: tuple[str, ...] = ()


def finding_of(result: Result, looks: Sequence[Answers], *, says_flatter: bool) -> ResultInWords:
    """The finding of a result.

    looks         the answers that stand, then earlier ones: a rule that a first look found may keep asking
    says_flatter  whether the page says that one foot looked clearly flatter (`urgency.py`)
    """
    said = _Said(result, looks)
    locks = [rule for rule in said.rules if rule.key in result.locks]
    flatter = decision_table().comparisons["B2"].heading if says_flatter else None
    first = [flatter.format(side=result.flatter)] if flatter else []
    found = [sentence for rule in said.rules for sentence in said.of(rule)]
    if locks:
        heading = [_joined([said.clause(rule, follows=rule is not locks[0]) for rule in locks])]
    else:
        heading = [*first, *(found if not first or len(found) == 1 else [])]
    return ResultInWords(
        heading=_sentences(heading) if len(heading) > 1 else "".join(heading),
        parts=tuple(
            Part(rule, said.sides(rule), _sentences(one for one in said.of(rule) if one not in heading))
            if rule not in locks
            else Part(rule, said.sides(rule))
            for rule in said.rules
        ),
        flatter=_sentences(first) if locks else "",
        slip=tuple(said.slip(rule) for rule in locks),
    )


class _Said:
    """What the rules of a result say of its sides."""

    def __init__(self, result: Result, looks: Sequence[Answers]) -> None:
        self.looks = looks
        self.on = {side: {*result.side(side).locks, result.side(side).rule} for side in SIDES}
        locks = [rule.key for rule in decision_table().rules if rule.key in result.locks]
        keys = dict.fromkeys((*locks, *result.locks, result.left.rule, result.right.rule))
        self.rules = [rule for key in keys if (rule := decision_table().rule(key))]

    def sides(self, rule: Rule) -> tuple[str, ...]:
        return tuple(side for side in SIDES if rule.key in self.on[side])

    def seen(self, rule: Rule, side: str) -> Mapping[str, str]:
        """The answers on a side that the rule was found in."""
        looks = [seen_on(side, answers) for answers in self.looks]
        return next((seen for seen in looks if rule.matches(seen)), looks[0])

    def of(self, rule: Rule) -> list[str]:
        """The finding: one sentence, or one for each side."""
        return self._say(rule, {side: rule.heading(self.seen(rule, side)) for side in self.sides(rule)})

    def clause(self, rule: Rule, *, follows: bool) -> str:
        """The finding of a rule that locks, as one clause; `follows` another's."""
        heading = rule.headings[-1]
        if follows and heading.also_both and heading.also_one:
            return self._once(rule, Saying(both=heading.also_both, one=heading.also_one))
        return self._once(rule, heading)

    def slip(self, rule: Rule) -> str:
        return self._once(rule, rule.slip) if rule.slip else ""

    def _once(self, rule: Rule, saying: Saying) -> str:
        return _joined(self._say(rule, dict.fromkeys(self.sides(rule), saying)))

    def _say(self, rule: Rule, sayings: Mapping[str, Saying]) -> list[str]:
        arches = {side: self.seen(rule, side).get("arch", "") for side in sayings}
        words = decision_table().arch_words
        alike = len(set(sayings.values())) == 1 and len(sayings) == len(SIDES)
        both = next(iter(sayings.values())).both
        together = set(arches.values())
        if alike and (len(together) == 1 or together <= FLAT_OR_LOW or "{arch}" not in both):
            arch = "low" if len(together) > 1 else together.pop()
            return [both.format(arch=words.get(arch, ""))]
        return [
            saying.one.format(side=side, arch=words.get(arches[side], "")) for side, saying in sayings.items()
        ]


def _joined(clauses: Sequence[str]) -> str:
    """Clauses as one sentence: "a", "a, and b", "a, b, and c"."""
    return ", ".join([*clauses[:-1], f"and {clauses[-1]}"]) if len(clauses) > 1 else clauses[0]


def _sentences(sentences: Iterable[str]) -> str:
    return " ".join(f"{sentence}." for sentence in sentences)
