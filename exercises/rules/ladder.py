"""One exercise's ladder as a person can climb it: what each row of the table does to a target.

Pure: no clock, no database. "Number of a rung" orders a ladder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from exercises.rules.catalogue import Exercise, Rung, UnknownKey, catalogue
from exercises.rules.doses import dose_at, first_load, lower_of, next_load
from exercises.rules.numbers import rule_numbers
from exercises.rules.owned import Owned
from exercises.rules.reading import LogRead, TableRow, read_log
from exercises.rules.values import Context, Dose, GateAnswer, Offer, Ref, WorkoutLog
from exercises.rules.wording import EASIER, Reason, because, equipment_parameter

# --- one step ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TargetStep:
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
    reads: Sequence[LogRead]

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
            return because("above_cap", cause=self.context.causes.get(self.exercise.key, ""))
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
            if read.row is TableRow.SUCCESS and grams is not None and on_rung:
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
            return because("cap", cause=self.context.causes.get(self.exercise.key, ""))
        waits = self.barrier(rung) == because("waits_for_question")
        return because("gate") if waits else because("not_owned")

    # --- rows 1 and 2 ---

    def after_pain(self, read: LogRead, base: Dose) -> TargetStep:
        """Rows 1 and 2, from the lower of the standing and the shown target."""
        down = self.lowered(base, for_pain=True)
        changed = _change_reason(read.reason, base, down)
        if read.row is TableRow.STOP:
            return TargetStep(down, changed)
        counted = [r for r in self.reads if r.ref < read.ref and r.row is not TableRow.NOTHING]
        twice = bool(counted) and counted[-1].row is TableRow.PAIN
        rung = self.exercise.rung(base.rung)
        if twice or (base.sets == 1 and base.repetitions <= rung.reps_from):
            return TargetStep(down, changed)
        if base.sets > 1:
            fewer = replace(base, sets=base.sets - 1)
            return TargetStep(fewer, _with(read.reason, "set_fewer"))
        return TargetStep(replace(base, repetitions=rung.reps_from), _with(read.reason, "from_the_start"))

    def hold(self, after: Ref | None, until: Ref | None = None) -> tuple[LogRead, Reason] | None:
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
                if r.row is TableRow.STOP and (read.on - r.on).days <= numbers.second_stop_within_days
            ]
            if read.row is TableRow.STOP and stops:
                found = read, because("hold_second_stop", on=read.on.isoformat())
            elif len(recent) >= 2:
                found = read, because("hold_third_pain", on=read.on.isoformat())
            elif self.lowered(base, for_pain=True) == base:
                found = read, because("hold_lowest", on=read.on.isoformat())
        return found

    def base(self, read: LogRead) -> Dose:
        """The lower of what stood and what was shown."""
        return lower_of(self.exercise, read.standing, read.line.prescribed.shown)

    # --- rows 3 to 6 ---

    def after(self, read: LogRead) -> TargetStep:
        """The step from the latest log, when no pain result waits for an answer."""
        standing, prescribed = read.standing, read.line.prescribed
        if read.row is TableRow.UNSETTLED:
            return TargetStep(standing, read.reason, towards=prescribed.towards)
        if read.row is TableRow.NOTHING:
            easier = (reason for reason in prescribed.reasons if reason.key.endswith(EASIER))
            why = next(easier, read.reason)
            return TargetStep(standing, why, offer=prescribed.offer, towards=prescribed.towards)
        if read.row is TableRow.SHORT:
            if self.missed_before(read):
                down = self.lowered(standing, for_pain=False)
                return TargetStep(
                    down, _change_reason(because("short_twice", on=read.on.isoformat()), standing, down)
                )
            return TargetStep(standing, read.reason, towards=prescribed.towards)
        return self.after_success(read)

    def missed_before(self, read: LogRead) -> bool:
        """Whether the log before this one fell short too, on the same rung, sets and load.

        Row 4 is passed over. Rows 1 to 3 do not hide a miss: they count when they fell short and are
        passed over when they did not.
        """
        for earlier in reversed([r for r in self.reads if r.ref < read.ref]):
            if earlier.row is TableRow.NOTHING or (earlier.row <= TableRow.UNSETTLED and not earlier.missed):
                continue
            return earlier.missed and _same_place(earlier.standing, read.standing)
        return False

    def successes_in_a_row(self, read: LogRead) -> int:
        """How many successes stand together up to this one, at `reps_to` of the same rung, sets and load."""
        count = 0
        for earlier in reversed([r for r in self.reads if r.ref <= read.ref]):
            if earlier.row is TableRow.NOTHING:
                continue
            at_top = earlier.standing.repetitions >= self.exercise.rung(earlier.standing.rung).reps_to
            if earlier.row is not TableRow.SUCCESS or not at_top:
                break
            if not _same_place(earlier.standing, read.standing):
                break
            count += 1
        return count

    def most_sets_on(self, rung: Rung) -> int:
        """The rung's own number of sets, or more if more were reached on it."""
        reached = (read.standing.sets for read in self.reads if read.standing.rung == rung.key)
        return max([rung.sets, *reached])

    def after_success(self, read: LogRead) -> TargetStep:
        """Row 6."""
        dose, towards = read.standing, read.line.prescribed.towards
        rung = self.exercise.rung(dose.rung)
        on = read.on.isoformat()
        offer = self.offer_again(read)
        if dose.sets < self.most_sets_on(rung) and (towards is None or dose.sets < towards.sets):
            return TargetStep(replace(dose, sets=dose.sets + 1), because("set_back", on=on), towards=towards)
        if towards and towards.rung == dose.rung and dose.repetitions < towards.repetitions:
            back = replace(dose, repetitions=min(dose.repetitions + 2, towards.repetitions))
            return TargetStep(
                back, because("on_the_way_back", on=on), towards=towards if back != towards else None
            )
        in_a_row = self.successes_in_a_row(read)
        if in_a_row >= self.exercise.rung_up_after:
            return self.after_top(read, rung)
        if read.easy and rung.load_step and dose.load_grams is not None:
            heavier, small = next_load(rung, self.owned, dose.load_grams)
            if heavier and small:
                return TargetStep(
                    replace(dose, load_grams=heavier), because("easy_load", on=on, grams=heavier)
                )
        more = min(dose.repetitions + (2 if read.easy else 1), rung.reps_to) - dose.repetitions
        if more <= 0:
            again = because("at_top", count=self.exercise.rung_up_after - in_a_row)
            return TargetStep(replace(dose), self.ends_here(dose) or again, offer=offer)
        step = because("easy" if read.easy else "success", on=on, count=more)
        return TargetStep(replace(dose, repetitions=dose.repetitions + more), step, offer=offer)

    def after_top(self, read: LogRead, rung: Rung) -> TargetStep:
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
            return TargetStep(replace(dose), because("gate", on=on), asks=self.asked_about(asked))
        if opening and not passed and not self.context.tap_only:
            return TargetStep(
                opening, because("rung_up", on=on, exercise=self.exercise.key, rung=opening.rung)
            )
        offer = None
        if opening and self.may_offer(Offer(opening.rung), read):
            offer = Offer(opening.rung)
        if heavier:
            return replace(self._heavier(read, rung, heavier, small=small), offer=offer)
        return replace(self._one_set_more(read, rung, opening=opening), offer=offer)

    def _heavier(self, read: LogRead, rung: Rung, grams: int, *, small: bool) -> TargetStep:
        dose, on = read.standing, read.on.isoformat()
        if small:
            heavier = replace(dose, load_grams=grams, repetitions=rung.reps_from)
            return TargetStep(heavier, because("load_up", on=on, grams=grams))
        offer = Offer(rung.key, grams)
        return TargetStep(
            replace(dose),
            because("bigger_load", on=on, grams=grams),
            offer=offer if self.may_offer(offer, read) else None,
        )

    def _one_set_more(self, read: LogRead, rung: Rung, *, opening: Dose | None) -> TargetStep:
        dose, on = read.standing, read.on.isoformat()
        if dose.sets < self.sets_may_grow_to(rung):
            return TargetStep(
                replace(dose, sets=dose.sets + 1, repetitions=rung.reps_from), because("set_more", on=on)
            )
        return TargetStep(replace(dose), because("ready_to_try", on=on) if opening else self.what_opens(rung))

    def sets_may_grow_to(self, rung: Rung) -> int:
        """How many sets a rung may come to where nothing harder opens; circles and extras grow only at a cap."""
        numbers = rule_numbers().progression
        if not (self.exercise.addon or self.exercise.repetitions_doubled):
            return numbers.most_sets
        above = self.exercise.rung_at(rung.number + 1)
        at_cap = above is not None and not self.is_allowed(above)
        return numbers.most_sets_at_cap if at_cap else 0

    def ends_here(self, dose: Dose) -> Reason | None:
        """What would open the next rung, where a dose can get no harder with what there is; None where it can."""
        rung = self.exercise.rung(dose.rung)
        if dose.repetitions < rung.reps_to or dose.sets < self.sets_may_grow_to(rung):
            return None
        loads = rung.load_step and dose.load_grams is not None
        if (loads and next_load(rung, self.owned, dose.load_grams or 0)[0]) or self.next_opening(rung)[0]:
            return None
        return self.what_opens(rung)

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
            return because("top_at_cap", cause=self.context.causes.get(self.exercise.key, ""))
        missing = self.owned.missing_for(above)
        named = {"exercise": self.exercise.key, "rung": above.key}
        if not missing:
            return because("opens_by_hand", **named)
        return because("opens_with", equipment=equipment_parameter(missing), **named)

    def may_offer(self, offer: Offer, read: LogRead) -> bool:
        """Whether an offer is made now: the first time, and again after four successes without taking it."""
        made = [r for r in self.reads if r.ref <= read.ref and r.line.prescribed.offer == offer]
        if not made:
            return True
        since = [r for r in self.reads if made[-1].ref <= r.ref <= read.ref and r.row is TableRow.SUCCESS]
        return len(since) >= rule_numbers().progression.offer_again_after

    def offer_again(self, read: LogRead) -> Offer | None:
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
        since = [r for r in self.reads if r.ref > answers[-1].after and r.row is TableRow.SUCCESS]
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


def ladder_for(exercise_key: str, log: Iterable[WorkoutLog], context: Context) -> Ladder:
    """An exercise's ladder with everything logged on it; raises UnknownKey."""
    exercise = catalogue().exercise(exercise_key)
    return Ladder(exercise, context, read_log(exercise, log, context))


def ladder_needs(exercise: Exercise, owned: Owned) -> Reason:
    """What the lowest rung of a ladder still needs."""
    return because(
        "nothing_owned",
        exercise=exercise.key,
        equipment=equipment_parameter(owned.missing_for(exercise.lowest)),
    )
