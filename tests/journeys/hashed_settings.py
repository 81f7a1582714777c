"""A developer's settings, but static files as in production: collected, hashed, compressed, imports rewritten."""

import os
from pathlib import Path

from hipfeet.settings import *  # noqa: F403
from hipfeet.settings import STORAGES

DEBUG = False  # otherwise names are not hashed
STATIC_ROOT = Path(os.environ["COLLECTED"])
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
STORAGES["staticfiles"] = {"BACKEND": "hipfeet.static_files.HashedFilesStorage"}
