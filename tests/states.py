"""Where a person can stand between check, plan and workouts, as stories on one Monday at noon."""

from collections.abc import Callable
from datetime import timedelta

import time_machine

from accounts.models import User
from assessments.actions.safety import record_safety_list, record_visit
from assessments.rules.safety import Said, Verdict
from assessments.rules.safety_content import STOP_LIST, safety_content
from exercises.actions.plan import change_plan
from exercises.rules.next_step import NextStep
from exercises.rules.slots import DateChangeKind
from tests.builders_training import (
    LOW_ARCHES,
    MONDAY,
    MONDAY_NOON,
    NEWLY_FLAT,
    a_draft,
    a_finished_check,
    a_running_plan,
    begun,
    done_as_shown,
    lists_answered,
    noon,
    training,
)
from tests.world import owner_of

HURT = {**LOW_ARCHES, "pain": {"value": "stop", "where": "left"}}
NO_RISE = {**LOW_ARCHES, "tiptoe_arch": {"left": "cannot"}}
LOW_THROUGHOUT = {**LOW_ARCHES, "tiptoe_arch": {"left": "absent"}, "sitting_arch": {"left": "absent"}}


Story = Callable[[User], object]


def seen(person: User, *causes: str, verdict: Verdict = Verdict.YES) -> None:
    with time_machine.travel(MONDAY_NOON + timedelta(minutes=5)):
        record_visit(person=person, causes=causes, seen_on=MONDAY, verdict=verdict)


def newly_flat_then_seen(person: User) -> None:
    a_finished_check(person, NEWLY_FLAT)
    seen(person, "X2")


def newly_flat_then_told_not_yet(person: User) -> None:
    a_finished_check(person, NEWLY_FLAT)
    seen(person, "X2", verdict=Verdict.NO)


def said_before_a_workout(person: User, question: str) -> None:
    questions = safety_content().lists[STOP_LIST].questions
    answers = {key: Said.YES if key == question else Said.NO for key in questions}
    record_safety_list(owner=owner_of(person), list_key=STOP_LIST, answers=answers, extras={})


def held_in_the_middle(person: User) -> None:
    a_running_plan(person)
    begun(person)
    said_before_a_workout(person, "SL2")


def drafted(person: User) -> None:
    lists_answered(person)
    a_draft(person)


def drafted_then_locked(person: User) -> None:
    lists_answered(person, "RF6")
    a_draft(person)


def held_then_seen(person: User) -> None:
    a_running_plan(person)
    lists_answered(person, "RF6")
    seen(person, "RF6")


def plan_after_check(person: User) -> None:
    a_finished_check(person)
    a_running_plan(person)


def rest_day(person: User) -> None:
    a_finished_check(person)
    a_running_plan(person, weekdays=(1, 3), start=MONDAY + timedelta(days=1))


def paused(person: User) -> None:
    with time_machine.travel(noon(-6)):
        plan_after_check(person)
        now = training(person)
        pause = now.schedule.structural(DateChangeKind.PAUSE, now.today)
        change_plan(plan=now.plan, change=pause, today=now.today)


def plan_since(days: int) -> Story:
    """A check and a plan made from it so many days ago, and nothing since."""

    def told(person: User) -> None:
        with time_machine.travel(noon(-days)):
            plan_after_check(person)

    return told


missed = plan_since(7)
over = plan_since(84)


def done_today(person: User) -> None:
    plan_after_check(person)
    done_as_shown(begun(person))


def workout_begun(person: User) -> None:
    plan_after_check(person)
    begun(person)


STATES: dict[str, tuple[Story, NextStep]] = {
    "nothing yet": (lambda _person: None, NextStep.LOOK),
    "a check": (a_finished_check, NextStep.MAKE_PLAN),
    "a draft": (drafted, NextStep.GO_ON_PLANNING),
    "a plan that runs": (a_running_plan, NextStep.TRAIN),
    "be seen, X1": (lambda person: a_finished_check(person, HURT), NextStep.BE_SEEN),
    "be seen, X2": (lambda person: a_finished_check(person, NEWLY_FLAT), NextStep.BE_SEEN),
    "be seen, X3": (lambda person: a_finished_check(person, NO_RISE), NextStep.BE_SEEN),
    "be seen, X4": (lambda person: a_finished_check(person, LOW_THROUGHOUT), NextStep.BE_SEEN),
    "be seen, a list": (lambda person: lists_answered(person, "RF6"), NextStep.BE_SEEN),
    "be seen, right now": (lambda person: lists_answered(person, "RF3"), NextStep.BE_SEEN),
    "be seen, the stop list": (lambda person: said_before_a_workout(person, "SL2"), NextStep.BE_SEEN),
    "be seen, with a draft": (drafted_then_locked, NextStep.BE_SEEN),
    "told not yet": (newly_flat_then_told_not_yet, NextStep.BE_SEEN),
    "seen": (newly_flat_then_seen, NextStep.MAKE_PLAN),
    "held in the middle": (held_in_the_middle, NextStep.BE_SEEN),
    "held, then seen": (held_then_seen, NextStep.TRAIN),
    "plan from a check": (plan_after_check, NextStep.TRAIN),
    "a workout begun": (workout_begun, NextStep.TRAIN),
    "done today": (done_today, NextStep.TRAIN),
    "not begun yet": (rest_day, NextStep.TRAIN),
    "a week missed": (missed, NextStep.TRAIN),
    "paused": (paused, NextStep.TRAIN),
    "a look is due": (plan_since(28), NextStep.TRAIN),
    "twelve weeks over": (over, NextStep.TRAIN),
}
