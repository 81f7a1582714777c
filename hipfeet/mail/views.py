"""The page of reminders, and the one at which a link in an e-mail stops them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from accounts.forms import zone_in_words
from accounts.requests import get_or_post, person_of
from exercises.rules.reminding import ReminderKind
from hipfeet.mail.forms import REMINDERS_IN_WORDS, RemindersForm
from hipfeet.mail.models import choices_of
from hipfeet.mail.outbox import was_refused
from hipfeet.mail.reminders import keep_reminders, stop_reminders, to_be_stopped


@get_or_post
def settings_reminders(request: HttpRequest) -> HttpResponse:
    """What a person wants to be reminded of, and at what time."""
    person = person_of(request)
    chosen = choices_of(person)
    data = request.POST if request.method == "POST" else None
    form = RemindersForm(data, initial={"hour": chosen.hour, "wanted": chosen.wanted})
    if form.is_bound and form.is_valid():
        keep_reminders(person=person, hour=form.cleaned_data["hour"], wanted=form.cleaned_data["wanted"])
        messages.success(request, "Saved: your reminders.")
        return redirect("settings")
    context = {
        "form": form,
        "zone": zone_in_words(person.time_zone),
        "mail_refused": was_refused(person.email),
    }
    return render(request, "settings/reminders.html", context, status=422 if form.is_bound else 200)


@csrf_exempt  # a mail program sends it for the person, without a cookie (RFC 8058); the address itself is the proof
@login_not_required
@get_or_post
def reminders_off(request: HttpRequest, token: str) -> HttpResponse:
    """A button, as programs that scan e-mails open every link; sent, it stops reminders of this kind, or all."""
    found = to_be_stopped(token)
    if found is None:
        raise Http404
    person_id, kind = found
    if request.method == "POST":
        stop_reminders(person_id=person_id, kinds=list(ReminderKind) if "all" in request.POST else [kind])
    context = {"stops": REMINDERS_IN_WORDS[kind], "stopped": request.method == "POST"}
    return render(request, "settings/reminders_off.html", context)
