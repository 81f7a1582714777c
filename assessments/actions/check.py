"""Everything that writes checks and safety answers, and the one question others ask: what is safe for whom.

A person or a guest is an Owner; a guest is known by a random token in the session's data, of which rows
hold only the hash (the session's own key changes at sign-in).
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Subquery
from django.http import HttpRequest

from accounts.clock import is_zone, now, today_for, today_in
from accounts.models import User
from assessments.models import (
    GUEST_ROWS_EXPIRE_AFTER,
    Attempt,
    Clearance,
    Kind,
    SafetyAnswers,
    SecondLook,
    Status,
)
from assessments.rules.questionnaire import PAIN, questionnaire, version
from assessments.rules.safety import (
    RIGHT_NOW,
    Checked,
    Cleared,
    Given,
    SafetyPast,
    SafetyState,
    Said,
    Verdict,
    ever_locked,
    safety_over_time,
    stops_check,
)
from assessments.rules.safety import safety_state as combined_state
from assessments.rules.scoring import Result, evaluate
from assessments.rules.second_look import Looks, Step, settled

SESSION_KEY = "guest"
SESSION_ZONE = "guest_time_zone"


class AttemptClosed(Exception):  # noqa: N818  (reads as what happened)
    """The attempt was finished, stopped or abandoned meanwhile; nothing was changed."""


class NotWaiting(Exception):  # noqa: N818
    """A lock was opened meanwhile in another way; nothing was stored."""


@dataclass(frozen=True)
class Owner:
    """Who answers: a signed-in person, or a guest by the hash of their token."""

    person: User | None
    guest_token_hash: str
    time_zone: str

    @property
    def fields(self) -> dict[str, Any]:
        """What a row of theirs is found and made by."""
        return {"person": self.person, "guest_token_hash": self.guest_token_hash}

    @property
    def today(self) -> date:
        """Their local date."""
        return today_in(self.time_zone)


def owner_of(request: HttpRequest) -> Owner | None:
    """Who answers in this request; None for a visitor who has not begun anything."""
    if isinstance(request.user, User):
        return Owner(request.user, "", request.user.time_zone)
    token = request.session.get(SESSION_KEY)
    return Owner(None, _hash(token), request.session.get(SESSION_ZONE, "UTC")) if token else None


def welcome(request: HttpRequest, *, time_zone: str) -> Owner:
    """Who answers from now on: a visitor gets a guest's token. An unknown zone counts as UTC."""
    if isinstance(request.user, User):
        if request.user.time_zone == "UTC" and is_zone(time_zone):
            request.user.time_zone = time_zone
            request.user.save(update_fields=["time_zone"])
        return Owner(request.user, "", request.user.time_zone)
    token = request.session.setdefault(SESSION_KEY, secrets.token_urlsafe(32))
    zone = time_zone if is_zone(time_zone) else request.session.get(SESSION_ZONE, "UTC")
    request.session[SESSION_ZONE] = zone
    request.session.modified = True
    return Owner(None, _hash(token), zone)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# --- the mirror check ----------------------------------------------------------------------------


def open_attempt(owner: Owner | None) -> Attempt | None:
    """The attempt that is being answered."""
    if owner is None:
        return None
    return Attempt.objects.open().filter(kind=Kind.MIRROR, **owner.fields).first()


class Rest(StrEnum):
    """Why nobody should stand at the mirror again today; it can begin again on the next local date."""

    TOLD = "told"
    HURT = "hurt"


def rest_today(owner: Owner | None) -> Rest | None:
    """Why there is no check or second look today: an answer that stops it, or pain at the mirror. None if there is."""
    if owner is None:
        return None
    told = SafetyAnswers.objects.filter(local_date=owner.today, **owner.fields)
    if any(stops_check(row.as_given().answers) for row in told):
        return Rest.TOLD
    hurt = Attempt.objects.finished().filter(**owner.fields).filter(**{f"answers__{PAIN}__value": "stop"})
    # A flight west must not bring the same day once more.
    if any(
        on and on >= owner.today for on in (check.hurt_on for check in hurt.select_related("second_look"))
    ):
        return Rest.HURT
    return None


@transaction.atomic
def start(*, owner: Owner) -> Attempt:
    """The open attempt, a new one if there is none; starting twice gives the same."""
    attempt, _ = Attempt.objects.get_or_create(
        kind=Kind.MIRROR,
        status=Status.OPEN,
        **owner.fields,
        defaults={
            "agreed_at": now(),
            "agreement_version": questionnaire().agreement.version,
            "content_version": version(),
            "time_zone": owner.time_zone,
            "local_date": owner.today,
        },
    )
    return attempt


def _locked(attempt: Attempt) -> Attempt:
    """The attempt as it is now, kept from other writers; raises AttemptClosed when it is over."""
    # Not its key: a plan that points here may be stored meanwhile.
    fresh = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if fresh.status != Status.OPEN:
        raise AttemptClosed
    return fresh


@transaction.atomic
def pass_right_now(*, attempt: Attempt, owner: Owner, answers: Mapping[str, Said]) -> Attempt:
    """Store the list "right now"; whatever stops the check ends the attempt, and what was answered is kept."""
    attempt = _locked(attempt)
    record_safety_list(owner=owner, list_key=RIGHT_NOW, answers=answers, extras={})
    attempt.refresh_from_db()
    if attempt.status == Status.OPEN:
        attempt.may_stand_on = owner.today
        attempt.changed_at = now()
        attempt.save(update_fields=["may_stand_on", "changed_at"])
    return attempt


@transaction.atomic
def answer(*, attempt: Attempt, question: str, given: Mapping[str, str]) -> Attempt:
    """Store the answers to one question, and drop those whose branch closes by it."""
    attempt = _locked(attempt)
    attempt.answers = questionnaire().kept({**attempt.answers, question: dict(given)})
    attempt.changed_at = now()
    attempt.save(update_fields=["answers", "changed_at"])
    return attempt


@transaction.atomic
def stop_for_pain(*, attempt: Attempt, where: str) -> Attempt:
    """ "This hurts: stop": ends with the outcome for pain and keeps what was answered."""
    attempt = answer(attempt=attempt, question=PAIN, given={"value": "stop", "where": where})
    return _finished(attempt, evaluate(attempt.answers))


@transaction.atomic
def finish(*, attempt: Attempt) -> Attempt:
    """Freeze the result; finishing twice gives the same.

    Raises AttemptClosed for one that was stopped or abandoned, ValueError while a question is open.
    """
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if attempt.status == Status.FINISHED:
        return attempt
    if attempt.status != Status.OPEN:
        raise AttemptClosed
    if questionnaire().first_unanswered(attempt.answers):
        raise ValueError("a question is still open")
    return _finished(attempt, evaluate(attempt.answers))


def _finished(attempt: Attempt, result: Result) -> Attempt:
    attempt.result = {**result.as_json(), "content_version": version()}
    attempt.status = Status.FINISHED
    attempt.finished_at = attempt.changed_at = now()
    attempt.local_date = today_in(attempt.time_zone)
    attempt.save()
    return attempt


def first_check(owner: Owner | None) -> Attempt | None:
    """The first finished check, with its second look at hand."""
    if owner is None:
        return None
    return Attempt.objects.finished().filter(**owner.fields).select_related("second_look").last()


def may_look_again(attempt: Attempt) -> bool:
    """Whether there can be a second look: of the first check only, until a later one is finished.

    There is none of a check that hurt: a second look opens no lock, a new check without pain does.
    """
    if attempt.looked_twice or attempt.hurt_on or not looks_of(attempt).items():
        return False
    later = Attempt.objects.finished().filter(
        person=attempt.person, guest_token_hash=attempt.guest_token_hash
    )
    return not later.exclude(pk=attempt.pk).exists()


def is_looking_again(attempt: Attempt) -> bool:
    """Whether a second look was begun and can go on."""
    return hasattr(attempt, "second_look") and may_look_again(attempt)


def looks_of(attempt: Attempt) -> Looks:
    """What the looks of a check said so far."""
    look = getattr(attempt, "second_look", None)
    if look is None:
        return Looks(first=attempt.answers, second={}, third={})
    return Looks(first=look.first_answers, second=look.second, third=look.third)


@transaction.atomic
def start_second_look(*, attempt: Attempt) -> SecondLook:
    """The second look of a finished check, a new one if there is none; starting twice gives the same."""
    look, _ = SecondLook.objects.get_or_create(
        attempt=attempt,
        defaults={
            "first_answers": attempt.answers,
            "first_result": attempt.result,
            "content_version": version(),
        },
    )
    return look


def reread(attempt: Attempt) -> Attempt:
    """A check and its second look as they are now."""
    return Attempt.objects.select_related("second_look").get(pk=attempt.pk)


@transaction.atomic
def stand_again(*, attempt: Attempt, owner: Owner, answers: Mapping[str, Said]) -> bool:
    """Store the list "right now" before a second look; whether one may stand at the mirror today."""
    record_safety_list(owner=owner, list_key=RIGHT_NOW, answers=answers, extras={})
    if stops_check(answers):
        return False
    attempt.may_stand_on = owner.today
    attempt.changed_at = now()
    attempt.save(update_fields=["may_stand_on", "changed_at"])
    return True


@transaction.atomic
def answer_again(*, attempt: Attempt, step: Step, given: Mapping[str, str]) -> Attempt:
    """Store one answer of a second or third look; the last one settles the result.

    Another answer in the second look drops what the third had said of that item. Raises AttemptClosed when the
    looks are over.
    """
    attempt, look = _looking(attempt)
    if step.look == "second":
        look.second = {**look.second, step.page: dict(given)}
        look.third = {item: sides for item, sides in look.third.items() if item != step.page}
    else:
        look.third = {**look.third, step.page: dict(given)}
    look.save()
    return _settled(attempt, look) if looks_of(attempt).is_done() else _touched(attempt)


@transaction.atomic
def stop_second_look(*, attempt: Attempt, where: str) -> Attempt:
    """ "This hurts: stop" during a second look: what was seen stands, and the pain counts as in the first."""
    attempt, look = _looking(attempt)
    return _settled(attempt, look, pain={"value": "stop", "where": where})


def _looking(attempt: Attempt) -> tuple[Attempt, SecondLook]:
    """Both rows as they are now; raises AttemptClosed when the look is over, or a later check is finished."""
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    look = SecondLook.objects.select_for_update(no_key=True).get(attempt=attempt)
    attempt.second_look = look
    if not may_look_again(attempt):
        raise AttemptClosed
    return attempt, look


def _touched(attempt: Attempt) -> Attempt:
    attempt.changed_at = now()
    attempt.save(update_fields=["changed_at"])
    return attempt


def _settled(attempt: Attempt, look: SecondLook, *, pain: dict[str, str] | None = None) -> Attempt:
    """Write what stands after the looks into the check; the look keeps what the first had said."""
    looks = looks_of(attempt)
    if pain:
        looks = replace(looks, first={**looks.first, PAIN: pain})
    answers, result = settled(looks, Result.from_json(look.first_result))
    look.finished_at = attempt.changed_at = now()
    look.save()
    attempt.answers = answers
    attempt.result = {**result.as_json(), "content_version": version()}
    attempt.save()
    return attempt


def latest_result(owner: Owner | None) -> Attempt | None:
    """The latest finished mirror check, with its second look at hand."""
    if owner is None:
        return None
    return Attempt.objects.finished().filter(**owner.fields).select_related("second_look").first()


# --- guests --------------------------------------------------------------------------------------


@transaction.atomic
def claim_guest(*, request: HttpRequest, person: User) -> None:
    """Give a person what they did as a guest in this browser. If both have an open check, the guest's goes on."""
    token = request.session.pop(SESSION_KEY, None)
    zone = request.session.pop(SESSION_ZONE, "")
    if not token:
        return
    expired = now() - GUEST_ROWS_EXPIRE_AFTER
    rows = {"guest_token_hash": _hash(token)}
    Attempt.objects.filter(changed_at__lt=expired, **rows).delete()
    if Attempt.objects.open().filter(**rows).exists():
        Attempt.objects.open().filter(person=person).update(status=Status.ABANDONED, changed_at=now())
    mine = {"person": person, "guest_token_hash": ""}
    Attempt.objects.filter(**rows).update(**mine)
    SafetyAnswers.objects.filter(**rows).update(**mine)
    if person.time_zone == "UTC" and is_zone(zone):
        person.time_zone = zone
        person.save(update_fields=["time_zone"])


@transaction.atomic
def delete_guest(*, request: HttpRequest) -> None:
    """Delete everything a guest answered and end the session: the next person may hold the same phone."""
    token = request.session.get(SESSION_KEY)
    if token:
        Attempt.objects.filter(guest_token_hash=_hash(token)).delete()
        SafetyAnswers.objects.filter(guest_token_hash=_hash(token)).delete()
    request.session.flush()


@transaction.atomic
def delete_expired_guests() -> int:
    """Delete what guests left behind 14 days after their last answer; returns how many rows."""
    attempts, _ = Attempt.objects.expired_guests().delete()
    alive = Attempt.objects.filter(person=None).values("guest_token_hash")
    before = now() - GUEST_ROWS_EXPIRE_AFTER
    old = SafetyAnswers.objects.filter(person=None, answered_at__lt=before)
    answers, _ = old.exclude(guest_token_hash__in=alive).delete()
    return attempts + answers


# --- safety --------------------------------------------------------------------------------------


@transaction.atomic
def record_safety_list(
    *, owner: Owner, list_key: str, answers: Mapping[str, Said], extras: Mapping[str, str]
) -> SafetyAnswers:
    """Store one list as it was answered, with date and content version; a double tap is the same row.

    Whatever stops the check ends an open one at once, wherever the list was asked.
    """
    if list_key == RIGHT_NOW and stops_check(answers):
        Attempt.objects.open().filter(**owner.fields).update(
            status=Status.STOPPED, local_date=owner.today, changed_at=now()
        )
    latest = SafetyAnswers.objects.filter(list_key=list_key, **owner.fields).last()
    said = {key: one.value for key, one in answers.items()}
    same = latest and (latest.answers, latest.extras, latest.local_date) == (said, dict(extras), owner.today)
    if (
        same
        and latest
        and not Clearance.objects.filter(person=owner.person, recorded_at__gt=latest.answered_at).exists()
    ):
        return latest
    return SafetyAnswers.objects.create(
        list_key=list_key,
        answers=said,
        extras=dict(extras),
        local_date=owner.today,
        content_version=version(),
        **owner.fields,
    )


@transaction.atomic
def record_visit(*, person: User, causes: Iterable[str], seen_on: date, verdict: Verdict) -> None:
    """ "I have been seen" about some of the open locks: all of them are stored, or none. The same again changes nothing.

    Raises ValueError for a date in the future, NotWaiting when one of them was opened meanwhile in another way.
    """
    if seen_on > today_for(person):
        raise ValueError("seen in the future")
    if connection.features.has_select_for_update:
        User.objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)
    state = state_for(person)
    waiting = {lock.cause for lock in state.locks}
    told: list[str] = []
    for cause in causes:
        known = state.visits.get(cause)
        if known and (known.seen_on, known.verdict) == (seen_on, verdict):
            continue
        if cause not in waiting:
            raise NotWaiting
        told.append(cause)
    recorded_at = now()
    Clearance.objects.bulk_create(
        Clearance(
            person=person,
            cause=cause,
            seen_on=seen_on,
            verdict=verdict,
            recorded_on=today_for(person),
            recorded_at=recorded_at,
        )
        for cause in told
    )


def latest_visit(person: User) -> list[Clearance]:
    """What was told last by "I have been seen": a row for each cause; empty before the first visit."""
    latest = Clearance.objects.filter(person=person).order_by("-recorded_at").values("recorded_at")[:1]
    return list(Clearance.objects.filter(person=person, recorded_at=Subquery(latest)))


def answered_at(person: User, list_key: str) -> datetime | None:
    """When a list was answered last; None if it never was."""
    latest = SafetyAnswers.objects.filter(person=person, list_key=list_key).last()
    return latest.answered_at if latest else None


def safety_state(owner: Owner) -> SafetyState:
    """What everything this owner answered means together: one query, three where something locked."""
    given, cleared, checked, _ = _safety_rows(owner)
    return combined_state(given, cleared, checked)


@dataclass(frozen=True)
class PersonSafety:
    """What a person's answers mean today and over time, and the local date of their latest mirror check."""

    state: SafetyState
    past: SafetyPast
    looked_on: date | None


def person_safety(person: User) -> PersonSafety:
    """Everything training asks of the answers of a person: one query, three where something locked."""
    given, cleared, checked, looked_on = _safety_rows(Owner(person, "", person.time_zone))
    state, past = safety_over_time(given, cleared, checked)
    return PersonSafety(state, past, looked_on)


def _safety_rows(owner: Owner) -> tuple[list[Given], list[Cleared], list[Checked], date | None]:
    """Everything answered, and the local date of the latest finished check.

    Checks are asked for only where one of them ever locked, visits where anything did: else they change nothing.
    """
    checks = Attempt.objects.finished().filter(**owner.fields)
    answers = SafetyAnswers.objects.filter(**owner.fields).annotate(
        looked_on=Subquery(checks.values("local_date")[:1]), check_locks=Exists(checks.locking())
    )
    rows = list(answers)
    given = [row.as_given() for row in rows]
    found = [] if rows and not rows[0].check_locks else list(checks.select_related("second_look"))
    checked = [one for check in found for one in check.as_checks()]
    visits = Clearance.objects.none()
    if owner.person and (ever_locked(given) or any(one.locks for one in checked)):
        visits = Clearance.objects.filter(person=owner.person)
    looked_on = rows[0].looked_on if rows else found[0].local_date if found else None
    return given, [row.as_cleared() for row in visits], checked, looked_on


def state_for(person: User) -> SafetyState:
    """The safety state of a signed-in person."""
    return safety_state(Owner(person, "", person.time_zone))


def latest_check_of(person: User) -> Attempt | None:
    """The latest finished mirror check of a signed-in person."""
    return latest_result(Owner(person, "", person.time_zone))
