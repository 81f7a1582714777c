"""The project's own pages: privacy, accessibility, and the pages for errors."""

import math
import sys
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from psycopg.errors import ReadOnlySqlTransaction

from accounts.events import note
from accounts.limits import Limit, address_of, count
from accounts.models import EventKind, User
from accounts.requests import wants_json
from anatomy.access import public_page
from hipfeet.search import search as search_content
from hipfeet.search.documents import Document
from hipfeet.search.index import MOST_WORDS
from hipfeet.search.ranking import Hit
from hipfeet.shown_again import meanwhile, page_of_form, shown_again

A_MINUTE = timedelta(minutes=1)
SEARCHES = Limit("searches", 60, A_MINUTE)
TRY_AGAIN_AFTER = 30
"""Seconds to wait when the database did not answer."""


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, for how long and by whom, and every cookie by its name."""
    cookies = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "form_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "privacy.html", cookies)


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, and what was not."""
    return render(request, "accessibility.html")


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything public; without a question, what can be found. Not a page for search engines."""
    asked = request.GET.get("q", "")
    if asked:
        with suppress(DatabaseError):  # searching needs no database, and goes on without one
            count(SEARCHES, address_of(request))
    results = search_content(asked)
    groups = [
        (group, [(hit, _address(hit.document), _marked(hit)) for hit in group.hits])
        for group in results.groups
    ]
    return render(request, "search.html", {"results": results, "groups": groups, "most_words": MOST_WORDS})


def _address(found: Document) -> str:
    address = reverse(found.page, args=[found.slug] if found.slug else [])
    return f"{address}#{found.place}" if found.place else address


def _marked(hit: Hit) -> SafeString:
    """The part of its text around what was found, with that marked."""
    parts = (format_html("<mark>{}</mark>", part.text) if part.found else part.text for part in hit.snippet)
    return format_html_join("", "{}", ((part,) for part in parts))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    """400."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403."""
    _note_refusal(request)
    return render(request, "403.html", status=403)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token from before a sign-in, or a lost or blocked cookie: nothing was stored, and the page says what to do."""
    _note_refusal(request)
    if wants_json(request):
        return JsonResponse({"reason": "page_too_old"}, status=403)
    if page := shown_again(request, reason):
        return page
    context = {"meanwhile": meanwhile(request, reason), "page": page_of_form(request)}
    return render(request, "403_csrf.html", context, status=403)


def _note_refusal(request: HttpRequest) -> None:
    person = getattr(request, "user", None)  # a host that is refused comes before anybody is known
    note(EventKind.REFUSED, request, person if isinstance(person, User) else None)


def too_many(request: HttpRequest, wait: timedelta = A_MINUTE) -> HttpResponse:
    """429, and after how many seconds it may be tried again."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    page = render_to_string("429.html", request=request)
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds)})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404; of a page for people who are signed in, as of something that is another person's."""
    match = request.resolver_match
    if match is not None and request.user.is_authenticated and getattr(match.func, "login_required", True):
        _note_refusal(request)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it was the database that did not answer, or can write no more.

    Neither template gets the request, as whatever failed may fail again in a context processor.
    """
    if not _is_the_databases(sys.exception()):
        return HttpResponse(render_to_string("500.html"), status=500)
    page = render_to_string("503.html", {"can_load_again": request.method == "GET"})
    return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN_AFTER)})


def _is_the_databases(problem: BaseException | None) -> bool:
    """Whether it is away, full, or takes no writes; the last is an OperationalError of SQLite only."""
    is_read_only = isinstance(problem, InternalError) and isinstance(
        problem.__cause__, ReadOnlySqlTransaction
    )
    return isinstance(problem, OperationalError) or is_read_only
