"""The form of a set, and what every form of a workout has."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms

from accounts.clock import now
from accounts.forms import PageForm
from exercises.models import MAX_REPETITIONS, EffortKey
from exercises.rules.catalogue import Exercise
from exercises.rules.idiom import Idiom

KEY_LOST = "The page was not sent whole, so nothing is stored yet. Send it once more."


KEY_TAKEN = "This page was already used for another set, so nothing is stored yet. Send it once more."


NOT_IN_WORKOUT = "This set is not part of the workout. Go back to the workout and choose the next one."


REPETITIONS_WRONG = f"Write the repetitions as a whole number from 0 to {MAX_REPETITIONS}."


SAME_TAP = timedelta(seconds=1)
"""No set is done sooner after its page was shown: a second tap meant the page before."""


class KeyedForm(PageForm):
    """A form whose writing has a name, so that the same sent twice is stored once."""

    client_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={"required": KEY_LOST, "invalid": KEY_LOST},
    )

    def clean(self) -> dict[str, Any]:
        """A page that lost its key gets a new one, so that it can be sent again."""
        cleaned = super().clean() or self.cleaned_data
        if "client_key" in self.errors:
            self.renew(client_key=str(uuid4()))
        return cleaned

    def renew(self, **hidden: str) -> None:
        """Give the page, when it is shown again, other values in its hidden fields."""
        self.data = {**{name: self.data[name] for name in self.data}, **hidden}


class SetForm(KeyedForm):
    """One set: what was done in it. The place and the keys are hidden."""

    button = "Set done"
    side = forms.CharField(widget=forms.HiddenInput, error_messages={"required": NOT_IN_WORKOUT})
    set_number = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": NOT_IN_WORKOUT, "invalid": NOT_IN_WORKOUT}
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    # When the server made the page: epoch seconds. Sent by the plain form only.
    shown_at = forms.FloatField(widget=forms.HiddenInput, required=False)
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

    def refuse_key(self) -> None:
        """Say that the key belongs to another set, and give the page a new one."""
        self.add_error(None, KEY_TAKEN)
        self.renew(client_key=str(uuid4()))

    @property
    def is_same_tap(self) -> bool:
        """Whether it was sent sooner than a set can be done: the second tap of two, after the page had changed."""
        shown_at = self.cleaned_data["shown_at"]
        return shown_at is not None and 0 <= now().timestamp() - shown_at < SAME_TAP.total_seconds()


EFFORT_WORDS = {
    EffortKey.EASY: "4 or more",
    EffortKey.RIGHT: "2 or 3 more",
    EffortKey.HARD: "1 more",
    EffortKey.NOTHING_LEFT: "no more",
}
"""How many repetitions one could have done, each after "I could have done"."""


def unit_of(exercise: Exercise) -> str:
    """What a repetition is called, in the plural, where the exercise has a word of its own."""
    return "repetitions" if exercise.counted_as[1] == "times" else exercise.counted_as[1]
