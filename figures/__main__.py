"""Write every picture to templates/figures/, or check that the committed ones are current.

    python -m figures           write
    python -m figures --check   exit 1, naming them, when pictures are missing or not as drawn now

Files there that are not drawn here (the brand mark) are left alone.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from figures import all_pictures

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "figures"


def stale(folder: Path) -> list[str]:
    """Names of the pictures that the folder lacks or holds in another form."""
    return [name for name, markup in all_pictures().items() if _read(folder / f"{name}.svg") != markup]


def write(folder: Path) -> None:
    """Write every picture into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, markup in all_pictures().items():
        (folder / f"{name}.svg").write_text(markup, encoding="utf-8")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main(arguments: Sequence[str], folder: Path = FOLDER) -> str | None:
    """Do what the arguments say; what is returned, if anything, is the complaint to exit with."""
    parser = argparse.ArgumentParser(prog="python -m figures", description="Draw the pictures of people.")
    parser.add_argument(
        "--check", action="store_true", help="only say whether the committed pictures are current"
    )
    if not parser.parse_args(arguments).check:
        write(folder)
        return None
    if names := stale(folder):
        return f"Not current, run python -m figures: {', '.join(names)}"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
