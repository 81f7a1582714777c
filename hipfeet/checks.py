"""What `check --deploy` says about whoever runs the server, and about what would keep people out."""

from typing import Any

from django.conf import settings
from django.core import checks


def nobody_answers(**_: Any) -> list[checks.CheckMessage]:
    """A warning for each thing that the privacy page has to say and cannot."""
    found = []
    if not settings.OPERATOR_NAME:
        found.append(("OPERATOR_NAME is not set: the privacy page names nobody.", "hipfeet.W001"))
    if not settings.OPERATOR_EMAIL:
        found.append(("OPERATOR_EMAIL is not set: nobody can be reached.", "hipfeet.W002"))
    if settings.BACKUP_DAYS < 1:
        found.append(
            ("BACKUP_DAYS is not set: it is not said how long what was erased stays.", "hipfeet.W003")
        )
    hint = "docs/operations.md, Who runs it"
    return [checks.Warning(problem, hint=hint, id=number) for problem, number in found]


def nobody_is_reached(**_: Any) -> list[checks.CheckMessage]:
    """A warning where mail servers, or browsers, would turn away from what they are sent."""
    found = []
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        found.append(
            ("DEFAULT_FROM_EMAIL is not set: mail servers refuse e-mails from localhost.", "hipfeet.W004")
        )
    if settings.SECURE_SSL_REDIRECT and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        found.append(
            (
                "TRUSTED_PROXY_COUNT is 0: behind a proxy every page leads to itself without end.",
                "hipfeet.W005",
            )
        )
    return [checks.Warning(problem, hint=".env.example", id=number) for problem, number in found]
