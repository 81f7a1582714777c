"""A person with all that a page can be asked to hold: twelve weeks of every exercise, pain, notes, locks, visits."""

from datetime import timedelta

from accounts.clock import at, now, today_for
from accounts.models import User
from assessments.actions.safety import record_safety_list, record_visit
from assessments.models import Attempt, SecondLook
from assessments.rows import Owner, state_for
from assessments.rules.safety import Said, Verdict
from assessments.rules.safety_content import safety_content
from assessments.rules.scoring import evaluate
from exercises.actions.plan import decide
from exercises.actions.preferences import keep_preference
from exercises.models import ExerciseLog, NextMorning, PlanDecision, Workout
from exercises.rules.catalogue import catalogue
from exercises.training import training_of
from hipfeet.demo import EMAIL, make_demo
from hipfeet.owndata.exporting import export_of
from hipfeet.owndata.importing import bring_in, read_export
from tests.builders_check import LONGEST, both_sides
from tests.outcomes import OUTCOMES, came_to
from tests.world import counted

NAME = "Wilhelmina Featherstonehaugh-Cholmondeley of Woolfardisworthy and Wetherby Pool"
NOTE = "The left hip was stiff on the stairs in the morning and eased after a walk; shoes with a firm heel felt better. "


def twelve_weeks(person: User) -> None:
    """What the demonstration person did, brought in from their export."""
    demo = User.objects.filter(email=EMAIL).first() or make_demo("not signed in with")
    with export_of(demo) as file:
        bring_in(person=person, incoming=read_export(file.read()))


def with_everything(person: User) -> None:
    """Those twelve weeks, and to them whatever else can be told, at its longest."""
    twelve_weeks(person)
    person.name = NAME
    person.save()
    _every_exercise(person)
    _pain_and_notes(person)
    _looks(person)
    _answers(person)


def _every_exercise(person: User) -> None:
    training = training_of(person)
    assert training is not None
    missing = set(catalogue().exercises) - {line.exercise for line in training.lines_on(training.today)}
    for exercise in missing:
        details = {"exercise": exercise, "rung": catalogue().exercise(exercise).lowest.key, "fresh": True}
        with at(now() - timedelta(days=2)):
            decide(
                plan=training.plan,
                kind=PlanDecision.ADD,
                details=details,
                counts_from=today_for(person),
                today=today_for(person),
            )


def _pain_and_notes(person: User) -> None:
    for number, row in enumerate(ExerciseLog.objects.filter(workout__person=person)):
        row.pain, row.stopped = number % 7, number % 11 == 0
        row.save()
    for number, workout in enumerate(Workout.objects.filter(person=person)):
        workout.note = f"{number}. {NOTE * 3}"
        workout.next_morning = NextMorning.NOT_AS_USUAL
        workout.save()
    for exercise in catalogue().exercises:
        keep_preference(person=person, exercise=exercise, values={"note": NOTE})


def _looks(person: User) -> None:
    """Two looks at the first check that differ in everything, checks between, and a latest one that asks to be seen."""
    first = Attempt.objects.finished().filter(person=person).last()
    assert first is not None
    first.answers = both_sides(**LONGEST)
    first.result = evaluate(first.answers).as_json()
    first.save()
    differing = {"knees": "out", "arch": "high"}
    SecondLook.objects.create(
        attempt=first,
        first_answers=first.answers,
        first_result=first.result,
        second={key: dict.fromkeys(("left", "right"), value) for key, value in differing.items()},
        third={key: dict.fromkeys(("left", "right"), LONGEST[key]) for key in differing},
        content_version=first.content_version,
        finished_at=first.finished_at,
    )
    check = came_to(Owner.of(person), OUTCOMES["X1, X2, X4 and X3"])
    counted(person, check, "one_leg_stance", left=8, right=31)
    counted(person, check, "heel_raise", left=4, right=7)


def _answers(person: User) -> None:
    """Every question of every list with a yes, four times; a visit about half of it, and yes again."""
    owner = Owner.of(person)
    for days in (70, 40, 20, 0):
        with at(now() - timedelta(days=days)):
            for key, one in safety_content().lists.items():
                record_safety_list(
                    owner=owner,
                    list_key=key,
                    answers=dict.fromkeys(one.questions, Said.YES if days % 40 else Said.UNSURE),
                    extras={"stage": "second_half"} if "RF16" in one.questions else {},
                )
        if days == 20:
            with at(now() - timedelta(days=15)):
                causes = [lock.cause for lock in state_for(person).locks]
                seen_on = today_for(person) - timedelta(days=1)
                record_visit(person=person, causes=causes, seen_on=seen_on, verdict=Verdict.WITH_LIMITS)
