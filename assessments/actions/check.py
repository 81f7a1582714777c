"""Answering the mirror check, and looking a second time."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts.clock import now, today_in
from assessments.actions.safety import record_safety_list
from assessments.models import Attempt, AttemptKind, Correction, SecondLook, Status
from assessments.rows import Owner, looks_of, may_correct, may_look_again
from assessments.rules.correcting import lowers_pain, place_of_both
from assessments.rules.questionnaire import PAIN, Answers, pain_that_stops, questionnaire, version
from assessments.rules.safety import Said, stops_check
from assessments.rules.safety_content import RIGHT_NOW
from assessments.rules.scoring import Result, evaluate
from assessments.rules.second_look import Looks, LookStep, settled


class AttemptClosed(Exception):  # noqa: N818  (reads as what happened)
    """The attempt has been finished, stopped or abandoned in the meantime; nothing was changed."""


@transaction.atomic
def start(*, owner: Owner) -> Attempt:
    """The open attempt, a new one if there is none; starting twice gives the same. A correction is left as it was."""
    corrections = Attempt.objects.open().filter(correction__isnull=False, **owner.fields)
    corrections.update(status=Status.ABANDONED, changed_at=now())
    attempt, _ = Attempt.objects.get_or_create(
        kind=AttemptKind.MIRROR,
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
    """The attempt as it is now, locked against other writers; raises AttemptClosed when it is over."""
    # Not its key: a plan that points here may be stored at the same time.
    fresh = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if fresh.status != Status.OPEN:
        raise AttemptClosed
    return fresh


@transaction.atomic
def pass_right_now(*, attempt: Attempt, owner: Owner, answers: Mapping[str, Said]) -> Attempt:
    """Store the list "right now". An answer that stops the check ends the attempt; the answers are kept."""
    attempt = _locked(attempt)
    record_safety_list(owner=owner, list_key=RIGHT_NOW, answers=answers, extras={})
    attempt.refresh_from_db()
    if attempt.status == Status.OPEN:
        attempt.may_stand_on = owner.today
        attempt.changed_at = now()
        attempt.save(update_fields=["may_stand_on", "changed_at"])
    return attempt


@transaction.atomic
def answer(*, attempt: Attempt, given: Answers) -> Attempt:
    """Store the answers of one page, and drop those whose branch they close."""
    attempt = _locked(attempt)
    attempt.answers = questionnaire().kept({**attempt.answers, **given})
    attempt.changed_at = now()
    attempt.save(update_fields=["answers", "changed_at"])
    return attempt


@transaction.atomic
def stop_for_pain(*, attempt: Attempt, where: str) -> Attempt:
    """ "This hurts: stop": ends with the outcome for pain and keeps the answers."""
    if first := attempt.corrected_from:
        where = place_of_both(first.answers, where)
    attempt = answer(attempt=attempt, given={PAIN: pain_that_stops(where)})
    return _finished(attempt, evaluate(attempt.answers))


@transaction.atomic
def finish(*, attempt: Attempt) -> Attempt:
    """Freeze the result; finishing twice gives the same. A correction that changed nothing leaves the check as it was.

    Raises AttemptClosed for one that was stopped or abandoned, ValueError while a question is open.
    """
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if attempt.status == Status.FINISHED:
        return attempt
    if attempt.status != Status.OPEN:
        raise AttemptClosed
    if questionnaire().first_unanswered(attempt.answers):
        raise ValueError("a question is still open")
    if (first := attempt.corrected_from) and first.answers == attempt.answers:
        attempt.delete()
        return first
    return _finished(attempt, evaluate(attempt.answers))


def _finished(attempt: Attempt, result: Result) -> Attempt:
    if first := attempt.corrected_from:
        _make_way(first, attempt.answers)
    attempt.result = {**result.as_json(), "content_version": version()}
    attempt.status = Status.FINISHED
    attempt.finished_at = attempt.changed_at = now()
    attempt.local_date = today_in(attempt.time_zone)
    attempt.save()
    return attempt


COPIED = ("person", "guest_token_hash", "kind", "answers", "may_stand_on", "agreed_at", "agreement_version")
"""What the correction of a check begins with."""


@transaction.atomic
def start_correction(*, attempt: Attempt) -> Attempt:
    """An open copy of a finished check, to mend a slip in; starting twice gives the same.

    Raises AttemptClosed for one that may not be corrected.
    """
    first = _correctable(attempt)
    known = Correction.objects.filter(first=first).select_related("attempt").first()
    if known and known.attempt.status == Status.OPEN:
        return known.attempt
    if known:
        known.delete()
    copy = Attempt(
        **{name: getattr(first, name) for name in COPIED},
        content_version=version(),
        time_zone=first.time_zone,
        local_date=first.local_date,
    )
    try:
        with transaction.atomic():
            copy.save()
    except IntegrityError:  # another check was begun at the same moment
        raise AttemptClosed from None
    Correction.objects.create(first=first, attempt=copy)
    return copy


@transaction.atomic
def leave_correction(*, attempt: Attempt) -> None:
    """Forget a correction that is not finished; the check stays as it was. Raises AttemptClosed for anything else."""
    attempt = _locked(attempt)
    if attempt.corrected_from is None:
        raise AttemptClosed
    attempt.delete()


def _correctable(attempt: Attempt) -> Attempt:
    """A finished check as it is now, locked against other writers; raises AttemptClosed when it may not be corrected."""
    first = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if not may_correct(first):
        raise AttemptClosed
    return first


def _make_way(first: Attempt, corrected: Answers) -> None:
    """Let a corrected check take the place of the first. Raises AttemptClosed when it may not, or says that less hurt."""
    first = _correctable(first)
    if lowers_pain(first.answers, corrected):
        raise AttemptClosed
    first.status, first.changed_at = Status.CORRECTED, now()
    first.save(update_fields=["status", "changed_at"])


@transaction.atomic
def remove_check(*, attempt: Attempt) -> None:
    """Delete a check with every earlier form of it, and a correction of it that is open."""
    forms = [attempt, *attempt.earlier_forms(), *Attempt.objects.filter(correction__first=attempt)]
    Attempt.objects.filter(pk__in=[form.pk for form in forms]).delete()


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
    """Store the list "right now" before a second look; whether the person may stand at the mirror today."""
    record_safety_list(owner=owner, list_key=RIGHT_NOW, answers=answers, extras={})
    if stops_check(answers):
        return False
    attempt.may_stand_on = owner.today
    attempt.changed_at = now()
    attempt.save(update_fields=["may_stand_on", "changed_at"])
    return True


@transaction.atomic
def answer_again(*, attempt: Attempt, step: LookStep, given: Mapping[str, str]) -> Attempt:
    """Store one answer of a second or third look; the last one settles the result.

    Raises AttemptClosed when the looks are over.
    """
    attempt, look = _looking(attempt)
    looks = looks_of(attempt).with_answer(step, dict(given))
    look.second, look.third = looks.second, looks.third
    look.save()
    return _settled(attempt, look, looks) if looks.is_done() else _touched(attempt)


@transaction.atomic
def stop_second_look(*, attempt: Attempt, where: str) -> Attempt:
    """ "This hurts: stop" during a second look: what was seen stands, and the pain counts as it would in the first."""
    attempt, look = _looking(attempt)
    return _settled(attempt, look, looks_of(attempt).stopped_by_pain(where))


def _looking(attempt: Attempt) -> tuple[Attempt, SecondLook]:
    """Both rows as they are now; raises AttemptClosed when the look is over or a later check is finished."""
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


def _settled(attempt: Attempt, look: SecondLook, looks: Looks) -> Attempt:
    """Write what stands after the looks into the check; the look's row keeps what the first look said."""
    answers, result = settled(looks, Result.from_json(look.first_result))
    look.finished_at = attempt.changed_at = now()
    look.save()
    attempt.answers = answers
    attempt.result = {**result.as_json(), "content_version": version()}
    attempt.save()
    return attempt
