"""Forms for what is typed in later: the day of a workout, its sets from paper, and a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from accounts.forms import PageForm
from exercises.actions.log import ExerciseTold
from exercises.actions.sets import SetPlace, SetValues
from exercises.forms.plan import YES_NO
from exercises.forms.sets import EFFORT_WORDS, KEY_LOST, unit_of
from exercises.models import MAX_NOTE, MAX_REPETITIONS
from exercises.rules.catalogue import Exercise, Rung
from exercises.rules.idiom import Idiom
from exercises.rules.values import Dose

ALL, SOME, NONE = "all", "some", "none"
_EFFORTS = [(effort.value, words) for effort, words in EFFORT_WORDS.items()]
_PAINS = [(str(number), str(number)) for number in range(11)]


class DayForm(PageForm):
    """The day of a workout that was done without this app.

    first  the first day of the plan
    """

    button = "Continue"
    on = forms.DateField(
        label="On which day was it?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Write the day.", "invalid": "Write the day as 2026-11-30."},
    )

    def __init__(self, data: Any, *, first: date, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.first = first
        self.today = today

    def clean_on(self) -> date:
        """A day of the plan that has come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("This day has not come yet. Choose today or an earlier day.")
        if on < self.first:
            day = f"{self.first.day} {self.first:%B %Y}"
            raise forms.ValidationError(f"Your plan began on {day}. Choose that day or a later one.")
        return on


@dataclass(frozen=True)
class ToType:
    """One exercise of a workout that can be typed in: what was asked, and the sides in their order.

    loads  weights in grams to choose from; empty where the step has none
    """

    exercise: Exercise
    rung: Rung
    shown: Dose
    dose: str
    sides: tuple[str, ...]
    loads: Sequence[int] = ()

    @property
    def unit(self) -> str:
        """What a repetition is called, in the plural."""
        return unit_of(self.exercise)

    @property
    def sets(self) -> range:
        """The numbers of its sets."""
        return range(1, self.shown.sets + 1)


@dataclass(frozen=True)
class TypedSide:
    """The fields of one side: the repetitions of each set, and how it went."""

    side: str
    repetitions: list[forms.BoundField]
    went: list[forms.BoundField]


@dataclass(frozen=True)
class TypedGroup:
    """The fields of one exercise, as its page shows them."""

    line: ToType
    did: forms.BoundField
    load: forms.BoundField | None
    sides: list[TypedSide]


class TypedForm(PageForm):
    """A whole workout from paper. What was done as asked is one choice; numbers are asked for the rest."""

    button = "Save the workout"
    key = forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid4, error_messages={"required": KEY_LOST, "invalid": KEY_LOST}
    )

    def __init__(self, *args: Any, lines: Sequence[ToType], idiom: Idiom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self._add(line, idiom)

    def _add(self, line: ToType, idiom: Idiom) -> None:
        name, key = line.exercise.name, line.exercise.key
        self.fields[f"did_{key}"] = _one_of(
            "How much of it did you do?",
            [(ALL, "As asked"), (SOME, "Some of it"), (NONE, "Left out")],
            f"Choose how much of {name.lower()} you did.",
        )
        self.fields[f"did_{key}"].widget.across = True  # read by templates/hipfeet/field.html
        if line.loads:
            self.fields[f"load_{key}"] = forms.TypedChoiceField(
                label="Weight used",
                coerce=int,
                empty_value=None,
                required=False,
                choices=[(grams, idiom.weight(grams)) for grams in line.loads],
                initial=line.shown.load_grams,
            )
        left_out = self.data.get(f"did_{key}") == NONE
        for side in line.sides:
            on = "" if side == "both" else f", {side}"
            for number in line.sets:
                self.fields[f"reps_{key}_{side}_{number}"] = forms.IntegerField(
                    label=f"Set {number}",
                    required=False,
                    min_value=0,
                    max_value=MAX_REPETITIONS,
                    initial=line.shown.repetitions,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                    error_messages={
                        "invalid": "Write a whole number.",
                        "min_value": "Repetitions cannot be fewer than 0.",
                        "max_value": f"Write at most {MAX_REPETITIONS}.",
                    },
                )
            for field, label, choices, error in (
                ("effort", "I could have done", _EFFORTS, f"Choose how {name.lower()} felt{on}."),
                ("clean", "Clean?", YES_NO, f"Choose whether {name.lower()} went cleanly{on}."),
                ("pain", "Pain, 0 to 10", _PAINS, f"Choose a number for pain: {name.lower()}{on}."),
            ):
                self.fields[f"{field}_{key}_{side}"] = forms.ChoiceField(
                    label=label,
                    choices=[("", "Choose"), *choices],
                    required=not left_out,
                    error_messages=dict.fromkeys(("required", "invalid_choice"), error),
                )

    def clean(self) -> dict[str, Any]:
        """ "Some of it" needs a number. How an exercise went is missed only once it is said how much of it was done."""
        cleaned = super().clean() or self.cleaned_data
        for line in self.lines:
            key = line.exercise.key
            if f"did_{key}" in self.errors:
                for name in [name for name in self.errors if name.partition("_")[2].startswith(f"{key}_")]:
                    del self.errors[name]
            numbers = [cleaned.get(f"reps_{key}_{side}_{n}") for side in line.sides for n in line.sets]
            if cleaned.get(f"did_{key}") == SOME and all(number is None for number in numbers):
                name = line.exercise.name.lower()
                self.add_error(f"did_{key}", f"Write what you did of {name}, or choose “Left out”.")
        return cleaned

    @property
    def groups(self) -> list[TypedGroup]:
        """The fields by exercise and side."""
        return [self._group(line) for line in self.lines]

    def _group(self, line: ToType) -> TypedGroup:
        key = line.exercise.key
        sides = [
            TypedSide(
                side,
                [self[f"reps_{key}_{side}_{number}"] for number in line.sets],
                [self[f"{field}_{key}_{side}"] for field in ("effort", "clean", "pain")],
            )
            for side in line.sides
        ]
        load = self[f"load_{key}"] if line.loads else None
        return TypedGroup(line, self[f"did_{key}"], load, sides)

    def typed(self) -> list[ExerciseTold]:
        """What is stored: nothing of what was left out."""
        return [
            self._typed(line) for line in self.lines if self.cleaned_data[f"did_{line.exercise.key}"] != NONE
        ]

    def _typed(self, line: ToType) -> ExerciseTold:
        cleaned, key, shown = self.cleaned_data, line.exercise.key, line.shown
        as_asked = cleaned[f"did_{key}"] == ALL
        sets: dict[SetPlace, SetValues | None] = {}
        for side in line.sides:
            for number in range(1, shown.sets + 1):
                did = shown.repetitions if as_asked else cleaned[f"reps_{key}_{side}_{number}"]
                if did is not None:
                    sets[SetPlace(key, side, number)] = SetValues(
                        rung=shown.rung,
                        repetitions=did,
                        hold_seconds=shown.hold_seconds,
                        load_grams=cleaned.get(f"load_{key}") or shown.load_grams,
                        band=shown.band or "",
                    )
        answers = {
            side: {
                "effort": cleaned[f"effort_{key}_{side}"],
                "went_cleanly": cleaned[f"clean_{key}_{side}"] == "yes",
                "pain": int(cleaned[f"pain_{key}_{side}"]),
                "stopped": False,
            }
            for side in line.sides
        }
        return ExerciseTold(key, sets, answers)


def _one_of(label: str, choices: list[tuple[str, str]], error: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": error, "invalid_choice": error},
    )


class NoteForm(PageForm):
    """What the person wants to remember of a workout."""

    button = "Save the note"
    note = forms.CharField(
        label="A note for yourself",
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write at most {MAX_NOTE} characters."},
    )


class RemoveForm(forms.Form):
    """How many sets and answers someone saw in the workout that is to go."""

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
