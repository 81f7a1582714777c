"""The end of a block: which looks at the mirror stand side by side. Pure; a design choice."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

Look = TypeVar("Look")


def first_and_last(
    looks: Sequence[tuple[date, Look]], *, start: date, until: date
) -> tuple[Look | None, Look | None]:
    """The look a block began with, and the last one since; None where there was none.

    looks  (local date, look), the oldest first

    Without a look before it, a block begins with the first one in it.
    """
    before = [look for on, look in looks if on <= start]
    found = [*before[-1:], *(look for on, look in looks if start < on <= until)]
    return (found[0] if found else None), (found[-1] if len(found) > 1 else None)
