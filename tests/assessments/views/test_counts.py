"""The pages of the countable checks, and what their rows refuse."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from assessments.actions.counts import TriesOfSide, record_counts
from assessments.models import Attempt, Count
from assessments.rules.counting import HEEL_RAISE, ONE_LEG_STANCE
from tests.builders_check import walk_check
from tests.html import squeezed
from tests.world import answered_lists, counted, finished_check

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOON.date()
STANCE, HEELS = "/checks/counts/one-leg-stance/", "/checks/counts/heel-raise/"
X2 = {
    "toes": {"left": "straight", "right": "straight"},
    "knees_usual": {"left": "not_in", "right": "not_in"},
    "knees": {"left": "forward", "right": "forward"},
    "arch": {"left": "low", "right": "normal"},
    "flatter": {"left": "yes"},
    "tiptoe_arch": {"left": "present"},
    "pain": {"value": "none"},
}


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def check(owner: User) -> Attempt:
    """The owner may count: an ordinary check, and four lists without a tick."""
    attempt = finished_check(owner)
    answered_lists(owner)
    return attempt


@pytest.fixture
def ready(check: Attempt, signed_in: Client) -> Client:
    return signed_in


def rows(check_key: str) -> dict[str, tuple[int, list[int], bool]]:
    found = Count.objects.filter(check_key=check_key)
    return {row.side: (row.value, row.tries, row.stopped) for row in found}


# --- counting and writing down -------------------------------------------------------------------


def test_heel_raises_of_both_sides_are_kept_and_shown(ready: Client, owner: User, check: Attempt) -> None:
    response = ready.post(f"{HEELS}count/", {"left_1": "21", "right_1": "18"})

    assert response.status_code == 302
    assert response.headers["Location"] == f"{HEELS}result/"
    assert rows(HEEL_RAISE) == {"left": (21, [21], False), "right": (18, [18], False)}
    assert {(row.person, row.attempt, row.local_date) for row in Count.objects.all()} == {
        (owner, check, TODAY)
    }
    page = ready.get(f"{HEELS}result/").content.decode()
    assert '<h1 class="finding">21 heel raises on the left, 18 on the right</h1>' in page


def test_best_of_the_tries_on_one_leg_counts(ready: Client) -> None:
    ready.post(f"{STANCE}count/", {"left_1": "12", "left_3": "31", "right_2": "45"})

    assert rows(ONE_LEG_STANCE) == {"left": (31, [12, 31], False), "right": (45, [45], False)}


def test_side_that_is_left_out_is_not_counted(ready: Client) -> None:
    ready.post(f"{HEELS}count/", {"right_1": "0"})

    assert rows(HEEL_RAISE) == {"right": (0, [0], False)}
    assert "not counted" in ready.get(f"{HEELS}result/").content.decode()


@pytest.mark.parametrize(
    ("address", "data", "field", "words"),
    [
        (HEELS, {"left_1": "many"}, "left_1", "Left: write the heel raises as a whole number"),
        (HEELS, {"left_1": "-1"}, "left_1", "Left: write a number from 0 to 100"),
        (HEELS, {"left_1": "101", "right_1": "7"}, "left_1", "Left: write a number from 0 to 100"),
        (HEELS, {"right_1": "7.5"}, "right_1", "Right: write the heel raises as a whole number"),
        (STANCE, {"right_2": "46"}, "right_2", "Right, try 2: write a number from 0 to 45"),
        (STANCE, {"right_2": "1e9"}, "right_2", "Right, try 2: write the seconds as a whole number"),
        (STANCE, {}, None, "Write down how many seconds you counted on one side at least"),
        (STANCE, {"left_1": "", "right_3": ""}, None, "Write down how many seconds"),
        (HEELS, {"left_hurt": "on", "right_1": "7"}, "left_1", "Write how far you got on the left"),
    ],
)
def test_bad_number_is_422_keeps_what_was_typed_and_stores_nothing(
    ready: Client, address: str, data: dict[str, str], field: str | None, words: str
) -> None:
    response = ready.post(f"{address}count/", data)

    assert response.status_code == 422
    page = response.content.decode()
    assert "<title>Error: " in page
    assert words in page
    form = response.context["form"]
    assert all(
        form[name].value() == typed for name, typed in data.items() if name in form.data and typed != "on"
    )
    assert set(form.errors) == {field or "__all__"}
    assert f'href="#id_{field or "left_1"}"' in page
    assert not Count.objects.exists()


def test_same_numbers_twice_are_one_row_and_say_nothing(ready: Client) -> None:
    for _ in range(2):
        response = ready.post(f"{HEELS}count/", {"left_1": "21"}, follow=True)

    assert Count.objects.count() == 1
    assert "takes the place" not in response.content.decode()


def test_another_number_the_same_day_replaces_the_first_and_says_so(ready: Client) -> None:
    ready.post(f"{HEELS}count/", {"left_1": "21", "right_1": "20"})

    response = ready.post(f"{HEELS}count/", {"left_1": "22", "right_1": "20"}, follow=True)

    assert rows(HEEL_RAISE) == {"left": (22, [22], False), "right": (20, [20], False)}
    page = response.content.decode()
    assert "takes the place of what you wrote earlier today: left 21 heel raises." in page


def test_what_was_written_today_stands_in_the_form_and_an_empty_side_keeps_it(ready: Client) -> None:
    ready.post(f"{STANCE}count/", {"left_1": "12", "left_2": "31"})

    page = ready.get(f"{STANCE}count/")
    ready.post(f"{STANCE}count/", {"right_1": "5"})

    assert [page.context["form"][f"left_{number}"].value() for number in (1, 2, 3)] == [12, 31, None]
    assert "What you wrote for it today stays" in page.content.decode()
    assert rows(ONE_LEG_STANCE)["left"] == (31, [12, 31], False)


def test_another_day_is_another_row_with_the_same_check(ready: Client, owner: User, check: Attempt) -> None:
    ready.post(f"{HEELS}count/", {"left_1": "21"})
    with time_machine.travel(NOON + timedelta(days=7)):
        answered_lists(owner)
        ready.post(f"{HEELS}count/", {"left_1": "29"})
        page = ready.get(f"{HEELS}result/").content.decode()

    assert list(Count.objects.values_list("value", "attempt").order_by("local_date")) == [
        (21, check.pk),
        (29, check.pk),
    ]
    assert "8 more: more than usually comes by chance" in page
    assert '<th scope="row">23 November 2026</th>' in page


def test_count_goes_with_the_latest_check(ready: Client, owner: User, check: Attempt) -> None:
    ready.post(f"{HEELS}count/", {"left_1": "21"})
    assert Count.objects.get().attempt == check
    again = finished_check(owner)

    ready.post(f"{HEELS}count/", {"left_1": "22", "right_1": "20"})

    assert {row.attempt for row in Count.objects.all()} == {again}


def test_counts_outlive_their_check_and_go_with_the_account(
    ready: Client, owner: User, check: Attempt
) -> None:
    counted(owner, check, left=9)

    ready.post(f"/checks/{check.pk}/delete/")

    assert Count.objects.get().attempt is None
    assert ready.get(f"{HEELS}result/").status_code == 200
    owner.delete()
    assert not Count.objects.exists()


def test_stance_says_nothing_about_a_difference(ready: Client, owner: User, check: Attempt) -> None:
    counted(owner, check, ONE_LEG_STANCE, left=12, right=40)
    Count.objects.update(local_date=TODAY - timedelta(days=30))
    counted(owner, check, ONE_LEG_STANCE, left=45, right=44)

    page = ready.get(f"{STANCE}result/").content.decode()

    assert "no difference is called a change" in page
    assert "by chance" not in page
    assert "no clear change" not in page.lower()


def test_under_ten_seconds_leads_to_the_list_that_asks_about_it(
    ready: Client, owner: User, check: Attempt
) -> None:
    counted(owner, check, ONE_LEG_STANCE, left=9, right=40)

    page = ready.get(f"{STANCE}result/").content.decode()

    assert 'href="/safety/so-it-fits/?next=/checks/counts/"' in page


def test_pain_is_kept_and_said(ready: Client) -> None:
    ready.post(f"{HEELS}count/", {"left_1": "3", "left_hurt": "on", "right_1": "20"})

    assert rows(HEEL_RAISE)["left"] == (3, [3], True)
    page = ready.get(f"{HEELS}result/").content.decode()
    assert "You stopped because it hurt" in page
    assert "Fewer than five" not in page


@pytest.mark.parametrize("page", ["", "count/"])
def test_page_to_count_on_leads_to_stop(ready: Client, page: str) -> None:
    assert f'class="hurts" href="{HEELS}stop/"' in ready.get(HEELS + page).content.decode()
    assert ready.get(f"{HEELS}stop/").status_code == 200


def test_result_before_anything_was_counted_leads_to_the_overview(ready: Client) -> None:
    assert ready.get(f"{HEELS}result/").headers["Location"] == "/checks/counts/"


@pytest.mark.parametrize("name", ["one_leg_stance", "handstand"])
def test_check_that_does_not_exist_is_404(ready: Client, name: str) -> None:
    for page in ("", "count/", "stop/", "result/"):
        assert ready.get(f"/checks/counts/{name}/{page}").status_code == 404


# --- who may -------------------------------------------------------------------------------------


def refused(client: Client) -> list[str]:
    """The reason as do page, count page and a POST give it; each is a 409."""
    responses = [
        client.get(HEELS),
        client.get(f"{HEELS}count/"),
        client.post(f"{HEELS}count/", {"left_1": "9"}),
    ]
    assert [response.status_code for response in responses] == [409, 409, 409]
    assert not Count.objects.exists()
    return [response.context["reason"].key for response in responses]


def test_without_a_check_the_way_leads_to_it(signed_in: Client) -> None:
    assert set(refused(signed_in)) == {"no_check"}
    assert 'href="/check/"' in signed_in.get("/checks/counts/").content.decode()


def test_lists_that_are_not_answered_come_first_and_lead_back(signed_in: Client, owner: User) -> None:
    finished_check(owner)

    assert set(refused(signed_in)) == {"lists"}
    address = "/safety/told-or-had/?next=/checks/counts/"
    assert f'href="{address}"'.replace("&", "&amp;") in signed_in.get(
        "/checks/counts/"
    ).content.decode().replace("%2F", "/")
    for _ in range(3):
        address = signed_in.post(address, {"ticked": "none"}).headers["Location"]
    assert address == "/checks/counts/"
    assert signed_in.get(HEELS).status_code == 200


def test_another_day_asks_only_how_one_feels_right_now(ready: Client) -> None:
    with time_machine.travel(NOON + timedelta(days=3)):
        assert set(refused(ready)) == {"today"}
        assert 'href="/checks/counts/right-now/"' in ready.get("/checks/counts/").content.decode()

        response = ready.post("/checks/counts/right-now/", {"ticked": "none"})

        assert response.headers["Location"] == "/checks/counts/"
        assert ready.get(f"{HEELS}count/").status_code == 200


def test_right_now_with_a_tick_leads_to_its_advice_and_counting_waits(ready: Client) -> None:
    response = ready.post("/checks/counts/right-now/", {"ticked": "RF3"})

    assert response.headers["Location"] == "/check/advice/"
    assert ready.get("/check/advice/").status_code == 200
    assert set(refused(ready)) == {"locked"}


def test_right_now_not_sure_explains_and_asks_again(ready: Client) -> None:
    assert ready.post("/checks/counts/right-now/", {}).status_code == 422
    response = ready.post("/checks/counts/right-now/", {"ticked": "unsure"})

    assert response.headers["Location"] == "/checks/counts/right-now/explained/"
    assert ready.get("/checks/counts/right-now/explained/").status_code == 200


@pytest.mark.parametrize(("tick", "reason"), [("RF6", "locked"), ("RF16", "pregnancy"), ("RF19", "unsteady")])
def test_answer_that_forbids_it_says_why(signed_in: Client, owner: User, tick: str, reason: str) -> None:
    finished_check(owner)
    answered_lists(owner, tick)

    assert set(refused(signed_in)) == {reason}
    assert 'href="/safety/"' in signed_in.get("/checks/counts/").content.decode()


def test_result_that_says_be_seen_first_forbids_it(signed_in: Client, owner: User) -> None:
    finished_check(owner, X2)
    answered_lists(owner)

    assert set(refused(signed_in)) == {"result"}


def test_what_was_counted_before_a_lock_stays_to_be_read(ready: Client, owner: User, check: Attempt) -> None:
    counted(owner, check, left=21)
    answered_lists(owner, "RF6")

    assert ready.get(f"{HEELS}result/").status_code == 200
    assert "21 heel raises on the left, right not counted" in ready.get("/checks/counts/").content.decode()
    assert "Count again" not in ready.get(f"{HEELS}result/").content.decode()


def test_stranger_sees_nothing_of_it(ready: Client, owner: User, check: Attempt, stranger: User) -> None:
    counted(owner, check, left=21)
    other = Client()
    other.force_login(stranger)

    assert other.get(f"{HEELS}result/").headers["Location"] == "/checks/counts/"
    assert "heel raises" not in other.get("/checks/counts/").content.decode()


@pytest.mark.parametrize(
    "page", ["/checks/counts/", HEELS, f"{HEELS}count/", f"{HEELS}result/", f"{HEELS}stop/"]
)
def test_visitor_is_sent_to_sign_in(anonymous: Client, page: str) -> None:
    assert anonymous.get(page).headers["Location"].startswith("/accounts/login/?next=")


def test_overview_asks_the_same_number_of_queries_with_years_of_counts(
    ready: Client, owner: User, check: Attempt, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for weeks in range(60):
        counted(owner, check, left=weeks, right=weeks)
        Count.objects.filter(local_date=TODAY).update(local_date=TODAY - timedelta(days=7 * weeks + 7))

    with django_assert_max_num_queries(9):
        ready.get("/checks/counts/")
    with django_assert_max_num_queries(8):
        ready.get(f"{HEELS}result/")


# --- on the pages of mirror checks ---------------------------------------------------------------


def tag(name: str, client: Client, attempt: Attempt | None = None) -> str:
    """What the inclusion tag shows to whoever this client is."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415
    from django.template import Context, Template  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    request = RequestFactory().get("/")
    user_id = client.session.get("_auth_user_id")
    request.user = User.objects.get(pk=user_id) if user_id else AnonymousUser()
    template = Template("{% load counts %}{% " + name + (" attempt" if attempt else "") + " %}")
    return template.render(Context({"request": request, "attempt": attempt}))


def test_result_offers_counting_to_who_may_and_shows_what_was_counted(
    ready: Client, owner: User, check: Attempt
) -> None:
    assert 'href="/checks/counts/"' in tag("counts_of", ready, check)

    counted(owner, check, left=21)

    assert f'href="{HEELS}result/"' in tag("counts_of", ready, check)
    assert "23 November 2026: 21 heel raises on the left, right not counted" in squeezed(
        tag("counts_history", ready)
    )


def test_result_of_an_earlier_check_offers_nothing(ready: Client, owner: User, check: Attempt) -> None:
    finished_check(owner)

    assert tag("counts_of", ready, check).strip() == ""


@pytest.mark.parametrize("tick", ["RF6", "RF16", "RF19"])
def test_result_is_silent_for_who_may_not(ready: Client, owner: User, check: Attempt, tick: str) -> None:
    answered_lists(owner, tick)

    assert tag("counts_of", ready, check).strip() == ""
    assert tag("counts_history", ready).strip() == ""


def test_result_says_that_lists_come_first(signed_in: Client, owner: User) -> None:
    assert "four safety lists" in tag("counts_of", signed_in, finished_check(owner))


def test_guest_gets_one_quiet_sentence_and_none_after_be_seen_first(anonymous: Client, owner: User) -> None:
    walk_check(anonymous)

    shown = tag("counts_of", anonymous, Attempt.objects.get())

    assert "With an account there are two more things you can count" in shown
    assert "href" not in shown
    assert tag("counts_of", anonymous, finished_check(owner, X2)).strip() == ""


# --- what the database refuses -------------------------------------------------------------------


def row(person: User, **fields: object) -> Count:
    plain = {"check_key": HEEL_RAISE, "side": "left", "value": 9, "local_date": TODAY, "content_version": "1"}
    return Count.objects.create(person=person, **(plain | fields))


def test_second_row_of_a_side_and_day_is_refused_and_another_day_is_not(owner: User, stranger: User) -> None:
    row(owner)
    row(owner, side="right")
    row(owner, check_key=ONE_LEG_STANCE)
    row(owner, local_date=date(2026, 11, 24))
    row(stranger)

    with pytest.raises(IntegrityError):
        row(owner, value=10)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"side": "both"}, "count_is_of_a_side"),
        ({"side": ""}, "count_is_of_a_side"),
        ({"check_key": "handstand"}, "count_is_in_range"),
        ({"value": 101}, "count_is_in_range"),
        ({"value": 46, "check_key": ONE_LEG_STANCE}, "count_is_in_range"),
    ],
)
def test_row_that_makes_no_sense_is_refused(owner: User, fields: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        row(owner, **fields)


def test_negative_value_is_refused(owner: User) -> None:
    with pytest.raises(IntegrityError):
        row(owner, value=-1)


@pytest.mark.parametrize("fields", [{"value": 100}, {"value": 0}, {"value": 45, "check_key": ONE_LEG_STANCE}])
def test_row_at_its_limit_is_kept(owner: User, fields: dict[str, object]) -> None:
    row(owner, **fields)

    assert Count.objects.count() == 1


def test_side_without_a_try_is_not_recorded(owner: User) -> None:
    with pytest.raises(ValueError, match="nothing was counted"):
        record_counts(person=owner, check_key=HEEL_RAISE, attempt=None, sides={"left": TriesOfSide([])})

    assert not Count.objects.exists()
