"""The base of every form on our pages, and the form about the person."""

from contextvars import ContextVar
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accounts.clock import zones
from accounts.models import User, WeekStart, WeightUnit

typed_before: ContextVar[QueryDict | None] = ContextVar("typed_before", default=None)
"""What was sent with a token that is no longer valid, while its page is shown again (hipfeet/shown_again.py)."""


class PageForm(forms.Form):
    """One page, one thing to answer, one button. Errors are ours, in words, not the browser's."""

    use_required_attribute = False
    button = "Continue"

    @property
    def helper(self) -> FormHelper:
        """How our template pack draws it."""
        helper = FormHelper()
        helper.add_input(Submit("go", self.button))
        return helper

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What a field of an unsent form shows; if the form was sent but not read, what was typed into it."""
        typed, name = typed_before.get(), self.add_prefix(field_name)
        is_sent = typed is not None and any(self.add_prefix(one) in typed for one in self.fields)
        if typed is None or not is_sent or (field.widget.is_hidden and name not in typed):
            return super().get_initial_for_field(field, field_name)
        return field.widget.value_from_datadict(typed, MultiValueDict(), name)


def zone_choices(stored: str = "UTC") -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a time zone select, grouped by region: ("Europe", [("Europe/London", "London"), ...]).

    stored  the zone the person has now: offered under "Other" if it is not in the list
    """
    groups = zones()
    if not any(stored in names for names in groups.values()):
        groups = {**groups, "Other": [*groups["Other"], stored]}
    return [
        (region, [(name, zone_in_words(name.removeprefix(f"{region}/"))) for name in names])
        for region, names in groups.items()
    ]


def zone_in_words(name: str) -> str:
    """The name of a zone as people read it: "America/New York"."""
    return name.replace("_", " ")


class PersonForm(PageForm):
    """What to call the person, and how they read weights, weeks and days. `initial` is `initial_from(person)`."""

    button = "Save"
    name = forms.CharField(
        label="What should we call you?",
        required=False,
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"max_length": "Write a name of at most %(limit_value)d characters."},
    )
    weight_unit = forms.ChoiceField(
        label="How do you read weights?",
        choices=WeightUnit.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose kilograms or pounds."),
    )
    week_start = forms.TypedChoiceField(
        label="On which day does your week start?",
        help_text="A plan that runs keeps its weeks. The new start counts from your next plan.",
        coerce=int,
        choices=WeekStart.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose the day on which your week starts."
        ),
    )
    time_zone = forms.ChoiceField(
        label="In which time zone are you?",
        help_text="So that a day begins and ends when it does where you are.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a time zone from the list."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101  (for the type checker)
        stored = self.initial.get("time_zone", "UTC")
        zone.choices = zone_choices(stored)
        if stored == "UTC" and not self.is_bound:
            # Nobody has said where they are yet, so static/js/enhance.js chooses what the browser reports.
            zone.widget.attrs["data-guess"] = True

    def clean_name(self) -> str:
        """On one line."""
        return " ".join(self.cleaned_data["name"].split())

    def save(self, person: User) -> None:
        """Store these fields, and no others, with the person."""
        names = ("name", "weight_unit", "week_start", "time_zone")
        for name in names:
            setattr(person, name, self.cleaned_data[name])
        person.save(update_fields=names)

    @staticmethod
    def initial_from(person: User) -> dict[str, Any]:
        """The form as it shows what is stored."""
        return {
            "name": person.name,
            "weight_unit": person.weight_unit,
            "week_start": person.week_start,
            "time_zone": person.time_zone,
        }
