"""Search over everything public: an index of the content in memory, and what a query finds in it.

The index is an FTS5 table of the standard library's sqlite3, built once a process when it is first asked and
never changed. It knows nothing of the site's database, so the results are the same whichever that is.
"""

import functools
import re
import sqlite3
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel
from rapidfuzz import process
from rapidfuzz.distance import OSA

from anatomy.blocks import Block, Frozen, Key, Text, Wording, blocks_in, load_file
from anatomy.catalogue import ReferenceCatalogue as Reference
from anatomy.catalogue import catalogue as reference_catalogue
from anatomy.entries import Grade
from exercises.rules.catalogue import ExerciseCatalogue as Exercises
from exercises.rules.catalogue import catalogue as exercise_catalogue

CONTENT = Path(__file__).parent / "content" / "search.toml"

MOST_CHARACTERS = 200
MOST_WORDS = 8
SHOWN_IN_A_GROUP = 8

_PLURALS = {"feet": "foot", "calves": "calf"}
# Private-use characters around what was found: no text contains them, and typed ones are removed before.
_OPEN, _CLOSE = "\ue000", "\ue001"
_WORD = re.compile(r"[^\W_]+")
# Words that say nothing about what is looked for. A search for nothing but these keeps them.
_SMALL_WORDS = frozenset(
    _WORD.findall(
        "a about an and any are as at be by can do does for from have how i if in is it its me my of on or"
        " should so that the their there these they this to what when where which who why will with you your"
    )
)
_SNIPPET_WORDS = 26
# How much a word weighs in a title, in a second name, in a name that is not shown, in the text, in quotes.
_WEIGHTS = "10.0, 6.0, 6.0, 1.0, 1.0"
_FEWEST_LETTERS_TO_GUESS = 4
_LETTERS_FOR_TWO_SLIPS = 8
_FEWEST_LETTERS_TO_COMPLETE = 3
_MOST_COMPLETIONS = 24
_LONGEST_WORD = 40


class EntryKind(StrEnum):
    """The groups of results, in reading order; each value is its heading."""

    TOPIC = "Topics"
    QUESTION = "What people ask"
    MUSCLE = "Muscles"
    STRUCTURE = "Bones and joints"
    ARCH = "Arches"
    CLAIM = "Evidence"
    EXERCISE = "Exercises"
    PAGE = "Pages"
    TERM = "Words"
    SOURCE = "Sources"


class Synonym(Frozen):
    """What people type, and the words of our pages that mean the same."""

    asked: tuple[Text, ...]
    means: tuple[Text, ...]


class SitePage(Frozen):
    """A page without a content object behind it; `page` is the name of its address."""

    page: Key
    title: Wording
    text: Wording


class SearchContent(Frozen):
    """The reviewed words of search."""

    synonyms: tuple[Synonym, ...]
    pages: tuple[SitePage, ...]


@dataclass(frozen=True)
class Document:
    """A page, or a place on a page, that can be found.

    page        name of its address; `slug` is the address's end, `place` the id on the page
    plain_name  what stands beside the title: the plain name, or what a source is called
    names       other names, found but not shown
    quotes      what others say, found but not shown: torn out of its page it would read as our own words
    grade       how sure anyone is of a claim; a claim is never shown without it
    """

    kind: EntryKind
    page: str
    title: str
    body: str
    slug: str = ""
    place: str = ""
    plain_name: str = ""
    names: tuple[str, ...] = ()
    quotes: str = ""
    grade: Grade | None = None


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
    also       other names that were looked for
    all_words  every result holds all the words; False where that found nothing and any word was enough
    """

    query: str
    asked: str = ""
    groups: tuple[FoundGroup, ...] = ()
    cut: bool = False
    shown_for: str = ""
    also: tuple[str, ...] = ()
    all_words: bool = True

    @property
    def count(self) -> int:
        """How many pages were found."""
        return sum(group.count for group in self.groups)


# --- words ---------------------------------------------------------------------------------------


def cleaned(text: str) -> str:
    """A query as it may be shown: no control, format or unassigned characters, single spaces."""
    kept = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return " ".join(kept.split())


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _WORD.findall(plain.casefold())


def _without_small_words(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _SMALL_WORDS] or list(words)


def _singular(word: str) -> str:
    """A word without the s of a plural; for comparing names only, so it need not be a word."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s")


def _name_key(text: str) -> tuple[str, ...]:
    """What two spellings of one name have in common."""
    return tuple(_singular(word) for word in _without_small_words(words_of(text)))


# --- what can be found ---------------------------------------------------------------------------


def _prose(thing: BaseModel, *first: Block) -> str:
    """The blocks of a content object as one text, beginning with those that say most; no quotes."""
    blocks = [block for block in (*first, *blocks_in(thing)) if not block.quotes_others]
    return " ".join(dict.fromkeys(paragraph for block in blocks for paragraph in block.paragraphs))


def _quotes(thing: BaseModel) -> str:
    return " ".join(" ".join(block.paragraphs) for block in blocks_in(thing) if block.quotes_others)


def documents(reference: Reference, exercises: Exercises, pages: Iterable[SitePage]) -> Iterator[Document]:
    """Everything public, in reading order."""
    for kind, address, topics in (
        (EntryKind.TOPIC, "topic", reference.topics),
        (EntryKind.QUESTION, "question", reference.questions),
    ):
        for topic in topics.values():
            headings = ". ".join(section.heading for section in topic.sections)
            yield Document(
                kind,
                address,
                topic.title,
                f"{_prose(topic, topic.lead)} {headings}.",
                slug=topic.slug,
                quotes=_quotes(topic),
            )
    for group in reference.groups.values():
        yield Document(
            EntryKind.MUSCLE,
            "muscle_group",
            group.name,
            _prose(group),
            slug=group.slug,
            plain_name=group.plain_name,
        )
    for muscle in reference.muscles.values():
        yield Document(
            EntryKind.MUSCLE,
            "muscle",
            muscle.name,
            _prose(muscle, muscle.actions, muscle.role),
            slug=muscle.slug,
            plain_name=muscle.plain_name,
            names=muscle.also_called,
        )
    for structure in reference.structures.values():
        yield Document(
            EntryKind.STRUCTURE,
            "structure",
            structure.name,
            _prose(structure),
            slug=structure.slug,
            plain_name=structure.plain_name,
            names=structure.also_called,
        )
    for arch in reference.arches.values():
        yield Document(
            EntryKind.ARCH,
            "arch",
            arch.name,
            _prose(arch, arch.function),
            slug=arch.slug,
            plain_name=arch.plain_name,
        )
    for claim in reference.claims.values():
        found = " ".join(finding.found for finding in (*claim.supports, *claim.against))
        yield Document(
            EntryKind.CLAIM,
            "claim",
            claim.title,
            f"{_prose(claim)} {found}",
            slug=claim.slug,
            grade=claim.grade,
        )
    for exercise in exercises.exercises.values():
        rungs = ". ".join(rung.name for rung in exercise.rungs)
        faults = ". ".join(fault.seen for fault in exercise.faults)
        yield Document(
            EntryKind.EXERCISE,
            "exercise",
            exercise.name,
            f"{_prose(exercise, exercise.summary)} {rungs}. {faults}.",
            slug=exercise.slug,
            plain_name=exercise.field_name,
        )
    for page in pages:
        yield Document(EntryKind.PAGE, page.page, page.title, page.text)
    for term in reference.glossary.values():
        yield Document(EntryKind.TERM, "glossary", term.name, _prose(term), place=term.slug, names=term.also)
    for source in reference.sources.values():
        details = (
            source.people,
            source.remark,
            source.kind.label,
            ", ".join(source.authors),
            source.organisation,
            source.container,
            str(source.year or ""),
            f"DOI {source.doi}" if source.doi else "",
            f"PubMed {source.pmid}" if source.pmid else "",
        )
        yield Document(
            EntryKind.SOURCE,
            "source",
            source.name,
            ". ".join(detail for detail in details if detail),
            slug=source.slug,
            plain_name=source.title if source.title and source.title != source.name else "",
        )


# --- the index -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """A part of a query, a word or a known phrase.

    forms    everything that counts as it, itself first
    synonym  the other forms are other names, not the ends of a word that was begun
    """

    words: tuple[str, ...]
    forms: tuple[str, ...]
    synonym: bool = False


class Index:
    """All documents, ready to be searched from any thread."""

    def __init__(self, found_in: Iterable[Document], synonyms: Iterable[Synonym]) -> None:
        self.documents = tuple(found_in)
        self._lock = threading.Lock()
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._table.execute(
            "CREATE VIRTUAL TABLE pages USING fts5(title, plain_name, names, body, quotes,"
            " tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        self._table.executemany(
            "INSERT INTO pages (rowid, title, plain_name, names, body, quotes) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    row,
                    document.title,
                    document.plain_name,
                    ". ".join(document.names),
                    document.body,
                    document.quotes,
                )
                for row, document in enumerate(self.documents)
            ],
        )
        self._table.execute("INSERT INTO pages (pages) VALUES ('optimize')")
        self._synonyms: dict[tuple[str, ...], tuple[str, ...]] = {}
        for synonym in synonyms:
            for asked in synonym.asked:
                self._synonyms[tuple(_singular(word) for word in words_of(asked))] = synonym.means
        self._longest_phrase = max(map(len, self._synonyms), default=1)
        self._names: dict[tuple[str, ...], set[int]] = {}
        self._vocabulary: Counter[str] = Counter()
        in_names: set[str] = set()
        for row, document in enumerate(self.documents):
            self._vocabulary.update(words_of(f"{document.body} {document.quotes}"))
            for name in _names_of(document):
                words = words_of(name)
                self._names.setdefault(_name_key(name), set()).add(row)
                self._vocabulary.update(words)
                if name != document.plain_name or document.kind is not EntryKind.SOURCE:
                    in_names.update(words)
        asked_words = {word for phrase in self._synonyms for word in phrase}
        self._may_be_typed = self._vocabulary.keys() | asked_words
        # Guesses are technical words only: names and synonyms. Any word of any text would guess at random
        # ("swelling" is not a slip for "dwelling").
        self._guesses = sorted(
            word
            for word in (in_names | asked_words) - _SMALL_WORDS
            if word.isalpha() and len(word) >= _FEWEST_LETTERS_TO_GUESS
        )

    def search(self, text: str) -> Results:
        """What the index holds for a text somebody typed, whatever it is."""
        whole = cleaned(text)
        query = whole[:MOST_CHARACTERS].rstrip()
        cut = whole != query
        typed = words_of(query)
        small = _SMALL_WORDS if any(word not in _SMALL_WORDS for word in typed) else frozenset[str]()
        telling = [at for at, word in enumerate(typed) if word not in small]
        if not telling:
            return Results(query=query, asked=query, cut=cut)
        if len(telling) > MOST_WORDS:
            cut, typed = True, typed[: telling[MOST_WORDS]]
        with self._lock:
            words = [word if word in small else self._spelled(word) for word in typed]
            parts = self._parts(words, small)
            groups = self._groups(" AND ".join(_any_of(part.forms) for part in parts), parts)
            all_words = bool(groups) or len(parts) == 1
            if not all_words:
                groups = self._groups(" OR ".join(_any_of(part.forms) for part in parts), parts)
        return Results(
            query=query,
            asked=" ".join(typed) if cut else query,
            groups=groups,
            cut=cut,
            shown_for=" ".join(words) if words != typed else "",
            also=_other_names(parts),
            all_words=all_words,
        )

    def holds(self, phrase: str) -> bool:
        """Whether any document holds the words of a phrase, one after the other."""
        found = self._table.execute("SELECT 1 FROM pages WHERE pages MATCH ? LIMIT 1", (_quoted(phrase),))
        return found.fetchone() is not None

    def _spelled(self, word: str) -> str:
        """The word, or the nearest one in use if it finds nothing."""
        if (
            len(word) < _FEWEST_LETTERS_TO_GUESS
            or len(word) > _LONGEST_WORD
            or not word.isalpha()
            or word in self._may_be_typed
            or _singular(word) in self._may_be_typed
            or self._completions(word)
            or self.holds(word)
        ):
            return word
        most = 1 if len(word) < _LETTERS_FOR_TWO_SLIPS else 2
        near = process.extract(word, self._guesses, scorer=OSA.distance, score_cutoff=most, limit=None)
        guesses = [
            (slips, guess[0] != word[0], -self._vocabulary[guess], guess)
            for guess, slips, _ in near
            if slips == 1 or guess[0] == word[0]
        ]
        return min(guesses)[-1] if guesses else word

    def _completions(self, word: str) -> list[str]:
        """Words in use that begin with a word nobody uses, the most used first."""
        if len(word) < _FEWEST_LETTERS_TO_COMPLETE or word in self._vocabulary:
            return []
        longer = [other for other in self._vocabulary if other.startswith(word)]
        return sorted(longer, key=lambda other: (-self._vocabulary[other], other))[:_MOST_COMPLETIONS]

    def _parts(self, words: Sequence[str], small: frozenset[str]) -> list[_Asked]:
        """A query as known phrases, the longest first, and single words without the small ones."""
        parts = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest_phrase, len(words) - at), 0, -1):
                phrase = tuple(words[at : at + length])
                if means := self._synonyms.get(tuple(_singular(word) for word in phrase)):
                    forms = dict.fromkeys([" ".join(phrase), *means])
                    parts.append(_Asked(phrase, tuple(forms), synonym=True))
                    break
            else:
                length, word = 1, words[at]
                if word not in small:
                    parts.append(_Asked((word,), (word, *self._completions(word))))
            at += length
        return parts

    def _groups(self, expression: str, parts: Sequence[_Asked]) -> tuple[FoundGroup, ...]:
        """The documents an expression matches, by kind.

        A document whose name is what was asked comes first, then those whose names hold it, then the rest;
        kinds follow the nearest of their documents, and otherwise the reading order. Sources come last, unless
        somebody asked for one by its name.
        """
        scored = self._table.execute(
            f"SELECT rowid, bm25(pages, {_WEIGHTS}) FROM pages WHERE pages MATCH ?",  # noqa: S608  (a constant)
            (expression,),
        ).fetchall()
        named = {
            row
            for (row,) in self._table.execute(
                "SELECT rowid FROM pages WHERE pages MATCH ?",
                (f"{{title plain_name names}} : ({expression})",),
            )
        }
        called_so = self._called(parts)

        def nearness(row: int) -> int:
            return 0 if row in called_so else 1 if row in named else 2

        by_kind: dict[EntryKind, list[int]] = {}
        for row, _ in sorted(scored, key=lambda found: (nearness(found[0]), found[1], found[0])):
            by_kind.setdefault(self.documents[row].kind, []).append(row)

        def place(kind: EntryKind) -> tuple[int, int]:
            nearest = nearness(by_kind[kind][0])
            return (2 if kind is EntryKind.SOURCE and nearest else nearest, list(EntryKind).index(kind))

        shown = {kind: by_kind[kind][:SHOWN_IN_A_GROUP] for kind in sorted(by_kind, key=place)}
        hits = self._hits(expression, [row for rows in shown.values() for row in rows])
        return tuple(
            FoundGroup(kind, len(by_kind[kind]), tuple(hits[row] for row in rows))
            for kind, rows in shown.items()
        )

    def _called(self, parts: Sequence[_Asked]) -> set[int]:
        """Documents with exactly the name that was asked, or another name of the same thing."""
        names = [" ".join(word for part in parts for word in part.words)]
        if len(parts) == 1:
            names += parts[0].forms
        return {row for name in names for row in self._names.get(_name_key(name), ())}

    def _hits(self, expression: str, rows: Sequence[int]) -> dict[int, Hit]:
        found = self._table.execute(
            f"SELECT rowid, snippet(pages, 3, '{_OPEN}', '{_CLOSE}', '…', {_SNIPPET_WORDS}) FROM pages"  # noqa: S608
            f" WHERE pages MATCH ? AND rowid IN ({', '.join('?' * len(rows))})",
            (expression, *rows),
        )
        return {row: Hit(self.documents[row], _in_parts(snippet)) for row, snippet in found}


def _names_of(document: Document) -> list[str]:
    """All its names; a title with a second name in brackets counts as both: "Rolling in (pronation)"."""
    called = (document.title, *re.split(r"[()]", document.title), document.plain_name, *document.names)
    return [name for name in dict.fromkeys(map(str.strip, called)) if name]


def _quoted(phrase: str) -> str:
    """A phrase for FTS5: only words between quotes, so nothing in it is read as an operator."""
    return f'"{" ".join(words_of(phrase))}"'


def _any_of(forms: Iterable[str]) -> str:
    return f"({' OR '.join(map(_quoted, forms))})"


def _in_parts(marked: str) -> tuple[FoundPart, ...]:
    """A text with marks as pieces that a template can escape."""
    pieces = re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", marked)
    return tuple(FoundPart(piece.strip(_OPEN + _CLOSE), piece.startswith(_OPEN)) for piece in pieces if piece)


def _other_names(parts: Iterable[_Asked]) -> tuple[str, ...]:
    """The other names that were looked for, each once; not a plural of what was asked."""
    known = {_name_key(part.forms[0]) for part in parts}
    others = {_name_key(form): form for part in parts if part.synonym for form in reversed(part.forms[1:])}
    return tuple(sorted(form for key, form in others.items() if key not in known))


@functools.cache
def search_content() -> SearchContent:
    """Synonyms and pages, read once; raises ContentError."""
    return load_file(CONTENT, SearchContent)


def build_index() -> Index:
    """An index of all content; raises ContentError."""
    content = search_content()
    return Index(documents(reference_catalogue(), exercise_catalogue(), content.pages), content.synonyms)


@functools.cache
def index() -> Index:
    """The index, built once."""
    return build_index()


def search(text: str) -> Results:
    """What can be found for a text somebody typed."""
    return index().search(text)
