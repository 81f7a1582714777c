"""Pages of the countable checks: what they are, how to do them, both sides on one page, and the numbers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from accounts.models import User
from accounts.requests import get_or_post, person_of
from assessments.actions.counts import record_counts
from assessments.actions.safety import record_safety_list
from assessments.forms.counts import CountForm
from assessments.forms.safety import ListForm
from assessments.rows import (
    CountingLeave,
    Owner,
    counting_leave,
    days_of,
    safety_state,
    state_for,
    written_today,
)
from assessments.rules.counting import (
    CountCheck,
    Counted,
    ReasonNotToCount,
    counting,
    differences,
    seen_in,
)
from assessments.rules.counting_chart import chart_of
from assessments.rules.safety import SafetyState
from assessments.rules.safety_content import RIGHT_NOW, safety_content
from assessments.views.safety import list_form


def _check(slug: str) -> CountCheck:
    check = counting().by_slug(slug)
    if check is None:
        raise Http404
    return check


def _way_on(reason: ReasonNotToCount, state: SafetyState, person: User) -> str:
    """The address where a reason not to count is settled, or explained."""
    if reason.key == "today":
        return reverse("count_right_now")
    if reason.to == "lists":
        due = state.lists_due_for_plan(today_for(person)) or [RIGHT_NOW]
        first = reverse("safety_list", kwargs={"name": due[0].replace("_", "-")})
        return f"{first}?{urlencode({'next': reverse('counts')})}"
    return reverse(reason.to)


def _refused(request: HttpRequest, leave: CountingLeave) -> HttpResponse:
    """Not now, and why; the same words as on the overview."""
    reason = leave.reason
    if reason is None:
        raise ValueError("refused without a reason")
    person = person_of(request)
    context = {"reason": reason, "way_on": _way_on(reason, state_for(person), person)}
    return render(request, "assessments/count_refused.html", context, status=409)


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Both checks, and why not if not now; earlier counts can still be read."""
    person = person_of(request)
    leave = counting_leave(person)
    context: dict[str, Any] = {
        "page": counting().page,
        "reason": leave.reason,
        "checks": [_latest(check, person) for check in counting().checks.values()],
    }
    if leave.reason:
        context["way_on"] = _way_on(leave.reason, state_for(person), person)
    return render(request, "assessments/counts.html", context)


def _latest(check: CountCheck, person: User) -> dict[str, Any]:
    days = days_of(person, check.key)
    latest = days[-1] if days else None
    return {
        "check": check,
        "figure": f"figures/{check.picture}.svg",
        "latest": latest,
        "numbers": check.day_in_words(latest) if latest else "",
    }


@get_or_post
def count_right_now(request: HttpRequest, *, explained: bool = False) -> HttpResponse:
    """The list for today, as before a mirror check; ticks lead to their advice."""
    person = person_of(request)
    owner = Owner.of(person)
    form = list_form(request, RIGHT_NOW, safety_state(owner).seen_about, explained=explained)
    if form.is_bound and form.is_valid():
        if isinstance(form, ListForm) and form.is_unsure:
            return redirect("count_right_now_explained")
        answers = form.answers()
        record_safety_list(owner=owner, list_key=RIGHT_NOW, answers=answers, extras=form.extras())
        if any(said.counts_as_yes for said in answers.values()):
            return redirect("check_advice")
        return redirect("counts")
    context = {"form": form, "list": safety_content().lists[RIGHT_NOW], "back": reverse("counts")}
    return render(request, "assessments/list.html", context, status=422 if form.is_bound else 200)


@require_safe
def count_do(request: HttpRequest, name: str) -> HttpResponse:
    """How to do it."""
    check = _check(name)
    leave = counting_leave(person_of(request))
    if leave.reason:
        return _refused(request, leave)
    context = {"check": check, "figure": f"figures/{check.picture}.svg", "page": counting().page}
    return render(request, "assessments/count_do.html", context)


@get_or_post
def count_sides(request: HttpRequest, name: str) -> HttpResponse:
    """Count, left and right, and write it down."""
    check = _check(name)
    person = person_of(request)
    leave = counting_leave(person)
    if leave.reason:
        return _refused(request, leave)
    data = request.POST if request.method == "POST" else None
    form = CountForm(data, check=check, today=written_today(person, check.key))
    if form.is_bound and form.is_valid():
        replaced = record_counts(
            person=person, check_key=check.key, attempt=leave.attempt, sides=form.given()
        )
        if replaced:
            messages.success(request, _replaced_in_words(check, replaced))
        return redirect("count_result", name=name)
    context = {"form": form, "check": check}
    return render(request, "assessments/count_sides.html", context, status=422 if form.is_bound else 200)


def _replaced_in_words(check: CountCheck, replaced: list[Counted]) -> str:
    before = ", ".join(f"{one.side} {check.in_words(one.value)}" for one in replaced)
    return f"Saved. It takes the place of what you wrote earlier today: {before}."


@require_safe
def count_stop(request: HttpRequest, name: str) -> HttpResponse:
    """ "This hurts: stop"."""
    context = {"check": _check(name), "hurts": counting().page.hurts}
    return render(request, "assessments/count_stop.html", context)


@require_safe
def count_result(request: HttpRequest, name: str) -> HttpResponse:
    """The numbers of the latest day, what they do and do not say, what others reached, and earlier days."""
    check = _check(name)
    person = person_of(request)
    days = days_of(person, check.key)
    if not days:
        return redirect("counts")
    leave = counting_leave(person)
    latest = days[-1]
    context = {
        "check": check,
        "latest": latest,
        "numbers": check.day_in_words(latest),
        "remarks": [(key, check.remarks[key]) for key in seen_in(check.key, latest.counted)],
        "may_count": leave.reason is None,
        "days": days,
        "chart": chart_of(days),
        "differences": differences(check.key, days),
    }
    return render(request, "assessments/count_result.html", context)
