"""Rows as the rules take them: who answered what. Reads only; nothing here decides anything."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, Subquery

from accounts.clock import now, today_for, today_in
from accounts.models import User
from assessments.models import (
    GUEST_ROWS_EXPIRE_AFTER,
    Attempt,
    AttemptKind,
    Clearance,
    Count,
    SafetyAnswers,
    SecondLook,
    Status,
)
from assessments.rules import second_look
from assessments.rules.correcting import may_be_corrected
from assessments.rules.counting import CountedDay, ReasonNotToCount, by_day, counting, why_not
from assessments.rules.drawn import Stage, side_by_side
from assessments.rules.rest import Rest, rest_on
from assessments.rules.safety import AnsweredList, Checked, Cleared, SafetyState, ever_locked
from assessments.rules.safety import safety_state as combined_state
from assessments.rules.safety_past import SafetyPast, safety_over_time
from assessments.rules.second_look import Looks, checks_of, hurt_on
from assessments.rules.then_and_now import Compared, compare


def hash_of_token(token: str) -> str:
    """What is stored of a guest's token, so that nobody who reads the database can pass for the guest."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Owner:
    """Who answers: a signed-in person, or a guest by the hash of their token."""

    person: User | None
    guest_token_hash: str
    time_zone: str

    @classmethod
    def of(cls, person: User) -> Self:
        """A signed-in person."""
        return cls(person, "", person.time_zone)

    @classmethod
    def of_guest(cls, token: str, time_zone: str) -> Self:
        """The guest with this token."""
        return cls(None, hash_of_token(token), time_zone)

    @property
    def fields(self) -> dict[str, Any]:
        """What their rows are found and made by."""
        return {"person": self.person, "guest_token_hash": self.guest_token_hash}

    @property
    def today(self) -> date:
        """Their local date."""
        return today_in(self.time_zone)


@dataclass(frozen=True)
class AnsweredOn:
    """When somebody answered what, and not a word of what they answered.

    finished  days of the checks that ended with a result or were stopped, the latest first
    begun     the day of the check that is open
    listed    the latest day on which a safety list was answered
    """

    finished: list[date]
    begun: date | None
    listed: date | None

    @property
    def is_empty(self) -> bool:
        """Whether they have answered nothing."""
        return not (self.finished or self.begun or self.listed)


def answered_on(owner: Owner) -> AnsweredOn:
    """When a person, or a guest whose 14 days are not over, answered what."""
    checks = Attempt.objects.filter(**owner.fields).order_by("-local_date")
    if owner.person is None:
        checks = checks.filter(changed_at__gte=now() - GUEST_ROWS_EXPIRE_AFTER)
    ended = checks.filter(status__in=(Status.FINISHED, Status.STOPPED))
    lists = SafetyAnswers.objects.filter(**owner.fields, answered_at__gte=now() - GUEST_ROWS_EXPIRE_AFTER)
    return AnsweredOn(
        finished=list(ended.values_list("local_date", flat=True)),
        begun=checks.open().values_list("local_date", flat=True).first(),
        listed=lists.order_by("-local_date").values_list("local_date", flat=True).first(),
    )


def open_attempt(owner: Owner | None) -> Attempt | None:
    """The attempt that is being answered, a check or the correction of one; a correction that comes too late is none."""
    if owner is None:
        return None
    found = Attempt.objects.open().filter(kind=AttemptKind.MIRROR, **owner.fields)
    attempt = found.select_related("correction__first").first()
    first = attempt.corrected_from if attempt else None
    return None if first and not may_correct(first) else attempt


def may_correct(check: Attempt) -> bool:
    """Whether a slip in this finished check may be mended now: one query, on its own day only."""
    own = Attempt.objects.filter(person=check.person_id, guest_token_hash=check.guest_token_hash)
    standing = own.finished().annotate(
        is_built_on=Exists(SecondLook.objects.filter(attempt=check))
        | Exists(Count.objects.filter(attempt=check))
        | Exists(own.open().exclude(correction__first=check))
    )
    return may_be_corrected(
        check.answers,
        on=check.local_date,
        today=today_in(check.time_zone),
        stands=lambda: standing.values_list("pk", "is_built_on").first() == (check.pk, False),
    )


def rest_today(owner: Owner | None) -> Rest | None:
    """Why there is no check or second look today; None if there is."""
    if owner is None:
        return None
    told = SafetyAnswers.objects.filter(local_date=owner.today, **owner.fields)
    if rest := rest_on(owner.today, told=[row.as_answered_list().answers for row in told], hurt_on=[]):
        return rest
    hurt = Attempt.objects.finished().filter(**owner.fields).stopped_by_pain().select_related("second_look")
    return rest_on(owner.today, told=[], hurt_on=[hurt_on(check.finished_looks()) for check in hurt])


def first_check(owner: Owner | None) -> Attempt | None:
    """The first finished check, with its second look at hand."""
    if owner is None:
        return None
    return Attempt.objects.finished().filter(**owner.fields).select_related("second_look").last()


def may_look_again(attempt: Attempt) -> bool:
    """Whether there can be a second look of this finished check."""
    own = Attempt.objects.finished().filter(
        person=attempt.person_id, guest_token_hash=attempt.guest_token_hash
    )
    return second_look.may_look_again(
        looks_of(attempt),
        attempt.finished_looks(),
        is_only_check=not own.exclude(pk=attempt.pk).exists(),
    )


def is_looking_again(attempt: Attempt) -> bool:
    """Whether a second look was begun and can go on."""
    return hasattr(attempt, "second_look") and may_look_again(attempt)


def looks_of(attempt: Attempt) -> Looks:
    """What the looks of a check said so far."""
    look = getattr(attempt, "second_look", None)
    if look is None:
        return Looks(first=attempt.answers, second={}, third={})
    return Looks(first=look.first_answers, second=look.second, third=look.third)


def numbered_in_their_days(checks: Iterable[Attempt]) -> dict[UUID, int]:
    """Which check of its day each of these finished checks is, counted from 1; those alone on theirs are left out."""
    days: dict[date, list[UUID]] = {}
    for check in sorted(checks, key=lambda check: check.finished_at or check.started_at):
        days.setdefault(check.local_date, []).append(check.pk)
    return {pk: number for day in days.values() if len(day) > 1 for number, pk in enumerate(day, start=1)}


def number_in_its_day(check: Attempt) -> int | None:
    """Which check of its day a finished check is; None when it is the only one."""
    same_day = Attempt.objects.finished().filter(
        person=check.person_id, guest_token_hash=check.guest_token_hash, local_date=check.local_date
    )
    return numbered_in_their_days(same_day).get(check.pk)


def finished_checks(person: User) -> list[Attempt]:
    """The finished checks of a person, the latest first, each with its second look at hand."""
    return list(Attempt.objects.finished().filter(person=person).select_related("second_look"))


CheckPicture = tuple[Attempt, int | None, Stage]
"""A check, which one of its day it was if there were several, and how it is drawn."""


def pictures_of(own: Sequence[Attempt], drawn: Iterable[tuple[Attempt, Stage | None]]) -> list[CheckPicture]:
    """Those of a person's checks that can be drawn; `own` are all of them."""
    numbers = numbered_in_their_days(own)
    return [(check, numbers.get(check.pk), stage) for check, stage in drawn if stage]


def two_checks(own: Sequence[Attempt], then: Attempt, now: Attempt) -> tuple[Compared, list[CheckPicture]]:
    """Two of a person's checks set side by side, the earlier one first.

    own  all of them, the latest first (`finished_checks`)
    """
    compared = compare(then.answers, now.answers, looks_of(own[-1]) if own[-1].looked_twice else None)
    stages = side_by_side(then.answers, now.answers, compared.differing)
    return compared, pictures_of(own, zip((then, now), stages, strict=True))


def latest_result(owner: Owner | None) -> Attempt | None:
    """The latest finished mirror check, with its second look and its correction at hand."""
    if owner is None:
        return None
    own = Attempt.objects.finished().filter(**owner.fields)
    return own.select_related("second_look", "correction__first").first()


def latest_visit(person: User) -> list[Clearance]:
    """What was told last by "I have been seen": a row for each cause; empty before the first visit."""
    latest = Clearance.objects.filter(person=person).order_by("-recorded_at").values("recorded_at")[:1]
    return list(Clearance.objects.filter(person=person, recorded_at=Subquery(latest)))


def safety_state(owner: Owner) -> SafetyState:
    """What everything this owner answered means together: one query, three where something locked."""
    rows = safety_rows(owner)
    return combined_state(rows.given, rows.cleared, rows.checked)


def state_and_rest(owner: Owner) -> tuple[SafetyState, Rest | None]:
    """`safety_state` and `rest_today`, from the same rows."""
    rows = safety_rows(owner)
    return combined_state(rows.given, rows.cleared, rows.checked), _rest_from(rows, owner.today)


def _rest_from(rows: "SafetyRows", today: date) -> Rest | None:
    told = [one.answers for one in rows.given if one.on == today]
    return rest_on(today, told=told, hurt_on=rows.hurt_on)


@dataclass(frozen=True)
class PersonSafety:
    """What a person's answers mean today and over time.

    looked_on    the local date of their latest mirror check
    rest         why there is no check today; None if there is (`rest_today`)
    has_counted  whether they ever did a countable check
    """

    state: SafetyState
    past: SafetyPast
    looked_on: date | None
    rest: Rest | None
    has_counted: bool


def person_safety(person: User, rows: "SafetyRows | None" = None) -> PersonSafety:
    """Everything that training needs from a person's answers: one query, three where something locked.

    rows  their `safety_rows`, where a page has read them already
    """
    owner = Owner.of(person)
    rows = rows or safety_rows(owner)
    state, past = safety_over_time(rows.given, rows.cleared, rows.checked)
    return PersonSafety(state, past, rows.looked_on, _rest_from(rows, owner.today), rows.has_counted)


@dataclass(frozen=True)
class SafetyRows:
    """What a person or guest told and found that is about safety, as the rules take it."""

    given: list[AnsweredList]
    cleared: list[Cleared]
    checked: list[Checked]
    hurt_on: list[date | None]
    looked_on: date | None
    has_counted: bool


def safety_rows(owner: Owner) -> SafetyRows:
    """Everything answered, and the local date of the latest finished check.

    Checks are read only if one of them ever locked (one that ended because it hurt does), and visits only if anything
    did: otherwise they change nothing.
    """
    checks = Attempt.objects.finished().filter(**owner.fields)
    answers = SafetyAnswers.objects.filter(**owner.fields).annotate(
        looked_on=Subquery(checks.values("local_date")[:1]),
        check_locks=Exists(checks.locking()),
        has_counted=Exists(Count.objects.filter(person=owner.person)),
    )
    rows = list(answers)
    given = [row.as_answered_list() for row in rows]
    found = [] if rows and not rows[0].check_locks else list(checks.select_related("second_look"))
    looks = [check.finished_looks() for check in found]
    checked = [one for look in looks for one in checks_of(look)]
    visits = Clearance.objects.none()
    if owner.person and (ever_locked(given) or any(one.locks for one in checked)):
        visits = Clearance.objects.filter(person=owner.person)
    looked_on = rows[0].looked_on if rows else found[0].local_date if found else None
    return SafetyRows(
        given=given,
        cleared=[row.as_cleared() for row in visits],
        checked=checked,
        hurt_on=[hurt_on(look) for look in looks],
        looked_on=looked_on,
        has_counted=rows[0].has_counted if rows else True,
    )


def state_for(person: User) -> SafetyState:
    """The safety state of a signed-in person."""
    return safety_state(Owner.of(person))


def latest_check_of(person: User) -> Attempt | None:
    """The latest finished mirror check of a signed-in person."""
    return latest_result(Owner.of(person))


@dataclass(frozen=True)
class CountingLeave:
    """Whether a person may count today.

    attempt  the mirror check that counts go with
    reason   why not now; None when they may
    """

    attempt: Attempt | None
    reason: ReasonNotToCount | None


def counting_leave(person: User, state: SafetyState | None = None) -> CountingLeave:
    """Whether a person may count today: four queries.

    state  what everything they answered means, where a page knows it already
    """
    attempt = latest_check_of(person)
    key = why_not(state or state_for(person), attempt.outcome if attempt else None, today_for(person))
    return CountingLeave(attempt, counting().reason(key) if key else None)


def days_of(person: User, check_key: str) -> list[CountedDay]:
    """Everything a person counted in one check, by day, oldest first: one query."""
    return by_day(Count.objects.of(person, check_key))


def written_today(person: User, check_key: str) -> dict[str, Count]:
    """Today's rows of one check by side."""
    rows = Count.objects.filter(person=person, check_key=check_key, local_date=today_for(person))
    return {row.side: row for row in rows}
