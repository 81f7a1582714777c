"""Single sets: stored once, changed, taken away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.clock import now
from exercises.actions.lock import lock_training
from exercises.models import RemovedSet, SetLog, Workout
from exercises.rules.wording import Refused


@dataclass(frozen=True)
class SetPlace:
    """Where a set belongs in its workout."""

    exercise: str
    side: str
    set_number: int

    def is_of(self, stored: SetLog) -> bool:
        """Whether a set of the same workout stands here."""
        return all(getattr(stored, name) == value for name, value in vars(self).items())


@dataclass(frozen=True)
class SetValues:
    """What was done in one set: repetitions, hold in seconds, load in grams, band by its key."""

    rung: str
    repetitions: int
    hold_seconds: int = 0
    load_grams: int | None = None
    band: str = ""

    def are_those_of(self, stored: SetLog) -> bool:
        """Whether a stored set says the same; its step is that of the workout in any case."""
        said = ("repetitions", "hold_seconds", "load_grams", "band")
        return all(getattr(stored, name) == getattr(self, name) for name in said)


class SetConflict(Exception):  # noqa: N818  (reads as what happened)
    """The place holds another set than the one this write knew of: the person decides which counts."""

    def __init__(self, stored: SetLog) -> None:
        self.stored = stored
        super().__init__("another set stands in this place")


class SetKeyTaken(Exception):  # noqa: N818
    """The client_key names the write of another set: nothing was stored."""


class SetRemoved(Exception):  # noqa: N818
    """The set of this client_key was taken away meanwhile: nothing was stored."""


@transaction.atomic
def record_set(  # noqa: PLR0913  (a write has these parts; all are named)
    *,
    workout: Workout,
    place: SetPlace,
    values: SetValues,
    client_key: UUID,
    revision: int = 0,
    seconds_ago: int = 0,
) -> SetLog:
    """Store one set. The same client_key again returns the stored set, and so do the same values.

    revision     0 for a new set; to change a stored one, the revision of it that was seen
    seconds_ago  how long ago a new set was done: it may have waited for a connection

    Raises SetConflict when the place holds a set with other values that this write did not know of,
    SetKeyTaken when the client_key belongs to a set in another place, and SetRemoved when it was taken away.
    """
    lock_training(workout.person)
    in_place = Q(workout=workout, **vars(place))
    found = list(SetLog.objects.filter(in_place | Q(person=workout.person, client_key=client_key)))
    stored = next((row for row in found if row.workout_id == workout.pk and place.is_of(row)), None)
    if any(row != stored for row in found):
        raise SetKeyTaken
    if stored is None:
        if RemovedSet.objects.filter(workout=workout, client_key=client_key).exists():
            raise SetRemoved
        return SetLog.objects.create(
            workout=workout,
            person=workout.person,
            client_key=client_key,
            done_at=moment_in(workout, seconds_ago),
            **vars(place),
            **vars(values),
        )
    if stored.client_key == client_key:
        return stored
    if values.are_those_of(stored):
        remember(workout, client_key)
        return stored
    if stored.revision != revision:
        raise SetConflict(stored)
    remember(workout, stored.client_key)
    for name, value in vars(values).items():
        setattr(stored, name, value)
    stored.client_key = client_key
    stored.revision = revision + 1
    stored.save()
    return stored


def remember(workout: Workout, client_key: UUID) -> None:
    """Keep the key of a write that arrived and is not, or is no more, that of a stored set."""
    RemovedSet.objects.get_or_create(workout=workout, client_key=client_key)


def moment_in(workout: Workout, seconds_ago: int) -> datetime:
    """When something was done that is told now: never before the workout began, never after now."""
    moment = now()
    since_start = (moment - workout.started_at).total_seconds()
    return moment - timedelta(seconds=max(0, min(seconds_ago, since_start)))


@transaction.atomic
def remove_set(*, workout: Workout, place: SetPlace, client_key: UUID | None) -> None:
    """Take a set away, so that its place is open again. One that is gone already stays gone.

    client_key  of the write that was seen; it may still be on its way, and stores nothing when it arrives

    Raises Refused when the set was changed or done anew meanwhile.
    """
    lock_training(workout.person)
    stored = SetLog.objects.filter(workout=workout, **vars(place)).first()
    if stored is not None:
        if stored.client_key != client_key:
            raise Refused("set_changed_elsewhere")
        stored.delete()
    if client_key is not None:
        remember(workout, client_key)
