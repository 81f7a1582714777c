"""The outbox: e-mails are written into it where something happens, and a worker sends them.

No page waits for a mail server, and any number of workers may run. Each mail is claimed for a while before it is sent,
so that no other worker takes it, and is sent again if the worker dies before it can note that it was: at most once more
for each crash, under the same Message-ID.
"""

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from types import FrameType

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Min, QuerySet

from accounts.clock import now
from accounts.models import User
from hipfeet.mail.models import MailState, OutboxMail

log = logging.getLogger(__name__)

TIMEOUTS_FOR_ONE = 6
"""`EMAIL_TIMEOUT` is for each answer: a mail server that sends a byte now and then would hold a worker for ever."""
CLAIM_TIMEOUTS = 3 * TIMEOUTS_FOR_ONE
"""How long no other worker takes a mail that one has begun to send, in the same unit."""
WAITS = [timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 1_800, 3_600, 7_200)]
"""Before the second, the third ... try; after the last one a mail is given up."""
TOO_LONG = timedelta(minutes=5)
KEPT = timedelta(days=30)
"""How long it stays known that a mail was sent, or why not."""
PERMANENT = range(500, 600)
"""Replies of a mail server that will not change (RFC 5321, 4.2.1)."""


def post(  # noqa: PLR0913  (what an e-mail consists of; all are named)
    *,
    address: str,
    subject: str,
    text: str,
    person: User | None = None,
    send_by: datetime | None = None,
    unsubscribe: str = "",
) -> OutboxMail:
    """Write an e-mail into the outbox, in the transaction of what it tells of.

    person       who asked for it, with whom it goes; None: whoever has the address, if anybody does
    send_by      not sent after this moment; None: as long as there are tries left
    unsubscribe  the address at which one click stops e-mails like it
    """
    person = person or User.objects.filter(emailaddress__email=address.lower()).first()
    mail = OutboxMail.objects.create(
        person=person, address=address, subject=subject, text=text, send_by=send_by, unsubscribe=unsubscribe
    )
    if settings.MAIL_AT_ONCE:
        deliver_due()
    return mail


def deliver_due() -> int:
    """Try every mail whose time has come, the oldest first; how many were sent.

    Runs in the main thread, or with `MAIL_AT_ONCE` in any: then no mail can hang.
    """
    sent = 0
    while mail := _claimed():
        sent += _tried(mail)
    return sent


def forget_old_mails() -> int:
    """Delete what is known of mails that were sent or given up long ago; how many."""
    return OutboxMail.objects.exclude(state=MailState.WAITING).filter(written_at__lt=now() - KEPT).delete()[0]


def was_refused(address: str) -> bool:
    """Whether the mail server refused for good the last e-mail to this address that it said yes or no to."""
    decided = OutboxMail.objects.filter(address=address, state__in=(MailState.SENT, MailState.REFUSED))
    latest = decided.order_by("written_at").last()
    return latest is not None and latest.state == MailState.REFUSED


def waits_too_long() -> str:
    """That mails wait longer than a running worker would let them, in words; empty when none do."""
    waiting = OutboxMail.objects.filter(state=MailState.WAITING)
    oldest = waiting.aggregate(oldest=Min("written_at"))["oldest"]
    if oldest is None or now() - oldest < TOO_LONG:
        return ""
    return f"an e-mail has waited for {(now() - oldest) // timedelta(minutes=1)} minutes"


def _claimed() -> OutboxMail | None:
    """The next mail that is due, kept from other workers for a while."""
    due = OutboxMail.objects.filter(state=MailState.WAITING, next_try_at__lte=now())
    if not due.exists():  # on SQLite a transaction keeps others from writing, so an idle worker begins none
        return None
    with transaction.atomic():
        mail = due.select_for_update(skip_locked=True).order_by("next_try_at").first()
        if mail is None:
            return None
        mail.tries += 1
        mail.next_try_at = now() + timedelta(seconds=CLAIM_TIMEOUTS * settings.EMAIL_TIMEOUT)
        mail.save(update_fields=["tries", "next_try_at"])
    return mail


def _tried(mail: OutboxMail) -> bool:
    """Send a claimed mail and note what became of it; whether it was sent."""
    if mail.send_by and now() > mail.send_by:
        _end(mail, MailState.GIVEN_UP)
        return False
    try:
        with _time_limit(TIMEOUTS_FOR_ONE * settings.EMAIL_TIMEOUT):
            _message(mail).send()
    except (SMTPRecipientsRefused, SMTPResponseException) as problem:
        if _is_permanent(problem):
            _refused(mail, problem)
        else:
            _try_again(mail, problem)
        return False
    except ValueError as problem:  # an address whose domain has no form that mail servers know
        _refused(mail, problem)
        return False
    except OSError as problem:  # TimeoutError and the rest of smtplib's exceptions are OSErrors
        _try_again(mail, problem)
        return False
    _end(mail, MailState.SENT)
    return True


def _message(mail: OutboxMail) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    headers = {"Message-ID": f"<{mail.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe:  # RFC 8058: the reader's program shows a button
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(mail.subject, mail.text, None, [mail.address], headers=headers)


def _is_permanent(problem: SMTPRecipientsRefused | SMTPResponseException) -> bool:
    if isinstance(problem, SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _ in problem.recipients.values())
    return problem.smtp_code in PERMANENT


def _refused(mail: OutboxMail, problem: Exception) -> None:
    # The text of the exception may hold the address.
    log.warning("mail %s was refused for good: %s", mail.pk, type(problem).__name__)
    _end(mail, MailState.REFUSED)


def _try_again(mail: OutboxMail, problem: OSError) -> None:
    log.warning("mail %s was not sent, try %s: %s", mail.pk, mail.tries, type(problem).__name__)
    if mail.tries > len(WAITS):
        _end(mail, MailState.GIVEN_UP)
    else:
        _ours(mail).update(next_try_at=now() + WAITS[mail.tries - 1])


def _end(mail: OutboxMail, state: MailState) -> None:
    _ours(mail).update(state=state, subject="", text="", unsubscribe="")


def _ours(mail: OutboxMail) -> QuerySet[OutboxMail]:
    """The row, unless our time was up and another worker has it now."""
    return OutboxMail.objects.filter(pk=mail.pk, tries=mail.tries)


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in what takes longer; not in a web server's threads, as signals reach only the main one."""

    def over(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    if settings.MAIL_AT_ONCE:
        yield
        return
    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
