"""The stylesheet dresses what stands on the pages, and nothing else."""

import re
from pathlib import Path

import pytest

from tests.design.colours import CSS, STYLESHEETS
from tests.rendered import every_page

SCRIPTS = Path(__file__).parents[2] / "static/js"


@pytest.mark.pages
@pytest.mark.django_db
def test_every_class_of_the_stylesheet_is_shown_on_a_page() -> None:
    pages = every_page()

    shown = {name for html in pages.values() for name in classes_in(html)} | classes_set_by_scripts()

    assert len(pages) > 200
    assert classes_of(CSS) - shown == set(), "show it in tests/rendered.py, or take it out of the stylesheet"


@pytest.mark.pages
@pytest.mark.django_db
def test_pages_load_the_stylesheet_that_paints_what_they_show() -> None:
    painted = {
        sheet.name: classes_of(sheet.read_text(encoding="utf-8")) for sheet in STYLESHEETS.glob("*.css")
    }
    by_any = set().union(*painted.values())

    missing = {
        address: unpainted
        for address, html in every_page().items()
        if (unpainted := (classes_in(html) & by_any).difference(*(painted[name] for name in loaded_by(html))))
    }

    assert missing == {}


def test_classes_are_read_from_selectors_and_pages() -> None:
    css = "/* .no { } */ .a > .b-c:not(.d) { margin: .5em } @media print { .e { top: 0 } }"

    assert classes_of(css) == {"a", "b-c", "d", "e"}
    assert classes_in('<p class="a b-c"><b class="">x</b></p>') == {"a", "b-c"}


def loaded_by(html: str) -> list[str]:
    return re.findall(r'href="/static/css/([\w-]+\.css)"', html)


def classes_of(css: str) -> set[str]:
    selectors = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}


def classes_in(html: str) -> set[str]:
    return {name for names in re.findall(r'\sclass="([^"]*)"', html) for name in names.split()}


def classes_set_by_scripts() -> set[str]:
    """What a statement about `className` or `classList` names."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS.rglob("*.js"))
    statements = re.findall(r"class(?:Name|List)\b[^;{]*", code)
    return {
        name for said in statements for words in re.findall(r'"([\w -]+)"', said) for name in words.split()
    }
