"""Who answers in a request. A guest is known by a token in the data of the session: signing in keeps it, and asks."""

import secrets

from django.http import HttpRequest

from accounts.clock import is_zone
from accounts.models import User
from assessments.actions.guest import claim_guest, delete_guest, set_first_time_zone
from assessments.rows import AnsweredOn, Owner, answered_on

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
    """Give a person what was done as a guest in this browser, as they have said that it is theirs; forget the guest."""
    token = request.session.pop(TOKEN, "")
    zone = request.session.pop(TIME_ZONE, "")
    if token:
        claim_guest(token=token, time_zone=zone, person=person)


def waiting_guest(request: HttpRequest) -> AnsweredOn | None:
    """What was answered on this device before someone signed in, of whom nobody has said yet; None: nothing is left.

    A guest whose answers are gone is forgotten.
    """
    token = request.session.get(TOKEN)
    if not token:
        return None
    answered = answered_on(Owner.of_guest(token, request.session.get(TIME_ZONE, "UTC")))
    if answered.is_empty:
        _forget(request)
        return None
    return answered


def drop(request: HttpRequest) -> None:
    """Delete what was answered on this device before someone signed in, as it is not theirs."""
    if token := request.session.get(TOKEN, ""):
        delete_guest(token=token)
    _forget(request)


def _forget(request: HttpRequest) -> None:
    for name in (TOKEN, TIME_ZONE):
        request.session.pop(name, None)


def leave(request: HttpRequest) -> None:
    """Delete everything the guest answered and end the session: the next person may hold the same phone."""
    if token := request.session.get(TOKEN, ""):
        delete_guest(token=token)
    request.session.flush()
