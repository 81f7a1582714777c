"""A developer's settings, but a browser keeps the static files, as it does in production: of most pages only itself is asked."""

from hipfeet.settings import *  # noqa: F403

WHITENOISE_MAX_AGE = 3_600
"""Seconds: longer than any run."""
