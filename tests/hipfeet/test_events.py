"""What happens with an account is written down for its owner and for the log, and nothing else of the person is."""

import csv
import io
import json
import logging
import re
import zipfile
from contextlib import closing

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client

from accounts.models import AccountEvent, EventKind, User
from hipfeet.owndata.exporting import export_of
from tests.architecture.test_settings import ROOT
from tests.builders import PASSWORD, person
from tests.builders_training import text
from tests.hipfeet.test_second_factors import with_app
from tests.postgres_log import log_file

OTHER_PASSWORD = "another long enough secret"


def kinds_of(someone: User | None) -> list[str]:
    return list(AccountEvent.objects.filter(person=someone).order_by("pk").values_list("kind", flat=True))


def code_in_the_mail() -> str:
    found = re.search(r"^\s*([A-Z0-9]{4,}-?[A-Z0-9]*)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def exported(who: User) -> bytes:
    with export_of(who) as file:
        return file.read()


def browser() -> Client:
    return Client(REMOTE_ADDR="203.0.113.77")


def sign_in(who: User, password: str = PASSWORD) -> Client:
    client = browser()
    client.post("/accounts/login/", {"login": who.email, "password": password})
    return client


# --- each thing that happens ---


@pytest.mark.django_db
def test_signing_up_is_written_down_step_by_step(caplog: pytest.LogCaptureFixture) -> None:
    client = browser()
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    client.post("/accounts/confirm-email/", {"code": "WRONG1"})
    client.post("/accounts/confirm-email/", {"code": code_in_the_mail()})

    new = User.objects.get(email="new@example.org")
    assert kinds_of(new) == ["signed_up", "code_sent", "signed_in"]
    refused = next(record for record in caplog.records if record.getMessage() == "code_refused")
    assert vars(refused)["fields"]["person"] is None
    assert vars(refused)["fields"]["network"] == "203.0.113.0/24"
    assert set(AccountEvent.objects.values_list("network", flat=True)) == {"203.0.113.0/24"}


def test_failed_and_successful_sign_ins_are_told_apart(owner: User) -> None:
    sign_in(owner, "not this one")
    sign_in(owner)

    assert kinds_of(owner) == ["sign_in_failed", "signed_in"]


@pytest.mark.django_db
def test_try_at_an_address_that_nobody_has_costs_the_same_row() -> None:
    browser().post("/accounts/login/", {"login": "nobody@example.org", "password": "not this one"})

    assert kinds_of(None) == ["sign_in_failed"]


def test_new_password_by_code_is_written_down(owner: User) -> None:
    client = browser()
    client.post("/accounts/password/reset/", {"email": owner.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in_the_mail()})
    client.post(
        "/accounts/password/reset/complete/", {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    )

    assert {"code_sent", "password_reset"} <= set(kinds_of(owner))


def test_new_password_is_written_down(owner: User) -> None:
    """It needs the old one; a wrong one changes nothing and is told apart."""
    client = sign_in(owner)
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    new = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}

    refused = client.post("/accounts/password/change/", {"oldpassword": "not this one", **new})
    before = kinds_of(owner)
    changed = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})

    assert (refused.status_code, changed.status_code) == (422, 302)
    assert "password_changed" not in before
    assert "password_changed" in kinds_of(owner)


@pytest.mark.django_db(transaction=True)  # allauth tells of a second factor once it is stored
def test_second_factors_and_devices_are_written_down(owner: User) -> None:
    client, _ = with_app(owner)
    client.post("/accounts/2fa/totp/deactivate/")
    sign_in(owner)
    client.post("/accounts/sessions/")

    told = kinds_of(owner)
    assert {"factor_added", "factor_removed", "signed_out_elsewhere"} <= set(told)
    assert told.index("factor_added") < told.index("factor_removed")


def test_second_step_that_fails_is_written_down_as_its_guesser_has_the_password(owner: User) -> None:
    with_app(owner)
    before = len(kinds_of(owner))
    client = sign_in(owner)

    for number in range(12):
        client.post("/accounts/2fa/authenticate/", {"code": f"00000{number % 10}"})

    assert kinds_of(owner)[before:] == ["sign_in_failed"] * 10, (
        "past the limit nothing is tried, so nothing is added"
    )


def test_lock_is_written_down_once(owner: User) -> None:
    for _ in range(12):
        sign_in(owner, "not this one")

    assert kinds_of(owner).count("sign_in_failed") == 10
    assert kinds_of(owner).count("locked") == 1


def test_session_has_a_new_key_after_signing_in(owner: User) -> None:
    client = browser()
    client.post("/check/", {"adult": "on", "keep": "on"})
    before = client.session.session_key

    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})

    assert before is not None
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_what_is_done_with_the_own_data_is_written_down(owner: User) -> None:
    client = sign_in(owner)
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    client.post("/settings/export/").getvalue()  # to its end, or the file stays open
    client.post("/settings/import/", {"file": io.BytesIO(exported(owner))})
    client.post("/settings/import/", {"action": "bring"})
    client.post("/settings/erase/", {"what": "health"})
    client.post("/settings/calendar/", {"action": "make", "key": "k", "revision": "0"})
    client.post("/settings/calendar/", {"action": "off"})

    assert kinds_of(owner)[1:] == [
        "exported",
        "imported",
        "health_erased",
        "calendar_address",
        "calendar_off",
    ]


def test_refusals_are_logged_and_stand_on_no_list(
    owner: User, stranger: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="hipfeet.security")
    theirs = Client()
    theirs.force_login(stranger)

    theirs.get("/workouts/2026-11-24/")
    theirs.get("/nowhere/")
    Client(enforce_csrf_checks=True).post("/check/", {"adult": "on"})

    lines = [
        {"kind": record.getMessage(), **vars(record)["fields"]}
        for record in caplog.records
        if record.name == "hipfeet.security"
    ]
    assert lines == [
        {"kind": "refused", "person": stranger.pk, "network": "127.0.0.0/24", "page": "workout"},
        {"kind": "refused", "person": None, "network": "127.0.0.0/24", "page": "check"},
    ]
    assert kinds_of(owner) == kinds_of(stranger) == []


# --- the list ---


def test_owner_sees_what_happened_by_their_own_clock_and_the_latest_first(owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone="Asia/Tokyo")
    sign_in(owner, "not this one")
    client = sign_in(owner)
    AccountEvent.objects.filter(kind="signed_in").update(happened_at="2026-11-24T20:30:00Z")
    AccountEvent.objects.filter(kind="sign_in_failed").update(happened_at="2026-11-24T20:29:00Z")

    page = text(client.get("/settings/events/"))

    failed = "25 Nov, 05:29 Somebody tried to sign in and was not let in from 203.0.113.0/24"
    assert f"25 Nov, 05:30 Signed in from 203.0.113.0/24 {failed}" in page


def test_nobody_sees_anybody_elses_list(owner: User, stranger: User) -> None:
    sign_in(owner, "not this one")

    page = text(sign_in(stranger).get("/settings/events/"))

    assert "was not let in" not in page
    assert "Signed in from" in page


def test_list_says_when_there_is_nothing(signed_in: Client) -> None:
    assert "Nothing in the last 90 days." in text(signed_in.get("/settings/events/"))


def test_long_list_shows_its_latest_lines_with_as_many_queries(owner: User, signed_in: Client) -> None:
    AccountEvent.objects.bulk_create(
        AccountEvent(person=owner, kind=EventKind.SIGNED_IN, network=f"10.0.{number % 256}.0/24")
        for number in range(300)
    )

    assert signed_in.get("/settings/events/").content.decode().count("<dt>") == 100


def test_what_strangers_try_washes_nothing_off_the_list(owner: User, signed_in: Client) -> None:
    AccountEvent.objects.create(person=owner, kind=EventKind.PASSKEY_ADDED)
    AccountEvent.objects.bulk_create(
        AccountEvent(person=owner, kind=kind)
        for kind in (EventKind.SIGN_IN_FAILED, EventKind.SIGN_UP_TRIED, EventKind.CODE_SENT)
        for _ in range(200)
    )

    page = text(signed_in.get("/settings/events/"))

    assert "A passkey was added" in page
    assert page.index("We sent a code") < page.index("A passkey was added"), "the latest first"


def test_list_goes_along_to_be_read_and_never_comes_in(owner: User) -> None:
    sign_in(owner)
    other = person("other@example.org")

    with zipfile.ZipFile(io.BytesIO(exported(owner))) as archive:
        table = archive.read("csv/account_events.csv").decode("utf-8-sig")
        data = json.loads(archive.read("data.json"))

    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["kind"], row["network"]) for row in rows] == [("signed_in", "203.0.113.0/24")]
    assert "account_events" not in data["tables"]
    assert kinds_of(other) == []


def test_list_is_erased_with_the_account(owner: User) -> None:
    client = sign_in(owner)
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})

    client.post("/settings/erase/", {"what": "everything"})

    assert not AccountEvent.objects.exists()


# --- PostgreSQL's own log ---


@pytest.mark.django_db(transaction=True)
def test_postgresql_logs_no_row_that_it_refused(owner: User) -> None:
    """Under the options of compose.yaml; and without them it does, or this test would see nothing."""
    if connection.vendor != "postgresql" or (path := log_file()) is None:
        pytest.skip("needs PostgreSQL and its log")
    compose = (ROOT / "compose.yaml").read_text()
    options = re.findall(r"^\s+- -c\n\s+- (\S+)$", compose, re.MULTILINE)
    named = connection.settings_dict
    address = (
        f"postgres://{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}/{named['NAME']}"
    )
    insert = "INSERT INTO accounts_user (email, password, name) VALUES (%s, %s, 'health-answer-' || %s)"

    def logged(*settings: str) -> str:
        before = path.stat().st_size
        with (
            closing(psycopg.connect(address, options=" ".join(f"-c {one}" for one in settings))) as database,
            pytest.raises(psycopg.IntegrityError),
        ):
            database.execute(insert, (owner.email, "password-hash", "of-theirs"))
        with path.open() as log:
            log.seek(before)
            return log.read()

    as_it_comes, as_we_start_it = logged(), logged(*options)

    assert len(options) >= 5
    assert "INSERT INTO" in as_it_comes
    assert "ERROR:" in as_we_start_it
    for secret in (owner.email, "password-hash", "health-answer", "of-theirs", "INSERT"):
        assert secret not in as_we_start_it
