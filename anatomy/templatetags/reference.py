"""How every page shows reviewed prose: what it says, what it rests on, and how sure it is."""

from collections.abc import Iterable
from typing import Any

from django import template

from anatomy.blocks import Basis, Block
from anatomy.catalogue import Claim, Source, catalogue, host_of

register = template.Library()

BASIS_LABELS = {Basis.DESIGN_CHOICE: "Design choice", Basis.SAFETY: "Usual safety advice"}


def _sources(keys: Iterable[str]) -> list[Source]:
    return [catalogue().sources[key] for key in keys]


def _basis(blocks: Iterable[Block]) -> dict[str, Any]:
    """What blocks rest on, each source, basis and checked page named once."""
    blocks = list(blocks)
    sources = dict.fromkeys(key for block in blocks for key in block.sources)
    bases = dict.fromkeys(BASIS_LABELS[block.basis] for block in blocks if block.basis in BASIS_LABELS)
    pages = dict.fromkeys(
        block.checked_at for block in blocks if block.basis is Basis.TEXTBOOK and block.checked_at
    )
    return {
        "sources": _sources(sources),
        "bases": list(bases),
        "checked_pages": [(page, host_of(page)) for page in pages],
    }


@register.inclusion_tag("anatomy/_prose.html")
def prose(block: Block) -> dict[str, Any]:
    """The paragraphs of a block, its grade if a claim gives one, and what it rests on."""
    *before, last = block.paragraphs
    return {"before": before, "last": last, "claim": getattr(block, "claim", None), **_basis([block])}


@register.inclusion_tag("anatomy/_rests_on.html")
def rests_on(*blocks: Block) -> dict[str, Any]:
    """What one or more blocks rest on, as a line of its own below them."""
    return _basis(blocks)


@register.inclusion_tag("anatomy/_grade_chip.html")
def grade_chip(claim: Claim | str) -> dict[str, Any]:
    """A chip with the grade of a claim, linking to it. Takes the claim or its key."""
    return {"claim": catalogue().claims[claim] if isinstance(claim, str) else claim}


@register.simple_tag
def claim_title(key: str) -> str:
    """The claim with this key in plain words."""
    return catalogue().claims[key].title


@register.inclusion_tag("anatomy/_claim.html")
def claim_card(claim: Claim | str) -> dict[str, Any]:
    """A claim with its grade; what speaks for and against it opens below."""
    found = catalogue().claims[claim] if isinstance(claim, str) else claim
    return {
        "claim": found,
        "supports": [(finding, catalogue().sources[finding.source]) for finding in found.supports],
        "against": [(finding, catalogue().sources[finding.source]) for finding in found.against],
    }


@register.inclusion_tag("anatomy/_source_list.html")
def source_list(keys: Iterable[str]) -> dict[str, Any]:
    """The sources with these keys, each as it stands in the bibliography."""
    return {"sources": _sources(keys)}
