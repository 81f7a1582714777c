"""A slip is mended on the same day: which check may be corrected, and how far the answer about pain may go.

Pure; design choices.
"""

from collections.abc import Callable
from datetime import date

from assessments.rules.questionnaire import (
    PAIN,
    PAIN_THAT_STOPS,
    SIDES,
    Answers,
    is_stopped_by_pain,
    pain_that_stops,
    questionnaire,
)


def may_be_corrected(answers: Answers, *, on: date, today: date, stands: Callable[[], bool]) -> bool:
    """Whether a finished check may be corrected: the latest one, on its own local date, until something is built on it.

    stands  whether it is the latest, and no second look, no count on it and no other check has begun; asked last

    What "This hurts: stop" ended is not corrected: it can begin again on the next local date.
    """
    return on == today and not ended_by_stop(answers) and stands()


def ended_by_stop(answers: Answers) -> bool:
    """Whether "This hurts: stop" ended a check: it hurt, and something was left to ask."""
    return is_stopped_by_pain(answers) and questionnaire().first_unanswered(answers) is not None


def pains_from(answers: Answers) -> tuple[str, ...]:
    """The answers about pain that a correction of these may give: the one given, or more."""
    values = questionnaire().questions[PAIN].values
    given = answers.get(PAIN, {}).get("value")
    return values[values.index(given) :] if given in values else values


def places_from(answers: Answers) -> tuple[str, ...]:
    """Where it may have hurt in a correction of these answers: where it was said to hurt, or more."""
    where = questionnaire().questions[PAIN].where
    places = tuple(choice.value for choice in where.choices) if where else ()
    return tuple(place for place in places if not lowers_pain(answers, {PAIN: pain_that_stops(place)}))


def place_of_both(before: Answers, where: str) -> str:
    """Where it hurts when a correction is stopped there: what hurt before is not forgotten."""
    return where if where in places_from(before) else "both"


def lowers_pain(before: Answers, after: Answers) -> bool:
    """Whether a correction says that less hurt, or takes back where it did."""
    if after.get(PAIN, {}).get("value") not in pains_from(before):
        return True
    return is_stopped_by_pain(before) and not _sides_that_hurt(before) <= _sides_that_hurt(after)


def _sides_that_hurt(answers: Answers) -> set[str]:
    """Pain elsewhere counts for both sides."""
    pain = answers.get(PAIN, {})
    if pain.get("value") != PAIN_THAT_STOPS:
        return set()
    return {pain["where"]} if pain.get("where") in SIDES else set(SIDES)
