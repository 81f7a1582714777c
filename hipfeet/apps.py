"""The app hipfeet: bad content stops the start."""

from django.apps import AppConfig

from hipfeet import search


class HipfeetConfig(AppConfig):
    """Reads the words of search when Django starts."""

    name = "hipfeet"

    def ready(self) -> None:
        """Load the content once; raises ContentError with the file and the key."""
        search.search_content()
