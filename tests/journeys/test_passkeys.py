"""Passkeys with Chromium's virtual authenticator: added, used to sign in and to say who one is, removed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.builders import PASSWORD
from tests.journeys.conftest import NewPage, Server
from tests.journeys.factors import with_authenticator
from tests.journeys.walk import press

pytestmark = pytest.mark.browser


def signed_in(new_page: NewPage, server: Server, email: str) -> Page:
    page = new_page()
    session = server.session_of("first day", email)
    page.context.add_cookies([{"name": "session", "value": session, "url": server.address}])
    return page


def confirm(page: Page) -> None:
    """Say once more who it is, with the password."""
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button.button").first.click()


def add_a_passkey(page: Page) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Your passkeys")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/settings/")
    press(page, "Sign out")


def test_passkey_is_added_signs_in_says_who_one_is_and_is_removed(new_page: NewPage, server: Server) -> None:
    page = signed_in(new_page, server, "passkey@example.org")
    cdp, device = with_authenticator(page)
    add_a_passkey(page)
    name = page.locator("main dt").first.inner_text()
    assert re.fullmatch(r"Chrom\w+ on Linux", name)
    assert len(cdp.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    sign_out(page)

    page.goto("/accounts/login/?next=/settings/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(
        page.get_by_role("heading", name="You", exact=True)
    ).to_be_visible()  # no second step: a passkey is both

    page.goto("/settings/export/")
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Take your data along")).to_be_visible()

    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name=f"Remove {name}").click()
    page.get_by_role("button", name="Remove it").click()
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("This did not work. Try again, or choose another way.")).to_be_visible()
    page.goto("/settings/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_passkey_opens_an_account_that_takes_no_password_for_a_while(
    new_page: NewPage, server: Server
) -> None:
    page = signed_in(new_page, server, "locked@example.org")
    with_authenticator(page)
    add_a_passkey(page)
    sign_out(page)
    for _ in range(11):
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill("locked@example.org")
        page.locator("input[name=password]").fill("not the right one")
        press(page, "Sign in")
    expect(page.get_by_role("main")).to_contain_text("There were too many wrong tries.")

    page.get_by_role("button", name="Use a passkey").click()

    expect(page).to_have_title(re.compile("^Today"))


def test_device_that_does_not_know_its_owner_says_so_and_keeps_the_page(
    new_page: NewPage, server: Server
) -> None:
    page = signed_in(new_page, server, "passkey2@example.org")
    with_authenticator(page, verifies=False)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("What shall it be called?").fill("My old phone")

    page.get_by_role("button", name="Add a passkey").click()

    expect(page.get_by_text("That did not work, or it was stopped.")).to_be_visible()
    assert page.get_by_label("What shall it be called?").input_value() == "My old phone"


def test_sign_in_without_scripts_offers_what_works(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto("/accounts/login/")

    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    expect(page.get_by_role("link", name="Send me a code by e-mail")).to_be_visible()


def test_password_is_shown_and_hidden_and_sent_as_one(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=password]").fill("my secret words")

    page.get_by_role("button", name="Show the password").click()
    expect(page.locator("input[name=password]")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide the password").click()

    expect(page.locator("input[name=password]")).to_have_attribute("type", "password")


def test_signing_out_removes_what_the_browser_kept_but_for_sets_that_wait(
    new_page: NewPage, server: Server
) -> None:
    page = signed_in(new_page, server, "signs-out@example.org")
    page.goto("/settings/")
    page.evaluate("localStorage.setItem('sound', 'on'); localStorage.setItem('waiting-0-x', '{}')")

    press(page, "Sign out")

    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == ["waiting-0-x"]
