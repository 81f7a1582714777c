"""The forms about a person's own data."""

from django import forms

from accounts.forms import PageForm
from hipfeet.mail.forms import HourForm
from hipfeet.owndata.importing import BadFile, read_export
from hipfeet.owndata.models import ALARMS, CalendarFeed
from hipfeet.owndata.workouts_csv import MOST_BYTES as MOST_TABLE_BYTES

MOST_BYTES = 20 * 1024 * 1024

EVERYTHING, HEALTH = "everything", "health"


class EraseForm(PageForm):
    """How much goes. Nothing is chosen beforehand."""

    button = "Erase it now"

    what = forms.ChoiceField(
        label="What shall be erased?",
        choices=[
            (HEALTH, "What I told about my body and my training; the account stays"),
            (EVERYTHING, "Everything, and the account with it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what shall be erased"},
    )


class ImportForm(PageForm):
    """A file that was taken along from hipfeet."""

    button = "Look into it"

    file = forms.FileField(
        label="The ZIP file",
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"required": "Choose the file", "empty": "This file is empty"},
    )

    def clean_file(self) -> bytes:
        """Read it, so that whatever is wrong is said at the field."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 20 MB")
        file: bytes = sent.read()
        try:
            read_export(file)
        except BadFile as problem:
            raise forms.ValidationError(str(problem).rstrip(".")) from problem
        return file


NO_ALARM = ""


def alarm_in_words(minutes: int | None) -> str:
    """An alarm of a calendar as people say it."""
    if minutes is None:
        return "No alarm"
    return f"Alarm {minutes} minutes before" if minutes else "Alarm when it begins"


def calendar_in_words(feed: CalendarFeed) -> str:
    """Whether programs can read it, and whether they ring."""
    return f"On, {alarm_in_words(feed.alarm_minutes).lower()}" if feed.is_on else "Off"


class CalendarForm(HourForm):
    """When entries begin, and whether the calendar's own program rings."""

    button = "Save"

    alarm_minutes = forms.TypedChoiceField(
        label="Alarm",
        help_text="Your calendar program rings it. Google’s does not.",
        choices=[(NO_ALARM, alarm_in_words(None)), *((one, alarm_in_words(one)) for one in ALARMS)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Choose an alarm from the list."},
    )


class FirstCalendarForm(CalendarForm):
    """The same while there is no address: it makes one.

    key, revision  as `make_address` takes them
    """

    button = "Make a calendar address"

    key = forms.CharField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class WorkoutsForm(PageForm):
    """A table of workouts that were done elsewhere."""

    button = "Look into it"

    file = forms.FileField(
        label="The CSV file",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose the file", "empty": "This file is empty"},
    )

    def clean_file(self) -> bytes:
        """What was sent, no more of it than may be read."""
        sent = self.cleaned_data["file"]
        file: bytes = sent.read(MOST_TABLE_BYTES + 1)
        return file
