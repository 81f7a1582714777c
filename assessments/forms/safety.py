"""The forms of the safety lists and of a visit, made from their content."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.formats import date_format

from accounts.forms import PageForm
from assessments.forms.check import follow_up, radios
from assessments.rules.questionnaire import UNSURE
from assessments.rules.safety import Lock, Said, Verdict
from assessments.rules.safety_content import SafetyList, safety_content
from assessments.rules.scoring import decision_table
from assessments.rules.ticks import as_before, said_by_ticks
from assessments.rules.urgency import asked_together

NONE_OF_THESE = "none"


class ListForm(PageForm):
    """A safety list: tick all that apply, or "I'm not sure"; "None of these" is a button beside "Continue".

    seen_about  questions someone has been seen for; ticked again they ask "Is it as it was then?"
    """

    def __init__(
        self, *args: Any, safety_list: SafetyList, seen_about: frozenset[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.safety_list = safety_list
        self.ticks = safety_content().ticks_of(safety_list.key)
        to_tick = [*((tick.key, tick.asks.text) for tick in self.ticks), (UNSURE, "I’m not sure")]
        self.fields["ticked"] = forms.MultipleChoiceField(
            label="Tick all that apply",
            choices=[*to_tick, (NONE_OF_THESE, "None of these")],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Tick what applies, or “I’m not sure”; if nothing does: “None of these”"
            },
        )
        self.fields["ticked"].widget.choices = to_tick
        self.seconds = _SecondParts(self, safety_list, seen_about)

    @property
    def helper(self) -> FormHelper:
        """Drawn without buttons: they stand in the bar under the thumb."""
        helper = FormHelper()
        helper.form_id = "list"
        return helper

    def clean(self) -> dict[str, Any]:
        """ "None of these" stands alone; a tick with a second part needs that part."""
        cleaned = super().clean() or self.cleaned_data
        ticked = cleaned.get("ticked", [])
        if NONE_OF_THESE in ticked and len(ticked) > 1:
            self.add_error(
                "ticked",
                "You chose “None of these”, and something is ticked. Untick it, or choose “Continue”",
            )
        elif UNSURE not in ticked:
            self.seconds.check(self._asked_by(ticked))
        return cleaned

    def _asked_by(self, ticked: Iterable[str]) -> set[str]:
        """The questions to which these ticks lead."""
        return {tick.question for tick in self.ticks if tick.key in ticked}

    @property
    def is_unsure(self) -> bool:
        """Whether the items are to be explained and asked one by one."""
        return UNSURE in self.cleaned_data["ticked"]

    def answers(self) -> dict[str, Said]:
        """What was said to each question of the list."""
        ticked = dict.fromkeys(self.cleaned_data["ticked"], Said.YES)
        return self.seconds.with_visits(said_by_ticks(self.safety_list, self.ticks, ticked))

    def extras(self) -> dict[str, str]:
        """The second parts of what was ticked."""
        return self.seconds.extras(self._asked_by(self.cleaned_data["ticked"]))


class ExplainedForm(PageForm):
    """The same list one item under the other, each with an explanation; still unsure counts as yes."""

    def __init__(
        self, *args: Any, safety_list: SafetyList, seen_about: frozenset[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.safety_list = safety_list
        self.ticks = safety_content().ticks_of(safety_list.key)
        for tick in self.ticks:
            field = radios(
                tick.asks.text,
                [("yes", "Yes"), ("no", "No"), ("unsure", "I’m not sure")],
                error=f"Choose yes, no or “I’m not sure” for: {tick.asks.text}",
            )
            field.help_text = tick.explain.text
            self.fields[tick.key] = field
        self.seconds = _SecondParts(self, safety_list, seen_about)

    def clean(self) -> dict[str, Any]:
        """A yes with a second part needs that part."""
        cleaned = super().clean() or self.cleaned_data
        self.seconds.check({key for key, said in self._said().items() if said.counts_as_yes})
        return cleaned

    def _said(self) -> dict[str, Said]:
        """What was said to each question."""
        ticked = {tick.key: Said(said) for tick in self.ticks if (said := self.cleaned_data.get(tick.key))}
        return said_by_ticks(self.safety_list, self.ticks, ticked)

    def answers(self) -> dict[str, Said]:
        """What was said to each question of the list."""
        return self.seconds.with_visits(self._said())

    def extras(self) -> dict[str, str]:
        """The second parts of what applies."""
        return self.seconds.extras({key for key, said in self.answers().items() if said.counts_as_yes})


class _SecondParts:
    """What some ticks also ask: a stage of pregnancy, or whether things are as they were at the visit."""

    def __init__(self, form: PageForm, safety_list: SafetyList, seen_about: frozenset[str]) -> None:
        self.form = form
        questions = [safety_content().questions[key] for key in safety_list.questions]
        self.questions = questions
        self.seen_about = [question for question in questions if question.key in seen_about]
        for question in questions:
            if question.extra:
                choices = [*((c.value, c.label) for c in question.extra.choices), (UNSURE, "I’m not sure")]
                self._add(f"extra_{question.key}", question.extra.legend, choices, question.extra.error)
        for question in self.seen_about:
            self._add(
                f"same_{question.key}",
                f"You have been seen about this: {question.asks.text}. If you tick it now, is it as it was then?",
                [("yes", "Yes, as it was"), ("no", "No, it has changed")],
                "Choose whether it is as it was when you were seen",
            )

    def _add(self, name: str, legend: str, choices: list[tuple[str, str]], error: str) -> None:
        self.form.fields[name] = follow_up(radios(legend, choices, error=error))

    def check(self, applies: set[str]) -> None:
        for question in self.questions:
            if question.key in applies and question.extra and not self._value(f"extra_{question.key}"):
                self.form.add_error(f"extra_{question.key}", question.extra.error)
        for question in self.seen_about:
            if question.key in applies and not self._value(f"same_{question.key}"):
                self.form.add_error(
                    f"same_{question.key}", "Choose whether it is as it was when you were seen"
                )

    def with_visits(self, said: dict[str, Said]) -> dict[str, Said]:
        unchanged = {q.key for q in self.seen_about if self._value(f"same_{q.key}") == "yes"}
        return as_before(said, unchanged)

    def extras(self, applies: set[str]) -> dict[str, str]:
        kept = {}
        for question in self.questions:
            if question.extra and question.key in applies:
                value = self._value(f"extra_{question.key}")
                kept[question.extra.key] = question.extra.unsure_counts_as if value == UNSURE else value
        return kept

    def _value(self, name: str) -> str:
        return str(self.form.cleaned_data.get(name) or "")


# Design choice: what was said longer ago says little about today, and such a date is mostly a slip.
VISIT_COUNTS_FOR = timedelta(days=366)


class SeenForm(PageForm):
    """ "I have been seen": when, and what was said."""

    button = "Save"
    seen_on = forms.DateField(
        label="When were you seen?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Write the day you were seen",
            "invalid": "Write the day with numbers, for example 2026-11-30",
        },
    )
    verdict = radios(
        "Did they say you may do exercises like these?",
        [(Verdict.YES, "Yes"), (Verdict.WITH_LIMITS, "Yes, with limits"), (Verdict.NO, "No, or not yet")],
        error="Choose what they said",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_seen_on(self) -> date:
        """Not in the future, and not longer ago than `VISIT_COUNTS_FOR`."""
        seen_on: date = self.cleaned_data["seen_on"]
        if seen_on > self.today:
            raise forms.ValidationError("The day you were seen cannot be in the future")
        if self.today - seen_on > VISIT_COUNTS_FOR:
            raise forms.ValidationError(
                "That is long ago: only a visit of the last 12 months counts. Check the year"
            )
        return seen_on


class _Causes(forms.MultipleChoiceField):
    """Open locks to tick. One that was open when the page was loaded is a valid value: the action says what became of it."""

    def valid_value(self, value: Any) -> bool:
        """Whether anything can lock by this name."""
        return str(value) in safety_content().questions or decision_table().rule(str(value)) is not None


class VisitForm(SeenForm):
    """ "I have been seen" about some of the open locks, in one go; nothing is ticked beforehand."""

    field_order = ("about", "seen_on", "verdict")

    def __init__(self, *args: Any, locks: Iterable[Lock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locks = tuple(locks)
        self.fields["about"] = _Causes(
            label="What was the visit about?",
            help_text="Tick all that they looked at. What you do not tick goes on waiting.",
            choices=[
                (group[0].cause, ". ".join(dict.fromkeys(lock.about for lock in group)))
                for group in asked_together(self.locks)
            ],
            widget=forms.CheckboxSelectMultiple,
            error_messages=dict.fromkeys(("required", "invalid_choice"), "Tick what the visit was about"),
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A visit before something new was told was not about it."""
        cleaned = super().clean() or self.cleaned_data
        seen_on = cleaned.get("seen_on")
        ticked = [lock for lock in self.locks if lock.cause in cleaned.get("about", ())]
        since = max((lock.since for lock in ticked if not lock.takes_earlier_visit), default=None)
        if seen_on and since and seen_on < since:
            told = date_format(since, "j F Y")
            self.add_error("seen_on", f"You told us of it on {told}: only a visit since then counts")
        return cleaned
