"""A person's rows, read and put together as the page for a clinician: as many queries for one day as for years."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q

from accounts.clock import today_for
from accounts.models import User
from assessments.models import Attempt
from assessments.rows import Owner, PersonSafety, looks_of, person_safety, safety_rows
from exercises.models import ExerciseLog, NextMorning, Plan, PlanStatus, Preference, SetLog, Workout
from exercises.rows import idiom_of
from exercises.rows_progress import recent_progress
from exercises.rules.catalogue import catalogue
from exercises.rules.numbers import rule_numbers
from exercises.rules.slots import WEEKDAY_NAMES
from exercises.rules.wording import listed
from exercises.training import Training, training_of, training_with
from hipfeet.owndata.clinician.seen import CountedDays, SeenAtMirror, counted_days, seen_at_mirror
from hipfeet.owndata.clinician.told import SafetyTold, ToldSafety, told_safety
from hipfeet.owndata.clinician.trained import (
    Adherence,
    PainTold,
    PlanInShort,
    PrescribedNow,
    SetOnADay,
    TrainedExercise,
    TrainingTold,
    adherence,
    trained_exercises,
)
from hipfeet.owndata.clinician.words import ShortDates

WEEKS = 12
MOST_LINES, FEWEST_NOTES, MOST_OF_A_NOTE = 8, 3, 130
"""Safety answers and notes share so many lines of the sheet; a note is cut to so many characters."""

LINES_IN_LARGE = 28
"""So many lines of tables and notes fit one sheet in the larger size."""


@dataclass(frozen=True)
class NotesInShort:
    """The latest notes, (about what, text), each cut to what has room; `more` are left out."""

    notes: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True)
class Workouts:
    """All workouts there ever were.

    sore  after how many the next morning was not as usual, and after which last
    """

    count: int
    first: date | None
    latest: date | None
    sore: int
    sore_after: date | None


@dataclass(frozen=True)
class ClinicianSummary:
    """Everything on the page; what there is nothing of is None or empty.

    name, notes  None where the person does not want them on it
    """

    on: date
    dates: ShortDates
    name: str | None
    seen: SeenAtMirror | None
    counted: list[CountedDays]
    safety: ToldSafety
    plan: PlanInShort | None
    adherence: Adherence
    workouts: Workouts
    exercises: list[TrainedExercise]
    notes: NotesInShort | None

    @property
    def is_short(self) -> bool:
        """Whether one sheet holds it in a larger size."""
        lines = [2 * len(self.safety.causes), len(self.notes.notes) if self.notes else 0]
        lines += [len(self.seen.items) if self.seen else 0, *(len(one.days) for one in self.counted)]
        lines += [max(2, len(one.pain)) for one in self.exercises]
        return sum(lines) <= LINES_IN_LARGE


def clinician_summary(person: User, *, with_name: bool, with_notes: bool) -> ClinicianSummary:
    """The page of a person, as it is today."""
    dates = ShortDates(today_for(person))
    checks = list(Attempt.objects.finished().filter(person=person).select_related("second_look"))[::-1]
    standing = [check.finished_looks()[-1] for check in checks]
    first = checks[0] if checks and checks[0].looked_twice else None
    rows = safety_rows(Owner.of(person))
    known = person_safety(person, rows)
    training = training_of(person, known) or _last_training(person, known)
    progress = recent_progress(person, WEEKS, known)
    told = _training_told(person, training)
    safety = told_safety(
        SafetyTold(rows.given, standing, rows.cleared, known.state, known.past),
        dates,
        most=MOST_LINES - (FEWEST_NOTES if with_notes else 0),
    )
    return ClinicianSummary(
        on=dates.today,
        dates=dates,
        name=person.name if with_name else None,
        seen=seen_at_mirror(
            standing,
            looks_of(first) if first else None,
            first.finished_looks()[-1].on if first else None,
            dates,
        ),
        counted=counted_days(progress.counts),
        safety=safety,
        plan=_plan_in_short(training) if training else None,
        adherence=adherence(progress.weeks),
        workouts=_workouts(person),
        exercises=trained_exercises(told, dates),
        notes=_notes(person, dates, MOST_LINES - len(safety.causes)) if with_notes else None,
    )


def _last_training(person: User, known: PersonSafety) -> Training | None:
    ended = Plan.objects.filter(person=person, status=PlanStatus.ENDED).select_related("attempt")
    plan = ended.order_by("ended_on", "made_at").last()
    return training_with(plan, person, known) if plan else None


def _plan_in_short(training: Training) -> PlanInShort:
    plan, schedule, today = training.plan, training.schedule, training.today
    until = plan.ended_on or (schedule.end if training.is_over else None)
    state = "on hold" if training.state.is_locked else "paused" if schedule.is_paused(today) else ""
    answers = plan.answers["time"]
    return PlanInShort(
        since=schedule.start,
        until=until,
        week=schedule.plan_week(today),
        weeks=rule_numbers().schedule.weeks,
        state="" if until else state,
        weekdays=listed([WEEKDAY_NAMES[day] for day in schedule.weekdays_on(until or today)]),
        minutes=training.minutes,
        over_65=answers["over_65"],
        trained=answers["trained"],
    )


def _training_told(person: User, training: Training | None) -> TrainingTold:
    """What is prescribed now, while a plan runs, and what was done of each exercise."""
    now: dict[str, PrescribedNow] = {}
    if training and training.plan.status == PlanStatus.ACTIVE:
        for line in training.lines_on(training.today):
            target = training.target(line)
            now[line.exercise] = PrescribedNow(target.standing, target.on_hold, target.available)
    return TrainingTold(now, _latest_sets(person), _pain_of(person), idiom_of(person))


def _latest_sets(person: User) -> list[SetOnADay]:
    """The sets of the latest day of each exercise."""
    days = SetLog.objects.filter(person=person).order_by().values("exercise")
    wanted = Q(pk__in=[])
    for row in days.annotate(latest=Max("workout__local_date")):
        wanted |= Q(exercise=row["exercise"], workout__local_date=row["latest"])
    rows = SetLog.objects.filter(wanted, person=person).select_related("workout")
    return [
        SetOnADay(
            on=row.workout.local_date,
            exercise=row.exercise,
            side=row.side,
            rung=row.rung,
            repetitions=row.repetitions,
            hold_seconds=row.hold_seconds,
            load_grams=row.load_grams,
            band=row.band,
        )
        for row in rows.order_by("workout__local_date", "workout__number", "exercise", "side", "set_number")
    ]


def _pain_of(person: User) -> list[PainTold]:
    """Every answer about pain, those that are alike put together by the database."""
    rows = (
        ExerciseLog.objects.filter(Q(pain__isnull=False) | Q(stopped=True), workout__person=person)
        .order_by()
        .values("exercise", "side", "pain", "stopped")
        .annotate(times=Count("pk"), last_on=Max("workout__local_date"))
    )
    return [PainTold(**row) for row in rows]


def _workouts(person: User) -> Workouts:
    sore = Q(next_morning=NextMorning.NOT_AS_USUAL)
    found = Workout.objects.filter(person=person).aggregate(
        count=Count("pk"),
        first=Min("local_date"),
        latest=Max("local_date"),
        sore=Count("pk", filter=sore),
        sore_after=Max("local_date", filter=sore),
    )
    return Workouts(**found)


def _notes(person: User, dates: ShortDates, room: int) -> NotesInShort:
    """The notes about workouts, the latest first, then those about exercises."""
    known = catalogue().exercises
    about_exercises = [
        (known[row.exercise].field_name, row.note)
        for row in Preference.objects.filter(person=person).exclude(note="").order_by("exercise")
        if row.exercise in known
    ]
    workouts = Workout.objects.filter(person=person).exclude(note="").order_by("-local_date", "-number")
    total = workouts.count() + len(about_exercises)
    about_workouts = [(dates.day(row.local_date), row.note) for row in workouts[:room]]
    shown = [*about_workouts, *about_exercises][:room]
    return NotesInShort(tuple((about, _cut(note)) for about, note in shown), more=total - len(shown))


def _cut(note: str) -> str:
    text = " ".join(note.split())
    return text if len(text) <= MOST_OF_A_NOTE else f"{text[: MOST_OF_A_NOTE - 1].rstrip()}…"
