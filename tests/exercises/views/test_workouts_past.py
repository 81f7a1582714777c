"""Past workouts: a month as a calendar, and its workouts in a line each."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User, WeekStart
from exercises.actions.plan import change_plan, end_plan
from exercises.models import Plan, SetLog, Workout
from exercises.rules.slots import DateChangeKind
from exercises.training import training_of
from tests.builders_training import (
    MONDAY,
    MONDAY_NOON,
    a_running_plan,
    a_set,
    answered,
    begun,
    done_as_shown,
    noon,
    signed_in_as,
    text,
    went,
)
from tests.html import squeezed

pytestmark = pytest.mark.usefixtures("clock")


def page(person: User, month: str = "") -> str:
    """The words of the page of a month, 2026-10."""
    response = signed_in_as(person).get("/workouts/", {"month": month} if month else {})
    assert response.status_code == 200
    return text(response)


def html(person: User, month: str = "") -> str:
    return squeezed(
        signed_in_as(person).get("/workouts/", {"month": month} if month else {}).content.decode()
    )


def years_of_training(plan: Plan, count: int) -> None:
    """A workout of today and copies of it, one a week backwards, each with a set."""
    model = done_as_shown(begun(plan.person))
    workouts = Workout.objects.bulk_create(
        Workout(
            person=plan.person,
            plan=plan,
            local_date=MONDAY - timedelta(weeks=weeks),
            prescription=model.prescription,
            started_at=MONDAY_NOON - timedelta(weeks=weeks),
            finished_at=MONDAY_NOON - timedelta(weeks=weeks),
        )
        for weeks in range(1, count)
    )
    row = model.sets.filter(exercise="bridge").first()
    assert row is not None
    values: dict[str, Any] = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields
    }
    SetLog.objects.bulk_create(
        SetLog(**values | {"id": None, "workout_id": workout.pk, "client_key": uuid4()})
        for workout in workouts
    )


def test_a_month_is_a_table_whose_arches_lead_to_workouts_and_says_what_was_not_done(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    for day in (0, 4):
        clock.move_to(noon(day))
        done_as_shown(begun(owner))
    clock.move_to(noon(9))

    source, said = html(owner), page(owner)

    assert "2 workouts in October" in said
    assert '<table class="cal"><caption class="hush">October 2026, each arch a workout</caption>' in source
    assert source.count('<th scope="col"><abbr title=') == 7
    assert re.search(
        r'<td><a href="/workouts/2026-10-05/1/"> ?5<span class="hush"> October: done</span>', source
    )
    assert "7 : planned, not done" in said
    assert "16 : to come" in said
    assert '<td aria-current="date"><span class="day to"> 14' in source
    assert "Filled: done. Dashed: not done; nothing was lost. Pale: to come." in said


def test_workouts_stand_in_a_line_each_the_latest_first(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner, lighter_day=True))
    clock.move_to(noon(2))
    partly = begun(owner)
    a_set(partly)
    answered(partly, "bridge", {"both": went(clean=False)})

    said = page(owner).split("Day by day")[1]

    assert re.search(
        r"Wednesday 7 October 1 of \d exercises, one not clean, not finished "
        r"Monday 5 October \d exercises, all clean, a lighter one",
        said,
    )
    assert "Hollow: a lighter one." in page(owner)


def test_two_workouts_of_a_day_are_one_arch_that_leads_to_their_lines(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    done_as_shown(begun(owner))

    source = html(owner)

    assert '<a href="#on-2026-10-05">' in source
    assert source.count('id="on-2026-10-05"') == 1
    assert {f"/workouts/2026-10-05/{number}/" for number in (1, 2)} <= set(
        re.findall(r'href="([^"]*)"', source)
    )
    assert "all clean, extra" in page(owner)


def test_a_skipped_one_is_said_to_be_skipped(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    training = training_of(owner)
    assert training is not None
    skip = training.schedule.skip(2, "travel", training.today)
    change_plan(plan=training.plan, change=skip, today=training.today)

    assert "7 : skipped" in page(owner)


def test_the_latest_month_with_a_workout_comes_first_and_others_by_link(
    owner: User, clock: time_machine.Traveller
) -> None:
    plan = a_running_plan(owner)
    years_of_training(plan, 60)
    clock.move_to(noon(60))

    source, earlier = html(owner), html(owner, "2025-12")

    assert "1 workout in October</h1>" in source
    assert 'rel="prev" href="?month=2026-09">September 2026</a>' in source
    assert 'rel="next"' not in source
    assert "5 workouts in December 2025</h1>" in earlier
    assert 'rel="next" href="?month=2026-01">January 2026</a>' in earlier
    assert re.search(r'href="\?month=2025-12" aria-current="page">December</a> 5', earlier)
    assert len(set(re.findall(r'href="\?month=([^"]*)"', source))) == 15


def test_a_month_without_workouts_says_so_and_leads_to_the_nearest_ones(
    owner: User, clock: time_machine.Traveller
) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    clock.move_to(noon(60))
    done_as_shown(begun(owner))

    empty, later = html(owner, "2026-11"), html(owner, "2999-12")

    assert "No workouts in November</h1>" in empty
    assert "?month=2026-10" in empty
    assert "?month=2026-12" in empty
    assert "Day by day" not in empty
    assert "No workouts in December 2999</h1>" in later
    assert "No workouts in January 1000</h1>" in html(owner, "1000-01")


@pytest.mark.parametrize(
    "month",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "0000-01",
        "x",
        "2026-1",
        "2026-011",
        "9999-12",
        "0001-01",
        "\u0662\u0660\u0662\u0666-01",
    ],
)
def test_a_month_that_is_none_is_not_found(owner: User, signed_in: Client, month: str) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    assert signed_in.get("/workouts/", {"month": month}).status_code == 404


def test_nothing_yet_leads_to_today_whatever_the_month(owner: User) -> None:
    for month in ("", "2026-10"):
        said = page(owner, month)
        assert "No workouts yet" in said
        assert "Go to Today" in said


def test_weeks_begin_on_the_day_the_person_chose(owner: User) -> None:
    owner.week_start = WeekStart.SUNDAY
    owner.save()
    a_running_plan(owner)
    done_as_shown(begun(owner))

    assert "Sun Mon Tue Wed Thu Fri Sat 1 2 3 4 5 October: done" in page(owner)


def test_only_a_running_plan_has_workouts_to_type_in(owner: User, clock: time_machine.Traveller) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    running = page(owner)
    end_plan(person=owner, today=MONDAY)

    assert "Type in a workout" in running
    assert "Type in a workout" not in page(owner)


def test_a_paused_plan_has_nothing_to_come(owner: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    training = training_of(owner)
    assert training is not None
    pause = training.schedule.structural(DateChangeKind.PAUSE, training.today)
    change_plan(plan=training.plan, change=pause, today=training.today)

    assert "to come" not in page(owner)


def test_nobody_sees_the_workouts_of_another_person(owner: User, stranger: User) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))

    assert "No workouts yet" in page(stranger, "2026-10")


def test_queries_are_the_same_with_one_workout_and_with_ten_years(owner: User, stranger: User) -> None:
    counts = []
    for person, workouts in ((owner, 1), (stranger, 520)):
        years_of_training(a_running_plan(person), workouts)
        client = signed_in_as(person)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/workouts/")
        counts.append(len(queries))
        assert len(answer.content) < 60_000

    assert counts == [7, 7]
