"""Forms before and after a workout."""

from typing import Any

from django import forms

from accounts.forms import PageForm
from exercises.forms.plan import yes_no
from exercises.rules.prescribing import Away


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


class MorningForm(PageForm):
    """The next morning."""

    feels = forms.ChoiceField(
        choices=[("as_usual", "As usual"), ("not_as_usual", "Not as usual")], widget=forms.RadioSelect
    )
