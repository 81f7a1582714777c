"""The people of the gallery, each in a state of their own, made by the actions that pages use.

They are made in a process of its own, in the database of the server they are shown by (`stage.py`).
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from accounts.clock import at, now, today_for
from accounts.models import User, WeekStart
from assessments.actions.safety import record_visit
from assessments.rules.safety import Verdict
from exercises.actions.log import stop_exercise
from exercises.actions.plan import end_plan
from exercises.actions.workout import finish_workout
from exercises.models import Plan, Workout
from exercises.rules.reminding import ReminderKind
from exercises.training import training_of
from hipfeet.demo import make_demo
from hipfeet.email_change import note_change
from hipfeet.mail.reminders import unsubscribe_address
from tests.builders import PASSWORD, person, zone_at_night
from tests.builders_check import LONGEST, ORDINARY, begin_check, walk_check
from tests.builders_training import (
    LOW_ARCHES,
    NEWLY_FLAT,
    THINGS,
    a_draft,
    a_finished_check,
    accepted,
    asked_for_all_in_one,
    begun,
    done_as_shown,
    exercises_of,
    lists_answered,
)
from tests.everything import with_everything
from tests.world import counted

Told = dict[str, str]
"""What a scene has to know about a person."""

ZONE = "Europe/Vienna"
"""As the browser and the demonstration person, so that all are on the same day at any hour."""
LOCKS = "RF6"
LEAVES_OUT = ("RF9b", "RF19")

GUESTS: Mapping[str, Mapping[str, str]] = {
    "ordinary feet": ORDINARY,
    "not sure": dict.fromkeys(("toes", "knees_usual", "knees", "arch"), "unsure") | {"pain": "none"},
    "stiff flat feet": LONGEST | {"sitting_arch": "absent"},
    "both alike": LONGEST,
}
"""What guests with a finished check saw on both sides."""


def browser_of(user: User | None = None) -> Client:
    """A browser whose session the server knows: someone signed in, or a guest."""
    client = Client(SERVER_NAME="localhost")
    if user:
        client.force_login(user)
    return client


def told(client: Client, **more: str) -> Told:
    """Their session, and what else a scene has to know."""
    return {"cookie": client.cookies[settings.SESSION_COOKIE_NAME].value, **more}


# --- whose training is where ------------------------------------------------------------------------


def days_ago(days: int) -> datetime:
    """This moment, some days earlier."""
    return now() - timedelta(days=days)


def plan_from(user: User, days: int, *, minutes: int = 20, things: list[str] = THINGS) -> Plan:
    """A check, the lists, and a plan that begins so many days ago, on that weekday and the third after it."""
    with at(days_ago(days)):
        a_finished_check(user)
        lists_answered(user)
        weekday = today_for(user).weekday()
        weekdays = tuple(sorted({weekday, (weekday + 3) % 7}))
        return accepted(user, a_draft(user, weekdays=weekdays, minutes=minutes, things=things))


def trained(user: User, days: int) -> None:
    """A whole workout, so many days ago."""
    with at(days_ago(days)):
        done_as_shown(begun(user))


def first_day(user: User) -> None:
    plan_from(user, 0)


def at_rest(user: User) -> None:
    """One day a week: the next is too far away to be done today."""
    with at(days_ago(1)):
        a_finished_check(user)
        lists_answered(user)
        accepted(user, a_draft(user, weekdays=(today_for(user).weekday(),), minutes=20))
    trained(user, 1)


def away(user: User) -> None:
    plan_from(user, 21)
    trained(user, 21)


def missed(user: User) -> None:
    """Yesterday's workout was not done, so that it is offered today, which is in the same week."""
    if today_for(user).weekday() == 0:
        user.week_start = WeekStart.SUNDAY
        user.save()
    plan_from(user, 8)
    trained(user, 8)


def up_late(user: User) -> None:
    """It is night where they are, and a workout was planned for the day before."""
    user.time_zone = zone_at_night()
    user.save()
    plan_from(user, 8)
    trained(user, 8)


def carrying_on(user: User) -> None:
    plan_from(user, 0)
    begun(user)


def all_done(user: User) -> None:
    """Every exercise is done, and nobody said that the workout is."""
    done(user)
    Workout.objects.filter(person=user).update(finished_at=None)


def done(user: User) -> None:
    plan_from(user, 0)
    trained(user, 0)


def on_hold(user: User) -> None:
    plan_from(user, 7)
    trained(user, 7)
    lists_answered(user, LOCKS)


def on_hold_as_asked_before(user: User) -> None:
    """Held by a question that no list asks any more."""
    with at(days_ago(7)):
        asked_for_all_in_one(user)
    lists_answered(user)


def hurt_at_the_mirror(user: User) -> None:
    """A check that ended today as it hurt, and an answer of a list beside it."""
    a_finished_check(user, {**LOW_ARCHES, "pain": {"value": "stop", "where": "left"}})
    lists_answered(user, LOCKS)


def told_not_yet(user: User) -> None:
    """A check from which one should be seen, and a visit that gave no leave."""
    with at(days_ago(3)):
        a_finished_check(user, NEWLY_FLAT)
    record_visit(person=user, causes=["X2"], seen_on=today_for(user), verdict=Verdict.NO)


def adapted(user: User) -> None:
    """Safety answers that leave exercises out and give advice."""
    with at(days_ago(3)):
        lists_answered(user, *LEAVES_OUT)
        accepted(user, a_draft(user))


def may_fall(user: User) -> None:
    """Safety answers with which one holds on, in a workout that has begun."""
    adapted(user)
    begun(user)


def hurt_twice(user: User) -> None:
    plan_from(user, 4)
    for days in (4, 1):
        with at(days_ago(days)):
            workout = begun(user)
            stop_exercise(workout=workout, exercise="bridge", sides=("both",))
            finish_workout(workout=workout)


def paused(user: User) -> None:
    plan_from(user, 7)
    trained(user, 7)
    browser_of(user).post("/plan/change/pause/")


def over(user: User) -> None:
    plan_from(user, 13 * 7)
    trained(user, 13 * 7)


def over_and_looked(user: User) -> None:
    """Twelve weeks with workouts in the first and the last, and a look after them."""
    plan_from(user, 12 * 7)
    for days in (84, 81, 7, 4):
        trained(user, days)
    a_finished_check(user, {**LOW_ARCHES, "arch": {"left": "normal", "right": "normal"}})


def ended(user: User) -> None:
    plan_from(user, 10)
    trained(user, 10)
    end_plan(person=user, today=today_for(user))


def counting(user: User) -> None:
    """Two days of counts behind them, and the lists answered today, so that they may count again."""
    with at(days_ago(28)):
        check = a_finished_check(user)
        lists_answered(user)
        counted(user, check, "one_leg_stance", left=8, right=31)
        counted(user, check, "heel_raise", left=4)
    lists_answered(user)
    counted(user, check, "one_leg_stance", left=12, right=31)
    counted(user, check, "heel_raise", left=9)


def looked_twice(user: User) -> None:
    with at(days_ago(56)):
        a_finished_check(user)
    a_finished_check(user)


def planning(user: User) -> None:
    """All answered for a plan, which waits for a yes."""
    a_finished_check(user)
    lists_answered(user)
    a_draft(user, minutes=20)


STORIES: Mapping[str, Callable[[User], object]] = {
    "newcomer": lambda _user: None,
    "newcomer 2": lambda _user: None,
    "newcomer 3": lambda _user: None,
    "moved": lambda _user: None,
    "looked": a_finished_check,
    "looked twice": looked_twice,
    "planning": planning,
    "first day": first_day,
    "first day, untouched": first_day,
    "on paper": first_day,
    "at rest": at_rest,
    "away": away,
    "missed": missed,
    "up late": up_late,
    "carrying on": carrying_on,
    "unwell": carrying_on,
    "player": carrying_on,
    "moves": carrying_on,
    "may fall": may_fall,
    "player, heard": carrying_on,
    "two phones": carrying_on,
    "all done": all_done,
    "done": done,
    "on hold": on_hold,
    "on hold, as asked before": on_hold_as_asked_before,
    "hurt at the mirror": hurt_at_the_mirror,
    "told not yet": told_not_yet,
    "adapted": adapted,
    "hurt twice": hurt_twice,
    "paused": paused,
    "over": over,
    "over, looked": over_and_looked,
    "ended": ended,
    "counting": counting,
    "everything": with_everything,
}


def make_person(name: str) -> Told:
    """One of them."""
    user = person(f"{name.replace(', ', '-').replace(' ', '-')}@example.org", time_zone=ZONE)
    STORIES[name](user)
    stop = urlsplit(unsubscribe_address(user.pk, ReminderKind.TRAINING)).path
    more = {"today": today_for(user).isoformat(), "email": user.email, "stop": stop}
    if name == "moved":
        more["undo"] = urlsplit(note_change(person=user, old_address="moved.before@example.org")).path
    running = training_of(user)
    if running and running.begun:
        more["exercises"] = " ".join(exercises_of(running.begun))
    return told(browser_of(user), **more)


ERRORS = ("400", "403", "404", "429", "500", "503")


def make_everyone() -> dict[str, Told]:
    """Everyone of the gallery, and the error pages that a server on a developer's machine does not show."""
    demo = make_demo(PASSWORD)
    people = {"demo": told(browser_of(demo), today=today_for(demo).isoformat(), email=demo.email)}
    people |= {name: make_person(name) for name in STORIES}
    for name, seen in GUESTS.items():
        guest = browser_of()
        walk_check(guest, seen)
        people[name] = told(guest)
    with at(days_ago(15)):
        late = browser_of()
        begin_check(late)
    people["too late"] = told(late)
    return people | {"errors": {status: error_page(status) for status in ERRORS}}


def error_page(status: str) -> str:
    """An error page as a visitor gets it. With DEBUG on, Django shows its own instead."""
    if status in {"500", "503"}:
        return render_to_string(f"{status}.html")
    request = RequestFactory().get("/nowhere/")
    request.user = AnonymousUser()
    return render_to_string(f"{status}.html", request=request)


def tell() -> None:
    """Make everyone and say it as JSON: {name: {"cookie": their session, "today": their date, ...}}."""
    print(json.dumps(make_everyone()))
