"""Who may see what: every address and method, for its owner, a stranger and a visitor.

A new address fails here until it has a line that says what each of the three gets.
"""

from collections.abc import Iterator
from copy import copy, deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import World

SIGN_IN = "sign-in"


@dataclass(frozen=True)
class Expected:
    """What owner, stranger and visitor get; POST is sent without data."""

    get: tuple[Any, Any, Any]
    post: tuple[Any, Any, Any]
    kwargs: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)


def public(**kwargs: Any) -> Expected:
    """Anyone may read it; nothing can be sent."""
    return Expected((200, 200, 200), (405, 405, 405), kwargs)


def personal(
    get: tuple[Any, Any], post: tuple[Any, Any], query: dict[str, str] | None = None, **kwargs: Any
) -> Expected:
    """A visitor is sent to sign in, whatever the method."""
    return Expected((*get, SIGN_IN), (*post, SIGN_IN), kwargs, query or {})


WORKOUT: dict[str, Any] = {"day": "{day}", "number": 1}
DOING: dict[str, Any] = {**WORKOUT, "exercise": "side-lying-abduction"}

EXPECTED: dict[str, Expected] = {
    "home": public(),
    "learn": public(),
    "muscles": public(),
    "muscle": public(slug="gluteus-medius"),
    "muscle_group": public(slug="iliopsoas"),
    "structures": public(),
    "structure": public(slug="talus"),
    "arch": public(slug="transverse-arch"),
    "topic": public(slug="flat-feet"),
    "questions": public(),
    "question": public(slug="shoes"),
    "evidence": public(),
    "claim": public(slug="foot-tilt-turns-leg"),
    "sources": public(),
    "source": public(slug="khamis-2007"),
    "sources_export": public(form="bib"),
    "source_export": public(slug="khamis-2007", form="json"),
    "glossary": public(),
    "sitemap": public(),
    "robots": public(),
    # Only where the server says whom to write to (tests/hipfeet/test_headers.py).
    "security": Expected((404, 404, 404), (405, 405, 405)),
    "exercises": public(),
    "exercise": public(slug="bridge"),
    "exercise_step": public(slug="bridge", step="two-legs"),
    "how_progress_works": public(),
    "privacy": public(),
    "accessibility": public(),
    "search": public(),
    "plan": public(),
    # The check serves guests: who has none open is led to its start, or told that it is over.
    "check": Expected((200, 200, 200), (422, 422, 422)),
    "check_stop": Expected((200, 302, 302), (422, 302, 302)),
    "check_answers": Expected((302, 302, 302), (302, 302, 302)),
    # The owner has begun another check, so it is too late.
    "check_correct": Expected((302, 302, 302), (409, 302, 302)),
    "check_result": Expected((200, 302, 302), (405, 405, 405)),
    # Nothing was ticked: there is no advice to show.
    "check_advice": Expected((302, 302, 302), (405, 405, 405)),
    "check_delete": Expected((302, 302, 200), (302, 302, 200)),
    # Nobody answered anything on this device before signing in.
    "check_whose": personal((302, 302), (302, 302)),
    "check_right_now": Expected((200, 302, 302), (422, 302, 302)),
    "check_right_now_explained": Expected((200, 302, 302), (422, 302, 302)),
    # Only a first check is looked at again: the owner's is, a stranger and a visitor have none.
    "check_again": Expected((200, 302, 302), (302, 302, 302)),
    "check_again_stop": Expected((302, 302, 302), (302, 302, 302)),
    "check_again_right_now": Expected((200, 302, 302), (422, 302, 302)),
    "check_again_right_now_explained": Expected((200, 302, 302), (422, 302, 302)),
    "check_again_step": Expected((302, 302, 302), (302, 302, 302), {"number": 2}),
    "check_step": Expected((200, 302, 302), (422, 302, 302), {"step": "toes"}),
    "checks": personal((200, 200), (405, 405)),
    "check_compare": personal((200, 404), (405, 405), {"then": "{check}", "now": "{check}"}),
    "check_detail": personal((200, 404), (405, 405), pk="{check}"),
    "check_remove": personal((200, 404), (302, 404), pk="{check}"),
    # The owner counted before a lock closed; a stranger has no mirror check to count for.
    "counts": personal((200, 200), (405, 405)),
    "count_right_now": personal((200, 200), (422, 422)),
    "count_right_now_explained": personal((200, 200), (422, 422)),
    "count_do": personal((409, 409), (405, 405), name="heel-raise"),
    "count_sides": personal((409, 409), (409, 409), name="heel-raise"),
    "count_stop": personal((200, 200), (405, 405), name="heel-raise"),
    "count_result": personal((200, 302), (405, 405), name="heel-raise"),
    "safety": personal((200, 200), (405, 405)),
    # Nothing of the stranger's waits: their empty form says so.
    "safety_seen": personal((200, 200), (422, 409)),
    "safety_seen_saved": personal((302, 302), (405, 405)),
    "safety_list": personal((200, 200), (422, 422), name="told-or-had"),
    "safety_list_explained": personal((200, 200), (422, 422), name="told-or-had"),
    "safety_advice": personal((200, 302), (302, 302), name="told-or-had"),
    # The owner should be seen first: every page on which a plan is made says so.
    "plan_new": personal((200, 302), (409, 302)),
    "plan_preview": personal((200, 302), (409, 302)),
    "plan_drop": personal((405, 405), (302, 302)),
    "plan_draft_line": personal((200, 302), (409, 302), exercise="bridge"),
    # A POST without a button's name says what is missing.
    "plan_line": personal((200, 302), (409, 302), exercise="bridge"),
    "plan_minutes": personal((200, 302), (422, 302)),
    "plans_past": personal((200, 200), (405, 405)),
    "plan_past": personal((200, 404), (405, 405), pk="{ended}"),
    "plan_step": personal((200, 302), (409, 302), step="things"),
    "plan_preview_ahead": personal((200, 302), (405, 405)),
    "plan_ahead": personal((200, 302), (405, 405)),
    "plan_days": personal((200, 302), (422, 302)),
    # The plan is on hold by a lock: no workout can be moved.
    "plan_slot": personal((409, 302), (409, 302), number=2),
    "plan_change": personal((405, 405), (302, 302), what="pause"),
    "plan_end": personal((200, 302), (302, 302)),
    "plan_end_undo": personal((405, 405), (302, 409)),
    # Not on hold: a second tap leads to the plan.
    "plan_seen": personal((404, 302), (302, 302), exercise="bridge"),
    "progress": personal((200, 200), (405, 405)),
    "progress_exercise": personal((200, 200), (405, 405), exercise="bridge"),
    "today": personal((200, 200), (405, 405)),
    "workouts": personal((200, 200), (405, 405)),
    "workout_add": personal((200, 302), (422, 302)),
    "workout_sheet": personal((302, 302), (405, 405)),
    "workout_typed": personal((200, 404), (422, 404), **WORKOUT),
    # Something was done in it.
    "workout_remove": personal((200, 404), (409, 404), **WORKOUT),
    # An empty note is a note that is gone.
    "workout_note": personal((405, 405), (302, 404), **WORKOUT),
    "workout_start": personal((302, 302), (302, 302)),
    "workout_unwell": personal((302, 302), (302, 302)),
    "workout_unwell_explained": personal((302, 302), (302, 302)),
    "workout": personal((200, 404), (405, 405), day="{day}"),
    "workout_number": personal((200, 404), (405, 405), **WORKOUT),
    # Nobody warms up or stretches while they should be seen first.
    "workout_warm_up": personal((302, 404), (405, 405), **WORKOUT),
    "workout_stretches": personal((302, 404), (405, 405), **WORKOUT),
    "workout_feels_unwell": personal((200, 404), (422, 404), **WORKOUT),
    "workout_feels_unwell_explained": personal((200, 404), (422, 404), **WORKOUT),
    "workout_finish": personal((405, 405), (302, 404), **WORKOUT),
    "workout_morning": personal((405, 405), (422, 404), **WORKOUT),
    # The owner should be seen first, so neither the sheet nor the set page hands out a workout.
    "exercise_sets": personal((302, 404), (422, 404), **DOING),
    "exercise_stop": personal((405, 405), (302, 404), **DOING),
    "exercise_leave": personal((405, 405), (302, 404), **DOING),
    "exercise_how": personal((200, 404), (422, 404), **DOING),
    "set_change": personal((200, 404), (422, 404), **DOING, side="left", set_number=1),
    # Without the key of the set that was seen.
    "set_remove": personal((405, 405), (409, 404), **DOING, side="left", set_number=1),
    # Where the settings stood before.
    "account": personal((302, 302), (405, 405)),
    "settings": personal((200, 200), (405, 405)),
    "account_events": personal((200, 200), (405, 405)),
    "usersessions_list": personal((200, 200), (302, 302)),
    "clinician": personal((200, 200), (405, 405)),
    "import_workouts": personal((200, 200), (422, 422)),
    "import_workouts_template": personal((200, 200), (405, 405)),
    "export": personal((302, 302), (302, 302)),
    "import": personal((302, 302), (302, 302)),
    "erase": personal((302, 302), (302, 302)),
    "settings_person": personal((200, 200), (422, 422)),
    # The owner's page says what they have: an empty one was sent by who saw none of it.
    "settings_equipment": personal((200, 200), (409, 302)),
    "settings_reminders": personal((200, 200), (422, 422)),
    # As with the calendar: the address itself is the proof.
    "reminders_off": Expected((404, 404, 404), (404, 404, 404), {"token": "guessed"}),
    "settings_calendar": personal((302, 302), (302, 302)),
    # As with reminders: who has the address got it by e-mail.
    "email_undo": Expected((404, 404, 404), (404, 404, 404), {"token": "guessed"}),
    # Nobody's: the address is a secret of its own, whoever is signed in (tests/hipfeet/test_calendar.py).
    "calendar": Expected((404, 404, 404), (405, 405, 405), {"token": "guessed"}),
    "settings_pace": personal((200, 200), (422, 422)),
    # What is left empty counts as always.
    "exercise_pace": personal((200, 200), (302, 302), exercise="bridge"),
    # allauth's own pages: about the signed-in person only, no object in the address.
    "account_login": Expected((302, 302, 200), (302, 302, 422)),
    "account_logout": Expected((200, 200, 302), (302, 302, 302)),
    "account_inactive": Expected((200, 200, 200), (405, 405, 405)),
    "account_signup": Expected((302, 302, 200), (302, 302, 422)),
    "account_reauthenticate": personal((200, 200), (422, 422)),
    "account_email": personal((200, 200), (302, 302)),
    "account_email_verification_sent": Expected((302, 302, 302), (302, 302, 302)),
    "account_change_password": personal((200, 200), (422, 422)),
    "account_set_password": personal((302, 302), (302, 302)),
    "account_reset_password": Expected((200, 200, 200), (422, 422, 422)),
    "account_request_login_code": Expected((302, 302, 200), (302, 302, 422)),
    "account_confirm_login_code": Expected((302, 302, 302), (302, 302, 302)),
    "account_confirm_password_reset_code": Expected((302, 302, 302), (302, 302, 302)),
    "account_complete_password_reset": Expected((302, 302, 302), (302, 302, 302)),
    "account_password_reset_completed": Expected((200, 200, 200), (405, 405, 405)),
    # Second factors: neither has any, and what changes them asks once more who they are.
    "mfa_index": personal((200, 200), (405, 405)),
    "mfa_list_webauthn": personal((200, 200), (405, 405)),
    "mfa_add_webauthn": personal((302, 302), (302, 302)),
    "mfa_edit_webauthn": personal((302, 302), (302, 302), pk=1),
    "mfa_remove_webauthn": personal((302, 302), (302, 302), pk=1),
    "mfa_activate_totp": personal((302, 302), (302, 302)),
    "mfa_deactivate_totp": personal((404, 404), (404, 404)),
    "mfa_generate_recovery_codes": personal((302, 302), (302, 302)),
    "mfa_view_recovery_codes": personal((404, 404), (405, 405)),
    "mfa_download_recovery_codes": personal((404, 404), (404, 404)),
    "mfa_reauthenticate": personal((302, 302), (302, 302)),
    "mfa_reauthenticate_webauthn": personal((302, 302), (302, 302)),
    "mfa_login_webauthn": Expected((302, 302, 302), (302, 302, 302)),
    "mfa_authenticate": Expected((302, 302, 302), (302, 302, 302)),
    # Of a device that is nobody's.
    "sign_out_one": personal((405, 405), (302, 302), pk=1),
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def test_every_address_has_a_declared_expectation() -> None:
    assert {pattern.name for pattern in patterns()} == set(EXPECTED)


def address(name: str, expected: Expected, world: World) -> str:
    places = {
        "{day}": world.workout.local_date,
        "{check}": str(world.check.pk),
        "{ended}": str(world.ended.pk),
    }
    kwargs = {key: places.get(str(value), value) for key, value in expected.kwargs.items()}
    query = "&".join(f"{key}={places.get(value, value)}" for key, value in expected.query.items())
    return reverse(name, kwargs=kwargs) + (f"?{query}" if query else "")


@pytest.fixture(scope="module")
def world(world_of_the_module: World) -> World:
    """Itself, not a copy: no test here changes it."""
    return world_of_the_module


@pytest.fixture(scope="module")
def signed_in_once(world: World) -> list[Client]:
    owner, stranger, visitor = Client(), Client(), Client()
    owner.force_login(world.owner)
    stranger.force_login(world.stranger)
    return [owner, stranger, visitor]


@pytest.fixture
def clients(signed_in_once: list[Client], db: None) -> list[Client]:
    """Owner, stranger and visitor, with the cookies they came with."""
    made = [copy(client) for client in signed_in_once]
    for client in made:
        client.cookies = deepcopy(client.cookies)
    return made


def is_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_owner_stranger_and_visitor_get_what_is_theirs(
    name: str, method: str, world: World, clients: list[Client]
) -> None:
    expected = EXPECTED[name]
    where = address(name, expected, world)

    got: list[Any] = []
    for client in clients:
        response = getattr(client, method)(where)
        got.append(SIGN_IN if is_sign_in(response) else response.status_code)

    assert tuple(got) == getattr(expected, method)


# allauth's forms take PUT as POST; they check the same CSRF token.
ALLAUTHS = ("account_", "mfa_", "usersessions_")


@pytest.mark.parametrize("name", sorted(name for name in EXPECTED if not name.startswith(ALLAUTHS)))
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_takes_other_methods(name: str, method: str, world: World, clients: list[Client]) -> None:
    where = address(name, EXPECTED[name], world)

    got = [getattr(client, method)(where).status_code for client in clients]

    assert all(status in {302, 404, 405} for status in got), got


@pytest.mark.parametrize("name", sorted(name for name in EXPECTED if not name.startswith("account")))
def test_nothing_of_the_owner_stands_on_anyone_elses_page(
    name: str, world: World, clients: list[Client]
) -> None:
    where = address(name, EXPECTED[name], world)

    for client in clients[1:]:
        page = client.get(where).content.decode()
        assert world.owner.email not in page
        assert str(world.check.pk) not in page


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_signed_in_pages_are_never_stored(name: str, world: World, clients: list[Client]) -> None:
    response = clients[0].get(address(name, EXPECTED[name], world))

    assert response.headers["Cache-Control"] in {
        "private, no-store",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    }
