"""Reminders: off until switched on, at the person's hour, never two of a kind a day, and stopped with one click."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from exercises.actions.plan import change_plan
from exercises.models import Plan
from exercises.rules.reminding import ReminderKind
from exercises.rules.slots import DateChange, DateChangeKind
from hipfeet.mail.models import MailState, OutboxMail, Reminder, ReminderChoices
from hipfeet.mail.outbox import deliver_due
from hipfeet.mail.reminders import (
    BATCH,
    forget_old_reminders,
    keep_reminders,
    unsubscribe_address,
    write_due_reminders,
    write_next_reminders,
)
from tests.builders import person
from tests.builders_training import (
    MONDAY,
    MONDAY_NOON,
    a_finished_check,
    a_running_plan,
    begun,
    done_as_shown,
    lists_answered,
    signed_in_as,
    text,
    training,
)
from tests.mail_server import running_mail_server

PAGE = "/settings/reminders/"
ALL = tuple(ReminderKind)
TRAINING, NUDGE, LOOK, WEEK = ALL


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann(db: None, clock: time_machine.Traveller) -> User:
    """Someone in Berlin who trains on Mondays and Thursdays from this Monday on and wants no reminders yet."""
    one = person("ann@example.org", time_zone="Europe/Berlin")
    a_finished_check(one)
    a_running_plan(one, weekdays=(0, 3))
    return one


def wants(one: User, *kinds: ReminderKind, hour: time = time(18)) -> None:
    keep_reminders(person=one, hour=hour, wanted=kinds)


def between(
    clock: time_machine.Traveller, until: datetime, *, every: timedelta = timedelta(minutes=30)
) -> list[str]:
    """What arrives until a moment, by its subject, with the moment (UTC); a worker looks at intervals."""
    arrived = []
    while datetime.now(UTC) + every <= until:
        clock.shift(every)
        mail.outbox.clear()
        write_due_reminders()
        arrived += [
            f"{datetime.now(UTC):%d %H:%M} {one.subject.removeprefix('hipfeet: ')}" for one in mail.outbox
        ]
    return arrived


def on(day: int, hour: int = 12, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


# --- what is written, and when ---


def test_nobody_is_reminded_who_did_not_ask(ann: User, clock: time_machine.Traveller) -> None:
    assert between(clock, on(12)) == []
    wants(ann)
    assert between(clock, on(19)) == []


def test_training_days_are_told_at_the_persons_hour(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING)

    assert between(clock, on(13)) == ["05 16:00 today", "08 16:00 today", "12 16:00 today"]


def test_hour_stays_the_persons_when_the_clocks_change(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING)
    clock.move_to(on(22))

    assert between(clock, on(27)) == ["22 16:00 today", "26 17:00 today"]


def test_nudge_comes_only_while_nothing_is_recorded(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING, NUDGE)
    assert between(clock, on(6)) == ["05 16:00 today", "05 18:00 still time today"]

    clock.move_to(on(8, 17))
    begun(ann)

    assert between(clock, on(9)) == []


def test_look_again_is_told_on_its_day(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, LOOK)
    clock.move_to(on(30))

    assert between(clock, on(5, month=11)) == ["01 17:00 time to look again"]


def test_week_is_told_on_the_day_after_it(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, WEEK)
    done_as_shown(begun(ann))

    assert between(clock, on(12, 16)) == ["12 16:00 your week"]
    assert mail.outbox[0].body.startswith("1 of 2 workouts\n")


def test_paused_and_held_plans_are_silent(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, *ALL)
    so_far = training(ann)
    change_plan(plan=so_far.plan, change=DateChange(DateChangeKind.PAUSE, on=MONDAY), today=so_far.today)
    assert between(clock, on(13)) == []

    resume = DateChange(DateChangeKind.RESUME, on=date(2026, 10, 13))
    change_plan(plan=so_far.plan, change=resume, today=resume.on)
    lists_answered(ann, "RF6")

    assert between(clock, on(20)) == []


def test_someone_without_a_plan_is_told_nothing(db: None, clock: time_machine.Traveller) -> None:
    wants(person("new@example.org"), *ALL)

    assert between(clock, on(12)) == []


def test_someone_unwell_today_is_left_alone(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING, NUDGE)
    assert between(clock, on(5, 17)) == ["05 16:00 today"]

    lists_answered(ann, "RF3")

    assert between(clock, on(6)) == []


def test_worker_that_was_away_tells_what_is_not_too_late(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING, hour=time(9))
    clock.move_to(on(8, 12))  # 14:00 in Berlin
    write_due_reminders()
    assert [one.subject for one in mail.outbox] == ["hipfeet: today"]

    mail.outbox.clear()
    clock.move_to(on(12, 14))  # 16:00: seven hours late
    write_due_reminders()

    assert mail.outbox == []


def test_what_lies_before_switching_on_is_not_made_up_for(ann: User, clock: time_machine.Traveller) -> None:
    clock.move_to(on(5, 17))

    wants(ann, TRAINING)

    assert between(clock, on(6)) == []


def test_another_hour_on_the_same_day_writes_no_second_one(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING)
    assert len(between(clock, on(5, 17))) == 1

    wants(ann, TRAINING, hour=time(22))

    assert between(clock, on(6)) == []


def test_mail_that_could_not_leave_in_time_is_given_up(
    ann: User, clock: time_machine.Traveller, settings: Any
) -> None:
    settings.MAIL_AT_ONCE = False
    wants(ann, TRAINING)
    clock.move_to(on(5, 16))
    write_due_reminders()

    clock.move_to(on(5, 22) + timedelta(seconds=1))  # midnight in Berlin comes before six hours are over

    assert deliver_due() == 0
    assert OutboxMail.objects.get().state == MailState.GIVEN_UP


# --- time zones ---


def test_flight_to_new_york_brings_no_second_one_on_the_same_day(
    ann: User, clock: time_machine.Traveller
) -> None:
    wants(ann, TRAINING)
    assert between(clock, on(5, 17)) == ["05 16:00 today"]

    User.objects.filter(pk=ann.pk).update(time_zone="America/New_York")  # where it is 13:00 on the same day

    assert between(clock, on(9)) == ["08 22:00 today"]


def test_flight_to_tokyo_is_noticed_within_the_hour(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING)
    clock.move_to(on(7, 20))

    User.objects.filter(pk=ann.pk).update(time_zone="Asia/Tokyo")

    assert between(clock, on(8)) == ["08 09:00 today"]


def test_zone_that_is_none_counts_as_utc(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING)
    User.objects.filter(pk=ann.pk).update(time_zone="Mars/Olympus")

    assert between(clock, on(6)) == ["05 18:00 today"]


# --- one of a kind a day, whoever looks ---


def test_second_reminder_of_a_kind_is_refused_by_the_database(ann: User) -> None:
    Reminder.objects.create(person=ann, kind=TRAINING, local_date=MONDAY)
    Reminder.objects.create(person=ann, kind=NUDGE, local_date=MONDAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(person=ann, kind=TRAINING, local_date=MONDAY)


def test_worker_that_looks_twice_writes_once(ann: User, clock: time_machine.Traveller) -> None:
    wants(ann, TRAINING)
    clock.move_to(on(5, 16))

    assert [write_due_reminders() for _ in range(3)] == [1, 0, 0]

    # As if the note of the first look were lost.
    ReminderChoices.objects.update(looked_at=MONDAY_NOON, look_next_at=MONDAY_NOON)
    assert write_due_reminders() == 0
    assert len(mail.outbox) == 1


def test_worker_looks_at_some_people_at_a_time_so_that_other_mails_need_not_wait_for_all(db: None) -> None:
    for number in range(BATCH + 1):
        wants(person(f"one{number}@example.org"), TRAINING)

    assert [len(write_next_reminders()) for _ in range(3)] == [BATCH, 1, 0]


def test_someone_whose_plan_cannot_be_read_stops_nobody_elses_reminder(
    ann: User, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    broken = person("broken@example.org", time_zone="Europe/Berlin")
    a_running_plan(broken)
    wants(broken, TRAINING)
    wants(ann, TRAINING)
    Plan.objects.filter(person=broken).update(answers={})

    assert between(clock, on(5, 17)) == ["05 16:00 today"]

    assert f"reminders of person {broken.pk} were not written: KeyError" in caplog.text
    assert "example.org" not in caplog.text


def test_reminders_of_days_that_are_over_are_forgotten(ann: User, clock: time_machine.Traveller) -> None:
    Reminder.objects.create(person=ann, kind=TRAINING, local_date=MONDAY)
    clock.shift(timedelta(days=7))
    assert forget_old_reminders() == 0

    clock.shift(timedelta(days=1))

    assert forget_old_reminders() == 1


# --- the e-mail ---


@pytest.mark.parametrize(
    ("kind", "moment", "says"),
    [
        (TRAINING, on(5, 16), "Today is one of your days: http://localhost:8000/"),
        (
            NUDGE,
            on(5, 18),
            "Nothing is recorded for today yet: http://localhost:8000/\n\nA day you leave out loses nothing.",
        ),
        (LOOK, on(1, 17, 11), "It is time to look again: http://localhost:8000/check/"),
        (WEEK, on(12, 16), "0 of 2 workouts"),
    ],
)
def test_mail_says_nothing_about_health_and_how_to_stop_it(
    ann: User, clock: time_machine.Traveller, kind: ReminderKind, moment: datetime, says: str
) -> None:
    wants(ann, kind)
    clock.move_to(moment)

    assert write_due_reminders() == 1

    sent = mail.outbox[0]
    stop = unsubscribe_address(ann.pk, kind)
    assert sent.body == f"{says}\n\nYou asked for this e-mail. To stop it: {stop}\n"
    assert re.fullmatch(r"hipfeet: [a-z ]+", str(sent.subject))
    assert sent.to == ["ann@example.org"]
    assert sent.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert OutboxMail.objects.values_list("text", "unsubscribe").get() == ("", "")


def test_other_mails_have_no_button_to_stop_them(client: Client, db: None) -> None:
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


# --- one click ---


def stop_page(one: User, kind: ReminderKind = TRAINING) -> str:
    return unsubscribe_address(one.pk, kind).removeprefix("http://localhost:8000")


def wanted(one: User) -> list[ReminderKind]:
    return ReminderChoices.objects.get(person=one).wanted


def test_opening_the_link_stops_nothing_and_shows_a_button(ann: User) -> None:
    wants(ann, TRAINING, WEEK)

    page = Client().get(stop_page(ann))

    assert "Stop these e-mails? You asked for: “On training days”. Stop these" in text(page)
    assert wanted(ann) == [TRAINING, WEEK]


def test_one_click_of_a_mail_program_stops_this_kind_only(ann: User) -> None:
    wants(ann, TRAINING, WEEK)
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(stop_page(ann), {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "You get no more of these e-mails." in text(answers[1])
    assert wanted(ann) == [WEEK]


def test_all_can_be_stopped_at_once(ann: User) -> None:
    wants(ann, *ALL)

    Client().post(stop_page(ann), {"all": "yes"})

    assert wanted(ann) == []


def test_reminder_that_waits_is_not_sent_any_more(
    ann: User, clock: time_machine.Traveller, settings: Any
) -> None:
    settings.MAIL_AT_ONCE = False
    wants(ann, TRAINING, NUDGE)
    clock.move_to(on(5, 18))
    assert write_due_reminders() == 2

    Client().post(stop_page(ann, NUDGE))

    assert deliver_due() == 1
    assert [one.subject for one in mail.outbox] == ["hipfeet: today"]


def test_address_that_we_never_made_stops_nobody(ann: User) -> None:
    wants(ann, TRAINING)
    good = stop_page(ann)

    for wrong in (good[:-2] + "/", good.replace("/off/", "/off/x"), "/reminders/off/1/"):
        assert Client().post(wrong).status_code == 404
    assert wanted(ann) == [TRAINING]


def test_link_of_someone_who_is_gone_says_stopped(ann: User) -> None:
    page = stop_page(ann)
    ann.delete()

    assert "You get no more of these e-mails." in text(Client().post(page))


# --- an address that is refused ---


def test_address_that_is_refused_for_good_gets_no_more_and_the_page_says_so(
    ann: User, clock: time_machine.Traveller, settings: Any
) -> None:
    settings.MAIL_AT_ONCE = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    wants(ann, TRAINING, NUDGE)
    clock.move_to(on(5, 16))
    with running_mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        server.fault = "refuses the address"
        write_due_reminders()
        deliver_due()
        clock.move_to(on(5, 18))

        assert write_due_reminders() == 0

    assert "Our last e-mail to this address was refused" in text(signed_in_as(ann).get(PAGE))
    assert "Our last e-mail to this address was refused" in text(signed_in_as(ann).get("/settings/"))


# --- the page ---


def test_reminders_are_chosen_on_one_page_and_shown_again(ann: User) -> None:
    client = signed_in_as(ann)
    assert "checked" not in client.get(PAGE).content.decode()

    said = client.post(PAGE, {"hour": "07:30", "wanted": ["training", "week"]}, follow=True)

    assert "Saved: your reminders." in text(said)
    page = client.get(PAGE).content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["training", "week"]
    assert 'value="07:30"' in page


def test_reminders_can_all_be_switched_off_there(ann: User) -> None:
    wants(ann, *ALL)

    signed_in_as(ann).post(PAGE, {"hour": "07:30"})

    assert wanted(ann) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hour": ""}, "Write a time such as 18:00."),
        ({"hour": "24:00"}, "Write a time such as 18:00."),
        ({"hour": "7 pm"}, "Write a time such as 18:00."),
        ({"wanted": ["weather"]}, "Choose from the list."),
    ],
)
def test_bad_hour_or_kind_is_said_in_words_and_nothing_stored(
    ann: User, wrong: dict[str, Any], said: str
) -> None:
    page = signed_in_as(ann).post(PAGE, {"hour": "18:00", "wanted": ["training"], **wrong})

    assert page.status_code == 422
    assert text(page).count(said) == 2
    assert not ReminderChoices.objects.exists()


@pytest.mark.parametrize("typed", ["7:05", "07:05", "07:05:30", "7.05"])
def test_hour_may_be_written_in_several_ways(ann: User, typed: str) -> None:
    signed_in_as(ann).post(PAGE, {"hour": typed})

    assert ReminderChoices.objects.get().hour == time(7, 5)
