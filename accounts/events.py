"""What happens with accounts: a line in the log, and a row for the owner to read. Never an answer, an e-mail or a token."""

import logging
from datetime import timedelta
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from prometheus_client import Counter

from accounts.clock import now
from accounts.models import AccountEvent, EventKind, User

log = logging.getLogger("hipfeet.security")
EVENTS = Counter("hipfeet_account_events", "What happened with accounts, by kind", ["kind"])

KEPT = timedelta(days=90)
MOST_SHOWN = 100
"""Of what anybody can bring about, and of the rest."""
KEPT_OF_NOBODY = timedelta(days=1)
ONLY_LOGGED = {EventKind.REFUSED, EventKind.CODE_REFUSED, EventKind.ERASED, EventKind.OPERATED}
"""What no list holds: it says nothing to the owner, nobody knows whose it is, or they are gone."""
BY_ANYBODY = {
    EventKind.SIGN_UP_TRIED,
    EventKind.SIGN_IN_FAILED,
    EventKind.LOCKED,
    EventKind.MAIL_SENT,
    EventKind.CODE_SENT,
}
"""What whoever knows the e-mail address brings about as often as they like: it must push nothing else off the list."""


def note(kind: EventKind, request: HttpRequest, person: User | None = None) -> None:
    """Write down that something happened, in the log and in the list of the person whose account it is."""
    network = network_of(request)
    match = request.resolver_match
    fields = {
        "person": person.pk if person else None,
        "network": network,
        "page": match.view_name if match else "-",
    }
    log.info(kind.value, extra={"fields": fields})
    EVENTS.labels(kind.value).inc()
    if kind not in ONLY_LOGGED:
        AccountEvent.objects.create(person=person, kind=kind, network=network)


def network_of(request: HttpRequest) -> str:
    """The network a request came from: 203.0.113.0/24, 2001:db8:1::/48; empty where no address is known."""
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (ValueError, PermissionDenied):  # what a proxy passed on is no address
        return ""
    return str(ip_network((int(address), 24 if address.version == 4 else 48), strict=False))


def events_of(person: User) -> list[AccountEvent]:
    """What happened with a person's account, the latest first."""
    latest = person.account_events.order_by("-happened_at", "-pk")
    tried = latest.filter(kind__in=BY_ANYBODY)[:MOST_SHOWN]
    rest = latest.exclude(kind__in=BY_ANYBODY)[:MOST_SHOWN]
    return sorted([*tried, *rest], key=lambda event: (event.happened_at, event.pk), reverse=True)


def forget_old_events() -> int:
    """Delete what happened long ago, and tries at addresses that nobody has; how many."""
    old = Q(happened_at__lt=now() - KEPT) | Q(person=None, happened_at__lt=now() - KEPT_OF_NOBODY)
    return AccountEvent.objects.filter(old).delete()[0]
