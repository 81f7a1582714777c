#!/usr/bin/env python
"""Django's command line for hipfeet."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line
from django.db import DataError, IntegrityError, OperationalError
from dotenv import load_dotenv

from hipfeet.environment import require_settings
from hipfeet.log import where_it_happened

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipfeet.settings")
    # What `make run` wrote for this machine. A deployment brings its own key, so nothing of a developer's gets into it.
    if "SECRET_KEY" not in os.environ:
        load_dotenv(Path(__file__).with_name(".env"))
    require_settings()
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as problem:
        words = " ".join(str(problem).split())
        sys.exit(f"The database (DATABASE_URL names which one it is) says: {words}")
    except (DataError, IntegrityError) as problem:
        # What it says may be a row of a person, and what is printed here may be kept as a log.
        sys.exit("\n".join(where_it_happened(problem, with_text=False)))
