"""What a person sets of the player, for one exercise or for all."""

from typing import Any

from django.db import transaction

from accounts.models import User
from exercises.models import Preference


@transaction.atomic
def keep_preference(*, person: User, exercise: str = "", values: dict[str, Any]) -> None:
    """Store what was set for an exercise, or for all where none is named. The last word counts.

    values  fields of Preference
    """
    Preference.objects.update_or_create(person=person, exercise=exercise, defaults=values)
