"""Past checks: the list, one of them, two side by side, and deleting one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import get_or_post, person_of
from assessments.actions.check import remove_check
from assessments.models import Attempt, Correction, Status
from assessments.rows import (
    Owner,
    finished_checks,
    looks_of,
    numbered_in_their_days,
    rest_today,
    state_for,
    two_checks,
)
from assessments.rules.heading import finding_of
from assessments.rules.questionnaire import PAIN, questionnaire
from assessments.rules.then_and_now import ComparedAnswer
from assessments.views.result import result_context


def _own_check(request: HttpRequest, pk: UUID | str) -> Attempt:
    own = Attempt.objects.finished().select_related("second_look")
    return get_object_or_404(own, pk=pk, person=person_of(request))


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Past checks, the latest first, each with its finding, and what comes next."""
    own = finished_checks(person_of(request))
    numbers = numbered_in_their_days(own)
    context = {
        "checks": [(check, numbers.get(check.pk), _heading(check)) for check in own],
        "may_begin": rest_today(Owner.of(person_of(request))) is None,
        "rest": questionnaire().rest,
    }
    return render(request, "assessments/checks.html", context)


def _heading(check: Attempt) -> str:
    if check.outcome is None:
        return ""
    return finding_of(check.outcome, [check.answers, looks_of(check).first], says_flatter=False).heading


@require_safe
def check_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One past result, in the words of what was seen then; one that was corrected leads to what took its place."""
    person = person_of(request)
    corrected = Correction.objects.filter(first=pk, first__person=person, first__status=Status.CORRECTED)
    if correction := corrected.first():
        return redirect("check_detail", correction.attempt_id)
    context = result_context(_own_check(request, pk), Owner.of(person))
    return render(request, "assessments/result.html", context)


@require_safe
def check_compare(request: HttpRequest) -> HttpResponse:
    """Two checks side by side: those of the address, or the last two. With fewer than two, the list says what is next."""
    own = finished_checks(person_of(request))
    then, now_ = _two_of(request, own) if request.GET else own[1::-1] if len(own) > 1 else (None, None)
    if then is None or now_ is None:
        return redirect("checks")
    compared, pictures = two_checks(own, then, now_)
    numbers = numbered_in_their_days(own)
    context = {
        "compared": compared,
        "pictures": pictures,
        "rows": [_row(one) for one in compared.answers],
        "pain": [
            questionnaire().questions[PAIN].label_of(check.answers.get(PAIN, {}).get("value"))
            for check in (then, now_)
        ],
        "then": then,
        "now": now_,
        "checks": [(check, numbers.get(check.pk)) for check in own],
        "state": state_for(person_of(request)),
    }
    return render(request, "assessments/compare.html", context)


def _two_of(request: HttpRequest, own: list[Attempt]) -> tuple[Attempt, Attempt]:
    """The two checks that the address names, the earlier one first; raises Http404."""
    known = {str(check.pk): place for place, check in enumerate(own)}
    try:
        now_, then = sorted(known[request.GET.get(name, "")] for name in ("then", "now"))
    except KeyError:
        raise Http404 from None
    return own[then], own[now_]


def _row(one: ComparedAnswer) -> dict[str, Any]:
    return {
        "question": one.question.summary,
        "side": one.sides[0] if len(one.sides) == 1 else "",
        "then": one.question.label_of(one.then),
        "now": one.question.label_of(one.now),
        "said": one.said,
    }


@get_or_post
def check_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete one past check."""
    attempt = _own_check(request, pk)
    holds_back = state_for(person_of(request)).holds(attempt.outcome)
    if request.method == "POST" and not holds_back:
        remove_check(attempt=attempt)
        return redirect("checks")
    context = {"attempt": attempt, "holds_back": holds_back}
    return render(
        request, "assessments/remove.html", context, status=409 if request.method == "POST" else 200
    )
