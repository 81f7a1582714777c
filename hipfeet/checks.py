"""What `check --deploy` says about whoever runs the server."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def nobody_answers(**_: Any) -> list[checks.CheckMessage]:
    """A warning for each thing that the privacy page has to say and cannot."""
    found = []
    if not settings.OPERATOR_NAME:
        found.append(("OPERATOR_NAME is not set: the privacy page names nobody.", "hipfeet.W001"))
    try:
        validate_email(settings.OPERATOR_EMAIL)
    except ValidationError:
        found.append(("OPERATOR_EMAIL is not an e-mail address: nobody can be reached.", "hipfeet.W002"))
    if settings.BACKUP_DAYS < 1:
        found.append(
            ("BACKUP_DAYS is not set: it is not said how long what was erased stays.", "hipfeet.W003")
        )
    hint = "docs/operations.md, Who runs it"
    return [checks.Warning(problem, hint=hint, id=number) for problem, number in found]
