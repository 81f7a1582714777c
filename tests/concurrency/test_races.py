"""Two phones, two tabs, an impatient thumb: real requests in the same moment against a started server."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.concurrency.conftest import RaceServer
from tests.concurrency.people import ACCEPTING, STARTING
from tests.concurrency.phones import Phone, Reply, Tap, all_at_once, tapped_at_once
from tests.trials import TAPS

pytestmark = pytest.mark.concurrency

AT_ONCE = 6

SignIn = Callable[[str], Phone]


def statuses(answers: Sequence[Reply]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def rounds(server: RaceServer, name: str) -> list[tuple[str, str, int]]:
    """The places in which a person's phones race: a fifth of the taps, so many at once."""
    places: list[tuple[str, str, int]] = [tuple(place) for place in server.people[name]["places"]]
    return places[: max(1, TAPS // 5 // AT_ONCE)]


def test_the_same_tap_sent_many_times_at_once_is_one_set(server: RaceServer, phone: SignIn) -> None:
    phones = [phone("tapping"), phone("tapping")]
    sent = [Tap(*place, repetitions=number % 12) for number, place in enumerate(rounds(server, "tapping"))]

    answers = [
        answer
        for tap in sent
        for answer in tapped_at_once([(phones[number % 2], tap) for number in range(AT_ONCE)])
    ]

    assert statuses(answers) == {302: len(sent) * AT_ONCE}
    rows = [row for row in server.stored()["sets"] if row["email"] == "tapping@example.org"]
    assert {(row["client_key"], row["repetitions"], row["revision"]) for row in rows} == {
        (tap.client_key, tap.repetitions, 1) for tap in sent
    }
    assert len(rows) == len(sent)


def test_of_different_sets_for_one_place_one_is_stored_and_the_others_see_both(
    server: RaceServer, phone: SignIn
) -> None:
    phones = [phone("conflicting"), phone("conflicting")]
    places = rounds(server, "conflicting")
    winners: dict[tuple[str, str, int], Tap] = {}

    for place in places:
        taps = [Tap(*place, repetitions=11 + number) for number in range(AT_ONCE)]
        answers = tapped_at_once([(phones[number % 2], tap) for number, tap in enumerate(taps)])

        assert statuses(answers) == {302: 1, 409: AT_ONCE - 1}
        (winner,) = (tap for tap, answer in zip(taps, answers, strict=True) if answer.status == 302)
        winners[place] = winner
        for tap, answer in zip(taps, answers, strict=True):
            if tap is not winner:
                assert f"Keep what is stored: {winner.repetitions}" in answer.body
                assert f"Take what was just sent: {tap.repetitions}" in answer.body
    rows = [row for row in server.stored()["sets"] if row["email"] == "conflicting@example.org"]
    assert {(row["address"], row["side"], row["set_number"]): row["client_key"] for row in rows} == {
        place: tap.client_key for place, tap in winners.items()
    }
    assert len(rows) == len(places)


def test_sign_up_that_is_tapped_many_times_at_once_is_one_account_that_waits_for_its_code(
    server: RaceServer,
) -> None:
    new = Phone(server.port)
    new.open("/accounts/signup/")
    form: dict[str, object] = {"email": "twice@example.org", "password1": "three quiet lanterns"}

    answers = all_at_once([(new, "/accounts/signup/", form)] * 3)

    # 429: allauth sends at most one code in ten seconds to an address.
    assert set(statuses(answers)) <= {302, 429}
    assert {one.location for one in answers if one.status == 302} == {"/accounts/confirm-email/"}
    assert "twice@example.org" not in server.log.read_text()
    assert "Type in the code" in new.open("/accounts/confirm-email/").body


def test_two_phones_that_start_the_workout_at_once_get_one_workout(server: RaceServer, phone: SignIn) -> None:
    for number in range(STARTING):
        name = f"starting_{number}"
        phones = [phone(name), phone(name)]

        answers = all_at_once([(one, "/workouts/start/", {"unwell": "no"}) for one in phones * 2])

        assert statuses(answers) == {302: 4}
        assert len({answer.location for answer in answers}) == 1
        assert re.match(r"/workouts/[\d-]+/1/[a-z-]+/$", answers[0].location)
        workouts = [row for row in server.stored()["workouts"] if row["email"] == f"{name}@example.org"]
        assert len(workouts) == 1


def test_two_tabs_that_accept_the_draft_at_once_give_one_plan(server: RaceServer, phone: SignIn) -> None:
    for number in range(ACCEPTING):
        name = f"accepting_{number}"
        browser = phone(name)
        browser.open("/plan/new/preview/")

        answers = all_at_once([(browser, "/plan/new/preview/", {})] * 4)

        assert statuses(answers) == {302: 4}
        plans = [row["status"] for row in server.stored()["plans"] if row["email"] == f"{name}@example.org"]
        assert plans == ["active"]


def test_a_workout_that_is_finished_twice_keeps_its_first_end(server: RaceServer, phone: SignIn) -> None:
    phones = [phone("finishing"), phone("finishing")]
    finish = f"{server.people['finishing']['workout']}finish/"

    def ended() -> list[str]:
        rows = server.stored()["workouts"]
        return [row["finished_at"] for row in rows if row["email"] == "finishing@example.org"]

    at_once = all_at_once([(one, finish, {}) for one in phones * 2])
    first = ended()
    later = all_at_once([(one, finish, {}) for one in phones])

    assert statuses([*at_once, *later]) == {302: 6}
    assert None not in first
    assert ended() == first


def test_what_one_phone_saved_stands_on_the_next_page_of_another_whoever_answers(
    server: RaceServer, phone: SignIn
) -> None:
    tapping, reading = phone("reading"), phone("reading")
    workout = server.people["reading"]["workout"]

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for place in rounds(server, "reading"):
            pages = [threads.submit(reading.read, "/progress/") for _ in range(AT_ONCE - 1)]
            assert tapping.tap(Tap(*place, repetitions=7)).status == 302
            assert statuses([page.result() for page in pages]) == {200: AT_ONCE - 1}
    before = [reading.read("/today/").body for _ in range(AT_ONCE)]
    tapping.send(f"{workout}finish/")
    after = [reading.read("/today/").body for _ in range(AT_ONCE)]

    assert all("workout has begun" in page for page in before)
    assert all("Done for today" in page for page in after)
