"""docs/design.md says of the colours what the stylesheet says."""

import re
from pathlib import Path

from tests.design.colours import GROUNDS, contrasts, tokens

DOC = (Path(__file__).parents[2] / "docs/design.md").read_text(encoding="utf-8")


def test_tokens_of_the_document_are_those_of_the_stylesheet() -> None:
    light, dark = tokens().values()

    told = re.findall(r"^\| ([\w-]+) \| `(#\w+)` \| `(#\w+)` \|", DOC, re.MULTILINE)

    assert told == [(name, light[name], dark[name]) for name in light]


def test_contrasts_of_the_document_are_those_of_the_stylesheet() -> None:
    told = re.findall(r"^\| ([\w-]+) \| ([\w ,-]+) \| ([\d.]+) / ([\d.]+) \| ([\d.]+) \|$", DOC, re.MULTILINE)

    assert told == [
        (
            light.front,
            "every ground" if tuple(light.grounds) == GROUNDS else ", ".join(light.grounds),
            f"{min(light.grounds.values()):.1f}",
            f"{min(dark.grounds.values()):.1f}",
            f"{light.least:g}",
        )
        for light, dark in zip(contrasts("light"), contrasts("dark"), strict=True)
    ]
