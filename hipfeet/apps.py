"""App configuration."""

from django.apps import AppConfig


class HipfeetConfig(AppConfig):
    """What needs more than one app."""

    name = "hipfeet"
