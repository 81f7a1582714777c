"""What a guest answered: claimed by an account, deleted."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.clock import is_zone, now
from accounts.models import User
from assessments.models import GUEST_ROWS_EXPIRE_AFTER, Attempt, SafetyAnswers, Status
from assessments.rows import hash_of_token


def set_first_time_zone(*, person: User, time_zone: str) -> None:
    """Store where a person is if nobody has said so yet; a zone they have, or an unknown name, changes nothing."""
    if person.time_zone == "UTC" and is_zone(time_zone):
        person.time_zone = time_zone
        person.save(update_fields=["time_zone"])


@transaction.atomic
def claim_guest(*, token: str, time_zone: str, person: User) -> None:
    """Give a person what the guest with this token did. If both have an open check, the guest's goes on.

    time_zone  the guest's; it becomes the person's if they have none yet
    """
    expired = now() - GUEST_ROWS_EXPIRE_AFTER
    rows = {"guest_token_hash": hash_of_token(token)}
    Attempt.objects.filter(changed_at__lt=expired, **rows).delete()
    if Attempt.objects.open().filter(**rows).exists():
        Attempt.objects.open().filter(person=person).update(status=Status.ABANDONED, changed_at=now())
    mine = {"person": person, "guest_token_hash": ""}
    Attempt.objects.filter(**rows).update(**mine)
    SafetyAnswers.objects.filter(**rows).update(**mine)
    set_first_time_zone(person=person, time_zone=time_zone)


@transaction.atomic
def delete_guest(*, token: str) -> None:
    """Delete everything the guest with this token answered."""
    rows = {"guest_token_hash": hash_of_token(token)}
    Attempt.objects.filter(**rows).delete()
    SafetyAnswers.objects.filter(**rows).delete()


@transaction.atomic
def delete_expired_guests() -> int:
    """Delete what guests left behind 14 days after their last answer; returns how many rows."""
    attempts, _ = Attempt.objects.expired_guests().delete()
    alive = Attempt.objects.filter(person=None, guest_token_hash=OuterRef("guest_token_hash"))
    before = now() - GUEST_ROWS_EXPIRE_AFTER
    old = SafetyAnswers.objects.filter(person=None, answered_at__lt=before)
    answers, _ = old.filter(~Exists(alive)).delete()
    return attempts + answers
