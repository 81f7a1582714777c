"""What is stored of training: the plan, its changes, workouts, sets, and how an exercise went.

The past only: what comes after today is computed (ADR 0002). Rows hold stable keys, never texts.
"""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.clock import now
from exercises.rules.owned import Owned, barbell_loads
from exercises.rules.pace import Pace, Tempo

MAX_REPETITIONS = 200
MAX_HOLD_SECONDS = 600
MAX_LOAD_GRAMS = 300_000
MAX_NOTE = 2_000
MAX_EXERCISE_NOTE = 500


class OwnedEquipment(models.Model):
    """What a person has to train with, as it is now; what a set was done with stands with the set.

    things        keys of equipment
    weight_grams  each kettlebell or dumbbell
    bar_grams     the barbell alone; plate_grams: one plate of each pair
    ankle_grams   each ankle weight, for one leg
    band_colours  {band key: the person's own colour of it}
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="equipment"
    )
    things = models.JSONField(default=list)
    weight_grams = models.JSONField(default=list)
    bar_grams = models.PositiveIntegerField(null=True)
    plate_grams = models.JSONField(default=list)
    ankle_grams = models.JSONField(default=list)
    band_colours = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bar_grams__isnull=True) | Q(bar_grams__lte=MAX_LOAD_GRAMS), name="bar_is_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"equipment {self.pk}"

    @property
    def owned(self) -> Owned:
        """As the rules take it: every load in grams that can be made."""
        loads: dict[str, tuple[int, ...]] = {
            "kettlebell_or_dumbbell": tuple(self.weight_grams),
            "ankle_weight": tuple(self.ankle_grams),
        }
        if self.bar_grams:
            made = barbell_loads(self.bar_grams, self.plate_grams)
            loads["barbell"] = tuple(grams for grams in made if grams <= MAX_LOAD_GRAMS)
        return Owned(
            things=frozenset(self.things),
            load_grams={key: grams for key, grams in loads.items() if grams},
            band_colours=self.band_colours,
        )


class Preference(models.Model):
    """What a person set for an exercise, or for all of them where it names none; what they did not set is empty.

    rest_seconds   between sets; 0: none
    ready_seconds  before a set that the phone counts
    note           for themselves, shown with the exercise the next time
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    exercise = models.CharField(max_length=40, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(null=True)
    ready_seconds = models.PositiveSmallIntegerField(null=True)
    tempo = models.CharField(max_length=6, blank=True, choices=[(one.value, one.value) for one in Tempo])
    note = models.TextField(max_length=MAX_EXERCISE_NOTE, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "exercise", name="one_preference_for_an_exercise"),
            models.CheckConstraint(
                condition=Q(rest_seconds__isnull=True) | Q(rest_seconds=0) | Q(rest_seconds__range=(30, 180)),
                name="rest_is_off_or_possible",
            ),
            models.CheckConstraint(
                condition=Q(ready_seconds__isnull=True) | Q(ready_seconds__range=(3, 15)),
                name="get_ready_is_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"preference {self.pk}"

    @property
    def pace(self) -> Pace:
        """As the rules take it."""
        return Pace(self.rest_seconds, self.ready_seconds, self.tempo)


class PlanStatus(models.TextChoices):
    """A plan is made as a draft, accepted once, and ended once."""

    DRAFT = "draft"
    ACTIVE = "active"
    ENDED = "ended"


class Plan(models.Model):
    """One block of twelve weeks: what was answered when it was made, and the lines that were accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plans")
    status = models.CharField(max_length=8, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    # The answers of the plan's own pages by step; what each means: exercises/forms/plan.py.
    answers = models.JSONField(default=dict)
    # The accepted lines and headings with their reasons as data (exercises/rules/planning.py).
    accepted = models.JSONField(null=True)
    start_date = models.DateField(null=True)
    content_version = models.CharField(max_length=12, blank=True)
    attempt = models.ForeignKey("assessments.Attempt", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=now)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person", condition=Q(status="active"), name="one_active_plan_per_person"
            ),
            models.UniqueConstraint("person", condition=Q(status="draft"), name="one_draft_plan_per_person"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(accepted__isnull=False, start_date__isnull=False),
                name="accepted_plan_has_lines_and_start",
            ),
            models.CheckConstraint(
                condition=Q(status="ended", ended_on__isnull=False)
                | Q(~Q(status="ended"), ended_on__isnull=True),
                name="only_an_ended_plan_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} plan {self.pk}"

    def may_go_on(self, today: date) -> bool:
        """Whether its end can still be undone: on the day on which it ended. Asked of the latest plan only."""
        return self.status == PlanStatus.ENDED and self.ended_on == today


class PlanDecision(models.TextChoices):
    """What a person may decide about a running plan besides its dates (`scheduling.ChangeKind`).

    ADD and REMOVE a line, another RUNG (or load) of one, the answer to a GATE's question, the MINUTES of a
    workout, and that one was SEEN about an exercise on hold.
    """

    ADD = "add"
    REMOVE = "remove"
    RUNG = "rung"
    GATE = "gate"
    MINUTES = "minutes"
    SEEN = "seen"


class PlanChange(models.Model):
    """One change of a plan, never altered: what, and from which local date it counts."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    counts_from = models.DateField()
    details = models.JSONField(default=dict)
    made_on = models.DateField()
    made_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("plan", "number", name="plan_changes_are_numbered"),
            models.CheckConstraint(
                condition=Q(counts_from__gte=models.F("made_on")), name="no_change_of_the_past"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.counts_from}"


class NextMorning(models.TextChoices):
    """How the legs felt on the morning after; not answered counts as usual."""

    AS_USUAL = "as_usual"
    NOT_AS_USUAL = "not_as_usual"


class Workout(models.Model):
    """A begun workout with the prescription it was begun with."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="workouts")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.CASCADE, related_name="workouts")
    slot = models.PositiveIntegerField(null=True)
    local_date = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    prescription = models.JSONField()
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    next_morning = models.CharField(max_length=12, blank=True, choices=NextMorning.choices)
    note = models.TextField(max_length=MAX_NOTE, blank=True)

    class Meta:
        ordering = ["local_date", "number"]
        constraints = [
            models.UniqueConstraint("person", "local_date", "number", name="workouts_of_a_day_are_numbered"),
            models.UniqueConstraint(
                "plan", "slot", condition=Q(slot__isnull=False), name="a_slot_is_done_once"
            ),
        ]

    def __str__(self) -> str:
        return f"workout of {self.local_date}"


class RemovedWorkout(models.Model):
    """The number of a workout that was removed: a set that arrives late for it lands in no other."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    local_date = models.DateField()
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "local_date", "number", name="a_workout_is_removed_once"),
        ]

    def __str__(self) -> str:
        return f"removed workout of {self.local_date}"


class LoggedSide(models.TextChoices):
    """The moving leg, or the direction of a banded walk; `both` where the sides work together."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class SetLog(models.Model):
    """One set as it was done."""

    workout = models.ForeignKey(Workout, on_delete=models.CASCADE, related_name="sets")
    # Also on the row itself, so that a resend is recognised whatever workout it names.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    exercise = models.CharField(max_length=40)
    rung = models.CharField(max_length=40)
    side = models.CharField(max_length=5, choices=LoggedSide.choices)
    set_number = models.PositiveSmallIntegerField()
    repetitions = models.PositiveSmallIntegerField()
    hold_seconds = models.PositiveSmallIntegerField(default=0)
    load_grams = models.PositiveIntegerField(null=True)
    band = models.CharField(max_length=20, blank=True)
    client_key = models.UUIDField()
    revision = models.PositiveSmallIntegerField(default=1)
    done_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["exercise", "side", "set_number"]
        constraints = [
            models.UniqueConstraint("workout", "exercise", "side", "set_number", name="one_set_in_one_place"),
            models.UniqueConstraint("person", "client_key", name="one_write_is_stored_once"),
            models.CheckConstraint(
                condition=Q(repetitions__lte=MAX_REPETITIONS), name="repetitions_are_possible"
            ),
            models.CheckConstraint(condition=Q(hold_seconds__lte=MAX_HOLD_SECONDS), name="hold_is_possible"),
            models.CheckConstraint(
                condition=Q(load_grams__isnull=True) | Q(load_grams__lte=MAX_LOAD_GRAMS),
                name="load_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(set_number__gte=1, set_number__lte=20), name="set_number_is_possible"
            ),
            models.CheckConstraint(condition=Q(side__in=["left", "right", "both"]), name="set_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} {self.side} set {self.set_number}: {self.repetitions}"


class RemovedSet(models.Model):
    """The key of a write that was taken away, changed, or told the same as a stored set: late, it stores nothing."""

    workout = models.ForeignKey(Workout, on_delete=models.CASCADE, related_name="+")
    client_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint("workout", "client_key", name="a_set_is_taken_away_once"),
        ]

    def __str__(self) -> str:
        return f"removed set {self.client_key}"


class EffortKey(models.TextChoices):
    """How many repetitions were left: 4 or more, 2 or 3, 1, none (facts F7)."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"
    NOTHING_LEFT = "nothing_left"


class ExerciseLog(models.Model):
    """How one exercise went on one side, asked once after its last set."""

    workout = models.ForeignKey(Workout, on_delete=models.CASCADE, related_name="exercise_logs")
    exercise = models.CharField(max_length=40)
    side = models.CharField(max_length=5, choices=LoggedSide.choices)
    effort = models.CharField(max_length=12, choices=EffortKey.choices, blank=True)
    went_cleanly = models.BooleanField(null=True)
    pain = models.PositiveSmallIntegerField(null=True)
    # "This hurts: stop this exercise": counts as the strictest pain, whatever number is given.
    stopped = models.BooleanField(default=False)
    revision = models.PositiveSmallIntegerField(default=1)
    client_key = models.UUIDField(default=uuid.uuid4)
    logged_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint("workout", "exercise", "side", name="one_log_per_exercise_and_side"),
            models.CheckConstraint(condition=Q(pain__isnull=True) | Q(pain__lte=10), name="pain_is_0_to_10"),
            models.CheckConstraint(condition=Q(side__in=["left", "right", "both"]), name="log_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} {self.side}: {self.effort}, pain {self.pain}"

    @property
    def says_nothing(self) -> bool:
        """Whether it only tells that the exercise was left out: any answer takes its place."""
        return not self.effort and self.pain is None and not self.stopped
