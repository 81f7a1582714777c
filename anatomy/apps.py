"""The app anatomy: bad content stops the start."""

from django.apps import AppConfig

from anatomy.catalogue import catalogue


class AnatomyConfig(AppConfig):
    """Reads the reference when Django starts."""

    name = "anatomy"

    def ready(self) -> None:
        """Load the reference once; raises ContentError with the file and the key."""
        catalogue()
