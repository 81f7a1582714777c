"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.clock import now
from accounts.models import User
from assessments.models import Attempt, Clearance, Correction, SafetyAnswers, Status

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


@pytest.mark.parametrize("fields", [{}, {"result": {"sides": {}}}, {"finished_at": now()}])
def test_corrected_attempt_without_result_or_time_is_refused(owner: User, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="corrected_attempt_has_a_result"):
        attempt(person=owner, status=Status.CORRECTED, **fields)


def test_attempt_does_not_correct_itself(owner: User) -> None:
    one = attempt(person=owner)

    with pytest.raises(IntegrityError, match="correction_is_of_another_attempt"):
        Correction.objects.create(first=one, attempt=one)


def test_attempt_is_corrected_by_one_and_corrects_one(owner: User) -> None:
    one, two, three = (attempt(person=owner, status=Status.ABANDONED) for _ in range(3))
    Correction.objects.create(first=one, attempt=two)

    for first, other in ((one, three), (three, two)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.create(first=first, attempt=other)


def test_two_that_correct_each_other_are_walked_once(owner: User) -> None:
    one, two = (attempt(person=owner, status=Status.ABANDONED) for _ in range(2))
    Correction.objects.create(first=one, attempt=two)
    Correction.objects.create(first=two, attempt=one)

    assert one.earlier_forms() == [two, one]
