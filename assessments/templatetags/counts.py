"""The countable checks on pages about mirror checks: `{% load counts %}`."""

from typing import Any

from django import template
from django.template import Context

from accounts.models import User
from assessments.models import Attempt, Count
from assessments.rows import counting_leave, days_of
from assessments.rules.counting import CountOffer, by_day, count_offer, counting

register = template.Library()


@register.inclusion_tag("assessments/_counts_of.html", takes_context=True)
def counts_of(context: Context, attempt: Attempt) -> dict[str, Any]:
    """On a result: what was counted after this check, and whether there is more to count.

    A guest gets one quiet sentence.
    """
    page = counting().page
    person = context["request"].user
    if not isinstance(person, User):
        return {"page": page, "guest": attempt.outcome is not None and not attempt.outcome.locks}
    rows = list(Count.objects.filter(attempt=attempt, person=person))
    shown = [
        (check, day)
        for check in counting().checks.values()
        for day in by_day(row.as_counted() for row in rows if row.check_key == check.key)
    ]
    leave = counting_leave(person, context.get("state"))
    offer = count_offer(leave.reason.key if leave.reason else None) if leave.attempt == attempt else None
    return {
        "page": page,
        "rows": shown,
        "offer": offer is CountOffer.NOW,
        "later": offer is CountOffer.LATER,
    }


@register.inclusion_tag("assessments/_counts_history.html", takes_context=True)
def counts_history(context: Context) -> dict[str, Any]:
    """Among past checks: the latest numbers of each countable check, or that there is something to count."""
    person = context["request"].user
    if not isinstance(person, User):
        return {}
    counted = [(check, days_of(person, check.key)) for check in counting().checks.values()]
    checks = [(check, days[-1], check.day_in_words(days[-1])) for check, days in counted if days]
    reason = None if checks else counting_leave(person).reason
    return {
        "page": counting().page,
        "checks": checks,
        "offer": not checks and count_offer(reason.key if reason else None) is not None,
    }
