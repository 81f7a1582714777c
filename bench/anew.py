"""The settings, but every page of a person is made anew: what the first look after a change costs."""

from hipfeet.settings import *  # noqa: F403
from hipfeet.settings import CACHES

CACHES["kept"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
