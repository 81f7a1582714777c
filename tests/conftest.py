"""What every test may use: three people and their browsers."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.builders import person


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> None:
    cache.clear()


@pytest.fixture
def owner(db: None) -> User:
    return person("owner@example.org")


@pytest.fixture
def stranger(db: None) -> User:
    return person("stranger@example.org")


@pytest.fixture
def anonymous(db: None) -> Client:
    return Client()


@pytest.fixture
def signed_in(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client
