"""A plan that is being made: where the last one ended, and what the new one would ask."""

from datetime import date
from functools import cached_property
from typing import Any

from accounts.models import User
from assessments.models import Attempt
from assessments.rules.safety import SafetyState
from exercises.models import Plan
from exercises.rows import idiom_of, latest_plan, log_of, recent_workouts, wishes_of
from exercises.rules import planning
from exercises.rules.drafts import Draft, Previous, Wishes
from exercises.rules.idiom import Idiom
from exercises.rules.lookahead import TrainingSoFar, so_far_with
from exercises.rules.scheduling import Schedule, earliest_start
from exercises.training import Training, training_with


def where_it_ended(person: User, start: date) -> Previous:
    """Where the plan that runs, or ended last, stands for a block that starts on a day."""
    plan = latest_plan(person)
    training = training_with(plan, plan.person) if plan else None
    if training is None or not training.workouts:
        return Previous()
    lines = [*training.lines_on(training.today), *training.resting_on(training.today)]
    return planning.where_it_ended(
        [training.target(line) for line in lines],
        training.log,
        start=start,
        opened_on=[lock.until for lock in training.past.locks if lock.until],
        gates=training.context.gates,
    )


def as_before(training: Training) -> dict[str, dict[str, Any]]:
    """What the pages of a next plan are answered with where nothing changes: by step, from the days and minutes of now."""
    today = training.today
    trained_today = any(workout.local_date == today for workout in training.workouts)
    return {
        "things": {},
        "days": {
            "weekdays": list(training.schedule.weekdays_on(training.changes_count_from)),
            "start": earliest_start(today, trained_today=trained_today).isoformat(),
        },
        "time": {**training.plan.answers["time"], "minutes": training.minutes},
    }


class ReadyDraft:
    """A draft whose pages are all answered, with what it is made from."""

    def __init__(self, draft: Plan, state: SafetyState, check: Attempt | None) -> None:
        self.draft = draft
        self.state = state
        self.check = check
        self.start = date.fromisoformat(draft.answers["days"]["start"])
        self.previous = where_it_ended(draft.person, self.start)
        self.schedule = Schedule(self.start, tuple(draft.answers["days"]["weekdays"]))

    @cached_property
    def idiom(self) -> Idiom:
        """How the person reads weights and bands."""
        return idiom_of(self.draft.person)

    def wishes(self, changes: list[dict[str, Any]] | None = None) -> Wishes:
        """What the plan is made from; with other changes by hand than those that are stored."""
        answers = self.draft.answers if changes is None else {**self.draft.answers, "changes": changes}
        plan = Plan(person=self.draft.person, answers=answers)
        return wishes_of(plan, self.state, self.check, self.previous)

    def so_far(self, planned: Draft) -> TrainingSoFar:
        """Where the person will stand when the plan runs, with what was logged before it."""
        person, held_since = self.draft.person, self.previous.held_since
        known = {"held_since": held_since.isoformat()} if held_since else {}
        recent = recent_workouts(person, Plan(start_date=self.start, answers=known))
        return so_far_with(planned, self.wishes(), [log_of(row).for_progression for row in recent])
