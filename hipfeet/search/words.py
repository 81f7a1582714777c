"""What somebody typed, taken apart into what we call things; the reviewed words for it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anatomy.blocks import Frozen, Key, Text, Wording

CONTENT = Path(__file__).parents[1] / "content" / "search.toml"

_PLURALS = {"feet": "foot", "calves": "calf"}
_WORD = re.compile(r"[^\W_]+")


class Synonym(Frozen):
    """What people type, and the words of our pages for it: the first is what we call it, the others are searched too.

    absent  we have no page on it, and no page names it; `means` is what comes nearest
    """

    asked: tuple[Text, ...]
    means: tuple[Text, ...]
    absent: bool = False


class SitePage(Frozen):
    """A page without a content object behind it; `page` is the name of its address, `asked` what people type for it."""

    page: Key
    title: Wording
    text: Wording
    asked: tuple[Text, ...] = ()


class SearchContent(Frozen):
    """The reviewed words of search.

    small_words  words that say nothing about what is looked for
    see_someone  words, in any order, after which "When to see someone" comes first
    asked_for    what people type for a topic or a question, by its key
    """

    small_words: Text
    see_someone: tuple[Text, ...]
    asked_for: dict[Key, tuple[Text, ...]]
    synonyms: tuple[Synonym, ...]
    pages: tuple[SitePage, ...]


@dataclass(frozen=True)
class QueryPart:
    """A word or a known phrase of a query.

    forms  everything that counts as it, itself first unless it is absent
    meant  what we call it
    """

    forms: tuple[str, ...]
    meant: str
    absent: bool = False


def cleaned(text: str) -> str:
    """A query as it may be shown: no control, format or unassigned characters, single spaces."""
    kept = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return " ".join(kept.split())


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _WORD.findall(plain.casefold())


def key_of(words: Iterable[str]) -> tuple[str, ...]:
    """What two spellings of one phrase have in common."""
    return tuple(map(_singular, words))


def _singular(word: str) -> str:
    """A word without the s of a plural; for comparing names only, so it need not be a word."""
    if word in _PLURALS or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return _PLURALS.get(word, word)
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word.removesuffix("s")


class Phrasebook:
    """Synonyms and signs, looked up phrase by phrase."""

    def __init__(self, content: SearchContent) -> None:
        self._synonyms = {key_of(words_of(asked)): each for each in content.synonyms for asked in each.asked}
        self._longest = max(map(len, self._synonyms), default=1)
        self._signs = [frozenset(key_of(words_of(sign))) for sign in content.see_someone]
        self._small = frozenset(words_of(content.small_words))
        self._known = self._small.union(*self._synonyms, *self._signs)
        self.words = {word for key, each in self._synonyms.items() if not each.absent for word in key}

    def telling(self, words: Sequence[str]) -> list[str]:
        """The words without the small ones; all of them where there is no other."""
        return [word for word in words if word not in self._small] or list(words)

    def parts(self, words: Sequence[str]) -> list[QueryPart]:
        """A query as known phrases, the longest first, and single words without the small ones."""
        parts: list[QueryPart] = []
        kept = self.telling(words)
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                phrase = words[at : at + length]
                if synonym := self._synonyms.get(key_of(phrase)):
                    typed = () if synonym.absent else (" ".join(phrase),)
                    forms = dict.fromkeys((*typed, *synonym.means))
                    meant = " ".join(key_of(words_of(synonym.means[0])))
                    parts.append(QueryPart(tuple(forms), meant, synonym.absent))
                    break
            else:
                length = 1
                if words[at] in kept:
                    parts.append(QueryPart((words[at],), _singular(words[at])))
            at += length
        return list(dict.fromkeys(parts))

    def knows(self, word: str) -> bool:
        """Whether a word is one that people type, and so no slip."""
        return not self._known.isdisjoint((word, _singular(word)))

    def asks_for_care(self, words: Sequence[str]) -> bool:
        """Whether a query names a sign that somebody should see."""
        asked = frozenset(key_of(words))
        return any(sign <= asked for sign in self._signs)


def meaning(parts: Iterable[QueryPart]) -> frozenset[str]:
    """What two names of one thing have in common, in any order and in whichever words."""
    return frozenset(part.meant for part in parts)
