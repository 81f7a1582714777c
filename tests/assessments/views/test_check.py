"""The pages of the check and of the safety lists, from the first tick to the result."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from assessments.models import Attempt, SafetyAnswers, Status
from assessments.rules.questionnaire import questionnaire
from assessments.rules.safety import Said
from assessments.rules.safety_content import safety_content
from tests.builders import PASSWORD
from tests.builders_check import AGREED, LONGEST, ORDINARY, begin_check, typed, walk_check

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EXPLAINED_NO = dict.fromkeys(safety_content().lists["right_now"].questions, "no")


def leads_to(response: Any, address: str) -> bool:
    return bool(response.status_code == 302 and response.headers["Location"] == address)


@pytest.mark.parametrize("seen", [ORDINARY, LONGEST])
@pytest.mark.parametrize("who", ["guest", "person"])
def test_whole_path_leads_page_by_page_to_the_result(
    anonymous: Client, owner: User, seen: dict[str, str], who: str
) -> None:
    if who == "person":
        anonymous.force_login(owner)
    addresses = ["/check/right-now/"]
    response = anonymous.post("/check/", AGREED)
    assert leads_to(response, "/check/right-now/")
    response = anonymous.post("/check/right-now/", {"ticked": "none"})

    while (address := response.headers["Location"]) != "/check/answers/":
        addresses.append(address)
        page = anonymous.get(address)
        assert page.status_code == 200
        key = address.split("/")[2].replace("-", "_")
        if key in questionnaire().do_pages:
            address = page.context["next"]
            key = address.split("/")[2].replace("-", "_")
            addresses.append(address)
            assert anonymous.get(address).status_code == 200
        response = anonymous.post(address, typed(seen, key))
    assert anonymous.get("/check/answers/").status_code == 200
    response = anonymous.post("/check/answers/")

    assert leads_to(response, "/check/result/")
    assert anonymous.get("/check/result/").status_code == 200
    assert 3 + len(addresses) == (17 if seen is LONGEST else 10)
    given = set(seen.values()) | {"ticked", "none"}
    assert all("?" not in one and not given & set(one.split("/")) for one in addresses)
    assert Attempt.objects.get().person == (owner if who == "person" else None)


def test_start_page_without_the_two_ticks_stores_nothing(anonymous: Client) -> None:
    for data in ({}, {"adult": "on"}, {"keep": "on"}):
        response = anonymous.post("/check/", data)

        assert response.status_code == 422
    assert not Attempt.objects.exists()
    assert not Session.objects.exists()


def test_empty_answer_is_422_and_keeps_what_was_chosen(anonymous: Client) -> None:
    begin_check(anonymous)

    response = anonymous.post("/check/toes/", {"left": "in"})

    assert response.status_code == 422
    assert response.context["form"]["left"].value() == "in"
    assert "Choose where your right toes point" in response.content.decode()
    assert "<title>Error: " in response.content.decode()
    assert Attempt.objects.get().answers == {}


@pytest.mark.parametrize("value", ["sideways", "", "1; DROP"])
def test_tampered_value_is_422_and_not_stored(anonymous: Client, value: str) -> None:
    begin_check(anonymous)

    response = anonymous.post("/check/toes/", {"left": value, "right": "in"})

    assert response.status_code == 422
    assert Attempt.objects.get().answers == {}


def test_strong_pain_without_a_place_is_422(anonymous: Client) -> None:
    begin_check(anonymous)
    for question in ("toes", "knees", "arch"):
        anonymous.post(f"/check/{question}/", typed(ORDINARY, question))

    response = anonymous.post("/check/pain/", {"value": "stop"})

    assert response.status_code == 422
    assert response.context["form"]["value"].value() == "stop"


@pytest.mark.parametrize(
    "address", ["/check/pain/", "/check/answers/", "/check/can-turn/", "/check/sit/", "/check/knees/"]
)
def test_page_out_of_order_leads_to_the_one_that_is_asked(anonymous: Client, address: str) -> None:
    begin_check(anonymous)

    assert leads_to(anonymous.get(address), "/check/notice/")
    assert leads_to(anonymous.post(address, {"left": "in", "right": "in"}), "/check/notice/")


def test_no_question_is_shown_before_the_safety_list(anonymous: Client) -> None:
    anonymous.post("/check/", AGREED)

    assert leads_to(anonymous.get("/check/toes/"), "/check/right-now/")


@pytest.mark.parametrize("step", ["elbows", "can_turn"])
def test_page_that_does_not_exist_is_404(anonymous: Client, step: str) -> None:
    begin_check(anonymous)

    assert anonymous.get(f"/check/{step}/").status_code == 404


def test_none_of_these_with_another_tick_is_422(anonymous: Client) -> None:
    anonymous.post("/check/", AGREED)

    response = anonymous.post("/check/right-now/", {"ticked": ["none", "RF11"]})

    assert response.status_code == 422
    assert response.context["form"]["ticked"].value() == ["none", "RF11"]
    assert not SafetyAnswers.objects.exists()


@pytest.mark.parametrize("data", [{}, {"ticked": "RF99"}])
def test_empty_or_tampered_safety_list_is_422(anonymous: Client, data: dict[str, str]) -> None:
    anonymous.post("/check/", AGREED)

    assert anonymous.post("/check/right-now/", data).status_code == 422
    assert not SafetyAnswers.objects.exists()


@pytest.mark.parametrize("address", ["/check/toes/", "/check/answers/", "/check/right-now/", "/check/stop/"])
def test_post_to_a_finished_check_is_409(anonymous: Client, address: str) -> None:
    walk_check(anonymous)
    before = Attempt.objects.get().answers

    response = anonymous.post(address, {"left": "in", "right": "in"})

    assert response.status_code == 409
    assert Attempt.objects.get().answers == before


def test_post_to_a_check_that_was_stopped_elsewhere_is_409(anonymous: Client) -> None:
    begin_check(anonymous)
    Attempt.objects.update(status=Status.STOPPED)

    assert anonymous.post("/check/toes/", typed(ORDINARY, "toes")).status_code == 409


def test_guest_who_comes_back_after_14_days_is_told_it_has_expired(anonymous: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        begin_check(anonymous)
    with time_machine.travel(NOON + timedelta(days=14, seconds=1), tick=False):
        assert anonymous.get("/check/toes/").status_code == 410


def test_result_of_a_guest_expires_after_14_days(anonymous: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        walk_check(anonymous)
    with time_machine.travel(NOON + timedelta(days=14, seconds=1), tick=False):
        assert anonymous.get("/check/result/").status_code == 410


@pytest.mark.parametrize(
    "address", ["/checks/{pk}/", "/checks/{pk}/delete/", "/checks/compare/?then={pk}&now={pk}"]
)
def test_check_of_someone_else_is_404(signed_in: Client, stranger: User, address: str) -> None:
    walk_check(signed_in)
    other = Client()
    other.force_login(stranger)
    here = address.format(pk=Attempt.objects.get().pk)

    assert signed_in.get(here).status_code == 200
    assert other.get(here).status_code == 404
    assert signed_in.get(address.format(pk=uuid4())).status_code == 404


def test_past_checks_ask_a_visitor_to_sign_in_and_lead_back(anonymous: Client, owner: User) -> None:
    response = anonymous.get("/checks/")

    assert leads_to(response, "/accounts/login/?next=/checks/")
    response = anonymous.post("/accounts/login/?next=/checks/", {"login": owner.email, "password": PASSWORD})
    assert leads_to(response, "/checks/")
    assert anonymous.get("/checks/").status_code == 200


def test_deleting_a_past_check_needs_a_post(signed_in: Client) -> None:
    walk_check(signed_in)
    address = f"/checks/{Attempt.objects.get().pk}/delete/"

    signed_in.get(address)
    assert Attempt.objects.exists()

    assert leads_to(signed_in.post(address), "/checks/")
    assert not Attempt.objects.exists()


def test_emergency_stops_the_check_until_tomorrow(anonymous: Client) -> None:
    data = AGREED | {"time_zone": "UTC"}
    with time_machine.travel(NOON, tick=False):
        anonymous.post("/check/", data)

        assert leads_to(anonymous.post("/check/right-now/", {"ticked": "RF1"}), "/check/advice/")
        assert "Go to emergency care now" in anonymous.get("/check/advice/").content.decode()
        assert leads_to(anonymous.get("/check/toes/"), "/check/")
        refused = anonymous.post("/check/", data)
        assert refused.status_code == 409
        assert "You can begin again tomorrow" in refused.content.decode()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert leads_to(anonymous.post("/check/", data), "/check/right-now/")


def test_emergency_said_before_a_plan_stops_a_check_when_it_is_said_again(signed_in: Client) -> None:
    signed_in.post("/safety/right-now/", {"ticked": "RF1"})
    signed_in.post("/check/", AGREED | {"time_zone": "UTC"})
    signed_in.post("/check/right-now/", {"ticked": "RF1"})

    assert not Attempt.objects.filter(status=Status.OPEN).exists()
    assert leads_to(signed_in.get("/check/toes/"), "/check/")


def test_urgent_goes_on_after_its_advice(anonymous: Client) -> None:
    anonymous.post("/check/", AGREED)

    response = anonymous.post("/check/right-now/", {"ticked": "RF11"})

    assert leads_to(response, "/check/advice/")
    assert "Go on with the check" in anonymous.get("/check/advice/").content.decode()
    assert anonymous.get("/check/notice/").status_code == 200


def test_not_sure_leads_to_the_explained_list_and_still_not_sure_counts_as_yes(anonymous: Client) -> None:
    anonymous.post("/check/", AGREED)

    response = anonymous.post("/check/right-now/", {"ticked": "unsure"})

    assert leads_to(response, "/check/right-now/explained/")
    assert anonymous.get("/check/right-now/explained/").status_code == 200
    assert not SafetyAnswers.objects.exists()

    response = anonymous.post("/check/right-now/explained/", EXPLAINED_NO | {"RF3": "unsure"})

    assert leads_to(response, "/check/advice/")
    assert SafetyAnswers.objects.get().answers["RF3"] == Said.UNSURE
    assert Attempt.objects.get().status == Status.STOPPED


def test_explained_list_with_an_open_item_is_422_and_keeps_the_others(anonymous: Client) -> None:
    anonymous.post("/check/", AGREED)

    response = anonymous.post("/check/right-now/explained/", {"RF1": "no"})

    assert response.status_code == 422
    assert response.context["form"]["RF1"].value() == "no"


def test_this_hurts_stop_asks_where_and_shows_the_result_for_pain(anonymous: Client) -> None:
    begin_check(anonymous)
    anonymous.post("/check/toes/", typed(ORDINARY, "toes"))

    assert anonymous.post("/check/stop/", {}).status_code == 422
    assert leads_to(anonymous.post("/check/stop/", {"where": "both"}), "/check/result/")
    attempt = Attempt.objects.get()
    assert attempt.outcome is not None
    assert attempt.outcome.locks == ("X1",)
    assert attempt.answers["toes"] == {"left": "straight", "right": "straight"}


def test_change_asks_only_what_it_newly_opens(anonymous: Client) -> None:
    begin_check(anonymous)
    for page in ("toes", "knees", "arch", "pain"):
        anonymous.post(f"/check/{page}/", typed(ORDINARY, page))

    response = anonymous.post("/check/arch/", {"left": "low", "right": "normal"})

    assert leads_to(response, "/check/flatter/")
    assert list(anonymous.get("/check/flatter/").context["form"].places) == ["left"]


def test_where_it_hurt_is_not_called_optional(anonymous: Client) -> None:
    begin_check(anonymous)
    for question in ORDINARY:
        anonymous.post(f"/check/{question}/", typed(ORDINARY, question))

    page = anonymous.get("/check/pain/").content.decode()

    assert "Where did it hurt?" in page
    assert "(optional)" not in page


def test_stage_of_pregnancy_is_asked_and_stored(signed_in: Client) -> None:
    response = signed_in.post("/safety/so-it-fits/", {"ticked": "RF16"})

    assert response.status_code == 422
    assert "Choose where you are in pregnancy or after it" in response.content.decode()

    signed_in.post("/safety/so-it-fits/", {"ticked": "RF16", "extra_RF16": "unsure"})

    assert SafetyAnswers.objects.get().extras == {"stage": "second_half"}


def test_tick_after_a_visit_asks_whether_it_is_as_it_was(signed_in: Client) -> None:
    signed_in.post("/safety/told-or-had/", {"ticked": "RF6"})
    signed_in.post("/safety/seen/", {"about": "RF6", "seen_on": "2026-01-01", "verdict": "yes"})

    assert signed_in.post("/safety/told-or-had/", {"ticked": "RF6"}).status_code == 422

    signed_in.post("/safety/told-or-had/", {"ticked": "RF6", "same_RF6": "yes"})
    assert not signed_in.get("/safety/").context["state"].is_locked
    signed_in.post("/safety/told-or-had/", {"ticked": "RF6", "same_RF6": "no"})
    assert signed_in.get("/safety/").context["state"].is_locked


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_foreign_next_address_is_not_followed(signed_in: Client, next_: str) -> None:
    for name in ("right-now", "told-or-had", "feet-and-legs"):
        signed_in.post(f"/safety/{name}/", {"ticked": "none"})

    response = signed_in.post("/safety/so-it-fits/", {"ticked": "none", "next": next_})

    assert leads_to(response, "/plan/new/")


def test_delete_my_answers_deletes_them_and_ends_the_session(anonymous: Client) -> None:
    walk_check(anonymous)

    anonymous.get("/check/delete/")
    assert Attempt.objects.exists()

    assert anonymous.post("/check/delete/").status_code == 200
    assert not Attempt.objects.exists()
    assert not SafetyAnswers.objects.exists()
    assert leads_to(anonymous.get("/check/result/"), "/check/")


@pytest.mark.parametrize("address", ["/check/right-now/", "/check/toes/", "/check/notice/", "/check/stop/"])
def test_page_of_a_check_is_never_stored_by_a_cache(anonymous: Client, address: str) -> None:
    begin_check(anonymous)

    assert anonymous.get(address).headers["Cache-Control"] == "private, no-store"


def test_result_is_never_stored_by_a_cache(anonymous: Client) -> None:
    walk_check(anonymous)

    assert anonymous.get("/check/result/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("past", [0, 3])
def test_question_page_takes_three_queries_however_many_checks_there_are(
    signed_in: Client, past: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(past):
        walk_check(signed_in)
    begin_check(signed_in)

    with django_assert_max_num_queries(3):
        assert signed_in.get("/check/toes/").status_code == 200
