"""What a search found, and what of it comes first: care, then names, then mentions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hipfeet.search.documents import Document, EntryKind


@dataclass(frozen=True)
class FoundPart:
    """A piece of a text; `found` where it is what somebody asked for."""

    text: str
    found: bool


@dataclass(frozen=True)
class Hit:
    """A document that was found, and the part of its text around what was found in pieces."""

    document: Document
    snippet: tuple[FoundPart, ...]


@dataclass(frozen=True)
class FoundGroup:
    """The hits of one kind, best first; `count` includes those that are not shown."""

    kind: EntryKind
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Results:
    """What a search found.

    query      what was asked, without signs that cannot be shown, cut to its length
    asked      the part of it that was looked for
    cut        something of the query was left out
    shown_for  the words looked for instead, where the spelling was guessed; "" where it was not
    all_words  there are pages about all of it; where not, the groups are what comes nearest
    """

    query: str
    asked: str = ""
    groups: tuple[FoundGroup, ...] = ()
    cut: bool = False
    shown_for: str = ""
    all_words: bool = True

    @property
    def count(self) -> int:
        """How many pages were found."""
        return sum(group.count for group in self.groups)


# How far to the front a kind may come that was not asked for by its name (a word as a name that holds the query, a
# claim as a mention, a source as the last), and its place among others there; all others have (0, 1).
_PLACES = {
    EntryKind.TOPIC: (0, 0),
    EntryKind.QUESTION: (0, 0),
    EntryKind.CLAIM: (4, 2),
    EntryKind.TERM: (2, 3),
    EntryKind.SOURCE: (5, 4),
}


def in_order(
    found: Mapping[int, tuple[int, float]], found_in: Sequence[Document], tiers: Sequence[Collection[int]]
) -> list[int]:
    """Documents, given by number with their best passage and its score (the lower, the nearer), best first.

    tiers  those to see someone by; with a name that means what was asked; with one that holds what was typed; with
           one that holds it in other words
    """

    def place(page: int) -> tuple[int, int, float]:
        kind = found_in[page].kind
        foremost, rank = _PLACES.get(kind, (0, 1))
        tier = next((at for at, pages in enumerate(tiers) if page in pages), len(tiers))
        if tier > 1 or kind is EntryKind.TERM:
            tier = max(tier, foremost)
        return (tier, rank, found[page][1])

    return sorted(found, key=place)
