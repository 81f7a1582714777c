"""What a guest answered: found, claimed by an account, deleted."""

import hashlib
import secrets

from django.db import transaction
from django.http import HttpRequest

from accounts.clock import is_zone, now
from accounts.models import User
from assessments.models import GUEST_ROWS_EXPIRE_AFTER, Attempt, SafetyAnswers, Status
from assessments.rows import Owner

SESSION_KEY = "guest"


SESSION_ZONE = "guest_time_zone"


def owner_of(request: HttpRequest) -> Owner | None:
    """Who answers in this request; None for a visitor who has not begun anything."""
    if isinstance(request.user, User):
        return Owner(request.user, "", request.user.time_zone)
    token = request.session.get(SESSION_KEY)
    return Owner(None, _hash(token), request.session.get(SESSION_ZONE, "UTC")) if token else None


def welcome(request: HttpRequest, *, time_zone: str) -> Owner:
    """Who answers from now on: a visitor gets a guest's token. An unknown zone counts as UTC."""
    if isinstance(request.user, User):
        if request.user.time_zone == "UTC" and is_zone(time_zone):
            request.user.time_zone = time_zone
            request.user.save(update_fields=["time_zone"])
        return Owner(request.user, "", request.user.time_zone)
    token = request.session.setdefault(SESSION_KEY, secrets.token_urlsafe(32))
    zone = time_zone if is_zone(time_zone) else request.session.get(SESSION_ZONE, "UTC")
    request.session[SESSION_ZONE] = zone
    request.session.modified = True
    return Owner(None, _hash(token), zone)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def claim_guest(*, request: HttpRequest, person: User) -> None:
    """Give a person what they did as a guest in this browser. If both have an open check, the guest's goes on."""
    token = request.session.pop(SESSION_KEY, None)
    zone = request.session.pop(SESSION_ZONE, "")
    if not token:
        return
    expired = now() - GUEST_ROWS_EXPIRE_AFTER
    rows = {"guest_token_hash": _hash(token)}
    Attempt.objects.filter(changed_at__lt=expired, **rows).delete()
    if Attempt.objects.open().filter(**rows).exists():
        Attempt.objects.open().filter(person=person).update(status=Status.ABANDONED, changed_at=now())
    mine = {"person": person, "guest_token_hash": ""}
    Attempt.objects.filter(**rows).update(**mine)
    SafetyAnswers.objects.filter(**rows).update(**mine)
    if person.time_zone == "UTC" and is_zone(zone):
        person.time_zone = zone
        person.save(update_fields=["time_zone"])


@transaction.atomic
def delete_guest(*, request: HttpRequest) -> None:
    """Delete everything a guest answered and end the session: the next person may hold the same phone."""
    token = request.session.get(SESSION_KEY)
    if token:
        Attempt.objects.filter(guest_token_hash=_hash(token)).delete()
        SafetyAnswers.objects.filter(guest_token_hash=_hash(token)).delete()
    request.session.flush()


@transaction.atomic
def delete_expired_guests() -> int:
    """Delete what guests left behind 14 days after their last answer; returns how many rows."""
    attempts, _ = Attempt.objects.expired_guests().delete()
    alive = Attempt.objects.filter(person=None).values("guest_token_hash")
    before = now() - GUEST_ROWS_EXPIRE_AFTER
    old = SafetyAnswers.objects.filter(person=None, answered_at__lt=before)
    answers, _ = old.exclude(guest_token_hash__in=alive).delete()
    return attempts + answers
