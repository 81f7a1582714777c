"""What every response gets, whichever view made it."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from time import perf_counter
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

from accounts.events import note
from accounts.limits import TooMany
from accounts.models import EventKind
from accounts.requests import wants_json
from hipfeet.log import number_of, page_named, request_number
from hipfeet.shown_again import page_of_form
from hipfeet.views import too_many
from hipfeet.views_account import ask_who_it_is
from hipfeet.watching import observed

log = logging.getLogger("hipfeet.requests")

View = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), screen-wake-lock=(self)"


class RequestLogMiddleware:
    """Gives each request its number, logs a line about it, and counts it for whoever watches."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say how that went."""
        number = number_of(request)
        # Never taken back: what gunicorn still logs of the request carries it, too.
        request_number.set(number)
        asked, begun = DatabaseTime(), perf_counter()
        with connection.execute_wrapper(asked):
            response = self.get_response(request)
        seconds, page, method = perf_counter() - begun, page_named(request), str(request.method)
        observed(
            page=page,
            method=method,
            status=response.status_code,
            seconds=seconds,
            statements=asked.statements,
            database_seconds=asked.seconds,
        )
        fields = {
            "page": page,
            "method": method,
            "status": response.status_code,
            "bytes": int(response.headers.get("Content-Length", 0)),
            "milliseconds": round(1000 * seconds, 1),
        }
        log.info("request", extra={"fields": fields})
        response.headers["X-Request-ID"] = number
        return response


class DatabaseTime:
    """Wraps what is sent to the database, and adds up how long it takes."""

    def __init__(self) -> None:
        self.statements, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Send a statement."""
        begun = perf_counter()
        try:
            return execute(*statement)
        finally:
            self.statements += 1
            self.seconds += perf_counter() - begun


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
