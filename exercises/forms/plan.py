"""Forms of making and changing a plan."""

from datetime import date
from typing import Any

from django import forms

from accounts.forms import PageForm, zone_choices
from accounts.models import User
from assessments.forms.safety import SeenForm
from exercises.rules import scheduling
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.rules.wording import Refused, counted

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
        choices=list(enumerate(WEEKDAY_NAMES)),
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
        minutes.choices = [(choice, _minutes_in_words(choice)) for choice in rule_numbers().minutes.choices]


def _minutes_in_words(choice: int) -> str:
    numbers = rule_numbers().minutes
    most = f", {counted(numbers.ten_most, 'exercise')}" if choice == numbers.shortest else ""
    return f"About {choice} minutes{most}"


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


class ExerciseSeenForm(SeenForm):
    """ "I have been seen" for one exercise on hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].label = "Did they say you may do this exercise?"
