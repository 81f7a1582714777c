"""Pages of the second look. They are numbered: a name in the address would reveal where the looks differ."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.requests import get_or_post
from assessments.actions.check import (
    AttemptClosed,
    answer_again,
    reread,
    stand_again,
    start_second_look,
    stop_second_look,
)
from assessments.forms.check import QuestionForm, StopForm
from assessments.forms.safety import ListForm
from assessments.models import Attempt
from assessments.rows import Owner, first_check, looks_of, may_look_again, rest_today, safety_state
from assessments.rules.questionnaire import questionnaire
from assessments.rules.safety_content import RIGHT_NOW, safety_content
from assessments.rules.second_look import Looks, LookStep
from assessments.views.access import closed
from assessments.views.check import not_today
from assessments.views.guest import owner_of
from assessments.views.safety import list_form

AgainView = Callable[..., HttpResponse]
"""Takes the request, the owner, the check that is looked at again, and what the address says."""


def with_first_check(view: AgainView) -> AgainView:
    """Find the check to look at again. If it may not be, a GET leads to its result and a POST is told why."""

    @login_not_required
    @get_or_post
    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        owner = owner_of(request)
        attempt = first_check(owner)
        if owner is None or attempt is None:
            return redirect("check")
        if attempt.has_expired:
            return render(request, "assessments/expired.html", status=410)
        if not may_look_again(attempt):
            return _over(request, owner)
        if rest := rest_today(owner):
            return not_today(request, owner, rest) if request.method == "POST" else redirect("check_result")
        try:
            return view(request, owner, attempt, **kwargs)
        except AttemptClosed:
            return _over(request, owner)

    return found


def _over(request: HttpRequest, owner: Owner) -> HttpResponse:
    return closed(request, owner) if request.method == "POST" else redirect("check_result")


@with_first_check
def again(request: HttpRequest, _owner: Owner, attempt: Attempt) -> HttpResponse:
    """What a second look is; a tap begins it or continues it."""
    if request.method == "POST":
        start_second_look(attempt=attempt)
        return _next(reread(attempt))
    begun = hasattr(attempt, "second_look")
    return render(request, "assessments/again.html", {"page": questionnaire().second_look, "begun": begun})


@with_first_check
def again_right_now(
    request: HttpRequest, owner: Owner, attempt: Attempt, *, explained: bool = False
) -> HttpResponse:
    """The list before standing at the mirror on a later day than the first look."""
    form = list_form(request, RIGHT_NOW, safety_state(owner).seen_about, explained=explained)
    if form.is_bound and form.is_valid():
        if isinstance(form, ListForm) and form.is_unsure:
            return redirect("check_again_right_now_explained")
        answers = form.answers()
        may_stand = stand_again(attempt=attempt, owner=owner, answers=answers)
        if not may_stand or any(said.counts_as_yes for said in answers.values()):
            return redirect("check_advice")
        return _next(attempt)
    context = {
        "form": form,
        "list": safety_content().lists[RIGHT_NOW],
        "back": reverse("check_again"),
        "guest": True,
    }
    return render(request, "assessments/list.html", context, status=422 if form.is_bound else 200)


@with_first_check
def again_step(request: HttpRequest, _owner: Owner, attempt: Attempt, *, number: int) -> HttpResponse:
    """A page of the second or third look, by its number; one that comes too early leads to the page that is due."""
    looks = looks_of(attempt)
    steps = looks.steps()
    if not hasattr(attempt, "second_look") or not attempt.may_stand_today:
        return _next(attempt)
    if not 1 <= number <= len(steps):
        raise Http404
    due = looks.open_step(steps)
    if due is not None and number - 1 > due:
        return _next(attempt)
    step = steps[number - 1]
    if step.asks:
        return _question_page(request, attempt, looks, step, number)
    return _do_page(request, step, number)


def _do_page(request: HttpRequest, step: LookStep, number: int) -> HttpResponse:
    do = questionnaire().do_pages[step.page]
    context = {
        "do": do,
        "next": _address(number + 1),
        "stop": reverse("check_again_stop"),
        "back": _address(number - 1),
        "third": questionnaire().second_look.third if step.look == "third" else None,
    }
    return render(request, "assessments/do.html", context)


def _question_page(
    request: HttpRequest, attempt: Attempt, looks: Looks, step: LookStep, number: int
) -> HttpResponse:
    question = questionnaire().questions[step.page]
    data = request.POST if request.method == "POST" else None
    said = looks.second if step.look == "second" else looks.third
    form = QuestionForm(data, asks=[(question, step.sides)], answers=said)
    if form.is_bound and form.is_valid():
        return _next(answer_again(attempt=attempt, step=step, given=form.given()[step.page]))
    context = {
        "form": form,
        "question": question,
        "back": _address(number - 1),
        "third": questionnaire().second_look.third if step.look == "third" else None,
    }
    return render(request, "assessments/question.html", context, status=422 if form.is_bound else 200)


@with_first_check
def again_stop(request: HttpRequest, _owner: Owner, attempt: Attempt) -> HttpResponse:
    """ "This hurts: stop" during a second look."""
    if not hasattr(attempt, "second_look"):
        return redirect("check_again")
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        stop_second_look(attempt=attempt, where=form.cleaned_data["where"])
        return redirect("check_result")
    context = {"form": form, "page": questionnaire().stopped, "back": _next(attempt).url}
    return render(request, "assessments/stop.html", context, status=422 if form.is_bound else 200)


def _address(number: int) -> str:
    return reverse("check_again_step", kwargs={"number": number}) if number else reverse("check_again")


def _next(attempt: Attempt) -> HttpResponseRedirect:
    """The page that is due: the beginning, the list "right now", the next question, or what to do before it."""
    if attempt.looked_twice:
        return HttpResponseRedirect(reverse("check_result"))
    if not hasattr(attempt, "second_look"):
        return HttpResponseRedirect(reverse("check_again"))
    if not attempt.may_stand_today:
        return HttpResponseRedirect(reverse("check_again_right_now"))
    return HttpResponseRedirect(_address(looks_of(attempt).step_due() + 1))
