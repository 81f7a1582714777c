"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError

from accounts.clock import now
from accounts.models import User
from assessments.models import Attempt, Clearance, SafetyAnswers, Status

TODAY = date(2026, 11, 23)


def attempt(**fields: object) -> Attempt:
    plain = {
        "agreed_at": now(),
        "agreement_version": "1",
        "content_version": "1",
        "time_zone": "UTC",
        "local_date": TODAY,
    }
    return Attempt.objects.create(**(plain | fields))


def safety(**fields: object) -> SafetyAnswers:
    return SafetyAnswers.objects.create(
        **({"list_key": "right_now", "answers": {}, "local_date": TODAY, "content_version": "1"} | fields)
    )


def test_attempt_of_nobody_is_refused(db: None) -> None:
    with pytest.raises(IntegrityError, match="attempt_has_one_owner"):
        attempt()


def test_attempt_of_a_person_and_a_guest_is_refused(owner: User) -> None:
    with pytest.raises(IntegrityError, match="attempt_has_one_owner"):
        attempt(person=owner, guest_token_hash="a")


def test_second_open_attempt_of_a_person_is_refused(owner: User) -> None:
    attempt(person=owner, status=Status.ABANDONED)
    attempt(person=owner)

    with pytest.raises(IntegrityError):
        attempt(person=owner)


def test_second_open_attempt_of_a_guest_is_refused_and_another_guest_has_one(db: None) -> None:
    attempt(guest_token_hash="a")
    attempt(guest_token_hash="b")

    with pytest.raises(IntegrityError):
        attempt(guest_token_hash="a")


@pytest.mark.parametrize("fields", [{}, {"result": {"sides": {}}}, {"finished_at": now()}])
def test_finished_attempt_without_result_or_time_is_refused(owner: User, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="finished_attempt_has_a_result"):
        attempt(person=owner, status=Status.FINISHED, **fields)


def test_safety_answers_of_nobody_are_refused(db: None) -> None:
    with pytest.raises(IntegrityError, match="safety_answers_have_one_owner"):
        safety()


def test_safety_answers_of_a_person_and_a_guest_are_refused(owner: User) -> None:
    with pytest.raises(IntegrityError, match="safety_answers_have_one_owner"):
        safety(person=owner, guest_token_hash="a")


def test_unknown_verdict_is_refused(owner: User) -> None:
    with pytest.raises(IntegrityError, match="verdict_is_known"):
        Clearance.objects.create(
            person=owner, cause="RF6", seen_on=TODAY, verdict="perhaps", recorded_on=date(2026, 11, 24)
        )
