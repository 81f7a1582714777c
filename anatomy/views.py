"""Pages of the reference. They are public and ask no database."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from anatomy import citing
from anatomy.access import public_page, reads_query
from anatomy.catalogue import catalogue
from anatomy.entries import Entry, Source, SourceKind, StructureKind, Topic
from anatomy.forms import ClaimFilter
from anatomy.plates import colours_of_groups

Page = TypeVar("Page", bound=Entry)

MOST_TO_READ_ON = 5
"""Pages and questions that a topic leads on to; a longer list is not read."""


@public_page
def learn(request: HttpRequest) -> HttpResponse:
    """Where reading starts: the topics to begin with in pictures, then all the rest as lists."""
    known = catalogue()
    topics = known.topics.values()
    return render(
        request,
        "anatomy/learn.html",
        {
            "begin": [(topic, f"figures/{topic.picture}.svg") for topic in topics if topic.picture],
            "topics": [topic for topic in topics if not topic.picture],
            "questions": known.questions.values(),
            "arches": known.arches.values(),
            "checked": _last_checked([*topics, *known.arches.values(), *known.muscles.values()]),
        },
    )


@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A page to read, with the claims it leads up to."""
    return _page_to_read(request, _find(catalogue().topics, slug))


@public_page
def questions(request: HttpRequest) -> HttpResponse:
    """What people ask: every question with a page."""
    known = catalogue().questions.values()
    return render(request, "anatomy/questions.html", {"questions": known, "checked": _last_checked(known)})


@public_page
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer to what people ask."""
    return _page_to_read(request, _find(catalogue().questions, slug), asked=True)


def _page_to_read(request: HttpRequest, page: Topic, *, asked: bool = False) -> HttpResponse:
    known = catalogue()
    named = [known.questions[key] for key in page.questions]
    also = [] if asked else [one for one in known.questions_about(topic=page.key) if one not in named]
    return render(
        request,
        "anatomy/topic.html",
        {
            "numbered": True,
            "topic": page,
            "asked": asked,
            "first_plate": next((name for section in page.sections for name in section.plates), None),
            "topics": [known.topics[key] for key in page.topics],
            "questions": named + also[: max(0, MOST_TO_READ_ON - len(page.topics) - len(named))],
            "arches": [known.arches[key] for key in page.arches],
            "muscles": [known.muscles[key] for key in page.muscles],
            "exercises": page.exercises,
        },
    )


@public_page
def arch(request: HttpRequest, slug: str) -> HttpResponse:
    """An arch of the foot."""
    known = catalogue()
    arch = _find(known.arches, slug)
    return render(
        request,
        "anatomy/arch.html",
        {
            "numbered": True,
            "about": arch.key,
            "arch": arch,
            "muscles": [known.muscles[key] for key in arch.muscles],
            "structures": known.structures_of(arch=arch.key),
            "others": [other for other in known.arches.values() if other is not arch],
            "topics": known.topics_about(arch=arch.key),
            "questions": known.questions_about(arch=arch.key),
        },
    )


@public_page
def structures(request: HttpRequest) -> HttpResponse:
    """The bones, joints and ligaments that matter, from the hip down."""
    known = catalogue().structures.values()
    return render(
        request,
        "anatomy/structures.html",
        {
            "kinds": [(kind, [one for one in known if one.kind is kind]) for kind in StructureKind],
            "checked": _last_checked(known),
        },
    )


@public_page
def structure(request: HttpRequest, slug: str) -> HttpResponse:
    """A bone, a joint or a ligament."""
    known = catalogue()
    structure = _find(known.structures, slug)
    arches = [known.arches[key] for key in structure.arches]
    return render(
        request,
        "anatomy/structure.html",
        {
            "numbered": True,
            "about": structure.key,
            "structure": structure,
            "muscles": [known.muscles[key] for key in structure.muscles],
            "arches": arches,
            "structures": known.beside(structure.key),
            "topics": {
                topic.key: topic for arch in arches for topic in known.topics_about(arch=arch.key)
            }.values(),
        },
    )


@public_page
def muscles(request: HttpRequest) -> HttpResponse:
    """The map of the hip, and all muscles by group, each with its colour on the map."""
    known = catalogue()
    colours = colours_of_groups()
    return render(
        request,
        "anatomy/muscles.html",
        {
            "numbered": True,
            "groups": [
                (group, known.muscles_of(group.key), colours.get(group.name))
                for group in known.groups.values()
            ],
            "counting": known.counting_muscles.blocks,
            "named": sum(known.groups[muscle.group].in_the_guides_count for muscle in known.muscles.values()),
            "checked": _last_checked(known.muscles.values()),
        },
    )


@public_page
def muscle_group(request: HttpRequest, slug: str) -> HttpResponse:
    """A group and its muscles."""
    known = catalogue()
    group = _find(known.groups, slug)
    members = known.muscles_of(group.key)
    topics = {topic.key: topic for muscle in members for topic in known.topics_about(muscle=muscle.key)}
    return render(
        request,
        "anatomy/muscle_group.html",
        {"numbered": True, "about": group.key, "group": group, "muscles": members, "topics": topics.values()},
    )


@public_page
def muscle(request: HttpRequest, slug: str) -> HttpResponse:
    """A muscle: where it starts and ends, what it does, what that means for knee and foot."""
    known = catalogue()
    muscle = _find(known.muscles, slug)
    measured = muscle.measured.rows if muscle.measured else ()
    return render(
        request,
        "anatomy/muscle.html",
        {
            "numbered": True,
            "about": muscle.key,
            "muscle": muscle,
            "group": known.groups[muscle.group],
            "measured": [(row, known.sources[row.source]) for row in measured],
            "neighbours": [other for other in known.muscles_of(muscle.group) if other is not muscle],
            "structures": known.structures_of(muscle=muscle.key),
            "arches": [arch for arch in known.arches.values() if muscle.key in arch.muscles],
            "topics": known.topics_about(muscle=muscle.key),
            "questions": known.questions_about(muscle=muscle.key),
        },
    )


@public_page
@reads_query
def evidence(request: HttpRequest) -> HttpResponse:
    """All claims, surest first, and what the grades mean; by topic and grade where one is asked for."""
    form = ClaimFilter(request.GET)
    refused = not form.is_valid()
    claims, grades = catalogue().claims.values(), form.chosen()
    return render(
        request,
        "anatomy/evidence.html",
        {
            "form": form,
            "refused": refused,
            "filtered": any(form.cleaned_data.values()),
            "grades": grades,
            "surest": next((grade for grade, chosen in grades if chosen), None),
            "shown": sum(len(chosen) for _grade, chosen in grades),
            "all": len(claims),
            "checked": _last_checked(claims),
        },
        status=422 if refused else 200,
    )


@public_page
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
            "questions": known.questions_about(claim=claim.key),
            "muscles": [muscle for muscle in known.muscles.values() if claim.key in muscle.claims],
        },
    )


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of this guide, and what they mean."""
    known = catalogue()
    return render(
        request,
        "anatomy/glossary.html",
        {"numbered": True, "letters": known.words_by_letter(), "checked": known.glossary_checked},
    )


# --- bibliography ----------------------------------------------------------------------------------------

EXPORTS: Mapping[str, tuple[str, Callable[[Iterable[Source]], str]]] = {
    "bib": ("application/x-bibtex", citing.bibtex),
    "json": ("application/vnd.citationstyles.csl+json", citing.csl_json),
}


@public_page
def sources(request: HttpRequest) -> HttpResponse:
    """The bibliography: the article's own references first, all others by the sort of work they are."""
    known = sorted(catalogue().sources.values(), key=lambda source: source.name.casefold())
    others = [source for source in known if not source.article_reference]
    kinds = [(kind, [source for source in others if source.kind is kind]) for kind in SourceKind]
    return render(
        request,
        "anatomy/sources.html",
        {
            "article": [source for source in known if source.article_reference],
            "kinds": [(kind, found) for kind, found in kinds if found],
            "checked": _last_checked(known),
        },
    )


@public_page
def sources_export(_request: HttpRequest, form: str) -> HttpResponse:
    """The whole bibliography as a file for a reference manager."""
    return _export(catalogue().sources.values(), form, name="hipfeet-sources")


@public_page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """A work of the bibliography and the pages that lean on it."""
    known = catalogue()
    source = _find(known.sources, slug)
    return render(
        request,
        "anatomy/source.html",
        {
            "source": source,
            "claims": [claim for claim in known.claims.values() if source.key in claim.sources],
            "uses": [use for use in known.uses.get(source.key, ()) if use.kind != "claim"],
        },
    )


@public_page
def source_export(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """One work as a file for a reference manager."""
    return _export([_find(catalogue().sources, slug)], form, name=slug)


def _export(sources: Iterable[Source], form: str, *, name: str) -> HttpResponse:
    if form not in EXPORTS:
        raise Http404
    content_type, written = EXPORTS[form]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(written(sources), content_type=f"{content_type}; charset=utf-8", headers=headers)


def _find(pages: Mapping[str, Page], slug: str) -> Page:
    """The page at an address; a page has one address only, with hyphens."""
    page = pages.get(slug.replace("-", "_"))
    if page is None or page.slug != slug:
        raise Http404
    return page


def _last_checked(pages: Iterable[Entry]) -> date:
    return max(page.checked for page in pages)
