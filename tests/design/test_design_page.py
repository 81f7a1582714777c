"""/design/ shows every component there is, in development only."""

import importlib
import re
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches

from hipfeet import colours, urls


@pytest.fixture(scope="module")
def page() -> str:
    """The page as a developer's machine serves it; asking a database would fail."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.DEBUG", True)
        _read_addresses_anew()
        response = Client().get("/design/")
        colours_of_schemes = Client().get("/design/schemes.css")
    _read_addresses_anew()
    assert response.status_code == 200
    assert colours_of_schemes.headers["Content-Type"] == "text/css; charset=utf-8"
    return response.content.decode()


def _read_addresses_anew() -> None:
    importlib.reload(urls)
    clear_url_caches()


@pytest.mark.parametrize("address", ["/design/", "/design/schemes.css"])
def test_design_does_not_exist_in_production(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


def test_every_class_of_the_stylesheet_is_shown(page: str) -> None:
    defined = _classes_of(colours.CSS)

    shown = {name for names in re.findall(r'\sclass="([^"]*)"', page) for name in names.split()}

    assert defined - shown == set(), "show it in templates/design/, or take it out of the stylesheet"


def _classes_of(css: str) -> set[str]:
    selectors = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}


def test_page_has_no_inline_style_or_script(page: str) -> None:
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", page)


def test_ids_are_different_and_what_they_name_is_there(page: str) -> None:
    ids = Counter(re.findall(r'\sid="([^"]*)"', page))
    pointers: set[Any] = {
        name
        for names in re.findall(r'\s(?:for|aria-labelledby|aria-describedby)="([^"]*)"', page)
        for name in names.split()
    }

    assert [name for name, times in ids.items() if times > 1] == []
    assert pointers <= set(ids)


def test_schemes_are_cut_out_of_the_stylesheet() -> None:
    sheet = colours.as_classes(
        ":root {\n --ink: #000000;\n --s1: 1rem;\n --floor: 3px solid var(--ink);\n}\n"
        ".b { --skin: #111111; }\n@media (prefers-color-scheme: dark) {\n :root { --ink: #ffffff; }\n .b { --skin: #222222; }\n}"
    )

    assert sheet.splitlines() == [
        ".scheme-light { --ink: #000000; --floor: 3px solid var(--ink); }",
        ".scheme-light .b { --skin: #111111; }",
        ".scheme-dark { --ink: #ffffff; --floor: 3px solid var(--ink); }",
        ".scheme-dark .b { --skin: #222222; }",
    ]
