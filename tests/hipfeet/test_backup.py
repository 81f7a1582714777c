"""The commands of docs/operations.md bring every row back: into an empty database, and into one in use."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.world import make_world

PAGE = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")
# What "docker compose ... exec -T database COMMAND" does, where the database is not in a container.
NO_DOCKER = """docker() {
  case "$*" in *" exec "*) ;; *) return 0;; esac
  while [ "$1" != database ]; do shift; done
  shift
  "$@"
}
"""
OTHER_NAME = "hipfeet"

pytestmark = pytest.mark.django_db(transaction=True)


def commands(title: str) -> tuple[str, str]:
    """How to back up and how to restore, as the page says under a title."""
    section = re.split(r"^### ", PAGE, flags=re.MULTILINE)
    (text,) = (part for part in section if part.startswith(f"{title}\n"))
    backs_up, restores = re.findall(r"```\n(.*?)```", text.split("\n## ")[0], re.DOTALL)
    return backs_up, restores


def run(command: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        ["/bin/sh", "-ec", NO_DOCKER + command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


# --- PostgreSQL ---


Rows = dict[str, list[Any]]


def everything(url: str) -> Rows:
    """Every row of every table, every number a sequence stands at, and every constraint, index and trigger."""
    with closing(psycopg.connect(url)) as database:
        tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows: Rows = {
            name: database.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1').fetchall()  # noqa: S608
            for (name,) in tables
        }
        for what, query in {
            "sequences": "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1",
            "constraints": "SELECT conrelid::regclass::text, conname, contype::text FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
            "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
            "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
        }.items():
            rows[what] = database.execute(query).fetchall()
    return rows


class Databases:
    """The database of the tests, and another one beside it, by their addresses."""

    def __init__(self) -> None:
        named = connection.settings_dict
        place = f"{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}"
        self.used, self.other = (f"postgres://{place}/{name}" for name in (named["NAME"], OTHER_NAME))
        self.environment = {
            "PGHOST": named["HOST"],
            "PGPORT": str(named["PORT"]),
            "PGUSER": named["USER"],
            "PGPASSWORD": named["PASSWORD"],
        }

    def do(self, statement: str) -> None:
        with closing(psycopg.connect(self.used, autocommit=True)) as database:
            database.execute(statement)


@pytest.fixture
def databases() -> Iterator[Databases]:
    if connection.vendor != "postgresql" or not shutil.which("pg_dump"):
        pytest.skip("needs PostgreSQL and its pg_dump")
    found = Databases()
    found.do(f'DROP DATABASE IF EXISTS "{OTHER_NAME}" WITH (FORCE)')
    found.do(f'CREATE DATABASE "{OTHER_NAME}"')
    try:
        yield found
    finally:
        found.do(f'DROP DATABASE "{OTHER_NAME}" WITH (FORCE)')


def on_this_machine(command: str, user: str, backs_up: str) -> str:
    """The names of the page exchanged for those of the tests: who signs in, and which database is backed up."""
    return command.replace("-U hipfeet", f"-U {user}").replace("-Fc hipfeet", f"-Fc {backs_up}")


@pytest.mark.parametrize("title", ["PostgreSQL", "PostgreSQL in Docker"])
def test_postgresql_is_restored_row_for_row_into_an_empty_database_and_into_one_in_use(
    title: str, databases: Databases, tmp_path: Path
) -> None:
    make_world()
    user, used = connection.settings_dict["USER"], connection.settings_dict["NAME"]
    backs_up, restores = (on_this_machine(command, user, used) for command in commands(title))
    environment = {**databases.environment, "DATABASE_URL": databases.used}
    elsewhere = {**environment, "DATABASE_URL": databases.other}
    stored = everything(databases.used)

    saved = run(backs_up, tmp_path, environment)
    into_empty = run(restores, tmp_path, elsewhere)
    first = everything(databases.other)
    with closing(psycopg.connect(databases.other, autocommit=True)) as database:
        database.execute("DELETE FROM exercises_setlog")
        database.execute("UPDATE accounts_user SET email = 'x' || email")
    spoilt = everything(databases.other)
    into_used = run(restores, tmp_path, elsewhere)
    second = everything(databases.other)

    assert (saved.returncode, saved.stderr) == (0, "")
    assert (into_empty.returncode, into_empty.stderr) == (0, "")
    assert (into_used.returncode, into_used.stderr) == (0, "")
    assert stored["exercises_setlog"]
    assert stored["assessments_attempt"]
    assert spoilt != stored
    assert first == stored
    assert second == stored


def test_postgresql_stays_as_it_was_where_a_backup_is_broken(databases: Databases, tmp_path: Path) -> None:
    make_world()
    backs_up, restores = commands("PostgreSQL")
    run(backs_up, tmp_path, {"DATABASE_URL": databases.used})
    elsewhere = {"DATABASE_URL": databases.other}
    run(restores, tmp_path, elsewhere)
    stored = everything(databases.other)
    dump = tmp_path / "hipfeet.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size * 2 // 3])

    broken = run(restores, tmp_path, elsewhere)

    assert broken.returncode != 0
    assert everything(databases.other) == stored


# --- SQLite ---


def everything_in(file: Path) -> Rows:
    with closing(sqlite3.connect(file)) as database:
        named = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            "sqlite_master": named,
            **{name: database.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables},  # noqa: S608
        }


def test_sqlite_is_backed_up_while_it_is_written_and_restored_row_for_row(tmp_path: Path) -> None:
    if connection.vendor != "sqlite" or not shutil.which("sqlite3"):
        pytest.skip("needs SQLite and its command line")
    make_world()
    file, empty = tmp_path / "hipfeet.sqlite3", tmp_path / "empty"
    empty.mkdir()
    backs_up, restores = commands("SQLite")
    with closing(sqlite3.connect(file)) as server:
        connection.connection.backup(server)
        server.execute("PRAGMA journal_mode=WAL")
        server.execute("UPDATE accounts_user SET name = 'in the wal only'")
        server.commit()
        stored = everything_in(file)

        saved = run(backs_up, tmp_path, {})
        server.execute("DELETE FROM exercises_setlog")
        server.commit()

    into_used = run(restores, tmp_path, {})
    shutil.copy(tmp_path / "hipfeet.backup", empty)
    into_empty = run(restores, empty, {})

    assert (saved.returncode, into_used.returncode, into_empty.returncode) == (0, 0, 0)
    assert stored["exercises_setlog"]
    assert everything_in(file) == stored
    assert everything_in(empty / "hipfeet.sqlite3") == stored
