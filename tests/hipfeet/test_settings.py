"""The settings: everything a person can set on one page, and the page about them."""

import re
from datetime import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.forms import zone_choices
from accounts.models import User
from exercises.models import OwnedEquipment
from exercises.rules.reminding import ReminderKind
from hipfeet.mail.reminders import keep_reminders
from hipfeet.owndata.feed import keep_calendar, make_address
from tests.builders import PASSWORD
from tests.builders_training import MONDAY_NOON, a_running_plan, begun, field, signed_in_as, text
from tests.html import squeezed
from tests.world import answered_lists

PAGE = "/settings/you/"
ANSWERS = {"name": "Ann", "weight_unit": "lb", "week_start": "6", "time_zone": "America/New_York"}


def fields_of(person: User) -> dict[str, Any]:
    person.refresh_from_db()
    return {name: getattr(person, name) for name in ANSWERS}


# --- everything on one page ---


def test_settings_show_what_is_set(owner: User, signed_in: Client) -> None:
    User.objects.filter(pk=owner.pk).update(
        name="Ann", weight_unit="lb", week_start=6, time_zone="America/New_York"
    )
    OwnedEquipment.objects.create(
        person=owner,
        things=["band_light", "kettlebell_or_dumbbell", "stick"],
        weight_grams=[4_536, 6_804],
        band_colours={"band_light": "green"},
    )

    page = text(signed_in.get("/settings/"))

    assert "Name Ann Change your name" in page
    assert "Units Pounds (lb), weeks from Sunday Change" in page
    assert "Time zone America/New York Change" in page
    assert "Equipment 3 things" in page
    assert "A light loop band: green" in page
    assert "Kettlebells or dumbbells: 10 and 15 lb" in page
    assert "E-mail owner@example.org Change" in page


def test_settings_of_someone_new_say_what_is_not_given(signed_in: Client) -> None:
    page = text(signed_in.get("/settings/"))

    assert "Name Not given" in page
    assert "Equipment You have not said yet" in page
    assert "You choose them when you make a plan. Make a plan" in page


def test_settings_say_nothing_where_nothing_is_owned(owner: User, signed_in: Client) -> None:
    OwnedEquipment.objects.create(person=owner)

    assert "Equipment Nothing Change" in text(signed_in.get("/settings/"))


@time_machine.travel(MONDAY_NOON)
def test_settings_show_days_and_minutes_of_the_running_plan(owner: User) -> None:
    a_running_plan(owner, weekdays=(0, 3), minutes=20)

    page = signed_in_as(owner).get("/settings/")

    assert "Days Monday, Thursday Change your training days" in text(page)
    assert "Minutes About 20 for each workout" in text(page)
    assert 'href="/plan/days/"' in page.content.decode()
    assert 'href="/plan/minutes/"' in page.content.decode()


@time_machine.travel(MONDAY_NOON)
def test_settings_show_new_days_at_once_though_they_count_from_tomorrow(owner: User) -> None:
    a_running_plan(owner)
    begun(owner)
    client = signed_in_as(owner)

    client.post("/plan/days/", {"weekdays": ["1", "3"]})

    assert "Days Tuesday, Thursday" in text(client.get("/settings/"))


def test_settings_show_what_one_is_reminded_of_and_that_a_calendar_is_read(
    owner: User, signed_in: Client
) -> None:
    assert "Reminders Off Change your reminders Calendar Off Change your calendar" in text(
        signed_in.get("/settings/")
    )

    keep_reminders(person=owner, hour=time(7, 30), wanted=[ReminderKind.TRAINING, ReminderKind.WEEK])
    keep_calendar(person=owner, hour=time(7, 30), alarm_minutes=10)
    make_address(person=owner, key="a key", seen=0)

    page = text(signed_in.get("/settings/"))
    assert "Reminders At 07:30: on training days; after each week Change your reminders" in page
    assert "Calendar On, alarm 10 minutes before Change your calendar" in page


def test_settings_show_what_safety_answers_mean_and_where_one_is_signed_in(owner: User) -> None:
    answered_lists(owner)
    browsers = [Client(), Client()]
    for client in browsers:
        client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})

    assert "Safety Your answers let you train See" in text(browsers[0].get("/settings/"))
    assert "Signed in on 2 browsers See" in text(browsers[0].get("/settings/"))

    browsers[1].post("/accounts/logout/")

    assert "Signed in on This browser See" in text(browsers[0].get("/settings/"))


def test_every_row_leads_to_where_it_is_changed(signed_in: Client) -> None:
    page = signed_in.get("/settings/").content.decode()

    for address in (
        "/settings/you/#div_id_name",
        "/settings/you/#div_id_weight_unit",
        "/settings/you/#div_id_time_zone",
        "/settings/equipment/",
        "/settings/pace/",
        "/plan/new/",
        "/safety/",
        "/settings/reminders/",
        "/settings/calendar/",
        "/settings/export/",
        "/settings/import/",
        "/settings/erase/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/sessions/",
    ):
        assert f'href="{address}"' in page, address
    assert 'action="/accounts/logout/"' in page


def test_links_land_on_places_of_the_page_they_lead_to(signed_in: Client) -> None:
    places = re.findall(r'href="/settings/you/#(\w+)"', signed_in.get("/settings/").content.decode())
    page = signed_in.get(PAGE).content.decode()

    assert places
    assert all(f'id="{place}"' in page for place in places)


def test_change_links_say_what_they_change(signed_in: Client) -> None:
    page = signed_in.get("/settings/").content.decode()

    assert "Change<" in page
    assert re.findall(r">Change<(?!span class=\"hush\"> )", page) == []


def test_notice_about_another_time_zone_waits_for_the_browser(owner: User, signed_in: Client) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone="Europe/London")

    page = signed_in.get("/settings/").content.decode()

    assert '<div class="notice" data-zone="Europe/London" hidden>' in page
    assert "<b data-zone-name></b>" in page


def test_old_address_leads_to_the_settings(signed_in: Client) -> None:
    response = signed_in.get("/account/")

    assert (response.status_code, response.headers["Location"]) == (302, "/settings/")


def test_menu_leads_to_the_settings_and_marks_them(signed_in: Client) -> None:
    page = squeezed(signed_in.get("/settings/").content.decode())

    assert '<a class="you" href="/settings/" aria-current="page">' in page


@pytest.mark.parametrize("address", ["/settings/", PAGE, "/account/"])
def test_visitor_is_led_to_sign_in(anonymous: Client, address: str) -> None:
    assert anonymous.get(address).headers["Location"] == f"/accounts/login/?next={address}"


# --- about you ---


def test_answers_are_stored_and_shown_again(owner: User, signed_in: Client) -> None:
    saved = signed_in.post(PAGE, ANSWERS)
    page = signed_in.get(PAGE)

    assert saved.headers["Location"] == "/settings/"
    assert fields_of(owner) == {**ANSWERS, "week_start": 6}
    assert field(page, "name") == "Ann"
    html = page.content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["lb", "6"]
    assert '<option value="America/New_York" selected>New York</option>' in html


def test_saving_writes_nothing_else_of_the_person(owner: User, signed_in: Client) -> None:
    signed_in.get(PAGE)
    User.objects.filter(pk=owner.pk).update(email="new@example.org")

    signed_in.post(PAGE, {**ANSWERS, "email": "evil@example.org", "is_staff": "1"})

    owner.refresh_from_db()
    assert owner.email == "new@example.org"
    assert not owner.is_staff


def test_saving_says_so(signed_in: Client) -> None:
    assert "Saved: about you." in text(signed_in.post(PAGE, ANSWERS, follow=True))


def test_double_tap_on_save_is_said_once(signed_in: Client) -> None:
    for _ in range(2):
        signed_in.post(PAGE, ANSWERS)

    assert text(signed_in.get("/settings/")).count("Saved: about you.") == 1


def test_name_may_be_left_out(owner: User, signed_in: Client) -> None:
    signed_in.post(PAGE, {**ANSWERS, "name": " "})

    assert fields_of(owner)["name"] == ""


@pytest.mark.parametrize("name", ["Zoë 🦶🏽", "x" * 80, "👣" * 80, "O’Neill & Söhne"])
def test_name_of_any_letters_up_to_80_characters_is_taken(owner: User, signed_in: Client, name: str) -> None:
    saved = signed_in.post(PAGE, {**ANSWERS, "name": name})

    assert saved.status_code == 302
    assert fields_of(owner)["name"] == name


def test_name_stands_on_one_line(owner: User, signed_in: Client) -> None:
    signed_in.post(PAGE, {**ANSWERS, "name": "Ann\r\nBcc: all"})

    assert fields_of(owner)["name"] == "Ann Bcc: all"


def test_name_is_text_and_never_markup(owner: User, signed_in: Client) -> None:
    name = '"><img src=x onerror=alert(1)>'
    signed_in.post(PAGE, {**ANSWERS, "name": name})

    for address in ("/settings/", PAGE, "/today/"):
        assert "<img src=x" not in signed_in.get(address).content.decode()
    assert fields_of(owner)["name"] == name


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "x" * 81}, "Write a name of at most 80 characters."),
        ({"weight_unit": "stone"}, "Choose kilograms or pounds."),
        ({"weight_unit": ""}, "Choose kilograms or pounds."),
        ({"week_start": "2"}, "Choose the day on which your week starts."),
        ({"week_start": "x"}, "Choose the day on which your week starts."),
        ({"week_start": ""}, "Choose the day on which your week starts."),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"time_zone": ""}, "Choose a time zone from the list."),
    ],
)
def test_wrong_answer_is_refused_in_words_and_nothing_stored(
    owner: User, signed_in: Client, wrong: dict[str, str], said: str
) -> None:
    before = fields_of(owner)

    page = signed_in.post(PAGE, {**ANSWERS, **wrong})

    assert page.status_code == 422
    assert "<title>Error: About you – hipfeet</title>" in page.content.decode()
    assert text(page).count(said) == 2  # in the summary and at its place
    assert fields_of(owner) == before


def test_week_start_says_that_a_running_plan_keeps_its_weeks(signed_in: Client) -> None:
    assert "A plan that runs keeps its weeks. The new start counts from your next plan." in text(
        signed_in.get(PAGE)
    )


# --- time zones ---


def test_time_zones_are_grouped_by_region(signed_in: Client) -> None:
    html = signed_in.get(PAGE).content.decode()

    groups = re.findall(r'<optgroup label="(\w+)">', html)
    assert groups == [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
        "Other",
    ]
    assert '<option value="America/Argentina/Buenos_Aires">Argentina/Buenos Aires</option>' in html


def test_stored_zone_that_is_not_in_the_list_is_still_offered(owner: User, signed_in: Client) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone="US/Pacific")

    page = signed_in.get(PAGE).content.decode()
    saved = signed_in.post(PAGE, {**ANSWERS, "time_zone": "US/Pacific"})

    assert '<option value="US/Pacific" selected>US/Pacific</option>' in page
    assert saved.status_code == 302
    assert fields_of(owner)["time_zone"] == "US/Pacific"


def test_offering_an_odd_zone_to_one_person_offers_it_to_nobody_else() -> None:
    odd = dict(zone_choices("US/Pacific"))["Other"]

    assert odd == [("UTC", "UTC"), ("US/Pacific", "US/Pacific")]
    assert dict(zone_choices())["Other"] == [("UTC", "UTC")]


def test_browser_is_asked_for_the_zone_only_while_nobody_has_said_it(owner: User, signed_in: Client) -> None:
    while_unsaid = signed_in.get(PAGE).content.decode()
    as_sent = signed_in.post(PAGE, {**ANSWERS, "time_zone": "UTC", "week_start": ""}).content.decode()
    User.objects.filter(pk=owner.pk).update(time_zone="Europe/London")
    once_said = signed_in.get(PAGE).content.decode()

    assert re.search(r'<select name="time_zone"[^>]* data-guess', while_unsaid)
    assert "data-guess" not in as_sent
    assert "data-guess" not in once_said
