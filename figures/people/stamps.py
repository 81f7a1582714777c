"""What each committed picture was drawn from: a hash of the code and of the body model. Pure: no numpy.

So a test can say that the pictures are current without drawing them again. A picture depends on what all of them share,
and on the module of its own pose; the body model enters by its hash in the lock.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
BOOKS = HERE / "drawn"
LOCK = HERE.parents[1] / "requirements-figures.txt"
STYLESHEET = HERE.parents[1] / "static/css/hipfeet.css"
OWN = {"__main__.py", "build.py", "stamps.py"}  # what these do shows in no picture


class Entry(NamedTuple):
    """A committed file: its name, the picture it comes from, what it was drawn from, what came out."""

    name: str
    source: str
    stamp: str
    content: str


def of_text(text: str) -> str:
    """A short hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def of_module(module: str) -> str:
    """The hash of all that a picture in this module of poses is drawn from."""
    shared = sorted(path for path in HERE.glob("*.py") if path.name not in OWN)
    own = HERE / "poses" / f"{module}.py"
    files = [*shared, HERE / "poses/props.py", own, *_modules_shown_by(own)]
    model = re.search(r"^anny==.*?(?=^\S)", LOCK.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return of_text(
        "".join([*(path.read_text(encoding="utf-8") for path in files), model[0] if model else ""])
    )


def _modules_shown_by(own: Path) -> list[Path]:
    """The modules of which this one shows pictures again."""
    named = re.search(
        r"^from figures\.people\.poses import (.+)$", own.read_text(encoding="utf-8"), re.MULTILINE
    )
    return [own.with_name(f"{name}.py") for name in named[1].split(", ")] if named else []


def painted() -> set[str]:
    """Every class that the stylesheet knows; what ends in -2 is shade over the class without it."""
    named = set(re.findall(r"\.([a-z][\w-]*)", STYLESHEET.read_text(encoding="utf-8")))
    return named | {f"{name}-2" for name in named}


def require_painted(name: str, markup: str) -> None:
    """The stylesheet paints every class of a picture; raises ValueError with the picture and the classes."""
    used = {each for listed in re.findall(r'class="([^"]*)"', markup) for each in listed.split()}
    if unknown := sorted(used - painted()):
        raise ValueError(f"{name}: the stylesheet does not paint {', '.join(unknown)}")


def modules() -> list[str]:
    """The modules of poses."""
    return sorted(
        path.stem for path in (HERE / "poses").glob("*.py") if path.stem not in {"__init__", "props"}
    )


def read(module: str) -> dict[str, Entry]:
    """What was noted when the pictures of a module were drawn, by name."""
    book = BOOKS / f"{module}.json"
    if not book.exists():
        return {}
    return {name: Entry(name, *noted) for name, noted in json.loads(book.read_text(encoding="utf-8")).items()}


def write(module: str, book: Mapping[str, Entry]) -> None:
    """Note what the pictures of a module were drawn from."""
    lines = (f'"{name}": {json.dumps(entry[1:])}' for name, entry in sorted(book.items()))
    BOOKS.mkdir(exist_ok=True)
    (BOOKS / f"{module}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def drawn() -> dict[str, Entry]:
    """Every picture of people by name, with what was noted of it."""
    return {name: entry for module in modules() for name, entry in read(module).items()}


def complaints(folder: Path) -> list[str]:
    """Pictures that are not there, were changed by hand, or are drawn from older code."""
    found = []
    for module in modules():
        stamp = of_module(module)
        for entry in read(module).values():
            path = folder / f"{entry.name}.svg"
            if not path.exists() or of_text(path.read_text(encoding="utf-8")) != entry.content:
                found.append(f"{entry.name}: not as drawn")
            elif entry.stamp != stamp:
                found.append(f"{entry.name}: drawn from older code")
    return found
