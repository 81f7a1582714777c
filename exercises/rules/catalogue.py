"""Exercises, their ladders of rungs, and the equipment they need, read once from `content/`.

A rung's number only orders its ladder; rows in the database store keys. What is left out of the content
later stays readable: an unknown key raises UnknownKey, which the caller turns into "no longer offered".
"""

import functools
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from anatomy.blocks import (
    Block,
    ContentError,
    Frozen,
    Key,
    Wording,
    blocks_in,
    content_version,
    load_file,
    load_folder,
    require_keys,
)
from anatomy.catalogue import catalogue as anatomy_catalogue
from anatomy.entries import Passage
from assessments.rules.counting import MOST as COUNTED_CHECKS

CONTENT = Path(__file__).parent.parent / "content"
TEMPLATES = CONTENT.parent.parent / "templates"

Count = Annotated[int, Field(ge=1)]
LoadDigit = Annotated[int, Field(ge=0, le=3)]


class UnknownKey(LookupError):  # noqa: N818  (reads as what happened)
    """A key that is not, or no longer, in the content."""


class Laterality(StrEnum):
    """Which sides a set is done for."""

    BOTH = "both"
    EACH_LEG = "each_leg"
    EACH_DIRECTION = "each_direction"

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides a set is logged for: left and right, or both at once."""
        return ("both",) if self is Laterality.BOTH else ("left", "right")


class LoadKind(StrEnum):
    """What makes a rung heavier than the body alone."""

    NONE = "none"
    BAND = "band"
    WEIGHT = "weight"
    ANKLE_WEIGHT = "ankle_weight"

    @property
    def in_grams(self) -> bool:
        """Whether the load is a weight that is counted in grams."""
        return self in {LoadKind.WEIGHT, LoadKind.ANKLE_WEIGHT}


class EquipmentKind(StrEnum):
    """How a piece of equipment is asked for."""

    THING = "thing"
    BAND = "band"
    WEIGHT = "weight"


class Equipment(Frozen):
    """A thing a person may own.

    name  as it is ticked: "A sturdy chair or a free wall"
    short as it stands inside a sentence: "a chair or a wall"
    in_most_homes  it is ticked for who has not said yet what they have
    """

    key: Key
    name: Wording
    short: Wording
    kind: EquipmentKind = EquipmentKind.THING
    in_most_homes: bool = False
    about: Block | None = None


class GateCheck(Frozen):
    """The countable check that answers a rung's question: yes from `least` on both sides."""

    check: Key
    least: Count


class Rung(Frozen):
    """One step of a ladder.

    number             order in the ladder; never stored
    how                what to do, in paragraphs
    dose               what the numbers and the position rest on
    sets, reps_from, reps_to, hold_seconds  the numbers of a set; repetitions per set and side
    needs              every group must be met; one member of a group is enough, in order of preference
    load_step          the load grows inside this rung, up to `load_max_grams`, towards `load_goal_grams`
    gate               the yes-or-no question asked before this rung, as a phrase: "Can you ...?"
    gate_check         the countable check that answers it
    pictured_as        the rung whose pictures this one shares, where both look the same
    phases             what is said during a repetition: the way there, the hold, the way back
    """

    number: Annotated[int, Field(ge=0)]
    key: Key
    name: Wording
    how: Block
    dose: Block
    sets: Annotated[int, Field(ge=1, le=3)]
    reps_from: Count
    reps_to: Count
    hold_seconds: Annotated[int, Field(ge=0)] = 0
    needs: tuple[tuple[Key, ...], ...] = ()
    load: LoadKind = LoadKind.NONE
    laterality: Laterality
    phases: tuple[Wording, Wording, Wording] = ("Lift", "Hold", "Lower")
    load_step: bool = False
    load_max_grams: Count | None = None
    load_goal_grams: Count | None = None
    gate: Block | None = None
    gate_check: GateCheck | None = None
    pictured_as: Key | None = None

    @property
    def slug(self) -> str:
        """The key as it stands in an address."""
        return self.key.replace("_", "-")

    @property
    def is_standing(self) -> bool:
        """Whether it is done standing: whatever asks for a wall or a chair to hold on to is."""
        return any("wall_or_chair" in group for group in self.needs)

    @model_validator(mode="after")
    def _numbers_fit(self) -> Self:
        if self.reps_from > self.reps_to:
            raise ValueError(f"rung {self.key}: reps_from is above reps_to")
        if self.load_step and self.load_max_grams is None:
            raise ValueError(f"rung {self.key}: load_step needs load_max_grams")
        if self.load_step and not self.load.in_grams:
            raise ValueError(f"rung {self.key}: load_step needs a load in grams")
        if self.load_goal_grams and self.load_goal_grams > (self.load_max_grams or 0):
            raise ValueError(f"rung {self.key}: load_goal_grams is above load_max_grams")
        if self.gate_check and self.gate is None:
            raise ValueError(f"rung {self.key}: gate_check needs gate")
        return self


class Fault(Frozen):
    """Something that often goes differently than meant, and what to do instead.

    look_at   what a mirror should show instead, where the mirror is the point of the exercise
    pictured  name of the drawing, where a picture says it better
    """

    seen: Wording
    instead: Block
    look_at: Block | None = None
    pictured: Key | None = None


class Alternative(Frozen):
    """What to do without the equipment, or when a position does not suit."""

    when: Wording
    instead: Block


class LoadBesides(Frozen):
    """What an exercise asks of muscles that have no page here."""

    muscles: Wording
    load: tuple[LoadDigit, LoadDigit]


class Exercise(Frozen):
    """An exercise with everything its pages and the player show.

    purpose     why one does it; a passage may name the claim that grades it
    cues        short reminders, one a paragraph
    not_for     who should leave it out or ask first
    loads       {muscle key: (from, to)}, 0 none to 3 a lot; the moving side, or both (design choice)
    loads_standing_leg  the same for the leg that is stood on
    loads_besides  the same for muscles without a page
    lit         the muscle that its picture `<key>-<muscle>` colours in, one of those it loads
    measured    muscle activity in published studies, one study a block
    counted_as  what one repetition is called, one and many: ("step", "steps each way")
    addon       an extra of foot or knee work, not one of the five
    any_day     an extra that may be done on other days besides, and never counts as missed
    rung_up_after  successes in a row that open the next rung
    pictured_side  the side that works in the pictures of steps done side by side
    """

    key: Key
    order: int
    name: Wording
    field_name: Wording
    summary: Block
    purpose: tuple[Passage, ...]
    set_up: Block
    cues: Block
    faults: tuple[Fault, ...]
    not_for: tuple[Block, ...]
    alternatives: tuple[Alternative, ...]
    loads: Mapping[Key, tuple[LoadDigit, LoadDigit]]
    loads_standing_leg: Mapping[Key, tuple[LoadDigit, LoadDigit]] = Field(default_factory=dict)
    loads_besides: tuple[LoadBesides, ...] = ()
    lit: Key | None = None
    measured: tuple[Block, ...] = ()
    counted_as: tuple[Wording, Wording] = ("time", "times")
    repetitions_doubled: bool = False
    addon: bool = False
    any_day: bool = False
    rung_up_after: Count = 2
    pictured_side: Literal["left", "right"] | None = None
    rungs: tuple[Rung, ...]

    @model_validator(mode="before")
    @classmethod
    def _rungs_take_what_the_exercise_says(cls, data: dict[str, object]) -> dict[str, object]:
        """Laterality and phases are said once, for all steps but those that say otherwise."""
        rungs = data.get("rungs") if isinstance(data, dict) else None
        if not isinstance(rungs, list):
            return data
        said = {name: data[name] for name in ("laterality", "phases") if name in data}
        rest = {name: value for name, value in data.items() if name not in said}
        return {**rest, "rungs": [{**said, **rung} for rung in rungs]}

    @model_validator(mode="after")
    def _ladder_is_in_order(self) -> Self:
        numbers = [rung.number for rung in self.rungs]
        keys = [rung.key for rung in self.rungs]
        if not self.rungs:
            raise ValueError("rungs: a ladder has at least one rung")
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise ValueError(f"rungs: numbers must follow each other, are {numbers}")
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"rungs: keys stand twice: {', '.join(twice)}")
        return self

    @property
    def slug(self) -> str:
        """The key as it stands in an address."""
        return self.key.replace("_", "-")

    @property
    def lowest(self) -> Rung:
        """The easiest rung of the ladder."""
        return self.rungs[0]

    @property
    def usual(self) -> Rung:
        """The rung to show of it where no plan says which: rung 1, or the easiest."""
        return self.rung_at(1) or self.lowest

    def rung(self, key: str) -> Rung:
        """The rung with this key; raises UnknownKey."""
        for rung in self.rungs:
            if rung.key == key:
                return rung
        raise UnknownKey(f"{self.key} has no rung {key!r}")

    def rung_at(self, number: int) -> Rung | None:
        """The rung with this number, if the ladder reaches it."""
        return next((rung for rung in self.rungs if rung.number == number), None)

    def above(self, rung: Rung) -> list[Rung]:
        """The harder rungs, nearest first."""
        return [other for other in self.rungs if other.number > rung.number]

    def by_step(self, slug: str) -> Rung:
        """The rung at an address; raises UnknownKey."""
        for rung in self.rungs:
            if rung.slug == slug:
                return rung
        raise UnknownKey(f"no step of {self.key} at {slug!r}")

    def below(self, rung: Rung) -> list[Rung]:
        """The easier rungs, nearest first."""
        return [other for other in reversed(self.rungs) if other.number < rung.number]

    @property
    def pictured_faults(self) -> list[tuple[Fault, tuple[str, str] | None]]:
        """The faults, each with the template names of its drawing and of the right thing, if it has them."""
        return [(fault, self._pictures_of_fault(fault.pictured)) for fault in self.faults]

    @property
    def look_at(self) -> tuple[Block, str] | None:
        """What to look at in the mirror while doing it, and the template name of its drawing."""
        drawn = ((fault.look_at, pictures[1]) for fault, pictures in self.pictured_faults if pictures)
        return next(((says, picture) for says, picture in drawn if says), None)

    def _pictures_of_fault(self, pictured: str | None) -> tuple[str, str] | None:
        if pictured is None:
            return None
        look = f"figures/{self.key}-{pictured}"
        return f"{look}-fault.svg", f"{look}-right.svg"

    @property
    def equipment(self) -> tuple[str, ...]:
        """Keys of everything any rung can use, each once, in ladder order."""
        return tuple(dict.fromkeys(key for rung in self.rungs for group in rung.needs for key in group))


class Pictures(NamedTuple):
    """Template names of the drawings of a rung, and where they stand on a page of their own.

    start, end  the two stills
    small       the one that tells most, for lists
    motion      the strip that shows it moving
    exercise, step  slugs of that page
    """

    start: str
    end: str
    small: str
    motion: str
    exercise: str
    step: str

    @property
    def files(self) -> tuple[str, ...]:
        """Every drawing."""
        return self.start, self.end, self.small, self.motion


class ExerciseCatalogue(Frozen):
    """All exercises, in the order in which a workout does them, and all equipment."""

    exercises: Mapping[str, Exercise]
    equipment: Mapping[str, Equipment]

    def exercise(self, key: str) -> Exercise:
        """The exercise with this key; raises UnknownKey."""
        try:
            return self.exercises[key]
        except KeyError:
            raise UnknownKey(f"no exercise {key!r}") from None

    def rung(self, exercise_key: str, rung_key: str) -> Rung:
        """A rung by the two keys a row stores; raises UnknownKey."""
        return self.exercise(exercise_key).rung(rung_key)

    def by_slug(self, slug: str) -> Exercise:
        """The exercise at an address; raises UnknownKey."""
        for exercise in self.exercises.values():
            if exercise.slug == slug:
                return exercise
        raise UnknownKey(f"no exercise at {slug!r}")

    def loading(self, muscle_key: str) -> list[tuple[Exercise, tuple[int, int], str]]:
        """Exercises that load a muscle, hardest first: (exercise, (from, to), leg: "" or "standing")."""
        found = [
            (exercise, load, leg)
            for exercise in self.exercises.values()
            for leg, loads in (("", exercise.loads), ("standing", exercise.loads_standing_leg))
            if (load := loads.get(muscle_key)) and load[1] > 0
        ]
        return sorted(found, key=lambda row: (-row[1][1], -row[1][0], row[0].order))

    def pictures_of(self, exercise_key: str, rung_key: str) -> Pictures:
        """The drawings of a rung; raises UnknownKey."""
        exercise, rung = self.exercise(exercise_key), self.rung(exercise_key, rung_key)
        look = f"{exercise_key}-{rung.pictured_as or rung_key}"
        start, end, small, motion = (f"figures/{look}-{p}.svg" for p in ("start", "end", "small", "motion"))
        return Pictures(start, end, small, motion, exercise=exercise.slug, step=rung.slug)


class _EquipmentFile(Frozen):
    equipment: tuple[Equipment, ...]


def load_catalogue(
    folder: Path, *, muscles: Iterable[str], claims: Iterable[str], sources: Iterable[str], templates: Path
) -> ExerciseCatalogue:
    """Read exercises and equipment from a content folder.

    muscles, claims, sources  keys of the reference that content may name
    templates                 folder in which the drawings are

    Raises ContentError with the file and the key.
    """
    equipment_file = folder / "equipment.toml"
    listed = load_file(equipment_file, _EquipmentFile).equipment
    equipment = {thing.key: thing for thing in listed}
    if len(equipment) != len(listed):
        raise ContentError(f"{equipment_file}: equipment: a key stands twice")
    exercises = load_folder(folder / "exercises", Exercise)
    muscles, claims, sources = set(muscles), set(claims), set(sources)
    for exercise in exercises.values():
        where = folder / "exercises" / f"{exercise.key}.toml"
        require_keys(exercise.equipment, equipment, where=f"{where}: needs")
        require_keys([*exercise.loads, *exercise.loads_standing_leg], muscles, where=f"{where}: loads")
        require_keys([p.claim for p in exercise.purpose if p.claim], claims, where=f"{where}: claim")
        counted = [rung.gate_check.check for rung in exercise.rungs if rung.gate_check]
        require_keys(counted, COUNTED_CHECKS, where=f"{where}: gate_check")
        for block in blocks_in(exercise):
            require_keys(block.sources, sources, where=f"{where}: sources")
    in_order = dict(sorted(exercises.items(), key=lambda item: item[1].order))
    found = ExerciseCatalogue(exercises=in_order, equipment=equipment)
    _require_pictures(found, templates)
    return found


def _require_pictures(found: ExerciseCatalogue, templates: Path) -> None:
    """Every rung and every pictured fault is drawn; raises ContentError."""
    for exercise in found.exercises.values():
        wanted = [name for rung in exercise.rungs for name in found.pictures_of(exercise.key, rung.key).files]
        wanted += [picture for _, pictures in exercise.pictured_faults for picture in pictures or ()]
        wanted += [f"figures/{exercise.key}-{exercise.lit}.svg"] if exercise.lit else []
        if missing := sorted({name for name in wanted if not (templates / name).exists()}):
            raise ContentError(f"{exercise.key}: not drawn: {', '.join(missing)}")
        sides = {rung.laterality for rung in exercise.rungs} - {Laterality.BOTH}
        if sides and exercise.pictured_side is None:
            raise ContentError(f"{exercise.key}: pictured_side is missing")


@functools.cache
def catalogue() -> ExerciseCatalogue:
    """The exercises, read once."""
    reference = anatomy_catalogue()
    return load_catalogue(
        CONTENT,
        muscles=reference.muscles,
        claims=reference.claims,
        sources=reference.sources,
        templates=TEMPLATES,
    )


def band_strength(key: str) -> int:
    """Where a band stands among the bands, the lightest first; before all of them if it left the content."""
    return list(catalogue().equipment).index(key) if key in catalogue().equipment else -1


@functools.cache
def version() -> str:
    """The content version a plan and a prescription are stored with."""
    return content_version(CONTENT)
