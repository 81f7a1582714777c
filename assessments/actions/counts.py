"""Writing down what was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.clock import now, today_for
from accounts.models import User
from assessments.models import Attempt, Count
from assessments.rules.counting import Counted, best_of
from assessments.rules.questionnaire import version


@dataclass(frozen=True)
class TriesOfSide:
    """What was written down for one side.

    tries  the numbers of the tries made, at least one; the best counts
    """

    tries: Sequence[int]
    stopped: bool = False


@transaction.atomic
def record_counts(
    *, person: User, check_key: str, attempt: Attempt | None, sides: Mapping[str, TriesOfSide]
) -> list[Counted]:
    """Store the sides that were counted today; a side that is left out keeps its numbers.

    Writing the same twice changes nothing. Returns what was stored before and has been replaced by other numbers.
    Raises ValueError for a side with no try.
    """
    replaced = []
    for side, given in sides.items():
        value = best_of(given.tries)
        if value is None:
            raise ValueError(f"{side}: nothing was counted")
        row, is_new = Count.objects.select_for_update(no_key=True).get_or_create(
            person=person,
            check_key=check_key,
            side=side,
            local_date=today_for(person),
            defaults={
                "attempt": attempt,
                "value": value,
                "tries": list(given.tries),
                "stopped": given.stopped,
                "content_version": version(),
            },
        )
        same = (row.value, row.tries, row.stopped) == (value, list(given.tries), given.stopped)
        if is_new or same:
            continue
        replaced.append(row.as_counted())
        row.value, row.tries, row.stopped = value, list(given.tries), given.stopped
        row.attempt, row.content_version, row.changed_at = attempt, version(), now()
        row.save()
    return replaced
