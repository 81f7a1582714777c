"""Pages that change the dates of a running plan: other weekdays, one workout moved or skipped."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assessments.actions.safety import record_visit
from assessments.rules.safety import Verdict
from exercises.actions.workout import finish_workout
from exercises.models import Plan
from exercises.training import training_of
from tests.builders_training import (
    MONDAY,
    a_running_plan,
    answered,
    begun,
    done_as_shown,
    lists_answered,
    prescribed,
    signed_in_as,
    text,
    went,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def plan(owner: User) -> Plan:
    """Mondays, Wednesdays and Fridays from today, a Monday."""
    return a_running_plan(owner)


def coming(person: User) -> list[date]:
    training = training_of(person)
    assert training is not None
    return [slot.on for slot in training.coming(3)]


def day(number: int) -> date:
    """A day of the plan; 0 is its first, a Monday."""
    return MONDAY + timedelta(days=number)


# --- other weekdays ---


def test_other_weekdays_count_from_today_on(owner: User, signed_in: Client, plan: Plan) -> None:
    response = signed_in.post("/plan/days/", {"weekdays": ["1", "3"]})

    assert response.headers["Location"] == "/plan/"
    assert coming(owner) == [day(1), day(3), day(8)]
    assert "Tuesday, Thursday" in text(signed_in.get("/plan/"))


def test_other_weekdays_count_from_tomorrow_once_trained_today(
    owner: User, signed_in: Client, plan: Plan
) -> None:
    begun(owner)

    page = text(signed_in.get("/plan/days/"))
    signed_in.post("/plan/days/", {"weekdays": ["1", "3"]})

    assert "It counts from tomorrow, as you have trained today." in page
    assert plan.changes.get().counts_from == day(1)
    assert coming(owner) == [day(3), day(8), day(10)]  # the day after a workout is left out


def test_days_in_force_are_ticked_and_saving_them_changes_nothing(signed_in: Client, plan: Plan) -> None:
    page = signed_in.get("/plan/days/").content.decode()

    signed_in.post("/plan/days/", {"weekdays": ["0", "2", "4"]})

    assert page.count(" checked") == 3
    assert not plan.changes.exists()


@pytest.mark.parametrize(
    ("weekdays", "says"),
    [
        ([], "Choose at least one day."),
        (["0", "1"], "Monday and Tuesday follow each other."),
        (["6", "0"], "Sunday and Monday follow each other."),
        (["0", "2", "4", "6"], "Choose no more than 3 days a week"),
        (["9"], "Choose days of the week."),
    ],
)
def test_weekdays_that_cannot_be_are_refused_in_words(
    signed_in: Client, plan: Plan, weekdays: list[str], says: str
) -> None:
    response = signed_in.post("/plan/days/", {"weekdays": weekdays})

    assert response.status_code == 422
    assert says in text(response)
    assert not plan.changes.exists()


def test_double_tap_changes_the_weekdays_once(signed_in: Client, plan: Plan) -> None:
    for _ in range(2):
        signed_in.post("/plan/days/", {"weekdays": ["1", "3"]})

    assert plan.changes.count() == 1


# --- one workout ---


def choices(client: Client, number: int) -> list[str]:
    return [
        value for value, _ in client.get(f"/plan/workouts/{number}/").context["form"].fields["choice"].choices
    ]


def test_a_workout_can_go_to_the_free_days_of_its_week(signed_in: Client, plan: Plan) -> None:
    moves = [value for value in choices(signed_in, 2) if value.startswith("move:")]

    assert moves == [f"move:{day(number).isoformat()}" for number in (1, 3, 5, 6)]


def test_a_day_next_to_another_workout_says_so_and_is_allowed(
    owner: User, signed_in: Client, plan: Plan
) -> None:
    page = text(signed_in.get("/plan/workouts/2/"))

    signed_in.post("/plan/workouts/2/", {"choice": f"move:{day(1).isoformat()}"})

    assert "Do it on Tuesday 6 October (the day next to another workout)" in page
    assert "Do it on Sunday 11 October" in page
    assert coming(owner) == [day(0), day(1), day(4)]
    assert "moved from Wednesday" in text(signed_in.get("/plan/"))


def test_skipping_keeps_the_reason_to_oneself_and_loses_nothing(
    owner: User, signed_in: Client, plan: Plan
) -> None:
    response = signed_in.post("/plan/workouts/2/", {"choice": "skip:not_well"})

    assert response.headers["Location"] == "/plan/"
    assert plan.changes.get().details["why"] == "not_well"
    assert coming(owner) == [day(0), day(4), day(7)]


@pytest.mark.parametrize(
    "choice",
    ["", "move:2026-10-04", "move:2026-10-13", "move:2026-10-09", "move:yesterday", "skip:lazy", "fly:away"],
)
def test_choice_that_is_not_offered_is_refused_and_nothing_is_stored(
    signed_in: Client, plan: Plan, choice: str
) -> None:
    response = signed_in.post("/plan/workouts/2/", {"choice": choice})

    assert response.status_code == 422
    assert "Choose a day, or why you skip it." in text(response)
    assert not plan.changes.exists()


def test_workout_that_was_done_or_skipped_cannot_be_changed_any_more(
    owner: User, signed_in: Client, plan: Plan
) -> None:
    signed_in.post("/plan/workouts/2/", {"choice": "skip:away"})
    begun(owner)

    for number in (1, 2):
        response = signed_in.get(f"/plan/workouts/{number}/")
        assert response.status_code == 409
        assert "This workout is done or skipped already." in text(response)


def test_workout_of_the_past_needs_no_move(
    signed_in: Client, plan: Plan, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=1))

    response = signed_in.get("/plan/workouts/1/")

    assert response.status_code == 409
    assert "It needs no move" in text(response)


def test_a_change_does_not_touch_what_is_past(
    owner: User, signed_in: Client, plan: Plan, clock: time_machine.Traveller
) -> None:
    begun(owner)
    clock.shift(timedelta(days=7))
    before = training_of(owner)
    assert before is not None
    past = [slot for slot in before.schedule.slots if slot.on < before.today]

    signed_in.post("/plan/days/", {"weekdays": ["1", "3"]})

    after = training_of(owner)
    assert after is not None
    assert [slot for slot in after.schedule.slots if slot.on < after.today] == past


def test_plan_of_someone_else_is_not_changed(stranger: User, plan: Plan) -> None:
    client = signed_in_as(stranger)

    for address, data in (
        ("/plan/days/", {"weekdays": ["1", "3"]}),
        ("/plan/workouts/2/", {"choice": "skip:away"}),
    ):
        assert client.post(address, data).headers["Location"] == "/plan/"

    assert not plan.changes.exists()


# --- journeys, and clocks that are put forward ---


def travels_to(person: User, zone: str) -> None:
    person.time_zone = zone
    person.save()


def test_a_flight_west_gives_no_second_chance_at_a_day_that_was_trained(
    owner: User, plan: Plan, clock: time_machine.Traveller
) -> None:
    travels_to(owner, "Asia/Tokyo")
    clock.move_to(datetime(2026, 10, 6, 20, tzinfo=UTC))  # 7 October, a Wednesday, in Tokyo
    workout = done_as_shown(begun(owner))

    travels_to(owner, "America/Los_Angeles")  # where it is still 6 October

    now = training_of(owner)
    assert now is not None
    assert workout.local_date == day(2)
    assert now.today == day(2)
    assert now.schedule.slot_for_workout(now.today) is None
    assert now.target(now.lines_on(now.today)[0]).standing.repetitions > 0


def test_pain_logged_before_a_flight_west_lowers_the_next_workout_after_it(
    owner: User, plan: Plan, clock: time_machine.Traveller
) -> None:
    travels_to(owner, "Asia/Tokyo")
    clock.move_to(datetime(2026, 10, 6, 20, tzinfo=UTC))
    workout = begun(owner)
    answered(workout, "bridge", {"both": went(pain=8)})
    finish_workout(workout=workout)
    travels_to(owner, "America/Los_Angeles")

    again = begun(owner)

    assert prescribed(again, "bridge").shown.rung == "small_lift"


def test_a_journey_shifts_no_past_day_of_a_hold(
    owner: User, plan: Plan, clock: time_machine.Traveller
) -> None:
    travels_to(owner, "Asia/Tokyo")
    clock.move_to(datetime(2026, 10, 6, 20, tzinfo=UTC))
    lists_answered(owner, "RF6")
    clock.move_to(datetime(2026, 10, 8, 20, tzinfo=UTC))
    record_visit(person=owner, causes=["RF6"], seen_on=day(4), verdict=Verdict.YES)
    before = training_of(owner)

    travels_to(owner, "America/Los_Angeles")
    after = training_of(owner)

    assert before is not None
    assert after is not None
    assert [(lock.since, lock.until) for lock in before.past.locks] == [(day(2), day(4))]
    assert after.past.locks == before.past.locks
    assert after.schedule.slots == before.schedule.slots


@pytest.mark.parametrize(
    ("zone", "moment", "on"),
    [
        # The last minutes of a day on both sides of the night on which clocks change.
        ("Europe/London", datetime(2026, 10, 24, 22, 59, tzinfo=UTC), date(2026, 10, 24)),
        ("Europe/London", datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/London", datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        # Where the hour from midnight to one does not exist.
        ("Africa/Cairo", datetime(2027, 4, 29, 21, 59, tzinfo=UTC), date(2027, 4, 29)),
        ("Africa/Cairo", datetime(2027, 4, 29, 22, 0, tzinfo=UTC), date(2027, 4, 30)),
        # A day ahead of almost everyone, and a day behind.
        ("Pacific/Kiritimati", datetime(2026, 10, 24, 10, 0, tzinfo=UTC), date(2026, 10, 25)),
        ("Pacific/Pago_Pago", datetime(2026, 10, 25, 10, 59, tzinfo=UTC), date(2026, 10, 24)),
    ],
)
def test_a_workout_lies_on_the_persons_own_day_when_clocks_change(
    owner: User, clock: time_machine.Traveller, zone: str, moment: datetime, on: date
) -> None:
    travels_to(owner, zone)
    clock.move_to(moment)
    a_running_plan(owner)

    workout = begun(owner)

    assert workout.local_date == on


def test_slots_keep_their_weekdays_over_a_change_of_clocks(owner: User, plan: Plan) -> None:
    travels_to(owner, "Europe/London")

    now = training_of(owner)

    assert now is not None
    assert {slot.on.weekday() for slot in now.schedule.slots} == {0, 2, 4}
    assert len(now.schedule.slots) == 36


def test_a_week_that_begins_on_sunday_counts_and_draws_from_sunday(owner: User, signed_in: Client) -> None:
    owner.week_start = 6
    owner.save()
    a_running_plan(owner)

    now = training_of(owner)

    assert now is not None
    assert now.schedule.week(MONDAY).first_day == MONDAY - timedelta(days=1)
    week = text(signed_in.get("/today/"))
    assert week.index("Sunday: rest") < week.index("Monday: planned") < week.index("Saturday: rest")


def test_a_new_start_of_the_week_leaves_the_weeks_of_a_running_plan(owner: User, plan: Plan) -> None:
    owner.week_start = 6
    owner.save()

    now = training_of(owner)

    assert now is not None
    assert now.schedule.week(MONDAY).first_day == MONDAY
