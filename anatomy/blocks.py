"""Reviewed content: blocks of prose with a basis, read from TOML into frozen, checked objects.

Every app keeps its content under `<app>/content/`, one file a thing, and reads it with `load_folder`.
Whatever is wrong stops the start with the file and the key named (ADR 0001).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

import tomli
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


class ContentError(Exception):
    """Content that must not be served; the message names the file and the key."""


class Frozen(BaseModel):
    """A content object: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Basis(StrEnum):
    """What a block rests on when it is not, or not only, a study."""

    DESIGN_CHOICE = "design_choice"
    TEXTBOOK = "textbook"
    SAFETY = "safety"


# Names that hold a number but are not figures: vertebrae and nerve roots (L4, S1-S2, T12-L5),
# and numbered bones ("metatarsals 1-3", "metatarsal 5").
_NAMES_WITH_NUMBERS = re.compile(
    r"\b[CTLS]\d{1,2}(?:\s?[-–]\s?[CTLS]?\d{1,2})?\b"
    r"|\b(?:metatarsals?|cuneiforms?|toes?|bones?)\s\d(?:(?:\s?[-–]\s?|\sto\s|,\s|\sand\s)\d)*\b"
)
_FIGURE = re.compile(r"\d|%|\bper ?cent\b")

# facts.md G2. Never, whatever the sentence says: words that judge a body, or send someone away from care.
_NEVER_SAID = re.compile(
    r"\bdeformit(?:y|ies)\b|\bdeformed\b|\bbad posture\b|\bimbalanced?s?\b|\bmirror test\b"
    r"|\bassessment of weakness\b|\bmust be treated\b|\bno need (?:to see|for) an? (?:doctor|clinician)",
    re.IGNORECASE,
)
# facts.md G2. Claims the product does not make. "It does not diagnose anything" denies one: it may stand.
_BODY = (
    r"(?:\w+\s){0,2}"
    r"(?:flat|fallen|collapsed|feet|foot|arch(?:es)?|hips?|knees?|posture|pain|injur\w+|falls)\b"
)
_NOT_CLAIMED = re.compile(
    r"\bdiagnos\w+|\bdetect(?:s|ed|ing|ion)?\b|\bcur(?:e|es|ed|ing)\b|\bheals\b|\bwrong\b"
    rf"|\bfix(?:es|ed|ing)?\s{_BODY}|\b(?:corrects|corrected|correcting|(?:to|can|will|may) correct)\s{_BODY}"
    rf"|\bprevent(?:s|ed|ing)?\s{_BODY}|\btreat(?:s|ed|ing)?\s(?:flat|fallen|collapsed)\b"
    r"|\braises? your arch(?:es)?\b|\bpredicts?\s(?:\w+\s){0,3}(?:falls|pain|dependence)\b"
    r"|\byour\s(?:\w+\s){1,4}(?:is|are)\s(?:too\s)?weak\b|\byou have (?:a )?weak\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not(?! only)|no|nor|never|neither|nothing|none|cannot|without)\b|n[’']t\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")


def has_figure(text: str) -> bool:
    """Whether the text states a number that needs a source or a design choice."""
    return bool(_FIGURE.search(_NAMES_WITH_NUMBERS.sub("", text)))


def forbidden_words(text: str) -> list[str]:
    """The words of facts G2 that stand in the text, as written there.

    A claim counts only where it is made: in a sentence that denies it first it is left alone.
    """
    found = []
    for sentence in _SENTENCE_END.split(" ".join(text.split())):
        found += [match[0] for match in _NEVER_SAID.finditer(sentence)]
        found += [
            match[0]
            for match in _NOT_CLAIMED.finditer(sentence)
            if not _DENIAL.search(sentence, 0, match.start())
        ]
    return found


def _keeps_the_wording_rules(text: str) -> str:
    if words := forbidden_words(text):
        raise ValueError(f"uses words the wording rules forbid: {', '.join(sorted(set(words)))}")
    return text


# A title, name or finding whose basis stands beside it: the wording rules hold for it too.
Wording = Annotated[str, Field(min_length=1), AfterValidator(_keeps_the_wording_rules)]


class Block(Frozen):
    """A piece of prose a person reads, with what it rests on.

    text           one or more paragraphs, split by blank lines
    sources        keys of the bibliography
    basis          design choice, textbook or safety; at least one of sources and basis is given
    checked_at     address of the page a textbook block was checked against
    quotes_others  quotes names or claims of others, so the word rules do not apply; listed for review
    """

    text: Text
    sources: tuple[Key, ...] = ()
    basis: Basis | None = None
    checked_at: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    quotes_others: bool = False

    @model_validator(mode="after")
    def _has_what_it_rests_on(self) -> Self:
        if not self.sources and self.basis is None:
            raise ValueError("needs sources, a basis, or both")
        if self.basis is Basis.TEXTBOOK and not self.checked_at:
            raise ValueError("a textbook block names the address it was checked against (checked_at)")
        if has_figure(self.text) and not self.sources and self.basis is not Basis.DESIGN_CHOICE:
            raise ValueError("states a figure, so it needs sources or basis = 'design_choice'")
        if not self.quotes_others:
            _keeps_the_wording_rules(self.text)
        return self

    @property
    def paragraphs(self) -> list[str]:
        """The text split at blank lines, each paragraph on one line."""
        return [" ".join(part.split()) for part in re.split(r"\n\s*\n", self.text) if part.strip()]


Model = TypeVar("Model", bound=Frozen)


def load_file(path: Path, model: type[Model]) -> Model:
    """Read one TOML file into its model.

    Raises ContentError with the file and the key when it cannot be read or does not fit.
    """
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ContentError(f"{path}: {error}") from error
    return parse(data, model, where=str(path))


def parse(data: Mapping[str, Any], model: type[Model], *, where: str) -> Model:
    """Turn parsed TOML into its model; `where` names the file in the error."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']) or 'file'}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)
        )
        raise ContentError(f"{where}: {problems}") from error


def load_folder(folder: Path, model: type[Model]) -> dict[str, Model]:
    """Read every TOML file of a folder, in order of file names; each file's `key` is its name.

    Raises ContentError when the folder is empty or a key is not the name of its file.
    """
    loaded: dict[str, Model] = {}
    for path in sorted(folder.glob("*.toml")):
        thing = load_file(path, model)
        key = getattr(thing, "key", None)
        if key != path.stem:
            raise ContentError(f"{path}: key: is {key!r}, but the file is named {path.stem!r}")
        loaded[path.stem] = thing
    if not loaded:
        raise ContentError(f"{folder}: holds no content")
    return loaded


def blocks_in(thing: object) -> Iterable[Block]:
    """Every block inside a content object, however deep."""
    if isinstance(thing, Block):
        yield thing
    if isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from blocks_in(getattr(thing, name))
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from blocks_in(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from blocks_in(value)


def require_keys(used: Iterable[str], known: Iterable[str], *, where: str) -> None:
    """Raise ContentError when something names a key that does not exist."""
    if missing := sorted(set(used) - set(known)):
        raise ContentError(f"{where}: names unknown keys: {', '.join(missing)}")


def content_version(*folders: Path) -> str:
    """A short hash of all content files below the folders: equal files, equal version."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.toml")):
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
