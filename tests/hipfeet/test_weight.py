"""What a first visit of a page weighs (goal M4): with font, stylesheet, icon and scripts at most 60 KB and 6 requests."""

import gzip
import re
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.test import Client

from accounts.models import User
from exercises.rules.catalogue import catalogue
from hipfeet.sitemap import PublicPages
from hipfeet.static_files import without_comments
from tests.builders_training import a_running_plan, begun, sets_url
from tests.visitor import visitor
from tests.world import answered_lists, finished_check

STATIC = Path(__file__).resolve().parents[2] / "static"
MOST_BYTES = 60 * 1024
MOST_SCRIPT_BYTES = 10 * 1024
MOST_STYLE_BYTES = 10 * 1024
MOST_REQUESTS = 6
# The plan and progress have a stylesheet of their own besides what every signed-in page has.
MOST_REQUESTS_OF_A_PLAN = 7
# The counting has a module of its own, sound and a stylesheet besides what every signed-in page has; the player has a clock, too.
MOST_REQUESTS_WHILE_COUNTING = 9
MOST_REQUESTS_OF_THE_PLAYER = 10

UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
LOADED = re.compile(
    r'<(?:link rel="(?:preload|modulepreload|stylesheet|icon)"|script)[^>]*(?:href|src)="/static/([^"]+)"'
)
IMPORTED = re.compile(r"""^(?:import|export)\b[^;]*?["']\./(.+?)["'];""", re.MULTILINE)


@pytest.mark.django_db
def test_no_public_page_is_heavier_than_60_kb_all_in() -> None:
    weights = {address: weighed(visitor(), address) for address, _ in PublicPages().items()}

    heaviest = max(weights, key=lambda address: weights[address])
    assert weights[heaviest] <= MOST_BYTES, (heaviest, weights[heaviest])


@pytest.mark.django_db
def test_no_step_of_an_exercise_is_heavier_than_60_kb_all_in() -> None:
    weights = {
        address: weighed(visitor(), address)
        for exercise in catalogue().exercises.values()
        for rung in exercise.rungs
        for address in [f"/exercises/{exercise.slug}/{rung.slug}/"]
    }

    heaviest = max(weights, key=lambda address: weights[address])
    assert weights[heaviest] <= MOST_BYTES, (heaviest, weights[heaviest])


def test_the_result_of_a_check_is_no_heavier_than_60_kb_all_in(owner: User, signed_in: Client) -> None:
    attempt = finished_check(owner)

    assert weighed(signed_in, f"/checks/{attempt.pk}/") <= MOST_BYTES


@pytest.mark.parametrize(
    ("address", "most_requests"),
    [
        ("/today/", MOST_REQUESTS),
        ("/plan/", MOST_REQUESTS_OF_A_PLAN),
        ("/progress/", MOST_REQUESTS_OF_A_PLAN),
        ("/settings/", MOST_REQUESTS),
    ],
)
def test_no_page_of_a_signed_in_person_is_heavier_than_60_kb_all_in(
    owner: User, signed_in: Client, address: str, most_requests: int
) -> None:
    a_running_plan(owner)
    begun(owner)

    assert weighed(signed_in, address, most_requests=most_requests) <= MOST_BYTES


def test_the_player_is_no_heavier_than_60_kb_all_in(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    address = sets_url(begun(owner), "bridge")

    assert weighed(signed_in, address, most_requests=MOST_REQUESTS_OF_THE_PLAYER) <= MOST_BYTES


def test_the_counting_is_no_heavier_than_60_kb_all_in(owner: User, signed_in: Client) -> None:
    finished_check(owner)
    answered_lists(owner)
    address = "/checks/counts/one-leg-stance/count/"

    assert weighed(signed_in, address, most_requests=MOST_REQUESTS_WHILE_COUNTING) <= MOST_BYTES


def weighed(client: Client, address: str, *, most_requests: int = MOST_REQUESTS) -> int:
    """The bytes of a first visit as they are sent; requests and the bytes of scripts and styles are held against limits."""
    page = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert page.status_code == 200, address
    html = UNPACKED[page.headers.get("Content-Encoding", "")](page.content).decode()
    loaded = set(LOADED.findall(html))
    scripts = with_imports({file for file in loaded if file.endswith(".js")})
    assert len(loaded | scripts) + 1 <= most_requests, (address, loaded | scripts)
    assert sum(packed(file) for file in scripts) <= MOST_SCRIPT_BYTES, (address, scripts)
    assert sum(packed(file) for file in loaded if file.endswith(".css")) <= MOST_STYLE_BYTES, (
        address,
        loaded,
    )
    return len(page.content) + sum(packed(file) for file in loaded | scripts)


def with_imports(scripts: set[str]) -> set[str]:
    """Scripts and what they import, and so on."""
    imported = {f"js/{name}" for file in scripts for name in IMPORTED.findall((STATIC / file).read_text())}
    return scripts if imported <= scripts else with_imports(scripts | imported)


@cache
def packed(file: str) -> int:
    """The bytes of a static file as they are sent."""
    data = (STATIC / file).read_bytes()
    if file.endswith(".js"):
        data = without_comments(data.decode()).encode()
    return len(data) if file.endswith((".woff2", ".png")) else len(brotli.compress(data))
