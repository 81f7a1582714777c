"""What stands after two or three looks, and what may later be called a change."""

import itertools
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from time_machine import travel

from accounts.models import User
from assessments.actions.check import (
    AttemptClosed,
    answer_again,
    pass_right_now,
    reread,
    start,
    start_second_look,
    stop_second_look,
)
from assessments.actions.safety import record_visit
from assessments.models import Attempt, SecondLook, Status
from assessments.rows import first_check, may_look_again, person_safety
from assessments.rules.questionnaire import SIDES, UNSURE, questionnaire
from assessments.rules.safety import Said, Verdict
from assessments.rules.safety_content import safety_content
from assessments.rules.scoring import evaluate
from assessments.rules.second_look import LookDifference, Looks, LookStep, difference, settled
from tests.builders_check import walk_check
from tests.html import squeezed
from tests.world import CHECK, finished_check, owner_of

LOW = {
    **CHECK,
    "arch": {"left": "low", "right": "low"},
    "flatter": {"left": "no", "right": "yes"},
    "tiptoe_arch": {"left": "present", "right": "present"},
}
"""The right arch became flatter in adult life: X2."""


def looks(
    second: dict[str, Any] | None = None, third: dict[str, Any] | None = None, first: Any = CHECK
) -> Looks:
    return Looks(first=first, second=second or {}, third=third or {})


SAME = {
    "knees": {"left": "in", "right": "forward"},
    "arch": {"left": "low", "right": "normal"},
    "arch_turned": {"left": "higher"},
}


def test_sure_answers_to_three_questions_are_looked_at_again() -> None:
    assert looks().items() == {"knees": SIDES, "arch": SIDES, "arch_turned": ("left",)}


def test_not_sure_is_not_asked_again() -> None:
    first = {**CHECK, "knees": {"left": "in", "right": UNSURE}}

    assert looks(first=first).items()["knees"] == ("left",)


def test_pages_of_the_second_look_say_what_to_do_before_they_ask() -> None:
    assert looks().steps() == [
        LookStep("second", "set_up"),
        LookStep("second", "knees", SIDES),
        LookStep("second", "arch", SIDES),
        LookStep("second", "turn_out"),
        LookStep("second", "arch_turned", ("left",)),
    ]


def test_only_what_differs_is_looked_at_a_third_time() -> None:
    second = {**SAME, "arch": {"left": "normal", "right": "normal"}}

    steps = looks(second).steps()

    assert steps[5:] == [LookStep("third", "set_up"), LookStep("third", "arch", ("left",))]


def test_two_looks_that_agree_need_no_third_and_change_nothing() -> None:
    both = looks(SAME)

    assert both.is_done()
    assert both.answers_that_stand() == questionnaire().kept(CHECK)


@pytest.mark.parametrize(
    ("second", "third", "stands"),
    [
        ("low", None, "low"),
        ("normal", "low", "low"),
        ("normal", "normal", "normal"),
        ("normal", "flat", UNSURE),
        ("normal", UNSURE, UNSURE),
        (UNSURE, "low", "low"),
        (UNSURE, UNSURE, UNSURE),
        (UNSURE, "normal", UNSURE),
    ],
)
def test_third_look_decides_between_the_two_else_it_is_not_sure(
    second: str, third: str | None, stands: str
) -> None:
    given_third = {"arch": {"left": third}} if third else {}

    after = looks({**SAME, "arch": {"left": second, "right": "normal"}}, given_third)

    assert after.is_done()
    assert after.answers_that_stand()["arch"]["left"] == stands


def test_branch_that_closes_is_dropped_and_none_opens() -> None:
    second = {**SAME, "knees": {"left": "forward", "right": "forward"}}

    stands = looks(second, {"knees": {"left": "forward"}}).answers_that_stand()

    assert "arch_turned" not in stands
    assert "can_turn" not in stands


VALUES = {key: [*questionnaire().questions[key].values] for key in questionnaire().second_look.items}


def test_every_pair_of_looks_leads_to_a_result_and_never_says_what_was_not_seen_twice() -> None:
    count = 0
    for knees, arch, turned in itertools.product(VALUES["knees"], VALUES["arch"], VALUES["arch_turned"]):
        second = {
            "knees": {"left": knees, "right": "forward"},
            "arch": {"left": arch, "right": "normal"},
            "arch_turned": {"left": turned},
        }
        after = looks(second)
        third = {item: dict.fromkeys(sides, UNSURE) for item, sides in after.differing().items()}
        answers, result = settled(looks(second, third), evaluate(CHECK))

        for item, sides in after.items().items():
            for side in sides:
                stands = answers.get(item, {}).get(side, UNSURE)
                assert stands in {UNSURE, CHECK[item][side]}
        assert result.left.rule
        count += 1
    assert count == 80


@given(st.data())
def test_what_stands_is_what_at_least_two_looks_saw(data: st.DataObject) -> None:
    def look() -> dict[str, dict[str, str]]:
        return {
            item: {side: data.draw(st.sampled_from(VALUES[item])) for side in sides}
            for item, sides in looks().items().items()
        }

    second, third = look(), look()

    stands = looks(second, third).answers_that_stand()

    for item, sides in looks().items().items():
        for side in sides:
            value = stands.get(item, {}).get(side)
            seen = [CHECK[item][side], second[item][side], third[item][side]]
            assert value in {None, UNSURE} or seen.count(value) >= 2


def test_first_look_that_asks_to_be_seen_keeps_asking() -> None:
    first = evaluate(questionnaire().kept(LOW))
    assert first.right.locks == ("X2",)
    second = {
        "knees": {"left": "in", "right": "forward"},
        "arch": {"left": "low", "right": "normal"},
        "arch_turned": {"left": "higher"},
    }

    _, result = settled(looks(second, {"arch": {"right": "normal"}}, first=LOW), first)

    assert result.right.locks == ("X2",)
    assert "B1" in result.comparisons


@pytest.mark.parametrize(
    ("then", "now", "steady", "said"),
    [
        ("low", "normal", True, LookDifference.CHANGED),
        ("low", "normal", False, LookDifference.NO_CLEAR_CHANGE),
        ("low", "normal", None, LookDifference.LOOKED_ONCE),
        ("low", "low", True, LookDifference.SAME),
        ("low", "low", None, LookDifference.SAME),
        (None, "low", True, LookDifference.NOTHING),
        ("low", None, True, LookDifference.NOTHING),
        (UNSURE, "low", True, LookDifference.NOTHING),
    ],
)
def test_a_change_is_one_only_where_both_first_looks_agreed(
    then: str | None, now: str | None, *, steady: bool | None, said: LookDifference
) -> None:
    assert difference(then, now, steady=steady) is said


# --- rows ------------------------------------------------------------------------------------------------


@pytest.fixture
def check(owner: User) -> Attempt:
    return finished_check(owner)


def through(attempt: Attempt, second: dict[str, Any], third: dict[str, Any] | None = None) -> Attempt:
    """Give all answers of the looks."""
    start_second_look(attempt=attempt)
    for look, said in (("second", second), ("third", third or {})):
        for item, given_ in said.items():
            attempt = answer_again(
                attempt=reread(attempt), step=LookStep(look, item, tuple(given_)), given=given_
            )
    return reread(attempt)


def test_second_look_keeps_what_the_first_had_said_and_settles_the_check(check: Attempt) -> None:
    before = (check.answers, check.result)

    after = through(
        check, {**SAME, "arch": {"left": "normal", "right": "normal"}}, {"arch": {"left": "normal"}}
    )

    assert after.looked_twice
    assert (after.second_look.first_answers, after.second_look.first_result) == before
    assert after.answers["arch"]["left"] == "normal"
    assert after.outcome is not None
    assert after.outcome.left.rule == "M1"
    assert after.status == Status.FINISHED


def test_starting_twice_gives_the_same_look(check: Attempt) -> None:
    assert start_second_look(attempt=check) == start_second_look(attempt=check)
    assert SecondLook.objects.count() == 1


def test_other_answer_in_the_second_look_drops_what_the_third_said_of_it(check: Attempt) -> None:
    start_second_look(attempt=check)
    for step, said in (
        (LookStep("second", "knees", SIDES), SAME["knees"]),
        (LookStep("second", "arch", SIDES), {"left": "normal", "right": "normal"}),
    ):
        answer_again(attempt=reread(check), step=step, given=said)
    look = SecondLook.objects.get()
    look.third = {"arch": {"left": "flat"}}
    look.save()

    answer_again(attempt=reread(check), step=LookStep("second", "arch", SIDES), given=SAME["arch"])

    assert SecondLook.objects.get().third == {}


def test_finished_look_takes_no_more_answers(check: Attempt) -> None:
    after = through(check, SAME)

    with pytest.raises(AttemptClosed):
        answer_again(attempt=after, step=LookStep("second", "arch", SIDES), given=SAME["arch"])


def test_only_the_first_check_is_looked_at_again(owner: User, check: Attempt) -> None:
    assert may_look_again(check)

    later = finished_check(owner)

    assert not may_look_again(check)
    assert not may_look_again(later)
    assert first_check(owner_of(owner)) == check


def test_pain_in_the_second_look_locks_and_keeps_what_was_seen(check: Attempt) -> None:
    start_second_look(attempt=check)
    answer_again(attempt=reread(check), step=LookStep("second", "knees", SIDES), given=SAME["knees"])

    after = stop_second_look(attempt=reread(check), where="left")

    assert after.outcome is not None
    assert after.outcome.left.rule == "X1"
    assert after.answers["arch"] == CHECK["arch"]
    assert after.second_look.first_answers["pain"] == {"value": "none"}


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_a_clinician_said_after_the_first_look_stands_after_the_second(
    owner: User, verdict: Verdict
) -> None:
    with travel("2031-01-06 10:00"):
        attempt = finished_check(owner, LOW)
    with travel("2031-01-07 10:00"):
        record_visit(person=owner, causes=["X2"], seen_on=date(2031, 1, 7), verdict=verdict)
    with travel("2031-01-08 10:00"):
        before = person_safety(owner)
        through(attempt, {**SAME, "arch": {"left": "low", "right": "low"}})

        after = person_safety(owner)

    assert after == before
    assert bool(after.state.locks) is (verdict is Verdict.NO)


def test_pain_in_the_second_look_locks_from_that_day(owner: User) -> None:
    with travel("2031-01-06 10:00"):
        attempt = finished_check(owner)
    with travel("2031-01-08 10:00"):
        start_second_look(attempt=attempt)
        stop_second_look(attempt=reread(attempt), where="left")

        found = person_safety(owner)

    assert [lock.cause for lock in found.state.locks] == ["X1"]
    assert [period.since for period in found.past.locks] == [date(2031, 1, 8)]


def test_deleting_the_check_deletes_its_second_look(check: Attempt) -> None:
    through(check, SAME)

    check.delete()

    assert not SecondLook.objects.exists()


# --- pages -----------------------------------------------------------------------------------------------


def answer_page(client: Client, address: str, **said: str) -> str:
    response = client.post(address, said)
    assert response.status_code == 302, response.content.decode()[:500]
    return response.headers["Location"]


def test_second_look_page_by_page(signed_in: Client, owner: User, check: Attempt) -> None:
    result = signed_in.get("/check/result/").content.decode()
    assert 'href="/check/again/"' in result

    place = answer_page(signed_in, "/check/again/")
    assert place == "/check/again/1/"
    assert "I have looked" in signed_in.get(place).content.decode()
    page = signed_in.get("/check/again/2/").content.decode()
    assert "checked" not in page
    place = answer_page(signed_in, "/check/again/2/", left="in", right="forward")
    assert place == "/check/again/3/"
    place = answer_page(signed_in, place, left="normal", right="normal")
    place = answer_page(signed_in, "/check/again/5/", left="higher")
    assert place == "/check/again/6/"
    assert "Look once more" in signed_in.get(place).content.decode()
    place = answer_page(signed_in, "/check/again/7/", left="low")

    assert place == "/check/result/"
    page = signed_in.get(place).content.decode()
    assert "You looked twice" in page
    assert "Low, then Usual, then Low<br>What stands: Low" in page
    assert 'href="/check/again/"' not in page


def test_guest_may_look_a_second_time(anonymous: Client) -> None:
    walk_check(anonymous)

    assert answer_page(anonymous, "/check/again/") == "/check/again/1/"


def test_page_that_comes_too_early_leads_to_the_one_that_is_due(signed_in: Client, check: Attempt) -> None:
    signed_in.post("/check/again/")

    assert signed_in.get("/check/again/5/").headers["Location"] == "/check/again/1/"
    assert signed_in.get("/check/again/9/").status_code == 404
    assert signed_in.get("/check/again/0/").status_code == 404


def test_page_before_it_was_begun_leads_to_the_beginning(signed_in: Client, check: Attempt) -> None:
    assert signed_in.get("/check/again/2/").headers["Location"] == "/check/again/"


def test_missing_answer_is_refused_and_nothing_is_stored(signed_in: Client, check: Attempt) -> None:
    signed_in.post("/check/again/")

    response = signed_in.post("/check/again/2/", {"left": "in"})

    assert response.status_code == 422
    assert SecondLook.objects.get().second == {}


def test_on_another_day_the_list_right_now_comes_first(
    signed_in: Client, owner: User, check: Attempt
) -> None:
    Attempt.objects.filter(pk=check.pk).update(may_stand_on="2026-01-01")

    place = answer_page(signed_in, "/check/again/")

    assert place == "/check/again/right-now/"
    assert signed_in.get("/check/again/2/").headers["Location"] == place
    assert answer_page(signed_in, place, ticked="none") == "/check/again/1/"


def test_emergency_before_a_second_look_stops_it(signed_in: Client, check: Attempt) -> None:
    Attempt.objects.filter(pk=check.pk).update(may_stand_on="2026-01-01")
    signed_in.post("/check/again/")

    assert answer_page(signed_in, "/check/again/right-now/", ticked="RF1") == "/check/advice/"

    assert "stops for today" in signed_in.get("/check/advice/").content.decode()
    assert signed_in.get("/check/again/2/").headers["Location"] == "/check/result/"
    assert "/check/again/" not in signed_in.get("/check/result/").content.decode()
    refused = signed_in.post("/check/again/right-now/", {"ticked": "none"})
    assert refused.status_code == 409
    assert "You can begin again tomorrow" in refused.content.decode()


def test_answer_after_the_end_is_told_that_it_is_over(signed_in: Client, check: Attempt) -> None:
    through(check, SAME)

    assert signed_in.post("/check/again/2/", {"left": "in", "right": "in"}).status_code == 409
    assert signed_in.get("/check/again/2/").headers["Location"] == "/check/result/"


def test_stranger_has_nothing_to_look_at_again(stranger: User, check: Attempt) -> None:
    client = Client()
    client.force_login(stranger)

    assert client.get("/check/again/").headers["Location"] == "/check/"


@pytest.mark.parametrize(("looked", "said"), [(True, "changed"), (False, "looked once, may be chance")])
def test_then_and_now_calls_a_change_only_what_was_steady(
    signed_in: Client, owner: User, check: Attempt, *, looked: bool, said: str
) -> None:
    if looked:
        through(check, SAME)
    with travel("2031-01-15 10:00"):
        later = finished_check(owner, {**CHECK, "arch": {"left": "low", "right": "high"}})

    page = squeezed(signed_in.get(f"/checks/compare/?then={check.pk}&now={later.pk}").content.decode())

    assert said in page
    assert "no clear change" not in page


def test_question_of_an_older_check_is_not_stored_in_a_newer_one(
    signed_in: Client, owner: User, check: Attempt
) -> None:
    newer = start(owner=owner_of(owner))
    none = dict.fromkeys(safety_content().lists["right_now"].questions, Said.NO)
    pass_right_now(attempt=newer, owner=owner_of(owner), answers=none)

    response = signed_in.post("/check/toes/", {"left": "in", "right": "in", "attempt": str(check.pk)})

    assert response.status_code == 409
    assert Attempt.objects.get(pk=newer.pk).answers == {}
