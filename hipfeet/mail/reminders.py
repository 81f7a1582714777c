"""Reminders: e-mails that a person switched on, written into the outbox when their time has come.

Any number of workers may look. Who is looked at is locked until what came due is written; that it was written is
a row, of which the database takes one for each person, kind and local date.
"""

import logging
from collections.abc import Collection
from datetime import time, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.clock import now, today_for, zone_called
from accounts.models import User
from exercises.rules.reminding import (
    DueReminder,
    ReminderKind,
    has_reason,
    next_reminder_at,
    reminders_due,
)
from exercises.rules.slots import DAY
from exercises.training import Training, training_of
from hipfeet.mail.models import MailState, OutboxMail, Reminder, ReminderChoices
from hipfeet.mail.outbox import post, was_refused

log = logging.getLogger(__name__)

BATCH = 20
LOOKS_EVERY = timedelta(hours=1)
"""At the latest, as a person may have moved to another time zone meanwhile."""
KEPT = timedelta(days=7)
"""How long it stays known that a reminder was written: until its day is over everywhere."""
SUBJECTS = {
    ReminderKind.TRAINING: "hipfeet: today",
    ReminderKind.NUDGE: "hipfeet: still time today",
    ReminderKind.LOOK_AGAIN: "hipfeet: time to look again",
    ReminderKind.WEEK: "hipfeet: your week",
}
TEXTS = {
    ReminderKind.TRAINING: "Today is one of your days: {site}/",
    ReminderKind.NUDGE: "Nothing is recorded for today yet: {site}/\n\nA day you leave out loses nothing.",
    ReminderKind.LOOK_AGAIN: "It is time to look again: {site}/check/",
    ReminderKind.WEEK: "{done} of {scheduled} workouts",
}
FOOT = "You asked for this e-mail. To stop it: {unsubscribe}\n"


@transaction.atomic
def keep_reminders(*, person: User, hour: time, wanted: Collection[ReminderKind]) -> None:
    """Store what a person wants to be reminded of, and when. What lies before now is not made up for."""
    keep_hour(person=person, hour=hour)
    kinds = {kind.value: kind in wanted for kind in ReminderKind}
    ReminderChoices.objects.filter(person=person).update(**kinds)
    _drop_waiting(person.pk, set(ReminderKind) - set(wanted))


def keep_hour(*, person: User, hour: time) -> None:
    """Store at what time a person trains; a worker looks at once when something comes due by it."""
    values = {"hour": hour, "looked_at": now(), "look_next_at": now()}
    ReminderChoices.objects.update_or_create(person=person, defaults=values)


@transaction.atomic
def stop_reminders(*, person_id: int, kinds: Collection[ReminderKind]) -> None:
    """Switch off what a person wants no more, also for someone who is not there any more."""
    off = {kind.value: False for kind in kinds}
    ReminderChoices.objects.filter(person_id=person_id).update(**off)
    _drop_waiting(person_id, kinds)


def _drop_waiting(person_id: int, kinds: Collection[ReminderKind]) -> None:
    addresses = [unsubscribe_address(person_id, kind) for kind in kinds]
    OutboxMail.objects.filter(state=MailState.WAITING, unsubscribe__in=addresses).delete()


def unsubscribe_address(person_id: int, kind: ReminderKind) -> str:
    """Where one click stops reminders of a kind; signed, so that nobody stops another person's."""
    token = Signer(salt="reminders").sign_object([person_id, kind.value])
    return f"{settings.SITE_ORIGIN}{reverse('reminders_off', args=[token])}"


def to_be_stopped(token: str) -> tuple[int, ReminderKind] | None:
    """Whose reminders of which kind such an address stops; None for one that we never made."""
    try:
        person_id, kind = Signer(salt="reminders").unsign_object(token)
        return int(person_id), ReminderKind(kind)
    except (BadSignature, ValueError):
        return None


def write_due_reminders() -> int:
    """Write what came due since a worker looked last; how many."""
    written = 0
    while looked_at := write_next_reminders():
        written += sum(looked_at)
    return written


def forget_old_reminders() -> int:
    """Delete that reminders were written whose day is over; how many."""
    return Reminder.objects.filter(local_date__lt=(now() - KEPT).date()).delete()[0]


def write_next_reminders() -> list[int]:
    """Look at the next people, no more than a worker does in some seconds; how many reminders were written to each."""
    to_look_at = ReminderChoices.objects.filter(look_next_at__lte=now())
    if (
        not to_look_at.exists()
    ):  # on SQLite a transaction keeps others from writing, so an idle worker begins none
        return []
    with transaction.atomic():
        locked = to_look_at.select_for_update(skip_locked=True, of=("self",)).select_related("person")
        return [_look_at(choices) for choices in locked.order_by("look_next_at")[:BATCH]]


def _look_at(choices: ReminderChoices) -> int:
    """Write what came due for one person; what fails is tried again at the next look, and stops nobody else's."""
    moment, zone = now(), zone_called(choices.person.time_zone)
    wanted, written = choices.wanted if choices.person.is_active else [], 0
    try:
        with transaction.atomic():
            due = reminders_due(wanted, choices.hour, zone, since=choices.looked_at, now=moment)
            written = _write(choices.person, due)
        choices.looked_at = moment
    except DatabaseError:
        raise
    except Exception as problem:  # noqa: BLE001  (whatever it is, others wait behind it)
        log.error("reminders of person %s were not written: %s", choices.pk, type(problem).__name__)
    coming = next_reminder_at(wanted, choices.hour, zone, now=moment)
    choices.look_next_at = min(coming, moment + LOOKS_EVERY) if coming else None
    choices.save(update_fields=["looked_at", "look_next_at"])
    return written


def _write(person: User, due: Collection[DueReminder]) -> int:
    """Write those of which the person's plan gives a reason and none was written that day; how many."""
    if not due or was_refused(person.email):
        return 0
    training = training_of(person)
    if training is None or training.today != today_for(person) or training.rests_today:
        return 0
    return sum(_post(reminder, training) for reminder in due)


def _post(reminder: DueReminder, training: Training) -> bool:
    kind, schedule, person = reminder.kind, training.schedule, training.person
    if not has_reason(kind, schedule, reminder.on, training.looked_on):
        return False
    _, is_new = Reminder.objects.get_or_create(person=person, kind=kind, local_date=reminder.on)
    if not is_new:
        return False
    week, unsubscribe = schedule.week(reminder.on - DAY), unsubscribe_address(person.pk, kind)
    text = TEXTS[kind].format(site=settings.SITE_ORIGIN, done=week.done, scheduled=week.scheduled)
    post(
        address=person.email,
        subject=SUBJECTS[kind],
        text=f"{text}\n\n{FOOT.format(unsubscribe=unsubscribe)}",
        person=person,
        send_by=reminder.until,
        unsubscribe=unsubscribe,
    )
    return True
