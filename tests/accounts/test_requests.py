"""What views ask of a request: where it leads afterwards."""

import pytest
from django.test import Client, RequestFactory

from accounts.models import User
from accounts.requests import local_address
from tests.builders import PASSWORD


@pytest.mark.parametrize(
    ("sent", "after"),
    [
        ("/plan/new/?step=2", "/plan/new/?step=2"),
        ("", "/settings/"),
        ("plan/", "/settings/"),
        ("//elsewhere.example/", "/settings/"),
        ("https://elsewhere.example/", "/settings/"),
        ("/\\elsewhere.example/", "/settings/"),
        ("javascript:alert(1)", "/settings/"),
    ],
)
def test_form_goes_on_to_addresses_of_ours_only(sent: str, after: str) -> None:
    by_get = RequestFactory().get("/", {"next": sent})
    by_post = RequestFactory().post("/", {"next": sent})

    addresses = {local_address(request, otherwise="settings") for request in (by_get, by_post)}

    assert addresses == {after}


@pytest.mark.parametrize(
    ("sent", "after"),
    [
        ("/settings/?step=2", "/settings/?step=2"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("/\t/elsewhere.example/", "/"),
        ("https:elsewhere.example", "/"),
        ("https://testserver@elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[::1", "/"),
    ],
)
def test_signing_in_leads_to_addresses_of_ours_only(owner: User, sent: str, after: str) -> None:
    client = Client()
    assert client.get("/accounts/login/", {"next": sent}).status_code == 200

    signed_in = client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD, "next": sent})
    said_again = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": sent})

    assert [one.headers["Location"] for one in (signed_in, said_again)] == [after] * 2
