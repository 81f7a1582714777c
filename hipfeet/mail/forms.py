"""The hour of a person's reminders and calendar, asked on more than one page."""

from django import forms

from accounts.forms import PageForm


class HourForm(PageForm):
    """When a person trains."""

    hour = forms.TimeField(
        label="At what time do you train?",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        error_messages=dict.fromkeys(("required", "invalid"), "Write a time such as 18:00."),
    )
