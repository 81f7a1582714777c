"""What the coming workouts would be if the next one went a certain way: the rules, asked ahead of time.

Nothing here decides anything; `prescribing.prescribe` is asked as each workout would ask it. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exercises.rules.catalogue import catalogue
from exercises.rules.drafts import Draft, Wishes
from exercises.rules.numbers import rule_numbers
from exercises.rules.pace import Paces
from exercises.rules.planning import spare_lines
from exercises.rules.prescribing import PrescribedLine, Prescription, WorkoutDay, prescribe
from exercises.rules.scheduling import Schedule
from exercises.rules.slots import DAY
from exercises.rules.values import Answer, Context, Effort, LineLog, PlanLine, SetDone, WorkoutLog

# The pain that the page tells of: the strongest after which an exercise stays on its step (facts F7, row 2).
PAIN_TOLD = 5


class Story(StrEnum):
    """How a workout goes."""

    DONE = "done"  # every set as asked, it felt right, no pain
    NOT_CLEAN = "not_clean"
    PAIN = "pain"


@dataclass(frozen=True)
class Coming:
    """A workout to come."""

    on: date
    prescription: Prescription

    def line(self, exercise: str) -> PrescribedLine | None:
        """What it asks of an exercise, if it holds it."""
        return next((line for line in self.prescription.lines if line.exercise == exercise), None)


@dataclass(frozen=True)
class TrainingSoFar:
    """Where a person stands: the plan's lines, the log so far, and what else decides.

    spare  what fills in while lines are on hold (`planning.spare_lines`)
    """

    lines: Sequence[PlanLine]
    log: Iterable[WorkoutLog]
    context: Context
    spare: Sequence[PlanLine] = ()


def so_far_with(planned: Draft, wishes: Wishes, log: Iterable[WorkoutLog]) -> TrainingSoFar:
    """Where a person stands with a draft: what was logged lately goes on, as it will once the plan runs.

    Who has logged anything has had a plan, and "easy" waits for a week only in the first.
    """
    safety = wishes.safety
    context = Context(
        owned=wishes.owned,
        caps=safety.highest_rungs,
        causes=safety.causes,
        tap_only=safety.with_limits,
        gates=wishes.previous.gates,
    )
    lines = [line.plan_line for line in planned.lines]
    return TrainingSoFar(lines, log, context, spare_lines(planned, wishes))


def first_workouts(  # noqa: PLR0913  (what shapes them has these parts)
    planned: Draft,
    minutes: int,
    schedule: Schedule,
    so_far: TrainingSoFar,
    *,
    paces: Paces,
    most: int | None = None,
) -> list[Coming]:
    """The workouts of the first weeks of a draft, or only so many of them, if all go as asked."""
    until = schedule.start + rule_numbers().schedule.shown_ahead_weeks * 7 * DAY
    days = [
        WorkoutDay(
            on=slot.on,
            minutes=minutes,
            lighter_week=schedule.is_lighter_week(slot.on),
            first_side=planned.first_side,
            paces=paces,
        )
        for slot in schedule.slots
        if slot.on < until
    ]
    return coming_workouts(Story.DONE, days[:most], so_far)


def coming_workouts(story: Story, days: Sequence[WorkoutDay], so_far: TrainingSoFar) -> list[Coming]:
    """The workouts of these days, when the first goes as the story tells and all others as asked.

    Gates ("ready to try?") are not answered, so a step that waits for a person's own yes stays where it is.
    """
    told = list(so_far.log)
    coming = []
    for number, day in enumerate(days):
        prescription = prescribe(so_far.lines, told, day, so_far.context, spare=so_far.spare)
        coming.append(Coming(day.on, prescription))
        goes = story if number == 0 else Story.DONE
        told.append(
            WorkoutLog(
                on=day.on,
                lines={line.exercise: _as_told(line, goes) for line in prescription.lines},
                lighter=prescription.lighter,
                left_out=prescription.left_out,
            )
        )
    return coming


def _as_told(line: PrescribedLine, story: Story) -> LineLog:
    shown = line.prescribed.shown
    sides = catalogue().rung(line.exercise, shown.rung).laterality.sides
    return LineLog(
        line.prescribed,
        sets=tuple(
            SetDone(side, number, shown.repetitions, shown.load_grams)
            for side in sides
            for number in range(1, shown.sets + 1)
        ),
        answers=tuple(
            Answer(
                side,
                Effort.RIGHT,
                clean=story is not Story.NOT_CLEAN,
                pain=PAIN_TOLD if story is Story.PAIN else 0,
            )
            for side in sides
        ),
    )
