"""A file that a person sent and has not said yes to yet."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from accounts.clock import now

KEPT = timedelta(days=1)


class PendingImport(models.Model):
    """The latest file of a person, until they bring it in, drop it, or leave it for a day."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="pending_import"
    )
    file = models.BinaryField()
    sent_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"import of person {self.pk}"


def forget_old_files() -> int:
    """Delete the files nobody said yes to in time; how many."""
    return PendingImport.objects.filter(sent_at__lt=now() - KEPT).delete()[0]
