"""What signing in and signing up leave behind and nobody needs any more.

Asked with `Exists`: PostgreSQL compares each row with each where a long list follows `NOT IN`, which takes hours.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from accounts.clock import now
from accounts.models import User

UNCONFIRMED_FOR = timedelta(days=14)


def forget_ended_browsers() -> int:
    """Delete what is known of browsers whose session has ended; how many."""
    going_on = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now())
    deleted: int = UserSession.objects.filter(~Exists(going_on)).delete()[0]
    return deleted


def forget_unconfirmed() -> int:
    """Delete accounts whose address nobody has confirmed in time, and which nobody was ever signed in to; how many."""
    never_used = User.objects.filter(
        last_login=None, is_staff=False, date_joined__lte=now() - UNCONFIRMED_FOR
    )
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return never_used.filter(~Exists(confirmed)).delete()[1].get("accounts.User", 0)
