"""A file that a person sent and has not said yes to yet, and the address of their calendar."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.clock import now
from accounts.limits import Limit, count
from accounts.models import User

KEPT = timedelta(days=1)
FILES_READ = Limit("files read", 60, timedelta(hours=1))
"""Each file is read when it is sent, when its page says what is in it, and when it comes in."""
ALARMS = (0, 10, 30, 60)
"""The alarms that a calendar may have: minutes before a workout."""


class FileKind(models.TextChoices):
    """What a file holds."""

    EXPORT = "export", "everything, as it was taken along"
    WORKOUTS = "workouts", "a table of workouts"


class PendingImport(models.Model):
    """The latest file of a person, until they bring it in, drop it, or leave it for a day."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="pending_import"
    )
    file = models.BinaryField()
    kind = models.CharField(
        max_length=8, choices=FileKind.choices, default=FileKind.EXPORT, db_default=FileKind.EXPORT
    )
    sent_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"import of person {self.pk}"


def keep_file(person: User, file: bytes, kind: FileKind) -> None:
    """Keep a file until its person says yes; it takes the place of an earlier one."""
    values = {"file": file, "kind": kind, "sent_at": now()}
    PendingImport.objects.update_or_create(person=person, defaults=values)


def waiting_file(person: User, kind: FileKind) -> PendingImport | None:
    """The file of this kind that waits for its person's yes."""
    return PendingImport.objects.filter(person=person, kind=kind).first()


def count_reading(person: User, kind: FileKind, *, is_sent: bool) -> None:
    """Count that a whole file is read, one that is sent or one that waits. Raises TooMany past the limit."""
    if is_sent or PendingImport.objects.filter(person=person, kind=kind).exists():
        count(FILES_READ, str(person.pk))


def forget_old_files() -> int:
    """Delete the files nobody said yes to in time; how many."""
    return PendingImport.objects.filter(sent_at__lt=now() - KEPT).delete()[0]


class CalendarFeed(models.Model):
    """The address at which programs read a person's calendar, as the hash of its token; empty when it is turned off.

    revision          counts the addresses, so that an old form makes no new one
    alarm_minutes     how long before a workout the program should ring; None: not at all
    told, told_since  time zone, hour and alarm as the calendar last told them, and since when
    changes           how often what it told of these has changed
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    alarm_minutes = models.PositiveSmallIntegerField(null=True)
    told = models.CharField(max_length=100, blank=True)
    told_since = models.DateTimeField(default=now)
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "token_hash", condition=~Q(token_hash=""), name="one_calendar_at_an_address"
            ),
            models.CheckConstraint(
                condition=Q(alarm_minutes__isnull=True) | Q(alarm_minutes__in=ALARMS),
                name="calendar_alarm_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of person {self.pk}"

    @property
    def is_on(self) -> bool:
        """Whether there is an address at which it is read."""
        return self.token_hash != ""
