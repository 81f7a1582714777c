"""What a stored prescription says of itself."""

import pytest

from exercises.rules.prescribing import LIGHTER_WEEK, was_lighter_week, whole_minutes


@pytest.mark.parametrize(
    ("lighter", "reasons", "expected"),
    [
        (True, ["start", LIGHTER_WEEK], True),
        (True, ["lighter_day"], False),
        (False, [LIGHTER_WEEK], False),
        (True, [], False),
    ],
    ids=["a lighter week", "a lighter day", "not lighter", "no lines"],
)
def test_a_lighter_week_is_told_from_a_lighter_day_by_its_reason(
    reasons: list[str], *, lighter: bool, expected: bool
) -> None:
    assert was_lighter_week(lighter=lighter, reasons=reasons) is expected


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2)])
def test_an_estimate_is_rounded_up_to_whole_minutes(seconds: int, minutes: int) -> None:
    assert whole_minutes(seconds) == minutes
