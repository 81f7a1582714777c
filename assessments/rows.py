"""Rows as the rules take them: who answered what. Reads only; nothing here decides anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Exists, QuerySet, Subquery

from accounts.clock import today_in
from accounts.models import User
from assessments.models import Attempt, AttemptKind, Clearance, Count, SafetyAnswers
from assessments.rules.questionnaire import PAIN
from assessments.rules.safety import (
    AnsweredList,
    Checked,
    Cleared,
    SafetyPast,
    SafetyState,
    ever_locked,
    safety_over_time,
    stops_check,
)
from assessments.rules.safety import safety_state as combined_state
from assessments.rules.second_look import Looks


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


def open_attempt(owner: Owner | None) -> Attempt | None:
    """The attempt that is being answered."""
    if owner is None:
        return None
    return Attempt.objects.open().filter(kind=AttemptKind.MIRROR, **owner.fields).first()


class Rest(StrEnum):
    """Why nobody should stand at the mirror again today; it can begin again on the next local date."""

    TOLD = "told"
    HURT = "hurt"


def rest_today(owner: Owner | None) -> Rest | None:
    """Why there is no check or second look today: an answer that stops it, or pain at the mirror. None if there is."""
    if owner is None:
        return None
    told = SafetyAnswers.objects.filter(local_date=owner.today, **owner.fields)
    hurt = _that_hurt(Attempt.objects.finished().filter(**owner.fields)).select_related("second_look")
    return _rest([row.as_given() for row in told], hurt, owner.today)


def _that_hurt(checks: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return checks.filter(**{f"answers__{PAIN}__value": "stop"})


def _rest(given: Iterable[AnsweredList], checks: Iterable[Attempt], today: date) -> Rest | None:
    """Why there is no check today, from answers and checks of any day."""
    if any(one.on == today and stops_check(one.answers) for one in given):
        return Rest.TOLD
    # A flight west must not bring the same day once more.
    if any(on and on >= today for on in (check.hurt_on for check in checks)):
        return Rest.HURT
    return None


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


def latest_result(owner: Owner | None) -> Attempt | None:
    """The latest finished mirror check, with its second look at hand."""
    if owner is None:
        return None
    return Attempt.objects.finished().filter(**owner.fields).select_related("second_look").first()


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
    rows = _safety_rows(owner)
    return combined_state(rows.given, rows.cleared, rows.checked)


@dataclass(frozen=True)
class PersonSafety:
    """What a person's answers mean today and over time, and the local date of their latest mirror check.

    rest         why nobody should stand at the mirror today
    has_counted  whether there is a number of a countable check to ask for
    """

    state: SafetyState
    past: SafetyPast
    looked_on: date | None
    rest: Rest | None
    has_counted: bool


def person_safety(person: User) -> PersonSafety:
    """Everything training asks of the answers of a person: one query, three where something locked."""
    owner = Owner(person, "", person.time_zone)
    rows = _safety_rows(owner)
    state, past = safety_over_time(rows.given, rows.cleared, rows.checked)
    rest = _rest(rows.given, rows.checks, owner.today)
    return PersonSafety(state, past, rows.looked_on, rest, rows.has_counted)


class _SafetyRows(NamedTuple):
    """Everything answered; `checks` are empty where they change nothing."""

    given: list[AnsweredList]
    cleared: list[Cleared]
    checks: list[Attempt]
    checked: list[Checked]
    looked_on: date | None
    has_counted: bool


def _safety_rows(owner: Owner) -> _SafetyRows:
    """Everything answered, and the local date of the latest finished check.

    Checks are asked for only where one of them ever locked or hurt, visits where anything locked: else they
    change nothing.
    """
    checks = Attempt.objects.finished().filter(**owner.fields)
    answers = SafetyAnswers.objects.filter(**owner.fields).annotate(
        looked_on=Subquery(checks.values("local_date")[:1]),
        check_counts=Exists(checks.locking() | _that_hurt(checks)),
        has_counted=Exists(Count.objects.filter(person=owner.person)),
    )
    rows = list(answers)
    given = [row.as_given() for row in rows]
    found = [] if rows and not rows[0].check_counts else list(checks.select_related("second_look"))
    checked = [one for check in found for one in check.as_checks()]
    visits = Clearance.objects.none()
    if owner.person and (ever_locked(given) or any(one.locks for one in checked)):
        visits = Clearance.objects.filter(person=owner.person)
    looked_on = rows[0].looked_on if rows else found[0].local_date if found else None
    has_counted = rows[0].has_counted if rows else True
    return _SafetyRows(given, [row.as_cleared() for row in visits], found, checked, looked_on, has_counted)


def state_for(person: User) -> SafetyState:
    """The safety state of a signed-in person."""
    return safety_state(Owner(person, "", person.time_zone))


def latest_check_of(person: User) -> Attempt | None:
    """The latest finished mirror check of a signed-in person."""
    return latest_result(Owner(person, "", person.time_zone))
