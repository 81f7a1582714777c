"""What pages of the reference show of training."""

from typing import Any

from django import template
from django.template import Context

from accounts.models import User
from assessments.actions import latest_check_of
from assessments.questionnaire import SIDES
from exercises.catalogue import catalogue
from exercises.history import active_plan, lines_of
from exercises.wording import load_in_words, words

# The arch that the mirror check asks about.
LOOKED_AT = "medial_longitudinal_arch"

register = template.Library()


@register.inclusion_tag("exercises/reference/_exercises_for_muscle.html")
def exercises_for_muscle(key: str) -> dict[str, Any]:
    """The exercises that load a muscle, the hardest first, with the load in words."""
    return {
        "rows": [
            {"exercise": exercise, "load": load_in_words(load), "standing": leg == "standing"}
            for exercise, load, leg in catalogue().loading(key)
        ]
    }


@register.inclusion_tag("exercises/reference/_own_box.html", takes_context=True)
def own_box(context: Context, muscle: str = "", arch: str = "") -> dict[str, Any]:
    """What a muscle or an arch has to do with the reader's own plan and last check; for visitors, nothing.

    Three queries for a signed-in person, none for anyone else.
    """
    person = getattr(context.get("request"), "user", None)
    if not isinstance(person, User):
        return {}
    return {"lines": _lines_using(muscle, person) if muscle else [], **_seen(person, arch)}


def _lines_using(muscle: str, person: User) -> list[dict[str, Any]]:
    """The lines of the running plan whose exercise loads a muscle, each with why it is there."""
    plan = active_plan(person)
    loading = {exercise.key: exercise for exercise, _load, _leg in catalogue().loading(muscle)}
    return [
        {"exercise": loading[line.exercise], "why": [words(reason) for reason in line.reasons]}
        for line in (lines_of(plan) if plan else ())
        if line.exercise in loading
    ]


def _seen(person: User, arch: str) -> dict[str, Any]:
    """What the last check saw of the inner arch, in the words of its answers."""
    check = latest_check_of(person) if arch == LOOKED_AT else None
    if check is None:
        return {}
    return {
        "check": check,
        "sides": [(side, check.answer_in_words("arch", side)) for side in SIDES if check.seen("arch", side)],
    }
