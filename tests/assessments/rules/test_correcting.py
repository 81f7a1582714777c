"""Which check may be corrected, and how far the answer about pain may go."""

from datetime import date, timedelta

import pytest

from assessments.rules.correcting import lowers_pain, may_be_corrected, pains_from, place_of_both, places_from
from assessments.rules.questionnaire import PAIN, pain_that_stops
from assessments.rules.rest import Rest, asks_without_standing
from tests.outcomes import OUTCOMES

TODAY = date(2026, 10, 5)
WHOLE = OUTCOMES["M4, both"]
HURT_AT_THE_END = WHOLE | {PAIN: pain_that_stops("left")}


@pytest.mark.parametrize(
    ("answers", "days_ago", "stands", "may"),
    [
        (WHOLE, 0, True, True),
        (HURT_AT_THE_END, 0, True, True),
        (WHOLE, 1, True, False),
        (WHOLE, -1, True, False),
        (WHOLE, 0, False, False),
        (OUTCOMES["X1, at once"], 0, True, False),
        (OUTCOMES["X1, after the toes"], 0, True, False),
    ],
)
def test_whole_check_that_stands_may_be_corrected_on_its_own_day(
    answers: dict[str, dict[str, str]], days_ago: int, *, stands: bool, may: bool
) -> None:
    on = TODAY - timedelta(days=days_ago)

    assert may_be_corrected(answers, on=on, today=TODAY, stands=lambda: stands) is may


@pytest.mark.parametrize(
    ("given", "offered"),
    [
        ("none", ("none", "mild", "stop")),
        ("mild", ("mild", "stop")),
        ("stop", ("stop",)),
        ("gone", ("none", "mild", "stop")),
    ],
)
def test_pain_goes_only_upwards(given: str, offered: tuple[str, ...]) -> None:
    before = WHOLE | {PAIN: {"value": given}}

    assert pains_from(before) == offered
    for value in ("none", "mild", "stop"):
        after = {PAIN: pain_that_stops("elsewhere") if value == "stop" else {"value": value}}
        assert lowers_pain(before, after) is (value not in offered)


@pytest.mark.parametrize(
    ("where", "offered"),
    [
        ("left", ("left", "both", "elsewhere")),
        ("right", ("right", "both", "elsewhere")),
        ("both", ("both", "elsewhere")),
        ("elsewhere", ("both", "elsewhere")),
    ],
)
def test_where_it_hurt_is_not_taken_back(where: str, offered: tuple[str, ...]) -> None:
    before = WHOLE | {PAIN: pain_that_stops(where)}

    assert places_from(before) == offered
    assert {place_of_both(before, place) for place in ("left", "right")} <= {*offered}


def test_without_pain_before_every_place_is_offered() -> None:
    assert places_from(WHOLE) == ("left", "right", "both", "elsewhere")
    assert place_of_both(WHOLE, "right") == "right"


def test_who_said_it_hurt_or_rests_today_is_asked_without_standing_at_the_mirror() -> None:
    assert asks_without_standing(HURT_AT_THE_END, None)
    assert asks_without_standing(WHOLE, Rest.TOLD)
    assert not asks_without_standing(WHOLE, None)
