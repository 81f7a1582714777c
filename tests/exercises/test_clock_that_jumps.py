"""A server whose clock ran ahead for a while, and was put right: what was stored meanwhile has dates to come."""

from datetime import timedelta

import pytest
import time_machine

from exercises.models import Workout
from tests.builders import person
from tests.builders_training import a_running_plan, begun, done_as_shown, noon, signed_in_as
from tests.builders_training import workout_url as address_of

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/today/",
    "/plan/",
    "/plan/past/",
    "/progress/",
    "/progress/?weeks=all",
    "/check/",
    "/settings/",
)


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=40), timedelta(days=400)])
def test_pages_show_what_is_there_when_the_clock_is_put_right(ahead: timedelta) -> None:
    somebody = person()
    with time_machine.travel(noon(), tick=False) as clock:
        plan = a_running_plan(somebody)
        clock.move_to(noon() + ahead)
        done_as_shown(begun(somebody))
        begun(somebody)
        client = signed_in_as(somebody)
        clock.move_to(noon() + timedelta(hours=1))
        pages = [*PAGES, *(address_of(one) for one in Workout.objects.filter(plan=plan))]

        found = {page: client.get(page).status_code for page in pages}

    assert set(found.values()) == {200}, found
