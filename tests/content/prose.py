"""How hard our pages are to read: `python -m tests.content.prose` prints every page, the hardest first.

The measure is the Flesch-Kincaid grade, 0.39 words a sentence + 11.8 syllables a word - 15.59: the school
year in which one reads it with ease. Names are no fault of the writing, so a name of the field (a muscle, a
bone, an arch, a source) counts as one word of one syllable, and a term in brackets after the plain word is
left out. Headings, labels, tables, menus, links to other pages and the lines that name sources are no prose.
The grade with those names counted as they stand is printed beside it, so that nothing hides behind them.
"""

import os
import re
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

import django
from django.db import connection
from django.test.utils import setup_test_environment

from anatomy.catalogue import ReferenceCatalogue, catalogue

TARGET_GRADE = 8.0
FEWEST_WORDS = 50
"""A page with less prose is judged together with the others as short: one long word moves it by a grade."""
SENTENCE_WORDS = 8
"""A shorter sentence is not listed among the hardest: "Obturator nerve." is hard by the formula alone."""
LABEL_WORDS = 5
"""So many words or fewer that do not end as a sentence are a label: "Straight ahead"."""

# --- the tree of a page ----------------------------------------------------------------------------

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Builder(HTMLParser):
    """Builds an element tree; every tag that is opened must be closed, as our templates do."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing, in line {self.getpos()[0]}")
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["script"]:
            self.tree.data(data)


def parse(html: str) -> Element:
    """The page as a tree. Raises ValueError where a tag is not closed in order."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.tree.close()


def main_of(html: str) -> Element:
    """The part of a page that is its own. Raises ValueError when there is none."""
    found = parse(html).find(".//main")
    if found is None:
        raise ValueError("the page has no <main>")
    return found


def words_shown(element: Element) -> str:
    """Everything an element says, names for screen readers too, but for citations and addresses."""
    parts: list[str] = []
    _shown(element, parts)
    return " ".join(" ".join(parts).split())


def _shown(element: Element, parts: list[str]) -> None:
    if _is_citation(element) or element.tag == "optgroup":  # names of cities are no prose
        return
    parts += [element.get(name, "") for name in ("aria-label", "alt", "placeholder", "title")]
    parts.append(element.text or "")
    for child in element:
        _shown(child, parts)
        parts.append(child.tail or "")


_OTHERS_WORDS = {"Authors", "Organisation", "Published in"}
"""Lines of a source's page that hold names and titles."""


def _is_citation(element: Element) -> bool:
    """Other people's names and titles: a link to a source or another site, a line about one, its address."""
    if element.tag == "cite" or element.get("rel") == "external noreferrer" or _is_source_link(element):
        return True
    if len(element) == 0 or (element.text or "").strip():
        return False
    first = element[0]
    if element.tag == "li":
        return _is_source_link(first)
    return first.tag == "dt" and first.text in _OTHERS_WORDS


def _is_source_link(element: Element) -> bool:
    return bool(element.tag == "a" and re.match(r"/sources/.", element.get("href", "")))


# --- prose -----------------------------------------------------------------------------------------

NO_PROSE = {"nav", "svg", "table", "button", "label", "legend", "select", "textarea", "summary", "dt"}
NO_PROSE |= {"h1", "h2", "h3", "h4", "h5", "h6"}
MARKS = {"grade", "note", "notes"}
"""Classes of what stands at the end of a sentence or a page: the claim's grade, the numbers of its sources."""
PARAGRAPHS = {"p", "li", "dd"}
NAME = "name"
"""What a name of the field counts as."""

# Lines that say where something comes from, set small under the prose they belong to.
_BASIS = re.compile(r"Sources?:|Textbook anatomy,|Last checked|DOI|PubMed")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+")
_ENDS_AS_SENTENCE = re.compile(r"[.!?:][\"”’)]*$")
_WORD = re.compile(r"[^\W_]+(?:['’.,–-][^\W_]+)*")
_TERM_IN_BRACKETS = re.compile(r"\s*\(\s*(?:[^\s()]+\s*){0,5}\)")


def paragraphs(html: str) -> list[str]:
    """The prose of a page: paragraphs, list items and descriptions, each as one text."""
    found: list[list[str]] = []
    _gather(main_of(html), None, found)
    texts = (" ".join("".join(parts).split()) for parts in found)
    return [
        text for text in texts if _ENDS_AS_SENTENCE.search(text) or len(_WORD.findall(text)) > LABEL_WORDS
    ]


def _gather(element: Element, parts: list[str] | None, found: list[list[str]]) -> None:
    """Collect the prose inside an element; `parts` are those of the paragraph it stands in."""
    if _is_no_prose(element):
        return
    if element.tag in PARAGRAPHS:
        parts = []
        found.append(parts)
    elif element.tag == "br" and parts is not None:
        parts.append(" ")
    for text, child in zip(_texts(element), [*element, None], strict=True):
        if parts is not None:
            parts.append(text)
        if child is not None:
            _gather(child, parts, found)


def _texts(element: Element) -> list[str]:
    """The text before each child and after the last."""
    return [element.text or "", *(child.tail or "" for child in element)]


def _is_no_prose(element: Element) -> bool:
    if element.tag in NO_PROSE or element.get("aria-hidden") or _is_citation(element):
        return True
    if not MARKS.isdisjoint(element.get("class", "").split()):
        return True
    said = " ".join("".join(element.itertext()).split())
    if element.get("class") == "small muted":
        return bool(_BASIS.match(said)) or any(_is_source_link(link) for link in element.iter("a"))
    if element.tag not in {"p", "li"} or element.find("a") is None:
        return False
    # Links alone, or a line of a list of links: "Gluteus medius, the muscle at the side of the hip".
    return not _WORD.search("".join(_texts(element))) or (
        element.tag == "li" and not _ENDS_AS_SENTENCE.search(said)
    )


def names_of(known: ReferenceCatalogue) -> re.Pattern[str]:
    """Matches the names the field gives: muscles, groups, arches, bones, joints, ligaments, and sources."""
    names = {source.name for source in known.sources.values()}
    for muscle in known.muscles.values():
        names.update((muscle.name, *muscle.also_called))
    for structure in known.structures.values():
        names.update((structure.name, *structure.also_called))
    names.update(group.name for group in known.groups.values())
    names.update(arch.name for arch in known.arches.values())
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in longest_first)})\b", re.IGNORECASE)


# --- the measure -----------------------------------------------------------------------------------


def syllables(word: str) -> int:
    """Syllables of an English word, by its groups of vowels.

    Held against the CMU pronouncing dictionary it is right for 98 of 100 words of our content, and in all
    half a hundredth too high: 0.1 of a grade too strict. Hyphenation patterns (pyphen), the usual way to
    count, are right for 90 and make a grade 1.1 too low.
    """
    word = word.lower()
    count = len(re.findall(r"[aeiouy]+", word))
    # Vowels that meet without melting: di-al, us-ual, ly-ing, eas-ier.
    count += len(
        re.findall(r"(?<![tsc])i[ao](?!u)|[tsc]i[ao](?![nlu])|[^q]ua|eo(?!p)|eus$|[aeiouy]ing$|ie[rt]", word)
    )
    # An e that is written and not said: whole, moved, bones, movement.
    if not re.search(r"[^aeiouy]le$|[sc]hes$", word):
        count -= len(re.findall(r"[^aeiouy]e$|[^aeiouytd]ed$|[^aeiouyscgzxl]es$|[aeiouy]les$", word))
    count -= len(re.findall(r"[aeiouy][^aeiouyl]e(?=(?:ly|ful|less|ness|ment)s?$)", word))
    return max(1, count)


def grade_of(sentences: Iterable[list[str]]) -> float:
    """The Flesch-Kincaid grade of sentences given as lists of words; 0 when there are none."""
    counted = [[syllables(word) for word in words] for words in sentences if words]
    if not counted:
        return 0.0
    words = sum(len(sentence) for sentence in counted)
    return 0.39 * words / len(counted) + 11.8 * sum(map(sum, counted)) / words - 15.59


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph; a colon or a semicolon ends none."""
    return _SENTENCE_END.split(text)


def words_of(sentence: str, names: re.Pattern[str] | None = None) -> list[str]:
    """The words that count. With `names`, each of them is one short word and a term in brackets none."""
    if names is not None:
        sentence = names.sub(NAME, _TERM_IN_BRACKETS.sub("", sentence))
    return _WORD.findall(sentence)


@dataclass(frozen=True)
class Reading:
    """What the prose of one page, or of several, comes to.

    grade, with_names  the grade outside names, and of all words as they stand
    hardest            the three hardest sentences with their grades
    """

    address: str
    words: int
    grade: float
    with_names: float
    hardest: tuple[tuple[float, str], ...]


def read(address: str, texts: Iterable[str], names: re.Pattern[str]) -> Reading:
    """How hard some paragraphs are."""
    sentences = [sentence for text in texts for sentence in sentences_of(text)]
    counted = [words_of(sentence, names) for sentence in sentences]
    grades = [
        (round(grade_of([words]), 1), sentence)
        for words, sentence in zip(counted, sentences, strict=True)
        if len(words) >= SENTENCE_WORDS
    ]
    return Reading(
        address,
        words=sum(map(len, counted)),
        grade=grade_of(counted),
        with_names=grade_of(words_of(sentence) for sentence in sentences),
        hardest=tuple(sorted(set(grades), reverse=True)[:3]),
    )


def readings(pages: Mapping[str, str], names: re.Pattern[str]) -> list[Reading]:
    """Every page with prose enough to be judged, then all the short ones as one; the hardest first."""
    texts = {address: paragraphs(html) for address, html in pages.items()}
    alone = [read(address, found, names) for address, found in texts.items()]
    long_enough = [reading for reading in alone if reading.words >= FEWEST_WORDS]
    short = [reading.address for reading in alone if reading.words < FEWEST_WORDS]
    together = read(
        f"{len(short)} pages with fewer than {FEWEST_WORDS} words, together",
        [text for address in short for text in texts[address]],
        names,
    )
    return sorted([*long_enough, together], key=lambda reading: reading.grade, reverse=True)


# --- the script ------------------------------------------------------------------------------------


def main() -> None:
    """Print the grade of every public page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipfeet.settings")
    django.setup()
    from tests.rendered import guest_check_pages, public_pages  # noqa: PLC0415  (imports models)

    setup_test_environment()
    creation = connection.creation
    creation.create_test_db(verbosity=0)
    try:
        found = readings({**public_pages(), **guest_check_pages()}, names_of(catalogue()))
    finally:
        creation.destroy_test_db("", verbosity=0)
    print("grade  with names  words  page")
    for reading in found:
        print(f"{reading.grade:5.1f}{reading.with_names:12.1f}{reading.words:7}  {reading.address}")
        for grade, sentence in reading.hardest:
            print(f"{'':26}{grade:4.1f}  {sentence}")
    grades = [reading.grade for reading in found]
    share = sum(grade <= TARGET_GRADE for grade in grades) / len(grades)
    print(f"Median {statistics.median(grades):.1f}; {share:.0%} at grade {TARGET_GRADE:.0f} or below.")


if __name__ == "__main__":
    main()
