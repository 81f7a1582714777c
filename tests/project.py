"""A copy of the project in a folder of its own, as somebody has it who installs it."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("accounts", "anatomy", "assessments", "exercises", "hipfeet", "templates", "static")


def copied_into(folder: Path, *more: str) -> Path:
    """Copy what a server needs, and more folders and files by name; returns the folder."""
    for name in (*PACKAGES, "manage.py", *more):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy2(ROOT / name, folder)
    return folder
