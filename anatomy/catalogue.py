"""The reference, read once from `content/`, with what leads from one of its entries to another.

Whatever one thing says about another (a claim's source, a muscle's group, a topic's claims) is checked
when it is loaded, so that no page can meet a key that leads nowhere.
"""

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from anatomy.blocks import (
    Block,
    ContentError,
    Frozen,
    Text,
    blocks_in,
    load_file,
    load_folder,
    require_keys,
)
from anatomy.entries import (
    Arch,
    Claim,
    CountingMuscles,
    Entry,
    Glossary,
    Muscle,
    MuscleGroup,
    PageNames,
    Part,
    Source,
    Structure,
    Term,
    Topic,
    host_of,
)
from anatomy.plates import plates

CONTENT = Path(__file__).parent / "content"
FIGURES = Path(__file__).parent.parent / "templates" / "figures"


class Use(Frozen):
    """A page that leans on a source; `kind` is the name of its address."""

    kind: Text
    slug: Text
    title: Text


class ReferenceCatalogue(Frozen):
    """Everything the reference holds, by key, in reading order."""

    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    groups: Mapping[str, MuscleGroup]
    muscles: Mapping[str, Muscle]
    structures: Mapping[str, Structure]
    arches: Mapping[str, Arch]
    topics: Mapping[str, Topic]
    questions: Mapping[str, Topic]
    glossary: Mapping[str, Term]
    glossary_checked: date
    counting_muscles: CountingMuscles
    page_names: Mapping[str, str]

    def page_name(self, address: str) -> str:
        """What a page is called that standard anatomy was checked against: its book or body, else its host."""
        host = host_of(address)
        return self.page_names.get(host, host)

    def muscles_of(self, group_key: str) -> list[Muscle]:
        """The muscles of a group, in reading order."""
        return [muscle for muscle in self.muscles.values() if muscle.group == group_key]

    def topics_about(self, *, claim: str = "", muscle: str = "", arch: str = "") -> list[Topic]:
        """The topics that show a claim or lead on to a muscle or an arch."""
        return [
            topic
            for topic in self.topics.values()
            if claim in topic.claims or muscle in topic.muscles or arch in topic.arches
        ]

    def questions_about(
        self, *, claim: str = "", muscle: str = "", arch: str = "", topic: str = ""
    ) -> list[Topic]:
        """The questions that lean on a claim or lead on to a muscle, an arch or a topic."""
        return [
            question
            for question in self.questions.values()
            if claim in question.claims
            or muscle in question.muscles
            or arch in question.arches
            or topic in question.topics
        ]

    def structures_of(self, *, muscle: str = "", arch: str = "") -> list[Structure]:
        """The bones, joints and ligaments that a muscle or an arch has to do with."""
        return [
            structure
            for structure in self.structures.values()
            if muscle in structure.muscles or arch in structure.arches
        ]

    def beside(self, key: str) -> list[Structure]:
        """The structures that one meets, whichever of the two says so."""
        named = self.structures[key].beside
        return [one for one in self.structures.values() if one.key in named or key in one.beside]

    def words_by_letter(self) -> list[tuple[str, list[Term | Part]]]:
        """The glossary by first letter: its terms, and what has a page of its own."""
        words: list[Term | Part] = [
            *self.glossary.values(),
            *self.muscles.values(),
            *self.structures.values(),
            *self.arches.values(),
        ]
        words.sort(key=lambda word: word.name.casefold())
        return [
            (letter, list(group))
            for letter, group in itertools.groupby(words, key=lambda word: word.name[0].upper())
        ]

    @functools.cached_property
    def uses(self) -> Mapping[str, list[Use]]:
        """The pages of the reference that lean on each source, by its key."""
        found = defaultdict(list)
        for kind, entry, title in self._pages():
            for source_key in sources_used([entry]):
                found[source_key].append(Use(kind=kind, slug=entry.slug, title=title))
        return found

    def _pages(self) -> Iterator[tuple[str, Entry, str]]:
        yield from (("topic", topic, topic.title) for topic in self.topics.values())
        yield from (("question", question, question.title) for question in self.questions.values())
        yield from (("claim", claim, claim.title) for claim in self.claims.values())
        yield from (("arch", arch, arch.name) for arch in self.arches.values())
        yield from (("muscle_group", group, group.name) for group in self.groups.values())
        yield from (("muscle", muscle, muscle.name) for muscle in self.muscles.values())
        yield from (("structure", structure, structure.name) for structure in self.structures.values())


def sources_used(things: Iterable[object]) -> set[str]:
    """Keys of all sources that content objects of any app lean on, in blocks and in findings."""
    used: set[str] = set()
    for thing in things:
        used.update(key for block in blocks_in(thing) for key in block.sources)
        if isinstance(thing, Claim):
            used.update(thing.sources)
        if isinstance(thing, Muscle) and thing.measured:
            used.update(row.source for row in thing.measured.rows)
    return used


def load_catalogue(folder: Path) -> ReferenceCatalogue:
    """Read the reference from a content folder.

    Raises ContentError with the file and the key when something does not fit or names what is not there.
    """
    glossary = load_file(folder / "glossary.toml", Glossary)
    catalogue = ReferenceCatalogue(
        sources=load_folder(folder / "sources", Source),
        claims=_in_order(load_folder(folder / "claims", Claim)),
        groups=_in_order(load_folder(folder / "groups", MuscleGroup)),
        muscles=_in_order(load_folder(folder / "muscles", Muscle)),
        structures=_in_order(load_folder(folder / "structures", Structure)),
        arches=_in_order(load_folder(folder / "arches", Arch)),
        topics=_in_order(load_folder(folder / "topics", Topic)),
        questions=_in_order(load_folder(folder / "questions", Topic)),
        glossary={term.key: term for term in sorted(glossary.terms, key=lambda term: term.name.casefold())},
        glossary_checked=glossary.checked,
        counting_muscles=load_file(folder / "counting_muscles.toml", CountingMuscles),
        page_names=load_file(folder / "page_names.toml", PageNames).names,
    )
    _check_references(catalogue, folder)
    return catalogue


@functools.cache
def catalogue() -> ReferenceCatalogue:
    """The reference, read once."""
    return load_catalogue(CONTENT)


def check_sources(blocks: Iterable[Block], *, where: str) -> None:
    """Raise ContentError when a block names a source that is not in the bibliography.

    For the content of the other apps; `where` names the file in the error.
    """
    for block in blocks:
        require_keys(block.sources, catalogue().sources, where=f"{where}: sources")


Ordered = TypeVar("Ordered", Claim, MuscleGroup, Muscle, Structure, Arch, Topic)


def _in_order(things: Mapping[str, Ordered]) -> dict[str, Ordered]:
    return dict(sorted(things.items(), key=lambda item: item[1].order))


def _check_references(catalogue: ReferenceCatalogue, folder: Path) -> None:
    def check(used: Iterable[str], known: Iterable[str], entry: Entry, kind: str, field: str) -> None:
        require_keys(used, known, where=f"{folder / kind / entry.key}.toml: {field}")

    for claim in catalogue.claims.values():
        check(claim.sources, catalogue.sources, claim, "claims", "sources")
        if not (claim.sources or claim.says.basis):
            raise ContentError(
                f"{folder / 'claims' / claim.key}.toml: sources: a claim shows what it rests on"
            )
    for group in catalogue.groups.values():
        check(sources_used([group]), catalogue.sources, group, "groups", "sources")
        if not catalogue.muscles_of(group.key):
            raise ContentError(f"{folder / 'groups' / group.key}.toml: key: no muscle names this group")
    for muscle in catalogue.muscles.values():
        check([muscle.group], catalogue.groups, muscle, "muscles", "group")
        check(muscle.claims, catalogue.claims, muscle, "muscles", "claim")
        check(sources_used([muscle]), catalogue.sources, muscle, "muscles", "sources")
    for structure in catalogue.structures.values():
        check(structure.muscles, catalogue.muscles, structure, "structures", "muscles")
        check(structure.arches, catalogue.arches, structure, "structures", "arches")
        check(structure.beside, catalogue.structures, structure, "structures", "beside")
        passages = [structure.role, *structure.notes]
        check([p.claim for p in passages if p.claim], catalogue.claims, structure, "structures", "claim")
        check(sources_used([structure]), catalogue.sources, structure, "structures", "sources")
    for arch in catalogue.arches.values():
        check(arch.muscles, catalogue.muscles, arch, "arches", "muscles")
        check([p.claim for p in arch.notes if p.claim], catalogue.claims, arch, "arches", "claim")
        check(sources_used([arch]), catalogue.sources, arch, "arches", "sources")
    figures = {path.stem for path in FIGURES.glob("*.svg")}
    for kind, pages in (("topics", catalogue.topics), ("questions", catalogue.questions)):
        for topic in pages.values():
            pictures = [topic.picture, *(deed.picture for deed in topic.do)]
            check(filter(None, pictures), figures, topic, kind, "picture")
            for section in topic.sections:
                check(section.plates, plates(), topic, kind, "plates")
                on_plates = [entry.key for name in section.plates for entry in plates()[name].entries]
                check([section.lit] if section.lit else [], on_plates, topic, kind, "lit")
            check(topic.claims, catalogue.claims, topic, kind, "claims")
            check(topic.muscles, catalogue.muscles, topic, kind, "muscles")
            check(topic.arches, catalogue.arches, topic, kind, "arches")
            check(topic.topics, catalogue.topics, topic, kind, "topics")
            check(topic.questions, catalogue.questions, topic, kind, "questions")
            check(sources_used([topic]), catalogue.sources, topic, kind, "sources")
    counting = sources_used([catalogue.counting_muscles])
    require_keys(counting, catalogue.sources, where=f"{folder / 'counting_muscles.toml'}: sources")
    where = f"{folder / 'glossary.toml'}: "
    require_keys(sources_used(catalogue.glossary.values()), catalogue.sources, where=f"{where}sources")
    _check_terms(catalogue.glossary.values(), where)


def _check_terms(terms: Iterable[Term], where: str) -> None:
    """Every word of the glossary leads to one term only."""
    forms: dict[str, str] = {}
    for term in terms:
        for form in (term.name, *term.also):
            other = forms.setdefault(form.casefold(), term.key)
            if other != term.key:
                raise ContentError(f"{where}terms: {form!r} stands under {other!r} and {term.key!r}")
