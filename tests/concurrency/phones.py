"""A phone: signs in through the form and sends taps, with nothing but the standard library."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import count
from threading import Barrier
from urllib.parse import urlencode
from uuid import uuid4

PATIENCE_SECONDS = 60
HOMES = count()
"""Each phone is in a network of its own unless it says where: a network signs in 30 times a minute."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    location: str
    body: str
    retry_after: str = ""


@dataclass(frozen=True)
class Tap:
    """One press of "Set done": the set's place, the number, and the key that names this write."""

    address: str
    side: str
    set_number: int
    repetitions: int
    client_key: str = field(default_factory=lambda: str(uuid4()))

    @property
    def place(self) -> tuple[str, str, int]:
        """Where the set belongs."""
        return (self.address, self.side, self.set_number)


class Phone:
    """One signed-in browser. Every request has a connection of its own, so that threads may share a phone."""

    def __init__(self, port: int, address: str = "") -> None:
        self.port, self.address = port, address or f"2001:db8:{next(HOMES):x}::1"
        self.cookies: dict[str, str] = {}
        self.token = ""

    def sign_in(self, email: str, password: str) -> None:
        """Through the form, as a person does."""
        self.open("/accounts/login/")
        answer = self.send("/accounts/login/", {"login": email, "password": password})
        assert answer.status == 302, answer.body[:2000]
        self.open("/settings/you/")  # signing in changes the token

    def open(self, path: str) -> Reply:
        """Get a page, and keep the token of its forms."""
        answer = self._request("GET", path)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.body)
        assert found, f"{path}: {answer.status}"
        self.token = found[1]
        return answer

    def read(self, path: str) -> Reply:
        """Get a page."""
        return self._request("GET", path)

    def send(self, path: str, data: dict[str, object] | None = None, *, accept: str = "text/html") -> Reply:
        """Post a form; raises OSError or HTTPException when the connection breaks."""
        body = urlencode({**(data or {}), "csrfmiddlewaretoken": self.token})
        return self._request("POST", path, body, accept)

    def tap(self, tap: Tap, *, by_script: bool = False) -> Reply:
        """Send a set, as the form does or as the player's queue does."""
        data: dict[str, object] = {
            "side": tap.side,
            "set_number": tap.set_number,
            "revision": 0,
            "client_key": tap.client_key,
            "repetitions": tap.repetitions,
        }
        return self.send(tap.address, data, accept="application/json" if by_script else "text/html")

    def _request(self, method: str, path: str, body: str | None = None, accept: str = "text/html") -> Reply:
        headers = {
            "Accept": accept,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Connection": "close",
            "X-Forwarded-For": self.address,
            "X-Test-Address": self.address,
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    self.cookies |= {key: crumb.value for key, crumb in SimpleCookie(value).items()}
            text = response.read().decode()
            told = response.headers
            return Reply(response.status, told.get("Location", ""), text, told.get("Retry-After", ""))
        finally:
            connection.close()


def all_at_once(requests: Sequence[tuple[Phone, str, dict[str, object]]]) -> list[Reply]:
    """Post all of them in the same moment, each in a thread of its own."""
    together = Barrier(len(requests))

    def one(phone: Phone, path: str, data: dict[str, object]) -> Reply:
        together.wait()
        return phone.send(path, data)

    with ThreadPoolExecutor(len(requests)) as threads:
        return [sent.result() for sent in [threads.submit(one, *request) for request in requests]]


def tapped_at_once(taps: Sequence[tuple[Phone, Tap]]) -> list[Reply]:
    """Send all of these taps in the same moment, each in a thread of its own."""
    together = Barrier(len(taps))

    def one(phone: Phone, tap: Tap) -> Reply:
        together.wait()
        return phone.tap(tap)

    with ThreadPoolExecutor(len(taps)) as threads:
        return [sent.result() for sent in [threads.submit(one, *tap) for tap in taps]]
