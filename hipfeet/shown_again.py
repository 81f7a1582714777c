"""A form whose token is older than a sign-in: shown again with what was typed, and nothing stored."""

import inspect
from urllib.parse import urlsplit

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.forms import typed_before

TOKEN_CHANGED = "CSRF token from POST incorrect."  # noqa: S105  (Django's reason)


def page_of_form(request: HttpRequest) -> str:
    """The local address at which a form that was sent can be found again, for a GET.

    Its own address; where that takes nothing but a POST, the page it stood on, or else the page above.
    """
    if _has_page(request.path):
        return request.path
    stood_on = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(stood_on, allowed_hosts={request.get_host()})
    address = urlsplit(stood_on).path if is_ours else ""
    address = address if address.startswith("/") else request.path
    while not _has_page(address):
        address = address.rstrip("/").rpartition("/")[0] + "/"
    return address


def _has_page(address: str) -> bool:
    """Whether an address exists and takes a GET: `require_POST`, outside all else, keeps what it takes in its closure."""
    try:
        view = resolve(address).func
    except Resolver404:
        return False
    methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
    return methods is None or "GET" in methods


def meanwhile(request: HttpRequest, reason: str) -> str:
    """What has happened since the page was loaded: "in", "out" (the person signed in, or out), or "" for anything else."""
    match = request.resolver_match
    if match is None or reason != TOKEN_CHANGED:
        return ""
    if not isinstance(request.user, AnonymousUser):
        return "in"  # signing in is what changes the token of a browser that keeps its cookies
    return "out" if getattr(match.func, "login_required", True) else ""


def shown_again(request: HttpRequest, reason: str) -> HttpResponse | None:
    """The page of the form, its fields as they were sent; None where there is no such page.

    Made by a GET of that page, so that nothing from a request without a valid token can be stored. Only for a token that
    has changed: without a cookie it would come back again and again, and what another site sent is not shown at all.
    """
    match = request.resolver_match
    since = meanwhile(request, reason)
    if match is None or reason != TOKEN_CHANGED or since == "out" or match.route.startswith("accounts/"):
        return None
    typed = typed_before.set(request.POST)
    request.method, request.POST = "GET", type(request.POST)()
    request.shown_again = since or "old"  # type: ignore[attr-defined]  # templates/base.html says so
    try:
        page: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except (Http404, ReauthenticationRequired):  # no such page, or who it is must be said first
        return None
    finally:
        typed_before.reset(typed)
        request.method = "POST"
    if page.status_code != 200:
        del request.shown_again  # type: ignore[attr-defined]
        return None
    page.status_code = 403
    return page
