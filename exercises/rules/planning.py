"""From what was seen, what is safe and what is owned to a draft plan, each line with its reasons.

Pure: no clock, no database. The tables stand in `content/planning.toml`; how they are read is here.
All of it is a design choice; a person may change every line. "Number of a rung" orders a ladder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessments.rules.scoring import decision_table
from exercises.rules.catalogue import Exercise, Rung, UnknownKey, catalogue
from exercises.rules.doses import first_load
from exercises.rules.drafts import Draft, LeftOut, Line, LineChangeKind, Previous, Safety, SideSeen, Wishes
from exercises.rules.ladder import Ladder, ladder_needs
from exercises.rules.numbers import NO_CHECK, PlannedOutcome, rule_numbers
from exercises.rules.prescribing import Away, away
from exercises.rules.targets import Target
from exercises.rules.values import Context, GateAnswer, PlanLine, WorkoutLog
from exercises.rules.wording import Reason, Refused, because

GOES_ON = "start_previous"
"""The reason of a line that goes on from the log of the last block instead of starting anew."""


STILL_HELD = "still_on_hold"
"""What a draft says of a line that is on hold; once the plan runs its target says so, and for how long."""

RESTS = "rests"
"""The reason of a line that is not in while a workout takes ten minutes, and comes back with more."""


_LOW_ARCHES = frozenset({"flat", "low"})


# --- the draft -----------------------------------------------------------------------------------


def draft(wishes: Wishes) -> Draft:
    """The plan for these wishes.

    Raises Refused when minutes are not one of the choices or an own change is not allowed.
    """
    if wishes.minutes not in rule_numbers().minutes.choices:
        raise Refused("unknown_minutes", choices=", ".join(map(str, rule_numbers().minutes.choices)))
    sides = _sides(wishes)
    never_planned = _never_planned(wishes, sides)
    planned, offered = _combined(sides)
    offered += [key for key in planned if key in never_planned and key not in offered]
    planned = [key for key in planned if key not in never_planned]
    dropped = [key for key in [*planned, *offered] if key in _dropped(wishes)]
    planned, offered = ([key for key in keys if key not in dropped] for keys in (planned, offered))

    placed = {key: _place(key, wishes, sides) for key in [*planned, *offered]}
    unowned = [key for key in planned if placed[key].missing]
    planned = [key for key in planned if key not in unowned]
    offered = [*unowned, *offered]
    planned, resting = lines_for_minutes(planned, wishes.minutes)
    offered = [*resting, *offered]
    for key in rule_numbers().too_few.fill_from:
        placed.setdefault(key, _place(key, wishes, sides))
    spare = [
        key
        for key in [*offered, *rule_numbers().too_few.fill_from]
        if key not in never_planned and key not in _dropped(wishes) and not placed[key].missing
    ]
    planned, filled = _filled(planned, spare)
    planned, offered, by_hand = _changed(wishes, planned, offered, placed, sides)
    removed = {change.exercise for change in wishes.changes if change.kind is LineChangeKind.REMOVE}

    in_outcome = {key for side in sides for key in side.outcome.lines}
    lines = []
    for key in planned:
        if key in filled:
            why = [because("fills_in")]
        elif key in by_hand and key not in in_outcome:
            why = [because("added_by_hand")]
        else:
            why = _why(key, wishes, sides)
        lines.append(_line(key, placed[key], why, wishes))
    return Draft(
        lines=tuple(lines),
        offered=tuple(
            _offered_line(
                key,
                placed[key],
                never_planned=key in never_planned,
                rests=_why(key, wishes, sides) if key in resting and key not in removed else (),
            )
            for key in dict.fromkeys(offered)
            if key not in planned
        ),
        left_out=tuple(LeftOut(key, because("dropped", **wishes.safety.why(key))) for key in dropped),
        locks=_locks(wishes),
        notes=_notes(wishes, planned),
        first_side=_first_side(sides),
    )


def spare_lines(accepted: Draft, wishes: Wishes) -> list[PlanLine]:
    """What fills in when lines on hold leave fewer than two: offered first, then the foot and knee extras."""
    sides = _sides(wishes)
    never = _never_planned(wishes, sides) | _dropped(wishes)
    keys = [line.exercise for line in accepted.offered] + list(rule_numbers().too_few.fill_from)
    planned = {line.exercise for line in accepted.lines}
    spare = []
    for key in dict.fromkeys(keys):
        place = _place(key, wishes, sides)
        if key not in never and key not in planned and not place.missing:
            spare.append(PlanLine(key, place.rung.key))
    return spare


@dataclass(frozen=True)
class _Side:
    """One side of the check with the outcome that decides its lines."""

    name: str
    seen: SideSeen
    outcome: PlannedOutcome

    @property
    def precedence(self) -> tuple[int, int]:
        """Where the rule stands in the decision table; X1 to X4 first. A tie: left."""
        return (_place_in_table(self.seen.rule), 0 if self.name == "left" else 1)


def _place_in_table(rule: str) -> int:
    """The place of a rule in the decision table; one that is retired, and no check at all, come last."""
    order = [one.key for one in decision_table().rules]
    return order.index(rule) if rule in order else len(order)


def _sides(wishes: Wishes) -> list[_Side]:
    """Both sides, the earlier rule of the table first."""
    if wishes.check is None:
        return [_Side("both", SideSeen(NO_CHECK), rule_numbers().outcome(NO_CHECK))]
    sides = []
    for name, seen in (("left", wishes.check.left), ("right", wishes.check.right)):
        outcome = rule_numbers().outcome(seen.rule)
        low = outcome.low_arch_as is not None and seen.arch in _LOW_ARCHES
        if low and outcome.low_arch_as:
            taken = rule_numbers().outcome(outcome.low_arch_as)
            outcome = taken.model_copy(
                update={"offered_not_planned": outcome.offered_not_planned, "why": outcome.low_arch_why}
            )
        sides.append(_Side(name, seen, outcome))
    return sorted(sides, key=lambda side: side.precedence)


def _combined(sides: Sequence[_Side]) -> tuple[list[str], list[str]]:
    """The earlier rule's list, then what the other adds; planned beats offered."""
    planned = list(dict.fromkeys(key for side in sides for key in side.outcome.lines))
    offered = list(dict.fromkeys(key for side in sides for key in side.outcome.offered))
    return planned, [key for key in offered if key not in planned]


def _never_planned(wishes: Wishes, sides: Sequence[_Side]) -> set[str]:
    """Offered, not planned: beats planned from the other side."""
    from_rules = {
        key
        for side in sides
        for rule in (side.seen.rule, *side.seen.locks)
        for key in rule_numbers().outcomes[rule].offered_not_planned
    }
    return from_rules | wishes.safety.offered_not_planned


def _dropped(wishes: Wishes) -> frozenset[str]:
    """Dropped by an answer, or capped below the ladder's lowest rung."""
    below = {key for key, cap in wishes.safety.caps.items() if cap < catalogue().exercise(key).lowest.number}
    return wishes.safety.dropped | below


# --- where a line starts -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """The start rung of one exercise, why, and what is missing when nothing at or below it is owned."""

    rung: Rung
    reasons: tuple[Reason, ...]
    missing: Reason | None = None


def place_of(key: str, wishes: Wishes) -> Line:
    """Where a line that is added later would start, and what it would say: `reasons` are those of its start.

    Raises Refused when safety answers leave it out or nothing is owned for it.
    """
    if key in _dropped(wishes):
        raise Refused("exercise_dropped", **wishes.safety.why(key))
    place = _place(key, wishes, _sides(wishes))
    if place.missing:
        raise Refused(place.missing.key, **place.missing.parameters)
    return Line(key, place.rung.key, place.reasons)


def _place(key: str, wishes: Wishes, sides: Sequence[_Side]) -> _Place:
    exercise = catalogue().exercise(key)
    number, reasons = _start_number(exercise, wishes, sides)
    cap = wishes.safety.caps.get(key)
    if cap is not None and number > cap:
        number, reasons = cap, [*reasons, because("start_cap", **wishes.safety.why(key))]
    number = max(number, exercise.lowest.number)
    return _open_place(exercise, number, wishes, reasons)


def _barrier(exercise: Exercise, rung: Rung, wishes: Wishes) -> Reason | None:
    """What stands before a rung (`Ladder.barrier`); the question of the one where the last block ended was answered."""
    known = Context(owned=wishes.owned, caps=wishes.safety.caps, gates=wishes.previous.gates)
    barrier = Ladder(exercise, known, reads=()).barrier(rung)
    stood = wishes.previous.rungs.get(exercise.key) == rung.key
    return None if stood and barrier == because("waits_for_question") else barrier


def _open_place(exercise: Exercise, number: int, wishes: Wishes, reasons: Sequence[Reason]) -> _Place:
    """From a number down to the highest rung that is open; one not begun yet needs a light first load."""
    owned, begun = wishes.owned, exercise.key in wishes.previous.rungs
    number = min(number, exercise.rungs[-1].number)
    for rung in reversed(exercise.rungs):
        if rung.number > number or _barrier(exercise, rung, wishes):
            continue
        if not begun and rung.load.in_grams and first_load(rung, owned, None) is None:
            continue
        if rung.number < number:
            wanted = exercise.rungs[number - exercise.lowest.number]
            reasons = [*reasons, _why_lower(_barrier(exercise, wanted, wishes))]
        return _Place(rung, tuple(reasons))
    return _Place(exercise.lowest, tuple(reasons), missing=ladder_needs(exercise, owned))


def _why_lower(barrier: Reason | None) -> Reason:
    """Why a line starts below the rung it would start at, by what stands before that one."""
    if barrier == because("waits_for_question"):
        return because("gate")
    missing = barrier.parameters.get("equipment") if barrier else None
    return because("start_without", equipment=missing) if missing else because("start_owned")


def _start_number(exercise: Exercise, wishes: Wishes, sides: Sequence[_Side]) -> tuple[int, list[Reason]]:
    """The number a line starts at before caps, ladder and equipment; of two sides the lower."""
    start = rule_numbers().start
    begun = exercise.key in wishes.previous.rungs
    if (always := start.always.get(exercise.key)) is not None and not begun:
        return always, [because("start_always", exercise=exercise.key)]
    seen = wishes.safety.start_at_zero or wishes.safety.with_limits
    if seen and (not begun or wishes.previous.seen_since):
        return start.lowest, [because("start_seen")]
    if begun:
        return _previous_number(exercise, wishes.previous)
    number = min(side.outcome.start_number or 0 for side in sides)
    if number == start.lowest:  # a rule that locks: from the bottom, whatever `trained` says
        return number, [] if _locks(wishes) else [because("start_seen")]
    reasons = []
    if wishes.trained:
        number += start.trained
        reasons.append(because("start_trained"))
    if wishes.over_65:
        reasons.append(because("start_over_65"))
    elif wishes.safety.adapted_by:
        reasons.append(because("start_adapted", cause=wishes.safety.adapted_by))
    if wishes.over_65 or wishes.safety.adapted_by:
        number += start.over_65_or_adapted
    return min(max(number, start.lowest), start.highest), reasons


def _previous_number(exercise: Exercise, previous: Previous) -> tuple[int, list[Reason]]:
    """Where the last block ended; one lower after a long time away."""
    try:
        number = exercise.rung(previous.rungs[exercise.key]).number
    except UnknownKey:
        return exercise.lowest.number, [because("start")]
    if previous.long_away:
        return number - 1, [because("start_previous_lower")]
    return number, [because(GOES_ON)]


def where_it_ended(
    targets: Sequence[Target],
    log: Sequence[WorkoutLog],
    *,
    start: date,
    opened_on: Iterable[date],
    gates: tuple[GateAnswer, ...],
) -> Previous:
    """Where a block stands for the next one, which begins on `start`; nothing is known of one without a workout.

    targets    the next of every line, those that rest too
    log        the workouts, oldest first
    opened_on  the dates on which a safety lock opened
    gates      what was answered to the questions before steps
    """
    if not log:
        return Previous()
    within = rule_numbers().progression.no_higher_after_pain_days
    done = {exercise for workout in log for exercise in workout.lines}
    held = frozenset(target.exercise for target in targets if target.on_hold)
    return Previous(
        rungs={target.exercise: target.standing.rung for target in targets if target.exercise in done},
        held=held,
        hurt=frozenset(
            target.exercise
            for target in targets
            if any((start - result.on).days <= within for result in target.answers)
        ),
        long_away=away(log, start) is Away.RUNG_LOWER,
        seen_since=any(on >= log[-1].on for on in opened_on),
        held_since=log[0].on if held else None,
        gates=gates,
    )


def limits(exercise: Exercise, rung: Rung, safety: Safety) -> list[Reason]:
    """What the safety answers of now say about a line that stands at a rung."""
    if exercise.key in safety.dropped:
        return [because("dropped", **safety.why(exercise.key))]
    found = []
    cap = safety.caps.get(exercise.key)
    if cap is not None and (highest := exercise.rung_at(cap)):
        found.append(because("only_to", rung=highest.key, **safety.why(exercise.key)))
    if safety.support and rung.is_standing:
        found.append(because(safety.support))
    return found


# --- how many lines ------------------------------------------------------------------------------


def lines_for_minutes(planned: Sequence[str], minutes: int) -> tuple[list[str], list[str]]:
    """Which exercises a plan holds when a workout may take so long, and which rest and are offered.

    With the shortest choice at most three, those of `ten` where the plan has them; else all. Their order stays: the
    most important first.
    """
    numbers = rule_numbers().minutes
    if minutes != numbers.shortest:
        return list(planned), []
    kept = sorted(planned, key=lambda key: key not in numbers.ten)[: numbers.ten_most]
    return [key for key in planned if key in kept], [key for key in planned if key not in kept]


def _filled(planned: Sequence[str], spare: Sequence[str]) -> tuple[list[str], list[str]]:
    """Filled up to two lines, and what was added; with nothing to fill from it stays one line."""
    missing = max(0, rule_numbers().too_few.least - len(planned))
    added = [key for key in dict.fromkeys(spare) if key not in planned][:missing]
    return [*planned, *added], added


def _changed(
    wishes: Wishes,
    planned: Sequence[str],
    offered: Sequence[str],
    placed: dict[str, _Place],
    sides: Sequence[_Side],
) -> tuple[list[str], list[str], set[str]]:
    """The person's own changes on top; raises Refused for one that safety or equipment does not allow."""
    lines, rest, by_hand = list(planned), list(offered), set()
    for change in wishes.changes:
        key = change.exercise
        if key not in catalogue().exercises:
            raise Refused("exercise_gone")
        if key in _dropped(wishes):
            raise Refused("exercise_dropped", **wishes.safety.why(key))
        place = placed.setdefault(key, _place(key, wishes, sides))
        match change.kind:
            case LineChangeKind.ADD:
                if place.missing:
                    raise Refused(place.missing.key, **place.missing.parameters)
                if key not in lines:
                    lines.append(key)
                    by_hand.add(key)
            case LineChangeKind.REMOVE:
                lines = [line for line in lines if line != key]
                rest = [key, *(line for line in rest if line != key)]
            case LineChangeKind.RUNG:
                placed[key] = _chosen_place(key, change.rung or "", wishes, place)
                by_hand.add(key)
    if not lines:
        raise Refused("plan_empty")
    return lines, rest, by_hand


def start_choices(exercise_key: str, wishes: Wishes) -> list[Rung]:
    """The rungs a line may start at by hand: any lower open one, or one higher; never behind a question or a cap."""
    exercise = catalogue().exercise(exercise_key)
    place = _place(exercise_key, replace(wishes, changes=()), _sides(wishes))
    most = place.rung.number + 1
    if wishes.safety.with_limits or wishes.safety.start_at_zero or exercise_key in wishes.previous.hurt:
        most = place.rung.number
    return [rung for rung in exercise.rungs if rung.number <= most and not _barrier(exercise, rung, wishes)]


def _chosen_place(key: str, rung_key: str, wishes: Wishes, place: _Place) -> _Place:
    for rung in start_choices(key, wishes):
        if rung.key == rung_key:
            return _Place(rung, (because("start_by_hand"),))
    raise Refused("rung_refused", exercise=key, own=place.rung.name)


# --- words for the draft -------------------------------------------------------------------------


def _line(key: str, place: _Place, why: Sequence[Reason], wishes: Wishes) -> Line:
    support = wishes.safety.support
    more = [because(support)] if support and place.rung.is_standing else []
    if key in wishes.previous.held:
        more.append(because(STILL_HELD))
    return Line(key, place.rung.key, (*why, *place.reasons, *more))


def _offered_line(key: str, place: _Place, *, never_planned: bool, rests: Sequence[Reason]) -> Line:
    """A line that is not in; `rests`: why it will be, when a workout takes longer."""
    if place.missing:
        return Line(key, place.rung.key, (place.missing,))
    if rests:
        return Line(key, place.rung.key, (because(RESTS), *rests))
    reason = because("offered_not_planned") if never_planned else because("offered")
    return Line(key, place.rung.key, (reason,))


def _why(key: str, wishes: Wishes, sides: Sequence[_Side]) -> list[Reason]:
    """The reasons of the rules that put this line into the plan: of left and right alike once, what was seen before
    what asks for general strength, and of that only the earlier rule's.
    """
    on = {"on": wishes.check.on.isoformat()} if wishes.check else {}
    said: dict[str, list[str]] = {}
    for side in sides:
        if key in side.outcome.lines:
            said.setdefault(side.outcome.why, []).append(side.name)
    general = rule_numbers().general_reasons
    kept = [why for why in said if why not in general] or list(said)[:1]
    return [
        because(f"{why}_both", **on) if len(said[why]) == 2 else because(why, side=said[why][0], **on)
        for why in kept
    ]


def _locks(wishes: Wishes) -> tuple[str, ...]:
    """Open locks of the safety answers, and X1 to X4 of the check that nobody has cleared."""
    sides = (wishes.check.left, wishes.check.right) if wishes.check else ()
    from_check = [rule for seen in sides for rule in seen.all_locks if rule not in wishes.safety.cleared]
    return tuple(dict.fromkeys([*wishes.safety.locks, *from_check]))


def _notes(wishes: Wishes, planned: Sequence[str]) -> tuple[Reason, ...]:
    notes = []
    if len(planned) < rule_numbers().too_few.least:
        notes.append(because("one_line_only"))
    if wishes.safety.with_limits:
        notes.append(because("with_limits"))
    return tuple(notes)


def _first_side(sides: Sequence[_Side]) -> str:
    """The side whose rule stands earlier in the table; a tie: left."""
    return sides[0].name if sides[0].name != "both" else "left"
