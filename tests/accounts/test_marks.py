"""A person's mark: another number after every change to what is stored about them, and after nothing else."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from accounts.clock import today_for
from accounts.marks import person_of_a_row
from accounts.models import User
from assessments.models import Clearance, SafetyAnswers, SecondLook
from exercises.models import ExerciseLog, PlanChange
from tests.builders import person
from tests.builders_training import signed_in_as
from tests.world import World, make_world

pytestmark = pytest.mark.django_db

OF_A_PERSON = [
    model for app in ("assessments", "exercises") for model in apps.get_app_config(app).get_models()
]


def mark_of(person_: User) -> int:
    mark: int = User.objects.values_list("mark", flat=True).get(pk=person_.pk)
    return mark


@pytest.fixture
def world() -> World:
    """With a row in every table."""
    made = make_world()
    today = today_for(made.owner)
    rows: dict[Any, dict[str, Any]] = {
        SecondLook: {"attempt": made.check, "first_answers": {}, "first_result": {}, "content_version": "1"},
        Clearance: {
            "person": made.owner,
            "cause": "RF6",
            "verdict": "yes",
            "seen_on": today,
            "recorded_on": today,
        },
        PlanChange: {"plan": made.plan, "kind": "pause", "counts_from": today, "made_on": today, "number": 1},
        ExerciseLog: {"workout": made.workout, "exercise": "bridge", "side": "both"},
    }
    for model, values in rows.items():
        model.objects.create(**values)
    return made


@pytest.mark.parametrize("model", OF_A_PERSON, ids=lambda model: str(model.__name__))
def test_every_way_of_writing_to_a_table_changes_the_mark_of_its_person_alone(
    model: Any, world: World
) -> None:
    row, others = model.objects.first(), mark_of(world.stranger)
    marks = [mark_of(world.owner)]

    model.objects.filter(pk=row.pk).update(id=row.pk)
    marks.append(mark_of(world.owner))
    model.objects.filter(pk=row.pk).delete()
    marks.append(mark_of(world.owner))
    model.objects.bulk_create([row])
    marks.append(mark_of(world.owner))

    assert len(set(marks)) == 4
    assert mark_of(world.stranger) == others


@pytest.mark.parametrize("model", OF_A_PERSON, ids=lambda model: str(model.__name__))
def test_every_table_of_checks_and_training_belongs_to_a_person(model: type[models.Model]) -> None:
    assert person_of_a_row(model)


def test_a_person_saved_as_they_were_read_long_ago_does_not_get_the_old_mark_back(world: World) -> None:
    read_long_ago = User.objects.get(pk=world.owner.pk)
    world.workout.sets.update(repetitions=9)
    before = mark_of(world.owner)

    read_long_ago.save()

    assert mark_of(world.owner) not in {read_long_ago.mark, before}


def test_what_a_guest_did_changes_the_mark_of_who_claims_it(world: World) -> None:
    guest = SafetyAnswers.objects.filter(person=world.owner).earliest("pk")
    SafetyAnswers.objects.filter(pk=guest.pk).update(person=None, guest_token_hash="a" * 64)
    before = mark_of(world.stranger)

    SafetyAnswers.objects.filter(guest_token_hash="a" * 64).update(person=world.stranger, guest_token_hash="")

    assert mark_of(world.stranger) != before


@pytest.mark.parametrize("address", ["/today/", "/plan/", "/progress/", "/workouts/", "/check/", "/safety/"])
def test_reading_changes_no_mark(world: World, address: str) -> None:
    client = signed_in_as(world.owner)
    before = mark_of(world.owner)

    assert client.get(address).status_code == 200

    assert mark_of(world.owner) == before


@pytest.mark.django_db(transaction=True)
def test_a_migration_can_change_what_triggers_name_and_they_stand_again() -> None:
    ann = person("ann@example.org")

    call_command("migrate", "accounts", "0002", verbosity=0)
    call_command("migrate", verbosity=0)
    before = mark_of(ann)
    Clearance.objects.create(
        person=ann, cause="RF6", verdict="yes", seen_on=today_for(ann), recorded_on=today_for(ann)
    )

    assert mark_of(ann) != before
