"""Nobody learns from a form who has an account: the same words, and the same work (bench/enumeration.py has the times)."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts.models import AccountEvent, User
from tests.builders import person

FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "/accounts/signup/": ("email", {"password1": "a long enough try at it"}),
    "/accounts/login/": ("login", {"password": "a long enough try at it"}),
    "/accounts/password/reset/": ("email", {}),
    "/accounts/login/code/": ("email", {}),
}


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return super().encode(password, salt)


def said_of(address: str, path: str) -> list[Any]:
    """All that a browser is told when this address is typed into a form, and on the page after it."""
    client = Client()
    client.get(path)
    field, others = FORMS[path]
    answer = client.post(path, {field: address, **others}, follow=True)
    page = answer.content.decode().replace(address, "ADDRESS")
    return [
        answer.status_code,
        answer.redirect_chain,
        sorted(client.cookies),
        re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page),
    ]


@pytest.mark.parametrize("path", FORMS)
def test_form_tells_the_same_of_an_address_with_and_without_an_account(path: str, owner: User) -> None:
    known, unknown = said_of(owner.email, path), said_of("nobody@example.org", path)

    assert known == unknown
    assert "ADDRESS" in known[-1]


@pytest.mark.parametrize("path", FORMS)
def test_form_takes_the_same_work_with_and_without_an_account(path: str, owner: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["tests.hipfeet.test_enumeration.CountingHasher"]
    owner = person("hashed@example.org")
    work = []
    for address in (owner.email, "nobody@example.org"):
        hashed, events = CountingHasher.hashed, AccountEvent.objects.count()
        said_of(address, path)
        work.append((CountingHasher.hashed - hashed, AccountEvent.objects.count() - events))

    (known_hashes, known_events), (unknown_hashes, unknown_events) = work
    assert known_hashes == unknown_hashes
    assert known_events > 0
    assert unknown_events > 0
