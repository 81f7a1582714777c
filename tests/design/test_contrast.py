"""The colour tokens of the stylesheet, light and dark, against WCAG 2.2 (1.4.3, 1.4.6, 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "static/css/hipfeet.css").read_text(encoding="utf-8")
AA, AAA, GRAPHIC = 4.5, 7.0, 3.0

GROUNDS = ("paper", "surface", "sunk", "tint", "accent-soft", "caution-soft", "stop-soft", "glass")
TEXT = (
    # body text, and what is said more quietly, wherever it stands
    *(("ink", ground, AAA) for ground in GROUNDS),
    *(("muted", ground, AAA) for ground in ("paper", "surface", "sunk", "tint", "glass")),
    *(("link", ground, AAA) for ground in ("paper", "surface", "sunk", "tint")),
    *(("stop", ground, AA) for ground in ("paper", "surface", "stop-soft", "caution-soft")),
    *(("accent-ink", ground, AA) for ground in ("paper", "surface")),
    *(("link", ground, AA) for ground in ("caution-soft", "stop-soft")),
    ("caution", "caution-soft", AA),
    ("on-primary", "primary", AA),
    ("on-accent", "accent", AA),
    ("on-alarm", "alarm", AA),
)
GRAPHICS = (
    *(("edge", ground, GRAPHIC) for ground in ("paper", "surface")),
    *(("primary", ground, GRAPHIC) for ground in ("paper", "surface", "tint")),
    *(("focus", ground, GRAPHIC) for ground in GROUNDS),
    ("frame", "paper", GRAPHIC),
    ("go", "glass", GRAPHIC),
)


def _tokens(css: str) -> dict[str, dict[str, str]]:
    """The colours of :root by scheme; dark inherits what it does not set anew."""
    layer = css[css.index("@layer tokens {") : css.index("@layer base {")]
    light, dark = layer.split("@media (prefers-color-scheme: dark)")
    colour = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    return {
        "light": dict(colour.findall(light)),
        "dark": dict(colour.findall(light)) | dict(colour.findall(dark)),
    }


def _luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_of_the_wcag_border_grey_is_just_aa() -> None:
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), [*TEXT, *GRAPHICS])
def test_token_stands_out_on_its_ground(scheme: str, front: str, ground: str, least: float) -> None:
    tokens = _tokens(CSS)[scheme]

    assert contrast(tokens[front], tokens[ground]) >= least


def test_stylesheet_stays_small() -> None:
    brotli = pytest.importorskip("brotli")

    assert len(brotli.compress(CSS.encode())) <= 10 * 1024


def test_every_token_used_is_defined() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)", CSS))
    defined = set(re.findall(r"--([a-z0-9-]+):", CSS))

    assert used <= defined
