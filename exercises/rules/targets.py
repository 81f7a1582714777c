"""What to do next of one exercise, and why: plan line + log -> target.

Pure: no clock, no database. The next target starts from the latest stored prescription and what was logged
against it; the rows of facts F7 are guard clauses in their order. Everything here is a design choice
(the two-for-two habit: baechle_2for2; sets: acsm_2026; the pain steps after silbernagel_2007).

"Number of a rung" orders a ladder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from exercises.rules.catalogue import Exercise, Owned, Rung, UnknownKey, catalogue
from exercises.rules.numbers import rule_numbers
from exercises.rules.values import (
    Choice,
    Context,
    Dose,
    Effort,
    GateAnswer,
    LineLog,
    Offer,
    PainResult,
    PlanLine,
    Ref,
    WorkoutLog,
)
from exercises.rules.wording import Reason, Refused, because, equipment_parameter


@dataclass(frozen=True)
class Target:
    """The next target of one exercise.

    standing   what the next workout starts from
    on_hold    no target until "I have been seen"; `standing` is where it then goes on
    available  False: nothing owned at or below it
    asks       key of the rung whose gate question is asked now
    """

    exercise: str
    standing: Dose
    reasons: tuple[Reason, ...] = ()
    towards: Dose | None = None
    offer: Offer | None = None
    answers: frozenset[PainResult] = frozenset()
    on_hold: bool = False
    available: bool = True
    asks: str | None = None


# --- ladders -------------------------------------------------------------------------------------


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


# --- reading the log -----------------------------------------------------------------------------


class Row(IntEnum):
    """Which row of the table a log met."""

    STOP = 1
    PAIN = 2
    UNSETTLED = 3
    NOTHING = 4
    SHORT = 5
    SUCCESS = 6


@dataclass(frozen=True)
class Read:
    """One workout's log of one exercise, with the row it met."""

    ref: Ref
    line: LineLog
    row: Row
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
        return self.row in {Row.STOP, Row.PAIN}


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
    """Row 5: fewer repetitions or less load than shown, not clean, or nothing left, on any side."""
    shown = line.prescribed.shown
    short = any(
        done.repetitions < shown.repetitions
        or (
            shown.load_grams is not None
            and done.load_grams is not None
            and done.load_grams < shown.load_grams
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


def read_log(exercise: Exercise, log: Iterable[WorkoutLog], context: Context) -> list[Read]:
    """The exercise's logs in order of date and number, each with its row.

    Logs of rungs that have left the content are passed over.
    """
    known = {rung.key for rung in exercise.rungs}
    reads: list[Read] = []
    for workout in sorted(log, key=lambda workout: workout.ref):
        line = workout.lines.get(exercise.key)
        if line is None or not known.issuperset({line.prescribed.standing.rung, line.prescribed.shown.rung}):
            continue
        reads.append(_read_workout(exercise, workout, _held_as_now(exercise, line), reads, context))
    return reads


def _held_as_now(exercise: Exercise, line: LineLog) -> LineLog:
    """A log with the holds its rungs have now: a hold that was changed counts from the next workout."""
    holds = {rung.key: rung.hold_seconds for rung in exercise.rungs}

    def held(dose: Dose) -> Dose:
        return replace(dose, hold_seconds=holds.get(dose.rung, dose.hold_seconds))

    told = line.prescribed
    if all(dose is None or held(dose) == dose for dose in (told.standing, told.shown, told.towards)):
        return line
    towards = held(told.towards) if told.towards else None
    now = replace(told, standing=held(told.standing), shown=held(told.shown), towards=towards)
    return replace(line, prescribed=now)


def _read_workout(
    exercise: Exercise, workout: WorkoutLog, line: LineLog, before: Sequence[Read], context: Context
) -> Read:
    numbers = rule_numbers().progression
    pain = worst_pain(line)
    bad_morning = workout.next_morning_usual is False and pain <= numbers.pain_allowed_to
    window = timedelta(days=numbers.bad_mornings_within_days)
    mornings = 1 + sum(read.bad_morning for read in before if workout.on - read.on <= window)
    # Asked of every exercise of every workout: a look at the worst pain of all answers most of it.
    others_stopped = workout.worst_pain > numbers.pain_allowed_to and any(
        _met_stop(other, workout) for key, other in workout.lines.items() if key != exercise.key
    )
    efforts = [answer.effort for answer in line.answers]
    early = context.easy_counts_from is not None and workout.on < context.easy_counts_from
    missed = _is_missed(line)
    on = workout.on.isoformat()

    if _met_stop(line, workout):
        row, reason = Row.STOP, because("stop", on=on, pain=pain) if pain else because("stopped", on=on)
    elif pain > numbers.pain_allowed_to:
        row, reason = Row.PAIN, because("pain", on=on, pain=pain)
    elif bad_morning and mornings >= numbers.bad_mornings:
        row, reason = Row.PAIN, because("bad_mornings", on=on, count=mornings)
    elif bad_morning:
        row, reason = Row.UNSETTLED, because("bad_morning", on=on)
    elif others_stopped:
        row, reason = Row.UNSETTLED, because("other_exercise_hurt", on=on)
    elif workout.lighter or not workout.planned or not _is_complete(exercise, line):
        row, reason = Row.NOTHING, because("nothing_counted", on=on)
    elif missed:
        row, reason = Row.SHORT, because("short", on=on)
    else:
        row, reason = Row.SUCCESS, because("success", on=on)
    return Read(
        ref=workout.ref,
        line=line,
        row=row,
        missed=missed and not workout.lighter and workout.planned,
        easy=bool(efforts) and all(effort is Effort.EASY for effort in efforts) and not early,
        bad_morning=bad_morning,
        reason=reason,
    )


# --- one step ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """Where a rule leads, and why."""

    dose: Dose
    reason: Reason
    offer: Offer | None = None
    towards: Dose | None = None
    asks: str | None = None


@dataclass(frozen=True)
class Ladder:
    """One exercise's ladder as this person can climb it, with everything logged on it."""

    exercise: Exercise
    context: Context
    reads: Sequence[Read]

    @property
    def owned(self) -> Owned:
        """What the person has."""
        return self.context.owned

    def is_allowed(self, rung: Rung) -> bool:
        """Whether no safety cap forbids the rung."""
        cap = self.context.caps.get(self.exercise.key)
        return cap is None or rung.number <= cap

    def barrier(self, rung: Rung) -> Reason | None:
        """What stands before a rung, whichever way leads to it: a cap, equipment, its question; None if it is open."""
        if not self.is_allowed(rung):
            return because("above_cap")
        if missing := self.owned.missing_for(rung):
            return because("needs", equipment=equipment_parameter(missing))
        if rung.gate and not self.gate_passed(rung):
            return because("waits_for_question")
        return None

    def last_successful_load(self, rung: Rung | None = None) -> int | None:
        """The load in grams of the latest success with a load, of the exercise or on one rung."""
        for read in reversed(self.reads):
            grams = read.line.prescribed.shown.load_grams
            on_rung = rung is None or read.line.prescribed.shown.rung == rung.key
            if read.row is Row.SUCCESS and grams is not None and on_rung:
                return grams
        return None

    def opening(self, rung: Rung) -> Dose | None:
        """The dose with which a rung begins by itself; None when its equipment or a light load is missing."""
        if not self.owned.has(rung):
            return None
        if not rung.load.in_grams:
            return dose_at(rung, self.owned)
        grams = first_load(rung, self.owned, self.last_successful_load())
        return dose_at(rung, self.owned, load_grams=grams) if grams is not None else None

    def lowered(self, dose: Dose, *, for_pain: bool) -> Dose:
        """One rung down: the next lower open one from `reps_from`, never more sets than before.

        With a load: the last successful one on that rung, never above the load just used, for pain one
        lower; where there is none, the next lower rung. From the lowest: one set fewer, then `reps_from`.
        """
        current = self.exercise.rung(dose.rung)
        for rung in self.exercise.below(current):
            if self.barrier(rung):
                continue
            sets = min(rung.sets, dose.sets)
            if not rung.load.in_grams:
                return dose_at(rung, self.owned, sets=sets)
            earned = self.last_successful_load(rung)
            most = min((g for g in (earned, dose.load_grams) if g is not None), default=0)
            loads = [grams for grams in self.owned.loads_for(rung) if earned and grams <= most]
            if for_pain:
                loads = loads[:-1]
            if loads:
                return dose_at(rung, self.owned, sets=sets, load_grams=loads[-1])
        if dose.sets > 1:
            return replace(dose, sets=dose.sets - 1)
        return replace(dose, repetitions=min(dose.repetitions, current.reps_from))

    def highest_at_or_below(self, number: int, *, sets: int | None = None) -> Dose | None:
        """The dose of the highest open rung that is not above a number."""
        for rung in reversed(self.exercise.rungs):
            if rung.number <= number and not self.barrier(rung) and (opening := self.opening(rung)):
                return opening if sets is None else replace(opening, sets=min(opening.sets, sets))
        return None

    def fitted(self, dose: Dose) -> Dose | None:
        """A dose as it can be done now: on its rung while that is open, else on the highest open one below.

        None when nothing at or below it is open.
        """
        rung = self.exercise.rung(dose.rung)
        if self.barrier(rung) is None:
            loads = [] if dose.load_grams is None else self.owned.loads_for(rung)
            lighter = [grams for grams in loads if grams <= (dose.load_grams or 0)]
            if dose.load_grams is None or lighter:
                grams = lighter[-1] if lighter else None
                return replace(dose, load_grams=grams, band=self.owned.band_for(rung))
        return self.highest_at_or_below(rung.number - 1, sets=dose.sets)

    def start(self, rung_key: str) -> Dose | None:
        """The dose a line starts with; an unknown rung starts at the lowest."""
        try:
            number = self.exercise.rung(rung_key).number
        except UnknownKey:
            number = self.exercise.lowest.number
        return self.highest_at_or_below(number)

    def why_start(self, rung_key: str) -> Reason:
        """Why a line starts where it does: on its rung, or lower with what is open now."""
        try:
            rung = self.exercise.rung(rung_key)
        except UnknownKey:
            return because("start")
        return because("start") if self.barrier(rung) is None else self.why_lower(rung)

    def why_lower(self, rung: Rung) -> Reason:
        """Why a person stands lower than on a rung that is not open, or whose load is not owned."""
        if not self.is_allowed(rung):
            return because("cap")
        waits = self.barrier(rung) == because("waits_for_question")
        return because("gate") if waits else because("not_owned")

    # --- rows 1 and 2 ---

    def after_pain(self, read: Read, base: Dose) -> Step:
        """Rows 1 and 2, from the lower of the standing and the shown target."""
        down = self.lowered(base, for_pain=True)
        changed = _change_reason(read.reason, base, down)
        if read.row is Row.STOP:
            return Step(down, changed)
        counted = [r for r in self.reads if r.ref < read.ref and r.row is not Row.NOTHING]
        twice = bool(counted) and counted[-1].row is Row.PAIN
        rung = self.exercise.rung(base.rung)
        if twice or (base.sets == 1 and base.repetitions <= rung.reps_from):
            return Step(down, changed)
        if base.sets > 1:
            fewer = replace(base, sets=base.sets - 1)
            return Step(fewer, _with(read.reason, "set_fewer"))
        return Step(replace(base, repetitions=rung.reps_from), _with(read.reason, "from_the_start"))

    def hold(self, after: Ref | None, until: Ref | None = None) -> tuple[Read, Reason] | None:
        """The latest log that puts the exercise on hold, among those after one workout and up to another."""
        numbers = rule_numbers().progression
        hurting = [
            read
            for read in self.reads
            if read.hurts and (after is None or read.ref > after) and (until is None or read.ref <= until)
        ]
        found = None
        for index, read in enumerate(hurting):
            base = self.base(read)
            recent = [r for r in hurting[:index] if (read.on - r.on).days <= numbers.third_pain_within_days]
            stops = [
                r
                for r in hurting[:index]
                if r.row is Row.STOP and (read.on - r.on).days <= numbers.second_stop_within_days
            ]
            if read.row is Row.STOP and stops:
                found = read, because("hold_second_stop", on=read.on.isoformat())
            elif len(recent) >= 2:
                found = read, because("hold_third_pain", on=read.on.isoformat())
            elif self.lowered(base, for_pain=True) == base:
                found = read, because("hold_lowest", on=read.on.isoformat())
        return found

    def base(self, read: Read) -> Dose:
        """The lower of what stood and what was shown."""
        return lower_of(self.exercise, read.standing, read.line.prescribed.shown)

    # --- rows 3 to 6 ---

    def after(self, read: Read) -> Step:
        """The step from the latest log, when no pain result waits for an answer."""
        standing, prescribed = read.standing, read.line.prescribed
        if read.row in {Row.UNSETTLED, Row.NOTHING}:
            offer = prescribed.offer if read.row is Row.NOTHING else None
            return Step(standing, read.reason, offer=offer, towards=prescribed.towards)
        if read.row is Row.SHORT:
            if self.missed_before(read):
                down = self.lowered(standing, for_pain=False)
                return Step(
                    down, _change_reason(because("short_twice", on=read.on.isoformat()), standing, down)
                )
            return Step(standing, read.reason, towards=prescribed.towards)
        return self.after_success(read)

    def missed_before(self, read: Read) -> bool:
        """Whether the log before this one fell short too, on the same rung, sets and load.

        Row 4 is passed over. Rows 1 to 3 do not hide a miss: they count when they fell short and are
        passed over when they did not.
        """
        for earlier in reversed([r for r in self.reads if r.ref < read.ref]):
            if earlier.row is Row.NOTHING or (earlier.row <= Row.UNSETTLED and not earlier.missed):
                continue
            return earlier.missed and _same_place(earlier.standing, read.standing)
        return False

    def successes_in_a_row(self, read: Read) -> int:
        """How many successes stand together up to this one, at `reps_to` of the same rung, sets and load."""
        count = 0
        for earlier in reversed([r for r in self.reads if r.ref <= read.ref]):
            if earlier.row is Row.NOTHING:
                continue
            at_top = earlier.standing.repetitions >= self.exercise.rung(earlier.standing.rung).reps_to
            if earlier.row is not Row.SUCCESS or not at_top:
                break
            if not _same_place(earlier.standing, read.standing):
                break
            count += 1
        return count

    def most_sets_on(self, rung: Rung) -> int:
        """The rung's own number of sets, or more if more were reached on it."""
        reached = (read.standing.sets for read in self.reads if read.standing.rung == rung.key)
        return max([rung.sets, *reached])

    def after_success(self, read: Read) -> Step:
        """Row 6."""
        dose, towards = read.standing, read.line.prescribed.towards
        rung = self.exercise.rung(dose.rung)
        on = read.on.isoformat()
        offer = self.offer_again(read)
        if dose.sets < self.most_sets_on(rung) and (towards is None or dose.sets < towards.sets):
            return Step(replace(dose, sets=dose.sets + 1), because("set_back", on=on), towards=towards)
        if towards and towards.rung == dose.rung and dose.repetitions < towards.repetitions:
            back = replace(dose, repetitions=min(dose.repetitions + 2, towards.repetitions))
            return Step(back, because("on_the_way_back", on=on), towards=towards if back != towards else None)
        in_a_row = self.successes_in_a_row(read)
        if in_a_row >= self.exercise.rung_up_after:
            return self.after_top(read, rung)
        if read.easy and rung.load_step and dose.load_grams is not None:
            heavier, small = next_load(rung, self.owned, dose.load_grams)
            if heavier and small:
                return Step(replace(dose, load_grams=heavier), because("easy_load", on=on, grams=heavier))
        more = min(dose.repetitions + (2 if read.easy else 1), rung.reps_to) - dose.repetitions
        if more <= 0:
            return Step(
                replace(dose), because("at_top", count=self.exercise.rung_up_after - in_a_row), offer=offer
            )
        step = because("easy" if read.easy else "success", on=on, count=more)
        return Step(replace(dose, repetitions=dose.repetitions + more), step, offer=offer)

    def after_top(self, read: Read, rung: Rung) -> Step:
        """Often enough at `reps_to`: the next load, the next rung, or one set more."""
        dose, on = read.standing, read.on.isoformat()
        heavier, small = None, False
        if rung.load_step and dose.load_grams is not None:
            heavier, small = next_load(rung, self.owned, dose.load_grams)
            below_goal = rung.load_goal_grams is None or dose.load_grams < rung.load_goal_grams
            if heavier and below_goal:
                return self._heavier(read, rung, heavier, small=small)
        opening, passed = self.next_opening(rung)
        if opening and (asked := self.exercise.rung(opening.rung)).gate and not self.gate_passed(asked):
            return Step(replace(dose), because("gate", on=on), asks=self.asked_about(asked))
        if opening and not passed and not self.context.tap_only:
            return Step(opening, because("rung_up", on=on, exercise=self.exercise.key, rung=opening.rung))
        offer = None
        if opening and self.may_offer(Offer(opening.rung), read):
            offer = Offer(opening.rung)
        if heavier:
            return replace(self._heavier(read, rung, heavier, small=small), offer=offer)
        return replace(self._one_set_more(read, rung, opening=opening), offer=offer)

    def _heavier(self, read: Read, rung: Rung, grams: int, *, small: bool) -> Step:
        dose, on = read.standing, read.on.isoformat()
        if small:
            heavier = replace(dose, load_grams=grams, repetitions=rung.reps_from)
            return Step(heavier, because("load_up", on=on, grams=grams))
        offer = Offer(rung.key, grams)
        return Step(
            replace(dose),
            because("bigger_load", on=on, grams=grams),
            offer=offer if self.may_offer(offer, read) else None,
        )

    def _one_set_more(self, read: Read, rung: Rung, *, opening: Dose | None) -> Step:
        dose, on = read.standing, read.on.isoformat()
        numbers = rule_numbers().progression
        above = self.exercise.rung_at(rung.number + 1)
        at_cap = above is not None and not self.is_allowed(above)
        few_sets = self.exercise.addon or self.exercise.repetitions_doubled
        most = numbers.most_sets
        if few_sets:
            most = numbers.most_sets_at_cap if at_cap else 0
        why = self.what_opens(rung)
        if dose.sets < most:
            return Step(
                replace(dose, sets=dose.sets + 1, repetitions=rung.reps_from), because("set_more", on=on)
            )
        return Step(replace(dose), because("ready_to_try", on=on) if opening else why)

    def next_opening(self, rung: Rung) -> tuple[Dose | None, int]:
        """The next rung that is owned and allowed, and how many rungs it passes over (at most two).

        It may still have to be asked about; one that was not asked about is never passed over.
        """
        for passed, above in enumerate(self.exercise.above(rung)):
            if passed > rule_numbers().progression.rungs_passed_at_most or not self.is_allowed(above):
                break
            if opening := self.opening(above):
                return opening, passed
            if above.gate and not self.gate_passed(above):
                break
        return None, 0

    def what_opens(self, rung: Rung) -> Reason:
        """What would open the next rung, for a person who has reached the top of this one."""
        above = self.exercise.rung_at(rung.number + 1)
        if above is None:
            return because("top_of_ladder")
        if not self.is_allowed(above):
            return because("top_at_cap")
        missing = self.owned.missing_for(above)
        named = {"exercise": self.exercise.key, "rung": above.key}
        if not missing:
            return because("opens_by_hand", **named)
        return because("opens_with", equipment=equipment_parameter(missing), **named)

    def may_offer(self, offer: Offer, read: Read) -> bool:
        """Whether an offer is made now: the first time, and again after four successes without taking it."""
        made = [r for r in self.reads if r.ref <= read.ref and r.line.prescribed.offer == offer]
        if not made:
            return True
        since = [r for r in self.reads if made[-1].ref <= r.ref <= read.ref and r.row is Row.SUCCESS]
        return len(since) >= rule_numbers().progression.offer_again_after

    def offer_again(self, read: Read) -> Offer | None:
        """The offer of this rung that was declined four successes ago."""
        for earlier in reversed([r for r in self.reads if r.ref <= read.ref]):
            offer = earlier.line.prescribed.offer
            if offer and earlier.standing.rung == read.standing.rung:
                return offer if self.may_offer(offer, read) else None
        return None

    def may_take(self, offer: Offer) -> bool:
        """Whether what is offered is open now, and its load owned."""
        rung = self.exercise.rung(offer.rung)
        owns_load = offer.load_grams is None or offer.load_grams in self.owned.loads_for(rung)
        return owns_load and self.barrier(rung) is None

    def gate_passed(self, rung: Rung) -> bool:
        """Whether the latest answer to a rung's question is a yes.

        Who has stood on it since was let on by one: that of a countable check is known only while it is asked.
        """
        latest = next(reversed(self._gate_answers(rung)), None)
        if latest and latest.yes:
            return True
        return any(
            read.standing.rung == rung.key and (latest is None or read.ref > latest.after)
            for read in self.reads
        )

    def asked_about(self, rung: Rung) -> str | None:
        """The key of a rung if its question may be asked now."""
        return rung.key if self.gate_may_be_asked(rung) else None

    def gate_may_be_asked(self, rung: Rung) -> bool:
        """Not asked yet, or two more successes at `reps_to` since the last no."""
        answers = self._gate_answers(rung)
        if not answers:
            return True
        since = [r for r in self.reads if r.ref > answers[-1].after and r.row is Row.SUCCESS]
        at_top = [r for r in since if r.standing.repetitions >= self.exercise.rung(r.standing.rung).reps_to]
        return len(at_top) >= 2

    def _gate_answers(self, rung: Rung) -> list[GateAnswer]:
        mine = [g for g in self.context.gates if (g.exercise, g.rung) == (self.exercise.key, rung.key)]
        return sorted(mine, key=lambda answer: answer.after)


def _same_place(one: Dose, other: Dose) -> bool:
    return (one.rung, one.sets, one.load_grams) == (other.rung, other.sets, other.load_grams)


def _with(reason: Reason, suffix: str) -> Reason:
    return Reason(f"{reason.key}_{suffix}", reason.parameters)


def _change_reason(reason: Reason, before: Dose, after: Dose) -> Reason:
    """The reason of a step down, named after what became lower."""
    if after.rung != before.rung:
        return _with(reason, "rung_down")
    if after.sets < before.sets:
        return _with(reason, "set_fewer")
    return _with(reason, "from_the_start")


# --- the next target -----------------------------------------------------------------------------


def next_target(line: PlanLine, log: Iterable[WorkoutLog], context: Context) -> Target:
    """The target for the next workout of one exercise.

    line     the plan's line
    log      workouts in any order; enough of them to look back 28 days, and the latest of this exercise
    context  equipment, caps and what the person decided

    Raises UnknownKey when the exercise is no longer in the content.
    """
    return target_on(ladder_for(line.exercise, log, context), line)


def ladder_for(exercise_key: str, log: Iterable[WorkoutLog], context: Context) -> Ladder:
    """An exercise's ladder with everything logged on it; raises UnknownKey."""
    exercise = catalogue().exercise(exercise_key)
    return Ladder(exercise, context, read_log(exercise, log, context))


def target_on(ladder: Ladder, line: PlanLine) -> Target:
    """The next target of a line on a ladder that was read already (`next_target`)."""
    exercise, context, reads = ladder.exercise, ladder.context, ladder.reads
    start = ladder.start(line.start_rung)
    if start is None and not reads:
        nothing = dose_at(exercise.lowest, context.owned)
        return Target(exercise.key, nothing, (ladder_needs(exercise, context.owned),), available=False)

    waiting = [read for read in reads if read.hurts and not _is_answered(read, reads)]
    if not reads:
        step = Step(start or dose_at(exercise.lowest, context.owned), ladder.why_start(line.start_rung))
    elif waiting:
        step = _answer_pain(ladder, waiting)
    else:
        step = ladder.after(reads[-1])
    step = _resumed(ladder, step)
    step = _chosen(ladder, line, step, pain_waits=bool(waiting))
    held = ladder.hold(after=_seen_after(ladder))
    available, step = _within_limits(ladder, step)
    step = _offered_again(ladder, step)
    offer = step.offer if step.offer and ladder.may_take(step.offer) else None
    return Target(
        exercise=exercise.key,
        standing=step.dose,
        reasons=(held[1], step.reason) if held else (step.reason,),
        towards=step.towards,
        offer=None if held else offer,
        answers=frozenset(PainResult(read.on, read.ref[1], read.row) for read in reads if read.hurts),
        on_hold=held is not None,
        available=available,
        asks=None if held else step.asks,
    )


def _is_answered(read: Read, reads: Iterable[Read]) -> bool:
    """Whether a later prescription already answered this pain result, as it now is or as a worse one."""
    return any(
        answer.ref == read.ref and answer.row <= read.row
        for later in reads
        if later.ref > read.ref
        for answer in later.line.prescribed.answers
    )


def _answer_pain(ladder: Ladder, waiting: Sequence[Read]) -> Step:
    """Every waiting pain result applied to the latest prescription, oldest first.

    However late one arrives, it never gives more than it would have given in its own place.
    """
    latest = ladder.reads[-1]
    step = Step(ladder.base(latest), latest.reason)
    for read in waiting:
        here = ladder.after_pain(read, step.dose)
        there = ladder.after_pain(read, ladder.base(read))
        step = replace(here, dose=lower_of(ladder.exercise, here.dose, there.dose))
    return step


def _seen_after(ladder: Ladder) -> Ref | None:
    return max((s.after for s in ladder.context.seen if s.exercise == ladder.exercise.key), default=None)


def _resumed(ladder: Ladder, step: Step) -> Step:
    """After "I have been seen", until the exercise is done again: one rung below where it was held.

    After a hold of the whole plan: one rung lower; with limits the lowest. A hold ends in no other way.
    """
    latest = ladder.reads[-1].ref if ladder.reads else None
    for seen in sorted(ladder.context.seen, key=lambda seen: seen.after):
        if latest is None or seen.after < latest or seen.exercise not in {None, ladder.exercise.key}:
            continue
        earlier = [
            s.after for s in ladder.context.seen if s.exercise == ladder.exercise.key and s.after < seen.after
        ]
        held = ladder.hold(after=max(earlier, default=None), until=seen.after)
        if seen.with_limits:
            lowest = ladder.highest_at_or_below(ladder.exercise.lowest.number, sets=step.dose.sets)
            down = lowest or ladder.lowered(step.dose, for_pain=False)
        elif seen.exercise is None:
            down = ladder.lowered(step.dose, for_pain=False)
        elif held:
            down = ladder.lowered(ladder.base(held[0]), for_pain=True)
        else:
            continue
        step = Step(lower_of(ladder.exercise, step.dose, down), because("seen"))
    return step


def _chosen(ladder: Ladder, line: PlanLine, step: Step, *, pain_waits: bool) -> Step:
    """A rung or load the person took counts until the exercise is done again.

    A pain result that waits is never undone by a choice: the lower of the two counts.
    """
    latest = ladder.reads[-1].ref if ladder.reads else None
    fresh = line.fresh_after and Choice(line.exercise, line.start_rung, after=line.fresh_after)
    mine = [choice for choice in ladder.context.choices if choice.exercise == ladder.exercise.key]
    choices = [fresh, *mine] if fresh else mine
    pending = [choice for choice in choices if latest is None or choice.after >= latest]
    if not pending:
        return step
    choice = max(reversed(pending), key=lambda choice: choice.after)  # of several the last one said
    try:
        rung = ladder.exercise.rung(choice.rung)
    except UnknownKey:
        return step
    dose = _chosen_dose(ladder, rung, choice, step.dose)
    if dose is None:
        return step
    if pain_waits:
        dose = lower_of(ladder.exercise, dose, step.dose)
    if choice is fresh:
        return Step(dose, because("start"))
    return Step(dose, because("by_hand", exercise=ladder.exercise.key, rung=rung.key))


def _chosen_dose(ladder: Ladder, rung: Rung, choice: Choice, now: Dose) -> Dose | None:
    if choice.load_grams is not None and rung.key == now.rung:
        return replace(now, load_grams=choice.load_grams, repetitions=rung.reps_from)
    grams = choice.load_grams
    if rung.load.in_grams and grams is None:
        loads = ladder.owned.loads_for(rung)
        grams = first_load(rung, ladder.owned, ladder.last_successful_load()) or next(iter(loads), None)
        if grams is None:
            return None
    return dose_at(rung, ladder.owned, load_grams=grams)


def _within_limits(ladder: Ladder, step: Step) -> tuple[bool, Step]:
    """The step on a rung that is open now, from `reps_from` where that is a lower one.

    A question that keeps it lower is asked.
    """
    rung = ladder.exercise.rung(step.dose.rung)
    fitted = ladder.fitted(step.dose)
    if fitted is None:
        return False, replace(step, reason=ladder_needs(ladder.exercise, ladder.owned))
    if fitted.rung == rung.key:
        as_it_was = fitted.load_grams == step.dose.load_grams
        return True, replace(step, dose=fitted, reason=step.reason if as_it_was else because("not_owned"))
    waits = ladder.barrier(rung) == because("waits_for_question")
    return True, Step(fitted, ladder.why_lower(rung), asks=ladder.asked_about(rung) if waits else None)


def _offered_again(ladder: Ladder, step: Step) -> Step:
    """When safety answers no longer keep an exercise low: one rung below where it stood before is offered."""
    lifted = ladder.context.lifted.get(ladder.exercise.key)
    before = [read for read in ladder.reads if lifted and read.on < lifted[0]]
    if not lifted or not before:
        return step
    stood = ladder.exercise.rung(before[-1].standing.rung).number
    lower = ladder.highest_at_or_below(stood - 1)
    if lower is None or not is_higher(ladder.exercise, lower, step.dose) or lower.rung == step.dose.rung:
        return step
    offer = Offer(lower.rung)
    if not ladder.may_offer(offer, ladder.reads[-1]):
        return step
    return replace(step, offer=offer)


def ladder_needs(exercise: Exercise, owned: Owned) -> Reason:
    """What the lowest rung of a ladder still needs."""
    return because(
        "nothing_owned",
        exercise=exercise.key,
        equipment=equipment_parameter(owned.missing_for(exercise.lowest)),
    )


def offer_on(target: Target, day: date) -> Offer | None:
    """What a target offers on a day: nothing higher within 14 days of pain, as with a step chosen by hand."""
    return None if _lately_hurt(target, day) else target.offer


def _lately_hurt(target: Target, day: date) -> list[date]:
    within = rule_numbers().progression.no_higher_after_pain_days
    return [result.on for result in target.answers if (day - result.on).days <= within]


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


def ladder_of(line: PlanLine, log: Iterable[WorkoutLog], context: Context, today: date) -> list[RungState]:
    """Every rung of a line's exercise, lowest first: what may be chosen by hand, and what opens the others.

    Any lower rung; at most one higher than the one earned; one that is offered; none above a cap, behind an
    unanswered question, or higher within 14 days of pain that lowered a target; none while on hold.
    """
    ladder = ladder_for(line.exercise, log, context)
    exercise = ladder.exercise
    target = target_on(ladder, line)
    earned = target_on(replace(ladder, context=replace(context, choices=())), line)
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


def check_choice(
    line: PlanLine, log: Iterable[WorkoutLog], context: Context, today: date, *, rung: str
) -> RungState:
    """The rung chosen by hand; raises Refused in words when `ladder_of` does not allow it."""
    for state in ladder_of(line, log, context, today):
        if state.rung.key == rung and state.may_choose:
            return state
    raise Refused("rung_refused")
