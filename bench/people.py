"""People for the benches: trained by the product's own actions, and their past copied.

Needs the settings: django.setup() first.
"""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any


def session_of(client: Any) -> str:
    """The session cookie of a test client that is signed in, as a header holds it."""
    from django.conf import settings  # noqa: PLC0415

    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def train_since(person: Any, begin: date, at_most: int) -> None:
    """A plan from a day on, and every workout of it before today done as asked, up to so many sets."""
    import time_machine  # noqa: PLC0415

    from exercises.models import SetLog  # noqa: PLC0415
    from tests.builders_training import a_running_plan, begun, done_as_shown, lists_answered  # noqa: PLC0415

    noon = datetime(begin.year, begin.month, begin.day, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        plan = a_running_plan(person)
    for days in range((datetime.now(UTC).date() - begin).days):
        if SetLog.objects.filter(person=person).count() >= at_most:
            break
        if (begin + timedelta(days=days)).weekday() in plan.answers["days"]["weekdays"]:
            with time_machine.travel(noon + timedelta(days=days), tick=False):
                if days % 28 > 24:
                    lists_answered(person)
                done_as_shown(begun(person))


def copy_into_the_past(person: Any, *, before: date, sets: int) -> None:
    """So many sets in ended plans of twelve weeks, each a copy of the running one with copies of its first workout."""
    from exercises.models import ExerciseLog, Plan, PlanStatus, SetLog, Workout  # noqa: PLC0415

    running = Plan.objects.get(person=person, status=PlanStatus.ACTIVE)
    model = Workout.objects.filter(person=person).first()
    model_sets, model_logs = list(model.sets.all()), list(model.exercise_logs.all())
    start, missing = before, sets - SetLog.objects.filter(person=person).count()
    while missing > 0:
        start -= timedelta(days=84)
        midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
        plan = Plan.objects.create(
            person=person,
            status=PlanStatus.ENDED,
            answers={
                **running.answers,
                "days": {**running.answers["days"], "start": start.isoformat(), "weekdays": [0, 2, 4]},
            },
            accepted=running.accepted,
            start_date=start,
            made_at=midnight,
            ended_on=start + timedelta(days=83),
            content_version=running.content_version,
        )
        days = [7 * week + day for week in range(12) for day in (0, 2, 4)]
        workouts = Workout.objects.bulk_create(
            Workout(
                person=person,
                plan=plan,
                slot=slot,
                local_date=start + timedelta(days=day),
                prescription=model.prescription,
                started_at=midnight + timedelta(days=day, hours=12),
                finished_at=midnight + timedelta(days=day, hours=13),
            )
            for slot, day in enumerate(days, 1)
        )
        SetLog.objects.bulk_create(
            _copy(row, workout, done_at=workout.started_at) for workout in workouts for row in model_sets
        )
        ExerciseLog.objects.bulk_create(
            _copy(row, workout, logged_at=workout.finished_at) for workout in workouts for row in model_logs
        )
        missing -= len(workouts) * len(model_sets)


def _copy(row: Any, workout: Any, **changed: Any) -> Any:
    """The same row in another workout."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values |= {"id": None, "workout_id": workout.pk, "client_key": uuid.uuid4(), **changed}
    return type(row)(**values)


def answer_through_the_years(person: Any) -> None:
    """The four lists every 28 days and a mirror check every 84, back to the oldest workout."""
    import time_machine  # noqa: PLC0415

    from exercises.models import Workout  # noqa: PLC0415
    from tests.builders_training import a_finished_check, lists_answered  # noqa: PLC0415

    first = Workout.objects.filter(person=person).first().started_at
    for number in range((datetime.now(UTC) - first).days // 28):
        with time_machine.travel(first + timedelta(days=28 * number), tick=False):
            lists_answered(person)
            if number % 3 == 0:
                a_finished_check(person)
