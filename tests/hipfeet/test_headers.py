"""What every answer of a production server says to the browser: each header that Mozilla's Observatory scores, and more."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from accounts.clock import now
from accounts.models import User
from tests.architecture.test_settings import ROOT
from tests.builders import PASSWORD
from tests.production import NAME, Visitor, serving, set_up_as

PAGES = ["/", "/check/", "/accounts/login/", "/search/?q=arch", "/nowhere/", "/today/", "/robots.txt"]
ON_EVERYTHING = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ON_PAGES = {
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), screen-wake-lock=(self)",
}
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
}


@pytest.fixture(scope="module")
def port(set_up_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("production")
    with serving(set_up_as(set_up_once, folder), folder / "log") as number:
        yield number


def test_every_page_carries_every_header_that_is_scored(port: int) -> None:
    for page in PAGES:
        _, headers, _, body = Visitor(port).ask(page)

        for name, value in (ON_EVERYTHING | ON_PAGES).items():
            assert headers.get(name) == value, (page, name)
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy == POLICY, page
        assert "Access-Control-Allow-Origin" not in headers, page
        assert headers.get("Content-Type", "").endswith("; charset=utf-8") or not body, page


def test_files_carry_what_concerns_files_and_are_for_this_site_only(port: int) -> None:
    page = Visitor(port).ask("/").body.decode()
    files = set(re.findall(r'"(/static/[^"]+)"', page))

    assert {file.rpartition(".")[2] for file in files} >= {"css", "js", "svg", "woff2"}
    for file in files:
        answer = Visitor(port).ask(file)
        assert answer.status == 200, file
        for name, value in ON_EVERYTHING.items():
            assert answer.headers.get(name) == value, (file, name)
        assert "Access-Control-Allow-Origin" not in answer.headers, file


def test_plain_http_is_led_to_https_at_the_same_name(port: int) -> None:
    answer = Visitor(port).ask("/learn/", secure=False)

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/learn/")


def test_every_cookie_is_of_this_host_only_over_https_and_out_of_reach_of_scripts(port: int) -> None:
    visitor = Visitor(port)
    set_by = visitor.ask("/check/").cookies
    set_by += visitor.ask("/check/", {"adult": "on", "keep": "on"}).cookies

    assert {line.partition("=")[0] for line in set_by} == {"__Host-csrf", "__Host-session"}
    for line in set_by:
        said = {part.strip().partition("=")[0].lower() for part in line.split(";")[1:]}
        assert {"secure", "httponly", "samesite", "path"} <= said, line
        assert "domain" not in said, line
        assert re.search(r"samesite=lax", line, re.IGNORECASE)


def test_pages_load_scripts_and_styles_from_this_site_only(port: int) -> None:
    """So there is nothing from elsewhere whose integrity a page would have to check."""
    for page in PAGES:
        html = Visitor(port).ask(page).body.decode()
        loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', html)

        assert all(where.startswith(("/static/", f"https://{NAME}/")) for where in loaded), page


def test_server_does_not_tell_versions(port: int) -> None:
    headers = Visitor(port).ask("/").headers

    assert headers.get("Server") == "gunicorn"
    assert "X-Powered-By" not in headers


# --- where to write about a weak spot ---


def test_security_txt_says_where_to_write_and_until_when_that_holds(port: int) -> None:
    answer = Visitor(port).ask("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in answer.body.decode().splitlines())

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == "mailto:ann@hipfeet.example"
    assert said["Canonical"] == f"https://{NAME}/.well-known/security.txt"
    assert timedelta(days=30) < datetime.fromisoformat(said["Expires"]) - now() < timedelta(days=365)


def test_security_txt_is_not_there_where_nobody_can_be_reached(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


# --- what is said on the next page ---


def test_line_about_what_was_saved_is_kept_in_the_session_and_said_once(signed_in: Client) -> None:
    you = {"name": "Ann", "weight_unit": "kg", "week_start": "0", "time_zone": "Europe/London"}

    saved = signed_in.post("/settings/you/", you)

    assert set(saved.cookies) <= {"session", "csrf"}
    assert b"Saved: about you." in signed_in.get("/settings/").content
    assert b"Saved: about you." not in signed_in.get("/settings/").content


# --- allauth's JSON ---


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}])
def test_sign_in_answers_with_a_page_whoever_asks(headers: dict[str, str], owner: User) -> None:
    client = Client()
    asked = client.get("/accounts/login/", headers=headers)
    refused = client.post("/accounts/login/", {"login": owner.email, "password": "wrong"}, headers=headers)
    let_in = client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD}, headers=headers)

    assert asked.headers["Content-Type"] == refused.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (refused.status_code, let_in.status_code) == (422, 302)


def test_addresses_of_an_account_are_told_to_no_script(owner: User, signed_in: Client) -> None:
    answer = signed_in.get("/accounts/email/", headers={"Accept": "application/json"})

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


# --- scripts ---


def test_scripts_put_no_text_into_a_page_as_markup() -> None:
    for script in (ROOT / "static/js").glob("*.js"):
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function",
            script.read_text(),
        )
        assert found == [], script.name
