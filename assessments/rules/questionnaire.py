"""The mirror check as data: questions, do pages, their order, and which branch opens for which side.

Answers are {question: {"left": value, "right": value}}; the one question for the whole body, pain, is
{"pain": {"value": value, "where": place}}. Pure: no clock, no database.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from anatomy.blocks import (
    Block,
    ContentError,
    Frozen,
    Key,
    Wording,
    blocks_in,
    content_version,
    load_file,
    load_folder,
    require_keys,
)
from anatomy.catalogue import catalogue as reference
from anatomy.entries import Passage

CONTENT = Path(__file__).parent.parent / "content"

SIDES = ("left", "right")
UNSURE = "unsure"
PAIN = "pain"

Answers = Mapping[str, Mapping[str, str]]

PAIN_THAT_STOPS = "stop"
"""The answer about pain of a check that was ended because it hurt."""

# Pages that are neither do pages nor questions.
FIXED_PAGES = ("start", "right_now", "answers", "result")


class Condition(Frozen):
    """True when the answer to a question is one of the values."""

    field: Key
    values: Annotated[tuple[Key, ...], Field(min_length=1)]


class Choice(Frozen):
    """One answer.

    term     the field's word where it is another
    picture  names a figure, with {side} in it
    front    names a figure of both sides from the front, as an aid
    """

    value: Key
    label: Wording
    term: Wording | None = None
    picture: str | None = None
    front: str | None = None

    def picture_of(self, side: str) -> str | None:
        """The template of the figure for a side."""
        return f"figures/{self.picture.format(side=side)}.svg" if self.picture else None


class Where(Frozen):
    """The second part of the question about pain: where. Its label says `who` must answer it."""

    legend: Wording
    who: Wording
    error: Wording
    asked_if: Condition
    choices: tuple[Choice, ...]


class Question(Frozen):
    """One question; most have a page to themselves.

    title     the heading of its page; none where it only ever stands on another's
    legend    the question as each side's group says it
    summary   its name in the list of answers and on the result
    term      the field's own name for what is looked at
    error     what is missing, with {side}
    page      the question on whose page it stands in the check, as one stance serves both
    who       on the page of the question that opens it, its label says who must answer it
    sided     asked for left and right; otherwise once for the whole body
    unsure    "I'm not sure" is offered
    mirrored  its pictures are seen from the front, as in the mirror
    asked_if  opens for a side when that side's earlier answer fits; "not sure" is an ordinary value here
    """

    key: Key
    title: Wording | None = None
    legend: Wording
    summary: Wording
    term: Wording
    error: Wording
    page: Key | None = None
    who: Wording | None = None
    stance: Key | None = None
    lead: Block | None = None
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]
    asked_if: Condition | None = None
    sided: bool = True
    unsure: bool = True
    mirrored: bool = False
    where: Where | None = None

    @model_validator(mode="after")
    def _values_are_different(self) -> Self:
        values = [choice.value for choice in self.choices]
        if len(set(values)) != len(values):
            raise ValueError("choices: a value stands twice")
        return self

    @property
    def fronts(self) -> list[tuple[str, str]]:
        """The answers as both sides show them from the front: words and template."""
        return [(one.label, f"figures/{one.front}.svg") for one in self.choices if one.front]

    @property
    def values(self) -> tuple[str, ...]:
        """Every answer that can be stored."""
        known = tuple(choice.value for choice in self.choices)
        return (*known, UNSURE) if self.unsure else known

    def term_of(self, value: str | None) -> str:
        """An answer in the field's words."""
        terms = {choice.value: choice.term for choice in self.choices if choice.term}
        return terms.get(value or "") or self.label_of(value)

    def label_of(self, value: str | None) -> str:
        """An answer in words; a value that left the content says so.

        What everybody is asked lacks an answer only in a check that is older than the question, or ended early.
        """
        if value is None:
            return "Not asked" if self.asked_if else "Not asked then"
        if value == UNSURE:
            return "Not sure"
        labels = {choice.value: choice.label for choice in self.choices}
        return labels.get(value, "An answer that is no longer offered")


class DoPage(Frozen):
    """Something to do at the mirror before a question; `picture` has a second one beside it, named `<picture>-near`."""

    key: Key
    title: Wording
    before: Key
    picture: Key | Annotated[str, Field(pattern=r"^do-[a-z-]+$")]
    steps: Block
    aloud: Block

    @property
    def figures(self) -> tuple[str, str]:
        """The templates of its pictures: how to stand, and what to look at."""
        return f"figures/{self.picture}.svg", f"figures/{self.picture}-near.svg"


class StartPage(Frozen):
    """What the check shows and cannot show, and what one needs."""

    key: Key
    title: Wording
    shows: Block
    cannot: Block
    needs: tuple[Block, ...]
    kept: Block


class Agreement(Frozen):
    """The clear yes before anything is stored; its version is stored with it."""

    key: Key
    version: str
    adult: Wording
    keep: Wording
    adult_error: Wording
    keep_error: Wording
    text: Block


class CheckPage(Frozen):
    """A heading and a text."""

    key: Key
    title: Wording
    text: Block


class SlipPage(Frozen):
    """What to say at a visit, after what the rules say: {date} is that of the check, `pain` by the answer about it."""

    key: Key
    title: Wording
    seen: Wording
    pain: Mapping[Key, Wording]
    question: Wording


class Limits(Frozen):
    """What no result can tell."""

    key: Key
    title: Wording
    points: tuple[Passage, ...]
    how_sure: Passage

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that grade what is said here."""
        return tuple(passage.claim for passage in (*self.points, self.how_sure) if passage.claim)


class SecondLookPage(Frozen):
    """The texts of the second look, and the questions it asks again (`second_look.py`).

    offer, begin      what it is for; what to do
    third             above a question asked a third time
    steady, wavering  on the result, where the looks agreed and where they differed
    kept_back         on the result, where the first look asks a person to be seen
    """

    key: Key
    title: Wording
    items: tuple[Key, ...]
    offer: Block
    begin: Block
    third: Block
    steady: Block
    wavering: Block
    kept_back: Block


class CorrectingPage(Frozen):
    """The texts of mending a slip (`correcting.py`): above the answers, above pain, and when it is too late."""

    key: Key
    begin: Block
    pain: Block
    over: Block


class RestPage(Frozen):
    """Said instead of the start page on a day on which nobody should stand at the mirror (again).

    hurt, told  why: it hurt there, or an answer asks to get help first
    """

    key: Key
    title: Wording
    hurt: Block
    told: Block


class _Order(Frozen):
    pages: tuple[Key, ...]


class Questionnaire(Frozen):
    """The whole check."""

    order: tuple[str, ...]
    questions: Mapping[str, Question]
    do_pages: Mapping[str, DoPage]
    start: StartPage
    agreement: Agreement
    stopped: CheckPage
    rest: RestPage
    limits: Limits
    when_to_see: CheckPage
    slip: SlipPage
    second_look: SecondLookPage
    correcting: CorrectingPage

    def do_page_before(self, page: str) -> DoPage | None:
        """The do page in front of a page of questions."""
        return next((do for do in self.do_pages.values() if do.before == page), None)

    def page_of(self, question: str) -> str:
        """The page on which a question is asked, by the key of the question that heads it."""
        return self.questions[question].page or question

    def questions_on(self, page: str) -> list[Question]:
        """The questions of a page, the one that heads it first; none for a page of another kind."""
        head = [self.questions[page]] if page in self.questions else []
        return [*head, *(question for question in self.questions.values() if question.page == page)]

    def sides_on(self, page: str, answers: Answers) -> list[tuple[Question, tuple[str, ...]]]:
        """The questions of a page with the sides for which each stands there.

        What another question of the same page opens stands there for every side that may open it.
        """
        shown: dict[str, tuple[str, ...]] = {}
        for question in self.questions_on(page):
            opener = question.asked_if.field if question.asked_if else ""
            shown[question.key] = shown.get(opener) or self.asked_sides(question, answers)
        return [(self.questions[key], sides) for key, sides in shown.items()]

    def asked_sides(self, question: Question, answers: Answers) -> tuple[str, ...]:
        """The sides a question is asked for, given the answers so far; ("value",) for the whole body."""
        if not question.sided:
            return ("value",)
        if question.asked_if is None:
            return SIDES
        earlier = answers.get(question.asked_if.field, {})
        return tuple(side for side in SIDES if earlier.get(side) in question.asked_if.values)

    def kept(self, answers: Answers) -> dict[str, dict[str, str]]:
        """The answers without those whose branch has closed."""
        kept: dict[str, dict[str, str]] = {}
        for question in self.in_order:
            given = answers.get(question.key, {})
            sides = {side: given[side] for side in self.asked_sides(question, kept) if side in given}
            if (
                sides
                and question.where
                and sides.get("value") in question.where.asked_if.values
                and "where" in given
            ):
                sides["where"] = given["where"]
            if sides:
                kept[question.key] = sides
        return kept

    @functools.cached_property
    def in_order(self) -> tuple[Question, ...]:
        """The questions in the order of their pages."""
        return tuple(question for page in self.order for question in self.questions_on(page))

    def is_answered(self, question: Question, answers: Answers) -> bool:
        """Whether every side that is asked has an answer."""
        given = answers.get(question.key, {})
        if not all(side in given for side in self.asked_sides(question, answers)):
            return False
        return not (
            question.where and given.get("value") in question.where.asked_if.values and "where" not in given
        )

    def first_unanswered(self, answers: Answers) -> Question | None:
        """The next question to ask; None when everything is answered."""
        return next((q for q in self.in_order if not self.is_answered(q, answers)), None)

    def next_page(self, answers: Answers) -> str:
        """The page to show next: the next question, or the do page in front of it, or the list of answers."""
        question = self.first_unanswered(answers)
        if question is None:
            return "answers"
        page = self.page_of(question.key)
        before = self.do_page_before(page)
        return before.key if before else page

    def comes_too_early(self, page: str, answers: Answers) -> bool:
        """Whether a question before this page is still open."""
        waiting = self.first_unanswered(answers)
        return waiting is not None and self.order.index(page) > self.order.index(self.page_of(waiting.key))

    def path(self, answers: Answers) -> list[str]:
        """Every page of the way through for these answers."""
        asked = {self.page_of(q.key) for q in self.in_order if self.asked_sides(q, answers)}
        return [
            key
            for key in self.order
            if key in FIXED_PAGES
            or key in asked
            or (key in self.do_pages and self.do_pages[key].before in asked)
        ]

    def page_before(self, page: str, answers: Answers) -> str:
        """Where Back leads from a page."""
        path = self.path(answers)
        return path[max(path.index(page) - 1, 0)] if page in path else "start"

    def asked_or_missed(self, answers: Answers) -> list[Question]:
        """The questions of a finished check, with those that everybody is asked by now.

        An older check was not asked all of these. One that ended because it hurt shows what it came to.
        """
        ended_early = is_stopped_by_pain(answers)
        return [q for q in self.in_order if q.key in answers or not (q.asked_if or ended_early)]


def pain_that_stops(where: str) -> dict[str, str]:
    """The answer about pain of a check that is ended because it hurts there."""
    return {"value": PAIN_THAT_STOPS, "where": where}


def is_stopped_by_pain(answers: Answers) -> bool:
    """Whether the check ended because it hurt."""
    return answers.get(PAIN, {}).get("value") == PAIN_THAT_STOPS


def is_without_pain(answers: Answers) -> bool:
    """Whether the question about pain was answered, and nothing hurt."""
    return answers.get(PAIN, {}).get("value") == "none"


def load_questionnaire(folder: Path, *, sources: Sequence[str], claims: Sequence[str]) -> Questionnaire:
    """Read the questionnaire; raises ContentError with the file and the key."""
    order = load_file(folder / "questionnaire.toml", _Order).pages
    questions = load_folder(folder / "questions", Question)
    do_pages = load_folder(folder / "do", DoPage)
    pages = folder / "pages"
    check = Questionnaire(
        order=order,
        questions=questions,
        do_pages=do_pages,
        start=load_file(pages / "start.toml", StartPage),
        agreement=load_file(pages / "agreement.toml", Agreement),
        stopped=load_file(pages / "stopped.toml", CheckPage),
        rest=load_file(pages / "rest.toml", RestPage),
        limits=load_file(pages / "limits.toml", Limits),
        when_to_see=load_file(pages / "when_to_see.toml", CheckPage),
        slip=load_file(pages / "slip.toml", SlipPage),
        second_look=load_file(pages / "second_look.toml", SecondLookPage),
        correcting=load_file(pages / "correcting.toml", CorrectingPage),
    )
    _check_order(check, folder / "questionnaire.toml")
    for question in questions.values():
        file = f"{folder / 'questions' / question.key}.toml"
        where = f"{file}: asked_if"
        if question.where:
            require_condition(question.where.asked_if, questions, where=f"{file}: where.asked_if")
        if question.asked_if:
            require_condition(question.asked_if, questions, where=where)
            in_order = [one.key for one in check.in_order]
            if in_order.index(question.asked_if.field) > in_order.index(question.key):
                raise ContentError(f"{where}: {question.asked_if.field} is asked later")
    for page in do_pages.values():
        require_keys([page.before], order, where=f"{folder / 'do' / page.key}.toml: before")
    require_keys(check.limits.claims, claims, where=f"{pages / 'limits.toml'}: claims")
    require_keys(check.second_look.items, questions, where=f"{pages / 'second_look.toml'}: items")
    texts = (
        check.start,
        check.agreement,
        check.stopped,
        check.rest,
        check.limits,
        check.when_to_see,
        check.second_look,
        check.correcting,
    )
    require_sources(questions.values(), sources, folder=folder / "questions")
    require_sources(do_pages.values(), sources, folder=folder / "do")
    require_sources(texts, sources, folder=pages)
    return check


def _check_order(check: Questionnaire, file: Path) -> None:
    heads = {question.key for question in check.questions.values() if not question.page}
    known = {*heads, *check.do_pages, *FIXED_PAGES}
    require_keys(check.order, known, where=f"{file}: pages")
    if missing := known - set(check.order):
        raise ContentError(f"{file}: pages: lacks {', '.join(sorted(missing))}")
    if len(set(check.order)) != len(check.order):
        raise ContentError(f"{file}: pages: a page stands twice")
    for question in check.questions.values():
        where = file.parent / "questions" / f"{question.key}.toml"
        if question.page:
            require_keys([question.page], heads, where=f"{where}: page")
        alone = not question.page or question.key in check.second_look.items
        if alone and not (question.title and question.lead):
            raise ContentError(f"{where}: title, lead: a question that heads a page needs both")


def require_condition(condition: Condition, questions: Mapping[str, Question], *, where: str) -> None:
    """Raise ContentError when a condition names a question or a value that does not exist."""
    require_keys([condition.field], questions, where=where)
    require_keys(condition.values, questions[condition.field].values, where=f"{where}: {condition.field}")


def require_sources(things: Iterable[Any], sources: Sequence[str], *, folder: Path) -> None:
    """Raise ContentError when a block names a source that is not in the bibliography; files are named by `key`."""
    for thing in things:
        for block in blocks_in(thing):
            require_keys(block.sources, sources, where=f"{folder / thing.key}.toml: sources")


@functools.cache
def questionnaire() -> Questionnaire:
    """The check, read once."""
    known = reference()
    return load_questionnaire(CONTENT, sources=list(known.sources), claims=list(known.claims))


@functools.cache
def version() -> str:
    """The content version an answer is stored with."""
    return content_version(CONTENT)
