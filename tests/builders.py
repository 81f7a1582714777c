"""Makes plain people for tests; each thing has defaults."""

from allauth.account.models import EmailAddress

from accounts.models import User

PASSWORD = "a long enough secret"


def person(email: str = "ann@example.org", *, time_zone: str = "UTC") -> User:
    user = User.objects.create_user(email, PASSWORD, time_zone=time_zone)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
