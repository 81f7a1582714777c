"""Past checks: the list, one of them, two side by side, and deleting one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import get_or_post, person_of
from assessments.models import Attempt
from assessments.rows import Owner, looks_of, rest_today, state_for
from assessments.rules.questionnaire import SIDES, questionnaire
from assessments.rules.second_look import Looks, difference
from assessments.views.result import result_context


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Past checks, the latest first, with a form to compare two."""
    person = person_of(request)
    context = {
        "checks": list(Attempt.objects.finished().filter(person=person).select_related("second_look")),
        "may_begin": rest_today(Owner.of(person)) is None,
        "rest": questionnaire().rest,
    }
    return render(request, "assessments/checks.html", context)


def _own_check(request: HttpRequest, pk: UUID | str) -> Attempt:
    own = Attempt.objects.finished().select_related("second_look")
    return get_object_or_404(own, pk=pk, person=person_of(request))


@require_safe
def check_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One past result, in the words of what was seen then."""
    context = result_context(_own_check(request, pk), Owner.of(person_of(request)))
    return render(request, "assessments/result.html", context)


@require_safe
def check_compare(request: HttpRequest) -> HttpResponse:
    """Two checks side by side. A single look is uncertain, so a difference may be chance."""
    own = Attempt.objects.finished().filter(person=person_of(request))
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
    holds_back = state_for(person_of(request)).holds(attempt.outcome)
    if request.method == "POST" and not holds_back:
        attempt.delete()
        return redirect("checks")
    context = {"attempt": attempt, "holds_back": holds_back}
    return render(
        request, "assessments/remove.html", context, status=409 if request.method == "POST" else 200
    )
