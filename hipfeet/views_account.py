"""Pages about signing in that allauth has not: undoing a new e-mail address, devices by name, signing out."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.account.views import logout, password_set
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.browsers import browser_in_words
from accounts.clock import local_date_of
from accounts.events import note
from accounts.models import EventKind
from accounts.requests import get_or_post, person_of
from hipfeet.email_change import AddressTaken, change_at, undo


@login_not_required
@get_or_post
def email_undo(request: HttpRequest, token: str) -> HttpResponse:
    """Undo it? Then it is undone, and a code for a new password is one tap away.

    The address in the e-mail is the proof, whoever is signed in here; a GET changes nothing, as programs follow links.
    """
    change = change_at(token)
    if change is None:
        return render(request, "account/email_undo_gone.html", status=404)
    context = {"address": change.old_address}
    if request.method != "POST":
        return render(request, "account/email_undo.html", context)
    try:
        undo(change)
        note(EventKind.EMAIL_UNDONE, request, change.person)
    except AddressTaken:
        return render(request, "account/email_undo_taken.html", context, status=409)
    auth.logout(request)
    return render(request, "account/email_undone.html", context)


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """Allauth's page; the browser then drops the pages it keeps, and never the sets that wait to be sent."""
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


class DevicesView(ListUserSessionsView):  # type: ignore[misc]  # allauth ships no types
    """Where a person is signed in; a POST signs out everywhere else."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign out everywhere else, and write it down."""
        response: HttpResponse = super().form_valid(form)
        note(EventKind.SIGNED_OUT_ELSEWHERE, self.request, person_of(self.request))
        return response

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        """Allauth's, with each browser in words and since when, on the person's calendar."""
        context: dict[str, Any] = super().get_context_data(**known)
        zone = person_of(self.request).time_zone
        context["devices"] = [
            {
                "pk": session.pk,
                "browser": browser_in_words(session.user_agent),
                "since": local_date_of(session.created_at, zone),
                "is_current": session.is_current(),
            }
            for session in context["sessions"]
        ]
        return context


@require_POST
def sign_out_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one of the other devices; one that is not theirs, or was signed out already, changes nothing."""
    for session in UserSession.objects.filter(user=person_of(request), pk=pk):
        session.end()
        note(EventKind.SIGNED_OUT_ELSEWHERE, request, person_of(request))
        messages.success(request, f"Signed out: {browser_in_words(session.user_agent)}.")
    return redirect("usersessions_list")


def ask_who_it_is(request: HttpRequest) -> HttpResponse | None:
    """The way to say once more who one is, which leads back to the page; None: allauth asks, and then goes on with the form.

    Allauth keeps a form that was sent and carries it out afterwards, however much later, unseen: whoever held the phone
    before could so have the owner erase everything. Only a new e-mail address goes on, as it needs its code besides.
    """
    request.session.pop(STATE_SESSION_KEY, None)
    match = request.resolver_match
    if match is not None and match.view_name == "account_email":
        return None
    return redirect(reverse("account_reauthenticate", query={"next": request.get_full_path()}))


set_password = reauthentication_required(password_set)
"""Allauth's page, only for who has just said who they are: with a passkey alone there is no password to ask for."""
