"""A person's rows as the pure modules take them. Reads only; nothing here decides anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, JSONField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONArray

from accounts.models import User, WeightUnit
from assessments.models import Attempt
from assessments.rules.safety import SafetyState
from assessments.rules.safety_past import LockPeriod, SafetyPast
from exercises.models import (
    ExerciseLog,
    NextMorning,
    OwnedEquipment,
    Plan,
    PlanChange,
    PlanDecision,
    PlanStatus,
    Preference,
    SetLog,
    Workout,
)
from exercises.rules import scheduling
from exercises.rules.begun import BegunWorkout, latest_before, opened_since, seen_after_locks
from exercises.rules.catalogue import UnknownKey, catalogue
from exercises.rules.drafts import (
    CheckSeen,
    Line,
    LineChange,
    LineChangeKind,
    Previous,
    Safety,
    SideSeen,
    Wishes,
)
from exercises.rules.idiom import Idiom
from exercises.rules.lines import LineAdded, LineDecision, LinesOverTime, LineTakenOut, MinutesChosen
from exercises.rules.owned import Owned
from exercises.rules.pace import Pace, Paces
from exercises.rules.prescribing import was_lighter_week
from exercises.rules.reading import log_needed_from
from exercises.rules.slots import DateChange, DateChangeKind, Done
from exercises.rules.values import (
    Answer,
    Context,
    Effort,
    GateAnswer,
    LineLog,
    Prescribed,
    RungChoice,
    Seen,
    SetDone,
    WorkoutLog,
)
from exercises.rules.wording import Reason

EFFORTS = {
    "easy": Effort.EASY,
    "right": Effort.RIGHT,
    "hard": Effort.HARD,
    "nothing_left": Effort.NOTHING_LEFT,
}


def active_plan(person: User) -> Plan | None:
    """The plan that runs, with what the person owns and their pace at hand."""
    return _plans(person).filter(status=PlanStatus.ACTIVE).first()


def latest_plan(person: User) -> Plan | None:
    """The plan that runs; without one, the one that ended last."""
    return active_plan(person) or _plans(person).filter(status=PlanStatus.ENDED).order_by("-made_at").first()


def _plans(person: User) -> QuerySet[Plan]:
    plans = Plan.objects.filter(person=person).select_related("person__equipment", "attempt")
    return plans.annotate(pace_rows=PACE_ROWS)


def draft_of(person: User) -> Plan | None:
    """The plan that is being made."""
    return _plans(person).filter(status=PlanStatus.DRAFT).first()


def decisions_of(person: User, plan: Plan) -> list[PlanChange]:
    """The changes of a plan, oldest first, and what counts beyond the plan in which it was said.

    That are visits ("I have been seen") and the answers to a step's question.
    """
    lasting = Q(plan__person=person, kind__in=[PlanDecision.SEEN, PlanDecision.GATE])
    return list(PlanChange.objects.filter(Q(plan=plan) | lasting).order_by("made_at", "number"))


def equipment_of(person: User) -> OwnedEquipment | None:
    """The stored row; None while the person has not said what they have."""
    equipment: OwnedEquipment | None = getattr(person, "equipment", None)
    return equipment


def owned_of(person: User) -> Owned:
    """What the person has to train with; nothing while they have not said."""
    equipment = equipment_of(person)
    return equipment.owned if equipment else Owned()


def idiom_of(person: User) -> Idiom:
    """How the person reads weights and bands."""
    pounds = person.weight_unit == WeightUnit.POUNDS
    return Idiom(pounds=pounds, band_colours=owned_of(person).band_colours)


@dataclass(frozen=True)
class Preferences:
    """What a person set for an exercise, what counts for all of them, and their note."""

    own: Pace
    for_all: Pace
    note: str

    @property
    def pace(self) -> Pace:
        """What counts for the exercise."""
        return self.own.over(self.for_all)


def preferences_of(person: User, exercise: str = "") -> Preferences:
    """What the person set for an exercise, or for all where none is named: one query."""
    rows = {
        row.exercise: row for row in Preference.objects.filter(person=person, exercise__in={"", exercise})
    }
    paces = Paces({key: row.pace for key, row in rows.items()})
    return Preferences(
        own=paces.said.get(exercise, Pace()),
        for_all=paces.for_all,
        note=rows[exercise].note if exercise in rows else "",
    )


def paces_of(plan: Plan) -> Paces:
    """What the person of a plan set of all exercises and of each; a query where the plan was read without."""
    read = vars(plan)
    if "pace_rows" in read:
        rows = read["pace_rows"] or ()
    else:
        rows = Preference.objects.filter(person=plan.person).values_list(*PACE_COLUMNS)
    return Paces({exercise: Pace(*said) for exercise, *said in rows})


def notes_of(person: User) -> dict[str, str]:
    """What the person wrote down for themselves about exercises, by their keys: one query."""
    noted = Preference.objects.filter(person=person).exclude(note="")
    return dict(noted.values_list("exercise", "note"))


def lines_of(plan: Plan, which: str = "lines") -> list[Line]:
    """The accepted lines (or the "offered" ones), in order; exercises that left the content are passed over."""
    return [
        Line(line["exercise"], line["rung"], tuple(Reason.from_json(reason) for reason in line["reasons"]))
        for line in (plan.accepted or {}).get(which, ())
        if line["exercise"] in catalogue().exercises
    ]


def lines_over_time(
    plan: Plan, decisions: Iterable[PlanChange], workouts: Iterable[Workout] = ()
) -> LinesOverTime:
    """The lines of an accepted plan and what was decided about them, as the rules take them.

    workouts  where logs matter: those of this plan and before it
    """
    workouts = list(workouts)
    begun = begun_of(workouts)
    made = (_line_decision(row, begun) for row in decisions if row.plan_id == plan.pk)
    return LinesOverTime(
        accepted=lines_of(plan),
        offered=lines_of(plan, "offered"),
        minutes=plan.answers["time"]["minutes"],
        decisions=[one for one in made if one],
        start=plan.start_date,
        before_the_plan=max(
            ((row.local_date, row.number) for row in workouts if row.plan_id not in {plan.pk, None}),
            default=None,
        ),
    )


def _line_decision(row: PlanChange, begun: Sequence[BegunWorkout]) -> LineDecision | None:
    """A change of a plan, if it says something about its lines."""
    said = row.details
    match row.kind:
        case PlanDecision.ADD:
            fresh_after = latest_before(row.made_on, row.made_at, begun) if said["fresh"] else None
            return LineAdded(said["exercise"], said["rung"], row.made_on, row.counts_from, fresh_after)
        case PlanDecision.REMOVE:
            return LineTakenOut(said["exercise"], row.made_on, row.counts_from)
        case PlanDecision.MINUTES:
            stay = said.get("lines")
            return MinutesChosen(said["minutes"], row.counts_from, None if stay is None else tuple(stay))
    return None


def begun_of(workouts: Iterable[Workout]) -> list[BegunWorkout]:
    """When workouts were begun, in their order."""
    return [
        BegunWorkout(
            on=row.local_date,
            number=row.number,
            at=row.started_at,
            is_finished=row.finished_at is not None,
            told_morning=bool(row.next_morning),
        )
        for row in workouts
    ]


def schedule_of(
    plan: Plan,
    decisions: Iterable[PlanChange],
    workouts: Iterable[Workout],
    locks: Iterable[LockPeriod] = (),
) -> scheduling.Schedule:
    """The dates of an accepted plan; days on which a safety lock was open hold it, and lengthen the block."""
    if plan.start_date is None:
        raise ValueError("a draft has no dates yet")
    changes = [
        _change(row) for row in decisions if row.plan_id == plan.pk and row.kind in set(DateChangeKind)
    ]
    workouts = list(workouts)
    return scheduling.Schedule(
        start=plan.start_date,
        weekdays=tuple(plan.answers["days"]["weekdays"]),
        changes=scheduling.with_holds(
            changes, locks, start=plan.start_date, begun_on={row.local_date for row in workouts}
        ),
        workouts=tuple(
            Done(
                on=row.local_date,
                slot=row.slot,
                number=row.number,
                lighter_week=was_lighter_week(
                    lighter=row.prescription["lighter"], reasons=_reason_keys(row.prescription)
                ),
            )
            for row in workouts
            if row.plan_id == plan.pk
        ),
        week_start=plan.answers.get("week_start", 0),
        after_workout=plan.answers.get("after_workout", False),
    )


def _reason_keys(prescription: dict[str, Any]) -> Iterable[str]:
    """The keys of all reasons of a stored prescription."""
    return (reason["key"] for line in prescription["lines"] for reason in line["prescribed"]["reasons"])


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


def rows_of(model: type[Model], *columns: str, by: str = "workout", of: str = "pk") -> Subquery:
    """Rows of another table in the query they belong to: an array of arrays, None without any.

    by, of  they are found where `by` is what the query has in `of`: what was logged in each workout
    """
    rows = model._default_manager.filter(**{by: OuterRef(of)}).order_by().values(by)
    return Subquery(rows.annotate(found=JSONRows(JSONArray(*columns))).values("found"))


SET_ROWS = rows_of(SetLog, "exercise", "side", "set_number", "repetitions", "load_grams", "band")
ANSWER_ROWS = rows_of(ExerciseLog, "exercise", "side", "effort", "went_cleanly", "pain", "stopped")
PACE_COLUMNS = ("exercise", "rest_seconds", "ready_seconds", "tempo")
PACE_ROWS = rows_of(Preference, *PACE_COLUMNS, by="person", of="person")


def recent_workouts(person: User, plan: Plan) -> list[Workout]:
    """The workouts rules may look at, oldest first, with what was logged in them: one query.

    Those of the block and of the days before it that rules look back; from further back while an exercise has been on
    hold since.
    """
    held_since = plan.answers.get("held_since")
    since = log_needed_from(
        plan.start_date or plan.made_at.date(), date.fromisoformat(held_since) if held_since else None
    )
    # As instances the hundreds of rows of a block would cost more than all the rules.
    workouts = Workout.objects.filter(person=person, local_date__gte=since)
    return list(workouts.annotate(set_rows=SET_ROWS, answer_rows=ANSWER_ROWS))


def log_of(workout: Workout) -> WorkoutLog:
    """One of the `recent_workouts`: what it prescribed, what was done, how it was."""
    rows = vars(workout)  # what a query adds is unknown to the class
    return WorkoutLog(
        on=workout.local_date,
        number=workout.number,
        planned=workout.slot is not None,
        asked=workout.plan_id is not None,
        lighter=workout.prescription["lighter"],
        next_morning_usual=(workout.next_morning == NextMorning.AS_USUAL) if workout.next_morning else None,
        left_out=tuple(workout.prescription["left_out"]),
        lines=_lines_of(workout, rows["set_rows"] or (), rows["answer_rows"] or (), ("standing", "shown")),
    )


def lines_logged(workout: Workout) -> dict[str, LineLog]:
    """What any workout prescribed of each exercise, in its order, and what is logged of it by now."""
    sets = [
        (row.exercise, row.side, row.set_number, row.repetitions, row.load_grams, row.band)
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
            prescribed=Prescribed.from_json(line["prescribed"]),
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
    begun = begun_of(workouts)
    locks = opened_since(past.locks, plan.made_at)
    seen = [_seen(row, begun) for row in decisions if row.kind == PlanDecision.SEEN]
    seen += seen_after_locks(locks, begun)
    return Context(
        owned=owned,
        caps=safety.highest_rungs,
        causes=safety.causes,
        tap_only=safety.with_limits,
        easy_counts_from=schedule.easy_counts_from if plan.answers.get("first_block", True) else None,
        choices=tuple(
            RungChoice(
                exercise=row.details["exercise"],
                rung=row.details["rung"],
                load_grams=row.details["load_grams"],
                after=latest_before(row.made_on, row.made_at, begun),
                leave_since=bool(opened_since(locks, row.made_at)),
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
                after=latest_before(row.made_on, row.made_at, begun),
            )
            for row in decisions
            if row.kind == PlanDecision.GATE
        ),
        lifted=safety.lifted(past.effects),
        support=safety.support,
    )


def _seen(row: PlanChange, begun: Iterable[BegunWorkout]) -> Seen:
    return Seen(
        after=latest_before(row.made_on, row.made_at, begun),
        exercise=row.details["exercise"],
        with_limits=row.details["verdict"] == "with_limits",
    )


# --- what a draft is made from ---------------------------------------------------------------------


def safety_of(state: SafetyState) -> Safety:
    """The state of the safety answers as planning takes it."""
    return Safety(
        locks=tuple(lock.cause for lock in state.locks),
        cleared=state.cleared,
        caps=state.caps,
        dropped=state.dropped,
        support=state.support,
        adapted_by=state.adapted_by,
        causes=state.causes,
        with_limits=state.with_limits,
        start_at_zero=bool(state.cleared),
        offered_not_planned=state.offered_not_planned,
    )


def wishes_of(
    plan: Plan, state: SafetyState, check: Attempt | None, previous: Previous | None = None
) -> Wishes:
    """What a draft is made from."""
    return Wishes(
        owned=owned_of(plan.person),
        minutes=plan.answers["time"]["minutes"],
        check=check_seen(check),
        safety=safety_of(state),
        trained=plan.answers["time"]["trained"],
        over_65=plan.answers["time"]["over_65"],
        previous=previous or Previous(),
        changes=tuple(
            LineChange(LineChangeKind(change["kind"]), change["exercise"], change.get("rung"))
            for change in plan.answers.get("changes", ())
        ),
    )


def check_seen(check: Attempt | None) -> CheckSeen | None:
    """A finished check as planning takes it."""
    if check is None or check.outcome is None:
        return None
    outcome = check.outcome

    def side(name: str) -> SideSeen:
        return SideSeen(
            rule=outcome.side(name).rule,
            arch=check.seen("arch", name),
            locks=outcome.side(name).locks,
        )

    return CheckSeen(on=check.local_date, left=side("left"), right=side("right"))
