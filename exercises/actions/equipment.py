"""What a person owns to train with."""

from typing import Any

from django.db import transaction

from accounts.clock import now
from accounts.models import User
from exercises.actions.lock import lock_training
from exercises.models import Belongings


class BelongingsConflict(Exception):  # noqa: N818  (reads as what happened)
    """What is owned was changed elsewhere since this page was loaded."""


@transaction.atomic
def keep_belongings(*, person: User, seen: int, values: dict[str, Any]) -> Belongings:
    """Store what a person has to train with. Sending the same again changes nothing.

    seen    the revision the page showed; 0 where nothing was stored
    values  the fields of Belongings

    Raises BelongingsConflict when something else is stored than what the page showed.
    """
    lock_training(person)
    stored = Belongings.objects.filter(person=person).first()
    if stored is None:
        return Belongings.objects.create(person=person, **values)
    if all(getattr(stored, name) == value for name, value in values.items()):
        return stored
    if stored.revision != seen:
        raise BelongingsConflict
    for name, value in values.items():
        setattr(stored, name, value)
    stored.revision, stored.changed_at = stored.revision + 1, now()
    stored.save()
    return stored
