"""How every page shows reviewed prose: what it says, what it rests on, and how sure it is."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from anatomy.blocks import Basis, Block
from anatomy.catalogue import catalogue
from anatomy.entries import Claim, Source
from anatomy.linking import LinkTarget, linked

register = template.Library()

LABEL = re.compile(r"[^.:]{1,60}:(?=\s)")
"""What the first words of a paragraph are about, up to their colon."""


class Note(NamedTuple):
    """What a passage rests on: a source, the page that standard anatomy was checked against, or no study at all."""

    source: Source | None = None
    page: str = ""
    called: str = ""
    unstudied: Basis | None = None


def _sources(keys: Iterable[str]) -> list[Source]:
    return [catalogue().sources[key] for key in keys]


def _basis(blocks: Iterable[Block]) -> dict[str, Any]:
    """What blocks rest on, each source and checked page named once."""
    blocks = list(blocks)
    sources = dict.fromkeys(key for block in blocks for key in block.sources)
    pages = dict.fromkeys(
        block.checked_at for block in blocks if block.basis is Basis.TEXTBOOK and block.checked_at
    )
    return {
        "sources": _sources(sources),
        "checked_pages": [(page, catalogue().page_name(page)) for page in pages],
    }


@register.inclusion_tag("anatomy/_prose.html", takes_context=True)
def prose(context: Context, block: Block) -> dict[str, Any]:
    """The paragraphs of a block, its grade if a claim gives one, and what it rests on.

    On a page whose view said `numbered` that is a number at its end; elsewhere the sources, and the page says once
    what has none.
    """
    *before, last = [
        _labelled(context, paragraph) if getattr(block, "led", False) else _linked(context, paragraph)
        for paragraph in block.paragraphs
    ]
    shown = {"before": before, "last": last, "claim": getattr(block, "claim", None)}
    return {**shown, **_rests(context, [block])}


def _labelled(context: Context, paragraph: str) -> SafeString:
    """A paragraph with its words linked, and its label, if it begins with one, in bold."""
    label = match[0] if (match := LABEL.match(paragraph)) else ""
    rest = _linked(context, paragraph.removeprefix(label))
    return format_html("<b>{}</b>{}", label, rest) if label else rest


def _rests(context: Context, blocks: Iterable[Block]) -> dict[str, Any]:
    if context.get("numbered"):
        return {"notes": _numbered(context["request"], list(blocks))}
    return _basis(blocks)


def _numbered(request: HttpRequest, blocks: list[Block]) -> list[tuple[int, Note]]:
    """What blocks rest on as notes of their page, each with its number; the same thing keeps its number."""
    basis = _basis(blocks)
    notes = [Note(source=source) for source in basis["sources"]]
    notes += [Note(page=page, called=called) for page, called in basis["checked_pages"]]
    notes += [
        Note(unstudied=block.basis) for block in blocks if block.basis in {Basis.DESIGN_CHOICE, Basis.SAFETY}
    ]
    known: dict[Note, int] = request.__dict__.setdefault("notes", {})
    return [(known.setdefault(note, len(known) + 1), note) for note in dict.fromkeys(notes)]


@register.inclusion_tag("anatomy/_notes.html", takes_context=True)
def notes(context: Context) -> dict[str, Any]:
    """The notes of a page whose view said `numbered`, as a folded list at its end; a note's number opens it."""
    known: dict[Note, int] = context["request"].__dict__.get("notes", {})
    return {"notes": [(number, note) for note, number in known.items()]}


@register.simple_tag(takes_context=True)
def words(context: Context, block: Block) -> SafeString:
    """The text of a block on one line, its words linked where they stand first on the page."""
    return _linked(context, " ".join(block.paragraphs))


def _linked(context: Context, text: str) -> SafeString:
    """A text with links at the first use of what has a page or a line in the glossary.

    What was linked already is remembered on the request: one request, one page. `about` in the context is
    the key of what the page itself is about.
    """
    request = context.get("request")
    state: dict[str, Any] = request.__dict__ if request is not None else {}
    seen: set[str] = state.setdefault("words_linked", {context.get("about", "")})
    return format_html_join("", "{}", ((_link(piece, target),) for piece, target in linked(text, seen)))


def _link(piece: str, target: LinkTarget | None) -> str:
    if target is None:
        return piece
    address = (
        f"{reverse('glossary')}#{target.slug}"
        if target.kind == "term"
        else reverse(target.kind, args=[target.slug])
    )
    return format_html('<a class="term" href="{}">{}</a>', address, piece)


@register.inclusion_tag("anatomy/_rests_on.html", takes_context=True)
def rests_on(context: Context, *blocks: Block) -> dict[str, Any]:
    """What one or more blocks rest on: numbers, or a line of its own below them."""
    return _rests(context, blocks)


@register.inclusion_tag("anatomy/_grade_chip.html")
def grade_chip(claim: Claim | str) -> dict[str, Any]:
    """A chip with the grade of a claim, linking to it. Takes the claim or its key."""
    return {"claim": catalogue().claims[claim] if isinstance(claim, str) else claim}


@register.inclusion_tag("anatomy/_graded.html")
def graded(claim: str) -> dict[str, Any]:
    """The chip that ends a passage. A claim of others comes with its own words, as the passage may deny it."""
    return {"claim": catalogue().claims[claim]}


@register.simple_tag
def claim_title(key: str) -> str:
    """The claim with this key in plain words."""
    return catalogue().claims[key].title


@register.inclusion_tag("anatomy/_claim.html")
def claim_line(claim: str) -> dict[str, Any]:
    """The claim with this key as a line of a list: one sentence and its grade. In full it stands on its page."""
    return {"claim": catalogue().claims[claim]}


@register.inclusion_tag("anatomy/_source_list.html")
def source_list(keys: Iterable[str]) -> dict[str, Any]:
    """The sources with these keys, each as it stands in the bibliography."""
    return {"sources": _sources(keys)}
