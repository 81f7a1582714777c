"""The app hipfeet: bad content stops the start."""

from django.apps import AppConfig

from hipfeet import search
from hipfeet.owndata.clinician.words import clinician_words


class HipfeetConfig(AppConfig):
    """Reads the words of search and of the page for a clinician when Django starts."""

    name = "hipfeet"

    def ready(self) -> None:
        """Load the content once; raises ContentError with the file and the key."""
        search.search_content()
        clinician_words()
