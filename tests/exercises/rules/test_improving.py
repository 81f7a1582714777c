"""What one more thing would add to a plan that runs."""

from exercises.rules.catalogue import catalogue
from exercises.rules.improving import further_with
from exercises.rules.ladder import Ladder, ladder_for
from exercises.rules.owned import Owned
from exercises.rules.targets import Target, target_on
from exercises.rules.values import PlanLine
from exercises.rules.wording import words
from tests.exercises.builders import OWNS_NOTHING, a_context, a_dose, logged, owns

CHAIR = owns("wall_or_chair")
A_BAND = "a light band or a medium band"


def at_the_top(exercise: str, rung: str, owned: Owned = CHAIR, *, hurt: int = 0) -> tuple[Ladder, Target]:
    """A line that was done as much as its step asks for, and hurt a lot so many times before."""
    most = catalogue().rung(exercise, rung).reps_to
    dose = a_dose(exercise, rung, owned, repetitions=most, sets=3)
    log = [*(logged(dose, exercise, on=n, pain=8) for n in range(hurt)), logged(dose, exercise, on=hurt)]
    ladder = ladder_for(exercise, log, a_context(owned))
    return ladder, target_on(ladder, PlanLine(exercise, rung))


def test_lines_that_wait_for_the_same_thing_are_said_together() -> None:
    lines = [at_the_top("banded_walk", "no_band"), at_the_top("march", "standing")]

    said = [words(reason) for reason in further_with(lines)]

    assert said == [f"With {A_BAND} you could go further in banded walk and knee lift."]


def test_what_opens_otherwise_or_not_at_all_is_not_said() -> None:
    lines = [
        at_the_top("bridge", "two_legs_two_sets"),  # the next step needs nothing
        at_the_top("short_foot", "on_one_leg"),  # the last step
        at_the_top("march", "standing", owns("wall_or_chair", "band_light")),
    ]

    assert further_with(lines) == ()


def test_a_line_on_hold_or_without_anything_to_do_it_with_waits_for_nothing_else() -> None:
    held = at_the_top("march", "standing", hurt=2)
    ladder = ladder_for("banded_walk", [], a_context(OWNS_NOTHING))
    nothing_owned = (ladder, target_on(ladder, PlanLine("banded_walk", "no_band")))

    assert held[1].on_hold
    assert not nothing_owned[1].available
    assert further_with([held, nothing_owned]) == ()
