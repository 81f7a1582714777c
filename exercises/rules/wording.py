"""Reasons as data, and the one place that turns them into words.

Rules return a Reason: a key and its parameters. Its sentence stands in `content/wording.toml`, so that it is
reviewed like all other prose. Rows store reasons as JSON (`Reason.as_json`).
"""

import functools
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from anatomy.blocks import Basis, ContentError, Frozen, Key, Wording, load_file
from assessments.rules.safety import cause_in_words
from exercises.rules.catalogue import CONTENT, Rung, UnknownKey, catalogue
from exercises.rules.idiom import KILOGRAMS, Idiom, things_in_words

Value = str | int


class Refused(Exception):  # noqa: N818  (reads as what happened)
    """Something a person asked for that the rules do not allow; `str()` says why in plain words."""

    def __init__(self, key: str, **parameters: Value) -> None:
        self.reason = Reason(key, parameters)
        super().__init__(key)

    def __str__(self) -> str:
        return words(self.reason)


@dataclass(frozen=True)
class Reason:
    """Why a rule decided as it did: a key of `content/wording.toml` and its parameters.

    Dates are ISO strings in parameters named `on`; grams stand in `grams` or `..._grams`; content keys
    in `exercise`, `exercises` (several, "&" between them), `rung` (with `exercise`), `equipment`, `cause` (of a safety answer; older rows lack it).
    """

    key: str
    parameters: Mapping[str, Value]

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.parameters.items()))))

    def as_json(self) -> dict[str, Any]:
        """What a row stores."""
        return {"key": self.key, "with": dict(self.parameters)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Reason":
        """The reason a row stored."""
        return cls(stored["key"], dict(stored["with"]))


EASIER = ("_rung_down", "_set_fewer", "_from_the_start", "seen")
"""Reasons, by the end of their key, why a target is easier than it was."""


def because(key: str, **parameters: Value) -> Reason:
    """A reason with its parameters."""
    return Reason(key, parameters)


class _Template(Frozen):
    """A sentence with places for parameters: `text` for one, `many` where `count` is not 1.

    new, new_many  the same in short, for a list of what is new
    stays          it tells of nothing new: such a list leaves it out
    """

    text: Wording
    many: Wording | None = None
    new: Wording | None = None
    new_many: Wording | None = None
    stays: bool = False


class _WordingFile(Frozen):
    basis: Basis
    reasons: Mapping[Key, _Template]


def load_templates(path: Path) -> dict[str, _Template]:
    """Read the sentences; raises ContentError when a place in one cannot be filled."""
    reasons = load_file(path, _WordingFile).reasons
    for key, template in reasons.items():
        for text in filter(None, (template.text, template.many, template.new, template.new_many)):
            for _, place, _, _ in string.Formatter().parse(text):
                if place is not None and not place.isidentifier():
                    raise ContentError(f"{path}: reasons.{key}: {place!r} is not a place to fill")
    return dict(reasons)


@functools.cache
def templates() -> dict[str, _Template]:
    """The sentences, read once."""
    return load_templates(CONTENT / "wording.toml")


def words(reason: Reason, idiom: Idiom = KILOGRAMS) -> str:
    """The sentence of a reason. An unknown key of an old row becomes a sentence that says so."""
    template = templates().get(reason.key)
    if template is None:
        return "The rule behind this is no longer in use."
    return _filled(reason, template.text, template.many, idiom)


def what_is_new(reasons: Iterable[Reason], idiom: Idiom = KILOGRAMS) -> list[str]:
    """What changed since the last workout, each once: what rose in short, what fell with its reason; not what stays."""
    said = []
    for reason in reasons:
        template = templates().get(reason.key)
        if template and template.new:
            said.append(_filled(reason, template.new, template.new_many, idiom))
        elif not (template and template.stays):
            said.append(words(reason, idiom))
    return list(dict.fromkeys(said))


def why_in_words(reasons: Iterable[Reason]) -> str:
    """Why someone trains, in one sentence where each reason names what was seen; empty without any."""
    said = [words(reason) for reason in reasons]
    if any(not sentence.startswith("Because ") for sentence in said):
        return " ".join(said)
    causes = ", and ".join(sentence.removesuffix(".").replace("Because", "because", 1) for sentence in said)
    return f"You train {causes}." if causes else ""


def _filled(reason: Reason, one: str, many: str | None, idiom: Idiom) -> str:
    text = many if many and reason.parameters.get("count") != 1 else one
    return text.format_map(_said(reason.parameters, idiom))


def _said(parameters: Mapping[str, Value], idiom: Idiom) -> dict[str, str]:
    said = {"cause": cause_in_words("")}
    for name, value in parameters.items():
        match name:
            case "on":
                said[name] = day_in_words(date.fromisoformat(str(value)))
            case "exercises":
                said[name] = listed([_exercise_name(key).lower() for key in str(value).split("&")])
            case "exercise":
                said[name] = _exercise_name(str(value))
            case "rung":
                said[name] = _rung_name(str(parameters.get("exercise", "")), str(value))
            case "equipment":
                said[name] = things_in_words([group.split("|") for group in str(value).split("&")])
            case "band":
                said[name] = idiom.band(str(value))
            case "cause":
                said[name] = cause_in_words(str(value))
            case _ if name.endswith("grams"):
                said[name] = idiom.weight(int(value))
            case _:
                said[name] = str(value)
    return said


def day_in_words(day: date) -> str:
    """12 September."""
    return f"{day.day} {day:%B}"


def listed(things: Sequence[str]) -> str:
    """One, two and three."""
    *others, last = things
    return f"{', '.join(others)} and {last}" if others else last


def equipment_parameter(groups: Iterable[Iterable[str]]) -> str:
    """Groups of equipment keys as one parameter of a reason."""
    return "&".join("|".join(group) for group in groups)


def dose_in_words(  # noqa: PLR0913  (a dose has these numbers; all are named)
    rung: Rung,
    *,
    counted_as: tuple[str, str],
    sets: int,
    repetitions: int,
    hold_seconds: int,
    load_grams: int | None = None,
    band: str | None = None,
    idiom: Idiom = KILOGRAMS,
) -> str:
    """What to do in one line: "2 sets of 8 steps each way, with a light band"."""
    unit = counted_as[0] if repetitions == 1 else counted_as[1]
    line = f"{repetitions} {unit}" if sets == 1 else f"{sets} sets of {repetitions}"
    if sets > 1 and counted_as[1] != "times":
        line += f" {unit}"
    if rung.laterality == "each_leg":
        line += ", each leg"
    if hold_seconds:
        line += f", hold {hold_seconds} second{'s' if hold_seconds > 1 else ''}"
    if load_grams:
        line += f", with {idiom.weight(load_grams)}"
    if band:
        line += f", with {idiom.band(band)}"
    return line


def dose_in_short(
    repetitions: Sequence[int], loads: Iterable[int | None] = (), idiom: Idiom = KILOGRAMS
) -> str:
    """Sets of one side as a table shows them: two of eight are 2 x 8; "8, 7", "8, 6 kg".

    repetitions, loads  of each set; loads in grams
    """
    is_level = len(repetitions) > 1 and len(set(repetitions)) == 1
    times = (
        f"{len(repetitions)}\u00a0\u00d7\u00a0{repetitions[0]}"
        if is_level
        else ", ".join(map(str, repetitions))
    )
    return ", ".join([times, *(idiom.weight(grams) for grams in dict.fromkeys(loads) if grams)])


def _exercise_name(key: str) -> str:
    try:
        return catalogue().exercise(key).name
    except UnknownKey:
        return "an exercise that is no longer offered"


def _rung_name(exercise_key: str, key: str) -> str:
    try:
        return catalogue().rung(exercise_key, key).name
    except UnknownKey:
        return "a step that is no longer offered"


def range_in_words(rung: Rung, counted_as: tuple[str, str], idiom: Idiom = KILOGRAMS) -> str:
    """A rung's numbers in one line: "2 sets of 8 to 12 steps each way"."""
    to = "" if rung.reps_from == rung.reps_to else f" to {rung.reps_to}"
    sets = f"{rung.sets} sets of " if rung.sets > 1 else ""
    unit = "" if rung.sets > 1 and counted_as[1] == "times" else f" {counted_as[1]}"
    line = f"{sets}{rung.reps_from}{to}{unit}"
    if rung.laterality == "each_leg":
        line += ", each leg"
    if rung.hold_seconds:
        line += f", hold {rung.hold_seconds} second{'s' if rung.hold_seconds > 1 else ''}"
    if rung.load_max_grams:
        line += f", with up to {idiom.weight(rung.load_max_grams)}"
    return line


LOAD_WORDS = ("nothing", "a little", "medium", "a lot")


def load_in_words(load: tuple[int, int]) -> str:
    """How much an exercise asks of a muscle: "A little to medium"."""
    low, high = (LOAD_WORDS[digit] for digit in load)
    return (high if low == high else f"{low} to {high}").capitalize()


NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def number_in_words(number: int) -> str:
    """Small numbers as words: three, twelve, 13."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what is counted: "one week", "six weeks"."""
    return f"{number_in_words(number)} {one if number == 1 else many or one + 's'}"


def dated(day: date, today: date) -> str:
    """12 October; with the year where it is another one."""
    return day_in_words(day) if day.year == today.year else f"{day_in_words(day)} {day.year}"
