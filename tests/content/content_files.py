"""Reads the content of every app as plain TOML, whatever models it is loaded into."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
APPS = ("anatomy", "assessments", "exercises")
SOURCES = ROOT / "anatomy" / "content" / "sources"


def content_files() -> list[Path]:
    """All content files but the bibliography, whose titles are other people's words."""
    paths = [path for app in APPS for path in (ROOT / app / "content").rglob("*.toml")]
    return sorted(path for path in paths if path.parent != SOURCES)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tables(value: object) -> Iterator[Mapping[str, Any]]:
    """Every table inside a TOML value, the outermost first."""
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables(inner)


def texts(table: Mapping[str, Any]) -> Iterator[str]:
    """The strings that stand directly in a table, or in lists in it."""
    for value in table.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, str))
