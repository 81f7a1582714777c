"""The safety rules: what locks, what opens again, and what a plan must leave out."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from assessments.rules.safety import (
    AnsweredList,
    Checked,
    Cleared,
    Said,
    Verdict,
    safety_state,
    said_as_stored,
    stops_check,
)
from assessments.rules.safety_content import LISTS_BEFORE_A_PLAN, STOP_LIST, safety_content
from assessments.rules.safety_past import safety_over_time
from tests.builders_check import at, given, seen, told
from tests.every import for_every

LOCKING = [key for key in safety_content().questions if safety_content().level_of(key).locks_plan]
STOPPING = {"RF1", "RF2", "RF3", "RF4", "RF5", "RF21", "RF22", "RF23", "SL1"}
NOT_LOCKING = {"RF9b", "RF16", "RF18", "RF19", "SL3"}


def locked_by(
    *, answered: list[AnsweredList], cleared: tuple[Cleared, ...] = (), checked: tuple[Checked, ...] = ()
) -> set[str]:
    return {lock.cause for lock in safety_state(answered, cleared, checked).locks}


@for_every(product(LOCKING, (Said.YES, Said.UNSURE)))
def test_yes_and_not_sure_lock(answer: tuple[str, Said]) -> None:
    question, said = answer

    assert locked_by(answered=[told(question, said)]) == {question}


def test_every_question_locks_or_not_as_the_sheet_says() -> None:
    assert set(LOCKING) == set(safety_content().questions) - NOT_LOCKING


@pytest.mark.parametrize("question", sorted(NOT_LOCKING))
def test_yes_to_advice_or_an_adapted_plan_does_not_lock(question: str) -> None:
    assert not safety_state([told(question)], [], []).is_locked


@for_every(product(sorted(safety_content().questions), Said))
def test_check_stops_only_for_emergencies_and_today(answer: tuple[str, Said]) -> None:
    question, said = answer

    assert stops_check({question: said}) == (question in STOPPING and said is not Said.NO)


@for_every(product(LOCKING, (Verdict.YES, Verdict.WITH_LIMITS)))
def test_leave_to_train_opens_a_lock(leave: tuple[str, Verdict]) -> None:
    question, verdict = leave

    state = safety_state([told(question)], [seen(question, 2, verdict=verdict)], [])

    assert not state.is_locked
    assert state.cleared == {question}
    assert state.with_limits == (verdict is Verdict.WITH_LIMITS)


def test_being_told_no_does_not_open_a_lock() -> None:
    cleared = (seen("RF6", 2, verdict=Verdict.NO),)

    assert locked_by(answered=[given(1, RF6=Said.YES)], cleared=cleared) == {"RF6"}


def test_leave_for_another_cause_or_from_before_the_yes_does_not_open() -> None:
    cleared = (seen("RF13", 3), seen("RF6", 1))

    assert locked_by(answered=[given(2, RF6=Said.YES)], cleared=cleared) == {"RF6"}


def test_later_no_does_not_open_a_lock() -> None:
    assert locked_by(answered=[given(1, RF6=Said.YES), given(2, on="told_or_had")]) == {"RF6"}


def test_as_it_was_then_keeps_the_leave_standing_and_yes_again_locks() -> None:
    before = [given(1, RF6=Said.YES), given(3, RF6=Said.AS_BEFORE)]
    leave = (seen("RF6", 2, verdict=Verdict.WITH_LIMITS),)

    standing = safety_state(before, leave, [])

    assert not standing.is_locked
    assert standing.with_limits
    assert locked_by(answered=[*before, given(4, RF6=Said.YES)], cleared=leave) == {"RF6"}


# --- a question that no list asks any more ---


@pytest.mark.parametrize("said", [Said.YES, Said.UNSURE])
def test_lock_of_a_retired_question_stays_until_someone_was_seen(said: Said) -> None:
    answered = [told("RF5", said), given(2, on="right_now"), given(3, on="right_now", RF22=Said.NO)]

    assert locked_by(answered=answered) == {"RF5"}
    assert locked_by(answered=answered, cleared=(seen("RF5", 4, verdict=Verdict.NO),)) == {"RF5"}
    assert locked_by(answered=answered, cleared=(seen("RF22", 4),)) == {"RF5"}
    assert locked_by(answered=answered, cleared=(seen("RF5", 4),)) == set()


def test_leave_for_a_retired_question_stands_until_all_that_follow_it_are_unticked() -> None:
    leave = (seen("RF5", 2, verdict=Verdict.WITH_LIMITS),)
    before, some, none = told("RF5"), given(3, on="stop_list"), given(4, on="right_now")

    assert safety_state([before, some], leave, []).with_limits
    assert not safety_state([before, some, none], leave, []).with_limits


def test_leave_for_a_retired_question_is_none_for_those_that_follow_it() -> None:
    again = given(3, on="right_now", RF22=Said.AS_BEFORE)

    assert locked_by(answered=[told("RF5"), again], cleared=(seen("RF5", 2),)) == {"RF22"}


def test_retired_question_is_on_no_list_and_keeps_its_level() -> None:
    retired = safety_content().questions["RF5"]
    asked = {key for one in safety_content().lists.values() for key in one.questions}

    assert retired.followed_by == ("RF21", "RF22", "RF23")
    assert "RF5" not in asked
    assert asked == set(safety_content().questions) - {"RF5"}
    assert safety_content().level_of("RF5").key == "emergency"


@pytest.mark.parametrize(
    ("question", "level"), [("RF21", "emergency"), ("RF22", "today"), ("RF23", "emergency")]
)
def test_calf_leg_and_breath_have_each_their_own_urgency(question: str, level: str) -> None:
    assert safety_content().level_of(question).key == level


def test_calf_alone_is_not_called_an_emergency() -> None:
    state = safety_state([told("RF22")], [], [])

    assert [(lock.cause, lock.level.key) for lock in state.locks] == [("RF22", "today")]


def test_stop_list_leads_to_the_questions_of_the_sheet() -> None:
    ticks = [(tick.key, tick.question) for tick in safety_content().ticks_of(STOP_LIST)]

    assert ticks == [
        ("chest_pain", "RF23"),
        ("breathless", "RF23"),
        ("RF22", "RF22"),
        ("RF21", "RF21"),
        ("RF12", "RF12"),
        ("SL1", "SL1"),
        ("SL2", "SL2"),
        ("SL3", "SL3"),
    ]


def test_later_visit_that_says_no_takes_the_leave_back() -> None:
    cleared = (seen("RF6", 2), seen("RF6", 3, verdict=Verdict.NO))

    assert locked_by(answered=[given(1, RF6=Said.YES)], cleared=cleared) == {"RF6"}


def test_nothing_new_before_a_workout_does_not_undo_what_another_list_was_told() -> None:
    answered = [given(1, on="feet_and_legs", RF12=Said.YES), given(3, on="stop_list")]

    assert safety_state(answered, [seen("RF12", 2)], []).caps == {"deadlift": 1, "small_squat": 2}


def test_visit_is_remembered_after_a_no_so_that_a_later_tick_asks_whether_it_is_as_it_was() -> None:
    answered = [given(1, RF6=Said.YES), given(3, on="told_or_had")]

    state = safety_state(answered, [seen("RF6", 2)], [])

    assert state.seen_about == {"RF6"}
    assert state.cleared == frozenset()


@pytest.mark.parametrize(("rule", "locked"), [("X1", {"X1"}), ("X2", set())])
def test_same_finding_in_a_later_check_locks_anew_only_for_pain(rule: str, locked: set[str]) -> None:
    checked = tuple(
        Checked(on=date(2026, 11, day), at=at(day), locks=(rule,), without_pain=False) for day in (1, 3)
    )

    assert locked_by(answered=[], checked=checked, cleared=(seen(rule, 2),)) == locked


def test_as_it_was_then_without_an_earlier_yes_locks() -> None:
    assert locked_by(answered=[given(1, RF6=Said.AS_BEFORE)]) == {"RF6"}


def test_answers_in_any_order_mean_the_same() -> None:
    first, second, leave = given(1, RF6=Said.YES), given(3, RF6=Said.YES), seen("RF6", 2)

    assert safety_state([second, first], [leave], []) == safety_state([first, second], [leave], [])


def test_strictest_lock_stands_first() -> None:
    state = safety_state([given(1, RF6=Said.YES), given(1, RF11=Said.YES), given(1, RF2=Said.YES)], [], [])

    assert [lock.cause for lock in state.locks] == ["RF2", "RF11", "RF6"]


def test_x1_opens_by_a_later_check_without_pain_and_x2_does_not() -> None:
    hurt = Checked(on=date(2026, 11, 1), at=at(1), locks=("X1", "X2"), without_pain=False)

    assert locked_by(
        answered=[], checked=(hurt, Checked(on=date(2026, 11, 2), at=at(2), locks=(), without_pain=False))
    ) == {
        "X1",
        "X2",
    }
    assert locked_by(
        answered=[], checked=(hurt, Checked(on=date(2026, 11, 2), at=at(2), locks=(), without_pain=True))
    ) == {"X2"}


def test_check_without_pain_before_the_pain_opens_nothing() -> None:
    checked = (
        Checked(on=date(2026, 11, 2), at=at(2), locks=("X1",), without_pain=False),
        Checked(on=date(2026, 11, 1), at=at(1), locks=(), without_pain=True),
    )

    assert locked_by(answered=[], checked=checked) == {"X1"}


@pytest.mark.parametrize(("cause", "other"), [("X2", "RF7"), ("X3", "RF8")])
def test_one_visit_serves_for_the_rule_and_the_question_that_mean_the_same(cause: str, other: str) -> None:
    answered, checked = (
        [told(other)],
        (Checked(on=date(2026, 11, 1), at=at(1), locks=(cause,), without_pain=True),),
    )

    assert locked_by(answered=answered, checked=checked) == {cause, other}
    assert locked_by(answered=answered, checked=checked, cleared=(seen(cause, 2),)) == set()
    assert locked_by(answered=answered, checked=checked, cleared=(seen(other, 2),)) == set()


def test_lowest_of_several_caps_counts() -> None:
    state = safety_state([given(1, RF18=Said.YES, RF19=Said.UNSURE)], [], [])

    assert state.caps == {
        "hip_circle": 0,
        "short_foot": 1,
        "heel_raise": 1,
        "march": 1,
        "bridge": 4,
        "banded_walk": 2,
        "side_lying_abduction": 3,
        "small_squat": 1,
    }
    assert state.dropped == {"side_lying_abduction", "banded_walk", "deadlift"}
    assert state.support == "two_hands"
    assert state.adapted_by == "RF18"
    assert state.causes["side_lying_abduction"] == "RF18"
    assert state.causes["short_foot"] == "RF19"


@pytest.mark.parametrize(
    ("stage", "dropped"), [("first_half", set()), ("second_half", {"bridge"}), ("after_birth", set())]
)
def test_bridge_is_left_out_only_in_the_second_half_of_pregnancy(stage: str, dropped: set[str]) -> None:
    state = safety_state([given(1, RF16=Said.YES, stage=stage)], [], [])

    assert state.dropped == dropped
    assert state.caps == {"deadlift": 1, "small_squat": 2}


def test_effects_end_with_a_later_no() -> None:
    state = safety_state([given(1, RF19=Said.YES), given(2, on="so_it_fits")], [], [])

    assert (state.caps, state.dropped, state.support, state.adapted_by) == ({}, frozenset(), None, "")


def test_heel_raise_is_offered_but_not_planned_after_a_yes_to_rf8() -> None:
    state = safety_state([given(1, RF8=Said.YES)], [seen("RF8", 2)], [])

    assert state.offered_not_planned == {"heel_raise"}


@pytest.mark.parametrize("question", ["RF6", "RF12", "RF13", "RF14", "RF15"])
def test_deadlift_stays_light_and_the_small_squat_on_two_legs_once_seen(question: str) -> None:
    answered = [told(question)]

    assert safety_state(answered, [], []).caps == {}
    assert safety_state(answered, [seen(question, 2)], []).caps == {"deadlift": 1, "small_squat": 2}


def test_advice_stands_without_a_lock() -> None:
    state = safety_state([given(1, RF9b=Said.YES)], [], [])

    assert [question.key for question in state.advice] == ["RF9b"]
    assert state.effects == ()


def test_lists_before_a_plan_are_due_unless_answered_today() -> None:
    state = safety_state([given(1, on="right_now"), given(2, on="told_or_had")], [], [])

    assert state.lists_due_for_plan(date(2026, 11, 2)) == ["right_now", "feet_and_legs", "so_it_fits"]


@pytest.mark.parametrize(("days", "due"), [(0, False), (27, False), (28, True)])
def test_lists_are_due_before_a_workout_from_28_days_on(days: int, due: bool) -> None:  # noqa: FBT001  (a case)
    state = safety_state([given(1, on=key) for key in LISTS_BEFORE_A_PLAN], [], [])

    assert state.lists_due_for_workout(date(2026, 11, 1) + timedelta(days)) == (
        list(LISTS_BEFORE_A_PLAN) if due else []
    )


def test_lists_answered_again_today_are_not_due_before_the_workout() -> None:
    state = safety_state(
        [*(given(1, on=key) for key in LISTS_BEFORE_A_PLAN), given(29, on="right_now")], [], []
    )

    assert state.lists_due_for_workout(date(2026, 11, 29)) == ["told_or_had", "feet_and_legs", "so_it_fits"]


# --- over time ---

Told = AnsweredList | Cleared | Checked


def test_yes_again_after_a_visit_locks_from_that_day() -> None:
    answered = [given(1, RF6=Said.YES), given(4, RF6=Said.YES)]

    _, past = safety_over_time(answered, [seen("RF6", 2)], [])

    assert [(lock.since.day, lock.until and lock.until.day) for lock in past.locks] == [(1, 2), (4, None)]


# One that locks and is asked on two lists, and one that changes a plan, by its second part.
ASKED = {"feet_and_legs": "RF12", STOP_LIST: "RF12", "so_it_fits": "RF16"}


def an_answer(draw: st.DrawFn, day: int) -> Told:
    key = draw(st.sampled_from(list(ASKED)))
    stage = draw(st.sampled_from(["first_half", "second_half"])) if ASKED[key] == "RF16" else ""
    return given(day, on=key, stage=stage, **{ASKED[key]: draw(st.sampled_from(list(Said)))})


def a_visit(draw: st.DrawFn, day: int) -> Told:
    cause = draw(st.sampled_from(["RF12", "X1", "X2"]))
    return seen(cause, day, verdict=draw(st.sampled_from(list(Verdict))))


def a_check(draw: st.DrawFn, day: int) -> Told:
    locks = draw(st.sampled_from([(), ("X1",), ("X2",)]))
    return Checked(date(2026, 11, day), at(day), locks=locks, without_pain="X1" not in locks)


@st.composite
def stories(draw: st.DrawFn) -> list[Told]:
    """Something on each of the first days of the month."""
    kinds = draw(st.lists(st.sampled_from([an_answer, an_answer, a_visit, a_check]), max_size=12))
    return [kind(draw, day) for day, kind in enumerate(kinds, 1)]


def sorted_out(story: list[Told]) -> tuple[list[AnsweredList], list[Cleared], list[Checked]]:
    return (
        [one for one in story if isinstance(one, AnsweredList)],
        [one for one in story if isinstance(one, Cleared)],
        [one for one in story if isinstance(one, Checked)],
    )


@for_any(stories())
def test_the_past_is_what_was_true_on_each_of_its_days(story: list[Told]) -> None:
    now, past = safety_over_time(*sorted_out(story))

    assert now == safety_state(*sorted_out(story))
    for number, one in enumerate(story, 1):
        then = safety_state(*sorted_out(story[:number]))
        locked = any(lock.since <= one.on < (lock.until or date.max) for lock in past.locks)
        low = {kept.exercise for kept in past.effects if kept.since <= one.on < (kept.until or date.max)}
        assert locked == then.is_locked
        assert low == {*then.caps, *then.dropped}


@pytest.mark.parametrize(
    ("stored", "said"),
    [("no", Said.NO), ("yes", Said.YES), ("as_before", Said.AS_BEFORE), ("left_the_content", Said.YES)],
)
def test_stored_answer_we_no_longer_know_counts_as_yes(stored: str, said: Said) -> None:
    assert said_as_stored(stored) is said


def test_answer_is_new_when_it_applies_and_was_not_looked_at_as_it_is() -> None:
    assert [said for said in Said if said.is_new] == [Said.YES, Said.UNSURE]
