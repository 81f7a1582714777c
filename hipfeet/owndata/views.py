"""Pages about a person's own data."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import get_or_post, person_of
from hipfeet.owndata.erasing import erase_health_data, erase_person
from hipfeet.owndata.forms import EVERYTHING, EraseForm


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
@get_or_post
def erase(request: HttpRequest) -> HttpResponse:
    """What goes, what stays where and for how long; then erase it."""
    person = person_of(request)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        status = 422 if form.is_bound else 200
        return render(request, "settings/erase.html", {"form": form}, status=status)
    if form.cleaned_data["what"] == EVERYTHING:
        erase_person(person=person)
        logout(request)
        messages.success(request, "Your account and everything in it is erased.")
        return redirect("home")
    erase_health_data(person=person)
    messages.success(request, "Erased: what you told about your body and your training.")
    return redirect("settings")
