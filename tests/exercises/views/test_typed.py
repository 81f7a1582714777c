"""Workouts that were done on paper: the sheet, the day they are typed in for, the sets, and notes."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from exercises.actions.workout import finish_workout
from exercises.models import ExerciseLog, SetLog, Workout
from exercises.training import training_of
from tests.builders_training import (
    MONDAY,
    a_running_plan,
    a_set,
    answered,
    begun,
    done_as_shown,
    exercises_of,
    lists_answered,
    noon,
    prescribed,
    signed_in_as,
    standing,
    text,
    typed_as_asked,
    typed_different,
    went,
    workout_url,
)

pytestmark = pytest.mark.usefixtures("clock")


def added(client: Client, on: date) -> Workout:
    """A workout typed in for a day, without its sets yet."""
    response = client.post("/workouts/add/", {"on": on.isoformat()})
    assert response.status_code == 302, text(response)
    day, number = response.headers["Location"].split("/")[2:4]
    return Workout.objects.get(local_date=day, number=int(number))


# --- the day ---


def test_a_workout_of_an_earlier_day_is_asked_as_it_was_then_and_counts_from_now(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    clock.move_to(noon(2))
    client = signed_in_as(owner)

    workout = added(client, MONDAY)
    client.post(workout_url(workout, "typed"), typed_as_asked(workout))

    assert (workout.local_date, workout.slot, workout.finished_at is not None) == (MONDAY, 1, True)
    assert prescribed(workout, "bridge").shown.repetitions == 8
    assert standing(owner, "bridge").repetitions == 9


def test_what_came_later_does_not_shape_what_was_asked_on_an_earlier_day(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(4))
    done_as_shown(begun(owner))
    client = signed_in_as(owner)
    client.post("/plan/lines/bridge/", {"rung": "small_lift"})

    workout = added(client, MONDAY + timedelta(days=2))

    assert prescribed(workout, "bridge").shown.rung == "two_legs"
    assert prescribed(workout, "bridge").shown.repetitions == 9


def test_pain_typed_in_late_lowers_the_next_workout(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    clock.move_to(noon(2))
    done_as_shown(begun(owner))
    clock.move_to(noon(3))
    client = signed_in_as(owner)

    workout = added(client, MONDAY)
    client.post(
        workout_url(workout, "typed"),
        typed_as_asked(workout, **typed_different(workout, "bridge", pain_both="8")),
    )

    assert standing(owner, "bridge").rung == "small_lift"


def test_a_double_tap_on_the_day_is_one_workout(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    begun(owner)

    first, second = added(signed_in, MONDAY), added(signed_in, MONDAY)

    assert first == second
    assert first.number == 2
    assert Workout.objects.count() == 2


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-10-06", "This day has not come yet."),
        ("2026-10-04", "Your plan began on 5 October 2026."),
        ("1026-10-04", "Your plan began on 5 October 2026."),
        ("yesterday", "Write the day as 2026-11-30."),
        ("", "Write the day."),
        ("9" * 100_000, "Write the day as 2026-11-30."),
    ],
)
def test_a_day_that_cannot_be_is_said(owner: User, signed_in: Client, on: str, said: str) -> None:
    a_running_plan(owner)

    response = signed_in.post("/workouts/add/", {"on": on})

    assert response.status_code == 422
    assert said in text(response)
    assert not Workout.objects.exists()


def test_a_day_on_which_the_plan_was_on_hold_is_refused(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    clock.move_to(noon(1))
    lists_answered(owner, "RF6")
    clock.move_to(noon(2))

    response = signed_in_as(owner).post("/workouts/add/", {"on": "2026-10-06"})

    assert response.status_code == 409
    assert "Your plan was on hold on that day" in text(response)
    assert not Workout.objects.exists()


# --- the sets ---


def test_everything_as_asked_is_stored_with_one_choice_an_exercise(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)

    response = signed_in.post(workout_url(workout, "typed"), typed_as_asked(workout))

    page = text(signed_in.get(response.headers["Location"]))
    for exercise in exercises_of(workout):
        shown = prescribed(workout, exercise).shown
        stored = SetLog.objects.filter(workout=workout, exercise=exercise)
        assert {(row.repetitions, row.load_grams) for row in stored} == {
            (shown.repetitions, shown.load_grams)
        }
    assert "One more than last time, because 5 October went well." in page


def test_numbers_that_differ_are_stored_by_side_and_an_empty_one_is_no_set(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)
    differs = typed_different(workout, "banded_walk", reps_right_1="6", reps_left_2="", pain_left="2")

    signed_in.post(workout_url(workout, "typed"), typed_as_asked(workout, **differs))

    stored = SetLog.objects.filter(exercise="banded_walk").values_list("side", "set_number", "repetitions")
    assert set(stored) == {("left", 1, 8), ("right", 1, 6), ("right", 2, 8)}
    answers = ExerciseLog.objects.filter(exercise="banded_walk").values_list("side", "pain")
    assert set(answers) == {("left", 2), ("right", 0)}


def test_the_right_side_may_be_the_same_as_the_left(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)
    differs = typed_different(
        workout, "banded_walk", reps_left_1="5", pain_left="2", same="on", effort_right=""
    )

    signed_in.post(workout_url(workout, "typed"), typed_as_asked(workout, **differs))

    stored = SetLog.objects.filter(exercise="banded_walk", set_number=1).values_list("side", "repetitions")
    answers = ExerciseLog.objects.filter(exercise="banded_walk").values_list("side", "pain")
    assert set(stored) == {("left", 5), ("right", 5)}
    assert set(answers) == {("left", 2), ("right", 2)}


def test_what_is_filled_in_counts_only_where_something_was_typed_different(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)
    hidden = {**typed_different(workout, "bridge", reps_both_1="1", pain_both="9"), "did_bridge": "all"}

    signed_in.post(workout_url(workout, "typed"), typed_as_asked(workout, **hidden))

    log = ExerciseLog.objects.get(exercise="bridge")
    assert (log.effort, log.went_cleanly, log.pain) == ("right", True, 0)
    assert (
        SetLog.objects.get(exercise="bridge", set_number=1).repetitions
        == prescribed(workout, "bridge").shown.repetitions
    )


def test_something_different_in_which_nothing_was_done_is_asked_about(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)
    nothing = typed_different(workout, "banded_walk", reps_left_1="", reps_left_2="", same="on")

    response = signed_in.post(workout_url(workout, "typed"), typed_as_asked(workout, **nothing))

    assert response.status_code == 422
    assert text(response).count("anded walk: write what you did, or choose “Left out”.") == 2
    assert not SetLog.objects.exists()


def test_what_was_left_out_is_stored_nowhere_and_may_be_typed_in_later(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)

    signed_in.post(workout_url(workout, "typed"), typed_as_asked(workout, did_bridge="none"))
    again = text(signed_in.get(workout_url(workout, "typed")))

    assert not SetLog.objects.filter(exercise="bridge").exists()
    assert not ExerciseLog.objects.filter(exercise="bridge").exists()
    assert "Bridge" in again
    assert "Banded walk" not in again


def test_sending_it_twice_stores_it_once(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)
    data = typed_as_asked(workout)

    signed_in.post(workout_url(workout, "typed"), data)
    count = SetLog.objects.count()
    second = signed_in.post(workout_url(workout, "typed"), data)

    assert second.status_code == 302
    assert SetLog.objects.count() == count


def test_what_is_missing_is_asked_for_and_nothing_half_is_stored(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)

    response = signed_in.post(
        workout_url(workout, "typed"),
        typed_as_asked(
            workout, **typed_different(workout, "bridge", pain_both="", effort_both="easy"), did_hip_circle=""
        ),
    )

    page = text(response)
    assert response.status_code == 422
    assert "Error: Type in a workout" in page
    assert 'href="#id_bridge-pain_both_0"' in response.content.decode()
    assert page.count("Bridge: choose a number for pain.") == 2
    assert page.count("Hip circles: choose how it went.") == 2
    assert not SetLog.objects.exists()


def test_an_empty_form_has_one_error_for_each_exercise(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)

    response = signed_in.post(workout_url(workout, "typed"), {"client_key": uuid4()})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"did_{key}" for key in exercises_of(workout)]


@pytest.mark.parametrize("repetitions", ["1000000000", "-1", "8.5", "many", "8" * 10_000])
def test_repetitions_that_cannot_be_are_refused(owner: User, signed_in: Client, repetitions: str) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)

    response = signed_in.post(
        workout_url(workout, "typed"),
        typed_as_asked(workout, **typed_different(workout, "bridge", reps_both_1=repetitions)),
    )

    assert response.status_code == 422
    assert not SetLog.objects.exists()


def test_what_was_saved_in_the_player_is_not_asked_again(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    a_set(workout, "bridge")

    page = text(signed_in.get(workout_url(workout, "typed")))

    assert "Bridge" not in page
    assert "Banded walk" in page


def test_a_stranger_finds_none_of_it(owner: User, stranger: User) -> None:
    a_running_plan(owner)
    workout = begun(owner)

    for page in ("typed", "note"):
        assert signed_in_as(stranger).post(workout_url(workout, page)).status_code == 404


def test_a_workout_in_which_nothing_was_done_is_removed_and_frees_its_place(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    workout = added(signed_in, MONDAY)

    page = text(signed_in.get(workout_url(workout)))
    signed_in.post(workout_url(workout, "remove"))

    now = training_of(owner)
    assert now is not None
    assert "Nothing was done: remove it" in page
    assert now.schedule.week(MONDAY).done == 0
    assert not Workout.objects.exists()


def test_after_a_removal_the_other_workouts_of_the_day_keep_their_addresses_and_another_can_begin(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    signed_in.post("/workouts/start/", {"unwell": "no"})
    signed_in.post("/workouts/2026-10-05/1/finish/")
    signed_in.post("/workouts/start/", {"unwell": "no"})
    signed_in.post("/workouts/2026-10-05/2/finish/")
    signed_in.post("/workouts/2026-10-05/1/remove/")

    again = signed_in.post("/workouts/start/", {"unwell": "no"})

    assert again.headers["Location"].startswith("/workouts/2026-10-05/3/")
    assert signed_in.get("/workouts/2026-10-05/2/").status_code == 200
    assert signed_in.get("/workouts/2026-10-05/").status_code == 404


def test_a_workout_with_a_set_is_not_removed_by_the_button_for_empty_ones(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    a_set(workout, "bridge")

    response = signed_in.post(workout_url(workout, "remove"))

    assert response.status_code == 409
    assert "Something was saved in this workout meanwhile" in text(response)
    assert "Nothing was done: remove it" not in text(signed_in.get(workout_url(workout)))
    assert Workout.objects.exists()


def test_a_workout_is_removed_after_saying_what_goes_with_it(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = done_as_shown(begun(owner))
    leads = signed_in.get(workout_url(workout)).content.decode()
    asked = signed_in.get(workout_url(workout, "remove"))
    seen = re.findall(r'name="seen" value="(\d+)"', asked.content.decode())

    removed = signed_in.post(workout_url(workout, "remove"), {"seen": seen}, follow=True)

    now = training_of(owner)
    assert now is not None
    assert f'href="{workout_url(workout, "remove")}"' in leads
    assert re.search(
        r"the workout of Monday 5 October 2026 with \d+ sets and what you said of them\.", text(asked)
    )
    assert "Removed. Its place in your plan is free again." in text(removed)
    assert removed.redirect_chain == [("/workouts/?month=2026-10", 302)]
    assert now.schedule.week(MONDAY).done == 0
    assert not SetLog.objects.exists()


@pytest.mark.parametrize("seen", ["", "0", "1", "-1", "x", "9" * 30])
def test_a_workout_that_got_another_entry_meanwhile_stays(owner: User, signed_in: Client, seen: str) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    a_set(workout, "bridge")
    a_set(workout, "bridge", set_number=2)

    assert signed_in.post(workout_url(workout, "remove"), {"seen": seen}).status_code == 409
    assert SetLog.objects.count() == 2


def test_a_workout_in_which_something_hurt_too_much_stays(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    a_set(workout, "bridge")
    answered(workout, "bridge", {"both": went(pain=6)})
    finish_workout(workout=workout)

    leads = signed_in.get(workout_url(workout)).content.decode()
    response = signed_in.post(workout_url(workout, "remove"), {"seen": "2"})

    assert "Remove this workout" not in leads
    assert response.status_code == 409
    assert "Something hurt in this workout, so it stays" in text(response)
    assert Workout.objects.exists()


# --- notes ---


def test_a_note_is_kept_and_shown(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = done_as_shown(begun(owner))

    signed_in.post(workout_url(workout, "note"), {"note": "New shoes <b>today</b> 👟"})

    page = signed_in.get(workout_url(workout)).content.decode()
    assert "New shoes &lt;b&gt;today&lt;/b&gt; 👟" in page


def test_a_note_that_is_too_long_is_refused_and_the_old_one_stays(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = done_as_shown(begun(owner))
    signed_in.post(workout_url(workout, "note"), {"note": "short"})

    response = signed_in.post(workout_url(workout, "note"), {"note": "👟" * 25_000})

    workout.refresh_from_db()
    assert response.status_code == 422
    assert "Write at most 2000 characters." in text(response)
    assert workout.note == "short"


# --- the sheet ---


def test_the_sheet_has_a_place_for_every_set_of_every_side(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)

    html = signed_in.get("/workouts/sheet/").content.decode()

    sets = [prescribed(workout, exercise).shown.sets for exercise in exercises_of(workout)]
    assert len(re.findall(r'<th scope="col">Set \d+</th>', html)) == sum(sets) > 0
    assert html.count("<table>") == len(exercises_of(workout))
    assert html.count("<span>As asked</span> <span>Different</span> <span>Left out</span>") == len(sets)
    assert "I could have done: 4 or more, 2 or 3 more, 1 more, no more" in html
    assert html.count('<th scope="col">Band used</th>') == 1
    assert html.count('<th scope="row">Left</th>') == html.count('<th scope="row">Right</th>') > 0
