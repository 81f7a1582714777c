"""People over twelve weeks: `python -m tests.exercises.simulate` prints their weeks.

Each person answers a prescription; everything else is the product's own rules.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from exercises.rules.catalogue import catalogue
from exercises.rules.drafts import CheckSeen, Wishes
from exercises.rules.owned import Owned
from exercises.rules.planning import draft, spare_lines
from exercises.rules.prescribing import PrescribedLine, Prescription, WorkoutDay, prescribe
from exercises.rules.scheduling import Schedule
from exercises.rules.slots import Done
from exercises.rules.values import (
    Answer,
    Context,
    Effort,
    GateAnswer,
    LineLog,
    Prescribed,
    SetDone,
    WorkoutLog,
)
from exercises.rules.wording import dose_in_words, words
from tests.exercises.builders import KNEE_IN_ARCH_ROSE, MONDAY, OWNS_EVERYTHING, OWNS_NOTHING, a_check, owns


def as_shown(line: PrescribedLine, workout: int) -> LineLog:
    return done(line.exercise, line.prescribed)


def done(exercise: str, prescribed: Prescribed, *, effort: Effort = Effort.RIGHT, pain: int = 0) -> LineLog:
    shown = prescribed.shown
    sides = catalogue().rung(exercise, shown.rung).laterality.sides
    return LineLog(
        prescribed,
        sets=tuple(
            SetDone(side, n, shown.repetitions, shown.load_grams)
            for side in sides
            for n in range(1, shown.sets + 1)
        ),
        answers=tuple(Answer(side, effort, clean=True, pain=pain) for side in sides),
    )


@dataclass
class Person:
    """One story: what is owned, what was seen, how each workout goes, which days are missed."""

    name: str
    owned: Owned
    check: CheckSeen | None = field(default_factory=lambda: a_check(KNEE_IN_ARCH_ROSE))
    minutes: int = 30
    does: Callable[[PrescribedLine, int], LineLog] = as_shown
    misses: Callable[[date], bool] = lambda _: False
    takes_restart: bool = True
    says_yes: bool = True


@dataclass(frozen=True)
class Done12Weeks:
    """What became of a person: each workout's prescription and log."""

    person: Person
    schedule: Schedule
    workouts: list[tuple[Prescription, WorkoutLog]]

    def rungs(self, exercise: str) -> list[str]:
        return [
            line.prescribed.standing.rung
            for prescription, _ in self.workouts
            for line in prescription.lines
            if line.exercise == exercise
        ]


def pain_in_week_three(line: PrescribedLine, workout: int) -> LineLog:
    hurts = line.exercise == "banded_walk" and workout in {7, 14}
    return done(line.exercise, line.prescribed, pain=5 if hurts else 0)


def easy(line: PrescribedLine, workout: int) -> LineLog:
    return done(line.exercise, line.prescribed, effort=Effort.EASY)


HOME = owns("wall_or_chair", "stick", "bag_or_bottles")
HOUSEHOLD = owns("wall_or_chair", "stick", "band_light", "bag_or_bottles")
TWO_BANDS = owns("wall_or_chair", "stick", "band_light", "band_medium", "bag_or_bottles")
BOTH_ROSE = a_check(KNEE_IN_ARCH_ROSE, KNEE_IN_ARCH_ROSE)
"""Both kneecaps in, both arches low, both rising."""
COACHED = {
    "chair": Person("a chair only", owns("wall_or_chair"), BOTH_ROSE),
    "home": Person("a wall, a stick and a bag", HOME, BOTH_ROSE),
    "bands": Person("a wall, a stick, a bag and two bands", TWO_BANDS, BOTH_ROSE),
    "ten": Person("ten minutes, with a wall, a stick and a bag", HOME, BOTH_ROSE, minutes=10),
    "easy": Person("a wall, a stick, a bag and two bands, always easy", TWO_BANDS, BOTH_ROSE, does=easy),
    "owner": Person("everything owned", OWNS_EVERYTHING, BOTH_ROSE),
}
"""Those whose weeks are read as a coach would."""
PEOPLE = {
    "exact": Person("does exactly what the page says", HOUSEHOLD),
    "pain": Person("banded walk hurts twice", HOUSEHOLD, does=pain_in_week_three),
    "gaps": Person(
        "away for three weeks and misses Fridays",
        HOUSEHOLD,
        misses=lambda d: d.weekday() == 4 or 30 <= (d - MONDAY).days < 52,
    ),
    "nothing": Person("owns nothing", OWNS_NOTHING, check=None, minutes=20),
    "everything": Person("owns everything and finds it easy", OWNS_EVERYTHING, does=easy),
    **COACHED,
}


def live(person: Person, start: date = MONDAY) -> Done12Weeks:
    """Twelve weeks, Monday, Wednesday and Friday."""
    wishes = Wishes(owned=person.owned, minutes=person.minutes, check=person.check)
    plan = draft(wishes)
    spare = spare_lines(plan, wishes)
    lines = [line.plan_line for line in plan.lines]
    schedule = Schedule(start, (0, 2, 4))
    context = Context(owned=person.owned, easy_counts_from=start + timedelta(days=14))
    workouts: list[tuple[Prescription, WorkoutLog]] = []
    for slot in schedule.slots:
        if person.misses(slot.on):
            continue
        log = [workout for _, workout in workouts]
        day = WorkoutDay(
            on=slot.on,
            minutes=person.minutes,
            lighter_week=schedule.is_lighter_week(slot.on),
            restart=person.takes_restart,
            first_side=plan.first_side,
        )
        prescription = prescribe(lines, log, day, context, spare=spare)
        asked = [
            GateAnswer(line.exercise, line.asks, person.says_yes, after=log[-1].ref)
            for line in prescription.lines
            if line.asks
        ]
        if asked:
            context = replace(context, gates=(*context.gates, *asked))
            prescription = prescribe(lines, log, day, context, spare=spare)
        workout = WorkoutLog(
            on=slot.on,
            lines={line.exercise: person.does(line, len(workouts) + 1) for line in prescription.lines},
            lighter=prescription.lighter,
            left_out=prescription.left_out,
        )
        workouts.append((prescription, workout))
        taken = Done(slot.on, slot.number, lighter_week=day.lighter_week)
        schedule = replace(schedule, workouts=(*schedule.workouts, taken))
    return Done12Weeks(person, schedule, workouts)


def told(story: Done12Weeks) -> Iterator[str]:
    """The weeks in words."""
    yield f"== {story.person.name}"
    for prescription, workout in story.workouts:
        week = story.schedule.plan_week(workout.on)
        lighter = ", lighter" if prescription.lighter else ""
        left = f", left out: {', '.join(prescription.left_out)}" if prescription.left_out else ""
        yield f"-- week {week}, {workout.on:%a %d %b}, about {prescription.minutes} min{lighter}{left}"
        for line in prescription.lines:
            exercise = catalogue().exercise(line.exercise)
            shown = line.prescribed.shown
            rung = exercise.rung(shown.rung)
            dose = dose_in_words(
                rung,
                counted_as=exercise.counted_as,
                sets=shown.sets,
                repetitions=shown.repetitions,
                hold_seconds=shown.hold_seconds,
                load_grams=shown.load_grams,
                band=shown.band,
            )
            why = " ".join(words(reason) for reason in line.prescribed.reasons)
            offer = f" [offer {line.prescribed.offer.rung}]" if line.prescribed.offer else ""
            yield f"   {exercise.name}: {rung.name}: {dose}. {why}{offer}"
        if prescription.on_hold:
            yield f"   on hold: {', '.join(prescription.on_hold)}"


if __name__ == "__main__":
    for name in sys.argv[1:] or PEOPLE:
        sys.stdout.write("\n".join(told(live(PEOPLE[name]))) + "\n")
