"""How allauth signs people in here, and sends them e-mails."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django.urls import reverse
from django.utils.http import urlencode

from accounts.clock import is_zone, now
from accounts.models import User
from assessments.views.guest import hand_over, waiting_guest
from hipfeet.mail.outbox import post

MADE_FROM_ANSWERS = "made_from_answers"
"""In the session: the account that was made from the result of a guest, until its address is confirmed."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Every way of signing in goes through `login` and `post_login`, so a guest's answers are asked about in one place."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign the person in; who made the account from a guest's result gets that with it: both, or neither."""
        with transaction.atomic():
            if request.session.pop(MADE_FROM_ANSWERS, None) == user.pk:
                hand_over(request, user)
            super().login(request, user)

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
        if request.POST.get("answers") == "mine":
            request.session[MADE_FROM_ANSWERS] = saved.pk
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write an e-mail into the outbox; one with a code is not sent when the code holds no longer."""
        request = allauth_context.request
        known = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, {**known, **context})
        send_by = now() + timedelta(seconds=settings.CODE_SECONDS) if "code" in context else None
        person = request.user if request.user.is_authenticated else None
        post(address=email, subject=message.subject, text=message.body, person=person, send_by=send_by)
