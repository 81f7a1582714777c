"""Reasons in words: in full, what is new in short, and why someone trains."""

import pytest

from exercises.rules.drafts import Line, why_in_all
from exercises.rules.wording import Reason, because, dose_in_short, what_is_new, why_in_words

KNEE_LEFT = because("because_knee_in", side="left", on="2026-10-05")
ARCH_RIGHT = because("because_arch_low", side="right", on="2026-10-05")
ARCH_BOTH = because("because_arch_low_both", on="2026-10-05")
GENERAL = because("because_general_both", on="2026-10-05")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (because("success", on="2026-10-05", count=1), ["One more than last time."]),
        (because("easy", on="2026-10-05", count=2), ["2 more than last time."]),
        (because("load_up", grams=4000), ["4 kg this time, fewer repetitions."]),
        (because("at_top", count=1), []),
        (because("start_over_65"), []),
        (because("two_hands"), ["Hold on with both hands when you stand, with someone nearby."]),
        (
            because("pain_rung_down", pain=5, on="2026-10-05"),
            ["One step easier, because you felt pain of 5 on 5 October."],
        ),
        (because("gone_long_ago"), ["The rule behind this is no longer in use."]),
    ],
    ids=lambda one: one.key if isinstance(one, Reason) else "",
)
def test_what_rose_is_said_in_short_what_fell_with_its_reason_and_what_stays_not_at_all(
    reason: Reason, said: list[str]
) -> None:
    assert what_is_new([reason, reason]) == said


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([(KNEE_LEFT,), (KNEE_LEFT, ARCH_RIGHT)], [KNEE_LEFT, ARCH_RIGHT]),
        ([(ARCH_RIGHT,), (ARCH_BOTH,)], [ARCH_BOTH]),
        ([(GENERAL,), (KNEE_LEFT,)], [KNEE_LEFT]),
        ([(GENERAL,), (because("start_trained"),)], [GENERAL]),
        ([(because("added_by_hand"),)], []),
    ],
    ids=["each once", "both sides instead of one", "what was seen", "nothing seen", "by hand"],
)
def test_why_in_all_is_what_was_seen(lines: list[tuple[Reason, ...]], why: list[Reason]) -> None:
    assert why_in_all(Line("bridge", "two_legs", reasons) for reasons in lines) == why


def test_two_causes_make_one_sentence() -> None:
    assert why_in_words([KNEE_LEFT, ARCH_RIGHT]) == (
        "You train because your left kneecap looked in on 5 October, "
        "and because your right arch looked low on 5 October."
    )
    assert (
        why_in_words([GENERAL]) == "For general strength. It is not made from your mirror check of 5 October."
    )
    assert why_in_words([]) == ""


@pytest.mark.parametrize(
    ("repetitions", "loads", "short"),
    [
        ([8], [], "8"),
        ([8, 8], [None, None], "2\u00a0\u00d7\u00a08"),
        ([8, 7], [], "8, 7"),
        ([8, 8], [6000, 6000], "2\u00a0\u00d7\u00a08, 6 kg"),
        ([8, 8], [6000, 4000], "2\u00a0\u00d7\u00a08, 6 kg, 4 kg"),
    ],
)
def test_a_dose_in_short_says_sets_by_repetitions_and_each_weight_once(
    repetitions: list[int], loads: list[int | None], short: str
) -> None:
    assert dose_in_short(repetitions, loads) == short
