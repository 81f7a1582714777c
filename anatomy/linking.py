"""First-use links: which words of a text lead to a page of their own or to the glossary.

Nothing is linked by hand. The names of muscles, bones, joints and arches lead to their pages, the words of
the glossary to their line in it; on each page only where a word stands first.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from anatomy.catalogue import ReferenceCatalogue, catalogue

# "knee" stands in every second sentence; shorter words are not worth a link.
SHORTEST = 5


class LinkTarget(NamedTuple):
    """Where a word leads: `kind` is "muscle", "structure", "arch" or "term"."""

    kind: str
    key: str
    slug: str


class Words(NamedTuple):
    """Every word that leads somewhere, in lower case, and the pattern that finds them in a text."""

    targets: Mapping[str, LinkTarget]
    pattern: re.Pattern[str]


def linked(text: str, seen: set[str]) -> Iterator[tuple[str, LinkTarget | None]]:
    """A text in pieces, each with where it leads, if anywhere.

    seen  keys already linked on this page, and the page's own; those met here are added
    """
    words = _words()
    end = 0
    for match in words.pattern.finditer(text):
        form = match[0].casefold()
        target = words.targets.get(form) or words.targets[form.removesuffix("s")]
        if target.key in seen:
            continue
        seen.add(target.key)
        yield text[end : match.start()], None
        yield match[0], target
        end = match.end()
    yield text[end:], None


@functools.cache
def _words() -> Words:
    targets: dict[str, LinkTarget] = {}
    for form, target in _forms(catalogue()):
        if len(form) >= SHORTEST:
            targets.setdefault(form.casefold(), target)
    longest_first = sorted(targets, key=len, reverse=True)
    alternatives = "|".join(re.escape(form) for form in longest_first)
    return Words(targets, re.compile(rf"(?<![\w-])(?:{alternatives})s?(?![\w-])", re.IGNORECASE))


def _forms(known: ReferenceCatalogue) -> Iterator[tuple[str, LinkTarget]]:
    """Every form of every name; of two things called alike the first keeps the name."""
    for muscle in known.muscles.values():
        for form in (muscle.name, *muscle.also_called):
            yield form, LinkTarget("muscle", muscle.key, muscle.slug)
    for kind, entries in (("structure", known.structures), ("arch", known.arches)):
        for entry in entries.values():
            for form in (
                entry.name,
                entry.plain_name.removeprefix("the "),
                *getattr(entry, "also_called", ()),
            ):
                yield form, LinkTarget(kind, entry.key, entry.slug)
    for term in known.glossary.values():
        for form in (term.name, *term.also):
            yield form, LinkTarget("term", term.key, term.slug)
