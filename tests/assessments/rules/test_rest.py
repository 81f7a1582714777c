"""Who may stand at the mirror today."""

from datetime import date

import pytest

from assessments.rules.rest import Rest, rest_on, right_now_holds
from assessments.rules.safety import Said

TODAY, YESTERDAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 24)
STOPS, ADVISES = {"RF1": Said.YES}, {"RF16": Said.YES}


@pytest.mark.parametrize(
    ("told", "hurt_on", "rest"),
    [
        ([], [], None),
        ([{"RF1": Said.NO}], [], None),
        ([ADVISES], [], None),
        ([STOPS], [], Rest.TOLD),
        ([{"RF1": Said.UNSURE}], [], Rest.TOLD),
        ([{"RF1": Said.NO}, STOPS], [TODAY], Rest.TOLD),
        ([], [None, YESTERDAY], None),
        ([], [None, TODAY], Rest.HURT),
        ([], [TOMORROW], Rest.HURT),  # it hurt before a flight west
    ],
)
def test_mirror_waits_for_the_rest_of_a_day_on_which_it_hurt_or_help_comes_first(
    told: list[dict[str, Said]], hurt_on: list[date | None], rest: Rest | None
) -> None:
    assert rest_on(TODAY, told=told, hurt_on=hurt_on) is rest


@pytest.mark.parametrize(
    ("answered_on", "holds"), [(None, False), (YESTERDAY, False), (TODAY, True), (TOMORROW, False)]
)
def test_right_now_holds_on_the_day_it_was_answered(answered_on: date | None, *, holds: bool) -> None:
    assert right_now_holds(answered_on, TODAY) is holds
