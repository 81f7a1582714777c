"""Made to be found: canonical addresses, sitemap, robots, and what a shared link shows."""

from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from anatomy.catalogue import catalogue
from tests.visitor import public_page

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def sitemap() -> dict[str, str | None]:
    root = ElementTree.fromstring(Client().get("/sitemap.xml").content)  # noqa: S314  (our own)
    return {
        entry.findtext("s:loc", "", NAMESPACE): entry.findtext("s:lastmod", None, NAMESPACE)
        for entry in root.findall("s:url", NAMESPACE)
    }


def test_sitemap_names_every_page_of_the_reference_with_its_day() -> None:
    found = sitemap()

    claim = catalogue().claims["foot_tilt_turns_leg"]
    assert found[f"http://localhost:8000/evidence/{claim.slug}/"] == claim.checked.isoformat()
    assert len(found) > 200


@pytest.mark.django_db
def test_every_address_of_the_sitemap_is_a_page_that_names_itself_canonical() -> None:
    for address in sitemap():
        path = address.removeprefix("http://localhost:8000")
        html = public_page(path)

        assert f'<link rel="canonical" href="{address}">' in html, path
        assert 'content="noindex"' not in html, path


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
