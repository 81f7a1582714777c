"""Everything public as documents: what can be found, under which names, in which passages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from anatomy.blocks import blocks_in
from anatomy.catalogue import ReferenceCatalogue
from anatomy.entries import Arch, Grade, Muscle, MuscleGroup, Source, Structure
from exercises.rules.catalogue import ExerciseCatalogue
from hipfeet.search.words import SearchContent


class EntryKind(StrEnum):
    """The groups of results, in reading order; each value is its heading."""

    TOPIC = "Topics"
    QUESTION = "What people ask"
    MUSCLE = "Muscles"
    STRUCTURE = "Bones and joints"
    ARCH = "Arches"
    EXERCISE = "Exercises"
    PAGE = "Pages"
    CLAIM = "Evidence"
    TERM = "Words"
    SOURCE = "Sources"


@dataclass(frozen=True)
class Document:
    """A page, or a place on a page, that can be found.

    page        name of its address; `slug` is the address's end, `place` the id on the page
    passages    its text, piece by piece; the first says most
    plain_name  what stands beside the title: the plain name, or what a source is called
    names       other names, found but not shown
    asked       what people type for it
    quotes      what others say, found but not shown: torn out of its page it would read as our own words
    grade       how sure anyone is of a claim; a claim is never shown without it
    """

    kind: EntryKind
    page: str
    title: str
    passages: tuple[str, ...]
    slug: str = ""
    plain_name: str = ""
    place: str = ""
    names: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    grade: Grade | None = None

    @property
    def all_names(self) -> list[str]:
        """Each name once; a title with a second name in brackets counts as both: "Rolling in (pronation)"."""
        if self.kind is EntryKind.SOURCE:  # what a paper is called is no name of a thing
            return [self.title]
        called = (self.title, *re.split(r"[()]", self.title), self.plain_name, *self.names)
        return [name for name in dict.fromkeys(map(str.strip, called)) if name]


def documents(
    reference: ReferenceCatalogue, exercises: ExerciseCatalogue, content: SearchContent
) -> Iterator[Document]:
    """Everything public, in reading order."""
    for kind, topics in ((EntryKind.TOPIC, reference.topics), (EntryKind.QUESTION, reference.questions)):
        for topic in topics.values():
            texts = _prose(topic.lead, topic.short)
            for section in topic.sections:
                texts += tuple(f"{section.heading} – {text}" for text in _prose(section))
            texts += _prose(topic.do)
            asked, quotes = content.asked_for.get(topic.key, ()), _prose(topic, quoted=True)
            page = kind.name.lower()
            yield Document(kind, page, topic.title, texts, topic.slug, asked=asked, quotes=quotes)
    body: Mapping[str, Mapping[str, MuscleGroup | Muscle | Structure | Arch]] = {
        "muscle_group": reference.groups,
        "muscle": reference.muscles,
        "structure": reference.structures,
        "arch": reference.arches,
    }
    for page, things in body.items():
        for thing in things.values():
            kind = EntryKind[page.removesuffix("_group").upper()]
            names = thing.also_called if isinstance(thing, Muscle | Structure) else ()
            yield Document(kind, page, thing.name, _prose(thing), thing.slug, thing.plain_name, names=names)
    for exercise in exercises.exercises.values():
        steps = (*(rung.name for rung in exercise.rungs), *(fault.seen for fault in exercise.faults))
        texts = (*_prose(exercise.summary, exercise), *steps)
        called = exercise.field_name
        yield Document(EntryKind.EXERCISE, "exercise", exercise.name, texts, exercise.slug, called)
    for each in content.pages:
        yield Document(EntryKind.PAGE, each.page, each.title, (each.text,), asked=each.asked)
    for claim in reference.claims.values():
        found = (finding.found for finding in (*claim.supports, *claim.against))
        whole = " ".join((*_prose(claim), *found))  # so short that it is read as one
        yield Document(EntryKind.CLAIM, "claim", claim.title, (whole,), claim.slug, grade=claim.grade)
    for term in reference.glossary.values():
        yield Document(EntryKind.TERM, "glossary", term.name, _prose(term), place=term.slug, names=term.also)
    for source in reference.sources.values():
        title = source.title if source.title and source.title != source.name else ""
        yield Document(EntryKind.SOURCE, "source", source.name, (_details(source),), source.slug, title)


def _prose(*things: object, quoted: bool = False) -> tuple[str, ...]:
    """The paragraphs of content objects, each once: our own, or those that quote others."""
    blocks = [block for block in blocks_in(things) if block.quotes_others is quoted]
    return tuple(dict.fromkeys(chain.from_iterable(block.paragraphs for block in blocks)))


def _details(source: Source) -> str:
    numbers = [f"DOI {source.doi}" if source.doi else "", f"PubMed {source.pmid}" if source.pmid else ""]
    published = [", ".join(source.authors), source.organisation, source.container, str(source.year or "")]
    details = [source.people, source.remark, source.kind.label, *published, *numbers]
    return ". ".join(filter(None, details))
