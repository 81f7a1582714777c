"""Pages about a person's own data."""

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.clock import today_for
from accounts.events import note
from accounts.limits import Limit, count
from accounts.models import EventKind, User
from accounts.requests import get_or_post, person_of
from hipfeet.owndata.clinician.page import clinician_summary
from hipfeet.owndata.clinician.words import clinician_words
from hipfeet.owndata.erasing import erase_health_data, erase_person
from hipfeet.owndata.exporting import export_of
from hipfeet.owndata.forms import EVERYTHING, EraseForm, ImportForm
from hipfeet.owndata.importing import BadFile, bring_in, holds_data, read_export
from hipfeet.owndata.models import FileKind, count_reading, keep_file, waiting_file

EXPORTS = Limit("exports", 10, timedelta(hours=1))


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
@get_or_post
def export(request: HttpRequest) -> HttpResponseBase:
    """What is in the file; then the file."""
    if request.method == "GET":
        return render(request, "settings/export.html")
    person = person_of(request)
    count(EXPORTS, str(person.pk))
    note(EventKind.EXPORTED, request, person)
    name = f"hipfeet-{today_for(person):%Y-%m-%d}.zip"
    return FileResponse(export_of(person), as_attachment=True, filename=name)


@reauthentication_required  # type: ignore[untyped-decorator]
@get_or_post
def bring(request: HttpRequest) -> HttpResponse:
    """A file to send; then what is in it, and yes or no."""
    person = person_of(request)
    count_reading(person, FileKind.EXPORT, is_sent=request.method == "POST")
    if request.method == "POST" and "action" in request.POST:
        return _decided(request, person)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        keep_file(person, form.cleaned_data["file"], FileKind.EXPORT)
        return redirect("import")
    pending = None if form.is_bound else waiting_file(person, FileKind.EXPORT)
    context = {
        "form": form,
        "incoming": read_export(bytes(pending.file)) if pending else None,
        "replaces": holds_data(person),
    }
    return render(request, "settings/import.html", context, status=422 if form.is_bound else 200)


def _decided(request: HttpRequest, person: User) -> HttpResponse:
    """Bring in the file that waits, or forget it; without one, as after a second tap, there is nothing to do."""
    pending = waiting_file(person, FileKind.EXPORT)
    if pending is None:
        return redirect("settings")
    if request.POST["action"] == "bring":
        try:
            bring_in(person=person, incoming=read_export(bytes(pending.file)))
        except BadFile as problem:
            messages.error(request, str(problem))
        else:
            note(EventKind.IMPORTED, request, person)
            messages.success(request, "Your data is here.")
    pending.delete()
    return redirect("settings")


@reauthentication_required  # type: ignore[untyped-decorator]
@get_or_post
def erase(request: HttpRequest) -> HttpResponse:
    """What goes, what stays where and for how long; then erase it."""
    person = person_of(request)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        status = 422 if form.is_bound else 200
        return render(request, "settings/erase.html", {"form": form}, status=status)
    if form.cleaned_data["what"] == EVERYTHING:
        note(EventKind.ERASED, request, person)
        erase_person(person=person)
        logout(request)
        messages.success(request, "Your account and everything in it is erased.")
        return redirect("home")
    erase_health_data(person=person)
    note(EventKind.HEALTH_ERASED, request, person)
    messages.success(request, "Erased: what you told about your body and your training.")
    return redirect("settings")


@require_safe
def clinician(request: HttpRequest) -> HttpResponse:
    """One sheet for a clinician, to print or save; name and notes stand on it where this very request asks for them."""
    with_name, with_notes = "name" in request.GET, "notes" in request.GET
    context = {
        "summary": clinician_summary(person_of(request), with_name=with_name, with_notes=with_notes),
        "words": clinician_words(),
    }
    return render(request, "settings/clinician.html", context)
