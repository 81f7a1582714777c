"""The app mail."""

from django.apps import AppConfig
from django.core.checks import register


class MailConfig(AppConfig):
    """The outbox; `check --deploy` warns when nobody sends what waits."""

    name = "hipfeet.mail"
    verbose_name = "e-mails"

    def ready(self) -> None:
        """Register the check."""
        from hipfeet.mail.checks import nobody_sends  # noqa: PLC0415  (models are not loaded before)

        register(nobody_sends, deploy=True)
