"""The form of the page on which a person erases what is stored of them."""

from django import forms

from accounts.forms import PageForm

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
