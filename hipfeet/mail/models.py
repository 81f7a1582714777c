"""What is stored of an e-mail, and of when a person wants to be reminded."""

import datetime
import uuid

from django.db import models
from django.db.models import Q

from accounts.clock import now
from accounts.models import User
from exercises.rules.reminding import ReminderKind


class MailState(models.TextChoices):
    """What became of an e-mail."""

    WAITING = "waiting", "waits"
    SENT = "sent", "sent"
    REFUSED = "refused", "refused for good by the mail server"
    GIVEN_UP = "given_up", "given up"


class OutboxMail(models.Model):
    """An e-mail to one address. Its text goes as soon as it waits no more; the number is also its Message-ID.

    send_by      past this moment it is not sent any more, as the code in it holds no longer, or it would come too late
    unsubscribe  the address at which a reminder is stopped with one click
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Nobody: an address we know nobody by. What was written to a person goes with them.
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    address = models.EmailField()
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True, default="", db_default="")
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.WAITING)
    written_at = models.DateTimeField(default=now)
    send_by = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.WAITING) | Q(subject="", text="", unsubscribe=""),
                name="text_only_while_it_waits",
            ),
        ]
        indexes = [
            models.Index("next_try_at", condition=Q(state=MailState.WAITING), name="mails_that_wait"),
            models.Index("address", "written_at", name="mails_of_an_address"),
            models.Index("written_at", name="mails_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}, {self.state}"


class ReminderChoices(models.Model):
    """What a person wants to be reminded of by e-mail, and the hour of it, which their calendar has as well.

    looked_at     up to when it is decided what came due
    look_next_at  when a worker looks again; None: never, as nothing is wanted
    """

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="reminder_choices"
    )
    hour = models.TimeField(default=datetime.time(18))
    training = models.BooleanField(default=False)
    nudge = models.BooleanField(default=False)
    look_again = models.BooleanField(default=False)
    week = models.BooleanField(default=False)
    looked_at = models.DateTimeField(default=now)
    look_next_at = models.DateTimeField(null=True, default=now)

    class Meta:
        indexes = [models.Index("look_next_at", name="reminders_to_look_at")]

    def __str__(self) -> str:
        return f"reminders of person {self.pk}"

    @property
    def wanted(self) -> list[ReminderKind]:
        """What is switched on."""
        return [kind for kind in ReminderKind if getattr(self, kind.value)]


def choices_of(person: User) -> ReminderChoices:
    """What a person chose; what counts for all as long as they have not."""
    stored: ReminderChoices | None = getattr(person, "reminder_choices", None)
    return stored or ReminderChoices(person=person)


class Reminder(models.Model):
    """That a reminder was written, so that no second one of its kind is on that day."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ReminderKind])
    local_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "kind", "local_date", name="one_reminder_of_a_kind_a_day"),
        ]
        indexes = [models.Index("local_date", name="reminders_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.local_date}"
