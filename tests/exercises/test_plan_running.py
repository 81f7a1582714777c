"""A running plan: its lines, steps to try, questions, minutes, and the plan after it."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from assessments.actions.safety import record_visit
from assessments.rules.safety import Verdict
from exercises.actions.plan import answer_draft, decide, end_plan
from exercises.actions.workout import finish_workout
from exercises.drafting import where_it_ended
from exercises.models import ExerciseLog, Plan, PlanChange, PlanDecision, PlanStatus, Workout
from exercises.rows import lines_of
from exercises.rules.catalogue import catalogue
from exercises.rules.idiom import KILOGRAMS
from exercises.rules.wording import because
from exercises.training import shown_line
from tests.builders_training import (
    MONDAY,
    THINGS,
    a_draft,
    a_finished_check,
    a_running_plan,
    accepted,
    answered,
    begun,
    done_as_shown,
    exercises_of,
    lists_answered,
    noon,
    owns,
    prescribed,
    signed_in_as,
    standing,
    text,
    training,
    went,
)
from tests.world import counted

EVERYTHING = [*catalogue().equipment]


pytestmark = pytest.mark.usefixtures("clock")


def planned(person: User) -> list[str]:
    now = training(person)
    return [line.exercise for line in now.lines_on(now.changes_count_from)]


def change(client: Client, exercise: str, **data: str) -> str:
    """Press a button of a line's page; what the plan says afterwards."""
    response = client.post(f"/plan/lines/{exercise}/", data)
    assert response.status_code == 302, text(response)
    return text(client.get("/plan/"))


# --- lines ---


def test_a_line_is_taken_out_and_added_again_and_the_page_says_by_whom_and_when(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)

    without = change(signed_in, "banded-walk", remove="yes")
    gone = "banded_walk" not in planned(owner)
    again = change(signed_in, "banded-walk", add="yes")

    assert gone
    assert "You took it out on 5 October." in without
    assert "banded_walk" in planned(owner)
    assert "You added it on 5 October." in again


def test_an_offered_exercise_is_added_where_a_plan_would_start_it(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    change(signed_in, "short-foot", add="yes")

    assert standing(owner, "short_foot").rung == "sitting"
    assert "short_foot" in exercises_of(begun(owner))


def test_a_line_taken_out_goes_on_where_it_stood_when_it_is_added_again(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(2))
    client = signed_in_as(owner)
    before = standing(owner, "bridge")

    change(client, "bridge", remove="yes")
    change(client, "bridge", add="yes")

    assert before.repetitions == 9
    assert standing(owner, "bridge") == before


def test_a_double_tap_on_take_out_is_one_change(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    change(signed_in, "bridge", remove="yes")
    second = signed_in.post("/plan/lines/bridge/", {"remove": "yes"})

    assert second.status_code == 409
    assert "Bridge is not in your plan. Add it first." in text(second)
    assert PlanChange.objects.count() == 1


def test_the_last_line_cannot_be_taken_out(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    for exercise in planned(owner)[1:]:
        change(signed_in, exercise.replace("_", "-"), remove="yes")

    last = planned(owner)[0].replace("_", "-")
    response = signed_in.post(f"/plan/lines/{last}/", {"remove": "yes"})

    assert response.status_code == 409
    assert "A plan needs at least one exercise." in text(response)
    assert len(planned(owner)) == 1


def test_a_change_after_todays_workout_counts_from_tomorrow_and_leaves_today_alone(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    asked = exercises_of(workout)

    change(signed_in, "bridge", remove="yes")

    workout.refresh_from_db()
    now = training(owner)
    assert exercises_of(workout) == asked
    assert "bridge" in [line.exercise for line in now.lines_on(MONDAY)]
    assert "bridge" not in planned(owner)
    assert PlanChange.objects.get().counts_from == MONDAY + timedelta(days=1)


def test_an_exercise_that_safety_leaves_out_cannot_be_added_to_a_running_plan(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner, "RF19")

    page = signed_in.get("/plan/lines/banded-walk/")
    sent = signed_in.post("/plan/lines/banded-walk/", {"add": "yes"})

    assert "Banded walk cannot be added, as you are unsteady on one leg, or fell." in text(page)
    assert sent.status_code == 409
    assert not PlanChange.objects.exists()


def test_an_exercise_without_its_equipment_cannot_be_added_and_says_what_is_missing(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner, things=[])

    response = signed_in.post("/plan/lines/deadlift/", {"add": "yes"})

    assert response.status_code == 409
    assert "To do it you need" in text(response)


# --- steps by hand ---


def test_a_step_chosen_by_hand_is_asked_for_in_the_next_workout_only_until_it_is_done(
    owner: User, signed_in: Client, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)

    page = change(signed_in, "bridge", rung="small_lift")
    workout = done_as_shown(begun(owner))
    clock.move_to(noon(2))

    assert "You chose this step: " in page
    assert prescribed(workout, "bridge").shown.rung == "small_lift"
    assert (standing(owner, "bridge").rung, standing(owner, "bridge").repetitions) == ("small_lift", 7)


def test_of_two_choices_before_a_workout_the_last_one_counts(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    change(signed_in, "bridge", rung="small_lift")
    change(signed_in, "bridge", rung="two_legs_two_sets")

    assert standing(owner, "bridge").rung == "two_legs_two_sets"


@pytest.mark.parametrize("rung", ["one_leg", "hip_thrust", "handstand", ""])
def test_a_step_out_of_reach_is_refused_in_words(owner: User, signed_in: Client, rung: str) -> None:
    a_running_plan(owner)

    response = signed_in.post("/plan/lines/bridge/", {"rung": rung})

    assert response.status_code == 409
    assert "Choose a lower step, or the one just above your own." in text(response)
    assert not PlanChange.objects.exists()


def test_a_capped_step_is_refused_and_the_ladder_says_why(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, "RF18")

    page = text(signed_in.get("/plan/lines/hip-circle/"))
    response = signed_in.post("/plan/lines/hip-circle/", {"rung": "two_hands"})

    assert "For now it goes up to this step, as the outer side of your hip hurts: " in page
    assert "Not now, as the outer side of your hip hurts." in page
    assert response.status_code == 409


def test_a_step_whose_equipment_is_missing_is_refused_and_the_ladder_names_it(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner, things=["wall_or_chair"])

    page = text(signed_in.get("/plan/lines/banded-walk/"))
    response = signed_in.post("/plan/lines/banded-walk/", {"rung": "band_at_knees_upright"})

    assert "You need a light band or a medium band." in page
    assert response.status_code == 409


def test_new_equipment_opens_steps_of_a_running_plan(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, things=["wall_or_chair"])
    owns(owner, "wall_or_chair", "band_light")

    change(signed_in, "banded-walk", rung="band_at_knees_upright")

    assert standing(owner, "banded_walk").rung == "band_at_knees_upright"


def test_equipment_that_is_gone_lowers_a_running_plan_with_the_reason(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    owns(owner, "wall_or_chair")

    page = text(signed_in.get("/plan/"))

    assert standing(owner, "banded_walk").rung == "no_band"
    assert "Lower, with what you own now." in page


# --- steps that are offered, and questions ---


def test_with_limits_a_step_up_is_offered_and_opens_only_by_a_tap(
    owner: User, clock: time_machine.Traveller
) -> None:
    lists_answered(owner, "RF6")
    record_visit(person=owner, causes=["RF6"], seen_on=MONDAY, verdict=Verdict.WITH_LIMITS)
    accepted(owner, a_draft(owner))
    for day in (0, 2, 4, 7, 9, 11):
        clock.move_to(noon(day))
        done_as_shown(begun(owner))
    clock.move_to(noon(14))
    client = signed_in_as(owner)
    before = standing(owner, "bridge")
    page = text(client.get("/plan/"))

    after = change(client, "bridge", offer="yes")

    assert (before.rung, before.sets, before.repetitions) == ("small_lift", 2, 6)
    assert "You can try the next step: Bridge on two legs" in page
    assert "You were told to train with limits" in text(client.get("/plan/lines/bridge/"))
    assert standing(owner, "bridge").rung == "two_legs"
    assert "You chose this step" in after


def test_an_offer_that_is_not_made_cannot_be_taken(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    response = signed_in.post("/plan/lines/bridge/", {"offer": "yes"})

    assert response.status_code == 409
    assert "It is not offered now." in text(response)


def hip_circle_before_its_question(
    person: User, clock: time_machine.Traveller, *, with_limits: bool = False
) -> Client:
    """A plan in which hip circles have been at the top of the step before the question twice."""
    lists_answered(person, *(["RF6"] if with_limits else []))
    if with_limits:
        record_visit(person=person, causes=["RF6"], seen_on=MONDAY, verdict=Verdict.WITH_LIMITS)
    draft = a_draft(person)
    draft.answers["changes"] = []
    draft.save()
    accepted(person, draft)
    plan = Plan.objects.get(status=PlanStatus.ACTIVE)
    accepted_lines = plan.accepted or {}
    for line in accepted_lines["lines"]:
        if line["exercise"] == "hip_circle":
            line["rung"] = "fingertips"
    plan.save()
    for day in (0, 2, 4, 7, 9, 11):
        clock.move_to(noon(day))
        done_as_shown(begun(person))
    clock.move_to(noon(14))
    return signed_in_as(person)


def test_a_question_is_asked_before_its_step_and_a_yes_opens_it(
    owner: User, clock: time_machine.Traveller
) -> None:
    client = hip_circle_before_its_question(owner, clock)
    asked = text(client.get("/plan/lines/hip-circle/"))
    before = standing(owner, "hip_circle").rung

    change(client, "hip-circle", gate="yes")

    assert "Can you stand on each leg for 20 seconds, beside a wall?" in asked
    assert before == "fingertips"
    assert standing(owner, "hip_circle").rung == "no_support"


def test_with_limits_the_question_comes_first_and_a_yes_only_offers_the_step(
    owner: User, clock: time_machine.Traveller
) -> None:
    client = hip_circle_before_its_question(owner, clock, with_limits=True)

    unasked = client.post("/plan/lines/hip-circle/", {"offer": "yes"})
    asked = text(client.get("/plan/lines/hip-circle/"))
    change(client, "hip-circle", gate="yes")
    answered = standing(owner, "hip_circle").rung
    change(client, "hip-circle", offer="yes")

    assert unasked.status_code == 409
    assert "Can you stand on each leg for 20 seconds, beside a wall?" in asked
    assert answered == "fingertips"
    assert standing(owner, "hip_circle").rung == "no_support"


def test_with_limits_a_countable_check_answers_the_question_and_the_tap_stands(
    owner: User, clock: time_machine.Traveller
) -> None:
    client = hip_circle_before_its_question(owner, clock, with_limits=True)
    counted(owner, a_finished_check(owner), "one_leg_stance", left=20, right=45)

    change(client, "hip-circle", offer="yes")

    assert standing(owner, "hip_circle").rung == "no_support"


def test_a_no_keeps_the_step_and_the_question_waits(owner: User, clock: time_machine.Traveller) -> None:
    client = hip_circle_before_its_question(owner, clock)

    change(client, "hip-circle", gate="no")
    again = client.post("/plan/lines/hip-circle/", {"gate": "yes"})

    assert standing(owner, "hip_circle").rung == "fingertips"
    assert again.status_code == 409
    assert "Can you stand on each leg" not in text(client.get("/plan/lines/hip-circle/"))


def test_a_countable_check_answers_the_question_by_itself(owner: User, clock: time_machine.Traveller) -> None:
    hip_circle_before_its_question(owner, clock)
    check = a_finished_check(owner)

    counted(owner, check, "one_leg_stance", left=19, right=45)
    too_short = standing(owner, "hip_circle").rung
    counted(owner, check, "one_leg_stance", left=20, right=45)

    assert too_short == "fingertips"
    assert standing(owner, "hip_circle").rung == "no_support"


def test_a_question_is_not_passed_by_choosing_the_step_by_hand(
    owner: User, clock: time_machine.Traveller
) -> None:
    client = hip_circle_before_its_question(owner, clock)

    response = client.post("/plan/lines/hip-circle/", {"rung": "no_support"})

    assert response.status_code == 409


@pytest.mark.parametrize(
    ("exercise", "any_day"), [("short-foot", True), ("bridge", False), ("small-squat", False)]
)
def test_an_extra_may_be_done_on_any_other_day(
    owner: User,
    signed_in: Client,
    exercise: str,
    any_day: bool,  # noqa: FBT001
) -> None:
    a_running_plan(owner)
    signed_in.post(f"/plan/lines/{exercise}/", {"add": "yes"})

    page = text(signed_in.get(f"/plan/lines/{exercise}/"))

    assert ("You may do it on any other day as well. It never counts as missed." in page) is any_day


# --- minutes ---


TEN = ["side_lying_abduction", "banded_walk", "bridge"]


def to_ten_minutes(client: Client) -> None:
    """Chosen, looked at, saved."""
    client.post("/plan/minutes/", {"minutes": "10", "stay": TEN})


def test_fewer_minutes_make_the_next_workouts_shorter(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, minutes=30)
    long = training(owner).prescription().seconds

    to_ten_minutes(signed_in)

    assert training(owner).prescription().seconds <= 600 < long


def test_what_is_left_out_is_said_with_the_true_reason_while_the_workout_is_short(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner, minutes=30)
    change(signed_in_as(owner), "short-foot", add="yes")
    signed_in_as(owner).post(
        "/plan/minutes/", {"minutes": "10", "stay": ["side_lying_abduction", "bridge", "short_foot"]}
    )
    done_as_shown(begun(owner))
    clock.move_to(noon(2))

    page = text(signed_in_as(owner).get("/today/"))

    assert "2 exercises, about 4 minutes" in page
    assert "Left out today, as it does not fit in 10 minutes: Short foot" in page
    assert "It comes first next time." in page


def test_ten_minutes_say_which_lines_stay_before_they_are_saved(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, minutes=30)
    change(signed_in, "march", add="yes")

    looked = signed_in.post("/plan/minutes/", {"minutes": "10"})
    before = planned(owner)
    saved = signed_in.post("/plan/minutes/", {"minutes": "10", "stay": TEN}, follow=True)

    stays, rests = text(looked).split("These rest")
    assert [name in stays for name in ("Side-lying leg lift", "Bridge", "Banded walk")] == [True] * 3
    assert [name in rests for name in ("Deadlift", "Hip circles", "Knee lift")] == [True] * 3
    assert len(before) == 6
    assert planned(owner) == TEN
    assert "From today on a workout may take about 10 minutes." in text(saved)
    assert "It rests while a workout takes about 10 minutes, and comes back with more." in text(saved)


def test_what_stays_is_shown_again_when_the_plan_has_changed_meanwhile(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner, minutes=30)
    change(signed_in, "banded-walk", remove="yes")
    change(signed_in, "march", add="yes")

    sent = signed_in.post("/plan/minutes/", {"minutes": "10", "stay": TEN})

    assert "With about 10 minutes these stay" in text(sent)
    assert not PlanChange.objects.filter(kind=PlanDecision.MINUTES).exists()


def test_what_rested_comes_back_where_it_stood_with_more_minutes(
    owner: User, signed_in: Client, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner, minutes=30)
    before = planned(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(1))
    to_ten_minutes(signed_in_as(owner))
    clock.move_to(noon(3))
    short = exercises_of(begun(owner))
    clock.move_to(noon(4))

    page = text(signed_in_as(owner).post("/plan/minutes/", {"minutes": "20"}, follow=True))

    assert set(short) <= set(TEN)
    assert "Back in your plan: Deadlift, Hip circles." in page
    assert planned(owner) == before
    assert standing(owner, "hip_circle").repetitions == 9


def test_ten_minutes_leave_a_begun_workout_as_it_is(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, minutes=30)
    workout = begun(owner)
    before = exercises_of(workout)

    to_ten_minutes(signed_in)

    workout.refresh_from_db()
    assert exercises_of(workout) == before
    assert len(training(owner).lines_on(MONDAY)) == 5
    assert planned(owner) == TEN


def test_a_line_added_by_hand_stays_with_ten_minutes(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, minutes=30)
    to_ten_minutes(signed_in)

    change(signed_in, "hip-circle", add="yes")

    assert planned(owner) == [*TEN, "hip_circle"]


def test_ten_minutes_chosen_under_version_2_keep_every_line_until_chosen_again(
    owner: User, signed_in: Client
) -> None:
    plan = a_running_plan(owner, minutes=30)
    details = {"minutes": 10}
    decide(plan=plan, kind=PlanDecision.MINUTES, details=details, counts_from=MONDAY, today=MONDAY)
    before = planned(owner)

    to_ten_minutes(signed_in)

    assert len(before) == 5
    assert planned(owner) == TEN


def test_a_plan_made_for_ten_minutes_gets_its_other_lines_with_more(owner: User, signed_in: Client) -> None:
    a_running_plan(owner, minutes=10)
    short = planned(owner)

    signed_in.post("/plan/minutes/", {"minutes": "30"})

    assert short == TEN
    assert planned(owner) == [*TEN, "deadlift", "hip_circle"]


def test_a_line_that_rested_goes_on_in_the_next_plan(
    owner: User, signed_in: Client, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner, minutes=30)
    done_as_shown(begun(owner))
    to_ten_minutes(signed_in)
    clock.move_to(noon(2))

    ended = where_it_ended(owner, noon(2).date())

    assert ended.rungs["hip_circle"] == "two_hands"


def test_no_more_than_three_lines_take_turns_in_ten_minutes(
    owner: User, signed_in: Client, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner, minutes=30)
    to_ten_minutes(signed_in)
    seen: Counter[str] = Counter()

    for on in (0, 2, 4, 7, 9, 11):
        clock.move_to(noon(on))
        workout = begun(owner)
        done_as_shown(workout)
        seen.update(exercises_of(workout))

    assert set(seen) == set(TEN)
    assert min(seen.values()) >= 3


@pytest.mark.parametrize("minutes", ["7", "", "-10", "10000000000"])
def test_minutes_that_cannot_be_chosen_are_refused(owner: User, signed_in: Client, minutes: str) -> None:
    a_running_plan(owner)

    response = signed_in.post("/plan/minutes/", {"minutes": minutes})

    assert response.status_code == 422
    assert not PlanChange.objects.exists()


def test_preview_plan_and_today_say_the_same_minutes(owner: User, signed_in: Client) -> None:
    lists_answered(owner)
    a_draft(owner, minutes=10)
    changes = [{"kind": "add", "exercise": key, "rung": None} for key in catalogue().exercises]
    answer_draft(person=owner, step="changes", answers=changes)

    preview = text(signed_in.get("/plan/new/preview/"))
    signed_in.post("/plan/new/preview/")
    plan, today = (text(signed_in.get(page)) for page in ("/plan/", "/today/"))

    said = [
        re.findall(pattern, page)
        for page, pattern in (
            (preview, r"About (\d+) minutes at first"),
            (plan, r"About (\d+) minutes next time, at most 10"),
            (today, r"about (\d+) minutes"),
        )
    ]
    assert said[0] == said[1] == said[2] != []


# --- time away ---


@pytest.mark.parametrize(("days", "asked"), [(9, False), (10, True), (27, True), (28, True)])
def test_after_ten_days_away_a_gentle_start_is_offered(
    owner: User,
    clock: time_machine.Traveller,
    days: int,
    asked: bool,  # noqa: FBT001
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(days))
    lists_answered(owner)

    page = text(signed_in_as(owner).get("/workouts/start/"))

    assert ("You have been away for a while." in page) is asked


def test_a_gentle_start_is_lighter_and_only_when_it_is_taken(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(14))
    lists_answered(owner)
    client = signed_in_as(owner)
    before = standing(owner, "banded_walk")

    unanswered = client.post("/workouts/start/", {"unwell": "no"})
    client.post("/workouts/start/", {"unwell": "no", "restart": "gently"})

    workout = Workout.objects.get(local_date=MONDAY + timedelta(days=14))
    shown = prescribed(workout, "banded_walk").shown
    assert unanswered.status_code == 422
    assert shown.sets == before.sets - 1
    assert "A gentle start after your break." in text(client.get(f"/workouts/{workout.local_date}/"))


def test_a_gentle_start_is_kept_while_one_says_what_is_new_today(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(14))
    lists_answered(owner)
    client = signed_in_as(owner)

    led = client.post("/workouts/start/", {"unwell": "yes", "restart": "gently"})
    client.post(led.headers["Location"], {"ticked": "none"})

    workout = Workout.objects.get(local_date=MONDAY + timedelta(days=14))
    reasons = [reason.key for reason in prescribed(workout, "banded_walk").reasons]
    assert prescribed(workout, "banded_walk").standing.sets == 1
    assert "lighter_day" in reasons


# --- the next plan, and plans that are over ---


def test_the_next_plan_goes_on_where_the_last_one_stands(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(2))
    lists_answered(owner)
    client = signed_in_as(owner)
    before = {exercise: standing(owner, exercise) for exercise in planned(owner)}
    client.post("/plan/new/")
    days = {"weekdays": ["2", "4"], "start": "2026-10-07", "time_zone": "UTC"}
    client.post("/plan/new/things/", {"owned": THINGS, "revision": "1"})
    client.post("/plan/new/days/", days)
    client.post("/plan/new/time/", {"minutes": "30", "over_65": "no", "trained": "no"})
    preview = text(client.get("/plan/new/preview/"))
    ahead = text(client.get("/plan/new/ahead/"))

    client.post("/plan/new/preview/")

    for exercise, dose in before.items():
        in_words = shown_line(exercise, dose, (), KILOGRAMS)["dose"]
        assert in_words in preview
        assert in_words in ahead
    assert "It goes on where your last plan ended." in preview
    assert "the plan you have now ends today" in preview
    assert {exercise: standing(owner, exercise) for exercise in before} == before
    assert sorted(plan.status for plan in Plan.objects.all()) == ["active", "ended"]


def test_the_preview_of_the_next_plan_reads_easy_as_the_plan_will(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    ExerciseLog.objects.update(effort="easy")
    clock.move_to(noon(2))
    lists_answered(owner)
    a_draft(owner, start=MONDAY + timedelta(days=2))
    client = signed_in_as(owner)
    preview = text(client.get("/plan/new/preview/"))

    client.post("/plan/new/preview/")

    now = standing(owner, "banded_walk")
    assert now.repetitions == 10
    assert shown_line("banded_walk", now, (), KILOGRAMS)["dose"] in preview.split("Banded walk")[1]


def test_after_a_long_break_the_next_plan_starts_one_step_lower_and_says_so(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    end_plan(person=owner, today=MONDAY)
    clock.move_to(noon(40))
    lists_answered(owner)
    a_draft(owner)
    client = signed_in_as(owner)

    page = text(client.get("/plan/new/preview/"))
    client.post("/plan/new/preview/")

    assert "one step below where your last plan ended, after your long break." in page
    assert standing(owner, "bridge").rung == "small_lift"


def test_a_hold_lasts_into_the_next_plan_however_long_the_break(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    for day in (0, 2):
        clock.move_to(noon(day))
        workout = begun(owner)
        answers = {"both": went(pain=8)}
        answered(workout, "bridge", answers)
        finish_workout(workout=workout)
    end_plan(person=owner, today=MONDAY + timedelta(days=2))
    clock.move_to(noon(80))
    lists_answered(owner)
    a_draft(owner)
    client = signed_in_as(owner)
    preview = text(client.get("/plan/new/preview/"))

    client.post("/plan/new/preview/")

    now = training(owner)
    line = now.line("bridge")
    assert line is not None
    assert "It is still on hold." in preview
    assert now.target(line).on_hold
    assert "It is still on hold." not in text(client.get("/plan/"))


@pytest.mark.parametrize("page", ["/plan/", "/plan/lines/bridge/", "/today/"])
def test_a_hold_is_said_once_on_every_page(owner: User, clock: time_machine.Traveller, page: str) -> None:
    a_running_plan(owner)
    for day in (0, 2):
        clock.move_to(noon(day))
        workout = begun(owner)
        answered(workout, "bridge", {"both": went(pain=8)})
        finish_workout(workout=workout)

    shown = text(signed_in_as(owner).get(page))

    assert shown.count("On hold since 7 October") == 1
    assert "pain of 8" not in shown
    assert shown.count("look first") == 0


def test_having_been_seen_in_one_plan_still_counts_in_the_next(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    for day in (0, 2):
        clock.move_to(noon(day))
        workout = begun(owner)
        answered(workout, "bridge", {"both": went(pain=8)})
        finish_workout(workout=workout)
    clock.move_to(noon(4))
    client = signed_in_as(owner)
    client.post("/plan/seen/bridge/", {"seen_on": "2026-10-09", "verdict": "yes"})
    lists_answered(owner)

    accepted(owner, a_draft(owner, start=MONDAY + timedelta(days=4)))

    now = training(owner)
    line = now.line("bridge")
    assert line is not None
    assert not now.target(line).on_hold


def test_an_ended_plan_stays_readable_with_its_lines_weeks_and_workouts(
    owner: User, signed_in: Client
) -> None:
    plan = a_running_plan(owner)
    done_as_shown(begun(owner))
    end_plan(person=owner, today=MONDAY)

    past = text(signed_in.get("/plan/past/"))
    page = text(signed_in.get(f"/plan/past/{plan.pk}/"))

    assert "5 October 2026 to 5 October 2026" in past
    assert "Banded walk" in page
    assert "1 of 3 done" in page
    assert "Monday 5 October 2026" in page


def test_an_ended_plan_with_a_key_that_left_the_content_stays_readable(
    owner: User, signed_in: Client
) -> None:
    plan = a_running_plan(owner)
    end_plan(person=owner, today=MONDAY)
    plan.refresh_from_db()
    lines = (plan.accepted or {})["lines"]
    lines[0]["exercise"], lines[1]["rung"] = "handstand", "on_one_finger"
    plan.save()

    page = signed_in.get(f"/plan/past/{plan.pk}/")

    assert page.status_code == 200
    assert "1 exercise that is no longer offered" in text(page)
    assert "a step that is no longer offered" in text(page)


def test_the_plan_of_someone_else_is_not_found(owner: User, stranger: User) -> None:
    plan = a_running_plan(owner)
    end_plan(person=owner, today=MONDAY)

    assert signed_in_as(stranger).get(f"/plan/past/{plan.pk}/").status_code == 404


# --- the page ---


def test_the_plan_shows_every_week_of_the_block(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(3))

    page = text(signed_in_as(owner).get("/plan/"))

    assert "Monday: done" in page
    assert "Wednesday: planned, not done" in page
    assert "Friday: planned" in page
    assert "Week 1, from 5 October: 1 of 3 done, 1 to come" in page
    assert [f"Week {number}, from" in page for number in range(1, 14)] == [True] * 12 + [False]
    assert page.count("look again on") == 3
    assert page.count("lighter if you did most of the three weeks before") == 2


def test_a_plan_begun_under_version_2_keeps_its_lines_and_its_lighter_week(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = a_running_plan(owner)
    before = [line.exercise for line in lines_of(plan)][::-1]
    plan.accepted = {**(plan.accepted or {}), "lines": (plan.accepted or {})["lines"][::-1]}
    plan.save()
    for on in (0, 2, 4, 7, 9, 11, 14, 16, 18, 21, 23, 25):
        clock.move_to(noon(on))
        done_as_shown(begun(owner))
    for workout in Workout.objects.filter(local_date__gte=noon(21).date()):
        workout.prescription["lighter"] = True
        for line in workout.prescription["lines"]:
            line["prescribed"]["reasons"].append(because("lighter_week").as_json())
        workout.save()
    clock.move_to(noon(28))

    now = training(owner)
    weeks = now.schedule.block(now.today)

    assert [line.exercise for line in now.lines_on(now.today)] == before
    assert [week.number for week in weeks if week.lighter] == [4]
    assert [week.number for week in weeks if week.may_be_lighter] == [9]
    assert not now.prescription().lighter
    assert text(signed_in_as(owner).get("/plan/")).count("a lighter week") == 1


def test_the_plan_says_what_opens_the_next_step_of_each_line(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    page = text(signed_in.get("/plan/"))

    assert "It opens after 12 clean repetitions, 2 times in a row." in page


def test_a_newer_check_is_offered_for_the_next_plan(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    clock.move_to(noon(28))
    a_finished_check(owner)

    page = text(signed_in_as(owner).get("/plan/"))

    assert "You looked again on 2 November" in page
    assert "Make a plan from this check" in page


def test_decisions_that_name_keys_which_left_the_content_break_no_page(
    owner: User, signed_in: Client
) -> None:
    plan = a_running_plan(owner)
    gone: list[tuple[PlanDecision, dict[str, Any]]] = [
        (PlanDecision.ADD, {"exercise": "handstand", "rung": "wall", "fresh": False}),
        (PlanDecision.ADD, {"exercise": "march", "rung": "on_stilts", "fresh": False}),
        (PlanDecision.RUNG, {"exercise": "bridge", "rung": "on_one_finger", "load_grams": None}),
        (PlanDecision.GATE, {"exercise": "bridge", "rung": "on_one_finger", "yes": True}),
        (PlanDecision.REMOVE, {"exercise": "cartwheel"}),
    ]
    for kind, details in gone:
        decide(plan=plan, kind=kind, details=details, counts_from=MONDAY, today=MONDAY)

    for page in ("/plan/", "/plan/ahead/", "/plan/lines/bridge/", "/plan/lines/march/", "/today/"):
        assert signed_in.get(page).status_code == 200, page

    assert standing(owner, "march").rung == "sitting"
    assert standing(owner, "bridge").rung == "two_legs"
    assert "handstand" not in exercises_of(begun(owner))


def test_no_change_is_dated_before_the_day_it_is_made(owner: User) -> None:
    plan = a_running_plan(owner)

    with pytest.raises(IntegrityError, match="no_change_of_the_past"):
        decide(
            plan=plan,
            kind=PlanDecision.MINUTES,
            details={"minutes": 10},
            counts_from=MONDAY - timedelta(days=1),
            today=MONDAY,
        )


def test_a_person_who_reads_pounds_meets_no_kilogram_on_their_pages(
    owner: User, signed_in: Client, clock: time_machine.Traveller
) -> None:
    owner.weight_unit = "lb"
    owner.save()
    a_running_plan(owner, things=EVERYTHING, weights=(4_536, 9_072))
    plan = Plan.objects.get()
    for line in (plan.accepted or {})["lines"]:
        if line["exercise"] == "deadlift":
            line["rung"] = "bag_to_knee"
    plan.save()
    workout = begun(owner)
    addresses = ("/plan/", "/today/", "/plan/ahead/", "/plan/lines/deadlift/", "/settings/")
    sets = f"/workouts/{workout.local_date}/1/deadlift/"

    pages = [
        text(signed_in.get(address)) for address in (*addresses, f"/workouts/{workout.local_date}/", sets)
    ]

    for page in pages:
        assert not re.search(r"\d kg\b", page), page
    assert "with 4.4 lb" in pages[0]
    assert "10 lb" in pages[-1]
