"""Every page of the reference is public, answers without the database, and leads both ways."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from anatomy.catalogue import catalogue

LISTS = [reverse(name) for name in ("learn", "muscles", "evidence", "sources")]
ENTRIES = [
    reverse(name, args=[entry.slug])
    for name, entries in {
        "topic": catalogue().topics,
        "arch": catalogue().arches,
        "muscle_group": catalogue().groups,
        "muscle": catalogue().muscles,
        "claim": catalogue().claims,
        "source": catalogue().sources,
    }.items()
    for entry in entries.values()
]


@pytest.mark.parametrize("address", [*LISTS, *ENTRIES])
def test_page_has_one_heading_and_needs_no_database(address: str) -> None:
    # Without the django_db mark a query is an error.
    page = Client().get(address)

    html = page.content.decode()
    assert page.status_code == 200
    assert html.count("<h1") == 1
    assert html.count('name="description"') == 1
    assert "Last checked" in html
    assert "style=" not in html


@pytest.mark.django_db
def test_anonymous_visitor_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = Client()

    with django_assert_num_queries(0):
        client.get(reverse("topic", args=["hip-foot-connection"]))
        client.get(reverse("sources"))


def test_signed_in_visitor_may_read_too(signed_in: Client) -> None:
    assert signed_in.get(reverse("topic", args=["hip-foot-connection"])).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/learn/no-such-topic/",
        "/learn/arches/no-such-arch/",
        "/learn/muscles/no-such-muscle/",
        "/learn/muscles/gluteus_medius/",
        "/learn/muscles/groups/no-such-group/",
        "/evidence/no-such-claim/",
        "/sources/nobody-1900/",
    ],
)
def test_unknown_page_is_404(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        ("/learn/muscles/gluteus-medius/", "/learn/muscles/groups/gluteal-superficial/"),
        ("/learn/muscles/groups/gluteal-superficial/", "/learn/muscles/gluteus-medius/"),
        ("/learn/muscles/gluteus-medius/", "/learn/hip-foot-connection/"),
        ("/learn/hip-foot-connection/", "/learn/muscles/gluteus-medius/"),
        ("/learn/hip-foot-connection/", "/evidence/foot-tilt-turns-leg/"),
        ("/evidence/foot-tilt-turns-leg/", "/learn/hip-foot-connection/"),
        ("/evidence/foot-tilt-turns-leg/", "/sources/khamis-2007/"),
        ("/sources/khamis-2007/", "/evidence/foot-tilt-turns-leg/"),
        ("/learn/arches/medial-longitudinal-arch/", "/learn/muscles/tibialis-posterior/"),
        ("/learn/muscles/tibialis-posterior/", "/learn/arches/medial-longitudinal-arch/"),
        ("/learn/muscles/gluteus-maximus/", "/sources/anetai-2025/"),
        ("/sources/anetai-2025/", "/learn/muscles/gluteus-maximus/"),
        ("/evidence/flat-feet-go-with-weaker-hips/", "/learn/muscles/gluteus-medius/"),
    ],
)
def test_pages_link_both_ways(page: str, leads_to: str) -> None:
    assert f'href="{leads_to}"' in Client().get(page).content.decode()


def test_claim_page_shows_for_against_and_limits() -> None:
    html = Client().get("/evidence/flat-feet-go-with-weaker-hips/").content.decode()

    for words in ("Very low certainty", "<h2>For</h2>", "<h2>Against</h2>", "<h2>Limits</h2>", "1037 people"):
        assert words in html


def test_source_page_says_what_was_read() -> None:
    html = Client().get("/sources/acsm-2026/").content.decode()

    assert "not the work itself" in html
