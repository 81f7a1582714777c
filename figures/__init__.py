"""Everything that is drawn: the pictures of people (`people`) and the anatomy plates (`plates`).

Both are written as small SVG fragments to templates/figures/ by `make figures`, and committed. The stylesheet paints;
no colour stands in a picture.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "figures"
