"""The progress pages: what they say of weeks, exercises, checks and milestones, and what they cost."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User, WeekStart, WeightUnit
from exercises.actions.plan import change_plan, end_plan
from exercises.models import ExerciseLog, OwnedEquipment, Plan, SetLog, Workout
from exercises.rows_progress import exercise_history, recent_progress
from exercises.rules.slots import DateChangeKind
from exercises.training import training_of
from tests.builders_training import (
    MONDAY,
    MONDAY_NOON,
    THINGS,
    a_finished_check,
    a_running_plan,
    a_set,
    answered,
    begun,
    done_as_shown,
    noon,
    signed_in_as,
    text,
    went,
)
from tests.html import squeezed
from tests.world import counted

pytestmark = pytest.mark.usefixtures("clock")


def page(person: User, exercise: str = "") -> str:
    """The words of the page, or of that of one exercise (its slug, with a query)."""
    response = signed_in_as(person).get(f"/progress/{exercise}")
    assert response.status_code == 200
    return text(response)


def html(person: User, exercise: str = "") -> str:
    return squeezed(sent(person, exercise))


def sent(person: User, exercise: str = "") -> str:
    return signed_in_as(person).get(f"/progress/{exercise}").content.decode()


def trained_on(person: User, clock: time_machine.Traveller, *days: int) -> list[Workout]:
    """Workouts done as asked on these days of the story."""
    done = []
    for day in days:
        clock.move_to(noon(day))
        done.append(done_as_shown(begun(person)))
    return done


# --- what it says ---


def test_the_heading_says_how_many_of_how_many_and_a_missed_one_is_no_blame(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2, 7, 9)
    clock.move_to(noon(13))

    shown = page(owner)

    assert "Two weeks, to Sunday 18 October 2026 4 of 6 workouts" in shown
    assert "Two planned workouts were not done (dashed); nothing was lost." in shown
    assert "You trained in two weeks in a row." in shown
    assert "!" not in shown


def test_weeks_are_read_aloud(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2)

    assert "Week of 5 October: 2 of 2 done, 1 to come" in page(owner)


def test_the_latest_milestones_stand_first_and_the_others_fold(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, *(n for week in range(4) for n in (7 * week, 7 * week + 2, 7 * week + 4)))

    source = html(owner)
    shown, folded = source.split("<h2>Week by week", 1)[0].split("<details", 1)

    assert re.search(r"12 of 12 workouts, \d+ steps up</h1>", source)
    assert shown.count("<time ") == 4
    assert "First week with all three workouts you planned" in folded
    assert "First workout" in folded


def test_an_exercise_has_a_line_a_picture_a_page_and_stands_in_a_table(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2)

    shown = page(owner)

    assert "Bridge From 8 to 9 times on the same step." in shown
    assert "Bridge Bridge on two legs: 8 times 9 times" in shown
    assert 'href="/progress/bridge/">Bridge</a>' in html(owner)
    assert 'role="img" aria-label="From 8 to 9 times on the same step. The numbers stand' in html(owner)


def test_one_workout_is_enough(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    shown = page(owner)

    assert "This week, to Monday 5 October 2026 1 of 1 workout" in shown
    assert "Done once in this time: 8 times." in shown


def test_the_less_able_side_is_told_and_has_its_own_row(owner: User) -> None:
    a_running_plan(owner)
    workout = done_as_shown(begun(owner))
    sets = SetLog.objects.filter(workout=workout, exercise="side_lying_abduction")
    equal = html(owner)
    sets.filter(side="left").update(repetitions=3)

    differing = html(owner)

    assert "Left: 2 fewer the last time." in differing
    assert ">Left</text>" in differing.partition(">Right</text>")[0]
    assert ">Left</text>" not in equal


def test_the_fewest_repetitions_of_a_workouts_sets_count(owner: User) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    for number, repetitions in enumerate((9, 7, 8), start=1):
        a_set(workout, set_number=number, repetitions=repetitions)

    assert "Done once in this time: 7 times." in page(owner)


def test_checks_and_counts_then_and_now_are_linked(owner: User, clock: time_machine.Traveller) -> None:
    first = a_finished_check(owner)
    counted(owner, first, left=10, right=12)
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(26))
    second = a_finished_check(owner)
    counted(owner, second, left=20, right=13)

    source, said = html(owner), page(owner)
    assert f"/checks/compare/?then={first.pk}&amp;now={second.pk}" in source
    assert "Left 10 on 5 October, 20 on 31 October (10 more: more than usually comes by chance)" in said
    assert "Right 12 on 5 October, 13 on 31 October (no clear change)" in said


def test_one_check_has_nothing_to_be_compared_with(owner: User) -> None:
    a_finished_check(owner)
    a_running_plan(owner)
    done_as_shown(begun(owner))

    assert "/checks/compare/" not in html(owner)


def test_a_return_after_a_break_is_a_milestone(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 16)

    assert "21 Oct Back after 16 days away" in page(owner)


def test_the_usual_time_course_stands_with_its_sources(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    source = html(owner)

    assert "/sources/muscle-growth-1979/" in source
    assert "judge after 8 to 12" in source


# --- pages with little, or with holes ---


def test_without_plan_and_workouts_it_says_what_to_do_next(owner: User) -> None:
    said = page(owner)
    assert "No workouts yet" in said
    assert "Make a plan" in said


def test_with_a_plan_and_no_workout_it_leads_to_today(owner: User) -> None:
    a_running_plan(owner)

    assert "No workouts yet" in page(owner)
    assert "Go to today" in page(owner)


def test_a_plan_that_starts_later_is_no_error(owner: User) -> None:
    a_running_plan(owner, start=MONDAY + timedelta(days=3))

    assert "No workouts yet" in page(owner)


def test_weeks_without_workouts_are_gaps(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 23)

    assert "Week of 12 October: 0 of 3 done" in page(owner)
    assert html(owner).count('class="gap"') >= 8


def test_with_nothing_in_these_weeks_it_says_so(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0)
    end_plan(person=owner, today=noon(1).date())
    clock.move_to(noon(100))

    said = page(owner)

    assert "No workouts" in said
    assert "No exercise was logged in these weeks. Your latest workout was on 5 October 2026" in said


def test_an_ended_plan_counts_up_to_its_end_and_the_next_one_is_offered(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2)
    clock.move_to(noon(9))
    end_plan(person=owner, today=noon(9).date())

    said = page(owner)

    assert "2 of 4 workouts" in said
    assert "No plan is running now. Make the next plan" in said


def test_exercises_and_steps_that_left_the_content_are_no_error(owner: User) -> None:
    a_running_plan(owner)
    workout = done_as_shown(begun(owner))
    SetLog.objects.filter(exercise="bridge").update(exercise="gone")
    ExerciseLog.objects.filter(exercise="bridge").update(exercise="gone")
    SetLog.objects.filter(exercise="deadlift").update(rung="gone")
    workout.prescription["lines"][0]["prescribed"]["shown"]["rung"] = "gone"
    workout.save()

    said = page(owner)

    assert "An exercise that is no longer offered" in said
    assert "A step that is no longer offered" in said
    assert "A step that is no longer offered" in page(owner, "deadlift/")


def test_an_extra_workout_stands_beside_the_planned_ones(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    done_as_shown(begun(owner))

    assert "1 of 1 workout" in page(owner)
    assert "One workout was extra (apricot)." in page(owner)


def test_lighter_workouts_are_hollow(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner, lighter_day=True))

    assert '<path class="easy"' in html(owner)
    assert "lighter" in page(owner, "bridge/")


def test_weights_and_bands_are_told_as_the_person_reads_them(owner: User) -> None:
    owner.weight_unit = WeightUnit.POUNDS
    owner.save()
    a_running_plan(owner)
    OwnedEquipment.objects.filter(person=owner).update(band_colours={"band_light": "green"})
    workout = begun(owner)
    a_set(workout, "banded_walk", side="left", rung="band_above_knees", band="band_light")
    a_set(workout, "deadlift", rung="bag_knees", load_grams=4536)

    said = page(owner) + page(owner, "deadlift/") + page(owner, "banded-walk/")

    assert said.count("10 lb") == 4
    assert said.count("a light band (green)") == 3
    assert "kg" not in said


def test_a_week_begins_on_the_day_the_person_chose(owner: User, clock: time_machine.Traveller) -> None:
    owner.week_start = WeekStart.SUNDAY
    owner.save()
    a_running_plan(owner, weekdays=(0, 6))
    trained_on(owner, clock, 0, 6, 7)

    assert "Week of 4 October" in page(owner)
    assert "Week of 11 October" in page(owner)


def test_a_pause_and_a_hold_plan_nothing(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0)
    training = training_of(owner)
    assert training is not None
    pause = training.schedule.structural(DateChangeKind.PAUSE, training.today)
    change_plan(plan=training.plan, change=pause, today=training.today)
    clock.move_to(noon(13))

    assert "1 of 1 workout" in page(owner)


# --- one exercise ---


def test_the_page_of_an_exercise_has_every_workout_under_its_step_the_latest_first(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2)
    SetLog.objects.filter(exercise="bridge", workout__local_date=MONDAY).update(rung="small_lift")

    said = page(owner, "bridge/")

    assert "A harder step since 7 October: bridge on two legs." in said
    assert (
        "Bridge in 2026 Day Asked Done Bridge on two legs 7 Oct 9 9 Pelvic tilt and a small lift 5 Oct 8 8"
        in said
    )
    assert 'href="/workouts/2026-10-07/1/">7&nbsp;Oct</a>' in html(owner, "bridge/")


def test_both_sides_have_a_column(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    sets = SetLog.objects.filter(exercise="side_lying_abduction")
    sets.update(hold_seconds=5)
    sets.filter(side="left").update(repetitions=3)

    said = page(owner, "side-lying-abduction/")

    assert "Day Asked Left Right Straight leg lift, hold 5 s 5 Oct 5 3 5" in said
    assert "Left: 2 fewer the last time." in said


def test_pain_is_told_in_one_line_also_where_nothing_else_was_done(owner: User) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    a_set(workout)
    answered(workout, "bridge", {"both": went(pain=4, stopped=True)})

    said = page(owner, "bridge/")

    assert "Pain in 1 of 1 workout, at most 4 out of 10. You stopped it once because it hurt." in said


def test_an_exercise_that_was_never_done_says_so_and_one_that_is_none_is_not_found(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)

    assert "You have not done it yet. How to do it" in page(owner, "bridge/")
    assert signed_in.get("/progress/juggling/").status_code == 404


@pytest.mark.parametrize("year", ["2025", "26", "x", "", "\u0661\u0662\u0663\u0664", "99999"])
def test_a_year_without_workouts_is_not_found(owner: User, year: str) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    assert signed_in_as(owner).get("/progress/bridge/", {"year": year}).status_code == 404


def test_years_follow_each_other_by_link(owner: User) -> None:
    trained_for_years(a_running_plan(owner), 2)

    said, earlier = page(owner, "bridge/"), page(owner, "bridge/?year=2025")

    assert "Every workout in 2026 " in said
    assert "2026 2025 2024 For adults" in said
    assert "Each arch is the last workout of a month." in said
    assert "Every workout in 2025 " in earlier
    assert "29 Dec" in earlier


# --- people, cost ---


@pytest.mark.parametrize("exercise", ["", "bridge/"])
def test_nobody_sees_the_workouts_of_another(owner: User, stranger: User, exercise: str) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    said = page(stranger, exercise)

    assert "No workouts yet" in said or "You have not done it yet." in said


@pytest.mark.parametrize("exercise", ["", "bridge/"])
def test_no_style_or_script_stands_in_the_page(owner: User, exercise: str) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    assert not re.search(r'\sstyle="|<style|<script(?![^>]* src=)', html(owner, exercise))


def past_copies(plan: Plan, count: int) -> None:
    """A workout of today and copies of it, two a week backwards."""
    model = done_as_shown(begun(plan.person))
    sets, logs = list(model.sets.all()), list(model.exercise_logs.all())
    for number in range(1, count):
        on = model.local_date - timedelta(days=number * 3)
        copy = Workout.objects.create(
            person=plan.person,
            plan=plan,
            local_date=on,
            prescription=model.prescription,
            started_at=model.started_at - timedelta(days=number * 3),
            finished_at=model.finished_at,
        )
        rows: list[SetLog | ExerciseLog] = [*sets, *logs]
        for row in rows:
            row.pk, row.workout, row.client_key = None, copy, uuid4()
            row.save(force_insert=True)


@pytest.mark.parametrize(("exercise", "expected"), [("", 8), ("bridge/", 7)])
def test_queries_are_the_same_with_one_workout_and_with_twenty(
    owner: User, stranger: User, exercise: str, expected: int
) -> None:
    clients = {}
    for person, workouts in ((owner, 1), (stranger, 20)):
        past_copies(a_running_plan(person), workouts)
        clients[person.pk] = signed_in_as(person)

    counts = []
    for client in clients.values():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/progress/{exercise}").status_code == 200
        counts.append(len(queries))

    assert counts == [expected, expected]


def trained_for_years(plan: Plan, years: int) -> None:
    """A workout every Monday before the first, each time with other numbers."""
    model = done_as_shown(begun(plan.person))
    sets = list(model.sets.filter(set_number=1))
    workouts = Workout.objects.bulk_create(
        Workout(
            person=plan.person,
            plan=plan,
            local_date=MONDAY - timedelta(weeks=weeks),
            prescription={"lines": [], "lighter": False, "left_out": []},
            started_at=MONDAY_NOON - timedelta(weeks=weeks),
            finished_at=MONDAY_NOON - timedelta(weeks=weeks),
        )
        for weeks in range(1, 52 * years)
    )
    rows: list[Any] = []
    for number, workout in enumerate(workouts):
        for row in sets:
            copy = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
            copy |= {"id": None, "workout_id": workout.pk, "client_key": uuid4()}
            rows.append(SetLog(**copy | {"repetitions": 5 + (number * 7 + len(rows)) % 6}))
    SetLog.objects.bulk_create(rows, batch_size=2000)


@pytest.mark.parametrize("exercise", ["", "side-lying-abduction/"])
def test_pages_of_26_years_stay_below_60_kb(owner: User, exercise: str) -> None:
    trained_for_years(a_running_plan(owner), 26)

    assert len(sent(owner, exercise).encode()) <= 60_000


def test_both_pages_agree_on_what_was_done(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner, things=[*THINGS, "kettlebell_or_dumbbell"], weights=(4000, 8000))
    trained_on(owner, clock, 0, 2, 4, 7, 16, 18)

    for course in recent_progress(owner, 12).courses:
        history = exercise_history(owner, course.exercise)
        assert history is not None
        assert history.course == course
