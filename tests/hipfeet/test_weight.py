"""What a first visit of a public page weighs (goal M4): with face, stylesheet, script and icon at most 60 KB."""

import re
from pathlib import Path

import brotli
import pytest
from django.test import Client

from hipfeet.sitemap import PublicPages

STATIC = Path(__file__).resolve().parents[2] / "static"
MOST_BYTES = 60 * 1024
MOST_REQUESTS = 6


@pytest.mark.django_db
def test_no_public_page_is_heavier_than_60_kb_all_in() -> None:
    weights = {}
    for address, _ in PublicPages().items():
        page = Client().get(address)
        html = page.content.decode()
        loaded = set(
            re.findall(
                r'<(?:link rel="(?:preload|stylesheet|icon)"|script)[^>]*(?:href|src)="/static/([^"]+)"', html
            )
        )
        assert len(loaded) + 1 <= MOST_REQUESTS, address
        weights[address] = len(brotli.compress(page.content)) + sum(_packed(STATIC / file) for file in loaded)

    heaviest = max(weights, key=lambda address: weights[address])
    assert weights[heaviest] <= MOST_BYTES, (heaviest, weights[heaviest])


def _packed(file: Path) -> int:
    data = file.read_bytes()
    return len(data) if file.suffix in {".woff2", ".png"} else len(brotli.compress(data))
