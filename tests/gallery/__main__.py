"""Pictures of every page and state: `python -m tests.gallery [part of a scene's name ...]`, or `make gallery`.

They land in gallery-out/, light and dark, 390 and 1280 px wide, with a contact sheet for each chapter. What scrolls
sideways, what the console complains of and every unexpected status is printed, and ends the run with 1.
"""

import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Literal

from tests.gallery.scenes import SCENES
from tests.gallery.sheet import draw_loop, draw_sheet
from tests.gallery.stage import SCROLLS, Stage, Visit, file_name
from tests.journeys.conftest import ROOT, chromium, started

OUT = ROOT / "gallery-out"
WIDTHS = (390, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STYLED = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
MENU_AT_THE_END = """@media (max-width: 47.99rem) {
  body { position: relative; }
  .in .menu { position: absolute !important; }
}"""
"""In a picture of the whole page the menu under the thumb would lie across its middle."""


class Album:
    """The pictures taken so far, by chapter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chapter = ""
        self.chapters: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)

    def photograph(self, visit: Visit, name: str) -> None:
        """The whole page as it stands, in every width and scheme."""
        number = sum(len(states) for states in self.chapters.values()) + 1
        page, files = visit.page, []
        page.evaluate(STYLED, MENU_AT_THE_END)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate(SCROLLS):
                visit.problems.append(f"{name}: scrolls sideways at {width} px")
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                files.append(f"{number:03d}-{file_name(name)}-{width}-{scheme}.png")
                page.screenshot(path=self.folder / files[-1], full_page=True)
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="light")
        page.evaluate("document.adoptedStyleSheets = []")
        self.chapters[self.chapter].append((name, files))


def main(wanted: list[str]) -> int:
    """Photograph the scenes whose name has one of the words in it, or all; returns the exit code."""
    began = time.monotonic()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    album, problems = Album(OUT), []
    with (
        tempfile.TemporaryDirectory() as folder,
        started(Path(folder)) as server,
        chromium() as browser,
    ):
        stage = Stage(server, browser)
        for scene in SCENES:
            if wanted and not any(part in scene.name for part in wanted):
                continue
            album.chapter = scene.chapter
            print(f"{scene.chapter}: {scene.name}", flush=True)
            problems += [f"{scene.name}: {problem}" for problem in stage.play(scene, album.photograph)]
        for chapter, states in album.chapters.items():
            draw_sheet(browser, OUT, chapter, states)
        states = [state for chapter in album.chapters.values() for state in chapter]
        draw_loop(browser, OUT, {name: files[0] for name, files in states})
    pictures = sum(len(files) for states in album.chapters.values() for _, files in states)
    print(f"{pictures} pictures in {OUT} after {time.monotonic() - began:.0f} s; {len(problems)} problems")
    for problem in problems:
        print(f"- {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
