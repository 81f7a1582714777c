"""The WSGI entry point gunicorn serves. It serves people, so settings meant only for a developer do not start."""

import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipfeet.settings")

LOADING_FAILED = 4
"""Tells gunicorn that another try would fail as well; after other exit codes it starts workers forever."""


def refusal() -> str:
    """Why these settings must not serve people; empty when they may."""
    try:
        if settings.DEBUG:
            return "DEBUG is on. It shows strangers what is inside. Take it out of the environment."
    except ValueError as problem:
        return str(problem)
    if not settings.ALLOWED_HOSTS:
        return "ALLOWED_HOSTS is empty. Set it to the host names this server answers to."
    return ""


if reason := refusal():
    sys.stderr.write(f"hipfeet does not start: {reason} (.env.example explains every variable.)\n")
    sys.exit(LOADING_FAILED)

application = get_wsgi_application()
