"""Safety lists as they were answered, and "I have been seen"."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection, transaction

from accounts.clock import now, today_for
from accounts.models import User
from assessments.models import Attempt, Clearance, SafetyAnswers, Status
from assessments.rows import Owner, state_for
from assessments.rules.questionnaire import version
from assessments.rules.safety import Said, Verdict, stops_check
from assessments.rules.safety_content import RIGHT_NOW


class NotWaiting(Exception):  # noqa: N818
    """A lock has been opened in another way in the meantime; nothing was stored."""


@transaction.atomic
def record_safety_list(
    *, owner: Owner, list_key: str, answers: Mapping[str, Said], extras: Mapping[str, str]
) -> SafetyAnswers:
    """Store one list as it was answered, with the date and the content version; a double tap gives the same row.

    An answer that stops the check ends an open one at once, wherever the list was asked.
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
    """ "I have been seen" about some of the open locks: all are stored, or none. Sending the same again changes nothing.

    Raises ValueError for a date in the future, NotWaiting when one of them has been opened in another way in the meantime.
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
