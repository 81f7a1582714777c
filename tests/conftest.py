"""What every test may use: three people and their browsers."""

import pytest
from django.test import Client
from hypothesis import settings

from accounts.models import User
from tests.builders import person
from tests.trials import examples

# Tests hold counts, never times: a busy machine must not fail a property.
settings.register_profile("any machine", deadline=None, max_examples=examples(100))
settings.load_profile("any machine")


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
