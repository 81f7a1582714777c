"""Reading an export in again: the whole file or nothing, and the first thing that is wrong is named."""

import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, NoReturn, TypeVar

from django.db import DatabaseError, models, transaction
from django.db.models import Model
from pydantic import BaseModel, ValidationError

from accounts.clock import is_zone
from accounts.models import User
from assessments.models import Attempt
from assessments.rows import Owner, safety_state
from assessments.views.result import result_context
from exercises.models import Plan
from exercises.rows import equipment_of, idiom_of
from exercises.rows_progress import exercise_history, recent_progress
from exercises.rules.catalogue import UnknownKey, catalogue
from exercises.training import training_of, training_with
from exercises.views.equipment import owned_in_words
from hipfeet.mail.models import ReminderChoices
from hipfeet.owndata.erasing import erase_health_data
from hipfeet.owndata.tables import FORMAT, TABLES, VERSION, AboutThePerson, Head, Row, Table, row_type, taken

MOST_BYTES = 100 * 1024 * 1024
MOST_ROWS = 300_000
"""Some forty years of training."""
ENCRYPTED = 0x1
COMPRESSED_AS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
DAMAGED = (
    zipfile.BadZipFile,  # no ZIP, or its parts contradict each other
    zlib.error,
    EOFError,  # cut short
    RuntimeError,  # a ZIP version or feature Python does not read
    ValueError,  # a place outside the file
)
"""What `zipfile` raises for a file in memory that is none or is damaged."""

Kind = TypeVar("Kind", bound=BaseModel)

NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class BadFile(Exception):  # noqa: N818  (reads as what happened)
    """A file that cannot be brought in; its text says why, to the person."""


@dataclass(frozen=True)
class Incoming:
    """A file that was read and found sound so far."""

    exported_at: datetime
    person: AboutThePerson
    rows: Mapping[str, list[Row]]

    def counts(self) -> list[tuple[str, int]]:
        """How many rows of each table there are, in words, without those that are empty."""
        named = [(table.name.replace("_", " "), len(self.rows[table.name])) for table in TABLES]
        return [(name, count) for name, count in named if count]


def read_export(file: bytes) -> Incoming:
    """An export, checked row by row. Raises BadFile."""
    data = _parsed(_data_json(file))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        _refuse("This file does not come from hipfeet.")
    if data.get("version") != VERSION:
        _refuse(f"This file is of version {data.get('version')!r}. Version {VERSION} can be read here.")
    if unknown := sorted(set(data) - {"format", "version", "exported_at", "person", "tables"}):
        _refuse(f"data.json has a part that is not known: {unknown[0]}.")
    tables = data.get("tables")
    if not isinstance(tables, dict) or not all(isinstance(rows, list) for rows in tables.values()):
        _refuse("data.json has no tables.")
    if unknown := sorted(set(tables) - {table.name for table in TABLES}):
        _refuse(f"There is no table {unknown[0]}.")
    if sum(map(len, tables.values())) > MOST_ROWS:
        _refuse(f"The file has more than {MOST_ROWS:,} rows.")
    person = _checked(AboutThePerson, data.get("person"), "person")
    if not is_zone(person.time_zone):
        _refuse(f"person: {person.time_zone!r} is not a time zone.")
    rows = {table.name: _rows(table, tables.get(table.name, [])) for table in TABLES}
    for table in TABLES:
        _require_places(table, rows)
    _require_exercises(rows)
    head = _checked(Head, {"exported_at": data.get("exported_at")}, "data.json")
    return Incoming(head.exported_at, person, rows)


def holds_data(person: User) -> bool:
    """Whether anything would have to go before an export can come in."""
    return any(table.model._default_manager.filter(**{table.owner: person}).exists() for table in TABLES)


def bring_in(*, person: User, incoming: Incoming) -> None:
    """Put an export in the place of what the person has; everything or nothing. Raises BadFile."""
    try:
        with transaction.atomic():
            erase_health_data(person=person)
            _store(person, incoming)
            require_readable(person)
    except DatabaseError as problem:
        raise BadFile("The file contradicts itself, so nothing was brought in.") from problem
    person.refresh_from_db()


# --- the file --------------------------------------------------------------------------------------


def _data_json(file: bytes) -> str:
    """The text of `data.json`; nothing else in the archive is opened, so no path in it matters."""
    try:
        with zipfile.ZipFile(BytesIO(file)) as archive:
            info = archive.getinfo("data.json")
            if info.flag_bits & ENCRYPTED or info.compress_type not in COMPRESSED_AS:
                _refuse(
                    "data.json in this ZIP file is encrypted, or packed in a way that cannot be read here."
                )
            with archive.open(info) as data:
                raw = data.read(MOST_BYTES + 1)
    except KeyError:
        _refuse("There is no data.json in this ZIP file.")
    except DAMAGED:
        _refuse("This is not a ZIP file that can be read.")
    if len(raw) > MOST_BYTES:
        _refuse("data.json is larger than 100 MB.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        _refuse("data.json is not text in UTF-8.")


def _parsed(text: str) -> Any:
    try:
        data = json.loads(text, parse_constant=lambda name: _refuse(f"data.json holds {name}."))
        written = json.dumps(data, ensure_ascii=False)
        written.encode("utf-8")
    except (ValueError, RecursionError):
        _refuse("data.json is not JSON that can be read.")
    if NUL.search(written):
        _refuse("data.json holds a character that cannot be stored (NUL).")
    return data


def _rows(table: Table, rows: list[Any]) -> list[Row]:
    kind = row_type(table)
    return [_checked(kind, row, f"{table.name}, line {line}") for line, row in enumerate(rows, start=1)]


def _checked(kind: type[Kind], value: Any, where: str) -> Kind:
    try:
        # As JSON, so that a date may be a text and a number may not.
        return kind.model_validate_json(json.dumps(value))
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        place = ", ".join([where, *map(str, first["loc"])])
        _refuse(f"{place}: {first['msg'].lower()}.")


def _require_places(table: Table, rows: Mapping[str, list[Row]]) -> None:
    """Every row that is named is there."""
    names = {known.model: known.name for known in TABLES}
    for field in taken(table.model):
        if not isinstance(field, models.ForeignKey):
            continue
        there = len(rows[names[field.related_model]])
        for line, row in enumerate(rows[table.name], start=1):
            place = getattr(row, field.name)
            if place is not None and place > there:
                _refuse(f"{table.name}, line {line}, {field.name}: there is no line {place}.")


def _require_exercises(rows: Mapping[str, list[Row]]) -> None:
    for name in ("preferences", "sets", "how_it_went"):
        for line, row in enumerate(rows[name], start=1):
            values = row.model_dump()
            if name == "preferences" and not values["exercise"]:
                continue  # for all exercises
            try:
                catalogue().exercise(values["exercise"])
                if "rung" in values:
                    catalogue().rung(values["exercise"], values["rung"])
            except UnknownKey:
                _refuse(f"{name}, line {line}: there is no exercise or step of this name.")


def _refuse(why: str) -> NoReturn:
    raise BadFile(why)


# --- the database ----------------------------------------------------------------------------------


def _store(person: User, incoming: Incoming) -> None:
    for name, value in incoming.person.model_dump().items():
        setattr(person, name, value)
    person.save(update_fields=list(incoming.person.model_dump()))
    stored: dict[type[Model], list[Model]] = {}
    ReminderChoices.objects.filter(
        person=person
    ).delete()  # of the account, so no health data that was erased
    for table in TABLES:
        fields = taken(table.model)
        own = {field.name: person for field in table.model._meta.fields if field.related_model is User}
        made = [
            table.model(**own, **{field.name: _value(field, row, stored) for field in fields})
            for row in incoming.rows[table.name]
        ]
        stored[table.model] = table.model._default_manager.bulk_create(made, batch_size=500)


def _value(field: "models.Field[Any, Any]", row: Row, stored: Mapping[type[Model], list[Model]]) -> Any:
    value = getattr(row, field.name)
    if value is None or not isinstance(field, models.ForeignKey):
        return value
    return stored[field.related_model][value - 1]


def require_readable(person: User) -> None:
    """Read what the pages read; raises BadFile. Rules trust the rows they wrote; these may be somebody else's."""
    person = User.objects.get(pk=person.pk)
    owner = Owner.of(person)
    try:
        safety_state(owner)
        if equipment := equipment_of(person):
            owned_in_words(equipment, idiom_of(person))
        for attempt in Attempt.objects.filter(person=person).filter(result__isnull=False):
            result_context(attempt, owner)
        for plan in Plan.objects.filter(person=person).exclude(status="draft"):
            training_with(plan, person)
        if training := training_of(person):
            training.prescription(lighter_day=training.next_is_lighter)
        recent_progress(person, 12)
        for exercise in catalogue().exercises:
            exercise_history(person, exercise)
    except DatabaseError:
        raise
    except Exception as problem:  # whatever it is, a page would fail in the same way
        raise BadFile("Something in the file cannot be read, so nothing was brought in.") from problem
