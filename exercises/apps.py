"""The app exercises: bad content stops the start."""

from django.apps import AppConfig

from exercises import catalogue, rules, wording


class ExercisesConfig(AppConfig):
    """Reads exercises, planning rules and the words for reasons when Django starts."""

    name = "exercises"

    def ready(self) -> None:
        """Load the content once; raises ContentError with the file and the key."""
        from exercises.views_reference import progress_page  # noqa: PLC0415  (views wait for the apps)

        catalogue.catalogue()
        rules.rules()
        wording.templates()
        progress_page()
