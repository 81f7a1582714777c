"""A person's data as one ZIP: `data.json` to read in again, its schema, a CSV for each table, a calendar, a README."""

import csv
import io
import json
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from accounts.clock import now
from accounts.models import User
from hipfeet.owndata.feed import feed_of, state_of
from hipfeet.owndata.ical import calendar_of
from hipfeet.owndata.tables import (
    FORMAT,
    TABLES,
    VERSION,
    Places,
    Table,
    about,
    as_json,
    rows_of,
    schema,
    taken,
)

README = """\
Your data from hipfeet, of {on:%d %B %Y}.

data.json    everything, to be read in again: Settings, Bring data in.
schema.json  what data.json looks like, for programmers (JSON Schema).
csv/         the same as tables that open in a spreadsheet. A column that ends in "_at" is a time in UTC, any other date is
             the date where you were. Weights are in grams. In "sets", "workout" is the number of the line in workouts.csv.
             "account_events" is what happened with your account here; it is not read in again.
calendar.ics the workouts your plan still has on its days, and when to look again, for any calendar.

Not in here: your password, your e-mail address, where you are signed in, the address
of your calendar, and e-mails that wait to be sent.
"""


def export_of(person: User) -> IO[bytes]:
    """An open file with the ZIP, at its beginning; rows are read a thousand at a time."""
    file = TemporaryFile()  # noqa: SIM115  (the answer closes it)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(on=now()))
        archive.writestr("schema.json", schema())
        with archive.open("data.json", "w") as out:
            _write_data(io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True), person)
        feed = feed_of(person)
        archive.writestr("calendar.ics", calendar_of(feed, state_of(feed)))
        with archive.open("csv/account_events.csv", "w") as out:
            _write_events(io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True), person)
        places: Places = {}
        for table in TABLES:
            with archive.open(f"csv/{table.name}.csv", "w") as out:
                _write_csv(
                    io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True),
                    table,
                    person,
                    places,
                )
    file.seek(0)
    return file


def _write_data(out: io.TextIOWrapper, person: User) -> None:
    """`data.json`, one row on a line; equal data makes equal bytes but for `exported_at`."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": now().isoformat()}
    out.write("{" + ",\n".join(f"{json.dumps(key)}:{json.dumps(value)}" for key, value in head.items()))
    out.write(f',\n"person":{as_json(about(person))},\n"tables":{{')
    places: Places = {}
    for number, table in enumerate(TABLES):
        out.write(f'{"," if number else ""}\n"{table.name}":[')
        _write_lines(out, (as_json(row) for row in rows_of(person, table, places)))
        out.write("]")
    out.write("}}\n")
    out.detach()


def _write_lines(out: io.TextIOWrapper, lines: Iterable[str]) -> None:
    for number, line in enumerate(lines):
        out.write(f"{',' if number else ''}\n{line}")


def _write_csv(out: io.TextIOWrapper, table: Table, person: User, places: Places) -> None:
    names = [field.name for field in taken(table.model)]
    writer = csv.writer(out)
    writer.writerow(["line", *names])
    for place, row in enumerate(rows_of(person, table, places), start=1):
        values = row.model_dump(mode="json")
        writer.writerow([place, *(_cell(values[name]) for name in names)])
    out.detach()


def _write_events(out: io.TextIOWrapper, person: User) -> None:
    """What happened with the account: not in `data.json`, as another server has no use for it."""
    writer = csv.writer(out)
    columns = ("happened_at", "kind", "network")
    writer.writerow(columns)
    writer.writerows(person.account_events.order_by("happened_at", "pk").values_list(*columns).iterator())
    out.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    # A spreadsheet would run a text that begins like this as a formula.
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )
