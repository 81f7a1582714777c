"""What was seen at the mirror and counted, in the field's terms: the first time and the latest. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assessments.rules.counting import CountCheck, Counted, CountedDay
from assessments.rules.questionnaire import PAIN, SIDES, Question, questionnaire
from assessments.rules.second_look import FinishedLook, Looks
from hipfeet.owndata.clinician.words import ShortDates

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class SeenItem:
    """One thing that was looked at, and what was seen on each side at the checks shown, in their order."""

    term: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class SeenAtMirror:
    """The first and the latest mirror check, or the only one.

    pain         at each of them, of the whole body
    between      how many checks lie between the two
    second_look  what a second look at the first check came to; empty without one
    """

    dates: tuple[date, ...]
    items: tuple[SeenItem, ...]
    pain: tuple[str, ...]
    between: int
    second_look: str

    @property
    def pain_by_date(self) -> list[tuple[date, str]]:
        """Pain at each check with its date."""
        return list(zip(self.dates, self.pain, strict=True))


def seen_at_mirror(
    checks: Sequence[FinishedLook], looks: Looks | None, looked_on: date | None, dates: ShortDates
) -> SeenAtMirror | None:
    """What was seen; None without a check.

    checks  every finished check as it stands, oldest first
    looks   what the looks at the first check said, where its second look was finished, on `looked_on`
    """
    if not checks:
        return None
    shown = _first_and_last(checks)
    return SeenAtMirror(
        dates=tuple(check.on for check in shown),
        items=tuple(
            SeenItem(question.term, *(_answers(question, side, shown) for side in SIDES))
            for question in questionnaire().in_order
            if question.sided and any(question.key in check.answers for check in shown)
        ),
        pain=tuple(_pain_at(check) for check in shown),
        between=len(checks) - len(shown),
        second_look=_second_look(looks, dates.day(looked_on)) if looks and looked_on else "",
    )


def _first_and_last(things: Sequence[Thing]) -> list[Thing]:
    return [things[0], things[-1]] if len(things) > 1 else [things[0]]


def _answers(question: Question, side: str, checks: Iterable[FinishedLook]) -> tuple[str, ...]:
    return tuple(question.term_of(check.answers.get(question.key, {}).get(side)) for check in checks)


def _pain_at(check: FinishedLook) -> str:
    question, given = questionnaire().questions[PAIN], check.answers.get(PAIN, {})
    places = question.where.choices if question.where else ()
    where = next((place.label.lower() for place in places if place.value == given.get("where")), "")
    return ", ".join(filter(None, (question.term_of(given.get("value")), where)))


def _second_look(looks: Looks, on: str) -> str:
    """How many answers both looks agreed on, and which they did not."""
    looked = looks.items()
    differing = {
        questionnaire().questions[item].term: sides
        for item, asked in looked.items()
        if (sides := [side for side in asked if not looks.agree(item, side)])
    }
    count = sum(map(len, looked.values()))
    agreed = f"Second look, {on}: {count - sum(map(len, differing.values()))} of {count} answers agreed"
    named = "; ".join(f"{term} ({' and '.join(sides)})" for term, sides in differing.items())
    return f"{agreed}, not: {named}." if named else f"{agreed}."


@dataclass(frozen=True)
class CountedDays:
    """A countable check on the first and the latest day it was done: (date, left, right), with its unit.

    between  how many days with a count lie between the two
    """

    check: CountCheck
    days: tuple[tuple[date, str, str], ...]
    between: int


def counted_days(counts: Iterable[tuple[CountCheck, Sequence[CountedDay]]]) -> list[CountedDays]:
    """Every check that was counted at least once."""
    return [
        CountedDays(
            check,
            tuple(
                (day.on, _value(check, day.left), _value(check, day.right)) for day in _first_and_last(days)
            ),
            between=max(0, len(days) - 2),
        )
        for check, days in counts
        if days
    ]


def _value(check: CountCheck, counted: Counted | None) -> str:
    if counted is None:
        return "not counted"
    said = check.in_words(counted.value)
    return f"{said}, stopped for pain" if counted.stopped else said
