"""After "This hurts: stop", or an answer that stops the check, nothing offers another look until the next local date."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assessments.actions.check import reread, start_second_look, stop_second_look
from assessments.models import Attempt
from assessments.rows import rest_today, state_for
from assessments.rules.rest import Rest
from tests.builders_check import AGREED, ORDINARY, begin_check, typed, walk_check
from tests.builders_training import a_draft, a_finished_check, accepted, lists_answered, text
from tests.world import owner_of

LATE = datetime(2026, 11, 23, 20, tzinfo=UTC)
"""21:00 in Vienna."""
OFFERS = (
    'href="/check/again/"',
    "Look again<",
    "Begin a new check",
    "Start the mirror check",
    "Start the check<",
)


def stopped_for_pain(client: Client) -> None:
    begin_check(client)
    for question in ("toes", "knees", "arch"):
        client.post(f"/check/{question}/", typed(ORDINARY, question))
    client.post("/check/stop/", {"where": "both"})


def offered_on(client: Client, *addresses: str) -> list[tuple[str, str]]:
    return [
        (address, offer)
        for address in addresses
        for offer in OFFERS
        if offer in client.get(address, follow=True).content.decode()
    ]


@pytest.mark.parametrize("who", ["guest", "person"])
def test_no_page_offers_another_look_on_the_day_it_hurt(anonymous: Client, owner: User, who: str) -> None:
    with time_machine.travel(LATE):
        if who == "person":
            owner.time_zone = "Europe/Vienna"
            owner.save()
            anonymous.force_login(owner)
        stopped_for_pain(anonymous)

        pages = ["/check/", "/check/result/"]
        if who == "person":
            pages += ["/", "/today/", "/plan/", "/plan/new/", "/safety/", "/checks/", "/progress/"]
            pages.append(f"/checks/{Attempt.objects.get().pk}/")
        assert offered_on(anonymous, *pages) == []


def test_second_look_of_a_check_that_hurt_is_refused_to_an_old_tab(anonymous: Client) -> None:
    with time_machine.travel(LATE):
        stopped_for_pain(anonymous)

        assert anonymous.post("/check/again/").status_code == 409
        assert "Begin a new check" not in text(anonymous.post("/check/toes/", typed(ORDINARY, "toes")))


def test_start_page_says_from_when_and_refuses_a_post_in_the_same_words(anonymous: Client) -> None:
    with time_machine.travel(LATE):
        stopped_for_pain(anonymous)

        shown, refused = anonymous.get("/check/"), anonymous.post("/check/", AGREED)

        for page in (shown, refused):
            assert "It hurt at the mirror today" in text(page)
            assert "You can begin again tomorrow, on Tuesday 24 November." in text(page)
        assert (shown.status_code, refused.status_code) == (200, 409)
        assert Attempt.objects.count() == 1


def test_check_begins_again_on_the_next_local_date(anonymous: Client) -> None:
    with time_machine.travel(LATE, tick=False) as clock:
        stopped_for_pain(anonymous)

        clock.move_to(datetime(2026, 11, 23, 22, 59, tzinfo=UTC))  # 23:59 in Vienna
        assert anonymous.post("/check/", AGREED).status_code == 409
        clock.move_to(datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
        assert anonymous.post("/check/", AGREED).headers["Location"] == "/check/right-now/"


def test_check_without_pain_on_the_next_day_opens_what_the_pain_closed(
    anonymous: Client, owner: User
) -> None:
    anonymous.force_login(owner)
    with time_machine.travel(LATE) as clock:
        stopped_for_pain(anonymous)
        assert state_for(owner).is_locked
        clock.shift(timedelta(days=1))

        walk_check(anonymous)

        assert not state_for(owner).is_locked
        assert "Make a plan" in text(anonymous.get("/check/result/"))


def test_pain_in_a_second_look_counts_on_its_own_day(owner: User) -> None:
    with time_machine.travel(LATE) as clock:
        check = a_finished_check(owner)
        clock.shift(timedelta(days=2))
        start_second_look(attempt=check)
        stop_second_look(attempt=reread(check), where="left")

        assert rest_today(owner_of(owner)) is Rest.HURT
        clock.shift(timedelta(days=1))
        assert rest_today(owner_of(owner)) is None


def test_flight_west_does_not_bring_the_day_back(owner: User, signed_in: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False) as clock:
        owner.time_zone = "Pacific/Auckland"
        owner.save()
        stopped_for_pain(signed_in)  # on the 24th there
        User.objects.filter(pk=owner.pk).update(time_zone="America/New_York")
        clock.shift(timedelta(hours=1))

        assert signed_in.post("/check/", AGREED).status_code == 409


@pytest.mark.parametrize("day", [0, 1])
def test_emergency_said_before_a_plan_stops_a_check_that_day(signed_in: Client, day: int) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC)) as clock:
        signed_in.post("/safety/right-now/", {"ticked": "RF1"})
        clock.shift(timedelta(days=day))

        assert signed_in.post("/check/", AGREED | {"time_zone": "UTC"}).status_code == (302 if day else 409)


def test_today_does_not_ask_to_look_again_on_the_day_it_hurt(owner: User, signed_in: Client) -> None:
    with time_machine.travel(datetime(2026, 10, 5, 12, tzinfo=UTC)) as clock:
        a_finished_check(owner)
        lists_answered(owner)
        accepted(owner, a_draft(owner))
        clock.shift(timedelta(days=28))
        assert "Start the mirror check" in text(signed_in.get("/today/"))

        stopped_for_pain(signed_in)
        clock.shift(60)
        signed_in.post("/safety/seen/", {"about": "X1", "seen_on": "2026-11-02", "verdict": "yes"})

        assert not state_for(owner).is_locked
        assert "Start the mirror check" not in text(signed_in.get("/today/"))
