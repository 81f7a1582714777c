"""The app exercises: bad content stops the start."""

from django.apps import AppConfig

from exercises import catalogue, rules, wording


class ExercisesConfig(AppConfig):
    """Reads exercises, planning rules and the words for reasons when Django starts."""

    name = "exercises"

    def ready(self) -> None:
        """Load the content once; raises ContentError with the file and the key."""
        catalogue.catalogue()
        rules.rules()
        wording.templates()
