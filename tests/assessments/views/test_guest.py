"""A guest's token: in the session's data from the first answer, handed over by a yes, gone with the answers."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.models import User
from assessments.actions.check import start
from assessments.models import Attempt
from assessments.rows import Owner
from assessments.views.guest import TOKEN, hand_over, leave, owner_of, welcome

pytestmark = pytest.mark.django_db


def visit() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    return request


def test_visitor_who_has_begun_nothing_is_nobody() -> None:
    assert owner_of(visit()) is None


def test_guest_is_the_same_from_page_to_page_in_the_zone_of_the_browser() -> None:
    request = visit()

    welcomed = [welcome(request, time_zone=zone) for zone in ("Europe/Vienna", "Nowhere/Land")]

    assert welcomed[0] == welcomed[1] == owner_of(request)
    assert welcomed[0].time_zone == "Europe/Vienna"


def test_token_itself_is_in_no_row() -> None:
    request = visit()

    start(owner=welcome(request, time_zone="UTC"))

    assert Attempt.objects.get().guest_token_hash != request.session[TOKEN]


def test_a_yes_hands_over_and_leaves_no_guest_behind(owner: User) -> None:
    request = visit()
    check = start(owner=welcome(request, time_zone="Europe/Vienna"))

    hand_over(request, owner)

    check.refresh_from_db()
    assert check.person == owner
    assert owner.time_zone == "Europe/Vienna"
    assert owner_of(request) is None


def test_leaving_deletes_the_answers_and_ends_the_session() -> None:
    request = visit()
    start(owner=welcome(request, time_zone="UTC"))

    leave(request)

    assert not Attempt.objects.exists()
    assert request.session.is_empty()


def test_signed_in_person_answers_as_themselves(owner: User) -> None:
    request = visit()
    request.user = owner

    assert welcome(request, time_zone="Europe/Vienna") == owner_of(request) == Owner.of(owner)
    assert owner.time_zone == "Europe/Vienna"
