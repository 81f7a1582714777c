"""A plan that is being made: where the last one ended, and what the new one would ask."""

from datetime import date, timedelta

from accounts.models import User
from exercises.rows import (
    latest_plan,
)
from exercises.rules import planning, prescribing, scheduling
from exercises.rules.drafts import Draft, Previous, Wishes
from exercises.rules.lookahead import Coming, Story, TrainingSoFar, coming_workouts
from exercises.rules.numbers import rule_numbers
from exercises.rules.values import Context, WorkoutLog
from exercises.training import training_with

FOUR_WEEKS = timedelta(weeks=4)


def where_it_ended(person: User, start: date) -> Previous:
    """Where the plan that runs, or ended last, stands for a block that starts on a day."""
    plan = latest_plan(person)
    training = training_with(plan, plan.person) if plan else None
    if training is None or not training.workouts:
        return Previous()
    today = training.today
    targets = [training.target(line) for line in [*training.lines_on(today), *training.resting_on(today)]]
    done = {exercise for workout in training.log for exercise in workout.lines}
    within = timedelta(days=rule_numbers().progression.no_higher_after_pain_days)
    last = training.workouts[-1].local_date
    held = frozenset(target.exercise for target in targets if target.on_hold)
    return Previous(
        rungs={target.exercise: target.standing.rung for target in targets if target.exercise in done},
        held=held,
        hurt=frozenset(
            target.exercise
            for target in targets
            if any(start - result.on <= within for result in target.answers)
        ),
        long_away=prescribing.away(training.log, start) is prescribing.Away.RUNG_LOWER,
        seen_since=any(lock.until and lock.until >= last for lock in training.past.locks),
        held_since=training.workouts[0].local_date if held else None,
        gates=training.context.gates,
    )


def standing_with(
    planned: Draft, wishes: Wishes, schedule: scheduling.Schedule, log: list[WorkoutLog]
) -> TrainingSoFar:
    """Where a person stands with a draft: what was logged lately goes on, as it will once the plan runs."""
    safety = wishes.safety
    context = Context(
        owned=wishes.owned,
        caps=safety.highest_rungs,
        tap_only=safety.with_limits,
        easy_counts_from=schedule.active_day(15),
        gates=wishes.previous.gates,
    )
    lines = [line.plan_line for line in planned.lines]
    return TrainingSoFar(lines, log, context, planning.spare_lines(planned, wishes))


def draft_ahead(
    planned: Draft,
    minutes: int,
    schedule: scheduling.Schedule,
    standing: TrainingSoFar,
    *,
    most: int | None = None,
) -> list[Coming]:
    """The workouts of the first four weeks of a draft, or only so many of them, if all go as asked."""
    until = schedule.start + FOUR_WEEKS
    days = [
        prescribing.WorkoutDay(
            on=slot.on,
            minutes=minutes,
            lighter_week=schedule.is_lighter_week(slot.on),
            first_side=planned.first_side,
        )
        for slot in schedule.slots
        if slot.on < until
    ]
    return coming_workouts(Story.DONE, days[:most], standing)
