"""Write the pictures of people that are not current; `stamps` says which are."""

import gzip
import re
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path

from figures.people import stamps


def build(folder: Path, wanted: str = "", only: str = "") -> None:
    """Draw what is not current, or what matches a name, and note from what it was drawn.

    only  one module of poses

    Raises ValueError with the name of a picture: PoseError for a pose that no body can take, or where the stylesheet
    does not paint one of its classes.
    """
    with ProcessPoolExecutor() as workers:
        list(workers.map(partial(_build_module, folder, wanted), [only] if only else stamps.modules()))


def _build_module(folder: Path, wanted: str, module: str) -> None:
    book, stamp = stamps.read(module), stamps.of_module(module)
    pictures = list(import_module(f"figures.people.poses.{module}").pictures())
    names = {picture.name for picture in pictures}
    book = {name: entry for name, entry in book.items() if entry.source in names}
    for picture in pictures:
        known = [entry for entry in book.values() if entry.source == picture.name]
        current = known and all(entry.stamp == stamp for entry in known)
        if (wanted and not re.search(wanted, picture.name)) or (not wanted and current):
            continue
        started = time.perf_counter()
        for entry in known:
            book.pop(entry.name)
        for name, markup in picture.files():
            stamps.require_painted(name, markup)
            (folder / f"{name}.svg").write_text(markup, encoding="utf-8")
            book[name] = stamps.Entry(name, picture.name, stamp, stamps.of_text(markup))
            packed = len(gzip.compress(markup.encode(), 9))
            print(f"{name:48} {time.perf_counter() - started:5.1f} s {packed:6} bytes gzip", flush=True)
        stamps.write(module, book)
