"""Every page of allauth that a person can reach is in our look and in our words."""

import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.template import Engine
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User
from tests.builders import PASSWORD
from tests.builders_training import confirmed_as
from tests.hipfeet.test_isolation import patterns
from tests.hipfeet.test_second_factors import with_app

ROOT = Path(__file__).resolve().parents[2]
FOREIGN_WORDS = re.compile(
    r"\b(emails?|log ?in|log ?out|authenticator|two-factor|security keys?|deactivate)\b", re.IGNORECASE
)

pytestmark = pytest.mark.django_db


def names_of_allauth() -> set[str]:
    prefixes = ("account_", "mfa_", "usersessions_")
    return {str(one.name) for one in patterns(get_resolver()) if str(one.name).startswith(prefixes)}


def pages(owner: User, stranger: User) -> Iterator[tuple[str, str]]:
    """Each page by its name, as somebody meets it."""
    with_all, _ = with_app(owner)
    key = Authenticator.objects.create(
        user=owner, type="webauthn", data={"name": "Firefox on Android", "credential": {}}
    )
    plain, visitor = confirmed_as(stranger), Client()
    for name in sorted(names_of_allauth()):
        address = (
            reverse(name, args=[key.pk])
            if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"}
            else reverse(name)
        )
        if name in {"mfa_reauthenticate_webauthn"}:
            continue  # needs a passkey that a browser made: tests/journeys/test_passkeys.py
        # A passkey that no browser made cannot be named to a browser.
        for client in (plain,) if name == "mfa_add_webauthn" else (with_all, plain, visitor):
            answer = client.get(address)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                yield name, answer.content.decode()
    key.delete()
    yield from pages_on_the_way(owner)


def pages_on_the_way(owner: User) -> Iterator[tuple[str, str]]:
    """Those that stand between two others."""
    client = Client()
    yield (
        "mfa_authenticate",
        client.post(
            "/accounts/login/", {"login": owner.email, "password": PASSWORD}, follow=True
        ).content.decode(),
    )
    for name, asks in (
        ("account_confirm_login_code", "/accounts/login/code/"),
        ("account_confirm_password_reset_code", "/accounts/password/reset/"),
    ):
        client = Client()
        yield name, client.post(asks, {"email": owner.email}, follow=True).content.decode()
    code = str(mail.outbox[-1].body).split("Your code is")[1].split()[0]
    yield (
        "account_complete_password_reset",
        client.post("/accounts/password/reset/confirm/", {"code": code}, follow=True).content.decode(),
    )
    new = {"email": "new@example.org", "password1": PASSWORD}
    yield (
        "account_email_verification_sent",
        Client().post("/accounts/signup/", new, follow=True).content.decode(),
    )


def test_each_page_is_in_our_look_and_words(owner: User, stranger: User) -> None:
    seen = set()
    for name, html in pages(owner, stranger):
        seen.add(name)
        assert 'class="skip" href="#main"' in html, name
        assert html.count("<h1") == 1, name
        words = re.sub(r"<(script|title)\b.*?</\1>", " ", html, flags=re.DOTALL)
        words = " ".join(re.sub(r"<[^>]+>|\S+@\S+", " ", words).split())
        assert not FOREIGN_WORDS.findall(words), (name, FOREIGN_WORDS.findall(words))
    missed = names_of_allauth() - seen - {"mfa_reauthenticate_webauthn", "mfa_login_webauthn"}
    assert missed <= {"account_set_password", "mfa_download_recovery_codes"}, missed


@pytest.mark.parametrize("folder", ["account", "mfa", "usersessions"])
def test_no_template_of_allauth_is_used_as_it_ships(folder: str) -> None:
    shipped = Path(allauth.__file__).parent / "templates"
    never = {
        *("account/base_", "account/snippets", "mfa/base_", "mfa/trust", "mfa/webauthn/signup_form"),
        *("mfa/webauthn/snippets", "mfa/webauthn/base", "mfa/totp/base", "mfa/recovery_codes/base"),
        *(
            "account/signup_by_passkey",
            "account/password_reset_key",
            "account/phone_",
            "account/confirm_phone",
        ),
        *(
            "account/email/password_reset_key",
            "account/email/email_confirmation_signup",
            "usersessions/base_",
        ),
        *("account/messages/unverified", "account/messages/phone", "account/confirm_email"),
    }
    """Layouts of its own, and what settings keep switched off."""

    foreign = [
        str(path.relative_to(shipped))
        for path in (shipped / folder).rglob("*.*")
        if not str(path.relative_to(shipped)).startswith(tuple(never))
        and ROOT
        not in Path(Engine.get_default().get_template(str(path.relative_to(shipped))).origin.name).parents
    ]

    assert foreign == []
