"""Countable checks: who may, what is remarked, what counts as a change, and where the bars stand."""

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from anatomy.blocks import ContentError
from anatomy.catalogue import catalogue as reference
from assessments.rules.counting import (
    HEEL_RAISE,
    MOST,
    ONE_LEG_STANCE,
    REASONS,
    Counted,
    CountedDay,
    CountOffer,
    best_of,
    by_day,
    change_in_words,
    count_offer,
    counting,
    differences,
    load_counting,
    seen_in,
    why_not,
)
from assessments.rules.counting_chart import FLOOR, HEIGHT, MOST_DAYS, TALLEST, WIDTH, chart_of
from assessments.rules.questionnaire import CONTENT
from assessments.rules.safety import AnsweredList, SafetyState, Said, Verdict, safety_state
from assessments.rules.safety_content import LISTS_BEFORE_A_PLAN, RIGHT_NOW
from assessments.rules.scoring import Result, SideResult
from tests.builders_check import given, seen

TODAY = date(2026, 11, 23)
ORDINARY = Result(SideResult("M7"), SideResult("M7"), ("B3",))
CLEAR = [given(TODAY.day, on=key) for key in LISTS_BEFORE_A_PLAN]


def state(*more: AnsweredList, visits: tuple[tuple[str, Verdict], ...] = ()) -> SafetyState:
    cleared = [seen(cause, TODAY.day, hour=11, verdict=verdict) for cause, verdict in visits]
    return safety_state([*CLEAR, *more], cleared, [])


def result(left: str = "M7", right: str = "M7") -> Result:
    sides = [SideResult(rule, (rule,) if rule.startswith("X") else ()) for rule in (left, right)]
    return replace(ORDINARY, left=sides[0], right=sides[1])


def counted(value: int, side: str = "left", *, on: date = TODAY, stopped: bool = False) -> Counted:
    return Counted(on, side, value, stopped)


# --- who may -------------------------------------------------------------------------------------


def test_all_lists_clear_and_an_ordinary_result_may_count() -> None:
    assert why_not(state(), ORDINARY, TODAY) is None


def test_no_mirror_check_may_not() -> None:
    assert why_not(state(), None, TODAY) == "no_check"


@pytest.mark.parametrize("rule", ["X1", "X2", "X3", "X4"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_either_side_with_a_locking_rule_may_not_even_when_seen(rule: str, side: str) -> None:
    cleared = state(visits=((rule, Verdict.YES),))

    assert why_not(cleared, result(**{side: rule}), TODAY) == "result"


@pytest.mark.parametrize("rule", ["M1", "M2b", "M8"])
def test_other_rules_are_no_reason(rule: str) -> None:
    assert why_not(state(), result(left=rule), TODAY) is None


@pytest.mark.parametrize(
    "question",
    [
        *("RF1", "RF2", "RF3", "RF4", "RF5", "RF11", "RF21", "RF22", "RF23"),
        *("RF6", "RF7", "RF8", "RF9", "RF12", "RF13", "RF14", "RF15", "RF20"),
    ],
)
@pytest.mark.parametrize("said", [Said.YES, Said.UNSURE])
def test_every_lock_may_not(question: str, said: Said) -> None:
    answers = given(TODAY.day, **{question: said})

    assert why_not(state(answers), ORDINARY, TODAY) == "locked"


@pytest.mark.parametrize(("question", "reason"), [("RF16", "pregnancy"), ("RF19", "unsteady")])
@pytest.mark.parametrize("said", [Said.YES, Said.UNSURE])
def test_pregnancy_and_unsteadiness_may_not(question: str, reason: str, said: Said) -> None:
    assert why_not(state(given(TODAY.day, **{question: said})), ORDINARY, TODAY) == reason


@pytest.mark.parametrize("question", ["RF18", "RF9b"])
def test_answers_that_concern_other_exercises_are_no_reason(question: str) -> None:
    assert why_not(state(given(TODAY.day, **{question: Said.YES})), ORDINARY, TODAY) is None


def test_leave_to_train_opens_and_leave_with_limits_does_not() -> None:
    told = given(TODAY.day, RF6=Said.YES)

    assert why_not(state(told, visits=(("RF6", Verdict.YES),)), ORDINARY, TODAY) is None
    assert why_not(state(told, visits=(("RF6", Verdict.WITH_LIMITS),)), ORDINARY, TODAY) == "with_limits"
    assert why_not(state(told, visits=(("RF6", Verdict.NO),)), ORDINARY, TODAY) == "locked"


@pytest.mark.parametrize("missing", LISTS_BEFORE_A_PLAN)
def test_a_list_that_was_never_answered_comes_first(missing: str) -> None:
    answered = [one for one in CLEAR if one.list_key != missing]

    assert why_not(safety_state(answered, [], []), ORDINARY, TODAY) == "lists"


@pytest.mark.parametrize(("days", "reason"), [(1, "today"), (27, "today"), (28, "lists"), (400, "lists")])
def test_older_answers_ask_one_list_again_and_from_28_days_all(days: int, reason: str) -> None:
    assert why_not(state(), ORDINARY, TODAY + timedelta(days=days)) == reason


def test_right_now_of_today_with_lists_of_last_week_may_count() -> None:
    earlier = [given(16, on=key) for key in LISTS_BEFORE_A_PLAN]

    assert why_not(safety_state([*earlier, given(23, on=RIGHT_NOW)], [], []), ORDINARY, TODAY) is None


def test_every_reason_has_its_words() -> None:
    assert {counting().reason(key).key for key in REASONS} == set(REASONS)


# --- what is remarked ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "remarks"),
    [
        (0, 0, ["not_once"]),
        (0, 20, ["not_once"]),
        (4, 4, ["few"]),
        (4, 9, ["few", "half"]),
        (5, 5, []),
        (5, 10, []),  # exactly half is not less than half
        (5, 11, ["half"]),
        (20, 9, ["half"]),
        (20, 10, []),
        (100, 100, []),
    ],
)
def test_heel_raises_worth_showing(left: int, right: int, remarks: list[str]) -> None:
    assert seen_in(HEEL_RAISE, [counted(left), counted(right, "right")]) == remarks


@pytest.mark.parametrize(
    ("left", "right", "remarks"),
    [(9, 45, ["unsteady"]), (45, 9, ["unsteady"]), (0, 0, ["unsteady"]), (10, 10, []), (45, 12, [])],
)
def test_seconds_on_one_leg_worth_a_word(left: int, right: int, remarks: list[str]) -> None:
    assert seen_in(ONE_LEG_STANCE, [counted(left), counted(right, "right")]) == remarks


def test_one_side_alone_is_never_half_of_the_other() -> None:
    assert seen_in(HEEL_RAISE, [counted(6)]) == []


@pytest.mark.parametrize("check", list(MOST))
def test_what_pain_cut_short_says_only_that_it_hurt(check: str) -> None:
    assert seen_in(check, [counted(1, stopped=True), counted(30, "right")]) == ["hurt"]
    assert seen_in(check, [counted(1, stopped=True), counted(1, "right", stopped=True)]) == ["hurt"]


@pytest.mark.parametrize("check", list(MOST))
@for_any(left=st.integers(0, 45), right=st.integers(0, 45), hurt=st.booleans())
def test_every_remark_has_its_words(check: str, left: int, right: int, *, hurt: bool) -> None:
    remarks = seen_in(check, [counted(left, stopped=hurt), counted(right, "right")])

    assert set(remarks) <= set(counting().checks[check].remarks)


# --- best, days, change --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tries", "best"), [([], None), ([None, None], None), ([0], 0), ([12, None, 31], 31), ([45, 3, 9], 45)]
)
def test_best_try_counts(tries: list[int | None], best: int | None) -> None:
    assert best_of(tries) == best


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (20, 20, "no clear change"),
        (20, 26, "no clear change"),
        (20, 14, "no clear change"),
        (20, 27, "7 more: more than usually comes by chance"),
        (20, 13, "7 fewer: more than usually comes by chance"),
    ],
)
def test_heel_raises_change_only_beyond_six(then: int, now: int, words: str) -> None:
    assert change_in_words(HEEL_RAISE, then, now) == words


@for_any(then=st.integers(0, 45), now=st.integers(0, 45))
def test_seconds_on_one_leg_are_never_called_a_change(then: int, now: int) -> None:
    assert change_in_words(ONE_LEG_STANCE, then, now) is None


@for_any(
    st.permutations([counted(v, side, on=TODAY + timedelta(days=d)) for v, side, d in
                     ((3, "left", 0), (4, "right", 0), (5, "left", 9), (6, "right", 30))])
)  # fmt: skip
def test_days_are_the_same_in_whatever_order_counts_come(counts: list[Counted]) -> None:
    days = by_day(counts)

    assert [(day.on - TODAY).days for day in days] == [0, 9, 30]
    assert [
        (day.left.value if day.left else None, day.right.value if day.right else None) for day in days
    ] == [
        (3, 4),
        (5, None),
        (None, 6),
    ]


def test_difference_is_between_the_first_and_the_latest_day_of_a_side() -> None:
    later, latest = TODAY + timedelta(days=28), TODAY + timedelta(days=56)
    days = by_day([counted(10), counted(14, on=later), counted(19, on=latest), counted(8, "right", on=later)])

    (left,) = differences(HEEL_RAISE, days)

    assert (left.side, left.then.value, left.now.value) == ("left", 10, 19)
    assert left.words == "9 more: more than usually comes by chance"


def test_what_pain_cut_short_is_not_compared() -> None:
    days = by_day([counted(20), counted(2, on=TODAY + timedelta(days=28), stopped=True)])

    assert differences(HEEL_RAISE, days) == []


def test_one_is_said_in_the_singular() -> None:
    check = counting().checks[HEEL_RAISE]

    assert (check.in_words(1), check.in_words(0)) == ("1 heel raise", "0 heel raises")


# --- the chart -----------------------------------------------------------------------------------


def some_days(*values: tuple[int | None, int | None]) -> list[CountedDay]:
    counts = [
        counted(value, side, on=TODAY + timedelta(days=7 * week))
        for week, both in enumerate(values)
        for side, value in zip(("left", "right"), both, strict=True)
        if value is not None
    ]
    return by_day(counts)


def test_bars_are_as_tall_as_their_numbers_and_stand_on_the_floor() -> None:
    column, _ = chart_of(some_days((20, 10), (40, 0))).columns
    left, right = column.bars

    def tallness(path: str) -> float:
        _, floor, shoulder = (float(one) for one in re.match(r"M(\S+) (\S+)V([\d.]+)A", path).groups())  # type: ignore[union-attr]
        assert floor == FLOOR
        rise = float(path.split("A")[1].split()[1])
        return floor - shoulder + rise

    assert tallness(left.path) == pytest.approx(TALLEST / 2, abs=0.2)
    assert tallness(right.path) == pytest.approx(TALLEST / 4, abs=0.2)


def test_side_that_was_not_counted_leaves_a_gap() -> None:
    first, second = chart_of(some_days((12, None), (14, 15))).columns

    assert [bar.side for bar in first.bars] == ["left"]
    assert first.bars[0].x < first.x  # it keeps its place on the left
    assert [bar.side for bar in second.bars] == ["left", "right"]


@for_any(
    st.lists(
        st.tuples(st.none() | st.integers(0, 100), st.none() | st.integers(0, 100)).filter(any),
        min_size=1,
        max_size=12,
    )
)
def test_everything_stays_inside_the_picture_and_apart(values: list[tuple[int | None, int | None]]) -> None:
    chart = chart_of(some_days(*values))

    assert len(chart.columns) == min(len(values), MOST_DAYS)
    places = [bar.x for column in chart.columns for bar in column.bars]
    assert places == sorted(places)
    assert all(8 <= x <= WIDTH - 8 for x in places)
    # Numbers of two digits and dates of 14 units are narrower than the 40 units between days.
    days = [column.x for column in chart.columns]
    assert all(later - earlier >= 40 for earlier, later in pairwise(days))
    assert all(14 <= bar.y <= FLOOR < HEIGHT for column in chart.columns for bar in column.bars)


def test_small_numbers_do_not_fill_the_picture() -> None:
    column, _ = chart_of(some_days((1, 1), (2, 2))).columns

    assert all(bar.y > FLOOR - TALLEST / 2 for bar in column.bars)


# --- content -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("page", 'key = "today"', 'key = "tomorrow"', "reasons"),
        ("checks/heel_raise", 'values = ["19", "19"]', 'values = ["19"]', "60 to 69"),
        ("checks/heel_raise", 'values = ["19", "19"]', 'values = ["", ""]', "60 to 69"),
        ("checks/heel_raise", "[remarks.half]", "[remarks.third]", "remarks"),
        ("checks/heel_raise", '"townsville_heel_raises"]\n\n[[norms.rows', '"nobody"]\n\n[[norms.rows', "nobody"),
        ("checks/one_leg_stance", 'sources = ["springer_2007"]\n', 'sources = ["nobody"]\n', "nobody"),
        ("checks/one_leg_stance", "How strong your hips are.", "A diagnosis.", "wording"),
    ],
)  # fmt: skip
def test_bad_content_stops_the_start(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    folder = tmp_path / "counts"
    shutil.copytree(CONTENT / "counts", folder)
    path = folder / f"{file}.toml"
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(ContentError, match=says):
        load_counting(folder, sources=list(reference().sources))


def test_missing_check_stops_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "counts"
    shutil.copytree(CONTENT / "counts", folder)
    (folder / "checks" / "heel_raise.toml").unlink()

    with pytest.raises(ContentError, match="must hold heel_raise, one_leg_stance"):
        load_counting(folder, sources=list(reference().sources))


def test_every_check_has_its_picture() -> None:
    pictures = Path(__file__).resolve().parents[3] / "templates" / "figures"

    assert all((pictures / f"{check.picture}.svg").exists() for check in counting().checks.values())


def test_result_offers_counting_only_where_nothing_forbids_it() -> None:
    offers = {why: count_offer(why) for why in (None, *REASONS)}

    assert {why: offer for why, offer in offers.items() if offer} == {
        None: CountOffer.NOW,
        "today": CountOffer.NOW,
        "lists": CountOffer.LATER,
    }


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        (
            Counted(TODAY, "left", 19),
            Counted(TODAY, "right", 7),
            "19 heel raises on the left, 7 on the right",
        ),
        (Counted(TODAY, "left", 1), None, "1 heel raise on the left, right not counted"),
        (None, Counted(TODAY, "right", 0), "0 heel raises on the right, left not counted"),
        (Counted(TODAY, "left", 8), Counted(TODAY, "right", 8), "8 heel raises on each side"),
        (
            Counted(TODAY, "left", 3, stopped=True),
            Counted(TODAY, "right", 3),
            "3 heel raises on the left (stopped, it hurt), 3 on the right",
        ),
    ],
)
def test_day_in_words(left: Counted | None, right: Counted | None, says: str) -> None:
    check = counting().checks[HEEL_RAISE]

    assert check.day_in_words(CountedDay(TODAY, left, right)) == says
