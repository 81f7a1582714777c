"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AccountsConfig(AppConfig):
    """The person."""

    name = "accounts"

    def ready(self) -> None:
        """Have the triggers made that tell when something about a person has changed."""
        from accounts import marks  # noqa: PLC0415  (models wait for the apps)

        pre_migrate.connect(marks.drop_triggers, sender=self)
        post_migrate.connect(marks.set_triggers)
