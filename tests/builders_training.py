"""People in training: safety lists answered, a check done, a plan that runs, workouts logged."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from accounts.clock import today_for
from accounts.models import User
from assessments.actions import check as safety_actions
from assessments.actions.safety import record_safety_list
from assessments.models import Attempt
from assessments.rows import Owner, latest_check_of, state_for
from assessments.rules.safety import Said
from assessments.rules.safety_content import LISTS_BEFORE_A_PLAN, safety_content
from exercises.actions.equipment import keep_equipment
from exercises.actions.log import ExerciseTold, record_exercise
from exercises.actions.plan import accept_plan, answer_draft, draft_plan
from exercises.actions.sets import SetPlace, SetValues, record_set
from exercises.actions.workout import finish_workout, start_workout
from exercises.drafting import where_it_ended
from exercises.models import ExerciseLog, OwnedEquipment, Plan, SetLog, Workout
from exercises.rows import wishes_of
from exercises.rules import planning
from exercises.rules.catalogue import catalogue
from exercises.rules.drafts import Draft
from exercises.rules.values import Dose, Prescribed
from exercises.training import Training, training_of, training_with
from tests.builders import PASSWORD

MONDAY_NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
MONDAY = MONDAY_NOON.date()
THINGS = ["wall_or_chair", "stick", "band_light", "bag_or_bottles"]

LOW_ARCHES = {
    "toes": {"left": "straight", "right": "straight"},
    "knees_usual": {"left": "in", "right": "not_in"},
    "knees": {"left": "in", "right": "forward"},
    "arch": {"left": "low", "right": "normal"},
    "can_turn": {"left": "yes"},
    "arch_turned": {"left": "higher"},
    "flatter": {"left": "no"},
    "tiptoe_arch": {"left": "present"},
    "pain": {"value": "none"},
}
"""Left: the kneecap looks in, the arch is low and rises when the thigh turns out. Right: nothing."""
NEWLY_FLAT = {**LOW_ARCHES, "flatter": {"left": "yes"}}
"""The same with an arch that became flatter: a rule that locks."""


def noon(days: int = 0) -> datetime:
    """A day of the story at noon, counted from its first Monday."""
    return MONDAY_NOON + timedelta(days=days)


def signed_in_as(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def confirmed_as(person: User) -> Client:
    """Signed in, with the password given once more a moment ago."""
    client = signed_in_as(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def text(response: HttpResponse | Any) -> str:
    """A page's words without tags, spaces made single."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- safety and the check ---


def lists_answered(person: User, *yes: str, **extras: str) -> None:
    """All four lists before a plan answered today: yes to these questions, no to the others."""
    owner = Owner(person, "", person.time_zone)
    for name in LISTS_BEFORE_A_PLAN:
        questions = safety_content().lists[name].questions
        answers = {key: Said.YES if key in yes else Said.NO for key in questions}
        record_safety_list(
            owner=owner, list_key=name, answers=answers, extras=extras if set(yes) & set(questions) else {}
        )


def asked_for_all_in_one(person: User, said: Said = Said.YES) -> None:
    """The list "right now" as version 2 asked it: calf, breath and chest in one question."""
    others = dict.fromkeys(("RF1", "RF2", "RF3", "RF4", "RF11"), Said.NO)
    owner = Owner(person, "", person.time_zone)
    record_safety_list(owner=owner, list_key="right_now", answers={**others, "RF5": said}, extras={})


def a_finished_check(person: User, answers: dict[str, dict[str, str]] = LOW_ARCHES) -> Attempt:
    owner = Owner(person, "", person.time_zone)
    attempt = safety_actions.start(owner=owner)
    nothing = dict.fromkeys(safety_content().lists["right_now"].questions, Said.NO)
    attempt = safety_actions.pass_right_now(attempt=attempt, owner=owner, answers=nothing)
    for question, given in answers.items():
        attempt = safety_actions.answer(attempt=attempt, given={question: given})
    return safety_actions.finish(attempt=attempt)


# --- plans ---


def owns(person: User, *things: str, weights: tuple[int, ...] = (), **more: Any) -> OwnedEquipment:
    """What the person has to train with from now on; weights in grams."""
    stored = OwnedEquipment.objects.filter(person=person).first()
    values = {"things": list(things), "weight_grams": list(weights), **more}
    return keep_equipment(person=person, seen=stored.revision if stored else 0, values=values)


def a_draft(
    person: User,
    *,
    weekdays: tuple[int, ...] = (0, 2, 4),
    start: date | None = None,
    minutes: int = 30,
    trained: bool = False,
    things: list[str] = THINGS,
    weights: tuple[int, ...] = (),
) -> Plan:
    """A draft with all its pages answered."""
    start = start or today_for(person)
    owns(person, *things, weights=weights)
    draft_plan(person=person)
    pages: dict[str, dict[str, Any]] = {
        "adult": {"adult": True},
        "things": {},
        "days": {"weekdays": list(weekdays), "start": start.isoformat()},
        "time": {"minutes": minutes, "over_65": False, "trained": trained},
    }
    for step, answers in pages.items():
        plan = answer_draft(person=person, step=step, answers=answers)
    return plan


def drafted(person: User, plan: Plan) -> Draft:
    """What planning makes of a draft's row."""
    made: Draft = _made_of(person, plan)["draft"]
    return made


def accepted(person: User, plan: Plan) -> Plan:
    return accept_plan(person=person, **_made_of(person, plan))


def _made_of(person: User, plan: Plan) -> dict[str, Any]:
    check = latest_check_of(person)
    previous = where_it_ended(person, date.fromisoformat(plan.answers["days"]["start"]))
    wishes = wishes_of(plan, state_for(person), check, previous)
    return {"draft": planning.draft(wishes), "attempt": check, "previous": previous}


def a_running_plan(person: User, *yes: str, **known: Any) -> Plan:
    """Lists answered today, then a plan that starts today on Mondays, Wednesdays and Fridays."""
    lists_answered(person, *yes)
    return accepted(person, a_draft(person, **known))


# --- workouts ---


def begun(person: User, *, lighter_day: bool = False) -> Workout:
    """Today's workout, begun as the page does it."""
    training = training_of(person)
    assert training is not None
    return start_workout(
        person=person,
        plan=training.plan,
        slot=training.schedule.slot_for_workout(training.today),
        prescription=training.prescription(lighter_day=lighter_day),
        today=training.today,
    )


def prescribed(workout: Workout, exercise: str) -> Prescribed:
    line = next(line for line in workout.prescription["lines"] if line["exercise"] == exercise)
    return Prescribed.from_json(line["prescribed"])


def exercises_of(workout: Workout) -> list[str]:
    return [line["exercise"] for line in workout.prescription["lines"]]


def a_set(
    workout: Workout,
    exercise: str = "bridge",
    *,
    side: str = "both",
    set_number: int = 1,
    **values: Any,
) -> SetLog:
    return record_set(
        workout=workout,
        place=SetPlace(exercise, side, set_number),
        values=SetValues(**{"rung": "two_legs", "repetitions": 8, **values}),
        client_key=uuid4(),
    )


def answered(workout: Workout, exercise: str, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """How an exercise went on each side, without a set."""
    record_exercise(workout=workout, told=ExerciseTold(exercise, {}, answers), key=uuid4())


def done_as_shown(workout: Workout) -> Workout:
    """Every set as it was asked for, felt right, clean, without pain, and finished."""
    for exercise in exercises_of(workout):
        shown = prescribed(workout, exercise).shown
        sides = catalogue().rung(exercise, shown.rung).laterality.sides
        for side in sides:
            for number in range(1, shown.sets + 1):
                a_set(
                    workout,
                    exercise,
                    side=side,
                    set_number=number,
                    rung=shown.rung,
                    repetitions=shown.repetitions,
                    load_grams=shown.load_grams,
                )
        answers: dict[str, dict[str, Any]] = {side: went() for side in sides}
        answered(workout, exercise, answers)
    finish_workout(workout=workout)
    workout.refresh_from_db()
    return workout


def went(
    effort: str = "right", *, clean: bool = True, pain: int = 0, stopped: bool = False
) -> dict[str, Any]:
    """How an exercise went on one side."""
    return {"effort": effort, "went_cleanly": clean, "pain": pain, "stopped": stopped}


def past_workouts(plan: Plan, count: int) -> None:
    """A finished workout of today, and copies of it with sets and answers on the days before."""
    today = today_for(plan.person)
    model = done_as_shown(begun(plan.person))
    sets, logs = list(model.sets.all()), list(model.exercise_logs.all())
    for days in range(1, count):
        copy = Workout.objects.create(
            person=plan.person,
            plan=plan,
            local_date=today - timedelta(days=days),
            prescription=model.prescription,
            started_at=model.started_at - timedelta(days=days),
            finished_at=model.finished_at,
        )
        rows: list[SetLog | ExerciseLog] = [*sets, *logs]
        for row in rows:
            row.pk, row.workout, row.client_key = None, copy, uuid4()
            row.save(force_insert=True)


def schedule_of(plan: Plan) -> Any:
    return training_with(plan, plan.person).schedule


def training(person: User) -> Training:
    """The training of someone whose plan runs."""
    found = training_of(person)
    assert found is not None
    return found


def standing(person: User, exercise: str) -> Dose:
    """What the next workout of an exercise starts from."""
    now = training(person)
    line = now.line(exercise)
    assert line is not None
    return now.target(line).standing


# --- pages ---


def workout_url(workout: Workout, *more: str | int) -> str:
    parts = [workout.local_date.isoformat(), str(workout.number), *(str(part) for part in more)]
    return f"/workouts/{'/'.join(parts)}/"


def slug(exercise: str) -> str:
    return catalogue().exercise(exercise).slug


def sets_url(workout: Workout, exercise: str, *more: str | int) -> str:
    return workout_url(workout, slug(exercise), *more)


def field(response: HttpResponse | Any, name: str) -> str:
    """What a field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]


def send_next_set(client: Client, workout: Workout, exercise: str, **changes: Any) -> Any:
    """Open the page of the next set and send it, as shown unless said otherwise."""
    page = client.get(sets_url(workout, exercise))
    names = ("side", "set_number", "client_key", "revision", "repetitions")
    return client.post(sets_url(workout, exercise), {**{n: field(page, n) for n in names}, **changes})


def send_all_sets(client: Client, workout: Workout, exercise: str, **changes: Any) -> list[tuple[str, int]]:
    """Every set of an exercise, one page after the other; the places in the order they were asked."""
    places = []
    while (page := client.get(sets_url(workout, exercise))).status_code == 200:
        places.append((field(page, "side"), int(field(page, "set_number"))))
        assert send_next_set(client, workout, exercise, **changes).status_code == 302
    return places


def send_how(client: Client, workout: Workout, exercise: str, **changes: Any) -> Any:
    """What was different on the form of an exercise's log: the same on each side, its sets as the page shows them.

    changes  effort, clean and pain of each side; or any field by its name
    """
    address = sets_url(workout, exercise, "how")
    page = client.get(address).content.decode()
    form = page[page.index('id="differ"') :]
    said = {"effort": "right", "clean": "yes", "pain": "0", **changes}
    data: dict[str, Any] = dict(re.findall(r'name="(reps_\w+|client_key|revision)" value="([^"]*)"', form))
    for side in set(re.findall(r'name="pain_(\w+)"', form)):
        data |= {f"{name}_{side}": said[name] for name in ("effort", "clean", "pain")}
    return client.post(address, {**data, **changes})


def send_as_asked(client: Client, workout: Workout, exercise: str, **changes: Any) -> Any:
    """The one tap of an exercise's log."""
    address = sets_url(workout, exercise, "how")
    key = field(client.get(address), "client_key")
    return client.post(address, {"as_asked": "1", "client_key": key, **changes})


def typed_as_asked(workout: Workout, **changes: Any) -> dict[str, Any]:
    """The page of a typed-in workout as someone sends it who did everything as asked."""
    return {"client_key": uuid4(), **{f"did_{key}": "all" for key in exercises_of(workout)}, **changes}


def typed_different(workout: Workout, exercise: str, **changes: Any) -> dict[str, Any]:
    """What the same page sends of one exercise in which something was different: as its short form shows it, but for the changes."""
    shown = prescribed(workout, exercise).shown
    said: dict[str, Any] = {}
    for side in catalogue().rung(exercise, shown.rung).laterality.sides:
        said |= {f"reps_{side}_{number}": shown.repetitions for number in range(1, shown.sets + 1)}
        said |= {f"effort_{side}": "right", f"clean_{side}": "yes", f"pain_{side}": "0"}
    return {
        f"did_{exercise}": "some",
        **{f"{exercise}-{name}": value for name, value in {**said, **changes}.items()},
    }
