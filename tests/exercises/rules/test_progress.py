"""Progress without a database: weeks, courses, findings, milestones, and where a chart's arches stand."""

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anatomy.blocks import ContentError, forbidden_words, load_file
from exercises.rules.idiom import Idiom
from exercises.rules.progress.chart import FLOOR, WIDTH, ChartLabel, ChartMark, CourseChart, chart_of
from exercises.rules.progress.courses import (
    Asked,
    Course,
    Pain,
    SideDone,
    courses_of,
    last_of_each_week,
    runs_of,
)
from exercises.rules.progress.expectations import ExpectationsPage, expectations_page
from exercises.rules.progress.findings import between_sides, finding, pain_in_words
from exercises.rules.progress.milestones import Milestone, milestones
from exercises.rules.progress.weeks import (
    Begun,
    PlanDates,
    WeekDone,
    about_weeks,
    begun_weeks,
    months_before,
    only_done,
    weeks_in_words,
    weeks_of,
    weeks_shown_from,
    without_empty_start,
)
from exercises.rules.scheduling import Schedule
from exercises.rules.slots import DateChange, DateChangeKind, Done
from exercises.rules.values import Dose

MONDAY = date(2026, 10, 5)
TODAY = date(2026, 11, 15)


def day(number: int) -> date:
    """A day counted from the first Monday."""
    return MONDAY + timedelta(days=number)


def schedule(*done: int, changes: tuple[DateChange, ...] = ()) -> Schedule:
    """Mondays, Wednesdays and Fridays from the first Monday, with these slots done on their dates."""
    planned = Schedule(start=MONDAY, weekdays=(0, 2, 4), changes=changes)
    return Schedule(
        start=MONDAY,
        weekdays=(0, 2, 4),
        changes=changes,
        workouts=tuple(Done(on=slot.on, slot=slot.number) for slot in planned.slots if slot.number in done),
    )


def row(number: int, repetitions: int = 8, **values: Any) -> SideDone:
    """The bridge, done on a day with both sides at once."""
    known: dict[str, Any] = {"exercise": "bridge", "side": "both", "rung": "two_legs", "number": 1}
    return SideDone(on=day(number), repetitions=repetitions, **(known | values))


def pair(number: int, left: int, right: int) -> list[SideDone]:
    """The side-lying leg lift on a day."""
    known: dict[str, Any] = {"exercise": "side_lying_abduction", "rung": "straight_leg"}
    return [row(number, left, side="left", **known), row(number, right, side="right", **known)]


def asked(number: int, repetitions: int = 8, *, lighter: bool = False, rung: str = "two_legs") -> Asked:
    return Asked(day(number), 1, "bridge", Dose(rung, 2, repetitions), lighter)


def course(*rows: SideDone) -> Course:
    return courses_of(rows)[0]


# --- weeks ---


def test_a_week_says_what_was_done_missed_and_is_to_come() -> None:
    weeks = weeks_of([PlanDates(schedule(1, 2, 4))], [], first_day=MONDAY, today=day(9))

    assert [(w.done, w.missed, w.to_come) for w in weeks] == [(2, 1, 0), (1, 0, 2)]


def test_a_skipped_workout_is_not_due() -> None:
    skip = DateChange(DateChangeKind.SKIP, on=MONDAY, slot=2, why="travel")

    (week,) = weeks_of([PlanDates(schedule(1, 3, changes=(skip,)))], [], first_day=MONDAY, today=day(6))

    assert (week.done, week.due, week.skipped) == (2, 2, 1)


def test_what_an_ended_plan_had_planned_after_its_end_counts_nowhere() -> None:
    weeks = weeks_of([PlanDates(schedule(1, 2), ended_on=day(4))], [], first_day=MONDAY, today=day(13))

    assert [(w.done, w.missed, w.to_come) for w in weeks] == [(2, 0, 0), (0, 0, 0)]


def test_a_workout_done_on_the_day_its_plan_ended_still_counts() -> None:
    (week,) = weeks_of([PlanDates(schedule(1, 2), ended_on=day(2))], [], first_day=MONDAY, today=day(3))

    assert week.done == 2


def test_plans_that_follow_each_other_share_a_week() -> None:
    first = PlanDates(schedule(1), ended_on=day(1))
    second = PlanDates(Schedule(start=day(2), weekdays=(2, 4), workouts=(Done(on=day(2), slot=1),)))

    (week,) = weeks_of([first, second], [], first_day=MONDAY, today=day(6))

    assert (week.done, week.missed) == (2, 1)


def test_extra_workouts_stand_beside_the_plan() -> None:
    (week,) = weeks_of([PlanDates(schedule(1))], [day(1), day(9)], first_day=MONDAY, today=day(1))

    assert (week.done, week.extra) == (1, 1)


def test_a_lighter_week_is_marked() -> None:
    done = range(1, 13)

    weeks = weeks_of([PlanDates(schedule(*done))], [], first_day=MONDAY, today=day(28))

    assert [week.lighter for week in weeks] == [False, False, False, False, True]


def test_a_lighter_week_that_is_past_is_what_its_workouts_were() -> None:
    """Plans begun under version 2 had theirs in week 4."""
    planned = schedule(*range(1, 13))
    workouts = tuple(replace(done, lighter_week=done.slot in {10, 11, 12}) for done in planned.workouts)

    weeks = weeks_of([PlanDates(replace(planned, workouts=workouts))], [], first_day=MONDAY, today=day(34))

    assert [week.lighter for week in weeks] == [False, False, False, True, False]


def test_weeks_before_anything_was_planned_are_left_out_and_gaps_are_not() -> None:
    weeks = [WeekDone(day(0)), WeekDone(day(7), done=1), WeekDone(day(14)), WeekDone(day(21), extra=1)]

    assert [week.first_day for week in without_empty_start(weeks)] == [day(7), day(14), day(21)]


@pytest.mark.parametrize(
    ("weeks", "says"),
    [
        (
            [WeekDone(day(n * 7), done=3) for n in range(5)] + [WeekDone(day(35), done=2, missed=1)],
            "17 of 18 workouts in six weeks",
        ),
        ([WeekDone(MONDAY, done=1)], "1 of 1 workout this week"),
        ([WeekDone(MONDAY, done=1, to_come=2)], "1 of 1 workout this week"),
        ([WeekDone(MONDAY, missed=3), WeekDone(day(7), missed=3)], "0 of 6 workouts in two weeks"),
        ([WeekDone(MONDAY, extra=1), WeekDone(day(7))], "1 workout in two weeks"),
        ([WeekDone(MONDAY), WeekDone(day(7))], "No workouts in two weeks"),
    ],
)
def test_the_headline_says_how_many_of_how_many(weeks: list[WeekDone], says: str) -> None:
    assert weeks_in_words(weeks) == says


def test_missed_workouts_are_told_without_blame() -> None:
    said = about_weeks([WeekDone(MONDAY, done=1, missed=1, skipped=1, extra=2, lighter=True)])

    assert said == [
        "One planned workout was not done. Nothing was lost by it: the next one had the same targets.",
        "You skipped one on purpose.",
        "You also did two extra workouts.",
        "The week of 5 October was a lighter one.",
    ]


def test_a_full_week_needs_no_remark() -> None:
    assert about_weeks([WeekDone(MONDAY, done=3)]) == []


def test_since_the_first_workout_every_week_is_there_also_an_empty_one() -> None:
    begun = begun_weeks([(day(0), True), (day(2), False), (day(20), True)], week_start=0)

    weeks = only_done(begun, 0, day(22))

    assert [(w.first_day, w.extra, w.planned) for w in weeks] == [
        (day(0), 2, False),
        (day(7), 0, False),
        (day(14), 1, False),
        (day(21), 0, False),
    ]


@pytest.mark.parametrize(
    ("today", "week_start", "from_"),
    [
        (date(2026, 11, 28), 0, date(2025, 12, 1)),
        (date(2026, 12, 20), 0, date(2025, 12, 1)),
        (date(2026, 11, 28), 6, date(2025, 11, 2)),
        (date(2026, 10, 5), 0, date(2025, 10, 6)),
    ],
)
def test_the_last_year_begins_with_the_first_week_that_begins_in_its_month(
    today: date, week_start: int, from_: date
) -> None:
    assert weeks_shown_from(today, week_start) == from_


def test_before_the_last_year_each_week_counts_in_the_month_in_which_it_began() -> None:
    days = [date(2025, 1, 1), date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 1)]
    begun = begun_weeks([(on, False) for on in days], week_start=0)

    months = months_before(begun, 0, date(2025, 5, 5))

    assert [(m.first_day, m.weeks, m.begun) for m in months] == [
        (date(2024, 12, 2), 1, 1),  # the week of 30 December
        (date(2025, 1, 6), 4, 0),
        (date(2025, 2, 3), 4, 2),
        (date(2025, 3, 3), 5, 2),
        (date(2025, 4, 7), 4, 0),
    ]
    assert sum(m.begun for m in months) == len(days)
    assert [m.a_week for m in months] == [1, 0, 0.5, 0.4, 0]


@given(st.lists(st.dates(date(2019, 1, 1), date(2026, 10, 9)), min_size=1), st.sampled_from([0, 5, 6]))
def test_months_and_the_weeks_after_them_hold_every_workout_once(days: list[date], week_start: int) -> None:
    begun = begun_weeks(((on, False) for on in sorted(days)), week_start)
    from_ = weeks_shown_from(date(2026, 10, 9), week_start)

    months = months_before(begun, week_start, from_)
    weeks = only_done(begun, week_start, date(2026, 10, 9), since=from_)

    assert sum(month.begun for month in months) + sum(week.extra for week in weeks) == len(days)
    assert all(4 <= month.weeks <= 5 for month in months[1:])


def test_nothing_done_has_no_weeks() -> None:
    assert months_before([], 0, TODAY) == []
    assert only_done([], 0, TODAY) == []


def test_a_sunday_person_has_sunday_weeks() -> None:
    begun = begun_weeks([(day(6), True), (day(7), True)], week_start=6)

    assert [week.first_day for week in begun] == [day(6)]


# --- courses ---


def test_a_course_joins_sides_and_what_was_asked() -> None:
    wanted = Asked(day(0), 1, "side_lying_abduction", Dose("straight_leg", 2, 8), lighter=True)

    (found,) = courses_of(pair(0, 8, 7), [wanted])

    (point,) = found.points
    assert point.done == {"left": 8, "right": 7}
    assert (point.target, point.fewest, point.lighter) == (8, 7, True)


def test_what_was_asked_and_not_done_is_an_empty_point() -> None:
    (found,) = courses_of([row(0)], [asked(0), asked(2)])

    assert [point.done for point in found.points] == [{"both": 8}, {}]


def test_an_exercise_never_done_in_this_time_is_left_out() -> None:
    assert courses_of([], [asked(0)]) == []


def test_a_target_of_another_step_is_no_target() -> None:
    (found,) = courses_of([row(0)], [asked(0, rung="small_lift")])

    assert found.points[0].target is None


def test_exercises_stand_in_the_order_of_the_content_and_gone_ones_last() -> None:
    found = courses_of([row(0, exercise="aaa_gone", rung="old"), row(0), *pair(0, 8, 8)])

    assert [one.exercise for one in found] == ["side_lying_abduction", "bridge", "aaa_gone"]


def test_an_exercise_that_left_the_content_is_said_to_be_no_longer_offered() -> None:
    gone = course(row(0, exercise="gone", rung="old"), row(2, exercise="gone", rung="older"))

    assert gone.name == "An exercise that is no longer offered"
    assert gone.known is None
    assert finding(gone, TODAY) == (
        "Another step since 7 October: a step that is no longer offered. Done once on this step so far: 8 times."
    )


def test_a_week_is_shown_by_its_last_workout_in_which_the_exercise_was_done() -> None:
    (found,) = courses_of([row(0, 8), row(2, 9), row(7, 10)], [asked(4), asked(7)])

    weekly = last_of_each_week(found, week_start=0)

    assert [(point.on, point.fewest) for point in weekly.points] == [(day(2), 9), (day(7), 10)]


def test_a_week_in_which_it_was_only_asked_for_shows_that() -> None:
    (found,) = courses_of([row(0)], [asked(7), asked(9)])

    assert [point.on for point in last_of_each_week(found, 0).points] == [day(0), day(9)]


def test_steps_follow_each_other_as_they_were_done() -> None:
    found = course(row(0), row(2, 12), row(4, 8, rung="knees_apart_hold"), row(7, 8))

    assert [(run.rung, len(run.points), run.most("both")) for run in runs_of(found)] == [
        ("two_legs", 2, 12),
        ("knees_apart_hold", 1, 8),
        ("two_legs", 1, 8),
    ]


# --- findings ---


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([row(0)], "Done once in this time: 8 times."),
        ([row(0), row(2, 12)], "From 8 to 12 times on the same step."),
        ([row(0), row(2, 9), row(4, 8)], "8 times, as at the start of this time."),
        (
            [row(0, rung="small_lift"), row(2, rung="two_legs"), row(4, 10)],
            "A harder step since 7 October: bridge on two legs. From 8 to 10 times on the same step.",
        ),
        (
            [row(0), row(2, 8, rung="small_lift")],
            "An easier step since 7 October: pelvic tilt and a small lift. Done once on this step so far: 8 times.",
        ),
        (
            [row(0, load_grams=4000), row(2, load_grams=6000)],
            "The weight went from 4 kg to 6 kg. 8 times, as at the start of this time.",
        ),
        (
            [row(0, load_grams=4000), row(2, 9, load_grams=4000)],
            "The weight is 4 kg. From 8 to 9 times on the same step.",
        ),
    ],
)
def test_the_finding_says_what_became_of_an_exercise(rows: list[SideDone], says: str) -> None:
    assert finding(course(*rows), TODAY) == says


def test_weights_are_told_in_the_persons_unit() -> None:
    pounds = finding(course(row(0, load_grams=4536), row(2, load_grams=9072)), TODAY, Idiom(pounds=True))

    assert pounds.startswith("The weight went from 10 lb to 20 lb.")


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        (6, 8, "Left did 2 fewer than right the last time."),
        (9, 8, "Right did 1 fewer than left the last time."),
        (8, 8, ""),
    ],
)
def test_a_gap_between_sides_is_told_in_one_line(left: int, right: int, says: str) -> None:
    assert between_sides(course(*pair(0, 3, 9), *pair(2, left, right))) == says


def test_sides_that_work_together_have_no_gap() -> None:
    assert between_sides(course(row(0))) == ""


@pytest.mark.parametrize(
    ("pain", "says"),
    [
        (Pain(12, 2, 4, 0, day(7)), "Pain in 2 of 12 workouts, at most 4 out of 10. Last on 12 October."),
        (Pain(1, 1, 3, 0, day(0)), "Pain in 1 of 1 workout, at most 3 out of 10. Last on 5 October."),
        (
            Pain(4, 1, 6, 1, date(2025, 12, 30)),
            "Pain in 1 of 4 workouts, at most 6 out of 10. You stopped it once because it hurt. Last on 30 December 2025.",
        ),
        (Pain(4, 0, 0, 2, day(0)), "You stopped it twice because it hurt. Last on 5 October."),
        (Pain(4, 0, 0, 0, day(0)), ""),
    ],
)
def test_pain_is_told_in_one_line(pain: Pain, says: str) -> None:
    assert pain_in_words(pain, TODAY) == says


# --- milestones ---


def reached(begun: list[Begun], *courses: Course, chosen: list[tuple[date, int]] | None = None) -> list[str]:
    return [one.text for one in milestones(begun, courses, chosen or [])]


def test_milestones_stand_in_order_of_time() -> None:
    begun = begun_weeks([(day(n), True) for n in (0, 2, 4, 7, 9, 11, 14, 16, 18, 21)], 0)
    found = milestones(begun, [course(row(0), row(8, 8, rung="knees_apart_hold"))], [(MONDAY, 3)])

    assert [(one.on, one.text.partition(",")[0]) for one in found] == [
        (day(0), "First workout"),
        (day(0), "First week with all three workouts you planned"),
        (day(7), "Bridge: first step up"),
        (day(21), "Workout number 10"),
    ]


def test_nothing_was_reached_before_the_first_workout() -> None:
    assert milestones([], [], []) == []


def test_a_week_is_full_by_the_days_chosen_then() -> None:
    begun = begun_weeks([(day(0), True), (day(7), True), (day(9), True)], 0)

    full = [one for one in milestones(begun, [], [(MONDAY, 3), (day(7), 2)]) if "you planned" in one.text]

    assert full == [Milestone(day(7), "First week with both workouts you planned", in_week=True)]


def test_extra_workouts_fill_no_week() -> None:
    begun = begun_weeks([(day(0), True), (day(1), False)], 0)

    assert reached(begun, chosen=[(MONDAY, 2)]) == ["First workout"]


def test_the_latest_return_after_ten_days_or_more_is_told_with_its_date() -> None:
    begun = begun_weeks([(day(0), True), (day(9), True), (day(33), True)], 0)

    back = milestones(begun, [], [])[-1]

    assert (back.on, back.text, back.in_week) == (day(33), "Back after 24 days away", False)


def test_nine_days_are_no_break() -> None:
    begun = begun_weeks([(day(0), True), (day(9), True)], 0)

    assert reached(begun) == ["First workout"]


def test_only_the_first_step_up_of_an_exercise_is_told() -> None:
    steps = course(row(0), row(7, rung="small_lift"), row(14), row(21, rung="knees_apart_hold"))
    begun = begun_weeks([(day(n), True) for n in (0, 7, 14, 21)], 0)

    ups = [one for one in milestones(begun, [steps], []) if "step up" in one.text]

    assert [one.on for one in ups] == [day(14)]


def test_the_first_weight_is_told_once_in_the_persons_unit() -> None:
    begun = begun_weeks([(day(0), True), (day(7), True)], 0)
    weighted = course(row(0), row(7, load_grams=4536), row(9, load_grams=9072))

    found = milestones(begun, [weighted], [], Idiom(pounds=True))

    assert [one.text for one in found if "weight" in one.text] == ["Bridge: first weight, 10 lb"]


def test_what_one_point_a_month_shows_is_a_milestone_of_its_month() -> None:
    begun = begun_weeks([(day(0), True), (day(30), True)], week_start=0)
    steps = course(row(0), row(30, rung="one_leg"))

    found = milestones(begun, [steps], [], weeks_from=day(60))

    assert [(one.on, one.in_week, one.in_month) for one in found if "first step up" in one.text] == [
        (day(30), False, True)
    ]


def test_an_exercise_that_left_the_content_has_no_milestone() -> None:
    begun = begun_weeks([(day(0), True)], 0)

    assert reached(begun, course(row(0, exercise="gone", rung="old", load_grams=4000))) == ["First workout"]


# --- the prose ---


def test_the_prose_says_that_arches_may_not_change_and_when_to_judge() -> None:
    said = " ".join(stage.block.text for stage in expectations_page().course)

    assert "8 to 12" in said
    assert "No week is promised" in said
    assert not forbidden_words(said)


def test_prose_without_a_course_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "progress.toml"
    file.write_text('[numbers]\ntext = "Plain."\nbasis = "design_choice"\n')

    with pytest.raises(ContentError, match="course"):
        load_file(file, ExpectationsPage)


# --- the chart ---


def chart(*marks: ChartMark, places: int = 12, ticks: tuple[tuple[int, str], ...] = ()) -> CourseChart:
    return chart_of(marks, places=places, ticks=ticks)


def looks(found: CourseChart) -> list[str]:
    return [shape.look for shape in found.shapes]


def touch(labels: list[ChartLabel]) -> bool:
    return any(one.reach[1] > other.reach[0] for one, other in itertools.pairwise(labels))


def test_left_and_right_stand_as_a_pair_within_what_was_planned() -> None:
    found = chart(ChartMark(0, {"left": 8, "right": 7}, target=8))

    assert looks(found) == ["t", "l", "r"]
    assert [label.text for label in found.numbers] == ["8/7"]


def test_sides_together_are_one_arch() -> None:
    assert looks(chart(ChartMark(0, {"both": 8}))) == ["l"]


def test_what_was_planned_and_not_done_is_dashed_only() -> None:
    found = chart(ChartMark(0, {}, target=8), ChartMark(1, {"both": 8}, target=8))

    assert looks(found) == ["t", "t", "l"]
    assert [label.text for label in found.numbers] == ["8"]


def test_the_highest_number_is_the_tallest_and_twice_as_many_are_twice_as_high() -> None:
    low, high = chart(ChartMark(0, {"both": 5}), ChartMark(1, {"both": 10})).numbers

    assert FLOOR - high.y - 7 == pytest.approx(2 * (FLOOR - low.y - 7), abs=0.2)


def test_another_step_is_marked_between_the_two() -> None:
    found = chart(
        ChartMark(0, {"both": 8}, step="a"),
        ChartMark(1, {"both": 9}, step="a"),
        ChartMark(2, {"both": 6}, step="b"),
    )

    assert list(found.steps) == [pytest.approx(8 + 2 * (WIDTH - 16) / 12, abs=0.1)]


def test_a_lighter_workout_has_its_dot() -> None:
    assert len(chart(ChartMark(0, {"both": 8}), ChartMark(1, {"both": 8}, lighter=True)).lighter) == 1


def test_many_weeks_become_a_line_for_each_side_broken_at_a_gap() -> None:
    marks = [ChartMark(n, {"left": 8, "right": 8}) for n in range(52) if n not in {10, 11}]

    found = chart(*marks, places=52)

    assert found.as_lines
    assert looks(found) == ["rl", "ll"]
    assert found.shapes[0].path.count("M") == 2


def test_a_weight_has_its_own_lane_with_first_and_last_named() -> None:
    marks = [
        ChartMark(n, {"both": 8}, load=(grams, f"{grams // 1000} kg"))
        for n, grams in enumerate((4000, 4000, 6000))
    ]

    found = chart(*marks)

    assert looks(found)[-1] == "w"
    assert [label.text for label in found.numbers if "kg" in label.text] == ["4 kg", "6 kg"]
    assert found.height > chart(ChartMark(0, {"both": 8})).height


def test_dates_that_would_touch_are_left_out() -> None:
    ticks = tuple((place, f"{place + 1} Oct") for place in range(12))

    found = chart(ChartMark(0, {"both": 8}), ticks=ticks)

    assert 3 <= len(found.ticks) < 12
    assert not touch(list(found.ticks))


def test_a_chart_without_marks_is_a_floor() -> None:
    found = chart(places=1)

    assert (found.shapes, found.numbers) == ((), ())


values = st.integers(min_value=0, max_value=200)
sides: st.SearchStrategy[dict[str, int]] = st.one_of(
    st.fixed_dictionaries({"both": values}),
    st.fixed_dictionaries({"left": values, "right": values}),
    st.fixed_dictionaries({}),
)


@given(
    st.lists(
        st.tuples(sides, st.one_of(st.none(), values), st.sampled_from("ab"), st.integers(1, 300_000)),
        max_size=60,
    ),
    st.sampled_from([1, 2, 7]),
)
def test_no_chart_leaves_its_picture_and_no_labels_touch(
    drawn: list[tuple[dict[str, int], int | None, str, int]], apart: int
) -> None:
    marks = [
        ChartMark(place * apart, done, target, step, (grams, f"{grams / 1000:g} kg"))
        for place, (done, target, step, grams) in enumerate(drawn)
    ]

    found = chart_of(marks, places=max(1, len(marks) * apart), ticks=[(0, "5 Oct")])

    for shape in found.shapes:
        for x in re.findall(r"[MLH](-?\d+(?:\.\d+)?)", shape.path):
            assert -1 <= float(x) <= WIDTH + 1
        for y in re.findall(r"V(-?\d+(?:\.\d+)?)", shape.path):
            assert 0 <= float(y) <= found.height
    for label in (*found.numbers, *found.ticks):
        assert label.reach[0] >= -0.1
        assert label.reach[1] <= WIDTH + 0.1
        assert 0 < label.y < found.height
    upper = [label for label in found.numbers if label.y < FLOOR]
    assert not touch(sorted(upper, key=lambda label: label.x))


def test_a_line_that_stays_level_names_its_ends_only_and_keeps_its_gaps() -> None:
    found = chart(*(ChartMark(place, {"both": 8}) for place in (*range(40), *range(42, 80))), places=80)

    assert re.sub(r"[\d. ]", "", found.shapes[0].path) == "MhLMhL"


def test_a_mark_that_reaches_further_is_joined_over_empty_places() -> None:
    months = [ChartMark(place, {"both": 8 + place % 3}, reach=5) for place in (2, 6, 11, 20)]

    found = chart(*months, *(ChartMark(place, {"both": 9}) for place in range(24, 90)), places=90)

    assert found.shapes[0].path.count("M") == 2
