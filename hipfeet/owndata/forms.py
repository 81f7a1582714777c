"""The forms about a person's own data."""

from django import forms

from accounts.forms import PageForm
from hipfeet.owndata.importing import BadFile, read_export

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
