"""The public pages about exercises. Without a database in these tests: they must not ask one."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from exercises.rules.catalogue import catalogue
from exercises.views.reference import examples
from tests.html import squeezed


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.mark.parametrize("key", catalogue().exercises)
def test_every_exercise_has_a_public_page_with_all_its_rungs(visitor: Client, key: str) -> None:
    exercise = catalogue().exercise(key)

    response = visitor.get(reverse("exercise", args=[exercise.slug]))

    page = response.content.decode()
    assert response.status_code == 200
    assert f'<h1 itemprop="name">{exercise.name}</h1>' in page
    assert all(f'id="{rung.key}"' in page for rung in exercise.rungs)
    assert "style=" not in page


def test_main_muscle_is_shown_on_request_where_it_is_drawn(visitor: Client) -> None:
    page = visitor.get("/exercises/bridge/").content.decode()
    step = visitor.get("/exercises/bridge/two-legs/").content.decode()
    without = visitor.get("/exercises/march/").content.decode()

    assert "Show the gluteus maximus" in page
    assert 'data-load="/exercises/bridge/two-legs/#muscle"' in page
    assert 'id="muscle"' in step
    assert "Show the " not in without


def test_the_list_links_to_every_exercise(visitor: Client) -> None:
    page = visitor.get(reverse("exercises")).content.decode()

    assert all(reverse("exercise", args=[e.slug]) in page for e in catalogue().exercises.values())


@pytest.mark.parametrize("slug", ["jumping", "side_lying_abduction"])
def test_an_unknown_exercise_is_not_found(visitor: Client, slug: str) -> None:
    assert visitor.get(f"/exercises/{slug}/").status_code == 404


def test_how_progress_works_shows_examples_the_rules_computed(visitor: Client) -> None:
    page = visitor.get(reverse("how_progress_works")).content.decode()

    assert all(example.then in page for example in examples().values())
    assert examples()["hold"].then == "On hold"
    assert "One set fewer" in examples()["pain"].because


def test_exercises_for_a_muscle_are_listed_with_their_load() -> None:
    template = Template("{% load training %}{% exercises_for_muscle key %}")

    listed = template.render(Context({"key": "gluteus_medius"}))
    none = template.render(Context({"key": "psoas_minor"}))

    assert listed.index("Side-lying leg lift") < listed.index("Deadlift")
    assert "the leg you stand on" in squeezed(listed)
    assert "None of the exercises" in none
