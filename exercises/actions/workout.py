"""Everything that writes training: plans, workouts, sets, answers. Atomic, and idempotent: twice is once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import F, Max, Q

from accounts.clock import now, today_for
from accounts.models import User
from assessments.actions import check as safety_actions
from assessments.models import Attempt
from assessments.rules.safety import STOP_LIST, Said
from exercises.models import (
    Belongings,
    Decision,
    ExerciseLog,
    Plan,
    PlanChange,
    PlanStatus,
    SetLog,
    Workout,
)
from exercises.rows import change_details
from exercises.rules import planning, prescribing, scheduling
from exercises.rules.catalogue import version
from exercises.rules.wording import Refused


def _lock(person: User) -> None:
    """Let one request at a time write this person's training; on SQLite the IMMEDIATE transaction does it."""
    if connection.features.has_select_for_update:
        User.objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)


# --- what is owned -------------------------------------------------------------------------------


class BelongingsConflict(Exception):  # noqa: N818  (reads as what happened)
    """What is owned was changed elsewhere since this page was loaded."""


@transaction.atomic
def keep_belongings(*, person: User, seen: int, values: dict[str, Any]) -> Belongings:
    """Store what a person has to train with. Sending the same again changes nothing.

    seen    the revision the page showed; 0 where nothing was stored
    values  the fields of Belongings

    Raises BelongingsConflict when something else is stored than what the page showed.
    """
    _lock(person)
    stored = Belongings.objects.filter(person=person).first()
    if stored is None:
        return Belongings.objects.create(person=person, **values)
    if all(getattr(stored, name) == value for name, value in values.items()):
        return stored
    if stored.revision != seen:
        raise BelongingsConflict
    for name, value in values.items():
        setattr(stored, name, value)
    stored.revision, stored.changed_at = stored.revision + 1, now()
    stored.save()
    return stored


# --- the plan ------------------------------------------------------------------------------------


@transaction.atomic
def draft_plan(*, person: User) -> Plan:
    """The person's draft, a new one if there is none."""
    _lock(person)
    draft, _ = Plan.objects.get_or_create(person=person, status=PlanStatus.DRAFT)
    return draft


@transaction.atomic
def answer_draft(*, person: User, step: str, answers: Any) -> Plan:
    """Keep the answers of one page of the draft.

    Raises Refused without a draft: it was accepted or dropped meanwhile, and an old tab makes no new one.
    """
    _lock(person)
    draft = Plan.objects.filter(person=person, status=PlanStatus.DRAFT).first()
    if draft is None:
        raise Refused("no_draft")
    draft.answers = {**draft.answers, step: answers}
    draft.save(update_fields=["answers"])
    return draft


@transaction.atomic
def accept_plan(
    *,
    person: User,
    draft: planning.Draft,
    attempt: Attempt | None,
    previous: planning.Previous | None = None,
) -> Plan:
    """Turn the draft into the running plan. Accepting twice, or in two tabs, gives the same plan.

    previous  where the last block stands; a plan that still runs ends today

    Raises Refused when someone must look first, or when the start day holds a workout already.
    """
    _lock(person)
    running = Plan.objects.filter(person=person, status=PlanStatus.ACTIVE).first()
    plan = Plan.objects.filter(person=person, status=PlanStatus.DRAFT).first()
    if plan is None and running:
        return running
    if plan is None:
        raise Refused("no_draft")
    if draft.is_locked:
        raise Refused("plan_locked")
    start = date.fromisoformat(plan.answers["days"]["start"])
    workouts = Workout.objects.filter(person=person)
    if workouts.filter(local_date__gte=start).exists():
        raise Refused("start_trained_today")
    end_plan(person=person, today=today_for(person))
    previous = previous or planning.Previous()
    plan.answers = {
        **plan.answers,
        "first_block": not Plan.objects.filter(person=person, status=PlanStatus.ENDED).exists(),
        "previous": dict(previous.rungs),
        "held_since": previous.held_since.isoformat() if previous.held_since else None,
        "week_start": person.week_start,
        "after_workout": workouts.filter(local_date=start - scheduling.DAY).exists(),
    }
    plan.accepted = draft_as_json(draft)
    plan.start_date = start
    plan.attempt = attempt
    plan.content_version = version()
    plan.status = PlanStatus.ACTIVE
    plan.made_at = now()
    plan.save()
    return plan


def draft_as_json(draft: planning.Draft) -> dict[str, Any]:
    """What a plan's row keeps of the accepted draft: keys and reasons, never texts."""

    def line(line: planning.Line) -> dict[str, Any]:
        return {
            "exercise": line.exercise,
            "rung": line.rung,
            "reasons": [reason.as_json() for reason in line.reasons],
        }

    return {
        "lines": [line(planned) for planned in draft.lines],
        "offered": [line(offered) for offered in draft.offered],
        "left_out": [{"exercise": left.exercise, "reason": left.reason.as_json()} for left in draft.left_out],
        "heading": draft.heading.as_json() if draft.heading else None,
        "notes": [note.as_json() for note in draft.notes],
        "first_side": draft.first_side,
    }


@transaction.atomic
def drop_draft(*, person: User) -> None:
    """Forget the draft; a running plan stays."""
    Plan.objects.filter(person=person, status=PlanStatus.DRAFT).delete()


@transaction.atomic
def end_plan(*, person: User, today: date) -> None:
    """End the running plan; its past stays."""
    Plan.objects.filter(person=person, status=PlanStatus.ACTIVE).update(
        status=PlanStatus.ENDED, ended_on=today
    )


@transaction.atomic
def change_plan(*, plan: Plan, change: scheduling.Change, today: date) -> PlanChange:
    """Append one change of dates to a plan."""
    return _append(
        plan=plan,
        kind=change.kind,
        counts_from=change.on,
        details=change_details(change),
        today=today,
    )


@transaction.atomic
def decide(
    *, plan: Plan, kind: Decision, details: dict[str, Any], counts_from: date, today: date
) -> PlanChange:
    """Append one decision about a plan: a line added or taken out, another step, the minutes (`Decision`).

    details  ADD: exercise, rung, fresh (whether it starts there whatever was logged); REMOVE: exercise;
             RUNG: exercise, rung, load_grams; GATE: exercise, rung, yes; MINUTES: minutes, and with ten
             minutes lines (the exercises that stay); SEEN: exercise, verdict ("yes" or "with_limits"), seen_on
    """
    return _append(plan=plan, kind=kind, counts_from=counts_from, details=details, today=today)


def _append(*, plan: Plan, kind: str, counts_from: date, details: dict[str, Any], today: date) -> PlanChange:
    """The next change in line; the same one again, as after a double tap, is the one that stands."""
    _lock(plan.person)
    latest = plan.changes.order_by("-number").first()
    if latest and (latest.kind, latest.counts_from, latest.details) == (kind, counts_from, details):
        return latest
    return PlanChange.objects.create(
        plan=plan,
        number=latest.number + 1 if latest else 1,
        kind=kind,
        counts_from=counts_from,
        details=details,
        made_on=today,
    )


# --- the workout ---------------------------------------------------------------------------------


@transaction.atomic
def start_workout(
    *,
    person: User,
    plan: Plan,
    slot: scheduling.Slot | None,
    prescription: prescribing.Prescription,
    today: date,
) -> Workout:
    """Begin today's workout and write its prescription to its row.

    One that is begun today and not finished is gone on with (a double tap, a second phone). One left
    open on an earlier day ends here. A slot that was taken meanwhile leaves this workout unplanned.
    """
    _lock(person)
    workouts = Workout.objects.filter(person=person)
    begun = workouts.filter(local_date=today, finished_at=None).first()
    if begun:
        return begun
    workouts.filter(finished_at=None).update(finished_at=now())
    return _new_workout(plan, slot, prescription, on=today)


def _new_workout(
    plan: Plan,
    slot: scheduling.Slot | None,
    prescription: prescribing.Prescription,
    *,
    on: date,
    finished_at: datetime | None = None,
) -> Workout:
    """The next workout of a day, in its slot while that is free; the caller holds the lock.

    Its number is the highest of the day plus one: one that was removed leaves its number empty, so that the
    address of the others still names them.
    """
    workouts = Workout.objects.filter(person=plan.person)
    taken = slot is None or workouts.filter(plan=plan, slot=slot.number).exists()
    highest = workouts.filter(local_date=on).aggregate(Max("number"))["number__max"] or 0
    return Workout.objects.create(
        person=plan.person,
        plan=plan,
        slot=None if taken or slot is None else slot.number,
        local_date=on,
        number=highest + 1,
        prescription=prescription_as_json(prescription),
        finished_at=finished_at,
    )


@transaction.atomic
def add_workout(
    *,
    plan: Plan,
    slot: scheduling.Slot | None,
    prescription: prescribing.Prescription,
    on: date,
) -> Workout:
    """Keep a workout that was done away from this app, to be typed in: begun and ended, on its own day.

    While nothing is typed in, adding one for the same day gives the same: a double tap makes no second.
    """
    person = plan.person
    _lock(person)
    workouts = Workout.objects.filter(person=person)
    empty = workouts.filter(local_date=on, finished_at__isnull=False, sets=None, exercise_logs=None).first()
    if empty:
        return empty
    return _new_workout(plan, slot, prescription, on=on, finished_at=now())


@transaction.atomic
def remove_empty_workout(*, workout: Workout) -> None:
    """Take away a workout in which nothing was done, so that it counts nowhere. Raises Refused for any other."""
    _lock(workout.person)
    said = workout.exercise_logs.exclude(effort="", pain=None, stopped=False)
    if workout.sets.exists() or said.exists():
        raise Refused("workout_not_empty")
    Workout.objects.filter(pk=workout.pk).delete()


@transaction.atomic
def note_workout(*, workout: Workout, note: str) -> None:
    """Keep what the person wrote about a workout."""
    Workout.objects.filter(pk=workout.pk).update(note=note)


def prescription_as_json(prescription: prescribing.Prescription) -> dict[str, Any]:
    """What a workout's row keeps: keys, numbers and reasons as data, and the content version."""
    return {
        "lines": [
            {
                "exercise": line.exercise,
                "prescribed": line.prescribed.as_json(),
                "seconds": line.seconds,
                "asks": line.asks,
            }
            for line in prescription.lines
        ],
        "left_out": list(prescription.left_out),
        "on_hold": list(prescription.on_hold),
        "lighter": prescription.lighter,
        "seconds": prescription.seconds,
        "content_version": version(),
    }


@transaction.atomic
def finish_workout(*, workout: Workout) -> None:
    """End a workout; the first time counts."""
    Workout.objects.filter(pk=workout.pk, finished_at=None).update(finished_at=now())


@transaction.atomic
def tell_next_morning(*, workout: Workout, as_usual: bool) -> None:
    """Keep how the legs felt on the morning after."""
    workout.next_morning = "as_usual" if as_usual else "not_as_usual"
    workout.save(update_fields=["next_morning"])


# --- sets ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where a set belongs in its workout."""

    exercise: str
    side: str
    set_number: int

    def is_of(self, stored: SetLog) -> bool:
        """Whether a set of the same workout stands here."""
        return all(getattr(stored, name) == value for name, value in vars(self).items())


@dataclass(frozen=True)
class SetValues:
    """What was done in one set: repetitions, hold in seconds, load in grams, band by its key."""

    rung: str
    repetitions: int
    hold_seconds: int = 0
    load_grams: int | None = None
    band: str = ""

    def are_those_of(self, stored: SetLog) -> bool:
        """Whether a stored set says the same; its step is that of the workout in any case."""
        said = ("repetitions", "hold_seconds", "load_grams", "band")
        return all(getattr(stored, name) == getattr(self, name) for name in said)


class SetConflict(Exception):  # noqa: N818  (reads as what happened)
    """The place holds another set than the one this write knew of: the person decides which counts."""

    def __init__(self, stored: SetLog) -> None:
        self.stored = stored
        super().__init__("another set stands in this place")


class SetKeyTaken(Exception):  # noqa: N818
    """The client_key names the write of another set: nothing was stored."""


@transaction.atomic
def record_set(  # noqa: PLR0913  (a write has these parts; all are named)
    *,
    workout: Workout,
    place: Place,
    values: SetValues,
    client_key: UUID,
    revision: int = 0,
    seconds_ago: int = 0,
) -> SetLog:
    """Store one set. The same client_key again returns the stored set, and so do the same values.

    revision     0 for a new set; to change a stored one, the revision of it that was seen
    seconds_ago  how long ago a new set was done: it may have waited for a connection

    Raises SetConflict when the place holds a set with other values that this write did not know of, and
    SetKeyTaken when the client_key belongs to a set in another place.
    """
    _lock(workout.person)
    in_place = Q(workout=workout, **vars(place))
    found = list(SetLog.objects.filter(in_place | Q(person=workout.person, client_key=client_key)))
    stored = next((row for row in found if row.workout_id == workout.pk and place.is_of(row)), None)
    if any(row != stored for row in found):
        raise SetKeyTaken
    if stored is None:
        return SetLog.objects.create(
            workout=workout,
            person=workout.person,
            client_key=client_key,
            done_at=_moment_in(workout, seconds_ago),
            **vars(place),
            **vars(values),
        )
    if stored.client_key == client_key or values.are_those_of(stored):
        return stored
    if stored.revision != revision:
        raise SetConflict(stored)
    for name, value in vars(values).items():
        setattr(stored, name, value)
    stored.client_key = client_key
    stored.revision = revision + 1
    stored.save()
    return stored


def _moment_in(workout: Workout, seconds_ago: int) -> datetime:
    """When something was done that is told now: never before the workout began, never after now."""
    moment = now()
    since_start = (moment - workout.started_at).total_seconds()
    return moment - timedelta(seconds=max(0, min(seconds_ago, since_start)))


@transaction.atomic
def remove_set(*, workout: Workout, place: Place, client_key: str) -> None:
    """Take a set away, so that its place is open again. One that is gone already stays gone.

    client_key  of the write that was seen

    Raises Refused when the set was changed or done anew meanwhile.
    """
    _lock(workout.person)
    stored = SetLog.objects.filter(workout=workout, **vars(place)).first()
    if stored is None:
        return
    if str(stored.client_key) != client_key:
        raise Refused("set_changed_elsewhere")
    stored.delete()


# --- how an exercise went ------------------------------------------------------------------------


class AnswersConflict(Exception):  # noqa: N818
    """The answers were changed elsewhere since this page was loaded."""


@transaction.atomic
def record_answers(
    *, workout: Workout, exercise: str, answers: dict[str, dict[str, Any]], seen: dict[str, int]
) -> None:
    """Store how an exercise went on each of its sides. Sending the same again changes nothing.

    answers  {side: {effort, went_cleanly, pain, stopped}}
    seen     {side: revision that was seen}, 0 where nothing was stored

    Raises AnswersConflict when a side holds other answers than those that were seen.
    """
    _lock(workout.person)
    for side, values in answers.items():
        row, made = ExerciseLog.objects.get_or_create(
            workout=workout, exercise=exercise, side=side, defaults=values
        )
        if made or all(getattr(row, name) == value for name, value in values.items()):
            continue
        if row.revision != seen.get(side, 0) and not row.says_nothing:
            raise AnswersConflict
        ExerciseLog.objects.filter(pk=row.pk).update(**values, revision=F("revision") + 1, logged_at=now())


@transaction.atomic
def stop_exercise(*, workout: Workout, exercise: str, sides: tuple[str, ...], seconds_ago: int = 0) -> None:
    """ "This hurts: stop this exercise": kept at once, before anything else is asked.

    seconds_ago  how long ago it was said: it may have waited for a connection
    """
    _lock(workout.person)
    said = {"stopped": True, "logged_at": _moment_in(workout, seconds_ago)}
    for side in sides:
        row, made = ExerciseLog.objects.get_or_create(
            workout=workout, exercise=exercise, side=side, defaults=said
        )
        if not made and not row.stopped:
            ExerciseLog.objects.filter(pk=row.pk).update(stopped=True, revision=F("revision") + 1)


@transaction.atomic
def leave_out(*, workout: Workout, exercise: str, sides: tuple[str, ...]) -> None:
    """Keep that an exercise was left out, by an empty answer for each side. What was said of it stays."""
    _lock(workout.person)
    for side in sides:
        ExerciseLog.objects.get_or_create(workout=workout, exercise=exercise, side=side)


@transaction.atomic
def stop_unwell(*, workout: Workout, answers: Mapping[str, Said]) -> None:
    """Keep what was ticked on the stop list in the middle of a workout, as before one, and end the workout.

    What was logged stays, and a set that was done before and arrives later is still taken.
    """
    person = workout.person
    _lock(person)
    owner = safety_actions.Owner(person, "", person.time_zone)
    safety_actions.record_safety_list(owner=owner, list_key=STOP_LIST, answers=answers, extras={})
    finish_workout(workout=workout)


# --- from paper ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class TypedExercise:
    """What was typed in for one exercise: its sets by place, and how each side went."""

    exercise: str
    sets: dict[Place, SetValues]
    answers: dict[str, dict[str, Any]]


@transaction.atomic
def record_typed(*, workout: Workout, typed: Iterable[TypedExercise], key: UUID) -> None:
    """Store everything that was typed in from paper, all of it or nothing. The same again changes nothing.

    key  names this writing; the key of each set is made from it and its place

    Raises SetConflict or AnswersConflict when something else was stored there meanwhile.
    """
    for one in typed:
        for place, values in one.sets.items():
            client_key = uuid5(key, f"{place.exercise}/{place.side}/{place.set_number}")
            record_set(workout=workout, place=place, values=values, client_key=client_key)
        record_answers(workout=workout, exercise=one.exercise, answers=one.answers, seen={})
