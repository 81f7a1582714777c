"""Forms of a set, and of how an exercise went."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from accounts.clock import now
from accounts.forms import PageForm
from exercises.forms.plan import YES_NO
from exercises.models import MAX_REPETITIONS, EffortKey
from exercises.rules.catalogue import Exercise
from exercises.rules.idiom import Idiom

KEY_LOST = "The page was not sent whole, so nothing is stored yet. Send it once more."


KEY_TAKEN = "This page was already used for another set, so nothing is stored yet. Send it once more."


NOT_IN_WORKOUT = "This set is not part of the workout. Go back to the workout and choose the next one."


REPETITIONS_WRONG = f"Write the repetitions as a whole number from 0 to {MAX_REPETITIONS}."


SAME_TAP = timedelta(seconds=1)
"""No set is done sooner after its page was shown: a second tap meant the page before."""


class SetForm(PageForm):
    """One set: what was done in it. The place and the keys are hidden."""

    button = "Set done"
    side = forms.CharField(widget=forms.HiddenInput, error_messages={"required": NOT_IN_WORKOUT})
    set_number = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": NOT_IN_WORKOUT, "invalid": NOT_IN_WORKOUT}
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    # When the server made the page: epoch seconds. Sent by the plain form only.
    shown_at = forms.FloatField(widget=forms.HiddenInput, required=False)
    client_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={"required": KEY_LOST, "invalid": KEY_LOST},
    )
    repetitions = forms.IntegerField(
        label="Repetitions done",
        min_value=0,
        max_value=MAX_REPETITIONS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "data-wrong": REPETITIONS_WRONG}),
        error_messages={
            "required": "Write how many repetitions you did.",
            "invalid": "Write the repetitions as a whole number.",
            "min_value": "Repetitions cannot be fewer than 0.",
            "max_value": f"That is more than {MAX_REPETITIONS} repetitions. Write how many you did in this set.",
        },
    )

    def __init__(self, *args: Any, unit: str, loads: list[int], idiom: Idiom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["repetitions"].widget.stepper = True  # read by templates/hipfeet/field.html
        self.fields["repetitions"].label = f"{unit[:1].upper()}{unit[1:]} done"
        if loads:
            self.fields["load_grams"] = forms.TypedChoiceField(
                label="Weight used",
                coerce=int,
                choices=[(grams, idiom.weight(grams)) for grams in loads],
                error_messages={
                    "required": "Choose the weight you used.",
                    "invalid_choice": "Choose a weight you own.",
                },
            )

    def clean(self) -> dict[str, Any]:
        """A page that lost its key gets a new one, so that it can be sent again."""
        cleaned = super().clean() or self.cleaned_data
        if "client_key" in self.errors:
            self._renew_key()
        return cleaned

    def refuse_key(self) -> None:
        """Say that the key belongs to another set, and give the page a new one."""
        self.add_error(None, KEY_TAKEN)
        self._renew_key()

    def _renew_key(self) -> None:
        self.data = {**self.data, "client_key": str(uuid4())}

    @property
    def is_same_tap(self) -> bool:
        """Whether it was sent sooner than a set can be done: the second tap of two, after the page had changed."""
        shown_at = self.cleaned_data["shown_at"]
        return shown_at is not None and 0 <= now().timestamp() - shown_at < SAME_TAP.total_seconds()


EFFORT_WORDS = {
    EffortKey.EASY: "Easy: 4 or more left",
    EffortKey.RIGHT: "Right: 2 or 3 left",
    EffortKey.HARD: "Hard: 1 left",
    EffortKey.NOTHING_LEFT: "Nothing left",
}


SIDE_WORDS = {"left": "Left: ", "right": "Right: ", "both": ""}


class HowForm(PageForm):
    """How an exercise went, for each of its sides."""

    button = "Save and go on"

    def __init__(self, *args: Any, sides: tuple[str, ...], stopped: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = sides
        self.stopped = stopped
        for side in sides:
            self._add_side(side)

    @property
    def helper(self) -> FormHelper:
        """Two sides stand beside each other where there is room."""
        helper = super().helper
        if len(self.sides) > 1:
            columns = (
                Div(*(name for name in self.fields if name.endswith(side)), css_class="flow-l")
                for side in self.sides
            )
            helper.layout = Layout(Div(*columns, css_class="sides"))
        return helper

    def _add_side(self, side: str) -> None:
        of = SIDE_WORDS[side]
        on = {"left": " on the left", "right": " on the right", "both": ""}[side]

        def group(name: str, label: str, choices: list[tuple[str, str]], error: str, **widget: Any) -> None:
            field = forms.ChoiceField(
                label=f"{of}{label}" if of else f"{label[:1].upper()}{label[1:]}",
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": error, "invalid_choice": error},
            )
            field.widget.__dict__.update(widget)
            if side != "both" and name == "effort":
                field.side = side  # type: ignore[attr-defined]  # our pack draws the soles beside the legend
            self.fields[f"{name}_{side}"] = field

        group(
            "effort",
            "how did it feel?",
            [(e.value, w) for e, w in EFFORT_WORDS.items()],
            f"Choose how it felt{on}.",
        )
        group("clean", "did it go cleanly?", YES_NO, f"Choose whether it went cleanly{on}.", across=True)
        group(
            "pain",
            "pain, 0 is none, 10 is the worst you can imagine",
            [(str(n), str(n)) for n in range(11)],
            f"Choose a number for pain{on}.",
            scale=True,
        )
        self.fields[f"revision_{side}"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=0, required=False
        )

    def answers(self) -> dict[str, dict[str, Any]]:
        """What is kept of each side."""
        return {
            side: {
                "effort": self.cleaned_data[f"effort_{side}"],
                "went_cleanly": self.cleaned_data[f"clean_{side}"] == "yes",
                "pain": int(self.cleaned_data[f"pain_{side}"]),
                "stopped": side in self.stopped,
            }
            for side in self.sides
        }

    def seen(self) -> dict[str, int]:
        """The revision of each side that this page showed."""
        return {side: self.cleaned_data[f"revision_{side}"] or 0 for side in self.sides}

    def has_seen(self, stored: Mapping[str, int]) -> None:
        """Let the answers of this form replace what is stored, by side its revision, when it is sent again."""
        revisions = {f"revision_{side}": number for side, number in stored.items()}
        self.data = {**{name: self.data[name] for name in self.data}, **revisions}


def unit_of(exercise: Exercise) -> str:
    """What a repetition is called, in the plural, where the exercise has a word of its own."""
    return "repetitions" if exercise.counted_as[1] == "times" else exercise.counted_as[1]
