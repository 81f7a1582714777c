"""The calendar that programs read, and the page on which its address is made."""

import secrets
from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.clock import local_date_of
from accounts.events import note
from accounts.forms import zone_in_words
from accounts.limits import Limit, address_of, count
from accounts.models import EventKind, User
from accounts.requests import get_or_post, person_of
from hipfeet.mail.models import choices_of
from hipfeet.owndata.feed import (
    feed_at,
    feed_of,
    keep_calendar,
    make_address,
    note_what_it_tells,
    state_of,
    turn_off,
)
from hipfeet.owndata.forms import CalendarForm, FirstCalendarForm
from hipfeet.owndata.ical import calendar_of

GUESSES = Limit("guessed calendars", 60, timedelta(hours=1))
"""By address: programs go on asking for a calendar that was turned off."""
WHOLE_CALENDARS = Limit("whole calendars", 60, timedelta(hours=1))
"""A program that has it already is told so, which is not counted."""


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a private address; 304 for a program that has it as it is, after two queries."""
    feed = feed_at(token)
    if feed is None:
        count(GUESSES, address_of(request))
        raise Http404
    note_what_it_tells(feed)
    state = state_of(feed)
    answer = get_conditional_response(request, etag=state.etag)
    if answer is None:
        count(WHOLE_CALENDARS, feed.token_hash)
        answer = HttpResponse(calendar_of(feed, state), content_type="text/calendar; charset=utf-8")
    answer.headers["ETag"] = state.etag
    # A program may keep it for itself, or it could not ask whether it has changed.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
@get_or_post
def settings_calendar(request: HttpRequest) -> HttpResponse:
    """The hour and the alarm; an address where there is none, a new one, or none any more."""
    person = person_of(request)
    feed = feed_of(person)
    action = request.POST.get("action")
    if action == "off":
        turn_off(person=person)
        note(EventKind.CALENDAR_OFF, request, person)
        messages.success(request, "Your calendar is turned off. Its address shows nothing any more.")
        return redirect("settings_calendar")
    is_sent = request.method == "POST" and action is None
    key = secrets.token_urlsafe(16)
    initial = {
        "hour": choices_of(person).hour,
        "alarm_minutes": feed.alarm_minutes,
        "key": key,
        "revision": feed.revision,
    }
    form = (CalendarForm if feed.is_on else FirstCalendarForm)(
        request.POST if is_sent else None, initial=initial
    )
    if is_sent and form.is_valid():
        sent = form.cleaned_data
        keep_calendar(person=person, hour=sent["hour"], alarm_minutes=sent["alarm_minutes"])
    if action or (form.is_valid() and "key" in request.POST):
        return _address_made(request, person)
    if form.is_valid():
        messages.success(request, "Saved: your calendar.")
        return redirect("settings")
    context = {
        "form": form,
        "feed": feed,
        "made_on": local_date_of(feed.made_at, person.time_zone),
        "zone": zone_in_words(person.time_zone),
        "key": key,
    }
    return render(request, "settings/calendar.html", context, status=422 if is_sent else 200)


def _address_made(request: HttpRequest, person: User) -> HttpResponse:
    """The new address, shown on the answer to the form, as it is stored nowhere to be shown later."""
    revision = request.POST.get("revision", "")
    seen = int(revision) if revision.isdecimal() else -1
    token = make_address(person=person, key=request.POST.get("key", ""), seen=seen)
    if token is None:
        messages.error(request, "Nothing was changed, as that page was not the latest.")
        return redirect("settings_calendar")
    note(EventKind.CALENDAR_ADDRESS, request, person)
    address = request.build_absolute_uri(reverse("calendar", args=[token]))
    context = {"address": address, "webcal": f"webcal:{address.partition(':')[2]}"}
    return render(request, "settings/calendar_address.html", context)
