"""A change of the e-mail address is told to both addresses, and undone from the old one for seven days."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from accounts.clock import now
from accounts.models import UNDONE_WITHIN, EmailChange, User
from hipfeet.owndata.models import CalendarFeed

MADE_READY = timedelta(days=1)
"""Who takes an account over may add a passkey or a calendar address before changing the e-mail address."""


class AddressTaken(Exception):  # noqa: N818  (reads as what happened)
    """Somebody else has confirmed the old address for an account of theirs."""


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def note_change(*, person: User, old_address: str) -> str:
    """Remember what the address was; where in the site it is undone, for the e-mail to the old address only."""
    token = secrets.token_urlsafe(32)
    EmailChange.objects.create(person=person, old_address=old_address, token_hash=_hash_of(token))
    return f"{settings.SITE_ORIGIN}{reverse('email_undo', args=[token])}"


def change_at(token: str) -> EmailChange | None:
    """The change that is undone at an address; None for one that is too old, used up, or none of ours."""
    still = EmailChange.objects.filter(changed_at__gt=now() - UNDONE_WITHIN)
    return still.select_related("person").filter(token_hash=_hash_of(token)).first()


@transaction.atomic
def undo(change: EmailChange) -> None:
    """Give the account back to the old address; whoever is signed in is signed out, and the password holds no longer.

    What was added since, or in the day before, goes: later addresses, passkeys, other second factors, the calendar's
    address. Raises AddressTaken. A second tap, once it is undone, changes nothing.
    """
    person = User.objects.select_for_update().get(pk=change.person_id)
    if not EmailChange.objects.filter(pk=change.pk).exists():
        return
    _free(change.old_address, person)
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=change.old_address, primary=True, verified=True)
    person.email = change.old_address
    person.set_unusable_password()
    person.save(update_fields=["email", "password"])
    _remove_what_was_added(person, change)
    person.email_changes.filter(changed_at__gte=change.changed_at).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()


def _free(address: str, person: User) -> None:
    """An account that took the old address but never confirmed it was made to be in the way: it goes."""
    for other in User.objects.filter(email=address).exclude(pk=person.pk):
        if other.emailaddress_set.filter(email=address, verified=True).exists():  # type: ignore[attr-defined]  # allauth's
            raise AddressTaken
        other.delete()
    EmailAddress.objects.filter(email=address).exclude(user=person).delete()


def _remove_what_was_added(person: User, change: EmailChange) -> None:
    since = change.changed_at - MADE_READY
    own = Authenticator.objects.filter(user=person)
    own.filter(created_at__gte=since).delete()
    if not own.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        own.delete()
    made = CalendarFeed.objects.filter(person=person, made_at__gte=since).exclude(token_hash="")
    made.update(token_hash="", revision=F("revision") + 1)


def forget_old_changes() -> int:
    """Delete the changes that can be undone no more; how many."""
    return EmailChange.objects.filter(changed_at__lte=now() - UNDONE_WITHIN).delete()[0]
