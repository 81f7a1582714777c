"""How allauth signs people in here, and sends them e-mails."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.browsers import browser_in_words
from accounts.clock import is_zone, now
from accounts.events import note
from accounts.limits import Limit, counted
from accounts.models import EventKind, User
from accounts.requests import wants_json
from assessments.views.guest import hand_over, waiting_guest
from hipfeet.email_change import note_change
from hipfeet.mail.outbox import post
from hipfeet.second_factors import factors_of

MADE_FROM_ANSWERS = "made_from_answers"
"""In the session: the account that was made from the result of a guest, until its address is confirmed."""

WRONG_PASSWORDS = Limit("wrong passwords", 10, timedelta(minutes=15))
"""As in `ACCOUNT_RATE_LIMITS`, by which allauth refuses the next one."""
TOLD = Limit("told of a lock", 1, timedelta(days=1))

WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use the code of your app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}

CHANGED = {
    "account/email/email_changed": EventKind.EMAIL_CHANGED,
    "account/email/email_deleted": EventKind.EMAIL_CHANGED,
    "account/email/password_changed": EventKind.PASSWORD_CHANGED,
    "account/email/password_set": EventKind.PASSWORD_CHANGED,
    "account/email/password_reset": EventKind.PASSWORD_RESET,
    "mfa/email/totp_activated": EventKind.FACTOR_ADDED,
    "mfa/email/totp_deactivated": EventKind.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": EventKind.RECOVERY_CODES,
    "mfa/email/webauthn_added": EventKind.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": EventKind.PASSKEY_REMOVED,
}
"""What allauth's news about an account tell of, by the name of its e-mail."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Every way of signing in goes through `login` and `post_login`, so a guest's answers are asked about in one place."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Address and password do not belong together.",
        "email_taken": "There is already an account with this e-mail address.",
        "duplicate_email": "This is your e-mail address already.",
        "enter_current_password": "This is not the password you have now.",
        "incorrect_code": "This is not the code. Look at the latest e-mail, and type all of it.",
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "There were too many wrong tries. Wait a quarter of an hour, or use another way.",
        "rate_limited": "There were too many tries. Wait a minute, then try again.",
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from; an IPv4 address as one, also where a server for both kinds writes ::ffff:203.0.113.7."""
        address: str = super().get_client_ip(request)
        parsed = ip_address(address)
        mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
        return str(mapped or address)

    def is_safe_url(self, url: str) -> bool:
        """Whether it leads to a page of ours; what is no address at all does not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign the person in; who made the account from a guest's result gets that with it: both, or neither.

        At the first sign-in only: later, somebody else may have answered on this device.
        """
        with transaction.atomic():
            if request.session.pop(MADE_FROM_ANSWERS, None) == user.pk and user.last_login is None:
                hand_over(request, user)
            super().login(request, user)
            note(EventKind.SIGNED_IN, request, user)

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Where to go now: first to the question whose the answers are that were given on this device."""
        response: HttpResponse = super().post_login(request, user, **how)
        if waiting_guest(request) and isinstance(response, HttpResponseRedirectBase):
            query = urlencode({"next": response.url})
            return HttpResponseRedirect(f"{reverse('check_whose')}?{query}")
        return response

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  (allauth's signature)
        """Keep the time zone the browser reported, so that the first local date is right, and whose a result is."""
        zone = request.POST.get("time_zone", "")
        if zone:
            user.time_zone = zone if is_zone(zone) else user.time_zone
        saved: User = super().save_user(request, user, form, commit)
        note(EventKind.SIGNED_UP, request, saved)
        if request.POST.get("answers") == "mine":
            request.session[MADE_FROM_ANSWERS] = saved.pk
        return saved

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only to the script that asks for a passkey: nothing else here reads allauth's JSON, so it says nothing."""
        match = request.resolver_match
        return match is not None and match.view_name == "mfa_login_webauthn" and wants_json(request)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address; where it takes the place of a confirmed one, both are told and the old one can undo it."""
        person: User = email_address.user
        old = EmailAddress.objects.filter(user=person, primary=True, verified=True).first()
        with transaction.atomic():
            confirmed: bool = super().confirm_email(request, email_address)
            if confirmed and old and old.email != email_address.email:
                undo_url = note_change(person=person, old_address=old.email)
                told = {"from_email": old.email, "to_email": email_address.email}
                self.send_mail("account/email/email_changed", old.email, {**told, "undo_url": undo_url})
                self.send_mail("account/email/email_is_new", email_address.email, told)
        return confirmed

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password; with the last one that is taken for a while, the owner is told, once a day.

        It is written down for an address without an account just the same, so that it takes as long.
        """
        super().authentication_failed(request, **credentials)
        address = str(credentials.get("email", "")).lower()
        person = User.objects.filter(email=address).first()
        note(EventKind.SIGN_IN_FAILED, request, person)
        if counted(WRONG_PASSWORDS, address) != WRONG_PASSWORDS.most:
            return
        note(EventKind.LOCKED, request, person)
        if counted(TOLD, address) <= TOLD.most and person:
            self.send_mail("account/email/locked", person.email, {"tries": WRONG_PASSWORDS.most})

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """By the account alone. allauth's has the Host header in it, whose port, and with several hosts whose name, is the
        guesser's choice.
        """
        return str(credentials.get("email", "")).lower()

    def set_password(self, user: User, password: str) -> None:
        """Set a password; a code that was sent to an address the account has no more sets none."""
        request = allauth_context.request
        reset = request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY)
        if reset and not EmailAddress.objects.filter(user=user, email__iexact=reset["email"]).exists():
            raise ImmediateHttpResponse(redirect("account_reset_password"))
        super().set_password(user, password)

    def pre_login(
        self, request: HttpRequest, user: User, *, email: str | None, **how: Any
    ) -> HttpResponse | None:
        """Refuse whom a code brings that was sent to an address the account has no more; without a password, ask for one."""
        if email and not EmailAddress.objects.filter(user=user, email__iexact=email).exists():
            return redirect("account_login")
        if not (user.has_usable_password() or factors_of(user)["passkeys"]):
            return redirect(
                "account_reset_password"
            )  # there would be nothing to ask for where we ask once more
        refused: HttpResponse | None = super().pre_login(request, user, email=email, **how)
        return refused

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person of a change to their account; of a new address, `confirm_email` tells both.

        Allauth makes recovery codes with a passkey, too; it needs none, and they go again (`AddPasskeyView`).
        """
        of_a_passkey = (
            template_prefix == "mfa/email/recovery_codes_generated" and not factors_of(user)["code_app"]
        )
        if of_a_passkey:
            return
        if kind := CHANGED.get(template_prefix):
            note(kind, self.request, user)
        if template_prefix != "account/email/email_changed":
            browser = browser_in_words(self.get_http_user_agent(self.request))
            super().send_notification_mail(
                template_prefix, user, {"user_agent": browser, **(context or {})}, email
            )

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways to say once more who one is, in our words."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS.get(way["id"], way["description"])} for way in ways]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write an e-mail into the outbox; one with a code is not sent when the code holds no longer."""
        request = allauth_context.request
        known = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, {**known, **context})
        send_by = now() + timedelta(seconds=settings.CODE_SECONDS) if "code" in context else None
        person = request.user if request.user.is_authenticated else None
        mail = post(address=email, subject=message.subject, text=message.body, person=person, send_by=send_by)
        note(EventKind.CODE_SENT if send_by else EventKind.MAIL_SENT, request, mail.person)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell them that they have an account, after the work that a new one takes (bench/enumeration.py)."""
        request = allauth_context.request
        make_password(request.POST.get("password1", ""))
        note(EventKind.SIGN_UP_TRIED, request, User.objects.filter(emailaddress__email=email.lower()).first())
        super().send_account_already_exists_mail(email)
