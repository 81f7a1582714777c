"""Backups of the whole database: taken while the server runs, encrypted by age, read through before they count, thinned out.

What comes out of `pg_dump`, or of SQLite's own backup, goes through `age` into a file; nothing readable of PostgreSQL
touches the disk. A file is what its name says only once it was read back.
"""

import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, connections

DAILY, WEEKLY = 7, 4
"""Of so many days, and of so many weeks, the latest backup is kept (design choice)."""
NAMED = "hipfeet-%Y-%m-%dT%H%M%SZ"
OURS = re.compile(r"hipfeet-\d{4}-\d\d-\d\dT\d{6}Z\.(dump|sqlite3)\.age")


class BackupFailed(Exception):  # noqa: N818  (reads as what happened)
    """There is no backup, or nothing was restored; its text says why, to the operator."""


# --- taking ----------------------------------------------------------------------------------------


def take_backup(folder: Path, *, at: datetime) -> Path:
    """Write a backup, read it back, and thin out the older ones.

    folder  where backups are kept; made if it is missing
    at      when, in UTC: its name

    Returns the file. Raises BackupFailed; what was written so far is deleted then, and the older ones stay.
    """
    kind = "dump" if connection.vendor == "postgresql" else "sqlite3"
    file = folder / f"{at.strftime(NAMED)}.{kind}.age"
    unfinished = file.with_suffix(".unfinished")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear_away(folder.glob("hipfeet-*.unfinished"))
        encrypted = open(unfinished, "xb", opener=_for_the_owner_only)  # noqa: SIM115  (another's is not ours to delete)
        try:
            with encrypted:
                fcntl.flock(encrypted, fcntl.LOCK_EX)
                _write(encrypted)
                os.fsync(encrypted.fileno())
            read_through(unfinished)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as problem:
        raise BackupFailed(f"{problem.strerror}: {problem.filename or folder}") from None
    except sqlite3.Error as problem:
        raise BackupFailed(f"The database says: {problem}.") from None
    for old in superseded(folder.iterdir(), today=at.date(), days=settings.BACKUP_DAYS):
        old.unlink()
    return file


def _for_the_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(encrypted: IO[bytes]) -> None:
    """Everything in the database, encrypted."""
    with _key() as key:
        encrypt = ["age", "--encrypt", "--identity", key]
        if connection.vendor == "postgresql":
            dump = ["pg_dump", "--format=custom", "--no-owner", connection.settings_dict["NAME"]]
            _run_together([dump, encrypt], into=encrypted)
            return
        with _plain_file() as plain:
            with closing(sqlite3.connect(plain)) as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)
            with plain.open("rb") as readable:
                _run_together([encrypt], out_of=readable, into=encrypted)


def read_through(file: Path) -> None:
    """Decrypt a backup and read it to its end. Raises BackupFailed where it could not be restored."""
    with _key() as key, file.open("rb") as encrypted:
        decrypt = ["age", "--decrypt", "--identity", key]
        if connection.vendor == "postgresql":
            _run_together([decrypt, ["pg_restore", "--file=/dev/null"]], out_of=encrypted)
            return
        with _plain_file() as plain:
            with plain.open("wb") as readable:
                _run_together([decrypt], out_of=encrypted, into=readable)
            _require_whole(plain)


def superseded(files: Iterable[Path], *, today: date, days: int) -> list[Path]:
    """The backups that may go: the latest of each of the last 7 days with one and of the last 4 weeks with one stay.

    files  others than backups are passed over
    days  none older than that stays, 0: for ever; it is what the privacy page says (BACKUP_DAYS)

    All of today stay, as the one before a mishap may be wanted after it, and all of days to come: they are a wrong clock's.
    """
    named = {file: taken.date() for file in files if (taken := _taken(file))}
    latest_first = sorted(
        (file for file in named if named[file] <= today), key=lambda file: file.name, reverse=True
    )
    of_day: dict[date, Path] = {}
    of_week: dict[tuple[int, int], Path] = {}
    for file in latest_first:
        on = named[file]
        if days and on < today - timedelta(days=days):
            continue
        of_day.setdefault(on, file)
        of_week.setdefault(on.isocalendar()[:2], file)
    kept = {*list(of_day.values())[:DAILY], *list(of_week.values())[:WEEKLY]}
    return [file for file in latest_first if file not in kept and named[file] < today]


def last_backup(folder: Path, *, by: datetime) -> datetime | None:
    """When the last one in a folder was taken, as its name says; None where there is none, or none may be seen.

    by  now: one of later is a wrong clock's, and says nothing
    """
    try:
        taken = [at for file in folder.iterdir() if (at := _taken(file)) and at <= by]
    except OSError:
        return None
    return max(taken, default=None)


def _taken(file: Path) -> datetime | None:
    """As its name says; None where it is not one of ours, or no date."""
    if not OURS.fullmatch(file.name):
        return None
    try:
        return datetime.strptime(file.name.partition(".")[0], NAMED).replace(tzinfo=UTC)
    except ValueError:
        return None


def send_away(file: Path) -> None:
    """Run BACKUP_COMMAND, if there is one, with the file as its last argument. Raises BackupFailed."""
    if settings.BACKUP_COMMAND:
        _run_together([[*settings.BACKUP_COMMAND, str(file)]])


# --- restoring -------------------------------------------------------------------------------------


def restore_backup(file: Path, *, replace: bool) -> None:
    """Put the database back to what a backup holds, all or nothing. No server may run.

    replace  also where people have accounts, who are lost then

    Raises BackupFailed, with the database as it was.
    """
    kind = "dump" if connection.vendor == "postgresql" else "sqlite3"
    if not file.name.endswith(f".{kind}.age"):
        raise BackupFailed(f"{file.name} is no backup of this kind of database: its name ends in .{kind}.age")
    if not file.is_file():
        raise BackupFailed(f"There is no file {file}")
    if not replace and _has_people():
        raise BackupFailed("People have accounts in this database. To replace them all: --replace")
    try:
        read_through(file)
        connections.close_all()
        _put_back(file)
    except (OSError, sqlite3.Error) as problem:
        raise BackupFailed(f"The database's disk or file says: {problem}.") from None


def _put_back(file: Path) -> None:
    with _key() as key, file.open("rb") as encrypted:
        decrypt = ["age", "--decrypt", "--identity", key]
        if connection.vendor == "postgresql":
            restore = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction"]
            restore += ["--exit-on-error", f"--dbname={connection.settings_dict['NAME']}"]
            _run_together([decrypt, restore], out_of=encrypted)
            return
        with _plain_file() as plain:
            with plain.open("wb") as readable:
                _run_together([decrypt], out_of=encrypted, into=readable)
            with closing(sqlite3.connect(plain)) as copy, closing(_sqlite()) as database:
                copy.backup(database)


def _has_people() -> bool:
    if "accounts_user" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM accounts_user LIMIT 1")
        return cursor.fetchone() is not None


def _sqlite() -> sqlite3.Connection:
    return sqlite3.connect(connection.settings_dict["NAME"], timeout=20)


def _require_whole(plain: Path) -> None:
    try:
        with closing(sqlite3.connect(plain)) as copy:
            (found,) = copy.execute("PRAGMA integrity_check").fetchone()
            copy.execute("SELECT 1 FROM accounts_user LIMIT 1")  # an empty file is whole, too
    except sqlite3.DatabaseError as problem:
        found = str(problem)
    if found != "ok":
        raise BackupFailed(f"The backup is no whole database: {found}")


# --- programs --------------------------------------------------------------------------------------


@contextmanager
def _plain_file() -> Iterator[Path]:
    """A file for the owner only, beside the database, where what it holds lies readable anyway; deleted at the end."""
    beside = Path(connection.settings_dict["NAME"]).parent
    _clear_away(beside.glob(".backup-*"))
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as folder:
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Path(folder) / "plain.sqlite3"
        finally:
            os.close(lock)


def _clear_away(leftovers: Iterable[Path]) -> None:
    """Delete what a backup has left that was killed. One that still runs holds a lock."""
    for path in leftovers:
        lock = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        except BlockingIOError:
            continue
        finally:
            os.close(lock)


@contextmanager
def _key() -> Iterator[str]:
    """The path at which a program that is started here finds BACKUP_KEY; it stands in no file and no list of processes."""
    if not settings.BACKUP_KEY:
        raise BackupFailed("BACKUP_KEY is not set. Make one with: age-keygen")
    reading, writing = os.pipe()
    os.write(writing, f"{settings.BACKUP_KEY}\n".encode())
    os.close(writing)
    try:
        yield f"/dev/fd/{reading}"
    finally:
        os.close(reading)


def _run_together(
    commands: Sequence[Sequence[str]], *, out_of: IO[bytes] | None = None, into: IO[bytes] | None = None
) -> None:
    """Run programs, the output of each the input of the next. Raises BackupFailed with what the first that failed said."""
    started: list[subprocess.Popen[bytes]] = []
    source: IO[bytes] | int = out_of or subprocess.DEVNULL
    with tempfile.TemporaryFile() as said:
        for command in commands:
            last = command is commands[-1]
            try:
                program = subprocess.Popen(  # noqa: S603  (no shell; the names are ours or the operator's)
                    command,
                    stdin=source,
                    stdout=(into or subprocess.DEVNULL) if last else subprocess.PIPE,
                    stderr=said,
                    env={**os.environ, **_signs_in()},
                    pass_fds=[int(part.rsplit("/")[-1]) for part in command if part.startswith("/dev/fd/")],
                )
            except OSError:
                for one in started:
                    one.kill()
                    one.wait()
                raise BackupFailed(f"There is no program {command[0]} here that can be run.") from None
            if started and started[-1].stdout:
                started[-1].stdout.close()  # so that it ends when the next one does
            started.append(program)
            source = program.stdout or subprocess.DEVNULL
        codes = [program.wait() for program in started]
        if any(codes):
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
            failed = next(command[0] for command, code in zip(commands, codes, strict=True) if code)
            raise BackupFailed(words[0] if words else f"{failed} ended with an error.")


def _signs_in() -> dict[str, str]:
    """How PostgreSQL's programs reach the database: in their environment, which no other person sees."""
    named = connection.settings_dict
    if connection.vendor != "postgresql":
        return {}
    parts = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    return {name: str(named[part]) for name, part in parts.items() if named[part]}
