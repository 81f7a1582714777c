"""People over twelve weeks, looked at as a coach would."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from exercises.rules.catalogue import catalogue
from exercises.rules.doses import is_higher
from exercises.rules.values import Dose
from tests.exercises.builders import weeks_until
from tests.exercises.simulate import COACHED, PEOPLE, Done12Weeks, live, told

OPENS = {
    "at_top",
    "opens_with",
    "opens_by_hand",
    "ready_to_try",
    "bigger_load",
    "gate",
    "top_at_cap",
    "top_of_ladder",
}
"""Reasons that say what opens the next step, or that there is none."""


@cache
def story_of(name: str) -> Done12Weeks:
    return live(PEOPLE[name])


@pytest.mark.parametrize("name", PEOPLE)
def test_no_workout_is_longer_than_the_minutes_or_shorter_than_two_exercises(name: str) -> None:
    story = story_of(name)

    for prescription, _ in story.workouts:
        assert len(prescription.lines) >= 2
        assert len(prescription.lines) == 2 or prescription.seconds <= story.person.minutes * 60


@pytest.mark.parametrize("name", PEOPLE)
def test_every_line_needs_only_what_is_owned_and_says_why(name: str) -> None:
    story = story_of(name)

    for prescription, _ in story.workouts:
        for line in prescription.lines:
            assert story.person.owned.has(catalogue().rung(line.exercise, line.prescribed.shown.rung))
            assert line.prescribed.reasons
    assert not any("{" in line or "no longer" in line for line in told(story))


def test_who_does_exactly_what_the_page_says_climbs_every_ladder() -> None:
    story = story_of("exact")

    for exercise in ("side_lying_abduction", "banded_walk", "bridge", "deadlift", "hip_circle"):
        rungs = story.rungs(exercise)
        first, last = (catalogue().rung(exercise, key).number for key in (rungs[0], rungs[-1]))
        assert last > first


@pytest.mark.parametrize("exercise", ["short_foot", "heel_raise"])
@pytest.mark.parametrize("name", ["exact", *(name for name in COACHED if name != "ten")])
def test_foot_lines_keep_two_workouts_in_most_weeks(name: str, exercise: str) -> None:
    assert weeks_with_two(name, exercise) >= 10


def test_short_foot_keeps_two_workouts_in_most_weeks_of_ten_minutes() -> None:
    assert weeks_with_two("ten", "short_foot") >= 7


def weeks_with_two(name: str, exercise: str) -> int:
    """In how many of the twelve plan weeks an exercise is in at least two workouts."""
    story = story_of(name)
    weeks = Counter(story.schedule.plan_week(log.on) for _, log in story.workouts if exercise in log.lines)
    return sum(weeks[week] >= 2 for week in range(1, 13))


@pytest.mark.parametrize("name", PEOPLE)
def test_no_line_stands_still_for_four_weeks_without_saying_what_opens_the_next_step(name: str) -> None:
    stood: dict[str, tuple[Dose, date, set[str]]] = {}

    for prescription, log in story_of(name).workouts:
        for line in prescription.lines:
            now = line.prescribed.standing
            dose, since, said = stood.get(line.exercise, (now, log.on, set[str]()))
            if dose != now:
                since, said = log.on, set()
            said |= {reason.key for reason in line.prescribed.reasons}
            stood[line.exercise] = now, since, said
            assert log.on - since <= timedelta(weeks=4) or said & OPENS, line.exercise


@pytest.mark.parametrize("name", PEOPLE)
def test_no_line_is_passed_over_in_a_whole_week(name: str) -> None:
    story = story_of(name)
    passed_over = Counter(
        (story.schedule.plan_week(log.on), exercise)
        for prescription, log in story.workouts
        for exercise in prescription.left_out
    )

    assert [line for line, times in passed_over.items() if times > 2] == []


def test_the_course_has_two_lighter_weeks_and_ends_on_a_full_one() -> None:
    story = story_of("exact")
    lighter = {story.schedule.plan_week(log.on) for p, log in story.workouts if p.lighter}

    assert lighter == {5, 9}


def test_pain_makes_the_next_workout_easier() -> None:
    story = story_of("pain")
    walks = [log.lines["banded_walk"] for _, log in story.workouts if "banded_walk" in log.lines]
    hurt = [index for index, line in enumerate(walks) if any(a.pain for a in line.answers)]

    assert hurt
    for index in hurt:
        before, then = walks[index].prescribed.standing, walks[index + 1].prescribed.standing
        assert is_higher(catalogue().exercise("banded_walk"), before, then)


def test_gaps_cost_a_rung_only_after_a_long_break() -> None:
    story = story_of("gaps")
    reasons = [r.key for p, _ in story.workouts for line in p.lines for r in line.prescribed.reasons]

    assert "restart_rung_lower" in reasons
    assert not any(prescription.on_hold for prescription, _ in story.workouts)
    assert all(week.done <= week.scheduled for week in weeks_until(story.schedule, story.workouts[-1][1].on))


def test_who_owns_nothing_never_meets_equipment() -> None:
    story = story_of("nothing")

    assert {line.exercise for p, _ in story.workouts for line in p.lines} == {
        "side_lying_abduction",
        "bridge",
        "hip_circle",
    }


def test_who_finds_everything_easy_gets_further_than_who_does_exactly() -> None:
    exact, easy = story_of("exact"), story_of("everything")

    def top(story: object, exercise: str) -> int:
        rungs = story.rungs(exercise)  # type: ignore[attr-defined]
        return max(catalogue().rung(exercise, key).number for key in rungs)

    assert top(easy, "banded_walk") >= top(exact, "banded_walk")
    assert top(easy, "deadlift") > top(exact, "deadlift")


@pytest.mark.parametrize("name", PEOPLE)
def test_a_lighter_week_is_never_harder_than_the_workout_before(name: str) -> None:
    story = story_of(name)

    for (before, _), (now, _) in zip(story.workouts, story.workouts[1:], strict=False):
        if now.lighter and not before.lighter:
            earlier = {line.exercise: line.prescribed.shown for line in before.lines}
            for line in now.lines:
                if line.exercise in earlier:
                    shown, was = line.prescribed.shown, earlier[line.exercise]
                    assert shown.rung == was.rung
                    assert shown.sets <= was.sets
