"""What a person may choose by hand on a ladder, and what opens the other rungs.

Pure: no clock, no database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assessments.rules.counting import CountedDay
from assessments.rules.safety_content import ASK_AGAIN_AFTER
from exercises.rules.catalogue import Rung
from exercises.rules.ladder import Ladder
from exercises.rules.numbers import rule_numbers
from exercises.rules.targets import _lately_hurt, offer_on, target_on
from exercises.rules.values import GateAnswer, PlanLine
from exercises.rules.wording import Reason, Refused, because


class RungPlace(StrEnum):
    """Where a rung stands for a person."""

    LOWER = "lower"
    HERE = "here"
    NEXT = "next"
    OFFERED = "offered"
    HIGHER = "higher"


@dataclass(frozen=True)
class RungState:
    """One rung of a ladder for one person.

    may_choose  it can be taken by hand now
    reason      why it cannot, or what opens it; None for the rung they are on and lower ones that are owned
    """

    rung: Rung
    place: RungPlace
    may_choose: bool
    reason: Reason | None = None


def rungs_on(ladder: Ladder, line: PlanLine, today: date) -> list[RungState]:
    """Every rung of a line's exercise, lowest first: what may be chosen by hand, and what opens the others.

    Any lower rung; at most one higher than the one earned; one that is offered; none above a cap, behind an
    unanswered question, or higher within 14 days of pain that lowered a target; none while on hold.
    """
    exercise = ladder.exercise
    target = target_on(ladder, line)
    earned = target_on(replace(ladder, context=replace(ladder.context, choices=())), line)
    here, own = (exercise.rung(one.standing.rung).number for one in (target, earned))
    within, pains = rule_numbers().progression.no_higher_after_pain_days, _lately_hurt(target, today)
    offer = offer_on(target, today)
    offered = offer.rung if offer and offer.rung != target.standing.rung else None
    states = []
    for rung in exercise.rungs:
        blocked = ladder.barrier(rung)
        if rung.number > here and blocked is None and pains:
            blocked = because("waits_after_pain", on=max(pains).isoformat(), days=within)
        in_reach = rung.number <= own + 1 or rung.key == offered
        may_choose = in_reach and blocked is None and not target.on_hold and rung.number != here
        states.append(
            RungState(
                rung,
                _place_of(rung, here=here, offered=offered),
                may_choose,
                blocked or (_what_opens(ladder, rung) if rung.number == here + 1 else None),
            )
        )
    return states


def _place_of(rung: Rung, *, here: int, offered: str | None) -> RungPlace:
    if rung.key == offered:
        return RungPlace.OFFERED
    if rung.number == here:
        return RungPlace.HERE
    if rung.number < here:
        return RungPlace.LOWER
    return RungPlace.NEXT if rung.number == here + 1 else RungPlace.HIGHER


def _what_opens(ladder: Ladder, rung: Rung) -> Reason:
    """What opens the next rung by itself."""
    below = ladder.exercise.rung_at(rung.number - 1)
    if ladder.context.tap_only or below is None:
        return because("opens_by_tap")
    if rung.load.in_grams and ladder.opening(rung) is None:
        return because("opens_by_tap")
    return because(
        "opens_after",
        count=ladder.exercise.rung_up_after,
        repetitions=below.reps_to,
    )


def answered_by_count(
    exercise: str, rung: Rung, days: Sequence[CountedDay], today: date
) -> GateAnswer | None:
    """The "yes" to a rung's question that a countable check gives; None: the question is asked.

    The latest day counts, if it is no longer ago than safety answers hold. A number below the limit is no answer.

    days  those on which the check of the rung was counted, oldest first
    """
    latest = days[-1] if days else None
    if rung.gate_check is None or latest is None or today - latest.on >= ASK_AGAIN_AFTER:
        return None
    if not latest.reaches(rung.gate_check.least):
        return None
    return GateAnswer(exercise, rung.key, yes=True, after=(latest.on, 0))


def check_choice(ladder: Ladder, line: PlanLine, today: date, *, rung: str) -> RungState:
    """The rung chosen by hand; raises Refused in words when `rungs_on` does not allow it."""
    for state in rungs_on(ladder, line, today):
        if state.rung.key == rung and state.may_choose:
            return state
    raise Refused("rung_refused")
