"""Stopping: an exercise that hurts or is left out, and a whole workout when someone feels unwell."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assessments.actions.safety import record_visit
from assessments.models import SafetyAnswers
from assessments.rules.safety import Verdict
from assessments.rules.safety_content import safety_content
from exercises.actions.workout import finish_workout
from exercises.models import ExerciseLog, Workout
from exercises.rules.catalogue import catalogue
from exercises.training import training_of
from tests.builders_training import (
    MONDAY,
    MONDAY_NOON,
    a_running_plan,
    begun,
    done_as_shown,
    exercises_of,
    field,
    noon,
    prescribed,
    send_all_sets,
    send_as_asked,
    send_how,
    send_next_set,
    sets_url,
    signed_in_as,
    text,
    training,
    typed_as_asked,
    typed_different,
    workout_url,
)

STOP_LIST = safety_content().ticks_of("stop_list")
# One whose tick and question have the same key.
LOCKING = next(
    tick.key
    for tick in STOP_LIST
    if tick.key == tick.question and safety_content().level_of(tick.question).locks_plan
)
NO_WORKOUT = next(
    tick.key for tick in STOP_LIST if safety_content().level_of(tick.question).key == "no_workout_today"
)

HOW_IT_WENT = {"effort": "easy", "clean": "yes", "pain": "0", "revision": ""}


pytestmark = pytest.mark.usefixtures("clock")


def button(client: Client, workout: Workout) -> str:
    """Where the first button of the workout's page leads, or what it does."""
    page = client.get(workout_url(workout)).content.decode().partition("<main")[2]
    found = re.search(r'<a class="button" href="([^"]+)"|<form method="post" action="([^"]+)"', page)
    assert found
    return found[1] or found[2]


def stop(client: Client, workout: Workout, exercise: str, **data: Any) -> Any:
    return client.post(sets_url(workout, exercise, "stop"), data)


def unwell(workout: Workout, *more: str) -> str:
    return workout_url(workout, "unwell", *more)


# --- an exercise is dealt with ---


def test_the_button_does_not_lead_back_to_an_exercise_that_hurt(signed_in: Client, workout: Workout) -> None:
    first, second, *_ = exercises_of(workout)

    stop(signed_in, workout, first)

    assert button(signed_in, workout) == sets_url(workout, second)


def test_a_stop_that_was_answered_too_does_not_lead_back(signed_in: Client, workout: Workout) -> None:
    first, second, *_ = exercises_of(workout)
    stop(signed_in, workout, first)
    send_how(signed_in, workout, first, pain="7")

    assert button(signed_in, workout) == sets_url(workout, second)


def test_the_button_does_not_lead_back_to_an_exercise_of_which_the_rest_was_left_out(
    signed_in: Client, workout: Workout
) -> None:
    first, second, *_ = exercises_of(workout)
    send_next_set(signed_in, workout, first)

    send_how(signed_in, workout, first)

    assert button(signed_in, workout) == sets_url(workout, second)


def test_an_exercise_is_left_out_with_one_tap_and_can_be_done_after_all(
    signed_in: Client, workout: Workout
) -> None:
    first, second, *_ = exercises_of(workout)

    page = signed_in.get(sets_url(workout, first, "how"))
    left = signed_in.post(sets_url(workout, first, "leave"))
    again = signed_in.post(sets_url(workout, first, "leave"))
    without = button(signed_in, workout)
    send_all_sets(signed_in, workout, first)
    with_sets = button(signed_in, workout)
    saved = send_how(signed_in, workout, first)

    assert "Leave it out today" in text(page)
    assert left.headers["Location"] == again.headers["Location"] == sets_url(workout, second)
    assert without == sets_url(workout, second)
    assert with_sets == sets_url(workout, first)
    assert saved.status_code == 302
    assert set(ExerciseLog.objects.values_list("effort", flat=True)) == {"right"}


def test_an_exercise_with_a_set_is_not_left_out_without_saying_how_it_went(
    signed_in: Client, workout: Workout
) -> None:
    first, *_ = exercises_of(workout)
    send_next_set(signed_in, workout, first)

    response = signed_in.post(sets_url(workout, first, "leave"))

    assert response.headers["Location"] == sets_url(workout, first, "how")
    assert not ExerciseLog.objects.exists()


def test_what_was_left_out_can_be_typed_in_later_and_is_no_entry(signed_in: Client, workout: Workout) -> None:
    for exercise in exercises_of(workout):
        signed_in.post(sets_url(workout, exercise, "leave"))
    first = exercises_of(workout)[0]
    typed = dict.fromkeys(typed_as_asked(workout), "none") | {"client_key": uuid4(), f"did_{first}": "all"}
    sides = ExerciseLog.objects.filter(exercise=first).count()

    page = text(signed_in.get(workout_url(workout)))
    response = signed_in.post(workout_url(workout, "typed"), typed)

    assert "Nothing was done: remove it" in page
    assert response.status_code == 302
    assert ExerciseLog.objects.filter(exercise=first, effort="right").count() == sides


def test_a_workout_of_which_everything_was_left_out_can_be_removed(
    signed_in: Client, workout: Workout
) -> None:
    for exercise in exercises_of(workout):
        signed_in.post(sets_url(workout, exercise, "leave"))

    signed_in.post(workout_url(workout, "remove"))

    assert not Workout.objects.exists()


def test_finish_is_the_button_once_every_exercise_is_dealt_with(signed_in: Client, workout: Workout) -> None:
    stopped, *others, left_out = exercises_of(workout)
    for exercise in others:
        send_as_asked(signed_in, workout, exercise)
    stop(signed_in, workout, stopped)
    signed_in.post(sets_url(workout, left_out, "leave"))

    assert button(signed_in, workout) == workout_url(workout, "finish")


def test_the_sheet_of_a_begun_workout_leaves_out_what_is_dealt_with(
    signed_in: Client, workout: Workout
) -> None:
    first, second, *others = exercises_of(workout)
    stop(signed_in, workout, first)
    some = signed_in.get("/workouts/sheet/").content.decode()
    for exercise in (second, *others):
        stop(signed_in, workout, exercise)

    all_stopped = signed_in.get("/workouts/sheet/")

    assert f"{name(first)}</h2>" not in some
    assert f"{name(second)}</h2>" in some
    assert all_stopped.headers["Location"] == workout_url(workout)


def name(exercise: str) -> str:
    return catalogue().exercise(exercise).name


# --- a word of care ---


def test_a_stop_is_answered_with_care_and_a_way_on_without_the_exercise(
    signed_in: Client, workout: Workout
) -> None:
    first, second, *_ = exercises_of(workout)

    response = signed_in.post(sets_url(workout, first, "stop"), follow=True)

    page = response.content.decode()
    assert "enough for today" in text(response)
    assert "Ask a doctor or physiotherapist" in text(response)
    assert f'href="{unwell(workout)}"' in page
    assert f'href="{sets_url(workout, second)}"' in page
    assert f'action="{workout_url(workout, "finish")}"' in page


def test_the_page_the_player_goes_on_to_says_the_word_of_care_after_a_stop_from_its_queue(
    signed_in: Client, workout: Workout
) -> None:
    first, *_ = exercises_of(workout)

    told = signed_in.post(sets_url(workout, first, "stop"), headers={"accept": "application/json"}).json()

    assert "enough for today" in text(signed_in.get(told["next"]))


def test_the_page_of_a_set_holds_the_word_of_care_for_a_stop_without_a_connection(
    signed_in: Client, workout: Workout
) -> None:
    first, *_ = exercises_of(workout)

    page = signed_in.get(sets_url(workout, first)).content.decode()

    kept = re.search(r"<div [^>]*data-care hidden>(.*?)</div>", page, re.DOTALL)
    care = signed_in.post(sets_url(workout, first, "stop"), follow=True).content.decode()
    assert kept
    assert "When to see someone:" in kept[1]
    assert kept[1].strip() in care


@pytest.mark.parametrize(("pain", "cares"), [("5", False), ("6", True), ("10", True)])
def test_pain_of_six_is_answered_with_care_each_time_it_is_saved(
    signed_in: Client,
    workout: Workout,
    pain: str,
    cares: bool,  # noqa: FBT001
) -> None:
    first, second, *_ = exercises_of(workout)
    send_all_sets(signed_in, workout, first)

    saved = [send_how(signed_in, workout, first, pain=pain) for _ in range(2)]

    to = sets_url(workout, first, "how") if cares else sets_url(workout, second)
    assert [response.headers["Location"] for response in saved] == [to, to]
    assert ("enough for today" in text(signed_in.get(sets_url(workout, first, "how")))) is cares


def test_pain_of_six_typed_in_is_answered_with_care(signed_in: Client, workout: Workout) -> None:
    first, *_ = exercises_of(workout)
    hurt = {f"pain_{side}": "8" for side in ("left", "right")}
    typed = typed_as_asked(workout) | typed_different(workout, first, **hurt)

    response = signed_in.post(workout_url(workout, "typed"), typed, follow=True)

    assert "enough for today" in text(response)
    assert "See what you did" in text(response)


def test_the_sets_of_an_exercise_that_was_stopped_are_not_offered_again(
    signed_in: Client, workout: Workout
) -> None:
    first, *_ = exercises_of(workout)
    stop(signed_in, workout, first)

    assert signed_in.get(sets_url(workout, first)).headers["Location"] == sets_url(workout, first, "how")


# --- feeling unwell in the middle of a workout ---


def test_the_player_and_the_workout_offer_to_stop_by_a_plain_link(
    signed_in: Client, workout: Workout
) -> None:
    first, *_ = exercises_of(workout)
    link = f'<a class="hurts" href="{unwell(workout)}">Stop the workout: I feel unwell</a>'

    assert link in signed_in.get(sets_url(workout, first)).content.decode()
    assert link in signed_in.get(workout_url(workout)).content.decode()


def test_a_tick_in_the_middle_counts_as_before_a_workout_and_ends_this_one(
    owner: User, signed_in: Client, workout: Workout
) -> None:
    first, *_ = exercises_of(workout)
    send_next_set(signed_in, workout, first)

    asked = signed_in.get(unwell(workout))
    advice = signed_in.post(unwell(workout), {"ticked": LOCKING})

    workout.refresh_from_db()
    page = text(signed_in.get(workout_url(workout)))
    assert safety_content().lists["stop_list"].title in text(asked)
    assert "Your workout has ended" in text(advice)
    assert " ".join(safety_content().questions[LOCKING].advice.paragraphs[0].split()) in text(advice)
    assert workout.finished_at is not None
    assert workout.sets.count() == 1
    assert [lock.cause for lock in training(owner).state.locks] == [LOCKING]
    assert "Your plan is on hold" in page
    assert "Your plan is on hold" in text(signed_in.get("/today/"))


def test_a_lock_made_in_the_middle_holds_the_plan_from_tomorrow(owner: User, workout: Workout) -> None:
    client = signed_in_as(owner)

    client.post(unwell(workout), {"ticked": LOCKING})

    schedule = training(owner).schedule
    assert not schedule.is_held(MONDAY)
    assert schedule.is_held(MONDAY + timedelta(days=1))


def test_a_tick_that_is_sent_twice_is_one_answer_and_one_end(
    signed_in: Client, workout: Workout, clock: time_machine.Traveller
) -> None:
    signed_in.post(unwell(workout), {"ticked": LOCKING})
    workout.refresh_from_db()
    ended = workout.finished_at
    clock.shift(timedelta(minutes=1))

    again = signed_in.post(unwell(workout), {"ticked": LOCKING})

    workout.refresh_from_db()
    assert again.status_code == 200
    assert workout.finished_at == ended
    assert SafetyAnswers.objects.filter(list_key="stop_list").count() == 1


def test_a_set_that_arrives_after_the_workout_ended_so_is_kept(signed_in: Client, workout: Workout) -> None:
    first, *_ = exercises_of(workout)
    shown = prescribed(workout, first).shown
    side = "both" if "both" in text(signed_in.get(sets_url(workout, first))) else "left"
    signed_in.post(unwell(workout), {"ticked": LOCKING})

    late = signed_in.post(
        sets_url(workout, first),
        {
            "side": side,
            "set_number": 1,
            "client_key": uuid4(),
            "revision": 0,
            "repetitions": shown.repetitions,
        },
        headers={"accept": "application/json"},
    )

    assert late.status_code == 200
    assert workout.sets.count() == 1


def test_after_a_workout_was_ended_for_sharp_pain_the_next_is_a_lighter_one_once(
    owner: User, workout: Workout, clock: time_machine.Traveller
) -> None:
    signed_in_as(owner).post(unwell(workout), {"ticked": NO_WORKOUT})
    clock.move_to(noon(2))
    client = signed_in_as(owner)

    client.post("/workouts/start/", {"unwell": "no"})
    lighter = Workout.objects.get(local_date=MONDAY + timedelta(days=2))
    done_as_shown(lighter)
    clock.move_to(noon(4))
    signed_in_as(owner).post("/workouts/start/", {"unwell": "no"})

    assert not training(owner).state.locks
    assert lighter.prescription["lighter"]
    assert not Workout.objects.get(local_date=MONDAY + timedelta(days=4)).prescription["lighter"]


def test_after_sharp_pain_in_a_workout_that_day_offers_nothing_more_and_the_next_is_lighter(
    owner: User, signed_in: Client, workout: Workout, clock: time_machine.Traveller
) -> None:
    signed_in.post(unwell(workout), {"ticked": NO_WORKOUT})
    clock.shift(timedelta(hours=3))

    begins = signed_in.post("/workouts/start/", {"unwell": "no"})
    today, ended = text(signed_in.get("/today/")), text(signed_in.get(workout_url(workout)))
    set_page = signed_in.get(sets_url(workout, exercises_of(workout)[0]))
    sheet = signed_in.get("/workouts/sheet/")

    assert begins.headers["Location"] == "/today/"
    assert Workout.objects.count() == 1
    assert "No more today What you logged stays. Your next one is lighter." in today
    assert "No more today" in ended
    assert "Do this one" not in ended
    assert set_page.headers["Location"] == workout_url(workout)
    assert sheet.headers["Location"] == "/today/"
    assert 'href="/workouts/sheet/"' not in signed_in.get("/workouts/").content.decode()
    for page in ("/today/", "/plan/"):
        assert "A lighter day, because you do not feel as usual." in text(signed_in.get(page)), page


def test_after_sharp_pain_before_a_workout_it_waits_until_tomorrow(
    owner: User, signed_in: Client, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    signed_in.post("/workouts/start/unwell/", {"ticked": NO_WORKOUT})

    page = signed_in.get("/today/")
    clock.move_to(noon(1))
    tomorrow = signed_in_as(owner).get("/today/")

    assert "No more today The workout waits: you can do it from tomorrow." in text(page)
    assert 'href="/workouts/start/"' not in page.content.decode()
    assert 'href="/workouts/start/"' in tomorrow.content.decode()


def test_under_a_lock_no_page_hands_out_the_workout_and_what_was_done_is_stored(
    signed_in: Client, workout: Workout
) -> None:
    exercise = exercises_of(workout)[0]
    shown = signed_in.get(sets_url(workout, exercise))
    signed_in.post(unwell(workout), {"ticked": "chest_pain"})
    names = ("side", "set_number", "client_key", "revision", "repetitions")

    set_page = signed_in.get(sets_url(workout, exercise))
    sheet = signed_in.get("/workouts/sheet/")
    signed_in.post(sets_url(workout, exercise), {name: field(shown, name) for name in names})

    assert set_page.headers["Location"] == workout_url(workout)
    assert sheet.headers["Location"] == "/safety/"
    assert 'href="/workouts/sheet/"' not in signed_in.get("/workouts/").content.decode()
    assert "Get emergency care now Your plan is on hold until then." in text(
        signed_in.get(workout_url(workout))
    )
    assert workout.sets.count() == 1


def test_an_exercise_stopped_before_its_first_set_is_not_called_left_out(
    signed_in: Client, workout: Workout
) -> None:
    exercise = exercises_of(workout)[0]
    signed_in.post(sets_url(workout, exercise, "stop"), {"side": "left"})

    page = text(signed_in.get(workout_url(workout)))

    assert "You stopped, as it hurt." in page
    assert "Left out" not in page


def test_answers_that_meet_a_stop_of_another_phone_show_it_in_words(
    signed_in: Client, workout: Workout
) -> None:
    exercise = exercises_of(workout)[0]
    signed_in.post(sets_url(workout, exercise, "stop"), {"side": "left"})
    ExerciseLog.objects.update(revision=1)  # stopped after answers that were taken back
    how = {f"{key}_{side}": said for side in ("left", "right") for key, said in HOW_IT_WENT.items()}

    page = signed_in.post(sets_url(workout, exercise, "how"), {**how, "client_key": uuid4()})

    assert page.status_code == 409
    assert "Left: stopped, as it hurt" in text(page)
    assert "pain None" not in text(page)


def test_removing_an_extra_workout_says_nothing_of_a_place_in_the_plan(
    owner: User, signed_in: Client, workout: Workout
) -> None:
    done_as_shown(workout)
    extra = begun(owner)

    removed = signed_in.post(workout_url(extra, "remove"), follow=True)

    assert extra.slot is None
    assert "Removed." in text(removed)
    assert "place in your plan" not in text(removed)


def test_two_removals_before_a_page_is_seen_are_said_once(
    owner: User, signed_in: Client, workout: Workout
) -> None:
    done_as_shown(workout)
    for _ in range(2):
        signed_in.post(workout_url(begun(owner), "remove"))

    page = text(signed_in.get("/workouts/"))

    assert page.count("Removed.") == 1


def test_nothing_ticked_lets_the_person_end_here_or_go_on(signed_in: Client, workout: Workout) -> None:
    response = signed_in.post(unwell(workout), {"ticked": "none"})

    workout.refresh_from_db()
    page = response.content.decode()
    assert workout.finished_at is None
    assert f'action="{workout_url(workout, "finish")}"' in page
    assert f'href="{workout_url(workout)}">Go on with the workout' in page
    assert not SafetyAnswers.objects.filter(list_key="stop_list").exists()


def test_not_sure_explains_each_and_still_not_sure_counts_as_yes(signed_in: Client, workout: Workout) -> None:
    unsure = signed_in.post(unwell(workout), {"ticked": "unsure"})
    answers = {one.key: "unsure" if one.key == LOCKING else "no" for one in STOP_LIST}

    advice = signed_in.post(unwell(workout, "explained"), answers)

    workout.refresh_from_db()
    assert unsure.headers["Location"] == unwell(workout, "explained")
    assert "Your workout has ended" in text(advice)
    assert workout.finished_at is not None


def test_nothing_chosen_is_asked_again_and_ends_nothing(signed_in: Client, workout: Workout) -> None:
    response = signed_in.post(unwell(workout), {})

    workout.refresh_from_db()
    assert response.status_code == 422
    assert workout.finished_at is None


def test_a_finished_workout_can_still_say_that_someone_feels_unwell(
    owner: User, signed_in: Client, workout: Workout
) -> None:
    finish_workout(workout=workout)

    nothing = signed_in.post(unwell(workout), {"ticked": "none"})
    advice = signed_in.post(unwell(workout), {"ticked": LOCKING})

    assert "See what you did" in text(nothing)
    assert "End the workout here" not in text(nothing)
    assert "Your workout has ended" in text(advice)
    assert training(owner).state.is_locked


def test_the_workout_of_yesterday_is_ended_on_its_own_day(
    owner: User, workout: Workout, clock: time_machine.Traveller
) -> None:
    clock.move_to(MONDAY_NOON + timedelta(hours=13))

    signed_in_as(owner).post(unwell(workout), {"ticked": LOCKING})

    workout.refresh_from_db()
    answered = SafetyAnswers.objects.filter(list_key="stop_list").get()
    assert workout.finished_at is not None
    assert workout.local_date == MONDAY
    assert answered.local_date == MONDAY + timedelta(days=1)


def test_nobody_ends_the_workout_of_someone_else(stranger: User, workout: Workout) -> None:
    client = signed_in_as(stranger)

    responses = [
        client.get(unwell(workout)),
        client.post(unwell(workout), {"ticked": LOCKING}),
        client.post(unwell(workout, "explained"), {"ticked": LOCKING}),
        client.post(sets_url(workout, exercises_of(workout)[0], "leave")),
    ]

    workout.refresh_from_db()
    assert [response.status_code for response in responses] == [404, 404, 404, 404]
    assert workout.finished_at is None
    assert not ExerciseLog.objects.exists()


def test_a_lock_from_elsewhere_leaves_a_begun_workout_only_to_be_finished(
    owner: User, signed_in: Client, workout: Workout
) -> None:
    signed_in.post("/safety/right-now/", {"ticked": "RF1"})

    page = text(signed_in.get(workout_url(workout)))

    assert "This workout ends here" in page
    assert "Your plan is on hold" in page
    assert button(signed_in, workout) == workout_url(workout, "finish")
    assert "Go to" not in page


def test_once_someone_has_looked_the_plan_goes_on_and_the_ended_workout_says_nothing_of_a_hold(
    owner: User, signed_in: Client, workout: Workout, clock: time_machine.Traveller
) -> None:
    signed_in.post(unwell(workout), {"ticked": LOCKING})
    clock.shift(timedelta(hours=2))
    record_visit(person=owner, causes=[LOCKING], seen_on=MONDAY, verdict=Verdict.YES)

    now = training_of(owner)

    assert now is not None
    assert not now.state.is_locked
    assert "Your plan is on hold" not in text(signed_in.get(workout_url(workout)))
