"""A person's rows as progress takes them: some weeks row by row, or everything put together by the database.

The number of queries is the same however much was logged. Some weeks read the rows of those weeks and of the
plans in them; everything reads one row a week, exercise and side, and before the last year one a month.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    Func,
    Max,
    Min,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import JSONObject

from accounts.clock import today_for
from accounts.models import User, WeightUnit
from assessments.models import Attempt
from assessments.models import Count as CountRow
from assessments.rows import person_safety
from assessments.rules.counting import CountedDay, by_day, counting
from exercises.models import ExerciseLog, Plan, PlanChange, PlanStatus, SetLog, Workout
from exercises.rows import rows_of, schedule_of
from exercises.rules.begun import never_before_the_log
from exercises.rules.idiom import Idiom
from exercises.rules.progress.courses import Asked, Course, Pain, SideDone, courses_of, last_of_each_week
from exercises.rules.progress.weeks import (
    WEEK,
    Begun,
    Month,
    PlanDates,
    WeekDone,
    begun_weeks,
    months_before,
    only_done,
    weeks_of,
    weeks_shown_from,
    without_empty_start,
)
from exercises.rules.slots import DateChangeKind, first_day_of_week
from exercises.rules.values import Dose


@dataclass(frozen=True)
class Progress:
    """What was done in some time.

    first_workout  the date of the first ever
    since          the first day of the time shown, always a week's first day
    weeks, begun   calendar weeks: what was planned and done; those with workouts
    months         what lies before these weeks, where it is shown by month
    weekly         every exercise with one point a week; `courses` may have one a workout
    chosen         (date, number) of training days a week
    first_check, last_check  {"pk", "on"} of the first and the latest mirror check, where there are two
    """

    today: date
    idiom: Idiom
    week_start: int
    first_workout: date | None
    running: Plan | None
    plan_week: int | None
    since: date
    weeks: list[WeekDone]
    months: list[Month]
    begun: list[Begun]
    courses: list[Course]
    weekly: list[Course]
    pain: dict[str, Pain]
    chosen: list[tuple[date, int]]
    counts: list[tuple[Any, list[CountedDay]]]
    first_check: dict[str, str] | None
    last_check: dict[str, str] | None

    @property
    def by_week_from(self) -> date:
        """The first day that is not shown by month."""
        return self.weeks[0].first_day if self.months and self.weeks else self.since

    @property
    def is_whole(self) -> bool:
        """Whether the time shown holds every workout there was."""
        return self.first_workout is not None and self.first_workout >= self.since


# --- some weeks --------------------------------------------------------------------------------


def recent_progress(person: User, weeks: int, *, by_workout: bool) -> Progress:
    """The latest calendar weeks, the running one included.

    by_workout  one point a workout, else one a week
    """
    today = today_for(person)
    plans = _plans(person)
    start = first_day_of_week(today, person.week_start) - (weeks - 1) * WEEK
    inside = list(plans.filter(Q(status=PlanStatus.ACTIVE) | Q(ended_on__gte=start)))
    changes = list(
        PlanChange.objects.filter(plan__in=inside, kind__in=DateChangeKind).order_by("made_at", "number")
    )
    from_ = min([start, *(plan.start_date for plan in inside if plan.start_date)])
    workouts = list(
        Workout.objects.filter(person=person, local_date__gte=from_).annotate(
            first_ever=Subquery(_first_workout(person)),
            answer_rows=rows_of(ExerciseLog, "exercise", "pain", "stopped"),
        )
    )
    shown = [row for row in workouts if row.local_date >= start]
    today = never_before_the_log(today, (row.local_date for row in workouts))
    locks = person_safety(person).past.locks
    blocks = [PlanDates(schedule_of(plan, changes, workouts, locks), plan.ended_on) for plan in inside]
    counted = weeks_of(
        blocks, [row.local_date for row in shown if row.slot is None], first_day=start, today=today
    )
    running = next((plan for plan in inside if plan.status == PlanStatus.ACTIVE), None)
    courses = courses_of(_sides_of(shown), _asked_of(shown))
    weekly = [last_of_each_week(course, person.week_start) for course in courses]
    known = without_empty_start(counted) or counted[-1:]
    first = workouts[0].first_ever if workouts else _first_workout(person).first()
    plan_week = next(
        (b.schedule.plan_week(today) for b, plan in zip(blocks, inside, strict=True) if plan is running), None
    )
    return Progress(
        today=today,
        since=start if first and first < start else known[0].first_day,
        weeks=counted if first and first < start else known,
        months=[],
        begun=begun_weeks(((row.local_date, row.slot is not None) for row in shown), person.week_start),
        courses=courses if by_workout else weekly,
        weekly=weekly,
        pain=_pain_in(shown),
        first_workout=first,
        running=running,
        plan_week=plan_week,
        chosen=_chosen(inside, changes),
        **_around(person, inside),
    )


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


def _asked_of(workouts: Sequence[Workout]) -> list[Asked]:
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
        for line in row.prescription["lines"]
    ]


def _pain_in(workouts: Sequence[Workout]) -> dict[str, Pain]:
    """{exercise: pain} where there was any, from the answers read with these workouts."""
    told: dict[str, dict[int, tuple[int, bool]]] = {}
    for number, row in enumerate(workouts):
        for exercise, pain, stopped in vars(row)["answer_rows"] or ():
            if pain is None and not stopped:
                continue  # left out
            worst, stop = told.setdefault(exercise, {}).get(number, (0, False))
            told[exercise][number] = (max(worst, pain or 0), stop or bool(stopped))
    return {
        exercise: Pain(
            logs=len(said),
            hurt=sum(worst > 0 for worst, _ in said.values()),
            worst=max(worst for worst, _ in said.values()),
            stopped=sum(stop for _, stop in said.values()),
            last=max(workouts[number].local_date for number, one in said.items() if any(one)),
        )
        for exercise, said in told.items()
        if any(any(one) for one in said.values())
    }


# --- everything --------------------------------------------------------------------------------


def whole_progress(person: User) -> Progress:
    """Everything since the first workout: what was done, not what was planned; by week, before the last year by month."""
    plans = list(_plans(person))
    changes = list(
        PlanChange.objects.filter(plan__in=plans, kind=DateChangeKind.WEEKDAYS).order_by("made_at", "number")
    )
    begun = _begun_of(person)
    today = never_before_the_log(today_for(person), (week.last for week in begun))
    weeks_from = weeks_shown_from(today, person.week_start)
    courses = courses_of(_last_of_periods(person, weeks_from))
    return Progress(
        today=today,
        since=begun[0].first_day if begun else first_day_of_week(today, person.week_start),
        weeks=only_done(begun, person.week_start, today, since=weeks_from),
        months=months_before(begun, person.week_start, weeks_from),
        begun=begun,
        courses=courses,
        weekly=courses,
        pain=_pain_of(person),
        first_workout=begun[0].first if begun else None,
        running=next((plan for plan in plans if plan.status == PlanStatus.ACTIVE), None),
        plan_week=None,
        chosen=_chosen(plans, changes),
        **_around(person, plans),
    )


class WeekOf(Func):
    """The first day of the calendar week of a date column.

    What Django brings for this is Python on SQLite, called for each of 50,000 rows; here the database does it itself.
    """

    output_field = DateField()

    def __init__(self, day: str, week_start: int) -> None:
        super().__init__(F(day))
        self.week_start = int(week_start)

    def as_sqlite(self, compiler: Any, connection: Any, form: str = "%%Y-%%m-%%d", **_: Any) -> Any:  # noqa: ARG002  (Django calls it so)
        """A modifier "weekday 1" goes on to the next Monday, unless it is one."""
        day, params = compiler.compile(self.source_expressions[0])
        return f"strftime('{form}', {day}, '-6 days', 'weekday {(self.week_start + 1) % 7}')", params

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:  # noqa: ARG002  (Django calls it so)
        """Days since the week began are taken away."""
        day, params = compiler.compile(self.source_expressions[0])
        return f"({day} - (EXTRACT(ISODOW FROM {day})::int + 6 - {self.week_start}) %% 7)", [*params, *params]


class MonthOf(WeekOf):
    """The month in which the calendar week of a date column began, as its first day."""

    def as_sqlite(self, compiler: Any, connection: Any, form: str = "%%Y-%%m-01", **_: Any) -> Any:
        """As text, as SQLite keeps dates."""
        return super().as_sqlite(compiler, connection, form)

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        """As a date."""
        week, params = super().as_postgresql(compiler, connection)
        return f"DATE_TRUNC('month', {week})::date", params


def _begun_of(person: User) -> list[Begun]:
    """One row a week with workouts."""
    rows = (
        Workout.objects.filter(person=person)
        .order_by()
        .values(week=WeekOf("local_date", person.week_start))
        .annotate(begun=Count("pk"), in_places=Count("slot"), first=Min("local_date"), last=Max("local_date"))
        .order_by("first")
    )
    return [
        Begun(
            first_day_of_week(row["first"], person.week_start),
            row["begun"],
            row["in_places"],
            row["first"],
            row["last"],
        )
        for row in rows
    ]


def _last_of_periods(person: User, weeks_from: date) -> list[SideDone]:
    """One row a week (before these weeks: a month), exercise and side: its last workout in which it was done.

    The database finds the last days from indexes alone; only the sets of those days are read and put together.
    """
    day = "workout__local_date"
    period = Case(
        When(workout__local_date__gte=weeks_from, then=WeekOf(day, person.week_start)),
        default=MonthOf(day, person.week_start),
    )
    sets = SetLog.objects.filter(workout__person=person)
    by_period = sets.order_by().values("exercise", "side", period=period)
    last_days = by_period.annotate(last=Max(day)).values("last")
    rows = _by_side(sets.filter(workout__local_date__in=last_days)).annotate(
        period=period, on=F(day), number=F("workout__number")
    )
    last = {(row["exercise"], row["side"], row["period"]): row for row in rows.order_by("on", "number")}
    return [_side_done(row, row["on"], row["number"]) for _, row in sorted(last.items())]


def _pain_of(person: User) -> dict[str, Pain]:
    """{exercise: pain} where there was any: one row an exercise."""
    hurts = Q(pain__gt=0) | Q(stopped=True)
    rows = (
        ExerciseLog.objects.filter(Q(pain__isnull=False) | Q(stopped=True), workout__person=person)
        .order_by()
        .values("exercise")
        .annotate(
            logs=Count("workout", distinct=True),
            hurt=Count("workout", distinct=True, filter=Q(pain__gt=0)),
            worst=Max("pain"),
            stops=Count("workout", distinct=True, filter=Q(stopped=True)),
            last=Max("workout__local_date", filter=hurts),
        )
        .filter(last__isnull=False)
    )
    return {
        row["exercise"]: Pain(row["logs"], row["hurt"], row["worst"] or 0, row["stops"], row["last"])
        for row in rows
    }


# --- both --------------------------------------------------------------------------------------


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


def _first_workout(person: User) -> QuerySet[Workout, date]:
    return (
        Workout.objects.filter(person=person)
        .order_by("local_date", "number")
        .values_list("local_date", flat=True)[:1]
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
