"""Backups as an operator takes and restores them: `manage.py backup`, `restore` and `copy_from`, in processes of their own."""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from hipfeet.backups import last_backup, superseded
from tests.world import make_world

ROOT = Path(__file__).parents[2]

Rows = dict[str, list[Any]]


# --- databases -------------------------------------------------------------------------------------


def everything_in_postgresql(url: str) -> Rows:
    """Every row of every table, every number a sequence stands at, and every constraint and index."""
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
            # Without casts and brackets: PostgreSQL writes those of an IN in another way when it reads its own words.
            "indexes": r"SELECT regexp_replace(indexdef, '::(text|character varying)(\[\])?|[()]', '', 'g')"
            " FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        }.items():
            rows[what] = database.execute(query).fetchall()
    return rows


def everything_in_sqlite(url: str) -> Rows:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        named = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            "sqlite_master": named,
            **{name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in tables},  # noqa: S608
        }


@dataclass
class Operator:
    """Who runs the commands.

    used, other  addresses of a database with people in it, and of an empty one
    """

    folder: Path
    used: str
    other: str
    key: str

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def run(
        self, *command: str, on: str, under: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """`manage.py` with a command, on one of the databases; under another program that starts it."""
        # `make check` asks what Django checks at each start but that of a shell, and it takes a quarter of the time.
        unchecked = () if command[0] == "shell" else ("--skip-checks",)
        return subprocess.run(  # noqa: S603
            [*under, sys.executable, "manage.py", *command, *unchecked],
            cwd=ROOT,
            env={
                **os.environ,
                "DEBUG": "true",
                "SECRET_KEY": "backups",
                "DATABASE_URL": on,
                "BACKUP_FOLDER": str(self.backups),
                "BACKUP_KEY": self.key,
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def everything(self, url: str) -> Rows:
        return everything_in_sqlite(url) if url.startswith("sqlite") else everything_in_postgresql(url)

    def does(self, statement: str, on: str) -> None:
        if on.startswith("sqlite"):
            with closing(sqlite3.connect(on.removeprefix("sqlite:///"))) as file:
                file.execute(statement)
                file.commit()
        else:
            with closing(psycopg.connect(on, autocommit=True)) as database:
                database.execute(statement)


def a_key() -> str:
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True)  # noqa: S607
    return made.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def people(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A person's everything, stored for the programs that read the database, which no test changes; of SQLite's a file."""
    if not shutil.which("age"):
        pytest.skip("needs age: sudo apt install age")
    with django_db_blocker.unblock():
        make_world()
        file = tmp_path_factory.mktemp("people") / "people.sqlite3"
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(file)) as copy:
                connection.connection.backup(copy)
        yield file
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def operator(people: Path, db: None, tmp_path: Path) -> Iterator[Operator]:
    """With those people in the first database."""
    if connection.vendor == "sqlite":
        with a_file(tmp_path, people) as used:
            yield Operator(tmp_path, used, f"sqlite:///{tmp_path / 'other.sqlite3'}", a_key())
        return
    named = connection.settings_dict
    other_name = f"{named['NAME']}_restored"  # other workers restore at the same time
    place = f"postgres://{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}"
    one = Operator(tmp_path, f"{place}/{named['NAME']}", f"{place}/{other_name}", a_key())
    one.does(f'DROP DATABASE IF EXISTS "{other_name}" WITH (FORCE)', on=one.used)
    one.does(f'CREATE DATABASE "{other_name}"', on=one.used)
    try:
        yield one
    finally:
        one.does(f'DROP DATABASE "{other_name}" WITH (FORCE)', on=one.used)


@pytest.fixture
def backup(operator: Operator) -> Path:
    """What was taken of the first database."""
    done = operator.run("backup", on=operator.used)
    assert (done.returncode, done.stderr) == (0, "")
    (file,) = operator.backups.iterdir()
    assert done.stdout == f"{file}\n"
    return file


@contextmanager
def a_file(folder: Path, people: Path) -> Iterator[str]:
    """The address of a copy, with some of it in its -wal only."""
    file = shutil.copy(people, folder / "used.sqlite3")
    with closing(sqlite3.connect(file)) as server:  # stays open, as a server's does: closing empties the -wal
        server.execute("PRAGMA journal_mode=WAL")
        server.execute("UPDATE accounts_user SET name = 'in the wal only'")
        server.commit()
        yield f"sqlite:///{file}"


# --- restoring -------------------------------------------------------------------------------------


OPENS = """
from django.test import Client
from accounts.models import User
client = Client(SERVER_NAME="localhost")
client.force_login(User.objects.get(email="owner@example.org"))
pages = ["/", "/plan/", "/progress/", "/workouts/", "/check/", "/settings/"]
print([client.get(page).status_code for page in pages])
"""


def test_every_row_comes_back_into_an_empty_database_and_into_one_in_use(
    operator: Operator, backup: Path
) -> None:
    stored = operator.everything(operator.used)

    into_empty = operator.run("restore", str(backup), on=operator.other)
    first = operator.everything(operator.other)
    opened = operator.run("shell", "--verbosity", "0", "--command", OPENS, on=operator.other)
    operator.does("DELETE FROM exercises_setlog", on=operator.other)
    operator.does("UPDATE accounts_user SET email = 'x' || email", on=operator.other)
    spoilt = operator.everything(operator.other)
    refused = operator.run("restore", str(backup), on=operator.other)
    as_refused = operator.everything(operator.other)
    into_used = operator.run("restore", str(backup), "--replace", on=operator.other)

    assert (into_empty.returncode, into_empty.stderr) == (0, "")
    assert stored["exercises_setlog"]
    assert stored["assessments_attempt"]
    assert first == stored
    assert opened.stdout.strip() == "[200, 200, 200, 200, 200, 200]", opened.stderr
    assert spoilt != stored
    assert refused.returncode != 0
    assert refused.stderr.startswith("CommandError: ")
    assert "People have accounts in this database" in refused.stderr
    assert as_refused == spoilt
    assert (into_used.returncode, into_used.stderr) == (0, "")
    assert operator.everything(operator.other) == stored


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda whole: whole[: len(whole) * 2 // 3],
    "changed": lambda whole: whole[:-100] + b"\0" * 100,
    "empty": lambda _: b"",
    "something_else": lambda _: b"%PDF-1.7",
}
TRIES = """
import json
from io import StringIO
from django.core.management import CommandError, call_command
from django.test import override_settings
said = []
for file, key in {tries!r}:
    with override_settings(BACKUP_KEY=key):
        try:
            call_command("restore", file, replace=True, stdout=StringIO())
            said.append("restored")
        except CommandError as problem:
            said.append(str(problem))
print(json.dumps(said))
"""


def test_what_cannot_be_restored_leaves_everything_as_it_was(operator: Operator, backup: Path) -> None:
    stored = operator.everything(operator.used)
    tries = {}
    for name, spoils in SPOILT.items():
        file = backup.with_name(f"{name}-{backup.name}")
        file.write_bytes(spoils(backup.read_bytes()))
        tries[str(file), operator.key] = "age: error:"
    if connection.vendor == "sqlite":
        file = backup.with_name(f"nothing-{backup.name}")
        encrypts = ["age", "--encrypt", "--identity", "/dev/stdin", "--output", str(file), "/dev/null"]
        subprocess.run(encrypts, input=operator.key, text=True, check=True)  # noqa: S603
        tries[str(file), operator.key] = "no whole database"
    tries[str(backup), a_key()] = "no identity matched"
    tries[str(backup), ""] = "BACKUP_KEY is not set"
    tries["notes.txt", operator.key] = "is no backup of this kind of database"
    tries[f"no-{backup.name}", operator.key] = "There is no file"

    code = TRIES.format(tries=list(tries))
    tried = operator.run("shell", "--verbosity", "0", "--command", code, on=operator.used)

    assert tried.returncode == 0, tried.stderr
    for said, why in zip(json.loads(tried.stdout), tries.values(), strict=True):
        assert said.startswith("Nothing was restored. ")
        assert why in said
    assert operator.everything(operator.used) == stored


# --- taking ----------------------------------------------------------------------------------------


def test_backup_that_nobody_else_can_read_stays_where_no_new_one_can_be_written(
    operator: Operator, backup: Path
) -> None:
    elsewhere = operator.used.replace("used.sqlite3", "text").replace("/test_", "/no_such_")
    (operator.folder / "text").write_text("no database")

    failed = operator.run("backup", on=elsewhere)
    without_age = operator.run("backup", on=operator.used, PATH=str(operator.folder))
    into_a_file = operator.run("backup", on=operator.used, BACKUP_FOLDER=str(operator.folder / "text"))

    assert "File exists" in into_a_file.stderr
    assert into_a_file.stderr.startswith("CommandError: ")
    assert failed.returncode != 0
    assert "There is no program" in without_age.stderr
    assert list(operator.backups.iterdir()) == [backup]
    assert backup.stat().st_mode & 0o777 == 0o600
    assert operator.backups.stat().st_mode & 0o777 == 0o700
    assert b"owner@example.org" not in backup.read_bytes()


def test_what_a_killed_backup_has_left_goes_with_the_next_one(operator: Operator) -> None:
    """With SQLite it could be read by whoever reads the folder; and it would outlive BACKUP_DAYS."""
    operator.backups.mkdir()
    left, runs = (operator.backups / f"hipfeet-2026-01-0{day}T020000Z.dump.unfinished" for day in (1, 2))
    for file in (left, runs):
        file.touch()
    plain, written = (operator.folder / f".backup-{name}" for name in ("left", "written"))
    for folder in (plain, written):
        folder.mkdir()
        (folder / "plain.sqlite3").touch()
    locks = [os.open(path, os.O_RDONLY) for path in (runs, written)]
    for lock in locks:
        fcntl.flock(lock, fcntl.LOCK_EX)

    done = operator.run("backup", on=operator.used)

    assert done.returncode == 0, done.stderr
    assert set(operator.backups.iterdir()) == {runs, Path(done.stdout.strip())}
    if connection.vendor == "sqlite":
        assert set(operator.folder.glob(".backup-*")) == {written}
    for lock in locks:
        os.close(lock)


def test_disk_that_is_full_is_one_line(operator: Operator, backup: Path) -> None:
    stored = operator.everything(operator.used)

    for command in (["backup"], ["restore", "--replace", str(backup)]):
        full = operator.run(*command, on=operator.used, under=["prlimit", "--fsize=20000"])

        if (
            full.returncode or connection.vendor == "sqlite"
        ):  # PostgreSQL's own server writes what is restored
            assert full.stderr.startswith("CommandError: "), full.stderr
            assert len(full.stderr.splitlines()) == 1
    assert list(operator.backups.iterdir()) == [backup]
    assert operator.everything(operator.used) == stored


def test_each_backup_is_taken_elsewhere_by_the_command(operator: Operator) -> None:
    away = operator.folder / "away"
    away.mkdir()

    done = operator.run("backup", on=operator.used, BACKUP_COMMAND=f"cp -t {away}")
    failed = operator.run("backup", on=operator.used, BACKUP_COMMAND="cp -t /nowhere")

    assert done.returncode == 0
    assert [file.name for file in away.iterdir()] == [Path(done.stdout.strip()).name]
    assert failed.returncode != 0
    assert "/nowhere" in failed.stderr
    assert Path(failed.stdout.strip()).is_file()


def test_of_a_year_of_backups_seven_days_and_four_weeks_stay() -> None:
    today = date(2026, 11, 30)  # a Monday
    files = [
        Path(f"hipfeet-{today - timedelta(days=days)}T{hour:02d}0000Z.dump.age")
        for days in range(365)
        for hour in (2, 14)
    ]

    left = sorted(set(files) - set(superseded(files, today=today, days=30)))

    assert [file.name[8:21] for file in left] == [
        "2026-11-15T14",
        "2026-11-22T14",
        *(f"2026-11-{day}T14" for day in range(24, 30)),
        "2026-11-30T02",  # it may be wanted after a mishap of the morning
        "2026-11-30T14",
    ]


@pytest.mark.parametrize(("days", "left"), [(3, 4), (1, 2), (0, 9)])
def test_no_backup_stays_longer_than_the_privacy_page_says(days: int, left: int) -> None:
    today = date(2026, 11, 30)
    files = [Path(f"hipfeet-{today - timedelta(days=ago)}T020000Z.dump.age") for ago in range(365)]

    assert len(files) - len(superseded(files, today=today, days=days)) == left


def test_backups_of_a_clock_that_was_wrong_cost_no_other_and_are_not_the_last(tmp_path: Path) -> None:
    today = datetime(2026, 11, 30, 12, tzinfo=UTC)
    to_come = [tmp_path / f"hipfeet-2027-01-{day:02d}T020000Z.dump.age" for day in range(1, 32)]
    true = [tmp_path / f"hipfeet-2026-11-{day}T020000Z.dump.age" for day in range(28, 31)]
    for file in (*to_come, *true):
        file.touch()

    assert superseded(tmp_path.iterdir(), today=today.date(), days=30) == []
    assert last_backup(tmp_path, by=today) == today.replace(hour=2)


def test_what_is_no_backup_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "hipfeet-2026-99-99T999999Z.dump.age").touch()
    files = [
        *tmp_path.iterdir(),
        Path("hipfeet-before-upgrade.sqlite3.age"),
        Path("hipfeet-2026-01-01 keep.age"),
        Path("notes.txt"),
    ]

    assert superseded(files, today=date(2026, 11, 30), days=30) == []
    assert last_backup(tmp_path, by=datetime.now(UTC)) is None


def test_last_backups_stay_when_no_new_one_was_taken_for_long() -> None:
    files = [Path(f"hipfeet-2026-01-{day:02d}T020000Z.dump.age") for day in range(1, 32)]

    assert len(files) - len(superseded(files, today=date(2026, 11, 30), days=0)) == 9


# --- from SQLite to PostgreSQL ---------------------------------------------------------------------


def test_every_row_is_copied_into_another_kind_of_database(operator: Operator, tmp_path: Path) -> None:
    old = operator.used
    new = operator.other if old.startswith("sqlite") else f"sqlite:///{tmp_path / 'new.sqlite3'}"
    operator.run("migrate", "--verbosity", "0", on=new)

    copied = operator.run("copy_from", old, on=new)
    again = operator.run("copy_from", old, on=new)

    assert copied.returncode == 0, copied.stderr
    counts = dict(line.split(": ") for line in copied.stdout.splitlines())
    stored = operator.everything(old)
    assert counts == {name: str(len(stored[name])) for name in counts}
    assert int(counts["exercises_setlog"]) > 0
    assert as_json(operator, new) == as_json(operator, old)
    assert "People have accounts" in again.stderr


def as_json(operator: Operator, url: str) -> str:
    """Every row as Django reads it, so that the kind of database does not matter."""
    told = operator.run("dumpdata", "--all", "--indent", "1", on=url)
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_databases_of_two_releases_are_not_copied(operator: Operator, tmp_path: Path) -> None:
    new = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    operator.run("migrate", "accounts", "0001", "--verbosity", "0", on=new)

    refused = operator.run("copy_from", operator.used, on=new)

    assert refused.returncode != 0
    assert "not of the same release" in refused.stderr
