"""Forms for what is typed in later: the day of a workout, its sets from paper, and a note."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.forms import PageForm
from exercises.actions.log import ExerciseTold, as_asked
from exercises.forms.log import AskedExercise, LogForm
from exercises.forms.sets import KeyedForm
from exercises.models import MAX_NOTE
from exercises.rules.catalogue import catalogue
from exercises.training import shown_line

ALL, SOME, NONE = "all", "some", "none"


class DayForm(PageForm):
    """The day of a workout that was done without this app.

    first  the first day of the plan
    """

    button = "Continue"
    on = forms.DateField(
        label="On which day was it?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Write the day.", "invalid": "Write the day as 2026-11-30."},
    )

    def __init__(self, data: Any, *, first: date, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.first = first
        self.today = today

    def clean_on(self) -> date:
        """A day of the plan that has come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("This day has not come yet. Choose today or an earlier day.")
        if on < self.first:
            day = f"{self.first.day} {self.first:%B %Y}"
            raise forms.ValidationError(f"Your plan began on {day}. Choose that day or a later one.")
        return on


class TypedLogForm(LogForm):
    """What was different of one exercise, on a page that holds several: its errors say which one."""

    def __init__(self, data: Any, *, asked: AskedExercise) -> None:
        super().__init__(data, asked=asked, prefix=asked.exercise)
        for name in ("client_key", "revision", "keys"):  # the page has one key, and nothing is stored yet
            del self.fields[name]
        self.named = catalogue().exercise(asked.exercise).name
        for field in self.fields.values():
            for code, error in field.error_messages.items():
                field.error_messages[code] = f"{self.named}: {error[:1].lower()}{error[1:]}"

    def clean(self) -> dict[str, Any]:
        """Something was done."""
        cleaned = super().clean()
        if not self.errors and not any(self.told().sets.values()):
            first = next(name for name in self.fields if name.startswith("reps_"))
            self.add_error(first, f"{self.named}: write what you did, or choose “Left out”.")
        return cleaned


class TypedForm(KeyedForm):
    """A whole workout from paper: of each exercise one choice, and the short form of the log where it differed."""

    button = "Save the workout"

    def __init__(self, data: Any, *, asked: Sequence[AskedExercise]) -> None:
        super().__init__(data)
        self.logs = {one.exercise: TypedLogForm(data, asked=one) for one in asked}
        for key, log in self.logs.items():
            said = forms.ChoiceField(
                label=log.named,
                help_text=shown_line(key, log.asked.shown, (), log.asked.idiom)["dose"],
                choices=[(ALL, "As asked"), (SOME, "Different"), (NONE, "Left out")],
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(
                    ("required", "invalid_choice"), f"{log.named}: choose how it went."
                ),
            )
            said.widget.across = True  # read by templates/hipfeet/field.html
            self.fields[f"did_{key}"] = said

    @property
    def different(self) -> list[TypedLogForm]:
        """The short forms that are read."""
        return [log for key, log in self.logs.items() if self.data.get(f"did_{key}") == SOME]

    def full_clean(self) -> None:
        """What is wrong in a short form is wrong on the page."""
        super().full_clean()
        for log in self.different:
            self.errors.update({log.add_prefix(name): errors for name, errors in log.errors.items()})

    @property
    def groups(self) -> list[tuple[forms.BoundField, TypedLogForm]]:
        """Of each exercise the choice, and its short form."""
        return [(self[f"did_{key}"], log) for key, log in self.logs.items()]

    def visible_fields(self) -> list[forms.BoundField]:
        """As they stand on the page, with those of the short forms that are read: the summary of errors leads to them."""
        different = self.different
        return [
            field
            for did, log in self.groups
            for field in (did, *(log.visible_fields() if log in different else ()))
        ]

    def typed(self) -> list[ExerciseTold]:
        """What is stored: nothing of what was left out."""
        return [
            log.told() if said == SOME else as_asked(key, log.asked.shown, log.asked.sides)
            for key, log in self.logs.items()
            if (said := self.cleaned_data[f"did_{key}"]) != NONE
        ]


class NoteForm(PageForm):
    """What the person wants to remember of a workout."""

    button = "Save the note"
    note = forms.CharField(
        label="A note for yourself",
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write at most {MAX_NOTE} characters."},
    )


class RemoveForm(forms.Form):
    """How many sets and answers someone saw in the workout that is to go."""

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
