"""How often something may be tried: counted in a table that all processes share, and that ends by the clock alone.

A cache with a largest size would do for none of this: filling it washes a lock away.
"""

import ipaddress
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection, models
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.clock import now
from accounts.models import CountedTries

FOR_EVER = timedelta(days=365)
IPV6_NETWORK = 64
"""What one household or phone has: whoever may choose the rest would never be counted twice."""


@dataclass(frozen=True)
class Limit:
    """At most so many tries in so long, counted from the first."""

    name: str
    most: int
    within: timedelta


class TooMany(Exception):  # noqa: N818  (reads as what happened)
    """A limit is reached; `wait` until it may be tried again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


def _key(*parts: str) -> str:
    return salted_hmac("limits", "\n".join(parts), algorithm="sha256").hexdigest()


def counted(limit: Limit, of: str) -> int:
    """Count one try of somebody and return how many it are now, in one statement on either database."""
    table = connection.ops.quote_name(CountedTries._meta.db_table)
    moment = now()
    adapt = connection.ops.adapt_datetimefield_value
    begun, ends = adapt(moment), adapt(moment + limit.within)
    statement = f"""
        INSERT INTO {table} AS c (key, number, note, ends_at) VALUES (%s, 1, '', %s)
        ON CONFLICT (key) DO UPDATE SET
            number = CASE WHEN c.ends_at <= %s THEN 1 ELSE c.number + 1 END,
            ends_at = CASE WHEN c.ends_at <= %s THEN excluded.ends_at ELSE c.ends_at END
        RETURNING number
    """  # noqa: S608  (the name of our own table)
    with connection.cursor() as cursor:
        cursor.execute(statement, [_key(limit.name, of), ends, begun, begun])
        number: int = cursor.fetchone()[0]
    return number


def count(limit: Limit, of: str) -> None:
    """Count one try of somebody. Raises TooMany past the limit; tries past it do not make it last longer."""
    if counted(limit, of) > limit.most:
        ends_at = CountedTries.objects.values_list("ends_at", flat=True).get(key=_key(limit.name, of))
        raise TooMany(ends_at - now())


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as it is counted: an IPv4 address, or the network of an IPv6 one."""
    address: str = get_adapter().get_client_ip(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))
    return address


def forget_ended_counts() -> int:
    """Delete what counts no more; how many."""
    return CountedTries.objects.filter(ends_at__lte=now()).delete()[0]


class CountedCache(BaseCache):
    """Django's cache interface over the same table, for allauth's limits and the codes that are taken once.

    Keeps JSON. Nothing is dropped before its time: what fills it is what is counted, and `sweep` clears what has ended.
    """

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _row(self, key: str, version: int | None) -> models.QuerySet[CountedTries]:
        return CountedTries.objects.filter(key=_key(self.make_and_validate_key(key, version=version)))

    def _values(self, value: Any, timeout: Any) -> dict[str, Any]:
        seconds = self.get_backend_timeout_seconds(timeout)
        lasts = FOR_EVER if seconds is None else timedelta(seconds=seconds)
        return {"note": json.dumps(value), "number": 0, "ends_at": now() + lasts}

    def get_backend_timeout_seconds(self, timeout: Any) -> float | None:
        """Seconds until something ends; None: never."""
        seconds: float | None = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return seconds

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where none is; whether it was kept. Of two who try at once, one gets it."""
        table, adapt = (
            connection.ops.quote_name(CountedTries._meta.db_table),
            connection.ops.adapt_datetimefield_value,
        )
        values = self._values(value, timeout)
        statement = f"""
            INSERT INTO {table} AS c (key, number, note, ends_at) VALUES (%s, 0, %s, %s)
            ON CONFLICT (key) DO UPDATE SET note = excluded.note, ends_at = excluded.ends_at WHERE c.ends_at <= %s
            RETURNING key
        """  # noqa: S608  (the name of our own table)
        own = _key(self.make_and_validate_key(key, version=version))
        with connection.cursor() as cursor:
            cursor.execute(statement, [own, values["note"], adapt(values["ends_at"]), adapt(now())])
            return cursor.fetchone() is not None

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept, until it ends."""
        note = self._row(key, version).filter(ends_at__gt=now()).values_list("note", flat=True).first()
        return json.loads(note) if note else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value in the place of another."""
        own = _key(self.make_and_validate_key(key, version=version))
        CountedTries.objects.update_or_create(key=own, defaults=self._values(value, timeout))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let what is kept end later; whether there is anything."""
        ends_at = self._values(None, timeout)["ends_at"]
        return bool(self._row(key, version).filter(ends_at__gt=now()).update(ends_at=ends_at))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Drop what is kept; whether there was anything."""
        return bool(self._row(key, version).delete()[0])

    def clear(self) -> None:
        """Drop everything."""
        CountedTries.objects.all().delete()
