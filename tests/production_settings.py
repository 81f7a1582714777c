"""The settings of production, with static files collected where a test wants them (a module without pytest, which would change them)."""

import os
from pathlib import Path

from hipfeet.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["COLLECTED"])
