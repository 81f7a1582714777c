"""A person's rows as progress takes them: the latest weeks, one month, or the whole history of one exercise.

The number of queries is the same however much was logged. Sets come put together by the database: one row a workout,
exercise and side; in a history, before the last year, only those of each month's last workout.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, F, Max, Min, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject, Left

from accounts.clock import today_for
from accounts.models import User, WeightUnit
from assessments.models import Attempt
from assessments.models import Count as CountRow
from assessments.rows import PersonSafety, person_safety
from assessments.rules.counting import CountedDay, by_day, counting
from exercises.models import ExerciseLog, Plan, PlanChange, PlanStatus, SetLog, Workout
from exercises.rows import ANSWER_ROWS, SET_ROWS, log_of, schedule_of
from exercises.rules.begun import never_before_the_log
from exercises.rules.idiom import Idiom
from exercises.rules.progress.courses import Asked, Course, Pain, SideDone, courses_of
from exercises.rules.progress.milestones import Before, Trained
from exercises.rules.progress.months import last_day_of
from exercises.rules.progress.weeks import (
    WEEK,
    PlanDates,
    WeekDone,
    not_done,
    weeks_of,
    without_empty_start,
)
from exercises.rules.slots import DateChangeKind, SlotState, first_day_of_week
from exercises.rules.values import Dose, Ref, WorkoutLog


@dataclass(frozen=True)
class Progress:
    """What was done in the latest weeks.

    since      the first day of the time shown, always a week's first day
    weeks      calendar weeks: what was planned and done
    not_done   the dates of planned workouts that were missed or skipped in them
    trained    the workouts of this time and of the plans in it, the oldest first
    before     how many workouts there were before those, and the date of the latest
    chosen     (date, number) of training days a week
    first_check, last_check  {"pk", "on"} of the first and the latest mirror check, where there are two
    """

    today: date
    idiom: Idiom
    week_start: int
    running: Plan | None
    since: date
    weeks: list[WeekDone]
    not_done: list[date]
    trained: list[Trained]
    before: Before
    courses: list[Course]
    chosen: list[tuple[date, int]]
    counts: list[tuple[Any, list[CountedDay]]]
    first_check: dict[str, str] | None
    last_check: dict[str, str] | None

    @property
    def latest(self) -> date | None:
        """The date of the latest workout there was."""
        return self.trained[-1].on if self.trained else self.before.latest


def recent_progress(person: User, weeks: int, safety: PersonSafety | None = None) -> Progress:
    """The latest calendar weeks, the running one included, from the first in which anything was planned or done.

    safety  what the person's answers mean, where a page has read them already
    """
    today = today_for(person)
    start = first_day_of_week(today, person.week_start) - (weeks - 1) * WEEK
    plans, changes, from_ = _plans_since(start, person)
    workouts, before = _workouts_from(from_, person)
    shown = [row for row in workouts if row.local_date >= start]
    today = never_before_the_log(today, (row.local_date for row in workouts))
    blocks = _dates_of(safety or person_safety(person), plans, changes, workouts)
    extra = [row.local_date for row in shown if row.slot is None]
    counted = weeks_of(blocks, extra, first_day=start, today=today)
    known = without_empty_start(counted) or counted[-1:]
    running = next((plan for plan in plans if plan.status == PlanStatus.ACTIVE), None)
    return Progress(
        today=today,
        since=known[0].first_day,
        weeks=known,
        not_done=[
            day
            for day, state in not_done(blocks, first_day=start, last_day=today, today=today).items()
            if state in {SlotState.MISSED, SlotState.SKIPPED}
        ],
        trained=[Trained(row.local_date, row.slot is not None) for row in workouts],
        before=before,
        courses=courses_in(shown),
        running=running,
        chosen=_chosen(plans, changes),
        **_around(person, plans),
    )


def _plans_since(day: date, person: User) -> tuple[list[Plan], list[PlanChange], date]:
    """The plans that ran on a day or since, their changes of dates, and the day from which their workouts count."""
    plans = list(_plans(person).filter(Q(status=PlanStatus.ACTIVE) | Q(ended_on__gte=day)))
    changes = PlanChange.objects.filter(plan__in=plans, kind__in=DateChangeKind)
    starts = [plan.start_date for plan in plans if plan.start_date]
    return plans, list(changes.order_by("made_at", "number")), min([day, *starts])


def _dates_of(
    safety: PersonSafety, plans: Iterable[Plan], changes: Sequence[PlanChange], workouts: Sequence[Workout]
) -> list[PlanDates]:
    """The dates of plans, with the days on which a safety lock was open."""
    locks = safety.past.locks
    return [PlanDates(schedule_of(plan, changes, workouts, locks), plan.ended_on) for plan in plans]


def _workouts_from(day: date, person: User) -> tuple[list[Workout], Before]:
    """The workouts from a day on, the oldest first, and what was before them."""
    earlier = Workout.objects.filter(person=person, local_date__lt=day).order_by()
    in_all = earlier.values("person").annotate(how_many=Count("pk"), latest=Max("local_date"))
    told = in_all.values_list(JSONObject(how_many="how_many", latest="latest"), flat=True)
    rows: list[Workout] = list(
        Workout.objects.filter(person=person, local_date__gte=day)
        .annotate(before=Subquery(told))
        .order_by("local_date", "number")
    )
    found = vars(rows[0])["before"] if rows else next(iter(told), None)
    return rows, Before(found["how_many"], date.fromisoformat(found["latest"])) if found else Before()


def courses_in(workouts: Sequence[Workout]) -> list[Course]:
    """Every exercise over these workouts."""
    return courses_of(_sides_of(workouts), _asked_of(workouts))


def _sides_of(workouts: Sequence[Workout]) -> list[SideDone]:
    """What was done in these workouts: one row a workout, exercise and side."""
    when = {row.pk: (row.local_date, row.number) for row in workouts}
    rows = _by_side(SetLog.objects.filter(workout__in=list(when)))
    return [_side_done(row, *when[row["workout_id"]]) for row in rows]


def _by_side(sets: QuerySet[SetLog]) -> Any:
    """Sets put together by workout, exercise and side: the fewest repetitions and the least weight count."""
    return (
        sets.order_by()
        .values("workout_id", "exercise", "side")
        .annotate(
            of_rung=Max("rung"),
            fewest=Min("repetitions"),
            how_many=Count("pk"),
            hold=Max("hold_seconds"),
            least=Min("load_grams"),
            with_band=Max("band"),
        )
    )


def _side_done(row: dict[str, Any], on: date, number: int) -> SideDone:
    return SideDone(
        on=on,
        number=number,
        exercise=row["exercise"],
        side=row["side"],
        rung=row["of_rung"],
        repetitions=row["fewest"],
        sets=row["how_many"],
        hold_seconds=row["hold"],
        load_grams=row["least"],
        band=row["with_band"],
    )


def _asked_of(workouts: Iterable[Workout]) -> list[Asked]:
    """What the prescriptions of these workouts showed."""
    return [
        Asked(
            on=row.local_date,
            number=row.number,
            exercise=line["exercise"],
            dose=Dose.from_json(line["prescribed"]["shown"]),
            lighter=row.prescription["lighter"],
        )
        for row in workouts
        if row.plan_id
        for line in row.prescription["lines"]
    ]


# --- one exercise ------------------------------------------------------------------------------

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ExerciseHistory:
    """One exercise since its first workout.

    course      every workout of its last year and of the year shown, and the last one of each month before; what was
                asked is known of the year shown, and of it also where nothing was done
    whole_from  the day from which every workout is in it
    years       those with workouts of it, the latest first
    """

    course: Course
    whole_from: date
    pain: Pain | None
    years: list[int]
    year: int


def exercise_history(person: User, exercise: str, year: int | None = None) -> ExerciseHistory | None:
    """The whole history of an exercise; None where it was never done.

    year  of the workouts whose numbers are shown; None: the latest
    """
    day = "workout__local_date"
    sets = SetLog.objects.filter(workout__person=person, exercise=exercise)
    latest = sets.aggregate(latest=Max(day))["latest"]
    if latest is None:
        return None
    year, whole_from = latest.year if year is None else year, latest - YEAR
    by_month = sets.filter(workout__local_date__lt=whole_from).order_by().values(month=_month_of(day))
    shown = sets.filter(
        Q(workout__local_date__gte=whole_from)
        | Q(workout__local_date__year=year)
        | Q(workout__local_date__in=by_month.annotate(last=Max(day)).values("last"))
    )
    is_lighter = Count("pk", filter=Q(workout__prescription__lighter=True))
    rows = _by_side(shown).annotate(on=F(day), of_day=F("workout__number"), lighter=is_lighter)
    done = list(rows.order_by("on", "of_day"))
    workouts = Workout.objects.filter(person=person, local_date__year=year)
    asked = [one for one in _asked_of(workouts) if one.exercise == exercise]
    (course,) = courses_of([_side_done(row, row["on"], row["of_day"]) for row in done], asked)
    lighter = {(row["on"], row["of_day"]) for row in done if row["lighter"]}
    points = tuple(
        replace(one, lighter=one.lighter or (one.on, one.number) in lighter) for one in course.points
    )
    return ExerciseHistory(
        course=replace(course, points=points),
        whole_from=whole_from,
        pain=_pain_of(person, exercise),
        years=sorted({row["on"].year for row in done}, reverse=True),
        year=year,
    )


def _month_of(day: str) -> Left:
    """The month of a date column as text, 2026-11: Django's own would be Python on SQLite, called for every row."""
    return Left(Cast(day, CharField()), 7)


def _pain_of(person: User, exercise: str) -> Pain | None:
    """Pain in an exercise since its first workout; None where there was none."""
    hurts = Q(pain__gt=0) | Q(stopped=True)
    told = ExerciseLog.objects.filter(Q(pain__isnull=False) | Q(stopped=True), workout__person=person)
    row = told.filter(exercise=exercise).aggregate(
        logs=Count("workout", distinct=True),
        hurt=Count("workout", distinct=True, filter=Q(pain__gt=0)),
        worst=Max("pain"),
        stops=Count("workout", distinct=True, filter=Q(stopped=True)),
        last=Max("workout__local_date", filter=hurts),
    )
    return (
        Pain(row["logs"], row["hurt"], row["worst"] or 0, row["stops"], row["last"]) if row["last"] else None
    )


# --- one month ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class WorkoutMonth:
    """The workouts of one month.

    month       its first day
    workouts    the latest first, with what was logged
    unfinished  those of them that were not ended
    slots       where the slots stand that no workout took
    months      {first day: how many workouts} of every month that has one, the oldest first
    running     whether a plan runs
    """

    today: date
    month: date
    workouts: list[WorkoutLog]
    unfinished: set[Ref]
    slots: dict[date, SlotState]
    months: dict[date, int]
    running: bool


def month_of_workouts(person: User, month: date | None = None) -> WorkoutMonth | None:
    """A month; None where there never was a workout.

    month  its first day; None: the latest with a workout
    """
    rows = Workout.objects.filter(person=person).order_by().values(month=_month_of("local_date"))
    counted = rows.annotate(how_many=Count("pk")).order_by("month").values_list("month", "how_many")
    months = {date.fromisoformat(f"{name}-01"): how_many for name, how_many in counted}
    if not months:
        return None
    month = month or max(months)
    last_day = last_day_of(month)
    plans, changes, from_ = _plans_since(month, person)
    # A workout may take a slot from earlier in its week.
    until = first_day_of_week(last_day, person.week_start) + WEEK
    workouts = list(
        Workout.objects.filter(person=person, local_date__range=(from_, until))
        .annotate(set_rows=SET_ROWS, answer_rows=ANSWER_ROWS)
        .order_by("local_date", "number")
    )
    today = never_before_the_log(today_for(person), (row.local_date for row in workouts))
    blocks = _dates_of(person_safety(person), plans, changes, workouts)
    shown = [row for row in reversed(workouts) if month <= row.local_date <= last_day]
    return WorkoutMonth(
        today=today,
        month=month,
        workouts=[log_of(row) for row in shown],
        unfinished={(row.local_date, row.number) for row in shown if row.finished_at is None},
        slots=not_done(blocks, first_day=month, last_day=last_day, today=today),
        months=months,
        running=any(plan.status == PlanStatus.ACTIVE for plan in plans),
    )


# --- around it --------------------------------------------------------------------------------------


def _plans(person: User) -> QuerySet[Plan]:
    """Accepted plans, the oldest first, with what the page needs besides."""
    checks = Attempt.objects.finished().filter(person=person).order_by("finished_at")
    found = checks.values(found=JSONObject(pk="pk", on="local_date"))
    return (
        Plan.objects.filter(person=person)
        .exclude(status=PlanStatus.DRAFT)
        .defer("accepted")
        .annotate(
            band_colours=F("person__equipment__band_colours"),
            first_check=Subquery(found[:1]),
            last_check=Subquery(found.reverse()[:1]),
        )
        .order_by("start_date", "made_at")
    )


def _chosen(plans: Sequence[Plan], changes: Sequence[PlanChange]) -> list[tuple[date, int]]:
    """How many training days a week were chosen, and from when."""
    made = [(plan.start_date, len(plan.answers["days"]["weekdays"])) for plan in plans if plan.start_date]
    changed = [
        (change.counts_from, len(change.details["weekdays"]))
        for change in changes
        if change.kind == DateChangeKind.WEEKDAYS
    ]
    return sorted([*made, *changed], key=lambda one: one[0])


def _around(person: User, plans: Sequence[Plan]) -> dict[str, Any]:
    """What does not depend on the time shown: how numbers are read, counted checks, mirror checks."""
    colours = (getattr(plans[0], "band_colours", None) if plans else None) or {}
    rows = list(CountRow.objects.filter(person=person).order_by("local_date", "side"))
    counts = [
        (check, days)
        for check in counting().checks.values()
        if (days := by_day(row.as_counted() for row in rows if row.check_key == check.key))
    ]
    first = getattr(plans[0], "first_check", None) if plans else None
    last = getattr(plans[0], "last_check", None) if plans else None
    two = first and last and first["pk"] != last["pk"]
    return {
        "week_start": person.week_start,
        "idiom": Idiom(pounds=person.weight_unit == WeightUnit.POUNDS, band_colours=colours),
        "counts": counts,
        "first_check": first if two else None,
        "last_check": last if two else None,
    }
