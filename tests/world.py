"""A person with everything of theirs, and a stranger with nothing."""

from dataclasses import dataclass
from datetime import time
from uuid import uuid4

from accounts.clock import today_for
from accounts.models import User
from assessments.actions import check as assessments
from assessments.actions.counts import TriesOfSide, record_counts
from assessments.actions.safety import record_safety_list
from assessments.models import Attempt
from assessments.rows import Owner, state_for
from assessments.rules.safety import Said
from assessments.rules.safety_content import LISTS_BEFORE_A_PLAN, safety_content
from exercises.actions.equipment import keep_equipment
from exercises.actions.plan import accept_plan, answer_draft, draft_plan, end_plan
from exercises.actions.preferences import keep_preference
from exercises.actions.sets import SetPlace, SetValues, record_set
from exercises.actions.workout import start_workout
from exercises.models import Plan, Workout
from exercises.rows import wishes_of
from exercises.rules import planning
from exercises.rules.reminding import ReminderKind
from exercises.training import training_of
from hipfeet.mail.models import Reminder
from hipfeet.mail.reminders import keep_reminders
from hipfeet.owndata.feed import keep_calendar, make_address
from tests.builders import person

CHECK = {
    "toes": {"left": "straight", "right": "out"},
    "knees_usual": {"left": "in", "right": "not_in"},
    "knees": {"left": "in", "right": "forward"},
    "arch": {"left": "low", "right": "normal"},
    "can_turn": {"left": "yes"},
    "arch_turned": {"left": "higher"},
    "flatter": {"left": "no"},
    "tiptoe_arch": {"left": "present"},
    "pain": {"value": "none"},
}
"""M1 on the left, M7 on the right."""


@dataclass(frozen=True)
class World:
    """What the pages are about."""

    owner: User
    stranger: User
    check: Attempt
    plan: Plan
    ended: Plan
    workout: Workout


def owner_of(person_: User) -> Owner:
    return Owner.of(person_)


def finished_check(person_: User, answers: dict[str, dict[str, str]] | None = None) -> Attempt:
    owner = owner_of(person_)
    attempt = assessments.start(owner=owner)
    none = dict.fromkeys(safety_content().lists["right_now"].questions, Said.NO)
    attempt = assessments.pass_right_now(attempt=attempt, owner=owner, answers=none)
    for question, given in (answers or CHECK).items():
        attempt = assessments.answer(attempt=attempt, given={question: given})
    return assessments.finish(attempt=attempt)


def corrected(check: Attempt, **changed: dict[str, str]) -> Attempt:
    """The check that takes the place of this one when these answers are corrected."""
    attempt = assessments.start_correction(attempt=check)
    for question, given in changed.items():
        attempt = assessments.answer(attempt=attempt, given={question: given})
    return assessments.finish(attempt=attempt)


def answered_lists(person_: User, *yes: str) -> None:
    """All four lists before a plan, with a tick at these questions."""
    for key in LISTS_BEFORE_A_PLAN:
        questions = safety_content().lists[key].questions
        record_safety_list(
            owner=owner_of(person_),
            list_key=key,
            answers={question: Said.YES if question in yes else Said.NO for question in questions},
            extras={},
        )


def counted(person_: User, check: Attempt, check_key: str = "heel_raise", **sides: int) -> None:
    """What was counted today."""
    given = {side: TriesOfSide([value]) for side, value in sides.items()}
    record_counts(person=person_, check_key=check_key, attempt=check, sides=given)


def running_plan(person_: User, check: Attempt | None) -> Plan:
    today = today_for(person_)
    things = ["wall_or_chair", "stick", "band_light", "bag_or_bottles"]
    keep_equipment(person=person_, seen=1, values={"things": things})
    keep_preference(person=person_, values={"rest_seconds": 90})
    keep_preference(person=person_, exercise="bridge", values={"tempo": "slow", "note": "Heels at the line"})
    draft_plan(person=person_)
    days = {"weekdays": sorted({today.weekday(), (today.weekday() + 3) % 7}), "start": today.isoformat()}
    for step, answers in {
        "things": {},
        "days": days,
        "time": {"minutes": 20, "over_65": False, "trained": False},
    }.items():
        draft = answer_draft(person=person_, step=step, answers=answers)
    wishes = wishes_of(draft, state_for(person_), check)
    return accept_plan(person=person_, draft=planning.draft(wishes), attempt=check)


def begun_workout(person_: User) -> Workout:
    training = training_of(person_)
    assert training is not None
    return start_workout(
        person=person_,
        plan=training.plan,
        slot=training.schedule.slot_for_workout(training.today),
        prescription=training.prescription(),
        today=training.today,
    )


def make_world() -> World:
    """An owner with a corrected and an open check, a plan, counts, a lock, a begun workout with one set, reminders, a calendar."""
    owner, stranger = person("owner@example.org"), person("stranger@example.org")
    slip = CHECK | {"toes": {"left": "straight", "right": "straight"}}
    check = corrected(finished_check(owner, slip), toes=CHECK["toes"])
    answered_lists(owner)
    counted(owner, check, left=19, right=7)
    ended = running_plan(owner, check)
    end_plan(person=owner, today=today_for(owner))
    ended.refresh_from_db()
    plan = running_plan(owner, check)
    workout = begun_workout(owner)
    record_set(
        workout=workout,
        place=SetPlace("side_lying_abduction", "left", 1),
        values=SetValues("straight_leg", 5, 5),
        client_key=uuid4(),
    )
    answered_lists(owner, "RF6")
    keep_reminders(person=owner, hour=time(19), wanted=[ReminderKind.TRAINING, ReminderKind.WEEK])
    Reminder.objects.create(person=owner, kind=ReminderKind.TRAINING, local_date=today_for(owner))
    keep_calendar(person=owner, hour=time(19), alarm_minutes=10)
    make_address(person=owner, key="a key", seen=0)
    again = assessments.start(owner=owner_of(owner))
    none = dict.fromkeys(safety_content().lists["right_now"].questions, Said.NO)
    assessments.pass_right_now(attempt=again, owner=owner_of(owner), answers=none)
    return World(owner, stranger, check, plan, ended, workout)
