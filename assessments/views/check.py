"""Pages of the mirror check, up to its result.

The check serves guests and signed-in people alike; the step of a page is data (`questionnaire.py`).
"""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.limits import Limit, address_of, count
from accounts.requests import get_or_post
from assessments.actions.check import (
    AttemptClosed,
    answer,
    finish,
    leave_correction,
    pass_right_now,
    start,
    start_correction,
    stop_for_pain,
)
from assessments.forms.check import QuestionForm, StartForm, StopForm
from assessments.forms.safety import ListForm
from assessments.models import Attempt, SafetyAnswers
from assessments.rows import (
    Owner,
    first_check,
    is_looking_again,
    latest_result,
    open_attempt,
    rest_today,
    safety_state,
)
from assessments.rules.questionnaire import PAIN, Question, questionnaire
from assessments.rules.rest import Rest, asks_without_standing
from assessments.rules.safety import stops_check
from assessments.rules.safety_content import RIGHT_NOW, safety_content
from assessments.views.access import closed, with_open_attempt
from assessments.views.guest import leave, owner_of, welcome
from assessments.views.result import where_it_hurt
from assessments.views.safety import advice_on, list_form

GUESTS = Limit("guests who begin a check", 100, timedelta(hours=1))
"""By address: a clinic or a gym shares one."""


def _page(key: str) -> HttpResponseRedirect:
    """The address of a page of the questionnaire."""
    slug = key.replace("_", "-")
    return HttpResponseRedirect(
        reverse("check_answers") if key == "answers" else reverse("check_step", kwargs={"step": slug})
    )


def _next(attempt: Attempt) -> HttpResponseRedirect:
    if not attempt.may_stand_today:
        return HttpResponseRedirect(reverse("check_right_now"))
    return _page(questionnaire().next_page(attempt.answers))


def _back_address(attempt: Attempt, page: str) -> str:
    if questionnaire().first_unanswered(attempt.answers) is None and page != "answers":
        return reverse("check_answers")
    before = questionnaire().page_before(page, attempt.answers)
    match before:
        case "start":
            return reverse("check")
        case "right_now":
            return reverse("check_right_now")
        case _:
            return str(_page(before).url)


@login_not_required
@get_or_post
def check(request: HttpRequest) -> HttpResponse:
    """The start page: what the check shows, what it cannot show, and the clear yes."""
    owner = owner_of(request)
    form = StartForm(request.POST if request.method == "POST" else None)
    agreed = form.is_bound and form.is_valid()
    if agreed:
        if not request.user.is_authenticated:
            count(GUESTS, address_of(request))
        owner = welcome(request, time_zone=form.cleaned_data["time_zone"])
    if owner and (rest := rest_today(owner)):
        return not_today(request, owner, rest)
    if owner and agreed:
        return _next(start(owner=owner))
    begun = open_attempt(owner)
    context = {
        "form": form,
        "check": questionnaire(),
        "attempt": None if begun and begun.corrected_from else begun,
        "latest": latest_result(owner),
        "state": safety_state(owner) if owner else None,
    }
    return render(request, "assessments/start.html", context, status=422 if form.is_bound else 200)


def not_today(request: HttpRequest, owner: Owner, rest: Rest) -> HttpResponse:
    """Not today, and why; every way of asking for a check is refused in the same words."""
    context = {
        "page": questionnaire().rest,
        "rest": rest,
        "tomorrow": owner.today + timedelta(days=1),
        "latest": latest_result(owner),
    }
    return render(request, "assessments/rest.html", context, status=409 if request.method == "POST" else 200)


@with_open_attempt
def check_right_now(
    request: HttpRequest, owner: Owner, attempt: Attempt, *, explained: bool = False
) -> HttpResponse:
    """The list before the check; ticks lead to their advice."""
    seen_about = safety_state(owner).seen_about
    form = list_form(request, RIGHT_NOW, seen_about, explained=explained)
    if form.is_bound and form.is_valid():
        if isinstance(form, ListForm) and form.is_unsure:
            return redirect("check_right_now_explained")
        answers = form.answers()
        attempt = pass_right_now(attempt=attempt, owner=owner, answers=answers)
        if any(said.counts_as_yes for said in answers.values()):
            return redirect("check_advice")
        return _next(attempt)
    context = {
        "form": form,
        "list": safety_content().lists[RIGHT_NOW],
        "back": reverse("check"),
        "guest": True,
    }
    return render(request, "assessments/list.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_safe
def check_advice(request: HttpRequest) -> HttpResponse:
    """What to do about what was ticked under "right now"."""
    owner = owner_of(request)
    latest = SafetyAnswers.objects.filter(list_key=RIGHT_NOW, **owner.fields).last() if owner else None
    advice = advice_on(latest) if latest else {"advised": []}
    if owner is None or latest is None or not advice["advised"]:
        return redirect("check")
    context = {
        **advice,
        "stops": stops_check(latest.as_answered_list().answers) and latest.local_date == owner.today,
        "go_on": _goes_on(owner),
    }
    return render(request, "assessments/advice.html", context)


def _goes_on(owner: Owner) -> str:
    """Where the check or second look that was begun continues; empty when there is none."""
    if attempt := open_attempt(owner):
        return _next(attempt).url
    first = first_check(owner)
    return reverse("check_again") if first and is_looking_again(first) else ""


@with_open_attempt
def check_step(request: HttpRequest, owner: Owner, attempt: Attempt, *, step: str) -> HttpResponse:
    """A do page or a question. A page that is not asked yet, or not any more, leads to the one that is."""
    key = step.replace("-", "_")
    page = questionnaire()
    if (key not in page.questions and key not in page.do_pages) or "_" in step:
        raise Http404
    if key in page.questions and page.page_of(key) != key:
        return _page(page.page_of(key))
    if not attempt.may_stand_today or key not in page.path(attempt.answers):
        return _next(attempt)
    if page.comes_too_early(key, attempt.answers):
        return _next(attempt)
    if key in page.do_pages:
        return _do_page(request, owner, attempt, key)
    return _question_page(request, attempt, key)


def _do_page(request: HttpRequest, owner: Owner, attempt: Attempt, key: str) -> HttpResponse:
    if request.method == "POST":
        return _next(attempt)
    do = questionnaire().do_pages[key]
    if asks_without_standing(attempt.answers, rest_today(owner) if attempt.corrected_from else None):
        return _page(do.before)
    context = {
        "do": do,
        "next": _page(do.before).url,
        "back": _back_address(attempt, key),
    }
    return render(request, "assessments/do.html", context)


def _question_page(request: HttpRequest, attempt: Attempt, key: str) -> HttpResponse:
    asks = questionnaire().sides_on(key, attempt.answers)
    data = request.POST if request.method == "POST" else None
    mended = attempt.corrected_from.answers if attempt.corrected_from else None
    form = QuestionForm(data, asks=asks, answers=attempt.answers, attempt=str(attempt.pk), mended=mended)
    if form.is_bound and form.is_valid():
        return _next(answer(attempt=attempt, given=form.given()))
    context = {
        "form": form,
        "question": asks[0][0],
        "back": _back_address(attempt, key),
        "note": questionnaire().correcting.pain if mended is not None and key == PAIN else None,
    }
    return render(request, "assessments/question.html", context, status=422 if form.is_bound else 200)


@with_open_attempt
def check_stop(request: HttpRequest, _owner: Owner, attempt: Attempt) -> HttpResponse:
    """ "This hurts: stop"."""
    form = StopForm(request.POST if request.method == "POST" else None, attempt=str(attempt.pk))
    if form.is_bound and form.is_valid():
        stop_for_pain(attempt=attempt, where=form.cleaned_data["where"])
        return redirect("check_result")
    context = {"form": form, "page": questionnaire().stopped, "back": _next(attempt).url}
    return render(request, "assessments/stop.html", context, status=422 if form.is_bound else 200)


@with_open_attempt
def check_answers(request: HttpRequest, _owner: Owner, attempt: Attempt) -> HttpResponse:
    """Check your answers, then see the result."""
    page = questionnaire()
    if not attempt.may_stand_today or page.first_unanswered(attempt.answers):
        return _next(attempt)
    if request.method == "POST":
        (leave_correction if "leave" in request.POST else finish)(attempt=attempt)
        return redirect("check_result")
    rows = [
        {
            "question": question,
            "answers": [
                (side, question.label_of(attempt.answers[question.key][side]))
                for side in page.asked_sides(question, attempt.answers)
            ],
            "where": where_it_hurt(attempt) if question.key == PAIN else "",
            "change": _change_address(question, attempt),
        }
        for question in page.in_order
        if question.key in attempt.answers
    ]
    corrects = attempt.corrected_from is not None
    context = {
        "rows": rows,
        "attempt": attempt,
        "back": reverse("check_result") if corrects else _back_address(attempt, "answers"),
        "correcting": page.correcting if corrects else None,
    }
    return render(request, "assessments/answers.html", context)


@login_not_required
@get_or_post
def check_correct(request: HttpRequest) -> HttpResponse:
    """ "I ticked something wrong": the answers of the latest result, to be changed; when it is too late, it says so."""
    owner = owner_of(request)
    latest = latest_result(owner)
    if owner is None or latest is None or request.method != "POST":
        return redirect("check_result")
    if latest.has_expired:
        return render(request, "assessments/expired.html", status=410)
    try:
        start_correction(attempt=latest)
    except AttemptClosed:
        return closed(request, owner, why=questionnaire().correcting.over)
    return redirect("check_answers")


def _change_address(question: Question, attempt: Attempt) -> str:
    """The page of a question; where another one heads it, the first group that asks this one."""
    head = questionnaire().page_of(question.key)
    side = questionnaire().asked_sides(question, attempt.answers)[0]
    place = "" if head == question.key else f"#div_id_{question.key}_{side}"
    return f"{_page(head).url}{place}"


@login_not_required
@get_or_post
def check_delete(request: HttpRequest) -> HttpResponse:
    """ "Delete my answers now", for guests; signed-in people delete single checks."""
    if request.user.is_authenticated:
        return redirect("checks")
    if request.method == "POST":
        leave(request)
        return render(request, "assessments/deleted.html")
    return render(request, "assessments/delete.html")
