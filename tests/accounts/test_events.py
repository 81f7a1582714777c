"""What is written down of an account: the network it came from, and for how long it is kept."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from accounts.clock import now
from accounts.events import KEPT, KEPT_OF_NOBODY, forget_old_events, network_of
from accounts.models import AccountEvent, EventKind, User


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("unknown", ""),
        ("203.0.113.777", ""),
    ],
)
def test_address_is_cut_to_its_network(address: str, network: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_events_are_kept_for_their_time_and_those_of_nobody_for_a_day(owner: User) -> None:
    a_moment = timedelta(minutes=1)
    for person, age in (
        (owner, KEPT - a_moment),
        (owner, KEPT + a_moment),
        (None, KEPT_OF_NOBODY - a_moment),
        (None, KEPT_OF_NOBODY + a_moment),
    ):
        AccountEvent.objects.create(person=person, kind=EventKind.SIGNED_IN, happened_at=now() - age)

    assert forget_old_events() == 2
    kept = {(event.person, now() - event.happened_at > a_moment * 2) for event in AccountEvent.objects.all()}
    assert kept == {(owner, True), (None, True)}
    assert timedelta(days=90) == KEPT
