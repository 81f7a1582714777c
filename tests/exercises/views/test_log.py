"""The log of an exercise: one tap where all went as asked, a short form where something was different."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from exercises.actions.log import leave_out, stop_exercise
from exercises.actions.workout import finish_workout
from exercises.models import ExerciseLog, SetLog, Workout
from tests.builders_training import (
    a_set,
    answered,
    exercises_of,
    field,
    owns,
    prescribed,
    send_all_sets,
    send_as_asked,
    send_how,
    send_next_set,
    sets_url,
    text,
    went,
    workout_url,
)

SIDE_LYING = "side_lying_abduction"


pytestmark = pytest.mark.usefixtures("clock")


def log_page(client: Client, workout: Workout, exercise: str = SIDE_LYING) -> str:
    html: str = client.get(sets_url(workout, exercise, "how")).content.decode()
    return html


def one_tap(html: str) -> str | None:
    """What the one tap says, None where it is not offered."""
    found = re.search(r"data-counted=[^>]*>([^<]*)<", html)
    return " ".join(found[1].split()) if found else None


def as_json(client: Client, workout: Workout, exercise: str, **data: Any) -> Any:
    address = sets_url(workout, exercise, "how")
    return client.post(address, {"client_key": uuid4(), **data}, headers={"accept": "application/json"})


# --- when the one tap is offered, and what it says ---


def test_counted_sets_on_two_sides_are_all_sides_as_asked(signed_in: Client, workout: Workout) -> None:
    send_all_sets(signed_in, workout, SIDE_LYING)

    page = log_page(signed_in, workout)

    assert one_tap(page) == "All sides as asked"
    assert "clean, no pain, just right" in page
    assert "Just right: you could have done 2 or 3 more." in page
    assert not re.search(r"<details class=\"differ\" open", page)


def test_counted_sets_of_both_sides_at_once_are_as_asked(signed_in: Client, workout: Workout) -> None:
    send_all_sets(signed_in, workout, "bridge")

    assert one_tap(log_page(signed_in, workout, "bridge")) == "As asked"


@pytest.mark.parametrize("done", [0, 1])
def test_where_nobody_counted_it_says_all_sets(signed_in: Client, workout: Workout, done: int) -> None:
    for _ in range(done):
        send_next_set(signed_in, workout, SIDE_LYING)

    assert one_tap(log_page(signed_in, workout)) == "All sets as asked"


@pytest.mark.parametrize(
    "different",
    [
        lambda workout: a_set(workout, repetitions=7),
        lambda workout: a_set(workout, repetitions=9),
        lambda workout: stop_exercise(workout=workout, exercise="bridge", sides=("both",)),
        lambda workout: answered(workout, "bridge", {"both": went()}),
    ],
    ids=["fewer", "more", "stopped", "said already"],
)
def test_it_is_not_offered_where_something_differs_was_stopped_or_said(
    signed_in: Client, workout: Workout, different: Any
) -> None:
    different(workout)

    assert one_tap(log_page(signed_in, workout, "bridge")) is None


def test_another_band_differs_and_a_lighter_one_is_no_success(
    owner: User, signed_in: Client, workout: Workout
) -> None:
    owns(owner, "wall_or_chair", "stick", "bag_or_bottles", "band_light", "band_medium")
    line = next(line for line in workout.prescription["lines"] if line["exercise"] == "banded_walk")
    for dose in ("shown", "standing"):
        line["prescribed"][dose]["band"] = "band_medium"
    workout.save()
    send_all_sets(signed_in, workout, "banded_walk")

    page = log_page(signed_in, workout, "banded_walk")
    assert one_tap(page)
    assert "A light band" not in page
    assert re.search(r'<option value="band_medium" selected>a medium band', page)
    send_how(signed_in, workout, "banded_walk", band="band_light")

    assert set(SetLog.objects.values_list("band", flat=True)) == {"band_light"}
    assert "The same again" in text(signed_in.get(workout_url(workout)))


# --- what it writes ---


def test_one_tap_stores_the_whole_exercise_and_leads_to_the_next(signed_in: Client, workout: Workout) -> None:
    first, second, *_ = exercises_of(workout)
    shown = prescribed(workout, first).shown

    response = send_as_asked(signed_in, workout, first)

    assert response.headers["Location"] == sets_url(workout, second)
    assert SetLog.objects.count() == 2 * shown.sets
    assert {(row.effort, row.went_cleanly, row.pain) for row in ExerciseLog.objects.all()} == {
        ("right", True, 0)
    }


def test_one_tap_sent_twice_is_stored_once(signed_in: Client, workout: Workout) -> None:
    key = uuid4()

    answers = [send_as_asked(signed_in, workout, "bridge", client_key=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert SetLog.objects.count() == prescribed(workout, "bridge").shown.sets
    assert ExerciseLog.objects.get().revision == 1


def test_a_whole_workout_of_one_tap_each_ends_by_itself_and_leads_on(
    signed_in: Client, workout: Workout
) -> None:
    exercises = exercises_of(workout)

    ways = [send_as_asked(signed_in, workout, exercise).headers["Location"] for exercise in exercises]

    workout.refresh_from_db()
    assert ways == [*(sets_url(workout, exercise) for exercise in exercises[1:]), workout_url(workout)]
    assert workout.finished_at is not None
    assert "One more than last time" in text(signed_in.get(workout_url(workout)))


def test_what_was_passed_over_comes_after_the_last(signed_in: Client, workout: Workout) -> None:
    first, *_, last = exercises_of(workout)

    response = send_as_asked(signed_in, workout, last)

    workout.refresh_from_db()
    assert response.headers["Location"] == sets_url(workout, first)
    assert workout.finished_at is None


def test_one_tap_over_a_set_of_another_phone_shows_both_and_stores_nothing(
    signed_in: Client, workout: Workout
) -> None:
    key = field(signed_in.get(sets_url(workout, "bridge", "how")), "client_key")
    a_set(workout, repetitions=5)

    page = signed_in.post(sets_url(workout, "bridge", "how"), {"as_asked": "1", "client_key": key})

    assert page.status_code == 409
    assert "Two different answers" in text(page)
    assert one_tap(page.content.decode()) is None
    assert SetLog.objects.get().repetitions == 5


@pytest.mark.parametrize("key", ["", "not-a-key"])
def test_one_tap_that_lost_its_key_says_so_and_can_be_sent_again(
    signed_in: Client, workout: Workout, key: str
) -> None:
    response = send_as_asked(signed_in, workout, "bridge", client_key=key)
    again = send_as_asked(signed_in, workout, "bridge", client_key=field(response, "client_key"))

    assert response.status_code == 422
    assert "Send it once more." in text(response)
    assert again.status_code == 302


# --- the short form ---


def test_the_short_form_starts_with_the_sets_and_judges_nothing_before_the_person(
    signed_in: Client, workout: Workout
) -> None:
    asked = str(prescribed(workout, "bridge").shown.repetitions)
    not_counted = log_page(signed_in, workout, "bridge")
    send_next_set(signed_in, workout, "bridge", repetitions="5")
    begun_only = log_page(signed_in, workout, "bridge")

    def sets(page: str) -> list[str]:
        return re.findall(r'name="reps_both_\d"(?: value="(\d+)")?', page)

    assert sets(not_counted) == [asked] * len(sets(not_counted))
    assert sets(begun_only) == ["5", *[""] * (len(sets(begun_only)) - 1)]
    assert " checked" not in not_counted + begun_only


def test_the_words_of_the_form_name_the_side_and_what_more_was_possible(
    signed_in: Client, workout: Workout
) -> None:
    page = text(signed_in.get(sets_url(workout, SIDE_LYING, "how")))

    for side in ("Left", "Right"):
        assert f"{side}: I could have done 4 or more 2 or 3 more 1 more no more" in page
        assert f"{side}: was each one clean? Yes No" in page
        assert f"{side}: pain, from 0 none to 10 the worst" in page


def test_the_short_form_changes_sets_takes_away_what_was_not_done_and_leads_on(
    signed_in: Client, workout: Workout
) -> None:
    first, second, *_ = exercises_of(workout)
    send_all_sets(signed_in, workout, first)

    response = send_how(signed_in, workout, first, reps_left_1="4", reps_right_2="", effort_right="hard")

    sets = {(row.side, row.set_number): row.repetitions for row in SetLog.objects.all()}
    assert response.headers["Location"] == sets_url(workout, second)
    assert sets[("left", 1)] == 4
    assert ("right", 2) not in sets
    assert {row.side: row.effort for row in ExerciseLog.objects.all()} == {"left": "right", "right": "hard"}


def test_the_same_as_on_the_left_wins_over_whatever_stands_on_the_right(
    signed_in: Client, workout: Workout
) -> None:
    send_how(
        signed_in,
        workout,
        SIDE_LYING,
        same="on",
        reps_left_1="4",
        effort_left="hard",
        clean_left="no",
        pain_left="2",
        reps_right_1="1000",
        effort_right="",
        clean_right="",
        pain_right="99",
    )

    left, right = ExerciseLog.objects.order_by("side")
    assert (left.effort, left.went_cleanly, left.pain) == ("hard", False, 2)
    assert (right.effort, right.went_cleanly, right.pain) == ("hard", False, 2)
    assert [row.repetitions for row in SetLog.objects.filter(set_number=1)] == [4, 4]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reps_left_1": "1000"}, "Left: set 1: write at most 200."),
        ({"reps_left_1": "many"}, "Left: set 1: write a whole number."),
        ({"reps_left_1": "-1"}, "Left: set 1: repetitions cannot be fewer than 0."),
        ({"effort_left": ""}, "Choose how many more you could have done on the left."),
        ({"clean_right": "perhaps"}, "Choose whether each one was clean on the right."),
        ({"pain_right": "11"}, "Choose a number for pain on the right."),
        ({"client_key": "x"}, "The page was not sent whole"),
    ],
)
def test_bad_input_is_answered_in_words_and_keeps_what_was_typed(
    signed_in: Client, workout: Workout, wrong: dict[str, str], said: str
) -> None:
    response = send_how(signed_in, workout, SIDE_LYING, **{"reps_right_1": "3", **wrong})

    page = response.content.decode()
    assert response.status_code == 422
    assert said in text(response)
    assert re.search(r'name="reps_right_1" value="3"', page)
    assert '<details class="differ" open>' in page
    assert not SetLog.objects.exists()
    assert not ExerciseLog.objects.exists()


def test_a_weight_is_asked_once_and_sets_keep_their_own_until_it_is_changed(
    owner: User, signed_in: Client, workout: Workout
) -> None:
    owns(owner, "wall_or_chair", "stick", "bag_or_bottles", "band_light")
    line = next(line for line in workout.prescription["lines"] if line["exercise"] == "deadlift")
    for dose in ("shown", "standing"):
        line["prescribed"][dose] |= {"rung": "bag_to_knee", "load_grams": 4_000, "sets": 2}
    workout.save()
    a_set(workout, "deadlift", rung="bag_to_knee", load_grams=2_000)
    a_set(workout, "deadlift", set_number=2, rung="bag_to_knee", load_grams=4_000)

    send_how(signed_in, workout, "deadlift", load_grams="4000", reps_both_1="7")
    kept = list(SetLog.objects.values_list("repetitions", "load_grams"))
    send_how(signed_in, workout, "deadlift", load_grams="6000")

    assert kept == [(7, 2_000), (8, 4_000)]
    assert set(SetLog.objects.values_list("load_grams", flat=True)) == {6_000}


def test_answers_are_changed_after_the_workout_and_lead_back_to_it(
    signed_in: Client, workout: Workout
) -> None:
    for exercise in exercises_of(workout):
        send_as_asked(signed_in, workout, exercise)

    page = log_page(signed_in, workout)
    response = send_how(signed_in, workout, SIDE_LYING, effort="easy")

    assert '<details class="differ" open>' in page
    assert page.count(" checked") == 6
    assert response.headers["Location"] == workout_url(workout)
    assert set(ExerciseLog.objects.filter(exercise=SIDE_LYING).values_list("effort", flat=True)) == {"easy"}


def test_what_was_left_out_can_still_be_told_by_one_tap(signed_in: Client, workout: Workout) -> None:
    leave_out(workout=workout, exercise="bridge", sides=("both",))

    page = log_page(signed_in, workout, "bridge")
    send_as_asked(signed_in, workout, "bridge")

    assert "You left it out of this workout." in page
    assert ExerciseLog.objects.get().effort == "right"


# --- from the queue ---


def test_the_queue_is_told_where_it_goes_on(signed_in: Client, workout: Workout) -> None:
    first, second, *_ = exercises_of(workout)

    told = as_json(signed_in, workout, first, as_asked="1")
    stopped = signed_in.post(sets_url(workout, second, "stop"), headers={"accept": "application/json"})

    assert told.json() == {"stored": {}, "next": sets_url(workout, second)}
    assert stopped.json()["next"] == sets_url(workout, second, "how")


def test_the_queue_is_told_both_and_may_insist(signed_in: Client, workout: Workout) -> None:
    a_set(workout, repetitions=5)
    asked = prescribed(workout, "bridge").shown

    conflict = as_json(signed_in, workout, "bridge", as_asked="1")
    told = conflict.json()
    insisted = as_json(signed_in, workout, "bridge", as_asked="1", revision=told["stored"]["revision"])

    done = " and ".join([str(asked.repetitions)] * asked.sets)
    assert conflict.status_code == 409
    assert told["words"] == {
        "stored": "5 repetitions",
        "sent": f"{done} repetitions, could have done 2 or 3 more, clean, pain 0",
    }
    assert insisted.status_code == 200
    assert SetLog.objects.get(set_number=1).repetitions == asked.repetitions


def test_what_cannot_be_is_told_the_queue_in_words(signed_in: Client, workout: Workout) -> None:
    told = as_json(signed_in, workout, "bridge", reps_both_1="1000", effort_both="right", pain_both="0")

    assert told.status_code == 422
    assert told.json()["errors"] == ["Set 1: write at most 200.", "Choose whether each one was clean."]


def test_sets_that_the_page_sent_itself_are_corrected_by_its_log(signed_in: Client, workout: Workout) -> None:
    page = signed_in.get(sets_url(workout, "bridge", "how"))
    own = a_set(workout, repetitions=9)
    how = {"effort_both": "right", "clean_both": "yes", "pain_both": "0", "reps_both_1": "7"}
    state = re.findall(r'name="revision" value="(\w+)"', page.content.decode())[-1]

    others = as_json(signed_in, workout, "bridge", revision=state, **how)
    told = as_json(signed_in, workout, "bridge", revision=state, keys=f"x {own.client_key}", **how)

    assert (others.status_code, told.status_code) == (409, 200)
    assert SetLog.objects.get(set_number=1).repetitions == 7


def test_a_log_that_arrives_after_the_workout_has_ended_is_kept(signed_in: Client, workout: Workout) -> None:
    finish_workout(workout=workout)

    told = as_json(signed_in, workout, "bridge", as_asked="1")

    assert told.json()["next"] == workout_url(workout)
    assert SetLog.objects.exists()


def test_the_queries_of_one_tap_do_not_grow_with_the_sets(signed_in: Client, workout: Workout) -> None:
    counts = []
    for exercise in ("bridge", SIDE_LYING):
        line = next(line for line in workout.prescription["lines"] if line["exercise"] == exercise)
        line["prescribed"]["shown"]["sets"] = 3
        workout.save()
        key = field(signed_in.get(sets_url(workout, exercise, "how")), "client_key")
        with CaptureQueriesContext(connection) as queries:
            signed_in.post(sets_url(workout, exercise, "how"), {"as_asked": "1", "client_key": key})
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 20
