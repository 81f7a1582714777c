"""Every level and effect of the safety answers, followed through to a plan's lines, targets and words.

What is expected is written here by hand, beside the content, so that a slip in the content fails too.
"""

import itertools
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assessments.actions.safety import record_visit
from assessments.rules.safety import Said, Verdict, safety_state
from assessments.rules.safety_content import safety_content
from exercises.actions.plan import answer_draft
from exercises.models import Plan, PlanChange, PlanStatus, Workout
from exercises.rows import safety_of
from exercises.rules import planning
from exercises.rules.catalogue import catalogue
from exercises.rules.doses import is_higher
from exercises.rules.drafts import SideSeen, Wishes
from exercises.rules.numbers import NO_CHECK, rule_numbers
from exercises.rules.prescribing import Prescription
from tests.builders_check import given
from tests.builders_training import (
    MONDAY,
    a_draft,
    a_running_plan,
    asked_for_all_in_one,
    begun,
    done_as_shown,
    lists_answered,
    noon,
    owns,
    signed_in_as,
    text,
    training,
)
from tests.exercises.builders import OWNS_EVERYTHING, OWNS_NOTHING, a_check

LOCKS = {
    "RF1": "Emergency: now",
    "RF2": "Emergency: now",
    "RF21": "Emergency: now",
    "RF23": "Emergency: now",
    "RF22": "Advice: today",
    "RF3": "Advice: today",
    "RF4": "Advice: today",
    "RF11": "Advice: within days",
    "RF6": "Before you train",
    "RF7": "Before you train",
    "RF8": "Before you train",
    "RF9": "Before you train",
    "RF12": "Before you train",
    "RF13": "Before you train",
    "RF14": "Before you train",
    "RF15": "Before you train",
    "RF20": "Before you train",
}
BE_SEEN = {
    "Emergency: now": "Get emergency care now",
    "Advice: today": "Get medical advice today",
    "Advice: within days": "Be seen within the next days",
    "Before you train": "Be seen before you train",
}
CAPS = {
    "RF16": {"deadlift": 1, "small_squat": 2},
    "RF18": {
        "hip_circle": 0,
        "short_foot": 2,
        "heel_raise": 1,
        "march": 1,
        "bridge": 4,
        "banded_walk": 2,
        "small_squat": 2,
    },
    "RF19": {
        "hip_circle": 1,
        "heel_raise": 1,
        "short_foot": 1,
        "march": 1,
        "side_lying_abduction": 3,
        "small_squat": 1,
    },
}
CAUSES = {
    "RF16": "you are pregnant",
    "RF18": "the outer side of your hip hurts",
    "RF19": "you are unsteady on one leg, or fell",
}
DROPPED = {"RF18": {"side_lying_abduction"}, "RF19": {"banded_walk", "deadlift"}}
CAP_ONCE_SEEN = {"RF6", "RF12", "RF13", "RF14", "RF15"}
EVERYTHING = [*catalogue().equipment]


pytestmark = pytest.mark.usefixtures("clock")


def number(exercise: str, rung: str) -> int:
    return catalogue().rung(exercise, rung).number


def numbers(prescription: Prescription) -> dict[str, int]:
    """{exercise: number of the rung that is asked}."""
    return {line.exercise: number(line.exercise, line.prescribed.shown.rung) for line in prescription.lines}


def everyone_at_the_top(person: User) -> Plan:
    """A plan with all exercises, each beginning at the top of its ladder, with everything owned."""
    lists_answered(person)
    owns(person, *EVERYTHING, weights=(4_000, 20_000), bar_grams=10_000)
    draft = a_draft(person, things=EVERYTHING, weights=(4_000, 20_000))
    assert draft.person == person
    plan = a_plan_with_every_line(person)
    lines = (plan.accepted or {})["lines"]
    for line in lines:
        line["rung"] = catalogue().exercise(line["exercise"]).rungs[-1].key
    plan.save()
    return plan


def a_plan_with_every_line(person: User) -> Plan:
    changes = [{"kind": "add", "exercise": key, "rung": None} for key in catalogue().exercises]
    answer_draft(person=person, step="changes", answers=changes)
    signed_in_as(person).post("/plan/new/preview/")
    return Plan.objects.get(person=person, status=PlanStatus.ACTIVE)


# --- late pregnancy ---

ON_THE_BACK = re.compile(r"\bon (?:your|the) back\b|\blie down\b", re.IGNORECASE)


def on_the_back(exercise: str) -> list[str]:
    """The steps of an exercise that are done lying on the back, by their words or those of its set-up."""
    known = catalogue().exercise(exercise)
    if ON_THE_BACK.search(known.set_up.text):
        return [rung.key for rung in known.rungs]
    return [rung.key for rung in known.rungs if ON_THE_BACK.search(f"{rung.name} {rung.how.text}")]


def test_lying_on_the_back_would_be_noticed() -> None:
    assert {key for key in catalogue().exercises if on_the_back(key)} == {"bridge"}


@pytest.mark.parametrize("stage", ["second_half", ""])  # not said counts as the careful answer
def test_nothing_planned_in_late_pregnancy_is_done_lying_on_the_back(stage: str) -> None:
    safety = safety_of(safety_state([given(1, RF16=Said.YES, stage=stage)], [], []))

    for rule, minutes in itertools.product(rule_numbers().outcomes, rule_numbers().minutes.choices):
        check = None if rule == NO_CHECK else a_check(SideSeen(rule, "low"), SideSeen(rule, "low"))
        cleared = replace(safety, cleared=frozenset({"X1", "X2", "X3", "X4"}))
        for owned in (OWNS_NOTHING, OWNS_EVERYTHING):
            wishes = Wishes(owned=owned, minutes=minutes, check=check, safety=cleared)
            made = planning.draft(wishes)
            named = {line.exercise for line in (*made.lines, *made.offered)}
            named |= {line.exercise for line in planning.spare_lines(made, wishes)}
            assert {key for key in named if on_the_back(key)} == set(), (rule, minutes)


# --- levels that lock ---


def test_every_question_is_named_here() -> None:
    asked = {key for one in safety_content().lists.values() for key in one.questions}

    assert asked == {*LOCKS, *CAPS, "RF9b", "SL1", "SL2", "SL3"}


@pytest.mark.parametrize("question", LOCKS)
def test_an_answer_that_locks_holds_a_running_plan_from_today(
    owner: User, signed_in: Client, question: str
) -> None:
    plan = a_running_plan(owner)
    before = training(owner).schedule.end

    lists_answered(owner, question)

    now = training(owner)
    page = text(signed_in.get("/plan/"))
    assert now.schedule.is_held(MONDAY)
    assert (before is not None, now.schedule.end) == (True, None)  # the held days lengthen the block
    assert f"{BE_SEEN[LOCKS[question]]} Your plan is on hold until then." in page
    assert "Nothing is deleted" in page
    assert BE_SEEN[LOCKS[question]] in text(signed_in.get("/safety/"))
    assert signed_in.post("/workouts/start/", {"unwell": "no"}).headers["Location"] == "/safety/"
    assert not Workout.objects.exists()
    plan.refresh_from_db()
    assert plan.status == PlanStatus.ACTIVE


@pytest.mark.parametrize("question", LOCKS)
def test_an_answer_that_locks_lets_no_plan_begin(owner: User, signed_in: Client, question: str) -> None:
    lists_answered(owner, question)
    a_draft(owner)

    sent = signed_in.post("/plan/new/preview/")

    assert sent.status_code == 409
    assert Plan.objects.get().status == PlanStatus.DRAFT


@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize("verdict", [Verdict.YES, Verdict.WITH_LIMITS])
def test_leave_before_the_first_workout_lowers_a_trained_start(
    owner: User, signed_in: Client, clock: time_machine.Traveller, verdict: Verdict, start: int
) -> None:
    a_running_plan(owner, trained=True, start=noon(start).date(), weekdays=(0, 1, 3))
    clock.move_to(noon(start))
    planned = {
        line.exercise: number(line.exercise, line.start_rung) for line in training(owner).lines_on(MONDAY)
    }
    clock.shift(60)
    lists_answered(owner, "RF13")
    clock.shift(60)
    record_visit(person=owner, causes=["RF13"], seen_on=noon(start).date(), verdict=verdict)

    signed_in.post("/workouts/start/", {"unwell": "no"})

    asked = {
        line["exercise"]: number(line["exercise"], line["prescribed"]["shown"]["rung"])
        for line in Workout.objects.get().prescription["lines"]
    }
    assert any(planned[key] for key in asked)
    lowest = verdict is Verdict.WITH_LIMITS
    assert all(at == 0 if lowest else at < max(planned[key], 1) for key, at in asked.items())


@pytest.mark.parametrize("question", LOCKS)
@pytest.mark.parametrize("verdict", [Verdict.YES, Verdict.WITH_LIMITS])
def test_with_leave_a_plan_goes_on_lower_and_with_limits_at_the_bottom(
    owner: User, clock: time_machine.Traveller, question: str, verdict: Verdict
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    before = numbers(training(owner).prescription())
    clock.move_to(noon(1))
    lists_answered(owner, question)
    clock.move_to(noon(3))

    record_visit(person=owner, causes=[question], seen_on=noon(3).date(), verdict=verdict)

    after = numbers(training(owner).prescription())
    lowest = {key: catalogue().exercise(key).lowest.number for key in after}
    assert all(after[key] == max(before[key] - 1, lowest[key]) for key in after if verdict is Verdict.YES)
    assert all(after[key] == lowest[key] for key in after if verdict is Verdict.WITH_LIMITS)


@pytest.mark.parametrize("question", LOCKS)
def test_a_no_of_the_clinician_keeps_the_plan_on_hold(owner: User, question: str) -> None:
    a_running_plan(owner)
    lists_answered(owner, question)

    record_visit(person=owner, causes=[question], seen_on=MONDAY, verdict=Verdict.NO)

    assert training(owner).state.is_locked


@pytest.mark.parametrize("said", [Said.YES, Said.UNSURE])
def test_stored_answer_to_a_retired_question_holds_the_plan_until_seen(
    owner: User, clock: time_machine.Traveller, said: Said
) -> None:
    a_running_plan(owner)
    asked_for_all_in_one(owner, said)
    advice = text(signed_in_as(owner).get("/safety/right-now/advice/"))
    clock.move_to(noon(2))

    lists_answered(owner)
    page = text(signed_in_as(owner).get("/safety/"))
    record_visit(person=owner, causes=["RF5"], seen_on=MONDAY, verdict=Verdict.YES)

    for shown in (advice, page):
        assert "Calf, breath or chest: get emergency help now" in shown
        assert "Do not rub the calf." in shown
    assert not training(owner).state.is_locked
    assert training(owner).past.locks[0].since == MONDAY


@pytest.mark.parametrize("question", LOCKS)
def test_once_seen_heavy_lifting_stays_capped_where_the_answer_says_so(owner: User, question: str) -> None:
    everyone_at_the_top(owner)
    lists_answered(owner, question)

    record_visit(person=owner, causes=[question], seen_on=MONDAY, verdict=Verdict.YES)

    caps = training(owner).safety.caps
    assert caps == ({"deadlift": 1, "small_squat": 2} if question in CAP_ONCE_SEEN else {})


# --- levels that adapt ---


@pytest.mark.parametrize("question", CAPS)
def test_capped_lines_go_to_the_cap_from_its_lowest_number_and_say_so(
    owner: User, signed_in: Client, question: str
) -> None:
    everyone_at_the_top(owner)

    lists_answered(owner, question, stage="first_half")

    now = training(owner)
    page = text(signed_in.get("/plan/"))
    targets = {line.exercise: now.target(line) for line in now.lines_on(MONDAY)}
    for exercise, cap in CAPS[question].items():
        rung = catalogue().exercise(exercise).rung_at(cap)
        assert rung is not None
        assert number(exercise, targets[exercise].standing.rung) <= cap
        assert targets[exercise].standing.repetitions == rung.reps_from
        assert f"This is the highest step for now, as {CAUSES[question]}." in page
        assert f"For now it goes up to this step, as {CAUSES[question]}: {rung.name}." in page


@pytest.mark.parametrize("question", DROPPED)
def test_dropped_lines_leave_the_workout_say_why_and_cannot_be_added(
    owner: User, signed_in: Client, question: str
) -> None:
    everyone_at_the_top(owner)

    lists_answered(owner, question)

    asked = {line.exercise for line in training(owner).prescription().lines}
    page = text(signed_in.get("/plan/"))
    assert not DROPPED[question] & asked
    assert page.count(f"is left out, as {CAUSES[question]}.") == len(DROPPED[question])
    for exercise in DROPPED[question]:
        sent = signed_in.post(f"/plan/lines/{exercise.replace('_', '-')}/", {"add": "yes"})
        assert sent.status_code == 409
    assert not PlanChange.objects.exists()


@pytest.mark.parametrize(
    ("stage", "has_bridge"), [("first_half", True), ("second_half", False), ("after_birth", True)]
)
def test_the_bridge_goes_in_the_second_half_of_a_pregnancy_only(
    owner: User,
    stage: str,
    has_bridge: bool,  # noqa: FBT001
) -> None:
    a_running_plan(owner)

    lists_answered(owner, "RF16", stage=stage)

    asked = {line.exercise for line in training(owner).prescription().lines}
    assert ("bridge" in asked) is has_bridge


def test_two_hands_on_a_support_is_said_on_every_standing_exercise(owner: User, signed_in: Client) -> None:
    everyone_at_the_top(owner)

    lists_answered(owner, "RF19")

    lines = training(owner).prescription().lines
    said = {line.exercise: [reason.key for reason in line.prescribed.reasons] for line in lines}

    for line in lines:
        rung = catalogue().rung(line.exercise, line.prescribed.shown.rung)
        assert ("two_hands" in said[line.exercise]) is rung.is_standing
    assert any(catalogue().rung(x.exercise, x.prescribed.shown.rung).is_standing for x in lines)
    assert "Hold on with both hands when you stand" in text(signed_in.get("/today/"))


def test_of_two_caps_the_lower_counts(owner: User) -> None:
    everyone_at_the_top(owner)

    lists_answered(owner, "RF18", "RF19")

    caps = training(owner).safety.caps
    assert (caps["hip_circle"], caps["short_foot"], caps["bridge"]) == (0, 1, 4)


def test_advice_that_asks_for_no_hold_stands_on_the_plan(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, "RF9b")

    page = text(signed_in.get("/plan/"))

    assert not training(owner).state.is_locked
    assert safety_content().questions["RF9b"].title in page


# --- effects that end ---


def test_a_line_that_was_left_out_comes_back_only_by_hand_and_one_step_easier(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    stood = numbers(training(owner).prescription())["banded_walk"]
    clock.move_to(noon(2))
    lists_answered(owner, "RF19")
    clock.move_to(noon(4))
    lists_answered(owner)
    client = signed_in_as(owner)
    before = {line.exercise for line in training(owner).prescription().lines}
    page = text(client.get("/plan/"))

    client.post("/plan/lines/banded-walk/", {"add": "yes"})

    after = numbers(training(owner).prescription())
    assert "banded_walk" not in before
    assert "Your safety answers of 9 October no longer leave it out." in page
    assert after["banded_walk"] == stood - 1


def test_a_step_above_a_cap_that_ended_is_offered_one_below_where_it_stood(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = a_running_plan(owner)
    lines = (plan.accepted or {})["lines"]
    for line in lines:
        if line["exercise"] == "hip_circle":
            line["rung"] = "fingertips"
    plan.save()
    done_as_shown(begun(owner))
    clock.move_to(noon(2))
    lists_answered(owner, "RF18")
    capped = numbers(training(owner).prescription())["hip_circle"]
    done_as_shown(begun(owner))
    clock.move_to(noon(4))
    lists_answered(owner)
    client = signed_in_as(owner)
    page = text(client.get("/plan/"))
    not_forced = numbers(training(owner).prescription())["hip_circle"]

    client.post("/plan/lines/hip-circle/", {"offer": "yes"})

    assert (capped, not_forced) == (0, 0)
    assert "Your safety answers of 9 October allow more again." in page
    assert numbers(training(owner).prescription())["hip_circle"] == number("hip_circle", "one_hand")


# --- before a workout ---


@pytest.mark.parametrize(
    ("ticked", "locks"),
    [
        ("chest_pain", True),
        ("breathless", True),
        ("RF22", True),
        ("RF21", True),
        ("RF12", True),
        ("SL1", True),
        ("SL2", True),
        ("SL3", False),
    ],
)
def test_what_is_new_today_stops_the_workout_and_leaves_its_slot_open(
    owner: User,
    signed_in: Client,
    ticked: str,
    locks: bool,  # noqa: FBT001
) -> None:
    a_running_plan(owner)

    page = signed_in.post("/workouts/start/unwell/", {"ticked": ticked})

    assert "No workout today" in text(page)
    assert training(owner).state.is_locked is locks
    assert not Workout.objects.exists()
    for lock in training(owner).state.locks:
        record_visit(person=owner, causes=[lock.cause], seen_on=MONDAY, verdict=Verdict.YES)
    slot = training(owner).schedule.slot_for_workout(MONDAY)
    assert slot is not None
    assert slot.number == 1


def test_after_sharp_pain_the_next_workout_is_one_step_easier_once(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    usual = training(owner).prescription()
    signed_in_as(owner).post("/workouts/start/unwell/", {"ticked": "SL3"})
    clock.move_to(noon(2))
    client = signed_in_as(owner)

    client.post("/workouts/start/", {"unwell": "no"})

    workout = Workout.objects.get(local_date=MONDAY + timedelta(days=2))
    assert workout.prescription["lighter"]
    for line in workout.prescription["lines"]:
        exercise = catalogue().exercise(line["exercise"])
        before = next(one for one in usual.lines if one.exercise == exercise.key).prescribed.shown
        shown = type(before).from_json(line["prescribed"]["shown"])
        assert is_higher(exercise, before, shown) or before.rung == exercise.lowest.key
    done_as_shown(workout)
    clock.move_to(noon(4))
    client.post("/workouts/start/", {"unwell": "no"})
    assert not Workout.objects.get(local_date=MONDAY + timedelta(days=4)).prescription["lighter"]
