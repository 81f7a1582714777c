"""The index: an FTS5 table of passages in memory, and what it finds for a text somebody typed.

It is a table of the standard library's sqlite3, built once a process when it is first asked and never changed. It
knows nothing of the site's database, so the results are the same whichever that is.
"""

import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hipfeet.search.documents import Document, EntryKind
from hipfeet.search.ranking import FoundGroup, FoundPart, Hit, Results, in_order
from hipfeet.search.words import Phrasebook, QueryPart, cleaned, meaning, words_of

MOST_CHARACTERS = 200
MOST_WORDS = 8
SHOWN_IN_A_GROUP = 5
NEAREST = 6
"""How many pages are shown where none is about all that was asked."""
SEE_SOMEONE = "when-to-see-someone"

# Private-use characters around what was found: no text contains them, and typed ones are removed before.
_OPEN, _CLOSE = "\ue000", "\ue001"
_SNIPPET_WORDS = 26
_WEIGHTS = "10.0, 6.0, 3.0, 1.0, 1.0"  # of a word in a title, in another name, in what people type, in text, in quotes
_FEWEST_LETTERS_TO_COMPLETE = 3
_FEWEST_LETTERS_TO_GUESS = 4
_LETTERS_FOR_ANOTHER_FIRST = 6
_LETTERS_FOR_TWO_SLIPS = 8


class Index:
    """All documents, ready to be searched from any thread."""

    def __init__(self, found_in: Iterable[Document], phrasebook: Phrasebook) -> None:
        self.documents = tuple(found_in)
        self._phrasebook = phrasebook
        self._lock = threading.Lock()
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._table.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(title, names, asked, text, quotes, page UNINDEXED,"
            " tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        self._table.execute(f"INSERT INTO passages (passages, rank) VALUES ('rank', 'bm25({_WEIGHTS})')")  # noqa: S608
        self._called: dict[frozenset[str], set[int]] = {}
        names: Counter[str] = Counter()
        for page, document in enumerate(self.documents):
            others = ". ".join((document.plain_name, *document.names))
            found_by = document.title, others, ". ".join(document.asked)
            texts = [*((text, "") for text in document.passages), *(("", quote) for quote in document.quotes)]
            rows = [(*found_by, *text, page) for text in texts]
            self._table.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", rows)
            names.update(word for name in document.all_names for word in words_of(name))
            for name in (*document.all_names, *document.asked):
                self._called.setdefault(meaning(phrasebook.parts(words_of(name))), set()).add(page)
        # Guesses are technical words only: names and synonyms. Any word of any text would guess at random
        # ("swelling" is not a slip for "dwelling"). FTS5's own vocabulary holds stems, which nobody can be shown.
        self._guesses = {
            word: names[word]
            for word in phrasebook.telling(sorted(names.keys() | phrasebook.words))
            if word.isalpha() and len(word) >= _FEWEST_LETTERS_TO_GUESS
        }

    def search(self, text: str) -> Results:
        """What the index holds for a text somebody typed, whatever it is."""
        whole = cleaned(text)
        query = whole[:MOST_CHARACTERS].rstrip()
        typed = words_of(query)
        if not typed:
            return Results(query, asked=query, cut=whole != query)
        kept = self._phrasebook.telling(typed)
        cut = whole != query or len(kept) > MOST_WORDS
        typed = kept[:MOST_WORDS] if len(kept) > MOST_WORDS else typed
        with self._lock:
            words = [self._spelled(word) for word in typed]
            parts = self._phrasebook.parts(words)
            parts = [part for part in parts if len(part.forms[0]) > 1] or parts
            groups, all_words = self._found(parts, care=self._phrasebook.asks_for_care(words))
        asked = " ".join(typed) if cut else query
        shown_for = " ".join(words) if words != typed else ""
        return Results(query, asked, groups, cut, shown_for, all_words)

    def holds(self, phrase: str) -> bool:
        """Whether any document holds the words of a phrase, one after the other."""
        return self._finds(_quoted(phrase))

    def _spelled(self, word: str) -> str:
        """The word, or the nearest one in use if it finds nothing."""
        left_alone = (
            len(word) < _FEWEST_LETTERS_TO_GUESS or not word.isalpha() or self._phrasebook.knows(word)
        )
        if left_alone or self._finds(f"{_quoted(word)} OR {_quoted(word)}*"):
            return word
        most = 1 if len(word) < _LETTERS_FOR_TWO_SLIPS else 2
        near = process.extract(word, self._guesses.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
        guesses = [
            (slips, guess[0] != word[0], -self._guesses[guess], guess)
            for guess, slips, _ in near
            if guess[:-1] != word[:-1]  # another last letter is often another word: "roller" is not "rolled"
            and (guess[0] == word[0] or (slips == 1 and len(word) >= _LETTERS_FOR_ANOTHER_FIRST))
        ]
        return min(guesses)[-1] if guesses else word

    def _found(self, parts: Sequence[QueryPart], *, care: bool) -> tuple[tuple[FoundGroup, ...], bool]:
        """The documents about all parts, or else those that come nearest; and whether they are about all."""
        known = [part for part in parts if self._finds(self._any_of(part))]
        things = [part for part in known if self._named(self._any_of(part))]
        for core, joint in ((known, " AND "), (things, " AND "), (known, " OR ")):
            if best := self._best(expression := self._all_of(core, joint)):
                break
        all_words = (core, joint) == (parts, " AND ") and not any(part.absent for part in parts)
        if joint == " OR ":
            best = dict(list(best.items())[:NEAREST])
        anything = self._all_of(known, " OR ")
        signs = {at for at, document in enumerate(self.documents) if care and document.slug == SEE_SOMEONE}
        best |= {page: self._best(anything).get(page, (0, 0.0)) for page in signs - best.keys()}
        called = self._called.get(meaning(core), set())
        named_so = self._named(" AND ".join(_quoted(part.forms[0]) for part in core) or _quoted(""))
        tiers = (signs, called, named_so, self._named(expression))
        order = in_order(best, self.documents, tiers)[: None if all_words else NEAREST]
        groups = []
        for kind in dict.fromkeys(self.documents[page].kind for page in order):
            pages = [page for page in order if self.documents[page].kind is kind]
            hits = (self._hit(page, best[page][0], anything) for page in pages[:SHOWN_IN_A_GROUP])
            groups.append(FoundGroup(kind, len(pages), tuple(hits)))
        return tuple(groups), all_words

    def _finds(self, expression: str) -> bool:
        found = self._table.execute("SELECT 1 FROM passages WHERE passages MATCH ? LIMIT 1", (expression,))
        return found.fetchone() is not None

    def _any_of(self, part: QueryPart) -> str:
        """Any form of a part; of a word that nobody uses, the words that it begins."""
        word = part.forms[0]
        if len(part.forms) == 1 and len(word) >= _FEWEST_LETTERS_TO_COMPLETE and not self.holds(word):
            return f"{_quoted(word)}*"
        return f"({' OR '.join(map(_quoted, part.forms))})"

    def _all_of(self, parts: Iterable[QueryPart], joint: str = " AND ") -> str:
        return joint.join(map(self._any_of, parts)) or _quoted("")

    def _best(self, expression: str) -> dict[int, tuple[int, float]]:
        """For each document, best first, its best passage with the score (the lower, the nearer)."""
        found = "SELECT page, rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank, rowid"
        best: dict[int, tuple[int, float]] = {}
        for page, row, score in self._table.execute(found, (expression,)):
            best.setdefault(page, (row, score))
        return best

    def _named(self, expression: str) -> set[int]:
        """Documents other than sources whose names alone hold an expression."""
        named = self._best(f"{{title names}} : ({expression})")
        return {page for page in named if self.documents[page].kind is not EntryKind.SOURCE}

    def _hit(self, page: int, row: int, expression: str) -> Hit:
        """A document with what of its passage is around what was found, or with its beginning where nothing is."""
        document = self.documents[page]
        (snippet,) = self._table.execute(
            f"SELECT snippet(passages, 3, '{_OPEN}', '{_CLOSE}', '…', {_SNIPPET_WORDS}) FROM passages"  # noqa: S608
            " WHERE passages MATCH ? AND rowid = ?",
            (expression, row),
        ).fetchone() or ("",)
        if _OPEN not in snippet:
            first = document.passages[0].split()
            snippet = " ".join(first[:_SNIPPET_WORDS]) + ("…" if len(first) > _SNIPPET_WORDS else "")
        pieces = re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", snippet)
        parts = (FoundPart(piece.strip(_OPEN + _CLOSE), piece.startswith(_OPEN)) for piece in pieces if piece)
        return Hit(document, tuple(parts))


def _quoted(phrase: str) -> str:
    """A phrase for FTS5: only words between quotes, so nothing in it is read as an operator."""
    return f'"{" ".join(words_of(phrase))}"'
