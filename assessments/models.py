"""What is stored of checks and safety answers. Rows hold stable keys, never texts."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.clock import local_date_of, now, today_in
from assessments.rules.counting import MOST, Counted
from assessments.rules.questionnaire import PAIN, PAIN_THAT_STOPS, SIDES, UNSURE, Answers, questionnaire
from assessments.rules.rest import right_now_holds
from assessments.rules.safety import AnsweredList, Cleared, Verdict, said_as_stored
from assessments.rules.scoring import Result
from assessments.rules.second_look import FinishedLook

GUEST_ROWS_EXPIRE_AFTER = timedelta(days=14)


def _one_owner(name: str) -> models.CheckConstraint:
    """A row belongs to a person or to a guest's token, never to both or none."""
    return models.CheckConstraint(
        condition=Q(person__isnull=False, guest_token_hash="")
        | Q(~Q(guest_token_hash=""), person__isnull=True),
        name=name,
    )


class Status(models.TextChoices):
    """An attempt is opened once and ends once; a finished one whose place a corrected one took stays as CORRECTED."""

    OPEN = "open"
    FINISHED = "finished"
    CORRECTED = "corrected"
    STOPPED = "stopped"
    ABANDONED = "abandoned"


class AttemptKind(models.TextChoices):
    """What kind of self-check an attempt is."""

    MIRROR = "mirror"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Many attempts."""

    def open(self) -> "AttemptQuerySet":
        """Those still being answered."""
        return self.filter(status=Status.OPEN)

    def finished(self) -> "AttemptQuerySet":
        """Those whose result stands, the latest first."""
        return self.filter(status=Status.FINISHED).order_by("-finished_at")

    def locking(self) -> "AttemptQuerySet":
        """Those in whose result a rule asks the person to be seen; a second look may add such rules and never removes one."""
        return self.exclude(result__sides__left__locks=[], result__sides__right__locks=[])

    def stopped_by_pain(self) -> "AttemptQuerySet":
        """Those that ended because it hurt."""
        return self.filter(**{f"answers__{PAIN}__value": PAIN_THAT_STOPS})

    def expired_guests(self) -> "AttemptQuerySet":
        """Those of guests who did not come back in time."""
        return self.filter(person=None, changed_at__lt=now() - GUEST_ROWS_EXPIRE_AFTER)


class Attempt(models.Model):
    """One go at the mirror check, of a person or a guest.

    result  frozen when the check is finished: rules, remarks, comparison by key (`scoring.Result`)
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="attempts"
    )
    guest_token_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    kind = models.CharField(max_length=10, choices=AttemptKind.choices, default=AttemptKind.MIRROR)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    answers = models.JSONField(default=dict)
    # The local date on which the list "right now" was answered and nothing on it stopped the check.
    may_stand_on = models.DateField(null=True)
    agreed_at = models.DateTimeField()
    agreement_version = models.CharField(max_length=20)
    content_version = models.CharField(max_length=12)
    time_zone = models.CharField(max_length=64)
    local_date = models.DateField()
    started_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            _one_owner("attempt_has_one_owner"),
            models.UniqueConstraint(
                "person",
                "kind",
                condition=Q(status="open", person__isnull=False),
                name="one_open_attempt_per_person",
            ),
            models.UniqueConstraint(
                "guest_token_hash",
                "kind",
                condition=Q(status="open") & ~Q(guest_token_hash=""),
                name="one_open_attempt_per_guest",
            ),
            models.CheckConstraint(
                condition=Q(status="finished", result__isnull=False, finished_at__isnull=False)
                | ~Q(status="finished"),
                name="finished_attempt_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=False, finished_at__isnull=False) | ~Q(status="corrected"),
                name="corrected_attempt_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} check of {self.local_date}"

    @property
    def outcome(self) -> Result | None:
        """What was found, once finished."""
        return Result.from_json(self.result) if self.result else None

    def seen(self, question: str, side: str) -> str | None:
        """The answer to a question on one side; None when it was not asked or not sure."""
        value = self.answers.get(question, {}).get(side)
        return None if value == UNSURE else value

    def answer_in_words(self, question: str, side: str) -> str:
        """One answer in words; empty when the question left the content."""
        known = questionnaire().questions.get(question)
        return known.label_of(self.seen(question, side)) if known else ""

    def in_words(self, side: str) -> list[tuple[str, str]]:
        """What was asked and answered on one side, as (question, answer) in words; and what everybody is asked by now."""
        return [
            (question.summary, question.label_of(self.answers.get(question.key, {}).get(side)))
            for question in questionnaire().asked_or_missed(self.answers)
            if question.sided and (side in self.answers.get(question.key, {}) or not question.asked_if)
        ]

    @property
    def looked_twice(self) -> bool:
        """Whether a second look is finished."""
        look = getattr(self, "second_look", None)
        return look is not None and look.finished_at is not None

    @property
    def corrected_from(self) -> "Attempt | None":
        """The finished check that this one corrects, or has corrected."""
        correction: Correction | None = getattr(self, "correction", None)
        return correction.first if correction else None

    def earlier_forms(self) -> list["Attempt"]:
        """This check as it was before each correction, the latest form first."""
        forms: list[Attempt] = []
        form = self.corrected_from
        # An import may hold two that correct each other.
        while form is not None and form not in forms:
            forms.append(form)
            form = form.corrected_from
        return forms

    def corrects(self, pk: uuid.UUID | None) -> bool:
        """Whether this check took the place of that one."""
        return any(form.pk == pk for form in self.earlier_forms())

    @property
    def has_expired(self) -> bool:
        """Whether it is of a guest who did not come back in time."""
        return self.person_id is None and now() - self.changed_at > GUEST_ROWS_EXPIRE_AFTER

    @property
    def may_stand_today(self) -> bool:
        """Whether "right now" was answered today and nothing on it stopped the check."""
        return right_now_holds(self.may_stand_on, today_in(self.time_zone))

    def finished_looks(self) -> list[FinishedLook]:
        """What this finished check found, followed by what its second look found, if that is finished.

        Raises ValueError for a check that is not finished.
        """
        if self.outcome is None or self.finished_at is None:
            raise ValueError("only a finished check has found anything")
        look: SecondLook | None = getattr(self, "second_look", None)
        if look is None or look.finished_at is None:
            return [self._finished_look(self.finished_at, self.answers, self.outcome)]
        first = Result.from_json(look.first_result)
        return [
            self._finished_look(self.finished_at, look.first_answers, first),
            self._finished_look(look.finished_at, self.answers, self.outcome),
        ]

    def _finished_look(self, at: datetime, answers: Answers, result: Result) -> FinishedLook:
        return FinishedLook(local_date_of(at, self.time_zone), at, answers, result)


class SecondLook(models.Model):
    """The same items, looked at again; only for the first check of a person or guest.

    What both looks agree on stands; where they differ a third look decides. Once it is finished, the check holds
    the answers and the result that stand, and this row keeps what the first look alone said.

    second, third  answers, question -> side -> value
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="second_look")
    first_answers = models.JSONField()
    first_result = models.JSONField()
    second = models.JSONField(default=dict)
    third = models.JSONField(default=dict)
    content_version = models.CharField(max_length=12)
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"second look of {self.attempt_id}"


class Correction(models.Model):
    """A slip in a finished check is being mended, or has been: then the corrected check stands in the place of the first.

    first    the check with the slip; it keeps its result, and stands until the corrected one is finished
    attempt  the copy that is corrected
    """

    first = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="corrected_by")
    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="correction")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("attempt")), name="correction_is_of_another_attempt")
        ]

    def __str__(self) -> str:
        return f"correction of {self.first_id}"


class SafetyAnswers(models.Model):
    """One safety list as it was answered."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="safety_answers"
    )
    guest_token_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    list_key = models.CharField(max_length=20)
    answers = models.JSONField()
    extras = models.JSONField(default=dict)
    local_date = models.DateField()
    answered_at = models.DateTimeField(default=now)
    content_version = models.CharField(max_length=12)

    class Meta:
        ordering = ["answered_at"]
        constraints = [_one_owner("safety_answers_have_one_owner")]

    def __str__(self) -> str:
        return f"{self.list_key} of {self.local_date}"

    def as_answered_list(self) -> AnsweredList:
        """The list as the safety rules take it."""
        answers: dict[str, Any] = self.answers
        return AnsweredList(
            list_key=self.list_key,
            on=self.local_date,
            at=self.answered_at,
            answers={key: said_as_stored(said) for key, said in answers.items()},
            extras=self.extras,
        )


class Clearance(models.Model):
    """ "I have been seen" for one cause, and what was said."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="clearances")
    cause = models.CharField(max_length=10)
    seen_on = models.DateField()
    verdict = models.CharField(max_length=12)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=[one.value for one in Verdict]), name="verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause}: {self.verdict}"

    def as_cleared(self) -> Cleared:
        """The clearance as the safety rules take it."""
        return Cleared(
            cause=self.cause,
            on=self.recorded_on,
            at=self.recorded_at,
            seen_on=self.seen_on,
            verdict=Verdict(self.verdict),
        )


def _value_in_range() -> Q:
    """Each check has its own unit and limit; a check that is not known fits none."""
    known = Q()
    for check, most in MOST.items():
        known |= Q(check_key=check, value__range=(0, most))
    return known


class CountQuerySet(models.QuerySet["Count"]):
    """Many counts."""

    def of(self, person: Any, check_key: str) -> list[Counted]:
        """What a person counted in one check, oldest first."""
        rows = self.filter(person=person, check_key=check_key).order_by("local_date", "side")
        return [row.as_counted() for row in rows]


class Count(models.Model):
    """One side of a countable check on one day.

    attempt  the mirror check it goes with, the latest at that time; the count outlives it
    value    the number that counts, seconds or repetitions; of several `tries` the best
    stopped  it ended because it hurt
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="counts")
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="counts")
    check_key = models.CharField(max_length=20)  # `check` is a method of every model
    side = models.CharField(max_length=5)
    value = models.PositiveSmallIntegerField()
    tries = models.JSONField(default=list)
    stopped = models.BooleanField(default=False)
    local_date = models.DateField()
    content_version = models.CharField(max_length=12)
    recorded_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    objects = CountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "check_key", "side", "local_date"], name="one_count_a_side_and_day"
            ),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="count_is_of_a_side"),
            models.CheckConstraint(condition=_value_in_range(), name="count_is_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.check_key} {self.side} of {self.local_date}"

    def as_counted(self) -> Counted:
        """The row as the rules take it."""
        return Counted(self.local_date, self.side, self.value, self.stopped)
