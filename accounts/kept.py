"""What was made for a person is used again while nothing that is stored about them has changed.

It is kept in the memory of the process, never in a cache that others can read, as it may tell of their health; for
an hour at most. A key names the person, their mark (accounts/marks.py) and their date: whatever is kept must follow
from those, the content, and its own name.
"""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches

from accounts.clock import today_for
from accounts.models import User

Made = TypeVar("Made")


def kept(name: str, person: User, make: Callable[[], Made]) -> Made:
    """What `make` gives, as it was made before if nothing has changed since.

    name    what it is, and whatever else it depends on
    person  as read at the beginning of the request: what is then read is as new as that mark, or newer
    make    gives plain values, made from the person's rows and the content only
    """
    memory = caches["kept"]
    key = f"{name}:{person.pk}:{person.mark}:{today_for(person)}"
    found: Made | None = memory.get(key)
    if found is None:
        found = make()
        memory.set(key, found)
    elif settings.CHECK_KEPT and make() != found and _mark_of(person) == person.mark:
        raise AssertionError(f"{name} was kept, and is another when it is made anew")
    return found


def _mark_of(person: User) -> int:
    """As it is now: who reads while another writes may rightly find something newer than what was kept."""
    mark: int = User.objects.values_list("mark", flat=True).get(pk=person.pk)
    return mark
