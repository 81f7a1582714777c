"""Which lines of a plan count on a day, after what was decided and what safety answers say."""

from collections.abc import Sequence

import pytest

from assessments.rules.safety_past import EffectPeriod
from exercises.rules.drafts import Line
from exercises.rules.lines import (
    LineAdded,
    LineDecision,
    LinesOverTime,
    LineTakenOut,
    MinutesChosen,
    is_last_line,
    rung_to_add,
)
from exercises.rules.planning import GOES_ON, RESTS
from exercises.rules.values import Context, PlanLine
from exercises.rules.wording import because
from tests.exercises.builders import MONDAY, a_dose, day, logged, owns

ACCEPTED = (
    Line("bridge", "two_legs", (because("start"),)),
    Line("short_foot", "sitting", (because("start"), because(GOES_ON))),
)
RESTING = Line("heel_raise", "both_legs", (because(RESTS),))
ONLY_OFFERED = Line("march", "march", (because("start"),))


def lines(*decisions: LineDecision, offered: Sequence[Line] = (ONLY_OFFERED,)) -> LinesOverTime:
    return LinesOverTime(
        ACCEPTED, offered, minutes=30, decisions=decisions, start=MONDAY, before_the_plan=(day(-3), 1)
    )


def names(found: Sequence[Line | PlanLine]) -> list[str]:
    return [line.exercise for line in found]


def added(exercise: str, number: int, rung: str = "march", *, fresh: bool = False) -> LineAdded:
    return LineAdded(exercise, rung, day(number), day(number), (day(number), 0) if fresh else None)


def out(exercise: str, number: int) -> LineTakenOut:
    return LineTakenOut(exercise, day(number), day(number))


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], ["bridge", "short_foot"]),
        ([out("bridge", 2)], ["short_foot"]),
        ([out("bridge", 3)], ["bridge", "short_foot"]),
        ([added("march", 2)], ["bridge", "short_foot", "march"]),
        ([added("march", 3)], ["bridge", "short_foot"]),
        ([out("bridge", 0), added("bridge", 1)], ["short_foot", "bridge"]),
        ([added("gone_from_the_content", 1)], ["bridge", "short_foot"]),
        ([MinutesChosen(10, day(1), ("bridge",))], ["bridge"]),
        ([MinutesChosen(10, day(1), ("bridge",)), added("march", 2)], ["bridge", "march"]),
        ([MinutesChosen(10, day(1), ("bridge",)), MinutesChosen(30, day(2))], ["bridge", "short_foot"]),
    ],
    ids=[
        "as accepted",
        "taken out",
        "taken out from tomorrow on",
        "added",
        "added from tomorrow on",
        "taken out and added again, last",
        "no longer in the content",
        "ten minutes",
        "added after ten minutes",
        "more minutes again",
    ],
)
def test_lines_in_force_follow_what_was_decided_by_the_day(
    decisions: list[LineDecision], expected: list[str]
) -> None:
    assert names(lines(*decisions).on(day(2))) == expected


def test_a_line_that_rested_when_the_plan_was_made_comes_back_with_more_minutes() -> None:
    rested = lines(MinutesChosen(30, day(2)), offered=(RESTING, ONLY_OFFERED))

    assert names(rested.on(day(1))) == ["bridge", "short_foot"]
    assert names(rested.resting_on(day(1))) == ["heel_raise"]
    assert names(rested.on(day(2))) == ["bridge", "short_foot", "heel_raise"]
    assert rested.resting_on(day(2)) == []


def test_the_latest_minutes_chosen_by_a_day_count() -> None:
    chosen = lines(MinutesChosen(10, day(1), ()), MinutesChosen(45, day(2)))

    assert [chosen.minutes_on(day(number)) for number in range(3)] == [30, 10, 45]


def test_what_was_taken_out_is_out_until_it_is_added_again() -> None:
    changed = lines(out("bridge", 1), out("short_foot", 1), added("bridge", 2))

    assert changed.taken_out_on(day(0)) == {}
    assert changed.taken_out_on(day(1)) == {"bridge": day(1), "short_foot": day(1)}
    assert changed.taken_out_on(day(2)) == {"short_foot": day(1)}


@pytest.mark.parametrize(
    ("period", "decisions", "waits"),
    [
        (EffectPeriod("bridge", day(0), day(3), dropped=True), [], True),
        (EffectPeriod("bridge", day(-9), day(0), dropped=True), [], True),
        (EffectPeriod("bridge", day(-9), day(-1), dropped=True), [], False),
        (EffectPeriod("bridge", day(0), day(3)), [], False),
        (EffectPeriod("bridge", day(0), None, dropped=True), [], False),
        (EffectPeriod("bridge", day(0), day(3), dropped=True), [added("bridge", 3)], False),
        (EffectPeriod("bridge", day(0), day(3), dropped=True), [added("bridge", 2)], True),
    ],
    ids=[
        "left out and back",
        "back at the start",
        "back before the plan",
        "only kept low",
        "left out still",
        "added since",
        "added before it came back",
    ],
)
def test_a_line_that_was_left_out_for_safety_waits_until_it_is_added_again(
    period: EffectPeriod, decisions: list[LineDecision], *, waits: bool
) -> None:
    plan = lines(*decisions)

    assert plan.may_come_back([period]) == (
        {"bridge": day(3 if period.until == day(3) else 0)} if waits else {}
    )
    assert ("bridge" in names(plan.for_workout(day(4), dropped=(), effects=[period]))) is not waits


def test_no_workout_holds_what_safety_answers_leave_out() -> None:
    assert names(lines().for_workout(day(0), dropped={"bridge"}, effects=())) == ["short_foot"]


def test_a_line_begins_anew_with_the_plan_unless_it_goes_on_or_was_added() -> None:
    plan = lines(added("march", 1, fresh=True), added("bridge", 1, "two_legs"))

    found = {line.exercise: line.fresh_after for line in plan.for_workout(day(2), dropped=(), effects=())}

    assert found == {"bridge": (day(-3), 1), "short_foot": None, "march": (day(1), 0)}


@pytest.mark.parametrize(("left", "last"), [(0, False), (1, True), (2, False)])
def test_the_last_line_of_a_plan_stays(left: int, *, last: bool) -> None:
    assert is_last_line([PlanLine("bridge", "two_legs")] * left) is last


@pytest.mark.parametrize(
    ("done", "came_back", "expected"),
    [
        (False, False, ("rolled_forward", False)),
        (True, False, ("straight_leg", False)),
        (True, True, ("clam", True)),
    ],
    ids=["never done", "taken out and added again", "left out for safety and back"],
)
def test_an_added_line_starts_where_it_stood_or_one_step_below_after_safety(
    *, done: bool, came_back: bool, expected: tuple[str, bool]
) -> None:
    place = Line("side_lying_abduction", "rolled_forward", ())
    dose = a_dose("side_lying_abduction", "straight_leg")
    log = [logged(dose, "side_lying_abduction")] if done else []

    rung, fresh = rung_to_add(place, log, Context(owned=owns("wall_or_chair")), came_back=came_back)

    assert (rung.key, fresh) == expected
