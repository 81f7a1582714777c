"""Workouts by when they were begun: what came before a decision, what goes on, what the next page asks.

Pure: no clock, no database; `today` is an argument. Numbers stand in `content/planning.toml`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assessments.rules.safety_past import LockPeriod
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import DAY
from exercises.rules.values import Ref, Seen


@dataclass(frozen=True)
class BegunWorkout:
    """A workout's local date, its number that day, and the moment it was begun.

    is_finished    it was ended
    told_morning   how its next morning was has been answered
    """

    on: date
    number: int
    at: datetime
    is_finished: bool = False
    told_morning: bool = False

    @property
    def ref(self) -> Ref:
        """Which workout this is."""
        return (self.on, self.number)


def latest_before(on: date, at: datetime, begun: Iterable[BegunWorkout]) -> Ref:
    """The latest workout begun before something was decided: of an earlier date, or earlier that day.

    on, at  the local date and the moment of the decision; before any workout `(on, 0)`
    """
    earlier = [one.ref for one in begun if one.on < on or (one.on == on and one.at <= at)]
    return max(earlier, default=(on, 0))


def opened_since(locks: Iterable[LockPeriod], moment: datetime) -> list[LockPeriod]:
    """The locks that opened after a moment; one that opened before a plan was made is in its lines already."""
    return [lock for lock in locks if lock.ended_at and lock.ended_at > moment]


def seen_after_locks(locks: Iterable[LockPeriod], begun: Sequence[BegunWorkout]) -> list[Seen]:
    """What opened the whole plan again: it goes on one rung lower, or at the lowest with limits.

    begun  the workouts; it covers those begun before it opened
    """
    return [
        Seen(after=latest_before(lock.until, lock.ended_at, begun), with_limits=lock.with_limits)
        for lock in locks
        if lock.until and lock.ended_at
    ]


def never_before_the_log(today: date, begun_on: Iterable[date]) -> date:
    """The local date, never before a workout that was begun: a flight west takes no day back."""
    return max([today, *begun_on])


def night_of(local: datetime, today: date) -> date | None:
    """The day before, while it is not over for someone who is still up: a workout begun now may belong to it.

    local  the moment on the person's clock; on a flight west it may be of a date before `today`, and no night
    """
    is_night = local.date() == today and local.hour < rule_numbers().workout.night_until_hour
    return today - DAY if is_night else None


def still_open(begun: Iterable[BegunWorkout], day: date) -> Ref | None:
    """The first workout of a day that is not finished."""
    return next((one.ref for one in begun if one.on == day and not one.is_finished), None)


def left_open(begun: Iterable[BegunWorkout], today: date) -> Ref | None:
    """Yesterday's workout, when it is not finished: one begun before midnight goes on after it."""
    return still_open(begun, today - DAY)


def morning_to_ask(begun: Sequence[BegunWorkout], today: date, *, night_of: date | None = None) -> Ref | None:
    """Yesterday's latest workout, while nobody said how the morning after was; in the night it has not come yet.

    begun  oldest first
    """
    if night_of:
        return None
    latest = next((one for one in reversed(begun) if one.on < today), None)
    is_asked = latest and latest.on == today - DAY and not latest.told_morning
    return latest.ref if latest and is_asked else None


def is_first_since(day: date, begun: Iterable[BegunWorkout]) -> bool:
    """Whether no workout was begun on a day or since: the next one is the first after a visit."""
    return not any(one.on >= day for one in begun)


def is_first_after_advice(
    told_on: date | None, told_at: datetime | None, latest: BegunWorkout | None
) -> bool:
    """Whether no workout was begun since something on the stop list was ticked: the next is a lighter one, once.

    told_on, told_at  the local date and the moment of it; None: never. It may have been ticked in the middle of the
                      latest workout, so the moment decides on the same day.
    """
    if told_on is None:
        return False
    if latest is None or latest.on != told_on:
        return latest is None or latest.on < told_on
    return told_at is not None and latest.at < told_at
