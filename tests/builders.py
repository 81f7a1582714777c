"""Makes plain people for tests; each thing has defaults."""

from allauth.account.models import EmailAddress

from accounts.clock import now
from accounts.models import User

PASSWORD = "a long enough secret"


def zone_at_night() -> str:
    """A time zone in which it is between one and two at night now."""
    ahead = (1 - now().hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"


def person(email: str = "ann@example.org", *, time_zone: str = "UTC") -> User:
    user = User.objects.create_user(email, PASSWORD, time_zone=time_zone)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
