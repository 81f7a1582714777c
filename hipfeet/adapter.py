"""How allauth signs people in here, and sends them e-mails."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest

from accounts.clock import is_zone, now
from accounts.events import note
from accounts.models import EventKind, User
from assessments.views.guest import hand_over
from hipfeet.mail.outbox import post

CHANGED = {
    "account/email/email_changed": EventKind.EMAIL_CHANGED,
    "account/email/email_deleted": EventKind.EMAIL_CHANGED,
    "account/email/password_changed": EventKind.PASSWORD_CHANGED,
    "account/email/password_set": EventKind.PASSWORD_CHANGED,
    "account/email/password_reset": EventKind.PASSWORD_RESET,
}
"""What allauth's news about an account tell of, by the name of its e-mail."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Every way of signing in goes through `login`, so what a guest did is handed over in one place."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign the person in and give them what they did as a guest: both, or neither."""
        with transaction.atomic():
            hand_over(request, user)
            super().login(request, user)
            note(EventKind.SIGNED_IN, request, user)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  (allauth's signature)
        """Keep the time zone the browser reported, so that the person's first local date is right."""
        zone = request.POST.get("time_zone", "")
        if zone:
            user.time_zone = zone if is_zone(zone) else user.time_zone
        saved: User = super().save_user(request, user, form, commit)
        note(EventKind.SIGNED_UP, request, saved)
        return saved

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's signature)
        """No: whoever asks for JSON gets a page as well. Nothing here reads allauth's JSON, so it says nothing."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write an e-mail into the outbox; one with a code is not sent when the code holds no longer."""
        request = allauth_context.request
        known = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, {**known, **context})
        send_by = now() + timedelta(seconds=settings.CODE_SECONDS) if "code" in context else None
        person = request.user if request.user.is_authenticated else None
        mail = post(address=email, subject=message.subject, text=message.body, person=person, send_by=send_by)
        note(EventKind.CODE_SENT if send_by else EventKind.MAIL_SENT, request, mail.person)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **more: Any) -> None:
        """Write down what changed about the account, and tell them where that is switched on."""
        if kind := CHANGED.get(template_prefix):
            note(kind, allauth_context.request, user)
        super().send_notification_mail(template_prefix, user, *args, **more)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell them that they have an account, after the work that a new one takes (bench/enumeration.py)."""
        request = allauth_context.request
        make_password(request.POST.get("password1", ""))
        note(EventKind.SIGN_UP_TRIED, request, User.objects.filter(emailaddress__email__iexact=email).first())
        super().send_account_already_exists_mail(email)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write it down, for an address without an account just the same: it takes as long."""
        address = str(credentials.get("email", "")).lower()
        note(EventKind.SIGN_IN_FAILED, request, User.objects.filter(email=address).first())
