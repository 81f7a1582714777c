"""Write every picture and plate to templates/figures/, or check that the committed ones are current.

    python -m figures           write
    python -m figures --check   exit 1, naming them, when pictures are missing or not as drawn now

Files there that are not drawn here (the brand mark) are left alone.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from figures import all_pictures, plates

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "figures"


def stale(folder: Path) -> list[str]:
    """Names of the pictures and plates that the folder lacks or holds in another form."""
    return [name.removesuffix(".svg") for name, text in _files().items() if _read(folder / name) != text]


def write(folder: Path) -> None:
    """Write every picture and plate into the folder."""
    (folder / "plates").mkdir(parents=True, exist_ok=True)
    for name, text in _files().items():
        (folder / name).write_text(text, encoding="utf-8")


def _files() -> dict[str, str]:
    """Everything that is drawn, by its place in the folder."""
    return {
        **{f"{name}.svg": markup for name, markup in all_pictures().items()},
        **{f"plates/{name}": text for name, text in plates.files().items()},
    }


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main(arguments: Sequence[str], folder: Path = FOLDER) -> str | None:
    """Do what the arguments say; what is returned, if anything, is the complaint to exit with."""
    parser = argparse.ArgumentParser(prog="python -m figures", description="Draw the pictures and plates.")
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
