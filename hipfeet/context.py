"""What every template may ask about the server."""

from django.conf import settings
from django.http import HttpRequest


def development(_request: HttpRequest) -> dict[str, bool]:
    """`debug_mail`: e-mails are printed in the terminal, and the pages that wait for one say so."""
    return {"debug_mail": settings.DEBUG and "console" in settings.EMAIL_BACKEND}
