"""A code app as a second step, recovery codes, codes by e-mail; passkeys are in tests/journeys/test_passkeys.py."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.builders import PASSWORD
from tests.builders_training import confirmed_as, signed_in_as, text

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FACTORS = "/accounts/2fa/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def code(secret: str, *, steps: int = 0) -> str:
    """What an app shows whose clock is so many half minutes ahead."""
    return str(format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30 + steps)))


def with_app(owner: User) -> tuple[Client, str]:
    """Someone who has just set up a code app, and its secret."""
    client = confirmed_as(owner)
    secret = client.get(f"{FACTORS}totp/activate/").context["form"].secret
    client.post(f"{FACTORS}totp/activate/", {"code": code(secret)})
    return client, secret


def with_password(owner: User) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})


@pytest.mark.django_db(transaction=True)
def test_setting_up_asks_who_it_is_and_tells_by_mail(owner: User) -> None:
    assert signed_in_as(owner).get(f"{FACTORS}totp/activate/").headers["Location"].startswith("/accounts/rea")

    client, _ = with_app(owner)

    assert Authenticator.objects.filter(user=owner, type="totp").exists()
    assert mail.outbox[-1].to == [owner.email]
    assert "second step" in str(mail.outbox[-1].body)
    assert "Recovery codes" in text(client.get(f"{FACTORS}recovery-codes/"))


def test_picture_for_the_app_is_drawn_in_the_page_and_black_on_white(owner: User) -> None:
    page = confirmed_as(owner).get(f"{FACTORS}totp/activate/").content.decode()

    assert 'fill="#fff"/><path' in page
    assert "data:image" not in page
    assert "<?xml" not in page


def test_signing_in_needs_the_code_of_the_app_and_a_code_is_taken_once(
    owner: User, clock: time_machine.Traveller
) -> None:
    _, secret = with_app(owner)
    clock.shift(timedelta(minutes=3))
    client, answer = with_password(owner)
    assert answer.headers["Location"] == f"{FACTORS}authenticate/"
    assert client.get("/settings/").status_code == 302

    assert client.post(f"{FACTORS}authenticate/", {"code": "000000"}).status_code == 422
    assert client.post(f"{FACTORS}authenticate/", {"code": code(secret)}).status_code == 302

    assert client.get("/settings/").status_code == 200
    again, _ = with_password(owner)
    clock.shift(timedelta(seconds=31))
    used = code(secret, steps=-1)
    for typed in (used, f"{used[:3]} {used[3:]}"):
        assert again.post(f"{FACTORS}authenticate/", {"code": typed}).status_code == 422


@pytest.mark.parametrize(("steps", "status"), [(-1, 302), (1, 302), (-4, 422), (4, 422)])
def test_clock_of_the_phone_may_be_half_a_minute_off_and_not_two_minutes(
    owner: User, clock: time_machine.Traveller, steps: int, status: int
) -> None:
    _, secret = with_app(owner)
    clock.shift(timedelta(minutes=10))
    client, _ = with_password(owner)

    answer = client.post(f"{FACTORS}authenticate/", {"code": code(secret, steps=steps)})

    assert answer.status_code == status


def test_recovery_code_works_once(owner: User) -> None:
    client, _ = with_app(owner)
    codes = client.get(f"{FACTORS}recovery-codes/").context["unused_codes"]
    assert len(codes) == 10

    for status in (302, 422):
        browser, _ = with_password(owner)
        assert browser.post(f"{FACTORS}authenticate/", {"code": codes[0]}).status_code == status


def test_recovery_codes_are_not_shown_to_who_has_not_said_who_they_are(
    owner: User, clock: time_machine.Traveller
) -> None:
    client, _ = with_app(owner)
    codes = client.get(f"{FACTORS}recovery-codes/").context["unused_codes"]
    clock.shift(timedelta(minutes=6))

    for page in ("recovery-codes/", "recovery-codes/download/"):
        asked = client.get(FACTORS + page)

        assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
        assert not [one for one in codes if one in asked.content.decode()]


def test_turning_it_off_asks_who_it_is_and_tells_by_mail(owner: User, clock: time_machine.Traveller) -> None:
    client, secret = with_app(owner)
    clock.shift(timedelta(minutes=6))
    assert (
        client.post(f"{FACTORS}totp/deactivate/").headers["Location"].startswith("/accounts/reauthenticate/")
    )
    assert Authenticator.objects.filter(user=owner, type="totp").exists()

    assert "Code from your app, or a recovery code" in text(client.get(f"{FACTORS}reauthenticate/"))
    client.post(f"{FACTORS}reauthenticate/", {"code": code(secret)})
    client.post(f"{FACTORS}totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert "no second step any more" in str(mail.outbox[-1].body)


def code_by_mail(client: Client, address: str) -> str:
    client.post("/accounts/login/code/", {"email": address})
    return str(mail.outbox[-1].body).split("Your code is")[1].split()[0]


def test_code_by_mail_signs_in(owner: User) -> None:
    client = Client()

    client.post("/accounts/login/code/confirm/", {"code": code_by_mail(client, owner.email)})

    assert client.get("/settings/").status_code == 200


def test_code_by_mail_still_needs_the_second_step(owner: User) -> None:
    with_app(owner)
    client = Client()

    answer = client.post("/accounts/login/code/confirm/", {"code": code_by_mail(client, owner.email)})

    assert answer.headers["Location"].startswith(f"{FACTORS}authenticate/")
    assert client.get("/settings/").status_code == 302


def test_code_by_mail_that_is_mistyped_old_or_used_signs_nobody_in(
    owner: User, clock: time_machine.Traveller
) -> None:
    client = Client()
    sent = code_by_mail(client, owner.email)
    assert client.post("/accounts/login/code/confirm/", {"code": "WRONG-1"}).status_code == 422
    clock.shift(timedelta(minutes=16))

    client.post("/accounts/login/code/confirm/", {"code": sent})
    assert client.get("/settings/").status_code == 302

    used = code_by_mail(client, owner.email)
    client.post("/accounts/login/code/confirm/", {"code": used})
    client.post("/accounts/logout/")
    client.post("/accounts/login/code/confirm/", {"code": used})
    assert client.get("/settings/").status_code == 302


def test_second_tab_that_asks_for_a_code_leads_to_the_one_that_was_sent(owner: User) -> None:
    client = Client()
    sent = code_by_mail(client, owner.email)

    again = client.post("/accounts/login/code/", {"email": owner.email})

    assert again.headers["Location"].startswith("/accounts/login/code/confirm/")
    assert len(mail.outbox) == 1
    assert client.post("/accounts/login/code/confirm/", {"code": sent}).status_code == 302
    assert client.get("/settings/").status_code == 200


def test_second_step_that_was_turned_off_meanwhile_begins_anew(owner: User) -> None:
    """On another device, by who cannot find the app: the two pages must not lead to each other for ever."""
    elsewhere, _ = with_app(owner)
    client, _ = with_password(owner)
    elsewhere.post(f"{FACTORS}totp/deactivate/")

    client.get("/accounts/login/", follow=True)

    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    assert client.get("/settings/").status_code == 200


def test_tab_that_signs_in_once_more_leads_on(owner: User) -> None:
    client, _ = with_password(owner)

    again = client.post(
        "/accounts/login/", {"login": owner.email, "password": "not this one", "next": "/settings/"}
    )

    assert again.headers["Location"] == "/settings/"


def test_of_two_tabs_that_set_up_an_app_the_later_key_counts(owner: User) -> None:
    client = confirmed_as(owner)
    first, second = (client.get(f"{FACTORS}totp/activate/").context["form"].secret for _ in range(2))

    assert client.post(f"{FACTORS}totp/activate/", {"code": code(first)}).status_code == 422
    assert client.post(f"{FACTORS}totp/activate/", {"code": code(second)}).status_code == 302


def test_code_of_one_browser_signs_nobody_in_elsewhere(owner: User) -> None:
    mine, other = Client(), Client()
    sent = code_by_mail(mine, owner.email)
    other.post("/accounts/login/code/", {"email": "nobody@example.org"})

    other.post("/accounts/login/code/confirm/", {"code": sent})

    assert other.get("/settings/").status_code == 302


def test_passkey_that_is_made_up_signs_nobody_in(anonymous: Client) -> None:
    for sent in ("", "{}", "[]", "7", '"x"', '{"id": "x"}', '{"response": {"userHandle": "MQ"}}', "not json"):
        answer = anonymous.post(f"{FACTORS}webauthn/login/", {"credential": sent})

        assert answer.status_code == 302, sent
    assert anonymous.get("/settings/").status_code == 302


def test_passkeys_and_code_apps_of_others_cannot_be_touched(owner: User, stranger: User) -> None:
    key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Firefox on Android"})
    client = confirmed_as(stranger)

    for what in ("edit", "remove"):
        assert client.get(f"{FACTORS}webauthn/keys/{key.pk}/{what}/").status_code == 404
        assert client.post(f"{FACTORS}webauthn/keys/{key.pk}/{what}/", {"name": "x"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
