"""The demonstration person (`make demo`): made once for all tests of this file, by the command itself."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.clock import local_date_of
from accounts.models import User
from assessments.models import Attempt, Count, SafetyAnswers
from exercises.models import ExerciseLog, Plan, PlanChange, PlanDecision, SetLog, Workout
from hipfeet.demo import EMAIL, ZONE
from tests.builders import person
from tests.builders_training import a_running_plan, begun

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 11, 25, 9, tzinfo=UTC)


@contextmanager
def on_a_developers_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.DEBUG", True)
        yield


def run_demo() -> str:
    said = StringIO()
    with on_a_developers_machine():
        call_command("demo", stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module", autouse=True)
def said(rows_of_the_module: None) -> Iterator[str]:
    """What the command printed when it ran again. It takes seconds, so this serves the whole file."""
    with time_machine.travel(TODAY, tick=False):
        begun(a_running_plan(person("somebody.else@example.org")).person)
        run_demo()
        yield run_demo()


@pytest.fixture
def demo() -> User:
    return User.objects.get(email=EMAIL)


def test_the_command_says_how_to_sign_in_and_it_is_true(said: str, demo: User) -> None:
    password = re.search(r"Password: (\S+)", said)

    assert "/accounts/login/" in said
    assert EMAIL in said
    assert password
    sent = Client().post("/accounts/login/", {"login": EMAIL, "password": password[1]})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/")


def test_every_workout_lies_on_its_day(demo: User) -> None:
    workouts = list(Workout.objects.filter(person=demo))

    assert len(workouts) == 31
    assert [w.local_date for w in workouts] == sorted({w.local_date for w in workouts})
    for workout in workouts:
        assert local_date_of(workout.started_at, ZONE) == workout.local_date
        assert workout.finished_at
        for moment in workout.sets.values_list("done_at", flat=True):
            assert workout.started_at < moment < workout.finished_at
        for moment in workout.exercise_logs.values_list("logged_at", flat=True):
            assert workout.started_at < moment < workout.finished_at


def test_nothing_of_it_lies_in_the_future_or_before_it_began(demo: User) -> None:
    began, now = demo.date_joined, datetime.now(UTC)
    moments = [
        *Workout.objects.filter(person=demo).values_list("started_at", flat=True),
        *SetLog.objects.filter(person=demo).values_list("done_at", flat=True),
        *Plan.objects.filter(person=demo).values_list("made_at", flat=True),
        *PlanChange.objects.filter(plan__person=demo).values_list("made_at", flat=True),
        *SafetyAnswers.objects.filter(person=demo).values_list("answered_at", flat=True),
        *Attempt.objects.filter(person=demo).values_list("changed_at", flat=True),
        *Count.objects.filter(person=demo).values_list("recorded_at", flat=True),
    ]

    assert moments
    assert all(began <= moment < now for moment in moments)


def test_the_story_holds_what_one_wants_to_look_at(demo: User) -> None:
    logs = ExerciseLog.objects.filter(workout__person=demo)
    kinds = set(PlanChange.objects.filter(plan__person=demo).values_list("kind", flat=True))

    assert Attempt.objects.finished().filter(person=demo).count() == 2
    assert Count.objects.filter(person=demo).values("local_date").distinct().count() == 2
    assert {"skip", "move", PlanDecision.RUNG} <= kinds
    assert set(logs.values_list("pain", flat=True)) == {0, 5, 6}
    assert set(logs.values_list("effort", flat=True)) == {"easy", "right", "hard", "nothing_left"}
    assert logs.filter(went_cleanly=False).exists()
    assert Workout.objects.filter(person=demo, next_morning="not_as_usual").count() == 1
    assert Workout.objects.filter(person=demo, slot=None).count() == 1
    dates = list(Workout.objects.filter(person=demo).values_list("local_date", flat=True))
    assert max(later - one for one, later in pairwise(dates)) >= timedelta(days=8)


@pytest.mark.parametrize("address", ["/", "/plan/", "/today/", "/workouts/", "/checks/", "/plan/ahead/"])
def test_its_pages_are_there(demo: User, address: str) -> None:
    client = Client()
    client.force_login(demo)

    assert client.get(address).status_code == 200


def test_running_again_replaces_that_person_and_nobody_else() -> None:
    workouts = Counter(Workout.objects.values_list("person__email", flat=True))

    assert workouts == {EMAIL: 31, "somebody.else@example.org": 1}
    assert User.objects.count() == 2


def test_it_refuses_where_debug_is_off() -> None:
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
