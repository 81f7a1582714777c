"""The password of PostgreSQL may hold any characters; how it is given, and what is refused: tests/architecture/test_settings.py."""

import pytest
from django.db import connection
from psycopg.sql import SQL, Literal

from tests.architecture.test_settings import KEY, ODD, start_with


@pytest.mark.django_db(transaction=True)
def test_database_is_reached_with_a_password_of_any_characters() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    named = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(
            SQL("CREATE ROLE odd_one LOGIN PASSWORD {}").format(Literal(ODD)).as_string(cursor.connection)
        )
    address = f"postgres://odd_one@{named['HOST']}:{named['PORT']}/{named['NAME']}"
    connects = "__import__('django.db').db.connection.ensure_connection()"
    try:
        done, refused = (
            start_with(connects, SECRET_KEY=KEY, DATABASE_URL=address, DATABASE_PASSWORD=password)
            for password in (ODD, ODD[:5])
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE odd_one")

    assert done.returncode == 0, done.stderr
    assert refused.returncode != 0
