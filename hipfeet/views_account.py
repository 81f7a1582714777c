"""The page on which the old address undoes a change of the e-mail address."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.requests import get_or_post
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
    except AddressTaken:
        return render(request, "account/email_undo_taken.html", context, status=409)
    request.session.flush()
    return render(request, "account/email_undone.html", context)
