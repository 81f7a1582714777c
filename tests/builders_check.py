"""Makes answers to the mirror check and to the safety lists; each has defaults that make an ordinary foot."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from django.test import Client

from assessments.rules.questionnaire import Answers, Question, questionnaire
from assessments.rules.safety import AnsweredList, Cleared, Said, Verdict
from assessments.rules.safety_content import RIGHT_NOW, safety_content

AGREED = {"adult": "on", "keep": "on", "time_zone": "Europe/Vienna"}
NOTHING_NOW = {"ticked": "none"}
ORDINARY = {
    "toes": "straight",
    "knees_usual": "not_in",
    "knees": "forward",
    "arch": "normal",
    "pain": "none",
}
# One foot that opens every branch, with every page there is.
LONGEST = {
    "toes": "straight",
    "knees_usual": "in",
    "knees": "in",
    "arch": "flat",
    "can_turn": "yes",
    "arch_turned": "higher",
    "flatter": "no",
    "tiptoe_arch": "absent",
    "sitting_arch": "present",
    "pain": "none",
}

Answered = dict[str, dict[str, str]]


def both_sides(**seen: str) -> Answered:
    """The same answers on both sides."""
    return answers(left=seen, right=seen, pain=seen.get("pain", "none"))


def answers(
    *, left: Mapping[str, str], right: Mapping[str, str], pain: str = "none", where: str = ""
) -> Answered:
    """Answers of two sides, as an attempt stores them."""
    given: Answered = {}
    for side, seen in (("left", left), ("right", right)):
        for key, value in seen.items():
            if key != "pain":
                given.setdefault(key, {})[side] = value
    return {**given, "pain": {"value": pain, **({"where": where} if where else {})}}


def every_state_of_one_side() -> Iterator[Answered]:
    """Every way to answer for the left side that the branching allows."""
    yield from _answered_on({}, questionnaire().in_order)


def _answered_on(given: Answered, left_to_ask: Sequence[Question]) -> Iterator[Answered]:
    if not left_to_ask:
        yield given
        return
    question, *later = left_to_ask
    side = "left" if question.sided else "value"
    if side not in questionnaire().asked_sides(question, given):
        yield from _answered_on(given, later)
        return
    for value in question.values:
        yield from _answered_on({**given, question.key: {side: value}}, later)


def at(day: int, hour: int = 9) -> datetime:
    """An hour of a day in November 2026."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def given(day: int, *, on: str = "", stage: str = "", **said: Said) -> AnsweredList:
    """One safety list: what was said to the questions named, "no" to the others of that list."""
    return _one_list(day, said, on=on, extras={"stage": stage} if stage else {})


def told(question: str, said: Said = Said.YES) -> AnsweredList:
    """The list of one question, answered on the first of the month with "no" to all others."""
    return _one_list(1, {question: said}, on="", extras={})


def _one_list(day: int, said: Mapping[str, Said], *, on: str, extras: Mapping[str, str]) -> AnsweredList:
    lists, questions = safety_content().lists, safety_content().questions
    key = on or next((one.key for one in lists.values() if set(said) <= set(one.questions)), RIGHT_NOW)
    # A retired question was answered before those that follow it were asked.
    not_yet = {follower for asked in said for follower in questions[asked].followed_by}
    return AnsweredList(
        list_key=key,
        on=date(2026, 11, day),
        at=at(day),
        answers={**{asked: Said.NO for asked in lists[key].questions if asked not in not_yet}, **said},
        extras=extras,
    )


def seen(cause: str, day: int, *, hour: int = 9, verdict: Verdict = Verdict.YES) -> Cleared:
    """ "I have been seen" for one cause."""
    return Cleared(
        cause=cause, on=date(2026, 11, day), at=at(day, hour), seen_on=date(2026, 11, day), verdict=verdict
    )


def begin_check(client: Client) -> None:
    """From the start page to the first do page."""
    client.post("/check/", AGREED)
    client.post("/check/right-now/", NOTHING_NOW)


def sent_from(page: str, answers: Answers) -> dict[str, str]:
    """What a browser sends from a page of questions."""
    return {
        side if question.key == page else f"{question.key}_{side}": value
        for question in questionnaire().questions_on(page)
        for side, value in answers.get(question.key, {}).items()
    }


def typed(seen: Mapping[str, str], page: str, *, where: str = "") -> dict[str, str]:
    """The same with one answer for both sides."""
    if page == "pain":
        return {"value": seen["pain"], "where": where}
    return sent_from(page, {key: dict.fromkeys(("left", "right"), value) for key, value in seen.items()})


def walk_check(client: Client, seen: Mapping[str, str] = ORDINARY) -> None:
    """The whole check, answered alike on both sides, up to its result."""
    begin_check(client)
    for page in dict.fromkeys(questionnaire().page_of(question) for question in seen):
        client.post(f"/check/{page.replace('_', '-')}/", typed(seen, page))
    client.post("/check/answers/")
