"""Feeling unwell before or in the middle of a workout: the list of what is new, and what follows from it.

Plain pages and forms: none of it needs a script, storage or the queue of sets.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.requests import get_or_post
from assessments.forms.safety import ExplainedForm, ListForm
from assessments.rows import state_for
from assessments.rules.safety import SafetyState
from assessments.rules.safety_content import STOP_LIST, safety_content
from exercises.actions.workout import stop_unwell
from exercises.rules.during import care
from exercises.views.access import own_workout, workout_address


def stop_list_form(request: HttpRequest, state: SafetyState, *, explained: bool) -> ListForm | ExplainedForm:
    """The list of what is new today, with what was sent; explained one by one for who is not sure."""
    make = ExplainedForm if explained else ListForm
    data = request.POST if request.method == "POST" else None
    return make(data, safety_list=safety_content().lists[STOP_LIST], seen_about=state.seen_about)


def ticked(form: ListForm | ExplainedForm) -> list[str]:
    """What counts as a yes."""
    return [key for key, said in form.answers().items() if said.counts_as_yes]


def stop_list_page(request: HttpRequest, form: ListForm | ExplainedForm, *, back: str) -> HttpResponse:
    """The list; 422 with what was sent when it cannot be taken."""
    context = {"form": form, "list": safety_content().lists[STOP_LIST], "back": back}
    return render(request, "assessments/list.html", context, status=422 if form.is_bound else 200)


def advice_page(request: HttpRequest, keys: list[str], **context: Any) -> HttpResponse:
    """What to do about what was ticked, the most urgent first."""
    content = safety_content()
    advised = [(question, content.levels[question.level]) for question in content.strictest_first(keys)]
    return render(
        request,
        "exercises/no_workout.html",
        {"advised": advised, "style": advised[0][1].style, **context},
    )


@get_or_post
def workout_feels_unwell(
    request: HttpRequest, day: date, number: int, *, explained: bool = False
) -> HttpResponse:
    """ "I feel unwell" in the middle of a workout: an answer counts as before one, and ends this one."""
    found = own_workout(request, day, number, with_log=False)
    form = stop_list_form(request, state_for(found.person), explained=explained)
    back = workout_address(found)
    if not (form.is_bound and form.is_valid()):
        return stop_list_page(request, form, back=back)
    if isinstance(form, ListForm) and form.is_unsure:
        return redirect(reverse("workout_feels_unwell_explained", kwargs={"day": day, "number": number}))
    keys = ticked(form)
    if not keys:
        context = {"workout": found, "care": care(), "back": back}
        return render(request, "exercises/unwell_nothing.html", context)
    stop_unwell(workout=found, answers=form.answers())
    return advice_page(request, keys, workout=found)
