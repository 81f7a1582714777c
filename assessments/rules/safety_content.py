"""The safety questions, lists and levels as the content has them, read once."""

import functools
import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field

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
from assessments.rules.questionnaire import CONTENT, Choice, require_sources
from assessments.rules.scoring import decision_table

# Before the first workout this long after the oldest answers, all four lists are asked again (design choice).
ASK_AGAIN_AFTER = timedelta(days=28)


RIGHT_NOW = "right_now"


STOP_LIST = "stop_list"


NO_WORKOUT_TODAY = "no_workout_today"
"""The level that locks no plan, and lets nobody train on the day it was told."""

# The urgency of every rule of the mirror check that asks a person to be seen: before training (decision table, X1 to X4).
LEVEL_OF_RULES = "clinician_first"


LISTS_BEFORE_A_PLAN = (RIGHT_NOW, "told_or_had", "feet_and_legs", "so_it_fits")


class Level(Frozen):
    """How urgent an answer is, the strictest first in the content.

    check_stops  the mirror check ends for today
    locks_plan   no plan until "I have been seen"
    be_seen      the heading of every page while a lock of this level is the strictest
    style        the look of the advice: "now", "today", or none
    """

    key: Key
    when: Wording
    check_stops: bool = False
    locks_plan: bool = False
    be_seen: Wording | None = None
    style: str = ""


class DropWhen(Frozen):
    """Exercises that are left out for one answer of the question's second part."""

    extra: Key
    value: Key
    exercises: tuple[Key, ...]


class Effects(Frozen):
    """What an answer does to a plan: cap = {exercise: highest rung number}."""

    cap: Mapping[Key, int] = Field(default_factory=dict)
    drop: tuple[Key, ...] = ()
    drop_when: DropWhen | None = None
    offered_not_planned: tuple[Key, ...] = ()
    support: str | None = None


class Extra(Frozen):
    """The second part of a question, asked with its tick.

    as_reason  {choice: what makes exercises easier with it}, where that says more than the question's own
    """

    key: Key
    legend: Wording
    error: Wording
    unsure_counts_as: Key
    choices: tuple[Choice, ...]
    as_reason: Mapping[Key, Wording] = Field(default_factory=dict)


class SafetyQuestion(Frozen):
    """One line of a safety list.

    asks     as it is ticked
    explain  shown to who is not sure
    advice   what to do, on a page of its own
    as_reason  what it is, where a plan says why an exercise is easier or left out: "you are pregnant"
    effects_once_seen  what stays when the lock has been opened
    followed_by  the questions that ask for it now: no list asks a retired one, stored answers keep their effect
    """

    key: str
    level: Key
    title: Wording
    asks: Block
    explain: Block
    advice: Block
    effects: Effects = Field(default_factory=Effects)
    effects_once_seen: Effects = Field(default_factory=Effects)
    effect_in_words: Block | None = None
    as_reason: Wording | None = None
    extra: Extra | None = None
    followed_by: tuple[str, ...] = ()

    @property
    def eases_exercises(self) -> bool:
        """Whether a plan may start lower, stop at a step or leave something out because of it."""
        both = (self.effects, self.effects_once_seen)
        return self.level == "adapt" or any(one.cap or one.drop or one.drop_when for one in both)


class Tick(Frozen):
    """One thing to tick on a list; several may lead to the same question, each under the word people look for."""

    key: str
    question: str
    asks: Block
    explain: Block


class SafetyList(Frozen):
    """The questions asked on one page.

    ticks  those of questions that this list asks in words of its own
    """

    key: Key
    title: Wording
    lead: Block
    questions: Annotated[tuple[str, ...], Field(min_length=1)]
    ticks: tuple[Tick, ...] = ()


class ClearancePage(Frozen):
    """What is said about locks and about being seen; `not_yet` after a visit that gave no leave."""

    key: Key
    one_serves: tuple[tuple[str, ...], ...]
    opened_by_a_check_without_pain: tuple[str, ...]
    lock: Block
    with_limits: Block
    not_yet: Block

    def served_with(self, cause: str) -> tuple[str, ...]:
        """Every cause that a visit about this one counts for, this one first."""
        together = (group for group in self.one_serves if cause in group)
        return tuple(dict.fromkeys([cause, *itertools.chain(*together)]))


class SafetyContent(Frozen):
    """All lists, questions and levels."""

    levels: Mapping[str, Level]
    questions: Mapping[str, SafetyQuestion]
    lists: Mapping[str, SafetyList]
    clearance: ClearancePage

    def ticks_of(self, list_key: str) -> list[Tick]:
        """What is ticked on a list, in order: a question as it stands, or the list's own ticks for it."""
        one = self.lists[list_key]
        ticks = []
        for question in (self.questions[key] for key in one.questions):
            own = [tick for tick in one.ticks if tick.question == question.key]
            ticks += own or [
                Tick(key=question.key, question=question.key, asks=question.asks, explain=question.explain)
            ]
        return ticks

    def level_of(self, question: str) -> Level:
        """The level of a question."""
        return self.levels[self.questions[question].level]

    def strictest_first(self, questions: Iterable[str]) -> list[SafetyQuestion]:
        """Known questions in the order of their urgency."""
        order = list(self.levels)
        known = [self.questions[key] for key in questions if key in self.questions]
        return sorted(known, key=lambda question: order.index(question.level))


class _LevelsFile(Frozen):
    levels: tuple[Level, ...]


def load_safety(folder: Path, *, sources: Sequence[str]) -> SafetyContent:
    """Read the safety content; raises ContentError with the file and the key."""
    levels = {level.key: level for level in load_file(folder / "levels.toml", _LevelsFile).levels}
    if silent := [level.key for level in levels.values() if level.locks_plan and not level.be_seen]:
        raise ContentError(f"{folder / 'levels.toml'}: be_seen: is missing for {', '.join(silent)}")
    questions = load_folder(folder / "questions", SafetyQuestion)
    lists = load_folder(folder / "lists", SafetyList)
    require_keys([*LISTS_BEFORE_A_PLAN, STOP_LIST], lists, where=str(folder / "lists"))
    for question in questions.values():
        where = f"{folder / 'questions' / question.key}.toml"
        require_keys([question.level], levels, where=f"{where}: level")
        require_keys(question.followed_by, questions, where=f"{where}: followed_by")
        if question.eases_exercises and not question.as_reason:
            raise ContentError(f"{where}: as_reason: is missing, as it makes exercises easier")
        _check_second_part(question, where)
    for one in lists.values():
        where = f"{folder / 'lists' / one.key}.toml"
        require_keys(one.questions, questions, where=f"{where}: questions")
        require_keys([tick.question for tick in one.ticks], one.questions, where=f"{where}: ticks")
    asked = {key for one in lists.values() for key in one.questions}
    retired = {question.key for question in questions.values() if question.followed_by}
    if unclear := set(questions) - (asked ^ retired):
        raise ContentError(f"{folder}: asked by no list, or retired and asked: {', '.join(sorted(unclear))}")
    clearance = load_file(folder / "clearance.toml", ClearancePage)
    causes = {*questions, *(rule.key for rule in decision_table().rules)}
    named = [*clearance.opened_by_a_check_without_pain, *itertools.chain(*clearance.one_serves)]
    require_keys(
        named, causes, where=f"{folder / 'clearance.toml'}: one_serves, opened_by_a_check_without_pain"
    )
    require_sources(questions.values(), sources, folder=folder / "questions")
    require_sources(lists.values(), sources, folder=folder / "lists")
    require_sources([clearance], sources, folder=folder)
    return SafetyContent(levels=levels, questions=questions, lists=lists, clearance=clearance)


def _check_second_part(question: SafetyQuestion, where: str) -> None:
    choices = [choice.value for choice in question.extra.choices] if question.extra else []
    if question.extra:
        require_keys([question.extra.unsure_counts_as], choices, where=f"{where}: extra.unsure_counts_as")
        require_keys(question.extra.as_reason, choices, where=f"{where}: extra.as_reason")
    if question.effects.drop_when:
        require_keys([question.effects.drop_when.value], choices, where=f"{where}: effects.drop_when.value")


@functools.cache
def safety_content() -> SafetyContent:
    """The safety questions, read once."""
    return load_safety(CONTENT / "safety", sources=list(reference().sources))
