"""Static files as production serves them: the browser finds every script under its hashed name, and few of them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ROOT, Server, started
from tests.journeys.walk import choose, press, with_a_plan

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    collected = tmp_path_factory.mktemp("collected")
    extra = {"DJANGO_SETTINGS_MODULE": "tests.journeys.hashed_settings", "COLLECTED": str(collected)}
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DEBUG": "true", "SECRET_KEY": "journeys", **extra},
        check=True,
    )
    with started(tmp_path_factory.mktemp("hashed"), extra) as running:
        yield running


def loaded(page: Page, address: str) -> list[str]:
    """The paths a first visit asks for, scripts that scripts import among them."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return found


def test_the_player_works_with_hashed_scripts_that_import_each_other(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(base_url=server.address)
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status == 404 else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    with_a_plan(page, server, "hashed@example.org")
    page.goto("/workouts/start/")
    choose(page, unwell="no")
    press(page, "Continue")

    found = loaded(page, urljoin(page.url, "../banded-walk/"))
    scripts = {match[1] for url in found if (match := re.search(r"/js/(\w+)\.[0-9a-f]{12}\.js$", url))}
    page.wait_for_timeout(1_050)
    press(page, "Set done")

    expect(page.locator(".sideflag .on")).to_have_text("Right")
    assert scripts == {"clock", "enhance", "player", "queue", "sound"}
    assert not [url for url in found if re.search(r"/js/\w+\.js$", url)]
    assert failed == []
    context.close()
