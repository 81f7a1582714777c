"""What is stored, once and whole: checks, guests and safety answers."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import User
from assessments.actions.check import AttemptClosed, answer, finish, pass_right_now, start, stop_for_pain
from assessments.actions.guest import claim_guest, delete_expired_guests, delete_guest
from assessments.actions.safety import record_safety_list, record_visit
from assessments.models import Attempt, SafetyAnswers, Status
from assessments.rows import Owner, open_attempt, rest_today, safety_state
from assessments.rules.rest import Rest
from assessments.rules.safety import Said, Verdict
from assessments.rules.safety_content import safety_content
from tests.builders_check import LONGEST, ORDINARY, both_sides

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
GUEST = Owner(None, "a" * 64, "UTC")
TOKEN = "kept in their session"


def said(list_key: str, **yes: Said) -> dict[str, Said]:
    return {**dict.fromkeys(safety_content().lists[list_key].questions, Said.NO), **yes}


def answered(owner: Owner, seen: dict[str, str] = ORDINARY) -> Attempt:
    attempt = start(owner=owner)
    for question, given in both_sides(**seen).items():
        attempt = answer(attempt=attempt, given={question: given})
    return attempt


def a_guest() -> Owner:
    return Owner.of_guest(TOKEN, "Europe/Vienna")


@pytest.fixture
def me(owner: User) -> Owner:
    return Owner(owner, "", "UTC")


def test_starting_twice_gives_the_same_attempt(me: Owner) -> None:
    assert start(owner=me) == start(owner=me)


def test_finishing_twice_gives_the_same_result(me: Owner) -> None:
    attempt = answered(me)

    first, second = finish(attempt=attempt), finish(attempt=attempt)

    assert first.finished_at == second.finished_at
    assert first.result == second.result
    assert Attempt.objects.count() == 1


def test_finishing_with_an_open_question_is_refused(me: Owner) -> None:
    with pytest.raises(ValueError, match="still open"):
        finish(attempt=start(owner=me))


def test_answer_to_a_finished_attempt_is_refused_and_changes_nothing(me: Owner) -> None:
    attempt = finish(attempt=answered(me))

    with pytest.raises(AttemptClosed):
        answer(attempt=attempt, given={"toes": {"left": "in", "right": "in"}})

    assert Attempt.objects.get().answers == attempt.answers


def test_stop_for_pain_keeps_the_answers_and_ends_with_its_outcome(me: Owner) -> None:
    attempt = start(owner=me)
    attempt = answer(attempt=attempt, given={"toes": {"left": "in", "right": "out"}})

    stopped = stop_for_pain(attempt=attempt, where="left")

    assert stopped.status == Status.FINISHED
    assert stopped.answers == {
        "toes": {"left": "in", "right": "out"},
        "pain": {"value": "stop", "where": "left"},
    }
    assert stopped.outcome is not None
    assert (stopped.outcome.left.rule, stopped.outcome.right.rule) == ("X1", "M8")


def test_answer_that_closes_a_branch_drops_what_stood_in_it(me: Owner) -> None:
    attempt = answered(me, LONGEST)

    attempt = answer(attempt=attempt, given={"knees": {"left": "out", "right": "in"}})

    assert attempt.answers["can_turn"] == {"right": "yes"}


def test_emergency_ends_the_attempt_on_the_day_it_is_ticked(me: Owner) -> None:
    with time_machine.travel(NOON - timedelta(days=3), tick=False):
        attempt = start(owner=me)

    with time_machine.travel(NOON, tick=False):
        pass_right_now(attempt=attempt, owner=me, answers=said("right_now", RF1=Said.YES))

        assert rest_today(me) is Rest.TOLD
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert rest_today(me) is None


def test_signing_in_moves_what_a_guest_did(owner: User) -> None:
    guest = a_guest()
    finish(attempt=answered(guest))
    record_safety_list(owner=guest, list_key="right_now", answers=said("right_now"), extras={})

    claim_guest(token=TOKEN, time_zone="Europe/Vienna", person=owner)

    assert Attempt.objects.get().person == SafetyAnswers.objects.get().person == owner
    assert Attempt.objects.get().guest_token_hash == SafetyAnswers.objects.get().guest_token_hash == ""
    assert owner.time_zone == "Europe/Vienna"


def test_open_check_of_the_guest_goes_on_and_that_of_the_account_is_abandoned(me: Owner, owner: User) -> None:
    mine = start(owner=me)
    guest = a_guest()
    theirs = start(owner=guest)

    claim_guest(token=TOKEN, time_zone="Europe/Vienna", person=owner)

    mine.refresh_from_db()
    assert mine.status == Status.ABANDONED
    assert open_attempt(me) == theirs


def test_open_check_of_the_account_goes_on_when_the_guest_has_none_open(me: Owner, owner: User) -> None:
    mine = start(owner=me)
    guest = a_guest()
    finish(attempt=answered(guest))

    claim_guest(token=TOKEN, time_zone="Europe/Vienna", person=owner)

    assert open_attempt(me) == mine


def test_delete_guest_deletes_their_rows_only(me: Owner) -> None:
    start(owner=me)
    guest = a_guest()
    start(owner=guest)
    record_safety_list(owner=guest, list_key="right_now", answers=said("right_now"), extras={})

    delete_guest(token=TOKEN)

    assert [attempt.person for attempt in Attempt.objects.all()] == [me.person]
    assert not SafetyAnswers.objects.exists()


@pytest.mark.parametrize(("age", "left"), [(timedelta(days=14), 2), (timedelta(days=14, seconds=1), 0)])
def test_guests_are_deleted_after_14_days_and_people_are_not(me: Owner, age: timedelta, left: int) -> None:
    with time_machine.travel(NOON, tick=False):
        start(owner=me)
        start(owner=GUEST)
        record_safety_list(owner=GUEST, list_key="right_now", answers=said("right_now"), extras={})

    with time_machine.travel(NOON + age, tick=False):
        deleted = delete_expired_guests()

    assert deleted == 2 - left
    assert Attempt.objects.count() + SafetyAnswers.objects.count() == 1 + left


def test_same_list_again_today_is_one_row_and_tomorrow_another(me: Owner) -> None:
    for moment in (NOON, NOON + timedelta(hours=1), NOON + timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            record_safety_list(owner=me, list_key="right_now", answers=said("right_now"), extras={})

    assert SafetyAnswers.objects.count() == 2


def test_yes_again_on_the_day_of_the_visit_locks_anew(me: Owner, owner: User) -> None:
    yes = said("told_or_had", RF6=Said.YES)
    with time_machine.travel(NOON, tick=False) as clock:
        record_safety_list(owner=me, list_key="told_or_had", answers=yes, extras={})
        clock.shift(3600)
        record_visit(person=owner, causes=["RF6"], seen_on=NOON.date(), verdict=Verdict.YES)
        assert not safety_state(me).is_locked
        clock.shift(3600)

        record_safety_list(owner=me, list_key="told_or_had", answers=yes, extras={})

    assert safety_state(me).is_locked


def test_visit_in_the_future_is_refused(owner: User) -> None:
    with time_machine.travel(NOON, tick=False), pytest.raises(ValueError, match="future"):
        record_visit(person=owner, causes=["RF6"], seen_on=date(2026, 11, 24), verdict=Verdict.YES)
