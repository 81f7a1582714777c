"""A database that can be read and not written: its disk is full, or an operator set it so."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from exercises.models import MAX_NOTE, SetLog, Workout
from tests.builders import person
from tests.builders_training import (
    a_running_plan,
    begun,
    exercises_of,
    send_next_set,
    signed_in_as,
    workout_url,
)

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def read_only() -> Iterator[None]:
    """No statement may write, as on a replica, or a database that an operator set so."""
    is_postgresql = connection.vendor == "postgresql"
    put = "SET default_transaction_read_only = {}" if is_postgresql else "PRAGMA query_only = {}"
    with connection.cursor() as cursor:
        cursor.execute(put.format("on"))
        try:
            yield
        finally:
            cursor.execute(put.format("off"))


@contextmanager
def full() -> Iterator[None]:
    """No page may be added to the file, and none in it is free: what SQLite says where its disk is full."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL would need a disk of its own to fill")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (bytes BLOB)")
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            with suppress(OperationalError):
                while True:
                    cursor.execute("INSERT INTO filler VALUES (zeroblob(4000))")
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1000000000")
            cursor.execute("DROP TABLE filler")


@pytest.fixture
def client() -> Client:
    somebody = person()
    a_running_plan(somebody)
    begun(somebody)
    client = signed_in_as(somebody)
    client.raise_request_exception = False
    return client


def test_what_cannot_be_stored_is_not_acknowledged(client: Client) -> None:
    workout = Workout.objects.get()
    exercise = exercises_of(workout)[0]
    with read_only():
        answer = send_next_set(client, workout, exercise)
        note = client.post(workout_url(workout, "note"), {"note": "Words"})
    stored = SetLog.objects.count()

    assert (answer.status_code, answer["Retry-After"], note.status_code) == (503, "30", 503)
    assert "We cannot reach our records right now" in answer.content.decode()
    assert stored == 0
    assert send_next_set(client, workout, exercise).status_code == 302


def test_who_only_reads_goes_on_even_when_their_session_would_be_renewed(client: Client) -> None:
    Session.objects.update(expire_date=timezone.now() + timedelta(days=3))
    address = workout_url(Workout.objects.get())
    with read_only():
        found = {page: client.get(page).status_code for page in ("/today/", "/plan/", "/progress/", address)}

    assert set(found.values()) == {200}, found


def test_full_disk_is_said_and_nothing_is_half_written(client: Client) -> None:
    workout = Workout.objects.get()
    note = {"note": "👟" * MAX_NOTE}
    with full():
        refused = client.post(workout_url(workout, "note"), note)
        read = client.get(workout_url(workout))
    workout.refresh_from_db()

    assert (refused.status_code, read.status_code, workout.note) == (503, 200, "")
    assert client.post(workout_url(workout, "note"), note).status_code == 302
