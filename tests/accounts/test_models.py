"""The person."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from accounts.models import User
from tests.builders import person

pytestmark = pytest.mark.django_db


def test_address_is_kept_in_lower_case() -> None:
    assert person("Ann@Example.ORG").email == "ann@example.org"


def test_same_address_in_another_case_is_refused_by_the_database() -> None:
    person("ann@example.org")

    with pytest.raises(IntegrityError, match="user_email_unique_in_any_case"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_user (email, name, time_zone, password, is_staff, is_active, is_superuser, date_joined, weight_unit, week_start)"
            " VALUES ('ANN@example.org', '', 'UTC', '', false, true, false, '2026-01-01', 'kg', 0)"
        )


def test_person_is_found_however_the_address_is_written() -> None:
    ann = person("ann@example.org")

    assert User.objects.get_by_natural_key(" ANN@example.org") == ann


def test_person_without_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        User(email="ann@example.org", time_zone="Mars/Olympus", password="x").full_clean()
