"""The forms of rest, get ready and tempo, for all exercises or for one, and the note of one."""

from typing import Any, cast

from django import forms

from accounts.forms import PageForm
from exercises.models import MAX_EXERCISE_NOTE
from exercises.rules.numbers import rule_numbers
from exercises.rules.pace import Pace, Tempo

OFF = "Off: straight on to the next set"
TEMPO_WORDS = {Tempo.SLOW: "Slow", Tempo.USUAL: "Usual", Tempo.QUICK: "Quick"}


def seconds_in_words(seconds: int) -> str:
    """90 seconds; a rest of 0 is none."""
    return f"{seconds} seconds" if seconds else OFF


def tempo_in_words(tempo: str) -> str:
    """Usual: 2 seconds there, 2 back."""
    seconds = Pace(tempo=tempo).move_seconds
    unit = "second" if seconds == 1 else "seconds"
    return f"{TEMPO_WORDS[Tempo(tempo)]}: {seconds} {unit} there, {seconds} back"


def pace_in_words(pace: Pace) -> str:
    """Rest 60 seconds, get ready 5 seconds, tempo usual."""
    rest = f"Rest {pace.rest_seconds} seconds" if pace.rest_seconds else "No rest"
    return f"{rest}, get ready {pace.ready_seconds} seconds, tempo {pace.tempo}"


def _seconds(label: str, to_do: str) -> forms.TypedChoiceField:
    """A list of seconds; `to_do` completes "Choose how long to ..."."""
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), f"Choose how long to {to_do} from the list."
        ),
    )


class PaceForm(PageForm):
    """What counts for all exercises."""

    button = "Save"
    rest_seconds = _seconds("Rest between sets", "rest")
    ready_seconds = _seconds("Time to get ready", "get ready")
    tempo = forms.ChoiceField(
        label="Tempo",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a tempo from the list."),
    )

    def __init__(self, data: Any, *, pace: Pace, **kwargs: Any) -> None:
        super().__init__(data, initial=vars(pace), **kwargs)
        numbers = rule_numbers().pace
        self._choose("rest_seconds", numbers.rest_choices, pace.rest_seconds)
        self._choose("ready_seconds", numbers.ready_choices, pace.ready_seconds)
        tempo = self.fields["tempo"]
        assert isinstance(tempo, forms.ChoiceField)  # noqa: S101  (for the type checker)
        tempo.choices = [(one.value, tempo_in_words(one)) for one in Tempo]

    def _choose(self, name: str, choices: tuple[int, ...], stored: int | None) -> None:
        """Offer the choices and what is stored, which may come from elsewhere."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        numbers = sorted({*choices, *(() if stored is None else (stored,))})
        field.choices = [(number, seconds_in_words(number)) for number in numbers]


class ExercisePaceForm(PaceForm):
    """What counts for one exercise, where it differs from all, and a note that is shown with it."""

    note = forms.CharField(
        label="Your note on this exercise",
        help_text="Shown here each time, such as: bench at hole 3, yellow band.",
        required=False,
        max_length=MAX_EXERCISE_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"Write at most {MAX_EXERCISE_NOTE} characters."},
    )

    field_order = ("note", "rest_seconds", "ready_seconds", "tempo")

    def __init__(self, data: Any, *, pace: Pace, for_all: Pace, note: str, **kwargs: Any) -> None:
        super().__init__(data, pace=pace, **kwargs)
        self.initial["note"] = note
        said = (
            seconds_in_words(for_all.rest_seconds or 0),
            seconds_in_words(for_all.ready_seconds or 0),
            tempo_in_words(for_all.tempo),
        )
        for name, words in zip(("rest_seconds", "ready_seconds", "tempo"), said, strict=True):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
            field.required = False
            as_always = ("", f"As always ({words[0].lower()}{words[1:]})")
            field.choices = [as_always, *cast(list[tuple[Any, str]], field.choices)]
