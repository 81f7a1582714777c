"""Pages of the reference. They are public and ask no database."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anatomy.catalogue import Entry, Grade, catalogue

Page = TypeVar("Page", bound=Entry)


@login_not_required
@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """Where reading starts: topics, arches, groups of muscles."""
    known = catalogue()
    return render(
        request,
        "anatomy/learn.html",
        {
            "topics": known.topics.values(),
            "arches": known.arches.values(),
            "groups": known.groups.values(),
            "checked": _last_checked(
                [*known.topics.values(), *known.arches.values(), *known.muscles.values()]
            ),
        },
    )


@login_not_required
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A page to read, with the claims it leads up to."""
    known = catalogue()
    topic = _find(known.topics, slug)
    return render(
        request,
        "anatomy/topic.html",
        {
            "topic": topic,
            "topics": [known.topics[key] for key in topic.topics],
            "arches": [known.arches[key] for key in topic.arches],
            "muscles": [known.muscles[key] for key in topic.muscles],
        },
    )


@login_not_required
@require_safe
def arch(request: HttpRequest, slug: str) -> HttpResponse:
    """An arch of the foot."""
    known = catalogue()
    arch = _find(known.arches, slug)
    return render(
        request,
        "anatomy/arch.html",
        {
            "arch": arch,
            "muscles": [known.muscles[key] for key in arch.muscles],
            "others": [other for other in known.arches.values() if other is not arch],
            "topics": known.topics_about(arch=arch.key),
        },
    )


@login_not_required
@require_safe
def muscles(request: HttpRequest) -> HttpResponse:
    """All muscles by group."""
    known = catalogue()
    return render(
        request,
        "anatomy/muscles.html",
        {
            "groups": [(group, known.muscles_of(group.key)) for group in known.groups.values()],
            "named": sum(known.groups[muscle.group].in_the_guides_count for muscle in known.muscles.values()),
            "checked": _last_checked(known.muscles.values()),
        },
    )


@login_not_required
@require_safe
def muscle_group(request: HttpRequest, slug: str) -> HttpResponse:
    """A group and its muscles."""
    known = catalogue()
    group = _find(known.groups, slug)
    members = known.muscles_of(group.key)
    topics = {topic.key: topic for muscle in members for topic in known.topics_about(muscle=muscle.key)}
    return render(
        request,
        "anatomy/muscle_group.html",
        {"group": group, "muscles": members, "topics": topics.values()},
    )


@login_not_required
@require_safe
def muscle(request: HttpRequest, slug: str) -> HttpResponse:
    """A muscle: where it starts and ends, what it does, what that means for knee and foot."""
    known = catalogue()
    muscle = _find(known.muscles, slug)
    return render(
        request,
        "anatomy/muscle.html",
        {
            "muscle": muscle,
            "group": known.groups[muscle.group],
            "neighbours": [other for other in known.muscles_of(muscle.group) if other is not muscle],
            "arches": [arch for arch in known.arches.values() if muscle.key in arch.muscles],
            "topics": known.topics_about(muscle=muscle.key),
        },
    )


@login_not_required
@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """All claims, surest first, and what the grades mean."""
    known = catalogue()
    grades = [(grade, [claim for claim in known.claims.values() if claim.grade is grade]) for grade in Grade]
    return render(
        request,
        "anatomy/evidence.html",
        {"grades": grades, "checked": _last_checked(known.claims.values())},
    )


@login_not_required
@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim: its grade, what speaks for and against it, its limits and sources."""
    known = catalogue()
    claim = _find(known.claims, slug)
    return render(
        request,
        "anatomy/claim.html",
        {
            "claim": claim,
            "supports": [(finding, known.sources[finding.source]) for finding in claim.supports],
            "against": [(finding, known.sources[finding.source]) for finding in claim.against],
            "topics": known.topics_about(claim=claim.key),
            "muscles": [muscle for muscle in known.muscles.values() if claim.key in muscle.claims],
        },
    )


@login_not_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The bibliography; the article's own references first."""
    known = sorted(catalogue().sources.values(), key=lambda source: source.name.casefold())
    return render(
        request,
        "anatomy/sources.html",
        {
            "article": [source for source in known if source.article_reference],
            "sources": [source for source in known if not source.article_reference],
            "checked": _last_checked(known),
        },
    )


@login_not_required
@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """A work of the bibliography and the pages that lean on it."""
    known = catalogue()
    source = _find(known.sources, slug)
    return render(request, "anatomy/source.html", {"source": source, "uses": known.uses_of(source.key)})


def _find(pages: Mapping[str, Page], slug: str) -> Page:
    """The page at an address; a page has one address only, with hyphens."""
    page = pages.get(slug.replace("-", "_"))
    if page is None or page.slug != slug:
        raise Http404
    return page


def _last_checked(pages: Iterable[Entry]) -> date:
    return max(page.checked for page in pages)
