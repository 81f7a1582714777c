"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The person."""

    name = "accounts"
