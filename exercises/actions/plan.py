"""Making, accepting, changing and ending a plan."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.clock import now, today_for
from accounts.models import User
from assessments.models import Attempt
from exercises.actions.lock import lock_training
from exercises.models import Plan, PlanChange, PlanDecision, PlanStatus, Workout
from exercises.rows import change_details, latest_plan
from exercises.rules.catalogue import version
from exercises.rules.drafts import Draft, Line, Previous
from exercises.rules.slots import DAY, DateChange
from exercises.rules.wording import Refused


@transaction.atomic
def draft_plan(*, person: User) -> Plan:
    """The person's draft, a new one if there is none."""
    lock_training(person)
    draft, _ = Plan.objects.get_or_create(person=person, status=PlanStatus.DRAFT)
    return draft


@transaction.atomic
def answer_draft(*, person: User, step: str, answers: Any) -> Plan:
    """Keep the answers of one page of the draft.

    Raises Refused without a draft: it was accepted or dropped meanwhile, and an old tab makes no new one.
    """
    lock_training(person)
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
    draft: Draft,
    attempt: Attempt | None,
    previous: Previous | None = None,
) -> Plan:
    """Turn the draft into the running plan. Accepting twice, or in two tabs, gives the same plan.

    previous  where the last block stands; a plan that still runs ends today

    Raises Refused when someone must look first, or when the start day holds a workout already.
    """
    lock_training(person)
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
    previous = previous or Previous()
    plan.answers = {
        **plan.answers,
        "first_block": not Plan.objects.filter(person=person, status=PlanStatus.ENDED).exists(),
        "previous": dict(previous.rungs),
        "held_since": previous.held_since.isoformat() if previous.held_since else None,
        "week_start": person.week_start,
        "after_workout": workouts.filter(local_date=start - DAY).exists(),
    }
    plan.accepted = draft_as_json(draft)
    plan.start_date = start
    plan.attempt = attempt
    plan.content_version = version()
    plan.status = PlanStatus.ACTIVE
    plan.made_at = now()
    plan.save()
    return plan


def draft_as_json(draft: Draft) -> dict[str, Any]:
    """What a plan's row keeps of the accepted draft: keys and reasons, never texts."""

    def line(line: Line) -> dict[str, Any]:
        return {
            "exercise": line.exercise,
            "rung": line.rung,
            "reasons": [reason.as_json() for reason in line.reasons],
        }

    return {
        "lines": [line(planned) for planned in draft.lines],
        "offered": [line(offered) for offered in draft.offered],
        "left_out": [{"exercise": left.exercise, "reason": left.reason.as_json()} for left in draft.left_out],
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
def undo_end(*, person: User, today: date) -> Plan:
    """Let the plan that ended today run again, the same row; a plan that runs already is the answer.

    Raises Refused when no plan ended today: the end of an earlier day stands.
    """
    lock_training(person)
    plan = latest_plan(person)
    if plan and plan.status == PlanStatus.ACTIVE:
        return plan
    if plan is None or not plan.may_go_on(today):
        raise Refused("end_stands")
    plan.status, plan.ended_on = PlanStatus.ACTIVE, None
    plan.save(update_fields=["status", "ended_on"])
    return plan


@transaction.atomic
def change_plan(*, plan: Plan, change: DateChange, today: date) -> PlanChange:
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
    *, plan: Plan, kind: PlanDecision, details: dict[str, Any], counts_from: date, today: date
) -> PlanChange:
    """Append one decision about a plan: a line added or taken out, another step, the minutes (`Decision`).

    details  ADD: exercise, rung, fresh (whether it starts there whatever was logged); REMOVE: exercise;
             RUNG: exercise, rung, load_grams; GATE: exercise, rung, yes; MINUTES: minutes, and with ten
             minutes lines (the exercises that stay); SEEN: exercise, verdict ("yes" or "with_limits"), seen_on
    """
    return _append(plan=plan, kind=kind, counts_from=counts_from, details=details, today=today)


def _append(*, plan: Plan, kind: str, counts_from: date, details: dict[str, Any], today: date) -> PlanChange:
    """The next change in line; the same one again, as after a double tap, is the one that stands."""
    lock_training(plan.person)
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
