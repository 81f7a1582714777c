"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class HipfeetConfig(AppConfig):
    """What needs more than one app."""

    name = "hipfeet"

    def ready(self) -> None:
        """Have `migrate` make the triggers that tell when something about a person has changed (ADR 16)."""
        from accounts import marks  # noqa: PLC0415  (models wait for the apps)

        pre_migrate.connect(marks.drop_triggers)
        post_migrate.connect(marks.set_triggers)
