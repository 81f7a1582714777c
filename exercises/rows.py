"""A person's rows as the pure modules take them. Reads only; nothing here decides anything."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONArray

from accounts.models import User, WeightUnit
from assessments.rules.safety import LockPeriod, SafetyPast
from exercises.models import (
    Belongings,
    ExerciseLog,
    NextMorning,
    Plan,
    PlanChange,
    PlanDecision,
    PlanStatus,
    SetLog,
    Workout,
)
from exercises.rules import planning, scheduling
from exercises.rules.catalogue import Owned, UnknownKey, catalogue
from exercises.rules.drafts import Line, Safety
from exercises.rules.idiom import Idiom
from exercises.rules.slots import DAY, DateChange, DateChangeKind, Done
from exercises.rules.values import (
    Answer,
    Context,
    Effort,
    GateAnswer,
    LineLog,
    PlanLine,
    Prescribed,
    Ref,
    RungChoice,
    Seen,
    SetDone,
    WorkoutLog,
)
from exercises.rules.wording import Reason, because

# Rules look back 28 days at most (facts F7); a block that has just begun still needs the one before.
LOOK_BACK = timedelta(days=28)

EFFORTS = {
    "easy": Effort.EASY,
    "right": Effort.RIGHT,
    "hard": Effort.HARD,
    "nothing_left": Effort.NOTHING_LEFT,
}


def active_plan(person: User) -> Plan | None:
    """The plan that runs, with what the person owns at hand."""
    return _plans(person).filter(status=PlanStatus.ACTIVE).first()


def latest_plan(person: User) -> Plan | None:
    """The plan that runs; without one, the one that ended last."""
    return active_plan(person) or _plans(person).filter(status=PlanStatus.ENDED).order_by("-made_at").first()


def _plans(person: User) -> QuerySet[Plan]:
    return Plan.objects.filter(person=person).select_related("person__belongings", "attempt")


def draft_of(person: User) -> Plan | None:
    """The plan that is being made."""
    return _plans(person).filter(status=PlanStatus.DRAFT).first()


def decisions_of(person: User, plan: Plan) -> list[PlanChange]:
    """The changes of a plan, oldest first, and what counts beyond the plan in which it was said.

    That are visits ("I have been seen") and the answers to a step's question.
    """
    lasting = Q(plan__person=person, kind__in=[PlanDecision.SEEN, PlanDecision.GATE])
    return list(PlanChange.objects.filter(Q(plan=plan) | lasting).order_by("made_at", "number"))


def belongings_of(person: User) -> Belongings | None:
    """The stored row; None while the person has not said what they have."""
    belongings: Belongings | None = getattr(person, "belongings", None)
    return belongings


def owned_of(person: User) -> Owned:
    """What the person has to train with; nothing while they have not said."""
    belongings = belongings_of(person)
    return belongings.owned if belongings else Owned()


def idiom_of(person: User) -> Idiom:
    """How the person reads weights and bands."""
    pounds = person.weight_unit == WeightUnit.POUNDS
    return Idiom(pounds=pounds, band_colours=owned_of(person).band_colours)


def lines_of(plan: Plan, which: str = "lines") -> list[Line]:
    """The accepted lines (or the "offered" ones), in order; exercises that left the content are passed over."""
    return [
        Line(line["exercise"], line["rung"], tuple(Reason.from_json(reason) for reason in line["reasons"]))
        for line in (plan.accepted or {}).get(which, ())
        if line["exercise"] in catalogue().exercises
    ]


def lines_on(plan: Plan, decisions: Iterable[PlanChange], day: date) -> list[Line]:
    """The lines in force on a day: those accepted, less what was taken out and with what was added since.

    After a change to ten minutes only those that stayed then, and what was added later.
    """
    return _lines_and_resting(plan, decisions, day)[0]


def resting_on(plan: Plan, decisions: Iterable[PlanChange], day: date) -> list[Line]:
    """The lines that rest on a day because a workout takes ten minutes; they come back with more."""
    return _lines_and_resting(plan, decisions, day)[1]


def _lines_and_resting(
    plan: Plan, decisions: Iterable[PlanChange], day: date
) -> tuple[list[Line], list[Line]]:
    lines = {line.exercise: line for line in lines_of(plan)}
    resting = [
        line for line in lines_of(plan, "offered") if planning.RESTS in {why.key for why in line.reasons}
    ]
    stay = list(lines) if resting else None  # None: nothing rests, nor did it after a choice under version 2
    lines.update((line.exercise, line) for line in resting)
    for row in decisions:
        if row.plan_id != plan.pk or row.counts_from > day:
            continue
        if row.kind == PlanDecision.MINUTES:
            stay = row.details.get("lines")
        elif row.kind == PlanDecision.REMOVE or (
            row.kind == PlanDecision.ADD and row.details["exercise"] not in catalogue().exercises
        ):
            lines.pop(row.details["exercise"], None)
        elif row.kind == PlanDecision.ADD:
            exercise, why = row.details["exercise"], because("added_on", on=row.made_on.isoformat())
            lines[exercise] = Line(exercise, row.details["rung"], (why,))
            stay = [*(key for key in stay if key != exercise), exercise] if stay is not None else None
    if stay is None:
        return list(lines.values()), []
    return [lines[key] for key in stay if key in lines], [
        line for key, line in lines.items() if key not in stay
    ]


def taken_out(plan: Plan, decisions: Iterable[PlanChange], day: date) -> dict[str, date]:
    """{exercise: date} of what the person took out and has not added again by a day."""
    out: dict[str, date] = {}
    for row in decisions:
        if row.plan_id == plan.pk and row.counts_from <= day:
            if row.kind == PlanDecision.REMOVE:
                out[row.details["exercise"]] = row.made_on
            elif row.kind == PlanDecision.ADD:
                out.pop(row.details["exercise"], None)
    return out


def minutes_on(plan: Plan, decisions: Iterable[PlanChange], day: date) -> int:
    """How long a workout may take on a day."""
    minutes: int = plan.answers["time"]["minutes"]
    for row in decisions:
        if row.plan_id == plan.pk and row.kind == PlanDecision.MINUTES and row.counts_from <= day:
            minutes = row.details["minutes"]
    return minutes


def schedule_of(
    plan: Plan,
    decisions: Iterable[PlanChange],
    workouts: Iterable[Workout],
    locks: Iterable[LockPeriod] = (),
) -> scheduling.Schedule:
    """The dates of an accepted plan; days on which a safety lock was open hold it, and lengthen the block."""
    if plan.start_date is None:
        raise ValueError("a draft has no dates yet")
    mine = [row for row in decisions if row.plan_id == plan.pk]
    return scheduling.Schedule(
        start=plan.start_date,
        weekdays=tuple(plan.answers["days"]["weekdays"]),
        changes=tuple(_in_order(plan.start_date, mine, workouts, locks)),
        workouts=tuple(
            Done(
                on=row.local_date,
                slot=row.slot,
                number=row.number,
                lighter_week=was_lighter_week(row.prescription),
            )
            for row in workouts
            if row.plan_id == plan.pk
        ),
        week_start=plan.answers.get("week_start", 0),
        after_workout=plan.answers.get("after_workout", False),
    )


def was_lighter_week(prescription: dict[str, Any]) -> bool:
    """Whether a stored prescription was a lighter week's; `lighter` alone may be a lighter day's."""
    return prescription["lighter"] and any(
        reason["key"] == "lighter_week"
        for line in prescription["lines"]
        for reason in line["prescribed"]["reasons"]
    )


def _in_order(
    start: date, decisions: Iterable[PlanChange], workouts: Iterable[Workout], locks: Iterable[LockPeriod]
) -> list[DateChange]:
    """The person's changes and the safety holds, in the order in which they came to count."""
    changes = [_change(row) for row in decisions if row.kind in set(DateChangeKind)]
    trained = {row.local_date for row in workouts}
    for lock in locks:
        if lock.until is None or lock.until > start:
            changes.append(_hold(DateChangeKind.HOLD_ON, max(lock.since, start), trained))
            if lock.until:
                changes.append(_hold(DateChangeKind.HOLD_OFF, lock.until, trained))
    return sorted(changes, key=lambda change: change.on)


def _hold(kind: DateChangeKind, on: date, trained: set[date]) -> DateChange:
    """A hold counts from tomorrow if a workout was begun that day."""
    counts_from = on + DAY if on in trained else on
    return DateChange(kind, on=counts_from, after_workout=counts_from - DAY in trained)


def _change(row: PlanChange) -> DateChange:
    moved_to = row.details.get("to")
    return DateChange(
        kind=DateChangeKind(row.kind),
        on=row.counts_from,
        weekdays=tuple(row.details.get("weekdays", ())),
        slot=row.details.get("slot"),
        to=date.fromisoformat(moved_to) if moved_to else None,
        why=row.details.get("why", ""),
        after_workout=row.details.get("after_workout", False),
    )


def change_details(change: DateChange) -> dict[str, Any]:
    """What a row of a change stores besides kind and date."""
    return {
        "weekdays": list(change.weekdays),
        "slot": change.slot,
        "to": change.to.isoformat() if change.to else None,
        "why": change.why,
        "after_workout": change.after_workout,
    }


class JSONRows(Aggregate):
    """Rows as one JSON array, in no order. SQLite writes true and false as 1 and 0."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same there."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def rows_of(log: type[SetLog | ExerciseLog], *columns: str) -> Subquery:
    """What was logged in each workout, in the query of the workouts: an array of arrays, None without any."""
    rows = log.objects.filter(workout=OuterRef("pk")).order_by().values("workout")
    return Subquery(rows.annotate(found=JSONRows(JSONArray(*columns))).values("found"))


SET_ROWS = rows_of(SetLog, "exercise", "side", "set_number", "repetitions", "load_grams")
ANSWER_ROWS = rows_of(ExerciseLog, "exercise", "side", "effort", "went_cleanly", "pain", "stopped")


def recent_workouts(person: User, plan: Plan) -> list[Workout]:
    """The workouts rules may look at, oldest first, with what was logged in them: one query.

    Those of the block and of the 28 days before it; from further back while an exercise has been on hold since.
    """
    since = (plan.start_date or plan.made_at.date()) - LOOK_BACK
    if held_since := plan.answers.get("held_since"):
        since = min(since, date.fromisoformat(held_since))
    # As instances the hundreds of rows of a block would cost more than all the rules.
    workouts = Workout.objects.filter(person=person, local_date__gte=since)
    return list(workouts.annotate(set_rows=SET_ROWS, answer_rows=ANSWER_ROWS))


def log_of(workout: Workout) -> WorkoutLog:
    """One of the `recent_workouts` as progression takes it: what it prescribed, what was done, how it was."""
    rows = vars(workout)  # what a query adds is unknown to the class
    return WorkoutLog(
        on=workout.local_date,
        number=workout.number,
        planned=workout.slot is not None,
        lighter=workout.prescription["lighter"],
        next_morning_usual=(workout.next_morning == NextMorning.AS_USUAL) if workout.next_morning else None,
        left_out=tuple(workout.prescription["left_out"]),
        lines=_lines_of(workout, rows["set_rows"] or (), rows["answer_rows"] or (), ("standing", "shown")),
    )


def lines_logged(workout: Workout) -> dict[str, LineLog]:
    """What any workout prescribed of each exercise, in its order, and what is logged of it by now."""
    sets = [
        (row.exercise, row.side, row.set_number, row.repetitions, row.load_grams)
        for row in workout.sets.all()
    ]
    answers = [
        (row.exercise, row.side, row.effort, row.went_cleanly, row.pain, row.stopped)
        for row in workout.exercise_logs.all()
    ]
    return _lines_of(workout, sets, answers, ("shown",))


def _lines_of(
    workout: Workout,
    set_rows: Iterable[Sequence[Any]],
    answer_rows: Iterable[Sequence[Any]],
    doses: Iterable[str],
) -> dict[str, LineLog]:
    """The lines of a workout from the columns of `SET_ROWS` and `ANSWER_ROWS`, those whose doses the content knows."""
    sets: dict[str, list[SetDone]] = {}
    for exercise, *done in set_rows:
        sets.setdefault(exercise, []).append(SetDone(*done))
    answers: dict[str, list[Answer]] = {}
    for exercise, side, effort, clean, pain, stopped in answer_rows:
        went_cleanly = None if clean is None else bool(clean)
        said = Answer(side, EFFORTS.get(effort), went_cleanly, pain, bool(stopped))
        answers.setdefault(exercise, []).append(said)
    return {
        line["exercise"]: LineLog(
            prescribed=Prescribed.from_json(line["prescribed"], with_reasons=False),
            sets=tuple(sets.get(line["exercise"], ())),
            answers=tuple(answers.get(line["exercise"], ())),
        )
        for line in workout.prescription["lines"]
        if _is_known(line, doses)
    }


def _is_known(line: dict[str, Any], doses: Iterable[str]) -> bool:
    """Whether the content still holds the rungs of these doses of a line; a line of retired keys earns nothing."""
    try:
        for dose in doses:
            catalogue().rung(line["exercise"], line["prescribed"][dose]["rung"])
    except UnknownKey:
        return False
    return True


def context_of(  # noqa: PLR0913  (what else decides has these parts; all are named)
    plan: Plan,
    *,
    owned: Owned,
    safety: Safety,
    schedule: scheduling.Schedule,
    decisions: Iterable[PlanChange],
    workouts: Sequence[Workout],
    past: SafetyPast,
) -> Context:
    """What else decides the next targets: equipment, safety, and what the person chose."""
    locks = [lock for lock in past.locks if lock.until and plan.start_date and lock.until > plan.start_date]
    seen = [_seen(row, workouts) for row in decisions if row.kind == PlanDecision.SEEN]
    # The whole plan was on hold: it goes on one rung lower, or at the lowest with limits.
    seen += [
        Seen(after=begun_before(lock.until, lock.ended_at, workouts), with_limits=lock.with_limits)
        for lock in locks
        if lock.until and lock.ended_at
    ]
    return Context(
        owned=owned,
        caps=safety.highest_rungs,
        tap_only=safety.with_limits,
        easy_counts_from=schedule.active_day(15) if plan.answers.get("first_block", True) else None,
        choices=tuple(
            RungChoice(
                exercise=row.details["exercise"],
                rung=row.details["rung"],
                load_grams=row.details["load_grams"],
                after=begun_before(row.made_on, row.made_at, workouts),
            )
            for row in decisions
            if row.kind == PlanDecision.RUNG and row.plan_id == plan.pk
        ),
        seen=tuple(seen),
        gates=tuple(
            GateAnswer(
                exercise=row.details["exercise"],
                rung=row.details["rung"],
                yes=row.details["yes"],
                after=begun_before(row.made_on, row.made_at, workouts),
            )
            for row in decisions
            if row.kind == PlanDecision.GATE
        ),
        lifted={
            period.exercise: (period.since, period.until)
            for period in past.effects
            if period.until and period.exercise not in safety.highest_rungs
        },
        support=safety.support,
    )


def begun_before(on: date, at: datetime, workouts: Iterable[Workout]) -> Ref:
    """The latest workout begun before something was decided: of an earlier date, or earlier that day."""
    earlier = [
        (row.local_date, row.number)
        for row in workouts
        if row.local_date < on or (row.local_date == on and row.started_at <= at)
    ]
    return max(earlier, default=(on, 0))


def _seen(row: PlanChange, workouts: Iterable[Workout]) -> Seen:
    return Seen(
        after=begun_before(row.made_on, row.made_at, workouts),
        exercise=row.details["exercise"],
        with_limits=row.details["verdict"] == "with_limits",
    )


def plan_lines(  # noqa: PLR0913  (each decides which lines there are)
    plan: Plan,
    *,
    day: date,
    decisions: Sequence[PlanChange],
    safety: Safety,
    past: SafetyPast,
    workouts: Sequence[Workout],
    resting: bool = False,
) -> list[PlanLine]:
    """The lines a workout of a day is made from.

    What safety answers leave out is not there; nor is what they left out during the plan and leave out no more,
    until the person adds it again.

    resting  those that rest instead (`resting_on`)
    """
    waiting = may_come_back(plan, decisions, past)
    fresh = {
        line.exercise
        for line in lines_of(plan)
        if planning.GOES_ON not in {reason.key for reason in line.reasons}
    }
    added = {
        row.details["exercise"]: row
        for row in decisions
        if row.plan_id == plan.pk and row.kind == PlanDecision.ADD and row.details["fresh"]
    }
    before_the_plan = max(
        ((row.local_date, row.number) for row in workouts if row.plan_id != plan.pk), default=None
    )
    lines = []
    for line in (resting_on if resting else lines_on)(plan, decisions, day):
        if line.exercise in safety.dropped or line.exercise in waiting:
            continue
        again = added.get(line.exercise)
        if again:
            fresh_after: Ref | None = begun_before(again.made_on, again.made_at, workouts)
        else:
            fresh_after = before_the_plan if line.exercise in fresh else None
        lines.append(replace(line.plan_line, fresh_after=fresh_after))
    return lines


def may_come_back(plan: Plan, decisions: Iterable[PlanChange], past: SafetyPast) -> dict[str, date]:
    """{exercise: date} of lines that were left out during the plan and are so no more since that date."""
    ended: dict[str, date] = {}
    for period in past.effects:
        if period.dropped and period.until and plan.start_date and period.until >= plan.start_date:
            ended[period.exercise] = period.until
    for row in decisions:
        if row.plan_id == plan.pk and row.kind == PlanDecision.ADD:
            exercise = row.details["exercise"]
            if exercise in ended and row.made_on >= ended[exercise]:
                del ended[exercise]
    return ended
