"""Fills a developer's database with one made-up person to look around with."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from hipfeet.demo import EMAIL, make_demo


class Command(BaseCommand):
    """Run by `make demo`; running it again replaces only that person."""

    help = (
        f"Make {EMAIL}, a person with twelve weeks of training that end today. On a developer's machine only."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make the person and say how to sign in. Refuses where DEBUG is off: an account nobody asked for."""
        if not settings.DEBUG:
            raise CommandError("This is for a developer's machine: it runs only with DEBUG=true.")
        password = secrets.token_urlsafe(12)
        make_demo(password)
        self.stdout.write(f"Sign in at {settings.SITE_ORIGIN}{reverse('account_login')} (after: make run)")
        self.stdout.write(f"E-mail:   {EMAIL}")
        self.stdout.write(f"Password: {password}")
