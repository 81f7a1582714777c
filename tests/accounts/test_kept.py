"""What was made for a person is used again until something about them changes, and only for them, that day."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.kept import kept
from accounts.models import User
from exercises.models import SetLog
from tests.builders_training import a_running_plan, begun, done_as_shown, noon, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.CHECK_KEPT = False


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/today/", "/progress/", "/progress/?range=12", "/progress/?range=all"])
def test_a_page_is_made_once_and_again_after_a_change(owner: User, signed_in: Client, address: str) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    first, again = queries(signed_in, address), queries(signed_in, address)
    SetLog.objects.update(repetitions=3)
    changed = queries(signed_in, address)

    assert (again, changed) == (2, first)  # the session and the person


def test_what_another_process_writes_is_seen_at_once(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    assert "You have begun it" in text(signed_in.get("/today/"))

    with connection.cursor() as cursor:  # as another process: nothing of ours knows of it
        cursor.execute("DELETE FROM exercises_workout")

    assert not owner.workouts.filter(pk=workout.pk).exists()
    assert "You have begun it" not in text(signed_in.get("/today/"))


def test_the_next_day_is_another_page(owner: User, signed_in: Client) -> None:
    with time_machine.travel(noon(), tick=False) as clock:
        a_running_plan(owner)
        monday = text(signed_in.get("/today/"))
        clock.shift(timedelta(days=1))
        tuesday = text(signed_in.get("/today/"))

    assert ("Monday 5 October" in monday, "Tuesday 6 October" in tuesday) == (True, True)


def test_another_time_zone_is_another_day(owner: User, signed_in: Client) -> None:
    with time_machine.travel(noon() + timedelta(hours=9), tick=False):
        a_running_plan(owner)
        assert "Monday 5 October" in text(signed_in.get("/today/"))
        User.objects.filter(pk=owner.pk).update(time_zone="Asia/Tokyo")
        assert "Tuesday 6 October" in text(signed_in.get("/today/"))


def test_a_page_of_one_person_is_never_that_of_another(owner: User, stranger: User) -> None:
    User.objects.update(mark=1)

    for person in User.objects.all():
        assert kept("name", person, lambda person=person: person.email) == person.email  # type: ignore[misc]


def test_a_message_is_told_once_and_not_kept_with_the_page(owner: User, signed_in: Client) -> None:
    workout = begun(a_running_plan(owner).person)
    signed_in.post(f"/workouts/{workout.local_date}/{workout.number}/note/", {"note": "Slept badly"})

    told = ["Saved: your note." in text(signed_in.get("/today/")) for _ in range(2)]

    assert told == [True, False]


def test_in_tests_what_is_kept_is_made_again_and_compared(owner: User, settings: Any) -> None:
    settings.CHECK_KEPT = True
    owner.refresh_from_db()
    numbers = iter([1, 2])
    kept("number", owner, lambda: next(numbers))

    with pytest.raises(AssertionError, match="anew"):
        kept("number", owner, lambda: next(numbers))
