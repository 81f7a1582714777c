"""The settings of a developer over plain HTTP, but without DEBUG, which `hipfeet.wsgi` refuses.

Pages are used again as in production, and each is then compared with a new one.
"""

from hipfeet.settings import *  # noqa: F403
from hipfeet.settings import CACHES

CACHES["kept"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"}
CHECK_KEPT = True
DEBUG = False
