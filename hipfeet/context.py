"""What every template may ask about the server and the page."""

from django.conf import settings
from django.http import HttpRequest

from anatomy.access import is_public_page

# Where a stranger may well begin, though the page holds a form and is made for each visitor.
WAYS_IN = {"check", "plan", "account_signup"}


def development(_request: HttpRequest) -> dict[str, bool]:
    """`debug_mail`: e-mails are printed in the terminal, and the pages that wait for one say so."""
    return {"debug_mail": settings.DEBUG and "console" in settings.EMAIL_BACKEND}


def operator(_request: HttpRequest) -> dict[str, str | int]:
    """Who runs this server, and how to reach them; for how many days they keep a backup. Empty where they do not say."""
    return {
        "operator_name": settings.OPERATOR_NAME,
        "operator_email": settings.OPERATOR_EMAIL,
        "backup_days": settings.BACKUP_DAYS,
    }


def addresses(request: HttpRequest) -> dict[str, str]:
    """`canonical`: the one full address of a public page; empty on personal ones, which ask not to be indexed."""
    match = request.resolver_match
    public = match is not None and (is_public_page(match.func) or match.view_name in WAYS_IN)
    return {
        "site_origin": settings.SITE_ORIGIN,
        "canonical": f"{settings.SITE_ORIGIN}{request.path}" if public else "",
    }
