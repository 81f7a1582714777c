"""What is told to programs: to search engines every public page, and to finders of a weak spot where to write."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.clock import now
from anatomy.access import public_page
from anatomy.catalogue import catalogue
from anatomy.entries import Entry
from exercises.rules.catalogue import catalogue as exercises_catalogue
from hipfeet.context import WAYS_IN

STAYS_TRUE = timedelta(days=90)
"""How long who reads where to write may rely on it; the standard advises less than a year."""

LISTS = {
    "learn": "topic",
    "questions": "question",
    "muscles": "muscle",
    "structures": "structure",
    "evidence": "claim",
    "sources": "source",
}
"""Pages that list all entries of a kind: they change when one of them does."""
UNDATED = ("home", "exercises", "how_progress_works", *sorted(WAYS_IN), "privacy", "accessibility")


class PublicPages(Sitemap):  # type: ignore[type-arg] # it is generic in its stubs only
    """Every public page as (address, day it was last checked)."""

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002  (Django's signature)
        """The site's own name, whatever name the request used."""
        return urlsplit(settings.SITE_ORIGIN).netloc

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002
        """As get_domain."""
        return urlsplit(settings.SITE_ORIGIN).scheme

    def items(self) -> list[tuple[str, date | None]]:
        """Lists, then what they list."""
        known = catalogue()
        pages: dict[str, list[Entry]] = {
            "topic": [*known.topics.values()],
            "question": [*known.questions.values()],
            "arch": [*known.arches.values()],
            "structure": [*known.structures.values()],
            "muscle_group": [*known.groups.values()],
            "muscle": [*known.muscles.values()],
            "claim": [*known.claims.values()],
            "source": [*known.sources.values()],
        }
        return [
            *((reverse(name), None) for name in UNDATED),
            *((reverse(name), max(e.checked for e in pages[kind])) for name, kind in LISTS.items()),
            (reverse("glossary"), known.glossary_checked),
            *((reverse(kind, args=[e.slug]), e.checked) for kind, entries in pages.items() for e in entries),
            *((reverse("exercise", args=[e.slug]), None) for e in exercises_catalogue().exercises.values()),
        ]

    def location(self, item: tuple[str, date | None]) -> str:
        """The address."""
        return item[0]

    def lastmod(self, item: tuple[str, date | None]) -> date | None:
        """The day."""
        return item[1]


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """/sitemap.xml."""
    return sitemap_view(request, sitemaps={"pages": PublicPages})


@public_page
def robots(_request: HttpRequest) -> HttpResponse:
    """/robots.txt: pages that are not for search engines say so themselves."""
    text = f"User-agent: *\nAllow: /\nSitemap: {settings.SITE_ORIGIN}{reverse('sitemap')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """/.well-known/security.txt (RFC 9116); 404 where nobody can be reached. Not kept in memory, as it expires."""
    if not settings.OPERATOR_EMAIL:
        raise Http404
    expires = now() + STAYS_TRUE
    lines = (
        f"Contact: mailto:{settings.OPERATOR_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_ORIGIN}{reverse('security')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
