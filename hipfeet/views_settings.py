"""The settings: one page with everything a person can set and where to change it, and the page about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.clock import zone_called
from accounts.events import KEPT, events_of
from accounts.forms import PersonForm, zone_in_words
from accounts.requests import get_or_post, person_of
from accounts.sessions import browsers_of
from assessments.rows import state_for
from assessments.views.safety import safety_in_words
from exercises.forms.preferences import pace_in_words
from exercises.rows import idiom_of, preferences_of
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.training import training_of
from exercises.views.equipment import owned_in_words
from hipfeet.mail.forms import reminders_in_words
from hipfeet.mail.models import choices_of
from hipfeet.mail.outbox import was_refused
from hipfeet.owndata.feed import feed_of
from hipfeet.owndata.forms import calendar_in_words
from hipfeet.second_factors import factors_of


@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    """What is set now, each with the page that changes it; the plan's days and minutes as they will count next."""
    person = person_of(request)
    equipment = getattr(person, "equipment", None)
    training = training_of(person)
    context = {
        "zone": zone_in_words(person.time_zone),
        "mail_refused": was_refused(person.email),
        "equipment": equipment,
        "things": owned_in_words(equipment, idiom_of(person)) if equipment else [],
        "training": training,
        "safety": safety_in_words(training.state if training else state_for(person)),
        "pace": pace_in_words(preferences_of(person).for_all),
        "reminders": reminders_in_words(choices_of(person)),
        "calendar": calendar_in_words(feed_of(person)),
        "browsers": browsers_of(person),
        "factors": factors_of(person),
    }
    if training:
        weekdays = training.schedule.weekdays_on(training.changes_count_from)
        context["weekdays"] = [WEEKDAY_NAMES[day] for day in weekdays]
    return render(request, "settings/settings.html", context)


@require_safe
def account_events(request: HttpRequest) -> HttpResponse:
    """What happened with the account, by the person's clock, the latest first."""
    person = person_of(request)
    zone = zone_called(person.time_zone)
    # Without a zone, or the template would turn the clock back to UTC.
    events = [(event, event.happened_at.astimezone(zone).replace(tzinfo=None)) for event in events_of(person)]
    context = {"events": events, "days": KEPT.days, "zone": zone_in_words(person.time_zone)}
    return render(request, "settings/events.html", context)


@require_safe
def account(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    """The old address of the settings: bookmarks and allauth's pages still lead here."""
    return redirect("settings")


@get_or_post
def settings_person(request: HttpRequest) -> HttpResponse:
    """Name, unit of weights, first day of the week and time zone."""
    person = person_of(request)
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, initial=PersonForm.initial_from(person))
    if request.method == "POST" and form.is_valid():
        form.save(person)
        messages.success(request, "Saved: about you.")
        return redirect("settings")
    return render(request, "settings/person.html", {"form": form}, status=422 if form.is_bound else 200)
