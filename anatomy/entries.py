"""What the reference consists of: sources, graded claims, muscles, bones and joints, arches, topics, terms."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field

from anatomy.blocks import (
    Block,
    Frozen,
    Key,
    Text,
    Wording,
    blocks_in,
)


class Grade(StrEnum):
    """How sure we are of a claim as it is worded, in the words of GRADE."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"

    @property
    def word(self) -> str:
        """The grade as it stands on a chip: "very low"."""
        return self.value.replace("_", " ")

    @property
    def label(self) -> str:
        """The grade as it stands alone: "Very low certainty"."""
        return f"{self.word.capitalize()} certainty"

    @property
    def meaning(self) -> str:
        """What the grade tells a reader."""
        return {
            Grade.HIGH: "We are very sure. New studies are unlikely to change this.",
            Grade.MODERATE: "This is probably so. New studies could change it.",
            Grade.LOW: "This may be so. The truth could be quite different.",
            Grade.VERY_LOW: "We do not know. What there is says very little.",
        }[self]

    @property
    def css_class(self) -> str:
        """The class of the chip: "very-low"."""
        return self.value.replace("_", "-")


class SourceKind(StrEnum):
    """What sort of work a source is."""

    SYSTEMATIC_REVIEW = "systematic_review"
    TRIAL = "trial"
    COHORT = "cohort"
    CROSS_SECTIONAL = "cross_sectional"
    LAB_STUDY = "lab_study"
    NARRATIVE_REVIEW = "narrative_review"
    GUIDELINE = "guideline"
    PROTOCOL = "protocol"
    SURVEY = "survey"
    PUBLIC_HEALTH_PAGE = "public_health_page"
    TEXTBOOK_PAGE = "textbook_page"
    PROFESSIONAL_PAGE = "professional_page"
    HANDOUT = "handout"
    DATA = "data"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The sort of work in plain words, the field's term beside it where there is one."""
        return {
            SourceKind.SYSTEMATIC_REVIEW: "Review of many studies (systematic review)",
            SourceKind.TRIAL: "Trial of a programme or treatment",
            SourceKind.COHORT: "Study that follows people over time (cohort)",
            SourceKind.CROSS_SECTIONAL: "Study at one point in time (cross-sectional)",
            SourceKind.LAB_STUDY: "Laboratory or measurement study",
            SourceKind.NARRATIVE_REVIEW: "Review article",
            SourceKind.GUIDELINE: "Guideline",
            SourceKind.PROTOCOL: "Plan of a study, no results",
            SourceKind.SURVEY: "Consumer survey",
            SourceKind.PUBLIC_HEALTH_PAGE: "Health information page",
            SourceKind.TEXTBOOK_PAGE: "Anatomy or textbook page",
            SourceKind.PROFESSIONAL_PAGE: "Page by health or training professionals",
            SourceKind.HANDOUT: "Handout or manual",
            SourceKind.DATA: "Computer model",
            SourceKind.OTHER: "Other",
        }[self]


class FurtherReading(StrEnum):
    """How much of a source was read."""

    ABSTRACT = "abstract"
    PAGE = "page"
    SECONDARY_PAGE = "secondary_page"

    @property
    def label(self) -> str:
        """What was read, said to the reader."""
        return {
            FurtherReading.ABSTRACT: "We read the summary (abstract), not the whole work.",
            FurtherReading.PAGE: "We read the page.",
            FurtherReading.SECONDARY_PAGE: "We read what other pages say about it, not the work itself.",
        }[self]


def host_of(address: str) -> str:
    """The site an address leads to: "orthobullets.com"."""
    return urlsplit(address).netloc.removeprefix("www.")


class Entry(Frozen):
    """Something with a page of its own.

    key      stable name; the file's name, and with hyphens the end of its address
    checked  the day its content was last checked against its sources
    """

    key: Key
    checked: date

    @property
    def slug(self) -> str:
        """The key as it stands in an address."""
        return self.key.replace("_", "-")


class Source(Entry):
    """A work of the bibliography. What is not known of it is left out.

    name               what pages call it: "Khamis and Yizhar 2007"
    people             whom it studied
    read               how much of it was read; None when it could not be opened again
    secondary          a page that retells the work of others
    article_reference  one of the six references of the article the product grew out of
    remark             what a reader should know before leaning on it
    """

    name: Text
    kind: SourceKind
    authors: tuple[Text, ...] = ()
    organisation: Text | None = None
    year: int | None = None
    title: Text | None = None
    container: Text | None = None
    pages: Text | None = None
    doi: Text | None = None
    pmid: Text | None = None
    address: Text | None = None
    people: Text | None = None
    read: FurtherReading | None = None
    secondary: bool = False
    article_reference: bool = False
    remark: Wording | None = None

    @property
    def host(self) -> str:
        """The site its address leads to."""
        return host_of(self.address or "")


class Finding(Frozen):
    """What one source found that speaks for or against a claim.

    people  how many took part, where the source says so
    """

    source: Key
    people: int | None = None
    found: Wording


class Claim(Entry):
    """A statement with its grade and everything found for and against it.

    title   the claim in plain words, as it is graded
    says    what it means for the reader
    effect  how much, in one plain sentence: what happens with and without; None where no figures allow one
    limits  how far the studies reach
    """

    order: int
    title: Wording
    grade: Grade
    says: Block
    effect: Block | None = None
    limits: Block
    supports: tuple[Finding, ...] = ()
    against: tuple[Finding, ...] = ()

    @property
    def said_by_others(self) -> bool:
        """Whether its title, in quotation marks, is what others say: prose that leans on it mostly denies it."""
        return self.title.startswith("“")

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of all its sources, each once, in the order in which they are met."""
        findings = [finding.source for finding in (*self.supports, *self.against)]
        size = self.effect.sources if self.effect else ()
        return tuple(dict.fromkeys([*findings, *self.says.sources, *size, *self.limits.sources]))


class Passage(Block):
    """A block of a page.

    claim  names the claim that grades what it says
    led    whether what its paragraphs begin with, up to a colon, is their label: whose words they are, or what to do
    """

    claim: Key | None = None
    led: bool = False


class Section(Frozen):
    """A part of a topic: a heading, its passages, then plates by name, then the claims it leads up to.

    lit     key of the part that stands out on its plates
    moves   keys of stretches to be shown with their pictures; the app exercises has them
    folded  whether it opens below its heading, as few need it
    listed  whether its passages are the points of a list: signs to look for, one each
    """

    heading: Wording
    passages: tuple[Passage, ...] = ()
    plates: tuple[Text, ...] = ()
    lit: Key | None = None
    moves: tuple[Key, ...] = ()
    claims: tuple[Key, ...] = ()
    folded: bool = False
    listed: bool = False


class Deed(Passage):
    """One thing a reader can do, shown in a picture where there is one.

    exercise  key of the exercise it asks for: its name and picture lead to its page
    picture   a figure, by name, of what is no exercise
    """

    led: bool = True
    exercise: Key | None = None
    picture: Text | None = None


class Topic(Entry):
    """A page to read; or, under `questions/`, the answer to what people ask: its title is the question.

    lead      the topic in one or two sentences; of a question the short answer
    short     the points to remember
    do        what the reader can do, in this order
    leads_to  the button below it: the mirror check, or a plan
    picture  a figure, by name; Learn begins with the topics that have one
    muscles, arches, topics, questions, exercises  keys of pages to read next
    """

    order: int
    title: Wording
    description: Wording
    picture: Text | None = None
    lead: Passage
    short: tuple[Passage, ...] = ()
    sections: tuple[Section, ...]
    do: tuple[Deed, ...] = ()
    leads_to: Literal["check", "plan"] | None = None
    muscles: tuple[Key, ...] = ()
    arches: tuple[Key, ...] = ()
    topics: tuple[Key, ...] = ()
    questions: tuple[Key, ...] = ()
    exercises: tuple[Key, ...] = ()

    @property
    def open_sections(self) -> tuple[Section, ...]:
        """What every reader needs; what a reader can do stands below it."""
        return tuple(section for section in self.sections if not section.folded)

    @property
    def folded_sections(self) -> tuple[Section, ...]:
        """What few need: it stands last."""
        return tuple(section for section in self.sections if section.folded)

    @property
    def claims(self) -> tuple[str, ...]:
        """Keys of every claim it shows or leans on, each once."""
        shown = [key for section in self.sections for key in section.claims]
        named = [block.claim for block in blocks_in(self) if isinstance(block, Passage) and block.claim]
        return tuple(dict.fromkeys([*shown, *named]))


class MuscleGroup(Entry):
    """Muscles that lie and work together.

    in_the_guides_count  whether its muscles belong to the "19 named muscles in this guide"
    """

    order: int
    name: Wording
    plain_name: Wording
    summary: Block
    notes: tuple[Block, ...] = ()
    in_the_guides_count: bool = False


class Measurement(Frozen):
    """How strongly a muscle worked in one exercise, as one study measured it.

    exercise  what the people did
    activity  the result in words, with its unit
    people    how many took part, where the source says so
    """

    exercise: Wording
    activity: Wording
    source: Key
    people: int | None = None


class Measured(Frozen):
    """What studies measured of a muscle, and how far that reaches."""

    limits: Block
    rows: Annotated[tuple[Measurement, ...], Field(min_length=1)]


class Muscle(Entry):
    """A muscle: where it starts and ends, what moves it, what it does, and what that means lower down."""

    order: int
    name: Wording
    plain_name: Wording
    also_called: tuple[Wording, ...] = ()
    group: Key
    origin: Block
    insertion: Block
    nerve: Block
    actions: Block
    role: Passage
    measured: Measured | None = None
    notes: tuple[Passage, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """Keys of the claims its page leans on."""
        return tuple(dict.fromkeys(p.claim for p in (self.role, *self.notes) if p.claim))


class Arch(Entry):
    """An arch of the foot; `muscles` are those of its helpers that have a page."""

    order: int
    name: Wording
    plain_name: Wording
    bones: Block
    passive_support: Block
    active_support: Block
    function: Block
    notes: tuple[Passage, ...] = ()
    muscles: tuple[Key, ...] = ()


class StructureKind(StrEnum):
    """What sort of part of the body a structure is."""

    BONE = "bone"
    JOINT = "joint"
    LIGAMENT = "ligament"

    @property
    def plural(self) -> str:
        """As the heading of a list: "Bones"."""
        return f"{self.value.capitalize()}s"


class PageNames(Frozen):
    """What the pages are called that standard anatomy was checked against: {host: book or body}."""

    names: Mapping[str, Wording]


class CountingMuscles(Frozen):
    """Why books count groups and muscles of the hip differently, and how this guide counts."""

    checked: date
    blocks: tuple[Block, ...]


class Structure(Entry):
    """A bone, a joint or a ligament.

    where    what it is and where it lies
    does     what it does
    role     what it has to do with arches, knees and hips
    muscles  keys of the muscles that start, end or act there, or whose tendon passes it
    arches   keys of the arches it belongs to
    beside   keys of the structures it meets
    """

    order: int
    kind: StructureKind
    name: Wording
    plain_name: Wording
    also_called: tuple[Wording, ...] = ()
    where: Block
    does: Block
    role: Passage
    notes: tuple[Passage, ...] = ()
    muscles: tuple[Key, ...] = ()
    arches: tuple[Key, ...] = ()
    beside: tuple[Key, ...] = ()

    @property
    def second_name(self) -> str:
        """The plain name; empty where it is the name itself ("heel bone")."""
        return "" if self.plain_name.lower() == self.name.lower() else self.plain_name


class Term(Frozen):
    """A word of the glossary. What has a page of its own is no term: the glossary lists it by itself.

    also  other forms under which the word stands in a text: plurals, other spellings
    """

    key: Key
    name: Wording
    also: tuple[Wording, ...] = ()
    meaning: Block

    @property
    def slug(self) -> str:
        """The key as it stands in an address."""
        return self.key.replace("_", "-")


class Glossary(Frozen):
    """All terms as they stand in the file, and the day they were last checked."""

    checked: date
    terms: tuple[Term, ...]


Part = Muscle | Structure | Arch
