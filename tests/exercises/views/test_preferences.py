"""Rest, get ready and tempo are the person's own, for all exercises or for one, and so is a note."""

import re
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from exercises.models import Preference, Workout
from tests.builders_training import MONDAY, a_running_plan, begun, sets_url, signed_in_as, text

FOR_ALL = "/settings/pace/"
BRIDGE = "/settings/pace/bridge/"
NUMBERS = ("hold", "move", "ready", "rest", "repetitions", "too much pain")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def paced(client: Client, workout: Workout, exercise: str = "bridge") -> dict[str, int]:
    """What the player is told."""
    page = client.get(sets_url(workout, exercise)).content.decode()
    numbers = re.search(r'data-numbers="([^"]*)"', page)
    assert numbers
    return dict(zip(NUMBERS, map(int, numbers[1].split()), strict=True))


def for_all(client: Client, **data: Any) -> Any:
    return client.post(FOR_ALL, {"rest_seconds": 60, "ready_seconds": 5, "tempo": "usual", **data})


def test_who_set_nothing_rests_a_minute_and_moves_in_two_seconds(signed_in: Client, workout: Workout) -> None:
    told = paced(signed_in, workout)

    assert (told["rest"], told["ready"], told["move"]) == (60, 5, 2)
    assert "Rest 60 seconds, get ready 5 seconds, tempo usual" in text(signed_in.get("/settings/"))


def test_what_is_set_for_all_counts_in_every_exercise(signed_in: Client, workout: Workout) -> None:
    saved = for_all(signed_in, rest_seconds=90, ready_seconds=10, tempo="slow")

    assert saved.headers["Location"] == "/settings/"
    for exercise in ("bridge", "side_lying_abduction"):
        told = paced(signed_in, workout, exercise)
        assert (told["rest"], told["ready"], told["move"]) == (90, 10, 3)
    assert "Rest 90 seconds, get ready 10 seconds, tempo slow" in text(signed_in.get("/settings/"))


def test_what_is_set_for_one_exercise_counts_there_and_leaves_the_rest_as_always(
    signed_in: Client, workout: Workout
) -> None:
    for_all(signed_in, rest_seconds=90)

    signed_in.post(BRIDGE, {"rest_seconds": "120", "ready_seconds": "", "tempo": ""})
    for_all(signed_in, rest_seconds=45, ready_seconds=8)

    assert paced(signed_in, workout)["rest"] == 120
    assert paced(signed_in, workout)["ready"] == 8
    assert paced(signed_in, workout, "side_lying_abduction")["rest"] == 45
    assert "As always (8 seconds)" in signed_in.get(BRIDGE).content.decode()


def test_the_minutes_on_today_the_plan_and_the_workout_follow_them(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    usual = minutes_said(signed_in)

    for_all(signed_in, rest_seconds=180, tempo="slow")

    own = minutes_said(signed_in)
    assert own["today"] > usual["today"]
    assert own["plan"] == own["today"]
    begun(owner)
    workout = re.search(r"About (\d+) minutes", text(signed_in.get(f"/workouts/{MONDAY}/")))
    assert workout
    assert int(workout[1]) == own["today"]


def minutes_said(client: Client) -> dict[str, int]:
    """How long the next workout takes, by page."""
    found = {}
    for page in ("today", "plan"):
        said = re.search(r"[Aa]bout (\d+) minutes", text(client.get(f"/{page}/")))
        assert said, page
        found[page] = int(said[1])
    return found


def test_a_rest_can_be_off(signed_in: Client, workout: Workout) -> None:
    for_all(signed_in, rest_seconds=0)

    assert paced(signed_in, workout)["rest"] == 0
    assert "No rest, get ready" in text(signed_in.get("/settings/"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"rest_seconds": "29"}, "Choose how long to rest from the list."),
        ({"rest_seconds": "100000"}, "Choose how long to rest from the list."),
        ({"rest_seconds": ""}, "Choose how long to rest from the list."),
        ({"ready_seconds": "2"}, "Choose how long to get ready from the list."),
        ({"ready_seconds": "x"}, "Choose how long to get ready from the list."),
        ({"tempo": "frantic"}, "Choose a tempo from the list."),
    ],
)
def test_what_is_out_of_range_is_refused_and_nothing_is_kept(
    signed_in: Client, sent: dict[str, str], said: str
) -> None:
    refused = for_all(signed_in, **sent)

    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not Preference.objects.exists()


def test_a_note_is_kept_and_shown_the_next_time(signed_in: Client, workout: Workout) -> None:
    signed_in.post(BRIDGE, {"note": "bench at hole 3, <b>yellow</b> band"})

    page = signed_in.get(sets_url(workout, "bridge")).content.decode()
    assert page.count("bench at hole 3, &lt;b&gt;yellow&lt;/b&gt; band") == 2  # and in its form
    assert "yellow&lt;" not in signed_in.get(sets_url(workout, "side_lying_abduction")).content.decode()


def test_a_note_stands_on_paper_beside_how_it_went_and_on_the_page_of_the_exercise_for_its_person_only(
    signed_in: Client, stranger: User, workout: Workout
) -> None:
    signed_in.post(BRIDGE, {"note": "bench at hole 3,\n<b>yellow</b> band"})
    noted = "<b>Your note:</b> bench at hole 3,<br>&lt;b&gt;yellow&lt;/b&gt; band"
    pages = ["/workouts/sheet/", sets_url(workout, "bridge", "how"), "/exercises/bridge/"]

    own = [signed_in.get(page).content.decode().count(noted) for page in pages]

    assert own == [1, 1, 1]
    assert 'href="/settings/pace/bridge/?next=/exercises/bridge/"' in signed_in.get(pages[2]).content.decode()
    for other in (Client(), signed_in_as(stranger)):
        assert "Your note" not in other.get("/exercises/bridge/").content.decode()
    assert "Your note" not in signed_in.get("/exercises/march/").content.decode()


def test_a_note_of_100_kb_is_refused_with_what_was_typed(signed_in: Client) -> None:
    refused = signed_in.post(BRIDGE, {"note": "x" * 100_000})

    assert refused.status_code == 422
    assert "Write at most 500 characters." in refused.content.decode()
    assert "x" * 100_000 in refused.content.decode()
    assert not Preference.objects.exists()


def test_from_the_player_it_is_kept_with_and_without_a_script(signed_in: Client, workout: Workout) -> None:
    here = sets_url(workout, "bridge")

    plain = signed_in.post(f"{BRIDGE}?next={here}", {"rest_seconds": "90"})
    queued = signed_in.post(BRIDGE, {"rest_seconds": "120"}, headers={"accept": "application/json"})
    wrong = signed_in.post(BRIDGE, {"rest_seconds": "1"}, headers={"accept": "application/json"})

    assert plain.headers["Location"] == here
    assert queued.json() == {"stored": {}}
    assert (wrong.status_code, wrong.json()) == (422, {"errors": ["Choose how long to rest from the list."]})
    assert paced(signed_in, workout)["rest"] == 120


def test_an_exercise_that_is_not_there_has_no_page(signed_in: Client) -> None:
    assert signed_in.get("/settings/pace/handstand/").status_code == 404


@pytest.mark.parametrize("values", [{"rest_seconds": 29}, {"rest_seconds": 181}, {"ready_seconds": 2}])
def test_no_row_holds_what_is_out_of_range(owner: User, values: dict[str, int]) -> None:
    with pytest.raises(IntegrityError):
        Preference.objects.create(person=owner, **values)
