"""A person's rows as the pure modules take them. Reads only; nothing here decides anything."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from assessments.safety import LockPeriod
from exercises import planning, scheduling
from exercises.catalogue import Owned, UnknownKey, catalogue
from exercises.log import (
    Answer,
    Context,
    Effort,
    LineLog,
    PlanLine,
    Prescribed,
    Ref,
    Seen,
    SetDone,
    WorkoutLog,
)
from exercises.models import ExerciseLog, NextMorning, Plan, PlanChange, PlanStatus, SetLog, Workout
from exercises.wording import Reason

# Rules look back 28 days at most (facts F7); a block that has just begun still needs the one before.
LOOK_BACK = timedelta(days=28)

SEEN = "seen"
"""A change of a plan: "I have been seen" for one exercise that was on hold."""

EFFORTS = {
    "easy": Effort.EASY,
    "right": Effort.RIGHT,
    "hard": Effort.HARD,
    "nothing_left": Effort.NOTHING_LEFT,
}


def active_plan(person: User) -> Plan | None:
    """The plan that runs, with its changes at hand."""
    return Plan.objects.filter(person=person, status=PlanStatus.ACTIVE).prefetch_related("changes").first()


def draft_of(person: User) -> Plan | None:
    """The plan that is being made."""
    return Plan.objects.filter(person=person, status=PlanStatus.DRAFT).first()


def owned_of(plan: Plan) -> Owned:
    """What the person owns, as answered when the plan was made."""
    things = plan.answers.get("things", {})
    return Owned(
        things=frozenset(things.get("owned", ())),
        load_grams={key: tuple(loads) for key, loads in things.get("load_grams", {}).items()},
    )


def lines_of(plan: Plan, which: str = "lines") -> list[planning.Line]:
    """The accepted lines (or the "offered" ones), in order; exercises that left the content are passed over."""
    return [
        planning.Line(
            line["exercise"], line["rung"], tuple(Reason.from_json(reason) for reason in line["reasons"])
        )
        for line in (plan.accepted or {}).get(which, ())
        if line["exercise"] in catalogue().exercises
    ]


def schedule_of(
    plan: Plan, workouts: Iterable[Workout], locks: Iterable[LockPeriod] = ()
) -> scheduling.Schedule:
    """The dates of an accepted plan; days on which a safety lock was open hold it, and lengthen the block."""
    if plan.start_date is None:
        raise ValueError("a draft has no dates yet")
    return scheduling.Schedule(
        start=plan.start_date,
        weekdays=tuple(plan.answers["days"]["weekdays"]),
        changes=tuple(_in_order(plan, workouts, locks)),
        workouts=tuple(
            scheduling.Done(on=row.local_date, slot=row.slot, number=row.number)
            for row in workouts
            if row.plan_id == plan.pk
        ),
    )


def _in_order(
    plan: Plan, workouts: Iterable[Workout], locks: Iterable[LockPeriod]
) -> list[scheduling.Change]:
    """The person's changes and the safety holds, in the order in which they came to count."""
    changes = [_change(row) for row in plan.changes.all() if row.kind in set(scheduling.ChangeKind)]
    trained = {row.local_date for row in workouts}
    for lock in locks:
        if lock.until is None or (plan.start_date and lock.until > plan.start_date):
            changes.append(
                _hold(scheduling.ChangeKind.HOLD_ON, max(lock.since, plan.start_date or lock.since), trained)
            )
            if lock.until:
                changes.append(_hold(scheduling.ChangeKind.HOLD_OFF, lock.until, trained))
    return sorted(changes, key=lambda change: change.on)


def _hold(kind: scheduling.ChangeKind, on: date, trained: set[date]) -> scheduling.Change:
    """A hold counts from tomorrow if a workout was begun that day."""
    counts_from = on + scheduling.DAY if on in trained else on
    return scheduling.Change(kind, on=counts_from, after_workout=counts_from - scheduling.DAY in trained)


def _change(row: PlanChange) -> scheduling.Change:
    moved_to = row.details.get("to")
    return scheduling.Change(
        kind=scheduling.ChangeKind(row.kind),
        on=row.counts_from,
        weekdays=tuple(row.details.get("weekdays", ())),
        slot=row.details.get("slot"),
        to=date.fromisoformat(moved_to) if moved_to else None,
        why=row.details.get("why", ""),
        after_workout=row.details.get("after_workout", False),
    )


def change_details(change: scheduling.Change) -> dict[str, Any]:
    """What a row of a change stores besides kind and date."""
    return {
        "weekdays": list(change.weekdays),
        "slot": change.slot,
        "to": change.to.isoformat() if change.to else None,
        "why": change.why,
        "after_workout": change.after_workout,
    }


def recent_workouts(person: User, plan: Plan) -> list[Workout]:
    """The workouts rules may look at, oldest first, each with its sets and answers: three queries."""
    since = (plan.start_date or plan.made_at.date()) - LOOK_BACK
    return list(
        Workout.objects.filter(person=person, local_date__gte=since).prefetch_related("sets", "exercise_logs")
    )


def log_of(workouts: Iterable[Workout]) -> list[WorkoutLog]:
    """Workouts as progression takes them."""
    return [workout_log(workout) for workout in workouts]


def workout_log(workout: Workout) -> WorkoutLog:
    """One workout as progression takes it: what it prescribed, what was done, how it was."""
    sets: dict[str, list[SetDone]] = {}
    for done in workout.sets.all():
        sets.setdefault(done.exercise, []).append(set_done(done))
    answers: dict[str, list[Answer]] = {}
    for row in workout.exercise_logs.all():
        answers.setdefault(row.exercise, []).append(answer_of(row))
    return WorkoutLog(
        on=workout.local_date,
        number=workout.number,
        planned=workout.slot is not None,
        lighter=workout.prescription["lighter"],
        next_morning_usual=(workout.next_morning == NextMorning.AS_USUAL) if workout.next_morning else None,
        left_out=tuple(workout.prescription["left_out"]),
        lines={
            line["exercise"]: LineLog(
                prescribed=Prescribed.from_json(line["prescribed"]),
                sets=tuple(sets.get(line["exercise"], ())),
                answers=tuple(answers.get(line["exercise"], ())),
            )
            for line in workout.prescription["lines"]
            if _is_known(line)
        },
    )


def _is_known(line: dict[str, Any]) -> bool:
    """Whether the content still holds every rung this line names; a line of retired keys earns nothing."""
    try:
        catalogue().rung(line["exercise"], line["prescribed"]["standing"]["rung"])
        catalogue().rung(line["exercise"], line["prescribed"]["shown"]["rung"])
    except UnknownKey:
        return False
    return True


def set_done(row: SetLog) -> SetDone:
    """A set as progression takes it."""
    return SetDone(
        side=row.side, number=row.set_number, repetitions=row.repetitions, load_grams=row.load_grams
    )


def answer_of(row: ExerciseLog) -> Answer:
    """How an exercise went on one side, as progression takes it."""
    return Answer(
        side=row.side,
        effort=EFFORTS.get(row.effort),
        clean=row.went_cleanly,
        pain=row.pain,
        stopped=row.stopped,
    )


def context_of(
    plan: Plan,
    safety: planning.Safety,
    schedule: scheduling.Schedule,
    workouts: Iterable[Workout],
    locks: Iterable[LockPeriod] = (),
) -> Context:
    """What else decides the next targets: equipment, safety, and what the person chose."""
    begun = [(row.local_date, row.number) for row in workouts]

    def latest_before(day: date) -> Ref:
        return max((ref for ref in begun if ref[0] <= day), default=(day, 0))

    seen = [row for row in plan.changes.all() if row.kind == SEEN]
    return Context(
        owned=owned_of(plan),
        caps=safety.highest_rungs,
        tap_only=safety.with_limits,
        easy_counts_from=schedule.active_day(15) if plan.answers.get("first_block", True) else None,
        seen=tuple(
            Seen(
                after=latest_before(row.made_on),
                exercise=row.details["exercise"],
                with_limits=row.details["verdict"] == "with_limits",
            )
            for row in seen
        )
        + tuple(
            # The whole plan was on hold: it goes on one rung lower, or at the lowest with limits.
            Seen(after=latest_before(lock.until), with_limits=lock.with_limits)
            for lock in locks
            if lock.until and plan.start_date and lock.until > plan.start_date
        ),
    )


def plan_lines(plan: Plan, safety: planning.Safety) -> list[PlanLine]:
    """The lines a workout is made from; what safety answers have dropped since is left out."""
    return [line.plan_line for line in lines_of(plan) if line.exercise not in safety.dropped]
