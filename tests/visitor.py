"""A visitor nobody knows: one browser a process, so that a public page is made once however many tests read it."""

from functools import cache

from django.test import Client


@cache
def visitor() -> Client:
    """The browser; the page cache of its server keeps what it was answered."""
    return Client()


def public_page(address: str) -> str:
    """A public page as a visitor reads it; fails where there is none."""
    response = visitor().get(address)
    assert response.status_code == 200, address
    return response.content.decode()
