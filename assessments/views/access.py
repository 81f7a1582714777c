"""The steps before a page of the check: whether one is open, and whether it still may be answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import get_or_post
from anatomy.blocks import Block
from assessments.actions.check import AttemptClosed
from assessments.models import Attempt
from assessments.rows import (
    Owner,
    open_attempt,
    rest_today,
)
from assessments.views.guest import owner_of

CheckView = Callable[..., HttpResponse]
"""Takes the request, the owner, the open attempt, and what the address says."""


def with_open_attempt(view: CheckView) -> CheckView:
    """Find the attempt being answered. Without one: the start; an expired one is gone; a closed one says so.

    A form names the attempt it was made for: one left open in an old tab is not stored in a newer check.
    """

    @login_not_required
    @get_or_post
    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        owner = owner_of(request)
        attempt = open_attempt(owner)
        if owner is None or attempt is None:
            return _no_open_attempt(request, owner)
        if attempt.has_expired:
            return render(request, "assessments/expired.html", status=410)
        if request.POST.get("attempt", str(attempt.pk)) != str(attempt.pk):
            return closed(request, owner)
        try:
            return view(request, owner, attempt, **kwargs)
        except AttemptClosed:
            return closed(request, owner)

    return found


def closed(request: HttpRequest, owner: Owner, *, why: Block | None = None) -> HttpResponse:
    """A POST to a check that is over: nothing was stored, why, and whether another can begin."""
    context = {"may_begin": rest_today(owner) is None, "why": why}
    return render(request, "assessments/closed.html", context, status=409)


def _no_open_attempt(request: HttpRequest, owner: Owner | None) -> HttpResponse:
    """A POST must not seem to be stored: it says that this check is over. A GET begins at the start."""
    if request.method == "POST" and owner and Attempt.objects.filter(**owner.fields).exists():
        return closed(request, owner)
    return redirect("check")
