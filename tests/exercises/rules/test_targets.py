"""Facts F7, row by row and bullet by bullet."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.rules.catalogue import UnknownKey, catalogue
from exercises.rules.choosing import check_choice, rungs_on
from exercises.rules.doses import is_higher, next_load
from exercises.rules.ladder import ladder_for
from exercises.rules.owned import Owned
from exercises.rules.prescribing import Away, WorkoutDay, away, first_side, prescribe
from exercises.rules.targets import Target, next_target
from exercises.rules.values import (
    Context,
    Effort,
    GateAnswer,
    LineLog,
    Offer,
    PainResult,
    PlanLine,
    Prescribed,
    RungChoice,
    Seen,
    SetDone,
    WorkoutLog,
)
from exercises.rules.wording import Refused, words
from tests.exercises.builders import OWNS_EVERYTHING, a_context, a_dose, a_line, day, logged, owns

WALK = a_dose("banded_walk", "band_at_knees")
TOP = replace(WALK, repetitions=14)
BAG = a_dose("deadlift", "bag_to_knee", load_grams=4_000)
HINGE = PlanLine("deadlift", "stick_hinge")


def after(*log: WorkoutLog, line: PlanLine | None = None, context: Context | None = None) -> Target:
    return next_target(line or a_line(), log, context or a_context())


# --- start ---


def test_nothing_logged_starts_at_the_lines_rung() -> None:
    target = after(line=a_line(start="band_at_knees"))

    assert target.standing == WALK
    assert target.reasons[0].key == "start"


def test_a_start_rung_that_left_the_content_starts_at_the_lowest() -> None:
    assert after(line=a_line(start="gone")).standing.rung == "no_band"


def test_an_exercise_that_left_the_content_is_a_named_error() -> None:
    with pytest.raises(UnknownKey, match="gone"):
        after(line=PlanLine("gone", "x"))


def test_a_log_of_a_retired_rung_is_passed_over() -> None:
    retired = replace(WALK, rung="retired")
    line = LineLog(Prescribed(retired, retired))

    assert after(WorkoutLog(day(0), {"banded_walk": line})).reasons[0].key == "start"


# --- row 1 ---


@pytest.mark.parametrize(
    "how",
    [
        {"pain": 6},
        {"pain": 10},
        {"stopped": True},
        {"pain": 4, "morning": False},
        {"pain": 6, "lighter": True},
        {"pain": 6, "planned": False},
        {"pain": 6, "sets": 1},
    ],
)
def test_strong_pain_in_any_log_goes_one_rung_down(how: dict[str, object]) -> None:
    target = after(logged(TOP, on=0), logged(TOP, on=2, **how))  # type: ignore[arg-type]

    assert target.standing == a_dose("banded_walk", "band_at_knees_upright")
    assert target.reasons[0].key.endswith("_rung_down")


def test_pain_starts_from_the_lower_of_standing_and_shown() -> None:
    shown = a_dose("banded_walk", "band_at_knees_upright")

    assert after(logged(WALK, shown=shown, pain=6, lighter=True)).standing.rung == "no_band"


@pytest.mark.parametrize(("days", "held"), [(14, True), (15, False)])
def test_strong_pain_twice_within_fourteen_days_is_on_hold(days: int, held: bool) -> None:  # noqa: FBT001
    lower = a_dose("banded_walk", "band_at_knees_upright")
    answered = frozenset({PainResult(day(0), 1, 1)})

    target = after(logged(WALK, pain=6), logged(lower, on=days, pain=6, answers=answered))

    assert target.on_hold is held
    assert target.standing.rung == "no_band"


@pytest.mark.parametrize("how", [{"pain": 6}, {"stopped": True}])
def test_a_hold_has_one_reason_the_stricter(how: dict[str, object]) -> None:
    target = after(logged(WALK, **how), logged(WALK, on=2, **how))  # type: ignore[arg-type]

    assert [reason.key for reason in target.reasons] == ["hold_second_stop"]


# --- row 2 ---


def test_pain_of_four_takes_one_set() -> None:
    assert after(logged(WALK, pain=4)).standing == replace(WALK, sets=1)


def test_pain_with_one_set_goes_back_to_reps_from() -> None:
    one_set = replace(WALK, sets=1, repetitions=12)

    assert after(logged(one_set, pain=5)).standing == replace(WALK, sets=1)


def test_pain_with_nothing_left_on_the_rung_goes_one_rung_down_with_no_more_sets() -> None:
    assert after(logged(replace(WALK, sets=1), pain=5)).standing == a_dose(
        "banded_walk", "band_at_knees_upright", sets=1
    )


def test_pain_twice_in_a_row_goes_one_rung_down_whatever_the_sets() -> None:
    answered = frozenset({PainResult(day(0), 1, 2)})

    target = after(
        logged(replace(WALK, sets=2), pain=4), logged(replace(WALK, sets=2), on=2, pain=4, answers=answered)
    )

    assert target.standing.rung == "band_at_knees_upright"


# --- row 3 ---


def test_a_bad_morning_keeps_the_target() -> None:
    target = after(logged(WALK, on=0, morning=False))

    assert target.standing == WALK
    assert target.reasons[0].key == "bad_morning"


def test_another_exercise_that_stopped_keeps_the_target() -> None:
    bridge = logged(a_dose("bridge", "two_legs"), "bridge", pain=7).lines

    assert after(logged(WALK, other_lines=bridge)).standing == WALK


def test_the_third_bad_morning_within_four_weeks_counts_as_pain() -> None:
    log = [logged(WALK, on=days, morning=False) for days in (0, 14, 28)]

    assert after(*log).standing == replace(WALK, sets=1)
    assert after(*log[:2]).standing == WALK


# --- row 4 ---


@pytest.mark.parametrize("how", [{"lighter": True}, {"sets": 1}, {"planned": False}])
def test_lighter_partly_done_and_unplanned_change_nothing(how: dict[str, object]) -> None:
    assert after(logged(WALK, **how)).standing == WALK  # type: ignore[arg-type]


@pytest.mark.parametrize("how", [{"sets": 0}, {"planned": False}, {"lighter": True}])
@pytest.mark.parametrize("pain", [4, 6])
def test_a_step_down_for_pain_keeps_its_reason_over_workouts_that_change_nothing(
    pain: int, how: dict[str, object]
) -> None:
    hurt = logged(WALK, pain=pain)
    easier = after(hurt)
    story = [hurt]
    for number in (2, 3):
        again = after(*story)
        story.append(
            logged(again.standing, number=number, answers=again.answers, reasons=again.reasons, **how)  # type: ignore[arg-type]
        )

    target = after(*story)

    assert (target.standing, target.reasons) == (easier.standing, easier.reasons)
    assert f"because you felt pain of {pain} on 5 October" in words(target.reasons[0])


def test_a_step_up_does_not_keep_its_reason_over_a_workout_that_changes_nothing() -> None:
    up = after(logged(WALK))

    target = after(logged(WALK), logged(up.standing, on=2, sets=1, reasons=up.reasons))

    assert [reason.key for reason in target.reasons] == ["nothing_counted"]


def test_a_night_without_an_answer_counts_as_usual() -> None:
    assert after(logged(WALK, morning=None)).standing.repetitions == 11


# --- row 5 ---

SHORT = [{"repetitions": 9}, {"clean": False}, {"effort": Effort.NOTHING_LEFT}]


@pytest.mark.parametrize("how", SHORT)
def test_less_than_the_target_keeps_it_once_and_goes_down_twice(how: dict[str, object]) -> None:
    once, twice = logged(WALK, **how), logged(WALK, on=2, **how)  # type: ignore[arg-type]

    assert after(once).standing == WALK
    assert after(once, twice).standing.rung == "band_at_knees_upright"


def test_less_load_is_a_miss() -> None:
    assert after(logged(BAG, "deadlift", load_grams=2_000), line=HINGE).standing == BAG


@pytest.mark.parametrize(("band", "is_miss"), [("band_light", True), ("band_heavy", False), ("", False)])
def test_a_lighter_band_is_a_miss(band: str, *, is_miss: bool) -> None:
    medium = replace(WALK, band="band_medium")

    assert (after(logged(medium, band=band)).standing.repetitions == medium.repetitions) is is_miss


def test_a_lighter_workout_between_two_misses_does_not_part_them() -> None:
    log = [logged(WALK, clean=False), logged(WALK, on=2, lighter=True), logged(WALK, on=4, clean=False)]

    assert after(*log).standing.rung == "band_at_knees_upright"


def test_a_success_between_two_misses_parts_them() -> None:
    log = [logged(WALK, clean=False), logged(WALK, on=2), logged(WALK, on=4, clean=False)]

    assert after(*log).standing == WALK


def test_a_miss_with_a_bad_morning_still_counts_as_a_miss() -> None:
    log = [logged(WALK, clean=False, morning=False), logged(WALK, on=2, clean=False)]

    assert after(*log).standing.rung == "band_at_knees_upright"


# --- row 6 ---


@pytest.mark.parametrize(
    ("effort", "repetitions"), [(Effort.HARD, 11), (Effort.RIGHT, 11), (Effort.EASY, 12)]
)
def test_success_adds_one_and_easy_two(effort: Effort, repetitions: int) -> None:
    assert after(logged(WALK, effort=effort)).standing == replace(WALK, repetitions=repetitions)


def test_success_never_goes_above_reps_to() -> None:
    assert after(logged(replace(WALK, repetitions=13), effort=Effort.EASY)).standing == TOP


def test_easy_counts_as_right_in_the_first_two_weeks() -> None:
    context = a_context(easy_counts_from=day(14))

    assert after(logged(WALK, on=13, effort=Effort.EASY), context=context).standing.repetitions == 11
    assert after(logged(WALK, on=14, effort=Effort.EASY), context=context).standing.repetitions == 12


def test_the_worse_side_decides() -> None:
    log = logged(WALK)
    line = log.lines["banded_walk"]
    right = tuple(replace(s, repetitions=9) if s.side == "right" else s for s in line.sets)

    assert after(replace(log, lines={"banded_walk": replace(line, sets=right)})).standing == WALK


def test_a_set_that_was_taken_away_comes_back_and_nothing_else() -> None:
    assert after(logged(replace(WALK, sets=1))).standing == WALK


def test_twice_at_the_top_opens_the_next_rung() -> None:
    assert after(logged(TOP)).standing == TOP
    target = after(logged(TOP), logged(TOP, on=2))
    assert target.standing == a_dose("banded_walk", "band_at_ankles")


def test_an_unplanned_workout_between_does_not_break_the_run_but_a_miss_does() -> None:
    between = logged(TOP, on=1, planned=False)
    missed = logged(TOP, on=1, clean=False)

    assert after(logged(TOP), between, logged(TOP, on=2)).standing.rung == "band_at_ankles"
    assert after(logged(TOP), missed, logged(TOP, on=2)).standing == TOP


ROLLED = a_dose("side_lying_abduction", "rolled_forward")
ROLLED_BEFORE = replace(ROLLED, hold_seconds=5)
"""As version 2 prescribed it."""


def test_a_hold_that_was_changed_counts_from_the_next_workout() -> None:
    log = [logged(ROLLED_BEFORE, "side_lying_abduction")]
    line = a_line("side_lying_abduction", "clam")
    lighter = WorkoutDay(day(2), minutes=30, lighter_week=True)

    target = next_target(line, log, a_context())
    halved = prescribe([line], log, lighter, a_context()).lines[0].prescribed.shown

    assert target.standing == replace(ROLLED, repetitions=9)
    assert halved.hold_seconds == ROLLED.hold_seconds == 2


def test_a_hold_that_was_changed_breaks_no_run_of_successes() -> None:
    before, since = (replace(dose, repetitions=14) for dose in (ROLLED_BEFORE, ROLLED))
    log = [logged(before, "side_lying_abduction"), logged(since, "side_lying_abduction", on=2)]

    target = next_target(a_line("side_lying_abduction", "clam"), log, a_context())

    assert target.standing.rung == "ankle_weight"


def test_a_hold_that_was_changed_lets_the_way_back_end() -> None:
    back = replace(ROLLED_BEFORE, repetitions=13)
    towards = replace(ROLLED_BEFORE, repetitions=14)
    log = [logged(back, "side_lying_abduction", towards=towards)]

    target = next_target(a_line("side_lying_abduction", "clam"), log, a_context())

    assert target.standing == replace(ROLLED, repetitions=14)
    assert target.towards is None


def test_short_foot_moves_up_after_six() -> None:
    sitting = a_dose("short_foot", "sitting")
    log = [logged(sitting, "short_foot", on=n * 2) for n in range(6)]
    line = PlanLine("short_foot", "sitting")

    assert after(*log[:5], line=line).standing == sitting
    assert after(*log, line=line).standing.rung == "standing"


# --- loads ---


def test_easy_with_a_load_takes_the_next_load_with_the_same_repetitions() -> None:
    target = after(logged(BAG, "deadlift", effort=Effort.EASY), line=HINGE)

    assert target.standing == replace(BAG, load_grams=6_000)


def test_twice_at_the_top_below_the_goal_takes_the_next_load() -> None:
    top = replace(BAG, repetitions=10)

    target = after(logged(top, "deadlift"), logged(top, "deadlift", on=2), line=HINGE)

    assert target.standing == replace(BAG, load_grams=6_000)


def test_twice_at_the_top_at_the_goal_opens_the_next_rung_with_a_load_already_lifted() -> None:
    top = replace(BAG, repetitions=10, load_grams=6_000)

    target = after(logged(top, "deadlift"), logged(top, "deadlift", on=2), line=HINGE)

    assert (target.standing.rung, target.standing.load_grams) == ("from_block", 6_000)


def test_at_the_goal_without_a_next_rung_the_load_grows_on() -> None:
    context = a_context(owns("wall_or_chair", "stick", "bag_or_bottles"))
    top = replace(BAG, repetitions=10, load_grams=6_000)

    target = after(logged(top, "deadlift"), logged(top, "deadlift", on=2), line=HINGE, context=context)

    assert target.standing == replace(BAG, load_grams=8_000)


def test_a_big_gap_between_weights_is_offered_not_forced() -> None:
    context = a_context(owns("wall_or_chair", "stick", kettlebell_or_dumbbell=(4_000, 8_000)))
    top = replace(BAG, repetitions=10)

    target = after(logged(top, "deadlift"), logged(top, "deadlift", on=2), line=HINGE, context=context)

    assert target.standing == top
    assert target.offer == Offer("bag_to_knee", 8_000)
    easy = after(logged(BAG, "deadlift", effort=Effort.EASY), line=HINGE, context=context)
    assert easy.standing == replace(BAG, repetitions=10)


@pytest.mark.parametrize(
    ("now", "then", "small"), [(4_000, 6_000, True), (4_000, 6_500, False), (20_000, 24_000, True)]
)
def test_a_load_step_is_two_kilograms_or_a_fifth(now: int, then: int, small: bool) -> None:  # noqa: FBT001
    rung = catalogue().rung("deadlift", "from_floor")

    assert next_load(rung, owns(kettlebell_or_dumbbell=(now, then)), now) == (then, small)


def test_a_first_load_above_six_kilograms_opens_only_by_hand() -> None:
    context = a_context(owns("wall_or_chair", "stick", kettlebell_or_dumbbell=(8_000,)))
    stick = a_dose("deadlift", "stick_hinge", repetitions=10)

    target = after(logged(stick, "deadlift"), logged(stick, "deadlift", on=2), line=HINGE, context=context)

    assert target.standing.rung == "stick_hinge"
    assert "bag_to_knee" in may_choose(HINGE, [], context, day(0))


def test_pain_on_a_loaded_rung_goes_to_one_load_below_the_last_success() -> None:
    context = a_context()
    block = a_dose("deadlift", "from_block", load_grams=6_000)
    log = [logged(replace(BAG, load_grams=6_000), "deadlift"), logged(block, "deadlift", on=2, pain=6)]

    target = after(*log, line=HINGE, context=context)

    assert (target.standing.rung, target.standing.load_grams) == ("bag_to_knee", 4_000)


# --- rung up: equipment, caps, gates, limits ---


def test_passing_over_a_rung_is_offered() -> None:
    context = a_context(owns())
    top = a_dose("side_lying_abduction", "rolled_forward", repetitions=14)
    line = PlanLine("side_lying_abduction", "clam")
    log = [logged(top, line.exercise, on=n) for n in (0, 2)]

    target = after(*log, line=line, context=context)

    assert target.offer == Offer("side_bridge_on_knees")
    assert target.standing == replace(top, sets=3, repetitions=8)


def test_a_declined_offer_comes_again_after_four_successes() -> None:
    context = a_context(owns())
    offer = Offer("side_bridge_on_knees")
    line = PlanLine("side_lying_abduction", "clam")
    dose = a_dose("side_lying_abduction", "rolled_forward", sets=3)
    log = [logged(dose, line.exercise, offer=offer)]
    log += [logged(replace(dose, repetitions=8 + n), line.exercise, on=2 * n) for n in range(1, 4)]

    assert after(*log[:3], line=line, context=context).offer is None
    assert after(*log, line=line, context=context).offer == offer


def test_nothing_owned_above_adds_sets_up_to_three_then_stays() -> None:
    context = a_context(owns("wall_or_chair"))
    top = a_dose("banded_walk", "no_band", repetitions=10)
    more = replace(top, sets=3)

    third_set = after(logged(top), logged(top, on=2), context=context)
    at_the_end = after(logged(more), logged(more, on=2), context=context)

    assert third_set.standing == replace(top, sets=3, repetitions=8)
    assert at_the_end.standing == more
    assert words(at_the_end.reasons[0]).endswith("needs a light band or a medium band.")


@pytest.mark.parametrize(
    ("exercise", "rung", "owned", "said"),
    [
        ("short_foot", "on_one_leg", OWNS_EVERYTHING, "top_of_ladder"),
        ("hip_circle", "no_support_band", OWNS_EVERYTHING, "top_of_ladder"),
        ("march", "standing", owns("wall_or_chair"), "opens_with"),
        ("march", "standing", OWNS_EVERYTHING, "at_top"),
        ("short_foot", "sitting", owns("wall_or_chair"), "at_top"),
    ],
)
def test_the_top_of_a_step_promises_more_only_where_there_is_more(
    exercise: str, rung: str, owned: Owned, said: str
) -> None:
    top = catalogue().rung(exercise, rung).reps_to
    dose = a_dose(exercise, rung, owned, repetitions=top)

    target = next_target(a_line(exercise, rung), [logged(dose, exercise)], a_context(owned))

    assert (target.standing, target.reasons[0].key) == (dose, said)


def test_hip_circles_get_a_second_set_only_at_a_safety_cap() -> None:
    line = PlanLine("hip_circle", "two_hands")
    top = a_dose("hip_circle", "two_hands", repetitions=12)
    log = [logged(top, "hip_circle"), logged(top, "hip_circle", on=2)]

    capped = after(*log, line=line, context=a_context(caps={"hip_circle": 1}))
    unowned = after(*log, line=line, context=a_context(owns("wall_or_chair")))

    assert capped.standing == replace(top, sets=2, repetitions=8)
    assert unowned.standing.rung == "one_hand"


def test_a_cap_takes_the_line_to_the_caps_rung() -> None:
    target = after(logged(TOP), context=a_context(caps={"banded_walk": 1}))

    assert target.standing == a_dose("banded_walk", "band_at_knees_upright")
    assert target.reasons[0].key == "cap"


def test_a_gate_is_asked_and_a_yes_opens_the_rung() -> None:
    line = PlanLine("hip_circle", "two_hands")
    top = a_dose("hip_circle", "fingertips", repetitions=14)
    log = [logged(top, "hip_circle"), logged(top, "hip_circle", on=2)]

    asked = after(*log, line=line)
    yes = GateAnswer("hip_circle", "no_support", yes=True, after=(day(2), 1))
    opened = after(*log, line=line, context=a_context(gates=(yes,)))

    assert (asked.asks, asked.standing) == ("no_support", top)
    assert opened.standing.rung == "no_support"


def test_a_no_to_a_gate_is_asked_again_after_two_more_successes() -> None:
    line = PlanLine("hip_circle", "two_hands")
    top = a_dose("hip_circle", "fingertips", repetitions=14)
    log = [logged(top, "hip_circle", on=2 * n) for n in range(4)]
    no = GateAnswer("hip_circle", "no_support", yes=False, after=(day(2), 1))
    context = a_context(gates=(no,))

    assert after(*log[:3], line=line, context=context).asks is None
    assert after(*log, line=line, context=context).asks == "no_support"


def test_with_limits_every_rung_up_is_offered() -> None:
    target = after(logged(TOP), logged(TOP, on=2), context=a_context(tap_only=True))

    assert target.standing.rung == "band_at_knees"
    assert target.offer == Offer("band_at_ankles")


def test_equipment_that_is_gone_takes_the_line_down_to_what_is_owned() -> None:
    assert after(logged(TOP), context=a_context(owns("wall_or_chair"))).standing.rung == "no_band"


def test_nothing_owned_makes_the_line_unavailable() -> None:
    target = after(line=HINGE, context=a_context(owns()))

    assert not target.available
    assert words(target.reasons[0]) == "To do it you need a wall or a firm chair, and a stick."


# --- holds, and pain that arrives late ---


def test_the_third_pain_within_four_weeks_is_on_hold() -> None:
    log = [
        logged(WALK, on=0, pain=4),
        logged(replace(WALK, sets=1), on=10),
        logged(WALK, on=12, pain=4, answers=frozenset({PainResult(day(0), 1, 2)})),
        logged(replace(WALK, sets=1), on=20),
        logged(
            WALK,
            on=28,
            pain=4,
            answers=frozenset({PainResult(day(0), 1, 2), PainResult(day(12), 1, 2)}),
        ),
    ]

    assert after(*log).on_hold
    assert after(*log[:3]).on_hold is False


def test_pain_with_nothing_left_to_lower_is_on_hold() -> None:
    lowest = a_dose("banded_walk", "no_band", sets=1)

    assert after(logged(lowest, pain=4)).on_hold


def test_only_having_been_seen_ends_a_hold_and_it_goes_on_one_rung_lower() -> None:
    lower = a_dose("banded_walk", "band_at_knees_upright")
    answered = frozenset({PainResult(day(0), 1, 1)})
    log = [logged(WALK, pain=6), logged(lower, on=2, pain=6, answers=answered)]
    seen = Seen(after=(day(2), 1), exercise="banded_walk")

    both = answered | {PainResult(day(2), 1, 1)}
    later = [*log, logged(a_dose("banded_walk", "no_band"), on=4, answers=both, planned=False)]

    assert after(*later).on_hold
    going_on = after(*log, context=a_context(seen=(seen,)))
    assert (going_on.on_hold, going_on.standing.rung) == (False, "no_band")


def test_after_having_been_seen_the_count_starts_anew() -> None:
    seen = Seen(after=(day(0), 1), exercise="banded_walk")
    log = [logged(TOP, pain=6), logged(WALK, on=2, pain=6, answers=frozenset({PainResult(day(0), 1, 1)}))]

    assert not after(*log, context=a_context(seen=(seen,))).on_hold


def test_a_plan_that_was_on_hold_goes_on_one_rung_lower_or_at_the_lowest_with_limits() -> None:
    seen = Seen(after=(day(0), 1))

    assert after(logged(TOP), context=a_context(seen=(seen,))).standing.rung == "band_at_knees_upright"
    limited = a_context(seen=(replace(seen, with_limits=True),))
    assert after(logged(TOP), context=limited).standing.rung == "no_band"


@pytest.mark.parametrize(("with_limits", "rung"), [(False, "band_at_knees_upright"), (True, "no_band")])
def test_an_exercise_never_done_starts_lower_after_the_whole_plan_was_on_hold(
    *, with_limits: bool, rung: str
) -> None:
    context = a_context(seen=(Seen(after=(day(0), 0), with_limits=with_limits),))

    target = next_target(a_line(start="band_at_knees"), [], context)

    assert (target.standing.rung, target.reasons[0].key) == (rung, "seen")


@pytest.mark.parametrize("is_start", [False, True])
def test_a_step_taken_before_the_plan_was_on_hold_does_not_undo_the_lower_start(*, is_start: bool) -> None:
    line = replace(a_line(start="band_at_knees"), fresh_after=(day(0), 1) if is_start else None)
    taken = RungChoice("banded_walk", "band_at_knees", after=(day(0), 1), leave_since=True)
    context = a_context(
        seen=(Seen(after=(day(0), 1), with_limits=True),), choices=() if is_start else (taken,)
    )

    target = next_target(line, [logged(a_dose("banded_walk", "no_band"))], context)

    assert target.standing.rung == "no_band"


def test_pain_that_arrives_late_lowers_the_latest_target() -> None:
    late = logged(WALK, on=0, pain=6)
    latest = logged(replace(WALK, repetitions=11), on=2)

    assert after(late, latest).standing.rung == "band_at_knees_upright"


def test_pain_that_was_answered_is_not_applied_twice() -> None:
    lower = a_dose("banded_walk", "band_at_knees_upright")
    answered = frozenset({PainResult(day(0), 1, 1)})

    target = after(logged(WALK, pain=6), logged(lower, on=2, answers=answered))

    assert target.standing == replace(lower, repetitions=9)


def test_a_bad_morning_that_makes_pain_worse_is_applied_again() -> None:
    answered = frozenset({PainResult(day(0), 1, 2)})
    latest = logged(replace(WALK, sets=1), on=2, answers=answered)

    target = after(logged(WALK, pain=4, morning=False), latest)

    assert target.standing.rung == "band_at_knees_upright"


# --- by hand ---


def may_choose(line: PlanLine, log: list[WorkoutLog], context: Context, today: date) -> list[str]:
    return [
        state.rung.key
        for state in rungs_on(ladder_for(line.exercise, log, context), line, today)
        if state.may_choose
    ]


def test_by_hand_goes_to_any_lower_rung_and_the_engine_goes_on_from_it() -> None:
    chosen = RungChoice("banded_walk", "no_band", after=(day(0), 1))
    context = a_context(choices=(chosen,))

    assert after(logged(TOP), context=context).standing == a_dose("banded_walk", "no_band")
    done = logged(a_dose("banded_walk", "no_band"), on=2)
    assert after(logged(TOP), done, context=context).standing.repetitions == 9


def test_by_hand_is_at_most_one_higher_and_never_above_a_cap() -> None:
    keys = may_choose(a_line(), [logged(WALK)], a_context(), day(1))
    capped = may_choose(a_line(), [logged(WALK)], a_context(caps={"banded_walk": 2}), day(1))

    assert keys[-1] == "band_at_ankles"
    assert capped[-1] == "band_at_knees_upright"


def test_by_hand_never_higher_within_fourteen_days_of_pain() -> None:
    log = [logged(WALK, pain=6)]

    assert may_choose(a_line(), log, a_context(), day(14)) == ["no_band"]
    assert may_choose(a_line(), log, a_context(), day(15)) == ["no_band", "band_at_knees"]
    with pytest.raises(Refused, match="Choose a lower step"):
        check_choice(ladder_for("banded_walk", log, a_context()), a_line(), day(14), rung="band_at_knees")


def test_a_choice_never_undoes_pain_that_waits() -> None:
    chosen = RungChoice("banded_walk", "band_at_ankles", after=(day(0), 1))

    target = after(logged(WALK, pain=6), context=a_context(choices=(chosen,)))

    assert target.standing.rung == "band_at_knees_upright"


# --- a workout ---

LINES = [
    PlanLine(key, start)
    for key, start in [
        ("side_lying_abduction", "straight_leg"),
        ("banded_walk", "no_band"),
        ("bridge", "two_legs"),
        ("deadlift", "stick_hinge"),
    ]
]


def test_a_deadlift_from_the_block_comes_first() -> None:
    log = [logged(a_dose("deadlift", "from_block", load_grams=6_000), "deadlift")]

    lines = prescribe(LINES, log, WorkoutDay(day(2), minutes=30), a_context()).lines

    assert lines[0].exercise == "deadlift"
    assert prescribe(LINES, [], WorkoutDay(day(2), minutes=30), a_context()).lines[-1].exercise == "deadlift"


def test_what_does_not_fit_is_left_out_and_stands_first_next_time() -> None:
    first = prescribe(LINES, [], WorkoutDay(day(0), minutes=5), a_context())
    last = WorkoutLog(day(0), {}, left_out=first.left_out)

    second = prescribe(LINES, [last], WorkoutDay(day(2), minutes=5), a_context())

    assert first.left_out
    assert first.left_out[0] in {line.exercise for line in second.lines}
    assert first.seconds <= 300


def test_a_workout_has_at_least_two_lines() -> None:
    assert len(prescribe(LINES, [], WorkoutDay(day(0), minutes=1), a_context()).lines) == 2


def test_a_lighter_week_halves_the_sets_and_keeps_the_standing_target() -> None:
    log = [logged(WALK)]

    prescription = prescribe([a_line()], log, WorkoutDay(day(2), minutes=30, lighter_week=True), a_context())

    prescribed = prescription.lines[0].prescribed
    assert prescription.lighter
    assert prescribed.shown.sets == 1
    assert prescribed.standing == replace(WALK, repetitions=11)


def test_a_rung_up_waits_until_after_the_lighter_week() -> None:
    log = [logged(TOP), logged(TOP, on=2)]
    lighter = WorkoutDay(day(4), minutes=30, lighter_week=True)

    first = prescribe([a_line()], log, lighter, a_context()).lines[0].prescribed
    line = LineLog(first, tuple(SetDone(side, 1, 14) for side in ("left", "right")))
    log.append(WorkoutLog(day(4), {"banded_walk": line}, lighter=True))
    again = prescribe([a_line()], log, replace(lighter, on=day(6)), a_context()).lines[0].prescribed
    afterwards = prescribe([a_line()], log, WorkoutDay(day(8), minutes=30), a_context()).lines[0].prescribed

    assert first.shown.rung == again.shown.rung == "band_at_knees"
    assert afterwards.shown.rung == "band_at_ankles"


def test_a_lighter_day_is_one_rung_down_and_changes_no_target() -> None:
    prescription = prescribe(
        [a_line()], [logged(WALK)], WorkoutDay(day(2), 30, lighter_day=True), a_context()
    )

    prescribed = prescription.lines[0].prescribed
    assert prescribed.shown.rung == "band_at_knees_upright"
    assert prescribed.standing == replace(WALK, repetitions=11)


@pytest.mark.parametrize(
    ("days", "expected"), [(9, Away.NO), (10, Away.LIGHTER), (27, Away.LIGHTER), (28, Away.RUNG_LOWER)]
)
def test_how_long_away(days: int, expected: Away) -> None:
    assert away([logged(WALK)], day(days)) is expected


def test_a_lighter_restart_works_back_to_the_old_target() -> None:
    log = [logged(replace(WALK, repetitions=12))]
    first = prescribe([a_line()], log, WorkoutDay(day(10), 30, restart=True), a_context()).lines[0].prescribed
    assert first.shown == replace(WALK, sets=1)
    assert first.towards == replace(WALK, repetitions=13)

    log.append(logged(first.standing, on=10, towards=first.towards))
    second = next_target(a_line(), log, a_context())
    assert second.standing == WALK

    log.append(logged(second.standing, on=12, towards=second.towards))
    assert next_target(a_line(), log, a_context()).standing == replace(WALK, repetitions=12)


def test_a_long_time_away_restarts_one_rung_lower_only_if_taken() -> None:
    taken = prescribe([a_line()], [logged(WALK)], WorkoutDay(day(28), 30, restart=True), a_context())
    declined = prescribe([a_line()], [logged(WALK)], WorkoutDay(day(28), 30), a_context())

    assert taken.lines[0].prescribed.shown.rung == "band_at_knees_upright"
    assert declined.lines[0].prescribed.shown.repetitions == 11


def test_lines_on_hold_are_filled_from_the_spare() -> None:
    held = logged(a_dose("banded_walk", "no_band", sets=1), pain=4)
    spare = [PlanLine("short_foot", "sitting"), PlanLine("march", "sitting")]

    prescription = prescribe([a_line()], [held], WorkoutDay(day(2), 30), a_context(), spare=spare)

    assert prescription.on_hold == ("banded_walk",)
    assert [line.exercise for line in prescription.lines] == ["short_foot", "march"]


def test_the_side_with_fewer_repetitions_goes_first() -> None:
    log = logged(WALK)
    line = log.lines["banded_walk"]
    sets = tuple(replace(s, repetitions=9) if s.side == "right" else s for s in line.sets)
    uneven = replace(log, lines={"banded_walk": replace(line, sets=sets)})
    exercise = catalogue().exercise("banded_walk")

    assert first_side(exercise, [uneven, logged(WALK, on=2)]) == "right"
    assert first_side(exercise, [], "left") == "left"


def test_a_prescription_comes_back_from_its_row() -> None:
    log = [logged(WALK, pain=4)]
    prescribed = prescribe([a_line()], log, WorkoutDay(day(2), 30), a_context()).lines[0].prescribed

    assert prescribed.answers
    assert Prescribed.from_json(prescribed.as_json()) == prescribed


# --- invariants ---

EXERCISE_RUNGS = [(e.key, r.key) for e in catalogue().exercises.values() for r in e.rungs]
a_workout = st.fixed_dictionaries(
    {
        "pain": st.sampled_from([0, 0, 0, 3, 4, 5, 6, 9]),
        "effort": st.sampled_from(Effort),
        "clean": st.booleans(),
        "morning": st.sampled_from([None, True, False]),
        "planned": st.booleans(),
        "lighter": st.booleans(),
    }
)


def story(exercise: str, rung: str, answers: list[dict[str, object]]) -> list[WorkoutLog]:
    """A log in which each workout was prescribed from those before."""
    log: list[WorkoutLog] = []
    line = PlanLine(exercise, rung)
    for number, answer in enumerate(answers):
        target = next_target(line, log, a_context())
        log.append(
            logged(target.standing, exercise, on=number * 2, answers=target.answers, **answer)  # type: ignore[arg-type]
        )
    return log


@given(st.sampled_from(EXERCISE_RUNGS), st.lists(a_workout, max_size=8), st.integers(4, 10))
def test_pain_never_raises_a_target(
    place: tuple[str, str], answers: list[dict[str, object]], pain: int
) -> None:
    exercise, rung = place
    log = story(exercise, rung, answers)
    line = PlanLine(exercise, rung)
    before = next_target(line, log, a_context()).standing
    hurt = logged(before, exercise, on=len(answers) * 2, pain=pain)

    then = next_target(line, [*log, hurt], a_context()).standing

    assert not is_higher(catalogue().exercise(exercise), then, before)


@given(st.sampled_from(EXERCISE_RUNGS), st.lists(a_workout, max_size=8), st.data())
def test_what_may_be_chosen_is_never_capped_unowned_or_higher_after_pain(
    place: tuple[str, str], answers: list[dict[str, object]], data: st.DataObject
) -> None:
    exercise, rung = place
    log = story(exercise, rung, answers)
    owned = Owned(things=frozenset(data.draw(st.sets(st.sampled_from(sorted(OWNS_EVERYTHING.things))))))
    cap = data.draw(st.integers(0, 7))
    context = a_context(owned, caps={exercise: cap})
    today = day(len(answers) * 2 + 1)
    target = next_target(PlanLine(exercise, rung), log, context)

    ladder = ladder_for(exercise, log, context)

    states = rungs_on(ladder, PlanLine(exercise, rung), today)
    allowed = [state.rung for state in states if state.may_choose]

    here = catalogue().rung(exercise, target.standing.rung).number
    lately = any((today - result.on).days <= 14 for result in target.answers)
    for found in allowed:
        assert found.number <= cap
        assert owned.has(found)
        assert found.number < here or not lately
    assert not (allowed and target.on_hold)


@given(st.sampled_from(EXERCISE_RUNGS), st.lists(a_workout, max_size=8), st.integers(4, 10), st.data())
def test_a_choice_made_before_pain_never_outlives_it(
    place: tuple[str, str], answers: list[dict[str, object]], pain: int, data: st.DataObject
) -> None:
    exercise, rung = place
    log, line = story(exercise, rung, answers), PlanLine(exercise, rung)
    before = next_target(line, log, a_context()).standing
    hurt = logged(before, exercise, on=len(answers) * 2, pain=pain)
    chosen = data.draw(st.sampled_from(catalogue().exercise(exercise).rungs))
    earlier = RungChoice(exercise, chosen.key, after=log[-1].ref if log else (day(0), 0))

    then = next_target(line, [*log, hurt], a_context(choices=(earlier,))).standing

    assert not is_higher(catalogue().exercise(exercise), then, before)


@given(st.sampled_from(EXERCISE_RUNGS), st.lists(a_workout, max_size=6), st.randoms())
def test_the_same_log_in_any_order_gives_the_same_future(
    place: tuple[str, str], answers: list[dict[str, object]], chance: object
) -> None:
    exercise, rung = place
    log = story(exercise, rung, answers)
    shuffled = list(log)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    line = PlanLine(exercise, rung)

    assert next_target(line, log, a_context()) == next_target(line, shuffled, a_context())


@given(st.sampled_from(EXERCISE_RUNGS))
def test_someone_who_logs_exactly_the_target_moves_up(place: tuple[str, str]) -> None:
    exercise, rung = place
    found = catalogue().exercise(exercise)
    line = PlanLine(exercise, rung)
    gates = tuple(GateAnswer(exercise, r.key, yes=True, after=(day(0), 1)) for r in found.rungs)
    context = a_context(gates=gates)
    log: list[WorkoutLog] = []
    first = next_target(line, log, context).standing
    for number in range(12):
        standing = next_target(line, log, context).standing
        log.append(logged(standing, exercise, on=number * 2))

    assert (
        is_higher(found, next_target(line, log, context).standing, first) or first.rung == found.rungs[-1].key
    )


@given(st.lists(a_workout, min_size=1, max_size=5), st.integers(1, 60))
def test_skipping_earns_nothing(answers: list[dict[str, object]], days: int) -> None:
    log = story("banded_walk", "no_band", answers)
    at_once = next_target(a_line(), log, a_context())
    on = log[-1].on + timedelta(days=days)

    later = prescribe([a_line()], log, WorkoutDay(on, 30), a_context(), spare=[])

    for line in later.lines:
        assert line.prescribed.standing == at_once.standing


def test_owning_nothing_is_possible() -> None:
    assert next_target(PlanLine("bridge", "two_legs"), [], Context(owned=Owned())).available
    assert OWNS_EVERYTHING.has(catalogue().rung("deadlift", "barbell_from_floor"))
