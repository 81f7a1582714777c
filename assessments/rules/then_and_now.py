"""Two checks side by side: which answers differ, what may be said of it, and the heading that says it.

A difference is called a change only where both looks of the first check saw the same (`second_look.difference`). Pure;
design choices throughout.
"""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from anatomy.blocks import Block, ContentError, Frozen, Key, Wording, load_file
from anatomy.catalogue import catalogue as reference
from assessments.rules.questionnaire import CONTENT, SIDES, Answers, Question, questionnaire, require_sources
from assessments.rules.scoring import Saying, decision_table
from assessments.rules.second_look import LookDifference, Looks, difference

DIFFERS = (LookDifference.CHANGED, LookDifference.NO_CLEAR_CHANGE, LookDifference.LOOKED_ONCE)
PAGE = CONTENT / "pages" / "then_and_now.toml"


class SaidOfTwo(Block):
    """What is said of two checks, and the heading where none names what differs."""

    heading: Wording


class ThenAndNowPage(Frozen):
    """The words of the page; `differs` by question and what the later answer says."""

    key: Key
    differs: Mapping[Key, Mapping[Key, Saying]]
    changed: Block
    looked_once: SaidOfTwo
    no_clear_change: SaidOfTwo
    same: SaidOfTwo
    nothing: SaidOfTwo


@dataclass(frozen=True)
class ComparedAnswer:
    """One question with its answers then and now, and what may be said of them.

    sides  both when all is the same on both
    """

    question: Question
    sides: tuple[str, ...]
    then: str | None
    now: str | None
    said: LookDifference


@dataclass(frozen=True)
class Compared:
    """Two checks compared.

    text       why it is called that
    differing  (question, side) of every difference, whatever it is called
    """

    heading: str
    text: Block
    answers: tuple[ComparedAnswer, ...]
    differing: frozenset[tuple[str, str]]


def compare(then: Answers, now: Answers, looks: Looks | None) -> Compared:
    """What may be said of two checks, the earlier one first.

    looks  both looks of the first check there ever was; None without a second look
    """
    found = {
        (question.key, side): difference(
            then.get(question.key, {}).get(side),
            now.get(question.key, {}).get(side),
            steady=looks.agree(question.key, side) if looks else None,
        )
        for question in questionnaire().in_order
        if question.sided
        for side in SIDES
    }
    heading, text = _said_of(found, then, now)
    return Compared(
        heading=heading,
        text=text,
        answers=tuple(_rows(found, then, now)),
        differing=frozenset(place for place, said in found.items() if said in DIFFERS),
    )


def _said_of(
    found: Mapping[tuple[str, str], LookDifference], then: Answers, now: Answers
) -> tuple[str, Block]:
    words, said = page(), set(found.values())
    if LookDifference.CHANGED in said:
        return _named(found, LookDifference.CHANGED, then, now), words.changed
    if LookDifference.LOOKED_ONCE in said:
        named = _named(found, LookDifference.LOOKED_ONCE, then, now)
        heading = f"{named}, which may be chance" if named and "." not in named else words.looked_once.heading
        return heading, words.looked_once
    for verdict, fits in (
        (words.no_clear_change, LookDifference.NO_CLEAR_CHANGE in said),
        (words.same, LookDifference.SAME in said),
    ):
        if fits:
            return verdict.heading, verdict
    return words.nothing.heading, words.nothing


def _named(
    found: Mapping[tuple[str, str], LookDifference], kind: LookDifference, then: Answers, now: Answers
) -> str:
    """What differs, a sentence each; one alone without its full stop."""
    sentences = []
    for question, sayings in page().differs.items():
        directions = {
            side: _direction(question, then[question][side], now[question][side])
            for side in SIDES
            if found[(question, side)] is kind
        }
        directions = {side: way for side, way in directions.items() if way in sayings}
        if len(directions) == len(SIDES) and len(set(directions.values())) == 1:
            sentences.append(sayings[directions[SIDES[0]]].both)
        else:
            sentences += [sayings[way].one.format(side=side) for side, way in directions.items()]
    return sentences[0] if len(sentences) == 1 else " ".join(f"{sentence}." for sentence in sentences)


def _direction(question: str, then: str, now: str) -> str:
    """What the later answer says; empty for an answer that left the content."""
    if question != "arch":
        return now
    heights = decision_table().arch_heights
    if then not in heights or now not in heights:
        return ""
    return "higher" if heights.index(now) > heights.index(then) else "lower"


def _rows(
    found: Mapping[tuple[str, str], LookDifference], then: Answers, now: Answers
) -> Iterable[ComparedAnswer]:
    """Every question that one of the checks asked; both sides in one row where nothing sets them apart."""
    for question in questionnaire().in_order:
        before, after = then.get(question.key, {}), now.get(question.key, {})
        rows = [
            ComparedAnswer(question, (side,), before.get(side), after.get(side), found[(question.key, side)])
            for side in SIDES
            if question.sided and (side in before or side in after)
        ]
        if len(rows) == len(SIDES) and len({(row.then, row.now, row.said) for row in rows}) == 1:
            rows = [ComparedAnswer(question, SIDES, rows[0].then, rows[0].now, rows[0].said)]
        yield from rows


@functools.cache
def page() -> ThenAndNowPage:
    """The words of the page, read once; raises ContentError with the file and the key."""
    words = load_file(PAGE, ThenAndNowPage)
    named = {
        "arch": {"higher", "lower"},
        **{key: _sure(questionnaire().questions[key]) for key in ("knees", "arch_turned")},
    }
    if {key: set(sayings) for key, sayings in words.differs.items()} != named:
        raise ContentError(
            f"{PAGE}: differs: must name every way in which what is looked at twice may differ"
        )
    require_sources([words], list(reference().sources), folder=PAGE.parent)
    return words


def _sure(question: Question) -> set[str]:
    return {choice.value for choice in question.choices}
