"""A safety lock found while a plan runs: on hold from that day, nothing deleted, easier afterwards."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assessments.actions.safety import record_visit
from assessments.rules.safety import Verdict
from exercises.actions.sets import SetPlace, SetValues, record_set
from exercises.actions.workout import finish_workout
from exercises.models import PlanChange
from exercises.rules.values import Dose
from exercises.training import Training, training_of
from tests.builders_training import answered
from tests.world import answered_lists, begun_workout, running_plan

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 10, 5, 12, tzinfo=UTC)


def training(person: User) -> Training:
    found = training_of(person)
    assert found is not None
    return found


def test_lock_holds_the_plan_from_its_day_and_lengthens_the_block(owner: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        answered_lists(owner)
        running_plan(owner, None)
        end = training(owner).schedule.end
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        answered_lists(owner, "RF6")

        held = training(owner)

        assert held.schedule.is_held(held.today)
        assert held.schedule.end is None
        assert held.schedule.next_slot(held.today) is None
    with time_machine.travel(MONDAY + timedelta(days=9), tick=False):
        record_visit(
            person=owner, causes=["RF6"], seen_on=(MONDAY + timedelta(days=9)).date(), verdict=Verdict.YES
        )

        resumed = training(owner)

        assert not resumed.schedule.is_held(resumed.today)
        assert end is not None
        assert resumed.schedule.end == end + timedelta(days=7)
        assert resumed.schedule.slots[0].on == MONDAY.date()
        assert not PlanChange.objects.exists()


def test_plan_that_was_held_goes_on_one_step_lower(owner: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        answered_lists(owner)
        running_plan(owner, None)
        workout = begun_workout(owner)
        for side in ("left", "right"):
            record_set(
                workout=workout,
                place=SetPlace("side_lying_abduction", side, 1),
                values=SetValues("straight_leg", 5, 5),
                client_key=uuid4(),
            )
        good = {"effort": "right", "went_cleanly": True, "pain": 0, "stopped": False}
        answered(workout, "side_lying_abduction", {"left": good, "right": good})
        finish_workout(workout=workout)
        assert target(owner).repetitions == 6
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        answered_lists(owner, "RF6")
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        record_visit(person=owner, causes=["RF6"], seen_on=MONDAY.date(), verdict=Verdict.YES)

        assert target(owner).rung == "clam"


def target(person: User) -> Dose:
    found = training(person)
    line = next(line for line in found.lines_on(found.today) if line.exercise == "side_lying_abduction")
    return found.target(line).standing


def test_offered_exercise_fills_in_while_a_line_is_on_hold(owner: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        answered_lists(owner)
        plan = running_plan(owner, None)
        accepted = plan.accepted or {}
        kept = [line for line in accepted["lines"] if line["exercise"] in {"bridge", "side_lying_abduction"}]
        plan.accepted = {**accepted, "lines": kept}
        plan.save()
    for days in (0, 2):
        with time_machine.travel(MONDAY + timedelta(days=days), tick=False):
            workout = begun_workout(owner)
            hurt = {"effort": "hard", "went_cleanly": True, "pain": 8, "stopped": True}
            answered(workout, "bridge", {"both": hurt})
            finish_workout(workout=workout)
    with time_machine.travel(MONDAY + timedelta(days=4), tick=False):
        prescription = training(owner).prescription()

    assert prescription.on_hold == ("bridge",)
    assert len(prescription.lines) == 2


def test_answer_given_while_a_plan_runs_leaves_its_lines_out_and_says_so(
    owner: User, signed_in: Client
) -> None:
    answered_lists(owner)
    running_plan(owner, None)
    answered_lists(owner, "RF18")

    page = signed_in.get("/plan/").content.decode()

    assert "Side-lying leg lift is left out, as the outer side of your hip hurts." in page
    assert "What they change" in page
    assert "you need ." not in page
    assert "side_lying_abduction" not in {line.exercise for line in training(owner).prescription().lines}
