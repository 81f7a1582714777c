"""A person's calendar as programs read it (RFC 5545): what their plan has put on the days to come, and nothing else."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.urls import reverse

from accounts.clock import is_zone, today_for, zone_called
from exercises.rules.appointments import Appointment, appointments
from exercises.rules.slots import DAY, DateChangeKind
from exercises.training import Training, training_of
from hipfeet.mail.models import choices_of
from hipfeet.owndata.feed import CalendarState
from hipfeet.owndata.models import CalendarFeed

if TYPE_CHECKING:
    from icalendar import Event

TITLE = "hipfeet"
"""All that a glance at somebody's calendar tells."""
LOOK_TAKES = timedelta(minutes=15)
"""Room for looking again; the page itself promises no time."""
ASKED_AGAIN_AFTER = timedelta(hours=4)
"""How often a program may look for changes; most follow a rule of their own."""
HOLDS = {DateChangeKind.HOLD_ON, DateChangeKind.HOLD_OFF}


def calendar_of(feed: CalendarFeed, state: CalendarState) -> bytes:
    """The calendar of a person; equal rows on the same local date make equal bytes."""
    from icalendar import Calendar, Timezone, vDuration  # noqa: PLC0415  (loading it takes as long as half of the app)

    person, training = feed.person, training_of(feed.person)
    zone = person.time_zone if is_zone(person.time_zone) else "UTC"
    to_come = appointments(training.schedule, training.today, training.looked_on) if training else []
    calendar = Calendar()
    calendar.add("prodid", "-//hipfeet//hipfeet//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", TITLE)
    calendar.add("refresh-interval", ASKED_AGAIN_AFTER, {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASKED_AGAIN_AFTER))
    if training:
        stamp = _stamp(training, feed, state)
        for appointment in to_come:
            calendar.add_component(_event(appointment, training, feed, stamp))
    first = to_come[0].on if to_come else today_for(person)
    last = (to_come[-1].on if to_come else first) + DAY
    calendar.add_missing_timezones(first, last)
    if not to_come:  # a calendar has to hold something
        calendar.add_component(Timezone.from_tzid(zone, first_date=first, last_date=last))
    made: bytes = calendar.to_ical()
    return made


class Stamp(NamedTuple):
    """Which version of its events a calendar tells: how many changes came before, and when the latest was made."""

    sequence: int
    changed_at: datetime


def _stamp(training: Training, feed: CalendarFeed, state: CalendarState) -> Stamp:
    """Holds are changes of a plan as well, though they have no row of their own."""
    plan = training.plan
    changes = [change for change in training.decisions if change.plan_id == plan.pk]
    holds = [change for change in training.schedule.changes if change.kind in HOLDS]
    times = [plan.made_at, feed.told_since, *(change.made_at for change in changes)]
    if holds and state.safety_changed_at:
        times.append(state.safety_changed_at)
    return Stamp(len(changes) + len(holds) + feed.changes, max(times))


def _event(one: Appointment, training: Training, feed: CalendarFeed, stamp: Stamp) -> "Event":
    from icalendar import Alarm, Event  # noqa: PLC0415

    hour, zone = choices_of(feed.person).hour, zone_called(feed.person.time_zone)
    event = Event()
    event.add("uid", f"{training.plan.pk}-{one.key}@hipfeet")
    event.add("summary", TITLE)
    event.add("class", "PRIVATE")
    event.add("url", f"{settings.SITE_ORIGIN}{reverse('check' if one.is_look else 'home')}")
    event.add("dtstart", datetime.combine(one.on, hour, tzinfo=zone))
    event.add("duration", LOOK_TAKES if one.is_look else timedelta(minutes=training.minutes))
    event.add("sequence", stamp.sequence)
    event.add("dtstamp", stamp.changed_at)
    event.add("last-modified", stamp.changed_at)
    if feed.alarm_minutes is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", TITLE)
        alarm.add("trigger", -timedelta(minutes=feed.alarm_minutes))
        event.add_component(alarm)
    return event
