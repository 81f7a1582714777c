"""How allauth signs people in here, and sends them e-mails."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.core import context
from django.db import transaction
from django.http import HttpRequest

from accounts.clock import is_zone
from accounts.models import User
from assessments.views.guest import hand_over

log = logging.getLogger(__name__)


class MailNotSent(Exception):  # noqa: N818  (reads as what happened)
    """The mail server refused or did not answer in time. What the request had written before is taken back."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Every way of signing in goes through `login`, so what a guest did is handed over in one place."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign the person in and give them what they did as a guest: both, or neither."""
        with transaction.atomic():
            hand_over(request, user)
            super().login(request, user)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  (allauth's signature)
        """Keep the time zone the browser reported, so that the person's first local date is right."""
        zone = request.POST.get("time_zone", "")
        if zone:
            user.time_zone = zone if is_zone(zone) else user.time_zone
        saved: User = super().save_user(request, user, form, commit)
        request.signed_up = saved  # type: ignore[attr-defined]
        return saved

    def send_mail(self, template_prefix: str, email: str, context_: dict[str, Any]) -> None:
        """Send one e-mail; raises MailNotSent."""
        try:
            super().send_mail(template_prefix, email, context_)
        except OSError as problem:  # smtplib's exceptions are OSErrors too; their text may hold the address
            log.warning("no e-mail was sent: %s", type(problem).__name__)
            _take_back(context.request)
            raise MailNotSent from problem


def _take_back(request: HttpRequest) -> None:
    """Undo what allauth stores before it sends a code; the session is not stored, because the answer is a 503.

    No transaction around the whole: on SQLite nobody could write while we wait for a mail server.
    """
    if signed_up := getattr(request, "signed_up", None):
        User.objects.filter(pk=signed_up.pk, last_login=None).delete()
    elif request.POST.get("action") == "change":
        _change_back(request)


@transaction.atomic
def _change_back(request: HttpRequest) -> None:
    """Restore the address of an account that is not confirmed yet to what it was before the change."""
    before = type(request.session)(request.session.session_key).get(EMAIL_VERIFICATION_CODE_SESSION_KEY, {})
    unconfirmed = User.objects.exclude(emailaddress__verified=True)
    person = unconfirmed.filter(pk=before.get("user_id")).exclude(email=before.get("email")).first()
    if person:
        EmailAddress.objects.filter(user=person).update(email=before["email"], primary=True)
        User.objects.filter(pk=person.pk).update(email=before["email"])
