"""When a person is reminded of something, and of what. Pure: no clock, no database; the moment is handed in.

All of it is a design choice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from exercises.rules.appointments import appointments
from exercises.rules.scheduling import Schedule
from exercises.rules.slots import DAY


class ReminderKind(StrEnum):
    """What a person may be reminded of."""

    TRAINING = "training"  # on a training day, at their hour
    NUDGE = "nudge"  # later on that day, if nothing was recorded
    LOOK_AGAIN = "look_again"  # on the day on which looking again is due
    WEEK = "week"  # after a week: how many of its workouts were done


NUDGE_AFTER = timedelta(hours=2)
LATEST_AFTER = timedelta(hours=6)
"""What could not be said so long after its time is not said at all."""


@dataclass(frozen=True)
class DueReminder:
    """A reminder whose time has come.

    on     the local date it is about
    until  the moment after which it is too late: six hours after its time, or the end of the local day
    """

    kind: ReminderKind
    on: date
    until: datetime


def reminders_due(
    wanted: Collection[ReminderKind], hour: time, zone: tzinfo, *, since: datetime, now: datetime
) -> list[DueReminder]:
    """What came due after `since`, up to now, by the clock alone: whether there is a reason, `has_reason` says.

    Only of today's local date, so that nobody is told in the night about the day before.
    """
    today = now.astimezone(zone).date()
    midnight = _moment(today + DAY, time(0), zone)
    return [
        DueReminder(kind, today, until)
        for kind, moment in _moments(wanted, today, hour, zone).items()
        if since < moment <= now <= (until := min(moment + LATEST_AFTER, midnight))
    ]


def next_reminder_at(
    wanted: Collection[ReminderKind], hour: time, zone: tzinfo, *, now: datetime
) -> datetime | None:
    """The next moment at which anything may come due; None for someone who wants nothing."""
    today = now.astimezone(zone).date()
    coming = [
        moment
        for day in (today, today + DAY, today + 2 * DAY)
        for moment in _moments(wanted, day, hour, zone).values()
        if moment > now
    ]
    return min(coming, default=None)


def has_reason(kind: ReminderKind, schedule: Schedule, today: date, looked_on: date | None) -> bool:
    """Whether a plan gives a reason for a reminder today; a plan that is paused or on hold gives none.

    looked_on  the local date of the latest finished mirror check
    """
    if not schedule.is_active(today):
        return False
    match kind:
        case ReminderKind.TRAINING | ReminderKind.NUDGE:
            trained = any(workout.on == today for workout in schedule.workouts)
            return not trained and any(slot.on == today for slot in schedule.coming(today))
        case ReminderKind.LOOK_AGAIN:
            return any(one.is_look and one.on == today for one in appointments(schedule, today, looked_on))
        case ReminderKind.WEEK:
            return schedule.week_of(today) == today and schedule.week(today - DAY).scheduled > 0


def _moments(
    wanted: Collection[ReminderKind], day: date, hour: time, zone: tzinfo
) -> dict[ReminderKind, datetime]:
    """When each wanted kind comes due on a local date; a nudge that would fall on the next day is left out."""
    begin = _moment(day, hour, zone)
    moments = {kind: begin + (NUDGE_AFTER if kind is ReminderKind.NUDGE else timedelta()) for kind in wanted}
    return {kind: moment for kind, moment in moments.items() if moment.astimezone(zone).date() == day}


def _moment(day: date, hour: time, zone: tzinfo) -> datetime:
    """A time of a local date in UTC: of an hour that comes twice the first, of one that does not come as much later."""
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)
