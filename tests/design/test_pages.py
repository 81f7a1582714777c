"""The frame around every page, and the pages that must come out whatever is broken."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from accounts.models import User
from tests.every import for_every
from tests.html import squeezed

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


class AskForName(forms.Form):
    name = forms.CharField(label="Name")


def draw(template: str, path: str = "/", user: User | AnonymousUser | None = None, **context: object) -> str:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return squeezed(render_to_string(template, context, request=request))


@for_every(PAGES)
def test_template_compiles(template: str) -> None:
    get_template(template)


@for_every(PAGES)
def test_template_has_no_inline_style_or_script(template: str) -> None:
    source = (TEMPLATES / template).read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("template", ["500.html", "503.html"])
def test_page_of_last_resort_needs_neither_request_nor_database(template: str) -> None:
    html = render_to_string(template)

    assert html.count("<h1>") == 1
    assert '<nav class="menu"' not in html


@pytest.mark.parametrize(
    "template",
    ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "429.html"],
)
def test_error_page_leads_somewhere(template: str) -> None:
    html = draw(template)
    main = html[html.index("<main") : html.index("</main>")]

    assert main.count("<h1>") == 1
    assert "<a " in main


def test_title_of_a_page_with_errors_starts_with_error() -> None:
    assert "<title>Error: Privacy – hipfeet</title>" in draw("privacy.html", form=AskForName({}))
    assert "<title>Privacy – hipfeet</title>" in draw("privacy.html", form=AskForName())


def test_summary_of_errors_is_the_first_thing_in_main() -> None:
    html = draw("privacy.html", form=AskForName({}))

    assert html.index("<main") < html.index('id="error-summary"') < html.index("<h1>")


def test_visitor_is_offered_to_sign_in_and_a_signed_in_person_their_own_pages() -> None:
    visitor = draw("privacy.html")
    person = draw("privacy.html", user=User(email="a@example.org"))

    assert re.findall(r"> (Learn|Check|Train|Sign in) </a></li>", visitor) == [
        "Learn",
        "Check",
        "Train",
        "Sign in",
    ]
    assert '<a class="you" href="/settings/">You</a>' in person
    assert re.findall(r"</svg> (\w+) </a></li>", person) == ["Today", "Plan", "Progress", "Check", "Learn"]


def test_menu_marks_the_page_and_the_place_of_pages_below_it() -> None:
    at_learn = draw("404.html", path="/learn/")
    below_learn = draw("404.html", path="/learn/muscles/")
    elsewhere = draw("404.html", path="/privacy/")

    assert '<a href="/learn/" aria-current="page">' in at_learn
    assert '<a href="/learn/" aria-current="true">' in below_learn
    assert "aria-current" not in elsewhere


def test_pages_of_the_picture_in_the_readme_are_states_of_the_gallery() -> None:
    sheet = pytest.importorskip("tests.gallery.sheet")
    scenes = Path(sheet.__file__).with_name("scenes.py").read_text(encoding="utf-8")

    assert [state for state in sheet.LOOP if f'"{state}"' not in scenes] == []
