"""The countable checks on pages about mirror checks: `{% load counts %}`."""

from typing import Any

from django import template
from django.template import Context

from accounts.models import User
from assessments.actions.counts import days_of, standing_of
from assessments.models import Attempt, Count
from assessments.rules.counting import by_day, counting

register = template.Library()


@register.inclusion_tag("assessments/_counts_of.html", takes_context=True)
def counts_of(context: Context, attempt: Attempt) -> dict[str, Any]:
    """On a result: what was counted after this check, and whether there is more to count.

    A guest gets one quiet sentence. Who may not count, for longer than four lists take, gets nothing: no offer
    that the result or an answer forbids.
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
    standing = standing_of(person)
    is_latest = standing.attempt == attempt
    return {
        "page": page,
        "rows": shown,
        "offer": is_latest and (standing.reason is None or standing.reason.key == "today"),
        "later": is_latest and standing.reason is not None and standing.reason.key == "lists",
    }


@register.inclusion_tag("assessments/_counts_history.html", takes_context=True)
def counts_history(context: Context) -> dict[str, Any]:
    """Among past checks: the latest numbers of each countable check; nothing before there are any."""
    person = context["request"].user
    checks = [
        (check, days[-1])
        for check in counting().checks.values()
        if isinstance(person, User) and (days := days_of(person, check.key))
    ]
    return {"page": counting().page, "checks": checks}
