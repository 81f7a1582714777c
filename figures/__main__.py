"""Write the anatomy plates to templates/figures/plates/, or name every plate and picture there that is not current.

    python -m figures            write the plates (make figures draws the people, too: `figures.people`)
    python -m figures --check    exit 1, naming them, when pictures or plates are missing or not as drawn now

Files there that are not drawn here (the brand mark) are left alone.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from figures import FOLDER, plates
from figures.people import stamps


def stale(folder: Path) -> list[str]:
    """What the folder lacks or holds in another form: pictures of people, then plates."""
    return [*stamps.complaints(folder), *_stale_plates(folder)]


def _stale_plates(folder: Path) -> list[str]:
    return [
        f"plates/{name}"
        for name, text in plates.files().items()
        if not (path := folder / "plates" / name).exists() or path.read_text(encoding="utf-8") != text
    ]


def write_plates(folder: Path) -> None:
    """Write every plate into the folder."""
    (folder / "plates").mkdir(parents=True, exist_ok=True)
    for name, text in plates.files().items():
        (folder / "plates" / name).write_text(text, encoding="utf-8")


def main(arguments: Sequence[str], folder: Path = FOLDER) -> str | None:
    """Do what the arguments say; what is returned, if anything, is the complaint to exit with."""
    parser = argparse.ArgumentParser(prog="python -m figures", description="Write the plates.")
    parser.add_argument("--check", action="store_true", help="only say whether all pictures are current")
    if parser.parse_args(arguments).check:
        found = stale(folder)
        return f"Not current, run make figures: {', '.join(found)}" if found else None
    write_plates(folder)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
