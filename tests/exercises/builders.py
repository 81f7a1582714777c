"""Plain people and plain logs for the tests of training; each thing has defaults."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from exercises.rules.catalogue import catalogue
from exercises.rules.doses import dose_at
from exercises.rules.drafts import CheckSeen, SideSeen
from exercises.rules.owned import Owned
from exercises.rules.scheduling import Schedule
from exercises.rules.slots import PlanWeek
from exercises.rules.values import (
    Answer,
    Context,
    Dose,
    Effort,
    LineLog,
    PainResult,
    PlanLine,
    Prescribed,
    SetDone,
    WorkoutLog,
)

MONDAY = date(2026, 10, 5)


def day(number: int) -> date:
    """A day of the story, counted from the first Monday."""
    return MONDAY + timedelta(days=number)


def owns(*things: str, **load_grams: tuple[int, ...]) -> Owned:
    return Owned(things=frozenset({*things, *load_grams}), load_grams=load_grams)


OWNS_NOTHING = owns()
OWNS_EVERYTHING = Owned(
    things=frozenset(
        {
            "wall_or_chair",
            "stick",
            "band_light",
            "band_medium",
            "band_heavy",
            "bag_or_bottles",
            "kettlebell_or_dumbbell",
            "barbell",
            "ankle_weight",
            "step",
            "bench",
        }
    ),
    load_grams={
        "kettlebell_or_dumbbell": (4_000, 6_000, 8_000, 10_000, 12_000, 14_000, 16_000, 20_000, 24_000),
        "barbell": (10_000, 12_500, 15_000, 17_500, 20_000),
    },
)


def a_context(owned: Owned = OWNS_EVERYTHING, **known: Any) -> Context:
    return Context(owned=owned, **known)


def a_line(exercise: str = "banded_walk", start: str = "no_band") -> PlanLine:
    return PlanLine(exercise, start)


def a_dose(exercise: str, rung: str, owned: Owned = OWNS_EVERYTHING, **numbers: Any) -> Dose:
    dose = dose_at(catalogue().rung(exercise, rung), owned)
    return Dose(**{**dose.as_json(), **numbers})


def logged(
    dose: Dose,
    exercise: str = "banded_walk",
    *,
    on: int = 0,
    number: int = 1,
    shown: Dose | None = None,
    repetitions: int | None = None,
    load_grams: int | None = None,
    band: str = "",
    sets: int | None = None,
    effort: Effort = Effort.RIGHT,
    clean: bool = True,
    pain: int = 0,
    stopped: bool = False,
    morning: bool | None = None,
    planned: bool = True,
    lighter: bool = False,
    answers: frozenset[PainResult] = frozenset(),
    towards: Dose | None = None,
    other_lines: Mapping[str, LineLog] | None = None,
    **prescribed: Any,
) -> WorkoutLog:
    """A workout with one exercise, done exactly as shown unless said otherwise."""
    shown = shown or dose
    sides = catalogue().rung(exercise, shown.rung).laterality.sides
    line = LineLog(
        prescribed=Prescribed(standing=dose, shown=shown, answers=answers, towards=towards, **prescribed),
        sets=tuple(
            SetDone(
                side,
                n,
                shown.repetitions if repetitions is None else repetitions,
                load_grams if load_grams is not None else shown.load_grams,
                band,
            )
            for side in sides
            for n in range(1, (shown.sets if sets is None else sets) + 1)
        ),
        answers=tuple(Answer(side, effort, clean, pain, stopped) for side in sides),
    )
    return WorkoutLog(
        on=day(on),
        number=number,
        lines={exercise: line, **(other_lines or {})},
        planned=planned,
        lighter=lighter,
        next_morning_usual=morning,
    )


def a_check(left: SideSeen | None = None, right: SideSeen | None = None) -> CheckSeen:
    """A check of 12 September; both sides without a pattern unless said otherwise."""
    ordinary = SideSeen("M7", arch="normal")
    return CheckSeen(on=date(2026, 9, 12), left=left or ordinary, right=right or ordinary)


KNEE_IN_ARCH_ROSE = SideSeen("M1", arch="low")
LOW_ARCH = SideSeen("M4", arch="low")


def weeks_until(schedule: Schedule, today: date) -> list[PlanWeek]:
    """The calendar weeks from the start of a plan to the week of a day, oldest first."""
    first, last = schedule.week_of(schedule.start), schedule.week_of(today)
    return [schedule.week(first + timedelta(weeks=n)) for n in range((last - first).days // 7 + 1)]
