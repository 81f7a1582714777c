"""What `check --deploy --database default` says about e-mails."""

from collections.abc import Collection
from typing import Any

from django.core import checks

from hipfeet.mail.outbox import waits_too_long


def nobody_sends(databases: Collection[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """A warning when e-mails have waited too long. Without a database named, nothing is asked."""
    problem = waits_too_long() if databases else ""
    hint = "Is `manage.py deliver` running, and does the mail server answer?"
    return [checks.Warning(problem, hint=hint, id="mail.W001")] if problem else []
