"""Which exercise of a running workout is dealt with, and which comes next."""

from dataclasses import replace
from typing import Any

import pytest

from exercises.rules.catalogue import Exercise, catalogue
from exercises.rules.during import (
    is_answered,
    is_dealt_with,
    is_left_out,
    may_say_as_asked,
    next_exercise,
    open_places,
    sides_in_order,
)
from exercises.rules.values import Answer, Effort, LineLog
from tests.exercises.builders import a_dose, logged

BRIDGE = catalogue().exercise("bridge")
CLAM = catalogue().exercise("side_lying_abduction")


def clam(*answers: Answer, sets: bool = True) -> LineLog:
    line = logged(a_dose("side_lying_abduction", "clam"), "side_lying_abduction").lines[
        "side_lying_abduction"
    ]
    return replace(line, sets=line.sets if sets else (), answers=answers)


def went(side: str) -> Answer:
    return Answer(side, Effort.RIGHT, clean=True, pain=0)


@pytest.mark.parametrize(
    ("line", "dealt_with"),
    [
        (clam(went("left"), went("right")), True),
        (clam(went("left"), went("right"), sets=False), True),
        (clam(went("left")), False),
        (clam(), False),
        (clam(sets=False), False),
        (clam(Answer("left", stopped=True)), True),
        (clam(Answer("right", stopped=True), sets=False), True),
        (clam(Answer("left"), Answer("right"), sets=False), True),
        (clam(Answer("left"), sets=False), False),
        (clam(Answer("left"), Answer("right")), False),
    ],
    ids=[
        "answered",
        "the rest left out and answered",
        "one side answered",
        "all sets done, not answered",
        "untouched",
        "stopped on one side after its sets",
        "stopped before the first set",
        "left out",
        "one side left out",
        "left out, then its sets arrived",
    ],
)
def test_an_exercise_is_dealt_with_once_it_is_stopped_answered_or_left_out(
    line: LineLog,
    dealt_with: bool,  # noqa: FBT001
) -> None:
    assert is_dealt_with(CLAM, line) is dealt_with


def test_the_next_exercise_is_the_first_that_is_not_dealt_with() -> None:
    bridge = replace(logged(a_dose("bridge", "two_legs"), "bridge").lines["bridge"], answers=())
    stopped = replace(bridge, answers=(Answer("both", stopped=True),))

    assert next_exercise({"bridge": bridge, "side_lying_abduction": clam()}) == BRIDGE
    assert next_exercise({"bridge": stopped, "side_lying_abduction": clam()}) == CLAM
    assert (
        next_exercise({"bridge": stopped, "side_lying_abduction": clam(went("left"), went("right"))}) is None
    )
    assert next_exercise({}) is None


@pytest.mark.parametrize(
    ("exercise", "first_side", "sides"),
    [(CLAM, "left", ("left", "right")), (CLAM, "right", ("right", "left")), (BRIDGE, "right", ("both",))],
)
def test_sides_are_done_in_the_order_of_the_prescription(
    exercise: Exercise, first_side: str, sides: tuple[str, ...]
) -> None:
    assert sides_in_order(exercise.lowest, first_side) == sides


def test_open_places_go_side_by_side_within_a_set() -> None:
    assert open_places(("right", "left"), 2, {("right", 1)}) == [("left", 1), ("right", 2), ("left", 2)]


@pytest.mark.parametrize(
    ("line", "left_out", "answered"),
    [
        (clam(sets=False), True, False),
        (clam(Answer("left"), sets=False), True, False),
        (clam(), False, False),
        (clam(went("left"), sets=False), False, True),
    ],
    ids=["untouched", "left out", "done", "answered"],
)
def test_an_exercise_is_left_out_when_nothing_was_done_or_felt(
    line: LineLog, *, left_out: bool, answered: bool
) -> None:
    assert (is_left_out(line), is_answered(line)) == (left_out, answered)


# --- what one tap may tell ---


def walked(**known: Any) -> LineLog:
    """A banded walk with a medium band that nobody was asked about yet."""
    dose = a_dose("banded_walk", "band_at_knees", band="band_medium")
    line = logged(dose, "banded_walk", **known).lines["banded_walk"]
    return replace(line, answers=())


@pytest.mark.parametrize(
    ("line", "may"),
    [
        (walked(), True),
        (walked(sets=0), True),
        (walked(sets=1), True),
        (walked(band="band_medium"), True),
        (walked(repetitions=7), False),
        (walked(repetitions=9), False),
        (walked(band="band_light"), False),
        (walked(band="band_heavy"), False),
        (replace(walked(), answers=(Answer("left", stopped=True),)), False),
        (replace(walked(), answers=(went("left"),)), False),
        (replace(walked(sets=0), answers=(Answer("left"), Answer("right"))), True),
    ],
    ids=[
        "as shown",
        "not counted",
        "counted in part",
        "the band that was asked",
        "fewer",
        "more",
        "a lighter band",
        "a heavier band",
        "stopped",
        "said of one side",
        "left out",
    ],
)
def test_one_tap_may_tell_what_was_as_shown_or_not_counted(line: LineLog, *, may: bool) -> None:
    assert may_say_as_asked(line) is may


@pytest.mark.parametrize(
    ("after", "dealt_with", "following"),
    [
        ("", (), "side_lying_abduction"),
        ("side_lying_abduction", (), "bridge"),
        ("deadlift", (), "side_lying_abduction"),
        ("deadlift", ("side_lying_abduction",), "bridge"),
        ("bridge", ("side_lying_abduction", "deadlift"), None),
        ("handstand", (), "side_lying_abduction"),
    ],
)
def test_after_an_exercise_comes_the_one_behind_it_then_what_was_passed_over(
    after: str, dealt_with: tuple[str, ...], following: str | None
) -> None:
    lines = {
        key: replace(
            logged(a_dose(key, catalogue().exercise(key).lowest.key), key).lines[key],
            answers=(Answer("both", stopped=True),) if key in dealt_with else (),
        )
        for key in ("side_lying_abduction", "bridge", "deadlift")
    }

    found = next_exercise(lines, after=after)

    assert (found.key if found else None) == following
