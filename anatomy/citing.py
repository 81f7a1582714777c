"""The bibliography in the two forms that reference managers read: CSL-JSON and BibTeX.

What is not known of a source is left out; nothing is guessed.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from anatomy.entries import Source

# "56(9):945-951": volume, issue, pages; each of the three may be missing.
_PLACE = re.compile(r"^(?P<volume>\d+)?\s?(?:\((?P<issue>[^)]+)\))?(?::(?P<page>.+))?$")
# "van der Berg JA": everything before the initials is the family name.
_NAME = re.compile(r"^(?P<family>.+?)(?: (?P<given>[A-Z]{1,4}))?$")
ET_AL = "et al."
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def csl_item(source: Source) -> dict[str, Any]:
    """A source as an item of CSL-JSON."""
    place = _place(source)
    item = {
        "id": source.key,
        "type": "article-journal" if _is_article(source) else "webpage" if source.address else "document",
        "title": source.title,
        "author": _authors(source),
        "container-title": source.container,
        "publisher": source.organisation,
        **place,
        "issued": {"date-parts": [[source.year]]} if source.year else None,
        "DOI": source.doi,
        "PMID": source.pmid,
        "URL": source.address,
    }
    return {field: value for field, value in item.items() if value}


def csl_json(sources: Iterable[Source]) -> str:
    """Sources as a CSL-JSON document."""
    return json.dumps([csl_item(source) for source in sources], ensure_ascii=False, indent=1) + "\n"


def bibtex_entry(source: Source) -> str:
    """A source as a BibTeX entry."""
    place = _place(source)
    fields = {
        "author": " and ".join(
            [*map(_bibtex_name, _authors(source)), *(["others"] if ET_AL in source.authors else [])]
        ),
        "title": f"{{{_escaped(source.title)}}}" if source.title else "",  # inner braces keep its capitals
        "journal" if _is_article(source) else "howpublished": _escaped(source.container or ""),
        "organization": _escaped(source.organisation or ""),
        "volume": place.get("volume", ""),
        "number": place.get("issue", ""),
        "pages": _escaped(place.get("page", "")).replace("-", "--"),
        "year": str(source.year or ""),
        "doi": source.doi or "",
        "pmid": source.pmid or "",
        "url": source.address or "",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{'article' if _is_article(source) else 'misc'}{{{source.key},\n{lines}}}\n"


def bibtex(sources: Iterable[Source]) -> str:
    """Sources as a BibTeX file."""
    return "\n".join(bibtex_entry(source) for source in sources)


def _is_article(source: Source) -> bool:
    return bool(source.container and (source.pages or source.doi))


def _place(source: Source) -> dict[str, str]:
    """Volume, issue and page, as far as they are known; a form not foreseen stays whole, as the page."""
    if not source.pages:
        return {}
    found = _PLACE.match(source.pages)
    return {k: v for k, v in found.groupdict().items() if v} if found else {"page": source.pages}


def _authors(source: Source) -> list[Mapping[str, str]]:
    """Names as family and given; an organisation stands as it is. "et al." is no name."""
    names: list[Mapping[str, str]] = []
    for author in source.authors:
        found = _NAME.match(author)
        if found and author != ET_AL:
            names.append({part: name for part, name in found.groupdict().items() if name})
    return names or ([{"literal": source.organisation}] if source.organisation else [])


def _bibtex_name(author: Mapping[str, str]) -> str:
    if literal := author.get("literal"):
        return f"{{{_escaped(literal)}}}"
    return ", ".join(_escaped(author[part]) for part in ("family", "given") if part in author)


def _escaped(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)
