"""The address at which programs read a person's calendar, and how they learn that they have it already."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from accounts.clock import now, today_for
from accounts.models import User
from assessments.models import Attempt, Clearance, SafetyAnswers, SecondLook
from assessments.rows import hash_of_token
from exercises.models import Plan, PlanChange, PlanStatus, Workout
from hipfeet.mail.models import choices_of
from hipfeet.mail.reminders import keep_hour
from hipfeet.owndata.models import CalendarFeed


def feed_of(person: User) -> CalendarFeed:
    """The row of a person; one that is not stored while they have never asked for an address."""
    stored: CalendarFeed | None = getattr(person, "calendar_feed", None)
    return stored or CalendarFeed(person=person, told_since=person.date_joined)


def feed_at(token: str) -> CalendarFeed | None:
    """Whose calendar is read at an address, with what was chosen for it: one query."""
    feeds = CalendarFeed.objects.select_related("person__reminder_choices")
    return feeds.filter(token_hash=hash_of_token(token), person__is_active=True).first()


@transaction.atomic
def make_address(*, person: User, key: str, seen: int) -> str | None:
    """Make an address in the place of an earlier one; its token, which is stored nowhere.

    key   random, of the form that asks: sent once more, it is answered with the same token
    seen  the revision that this form saw; None is returned when there is another by now
    """
    CalendarFeed.objects.get_or_create(person=person)
    feed = CalendarFeed.objects.select_for_update().get(person=person)
    made = salted_hmac("calendar", f"{person.pk} {key}", algorithm="sha256").digest()
    token = base64.urlsafe_b64encode(made).decode().rstrip("=")
    if feed.token_hash == hash_of_token(token):
        return token
    if feed.revision != seen:
        return None
    feed.token_hash, feed.made_at, feed.revision = hash_of_token(token), now(), feed.revision + 1
    feed.save(update_fields=["token_hash", "made_at", "revision"])
    return token


@transaction.atomic
def turn_off(*, person: User) -> None:
    """From now on nobody reads the calendar at the address it had."""
    own = CalendarFeed.objects.filter(person=person).exclude(token_hash="")
    own.update(token_hash="", revision=F("revision") + 1)


@dataclass(frozen=True)
class CalendarState:
    """What decides what a calendar tells, without telling it.

    told    of the feed: zone, hour and alarm, and how often they have changed
    stored  what was planned, trained and answered, by how much there is of it and when the latest was written
    """

    told: tuple[str, int]
    stored: dict[str, Any]
    etag: str

    @property
    def safety_changed_at(self) -> datetime | None:
        """When something was last answered that may hold a plan or let it go on."""
        times = [
            self.stored[name]
            for name in ("latest_answer", "latest_visit", "latest_check", "latest_second_look")
        ]
        return max(filter(None, times), default=None)


def state_of(feed: CalendarFeed) -> CalendarState:
    """What decides what this calendar tells now: one query."""
    own = {"person": OuterRef("pk")}
    plans = Plan.objects.filter(**own, status=PlanStatus.ACTIVE)
    changes = PlanChange.objects.filter(plan__person=OuterRef("pk"), plan__status=PlanStatus.ACTIVE)
    answers = SafetyAnswers.objects.filter(**own)
    visits = Clearance.objects.filter(**own)
    checks = Attempt.objects.finished().filter(**own)
    second_looks = SecondLook.objects.filter(attempt__person=OuterRef("pk"), finished_at__isnull=False)
    workouts = Workout.objects.filter(**own)
    asked = User.objects.filter(pk=feed.person_id).values(
        running_plan=_latest(plans, "pk"),
        change_count=_number(changes, "plan__person"),
        latest_answer=_latest(answers, "answered_at"),
        latest_visit=_latest(visits, "recorded_at"),
        check_count=_number(checks, "person"),
        latest_check=_latest(checks, "finished_at"),
        latest_second_look=_latest(second_looks, "finished_at"),
        workout_count=_number(workouts, "person"),
        latest_workout=_latest(workouts, "pk"),
    )
    told, stored = (feed.told, feed.changes), dict(asked.get())
    parts = repr((told, sorted(stored.items()), today_for(feed.person)))
    return CalendarState(told, stored, f'"{hashlib.sha256(parts.encode()).hexdigest()[:20]}"')


def _latest(rows: QuerySet[Any], field: str) -> Subquery:
    return Subquery(rows.order_by(f"-{field}").values(field)[:1])


def _number(rows: QuerySet[Any], person: str) -> Subquery:
    counted = rows.order_by().values(person).annotate(number=Count("pk"))
    return Subquery(counted.values("number"), output_field=models.IntegerField())


def note_what_it_tells(feed: CalendarFeed) -> None:
    """Notice that zone, hour or alarm are others than the calendar last told: a write only then.

    Compared where it is read, as several pages change a time zone.
    """
    hour = choices_of(feed.person).hour
    tells = f"{feed.person.time_zone} {hour:%H:%M} {feed.alarm_minutes}"
    if tells == feed.told:
        return
    same = CalendarFeed.objects.filter(pk=feed.pk, told=feed.told)
    if feed.told:
        same.update(told=tells, told_since=now(), changes=F("changes") + 1)
    else:
        same.update(told=tells)
    feed.refresh_from_db(fields=["told", "told_since", "changes"])


@transaction.atomic
def keep_calendar(*, person: User, hour: time, alarm_minutes: int | None) -> None:
    """Store at what time entries begin, and how long before that the calendar's program should ring."""
    keep_hour(person=person, hour=hour)
    CalendarFeed.objects.update_or_create(person=person, defaults={"alarm_minutes": alarm_minutes})
