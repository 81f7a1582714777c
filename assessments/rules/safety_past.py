"""When a clinician had to have a look first, and when safety answers kept an exercise low: the answers, replayed.

Pure: no clock, no database.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from assessments.rules.safety import AnsweredList, Checked, Cleared, SafetyState, ToldSoFar, in_order_told


@dataclass(frozen=True)
class LockPeriod:
    """Local dates on which a clinician had to have a look first.

    until        the first date without a lock, and `ended_at` the moment it opened; None while one is open
    with_limits  leave to train was given with limits
    """

    since: date
    until: date | None = None
    ended_at: datetime | None = None
    with_limits: bool = False


@dataclass(frozen=True)
class EffectPeriod:
    """Local dates on which safety answers kept an exercise low, or out of a plan.

    until    the first date on which none did any more; None while one does
    dropped  it was left out, at least for a while
    """

    exercise: str
    since: date
    until: date | None = None
    dropped: bool = False


@dataclass(frozen=True)
class SafetyPast:
    """When locks were open, and when exercises were kept low or left out, each oldest first."""

    locks: tuple[LockPeriod, ...] = ()
    effects: tuple[EffectPeriod, ...] = ()


def safety_over_time(
    given: Iterable[AnsweredList], cleared: Iterable[Cleared], checked: Iterable[Checked]
) -> tuple[SafetyState, SafetyPast]:
    """What the answers mean now and meant over time, found by replaying them in the order in which they came.

    Dates are the local ones that were stored with the answers, so that travelling shifts no past day.
    """
    told = ToldSoFar()
    locks: list[LockPeriod] = []
    effects: dict[str, list[EffectPeriod]] = {}
    for moment, together in itertools.groupby(in_order_told(given, cleared, checked), key=lambda one: one.at):
        heard = [(one.on, told.hear(one)) for one in together]
        if not any(changes for _, changes in heard):
            continue
        on, state = heard[0][0], told.state()
        is_open = bool(locks) and locks[-1].until is None
        if state.is_locked and not is_open:
            locks.append(LockPeriod(on))
        elif is_open and not state.is_locked:
            locks[-1] = replace(locks[-1], until=on, ended_at=moment, with_limits=state.with_limits)
        for exercise in {*effects, *state.caps, *state.dropped}:
            _follow(effects.setdefault(exercise, []), exercise, state, on)
    periods = tuple(itertools.chain.from_iterable(effects.values()))
    return told.state(), SafetyPast(tuple(locks), periods)


def _follow(periods: list[EffectPeriod], exercise: str, state: SafetyState, on: date) -> None:
    is_open = bool(periods) and periods[-1].until is None
    is_dropped = exercise in state.dropped
    if is_dropped or exercise in state.caps:
        if not is_open:
            periods.append(EffectPeriod(exercise, on))
        periods[-1] = replace(periods[-1], dropped=periods[-1].dropped or is_dropped)
    elif is_open:
        periods[-1] = replace(periods[-1], until=on)
