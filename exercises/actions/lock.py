"""One request at a time writes a person's training."""

from django.db import connection

from accounts.models import User


def lock_training(person: User) -> None:
    """Let one request at a time write this person's training; on SQLite the IMMEDIATE transaction does it."""
    if connection.features.has_select_for_update:
        User.objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)
