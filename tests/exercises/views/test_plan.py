"""Pages on which a plan is made, looked at and changed."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from exercises.models import OwnedEquipment, Plan, PlanStatus
from exercises.rules.catalogue import catalogue
from tests.builders_training import (
    MONDAY,
    NEWLY_FLAT,
    THINGS,
    a_draft,
    a_finished_check,
    a_running_plan,
    lists_answered,
    noon,
    signed_in_as,
    text,
)

THINGS_PAGE = {"owned": THINGS}
DAYS_PAGE = {"weekdays": ["0", "2"], "start": MONDAY.isoformat(), "time_zone": "UTC"}
TIME_PAGE = {"minutes": "30", "over_65": "no", "trained": "no"}
LISTS = ("right-now", "told-or-had", "feet-and-legs", "so-it-fits")


pytestmark = pytest.mark.usefixtures("clock")


def lines_of(plan: Plan) -> list[str]:
    assert plan.accepted is not None
    return [line["exercise"] for line in plan.accepted["lines"]]


# --- the whole of it ---


def test_a_plan_is_made_page_by_page_without_a_check(owner: User, signed_in: Client) -> None:
    for name in LISTS:
        assert signed_in.get("/plan/new/").headers["Location"].startswith(f"/safety/{name}/?next=")
        signed_in.post(f"/safety/{name}/", {"ticked": "none"})
    pages: dict[str, dict[str, Any]] = {
        "adult": {"adult": "on"},
        "things": THINGS_PAGE,
        "days": DAYS_PAGE,
        "time": TIME_PAGE,
    }
    for step, data in pages.items():
        assert signed_in.get("/plan/new/").headers["Location"] == f"/plan/new/{step}/"
        assert signed_in.get(f"/plan/new/{step}/").status_code == 200
        assert signed_in.post(f"/plan/new/{step}/", data).headers["Location"] == "/plan/new/"
    assert signed_in.get("/plan/new/").headers["Location"] == "/plan/new/preview/"
    preview = text(signed_in.get("/plan/new/preview/"))

    accepted = signed_in.post("/plan/new/preview/")

    plan = Plan.objects.get()
    assert "For general strength. It is not made from a check." in preview
    assert accepted.headers["Location"] == "/"
    assert (plan.status, plan.start_date, plan.attempt) == (PlanStatus.ACTIVE, MONDAY, None)
    assert "Your plan" in text(signed_in.get("/plan/"))
    assert len([*pages, "preview"]) <= 5


def test_the_short_workout_is_an_equal_choice_with_its_reason_and_none_is_chosen(
    owner: User, signed_in: Client
) -> None:
    lists_answered(owner)
    a_draft(owner)
    Plan.objects.update(answers={"adult": {}, "things": {}, "days": Plan.objects.get().answers["days"]})

    response = signed_in.get("/plan/new/time/")

    page = text(response)
    assert "people with fewer than four exercises kept them up better" in page
    assert "About 10 minutes, three exercises About 20 minutes About 30 minutes" in page
    assert " checked" not in response.content.decode()


@pytest.mark.parametrize("minutes", [10, 20, 45])
def test_minutes_are_the_same_on_preview_plan_and_today(owner: User, signed_in: Client, minutes: int) -> None:
    lists_answered(owner)
    a_draft(owner, minutes=minutes)

    preview = text(signed_in.get("/plan/new/preview/"))
    today = text(signed_in.post("/plan/new/preview/", follow=True))
    plan = text(signed_in.get("/plan/"))

    (shown,) = set(re.findall(r"Your plan: (\d+) minutes", preview))
    assert f"About {shown} minutes at first" in preview
    assert re.search(rf"Today: \w+ exercises, about {shown} minutes", today)
    assert f"About {shown} minutes next time" in plan


def test_the_preview_lists_what_is_owned_and_names_what_would_make_it_better_once(
    owner: User, signed_in: Client
) -> None:
    lists_answered(owner)
    a_draft(owner, things=["wall_or_chair", "stick"], trained=True)

    page = text(signed_in.get("/plan/new/preview/"))

    assert "A wall or a firm chair, a stick" in page
    assert "Without a light band or a medium band" in page
    assert page.count("you could") == 1


def test_a_plan_from_a_check_names_what_was_seen_and_when(owner: User, signed_in: Client) -> None:
    check = a_finished_check(owner)
    lists_answered(owner)
    signed_in.get("/plan/new/")
    assert signed_in.get("/plan/new/").headers["Location"] == "/plan/new/things/"
    signed_in.post("/plan/new/things/", THINGS_PAGE)
    signed_in.post("/plan/new/days/", DAYS_PAGE)
    signed_in.post("/plan/new/time/", TIME_PAGE)
    preview = text(signed_in.get("/plan/new/preview/"))

    signed_in.post("/plan/new/preview/")

    because = (
        "Because your left kneecap looked in on 5 October, and the arch rose when you turned the thigh out."
    )
    assert because in preview
    assert because in text(signed_in.get("/plan/"))
    assert Plan.objects.get().attempt == check
    assert "adult" not in Plan.objects.get().answers


def test_answers_are_shown_again_when_a_page_is_changed(owner: User, signed_in: Client) -> None:
    lists_answered(owner)
    a_draft(owner, weekdays=(1, 3), minutes=10)

    days = signed_in.get("/plan/new/days/").content.decode()
    signed_in.post("/plan/new/time/", TIME_PAGE)

    assert f'value="{MONDAY.isoformat()}"' in days
    assert Plan.objects.get().answers["time"]["minutes"] == 30
    assert Plan.objects.get().answers["days"]["weekdays"] == [1, 3]


# --- what cannot be ---


@pytest.mark.parametrize(
    ("step", "data", "said"),
    [
        ("adult", {}, "Tick the box if you are 18 or over."),
        ("days", {**DAYS_PAGE, "weekdays": ["0", "1"]}, "Monday and Tuesday follow each other."),
        ("days", {**DAYS_PAGE, "weekdays": ["6", "0"]}, "Sunday and Monday follow each other."),
        ("days", {"start": MONDAY.isoformat()}, "Choose at least one day."),
        ("days", {**DAYS_PAGE, "time_zone": "Moon/Crater"}, "Choose your time zone."),
        ("days", {**DAYS_PAGE, "weekdays": ["0", "2", "4", "6"]}, "Choose no more than 3 days a week"),
        ("days", {**DAYS_PAGE, "weekdays": ["9"]}, "Choose days of the week."),
        ("days", {**DAYS_PAGE, "start": "2026-10-04"}, "Choose today or a later day to start."),
        ("days", {**DAYS_PAGE, "start": "2026-11-03"}, "Choose a start within the next 28 days."),
        ("days", {**DAYS_PAGE, "start": "soon"}, "Write the day as 2026-11-30."),
        ("things", {"owned": ["kettlebell_or_dumbbell"], "weights": "abc"}, "“abc” is not a weight."),
        ("things", {"owned": ["kettlebell_or_dumbbell"], "weights": "-5"}, "Write weights above 0"),
        (
            "things",
            {"owned": ["kettlebell_or_dumbbell"], "weights": "10000"},
            "Write weights above 0 and up to",
        ),
        ("things", {"owned": ["kettlebell_or_dumbbell"], "weights": "nan"}, "“nan” is not a weight."),
        ("things", {"owned": ["kettlebell_or_dumbbell"], "weights": "inf"}, "“inf” is not a weight."),
        ("things", {"owned": ["kettlebell_or_dumbbell"]}, "Write the weight of each kettlebell or dumbbell."),
        ("things", {"owned": ["barbell"]}, "Write what the bar weighs."),
        ("things", {"owned": ["barbell"], "bar": "10, 20"}, "Write one weight for the bar."),
        ("time", {**TIME_PAGE, "minutes": "7"}, "Choose one of these lengths."),
        ("time", {}, "Choose how long a workout may take."),
    ],
)
def test_what_cannot_be_is_said_and_not_kept(
    owner: User, signed_in: Client, step: str, data: dict[str, Any], said: str
) -> None:
    lists_answered(owner)
    signed_in.get("/plan/new/")

    response = signed_in.post(f"/plan/new/{step}/", data)

    assert response.status_code == 422
    assert "<title>Error: " in response.content.decode()
    assert said in text(response)
    assert Plan.objects.get().answers == {}


def test_weights_are_read_as_people_write_them(owner: User, signed_in: Client) -> None:
    lists_answered(owner)
    signed_in.get("/plan/new/")

    signed_in.post("/plan/new/things/", {"owned": ["kettlebell_or_dumbbell"], "weights": "12, 4 and 7.5 kg"})

    assert OwnedEquipment.objects.get().weight_grams == [4_000, 7_500, 12_000]


def test_an_unknown_exercise_or_page_is_not_found(owner: User, signed_in: Client) -> None:
    lists_answered(owner)
    a_draft(owner)

    assert signed_in.get("/plan/new/lines/handstand/").status_code == 404
    assert signed_in.get("/plan/new/nonsense/").status_code == 404


def test_a_start_that_has_passed_since_is_refused_with_the_way_to_change_it(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_draft(owner)
    clock.move_to(noon(1))
    lists_answered(owner)

    response = signed_in_as(owner).post("/plan/new/preview/")

    assert response.status_code == 409
    assert "Choose today or a later day to start." in text(response)
    assert 'href="/plan/new/days/"' in response.content.decode()
    assert Plan.objects.get().status == PlanStatus.DRAFT


def test_an_exercise_that_is_not_on_hold_has_no_page_for_having_been_seen(
    owner: User, signed_in: Client
) -> None:
    a_running_plan(owner)

    assert signed_in.get("/plan/seen/handstand/").status_code == 404
    assert signed_in.get("/plan/seen/bridge/").status_code == 404


# --- locks ---


def test_a_safety_answer_that_locks_stops_the_plan_in_words(owner: User, signed_in: Client) -> None:
    lists_answered(owner, "RF6")
    a_draft(owner)

    preview = signed_in.get("/plan/new/preview/")
    sent = signed_in.post("/plan/new/preview/")

    assert "Be seen before you train" in text(preview)
    assert "Start this plan" not in text(preview)
    assert sent.status_code == 409
    assert "Be seen before you train" in text(sent)
    assert Plan.objects.get().status == PlanStatus.DRAFT


def test_a_check_that_locks_stops_the_plan(owner: User, signed_in: Client) -> None:
    a_finished_check(owner, NEWLY_FLAT)
    lists_answered(owner)
    a_draft(owner)

    preview = signed_in.get("/plan/new/preview/")
    sent = signed_in.post("/plan/new/preview/")

    assert "Be seen before you train" in text(preview)
    assert sent.status_code == 409
    assert Plan.objects.get().status == PlanStatus.DRAFT


def test_a_lock_shows_on_a_running_plan_and_deletes_nothing(owner: User, signed_in: Client) -> None:
    plan = a_running_plan(owner)
    lists_answered(owner, "RF6")

    page = text(signed_in.get("/plan/"))

    plan.refresh_from_db()
    assert "Be seen before you train Your plan is on hold until then." in page
    assert "Nothing is deleted" in page
    assert plan.status == PlanStatus.ACTIVE


# --- once ---


def test_accepting_in_two_tabs_gives_one_plan(owner: User, signed_in: Client) -> None:
    lists_answered(owner)
    a_draft(owner)

    answers = [signed_in.post("/plan/new/preview/") for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/", "/"]
    assert Plan.objects.count() == 1


def test_what_is_no_form_begins_no_plan(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    answer = signed_in.post(
        "/plan/new/", b"\x18", content_type="application/x-www-form-urlencoded; charset=utf-7"
    )

    assert answer.status_code == 400
    assert not Plan.objects.filter(status=PlanStatus.DRAFT).exists()


def test_while_a_plan_runs_the_next_one_is_made_only_when_asked_for(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)

    page = signed_in.get("/plan/new/")
    asked = signed_in.post("/plan/new/")

    assert "Until then your present plan goes on." in text(page)
    assert asked.headers["Location"] == "/plan/new/things/"
    assert sorted(plan.status for plan in Plan.objects.all()) == ["active", "draft"]


def test_a_draft_can_be_forgotten(owner: User, signed_in: Client) -> None:
    a_draft(owner)

    signed_in.post("/plan/new/drop/")

    assert not Plan.objects.exists()


# --- answers that adapt ---


@pytest.mark.parametrize(
    ("question", "extras", "left_out", "cause"),
    [
        ("RF18", {}, {"side_lying_abduction"}, "the outer side of your hip hurts"),
        ("RF19", {}, {"banded_walk", "deadlift"}, "you are unsteady on one leg, or fell"),
        ("RF16", {"stage": "second_half"}, {"bridge"}, "you are pregnant"),
        ("RF16", {"stage": "after_birth"}, set(), "you gave birth lately"),
    ],
)
def test_an_answer_that_adapts_leaves_lines_out_in_words(  # noqa: PLR0917  (pytest fills them)
    owner: User,
    signed_in: Client,
    question: str,
    extras: dict[str, str],
    left_out: set[str],
    cause: str,
) -> None:
    lists_answered(owner, question, **extras)
    a_draft(owner)

    preview = text(signed_in.get("/plan/new/preview/"))
    signed_in.post("/plan/new/preview/")

    lines = lines_of(Plan.objects.get())
    assert not left_out & set(lines)
    assert {"side_lying_abduction", "banded_walk", "bridge"} - left_out <= set(lines)
    assert preview.count(f"is left out, as {cause}.") == len(left_out)
    assert f"It starts one step lower, as {cause}." in preview


def test_an_answer_that_caps_starts_a_line_lower_and_says_why(owner: User, signed_in: Client) -> None:
    lists_answered(owner, "RF18")
    a_draft(owner, trained=True)

    preview = text(signed_in.get("/plan/new/preview/"))
    signed_in.post("/plan/new/preview/")

    plan = Plan.objects.get()
    assert plan.accepted is not None
    rungs = {line["exercise"]: line["rung"] for line in plan.accepted["lines"]}
    assert catalogue().rung("hip_circle", rungs["hip_circle"]).number == 0
    assert catalogue().rung("bridge", rungs["bridge"]).number == 1
    assert "It starts lower, as the outer side of your hip hurts." in preview


def test_a_new_answer_leaves_a_line_out_of_a_running_plan(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    lists_answered(owner, "RF19")

    page = text(signed_in.get("/plan/"))

    assert "Banded walk is left out, as you are unsteady on one leg, or fell." in page
    assert "Banded walk" not in text(signed_in.get("/today/"))


# --- lines by hand ---


def test_a_line_is_added_taken_out_and_started_elsewhere(owner: User, signed_in: Client) -> None:
    lists_answered(owner)
    a_draft(owner)

    signed_in.post("/plan/new/lines/march/", {"choice": "add"})
    signed_in.post("/plan/new/lines/banded-walk/", {"choice": "remove"})
    signed_in.post("/plan/new/lines/bridge/", {"choice": "rung:small_lift"})
    signed_in.post("/plan/new/preview/")

    plan = Plan.objects.get()
    assert plan.accepted is not None
    rungs = {line["exercise"]: line["rung"] for line in plan.accepted["lines"]}
    assert "march" in rungs
    assert "banded_walk" not in rungs
    assert rungs["bridge"] == "small_lift"


@pytest.mark.parametrize("choice", ["", "explode", "rung:on_one_finger"])
def test_a_choice_for_a_line_that_is_not_there_is_refused(
    owner: User, signed_in: Client, choice: str
) -> None:
    lists_answered(owner)
    a_draft(owner)

    response = signed_in.post("/plan/new/lines/bridge/", {"choice": choice})

    assert response.status_code == 422
    assert "changes" not in Plan.objects.get().answers


def test_a_line_that_safety_leaves_out_cannot_be_added(owner: User, signed_in: Client) -> None:
    lists_answered(owner, "RF19")
    a_draft(owner)

    response = signed_in.post("/plan/new/lines/banded-walk/", {"choice": "add"})

    assert response.status_code == 422
    assert "Banded walk cannot be added, as you are unsteady on one leg, or fell." in text(response)


def test_a_line_added_by_hand_goes_when_a_later_answer_forbids_it(owner: User, signed_in: Client) -> None:
    lists_answered(owner)
    a_draft(owner)
    chosen = signed_in.post("/plan/new/lines/banded-walk/", {"choice": "rung:no_band"})
    assert chosen.status_code == 302
    lists_answered(owner, "RF19")

    preview = signed_in.get("/plan/new/preview/")
    line = signed_in.get("/plan/new/lines/bridge/")

    assert (preview.status_code, line.status_code) == (200, 200)
    assert "Banded walk is left out, as you are unsteady on one leg, or fell." in text(preview)


# --- whose ---


def test_a_visitor_is_invited_and_asked_to_sign_in_for_the_rest(anonymous: Client) -> None:
    assert anonymous.get("/plan/").status_code == 200
    for page in ("/plan/new/", "/plan/new/days/", "/plan/new/preview/", "/today/", "/workouts/"):
        assert anonymous.get(page).headers["Location"].startswith("/accounts/login/")


def test_the_plan_of_someone_else_is_not_shown(owner: User, stranger: User) -> None:
    a_running_plan(owner, start=MONDAY + timedelta(days=1))

    page = text(signed_in_as(stranger).get("/plan/"))

    assert "Make a plan" in page
    assert "Coming workouts" not in page
