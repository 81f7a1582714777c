"""Whether the process runs, and whether it can serve people."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


def test_healthz_answers_to_any_host_over_plain_http(settings: Any, client: Client) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["hipfeet.example"]

    response = client.get("/healthz", headers={"host": "10.0.0.7"})

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_readyz_is_ready_with_every_migration() -> None:
    assert Client().get("/readyz", headers={"host": "10.0.0.7"}).content == b"ready"


@pytest.mark.django_db(transaction=True)
def test_readyz_says_that_migrations_are_pending() -> None:
    call_command("migrate", "sessions", "zero", verbosity=0)
    try:
        response = Client().get("/readyz")
    finally:
        call_command("migrate", "sessions", verbosity=0)

    assert (response.status_code, response.content) == (503, b"migrations pending")


@pytest.mark.django_db
def test_readyz_serves_people_from_the_database_of_a_newer_release_and_says_so() -> None:
    MigrationRecorder(connection).record_applied("exercises", "9999_of_the_next_release")

    response = Client().get("/readyz")

    expected = b"ready, but the database is of a newer release"
    assert (response.status_code, response.content) == (200, expected)
