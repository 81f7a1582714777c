"""/design/: every component in every state, light above dark. In development only (hipfeet/urls.py).

A part of the page is a template in templates/design/, drawn once in each scheme. What it shows are real pages,
partials and forms with the made-up values of design_examples.py; no database is asked.
"""

import re
from copy import copy
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_safe

from hipfeet import colours
from hipfeet.design_examples import pages, values

PARTS = (
    "colours",
    "type",
    "space",
    "frame",
    "buttons",
    "cards",
    "questions",
    "fields",
    "errors",
    "notices",
    "advice",
    "evidence",
    "mirror",
    "today",
    "plan",
    "player",
    "log",
    "charts",
    "counting",
    "search",
    "tables",
    "empty",
    "refusals",
    "pictures",
    "plates",
    "home",
    "paper",
)

_ID = re.compile(r'( (?:id|for|aria-labelledby|aria-describedby)="| (?:href|data-read)="#)([^"]+)(?=")')


@login_not_required
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every part in both schemes."""
    # Whoever looks: the scripts of a signed-in person would send what is made up.
    request.user = AnonymousUser()
    made_up = {**values(), "pages": {name: _main_of(*page, request) for name, page in pages().items()}}
    drawn = {
        part: {scheme: _drawn(part, scheme, made_up, request) for scheme in colours.tokens()}
        for part in PARTS
    }
    return render(request, "design.html", {"drawn": drawn})


@login_not_required
@require_safe
def scheme_colours(_request: HttpRequest) -> HttpResponse:
    """Both schemes as classes, taken from the stylesheet, so that a page can show them at once."""
    return HttpResponse(colours.as_classes(), content_type="text/css; charset=utf-8")


urlpatterns = [
    path("", design, name="design"),
    path("schemes.css", scheme_colours, name="design_schemes"),
]


def _drawn(part: str, scheme: str, made_up: dict[str, Any], request: HttpRequest) -> str:
    """A part in one scheme, its ids its own, as everything stands on the page twice."""
    context = {**made_up, "tokens": colours.tokens()[scheme], "contrasts": colours.contrasts(scheme)}
    # A copy of the request, as it remembers which words and notes its page has had.
    html = render_to_string(f"design/{part}.html", context, copy(request))
    own = f"{part}-{scheme}-"
    return _ID.sub(lambda found: found[1] + " ".join(own + name for name in found[2].split()), html)


def _main_of(template: str, context: dict[str, Any], request: HttpRequest) -> str:
    """What a real page has between header and footer."""
    html = render_to_string(template, context, copy(request))
    return html[html.index(">", html.index("<main")) + 1 : html.index("</main>")]
