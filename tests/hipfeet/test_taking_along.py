"""What a person has can be taken along and read in again, whole, or not at all."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from icalendar import Calendar

from accounts.clock import now
from accounts.models import User
from exercises.rules.reminding import ReminderKind
from hipfeet.demo import make_demo
from hipfeet.mail.models import ReminderChoices
from hipfeet.owndata.exporting import export_of
from hipfeet.owndata.importing import BadFile, bring_in, read_export
from hipfeet.owndata.models import PendingImport, forget_old_files
from hipfeet.owndata.tables import NOT_TAKEN, TABLES
from tests.builders import PASSWORD, person
from tests.builders_training import text
from tests.world import World

PAGE = "/settings/import/"


def confirmed(one: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": one.email, "password": PASSWORD})
    client.post(f"/accounts/reauthenticate/?next={PAGE}", {"password": PASSWORD})
    return client


def exported(one: User) -> bytes:
    with export_of(one) as file:
        return file.read()


def data_of(file: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        data: dict[str, Any] = json.loads(archive.read("data.json"))
    return data


def zipped(text: str | bytes, name: str = "data.json", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, text)
    return file.getvalue()


def without_time(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        lines = archive.read("data.json").decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith('"exported_at"'))


# --- taking along ---


def test_every_table_about_a_person_is_taken_along_or_left_with_a_reason() -> None:
    about_people = {
        model._meta.label
        for model in apps.get_models()
        if any(field.related_model for field in model._meta.fields) or model is User
        if model._meta.app_label not in {"auth", "contenttypes"}
    } | {"sessions.Session"}

    assert about_people == {table.model._meta.label for table in TABLES} | set(NOT_TAKEN)


@pytest.fixture(scope="module")
def demo(rows_of_the_module: None) -> User:
    return make_demo(PASSWORD)


def test_what_was_taken_along_reads_in_equal_to_the_byte(demo: User, db: None) -> None:
    before = exported(demo)
    other = person("other@example.org")

    bring_in(person=other, incoming=read_export(before))

    assert without_time(exported(other)) == without_time(before)
    assert len(data_of(before)["tables"]["sets"]) > 300
    assert Client().get("/").status_code == 200


def test_person_with_everything_reads_in_equal_and_every_page_opens(world: World) -> None:
    before = exported(world.owner)
    other = person("other@example.org")

    bring_in(person=other, incoming=read_export(before))

    assert without_time(exported(other)) == without_time(before)
    client = Client()
    client.force_login(other)
    for address in (
        "/today/",
        "/plan/",
        "/progress/",
        "/workouts/",
        "/checks/",
        "/check/result/",
        "/safety/",
    ):
        assert client.get(address, follow=True).status_code == 200, address


def test_file_holds_no_secret_and_a_table_for_a_spreadsheet(settings: Any, world: World) -> None:
    world.workout.note = "=HYPERLINK(1)"
    world.workout.save()

    file = exported(world.owner)

    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = archive.namelist()
        everything = "".join(archive.read(name).decode("utf-8") for name in names)
        workouts = list(csv.DictReader(io.StringIO(archive.read("csv/workouts.csv").decode("utf-8-sig"))))
    assert names[:3] == ["README.txt", "schema.json", "data.json"]
    assert world.owner.password not in everything
    assert world.owner.email not in everything
    assert workouts[0]["note"] == "'=HYPERLINK(1)"


def test_calendar_goes_along_with_what_the_plan_has_on_its_days(demo: User, db: None) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(demo))) as archive:
        calendar: Any = Calendar.from_ical(archive.read("calendar.ics"))

    assert calendar.events
    assert {str(event["summary"]) for event in calendar.events} == {"hipfeet"}
    assert "calendar_feed" not in str(data_of(exported(demo)))


def test_hour_that_comes_in_takes_the_place_of_the_one_there_is(world: World) -> None:
    other = person("other@example.org")
    ReminderChoices.objects.create(person=other, hour=time(6))

    bring_in(person=other, incoming=read_export(exported(world.owner)))

    stored = ReminderChoices.objects.get(person=other)
    assert (stored.hour, stored.wanted) == (time(19), [ReminderKind.TRAINING, ReminderKind.WEEK])
    assert stored.look_next_at is not None


def test_data_fits_the_schema_that_comes_with_it(world: World) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(world.owner))) as archive:
        schema = json.loads(archive.read("schema.json"))

    assert set(schema["properties"]) == {"format", "version", "exported_at", "person", "tables"}
    assert set(schema["$defs"]["Tables"]["properties"]) == {table.name for table in TABLES}


# --- the pages ---


def test_file_is_shown_before_anything_changes_and_then_brought_in(world: World) -> None:
    file = exported(world.owner)
    other = person("other@example.org")
    client = confirmed(other)

    shown = text(client.post(PAGE, {"file": io.BytesIO(file)}, follow=True))

    assert "Bring this in?" in shown
    assert "Workouts 1" in shown
    assert not other.workouts.exists()
    said = text(client.post(PAGE, {"action": "bring"}, follow=True))
    assert "Your data is here." in said
    assert other.workouts.count() == 1
    assert not PendingImport.objects.exists()
    assert client.post(PAGE, {"action": "bring"}).status_code == 302, "a second tap"
    assert other.workouts.count() == 1


def test_used_account_is_asked_before_everything_is_replaced(world: World) -> None:
    file = exported(world.owner)
    client = confirmed(world.owner)

    shown = text(client.post(PAGE, {"file": io.BytesIO(file)}, follow=True))

    assert "Replace what you have?" in shown
    client.post(PAGE, {"action": "drop"})
    assert world.owner.workouts.get().pk == world.workout.pk
    client.post(PAGE, {"file": io.BytesIO(file)})
    client.post(PAGE, {"action": "bring"})
    assert world.owner.workouts.get().pk != world.workout.pk
    assert without_time(exported(world.owner)) == without_time(file)


def test_nothing_comes_in_without_the_password(world: World) -> None:
    client = Client()
    client.force_login(world.owner)

    for address in (PAGE, "/settings/export/"):
        assert client.get(address).headers["Location"].startswith("/accounts/reauthenticate/")
        assert client.post(address, {"action": "bring"}).status_code == 302


@pytest.mark.django_db
def test_file_nobody_said_yes_to_goes_after_a_day(time_machine: Any) -> None:
    other = person("other@example.org")
    PendingImport.objects.create(person=other, file=b"x")
    assert forget_old_files() == 0

    time_machine.move_to(now() + timedelta(hours=25))

    assert forget_old_files() == 1


# --- hostile and damaged files ---

Change = Callable[[dict[str, Any]], object]


def first(table: str, **values: Any) -> Change:
    return lambda data: data["tables"][table][0].update(values)


CHANGES: dict[str, tuple[Change, str]] = {
    "a later version": (lambda data: data.update(version=2), "This file is of version 2"),
    "no time": (lambda data: data.update(exported_at="soon"), "data.json, exported_at"),
    "another format": (lambda data: data.update(format="wger"), "does not come from hipfeet"),
    "no tables": (lambda data: data.update(tables=[]), "has no tables"),
    "a table of ours": (lambda data: data["tables"].update(users=[{}]), "There is no table users"),
    "an unknown column": (first("sets", person=1), "sets, line 1, person: extra inputs are not permitted"),
    "a missing column": (
        lambda data: data["tables"]["sets"][0].pop("side"),
        "sets, line 1, side: field required",
    ),
    "a side that is none": (first("sets", side="up"), "sets, line 1, side"),
    "too many repetitions": (first("sets", repetitions=201), "contradicts itself"),
    "a number as text": (first("sets", repetitions="5"), "sets, line 1, repetitions"),
    "a broken number": (first("sets", repetitions=1e400), "Infinity"),
    "an unknown exercise": (first("sets", exercise="burpee"), "sets, line 1: there is no exercise"),
    "an unknown step": (first("sets", rung="burpee"), "sets, line 1: there is no exercise"),
    "a workout that is not there": (first("sets", workout=9), "sets, line 1, workout: there is no line 9"),
    "place nought": (first("sets", workout=0), "sets, line 1, workout"),
    "a date that is none": (first("workouts", local_date="2026-02-30"), "workouts, line 1, local_date"),
    "a date long ago": (first("workouts", local_date="0001-01-01"), "workouts, line 1, local_date"),
    "an hour that is none": (first("reminders", hour="25:00:00"), "reminders, line 1, hour"),
    "an hour with a zone": (first("reminders", hour="18:00:00Z"), "a time of day has no time zone"),
    "a time without a zone": (
        first("workouts", started_at="2026-02-03T10:00:00"),
        "workouts, line 1, started_at",
    ),
    "a prescription of nothing": (first("workouts", prescription=7), "cannot be read"),
    "plates that are text": (first("equipment", plate_grams="1250"), "cannot be read"),
    "a result of nothing": (first("checks", result={"sides": 3}), "cannot be read"),
    "answers of nothing": (first("safety_answers", answers=[1]), "cannot be read"),
    "a plan with no lines": (first("plans", accepted=None), "contradicts itself"),
    "NUL": (first("workouts", note="a\0b"), "NUL"),
    "half a character": (first("workouts", note="\ud800"), "not JSON"),
    "a time zone of nowhere": (
        lambda data: data["person"].update(time_zone="Moon/Sea"),
        "is not a time zone",
    ),
    "two of one set": (
        lambda data: data["tables"]["sets"].append(data["tables"]["sets"][0]),
        "contradicts itself",
    ),
}


@pytest.fixture(scope="module")
def taken_along(world_of_the_module: World) -> bytes:
    return exported(world_of_the_module.owner)


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_file_that_was_changed_is_refused_whole_with_the_first_fault(change: str, taken_along: bytes) -> None:
    changes, said = CHANGES[change]
    data = data_of(taken_along)
    changes(data)
    other = person("other@example.org")
    client = confirmed(other)

    answer = client.post(PAGE, {"file": io.BytesIO(zipped(json.dumps(data)))}, follow=True)
    if answer.status_code == 200:
        answer = client.post(PAGE, {"action": "bring"}, follow=True)
    else:
        assert answer.status_code == 422

    assert said.lower() in text(answer).lower()
    assert data_of(exported(other))["tables"] == {table.name: [] for table in TABLES}
    other.refresh_from_db()
    assert other.time_zone == "UTC"


def encrypted() -> bytes:
    """The flag that says so, in the entry and in the list at the end."""
    file = bytearray(zipped("{}"))
    file[6] |= 1
    file[file.index(b"PK\x01\x02") + 8] |= 1
    return bytes(file)


def elsewhere() -> bytes:
    """A list at the end that points far outside the file."""
    file = bytearray(zipped("{}"))
    at = file.index(b"PK\x01\x02") + 42
    file[at : at + 4] = b"\xf0\xff\xff\x7f"
    return bytes(file)


def bomb() -> bytes:
    return zipped(b"0" * (101 * 1024 * 1024))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "This file is empty"),
        (b"PK\x03\x04 broken", "not a ZIP file"),
        (b"%PDF-1.7", "not a ZIP file"),
        (zipped("{}", method=zipfile.ZIP_BZIP2), "packed in a way"),
        (encrypted(), "is encrypted"),
        (elsewhere(), "not a ZIP file"),
        (zipped("{}", "../../data.json"), "There is no data.json"),
        (zipped("{"), "not JSON"),
        (zipped("[" * 100_000), "not JSON"),
        (zipped("[]"), "does not come from hipfeet"),
        (zipped("NaN"), "NaN"),
        (zipped(b"\xff\xfe"), "not text in UTF-8"),
        (bytes(20 * 1024 * 1024 + 1), "larger than 20 MB"),
        (bomb, "larger than 100 MB"),
        (
            zipped('{"format":"hipfeet","version":1,"tables":{"sets":[' + "0," * 300_001 + "0]}}"),
            "300,000 rows",
        ),
    ],
    ids=[
        "empty",
        "damaged",
        "pdf",
        "bzip2",
        "encrypted",
        "offset",
        "path",
        "half",
        "deep",
        "list",
        "nan",
        "bytes",
        "large",
        "bomb",
        "rows",
    ],
)
def test_file_that_is_none_of_ours_is_refused_in_words(file: bytes | Callable[[], bytes], said: str) -> None:
    client = confirmed(person("other@example.org"))

    answer = client.post(PAGE, {"file": io.BytesIO(file() if callable(file) else file)})

    assert answer.status_code == 422
    assert said in text(answer)
    assert not PendingImport.objects.exists()


def test_truncated_file_is_refused() -> None:
    with pytest.raises(BadFile, match="not a ZIP file"):
        read_export(zipped('{"format":"hipfeet"}')[:-30])
