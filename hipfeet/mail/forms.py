"""The forms of reminders; the hour of a person stands in their calendar's as well."""

from datetime import time

from django import forms

from accounts.forms import PageForm
from exercises.rules.reminding import ReminderKind
from hipfeet.mail.models import ReminderChoices

REMINDERS_IN_WORDS = {
    ReminderKind.TRAINING: "On training days",
    ReminderKind.NUDGE: "Two hours later, if nothing is recorded",
    ReminderKind.LOOK_AGAIN: "When it is time to look again",
    ReminderKind.WEEK: "After each week: how many workouts, such as 2 of 3",
}


def reminders_in_words(choices: ReminderChoices) -> str:
    """At 18:00: on training days; or that none are switched on."""
    if not choices.wanted:
        return "Off"
    said = (REMINDERS_IN_WORDS[kind].partition(":")[0] for kind in choices.wanted)
    return f"At {choices.hour:%H:%M}: {'; '.join(words[:1].lower() + words[1:] for words in said)}"


class HourForm(PageForm):
    """When a person trains."""

    hour = forms.TimeField(
        label="At what time do you train?",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        error_messages=dict.fromkeys(("required", "invalid"), "Write a time such as 18:00."),
    )

    def clean_hour(self) -> time:
        """Without seconds: nobody means them."""
        hour: time = self.cleaned_data["hour"]
        return hour.replace(second=0)


class RemindersForm(HourForm):
    """When, and what a person wants to be reminded of."""

    button = "Save"

    wanted = forms.TypedMultipleChoiceField(
        label="When shall we write to you?",
        choices=[(kind.value, words) for kind, words in REMINDERS_IN_WORDS.items()],
        coerce=ReminderKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )
