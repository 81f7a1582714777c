"""Pages of the safety questions before a plan, of what is locked, and of "I have been seen"."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from accounts.requests import get_or_post, local_address, person_of
from assessments.actions.safety import NotWaiting, record_safety_list, record_visit
from assessments.forms.safety import ExplainedForm, ListForm, VisitForm
from assessments.models import SafetyAnswers
from assessments.rows import Owner, latest_check_of, latest_visit, safety_state, state_for
from assessments.rules.safety import SafetyState, Said, Verdict, about_cause
from assessments.rules.safety_content import LISTS_BEFORE_A_PLAN, safety_content


def list_form(
    request: HttpRequest, key: str, seen_about: frozenset[str], *, explained: bool
) -> ListForm | ExplainedForm:
    """The form of a safety list as this request sends or asks for it; `seen_about` as in ListForm."""
    make = ExplainedForm if explained else ListForm
    data = request.POST if request.method == "POST" else None
    return make(data, safety_list=safety_content().lists[key], seen_about=seen_about)


def advice_on(latest: SafetyAnswers) -> dict[str, Any]:
    """The ticked questions, the strictest first, each with its level."""
    given = latest.as_answered_list().answers
    ticked = [key for key, said in given.items() if said.counts_as_yes]
    content = safety_content()
    advised = [
        (question, content.levels[question.level], given[question.key] is Said.UNSURE)
        for question in content.strictest_first(ticked)
    ]
    return {"advised": advised, "style": next((level.style for _, level, _ in advised), "")}


def _with_next(page: str, request: HttpRequest, name: str) -> str:
    """The address of a page about a list, which then leads where this request wanted to go."""
    after = local_address(request, otherwise="plan_new")
    return f"{reverse(page, kwargs={'name': name})}?{urlencode({'next': after})}"


def _own_list(name: str) -> str:
    key = name.replace("-", "_")
    if key not in LISTS_BEFORE_A_PLAN or "_" in name:
        raise Http404
    return key


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """What is locked and why, what is left out, and when each list was answered."""
    state = state_for(person_of(request))
    lists = [(safety_content().lists[key], state.answered_on.get(key)) for key in LISTS_BEFORE_A_PLAN]
    context = {
        "heading": safety_in_words(state),
        "state": state,
        "lists": lists,
        "content": safety_content(),
        "latest": latest_check_of(person_of(request)),
    }
    return render(request, "assessments/safety.html", context)


def safety_in_words(state: SafetyState) -> str:
    """What all safety answers together mean now."""
    if state.locks and (waits := state.locks[0].level.be_seen):
        return waits
    if not all(key in state.answered_on for key in LISTS_BEFORE_A_PLAN):
        return "Some safety questions are not answered yet"
    return "Your answers let you train, with changes" if state.effects else "Your answers let you train"


@get_or_post
def safety_list(request: HttpRequest, name: str, *, explained: bool = False) -> HttpResponse:
    """One list before a plan."""
    key = _own_list(name)
    person = person_of(request)
    owner = Owner.of(person)
    seen_about = safety_state(owner).seen_about
    form = list_form(request, key, seen_about, explained=explained)
    if form.is_bound and form.is_valid():
        if isinstance(form, ListForm) and form.is_unsure:
            return redirect(_with_next("safety_list_explained", request, name))
        answers = form.answers()
        record_safety_list(owner=owner, list_key=key, answers=answers, extras=form.extras())
        if any(said.is_new for said in answers.values()):
            return redirect(_with_next("safety_advice", request, name))
        return _to_next_list(request, owner)
    context = {
        "form": form,
        "list": safety_content().lists[key],
        "left": len({*safety_state(owner).lists_due_for_plan(owner.today)} - {key}),
        "back": reverse("plan"),
    }
    return render(request, "assessments/list.html", context, status=422 if form.is_bound else 200)


def _to_next_list(request: HttpRequest, owner: Owner) -> HttpResponse:
    due = safety_state(owner).lists_due_for_plan(owner.today)
    if due:
        return redirect(_with_next("safety_list", request, due[0].replace("_", "-")))
    return redirect(local_address(request, otherwise="plan_new"))


@get_or_post
def safety_advice(request: HttpRequest, name: str) -> HttpResponse:
    """What to do about what was ticked on a list; then the next list."""
    key = _own_list(name)
    person = person_of(request)
    owner = Owner.of(person)
    if request.method == "POST":
        return _to_next_list(request, owner)
    latest = SafetyAnswers.objects.filter(list_key=key, **owner.fields).last()
    if latest is None:
        return redirect(_with_next("safety_list", request, name))
    state = safety_state(owner)
    context = {
        **advice_on(latest),
        "before_plan": True,
        "state": state,
        "next": local_address(request, otherwise="plan_new"),
    }
    return render(request, "assessments/advice.html", context)


@get_or_post
def safety_seen(request: HttpRequest) -> HttpResponse:
    """ "I have been seen": one form for every open lock."""
    person = person_of(request)
    locks = state_for(person).locks
    data = request.POST if request.method == "POST" else None
    form = VisitForm(data, locks=locks, today=today_for(person))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            record_visit(
                person=person,
                causes=form.cleaned_data["about"],
                seen_on=form.cleaned_data["seen_on"],
                verdict=Verdict(form.cleaned_data["verdict"]),
            )
        except NotWaiting:
            form.add_error(
                "about", "Something you ticked no longer waits, so nothing was saved. Look at what is left"
            )
            status = 409
        else:
            return redirect("safety_seen_saved")
    elif form.is_bound:
        status = 422
    if not locks:
        context = {"unsaved": form.is_bound}
        return render(request, "assessments/seen_nothing.html", context, status=409 if form.is_bound else 200)
    return render(request, "assessments/seen.html", {"form": form}, status=status)


@require_safe
def safety_seen_saved(request: HttpRequest) -> HttpResponse:
    """The latest visit, what it opened, what still waits, and where to go next."""
    person = person_of(request)
    visit = latest_visit(person)
    if not visit:
        return redirect("safety_seen")
    context = {
        "visit": visit[0],
        "told_about": [about for row in visit if (about := about_cause(row.cause))],
        "state": state_for(person),
        "content": safety_content(),
    }
    return render(request, "assessments/seen_saved.html", context)
