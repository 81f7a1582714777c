"""Who answers in a request. A guest is known by a token in the data of the session, so signing in keeps it."""

import secrets

from django.http import HttpRequest

from accounts.clock import is_zone
from accounts.models import User
from assessments.actions.guest import claim_guest, delete_guest, set_first_time_zone
from assessments.rows import Owner

TOKEN = "guest"  # noqa: S105  (the name it has in the session)
TIME_ZONE = "guest_time_zone"


def owner_of(request: HttpRequest) -> Owner | None:
    """Who answers in this request; None for a visitor who has not begun anything."""
    if isinstance(request.user, User):
        return Owner.of(request.user)
    token = request.session.get(TOKEN)
    return Owner.of_guest(token, request.session.get(TIME_ZONE, "UTC")) if token else None


def welcome(request: HttpRequest, *, time_zone: str) -> Owner:
    """Who answers from now on: a visitor gets a guest's token. An unknown zone counts as UTC."""
    if isinstance(request.user, User):
        set_first_time_zone(person=request.user, time_zone=time_zone)
        return Owner.of(request.user)
    token = request.session.setdefault(TOKEN, secrets.token_urlsafe(32))
    zone = time_zone if is_zone(time_zone) else request.session.get(TIME_ZONE, "UTC")
    request.session[TIME_ZONE] = zone
    return Owner.of_guest(token, zone)


def hand_over(request: HttpRequest, person: User) -> None:
    """Give the person who signs in what was done as a guest in this browser, and forget the guest."""
    token = request.session.pop(TOKEN, "")
    zone = request.session.pop(TIME_ZONE, "")
    if token:
        claim_guest(token=token, time_zone=zone, person=person)


def leave(request: HttpRequest) -> None:
    """Delete everything the guest answered and end the session: the next person may hold the same phone."""
    if token := request.session.get(TOKEN, ""):
        delete_guest(token=token)
    request.session.flush()
