"""What views ask of a request: where it leads afterwards."""

import pytest
from django.test import RequestFactory

from accounts.requests import local_address


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
