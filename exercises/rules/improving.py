"""What one more thing would add to a plan: to one that is being made, and to one that runs. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from exercises.rules.catalogue import catalogue
from exercises.rules.drafts import Draft, Wishes
from exercises.rules.ladder import Ladder
from exercises.rules.planning import draft
from exercises.rules.targets import Target
from exercises.rules.wording import Reason, because, equipment_parameter


def better_with(planned: Draft, wishes: Wishes) -> tuple[Reason, ...]:
    """The one thing a person does not own that would add most at the start, and what it adds; nothing if none does.

    A thing adds an exercise that is only offered without it, or a higher start. What has to be weighed first (a
    barbell, a dumbbell) adds nothing here, as its weights are not known.
    """
    found: list[tuple[list[str], list[str], str]] = []
    for thing in catalogue().equipment:
        if thing not in wishes.owned.things:
            owned = wishes.owned.model_copy(update={"things": wishes.owned.things | {thing}})
            added, raised = _gains(planned, draft(replace(wishes, owned=owned)))
            found.append((added, raised, thing))
    added, raised, thing = max(found, key=lambda one: len(one[0]) + len(one[1]), default=([], [], ""))
    equipment = equipment_parameter([[thing]])
    kinds = (("better_adds", added), ("better_raises", raised))
    return tuple(
        because(key, equipment=equipment, exercises="&".join(which)) for key, which in kinds if which
    )


def _gains(now: Draft, then: Draft) -> tuple[list[str], list[str]]:
    """The exercises that one draft has beyond another, and those that it starts higher."""
    rungs = {line.exercise: catalogue().rung(line.exercise, line.rung).number for line in now.lines}
    raised = [
        line.exercise
        for line in then.lines
        if line.exercise in rungs and catalogue().rung(line.exercise, line.rung).number > rungs[line.exercise]
    ]
    return [line.exercise for line in then.lines if line.exercise not in rungs], raised


def further_with(lines: Iterable[tuple[Ladder, Target]]) -> tuple[Reason, ...]:
    """What would let those lines go on that can get no harder with what is owned: each thing once, and for which."""
    exercises: dict[str, list[str]] = {}
    for ladder, target in lines:
        ends = ladder.ends_here(target.standing) if target.available and not target.on_hold else None
        if ends and (equipment := ends.parameters.get("equipment")):
            groups = (sorted(group.split("|")) for group in str(equipment).split("&"))
            exercises.setdefault(equipment_parameter(groups), []).append(target.exercise)
    return tuple(
        because("better_further", equipment=equipment, exercises="&".join(keys))
        for equipment, keys in exercises.items()
    )
