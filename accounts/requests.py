"""What any view may ask of a request: who sent it, where it leads afterwards, and whether it wants JSON."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts.models import User

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
"""For a page with a form: any other method is refused with 405."""


def person_of(request: HttpRequest) -> User:
    """The signed-in person. Only for pages that LoginRequiredMiddleware keeps from visitors."""
    assert isinstance(request.user, User)  # noqa: S101  (LoginRequiredMiddleware stands before)
    return request.user


def local_address(request: HttpRequest, *, otherwise: str) -> str:
    """The address in `next` if it is one of ours; otherwise that of the page named `otherwise`."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    return address if is_ours else reverse(otherwise)


def wants_json(request: HttpRequest) -> bool:
    """Whether the player's queue (static/js/queue.js) sent it, not a form."""
    return request.headers.get("Accept") == "application/json"
