"""A slip is mended on the same day: the corrected result takes the place of the first, and both stay."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from assessments.actions.check import AttemptClosed, finish, start, start_correction, start_second_look
from assessments.actions.guest import claim_guest
from assessments.models import Attempt, Correction, Status
from assessments.rows import state_for
from exercises.training import training_of
from tests.builders_check import LONGEST, ORDINARY, begin_check, typed, walk_check
from tests.builders_training import (
    LOW_ARCHES,
    MONDAY_NOON,
    NEWLY_FLAT,
    a_draft,
    a_finished_check,
    a_running_plan,
    accepted,
    lists_answered,
    noon,
    text,
)
from tests.outcomes import OUTCOMES, came_to
from tests.world import corrected, counted, owner_of

RESULT, CORRECT, ANSWERS = "/check/result/", "/check/correct/", "/check/answers/"
SLIP = "I ticked something wrong"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON) as traveller:
        yield traveller


def source(client: Client, address: str = RESULT) -> str:
    return " ".join(client.get(address).content.decode().split())


def mend(client: Client, question: str, **given: str) -> HttpResponse:
    """From the result to the corrected one, with one answer changed."""
    client.post(CORRECT)
    usual = dict.fromkeys(("knees_usual_left", "knees_usual_right"), "not_in") if question == "toes" else {}
    client.post(f"/check/{question.replace('_', '-')}/", usual | given)
    return client.post(ANSWERS)  # type: ignore[return-value]


# --- the way through ----------------------------------------------------------------------------------


@pytest.mark.parametrize("guest", [False, True])
def test_corrected_result_takes_the_place_of_the_first_and_both_stay(
    client: Client, owner: User, *, guest: bool
) -> None:
    if not guest:
        client.force_login(owner)
    walk_check(client, ORDINARY | {"toes": "out"})
    first = Attempt.objects.get()
    assert SLIP in source(client)

    to_answers = client.post(CORRECT)
    asked = source(client, ANSWERS)
    client.post("/check/toes/", typed(ORDINARY, "toes") | {"right": "out"})
    done = client.post(ANSWERS)

    assert to_answers.headers["Location"] == ANSWERS
    assert "Change what you ticked by mistake" in asked
    assert asked.count("Out<br>") == 2
    assert done.headers["Location"] == RESULT
    second = Attempt.objects.get(status=Status.FINISHED)
    first.refresh_from_db()
    assert (first.status, second.corrected_from) == (Status.CORRECTED, first)
    assert (first.answers["toes"]["left"], second.answers["toes"]["left"]) == ("out", "straight")
    assert first.result is not None
    assert "before you corrected it" in text(client.get(RESULT))
    if not guest:
        assert text(client.get("/checks/")).count("5 October 2026") == 1
        assert client.get(f"/checks/{first.pk}/").headers["Location"] == f"/checks/{second.pk}/"


def test_until_it_is_finished_the_first_result_stands_and_it_goes_on_where_it_was(
    signed_in: Client, owner: User
) -> None:
    first = a_finished_check(owner, OUTCOMES["M4, both"])
    signed_in.post(CORRECT)
    signed_in.post("/check/arch/", {"left": "flat", "right": "low"})

    assert "Both arches looked low" in text(signed_in.get(RESULT))
    signed_in.post(CORRECT)

    assert Attempt.objects.count() == 2
    assert Attempt.objects.open().get().answers["arch"]["left"] == "flat"
    assert state_for(owner).locks == ()
    assert start_correction(attempt=first) == start_correction(attempt=first)


def test_correction_that_changes_nothing_leaves_no_trace(signed_in: Client, owner: User) -> None:
    first = a_finished_check(owner)

    signed_in.post(CORRECT)
    done = signed_in.post(ANSWERS)

    assert done.headers["Location"] == RESULT
    assert [*Attempt.objects.all()] == [first]
    assert not Correction.objects.exists()
    assert "before you corrected it" not in source(signed_in)


def test_whoever_leaves_it_as_it_was_begins_again_with_the_answers_as_given(
    signed_in: Client, owner: User
) -> None:
    first = a_finished_check(owner, OUTCOMES["M4, both"])
    signed_in.post(CORRECT)
    signed_in.post("/check/arch/", {"left": "flat", "right": "low"})

    left = signed_in.post(ANSWERS, {"leave": "yes"})
    again = signed_in.post(ANSWERS, {"leave": "yes"})

    assert (left.headers["Location"], again.status_code) == (RESULT, 409)
    assert [*Attempt.objects.all()] == [first]
    signed_in.post(CORRECT)
    assert Attempt.objects.open().get().answers == first.answers


def test_check_that_is_no_correction_cannot_be_left(signed_in: Client, owner: User) -> None:
    walk_check(signed_in)
    begin_check(signed_in)
    for question in ORDINARY:
        signed_in.post(f"/check/{question}/", typed(ORDINARY, question))

    assert signed_in.post(ANSWERS, {"leave": "yes"}).status_code == 409
    assert Attempt.objects.open().exists()


def test_result_can_be_corrected_twice_and_names_what_was_ticked_first(
    signed_in: Client, owner: User
) -> None:
    a_finished_check(owner, OUTCOMES["M7, both"])

    mend(signed_in, "toes", left="out", right="out")
    mend(signed_in, "toes", left="in", right="straight")

    assert [*Attempt.objects.order_by("started_at").values_list("status", flat=True)] == [
        "corrected",
        "corrected",
        "finished",
    ]
    page = text(signed_in.get(RESULT))
    assert page.count("before you corrected it") == 1
    assert "left: before you corrected it, “Straight ahead”" in page


def test_finishing_a_correction_twice_gives_the_same(owner: User) -> None:
    attempt = start_correction(attempt=a_finished_check(owner))
    attempt.answers["toes"] = {"left": "in", "right": "in"}
    attempt.save()

    assert finish(attempt=attempt) == finish(attempt=attempt)
    assert Attempt.objects.finished().count() == 1


def test_changed_answer_asks_only_what_it_newly_opens(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["M7, both"])
    signed_in.post(CORRECT)

    to_next = signed_in.post("/check/arch/", {"left": "low", "right": "normal"})

    assert to_next.headers["Location"] == "/check/flatter/"
    page = source(signed_in, "/check/flatter/")
    assert 'name="left"' in page
    assert 'name="right"' not in page


# --- which, and how long ------------------------------------------------------------------------------


def refused(client: Client) -> None:
    assert SLIP not in source(client)
    response = client.post(CORRECT)
    assert response.status_code == 409
    assert "A result can be corrected on its own day" in text(response)
    assert not Correction.objects.exists()


def test_result_of_yesterday_is_not_corrected(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    a_finished_check(owner)
    clock.move_to(noon(1))

    refused(signed_in)


def test_second_look_that_was_begun_ends_it(signed_in: Client, owner: User) -> None:
    start_second_look(attempt=a_finished_check(owner))

    refused(signed_in)


def test_count_ends_it(signed_in: Client, owner: User) -> None:
    counted(owner, a_finished_check(owner), left=19)

    refused(signed_in)


def test_another_check_that_was_begun_ends_it(signed_in: Client, owner: User) -> None:
    a_finished_check(owner)
    start(owner=owner_of(owner))

    refused(signed_in)


def test_only_the_latest_result_is_corrected(signed_in: Client, owner: User) -> None:
    first = a_finished_check(owner)
    a_finished_check(owner)

    assert SLIP in source(signed_in)
    assert SLIP not in source(signed_in, f"/checks/{first.pk}/")
    with pytest.raises(AttemptClosed):
        start_correction(attempt=first)


@pytest.mark.parametrize("outcome", ["X1, at once", "X1, after the toes"])
def test_check_that_was_stopped_because_it_hurt_is_not_corrected(
    signed_in: Client, owner: User, outcome: str
) -> None:
    came_to(owner_of(owner), OUTCOMES[outcome])

    refused(signed_in)


def test_correction_left_open_over_midnight_is_over(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    first = a_finished_check(owner)
    signed_in.post(CORRECT)
    clock.move_to(noon(1))

    late = signed_in.post("/check/toes/", {"left": "in", "right": "in"})

    assert late.status_code == 409
    assert signed_in.post(ANSWERS).status_code == 409
    begin_check(signed_in)
    assert Attempt.objects.open().get().corrected_from is None
    first.refresh_from_db()
    assert first.status == Status.FINISHED


def test_second_look_begun_meanwhile_ends_a_correction(signed_in: Client, owner: User) -> None:
    first = a_finished_check(owner)
    signed_in.post(CORRECT)
    start_second_look(attempt=first)

    assert signed_in.post(ANSWERS).status_code == 409
    assert Attempt.objects.finished().get() == first


def test_new_check_begins_afresh_and_leaves_a_begun_correction(signed_in: Client, owner: User) -> None:
    a_finished_check(owner)
    signed_in.post(CORRECT)
    assert "You have begun a check" not in source(signed_in, "/check/")

    begin_check(signed_in)

    attempt = Attempt.objects.open().get()
    assert (attempt.corrected_from, attempt.answers) == (None, {})


def test_corrected_check_can_be_looked_at_a_second_time_and_counted_on(
    signed_in: Client, owner: User
) -> None:
    a_finished_check(owner)
    mend(signed_in, "toes", left="in", right="in")

    assert "/check/again/" in source(signed_in)
    assert signed_in.post("/check/again/").status_code == 302
    assert SLIP not in source(signed_in)


def test_without_a_result_there_is_nothing_to_correct(client: Client, signed_in: Client) -> None:
    for one in (client, signed_in):
        for response in (one.get(CORRECT), one.post(CORRECT)):
            assert response.status_code == 302
    assert not Attempt.objects.exists()


# --- pain ---------------------------------------------------------------------------------------------


def test_pain_is_corrected_upwards_only_and_the_page_says_so(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["a little pain"])
    signed_in.post(CORRECT)

    page = source(signed_in, "/check/pain/")
    lower = signed_in.post("/check/pain/", {"value": "none"})

    assert 'value="none"' not in page
    assert 'value="mild"' in page
    assert "Only a new check can say that it hurt less" in page
    assert lower.status_code == 422
    assert "Choose whether anything hurt" in text(lower)
    signed_in.post("/check/pain/", {"value": "stop", "where": "left"})
    signed_in.post(ANSWERS)
    assert [lock.cause for lock in state_for(owner).locks] == ["X1"]


def test_place_of_pain_is_not_taken_back(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["M4, both"] | {"pain": {"value": "stop", "where": "left"}})
    signed_in.post(CORRECT)

    other = signed_in.post("/check/pain/", {"value": "stop", "where": "right"})
    both = signed_in.post("/check/pain/", {"value": "stop", "where": "both"})

    assert (other.status_code, both.status_code) == (422, 302)
    assert "Choose where it hurt" in text(other)


def test_pain_forged_downwards_is_refused(owner: User) -> None:
    attempt = start_correction(attempt=a_finished_check(owner, OUTCOMES["a little pain"]))
    attempt.answers["pain"] = {"value": "none"}
    attempt.save()

    with pytest.raises(AttemptClosed):
        finish(attempt=attempt)


def test_who_said_it_hurt_is_not_sent_back_to_the_mirror(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["M7, both"] | {"pain": {"value": "stop", "where": "left"}})
    signed_in.post(CORRECT)
    signed_in.post("/check/arch/", {"left": "low", "right": "normal"})
    signed_in.post("/check/flatter/", {"left": "no"})

    page = signed_in.get("/check/tiptoe/")

    assert page.headers["Location"] == "/check/tiptoe-arch/"


def test_stop_in_a_correction_ends_it_with_what_hurt_before_and_now(signed_in: Client, owner: User) -> None:
    a_finished_check(owner, OUTCOMES["M7, both"] | {"pain": {"value": "stop", "where": "left"}})
    signed_in.post(CORRECT)

    signed_in.post("/check/stop/", {"where": "right"})

    check = Attempt.objects.finished().get()
    assert check.answers["pain"] == {"value": "stop", "where": "both"}
    assert check.corrected_from is not None


# --- locks and plans ----------------------------------------------------------------------------------


def test_lock_of_a_slip_goes_and_leaves_no_trace_in_a_plan(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    clock.move_to(noon(8))
    before = training_of(owner)
    first = a_finished_check(owner, NEWLY_FLAT)
    held = training_of(owner)
    corrected(first, flatter={"left": "no", "right": "no"})
    after = training_of(owner)

    assert before
    assert held
    assert after
    assert held.state.is_locked
    assert not after.state.is_locked
    assert after.coming(9) == before.coming(9) != held.coming(9)
    assert after.schedule.end == before.schedule.end
    assert after.prescription() == before.prescription()
    assert "on hold" not in text(signed_in.get("/plan/"))


def test_lock_of_a_safety_list_stays(owner: User) -> None:
    first = a_finished_check(owner, NEWLY_FLAT)
    lists_answered(owner, "RF6")

    corrected(first, flatter={"left": "no", "right": "no"})

    assert [lock.cause for lock in state_for(owner).locks] == ["RF6"]


def test_corrected_answer_that_asks_to_be_seen_locks(signed_in: Client, owner: User) -> None:
    corrected(a_finished_check(owner, LOW_ARCHES), flatter={"left": "yes", "right": "no"})

    assert "X2" in [lock.cause for lock in state_for(owner).locks]
    assert "What to say there" in source(signed_in)


def test_plan_of_the_first_result_stays_says_so_and_offers_one_from_the_corrected_check(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    first = a_finished_check(owner)
    lists_answered(owner)
    plan = accepted(owner, a_draft(owner))
    clock.shift(60)
    corrected(first, toes={"left": "in", "right": "in"})

    training = training_of(owner)
    plan_page, result = text(signed_in.get("/plan/")), text(signed_in.get(RESULT))

    assert training
    assert training.plan == plan
    assert "You corrected the result this plan was made from" in plan_page
    assert "You looked again" not in plan_page
    assert "It was made from this check before you corrected it" in result
    for page in (source(signed_in, "/plan/"), source(signed_in)):
        assert '<a href="/plan/new/">Make the plan from this check</a>' in page


def test_later_check_is_a_new_look_not_a_correction(
    signed_in: Client, owner: User, clock: time_machine.Traveller
) -> None:
    first = a_finished_check(owner)
    lists_answered(owner)
    accepted(owner, a_draft(owner))
    clock.shift(60)
    corrected(first, toes={"left": "in", "right": "in"})
    clock.move_to(noon(7))
    a_finished_check(owner)

    page = text(signed_in.get("/plan/"))

    assert "You looked again on 12 October" in page
    assert "You corrected" not in page


# --- deleting, claiming -------------------------------------------------------------------------------


def test_deleting_a_corrected_check_deletes_every_form_of_it(signed_in: Client, owner: User) -> None:
    other = a_finished_check(owner)
    check = corrected(a_finished_check(owner), toes={"left": "in", "right": "in"})
    start_correction(attempt=check)

    signed_in.post(f"/checks/{check.pk}/delete/")

    assert [*Attempt.objects.all()] == [other]
    assert not Correction.objects.exists()


def test_guest_takes_a_corrected_check_into_an_account(client: Client, owner: User) -> None:
    walk_check(client, LONGEST)
    mend(client, "toes", left="in", right="in")

    claim_guest(token=client.session["guest"], time_zone="Europe/Vienna", person=owner)

    second = Attempt.objects.finished().get(person=owner)
    assert second.corrected_from
    assert second.corrected_from.person == owner


def test_stranger_cannot_see_what_was_corrected(signed_in: Client, stranger: User, owner: User) -> None:
    first: UUID = a_finished_check(owner).pk
    corrected(Attempt.objects.get(pk=first), toes={"left": "in", "right": "in"})
    other = Client()
    other.force_login(stranger)

    assert other.get(f"/checks/{first}/").status_code == 404
    assert other.post(f"/checks/{first}/delete/").status_code == 404
    assert signed_in.get(f"/checks/{first}/").status_code == 302
