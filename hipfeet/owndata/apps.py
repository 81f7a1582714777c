"""The app owndata."""

from django.apps import AppConfig


class OwnDataConfig(AppConfig):
    """What belongs to a person; stores only a file that waits for their yes."""

    name = "hipfeet.owndata"
    verbose_name = "own data"
