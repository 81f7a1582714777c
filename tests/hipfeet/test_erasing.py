"""Erase really erases: all of a person, or what they told about their body, and nothing of anybody else."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.clock import now
from accounts.models import User
from hipfeet.mail.models import OutboxMail
from hipfeet.mail.outbox import post
from hipfeet.owndata.erasing import ABOUT_THE_BODY
from tests.builders import PASSWORD
from tests.builders_training import text
from tests.html import squeezed
from tests.world import World, answered_lists, begun_workout, finished_check, make_world, running_plan

PAGE = "/settings/erase/"


@pytest.fixture
def world(settings: Any) -> World:
    settings.MAIL_AT_ONCE = False
    world = make_world()
    world.owner.name = "Annabel"
    world.owner.save()
    return world


def signed_in(person: User) -> Client:
    client = Client(REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="A browser")
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert client.get("/settings/").status_code == 200
    return client


def confirmed(person: User) -> Client:
    """Signed in, with the password given once more a moment ago."""
    client = signed_in(person)
    client.post(f"/accounts/reauthenticate/?next={PAGE}", {"password": PASSWORD})
    return client


def every_row() -> dict[str, list[dict[str, Any]]]:
    """All that is stored, sessions as what they hold."""
    rows = {
        model._meta.label: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()
    }
    rows["sessions.Session"] = [row.get_decoded() for row in Session.objects.order_by("pk")]
    return rows


def rows_of(person: User) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {"accounts.User": list(User.objects.filter(pk=person.pk).values())}
    for model in apps.get_models():
        for field in model._meta.fields:
            if field.related_model is User:
                found[model._meta.label] = list(
                    model._default_manager.filter(**{field.attname: person.pk}).values()
                )
    return {label: rows for label, rows in found.items() if rows}


@pytest.mark.django_db
def test_nothing_of_an_erased_person_is_left_anywhere(world: World) -> None:
    owner, address, number = confirmed(world.owner), world.owner.email, world.owner.pk
    elsewhere = signed_in(world.owner)
    post(address=address, subject="hipfeet", text="A code")

    answer = owner.post(PAGE, {"what": "everything"}, follow=True)

    assert "Your account and everything in it is erased." in text(answer)
    left = str(every_row())
    assert address not in left
    assert "Annabel" not in left
    assert "203.0.113.7" not in left
    world.owner.pk = number
    assert rows_of(world.owner) == {}
    assert elsewhere.get("/settings/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["everything", "health"])
def test_nothing_of_anybody_else_goes(world: World, what: str) -> None:
    stranger = world.stranger
    running_plan(stranger, finished_check(stranger))
    answered_lists(stranger)
    begun_workout(stranger)
    before = rows_of(stranger)

    confirmed(world.owner).post(PAGE, {"what": what})

    assert rows_of(stranger) == before
    assert {"exercises.Workout", "exercises.Plan", "assessments.Attempt", "accounts.User"} <= set(before)


@pytest.mark.django_db
def test_health_data_goes_and_the_account_stays(world: World) -> None:
    owner = confirmed(world.owner)

    answer = owner.post(PAGE, {"what": "health"}, follow=True)

    assert "Erased: what you told about your body and your training." in text(answer)
    left = [
        model
        for app in ABOUT_THE_BODY
        for model in apps.get_app_config(app).get_models()
        if model._default_manager.exists()
    ]
    assert left == []
    assert "Start the mirror check" in text(owner.get("/today/"))


@pytest.mark.django_db
def test_whoever_holds_a_phone_that_is_signed_in_erases_nothing_without_the_password(world: World) -> None:
    owner = confirmed(world.owner)
    with time_machine.travel(now() + timedelta(minutes=10)):
        asked = owner.post(PAGE, {"what": "everything"}, follow=True)

        assert asked.request["PATH_INFO"] == "/accounts/reauthenticate/"
        assert User.objects.filter(pk=world.owner.pk).exists()
        owner.post(f"/accounts/reauthenticate/?next={PAGE}", {"password": "not this one"})
        assert User.objects.filter(pk=world.owner.pk).exists()


@pytest.mark.django_db
def test_whoever_gives_the_password_comes_back_to_the_page(world: World) -> None:
    owner = signed_in(world.owner)
    asked = owner.get(PAGE)

    back = owner.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)

    assert back.request["PATH_INFO"] == PAGE


@pytest.mark.django_db
def test_form_that_was_sent_before_saying_who_one_is_erases_nothing_afterwards(world: World) -> None:
    """Whoever borrowed the phone may have sent it, and left the page that asks; or the person thought better of it."""
    owner = signed_in(world.owner)
    asked = owner.post(PAGE, {"what": "everything"})

    back = owner.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert back.request["PATH_INFO"] == PAGE
    assert User.objects.filter(pk=world.owner.pk).exists()

    with time_machine.travel(now() + timedelta(days=3)):
        owner.post(owner.get(PAGE).headers["Location"], {"password": PASSWORD})
        assert User.objects.filter(pk=world.owner.pk).exists()
        assert owner.post(PAGE, {"what": "everything"}).status_code == 302
    assert not User.objects.filter(pk=world.owner.pk).exists()


@pytest.mark.django_db
def test_nothing_goes_before_it_is_said_what(world: World) -> None:
    owner = confirmed(world.owner)

    answer = owner.post(PAGE, {})

    assert answer.status_code == 422
    assert "Choose what shall be erased" in squeezed(answer.content.decode())
    assert world.owner.workouts.exists()


@pytest.mark.django_db
def test_signing_out_elsewhere_leaves_this_browser_signed_in(world: World) -> None:
    here, elsewhere = signed_in(world.owner), signed_in(world.owner)
    assert len(here.get("/accounts/sessions/").context["devices"]) == 2

    said = here.post("/accounts/sessions/", follow=True)

    assert "Signed out everywhere but here." in text(said)
    assert elsewhere.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200
    assert UserSession.objects.count() == 1


@pytest.mark.django_db
def test_mails_to_an_address_that_is_not_confirmed_go_too(world: World) -> None:
    owner = confirmed(world.owner)
    owner.post("/accounts/email/", {"email": "newer@example.org", "action_add": ""})
    assert OutboxMail.objects.filter(address="newer@example.org").exists()

    owner.post(PAGE, {"what": "everything"})

    assert not OutboxMail.objects.exists()
