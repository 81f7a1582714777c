"""The tables and numbers of planning, schedule and progression, read once from `content/planning.toml`."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from anatomy.blocks import ContentError, Frozen, Key, load_file, require_keys
from exercises.rules.catalogue import CONTENT, catalogue
from exercises.rules.wording import templates

Positive = Annotated[int, Field(ge=1)]


NO_CHECK = "no_check"
"""The outcome of a plan without a mirror check."""


class PlannedOutcome(Frozen):
    """What a rule of the mirror check puts into a plan.

    why                  the reason its lines give, by its key; with `_both` behind it, where both sides say it
    same_as              the outcome whose lines it takes
    low_arch_as          the outcome it takes instead when that side's arch is flat or low, for `low_arch_why`
    general              the plan is general strength, not made from the check
    locked               no plan until someone has looked ("I have been seen")
    offered_not_planned  exercises that may be added by hand but are never planned, for either side
    """

    why: Key
    lines: tuple[Key, ...] = ()
    offered: tuple[Key, ...] = ()
    start_number: int | None = None
    same_as: str | None = None
    low_arch_as: str | None = None
    low_arch_why: Key | None = None
    general: bool = False
    locked: bool = False
    offered_not_planned: tuple[Key, ...] = ()


class StartNumbers(Frozen):
    """How the start rung follows from the person."""

    trained: int
    over_65_or_adapted: int
    lowest: int
    highest: int
    always: Mapping[Key, int]


class TooFewNumbers(Frozen):
    """What fills a plan that has become too short."""

    least: Positive
    fill_from: tuple[Key, ...]


class MinutesNumbers(Frozen):
    """How long a workout is estimated to take, and what a short one holds."""

    choices: tuple[Positive, ...]
    ten: tuple[Key, ...]
    ten_most: Positive
    seconds_between_sets: Positive
    seconds_between_exercises: Positive
    warm_up: Positive

    @property
    def shortest(self) -> int:
        """The choice with which lines rest."""
        return min(self.choices)


class PaceNumbers(Frozen):
    """What a person may set of the player, in seconds; a rest of 0 is none."""

    rest_choices: tuple[int, ...]
    ready_choices: tuple[Positive, ...]
    ready_seconds: Positive
    move_seconds: Mapping[Key, Positive]


class WorkoutNumbers(Frozen):
    """Exceptions to the order in which a workout is done, and the hour until which the day before is not over."""

    first_from_number: Mapping[Key, int]
    night_until_hour: Annotated[int, Field(ge=0, le=12)]


class ScheduleNumbers(Frozen):
    """Numbers of the schedule."""

    weeks: Positive
    look_again_weeks: tuple[Positive, ...]
    lighter_weeks: tuple[Positive, ...]
    workouts_before_a_lighter_week: Positive
    weeks_before_a_lighter_week: Positive
    most_days_a_week: Positive
    start_within_days: Positive
    takes_a_slot_within_days: Positive
    looked_lately_days: Positive
    shown_ahead_weeks: Positive


class AwayNumbers(Frozen):
    """From how many days without a workout a lighter restart is offered."""

    lighter_from_days: Positive
    rung_lower_from_days: Positive


class ProgressionNumbers(Frozen):
    """Numbers of progression (facts F7; after baechle_2for2, acsm_2009; pain after silbernagel_2007)."""

    pain_allowed_to: Positive
    stop_from_pain: Positive
    second_stop_within_days: Positive
    third_pain_within_days: Positive
    bad_mornings_within_days: Positive
    bad_mornings: Positive
    no_higher_after_pain_days: Positive
    offer_again_after: Positive
    rungs_passed_at_most: Positive
    easy_counts_from_week: Positive
    most_sets: Positive
    most_sets_at_cap: Positive
    first_load_at_most_grams: Positive
    load_step_at_most_grams: Positive
    load_step_at_most_percent: Positive

    @property
    def looks_back_days(self) -> int:
        """How far back a rule may look, so that a new block needs the one before."""
        return max(
            self.second_stop_within_days,
            self.third_pain_within_days,
            self.bad_mornings_within_days,
            self.no_higher_after_pain_days,
        )


class RuleNumbers(Frozen):
    """Everything in `content/planning.toml`."""

    outcomes: Mapping[str, PlannedOutcome]
    start: StartNumbers
    too_few: TooFewNumbers
    minutes: MinutesNumbers
    pace: PaceNumbers
    workout: WorkoutNumbers
    schedule: ScheduleNumbers
    away: AwayNumbers
    progression: ProgressionNumbers

    @functools.cached_property
    def general_reasons(self) -> frozenset[str]:
        """The reasons of lines that are there for general strength, not for anything that was seen."""
        general = [self.outcome(key) for key in self.outcomes if self.outcome(key).general]
        return frozenset(f"{outcome.why}{both}" for outcome in general for both in ("", "_both"))

    def outcome(self, key: str) -> PlannedOutcome:
        """An outcome with what it takes over from another; raises KeyError for an unknown rule."""
        outcome = self.outcomes[key]
        if outcome.same_as is None:
            return outcome
        taken = self.outcome(outcome.same_as)
        start = taken.start_number if outcome.start_number is None else outcome.start_number
        return outcome.model_copy(
            update={
                "lines": taken.lines,
                "offered": taken.offered,
                "start_number": start,
                "general": taken.general,
            }
        )


def load_rule_numbers(path: Path, exercises: Mapping[str, object]) -> RuleNumbers:
    """Read the rules; raises ContentError when they name an exercise, outcome or reason that is not there."""
    numbers = load_file(path, RuleNumbers)
    for key, outcome in numbers.outcomes.items():
        where = f"{path}: outcomes.{key}"
        named = [*outcome.lines, *outcome.offered, *outcome.offered_not_planned]
        require_keys(named, exercises, where=where)
        others = [other for other in (outcome.same_as, outcome.low_arch_as) if other]
        require_keys(others, numbers.outcomes, where=where)
        whys = [why for why in (outcome.why, outcome.low_arch_why) if why]
        require_keys([*whys, *(f"{why}_both" for why in whys if key != NO_CHECK)], templates(), where=where)
        if outcome.same_as is None and (outcome.start_number is None or not outcome.lines):
            raise ContentError(f"{where}: needs lines and start_number, or same_as")
        if (outcome.low_arch_as is None) != (outcome.low_arch_why is None):
            raise ContentError(f"{where}: low_arch_as and low_arch_why go together")
        if outcome.same_as and numbers.outcomes[outcome.same_as].same_as:
            raise ContentError(f"{where}: same_as names an outcome that itself takes over another")
    require_keys(
        [
            *numbers.minutes.ten,
            *numbers.too_few.fill_from,
            *numbers.workout.first_from_number,
            *numbers.start.always,
        ],
        exercises,
        where=str(path),
    )
    return numbers


@functools.cache
def rule_numbers() -> RuleNumbers:
    """The rules, read once."""
    return load_rule_numbers(CONTENT / "planning.toml", catalogue().exercises)
