"""A picture means the same in light and dark, in forced colours and on paper: rendered, and its pixels compared."""

import base64
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from figures import FOLDER
from tests.design.colours import CSS

pytestmark = pytest.mark.browser

MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours on white": {"color_scheme": "light", "forced_colors": "active"},
    "forced colours on black": {"color_scheme": "dark", "forced_colors": "active"},
    "paper": {"color_scheme": "light", "media": "print"},
    "paper, from a phone in the dark": {"color_scheme": "dark", "media": "print"},
}
TONES = ("", "b", "c", "d", "e")
# The mean lightness, 0 to 255, of a square of pixels round a point.
LIGHTNESS = """async ({png, points, half}) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  return points.map(([x, y]) => {
    const {data} = context.getImageData(Math.round(x - half), Math.round(y - half), 2 * half + 1, 2 * half + 1);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4)
      sum += 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
    return sum / (data.length / 4);
  });
}"""


def rendered(browser: Browser, mode: str, tone: str) -> Page:
    """The three answers about the left kneecap, as a page of the check shows them, on skin of this tone."""
    page = browser.new_page(viewport={"width": 390, "height": 664}, device_scale_factor=2)
    page.emulate_media(**MODES[mode])
    picks = "".join(
        f'<div class="pick"><span class="pic" id="{name}">{picture(name, tone)}</span></div>'
        for name in ("in", "forward", "out")
    )
    page.set_content(f"<style>{CSS}</style><main class='picks'><div class='picks-in'>{picks}</div></main>")
    return page


def picture(answer: str, tone: str) -> str:
    markup = (FOLDER / f"knee-left-{answer}.svg").read_text(encoding="utf-8")
    assert 'class="fig b"' in markup
    return markup.replace('class="fig b"', f'class="fig {tone}"')


def kneecap(page: Page, answer: str) -> dict[str, float]:
    """Where the kneecap stands, from the middle of the leg in half widths, and how light cap and thigh above it are."""
    cap, leg = (page.locator(f"#{answer} .{part}").first.bounding_box() for part in ("cap", "skin"))
    assert cap is not None
    assert leg is not None
    middle = cap["x"] + cap["width"] / 2
    above = cap["y"] - 0.5 * cap["height"]
    png = page.screenshot()
    on_cap, on_thigh = page.evaluate(
        LIGHTNESS,
        {
            "png": base64.b64encode(png).decode(),
            "points": [[2 * middle, 2 * (cap["y"] + cap["height"] / 2)], [2 * middle, 2 * above]],
            "half": 2,
        },
    )
    return {
        "sideways": (middle - leg["x"] - leg["width"] / 2) / (leg["width"] / 2),
        "lighter": on_cap - on_thigh,
        "wide": cap["width"],
    }


@pytest.mark.parametrize("mode", MODES)
def test_kneecap_looks_the_same_way_in_every_mode(browser: Browser, mode: str) -> None:
    for tone in TONES:
        page = rendered(browser, mode, tone)

        caps = {answer: kneecap(page, answer) for answer in ("in", "forward", "out")}
        page.close()

        # A left leg in the mirror: in is to the right of the picture.
        assert caps["in"]["sideways"] > caps["forward"]["sideways"] + 0.2, (tone, caps)
        assert caps["out"]["sideways"] < caps["forward"]["sideways"] - 0.2, (tone, caps)
        assert all(cap["lighter"] > 12 for cap in caps.values()), (tone, caps)
        assert caps["forward"]["wide"] > 16, (tone, caps)
