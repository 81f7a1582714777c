"""The progress page: what it says of weeks, exercises, checks and milestones, and what it costs."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User, WeekStart, WeightUnit
from exercises.actions.plan import change_plan, end_plan
from exercises.models import ExerciseLog, OwnedEquipment, Plan, SetLog, Workout
from exercises.rows_progress import recent_progress, whole_progress
from exercises.rules.progress.courses import Course
from exercises.rules.progress.weeks import first_week_of_month
from exercises.rules.slots import DateChangeKind, first_day_of_week
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

RANGES = ["4", "12", "all"]


pytestmark = pytest.mark.usefixtures("clock")


def page(person: User, shown: str = "4") -> str:
    response = signed_in_as(person).get(f"/progress/?range={shown}")
    assert response.status_code == 200
    return text(response)


def html(person: User, shown: str = "4") -> str:
    return squeezed(sent(person, shown))


def sent(person: User, shown: str) -> str:
    return signed_in_as(person).get(f"/progress/?range={shown}").content.decode()


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

    assert "4 of 6 workouts in two weeks" in shown
    assert "Two planned workouts were not done. Nothing was lost by them" in shown
    assert "!" not in shown


def test_weeks_are_read_aloud_and_stand_in_a_table(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2)

    shown = page(owner)

    assert "Week of 5 October: 2 of 2 done, 1 to come" in shown
    assert "Week of Done Planned Besides 5 Oct 2026 2 3 1 to come" in shown


def test_an_exercise_has_a_finding_a_picture_and_a_table(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2)

    shown = page(owner)

    assert "Bridge From 8 to 9 times on the same step." in shown
    assert "Day Done Asked Step 5 Oct 8 8 Bridge on two legs" in shown
    assert 'role="img" aria-label="From 8 to 9 times on the same step. The numbers stand' in html(owner)


def test_one_workout_is_enough(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    for shown in RANGES:
        assert "Done once in this time" in page(owner, shown)
    assert "1 of 1 workout this week" in page(owner)
    assert "1 workout since 5 October" in page(owner, "all")


def test_four_weeks_show_every_workout_and_twelve_one_a_week(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2, 7)

    assert text_rows(html(owner, "4"), "Bridge") == ["5 Oct", "7 Oct", "12 Oct"]
    assert text_rows(html(owner, "12"), "Bridge") == ["7 Oct", "12 Oct"]


def text_rows(source: str, exercise: str) -> list[str]:
    """The first cells of an exercise's table."""
    table = re.search(rf'<caption class="hush">{exercise}</caption>.*?</table>', source, re.DOTALL)
    assert table
    return re.findall(r'<tr><th scope="row">([^<]+)', table[0])


def test_all_shows_each_step_with_its_days_and_says_that_plans_are_not_in_it(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2)

    shown = page(owner, "all")

    assert "Only what was done stands here. What was planned is shown for 4 and 12 weeks." in shown
    assert "Bridge on two legs 7 Oct 2026 9" in shown


def test_the_less_able_side_is_told(owner: User) -> None:
    a_running_plan(owner)
    workout = done_as_shown(begun(owner))
    SetLog.objects.filter(workout=workout, exercise="side_lying_abduction", side="left").update(repetitions=3)
    SetLog.objects.filter(workout=workout, exercise="side_lying_abduction", side="right").update(
        repetitions=5
    )

    assert "Left did 2 fewer than right the last time." in page(owner)


def test_the_fewest_repetitions_of_a_workouts_sets_count(owner: User) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    for number, repetitions in enumerate((9, 7, 8), start=1):
        a_set(workout, set_number=number, repetitions=repetitions)

    for shown in RANGES:
        assert "Done once in this time: 7 times." in page(owner, shown)


@pytest.mark.parametrize("shown", RANGES)
def test_pain_is_told_in_one_line_also_where_nothing_else_was_done(owner: User, shown: str) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    a_set(workout)
    answered(workout, "bridge", {"both": went(pain=4, stopped=True)})

    said = page(owner, shown)

    assert "Pain in 1 of 1 workout, at most 4 out of 10. You stopped it once because it hurt." in said


def test_checks_and_counts_then_and_now_are_linked(owner: User, clock: time_machine.Traveller) -> None:
    first = a_finished_check(owner)
    counted(owner, first, left=10, right=12)
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(26))
    second = a_finished_check(owner)
    counted(owner, second, left=20, right=13)

    for shown in RANGES:
        source = html(owner, shown)
        assert f"/checks/compare/?then={first.pk}&amp;now={second.pk}" in source
        assert "Left 10 on 5 October, 20 on 31 October (10 more: more than usually comes by chance)" in source
        assert "Right 12 on 5 October, 13 on 31 October (no clear change)" in source


def test_one_check_has_nothing_to_be_compared_with(owner: User) -> None:
    a_finished_check(owner)
    a_running_plan(owner)
    done_as_shown(begun(owner))

    assert "/checks/compare/" not in html(owner)


def test_milestones_are_told_while_all_workouts_are_in_sight_and_under_all_always(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2, 4)
    new = page(owner, "4")
    clock.move_to(noon(40))
    later, whole = page(owner, "4"), page(owner, "all")

    assert "First week with all three workouts you planned" in new
    assert "Milestones They stand under All" in later
    assert "First week with all three workouts you planned" in whole


def test_a_return_after_a_break_is_a_milestone(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 16)

    for shown in RANGES:
        assert "21 October Back after 16 days away" in page(owner, shown)


def test_the_usual_time_course_stands_with_its_sources(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    source = html(owner)

    assert "/sources/muscle-growth-1979/" in source
    assert "judge after 8 to 12" in source


# --- pages with little, or with holes ---


def test_without_plan_and_workouts_it_says_what_to_do_next(owner: User) -> None:
    for shown in RANGES:
        said = page(owner, shown)
        assert "No workouts yet" in said
        assert "Make a plan" in said


def test_with_a_plan_and_no_workout_it_leads_to_today(owner: User) -> None:
    a_running_plan(owner)

    assert "No workouts yet" in page(owner)
    assert "Go to today" in page(owner)


def test_a_plan_that_starts_later_is_no_error(owner: User) -> None:
    a_running_plan(owner, start=MONDAY + timedelta(days=3))

    for shown in RANGES:
        assert "No workouts yet" in page(owner, shown)


def test_weeks_without_workouts_are_gaps(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 23)

    assert "Week of 12 October: 0 of 3 done" in page(owner)
    assert "Week of 12 October: 0 done" in page(owner, "all")


def test_with_nothing_in_these_weeks_it_leads_to_all(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0)
    clock.move_to(noon(40))

    assert "No exercise was logged in this time. Earlier ones stand under All" in page(owner)


def test_an_ended_plan_counts_up_to_its_end_and_the_next_one_is_offered(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2)
    clock.move_to(noon(9))
    end_plan(person=owner, today=noon(9).date())

    said = page(owner)

    assert "2 of 4 workouts in two weeks" in said
    assert "No plan is running now. Make the next plan" in said


@pytest.mark.parametrize("shown", RANGES)
def test_exercises_and_steps_that_left_the_content_are_no_error(owner: User, shown: str) -> None:
    a_running_plan(owner)
    workout = done_as_shown(begun(owner))
    SetLog.objects.filter(exercise="bridge").update(exercise="gone")
    ExerciseLog.objects.filter(exercise="bridge").update(exercise="gone")
    SetLog.objects.filter(exercise="deadlift").update(rung="gone")
    workout.prescription["lines"][0]["prescribed"]["shown"]["rung"] = "gone"
    workout.save()

    said = page(owner, shown)

    assert "An exercise that is no longer offered" in said
    assert "A step that is no longer offered" in said


def test_an_extra_workout_stands_beside_the_planned_ones(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    done_as_shown(begun(owner))

    assert "1 of 1 workout this week" in page(owner)
    assert "You also did one extra workout." in page(owner)
    assert "2 workouts since" in page(owner, "all")


def test_lighter_workouts_are_marked(owner: User) -> None:
    a_running_plan(owner)
    workout = begun(owner, lighter_day=True)
    done_as_shown(workout)

    assert '<path class="light"' in html(owner).partition('class="charts"')[2]
    assert "5 Oct lighter" in page(owner)


@pytest.mark.parametrize("shown", RANGES)
def test_weights_and_bands_are_told_as_the_person_reads_them(owner: User, shown: str) -> None:
    owner.weight_unit = WeightUnit.POUNDS
    owner.save()
    a_running_plan(owner)
    OwnedEquipment.objects.filter(person=owner).update(band_colours={"band_light": "green"})
    workout = begun(owner)
    a_set(workout, "banded_walk", side="left", rung="band_above_knees", band="band_light")
    a_set(workout, "deadlift", rung="bag_knees", load_grams=4536)

    said = page(owner, shown)

    assert "The weight is 10 lb." in said
    assert "a light band (green)" in said
    assert "kg" not in said


def test_a_week_begins_on_the_day_the_person_chose(owner: User, clock: time_machine.Traveller) -> None:
    owner.week_start = WeekStart.SUNDAY
    owner.save()
    a_running_plan(owner, weekdays=(0, 6))
    trained_on(owner, clock, 0, 6, 7)

    for shown in RANGES:
        assert "Week of 4 October" in page(owner, shown)
        assert "Week of 11 October" in page(owner, shown)
    assert text_rows(html(owner, "12"), "Bridge") == ["5 Oct", "12 Oct"]
    assert [week.begun for week in whole_progress(owner).begun] == [1, 2]


def test_a_pause_and_a_hold_plan_nothing(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0)
    training = training_of(owner)
    assert training is not None
    pause = training.schedule.structural(DateChangeKind.PAUSE, training.today)
    change_plan(plan=training.plan, change=pause, today=training.today)
    clock.move_to(noon(13))

    assert "1 of 1 workout in two weeks" in page(owner)


# --- ranges, people, cost ---


def test_an_unknown_range_is_not_found(signed_in: Client) -> None:
    assert signed_in.get("/progress/?range=7").status_code == 404


def test_without_a_range_it_shows_four_weeks(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    source = signed_in_as(owner).get("/progress/").content.decode()

    assert '<a href="?range=4" aria-current="page">' in source


@pytest.mark.parametrize("shown", RANGES)
def test_nobody_sees_the_workouts_of_another(owner: User, stranger: User, shown: str) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    assert "No workouts yet" in page(stranger, shown)


def test_no_style_or_script_stands_in_the_page(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    for shown in RANGES:
        source = html(owner, shown)
        assert not re.search(r'\sstyle="|<style|<script(?![^>]* src=)', source)


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


@pytest.mark.parametrize(("shown", "expected"), [("4", 8), ("12", 8), ("all", 8)])
def test_queries_are_the_same_with_one_workout_and_with_twenty(
    owner: User, stranger: User, shown: str, expected: int
) -> None:
    clients = {}
    for person, workouts in ((owner, 1), (stranger, 20)):
        past_copies(a_running_plan(person), workouts)
        clients[person.pk] = signed_in_as(person)

    counts = []
    for client in clients.values():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/progress/?range={shown}").status_code == 200
        counts.append(len(queries))

    assert counts == [expected, expected]


def test_all_reads_one_row_a_week_exercise_and_side(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    trained_on(owner, clock, 0, 2, 4, 7)

    weeks = whole_progress(owner)

    bridge = next(course for course in weeks.courses if course.exercise == "bridge")
    assert [(point.on, point.fewest) for point in bridge.points] == [
        (date(2026, 10, 9), 10),
        (date(2026, 10, 12), 11),
    ]


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


def test_all_shows_months_before_the_last_year_and_says_so(owner: User) -> None:
    trained_for_years(a_running_plan(owner), 3)

    said = page(owner, "all")

    assert "156 workouts since" in said
    assert "The last workout of each week; before 6 October 2025, of each month." in said
    assert "Before 6 October 2025 each point is a month: its workouts a week, on average." in said
    assert "Week of Done 6 Oct 2025 1 13 Oct 2025 1" in said
    assert "Year Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec 2023 3 4 4 2024 5" in said
    assert "A week counts in the month in which it began." in said
    assert "Week of 6 October 2025 Workout number 100" not in said


def test_all_of_a_year_shows_weeks_only(owner: User) -> None:
    trained_for_years(a_running_plan(owner), 1)

    said = page(owner, "all")

    assert "month" not in said.partition("Milestones")[0]


@pytest.mark.parametrize("week_start", WeekStart)
def test_the_database_and_the_rules_agree_on_months(owner: User, week_start: WeekStart) -> None:
    owner.week_start = week_start
    owner.save()
    trained_for_years(a_running_plan(owner), 3)

    whole = whole_progress(owner)

    bridge = next(course for course in whole.courses if course.exercise == "bridge")
    periods = [
        first_week_of_month(point.on, week_start)
        if point.on < whole.by_week_from
        else first_day_of_week(point.on, week_start)
        for point in bridge.points
    ]
    assert periods == [month.first_day for month in whole.months] + [week.first_day for week in whole.weeks]


def test_all_of_26_years_reads_few_rows_and_stays_below_60_kb(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained_for_years(a_running_plan(owner), 26)
    sides = SetLog.objects.filter(person=owner).order_by().values("exercise", "side").distinct().count()
    rows = []
    plain = SQLCompiler.results_iter

    def counting(self: SQLCompiler, *args: Any, **kwargs: Any) -> Iterator[Any]:
        for row in plain(self, *args, **kwargs):
            rows.append(row)
            yield row

    monkeypatch.setattr(SQLCompiler, "results_iter", counting)

    source = sent(owner, "all")

    weeks, months = 56, 25 * 12
    assert len(rows) <= 26 * 52 + (weeks + months) * sides + 20
    assert len(source.encode()) <= 60_000


def test_twelve_weeks_and_all_agree_on_what_was_done(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner, things=[*THINGS, "kettlebell_or_dumbbell"], weights=(4000, 8000))
    trained_on(owner, clock, 0, 2, 4, 7, 16, 18)

    some, whole = recent_progress(owner, 12, by_workout=False), whole_progress(owner)

    def seen(courses: list[Course]) -> list[tuple[object, ...]]:
        return [
            (course.exercise, point.on, point.rung, dict(point.done), point.load_grams, point.hold_seconds)
            for course in courses
            for point in course.was_done
        ]

    assert seen(some.weekly) == seen(whole.courses)
    assert some.begun == whole.begun
    assert some.pain == whole.pain
