"""The workout of one day: targets -> lines in order, lighter days and weeks, what fits the minutes.

Pure: no clock, no database. Numbers stand in `content/planning.toml`, all of them design choices.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, partial

from exercises.rules.catalogue import Exercise, Rung, catalogue
from exercises.rules.ladder import Ladder, ladder_for
from exercises.rules.numbers import rule_numbers
from exercises.rules.pace import Pace, Paces, usual_pace
from exercises.rules.targets import Target, offer_on, target_on
from exercises.rules.values import Context, Dose, PlanLine, Prescribed, WorkoutLog
from exercises.rules.wording import EASIER, because

LIGHTER_WEEK = "lighter_week"
"""The reason of a line in a lighter week."""


AS_USUAL = Paces()
"""Of someone who set nothing."""


@dataclass(frozen=True)
class WorkoutDay:
    """The day a workout is prescribed for.

    minutes       the time the plan has
    lighter_week  `scheduling.Schedule.is_lighter_week`
    lighter_day   new pain or unwell, nothing on the stop list: one rung down today
    restart       the person took the lighter restart that is offered after time away
    first_side    where the plan starts while no log differs between the sides
    paces         how the person rests and moves: the minutes shown follow it, what fits does not
    """

    on: date
    minutes: int
    lighter_week: bool = False
    lighter_day: bool = False
    restart: bool = False
    first_side: str = "left"
    paces: Paces = AS_USUAL


@dataclass(frozen=True)
class PrescribedLine:
    """One exercise of a workout, in the order in which it is done.

    seconds  an estimate at the usual pace, by which it fits or does not
    """

    exercise: str
    prescribed: Prescribed
    seconds: int
    asks: str | None = None


@dataclass(frozen=True)
class Prescription:
    """A whole workout.

    lines       in the order in which they are done
    left_out    exercises that did not fit the minutes; first in line next time
    on_hold     exercises that wait for "I have been seen"
    unavailable exercises for which nothing is owned
    lighter     a lighter day or week: it earns nothing and costs nothing
    seconds     estimate at the person's own pace, without warm-up
    """

    lines: tuple[PrescribedLine, ...]
    left_out: tuple[str, ...] = ()
    on_hold: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()
    lighter: bool = False
    seconds: int = 0

    @property
    def minutes(self) -> int:
        """The estimate in whole minutes, rounded up, warm-up apart."""
        return whole_minutes(self.seconds)


def whole_minutes(seconds: int) -> int:
    """An estimate in whole minutes, rounded up."""
    return -(-seconds // 60)


def was_lighter_week(*, lighter: bool, reasons: Iterable[str]) -> bool:
    """Whether a stored prescription was a lighter week's; `lighter` alone may be a lighter day's.

    reasons  the keys of the reasons of its lines
    """
    return lighter and LIGHTER_WEEK in reasons


class Away(StrEnum):
    """What is offered after time without a workout."""

    NO = "no"
    LIGHTER = "lighter"
    RUNG_LOWER = "rung_lower"


def away(log: Iterable[WorkoutLog], on: date) -> Away:
    """How long away on a day, counted from the last workout of any kind; pauses and holds count as away."""
    dates = [workout.on for workout in log if workout.on <= on]
    days = (on - max(dates)).days if dates else 0
    numbers = rule_numbers().away
    if days >= numbers.rung_lower_from_days:
        return Away.RUNG_LOWER
    return Away.LIGHTER if days >= numbers.lighter_from_days else Away.NO


def prescribe(
    lines: Sequence[PlanLine],
    log: Iterable[WorkoutLog],
    day: WorkoutDay,
    context: Context,
    *,
    spare: Sequence[PlanLine] = (),
) -> Prescription:
    """The workout of one day, ready to be stored when it starts.

    lines  the plan's lines in order of importance
    spare  what fills in, in order, when lines on hold leave fewer than two (`planning.spare_lines`)
    """
    log = [workout for workout in log if workout.on <= day.on]
    ladder = cache(partial(ladder_for, log=log, context=context))
    return prescribe_on(ladder, lines, log, day, spare=spare)


def prescribe_on(
    ladder: Callable[[str], Ladder],
    lines: Sequence[PlanLine],
    log: Sequence[WorkoutLog],
    day: WorkoutDay,
    *,
    spare: Sequence[PlanLine] = (),
) -> Prescription:
    """The workout of one day (`prescribe`) on ladders that were read already.

    ladder  an exercise's ladder by its key, read from this log
    log     nothing in it is later than the day
    """
    targets = [target_on(ladder(line.exercise), line) for line in lines]
    free = [target for target in targets if target.available and not target.on_hold]
    for line in spare:
        if len(free) >= rule_numbers().too_few.least:
            break
        target = target_on(ladder(line.exercise), line)
        if target.available and not target.on_hold and target.exercise not in {t.exercise for t in targets}:
            free.append(replace(target, reasons=(*target.reasons, because("fills_in"))))
    ready = [_line_for(target, ladder(target.exercise), log, day) for target in free]
    latest = max(log, key=lambda workout: workout.ref, default=None)
    waited = latest.left_out if latest else ()
    by_importance = sorted(
        ready, key=lambda line: waited.index(line.exercise) if line.exercise in waited else 99
    )
    chosen = _fitting(by_importance, day.minutes * 60)
    own_seconds = [
        estimated_seconds(
            catalogue().exercise(line.exercise), line.prescribed.shown, day.paces.of(line.exercise)
        )
        for line in chosen
    ]
    return Prescription(
        lines=tuple(sorted(chosen, key=_place_in_workout)),
        left_out=tuple(line.exercise for line in by_importance if line not in chosen),
        on_hold=tuple(target.exercise for target in targets if target.on_hold),
        unavailable=tuple(t.exercise for t in targets if not t.available and not t.on_hold),
        lighter=day.lighter_week or day.lighter_day,
        seconds=total_seconds(own_seconds),
    )


_LOWERING = (*EASIER, "cap", "not_owned", "fills_in")
"""Reasons, by the end of their key, that are said on a lighter day too."""


def _line_for(target: Target, ladder: Ladder, log: Sequence[WorkoutLog], day: WorkoutDay) -> PrescribedLine:
    exercise, context = ladder.exercise, ladder.context
    target = _restarted(ladder, target, away(log, day.on)) if day.restart else target
    shown, reasons = target.standing, list(target.reasons)
    if day.lighter_week or day.lighter_day:  # "one more than last time" would not be true today
        reasons = [reason for reason in reasons if reason.key.endswith(_LOWERING)]
    if day.lighter_week:
        before = _before_rung_up(ladder, target.standing)
        waits = ladder.fitted(before) if before else None
        if waits:
            reasons.append(because("waits_for_lighter_week"))
        shown = lighter_week_dose(exercise.rung((waits or shown).rung), waits or shown)
        reasons.append(because(LIGHTER_WEEK))
    if day.lighter_day:
        shown = ladder.lowered(shown, for_pain=False)
        reasons.append(because("lighter_day"))
    if context.support and exercise.rung(shown.rung).is_standing:
        reasons.append(because(context.support))
    prescribed = Prescribed(
        standing=target.standing,
        shown=shown,
        reasons=tuple(reasons),
        towards=target.towards,
        offer=offer_on(target, day.on),
        answers=target.answers,
        first_side=first_side(exercise, log, day.first_side),
    )
    seconds = estimated_seconds(exercise, shown, usual_pace())
    return PrescribedLine(exercise.key, prescribed, seconds, asks=target.asks)


def lighter_week_dose(rung: Rung, dose: Dose) -> Dose:
    """Half the sets, rounded up; a rung of one set goes back to `reps_from`; the same rung."""
    if dose.sets == 1:
        return replace(dose, repetitions=min(dose.repetitions, rung.reps_from))
    return replace(dose, sets=-(-dose.sets // 2))


def _before_rung_up(ladder: Ladder, standing: Dose) -> Dose | None:
    """The latest target of a lower rung, when the rise to this one has not been done yet: it waits."""
    rung = ladder.exercise.rung(standing.rung)
    for read in reversed(ladder.reads):
        if read.standing.rung != read.line.prescribed.shown.rung:
            continue  # a lighter day or week showed another rung
        return read.standing if ladder.exercise.rung(read.standing.rung).number < rung.number else None
    return None


def _restarted(ladder: Ladder, target: Target, gone: Away) -> Target:
    """The lighter restart after time away: never a punishment, offered, taken only if wanted."""
    if gone is Away.NO:
        return target
    if gone is Away.RUNG_LOWER:
        lower = ladder.lowered(target.standing, for_pain=False)
        return replace(target, standing=lower, towards=None, reasons=(because("restart_rung_lower"),))
    rung = ladder.exercise.rung(target.standing.rung)
    lighter = replace(
        target.standing,
        sets=max(1, target.standing.sets - 1),
        repetitions=min(target.standing.repetitions, rung.reps_from),
    )
    towards = (target.towards or target.standing) if lighter != target.standing else None
    return replace(target, standing=lighter, towards=towards, reasons=(because("restart_lighter"),))


def first_side(exercise: Exercise, log: Iterable[WorkoutLog], otherwise: str = "left") -> str:
    """The side that begins: the one with fewer repetitions where the sides last differed."""
    for workout in sorted(log, key=lambda workout: workout.ref, reverse=True):
        if line := workout.lines.get(exercise.key):
            done = {
                side: sum(s.repetitions for s in line.sets if s.side == side) for side in ("left", "right")
            }
            if done["left"] != done["right"]:
                return min(done, key=lambda side: done[side])
    return otherwise


def estimated_seconds(exercise: Exercise, dose: Dose, pace: Pace) -> int:
    """How long a line takes: repetitions with their holds on each side, and the rests between its sets.

    pace  whole: what a person said over what is usual
    """
    rung = exercise.rung(dose.rung)
    sides = len(rung.laterality.sides) * (2 if exercise.repetitions_doubled else 1)
    moving = dose.sets * dose.repetitions * (2 * pace.move_seconds + dose.hold_seconds) * sides
    return moving + (pace.rest_seconds or 0) * (dose.sets - 1)


def total_seconds(seconds: Sequence[int]) -> int:
    """A workout's seconds with the rests between its exercises, warm-up apart."""
    return sum(seconds) + rule_numbers().minutes.seconds_between_exercises * max(0, len(seconds) - 1)


def _fitting(lines: Sequence[PrescribedLine], seconds: int) -> list[PrescribedLine]:
    """The lines that fit, in order, others passed over; at least two, the second then the shortest left."""
    chosen: list[PrescribedLine] = []
    for line in lines:
        if total_seconds([*(c.seconds for c in chosen), line.seconds]) <= seconds:
            chosen.append(line)
    left = sorted((line for line in lines if line not in chosen), key=lambda line: line.seconds)
    missing = max(0, rule_numbers().too_few.least - len(chosen))
    return [*chosen, *itertools.islice(left, missing)]


def _place_in_workout(line: PrescribedLine) -> tuple[int, int]:
    """Catalogue order; an exercise with a first-from number comes first once it has reached it."""
    exercise = catalogue().exercise(line.exercise)
    number = exercise.rung(line.prescribed.shown.rung).number
    first_from = rule_numbers().workout.first_from_number.get(exercise.key)
    return (0 if first_from is not None and number >= first_from else 1, exercise.order)
