"""How allauth signs people in here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from accounts.clock import is_zone
from accounts.models import User
from assessments import actions as assessments


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Every way of signing in goes through `login`, so a guest's self-check is claimed in one place."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign the person in and give them what they did as a guest, both or neither."""
        with transaction.atomic():
            assessments.claim_guest(request=request, person=user)
            super().login(request, user)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  (allauth's signature)
        """Keep the time zone the browser told, so that the first date of theirs is right."""
        zone = request.POST.get("time_zone", "")
        if zone:
            user.time_zone = zone if is_zone(zone) else user.time_zone
        saved: User = super().save_user(request, user, form, commit)
        return saved
