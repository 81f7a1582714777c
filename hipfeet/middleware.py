"""What every response gets, whichever view made it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

from accounts.events import note
from accounts.limits import TooMany
from accounts.models import EventKind
from accounts.requests import wants_json
from hipfeet.log import page_named
from hipfeet.mail.outbox import waits_too_long
from hipfeet.shown_again import page_of_form
from hipfeet.views import too_many
from hipfeet.views_account import ask_who_it_is

View = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), screen-wake-lock=(self)"


class AccessLogMiddleware:
    """Tells the server what to write into its access log (`gunicorn.conf.py`): the page's name."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the name where gunicorn finds it."""
        response = self.get_response(request)
        request.META["page"] = page_named(request)
        return response


class HealthCheckMiddleware:
    """Answers /healthz (the process runs) and /readyz (it can serve people).

    Before all others, not a view: load balancers ask by IP address, which ALLOWED_HOSTS would refuse,
    and over plain HTTP, which would be redirected.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two addresses, pass on everything else."""
        if request.path == "/healthz":
            return HttpResponse("ok", content_type="text/plain")
        if request.path == "/readyz":
            problem = _not_ready_because()
            said = problem or ", but ".join(filter(None, ("ready", waits_too_long())))
            return HttpResponse(said, content_type="text/plain", status=503 if problem else 200)
        return self.get_response(request)


def _not_ready_because() -> str:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return "no database"
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "migrations pending" if pending else ""


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends a visitor to sign in; the player's queue, which cannot go there, is told so."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[Any, Any],
    ) -> HttpResponseBase | None:
        """The way to sign in; None where the page may be shown."""
        sign_in = super().process_view(request, view_func, view_args, view_kwargs)
        if sign_in is None:
            return None
        if not wants_json(request):
            page = page_of_form(request)
            return sign_in if page == request.path else redirect_to_login(page)
        address = resolve_url(settings.LOGIN_URL)
        return JsonResponse({"reason": "signed_out", "sign_in": address}, status=HTTPStatus.FORBIDDEN)


class PlainErrorsMiddleware:
    """Errors in words and with the right status, also where the framework answers by itself."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put words on the refusal of a method: Django's own answer is an empty page."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell whoever has tried too often when they may go on; ask who it is where a page must know."""
        if isinstance(exception, TooMany):
            return too_many(request, exception.wait)
        return ask_who_it_is(request) if isinstance(exception, ReauthenticationRequired) else None

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Allauth answers 200 to a form with errors; here every refused form is a 422."""
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and form is not None and form.errors:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
            if {"code", "credential"} & set(form.errors):
                note(EventKind.CODE_REFUSED, request)
        return response


class PrivacyHeadersMiddleware:
    """Keeps every page out of every cache and of other sites' pages, and grants the browser few powers.

    Pages that are the same for everyone are released by `page_cache.py`, and by nothing else. A calendar says itself
    what the program that reads it may keep.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(response, ("Cookie",))
        return response
