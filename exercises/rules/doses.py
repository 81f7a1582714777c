"""Doses of one exercise: how a rung begins, which of two asks more, and which load comes first or next.

Pure: no clock, no database. "Number of a rung" orders a ladder.
"""

from dataclasses import replace

from exercises.rules.catalogue import Exercise, Rung
from exercises.rules.numbers import rule_numbers
from exercises.rules.owned import Owned
from exercises.rules.values import Dose


def dose_at(rung: Rung, owned: Owned, *, sets: int | None = None, load_grams: int | None = None) -> Dose:
    """A rung from its `reps_from`, with the band that is owned."""
    return Dose(
        rung=rung.key,
        sets=rung.sets if sets is None else sets,
        repetitions=rung.reps_from,
        hold_seconds=rung.hold_seconds,
        load_grams=load_grams,
        band=owned.band_for(rung),
    )


def lower_of(exercise: Exercise, one: Dose, other: Dose) -> Dose:
    """The lower of two doses: the lower rung; on the same rung the fewer sets, repetitions and grams."""
    if one.rung != other.rung:
        return min(one, other, key=lambda dose: exercise.rung(dose.rung).number)
    loads = [dose.load_grams for dose in (one, other) if dose.load_grams is not None]
    return replace(
        one,
        sets=min(one.sets, other.sets),
        repetitions=min(one.repetitions, other.repetitions),
        load_grams=min(loads, default=None),
    )


def is_higher(exercise: Exercise, one: Dose, other: Dose) -> bool:
    """Whether a dose asks more: a higher rung; on the same rung more sets, repetitions or grams."""
    if one.rung != other.rung:
        return exercise.rung(one.rung).number > exercise.rung(other.rung).number
    return (
        one.sets > other.sets
        or one.repetitions > other.repetitions
        or (one.load_grams or 0) > (other.load_grams or 0)
    )


def first_load(rung: Rung, owned: Owned, last_successful_grams: int | None) -> int | None:
    """The load in grams with which a rung begins; None when there is none, so the rung opens only by hand.

    The heaviest owned not above the last successful load of this exercise; the first time the lightest,
    if it is not above six kilograms.
    """
    loads = owned.loads_for(rung)
    if last_successful_grams is None:
        light = [grams for grams in loads if grams <= rule_numbers().progression.first_load_at_most_grams]
        return light[0] if light else None
    earned = [grams for grams in loads if grams <= last_successful_grams]
    return earned[-1] if earned else None


def next_load(rung: Rung, owned: Owned, grams: int) -> tuple[int | None, bool]:
    """The next heavier owned load in grams, and whether the step is small enough to come by itself.

    At most two kilograms or a fifth more, whichever is larger; a bigger step is offered (acsm_2009 names
    2 to 10 per cent; home weights do not come that fine, so the limit is a design choice).
    """
    heavier = [load for load in owned.loads_for(rung) if load > grams]
    if not heavier:
        return None, False
    numbers = rule_numbers().progression
    most = max(numbers.load_step_at_most_grams, grams * numbers.load_step_at_most_percent // 100)
    return heavier[0], heavier[0] - grams <= most
