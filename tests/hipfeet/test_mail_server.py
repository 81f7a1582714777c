"""A mail server that hangs, refuses or breaks off: a page in words, nothing half-written, and later it works."""

import re
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from hipfeet import settings as project
from tests.builders import PASSWORD, person

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FAULTS = ("hangs", "breaks off", "hangs at the end", "closes", "refuses the sender", "refuses the address")


class Conversation(socketserver.StreamRequestHandler):
    """One client of the mail server."""

    server: "MailServer"

    def handle(self) -> None:
        fault = self.server.fault
        if fault == "hangs":
            self.server.over.wait(30)
        if fault in {"hangs", "closes"}:
            return
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if (verb, fault) in {("MAIL", "refuses the sender"), ("RCPT", "refuses the address")}:
                self.say("550 no")
            elif verb == "DATA":
                self.say("354 go on")
                if fault == "breaks off":
                    self.rfile.readline()
                    return
                mail = self.rest_of_the_mail()
                if fault == "hangs at the end":
                    self.server.over.wait(30)
                    return
                self.server.mails.append(mail)
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 yes")
                if verb == "QUIT":
                    return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def rest_of_the_mail(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline().decode()) not in {".\r\n", ""}:
            lines.append(line)
        return "".join(lines)


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server of our own: what it took, and what is wrong with it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.fault = ""
        self.mails: list[str] = []
        self.over = threading.Event()

    def handle_error(self, *_: object) -> None:
        """A client that gave up."""

    def code_sent(self) -> str:
        found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", self.mails[-1], re.MULTILINE)
        assert found, self.mails[-1]
        return found[1]


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_TIMEOUT = 0.2
        yield server
        server.over.set()
        server.shutdown()


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for numbers that mean nothing."""
    meaningless = {EmailAddress: {"id"}}
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in meaningless.get(model, ())}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in apps.get_models()
    }


def sign_up(client: Client, email: str = "new@example.org") -> HttpResponse:
    return client.post("/accounts/signup/", {"email": email, "password1": PASSWORD})  # type: ignore[return-value]


CODE_PAGE = "/accounts/confirm-email/"
Sends = Callable[[Client], Any]
FLOWS: dict[str, tuple[Sends, Sends]] = {
    # what was done before, while the mail server was well; what is sent when it is not
    "sign up": (lambda _: None, sign_up),
    "a new code": (sign_up, lambda client: client.post(CODE_PAGE, {"action": "resend"})),
    "another address while signing up": (
        sign_up,
        lambda client: client.post(CODE_PAGE, {"action": "change", "email": "newer@example.org"}),
    ),
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
        lambda client: client.force_login(person("ann@example.org")),
        lambda client: client.post("/accounts/email/", {"email": "ann.new@example.org", "action_add": "1"}),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("flow", "fault"),
    [*product(FLOWS, ("hangs", "breaks off")), *(("sign up", fault) for fault in FAULTS[2:])],
)
def test_form_whose_mail_is_not_sent_says_so_changes_nothing_and_works_later(
    flow: str, fault: str, mail_server: MailServer, client: Client
) -> None:
    before, sends = FLOWS[flow]
    with time_machine.travel(NOON, tick=False):
        before(client)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        client.get("/accounts/login/")
        stored = everything()
        mail_server.fault = fault

        failed = sends(client)

        assert failed.status_code == 503
        assert failed.headers["Retry-After"] == "30"
        assert "<h1>We could not send the e-mail</h1>" in failed.content.decode()
        assert everything() == stored

    mail_server.fault = ""
    sent_before = len(mail_server.mails)
    with time_machine.travel(NOON + timedelta(minutes=1, seconds=30), tick=False):
        assert sends(client).status_code == 302
    assert len(mail_server.mails) == sent_before + 1


@pytest.mark.django_db
def test_mail_server_that_nobody_listens_for_is_no_error_of_ours(settings: Any, client: Client) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert sign_up(client).status_code == 503
    assert not User.objects.exists()


@pytest.mark.django_db
def test_code_sent_before_the_mail_server_failed_still_works(mail_server: MailServer, client: Client) -> None:
    sign_up(client)
    code = mail_server.code_sent()
    mail_server.fault = "hangs"
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=30)):
        client.post(CODE_PAGE, {"action": "resend"})
        client.post(CODE_PAGE, {"action": "change", "email": "newer@example.org"})

        client.post(CODE_PAGE, {"code": code})

    assert EmailAddress.objects.get(verified=True).email == "new@example.org"
    assert client.get("/settings/").status_code == 200


@pytest.mark.django_db
def test_account_that_is_in_use_is_never_taken_back(mail_server: MailServer, client: Client) -> None:
    """A stale code page of an account that was confirmed elsewhere must not bring its old address back."""
    sign_up(client)
    User.objects.update(email="now@example.org")
    EmailAddress.objects.update(email="now@example.org", verified=True)
    mail_server.fault = "closes"
    stored = everything()

    client.post("/accounts/password/reset/", {"email": "now@example.org", "action": "change"})

    assert everything() == stored


@pytest.mark.django_db
def test_mail_server_that_hangs_is_waited_for_as_long_as_the_settings_say(
    mail_server: MailServer, settings: Any, client: Client
) -> None:
    settings.EMAIL_TIMEOUT = project.EMAIL_TIMEOUT
    mail_server.fault = "hangs"
    begun = time.monotonic()

    sign_up(client)

    assert 4.5 < time.monotonic() - begun < 15


@pytest.mark.django_db
def test_log_says_that_no_mail_was_sent_and_not_to_whom(
    mail_server: MailServer, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    mail_server.fault = "refuses the address"

    sign_up(client)

    assert "no e-mail was sent: SMTPRecipientsRefused" in caplog.text
    assert "example.org" not in caplog.text
