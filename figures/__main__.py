"""Write the pictures and plates that are not current to templates/figures/, or name them.

    python -m figures            draw what is not current (needs the body model: make figures)
    python -m figures bridge     draw the pictures of people whose name matches
    python -m figures --check    exit 1, naming them, when pictures are missing or not as drawn now

Files there that are not drawn here (the brand mark) are left alone.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from figures import plates
from figures.people import stamps

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "figures"


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
    parser = argparse.ArgumentParser(prog="python -m figures", description="Draw the pictures and plates.")
    parser.add_argument("name", nargs="?", default="", help="a part of the names of pictures to draw anew")
    parser.add_argument(
        "--check", action="store_true", help="only say whether the committed pictures are current"
    )
    asked = parser.parse_args(arguments)
    if asked.check:
        found = stale(folder)
        return f"Not current, run make figures: {', '.join(found)}" if found else None
    from figures.people.build import build  # noqa: PLC0415 - needs what only `make figures` installs

    try:
        build(folder, asked.name)
    except ValueError as error:
        return str(error)
    write_plates(folder)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
