"""The calendar: a private address, what stands in it and what never does, and how cheap it is to ask for."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts.clock import now
from accounts.models import User
from assessments.actions.safety import record_visit
from assessments.rules.safety import Verdict
from exercises.actions.plan import change_plan, end_plan, undo_end
from exercises.rules.reminding import ReminderKind
from exercises.rules.slots import DateChange, DateChangeKind
from hipfeet.mail.models import ReminderChoices
from hipfeet.mail.reminders import keep_reminders
from hipfeet.owndata.feed import make_address, turn_off
from hipfeet.owndata.models import CalendarFeed
from tests.builders import person
from tests.builders_training import (
    MONDAY,
    MONDAY_NOON,
    a_finished_check,
    a_running_plan,
    begun,
    confirmed_as,
    field,
    lists_answered,
    signed_in_as,
    text,
    training,
)

PAGE = "/settings/calendar/"
ADDRESS = re.compile(r'value="http://testserver(/calendar/[\w-]+\.ics)"')


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann(db: None, clock: time_machine.Traveller) -> User:
    """Someone in Berlin with a plan since this Monday, after a check."""
    one = person("ann@example.org", time_zone="Europe/Berlin")
    a_finished_check(one)
    a_running_plan(one)
    return one


def address_of(one: User, key: str = "a key") -> str:
    feed = CalendarFeed.objects.filter(person=one).first()
    token = make_address(person=one, key=key, seen=feed.revision if feed else 0)
    return f"/calendar/{token}.ics"


def read(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def events(address: str) -> dict[str, Any]:
    """{what it is, without the number of the plan: entry}"""
    found = read(address).events
    return {str(event["uid"]).split("-", 5)[5].removesuffix("@hipfeet"): event for event in found}


def changed(one: User, kind: DateChangeKind, **known: Any) -> None:
    so_far = training(one)
    change = DateChange(kind, on=so_far.today, **known)
    change_plan(plan=so_far.plan, change=change, today=so_far.today)


# --- what stands in it ---


def test_calendar_tells_of_every_workout_and_look_to_come_and_nothing_about_health(ann: User) -> None:
    address = address_of(ann)

    found = events(address)

    assert list(found)[:3] == ["1", "2", "3"]
    assert {key for key in found if not key.isdecimal()} == {"look-4", "look-8", "look-12"}
    assert {str(event["summary"]) for event in found.values()} == {"hipfeet"}
    assert {str(event["class"]) for event in found.values()} == {"PRIVATE"}
    assert {name for event in found.values() for name in event} == {
        *("UID", "SUMMARY", "CLASS", "URL", "DTSTART", "DURATION"),
        *("SEQUENCE", "DTSTAMP", "LAST-MODIFIED"),
    }
    assert found["1"].start.isoformat() == "2026-10-05T18:00:00+02:00"
    assert found["36"].start.isoformat() == "2026-12-25T18:00:00+01:00"
    assert found["1"].duration == timedelta(minutes=30)
    assert {str(one["url"]) for one in found.values()} == {
        "http://localhost:8000/",
        "http://localhost:8000/check/",
    }


def test_calendar_names_its_zone_for_the_time_it_covers_and_no_longer(ann: User) -> None:
    calendar = Client().get(address_of(ann)).content.decode()

    assert calendar.count("BEGIN:VTIMEZONE") == 1
    assert re.findall(r"DTSTART:(\d+)T", calendar) == ["20261005", "20261025"]
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in calendar


def test_entries_begin_at_the_persons_hour_and_ring_if_they_are_asked_to(ann: User) -> None:
    address = address_of(ann)
    assert events(address)["1"].alarms.times == []

    ReminderChoices.objects.create(person=ann, hour=time(7, 15))
    CalendarFeed.objects.filter(person=ann).update(alarm_minutes=10)

    entry = events(address)["1"]
    assert entry.start.isoformat() == "2026-10-05T07:15:00+02:00"
    assert [one.trigger.isoformat() for one in entry.alarms.times] == ["2026-10-05T07:05:00+02:00"]


def test_calendar_without_a_plan_holds_no_entry_and_is_whole(db: None) -> None:
    calendar = read(address_of(person("new@example.org", time_zone="America/New_York")))

    assert calendar.events == []
    assert [zone.tz_name for zone in calendar.timezones] == ["America/New_York"]


def test_zone_that_is_none_counts_as_utc(ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(time_zone="Mars/Olympus")

    assert events(address_of(ann))["1"].start == datetime(2026, 10, 5, 18, tzinfo=UTC)


def test_hour_that_a_day_does_not_have_stands_as_it_is(ann: User, clock: time_machine.Traveller) -> None:
    """Programs read 2:30 on the night in which clocks go forward as 3:30 (RFC 5545, 3.3.5)."""
    end_plan(person=ann, today=MONDAY)
    clock.move_to(datetime(2027, 3, 26, 12, tzinfo=UTC))
    lists_answered(ann)
    a_running_plan(ann, weekdays=(6,))
    ReminderChoices.objects.create(person=ann, hour=time(2, 30))

    calendar = Client().get(address_of(ann)).content.decode()

    assert "DTSTART;TZID=Europe/Berlin:20270328T023000\r\n" in calendar


# --- versions: UID, SEQUENCE, DTSTAMP ---


def test_entry_keeps_its_name_when_it_moves_and_says_that_it_changed(
    ann: User, clock: time_machine.Traveller
) -> None:
    address = address_of(ann)
    before = events(address)["1"]
    clock.shift(timedelta(minutes=5))
    changed(ann, DateChangeKind.MOVE, slot=1, to=MONDAY + timedelta(days=1))
    clock.shift(timedelta(minutes=5))

    after = events(address)["1"]

    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.start - before.start == timedelta(days=1)
    assert before["dtstamp"].dt == before["last-modified"].dt == MONDAY_NOON
    assert after["dtstamp"].dt == after["last-modified"].dt == MONDAY_NOON + timedelta(minutes=5)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: ReminderChoices.objects.update_or_create(person=one, defaults={"hour": time(7)}),
        lambda one: CalendarFeed.objects.filter(person=one).update(alarm_minutes=30),
        lambda one: User.objects.filter(pk=one.pk).update(time_zone="America/New_York"),
    ],
    ids=["hour", "alarm", "zone"],
)
def test_another_hour_alarm_or_zone_is_a_change_of_every_entry_once(
    ann: User, clock: time_machine.Traveller, change: Any
) -> None:
    address = address_of(ann)
    events(address)
    clock.shift(timedelta(minutes=5))
    change(ann)

    for _ in range(2):
        found = events(address)
        clock.shift(timedelta(minutes=5))

        assert {event["sequence"] for event in found.values()} == {1}
        assert {event["dtstamp"].dt for event in found.values()} == {MONDAY_NOON + timedelta(minutes=5)}


def test_hold_takes_every_entry_out_and_its_end_brings_them_back_as_changed(
    ann: User, clock: time_machine.Traveller
) -> None:
    address = address_of(ann)
    lists_answered(ann, "RF6")
    assert events(address) == {}

    clock.shift(timedelta(days=2))
    record_visit(person=ann, causes=["RF6"], seen_on=MONDAY + timedelta(days=2), verdict=Verdict.YES)

    found = events(address)
    assert found["1"].start.date() == MONDAY + timedelta(days=2)
    assert found["1"]["sequence"] == 2
    assert found["1"]["dtstamp"].dt == now()


def test_ending_a_plan_empties_the_calendar_and_undoing_it_fills_it_again(ann: User) -> None:
    address = address_of(ann)
    before = events(address)
    end_plan(person=ann, today=MONDAY)
    assert events(address) == {}

    undo_end(person=ann, today=MONDAY)

    assert events(address) == before


# --- asked again ---


def test_program_that_has_it_is_told_so_after_two_queries_with_nothing_built(ann: User) -> None:
    address = address_of(ann)
    first = Client().get(address)

    with CaptureQueriesContext(connection) as asked:
        second = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == "private, no-cache"
    assert [query["sql"].split()[0] for query in asked] == ["SELECT", "SELECT"]


def test_compressed_calendar_is_known_again_too(ann: User) -> None:
    address = address_of(ann)
    packed = Client().get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"

    again = Client().get(
        address, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    )

    assert again.status_code == 304


def test_calendar_asked_again_and_again_stays_two_reads_each_and_writes_nothing(ann: User) -> None:
    address = address_of(ann)
    etag = Client().get(address).headers["ETag"]
    client = Client(headers={"If-None-Match": etag})

    with CaptureQueriesContext(connection) as asked:
        statuses = {client.get(address).status_code for _ in range(50)}

    assert statuses == {304}
    assert len(asked.captured_queries) <= 100
    assert all(query["sql"].startswith("SELECT") for query in asked)


CHANGES: dict[str, Any] = {
    "a workout begun": begun,
    "a workout skipped": lambda one: changed(one, DateChangeKind.SKIP, slot=2, why=""),
    "a pause": lambda one: changed(one, DateChangeKind.PAUSE),
    "other days": lambda one: changed(one, DateChangeKind.WEEKDAYS, weekdays=(1, 4)),
    "a safety lock": lambda one: lists_answered(one, "RF6"),
    "a check": a_finished_check,
    "the end of the plan": lambda one: end_plan(person=one, today=MONDAY),
    "another zone": lambda one: User.objects.filter(pk=one.pk).update(time_zone="Asia/Tokyo"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_program_gets_a_new_calendar_after(change: str, ann: User, clock: time_machine.Traveller) -> None:
    address = address_of(ann)
    etag = Client().get(address).headers["ETag"]
    clock.shift(timedelta(minutes=5))

    CHANGES[change](ann)

    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 200


def test_program_gets_a_new_calendar_on_the_next_local_day(ann: User, clock: time_machine.Traveller) -> None:
    address = address_of(ann)
    etag = Client().get(address).headers["ETag"]

    clock.move_to(datetime(2026, 10, 5, 21, 59, tzinfo=UTC))
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304

    clock.move_to(datetime(2026, 10, 5, 22, 0, tzinfo=UTC))  # midnight in Berlin
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 200


# --- whose ---


def test_guessed_malformed_and_old_addresses_are_one_and_the_same_page(ann: User) -> None:
    old = address_of(ann, "first")
    address_of(ann, "second")
    turned_off = person("off@example.org")
    gone = address_of(turned_off)
    turn_off(person=turned_off)
    inactive = person("inactive@example.org")
    shut = address_of(inactive)
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    guessed = f"/calendar/{'A' * 43}.ics"

    answers = [
        Client().get(one)
        for one in (
            old,
            gone,
            shut,
            guessed,
            "/calendar/.ics",
            "/calendar/x.ics",
            "/calendar/%00.ics",
            "/nowhere/",
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_address_is_stored_as_a_hash_only(ann: User) -> None:
    token = address_of(ann).removeprefix("/calendar/").removesuffix(".ics")

    assert len(token) >= 43
    assert token not in str(list(CalendarFeed.objects.values()))


def test_calendar_needs_no_one_signed_in_and_sets_no_cookie(ann: User) -> None:
    response = Client().get(address_of(ann))

    assert not response.cookies
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_two_calendars_at_one_address_are_refused_by_the_database(ann: User, stranger: User) -> None:
    CalendarFeed.objects.create(person=ann, token_hash="x")
    for token_hash in ("", "y"):
        CalendarFeed.objects.update_or_create(person=stranger, defaults={"token_hash": token_hash})

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.filter(person=stranger).update(token_hash="x")


def test_alarm_that_nobody_can_choose_is_refused_by_the_database(ann: User) -> None:
    with pytest.raises(IntegrityError, match="calendar_alarm_is_known"), transaction.atomic():
        CalendarFeed.objects.create(person=ann, alarm_minutes=7)


# --- the page ---


def form_of(client: Client) -> dict[str, str]:
    """The hidden fields of the form that makes an address."""
    page = client.get(PAGE)
    return {name: field(page, name) for name in ("key", "revision")}


def made(client: Client, **sent: Any) -> Any:
    return client.post(PAGE, {"hour": "07:30", "alarm_minutes": "30", **form_of(client), **sent})


def test_first_form_makes_an_address_and_shows_it_once(ann: User) -> None:
    client = confirmed_as(ann)

    page = made(client)

    address = ADDRESS.findall(page.content.decode())[0]
    assert f'href="webcal://testserver{address}"' in page.content.decode()
    assert events(address)["1"].start.isoformat() == "2026-10-05T07:30:00+02:00"
    assert ADDRESS.findall(client.get(PAGE).content.decode()) == []
    assert "made on 5 October 2026" in text(client.get(PAGE))


def test_form_sent_twice_shows_the_same_address(ann: User) -> None:
    client = confirmed_as(ann)
    form = form_of(client)

    pages = [made(client, **form).content.decode() for _ in range(2)]

    assert len({ADDRESS.findall(page)[0] for page in pages}) == 1


def test_new_address_ends_the_old_one_and_an_old_form_brings_nothing_back(ann: User) -> None:
    client = confirmed_as(ann)
    first = form_of(client)
    old = ADDRESS.findall(made(client, **first).content.decode())[0]

    page = client.post(PAGE, {"action": "make", **form_of(client)})

    new = ADDRESS.findall(page.content.decode())[0]
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    said = text(client.post(PAGE, {"hour": "07:30", **first}, follow=True))
    assert "Nothing was changed" in said
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)


def test_calendar_that_is_turned_off_stays_off_when_an_old_form_arrives(ann: User) -> None:
    client = confirmed_as(ann)
    first = form_of(client)
    address = ADDRESS.findall(made(client, **first).content.decode())[0]

    for _ in range(2):
        said = text(client.post(PAGE, {"action": "off"}, follow=True))
        assert "Your calendar is turned off." in said
    client.post(PAGE, {"hour": "07:30", **first})

    assert Client().get(address).status_code == 404


def test_hour_and_alarm_are_saved_without_touching_the_address(ann: User) -> None:
    client = confirmed_as(ann)
    address = ADDRESS.findall(made(client).content.decode())[0]

    said = client.post(PAGE, {"hour": "20:00", "alarm_minutes": ""}, follow=True)

    assert "Saved: your calendar." in text(said)
    assert events(address)["1"].start.hour == 20
    assert events(address)["1"].alarms.times == []


def test_saving_the_calendar_leaves_reminders_as_they_are(ann: User) -> None:
    keep_reminders(person=ann, hour=time(18), wanted=[ReminderKind.WEEK])

    made(confirmed_as(ann))

    stored = ReminderChoices.objects.get(person=ann)
    assert (stored.hour, stored.wanted) == (time(7, 30), [ReminderKind.WEEK])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hour": ""}, "Write a time such as 18:00."),
        ({"hour": "25:00"}, "Write a time such as 18:00."),
        ({"hour": "six"}, "Write a time such as 18:00."),
        ({"alarm_minutes": "7"}, "Choose an alarm from the list."),
    ],
)
def test_bad_hour_or_alarm_is_said_in_words_and_makes_no_address(
    ann: User, wrong: dict[str, str], said: str
) -> None:
    client = confirmed_as(ann)

    page = made(client, **wrong)

    assert page.status_code == 422
    assert text(page).count(said) == 2
    assert not CalendarFeed.objects.exclude(token_hash="").exists()


@pytest.mark.parametrize("sent", [{"action": "make"}, {"action": "make", "key": "x", "revision": "-1"}])
def test_form_that_was_tampered_with_makes_no_address(ann: User, sent: dict[str, str]) -> None:
    client = confirmed_as(ann)

    said = text(client.post(PAGE, sent, follow=True))

    assert "Nothing was changed" in said
    assert not CalendarFeed.objects.exclude(token_hash="").exists()


def test_address_is_made_only_for_who_says_once_more_who_they_are(ann: User) -> None:
    client = signed_in_as(ann)

    asked = client.post(PAGE, {"hour": "07:30", "alarm_minutes": "", "key": "x", "revision": "0"})

    assert asked.headers["Location"] == f"/accounts/reauthenticate/?next={PAGE.replace('/', '%2F')}"
    assert not CalendarFeed.objects.exclude(token_hash="").exists()
