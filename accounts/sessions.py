"""A session ends 60 days after it was last used, not 60 days after it began."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from accounts.clock import now
from accounts.models import User

LASTS = timedelta(seconds=settings.SESSION_COOKIE_AGE)
RENEWED_AFTER = timedelta(days=1)


class SessionStore(db.SessionStore):
    """Django's database sessions, renewed by use, at most once a day."""

    is_renewed = False

    def load(self) -> dict[str, Any]:
        """What the session holds."""
        row: Session | None = self._get_session_from_db()  # type: ignore[attr-defined]  # not in the stubs
        if row is None:
            return {}
        if row.expire_date < now() + LASTS - RENEWED_AFTER:
            self.renew(row)
        data: dict[str, Any] = self.decode(row.session_data)
        return data

    def renew(self, row: Session) -> None:
        """Move the date on, if the row is still there as it was read, and the database takes writes.

        Only the date: saving the whole row would undo what another request is writing to it.
        """
        same = Session.objects.filter(pk=row.pk, expire_date=row.expire_date)
        with suppress(DatabaseError):  # whoever only reads can go on reading
            self.is_renewed = bool(same.update(expire_date=now() + LASTS))


def browsers_of(person: User) -> int:
    """On how many browsers a person is signed in."""
    keys = UserSession.objects.filter(user=person).values("session_key")
    return Session.objects.filter(session_key__in=keys, expire_date__gt=now()).count()


class RenewingSessionMiddleware(SessionMiddleware):
    """Django's; when a session was renewed, the browser keeps its cookie as long."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save what was changed, and send the cookie."""
        response = super().process_response(request, response)
        session = request.session
        if (
            getattr(session, "is_renewed", False)
            and session.session_key
            and settings.SESSION_COOKIE_NAME not in response.cookies
        ):
            response.set_cookie(
                settings.SESSION_COOKIE_NAME,
                session.session_key,
                max_age=settings.SESSION_COOKIE_AGE,
                path=settings.SESSION_COOKIE_PATH,
                domain=settings.SESSION_COOKIE_DOMAIN,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=settings.SESSION_COOKIE_HTTPONLY,
                samesite=settings.SESSION_COOKIE_SAMESITE,
            )
        return response
