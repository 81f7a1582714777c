"""The next target of one exercise, and why: plan line + log -> target.

Pure: no clock, no database. The next target starts from the latest stored prescription and what was logged
against it; the rows of facts F7 are guard clauses in their order. Everything here is a design choice
(the two-for-two habit: baechle_2for2; sets: acsm_2026; the pain steps after silbernagel_2007).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from exercises.rules.catalogue import Rung, UnknownKey
from exercises.rules.doses import dose_at, first_load, is_higher, lower_of
from exercises.rules.ladder import Ladder, TargetStep, ladder_for, ladder_needs
from exercises.rules.numbers import rule_numbers
from exercises.rules.reading import LogRead
from exercises.rules.values import (
    Context,
    Dose,
    Offer,
    PainResult,
    PlanLine,
    Ref,
    RungChoice,
    Seen,
    WorkoutLog,
)
from exercises.rules.wording import Reason, because


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


def next_target(line: PlanLine, log: Iterable[WorkoutLog], context: Context) -> Target:
    """The target for the next workout of one exercise.

    line     the plan's line
    log      workouts in any order; enough of them to look back 28 days, and the latest of this exercise
    context  equipment, caps and what the person decided

    Raises UnknownKey when the exercise is no longer in the content.
    """
    return target_on(ladder_for(line.exercise, log, context), line)


def target_on(ladder: Ladder, line: PlanLine) -> Target:
    """The next target of a line on a ladder that was read already (`next_target`)."""
    exercise, context, reads = ladder.exercise, ladder.context, ladder.reads
    start = ladder.start(line.start_rung)
    if start is None and not reads:
        nothing = dose_at(exercise.lowest, context.owned)
        return Target(exercise.key, nothing, (ladder_needs(exercise, context.owned),), available=False)

    waiting = [read for read in reads if read.hurts and not _is_answered(read, reads)]
    if not reads:
        step = TargetStep(start or dose_at(exercise.lowest, context.owned), ladder.why_start(line.start_rung))
    elif waiting:
        step = _answer_pain(ladder, waiting)
    else:
        step = ladder.after(reads[-1])
    choice = _pending_choice(ladder, line)
    if choice and choice.leave_since:
        step = _chosen(ladder, choice, step, pain_waits=bool(waiting))
        step = _resumed(ladder, line, step)
    else:
        step = _resumed(ladder, line, step)
        step = _chosen(ladder, choice, step, pain_waits=bool(waiting)) if choice else step
    held = ladder.hold(after=_seen_after(ladder))
    available, step = _within_limits(ladder, step)
    step = _offered_again(ladder, step)
    offer = step.offer if step.offer and ladder.may_take(step.offer) else None
    return Target(
        exercise=exercise.key,
        standing=step.dose,
        reasons=(held[1] if held else step.reason,),
        towards=step.towards,
        offer=None if held else offer,
        answers=frozenset(PainResult(read.on, read.ref[1], read.row) for read in reads if read.hurts),
        on_hold=held is not None,
        available=available,
        asks=None if held else step.asks,
    )


def _is_answered(read: LogRead, reads: Iterable[LogRead]) -> bool:
    """Whether a later prescription already answered this pain result, as it now is or as a worse one."""
    return any(
        answer.ref == read.ref and answer.row <= read.row
        for later in reads
        if later.ref > read.ref
        for answer in later.line.prescribed.answers
    )


def _answer_pain(ladder: Ladder, waiting: Sequence[LogRead]) -> TargetStep:
    """Every waiting pain result applied to the latest prescription, oldest first.

    However late one arrives, it never gives more than it would have given in its own place.
    """
    latest = ladder.reads[-1]
    step = TargetStep(ladder.base(latest), latest.reason)
    for read in waiting:
        here = ladder.after_pain(read, step.dose)
        there = ladder.after_pain(read, ladder.base(read))
        step = replace(here, dose=lower_of(ladder.exercise, here.dose, there.dose))
    return step


def _seen_after(ladder: Ladder) -> Ref | None:
    return max((s.after for s in ladder.context.seen if s.exercise == ladder.exercise.key), default=None)


def _latest(ladder: Ladder) -> Ref | None:
    return ladder.reads[-1].ref if ladder.reads else None


def _leaves(ladder: Ladder, line: PlanLine) -> list[Seen]:
    """What "I have been seen" opened since the exercise was last done or begun anew, in order.

    That of the whole plan counts for an exercise that was never done too: its start is then lower.
    """
    latest = _latest(ladder)
    since = max((ref for ref in (latest, line.fresh_after) if ref), default=None)
    return [
        seen
        for seen in sorted(ladder.context.seen, key=lambda seen: seen.after)
        if (since is None or seen.after >= since)
        and (seen.exercise is None or (seen.exercise == ladder.exercise.key and latest is not None))
    ]


def _resumed(ladder: Ladder, line: PlanLine, step: TargetStep) -> TargetStep:
    """After "I have been seen", until the exercise is done again: one rung below where it was held.

    After a hold of the whole plan: one rung lower; with limits the lowest. A hold ends in no other way.
    """
    for seen in _leaves(ladder, line):
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
        step = TargetStep(lower_of(ladder.exercise, step.dose, down), because("seen"))
    return step


def _pending_choice(ladder: Ladder, line: PlanLine) -> RungChoice | None:
    """The rung or load the person took last, or the start of a new plan, until the exercise is done again."""
    latest = _latest(ladder)
    held = any(seen.exercise is None for seen in _leaves(ladder, line))
    fresh = line.fresh_after and RungChoice(
        line.exercise, line.start_rung, after=line.fresh_after, is_start=True, leave_since=held
    )
    mine = [choice for choice in ladder.context.choices if choice.exercise == ladder.exercise.key]
    choices = [fresh, *mine] if fresh else mine
    pending = [choice for choice in choices if latest is None or choice.after >= latest]
    return max(reversed(pending), key=lambda choice: choice.after, default=None)  # of several the last said


def _chosen(ladder: Ladder, choice: RungChoice, step: TargetStep, *, pain_waits: bool) -> TargetStep:
    """A choice in place of what the log says.

    A pain result that waits is never undone by a choice: the lower of the two counts.
    """
    try:
        rung = ladder.exercise.rung(choice.rung)
    except UnknownKey:
        return step
    dose = _chosen_dose(ladder, rung, choice, step.dose)
    if dose is None:
        return step
    if pain_waits:
        dose = lower_of(ladder.exercise, dose, step.dose)
    if choice.is_start:
        return TargetStep(dose, because("start"))
    return TargetStep(dose, because("by_hand", exercise=ladder.exercise.key, rung=rung.key))


def _chosen_dose(ladder: Ladder, rung: Rung, choice: RungChoice, now: Dose) -> Dose | None:
    if choice.load_grams is not None and rung.key == now.rung:
        return replace(now, load_grams=choice.load_grams, repetitions=rung.reps_from)
    grams = choice.load_grams
    if rung.load.in_grams and grams is None:
        loads = ladder.owned.loads_for(rung)
        grams = first_load(rung, ladder.owned, ladder.last_successful_load()) or next(iter(loads), None)
        if grams is None:
            return None
    return dose_at(rung, ladder.owned, load_grams=grams)


def _within_limits(ladder: Ladder, step: TargetStep) -> tuple[bool, TargetStep]:
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
    return True, TargetStep(fitted, ladder.why_lower(rung), asks=ladder.asked_about(rung) if waits else None)


def _offered_again(ladder: Ladder, step: TargetStep) -> TargetStep:
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


def offer_on(target: Target, day: date) -> Offer | None:
    """What a target offers on a day: nothing higher within 14 days of pain, as with a step chosen by hand."""
    return None if _lately_hurt(target, day) else target.offer


def _lately_hurt(target: Target, day: date) -> list[date]:
    within = rule_numbers().progression.no_higher_after_pain_days
    return [result.on for result in target.answers if (day - result.on).days <= within]
