"""The colours of the stylesheet, light and dark, and how far they stand apart; docs/design.md is held against them."""

import re
from itertools import chain
from pathlib import Path
from typing import NamedTuple

STYLESHEETS = Path(__file__).parents[2] / "static/css"
CSS = "".join(
    (STYLESHEETS / f"{name}.css").read_text(encoding="utf-8")
    for name in ("hipfeet", "reference", "check", "training", "player")
)

# WCAG 2.2: 1.4.3, 1.4.6 and 1.4.11
AA, AAA, GRAPHIC = 4.5, 7.0, 3.0

GROUNDS = ("paper", "surface", "sunk", "tint", "accent-soft", "caution-soft", "stop-soft", "glass")
# What stands on what: (front, its grounds, the least contrast).
STANDS_ON = (
    # body text, and what is said more quietly, wherever it stands
    ("ink", GROUNDS, AAA),
    ("muted", ("paper", "surface", "sunk", "tint", "glass"), AAA),
    ("link", ("paper", "surface", "sunk", "tint"), AAA),
    ("link", ("caution-soft", "stop-soft"), AA),
    ("stop", ("paper", "surface", "stop-soft", "caution-soft"), AA),
    ("accent-ink", ("paper", "surface"), AA),
    ("caution", ("caution-soft",), AA),
    ("on-primary", ("primary",), AA),
    ("on-accent", ("accent",), AA),
    ("on-alarm", ("alarm",), AA),
    # borders, bars and arrows
    ("edge", ("paper", "surface"), GRAPHIC),
    ("primary", ("paper", "surface", "tint"), GRAPHIC),
    ("focus", GROUNDS, GRAPHIC),
    ("frame", ("paper",), GRAPHIC),
    ("go", ("glass",), GRAPHIC),
)

Properties = dict[str, str]
"""Custom properties of a rule, without their dashes."""

_DARK = re.compile(r"@media (?:screen and )?\(prefers-color-scheme: dark\) \{((?:[^{}]*\{[^{}]*\})+)\s*\}")
_RULE = re.compile(r"^\s*([:.][\w-]+) \{([^{}]*)\}", re.MULTILINE)
_COLOURED = re.compile(r"--([\w-]+): ([^;]*(?:#|var\()[^;]*);")


def schemes(css: str = CSS) -> dict[str, dict[str, Properties]]:
    """{scheme: {selector: what has to do with colour}}; where a rule has no dark version, its light one holds."""
    darker = dict(chain.from_iterable(_RULE.findall(block) for block in _DARK.findall(css)))
    plain = dict(reversed(_RULE.findall(_DARK.sub("", css))))  # each selector where it stands first
    light = {selector: dict(_COLOURED.findall(rule)) for selector, rule in plain.items()}
    dark = {
        selector: own | dict(_COLOURED.findall(darker.get(selector, ""))) for selector, own in light.items()
    }
    return {"light": light, "dark": dark}


def tokens(css: str = CSS) -> dict[str, Properties]:
    """{scheme: {token: #rrggbb}}; dark inherits what it does not set anew."""
    return {
        scheme: {name: value for name, value in rules[":root"].items() if value.startswith("#")}
        for scheme, rules in schemes(css).items()
    }


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours #rrggbb, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


class Contrast(NamedTuple):
    """What stands on which grounds, how far apart they are, and the least that is asked."""

    front: str
    grounds: dict[str, float]
    least: float


def contrasts(scheme: str) -> list[Contrast]:
    """Everything that is asked to stand out, with what it reaches in a scheme."""
    known = tokens()[scheme]
    return [
        Contrast(front, {ground: contrast(known[front], known[ground]) for ground in grounds}, least)
        for front, grounds, least in STANDS_ON
    ]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
