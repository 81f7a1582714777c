"""A picture means the same in light and dark, in forced colours and on paper: rendered, and its pixels compared."""

import base64
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from figures import all_pictures
from tests.design.colours import CSS

pytestmark = pytest.mark.browser

PICTURES = all_pictures()
Scheme = Literal["light", "dark"]
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours on white": {"color_scheme": "light", "forced_colors": "active"},
    "forced colours on black": {"color_scheme": "dark", "forced_colors": "active"},
    "paper": {"color_scheme": "light", "media": "print"},
    "paper, from a phone in the dark": {"color_scheme": "dark", "media": "print"},
}
# Of the pixels well inside a kneecap: where the darker half of its range lies, from its middle, in radii.
DARK_PART = """async ({png, x, y, radius}) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const inside = [];
  for (let row = Math.ceil(y - radius); row < y + radius; row += 1)
    for (let column = Math.ceil(x - radius); column < x + radius; column += 1)
      if (Math.hypot(column - x, row - y) < 0.8 * radius) {
        const [red, green, blue] = context.getImageData(column, row, 1, 1).data;
        inside.push([column, 0.2126 * red + 0.7152 * green + 0.0722 * blue]);
      }
  const lightness = inside.map(([, light]) => light);
  const [least, most] = [Math.min(...lightness), Math.max(...lightness)];
  const dark = inside.filter(([, light]) => light < (least + most) / 2);
  const sideways = dark.reduce((sum, [column]) => sum + column - x, 0) / dark.length / radius;
  return {sideways, share: dark.length / inside.length, range: most - least};
}"""


def rendered(browser: Browser, mode: str) -> Page:
    """The three answers about the left kneecap, as a page of the check shows them."""
    page = browser.new_page(viewport={"width": 390, "height": 664}, device_scale_factor=2)
    page.emulate_media(**MODES[mode])
    picks = "".join(
        f'<div class="pick"><span class="pic" id="{name}">{PICTURES[f"knee-left-{name}"]}</span></div>'
        for name in ("in", "forward", "out")
    )
    page.set_content(f"<style>{CSS}</style><main class='narrow three'>{picks}</main>")
    return page


def dark_part(page: Page, name: str) -> dict[str, float]:
    box = page.locator(f"#{name} .eye").bounding_box()
    assert box is not None
    corner: Any = {
        "x": box["x"] - 4,
        "y": box["y"] - 4,
        "width": box["width"] + 8,
        "height": box["height"] + 8,
    }
    png = page.screenshot(clip=corner)
    found: dict[str, float] = page.evaluate(
        DARK_PART,
        {
            "png": base64.b64encode(png).decode(),
            "x": corner["width"],  # two pixels a unit
            "y": corner["height"],
            "radius": box["width"],
        },
    )
    return found


@pytest.mark.parametrize("mode", MODES)
def test_kneecap_looks_the_same_way_in_every_mode(browser: Browser, mode: str) -> None:
    page = rendered(browser, mode)

    parts = {name: dark_part(page, name) for name in ("in", "forward", "out")}
    page.close()

    # A left leg in the mirror: in is to the right of the picture.
    assert parts["in"]["sideways"] > 0.3, parts
    assert abs(parts["forward"]["sideways"]) < 0.05, parts
    assert parts["out"]["sideways"] < -0.3, parts
    for part in parts.values():
        assert part["share"] < 0.5, parts  # the pupil is the smaller part, and dark
        assert part["range"] > 120, parts
