"""The end of a block: which looks stand side by side."""

from datetime import timedelta

import pytest

from exercises.rules.twelve_weeks import first_and_last
from tests.exercises.builders import MONDAY

LAST = MONDAY + timedelta(days=83)


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        ([], None, None),
        ([0], 0, None),
        ([-40, -2], -2, None),
        ([-40, -2, 27, 55, 83], -2, 83),
        ([27], 27, None),
        ([27, 55], 27, 55),
        ([-2, 84], -2, None),
    ],
)
def test_a_block_shows_the_look_it_began_with_and_the_last_one_in_it(
    days: list[int], first: int | None, last: int | None
) -> None:
    looks = [(MONDAY + timedelta(days=day), day) for day in days]

    assert first_and_last(looks, start=MONDAY, until=LAST) == (first, last)
