"""How long a workout takes, and what a stored prescription says of itself."""

import pytest

from exercises.rules.catalogue import catalogue
from exercises.rules.pace import Pace, Paces, usual_pace
from exercises.rules.prescribing import (
    LIGHTER_WEEK,
    WorkoutDay,
    estimated_seconds,
    prescribe,
    was_lighter_week,
    whole_minutes,
)
from exercises.rules.values import Dose
from tests.exercises.builders import a_context, a_line, day


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


BRIDGE = Dose("two_legs", sets=3, repetitions=10, hold_seconds=2)
SIDE_LYING = Dose("straight_leg", sets=1, repetitions=5, hold_seconds=5)


@pytest.mark.parametrize(
    ("exercise", "dose", "pace", "seconds"),
    [
        ("bridge", BRIDGE, Pace(), 3 * 10 * (2 * 2 + 2) + 2 * 60),
        ("bridge", BRIDGE, Pace(rest_seconds=90), 3 * 10 * (2 * 2 + 2) + 2 * 90),
        ("bridge", BRIDGE, Pace(rest_seconds=0), 3 * 10 * (2 * 2 + 2)),
        ("bridge", BRIDGE, Pace(tempo="slow"), 3 * 10 * (2 * 3 + 2) + 2 * 60),
        ("side_lying_abduction", SIDE_LYING, Pace(tempo="quick"), 2 * 5 * (2 * 1 + 5)),
    ],
    ids=["usual", "a long rest", "no rest", "slow", "quick, both legs"],
)
def test_how_long_an_exercise_takes_follows_rest_and_tempo(
    exercise: str, dose: Dose, pace: Pace, seconds: int
) -> None:
    found = estimated_seconds(catalogue().exercise(exercise), dose, pace.over(usual_pace()))

    assert found == seconds


def test_the_minutes_follow_each_exercises_own_pace_and_what_fits_does_not() -> None:
    lines = [a_line("bridge", "two_legs"), a_line("side_lying_abduction", "straight_leg"), a_line()]
    slow = Paces({"": Pace(rest_seconds=180, tempo="slow"), "bridge": Pace(tempo="quick")})

    usual = prescribe(lines, [], WorkoutDay(day(0), minutes=10), a_context())
    own = prescribe(lines, [], WorkoutDay(day(0), minutes=10, paces=slow), a_context())

    assert own.lines == usual.lines
    assert own.left_out == usual.left_out
    paces = [(line, slow.of(line.exercise)) for line in own.lines]
    assert own.seconds - 30 * (len(own.lines) - 1) == sum(
        estimated_seconds(catalogue().exercise(line.exercise), line.prescribed.shown, pace)
        for line, pace in paces
    )
    assert (
        own.seconds
        != usual.seconds
        == sum(line.seconds for line in usual.lines) + 30 * (len(usual.lines) - 1)
    )
