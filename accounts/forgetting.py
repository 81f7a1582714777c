"""What signing in leaves behind and nobody needs any more: addresses that browsers and tries came from."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from accounts.clock import now


def forget_ended_browsers() -> int:
    """Delete what is known of browsers whose session has ended; how many."""
    going_on = Session.objects.filter(expire_date__gt=now()).values("session_key")
    deleted: int = UserSession.objects.exclude(session_key__in=going_on).delete()[0]
    return deleted


def forget_counted_tries() -> int:
    """Delete counted tries to sign in that count no more; how many.

    Their keys hold addresses, and Django deletes them only once its table is full. Redis forgets by itself.
    """
    counted = caches["default"]
    if not isinstance(counted, DatabaseCache):
        return 0
    table = connection.ops.quote_name(counted._table)  # type: ignore[attr-defined]  # not in the stubs
    over = f"DELETE FROM {table} WHERE expires < %s"  # noqa: S608  (the name of our own table)
    with connection.cursor() as cursor:
        cursor.execute(over, [connection.ops.adapt_datetimefield_value(now())])
        deleted: int = cursor.rowcount
    return deleted
