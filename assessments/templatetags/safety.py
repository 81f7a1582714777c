"""What every page says while someone should be seen first: `{% load safety %}`."""

from datetime import timedelta
from typing import Any

from django import template
from django.template import Context

from assessments.rows import rest_today
from assessments.rules.safety import SafetyState
from assessments.rules.safety_content import safety_content
from assessments.views.guest import owner_of

register = template.Library()


@register.inclusion_tag("assessments/_be_seen.html", takes_context=True)
def be_seen(
    context: Context, state: SafetyState, *, in_full: bool = False, names_visit: bool = False
) -> dict[str, Any]:
    """What to be seen about, a page to print, then "I have been seen".

    in_full      the page itself says what to do about each, so it is the one to print
    names_visit  the page itself says when the person was seen
    """
    owner = owner_of(context["request"])
    rests = bool(owner and state.hurt_lock and rest_today(owner))
    return {
        "state": state,
        "content": safety_content(),
        "in_full": in_full,
        "names_visit": names_visit,
        "user": context["user"],
        "tomorrow": owner.today + timedelta(days=1) if owner and rests else None,
    }
