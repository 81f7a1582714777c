"""What the coming workouts would be, and that asking ahead is the same as going there."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from exercises.models import Plan
from exercises.rules.catalogue import catalogue
from exercises.rules.lookahead import Coming, Story, TrainingSoFar, coming_workouts
from exercises.rules.prescribing import WorkoutDay
from exercises.rules.values import Context, PlanLine
from tests.builders_training import MONDAY, a_draft, a_running_plan, lists_answered, text
from tests.exercises.builders import owns
from tests.exercises.simulate import PEOPLE, live

EXERCISE, RUNG = "side_lying_abduction", "straight_leg"
CONTEXT = Context(owned=owns("wall_or_chair", "stick", "band_light", "bag_or_bottles"))
DAYS = [WorkoutDay(on=MONDAY + timedelta(days=number), minutes=30) for number in (0, 2, 4, 7)]


def ahead(story: Story, days: list[WorkoutDay] = DAYS) -> list[Coming]:
    return coming_workouts(story, days, TrainingSoFar([PlanLine(EXERCISE, RUNG)], [], CONTEXT))


def repetitions(story: Story) -> list[int]:
    return [line.prescribed.shown.repetitions for one in ahead(story) if (line := one.line(EXERCISE))]


def test_all_done_climbs_by_one_each_time() -> None:
    start = catalogue().rung(EXERCISE, RUNG).reps_from

    assert repetitions(Story.DONE) == [start, start + 1, start + 2, start + 3]


def test_not_clean_stays_once_and_then_climbs() -> None:
    start = catalogue().rung(EXERCISE, RUNG).reps_from

    assert repetitions(Story.NOT_CLEAN) == [start, start, start + 1, start + 2]


def test_pain_lowers_the_next_and_never_leads_to_more_than_all_done() -> None:
    def heights(story: Story) -> list[tuple[int, int, int]]:
        doses = [line.prescribed.shown for one in ahead(story) if (line := one.line(EXERCISE))]
        return [(catalogue().rung(EXERCISE, d.rung).number, d.sets, d.repetitions) for d in doses]

    hurts, done = heights(Story.PAIN), heights(Story.DONE)

    assert hurts[1] < hurts[0]
    assert all(one <= other for one, other in zip(hurts, done, strict=True))


def test_asking_ahead_is_the_same_as_going_there() -> None:
    """The person who does exactly what the page says meets exactly what was told before."""
    story = live(PEOPLE["exact"])
    went = [
        [(line.exercise, line.prescribed.standing) for line in prescription.lines]
        for prescription, _ in story.workouts[:6]
    ]
    days = [
        WorkoutDay(
            on=workout.on,
            minutes=PEOPLE["exact"].minutes,
            lighter_week=story.schedule.is_lighter_week(workout.on),
        )
        for _, workout in story.workouts[:6]
    ]
    lines = [PlanLine(exercise, dose.rung) for exercise, dose in went[0]]

    context = Context(owned=PEOPLE["exact"].owned, easy_counts_from=MONDAY + timedelta(days=14))
    told = coming_workouts(Story.DONE, days, TrainingSoFar(lines, [], context))

    assert [
        [(line.exercise, line.prescribed.standing) for line in coming.prescription.lines] for coming in told
    ] == went


def test_no_days_is_nothing_to_come() -> None:
    assert ahead(Story.DONE, []) == []


# --- pages ---


@pytest.mark.usefixtures("clock")
def test_page_tells_three_stories_of_every_exercise_with_their_reasons(
    owner: User, signed_in: Client
) -> None:
    plan = a_running_plan(owner)
    assert plan.accepted is not None

    response = signed_in.get("/plan/ahead/")

    page = text(response)
    names = [catalogue().exercise(line["exercise"]).name for line in plan.accepted["lines"]]
    assert all(name in page for name in names)
    assert (
        page.count("If it hurts, 5 out of 10")
        == page.count("If it is not clean")
        == len(response.context["lines"])
    )
    assert "Fri 9 Oct" in page
    assert len(response.context["workouts"]) == 12


@pytest.mark.usefixtures("clock")
def test_looking_ahead_stores_nothing(owner: User, signed_in: Client) -> None:
    plan = a_running_plan(owner)

    signed_in.get("/plan/ahead/")

    assert not plan.changes.exists()
    assert not plan.workouts.exists()


@pytest.mark.usefixtures("clock")
def test_plan_that_is_paused_has_nothing_to_look_ahead_to(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    signed_in.post("/plan/change/pause/")

    assert "nothing to look ahead to" in text(signed_in.get("/plan/ahead/"))


@pytest.mark.usefixtures("clock")
def test_draft_shows_its_first_four_weeks_before_it_is_accepted(owner: User, signed_in: Client) -> None:
    lists_answered(owner)
    a_draft(owner)

    preview = signed_in.get("/plan/new/preview/").content.decode()
    response = signed_in.get("/plan/new/ahead/")

    assert 'href="/plan/new/ahead/"' in preview
    days = [workout["on"] for workout in response.context["workouts"]]
    assert days[0] == MONDAY
    assert days[-1] < MONDAY + timedelta(weeks=4)
    assert len(days) == 12
    assert not Plan.objects.filter(accepted__isnull=False).exists()


def test_no_draft_leads_to_making_one(signed_in: Client) -> None:
    assert signed_in.get("/plan/new/ahead/").headers["Location"] == "/plan/new/"
