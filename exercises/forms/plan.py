"""The forms of planning and training. Labels only; clinical words stand in the content."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from accounts.clock import now
from accounts.forms import PageForm, zone_choices
from accounts.models import User
from assessments.forms import check as safety
from exercises.models import MAX_REPETITIONS, Effort
from exercises.rules import scheduling
from exercises.rules.catalogue import Exercise
from exercises.rules.numbers import rule_numbers
from exercises.rules.prescribing import Away
from exercises.rules.wording import Idiom, Refused

YES_NO = [("yes", "Yes"), ("no", "No")]


def yes_no(label: str, *, help_text: str = "", error: str) -> forms.ChoiceField:
    """A question answered by yes or no."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": error, "invalid_choice": error},
    )


class AdultForm(PageForm):
    """Asked only where no check has asked it."""

    adult = forms.BooleanField(
        label="I am 18 or over",
        error_messages={"required": "Tick the box if you are 18 or over. The plan is for adults only."},
    )

    def answers(self) -> dict[str, Any]:
        """What is kept."""
        return {"adult": True}


class WeekdaysForm(PageForm):
    """Training days."""

    button = "Save"
    weekdays = forms.TypedMultipleChoiceField(
        label="On which days do you want to train?",
        help_text="One to three days, with a day of rest between them.",
        coerce=int,
        choices=list(enumerate(scheduling.WEEKDAY_NAMES)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one day.", "invalid_choice": "Choose days of the week."},
    )

    def clean_weekdays(self) -> list[int]:
        """One to three days, never two running."""
        try:
            return list(scheduling.check_weekdays(self.cleaned_data["weekdays"]))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


# Why a workout is skipped. The keys are stored; nothing is made of them but the person's own list.
SKIP_REASONS = {
    "no_time": "no time",
    "away": "away from home",
    "not_well": "not feeling well",
    "other": "another reason, or none",
}


class SlotForm(PageForm):
    """What should happen to one coming workout.

    days  dates it can be moved to, each with whether it would lie next to another workout
    """

    button = "Save"

    def __init__(self, *args: Any, days: list[tuple[date, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = [
            (f"move:{day.isoformat()}", f"Do it on {day:%A} {day.day} {day:%B}{_beside(near=near)}")
            for day, near in days
        ]
        skips = [(f"skip:{key}", f"Skip it: {label}") for key, label in SKIP_REASONS.items()]
        error = "Choose a day, or why you skip it."
        self.fields["choice"] = forms.ChoiceField(
            label="What should happen to it?",
            choices=[*moves, *skips],
            widget=forms.RadioSelect,
            error_messages={"required": error, "invalid_choice": error},
        )

    @property
    def chosen(self) -> tuple[str, str]:
        """("move", date) or ("skip", reason)."""
        kind, _, what = self.cleaned_data["choice"].partition(":")
        return kind, what


def _beside(*, near: bool) -> str:
    return " (the day next to another workout)" if near else ""


class DaysForm(WeekdaysForm):
    """Training days and the first day; and the time zone, while the person has not said which is theirs.

    trained_today  a workout was begun today already
    """

    button = "Continue"
    start = forms.DateField(
        label="From which day on?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Write the day you want to start.",
            "invalid": "Write the day as 2026-11-30.",
        },
    )

    def __init__(
        self, *args: Any, today: date, person: User, trained_today: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.trained_today = trained_today
        if person.time_zone == "UTC":
            self.fields["time_zone"] = forms.ChoiceField(
                label="In which time zone are you?",
                help_text="So that a day begins and ends when it does where you are.",
                choices=zone_choices(),
                initial="UTC",
                widget=forms.Select(attrs={} if self.is_bound else {"data-guess": True}),
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose your time zone."),
            )

    def clean_start(self) -> date:
        """Today or soon."""
        try:
            return scheduling.check_start(
                self.cleaned_data["start"], self.today, trained_today=self.trained_today
            )
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def answers(self) -> dict[str, Any]:
        """What is kept with the plan; the time zone is the person's."""
        return {"weekdays": self.cleaned_data["weekdays"], "start": self.cleaned_data["start"].isoformat()}


class MinutesForm(PageForm):
    """How long a workout may take."""

    button = "Save"
    minutes = forms.TypedChoiceField(
        label="How long may a workout take?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how long a workout may take.",
            "invalid_choice": "Choose one of these lengths.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes = self.fields["minutes"]
        assert isinstance(minutes, forms.TypedChoiceField)  # noqa: S101  (for the type checker)
        minutes.help_text = (
            f"Without the warm-up, which takes about {rule_numbers().minutes.warm_up} minutes."
        )
        minutes.choices = [(choice, f"About {choice} minutes") for choice in rule_numbers().minutes.choices]


class TimeForm(MinutesForm):
    """How long a workout may take, and what decides where it starts."""

    button = "Continue"
    over_65 = yes_no("Are you 65 or over?", error="Choose whether you are 65 or over.")
    trained = yes_no(
        "In the last three months, did you do strength training twice a week or more?",
        error="Choose whether you did strength training.",
    )

    def answers(self) -> dict[str, Any]:
        """What is kept."""
        return {
            "minutes": self.cleaned_data["minutes"],
            "over_65": self.cleaned_data["over_65"] == "yes",
            "trained": self.cleaned_data["trained"] == "yes",
        }

    @staticmethod
    def initial_from(answers: dict[str, Any]) -> dict[str, Any]:
        """The form as it was sent."""
        return {
            "minutes": answers["minutes"],
            "over_65": "yes" if answers["over_65"] else "no",
            "trained": "yes" if answers["trained"] else "no",
        }


class LineForm(PageForm):
    """A person's own change to one line of the draft."""

    button = "Save"
    choice = forms.ChoiceField(
        label="What would you like?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (for the type checker)
        choice.choices = choices


class UnwellForm(PageForm):
    """Before a workout; after time away also whether to start gently.

    away  what is offered after time away
    """

    unwell = yes_no("Any new pain, or feeling unwell today?", error="Choose whether anything is new today.")

    def __init__(self, *args: Any, away: Away = Away.NO, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if away is Away.NO:
            return
        gently = "One step easier" if away is Away.RUNG_LOWER else "A little less: one set fewer"
        self.fields["restart"] = forms.ChoiceField(
            label="You have been away for a while. How would you like to start?",
            choices=[("gently", gently), ("as_before", "Where you were before")],
            widget=forms.RadioSelect,
            error_messages=dict.fromkeys(
                ("required", "invalid_choice"), "Choose how you would like to start."
            ),
        )

    @property
    def starts_gently(self) -> bool:
        """Whether the lighter restart was taken."""
        return self.cleaned_data.get("restart") == "gently"


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
    Effort.EASY: "Easy: 4 or more left",
    Effort.RIGHT: "Right: 2 or 3 left",
    Effort.HARD: "Hard: 1 left",
    Effort.NOTHING_LEFT: "Nothing left",
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


class MorningForm(PageForm):
    """The next morning."""

    feels = forms.ChoiceField(
        choices=[("as_usual", "As usual"), ("not_as_usual", "Not as usual")], widget=forms.RadioSelect
    )


class ExerciseSeenForm(safety.SeenForm):
    """ "I have been seen" for one exercise on hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].label = "Did they say you may do this exercise?"


def unit_of(exercise: Exercise) -> str:
    """What a repetition is called, in the plural, where the exercise has a word of its own."""
    return "repetitions" if exercise.counted_as[1] == "times" else exercise.counted_as[1]
