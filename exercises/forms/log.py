"""The log of one exercise: told with one tap where all went as asked, else on a short form."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms

from exercises.actions.log import ExerciseTold, as_asked
from exercises.actions.sets import SetPlace, SetValues
from exercises.forms.plan import YES_NO
from exercises.forms.sets import EFFORT_WORDS, KeyedForm
from exercises.models import MAX_REPETITIONS, EffortKey, SetLog
from exercises.rules.idiom import Idiom
from exercises.rules.values import Dose

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A client_key as the player writes it."""


def went_in_words(answer: Mapping[str, Any]) -> str:
    """How one side went: "could have done 2 or 3 more, clean, pain 0"."""
    said = []
    if answer["effort"]:
        said.append(f"could have done {EFFORT_WORDS[EffortKey(answer['effort'])]}")
    if answer["went_cleanly"] is not None:
        said.append("clean" if answer["went_cleanly"] else "not clean")
    if answer["pain"] is not None:
        said.append(f"pain {answer['pain']}")
    if answer["stopped"]:
        said.append("stopped, as it hurt")
    return ", ".join(said) or "left out"


def told_in_words(told: ExerciseTold, unit: str) -> list[str]:
    """What is told of an exercise, a line a side: "Left: 6 and 5 times, could have done 1 more, clean, pain 0"."""
    lines = []
    for side in sorted({place.side for place in told.sets} | told.answers.keys()):
        done = [
            str(values.repetitions) for place, values in told.sets.items() if values and place.side == side
        ]
        said = [f"{' and '.join(done)} {unit}"] if done else []
        said += [went_in_words(told.answers[side])] if side in told.answers else []
        lines.append(("" if side == "both" else f"{side.capitalize()}: ") + ", ".join(said))
    return lines


@dataclass(frozen=True)
class AskedExercise:
    """What a workout asked of one exercise, and what may be told of it.

    sides    as they stand on the page, Left first
    stored   the sets that have a row, by (side, set number)
    loads    weights in grams to choose from; empty where the step has none
    bands    keys of the bands to choose from; empty where there is no choice
    stopped  the sides on which it was stopped
    """

    exercise: str
    shown: Dose
    sides: tuple[str, ...]
    stored: Mapping[tuple[str, int], SetLog]
    idiom: Idiom
    loads: Sequence[int] = ()
    bands: Sequence[str] = ()
    stopped: Collection[str] = ()

    @property
    def numbers(self) -> range:
        """The numbers of its sets."""
        return range(1, self.shown.sets + 1)


@dataclass(frozen=True)
class LogSide:
    """The fields of one side as its page shows them."""

    side: str
    same: forms.BoundField | None
    repetitions: list[forms.BoundField]
    went: list[forms.BoundField]


class AsAskedForm(KeyedForm):
    """One tap for the whole exercise: every set as shown, clean, without pain, just right.

    revision  the state of what is stored (`StoredLog.state`) that this may change: none unless the person said so
    """

    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, asked: AskedExercise, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.asked = asked

    def told(self) -> ExerciseTold:
        """What is stored."""
        return as_asked(self.asked.exercise, self.asked.shown, self.asked.sides)

    @property
    def own(self) -> set[UUID]:
        """The keys of sets the same page sent before, which this may change: none."""
        return set()


class LogForm(AsAskedForm):
    """What was different: the sets of each side, how it felt, clean or not, pain; weight or band once for all.

    Sets start with what is stored; without any stored, with what was asked. Its `revision` is what its page showed;
    `keys` are those of the sets that the page's script sent since.
    """

    button = "Save"
    keys = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, asked: AskedExercise, **kwargs: Any) -> None:
        super().__init__(data, asked=asked, **kwargs)
        if asked.loads:
            self.fields["load_grams"] = forms.TypedChoiceField(
                label="Weight used",
                coerce=int,
                choices=[(grams, asked.idiom.weight(grams)) for grams in asked.loads],
                initial=self._stored("load_grams") or asked.shown.load_grams,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the weight you used."),
            )
        if asked.bands:
            self.fields["band"] = forms.ChoiceField(
                label="Band used",
                choices=[(key, asked.idiom.band(key)) for key in asked.bands],
                initial=self._stored("band") or asked.shown.band,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the band you used."),
            )
        for side in asked.sides:
            self._add_side(side)

    def _stored(self, name: str) -> Any:
        """What the last stored set says of weight or band."""
        return next((getattr(row, name) for _, row in sorted(self.asked.stored.items(), reverse=True)), None)

    def _add_side(self, side: str) -> None:
        of = "" if side == "both" else f"{side}: "
        on = "" if side == "both" else f" on the {side}"
        if side == "right":
            self.fields["same"] = forms.BooleanField(label="The same as on the left", required=False)
        for number in self.asked.numbers:
            row = self.asked.stored.get((side, number))
            where = f"{of}set {number}".capitalize()
            field = forms.IntegerField(
                label=f"Set {number}",
                required=False,
                min_value=0,
                max_value=MAX_REPETITIONS,
                initial=row.repetitions
                if row
                else None
                if self.asked.stored
                else self.asked.shown.repetitions,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "invalid": f"{where}: write a whole number.",
                    "min_value": f"{where}: repetitions cannot be fewer than 0.",
                    "max_value": f"{where}: write at most {MAX_REPETITIONS}.",
                },
            )
            self.fields[f"reps_{side}_{number}"] = field
        efforts = [(effort.value, words) for effort, words in EFFORT_WORDS.items()]
        pains = [(str(number), str(number)) for number in range(11)]
        for name, label, choices, error, drawn in (
            (
                "effort",
                "I could have done",
                efforts,
                f"Choose how many more you could have done{on}.",
                "across",
            ),
            ("clean", "was each one clean?", YES_NO, f"Choose whether each one was clean{on}.", "across"),
            ("pain", "pain, from 0 none to 10 the worst", pains, f"Choose a number for pain{on}.", "scale"),
        ):
            words = f"{of}{label}"
            question = forms.ChoiceField(
                label=words[:1].upper() + words[1:],
                choices=choices,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), error),
            )
            setattr(question.widget, drawn, True)  # read by templates/hipfeet/field.html
            self.fields[f"{name}_{side}"] = question

    def clean(self) -> dict[str, Any]:
        """Of a right side that is the same as the left nothing else is read."""
        cleaned = super().clean()
        if cleaned.get("same"):
            for name in [name for name in self.errors if "right" in name.split("_")]:
                del self.errors[name]
        return cleaned

    @property
    def sides(self) -> list[LogSide]:
        """The fields by side, Left first."""
        return [
            LogSide(
                side,
                self["same"] if side == "right" else None,
                [self[f"reps_{side}_{number}"] for number in self.asked.numbers],
                [self[f"{name}_{side}"] for name in ("effort", "clean", "pain")],
            )
            for side in self.asked.sides
        ]

    @property
    def of_all_sets(self) -> list[forms.BoundField]:
        """The fields that are asked once for all sets."""
        return [self[name] for name in ("load_grams", "band") if name in self.fields]

    def told(self) -> ExerciseTold:
        """What is stored; a set without a number was not done."""
        said = self.cleaned_data
        sets: dict[SetPlace, SetValues | None] = {}
        answers = {}
        for side in self.asked.sides:
            of = "left" if side == "right" and said["same"] else side
            for number in self.asked.numbers:
                place = SetPlace(self.asked.exercise, side, number)
                sets[place] = self._values((side, number), said[f"reps_{of}_{number}"])
            answers[side] = {
                "effort": said[f"effort_{of}"],
                "went_cleanly": said[f"clean_{of}"] == "yes",
                "pain": int(said[f"pain_{of}"]),
                "stopped": side in self.asked.stopped,
            }
        return ExerciseTold(self.asked.exercise, sets, answers)

    def _values(self, place: tuple[str, int], repetitions: int | None) -> SetValues | None:
        """A set as it is stored; its own weight and band stay where those of all sets were not changed."""
        if repetitions is None:
            return None
        shown, row = self.asked.shown, self.asked.stored.get(place)
        values = SetValues(
            rung=shown.rung,
            repetitions=repetitions,
            hold_seconds=row.hold_seconds if row else shown.hold_seconds,
            load_grams=row.load_grams if row else shown.load_grams,
            band=row.band if row else shown.band or "",
        )
        chosen = {
            name: self.cleaned_data[name]
            for name in ("load_grams", "band")
            if name in self.fields and (row is None or name in self.changed_data)
        }
        return replace(values, **chosen)

    @property
    def own(self) -> set[UUID]:
        """The keys of sets the same page sent before, which this may change."""
        return {UUID(key) for key in self.cleaned_data["keys"].split() if KEY.fullmatch(key)}
