"""The forms of the check, made from its content."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from accounts.forms import PageForm
from assessments.rules.correcting import pains_from, places_from
from assessments.rules.questionnaire import PAIN, UNSURE, Answers, Question, questionnaire

SIDE_NAMES = {"left": "Left", "right": "Right"}


def radios(
    label: str, choices: Iterable[tuple[str, str]], *, error: str, pictures: Mapping[str, str] | None = None
) -> forms.ChoiceField:
    """A group of radio buttons; with pictures it is drawn as three arches."""
    field = forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": error, "invalid_choice": error},
    )
    if pictures:
        field.widget.pictures = pictures  # read by templates/hipfeet/choices.html
    return field


def follow_up(label: str, choices: Iterable[tuple[str, str]], *, error: str) -> forms.ChoiceField:
    """Radio buttons that must be answered only where another answer asks for it; the form checks that."""
    field = radios(label, choices, error=error)
    field.required = False
    field.follows = True  # type: ignore[attr-defined]  # our pack does not call it optional
    return field


class StartForm(PageForm):
    """The two ticks without which nothing is stored."""

    button = "Start the check"
    time_zone = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreement = questionnaire().agreement
        self.fields["adult"] = forms.BooleanField(
            label=agreement.adult, error_messages={"required": agreement.adult_error}
        )
        self.fields["keep"] = forms.BooleanField(
            label=agreement.keep, error_messages={"required": agreement.keep_error}
        )


class QuestionForm(PageForm):
    """One question, for the sides it is asked for.

    sides    the sides to ask for, whatever the answers open (a second look)
    attempt  the check it belongs to
    mended   the answers of the check that is corrected: pain goes only upwards from them
    """

    attempt = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        question: Question,
        answers: Answers,
        sides: tuple[str, ...] = (),
        attempt: str = "",
        mended: Answers | None = None,
        **kwargs: Any,
    ) -> None:
        given = answers.get(question.key, {})
        kwargs["initial"] = {**given, "attempt": attempt}
        super().__init__(*args, **kwargs)
        self.question = question
        self.sides = sides or questionnaire().asked_sides(question, answers)
        choices = [(choice.value, choice.label) for choice in question.choices]
        if question.unsure:
            choices.append((UNSURE, "I’m not sure"))
        if mended is not None and question.key == PAIN:
            choices = [choice for choice in choices if choice[0] in pains_from(mended)]
        for side in self.sides:
            self.fields[side] = self._group(side, choices)
        if question.where:
            places = places_from(mended or {})
            where = follow_up(
                question.where.legend,
                [(choice.value, choice.label) for choice in question.where.choices if choice.value in places],
                error=question.where.error,
            )
            where.help_text = "Only if you chose 4 or more."
            self.fields["where"] = where

    def _group(self, side: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
        question = self.question
        error = question.error.format(side=side)
        if side not in SIDE_NAMES:
            return radios(question.legend, choices, error=error)
        pictures = {c.value: picture for c in question.choices if (picture := c.picture_of(side))}
        field = radios(f"{SIDE_NAMES[side]}: {question.legend}", choices, error=error, pictures=pictures)
        field.side = side  # type: ignore[attr-defined]  # our pack draws the soles beside the legend
        return field

    def clean(self) -> dict[str, Any]:
        """The place of a pain belongs to it."""
        cleaned = super().clean() or self.cleaned_data
        where = self.question.where
        if where and cleaned.get("value") in where.asked_if.values:
            if not cleaned.get("where"):
                self.add_error("where", where.error)
        else:
            cleaned.pop("where", None)
        return cleaned

    def given(self) -> dict[str, str]:
        """What is stored: side -> value."""
        return {name: value for name, value in self.cleaned_data.items() if value and name != "attempt"}


class StopForm(PageForm):
    """After "This hurts: stop"; `attempt` is the check it belongs to."""

    button = "End the check"
    attempt = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, attempt: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"attempt": attempt}
        super().__init__(*args, **kwargs)
        where = questionnaire().questions["pain"].where
        if where is None:
            raise ValueError("the question about pain asks where")
        self.fields["where"] = radios(
            where.legend, [(choice.value, choice.label) for choice in where.choices], error=where.error
        )
