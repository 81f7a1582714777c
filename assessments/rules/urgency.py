"""What a page with several urgencies says: only the strictest speaks.

Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.rules.questionnaire import SIDES
from assessments.rules.safety import Lock, SafetyState
from assessments.rules.safety_content import LEVEL_OF_RULES, safety_content
from assessments.rules.scoring import Result, decision_table


@dataclass(frozen=True)
class Spoken:
    """Which advice of a result is said on its page: of two about one foot only the stricter, by the order of levels.

    comparisons  by key
    reassured    the sides on which nothing asks to be seen, so that a rule may say that nothing is needed
    when_to_see  whether to say when anyone should be seen; not beside what says that this person should be
    """

    comparisons: tuple[str, ...]
    reassured: tuple[str, ...]
    when_to_see: bool


def spoken_on_result(result: Result, state: SafetyState) -> Spoken:
    """What remains of a result's advice, given its own locks and those that are open now.

    A safety answer names no side, so it may be about either foot.
    """
    order, comparisons = list(safety_content().levels), decision_table().comparisons
    open_now = [lock.level.key for lock in state.locks]
    levels = {side: [*open_now, *(LEVEL_OF_RULES for _ in result.side(side).locks)] for side in SIDES}
    kept = []
    for key in result.comparisons:
        level = comparisons[key].level if key in comparisons else None
        about = [side for side in SIDES if result.flatter in {side, None}]
        if level is None:
            kept.append(key)
        elif not any(order.index(other) < order.index(level) for side in about for other in levels[side]):
            kept.append(key)
            for side in about:
                levels[side].append(level)
    return Spoken(
        comparisons=tuple(kept),
        reassured=tuple(side for side in SIDES if not levels[side]),
        when_to_see=not open_now and not result.locks,
    )


def asked_together(locks: Iterable[Lock]) -> list[tuple[Lock, ...]]:
    """Open locks as the visit form asks for them: a pair that one visit serves is one tick."""
    served = safety_content().clearance.served_with
    groups: dict[frozenset[str], list[Lock]] = {}
    for lock in locks:
        groups.setdefault(frozenset(served(lock.cause)), []).append(lock)
    return [tuple(group) for group in groups.values()]
