"""What is stored of an e-mail, and of when a person wants to be reminded."""

import datetime
import uuid

from django.db import models
from django.db.models import Q

from accounts.clock import now
from accounts.models import User


class MailState(models.TextChoices):
    """What became of an e-mail."""

    WAITING = "waiting", "waits"
    SENT = "sent", "sent"
    REFUSED = "refused", "refused for good by the mail server"
    GIVEN_UP = "given_up", "given up"


class OutboxMail(models.Model):
    """An e-mail to one address. Its text goes as soon as it waits no more; the number is also its Message-ID.

    send_by  past this moment it is not sent any more, as the code in it holds no longer
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Nobody: an address we know nobody by. What was written to a person goes with them.
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    address = models.EmailField()
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.WAITING)
    written_at = models.DateTimeField(default=now)
    send_by = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.WAITING) | Q(subject="", text=""), name="text_only_while_it_waits"
            ),
        ]
        indexes = [
            models.Index("next_try_at", condition=Q(state=MailState.WAITING), name="mails_that_wait"),
            models.Index("address", "written_at", name="mails_of_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}, {self.state}"


class ReminderChoices(models.Model):
    """When a person trains: the hour of their reminders, and of what stands in their calendar."""

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="reminder_choices"
    )
    hour = models.TimeField(default=datetime.time(18))

    def __str__(self) -> str:
        return f"reminders of person {self.pk}"


def choices_of(person: User) -> ReminderChoices:
    """What a person chose; what counts for all as long as they have not."""
    stored: ReminderChoices | None = getattr(person, "reminder_choices", None)
    return stored or ReminderChoices(person=person)
