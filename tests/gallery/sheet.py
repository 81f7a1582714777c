"""Pictures side by side, drawn by the browser that took them: a contact sheet of a chapter, and the README's five pages."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

STYLE = """
body { margin: 0; padding: 24px; width: 2480px; box-sizing: border-box; background: #8a8a8a; font: 15px sans-serif; }
h1 { margin: 0 0 16px; font-size: 26px; }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 20px 24px; }
figure { margin: 0; display: grid; grid-template-columns: 190px 190px 400px 400px; gap: 8px; }
figcaption { grid-column: 1 / -1; font-weight: bold; }
a { display: block; height: 420px; overflow: hidden; background: #777; }
img { display: block; width: 100%; }
"""


def draw_sheet(browser: Browser, folder: Path, title: str, states: Iterable[tuple[str, list[str]]]) -> Path:
    """One contact sheet: the upper part of every picture, each a link to the whole of it in the HTML beside the PNG.

    states   what each row shows: its name, and its files in the folder
    returns  the picture of the sheet
    """
    figures = "".join(
        f"<figure><figcaption>{escape(name)}</figcaption>"
        + "".join(f'<a href="{file}"><img src="{file}" alt=""></a>' for file in files)
        + "</figure>"
        for name, files in states
    )
    page_file = folder / f"contact-sheet-{title.replace(' ', '-')}.html"
    page_file.write_text(
        f'<!doctype html><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1><main>{figures}</main>",
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": 2480, "height": 1000})
    page.goto(page_file.as_uri())
    picture = page_file.with_suffix(".png")
    page.screenshot(path=picture, full_page=True)
    page.close()
    return picture


LOOP = {
    "home": 0,
    "result, each side its own": 0,
    "today, planned": 0,
    "player, counting": 0,
    "progress": 480,
}
"""The README's five pages, and how far down each is shown, in pixels."""
LOOP_STYLE = """
body { margin: 0; padding: 16px; width: 1656px; box-sizing: border-box; background: #e3d5c3; display: flex; gap: 16px; }
div { flex: 1; height: 640px; overflow: hidden; }
img { display: block; width: 390px; zoom: .8; }
"""


def draw_loop(browser: Browser, folder: Path, files: dict[str, str]) -> None:
    """The picture of the README, once all its pages were photographed: loop.png, to be copied to docs/pictures/.

    files  the light picture of each state on a phone
    """
    if not LOOP.keys() <= files.keys():
        return
    shown = "".join(
        f'<div><img src="{files[name]}" alt="" style="margin-top: -{down}px"></div>'
        for name, down in LOOP.items()
    )
    page_file = folder / "loop.html"
    page_file.write_text(f"<!doctype html><style>{LOOP_STYLE}</style>{shown}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1656, "height": 672})
    page.goto(page_file.as_uri())
    page.screenshot(path=folder / "loop.png")
    page.close()
