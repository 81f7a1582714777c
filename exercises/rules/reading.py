"""Which row of the table of facts F7 each log met: the log of one exercise, read in order.

Pure: no clock, no database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from exercises.rules.catalogue import Exercise, band_strength
from exercises.rules.numbers import rule_numbers
from exercises.rules.values import Context, Dose, Effort, LineLog, Ref, WorkoutLog
from exercises.rules.wording import Reason, because


class TableRow(IntEnum):
    """Which row of the table a log met."""

    STOP = 1
    PAIN = 2
    UNSETTLED = 3
    NOTHING = 4
    SHORT = 5
    SUCCESS = 6


@dataclass(frozen=True)
class LogRead:
    """One workout's log of one exercise, with the row it met."""

    ref: Ref
    line: LineLog
    row: TableRow
    missed: bool
    easy: bool
    bad_morning: bool
    reason: Reason

    @property
    def on(self) -> date:
        """Its local date."""
        return self.ref[0]

    @property
    def standing(self) -> Dose:
        """The target it was prescribed with."""
        return self.line.prescribed.standing

    @property
    def hurts(self) -> bool:
        """Whether it met row 1 or 2."""
        return self.row in {TableRow.STOP, TableRow.PAIN}


def log_needed_from(start: date, held_since: date | None) -> date:
    """The first day of the log that a block needs: rules look back before its start.

    start       the first day of the block
    held_since  from when something has been on hold, before this block
    """
    first = start - timedelta(days=rule_numbers().progression.looks_back_days)
    return min(first, held_since) if held_since else first


def worst_pain(line: LineLog) -> int:
    """The highest pain of all sides; not answered counts as none."""
    return max((answer.pain or 0 for answer in line.answers), default=0)


def hurts_too_much(line: LineLog) -> bool:
    """Pain of 6 or more, or "this hurts: stop"."""
    stopped = any(answer.stopped for answer in line.answers)
    return stopped or worst_pain(line) >= rule_numbers().progression.stop_from_pain


def _met_stop(line: LineLog, workout: WorkoutLog) -> bool:
    """Row 1: pain 6 or more, "this hurts: stop", or more than allowed and not as usual the next morning."""
    pain_was_allowed = worst_pain(line) <= rule_numbers().progression.pain_allowed_to
    return hurts_too_much(line) or (not pain_was_allowed and workout.next_morning_usual is False)


def _is_missed(line: LineLog) -> bool:
    """Row 5: fewer repetitions, less load or a lighter band than shown, not clean, or nothing left, on any side."""
    shown = line.prescribed.shown
    short = any(
        done.repetitions < shown.repetitions
        or (
            shown.load_grams is not None
            and done.load_grams is not None
            and done.load_grams < shown.load_grams
        )
        or (
            shown.band is not None
            and done.band not in {"", shown.band}
            and band_strength(done.band) < band_strength(shown.band)
        )
        for done in line.sets
    )
    said = any(a.clean is False or a.effort is Effort.NOTHING_LEFT for a in line.answers)
    return short or said


def _is_complete(exercise: Exercise, line: LineLog) -> bool:
    """Whether every planned set has a row and every side its answers."""
    shown = line.prescribed.shown
    sides = exercise.rung(shown.rung).laterality.sides
    places = {(done.side, done.number) for done in line.sets}
    answered = {a.side for a in line.answers if a.clean is not None and a.pain is not None}
    return all(
        (side, n) in places for side in sides for n in range(1, shown.sets + 1)
    ) and answered.issuperset(sides)


def read_log(exercise: Exercise, log: Iterable[WorkoutLog], context: Context) -> list[LogRead]:
    """The exercise's logs in order of date and number, each with its row.

    Logs of rungs that have left the content are passed over.
    """
    holds = {rung.key: rung.hold_seconds for rung in exercise.rungs}
    reads: list[LogRead] = []
    for workout in sorted(log, key=lambda workout: workout.ref):
        line = workout.lines.get(exercise.key)
        if line is None or not {line.prescribed.standing.rung, line.prescribed.shown.rung} <= holds.keys():
            continue
        reads.append(_read_workout(exercise, workout, _held_as_now(line, holds), reads, context))
    return reads


def _held_as_now(line: LineLog, holds: Mapping[str, int]) -> LineLog:
    """A log with the holds its rungs have now: a hold that was changed counts from the next workout.

    holds  {rung: seconds}
    """
    told = line.prescribed
    doses = [dose for dose in (told.standing, told.shown, told.towards) if dose]
    if all(dose.hold_seconds == holds.get(dose.rung, dose.hold_seconds) for dose in doses):
        return line

    def held(dose: Dose) -> Dose:
        return replace(dose, hold_seconds=holds.get(dose.rung, dose.hold_seconds))

    towards = held(told.towards) if told.towards else None
    now = replace(told, standing=held(told.standing), shown=held(told.shown), towards=towards)
    return replace(line, prescribed=now)


def _bad_mornings(reads: Iterable[LogRead], on: date) -> int:
    """How many of these were bad, lately enough to count together with one of this day."""
    window = timedelta(days=rule_numbers().progression.bad_mornings_within_days)
    return sum(read.bad_morning for read in reads if on - read.on <= window)


def _read_workout(
    exercise: Exercise, workout: WorkoutLog, line: LineLog, before: Sequence[LogRead], context: Context
) -> LogRead:
    numbers = rule_numbers().progression
    pain = worst_pain(line)
    bad_morning = workout.next_morning_usual is False and pain <= numbers.pain_allowed_to
    mornings = 1 + _bad_mornings(before, workout.on) if bad_morning else 0
    # Asked of every exercise of every workout: a look at the worst pain of all answers most of it.
    others_stopped = workout.worst_pain > numbers.pain_allowed_to and any(
        _met_stop(other, workout) for key, other in workout.lines.items() if key != exercise.key
    )
    efforts = [answer.effort for answer in line.answers]
    early = context.easy_counts_from is not None and workout.on < context.easy_counts_from
    missed = _is_missed(line)
    on = workout.on.isoformat()

    if _met_stop(line, workout):
        row, reason = TableRow.STOP, because("stop", on=on, pain=pain) if pain else because("stopped", on=on)
    elif pain > numbers.pain_allowed_to:
        row, reason = TableRow.PAIN, because("pain", on=on, pain=pain)
    elif bad_morning and mornings >= numbers.bad_mornings:
        row, reason = TableRow.PAIN, because("bad_mornings", on=on, count=mornings)
    elif bad_morning:
        row, reason = TableRow.UNSETTLED, because("bad_morning", on=on)
    elif others_stopped:
        row, reason = TableRow.UNSETTLED, because("other_exercise_hurt", on=on)
    elif workout.lighter or not workout.planned or not _is_complete(exercise, line):
        row, reason = TableRow.NOTHING, because("nothing_counted", on=on)
    elif missed:
        row, reason = TableRow.SHORT, because("short", on=on)
    else:
        row, reason = TableRow.SUCCESS, because("success", on=on)
    return LogRead(
        ref=workout.ref,
        line=line,
        row=row,
        missed=missed and not workout.lighter and workout.planned,
        easy=bool(efforts) and all(effort is Effort.EASY for effort in efforts) and not early,
        bad_morning=bad_morning,
        reason=reason,
    )
