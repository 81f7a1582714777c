"""What signing in and signing up leave behind and nobody needs any more."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.clock import now
from accounts.models import User

UNCONFIRMED_FOR = timedelta(days=14)


def forget_ended_browsers() -> int:
    """Delete what is known of browsers whose session has ended; how many."""
    going_on = Session.objects.filter(expire_date__gt=now()).values("session_key")
    deleted: int = UserSession.objects.exclude(session_key__in=going_on).delete()[0]
    return deleted


def forget_unconfirmed() -> int:
    """Delete accounts whose address nobody has confirmed in time, and which nobody was ever signed in to; how many."""
    never_used = User.objects.filter(
        last_login=None, is_staff=False, date_joined__lte=now() - UNCONFIRMED_FOR
    )
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    return never_used.exclude(pk__in=confirmed).delete()[1].get("accounts.User", 0)
