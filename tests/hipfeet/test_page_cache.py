"""Public pages answered from memory: the same for every visitor, never anything of a person."""

import gzip

import brotli
import pytest
from django.test import Client, override_settings
from django.urls import resolve, reverse

from accounts.models import User
from anatomy.access import is_public_page
from anatomy.views import muscle
from exercises.views.today import today
from hipfeet.sitemap import PublicPages
from tests.builders_training import a_running_plan
from tests.every import for_every
from tests.rendered import public_addresses
from tests.visitor import visitor
from tests.world import make_world

MUSCLE = "/learn/muscles/gluteus-medius/"


def test_visitor_gets_bytes_that_a_cache_must_ask_about(client: Client) -> None:
    for _ in range(2):  # made, then from memory
        response = client.get(MUSCLE)

        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["ETag"].startswith('"')
        assert {"Cookie", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert not response.cookies


def test_page_from_memory_is_the_page_that_was_made(client: Client) -> None:
    made, kept = client.get(MUSCLE), client.get(MUSCLE)

    assert made.content == kept.content
    assert made.headers.pop("X-Request-ID") != kept.headers.pop("X-Request-ID")
    assert dict(made.headers) == dict(kept.headers)


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpacked"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_page_comes_in_the_best_encoding_the_browser_takes(
    client: Client, accepts: str, encoding: str | None, unpacked: type[bytes]
) -> None:
    plain = client.get(MUSCLE).content

    response = client.get(MUSCLE, headers={"Accept-Encoding": accepts})

    assert response.headers.get("Content-Encoding") == encoding
    assert int(response.headers["Content-Length"]) == len(response.content)
    assert unpacked(response.content) == plain


def test_each_encoding_has_its_own_tag(client: Client) -> None:
    tags = {
        client.get(MUSCLE, headers={"Accept-Encoding": name}).headers["ETag"] for name in ("br", "gzip", "")
    }

    assert len(tags) == 3


def test_browser_that_has_the_page_gets_no_body(client: Client) -> None:
    tag = client.get(MUSCLE).headers["ETag"]

    response = client.get(MUSCLE, headers={"If-None-Match": tag})
    other = client.get(MUSCLE, headers={"If-None-Match": '"something else"'})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == tag
    assert "Cookie" in response.headers["Vary"]
    assert other.status_code == 200


def test_head_says_what_get_would_send(client: Client) -> None:
    client.get(MUSCLE)

    response = client.head(MUSCLE)

    assert response.content == b""
    assert int(response.headers["Content-Length"]) == len(client.get(MUSCLE).content)


def test_head_may_come_first(client: Client) -> None:
    head = client.head(MUSCLE)

    page = client.get(MUSCLE)

    assert head.headers["ETag"] == page.headers["ETag"]
    assert head.headers["Cache-Control"] == "no-cache"
    assert page.content.startswith(b"<!doctype html>")


def test_visitor_with_only_a_form_cookie_is_still_anyone(client: Client) -> None:
    client.cookies["csrf"] = "x" * 32

    assert client.get(MUSCLE).headers["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_page_for_somebody_is_made_for_them_and_never_kept() -> None:
    client = Client()
    client.get(MUSCLE)
    client.cookies["session"] = "somebody"

    response = client.get(MUSCLE)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers


@pytest.mark.django_db
def test_box_of_a_person_never_reaches_what_is_kept() -> None:
    world = make_world()
    client = Client()
    client.force_login(world.owner)
    own = client.get(MUSCLE)
    client.cookies.clear()

    anyone = client.get(MUSCLE)

    assert b'aria-label="Yours"' in own.content
    assert b'aria-label="Yours"' not in anyone.content
    assert b"Sign in" in anyone.content


def test_page_that_reads_its_query_is_made_for_each(client: Client) -> None:
    everything = client.get("/evidence/").content

    for _ in range(2):
        response = client.get("/evidence/?grade=low")

        assert response.status_code == 200
        assert response.content != everything
        assert "ETag" not in response.headers
    assert client.get("/evidence/").content == everything


@for_every([MUSCLE, "/", "/exercises/bridge/"])
def test_mark_on_a_link_is_answered_from_memory_too(address: str) -> None:
    client = Client()
    made = client.get(f"{address}?from=a-letter")

    kept = client.get(address), client.get(f"{address}?from=another")

    assert {made.content} == {page.content for page in kept}
    assert b"a-letter" not in made.content
    assert made.headers["ETag"] == kept[1].headers["ETag"]


def test_only_pages_that_say_so_read_their_query(db: None) -> None:
    """Whatever an address carries behind its question mark, the page is the same, so that one answer does for all."""
    marks = (
        "?q=knee&grade=low&topic=hip&next=/&on=2026-01-01&month=2026-01&year=2026&name=on&then=1&now=2&gently"
    )
    one_of_each_view = {resolve(address).func: address for address in public_addresses()}.values()
    for address in set(one_of_each_view) - {"/evidence/"}:
        plain = visitor().get(address)
        if plain.headers.get("ETag"):
            assert (
                plain.content == Client().get(address + marks).content
            )  # of a server that keeps nothing yet


def test_refused_host_is_refused_also_when_the_page_is_in_memory(client: Client) -> None:
    client.get(MUSCLE)

    assert client.get(MUSCLE, headers={"Host": "somewhere.else"}).status_code == 400


def test_plain_http_is_redirected_also_when_the_page_is_in_memory() -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        client = Client()
        assert client.get(MUSCLE, secure=True).status_code == 200

        response = client.get(MUSCLE)

    assert response.status_code == 301
    assert response.headers["Location"] == f"https://testserver{MUSCLE}"


def test_error_is_not_kept(client: Client) -> None:
    assert client.get("/learn/muscles/no-such-muscle/").status_code == 404
    assert "ETag" not in client.get("/learn/muscles/no-such-muscle/").headers


@for_every(sorted(address for address, _ in PublicPages().items()))
@pytest.mark.django_db
def test_no_kept_page_carries_a_token_or_a_cookie(address: str) -> None:
    response = visitor().get(address)

    if response.headers["Cache-Control"] == "no-cache":
        assert b"csrfmiddlewaretoken" not in response.content
        assert not response.cookies
    else:
        assert address in {reverse("check"), reverse("plan"), reverse("account_signup")}


def test_a_page_is_public_only_by_saying_so() -> None:
    assert is_public_page(muscle)
    assert not is_public_page(today)


def test_signed_in_home_is_not_the_visitors_home(owner: User) -> None:
    client = Client()
    before = client.get("/")
    client.force_login(owner)

    assert client.get("/").content != before.content
    assert client.get("/").headers["Cache-Control"] == "private, no-store"


def test_personal_page_is_compressed_for_whoever_takes_it(owner: User, client: Client) -> None:
    a_running_plan(owner)
    client.force_login(owner)

    packed = client.get("/plan/", headers={"accept-encoding": "gzip"})
    plain = client.get("/plan/")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3
    assert gzip.decompress(packed.content).startswith(plain.content[:200])


@pytest.mark.django_db
def test_public_page_is_kept_plain_whoever_asked_first() -> None:
    first = Client().get("/learn/", headers={"accept-encoding": "gzip"})
    second = Client().get("/learn/")

    assert gzip.decompress(first.content) == second.content
