"""Pages of Today and of a workout, as a phone asks for them."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessments.models import SafetyAnswers
from exercises.actions.log import stop_exercise
from exercises.actions.plan import end_plan
from exercises.actions.workout import finish_workout
from exercises.models import ExerciseLog, PlanChange, SetLog, Workout
from exercises.rules.values import Dose
from tests.builders_training import (
    LOW_ARCHES,
    MONDAY,
    MONDAY_NOON,
    NEWLY_FLAT,
    a_finished_check,
    a_running_plan,
    a_set,
    begun,
    done_as_shown,
    exercises_of,
    field,
    lists_answered,
    noon,
    past_workouts,
    prescribed,
    send_all_sets,
    send_as_asked,
    send_how,
    send_next_set,
    sets_url,
    signed_in_as,
    text,
    workout_url,
)
from tests.html import squeezed

pytestmark = pytest.mark.usefixtures("clock")


def a_payload(**changes: Any) -> dict[str, Any]:
    """One set of the bridge as its page sends it."""
    payload = {"side": "both", "set_number": 1, "client_key": uuid4(), "revision": 0, "repetitions": 8}
    return {**payload, **changes}


# --- the whole of it ---


def test_a_whole_workout_leads_to_higher_targets_with_their_reason(
    signed_in: Client, workout: Workout
) -> None:
    for exercise in exercises_of(workout):
        send_all_sets(signed_in, workout, exercise)
        assert send_how(signed_in, workout, exercise).status_code == 302
    signed_in.post(workout_url(workout, "finish"))

    page = text(signed_in.get(workout_url(workout)))

    workout.refresh_from_db()
    assert workout.finished_at is not None
    assert "Next time" in page
    assert "One more than last time, because 5 October went well." in page
    following = _next_dose(signed_in, workout, "bridge")
    assert following.repetitions == prescribed(workout, "bridge").shown.repetitions + 1


def test_a_workout_that_is_done_says_how_long_what_went_up_and_from_what_and_what_is_next(
    signed_in: Client, workout: Workout, clock: time_machine.Traveller
) -> None:
    first = exercises_of(workout)[0]
    for exercise in exercises_of(workout):
        clock.shift(timedelta(minutes=5))
        if exercise == first:
            send_all_sets(signed_in, workout, exercise)
            send_how(signed_in, workout, exercise, effort="hard", clean="no")
        else:
            send_as_asked(signed_in, workout, exercise)

    html = signed_in.get(workout_url(workout)).content.decode()

    page = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    minutes, sets = 5 * len(exercises_of(workout)), SetLog.objects.count()
    assert f"Done: {minutes} minutes, {sets} sets" in page
    assert "1 of 3 this week. Next: Wednesday 7 October." in page
    assert '<li class="done" aria-current="date">' in html
    assert re.search(r"\w+ go up on Wednesday", page)
    bridge = prescribed(workout, "bridge").shown
    assert re.search(rf"Bridge .*{bridge.repetitions} .*{bridge.repetitions + 1} ", page.split("go up")[1])
    assert "The same again, because 5 October" in page
    asked = f"{bridge.repetitions}"
    assert re.search(rf"Asked and done .*Bridge Change : Bridge .*{asked} {asked} ", page)
    assert "Left: could have done 1 more, not clean, pain 0" in page or "1 more, not clean, pain 0" in page
    assert "Where nothing is said, it was just right, clean and without pain." in page


def test_what_hurt_leads_to_when_to_see_someone_when_the_workout_is_done(
    signed_in: Client, workout: Workout
) -> None:
    send_how(signed_in, workout, "bridge", pain=6)
    signed_in.post(workout_url(workout, "finish"))

    html = signed_in.get(workout_url(workout)).content.decode()

    assert f'<a href="{sets_url(workout, "bridge", "how")}">It hurt: when to see someone' in html


def _next_dose(client: Client, workout: Workout, exercise: str) -> Dose:
    """What the next workout, begun on the same day, asks for."""
    finish_workout(workout=workout)
    client.post("/workouts/start/", {"unwell": "no"})
    following = Workout.objects.exclude(pk=workout.pk).get()
    return prescribed(following, exercise).standing


def test_both_sides_are_asked_in_turn(signed_in: Client, workout: Workout) -> None:
    places = send_all_sets(signed_in, workout, "side_lying_abduction")

    sets = prescribed(workout, "side_lying_abduction").shown.sets
    assert places == [(side, number) for number in range(1, sets + 1) for side in ("left", "right")]
    assert SetLog.objects.count() == len(places)


def test_after_the_last_set_comes_how_it_went(signed_in: Client, workout: Workout) -> None:
    send_all_sets(signed_in, workout, "bridge")

    response = signed_in.get(sets_url(workout, "bridge"))

    assert response.headers["Location"] == sets_url(workout, "bridge", "how")


def test_how_it_went_is_asked_for_each_side_and_422_keeps_what_was_chosen(
    signed_in: Client, workout: Workout
) -> None:
    address = sets_url(workout, "side_lying_abduction", "how")

    response = signed_in.post(address, {"effort_left": "hard", "pain_left": "11"})

    page = text(response)
    assert response.status_code == 422
    assert "Choose a number for pain on the left." in page
    assert "Choose how many more you could have done on the right." in page
    assert re.search(r'name="effort_left" value="hard"[^>]* checked', response.content.decode())
    assert not ExerciseLog.objects.exists()


# --- what the next target becomes ---


def test_pain_of_six_leads_to_a_lower_target(signed_in: Client, workout: Workout) -> None:
    send_all_sets(signed_in, workout, "bridge")
    send_how(signed_in, workout, "bridge", pain="6")

    page = text(signed_in.get(workout_url(workout)))

    before = prescribed(workout, "bridge").standing
    after = _next_dose(signed_in, workout, "bridge")
    assert "because you felt pain of 6 on 5 October" in page
    assert (after.rung, after.sets, after.repetitions) < (before.rung, before.sets, before.repetitions)


def test_fewer_repetitions_repeat_the_target(signed_in: Client, workout: Workout) -> None:
    shown = prescribed(workout, "bridge").shown
    send_all_sets(signed_in, workout, "bridge", repetitions=shown.repetitions - 1)
    send_how(signed_in, workout, "bridge")

    page = text(signed_in.get(workout_url(workout)))

    assert "The same again, because 5 October was a little less than the target" in page
    assert _next_dose(signed_in, workout, "bridge") == prescribed(workout, "bridge").standing


def test_this_hurts_is_kept_at_once_and_lowers_the_target(signed_in: Client, workout: Workout) -> None:
    response = signed_in.post(sets_url(workout, "bridge", "stop"), {"side": "both"})

    assert response.headers["Location"] == sets_url(workout, "bridge", "how")
    assert ExerciseLog.objects.get().stopped
    assert "it hurt on 5 October and you stopped" in text(signed_in.get(workout_url(workout)))
    assert _next_dose(signed_in, workout, "bridge").rung == "small_lift"


def test_this_hurts_stays_when_the_answers_follow(signed_in: Client, workout: Workout) -> None:
    signed_in.post(sets_url(workout, "side_lying_abduction", "stop"), {"side": "right"})

    send_how(signed_in, workout, "side_lying_abduction", pain="2")

    assert {row.side: row.stopped for row in ExerciseLog.objects.all()} == {"left": False, "right": True}


def test_an_exercise_that_is_not_finished_changes_nothing(signed_in: Client, workout: Workout) -> None:
    send_next_set(signed_in, workout, "side_lying_abduction")
    send_how(signed_in, workout, "side_lying_abduction")

    after = _next_dose(signed_in, workout, "side_lying_abduction")

    assert after == prescribed(workout, "side_lying_abduction").standing


# --- one set ---


def test_a_set_that_is_sent_twice_is_stored_once(signed_in: Client, workout: Workout) -> None:
    sent = a_payload()

    answers = [signed_in.post(sets_url(workout, "bridge"), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert SetLog.objects.count() == 1


def test_other_values_in_the_same_place_show_both_and_the_person_decides(
    signed_in: Client, workout: Workout
) -> None:
    signed_in.post(sets_url(workout, "bridge"), a_payload(repetitions=8))

    conflict = signed_in.post(sets_url(workout, "bridge"), a_payload(repetitions=5))

    assert conflict.status_code == 409
    assert "Stored 8 repetitions Just sent 5 repetitions" in text(conflict)
    assert SetLog.objects.get().repetitions == 8
    names = ("side", "set_number", "revision", "client_key", "repetitions")
    taken = signed_in.post(
        sets_url(workout, "bridge", "both", 1), {name: field(conflict, name) for name in names}
    )
    assert taken.status_code == 302
    assert (SetLog.objects.get().repetitions, SetLog.objects.get().revision) == (5, 2)


@pytest.mark.parametrize("typed", ["8", " 8 ", "８", "08"])
def test_eight_is_eight_however_a_keyboard_writes_it(signed_in: Client, workout: Workout, typed: str) -> None:
    response = signed_in.post(sets_url(workout, "bridge"), a_payload(repetitions=typed))

    assert response.status_code == 302
    assert SetLog.objects.get().repetitions == 8


def test_equal_values_from_another_phone_are_no_conflict(signed_in: Client, workout: Workout) -> None:
    signed_in.post(sets_url(workout, "bridge"), a_payload())

    answer = signed_in.post(sets_url(workout, "bridge"), a_payload())

    assert answer.headers["Location"] == sets_url(workout, "bridge")
    assert SetLog.objects.get().revision == 1


def test_a_conflict_shows_every_value_that_differs(signed_in: Client, workout: Workout) -> None:
    shown = prescribed(workout, "bridge").shown
    a_set(
        workout,
        repetitions=9,
        hold_seconds=shown.hold_seconds + 1,
        load_grams=4_000,
        band="band_light",
    )

    page = text(signed_in.post(sets_url(workout, "bridge"), a_payload()))
    told = sent(signed_in, workout, client_key=uuid4()).json()["words"]

    seconds = shown.hold_seconds
    assert (
        told["stored"] == f"9 repetitions, hold {seconds + 1} second{'s' * (seconds > 0)}, 4 kg, a light band"
    )
    assert told["sent"] == f"8 repetitions, hold {seconds} seconds, no weight, no band"
    assert f"Keep what is stored: {told['stored']}" in page
    assert f"Take what was just sent: {told['sent']}" in page


def test_a_conflict_shows_nothing_on_which_both_agree(signed_in: Client, workout: Workout) -> None:
    shown = prescribed(workout, "bridge").shown
    a_set(workout, hold_seconds=shown.hold_seconds, load_grams=4_000)

    told = sent(signed_in, workout, client_key=uuid4()).json()["words"]

    assert told == {"stored": "4 kg", "sent": "no weight"}


def test_a_key_used_again_for_another_place_is_refused_and_the_page_gets_a_new_one(
    signed_in: Client, workout: Workout
) -> None:
    address = sets_url(workout, "side_lying_abduction")
    left = a_payload(side="left")
    signed_in.post(address, left)
    right = {**left, "side": "right"}

    page = signed_in.post(address, right)
    told = signed_in.post(address, right, headers={"Accept": "application/json"})
    again = signed_in.post(address, {**right, "client_key": field(page, "client_key")})

    assert (page.status_code, told.status_code, again.status_code) == (422, 422, 302)
    assert "already used for another set" in text(page)
    assert "already used for another set" in told.json()["errors"][0]
    assert sorted(SetLog.objects.values_list("side", flat=True)) == ["left", "right"]


def test_a_second_tap_on_the_page_that_follows_logs_no_second_set(
    signed_in: Client, workout: Workout, clock: time_machine.Traveller
) -> None:
    address = sets_url(workout, "side_lying_abduction")
    names = ("side", "set_number", "client_key", "revision", "repetitions", "shown_at")

    def tap(after: float) -> Any:
        page = signed_in.get(address)
        clock.shift(after)
        return signed_in.post(address, {name: field(page, name) for name in names})

    answers = [tap(20), tap(0.2), tap(1.5)]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert sorted(SetLog.objects.values_list("side", "set_number")) == [("left", 1), ("right", 1)]


def test_a_second_tap_is_said_to_be_the_same(signed_in: Client, workout: Workout) -> None:
    address = sets_url(workout, "bridge")
    shown_at = field(signed_in.get(address), "shown_at")

    page = signed_in.post(address, a_payload(shown_at=shown_at), follow=True)

    assert "so it was taken as the same tap." in text(page)
    assert not SetLog.objects.exists()


def test_a_stored_set_is_changed_and_an_old_page_conflicts(signed_in: Client, workout: Workout) -> None:
    signed_in.post(sets_url(workout, "bridge"), a_payload())
    address = sets_url(workout, "bridge", "both", 1)

    changed = signed_in.post(address, a_payload(repetitions=9, revision=1))
    old = signed_in.post(address, a_payload(repetitions=7, revision=1))

    assert changed.headers["Location"] == workout_url(workout)
    assert old.status_code == 409
    assert SetLog.objects.get().repetitions == 9


def test_a_workout_that_is_only_begun_counts_nowhere_yet(signed_in: Client, workout: Workout) -> None:
    before = text(signed_in.get("/today/"))
    done_as_shown(workout)
    after = text(signed_in.get("/today/"))

    assert "Carry on" in before
    assert re.findall(r"\d of \d this week", before) == ["0 of 3 this week"]
    assert "not finished" not in before
    assert "1 of 3 this week" in after


def test_two_phones_that_disagree_on_how_it_went_show_both_and_sending_again_decides(
    signed_in: Client, workout: Workout
) -> None:
    address = sets_url(workout, "bridge", "how")
    from_here = {"effort_both": "hard", "clean_both": "yes", "pain_both": "2", "client_key": uuid4()}
    signed_in.post(address, {**from_here, "effort_both": "easy", "client_key": uuid4()})

    both = signed_in.post(address, from_here)

    assert both.status_code == 409
    assert "could have done 4 or more, clean, pain 2" in text(both)
    assert ExerciseLog.objects.get().effort == "easy"
    again = signed_in.post(address, {**from_here, "revision": field(both, "revision")})
    assert again.status_code == 302
    assert ExerciseLog.objects.get().effort == "hard"


@pytest.mark.parametrize("typed", ["10000", "-1", "abc", "", "7.5", "1e1", "0x8", "８.5", "８e1"])
def test_repetitions_that_cannot_be_are_answered_with_the_page(
    signed_in: Client, workout: Workout, typed: str
) -> None:
    response = signed_in.post(sets_url(workout, "bridge"), a_payload(repetitions=typed))

    html = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in html
    assert not typed or f'value="{typed}"' in html
    assert not SetLog.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"side": "middle"}, {"side": "left"}, {"set_number": "19"}, {"set_number": "99"}]
)
def test_a_place_that_the_workout_does_not_have_is_refused(
    signed_in: Client, workout: Workout, wrong: dict[str, str]
) -> None:
    response = signed_in.post(sets_url(workout, "bridge"), a_payload(**wrong, repetitions=6))

    assert response.status_code == 422
    assert "There is a problem" in text(response)
    assert field(response, "repetitions") == "6"
    assert not SetLog.objects.exists()


@pytest.mark.parametrize("key", ["", "not-a-key"])
def test_a_page_that_lost_its_key_says_so_and_can_be_sent_again(
    signed_in: Client, workout: Workout, key: str
) -> None:
    sent = a_payload(client_key=key, repetitions=6)

    response = signed_in.post(sets_url(workout, "bridge"), sent)
    again = signed_in.post(sets_url(workout, "bridge"), {**sent, "client_key": field(response, "client_key")})

    assert response.status_code == 422
    assert "Send it once more." in text(response)
    assert again.status_code == 302
    assert SetLog.objects.get().repetitions == 6


def test_a_finished_workout_takes_a_late_set(signed_in: Client, workout: Workout) -> None:
    finish_workout(workout=workout)
    end_plan(person=workout.person, today=MONDAY)

    response = signed_in.post(sets_url(workout, "bridge"), a_payload())

    assert response.status_code == 302
    assert SetLog.objects.count() == 1


# --- taken away ---


def test_a_set_is_taken_away_and_its_place_is_next_again(signed_in: Client, workout: Workout) -> None:
    send_next_set(signed_in, workout, "side_lying_abduction")
    send_next_set(signed_in, workout, "side_lying_abduction")
    first = SetLog.objects.get(side="left", set_number=1)

    taken = signed_in.post(
        sets_url(workout, "side_lying_abduction", "left", 1, "remove"), {"client_key": first.client_key}
    )

    following = signed_in.get(taken.headers["Location"])
    assert SetLog.objects.get().side == "right"
    assert "Taken away: left, set 1." in text(following)
    assert (field(following, "side"), field(following, "set_number")) == ("left", "1")


def test_taking_away_twice_is_once(signed_in: Client, workout: Workout) -> None:
    stored = a_set(workout)
    address, key = sets_url(workout, "bridge", "both", 1, "remove"), {"client_key": stored.client_key}

    answers = [signed_in.post(address, key, headers={"Accept": "application/json"}) for _ in range(2)]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"removed": True})] * 2
    assert not SetLog.objects.exists()


@pytest.mark.parametrize("key", ["", "not-a-key", "7a4b9dd8-6a3c-4ad8-9f39-d6b1f8f7e1aa"])
def test_a_set_that_was_done_anew_meanwhile_is_not_taken_away(
    signed_in: Client, workout: Workout, key: str
) -> None:
    a_set(workout)
    address = sets_url(workout, "bridge", "both", 1, "remove")

    page = signed_in.post(address, {"client_key": key})
    told = signed_in.post(address, {"client_key": key}, headers={"Accept": "application/json"})

    assert (page.status_code, told.status_code) == (409, 422)
    assert "saved anew on another phone or tab" in text(page)
    assert "saved anew on another phone or tab" in told.json()["errors"][0]
    assert SetLog.objects.count() == 1


def test_a_set_that_an_equal_one_stands_for_is_taken_away_by_the_key_in_the_answer(
    signed_in: Client, workout: Workout
) -> None:
    sent(signed_in, workout, client_key=uuid4())
    equal = sent(signed_in, workout, client_key=uuid4()).json()["stored"]

    taken = signed_in.post(
        sets_url(workout, "bridge", "both", 1, "remove"),
        {"client_key": equal["client_key"]},
        headers={"Accept": "application/json"},
    )

    assert taken.json() == {"removed": True}
    assert not SetLog.objects.exists()


@pytest.mark.parametrize("was_stored", [True, False])
def test_a_set_that_arrives_after_it_was_taken_away_stays_away(
    signed_in: Client, workout: Workout, *, was_stored: bool
) -> None:
    key = uuid4()
    if was_stored:
        sent(signed_in, workout, client_key=key)
    signed_in.post(sets_url(workout, "bridge", "both", 1, "remove"), {"client_key": key})

    late = sent(signed_in, workout, client_key=key)
    form = signed_in.post(sets_url(workout, "bridge"), a_payload(client_key=key))

    assert (late.status_code, late.json()) == (200, {"removed": True})
    assert "Not stored, as it was taken away before: set 1." in text(signed_in.get(form.headers["Location"]))
    assert not SetLog.objects.exists()
    assert sent(signed_in, workout).json()["stored"]["repetitions"] == 8  # done anew, with a key of its own


def test_a_set_that_was_changed_and_taken_away_is_not_stored_by_the_first_write_of_it(
    signed_in: Client, workout: Workout
) -> None:
    first, second, change = uuid4(), uuid4(), uuid4()
    sent(signed_in, workout, client_key=first)
    sent(signed_in, workout, client_key=second)  # equal, from another tab
    sent(signed_in, workout, client_key=change, revision=1, repetitions=9)
    while_changed = [sent(signed_in, workout, client_key=key).status_code for key in (first, second)]
    signed_in.post(sets_url(workout, "bridge", "both", 1, "remove"), {"client_key": change})

    late = [sent(signed_in, workout, client_key=key).json() for key in (first, second, change)]

    assert while_changed == [409, 409]
    assert late == [{"removed": True}] * 3
    assert not SetLog.objects.exists()


def test_a_set_that_an_equal_one_stood_for_is_not_stored_again_after_that_was_taken_away(
    signed_in: Client, workout: Workout
) -> None:
    first, second = uuid4(), uuid4()
    sent(signed_in, workout, client_key=first)
    equal = [sent(signed_in, workout, client_key=second).json() for _ in range(2)]
    signed_in.post(sets_url(workout, "bridge", "both", 1, "remove"), {"client_key": first})

    late = sent(signed_in, workout, client_key=second)

    assert [answer["stored"]["client_key"] for answer in equal] == [str(first)] * 2
    assert late.json() == {"removed": True}
    assert not SetLog.objects.exists()


def test_a_set_of_a_finished_workout_is_taken_away_from_the_page_that_changes_it(
    signed_in: Client, workout: Workout
) -> None:
    a_set(workout)
    finish_workout(workout=workout)
    page = signed_in.get(sets_url(workout, "bridge", "both", 1))
    key = re.findall(r'name="client_key" value="([^"]*)"', page.content.decode())[-1]

    taken = signed_in.post(sets_url(workout, "bridge", "both", 1, "remove"), {"client_key": key})

    assert "Take this set away" in text(page)
    assert taken.headers["Location"] == workout_url(workout)
    assert not SetLog.objects.exists()


@pytest.mark.parametrize("place", [("left", 1), ("both", 19)])
def test_a_place_that_the_workout_does_not_have_cannot_be_emptied(
    signed_in: Client, workout: Workout, place: tuple[str, int]
) -> None:
    assert signed_in.post(sets_url(workout, "bridge", *place, "remove")).status_code == 404


# --- when it was done ---


@pytest.mark.parametrize(
    ("said", "minutes_ago"),
    [("240", 4), ("0", 0), ("", 0), ("-60", 0), ("soon", 0), ("1e3", 0), ("999999999", 10), ("9" * 30, 0)],
)
def test_a_set_sent_later_was_done_when_it_was_done(
    signed_in: Client, workout: Workout, clock: time_machine.Traveller, said: str, minutes_ago: int
) -> None:
    clock.move_to(MONDAY_NOON + timedelta(minutes=10), tick=False)
    Workout.objects.update(started_at=MONDAY_NOON)

    response = sent(signed_in, workout, seconds_ago=said)

    assert response.status_code == 200
    assert SetLog.objects.get().done_at == MONDAY_NOON + timedelta(minutes=10 - minutes_ago)


def test_a_stop_sent_later_was_said_when_it_was_said(
    signed_in: Client, workout: Workout, clock: time_machine.Traveller
) -> None:
    clock.move_to(MONDAY_NOON + timedelta(minutes=10), tick=False)
    Workout.objects.update(started_at=MONDAY_NOON)

    signed_in.post(sets_url(workout, "bridge", "stop"), {"side": "both", "seconds_ago": "60"})

    assert ExerciseLog.objects.get().logged_at == MONDAY_NOON + timedelta(minutes=9)


# --- whose, and when ---

PAGES = ("", "bridge/", "bridge/how/", "bridge/both/1/")
POSTS = (
    "finish/",
    "morning/",
    "bridge/",
    "bridge/stop/",
    "bridge/how/",
    "bridge/both/1/",
    "bridge/both/1/remove/",
)


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_workout_of_someone_else_are_not_found(
    stranger: User, anonymous: Client, workout: Workout, page: str
) -> None:
    address = workout_url(workout) + page

    theirs = signed_in_as(stranger).get(address)
    nobodys = anonymous.get(address)

    assert theirs.status_code == 404
    assert nobodys.status_code == 302
    assert nobodys.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", POSTS)
def test_nobody_writes_to_a_workout_of_someone_else(stranger: User, workout: Workout, page: str) -> None:
    response = signed_in_as(stranger).post(workout_url(workout) + page, a_payload(feels="as_usual"))

    assert response.status_code == 404
    assert not SetLog.objects.exists()
    assert not ExerciseLog.objects.exists()


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "0000-00-00", "2026-11-24", "2026-10-04"])
def test_a_day_that_does_not_exist_or_has_no_workout_is_not_found(
    signed_in: Client, workout: Workout, day: str
) -> None:
    assert workout.local_date == MONDAY

    assert signed_in.get(f"/workouts/{day}/").status_code == 404
    assert signed_in.get(f"/workouts/{day}/1/bridge/").status_code == 404


def test_an_exercise_that_is_unknown_or_not_in_the_workout_is_not_found(
    signed_in: Client, workout: Workout
) -> None:
    assert signed_in.get(workout_url(workout, "handstand")).status_code == 404
    assert signed_in.get(sets_url(workout, "heel_raise")).status_code == 404


# --- old rows ---


@pytest.mark.parametrize("change", ["exercise", "rung"])
def test_a_prescription_with_a_key_that_left_the_content_still_has_its_pages(
    signed_in: Client, workout: Workout, change: str
) -> None:
    line = next(line for line in workout.prescription["lines"] if line["exercise"] == "bridge")
    if change == "exercise":
        line["exercise"] = "handstand"
    else:
        line["prescribed"]["shown"]["rung"] = line["prescribed"]["standing"]["rung"] = "on_one_finger"
    workout.save()

    answers = [signed_in.get(page) for page in (workout_url(workout), "/today/", "/plan/", "/workouts/")]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200]
    assert "Banded walk" in text(answers[0])
    assert signed_in.get(sets_url(workout, "bridge")).status_code == 404


@pytest.mark.parametrize("change", ["exercise", "rung"])
def test_a_plan_with_a_key_that_left_the_content_still_has_its_pages(
    owner: User, signed_in: Client, change: str
) -> None:
    plan = a_running_plan(owner)
    assert plan.accepted is not None
    plan.accepted["lines"][0][change] = "left_the_content"
    plan.save()

    answers = [signed_in.get(page) for page in ("/today/", "/plan/", "/workouts/")]
    started = signed_in.post("/workouts/start/", {"unwell": "no"})

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert started.status_code == 302
    assert "bridge" in exercises_of(Workout.objects.get())


# --- Today ---


def test_today_asks_about_the_morning_after_and_keeps_the_answer(
    owner: User, clock: time_machine.Traveller, workout: Workout
) -> None:
    done_as_shown(workout)
    clock.move_to(noon(1))
    client = signed_in_as(owner)

    asked = text(client.get("/today/"))
    wrong = client.post(workout_url(workout, "morning"), {"feels": "great"})
    client.post(workout_url(workout, "morning"), {"feels": "not_as_usual"})

    workout.refresh_from_db()
    assert "How do your legs feel after Monday?" in asked
    assert wrong.status_code == 422
    assert workout.next_morning == "not_as_usual"
    assert "How do your legs feel" not in text(client.get("/today/"))


def test_the_question_about_the_morning_is_sent_with_the_token_of_its_form(
    owner: User, clock: time_machine.Traveller, workout: Workout
) -> None:
    done_as_shown(workout)
    clock.move_to(noon(1))
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)

    page = squeezed(client.get("/today/").content.decode())
    (token,) = re.findall(r'morning/"> ?<input type="hidden" name="csrfmiddlewaretoken" value="(\w+)"', page)
    address = workout_url(workout, "morning")
    without = client.post(address, {"feels": "as_usual"})
    sent = client.post(address, {"feels": "as_usual", "csrfmiddlewaretoken": token})

    assert (without.status_code, sent.status_code) == (403, 302)


def test_today_says_what_is_on_and_why_and_carries_on(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    before = text(signed_in.get("/today/"))
    begun(owner)
    after = text(signed_in.get("/today/"))

    assert "week 1" not in before
    assert "your first workout" in before
    assert re.search(r"Today: 5 exercises, about \d+ minutes", before)
    assert "For general strength. It is not made from a check." in before
    assert "0 of 3 this week" in before
    assert "Today’s workout has begun Next: Side-lying leg lift. Carry on" in after


def test_a_begun_workout_keeps_the_hold_it_was_begun_with(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    line = workout.prescription["lines"][0]
    line["prescribed"]["shown"] |= {"rung": "rolled_forward", "hold_seconds": 5}
    workout.save()

    page = text(signed_in.get(workout_url(workout)))

    assert line["exercise"] == "side_lying_abduction"
    assert "each leg, hold 5 seconds" in page


def test_a_reason_that_all_exercises_share_is_said_once(
    owner: User, signed_in: Client, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    for day in (0, 2, 4, 7, 9, 11, 14, 16, 18, 21, 23, 25):
        clock.move_to(noon(day))
        done_as_shown(begun(owner))
    clock.move_to(noon(28))

    page = text(signed_in_as(owner).get("/today/"))

    assert page.count("A lighter week: half the sets, the same step.") == 1
    assert re.search(r"about \d+ minutes A lighter week", page)


def test_skipping_today_leaves_it_for_the_next_day_of_training(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    response = signed_in.post("/plan/workouts/1/", {"choice": "skip:no_time"})
    page = text(signed_in.get("/today/"))

    assert response.status_code == 302
    assert "0 of 2 this week" in page


@pytest.mark.parametrize("slot", [0, 999])
def test_a_slot_that_is_not_there_cannot_be_changed(owner: User, signed_in: Client, slot: int) -> None:
    plan = a_running_plan(owner)

    response = signed_in.post(f"/plan/workouts/{slot}/", {"choice": "skip:no_time"})

    assert response.status_code == 409
    assert "This workout is done or skipped already." in text(response)
    assert not plan.changes.exists()


def test_a_pause_is_said_and_goes_on_by_button(owner: User, signed_in: Client) -> None:
    plan = a_running_plan(owner)

    signed_in.post("/plan/change/pause/")
    paused = text(signed_in.get("/today/"))
    signed_in.post("/plan/change/resume/")

    assert "Your plan is paused" in paused
    assert "Starting a workout ends the pause." in paused
    assert [row.kind for row in plan.changes.all()] == ["pause", "resume"]
    assert "Today: 5 exercises" in text(signed_in.get("/today/"))


def test_starting_a_workout_ends_a_pause(
    owner: User, signed_in: Client, clock: time_machine.Traveller
) -> None:
    plan = a_running_plan(owner)
    signed_in.post("/plan/change/pause/")
    clock.move_to(noon(7))

    signed_in.post("/workouts/start/", {"unwell": "no"})

    assert [row.kind for row in plan.changes.all()] == ["pause", "resume"]
    assert Workout.objects.get().slot is not None
    assert "Your plan is paused" not in text(signed_in.get("/today/"))


def test_a_pause_after_todays_workout_counts_from_tomorrow_and_can_be_ended_today(
    signed_in: Client, workout: Workout
) -> None:
    signed_in.post("/plan/change/pause/")
    signed_in.post("/plan/change/pause/")
    page = text(signed_in.get("/plan/"))
    signed_in.post("/plan/change/resume/")

    assert workout.local_date == MONDAY
    assert "Go on with the plan" in page
    assert [(row.kind, row.counts_from) for row in PlanChange.objects.all()] == [
        ("pause", noon(1).date()),
        ("resume", noon(1).date()),
    ]


def test_ending_a_plan_keeps_its_workouts(signed_in: Client, workout: Workout) -> None:
    signed_in.post("/plan/end/")

    assert "Make a plan" in text(signed_in.get("/plan/"))
    assert signed_in.get(workout_url(workout)).status_code == 200
    assert signed_in.get("/workouts/start/").headers["Location"] == "/plan/"


def test_an_unknown_change_is_not_found(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    assert signed_in.post("/plan/change/explode/").status_code == 404
    assert signed_in.get("/plan/change/pause/").status_code == 405


# --- starting ---


def test_starting_wants_an_answer(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    response = signed_in.post("/workouts/start/")

    assert response.status_code == 422
    assert "Choose whether anything is new today." in text(response)
    assert not Workout.objects.exists()


def test_a_plan_on_hold_leads_to_safety(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    lists_answered(owner, "RF6")

    asked = signed_in.get("/workouts/start/")
    sent = signed_in.post("/workouts/start/", {"unwell": "no"})

    assert asked.headers["Location"] == sent.headers["Location"] == "/safety/"
    assert "Your plan is on hold" in text(signed_in.get("/today/"))
    assert not Workout.objects.exists()


def test_the_lists_are_asked_again_after_28_days(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    clock.move_to(noon(27))
    before = signed_in_as(owner).get("/workouts/start/")
    clock.move_to(noon(28))
    client = signed_in_as(owner)

    due = client.post("/workouts/start/", {"unwell": "no"})
    lists_answered(owner)
    answered = client.get("/workouts/start/")

    assert before.status_code == 200
    assert due.headers["Location"].startswith("/safety/right-now/?next=")
    assert answered.status_code == 200
    assert not Workout.objects.exists()


def test_something_new_today_means_advice_and_no_workout(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    asked = signed_in.post("/workouts/start/", {"unwell": "yes"})

    advice = signed_in.post("/workouts/start/unwell/", {"ticked": "SL3"})

    assert asked.headers["Location"] == "/workouts/start/unwell/"
    assert "No workout today" in text(advice)
    assert SafetyAnswers.objects.filter(list_key="stop_list").count() == 1
    assert not Workout.objects.exists()


def test_chest_pain_today_puts_the_plan_on_hold(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    advice = signed_in.post("/workouts/start/unwell/", {"ticked": "chest_pain"})

    assert "No workout today" in text(advice)
    assert signed_in.get("/workouts/start/").headers["Location"] == "/safety/"


def test_nothing_ticked_makes_a_lighter_day(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    signed_in.post("/workouts/start/unwell/", {"ticked": "none"})

    workout = Workout.objects.get()
    assert workout.prescription["lighter"]
    assert prescribed(workout, "bridge").shown.rung == "small_lift"
    assert prescribed(workout, "bridge").standing.rung == "two_legs"
    assert "A lighter day" in text(signed_in.get(workout_url(workout)))


# --- queries ---


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("/today/", 6),
        ("/plan/", 7),
        ("/plan/ahead/", 6),
        ("/workouts/", 7),
        ("workout", 8),
        ("set", 7),  # three of them: whether it was stopped, whether anyone may train, their pace and note
        ("save", 8),  # two of them open and close a savepoint; PostgreSQL locks the person besides
    ],
)
def test_queries_are_the_same_with_one_workout_and_with_twenty(
    owner: User, signed_in: Client, page: str, expected: int
) -> None:
    plan = a_running_plan(owner)
    counts = []
    for logged in (1, 20):
        past_workouts(plan, logged)
        workout = begun(owner)
        address = {"workout": workout_url(workout)}.get(page, page)
        address = sets_url(workout, "bridge") if page in {"set", "save"} else address
        with CaptureQueriesContext(connection) as queries:
            response = signed_in.post(address, a_payload()) if page == "save" else signed_in.get(address)
        assert response.status_code == (302 if page == "save" else 200)
        counts.append(len(queries))
        finish_workout(workout=workout)

    expected += page == "save" and connection.features.has_select_for_update
    assert counts == [expected, expected]
    assert SetLog.objects.count() > 100


@pytest.mark.parametrize(("answers", "more"), [(LOW_ARCHES, 1), (NEWLY_FLAT, 2)])
def test_a_lock_costs_a_query_for_visits_and_one_of_a_check_another(
    owner: User, signed_in: Client, answers: dict[str, dict[str, str]], more: int
) -> None:
    a_running_plan(owner)
    a_finished_check(owner, answers)
    lists_answered(owner, "RF6")

    with CaptureQueriesContext(connection) as queries:
        signed_in.get("/today/")

    assert len(queries) == 6 + more


def test_today_costs_no_query_more_when_it_is_time_to_look_again(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    clock.move_to(noon(27))
    client = signed_in_as(owner)
    client.get("/today/")  # the session's date is moved on

    with CaptureQueriesContext(connection) as queries:
        page = text(client.get("/today/"))

    assert "It is time to look again." in page
    assert len(queries) == 6


# --- on hold ---


def test_an_exercise_that_hurt_twice_is_on_hold_until_someone_has_looked(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    for days in (0, 2):
        clock.move_to(noon(days))
        stop_exercise(workout=begun(owner), exercise="bridge", sides=("both",))
    clock.move_to(noon(4))
    client = signed_in_as(owner)

    held = text(client.get("/today/"))
    future = client.post("/plan/seen/bridge/", {"seen_on": "2026-10-10", "verdict": "yes"})
    client.post("/plan/seen/bridge/", {"seen_on": "2026-10-08", "verdict": "no"})
    still_held = text(client.get("/today/"))
    client.post("/plan/seen/bridge/", {"seen_on": "2026-10-08", "verdict": "yes"})

    assert "Bridge : on hold" in held
    assert future.status_code == 422
    assert "Bridge : on hold" in still_held
    assert "Bridge : on hold" not in text(client.get("/today/"))
    assert PlanChange.objects.count() == 1


def test_a_workout_begun_before_midnight_goes_on_after_it_and_stays_on_its_day(
    owner: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(MONDAY_NOON.replace(hour=23, minute=50))
    a_running_plan(owner)
    workout = begun(owner)
    clock.move_to(MONDAY_NOON + timedelta(hours=12, minutes=10))
    client = signed_in_as(owner)

    today = client.get("/today/")
    client.post(sets_url(workout, "bridge"), a_payload())

    assert "Carry on with the workout of Monday" in text(today)
    assert SetLog.objects.get().workout == workout
    assert workout.local_date == MONDAY


@pytest.mark.parametrize("what", ["pause", "end"])
def test_a_set_that_arrives_after_a_pause_or_the_end_of_the_plan_is_kept(
    owner: User, signed_in: Client, what: str
) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    signed_in.post(f"/plan/change/{what}/")

    response = signed_in.post(sets_url(workout, "bridge"), a_payload())

    assert response.status_code == 302
    assert SetLog.objects.get().workout == workout


def test_a_set_for_a_workout_that_is_gone_is_not_found_and_told_so(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    address = sets_url(workout, "bridge")
    workout.delete()

    response = signed_in.post(address, a_payload(), headers={"Accept": "application/json"})

    assert response.status_code == 404


# --- what the queue of the player is told ---


@pytest.mark.parametrize("more", [(), ("stop",), ("both", 1, "remove")])
def test_a_queue_whose_person_signed_out_is_told_so_and_where_to_sign_in(
    anonymous: Client, workout: Workout, more: tuple[str | int, ...]
) -> None:
    address = sets_url(workout, "bridge", *more)

    response = anonymous.post(address, a_payload(), headers={"Accept": "application/json"})

    assert response.status_code == 403
    assert response.json() == {"reason": "signed_out", "sign_in": "/accounts/login/"}


def test_a_queue_whose_page_is_too_old_is_told_so(owner: User, workout: Workout) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)

    response = client.post(sets_url(workout, "bridge"), a_payload(), headers={"Accept": "application/json"})

    assert response.status_code == 403
    assert response.json() == {"reason": "page_too_old"}


def test_a_stranger_and_a_wrong_place_are_told_alike_as_not_there(stranger: User, workout: Workout) -> None:
    response = sent(signed_in_as(stranger), workout)

    assert response.status_code == 404


def sent(client: Client, workout: Workout, **data: object) -> Any:
    return client.post(sets_url(workout, "bridge"), a_payload(**data), headers={"Accept": "application/json"})


def test_a_set_that_waits_for_a_removed_workout_lands_in_no_other(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    removed = begun(owner)
    signed_in.post(workout_url(removed, "remove"))
    begun(owner)

    late = sent(signed_in, removed)
    stop = signed_in.post(sets_url(removed, "bridge", "stop"))

    assert (late.status_code, stop.status_code) == (404, 404)
    assert not SetLog.objects.exists()
    assert not ExerciseLog.objects.exists()


def test_a_set_of_the_queue_is_acknowledged_and_the_same_again_is_the_same(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    key = uuid4()

    first, second = (sent(signed_in, workout, client_key=key) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    answer = {"stored": {"repetitions": 8, "revision": 1, "client_key": str(key)}}
    assert first.json() == second.json() == answer
    assert SetLog.objects.count() == 1


def test_another_set_in_its_place_is_told_with_what_is_stored(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    first, anew = str(uuid4()), str(uuid4())
    sent(signed_in, workout, client_key=first)

    other = sent(signed_in, workout, client_key=uuid4(), repetitions=6)
    taken = sent(signed_in, workout, client_key=anew, repetitions=6, revision=1)

    assert other.status_code == 409
    assert other.json() == {
        "stored": {"repetitions": 8, "revision": 1, "client_key": first},
        "words": {"stored": "8 repetitions", "sent": "6 repetitions"},
    }
    assert taken.status_code == 200
    assert taken.json() == {"stored": {"repetitions": 6, "revision": 2, "client_key": anew}}


def test_what_cannot_be_a_set_is_told_in_words(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)

    many = sent(signed_in, workout, client_key=uuid4(), repetitions=10**9)
    elsewhere = sent(signed_in, workout, client_key=uuid4(), set_number=9)

    assert many.status_code == elsewhere.status_code == 422
    assert "That is more than 200 repetitions." in many.json()["errors"][0]
    assert "This set is not part of the workout." in elsewhere.json()["errors"][0]
    assert not SetLog.objects.exists()
