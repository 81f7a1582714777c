"""Made to be found: canonical addresses, sitemap, robots, and what a shared link shows."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from anatomy.catalogue import catalogue
from exercises.rules.catalogue import catalogue as exercise_catalogue
from tests.content.prose import VOID
from tests.every import for_every
from tests.visitor import public_page

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def sitemap() -> dict[str, str | None]:
    root = ElementTree.fromstring(Client().get("/sitemap.xml").content)  # noqa: S314  (our own)
    return {
        entry.findtext("s:loc", "", NAMESPACE): entry.findtext("s:lastmod", None, NAMESPACE)
        for entry in root.findall("s:url", NAMESPACE)
    }


class Head(NamedTuple):
    """What a search engine shows of a page."""

    title: str
    description: str


def head(html: str) -> Head:
    title = re.search(r"<title[^>]*>(.*?)</title>", html, re.DOTALL)
    description = re.search(r'<meta name="description"[^>]* content="(.*?)"', html, re.DOTALL)
    assert title
    assert description
    return Head(*(unescape(" ".join(found[1].split())) for found in (title, description)))


class Items(HTMLParser):
    """The things a page describes in the words of schema.org: the type of each with the names of its properties."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self._open: list[tuple[str, int | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inside = [item for _, item in self._open if item is not None]
        if (name := given.get("itemprop")) and inside:
            self.found[inside[-1]][1].append(name)
        item = None
        if "itemscope" in given:
            self.found.append(((given["itemtype"] or "").removeprefix("https://schema.org/"), []))
            item = len(self.found) - 1
        if tag not in VOID:
            self._open.append((tag, item))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass


def test_sitemap_names_every_page_of_the_reference_with_its_day() -> None:
    found = sitemap()

    claim = catalogue().claims["foot_tilt_turns_leg"]
    assert found[f"http://localhost:8000/evidence/{claim.slug}/"] == claim.checked.isoformat()
    assert len(found) > 200


def test_a_list_changed_when_the_latest_of_its_entries_did() -> None:
    latest = max(question.checked for question in catalogue().questions.values())

    assert sitemap()["http://localhost:8000/learn/questions/"] == latest.isoformat()


@pytest.mark.django_db
def test_every_address_of_the_sitemap_is_a_page_that_names_itself_canonical() -> None:
    for address in sitemap():
        path = address.removeprefix("http://localhost:8000")
        html = public_page(path)

        assert f'<link rel="canonical" href="{address}">' in html, path
        assert 'content="noindex"' not in html, path


@pytest.mark.django_db
def test_every_page_of_the_sitemap_is_told_apart_in_a_list_of_results() -> None:
    heads = {
        address: head(public_page(address.removeprefix("http://localhost:8000"))) for address in sitemap()
    }

    for part in ("title", "description"):
        texts = [getattr(each, part) for each in heads.values()]
        assert sorted(texts) == sorted(set(texts))
    assert {
        address: len(each.description) for address, each in heads.items() if len(each.description) > 155
    } == {}


def test_a_step_of_an_exercise_leaves_being_found_to_the_page_of_the_exercise() -> None:
    step = public_page("/exercises/bridge/one-leg/")

    assert '<link rel="canonical" href="http://localhost:8000/exercises/bridge/">' in step


def test_addresses_begin_with_the_site_whatever_name_was_asked() -> None:
    with override_settings(SITE_ORIGIN="https://hipfeet.example", ALLOWED_HOSTS=["*"]):
        html = Client().get("/learn/", headers={"Host": "other.example"}).content.decode()
        robots = Client().get("/robots.txt").content.decode()

        assert '<link rel="canonical" href="https://hipfeet.example/learn/">' in html
        assert "Sitemap: https://hipfeet.example/sitemap.xml" in robots
        assert "https://hipfeet.example/learn/" in Client().get("/sitemap.xml").content.decode()


def test_personal_pages_ask_not_to_be_indexed(signed_in: Client) -> None:
    for address in ("/checks/", "/settings/", "/nowhere/"):
        html = signed_in.get(address).content.decode()

        assert '<meta name="robots" content="noindex">' in html
        assert "canonical" not in html


def test_shared_link_shows_title_text_and_picture(client: Client) -> None:
    html = client.get("/learn/flat-feet/").content.decode()

    assert '<title property="og:title">Flat feet – hipfeet</title>' in html
    assert 'property="og:description" content="What flat feet are' in html
    assert 'property="og:image" content="http://localhost:8000/static/icons/share.png"' in html
    assert 'property="og:url" content="http://localhost:8000/learn/flat-feet/"' in html


def test_topic_says_in_the_words_of_schema_org_what_it_is(client: Client) -> None:
    html = client.get("/learn/flat-feet/").content.decode()

    assert 'itemtype="https://schema.org/MedicalWebPage"' in html
    assert 'itemprop="name">Flat feet<' in html
    assert 'itemprop="lastReviewed" datetime="2026-' in html
    assert 'itemprop="citation">' in html


@for_every(exercise_catalogue().exercises)
def test_an_exercise_says_in_the_words_of_schema_org_how_to_do_it(key: str) -> None:
    slug = exercise_catalogue().exercise(key).slug

    how_to, *steps = Items(public_page(f"/exercises/{slug}/")).found

    assert how_to[0] == "HowTo"
    assert how_to[1][:4] == ["name", "description", "step", "step"]
    assert steps == [("HowToStep", ["name", "text"])] * 2


@for_every(catalogue().questions)
def test_a_question_page_holds_one_question_and_its_answer(key: str) -> None:
    slug = catalogue().questions[key].slug

    page, question, answer = Items(public_page(f"/learn/questions/{slug}/")).found

    assert page[0] == "FAQPage"
    assert page[1].count("mainEntity") == 1
    assert question == ("Question", ["name", "acceptedAnswer"])
    assert answer == ("Answer", ["text"])
