"""What every test may use: three people and their browsers, and rows that are made once for a whole module."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from accounts.models import User
from tests.builders import person
from tests.production import environment_in, set_up
from tests.trials import examples
from tests.world import World, make_world

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


@pytest.fixture(scope="module")
def rows_of_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows that a module's fixtures make on top of this serve all its tests: each undoes its own, the end undoes these."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world_of_the_module(rows_of_the_module: None) -> World:
    return make_world()


@pytest.fixture
def world(world_of_the_module: World, db: None) -> World:
    """Made once for the module. A module that uses it has no other person of these addresses, so no `owner` either."""
    return deepcopy(world_of_the_module)


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with collected files and a migrated database, for `set_up_as`: the two commands take seven seconds."""
    folder = tmp_path_factory.mktemp("set-up")
    set_up(environment_in(folder))
    return folder
