"""The colour tokens of the stylesheet, light and dark, against WCAG 2.2 (1.4.3, 1.4.6, 1.4.11)."""

import re

import pytest

from tests.design.colours import CSS, contrast, contrasts, luminance, schemes


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_of_the_wcag_border_grey_is_just_aa() -> None:
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tokens_stand_out_on_their_grounds(scheme: str) -> None:
    too_close = [found for found in contrasts(scheme) if min(found.grounds.values()) < found.least]

    assert not too_close


# What is drawn on a body, and what it lies on: the first is the darker one.
DARKER = (("pupil", "eye"), ("skin", "eye"), ("pupil", "skin"), ("cloth", "skin"), ("hair", "skin"))


def test_parts_of_a_body_keep_their_order_of_light_and_dark_in_both_schemes() -> None:
    fills = {
        name: token
        for names, token in re.findall(r"\.fig ([^{]+?) \{ fill: var\(--([\w-]+)\)", CSS)
        for name in re.findall(r"\.([\w-]+)", names)
    }

    swapped = [
        (scheme, person, one, other)
        for scheme, rules in schemes().items()
        for person in (":root", ".b", ".c")
        for colours in [{**rules[":root"], "in": rules[":root"]["ink"], **rules[person]}]
        for one, other in DARKER
        if luminance(colours[fills[one]]) >= luminance(colours[fills[other]])
    ]

    assert not swapped


def test_paper_has_the_light_colours_whatever_the_device_prefers() -> None:
    dark = re.findall(r"@media [^{]*prefers-color-scheme: dark[^{]*", CSS)

    assert dark
    assert all("screen and" in query for query in dark)


def test_stylesheet_stays_small() -> None:
    brotli = pytest.importorskip("brotli")

    assert len(brotli.compress(CSS.encode())) <= 10 * 1024


def test_every_token_used_is_defined() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)", CSS))
    defined = set(re.findall(r"--([a-z0-9-]+):", CSS))

    assert used <= defined
