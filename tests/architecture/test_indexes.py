"""What keeps a database of 100,000 people quick, as far as it can be seen without one (bench/plans.py asks PostgreSQL)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from tests.every import for_every


def keys_to_other_rows() -> "Iterator[models.Field[Any, Any]]":
    for model in apps.get_models():
        yield from (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))


def begins_an_index(field: "models.Field[Any, Any]") -> bool:
    """Whether the database finds the rows that point to one row without reading all of them."""
    if field.unique or getattr(field, "db_index", False):
        return True
    found = [*field.model._meta.indexes, *field.model._meta.constraints]
    whole = [one for one in found if getattr(one, "condition", None) is None]
    return any(next(iter(getattr(one, "fields", ())), "") == field.name for one in whole)


@for_every(keys_to_other_rows)
def test_rows_that_point_to_a_row_are_found_by_an_index(field: "models.Field[Any, Any]") -> None:
    """Erasing a person asks each of these tables for their rows, also where no page does."""
    assert begins_an_index(field)


@pytest.mark.django_db
def test_clean_up_compares_no_row_with_a_list_of_all_others() -> None:
    """`NOT IN (SELECT ...)` of more rows than fit into PostgreSQL's work_mem compares each with each and does not end."""
    with CaptureQueriesContext(connection) as sent:
        call_command("sweep")

    assert [one["sql"] for one in sent if re.search(r"NOT \([^()]+ IN \(SELECT", one["sql"])] == []
    assert any("NOT EXISTS" in one["sql"] for one in sent)
