"""The app hipfeet: bad content stops the start, `check --deploy` asks who runs the server, errors are reported."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register

from hipfeet import search
from hipfeet.checks import nobody_answers, nobody_is_reached
from hipfeet.errors import report_errors_to
from hipfeet.owndata.clinician.words import clinician_words


class HipfeetConfig(AppConfig):
    """Reads the words of search and of the page for a clinician when Django starts."""

    name = "hipfeet"

    def ready(self) -> None:
        """Load the content once; raises ContentError with the file and the key."""
        search.search_content()
        clinician_words()
        register(nobody_answers, deploy=True)
        register(nobody_is_reached, deploy=True)
        if settings.SENTRY_DSN:
            report_errors_to(settings.SENTRY_DSN)
