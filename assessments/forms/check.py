"""The forms of the check, made from its content."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
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


def follow_up(field: forms.ChoiceField, *, who: str = "") -> forms.ChoiceField:
    """A question that only some must answer, by another answer; the form checks that.

    who  whom it is for, said in brackets after the label where another would say "optional"
    """
    field.required = False
    field.who = who  # type: ignore[attr-defined]  # read by templates/hipfeet/label.html
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
    """The questions of one page, for the sides for which each stands there.

    Fields are named by side; those of a question on another's page by its key and the side.

    asks     the questions, the one that heads the page first, each with its sides
    answers  what was answered before
    attempt  the check it belongs to
    mended   the answers of the check that is corrected: pain goes only upwards from them
    """

    attempt = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        asks: Sequence[tuple[Question, Sequence[str]]],
        answers: Answers,
        attempt: str = "",
        mended: Answers | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["attempt"] = attempt
        self.asks, self.mended = asks, mended
        self.places: dict[str, tuple[Question, str]] = {}
        head, sides = asks[0]
        for side in sides:
            for question, _ in (ask for ask in asks if side in ask[1]):
                name = side if question is head else f"{question.key}_{side}"
                self.places[name] = (question, side)
                self.fields[name] = self._group(question, side)
                self.initial[name] = answers.get(question.key, {}).get(side)
        if head.where:
            places = places_from(mended or {})
            where = radios(
                head.where.legend,
                [(choice.value, choice.label) for choice in head.where.choices if choice.value in places],
                error=head.where.error,
            )
            self.fields["where"] = follow_up(where, who=head.where.who)
            self.initial["where"] = answers.get(head.key, {}).get("where")

    @property
    def helper(self) -> FormHelper:
        """Where several questions stand on the page, each side has its column."""
        helper = super().helper
        if len(self.asks) > 1:
            columns = (
                Div(*(name for name, (_, on) in self.places.items() if on == side), css_class="flow-l")
                for side in self.asks[0][1]
            )
            helper.layout = Layout(Div(*columns, css_class="sides"))
            helper.render_hidden_fields = True
        return helper

    def _group(self, question: Question, side: str) -> forms.ChoiceField:
        choices = [(choice.value, choice.label) for choice in question.choices]
        if question.unsure:
            choices.append((UNSURE, "I’m not sure"))
        if self.mended is not None and question.key == PAIN:
            choices = [choice for choice in choices if choice[0] in pains_from(self.mended)]
        error = question.error.format(side=side)
        if side not in SIDE_NAMES:
            return radios(question.legend, choices, error=error)
        pictures = {c.value: picture for c in question.choices if (picture := c.picture_of(side))}
        field = radios(f"{SIDE_NAMES[side]}: {question.legend}", choices, error=error, pictures=pictures)
        field.side = side  # type: ignore[attr-defined]  # our pack draws the soles beside the legend
        return follow_up(field, who=question.who or "") if self._opener(question) else field

    def _opener(self, question: Question) -> Question | None:
        """The question on this page that opens another one on it."""
        field = question.asked_if.field if question.asked_if else ""
        return next((one for one, _ in self.asks if one.key == field), None)

    def clean(self) -> dict[str, Any]:
        """What another answer of the page opens is needed where it is open; elsewhere it is dropped without a word."""
        cleaned = super().clean() or self.cleaned_data
        names = {(question.key, side): name for name, (question, side) in self.places.items()}
        for name, (question, side) in self.places.items():
            if question.asked_if and (opener := self._opener(question)):
                opened = cleaned.get(names[opener.key, side]) in question.asked_if.values
                self._settle(name, opened=opened, error=question.error.format(side=side))
        head, _ = self.asks[0]
        if head.where:
            opened = cleaned.get("value") in head.where.asked_if.values
            self._settle("where", opened=opened, error=head.where.error)
        return self.cleaned_data

    def _settle(self, name: str, *, opened: bool, error: str) -> None:
        if not opened:
            self.cleaned_data.pop(name, None)
            self.errors.pop(name, None)
        elif not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, error)

    def given(self) -> dict[str, dict[str, str]]:
        """What is stored: question -> side -> value."""
        found: dict[str, dict[str, str]] = {question.key: {} for question, _ in self.asks}
        for name, (question, side) in self.places.items():
            if value := self.cleaned_data.get(name):
                found[question.key][side] = value
        if where := self.cleaned_data.get("where"):
            found[self.asks[0][0].key]["where"] = where
        return found


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
