"""What a person owns to train with."""

from typing import Any

from django.db import transaction

from accounts.clock import now
from accounts.models import User
from exercises.actions.lock import lock_training
from exercises.models import OwnedEquipment


class EquipmentConflict(Exception):  # noqa: N818  (reads as what happened)
    """What is owned was changed elsewhere since this page was loaded."""


@transaction.atomic
def keep_equipment(*, person: User, seen: int, values: dict[str, Any]) -> OwnedEquipment:
    """Store what a person has to train with. Sending the same again changes nothing.

    seen    the revision the page showed; 0 where nothing was stored
    values  the fields of OwnedEquipment

    Raises EquipmentConflict when something else is stored than what the page showed.
    """
    lock_training(person)
    stored = OwnedEquipment.objects.filter(person=person).first()
    if stored is None:
        return OwnedEquipment.objects.create(person=person, **values)
    if all(getattr(stored, name) == value for name, value in values.items()):
        return stored
    if stored.revision != seen:
        raise EquipmentConflict
    for name, value in values.items():
        setattr(stored, name, value)
    stored.revision, stored.changed_at = stored.revision + 1, now()
    stored.save()
    return stored
