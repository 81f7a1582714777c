"""What pages of the reference show of training, and how a reason is shown."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html

from accounts.clock import today_for
from accounts.models import User
from assessments.rows import latest_check_of
from assessments.rules.questionnaire import SIDES
from exercises.rows import active_plan, decisions_of, lines_over_time, preferences_of
from exercises.rules.catalogue import Exercise, catalogue
from exercises.rules.next_step import NextStep
from exercises.rules.warm_up import warm_up_and_close
from exercises.rules.wording import load_in_words, words
from exercises.training import WhatsNext, whats_next

# The arch that the mirror check asks about.
LOOKED_AT = "medial_longitudinal_arch"

register = template.Library()


@register.filter
def led(reason: str) -> str:
    """A reason whose first words are bold: what changes ("One step easier,"), or "Because"."""
    if reason.startswith("Because "):
        lead, rest = "Because", reason.removeprefix("Because")
    elif ", because " in reason:
        lead, rest = re.split("(?<=,)(?= because )", reason, maxsplit=1)
    else:
        return reason
    return format_html("<b>{}</b>{}", lead, rest)


@register.inclusion_tag("exercises/_next_step.html", takes_context=True)
def next_step(context: Context, *, in_full: bool = False, names_visit: bool = False) -> dict[str, Any]:
    """The one next step, on a page of the check or of safety; a guest is only asked to be seen (`state`).

    in_full      the page itself says what to be seen about, and what to do
    names_visit  the page itself says when the person was seen
    """
    user = context["user"]
    known = whats_next(user) if isinstance(user, User) else WhatsNext(NextStep.BE_SEEN, context["state"])
    return {
        "known": known,
        "in_full": in_full,
        "names_visit": names_visit,
        "user": user,
        "request": context["request"],
    }


@register.simple_tag(name="whats_next", takes_context=True)
def next_of_reader(context: Context) -> WhatsNext | None:
    """What comes next for the person who reads the page; None for a guest."""
    user = context["user"]
    return whats_next(user) if isinstance(user, User) else None


@register.inclusion_tag("exercises/reference/_exercises_for_muscle.html")
def exercises_for_muscle(key: str) -> dict[str, Any]:
    """The exercises that load a muscle, the hardest first, with the load in words."""
    return {
        "rows": [
            {"exercise": exercise, "load": load_in_words(load), "standing": leg == "standing"}
            for exercise, load, leg in catalogue().loading(key)
        ]
    }


@register.inclusion_tag("exercises/reference/_exercise_links.html")
def exercise_links(keys: Iterable[str]) -> dict[str, Any]:
    """The exercises with these keys as lines of a list, each leading to its page."""
    return {"exercises": [catalogue().exercise(key) for key in keys or ()]}


@register.inclusion_tag("exercises/reference/_exercise_to_do.html")
def exercise_to_do(key: str) -> dict[str, Any]:
    """An exercise by name, with the picture that lists show of it; both lead to its page."""
    exercise = catalogue().exercise(key)
    return {"exercise": exercise, "picture": catalogue().pictures_of(key, exercise.usual.key).small}


@register.inclusion_tag("exercises/reference/_stretch.html", takes_context=True)
def stretch(context: Context, key: str) -> dict[str, Any]:
    """A stretch with its pictures, in each way there is, the usual one first. Raises KeyError for another key."""
    move = {move.key: move for move in warm_up_and_close().after}[key]
    return {"ways": move.ways[::-1], "numbered": context.get("numbered"), "request": context["request"]}


@register.inclusion_tag("exercises/reference/_own_box.html", takes_context=True)
def own_box(context: Context, muscle: str = "", arch: str = "") -> dict[str, Any]:
    """What a muscle or an arch has to do with the reader's own plan and last check; for visitors, nothing.

    Four queries for a signed-in person, none for anyone else.
    """
    person = getattr(context.get("request"), "user", None)
    if not isinstance(person, User):
        return {}
    return {**_planned(person, muscle), **_seen(person, arch)}


@register.inclusion_tag("exercises/reference/_own_note.html", takes_context=True)
def own_note(context: Context, exercise: Exercise) -> dict[str, Any]:
    """What the reader wrote down about an exercise: one query for a signed-in person, none for a visitor."""
    request = context.get("request")
    person = getattr(request, "user", None)
    if not request or not isinstance(person, User):
        return {}
    note = preferences_of(person, exercise.key).note
    return {"note": note, "exercise": exercise, "here": request.path}


def _planned(person: User, muscle: str) -> dict[str, Any]:
    """The exercises of the running plan that load a muscle, and why they are there, each reason once."""
    plan = active_plan(person) if muscle else None
    if plan is None:
        return {}
    loading = {exercise.key: exercise for exercise, _load, _leg in catalogue().loading(muscle)}
    in_force = lines_over_time(plan, decisions_of(person, plan)).on(today_for(person))
    lines = [line for line in in_force if line.exercise in loading]
    return {
        "exercises": [loading[line.exercise] for line in lines],
        "why": [words(reason) for reason in dict.fromkeys(r for line in lines for r in line.reasons)],
    }


def _seen(person: User, arch: str) -> dict[str, Any]:
    """What the last check saw of the inner arch, in the words of its answers."""
    check = latest_check_of(person) if arch == LOOKED_AT else None
    if check is None:
        return {}
    return {
        "check": check,
        "sides": [(side, check.answer_in_words("arch", side)) for side in SIDES if check.seen("arch", side)],
    }
