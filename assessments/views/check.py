"""Pages of the mirror check, of past checks, and of the safety questions.

The check serves guests and signed-in people alike; the step of a page is data (`questionnaire.py`).
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import now, today_for, today_in
from accounts.models import User
from assessments.actions.check import (
    AttemptClosed,
    NotWaiting,
    Owner,
    Rest,
    answer,
    delete_guest,
    finish,
    first_check,
    is_looking_again,
    latest_check_of,
    latest_result,
    latest_visit,
    looks_of,
    may_look_again,
    open_attempt,
    owner_of,
    pass_right_now,
    record_safety_list,
    record_visit,
    rest_today,
    safety_state,
    start,
    state_for,
    stop_for_pain,
    welcome,
)
from assessments.forms.check import ExplainedForm, ListForm, QuestionForm, StartForm, StopForm, VisitForm
from assessments.models import GUEST_ROWS_EXPIRE_AFTER, Attempt, SafetyAnswers
from assessments.rules.questionnaire import PAIN, SIDES, questionnaire
from assessments.rules.safety import (
    LISTS_BEFORE_A_PLAN,
    RIGHT_NOW,
    Said,
    Verdict,
    about_cause,
    safety_content,
    spoken_on_result,
    stops_check,
)
from assessments.rules.scoring import decision_table, seen_on
from assessments.rules.second_look import Looks, difference

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


CheckView = Callable[..., HttpResponse]
"""Takes the request, the owner, the open attempt, and what the address says."""


def with_open_attempt(view: CheckView) -> CheckView:
    """Find the attempt being answered. Without one: the start; an expired one is gone; a closed one says so.

    A form names the attempt it was made for: one left open in an old tab is not stored in a newer check.
    """

    @login_not_required
    @get_or_post
    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        owner = owner_of(request)
        attempt = open_attempt(owner)
        if owner is None or attempt is None:
            return _no_open_attempt(request, owner)
        if owner.person is None and now() - attempt.changed_at > GUEST_ROWS_EXPIRE_AFTER:
            return render(request, "assessments/expired.html", status=410)
        if request.POST.get("attempt", str(attempt.pk)) != str(attempt.pk):
            return closed(request, owner)
        try:
            return view(request, owner, attempt, **kwargs)
        except AttemptClosed:
            return closed(request, owner)

    return found


def closed(request: HttpRequest, owner: Owner) -> HttpResponse:
    """A POST to a check that is over: nothing was stored, and whether another can begin."""
    may_begin = rest_today(owner) is None
    return render(request, "assessments/closed.html", {"may_begin": may_begin}, status=409)


def _no_open_attempt(request: HttpRequest, owner: Owner | None) -> HttpResponse:
    """A POST must not seem to be stored: it says that this check is over. A GET begins at the start."""
    if request.method == "POST" and owner and Attempt.objects.filter(**owner.fields).exists():
        return closed(request, owner)
    return redirect("check")


def _page(key: str) -> HttpResponseRedirect:
    """Where a page of the questionnaire stands."""
    slug = key.replace("_", "-")
    return HttpResponseRedirect(
        reverse("check_answers") if key == "answers" else reverse("check_step", kwargs={"step": slug})
    )


def _may_stand(attempt: Attempt) -> bool:
    """Whether "right now" was answered today; a check taken up on another day asks it again."""
    return attempt.may_stand_on == today_in(attempt.time_zone)


def _next(attempt: Attempt) -> HttpResponseRedirect:
    if not _may_stand(attempt):
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


# --- the check -----------------------------------------------------------------------------------


@login_not_required
@get_or_post
def check(request: HttpRequest) -> HttpResponse:
    """The start page: what it shows, what it cannot, and the clear yes."""
    owner = owner_of(request)
    form = StartForm(request.POST if request.method == "POST" else None)
    agreed = form.is_bound and form.is_valid()
    if agreed:
        owner = welcome(request, time_zone=form.cleaned_data["time_zone"])
    if owner and (rest := rest_today(owner)):
        return not_today(request, owner, rest)
    if owner and agreed:
        return _next(start(owner=owner))
    context = {
        "form": form,
        "check": questionnaire(),
        "attempt": open_attempt(owner),
        "latest": latest_result(owner),
        "state": safety_state(owner) if owner else None,
    }
    return render(request, "assessments/start.html", context, status=422 if form.is_bound else 200)


def not_today(request: HttpRequest, owner: Owner, rest: Rest) -> HttpResponse:
    """Not today, and why; whoever asked for a check is refused in the same words."""
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


def list_form(
    request: HttpRequest, key: str, standing: frozenset[str], *, explained: bool
) -> ListForm | ExplainedForm:
    """The form of a safety list as this request sends or asks for it; `standing` as in ListForm."""
    make = ExplainedForm if explained else ListForm
    data = request.POST if request.method == "POST" else None
    return make(data, safety_list=safety_content().lists[key], standing=standing)


@login_not_required
@require_safe
def check_advice(request: HttpRequest) -> HttpResponse:
    """What to do about what was ticked under "right now"."""
    owner = owner_of(request)
    latest = SafetyAnswers.objects.filter(list_key=RIGHT_NOW, **owner.fields).last() if owner else None
    advice = _advice(latest) if latest else {"advised": []}
    if owner is None or latest is None or not advice["advised"]:
        return redirect("check")
    context = {
        **advice,
        "stops": stops_check(latest.as_given().answers) and latest.local_date == owner.today,
        "go_on": _goes_on(owner),
    }
    return render(request, "assessments/advice.html", context)


def _goes_on(owner: Owner) -> str:
    """Where the check, or the second look, that was begun goes on; empty when there is none."""
    if open_attempt(owner):
        return reverse("check_step", kwargs={"step": "notice"})
    first = first_check(owner)
    return reverse("check_again") if first and is_looking_again(first) else ""


def _advice(latest: SafetyAnswers) -> dict[str, Any]:
    """The ticked questions, the strictest first, each with its level."""
    given = latest.as_given().answers
    ticked = [key for key, said in given.items() if said.counts_as_yes]
    content = safety_content()
    advised = [
        (question, content.levels[question.level], given[question.key] is Said.UNSURE)
        for question in content.strictest_first(ticked)
    ]
    return {"advised": advised, "style": next((level.style for _, level, _ in advised), "")}


@with_open_attempt
def check_step(request: HttpRequest, _owner: Owner, attempt: Attempt, *, step: str) -> HttpResponse:
    """A do page or a question. A page that is not yet, or no longer, asked leads to the one that is."""
    key = step.replace("-", "_")
    page = questionnaire()
    if (key not in page.questions and key not in page.do_pages) or "_" in step:
        raise Http404
    if not _may_stand(attempt) or key not in page.path(attempt.answers):
        return _next(attempt)
    if _comes_too_early(key, attempt):
        return _next(attempt)
    if key in page.do_pages:
        return _do_page(request, attempt, key)
    return _question_page(request, attempt, key)


def _comes_too_early(key: str, attempt: Attempt) -> bool:
    """Whether a question before this page is still open."""
    order = questionnaire().order
    waiting = questionnaire().first_unanswered(attempt.answers)
    return waiting is not None and order.index(key) > order.index(waiting.key)


def _do_page(request: HttpRequest, attempt: Attempt, key: str) -> HttpResponse:
    if request.method == "POST":
        return _next(attempt)
    do = questionnaire().do_pages[key]
    context = {
        "do": do,
        "figure": f"figures/{do.picture}.svg",
        "next": _page(do.before).url,
        "back": _back_address(attempt, key),
    }
    return render(request, "assessments/do.html", context)


def _question_page(request: HttpRequest, attempt: Attempt, key: str) -> HttpResponse:
    question = questionnaire().questions[key]
    data = request.POST if request.method == "POST" else None
    form = QuestionForm(data, question=question, answers=attempt.answers, attempt=str(attempt.pk))
    if form.is_bound and form.is_valid():
        return _next(answer(attempt=attempt, question=key, given=form.given()))
    context = {"form": form, "question": question, "back": _back_address(attempt, key)}
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
    if not _may_stand(attempt) or page.first_unanswered(attempt.answers):
        return _next(attempt)
    if request.method == "POST":
        finish(attempt=attempt)
        return redirect("check_result")
    rows = [
        {
            "question": question,
            "answers": [
                (side, question.label_of(attempt.answers[question.key][side]))
                for side in page.asked_sides(question, attempt.answers)
            ],
            "where": _where_label(attempt) if question.key == PAIN else "",
            "change": _page(question.key).url,
        }
        for question in page.in_order()
        if question.key in attempt.answers
    ]
    return render(
        request,
        "assessments/answers.html",
        {"rows": rows, "attempt": attempt, "back": _back_address(attempt, "answers")},
    )


def _where_label(attempt: Attempt) -> str:
    place = attempt.answers.get(PAIN, {}).get("where")
    where = questionnaire().questions[PAIN].where
    return next((choice.label for choice in where.choices if choice.value == place), "") if where else ""


@login_not_required
@require_safe
def check_result(request: HttpRequest) -> HttpResponse:
    """The latest result of this person or guest."""
    owner = owner_of(request)
    attempt = latest_result(owner)
    if attempt is None or owner is None:
        return redirect("check")
    if owner.person is None and now() - attempt.changed_at > GUEST_ROWS_EXPIRE_AFTER:
        return render(request, "assessments/expired.html", status=410)
    return render(request, "assessments/result.html", result_context(attempt, owner))


def result_context(attempt: Attempt, owner: Owner) -> dict[str, Any]:
    """Everything a result page shows: what was found then, and what comes next as things stand now.

    Rules that left the content are passed over.
    """
    outcome = attempt.outcome
    if outcome is None:
        raise Http404
    table, state = decision_table(), safety_state(owner)
    spoken = spoken_on_result(outcome, state)
    sides: list[dict[str, Any]] = []
    left_said = {*outcome.left.locks, outcome.left.rule}
    for name in SIDES:
        side = outcome.side(name)
        rules = [rule for key in dict.fromkeys([*side.locks, side.rule]) if (rule := table.rule(key))]
        pain = seen_on(name, attempt.answers).get(PAIN)
        remarks = [table.modifier(key) for key in side.modifiers]
        sides.append(
            {
                "name": name,
                "reassured": name in spoken.reassured,
                "rules": [(rule, name == "right" and rule.key in left_said) for rule in rules],
                "remarks": [remark for remark in remarks if remark],
                "words": attempt.in_words(name),
                "pain": questionnaire().questions[PAIN].label_of(pain),
                "where": _where_label(attempt) if pain != "none" else "",
                "arch": _arch_pictures(attempt, name),
            }
        )
    looks = _looks(attempt)
    claims = [rule.means.claim for side in sides for rule, _ in side["rules"] if rule.means.claim]
    return {
        "attempt": attempt,
        "outcome": outcome,
        "sides": sides,
        "same": outcome.left == outcome.right and not outcome.flatter,
        "comparisons": [table.comparisons[key] for key in spoken.comparisons if key in table.comparisons],
        "legs": f"figures/legs-{_knee(attempt, 'left')}-{_knee(attempt, 'right')}.svg",
        "locked_sides": " and ".join(name for name in SIDES if outcome.side(name).locks),
        "check": questionnaire(),
        "looks": looks,
        "wavering": any(not row["agreed"] for row in looks),
        "may_look_again": may_look_again(attempt) and rest_today(owner) is None,
        "state": state,
        "says_why": state.is_locked and all(lock.cause in outcome.locks for lock in state.locks),
        "claims": list(dict.fromkeys([*claims, *questionnaire().limits.claims])),
    }


def _looks(attempt: Attempt) -> list[dict[str, Any]]:
    """What each look said of each item that was looked at twice; empty without a second look."""
    if not attempt.looked_twice:
        return []
    looks = looks_of(attempt)
    rows = []
    for item, sides in looks.items().items():
        question = questionnaire().questions[item]
        for side in sides:
            if side in looks.second.get(item, {}):
                said = [look.get(item, {}).get(side) for look in (looks.first, looks.second, looks.third)]
                rows.append(
                    {
                        "question": question.summary,
                        "side": side,
                        "said": [question.label_of(value) for value in said if value],
                        "agreed": looks.agree(item, side),
                        "stands": question.label_of(attempt.answers.get(item, {}).get(side)),
                    }
                )
    return rows


def _knee(attempt: Attempt, side: str) -> str:
    seen = attempt.seen("knees", side)
    return seen if seen in {"in", "forward", "out"} else "unsure"


def _arch_pictures(attempt: Attempt, side: str) -> str | None:
    seen = attempt.seen("arch", side)
    return f"figures/arch-{side}-{seen}.svg" if seen in {"flat", "low", "normal", "high"} else None


@login_not_required
@get_or_post
def check_delete(request: HttpRequest) -> HttpResponse:
    """ "Delete my answers now", for guests; signed-in people delete single checks."""
    if request.user.is_authenticated:
        return redirect("checks")
    if request.method == "POST":
        delete_guest(request=request)
        return render(request, "assessments/deleted.html")
    return render(request, "assessments/delete.html")


# --- past checks ---------------------------------------------------------------------------------


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  (LoginRequiredMiddleware stands before)
    return request.user


def _owner(person: User) -> Owner:
    return Owner(person, "", person.time_zone)


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Past checks, the latest first, and two to set side by side."""
    person = _person(request)
    context = {
        "checks": list(Attempt.objects.finished().filter(person=person).select_related("second_look")),
        "may_begin": rest_today(_owner(person)) is None,
        "rest": questionnaire().rest,
    }
    return render(request, "assessments/checks.html", context)


def _own_check(request: HttpRequest, pk: UUID | str) -> Attempt:
    own = Attempt.objects.finished().select_related("second_look")
    return get_object_or_404(own, pk=pk, person=_person(request))


@require_safe
def check_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One past result, in the words of what was seen then."""
    context = result_context(_own_check(request, pk), _owner(_person(request)))
    return render(request, "assessments/result.html", context)


@require_safe
def check_compare(request: HttpRequest) -> HttpResponse:
    """Two checks side by side. Each was looked at once, so a difference may be chance."""
    own = Attempt.objects.finished().filter(person=_person(request))
    try:
        then, now_ = (own.get(pk=UUID(request.GET.get(name, ""))) for name in ("then", "now"))
    except (ValueError, Attempt.DoesNotExist):
        raise Http404 from None
    then, now_ = sorted((then, now_), key=lambda attempt: attempt.finished_at or attempt.started_at)
    first = own.select_related("second_look").last()
    looks = looks_of(first) if first and first.looked_twice else None
    sides = [{"name": name, "rows": _then_and_now(then, now_, looks, name)} for name in SIDES]
    context = {"then": then, "now": now_, "sides": sides, "looked_twice": looks is not None}
    return render(request, "assessments/compare.html", context)


def _then_and_now(then: Attempt, now_: Attempt, looks: Looks | None, side: str) -> list[dict[str, Any]]:
    """Every question that one of two checks asked on a side, with what may be said of the two answers."""
    return [
        {
            "question": question.summary,
            "then": question.label_of(then.answers.get(question.key, {}).get(side)),
            "now": question.label_of(now_.answers.get(question.key, {}).get(side)),
            "difference": difference(
                then.seen(question.key, side),
                now_.seen(question.key, side),
                steady=looks.agree(question.key, side) if looks else None,
            ),
        }
        for question in questionnaire().in_order()
        if question.sided and any(side in attempt.answers.get(question.key, {}) for attempt in (then, now_))
    ]


@get_or_post
def check_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete one past check."""
    attempt = _own_check(request, pk)
    open_locks = {lock.cause for lock in state_for(_person(request)).locks}
    holds_back = attempt.outcome is not None and bool(open_locks.intersection(attempt.outcome.locks))
    if request.method == "POST" and not holds_back:
        attempt.delete()
        return redirect("checks")
    context = {"attempt": attempt, "holds_back": holds_back}
    return render(
        request, "assessments/remove.html", context, status=409 if request.method == "POST" else 200
    )


# --- safety, before a plan -----------------------------------------------------------------------


def _local(request: HttpRequest) -> str:
    """The address to go on to, if it is one of ours."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    return address if safe else reverse("plan_new")


def _with_next(page: str, request: HttpRequest, name: str) -> str:
    """The address of a page about a list, which goes on to where this request wanted to go."""
    return f"{reverse(page, kwargs={'name': name})}?{urlencode({'next': _local(request)})}"


def _own_list(name: str) -> str:
    key = name.replace("-", "_")
    if key not in LISTS_BEFORE_A_PLAN or "_" in name:
        raise Http404
    return key


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """What is locked and why, what is left out, and what was answered when."""
    state = state_for(_person(request))
    lists = [(safety_content().lists[key], state.answered_on.get(key)) for key in LISTS_BEFORE_A_PLAN]
    context = {
        "state": state,
        "lists": lists,
        "content": safety_content(),
        "latest": latest_check_of(_person(request)),
    }
    return render(request, "assessments/safety.html", context)


@get_or_post
def safety_list(request: HttpRequest, name: str, *, explained: bool = False) -> HttpResponse:
    """One list before a plan."""
    key = _own_list(name)
    person = _person(request)
    owner = _owner(person)
    standing = safety_state(owner).seen_about
    form = list_form(request, key, standing, explained=explained)
    if form.is_bound and form.is_valid():
        if isinstance(form, ListForm) and form.is_unsure:
            return redirect(_with_next("safety_list_explained", request, name))
        answers = form.answers()
        record_safety_list(owner=owner, list_key=key, answers=answers, extras=form.extras())
        if any(said not in {Said.NO, Said.AS_BEFORE} for said in answers.values()):
            return redirect(_with_next("safety_advice", request, name))
        return _to_next_list(request, owner)
    context = {"form": form, "list": safety_content().lists[key], "back": reverse("plan")}
    return render(request, "assessments/list.html", context, status=422 if form.is_bound else 200)


def _to_next_list(request: HttpRequest, owner: Owner) -> HttpResponse:
    due = safety_state(owner).lists_due_for_plan(owner.today)
    if due:
        return redirect(_with_next("safety_list", request, due[0].replace("_", "-")))
    return redirect(_local(request))


@get_or_post
def safety_advice(request: HttpRequest, name: str) -> HttpResponse:
    """What to do about what was ticked on a list; then the next list."""
    key = _own_list(name)
    person = _person(request)
    owner = _owner(person)
    if request.method == "POST":
        return _to_next_list(request, owner)
    latest = SafetyAnswers.objects.filter(list_key=key, **owner.fields).last()
    if latest is None:
        return redirect(_with_next("safety_list", request, name))
    state = safety_state(owner)
    context = {**_advice(latest), "before_plan": True, "state": state, "next": _local(request)}
    return render(request, "assessments/advice.html", context)


@get_or_post
def safety_seen(request: HttpRequest) -> HttpResponse:
    """ "I have been seen": one form for every open lock."""
    person = _person(request)
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
    """What was told last, what it opened, what still waits, and the way on."""
    person = _person(request)
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
