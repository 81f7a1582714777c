"""A backup taken while people train, put back elsewhere by the documented commands, and used (M15)."""

import subprocess
from pathlib import Path

import pytest

from tests.builders import PASSWORD
from tests.concurrency.conftest import FIGURES, RaceServer, empty_database
from tests.concurrency.phones import Phone, Tap
from tests.concurrency.training import People

pytestmark = pytest.mark.concurrency

WRITTEN_MEANWHILE = {"exercises_setlog", "exercises_workout", "django_session", "accounts_countedtries"}


@pytest.fixture
def key() -> str:
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    return made.splitlines()[-1]


@pytest.mark.parametrize("into", ["empty", "migrated"])
def test_backup_taken_while_people_train_is_whole(
    server: RaceServer, tmp_path: Path, key: str, into: str
) -> None:
    server.environment |= {"BACKUP_KEY": key, "BACKUP_FOLDER": str(tmp_path)}
    people = People(server, server.port, ["upgrading", "stopping"])
    with people.busy():
        people.wait_for_sets(20)
        before = set(people.acknowledged)
        file = server.run("manage.py", "backup").strip()
        people.wait_for_sets(len(people.acknowledged) + 5)
    now = server.ask("tables")

    with empty_database(tmp_path, "restored") as address:
        elsewhere = RaceServer(tmp_path, address)
        elsewhere.environment |= {"BACKUP_KEY": key}
        if into == "migrated":
            elsewhere.migrate()
        elsewhere.run("manage.py", "restore", file)
        elsewhere.people, restored = server.people, elsewhere.ask("tables")

        assert restored.keys() == now.keys()
        assert {table for table, rows in restored.items() if rows != now[table]} <= WRITTEN_MEANWHILE
        assert set(restored["exercises_setlog"]) < set(now["exercises_setlog"])
        assert before <= {row["client_key"] for row in elsewhere.stored()["sets"]}
        used(elsewhere)

    FIGURES.append(
        f"Backup while people train, into a database, {into}: {sum(map(len, restored.values()))} rows of"
        f" {len(restored)} tables, {len(restored['exercises_setlog'])} sets of {len(now['exercises_setlog'])} now"
    )


def used(server: RaceServer) -> None:
    """Sign in on a restored server, look around, do a set."""
    server.start()
    try:
        device = Phone(server.port)
        device.sign_in(server.people["upgrading"]["email"], PASSWORD)
        for page in ("/today/", "/plan/", "/progress/", "/check/", "/settings/you/"):
            assert device.read(page).status == 200, page
        address, side, number = server.people["upgrading"]["places"].pop()
        assert device.tap(Tap(address, side, number, repetitions=8)).status == 302
    finally:
        server.close()
