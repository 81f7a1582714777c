"""Progress without a database: weeks, courses, findings, milestones, and where a chart's arches stand."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anatomy.blocks import ContentError, forbidden_words, load_file
from exercises.rules.idiom import Idiom
from exercises.rules.progress.chart import (
    MOST_MARKS,
    WIDTH,
    ChartLabel,
    ChartMark,
    ChartRow,
    StairChart,
    chart_of,
    ticks_of,
)
from exercises.rules.progress.courses import (
    Asked,
    Course,
    Every,
    Pain,
    SideDone,
    courses_of,
    floors,
    is_lower,
    over_time,
    runs_of,
    steps_up,
)
from exercises.rules.progress.expectations import ExpectationsPage, expectations_page
from exercises.rules.progress.findings import between_sides, climb, done_in_words, finding, pain_in_words
from exercises.rules.progress.milestones import Before, Milestone, Trained, milestones
from exercises.rules.progress.months import MonthDay, calendar_of, last_day_of, workout_in_words
from exercises.rules.progress.weeks import (
    PlanDates,
    WeekDone,
    about_weeks,
    not_done,
    weeks_in_a_row,
    weeks_in_words,
    weeks_of,
    without_empty_start,
)
from exercises.rules.scheduling import Schedule
from exercises.rules.slots import DateChange, DateChangeKind, Done, SlotState
from exercises.rules.values import Answer, Dose, Effort, LineLog, Prescribed, SetDone, WorkoutLog

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
            "17 of 18 workouts",
        ),
        ([WeekDone(MONDAY, done=1, to_come=2)], "1 of 1 workout"),
        ([WeekDone(MONDAY, missed=3), WeekDone(day(7), missed=3)], "0 of 6 workouts"),
        ([WeekDone(MONDAY, extra=1), WeekDone(day(7))], "1 workout"),
        ([WeekDone(MONDAY), WeekDone(day(7))], "No workouts"),
    ],
)
def test_the_headline_says_how_many_of_how_many(weeks: list[WeekDone], says: str) -> None:
    assert weeks_in_words(weeks) == says


def test_missed_workouts_are_told_without_blame() -> None:
    said = about_weeks([WeekDone(MONDAY, done=1, missed=1, skipped=1, extra=2, lighter=True)])

    assert said == [
        "One planned workout was not done (dashed); nothing was lost.",
        "You skipped one on purpose.",
        "Two workouts were extra (apricot).",
        "The week of 5 October was a lighter one.",
    ]


def test_a_full_week_needs_no_remark() -> None:
    assert about_weeks([WeekDone(MONDAY, done=3)]) == []


@pytest.mark.parametrize(
    ("weeks", "count"),
    [
        ([WeekDone(day(0), done=1), WeekDone(day(7), done=1)], 2),
        ([WeekDone(day(0), done=1), WeekDone(day(7), missed=3), WeekDone(day(14), done=1)], 1),
        ([WeekDone(day(0), done=1), WeekDone(day(7), skipped=3), WeekDone(day(14), done=1)], 2),
        ([WeekDone(day(0), done=1), WeekDone(day(7)), WeekDone(day(14), extra=1)], 2),
        ([WeekDone(day(0), done=1), WeekDone(day(7), missed=1, to_come=1)], 1),
        ([], 0),
    ],
    ids=["all", "a missed week", "a skipped week", "a week without any", "the running week", "none"],
)
def test_a_row_of_weeks_ends_only_where_workouts_were_planned_and_none_was_done(
    weeks: list[WeekDone], count: int
) -> None:
    assert weeks_in_a_row(weeks) == count
    assert ("weeks in a row" in " ".join(about_weeks(weeks))) == (count > 1)


# --- months ---


def test_a_month_is_whole_weeks_with_its_days_only() -> None:
    weeks = calendar_of(date(2026, 10, 1), [], {day(2): SlotState.MISSED}, week_start=6)

    assert [len(week) for week in weeks] == [7] * 5
    days = [one for week in weeks for one in week if one]
    assert [one.on for one in days] == [date(2026, 10, number) for number in range(1, 32)]
    assert weeks[0][4] == MonthDay(date(2026, 10, 1))
    assert [one.on for one in days if one.slot] == [day(2)]
    assert last_day_of(date(2024, 2, 3)) == date(2024, 2, 29)


def workout(*, lighter: bool = False, **answers: Sequence[Answer]) -> WorkoutLog:
    """A workout of the bridge and the deadlift, each told so."""
    dose = Dose("two_legs", 1, 8)
    sets = (SetDone("both", 1, 8),)
    lines = {
        exercise: LineLog(Prescribed(dose, dose), sets if told else (), tuple(told))
        for exercise, told in answers.items()
    }
    return WorkoutLog(MONDAY, lines, lighter=lighter)


CLEAN, UNCLEAN = (
    Answer("both", Effort.RIGHT, clean=True, pain=0),
    Answer("both", Effort.RIGHT, clean=False, pain=0),
)
HURT = Answer("both", Effort.RIGHT, clean=True, pain=6)
STOPPED = Answer("both", None, clean=None, pain=None, stopped=True)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (workout(bridge=[CLEAN], deadlift=[CLEAN]), "2 exercises, all clean"),
        (workout(bridge=[CLEAN]), "1 exercise, all clean"),
        (workout(bridge=[CLEAN], deadlift=[]), "1 of 2 exercises, all clean"),
        (workout(bridge=[CLEAN], deadlift=[UNCLEAN]), "2 exercises, one not clean"),
        (workout(bridge=[CLEAN], deadlift=[HURT]), "2 exercises, it hurt in one"),
        (workout(bridge=[UNCLEAN], deadlift=[STOPPED]), "2 exercises, one not clean, it hurt in one"),
        (workout(lighter=True, bridge=[CLEAN]), "1 exercise, all clean, a lighter one"),
        (workout(bridge=[], deadlift=[]), "Nothing logged"),
    ],
)
def test_a_workout_is_told_in_one_line(done: WorkoutLog, words: str) -> None:
    assert workout_in_words(done) == words


def test_missed_and_skipped_workouts_are_gaps_and_those_after_the_end_of_a_plan_are_not() -> None:
    skip = DateChange(DateChangeKind.SKIP, on=MONDAY, slot=2, why="travel")
    ended = PlanDates(schedule(1, changes=(skip,)), ended_on=day(7))

    assert not_done([ended], first_day=MONDAY, last_day=day(12), today=day(12)) == {
        day(2): SlotState.SKIPPED,
        day(4): SlotState.MISSED,
    }


# --- courses ---


def test_a_course_joins_sides_and_what_was_asked() -> None:
    wanted = Asked(day(0), 1, "side_lying_abduction", Dose("straight_leg", 2, 8), lighter=True)

    (found,) = courses_of(pair(0, 8, 7), [wanted])

    (point,) = found.points
    assert point.done == {"left": 8, "right": 7}
    assert (point.asked, point.fewest, point.lighter) == (wanted.dose, 7, True)


def test_what_was_asked_and_not_done_is_an_empty_point() -> None:
    (found,) = courses_of([row(0)], [asked(0), asked(2)])

    assert [point.done for point in found.points] == [{"both": 8}, {}]


def test_an_exercise_never_done_in_this_time_is_left_out() -> None:
    assert courses_of([], [asked(0)]) == []


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


def test_steps_follow_each_other_as_they_were_done() -> None:
    found = course(row(0), row(2, 12), row(4, 8, rung="knees_apart_hold"), row(7, 8))

    assert [(run.rung, len(run.points)) for run in runs_of(found)] == [
        ("two_legs", 2),
        ("knees_apart_hold", 1),
        ("two_legs", 1),
    ]


def test_a_step_up_is_one_that_was_never_reached_before() -> None:
    found = course(
        row(0),
        row(2, rung="small_lift"),
        row(4),
        row(7, rung="knees_apart_hold"),
        row(9, load_grams=4000, rung="knees_apart_hold"),
        row(11, rung="gone"),
    )

    assert [point.on for point in steps_up(found)] == [day(7), day(9)]
    assert floors(found, found.points) == [1, 0, 1, 2, 3, 3]
    assert not is_lower(found)
    assert is_lower(course(row(0), row(2, rung="small_lift")))


@pytest.mark.parametrize(
    ("days", "most", "every", "left"),
    [
        ((0, 2, 7), 60, Every.WORKOUT, [0, 2, 7]),
        ((0, 2, 21), 60, Every.WORKOUT, [0, 2, None, None, 21]),
        ((0, 2, 7, 9), 3, Every.WEEK, [2, 9]),
        ((0, 2, 21), 4, Every.WEEK, [2, None, None, 21]),
        ((0, 20, 30, 100), 4, Every.MONTH, [20, 30, None, 100]),
        ((0, 20, 30, 100), 3, Every.YEAR, [30, 100]),
        ((0, 1000), 2, Every.YEAR, [0, None, None, 1000]),
    ],
)
def test_a_history_that_is_too_long_keeps_the_last_of_each_week_month_or_year_and_its_gaps(
    days: tuple[int, ...], most: int, every: Every, left: list[int | None]
) -> None:
    found = course(*(row(number) for number in days))

    thinned, points = over_time(found, 0, most)

    assert thinned is every
    assert [(point.on - MONDAY).days if point.done else None for point in points] == left


@given(st.lists(st.integers(0, 4000), min_size=1, max_size=300, unique=True), st.sampled_from([0, 5, 6]))
def test_a_history_stays_in_order_and_ends_with_its_last_workout(days: list[int], week_start: int) -> None:
    found = course(*(row(number) for number in sorted(days)))

    every, points = over_time(found, week_start, MOST_MARKS)

    assert points[-1] == found.points[-1]
    assert [point.on for point in points] == sorted(point.on for point in points)
    assert len(points) <= MOST_MARKS or every is Every.YEAR


def test_a_history_with_one_workout_a_month_is_never_drawn_by_week() -> None:
    found = course(row(0), row(30), row(60), row(62))

    assert over_time(found, 0, MOST_MARKS)[0] is Every.WORKOUT
    assert over_time(found, 0, MOST_MARKS, whole_from=day(50))[0] is Every.MONTH


def test_what_began_when_only_months_are_known_is_told_by_month() -> None:
    found = course(row(0, rung="small_lift"), row(26, 9), row(300, 12, sets=2))

    said = finding(found, day(300), whole_from=day(100))

    assert said == "A harder step since October 2026: bridge on two legs. The last time: 2 sets of 12."


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


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([row(0)], "Done once in this time: 8 times."),
        ([row(0), row(2, 12)], "From 8 to 12 times on the same step."),
        ([row(0, rung="small_lift"), row(2)], "One step up, now bridge on two legs."),
        (
            [row(0, load_grams=4000), row(2, load_grams=6000), row(4, load_grams=8000)],
            "Two steps up, now bridge on two legs, with 8 kg.",
        ),
        ([row(0), row(2, rung="small_lift")], "An easier step now: pelvic tilt and a small lift."),
    ],
)
def test_beside_its_picture_an_exercise_is_told_in_one_line(rows: list[SideDone], says: str) -> None:
    assert climb(course(*rows)) == says


def test_what_was_done_is_one_line_with_what_goes_with_it() -> None:
    both = course(row(0, sets=2, hold_seconds=5, load_grams=4000, band="band_light"))
    sides = course(*pair(0, 8, 6))

    assert done_in_words(both.points[0], both.unit) == "2 sets of 8, hold 5 s, 4 kg, a light band"
    assert done_in_words(sides.points[0], sides.unit) == "6 times"


def test_weights_are_told_in_the_persons_unit() -> None:
    pounds = finding(course(row(0, load_grams=4536), row(2, load_grams=9072)), TODAY, Idiom(pounds=True))

    assert pounds.startswith("The weight went from 10 lb to 20 lb.")


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        (6, 8, "Left: 2 fewer the last time."),
        (9, 8, "Right: 1 fewer the last time."),
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


def trained(*days: int, extra: tuple[int, ...] = ()) -> list[Trained]:
    """Workouts on these days, those of `extra` in no place of a plan."""
    return [Trained(day(number), number not in extra) for number in sorted({*days, *extra})]


def reached(workouts: list[Trained], *courses: Course, chosen: tuple[tuple[int, int], ...] = ()) -> list[str]:
    found = milestones(workouts, courses, [(day(since), number) for since, number in chosen])
    return [one.text for one in found]


def test_milestones_stand_the_latest_first() -> None:
    workouts = trained(0, 2, 4, 7, 9, 11, 14, 16, 18, 21)
    bridge = course(row(0), row(8, rung="knees_apart_hold"))

    found = milestones(workouts, [bridge], [(MONDAY, 3)])

    assert found == [
        Milestone(day(21), "Workout number 10"),
        Milestone(day(8), "bridge with the knees apart", bridge),
        Milestone(day(4), "First week with all three workouts you planned"),
        Milestone(day(0), "First workout"),
    ]


def test_nothing_was_reached_before_the_first_workout() -> None:
    assert milestones([], [], []) == []


def test_a_week_is_full_by_the_days_chosen_then() -> None:
    found = milestones(trained(0, 7, 9), [], [(MONDAY, 3), (day(7), 2)])

    assert [one for one in found if "you planned" in one.text] == [
        Milestone(day(9), "First week with both workouts you planned")
    ]


def test_extra_workouts_fill_no_week() -> None:
    assert reached(trained(0, extra=(1,)), chosen=((0, 2),)) == ["First workout"]


def test_what_was_before_the_time_shown_counts_for_numbers_and_returns() -> None:
    found = milestones(trained(30, 32), [], [(MONDAY, 2)], before=Before(9, day(0)))

    assert [(one.on, one.text) for one in found] == [
        (day(30), "Workout number 10"),
        (day(30), "Back after 30 days away"),
    ]


def test_the_latest_return_after_ten_days_or_more_is_told() -> None:
    assert reached(trained(0, 10, 20, 44)) == ["Back after 24 days away", "First workout"]


def test_nine_days_are_no_break() -> None:
    assert reached(trained(0, 9)) == ["First workout"]


def test_every_step_up_is_told_and_a_way_back_is_none() -> None:
    steps = course(row(0), row(7, rung="small_lift"), row(14), row(21, rung="knees_apart_hold"))

    assert [one.on for one in milestones(trained(0), [steps], []) if one.course] == [day(21)]


def test_more_weight_is_told_in_the_persons_unit() -> None:
    weighted = course(row(0, load_grams=4536), row(9, load_grams=9072))

    found = milestones(trained(0), [weighted], [], idiom=Idiom(pounds=True))

    assert [one.text for one in found if one.course] == ["bridge on two legs, with 20 lb"]


def test_an_exercise_that_left_the_content_has_no_milestone() -> None:
    gone = course(row(0, exercise="gone", rung="old"), row(2, exercise="gone", rung="older", load_grams=4000))

    assert reached(trained(0), gone) == ["First workout"]


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


def looks(row: ChartRow) -> list[str]:
    return [shape.look for shape in row.shapes]


def tops(row: ChartRow) -> list[float]:
    """How high above its floor each arch is."""
    found = []
    for shape in row.shapes:
        if shape.look in {"l", "r", "easy"}:
            _, floor, shoulder, rise = map(
                float, re.findall(r"^M(\S+) (\S+)V([\d.-]+)a\S+ (\S+) ", shape.path)[0]
            )
            found.append(floor - shoulder + rise)
    return found


def both(*values: int) -> list[ChartMark]:
    return [ChartMark({"both": value}) for value in values]


def test_sides_that_were_always_equal_are_one_row_without_a_name() -> None:
    (row,) = chart_of([ChartMark({"left": 8, "right": 8}), ChartMark({"left": 9, "right": 9})]).rows

    assert (row.name, looks(row)) == ((), ["l", "l", "base"])


def test_sides_that_differed_once_are_two_rows_left_above_right_on_one_scale() -> None:
    marks = [ChartMark({"left": 10, "right": 5}), ChartMark({"left": 10, "right": 10})]

    left, right = chart_of(marks).rows

    (one,), (other,) = left.name, right.name
    assert (one.text, other.text) == ("Left", "Right")
    assert one.y < other.y
    assert (looks(left), looks(right)) == (["l", "l", "base"], ["r", "r", "base"])
    assert tops(right)[0] == pytest.approx(tops(left)[0] / 2, abs=0.2)


def test_what_was_done_with_both_sides_at_once_stands_in_both_rows() -> None:
    left, right = chart_of([*both(8), ChartMark({"left": 7, "right": 8})]).rows

    assert tops(left)[0] == pytest.approx(tops(right)[0], abs=0.2)


def test_twice_as_many_are_twice_as_high() -> None:
    (row,) = chart_of(both(5, 10)).rows

    low, high = tops(row)
    assert high == pytest.approx(2 * low, abs=0.2)


def test_a_harder_step_raises_the_floor_between_the_arches() -> None:
    flat, stairs = (chart_of([*both(12), ChartMark({"both": 8}, stair=stair)]) for stair in (0, 1))

    assert re.sub(r"[\d.]+", "", flat.rows[0].shapes[-1].path) == "M H"
    assert re.sub(r"[\d.]+", "", stairs.rows[0].shapes[-1].path) == "M HVH"
    assert stairs.height > flat.height
    assert tops(stairs.rows[0]) == pytest.approx(tops(flat.rows[0]), abs=0.2)


def test_a_lighter_workout_is_hollow_and_nothing_done_is_a_gap() -> None:
    (row,) = chart_of([*both(8), ChartMark({"both": 4}, lighter=True), ChartMark()]).rows

    assert looks(row) == ["l", "easy", "gap", "base"]


def test_a_side_that_was_not_done_is_a_gap_in_its_row() -> None:
    left, right = chart_of([ChartMark({"left": 8})]).rows

    assert (looks(left), looks(right)) == (["l", "base"], ["gap", "base"])
    assert right.numbers == ()


def test_the_first_and_the_latest_number_are_told_and_one_alone_once() -> None:
    (row,), (alone,) = (chart_of(marks).rows for marks in (both(8, 9, 12), both(8)))

    assert [label.text for label in row.numbers] == ["8", "12"]
    assert [label.text for label in alone.numbers] == ["8"]


def test_dates_that_would_touch_are_left_out() -> None:
    days = [day(n * 2) for n in range(12)]

    found = chart_of(both(*range(1, 13)), ticks_of(days))

    assert 2 <= len(found.ticks) < 12
    assert not touch(list(found.ticks))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2026, 10, 5), date(2026, 10, 7)], ["5 Oct", "7 Oct"]),
        (
            [date(2026, 3, 1), date(2026, 8, 1), date(2026, 8, 2), date(2027, 1, 3)],
            ["2027", "Mar", "Aug", "Jan"],
        ),
        ([date(2020, 3, 1), date(2020, 9, 1), date(2026, 1, 3)], ["2026", "2020", "2026"]),
        ([], []),
    ],
)
def test_the_axis_tells_days_months_or_years(days: list[date], said: list[str]) -> None:
    assert [text for _, text in ticks_of(days)] == said


def test_a_chart_without_marks_is_a_floor() -> None:
    (row,) = chart_of([]).rows

    assert (looks(row), row.numbers) == (["base"], ())


def touch(labels: list[ChartLabel]) -> bool:
    return any(one.end > other.x for one, other in itertools.pairwise(labels))


values = st.integers(min_value=0, max_value=200)
sides: st.SearchStrategy[dict[str, int]] = st.one_of(
    st.fixed_dictionaries({"both": values}),
    st.fixed_dictionaries({"left": values, "right": values}),
    st.fixed_dictionaries({}),
)


@given(st.lists(st.tuples(sides, st.integers(0, 12), st.booleans()), max_size=MOST_MARKS))
def test_no_chart_leaves_its_picture_and_no_label_touches_another_or_lies_on_an_arch(
    drawn: list[tuple[dict[str, int], int, bool]],
) -> None:
    marks = [ChartMark(done, stair, lighter=lighter) for done, stair, lighter in drawn]

    found = chart_of(marks, ticks_of([day(n) for n in range(len(marks))]))

    labels = [label for row in found.rows for label in (*row.name, *row.numbers)]
    for label in (*labels, *found.ticks):
        assert label.x >= 0
        assert label.end <= WIDTH
        assert 8 < label.y < found.height
    for row in found.rows:
        assert not touch(list(row.numbers))
        assert all(label.x > right_end(row) for label in row.name)
        for shape in row.shapes:
            assert all(0 <= float(x) <= WIDTH for x in re.findall(r"[MH](\d+(?:\.\d+)?)", shape.path))
            assert all(0 <= float(y) <= found.height for y in re.findall(r"V(-?\d+(?:\.\d+)?)", shape.path))
        if len(row.numbers) == 2:
            assert all(row.numbers[0].y < top for top in under(row, row.numbers[0]))


def right_end(row: ChartRow) -> float:
    """Where the last arch ends."""
    found = [re.findall(r"^M(\S+) .* 0 0 1 (\S+) 0V", shape.path) for shape in row.shapes]
    return max((float(left) + float(width) for ends in found for left, width in ends), default=0)


def under(row: ChartRow, label: ChartLabel) -> list[float]:
    """The tops of the arches in the way of a label."""
    found = []
    for shape in row.shapes:
        if shape.look in {"l", "r", "easy"}:
            left, _, shoulder, rise = re.findall(r"^M(\S+) (\S+)V([\d.-]+)a\S+ (\S+) ", shape.path)[0]
            if label.x - 1 <= float(left) < label.end:
                found.append(float(shoulder) - float(rise) + 0.2)
    return found


def test_a_whole_history_is_drawn_however_long_it_is() -> None:
    found: StairChart = chart_of(both(*([8, 9] * 200)))

    assert len(found.rows[0].shapes) == 401
