"""Pages never wait for a mail server, and a mail is sent when it answers again: once, while it still holds."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.checks import run_checks
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from hipfeet.mail.models import OutboxMail
from hipfeet.mail.outbox import KEPT, WAITS, deliver_due, forget_old_mails, post
from tests.builders import PASSWORD, person
from tests.builders_training import signed_in_as, text
from tests.mail_server import FAULTS, MailServer, running_mail_server

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with running_mail_server() as server:
        settings.MAIL_AT_ONCE = False
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_TIMEOUT = 0.2
        yield server


def a_mail(**known: Any) -> OutboxMail:
    post(**{"address": "ann@example.org", "subject": "hipfeet", "text": "Good morning", **known})
    return OutboxMail.objects.latest("written_at")


def states() -> list[str]:
    return list(OutboxMail.objects.order_by("written_at").values_list("state", flat=True))


# --- pages ---


def sign_up(client: Client, email: str = "new@example.org") -> HttpResponse:
    return client.post("/accounts/signup/", {"email": email, "password1": PASSWORD})  # type: ignore[return-value]


def says_who_it_is(client: Client, user: User) -> None:
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


CODE_PAGE = "/accounts/confirm-email/"
Sends = Callable[[Client], Any]
FLOWS: dict[str, tuple[Sends, Sends]] = {
    # what was done before, while the mail server was well; what is sent when it is not
    "sign up": (lambda _: None, sign_up),
    "a new code": (sign_up, lambda client: client.post(CODE_PAGE, {"action": "resend"})),
    "sign in without a confirmed address": (
        lambda _: person("half@example.org") and EmailAddress.objects.update(verified=False),
        lambda client: client.post("/accounts/login/", {"login": "half@example.org", "password": PASSWORD}),
    ),
    "a new password": (
        lambda _: person("ann@example.org"),
        lambda client: client.post("/accounts/password/reset/", {"email": "ann@example.org"}),
    ),
    "a new password for nobody we know": (
        lambda _: None,
        lambda client: client.post("/accounts/password/reset/", {"email": "nobody@example.org"}),
    ),
    "another address in the settings": (
        lambda client: says_who_it_is(client, person("ann@example.org")),
        lambda client: client.post("/accounts/email/", {"email": "ann.new@example.org", "action_add": "1"}),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("flow", FLOWS)
def test_form_that_sends_a_mail_asks_no_mail_server_and_the_mail_is_sent_later(
    flow: str, mail_server: MailServer, client: Client, clock: time_machine.Traveller
) -> None:
    before, sends = FLOWS[flow]
    mail_server.fault = "hangs"
    before(client)
    OutboxMail.objects.all().delete()
    clock.shift(timedelta(minutes=1))
    client.get("/accounts/login/")

    assert sends(client).status_code == 302

    assert mail_server.calls == 0
    assert states() == ["waiting"]
    mail_server.fault = ""
    assert deliver_due() == 1
    assert len(mail_server.mails) == 1


@pytest.mark.django_db
def test_code_from_the_outbox_confirms_the_address(mail_server: MailServer, client: Client) -> None:
    sign_up(client)
    deliver_due()

    client.post(CODE_PAGE, {"code": mail_server.code_sent()})

    assert EmailAddress.objects.get(verified=True).email == "new@example.org"


@pytest.mark.django_db
def test_mail_is_its_persons_also_before_they_confirmed_the_address(
    mail_server: MailServer, client: Client
) -> None:
    sign_up(client)
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert [mail.person and mail.person.email for mail in OutboxMail.objects.order_by("written_at")] == [
        "new@example.org",
        None,
    ]


# --- sending ---


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_mail_that_was_not_taken_is_sent_when_the_server_is_well_again(
    fault: str, mail_server: MailServer, clock: time_machine.Traveller
) -> None:
    mail = a_mail()
    mail_server.fault = fault

    assert deliver_due() == 0

    assert states() == ["waiting"]
    mail_server.fault = ""
    assert deliver_due() == 0, "it waits before it tries again"
    clock.shift(WAITS[0])
    assert deliver_due() == 1
    assert set(mail_server.numbers()) == {str(mail.pk)}, "under the same Message-ID"
    assert OutboxMail.objects.values_list("state", "subject", "text").get() == ("sent", "", "")


@pytest.mark.django_db
def test_mail_for_an_address_that_is_refused_for_good_is_not_tried_again(
    mail_server: MailServer, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    a_mail()
    mail_server.fault = "refuses the address"

    deliver_due()
    clock.shift(timedelta(days=1))
    deliver_due()

    assert mail_server.calls == 1
    assert OutboxMail.objects.values_list("state", "text").get() == ("refused", "")
    assert "refused for good: SMTPRecipientsRefused" in caplog.text
    assert "example.org" not in caplog.text


@pytest.mark.django_db
def test_address_that_no_mail_can_be_written_to_keeps_no_other_mail_waiting(
    mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Forms take it, as any letters may stand in a domain; but a label of one holds at most 63 in the end."""
    too_long = f"ann@{'é' * 60}.org"
    assert sign_up(Client(), too_long).status_code == 302
    a_mail()

    deliver_due()

    assert states() == ["refused", "sent"]
    assert "refused for good: UnicodeError" in caplog.text
    assert "é" not in caplog.text


@pytest.mark.django_db
def test_mail_is_given_up_after_the_last_try(
    mail_server: MailServer, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    a_mail()
    mail_server.fault = "closes"

    for wait in [timedelta(0), *WAITS]:
        assert states() == ["waiting"]
        clock.shift(wait)
        deliver_due()

    assert mail_server.calls == 1 + len(WAITS)
    assert OutboxMail.objects.values_list("state", "text").get() == ("given_up", "")
    assert "example.org" not in caplog.text


@pytest.mark.django_db
def test_code_past_its_life_is_not_sent(
    mail_server: MailServer, client: Client, clock: time_machine.Traveller, settings: Any
) -> None:
    sign_up(client)
    clock.shift(timedelta(seconds=settings.CODE_SECONDS + 1))

    assert deliver_due() == 0

    assert mail_server.calls == 0
    assert states() == ["given_up"]


@pytest.mark.django_db
def test_mails_go_with_their_person(mail_server: MailServer) -> None:
    ann = person("ann@example.org")
    a_mail()

    ann.delete()

    assert not OutboxMail.objects.exists()


@pytest.mark.django_db
def test_what_became_of_a_mail_is_forgotten_after_a_month(
    mail_server: MailServer, clock: time_machine.Traveller
) -> None:
    a_mail()
    deliver_due()
    a_mail()
    clock.shift(KEPT + timedelta(days=1))

    assert forget_old_mails() == 1

    assert states() == ["waiting"]


@pytest.mark.django_db
def test_settings_say_that_an_address_is_refused_until_a_mail_arrives(
    mail_server: MailServer, clock: time_machine.Traveller
) -> None:
    ann = signed_in_as(person("ann@example.org"))
    said = "Our last e-mail to this address was refused."
    a_mail()
    mail_server.fault = "refuses the address"
    deliver_due()
    assert said in text(ann.get("/settings/"))

    mail_server.fault = ""
    clock.shift(timedelta(minutes=1))
    a_mail()
    deliver_due()

    assert said not in text(ann.get("/settings/"))


# --- an operator ---


@pytest.mark.django_db
def test_operator_is_told_when_mails_wait_for_more_than_five_minutes(
    mail_server: MailServer, client: Client, clock: time_machine.Traveller
) -> None:
    def told() -> tuple[bytes, list[str | None]]:
        found = run_checks(include_deployment_checks=True, databases=["default"])
        return client.get("/readyz").content, [one.id for one in found if one.id == "mail.W001"]

    a_mail()
    clock.shift(timedelta(minutes=4))
    assert told() == (b"ready", [])

    clock.shift(timedelta(minutes=3))
    assert told() == (b"ready, but an e-mail has waited for 7 minutes", ["mail.W001"])

    deliver_due()
    assert told() == (b"ready", [])


@pytest.mark.django_db
def test_command_for_a_scheduler_says_how_many_it_sent(
    mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    a_mail()
    a_mail()

    call_command("deliver", once=True)

    assert capsys.readouterr().out == "0 reminders written, 2 e-mails sent\n"


def test_worker_ends_when_it_is_told_to(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'mail.sqlite3'}"
    environment = {**os.environ, "DEBUG": "true", "SECRET_KEY": "worker", "DATABASE_URL": database}
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "migrate", "-v0"], env=environment, check=True)  # noqa: S603
    with subprocess.Popen([*command, "deliver"], env=environment, stdout=subprocess.PIPE) as worker:  # noqa: S603
        assert worker.stdout
        worker.stdout.readline()  # it begins

        worker.send_signal(signal.SIGTERM)

        assert worker.wait(timeout=30) == 0
