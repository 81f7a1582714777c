"""Who may stand at the mirror today: what makes it wait until tomorrow, and how long "right now" holds.

Pure; design choices: after pain, or an answer that asks to get help first, there is no check for the rest of that day.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from assessments.rules.questionnaire import Answers, is_stopped_by_pain
from assessments.rules.safety import Said, stops_check


class Rest(StrEnum):
    """Why nobody should stand at the mirror again today; it can begin again on the next local date."""

    TOLD = "told"
    HURT = "hurt"


def rest_on(
    today: date, *, told: Iterable[Mapping[str, Said]], hurt_on: Iterable[date | None]
) -> Rest | None:
    """Why there is no check or second look today; None if there is.

    told     the answers of each safety list that was answered today
    hurt_on  the local dates on which a check ended because it hurt; None for one that did not
    """
    if any(stops_check(answers) for answers in told):
        return Rest.TOLD
    # Later than today after a flight west, which must not give the same day twice.
    if any(on is not None and on >= today for on in hurt_on):
        return Rest.HURT
    return None


def asks_without_standing(answers: Answers, rest: Rest | None) -> bool:
    """Whether a question comes without what is to be done before it: it hurt, or today is no day for the mirror.

    rest  as today stands for whoever mends a slip; a check itself does not begin on such a day
    """
    return rest is not None or is_stopped_by_pain(answers)


def right_now_holds(answered_on: date | None, today: date) -> bool:
    """Whether the list "right now" need not be asked again: its answers hold on the day they were given."""
    return answered_on == today
