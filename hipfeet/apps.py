"""The app hipfeet: bad content stops the start, and `check --deploy` asks who runs the server."""

from django.apps import AppConfig
from django.core.checks import register

from hipfeet import search
from hipfeet.checks import nobody_answers, nobody_is_reached
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
