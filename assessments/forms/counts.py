"""The form on which both sides of a countable check are written down."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.forms import PageForm
from assessments.actions.counts import TriesOfSide
from assessments.models import Count
from assessments.rules.counting import CountCheck
from assessments.rules.questionnaire import SIDES


class CountForm(PageForm):
    """Left and right: one number for each try, and whether it was ended because it hurt. A side may be left out.

    today  what was written down today, to start from
    """

    button = "Save"

    def __init__(self, *args: Any, check: CountCheck, today: Mapping[str, Count], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check
        self.has_today = bool(today)
        for side in SIDES:
            row = today.get(side)
            for number in range(1, check.tries + 1):
                field = _number(check, side, number)
                if row and number <= len(row.tries):
                    field.initial = row.tries[number - 1]
                self.fields[f"{side}_{number}"] = field
            self.fields[f"{side}_hurt"] = forms.BooleanField(
                label=f"I stopped on the {side} because it hurt",
                required=False,
                initial=bool(row and row.stopped),
            )

    def groups(self) -> list[dict[str, Any]]:
        """The fields side by side, for the template."""
        return [
            {
                "side": side,
                "tries": [self[f"{side}_{number}"] for number in range(1, self.check.tries + 1)],
                "hurt": self[f"{side}_hurt"],
            }
            for side in SIDES
        ]

    def clean(self) -> dict[str, Any]:
        """At least one side has a number, and so does a side that hurt: where it stopped."""
        cleaned = super().clean() or self.cleaned_data
        for side in SIDES:
            if cleaned.get(f"{side}_hurt") and not self._tries(side) and f"{side}_1" not in self.errors:
                self.add_error(
                    f"{side}_1",
                    f"Write how far you got on the {side} before it hurt, or 0",
                )
        if not self.errors and not self.given():
            self.add_error(None, f"Write down how many {self.check.unit} you counted on one side at least")
        return cleaned

    def _tries(self, side: str) -> list[int]:
        numbers = range(1, self.check.tries + 1)
        values = [self.cleaned_data.get(f"{side}_{number}") for number in numbers]
        return [value for value in values if value is not None]

    def given(self) -> dict[str, TriesOfSide]:
        """The sides that have a number."""
        return {
            side: TriesOfSide(tries, stopped=self.cleaned_data[f"{side}_hurt"])
            for side in SIDES
            if (tries := self._tries(side))
        }


class _NumberOrNothing(forms.IntegerField):
    """A number that may be left out, without "(optional)" beside each one: the page says so once."""

    def validate(self, value: Any) -> None:
        """Nothing is missing when it is empty."""


def _number(check: CountCheck, side: str, number: int) -> forms.IntegerField:
    a_try = f"{side.capitalize()}, try {number}" if check.tries > 1 else side.capitalize()
    whole = f"{a_try}: write the {check.unit} as a whole number"
    most = f"{a_try}: write a number from 0 to {check.most}"
    field = _NumberOrNothing(
        label=f"Try {number}" if check.tries > 1 else f"{check.unit.capitalize()}, {side}",
        min_value=0,
        max_value=check.most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": whole, "min_value": most, "max_value": most},
    )
    field.widget.stepper = check.tries == 1  # read by templates/hipfeet/field.html
    return field
