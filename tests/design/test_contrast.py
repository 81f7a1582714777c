"""The colour tokens of the stylesheet, light and dark, against WCAG 2.2 (1.4.3, 1.4.6, 1.4.11)."""

import re

import pytest

from tests.design.colours import CSS, STYLESHEETS, contrast, contrasts, luminance, schemes


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_of_the_wcag_border_grey_is_just_aa() -> None:
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tokens_stand_out_on_their_grounds(scheme: str) -> None:
    too_close = [found for found in contrasts(scheme) if min(found.grounds.values()) < found.least]

    assert not too_close


PEOPLE = (":root", ".b", ".c", ".d", ".e")


def test_cloth_and_hair_are_darker_than_the_skin_they_lie_on_in_both_schemes() -> None:
    swapped = [
        (scheme, person, part)
        for scheme, rules in schemes().items()
        for person in PEOPLE
        for colours in [{**rules[":root"], **rules[person]}]
        for part in ("cloth", "hair")
        if luminance(colours[part]) >= luminance(colours["skin"])
    ]

    assert not swapped


def test_paper_has_the_light_colours_whatever_the_device_prefers() -> None:
    dark = re.findall(r"@media [^{]*prefers-color-scheme: dark[^{]*", CSS)

    assert dark
    assert all("screen and" in query for query in dark)


def test_stylesheet_stays_small() -> None:
    brotli = pytest.importorskip("brotli")

    for sheet in STYLESHEETS.glob("*.css"):
        assert len(brotli.compress(sheet.read_bytes())) <= 10 * 1024, sheet.name


def test_every_token_used_is_defined() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)", CSS))
    defined = set(re.findall(r"--([a-z0-9-]+):", CSS))

    assert used <= defined
