"""Wrong input of every kind against every address, in production's settings: `python -m tests.fuzz 1000`.

Each input is one request, made by Hypothesis: a form with fields of that page and others, JSON, random bytes, a file,
addresses and headers, from someone who trains, someone who should be seen, a guest, and a visitor. It must not be
answered with a 5xx; what is refused must leave everything that is stored about people's bodies and training as it was;
and after what is taken, their pages must still open. The database is put back after each.

A module without pytest: where that is imported, settings are not production's.
"""

import hashlib
import io
import json
import os
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote, quote_from_bytes, urlencode

import django

if __name__ == "__main__":
    django.setup()

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.clock import today_for
from accounts.models import User
from hipfeet.log import page_named
from hipfeet.owndata.exporting import export_of
from hipfeet.owndata.workouts_csv import template
from tests.builders import PASSWORD, person
from tests.world import World, answered_lists, begun_workout, finished_check, make_world, running_plan

HOST = settings.ALLOWED_HOSTS[0]
STILL_OPEN = (
    "/today/",
    "/plan/",
    "/workouts/",
    "/progress/",
    "/checks/",
    "/settings/",
    "/check/",
    "/safety/",
)
OFTEN = 300
"""After so many inputs people sign in again."""
FILES = ("import", "import_workouts")
WORKOUT = "2026-11-24,Deadlift,Lift from a block,both,2,8,,6.5,kg,,right,yes,3"
ABOUT_PEOPLE = ("assessments", "exercises")

# --- what is sent -----------------------------------------------------------------------------------------

ODD = [
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "0",
        "-1",
        "1",
        "9" * 400,
        "1e309",
        "-0.0",
        "NaN",
        "Infinity",
        "0x10",
        "1_0",
        "٣",
        "²",
        "½",
    ),
    *(
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "2026-W48",
        "00:00",
        "24:00",
        "true",
        "null",
        "None",
        "[]",
        "{}",
        "yes",
        "no",
    ),
    *(
        "'; DROP TABLE x; --",
        "<script>alert(1)</script>",
        "{{ 7 }}",
        "{% debug %}",
        "%s%n",
        "../../etc/passwd",
        "\r\nX: y",
    ),
    *(
        "\u202e",
        "\ufeff",
        "👣" * 100,
        "x" * 20_000,
        "Mars/Olympus",
        "Europe/London",
        "../Europe/London",
        "/etc/localtime",
    ),
    *("00000000-0000-0000-0000-000000000000", "a@b.example", "@", "=1+1", "1" * 10, "2147483648", "32768"),
]
TEXTS = st.sampled_from(ODD) | st.text(max_size=30)
QUERIES = ["next", "action", "key", "revision", "client_key", "q", "month", "then", "now", "page", "of"]
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
METHODS = ["POST", "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X" * 20]
WEIGHTS = [60, 25, 3, 2, 2, 2, 2, 2, 2]
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            *(
                "Accept",
                "Accept-Encoding",
                "Accept-Language",
                "Cookie",
                "If-None-Match",
                "If-Modified-Since",
                "Range",
            ),
            *(
                "Referer",
                "Origin",
                "Host",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Requested-With",
                "User-Agent",
            ),
            *("Content-Encoding", "X-HTTP-Method-Override", "Sec-Fetch-Site", "If-Match", "Via", "Forwarded"),
        ]
    ),
    TEXTS.map(lambda text: text.encode("utf-8", "replace").decode("latin-1")),
    max_size=3,
)
KINDS_OF_BODY = [
    *(
        "application/octet-stream",
        "text/plain",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
    ),
    *(
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/x-www-form-urlencoded; charset=nonsense",
    ),
    *("multipart/form-data; boundary=" + "x" * 300, "a/b/c; =", ""),
]


Draw = Callable[[Any], Any]


class Request(NamedTuple):
    """One input."""

    who: str
    method: str
    path: str
    body: bytes
    kind: str
    headers: dict[str, str]


class Fields(HTMLParser):
    """The names of a page's form fields, each with the values it offers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, set[str]] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a field or an option is called."""
        told = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.select = told.get("name", "")
        name = self.select if tag == "option" else told.get("name", "")
        if tag in {"input", "select", "textarea", "button", "option"} and name:
            self.found.setdefault(name, set()).add(told.get("value", ""))


class Place(NamedTuple):
    """An address of urls.py: its route, and the places in it with what the world has there."""

    name: str
    route: str
    values: dict[str, list[str]]


def places(world: World) -> list[Place]:
    """Every address of the site."""
    known = {
        "day": [str(world.workout.local_date)],
        "pk": [str(world.check.pk), str(world.ended.pk)],
        "exercise": ["banded-walk", "side-lying-abduction", "bridge"],
        "number": ["1", "2"],
        "set_number": ["1", "2"],
        "side": ["left", "right"],
        "slug": ["bridge", "gluteus-medius", "talus", "flat-feet", "khamis-2007"],
        "step": ["toes", "knees", "arch", "days", "things", "time", "two-legs"],
        "name": ["heel-raise", "one-leg-stance", "told-or-had", "feet-and-legs", "so-it-fits", "right-now"],
        "what": ["pause", "resume", "days"],
        "form": ["bib", "json"],
        "token": ["guessed"],
        "key": ["guessed"],
    }
    found = []
    for route, pattern in _patterns(get_resolver(), ""):
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        found.append(Place(str(pattern.name), route, {name: known.get(name, ["1"]) for name in names}))
    return found


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + re.sub(
            r"^\^|\$$|\(\?P(<\w+>)[^)]*\)", lambda match: match[1] or "", str(entry.pattern)
        )
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        else:
            yield route, entry


# --- the world it is sent to ------------------------------------------------------------------------------


class Visitors:
    """Who sends, by the cookies of their browser; and the fields that each finds on a page."""

    def __init__(self, world: World) -> None:
        trains = person("trains@example.org")
        answered_lists(trains)
        running_plan(trains, finished_check(trains))
        begun_workout(trains)
        self.people: dict[str, User | None] = {
            "trains": trains,
            "owner": world.owner,
            "guest": None,
            "visitor": None,
        }
        self.cookies: dict[str, dict[str, str]] = {"visitor": {}}
        self.sign_in()
        guest = client_with({})
        guest.post("/check/", {"adult": "on", "keep": "on"}, secure=True)
        name = settings.SESSION_COOKIE_NAME
        self.cookies["guest"] = {name: guest.cookies[name].value}
        self.fields: dict[tuple[str, str], dict[str, set[str]]] = {}

    def sign_in(self) -> None:
        """Sign in, and say once more who one is: that holds for some minutes only."""
        self.cookies |= {who: self._signed_in(one) for who, one in self.people.items() if one}

    def _signed_in(self, one: User) -> dict[str, str]:
        client = client_with({})
        client.post("/accounts/login/", {"login": one.email, "password": PASSWORD}, secure=True)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD}, secure=True)
        name = settings.SESSION_COOKIE_NAME
        assert Session.objects.filter(pk=client.cookies[name].value).exists(), "nobody was signed in"
        return {name: client.cookies[name].value}

    def fields_at(self, who: str, path: str) -> dict[str, set[str]]:
        """What the forms of a page ask for."""
        if (who, path) not in self.fields:
            with rolled_back():
                page = client_with(self.cookies[who]).get(path, secure=True)
                parser = Fields()
                if not page.streaming and page.headers.get("Content-Type", "").startswith("text/html"):
                    parser.feed(page.content.decode())
            self.fields[who, path] = parser.found
        return self.fields[who, path]


@cache
def server() -> ClientHandler:
    """One for all browsers, as in production: starting it takes as long as an answer."""
    return ClientHandler(enforce_csrf_checks=False)


def client_with(cookies: dict[str, str]) -> Client:
    """A browser with these cookies, behind the proxy."""
    client = Client(
        raise_request_exception=False,
        headers={"Host": HOST, "X-Forwarded-For": "203.0.113.7"},
        SERVER_NAME=HOST,
    )
    client.handler = server()
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


class rolled_back:  # noqa: N801  (reads as what it does)
    """Whatever is stored inside is not stored afterwards."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *problem: Any) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(*problem)


TABLES = [
    (model._meta.db_table, ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields))
    for app in ABOUT_PEOPLE
    for model in apps.get_app_config(app).get_models()
]


def stored() -> str:
    """A hash of all rows about bodies and training, and of how many people there are."""
    digest = hashlib.sha256(str(User.objects.count()).encode())
    with connection.cursor() as cursor:
        for table, columns in TABLES:
            cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY 1')  # noqa: S608  (our own names)
            digest.update(repr(cursor.fetchall()).encode())
    return digest.hexdigest()


# --- inputs -----------------------------------------------------------------------------------------------


def requests_to(visitors: Visitors, known: list[Place], files: dict[str, Any]) -> st.SearchStrategy[Request]:
    """Every kind of input. Where it goes is chance, evenly; what is odd in it is made by Hypothesis.

    Half go with a POST to where the sender finds a form, as Hypothesis by itself would seldom meet one.
    """
    forms = [
        (who, place)
        for who in visitors.cookies
        for place in known
        for _ in range(5 if place.name in FILES else 1)  # there is most to go wrong in a file
        if set(
            visitors.fields_at(who, _address(place, {name: each[0] for name, each in place.values.items()}))
        )
        - {"q"}
    ]

    @st.composite
    def make(draw: Draw) -> Request:
        chance = Random(draw(st.integers(0, 2**64)))  # noqa: S311  (nothing secret)
        method = chance.choices(METHODS, WEIGHTS)[0]
        if method == "POST" and chance.random() < 0.8:
            who, place = chance.choice(forms)
        else:
            who, place = chance.choice(list(visitors.cookies)), chance.choice(known)
        values = {name: chance.choice(each) for name, each in place.values.items()}
        is_odd = bool(values) and chance.random() < 0.2
        if is_odd:
            values[chance.choice(list(values))] = draw(TEXTS.filter(bool))
        path = address = _address(place, values)
        fields = {} if is_odd else visitors.fields_at(who, path)
        if chance.random() < (0.1 if method == "POST" else 0.5):
            names = [*QUERIES, *fields]
            address += "?" + urlencode(
                [(chance.choice(names), draw(TEXTS)) for _ in range(chance.randint(1, 3))]
            )
        if chance.random() < 0.03:
            address += quote_from_bytes(draw(st.binary(max_size=10)), safe="")
        body, kind = b"", "application/x-www-form-urlencoded"
        if method not in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            body, kind = _body(draw, chance, fields, files.get(place.name))
        headers = draw(HEADERS) if chance.random() < 0.2 else {}
        if chance.random() < 0.2:
            headers |= {"Accept": "application/json"}  # as the player's queue
        return Request(who, method, address, body, kind, headers)

    return make()


def _address(place: Place, values: dict[str, str]) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: quote(values[match[1]], safe=""), place.route)


def _body(draw: Draw, chance: Random, fields: dict[str, set[str]], file: Any) -> tuple[bytes, str]:
    """A body and what it says it is; `file` is what a file to bring in is made from: an export, or a table of workouts."""
    which = chance.random()
    if file is not None and which < 0.8:
        content = draw(st.binary(max_size=300))
        if which > 0.05:
            content = (
                table(draw, chance, file) if isinstance(file, str) else zipped(spoilt(draw, chance, file))
            )
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\n'
        return head + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"
    if which > 0.95:
        return json.dumps(draw(JSON_VALUES)).encode(), "application/json"
    if which > 0.9:
        return draw(st.binary(max_size=300)), chance.choice(KINDS_OF_BODY)
    odd = chance.choice([0, 0, 0.1, 0.3, 1])  # 0: as a person sends it
    pairs = [
        (name, draw(TEXTS) if chance.random() < odd else chance.choice(sorted(values)))
        for name, values in sorted(fields.items())
        if chance.random() < 0.9 or not odd
    ]
    if odd and chance.random() < 0.3:
        pairs += [(chance.choice([*QUERIES, *fields]), draw(TEXTS)), (draw(TEXTS), draw(TEXTS))]
    encoded = urlencode(pairs, errors="replace").encode()
    return encoded + (b"&name=%ff%fe%00" if which > 0.87 else b""), "application/x-www-form-urlencoded"


def spoilt(draw: Draw, chance: Random, export: dict[str, Any]) -> Any:
    """A file of ours with one value exchanged, taken away or doubled."""
    data = json.loads(json.dumps(export))
    at: Any = data
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return data
        key = chance.choice(keys)
        if not isinstance(at[key], dict | list) or not at[key] or chance.random() < 0.15:
            break
        at = at[key]
    match chance.randint(0, 4):
        case 0:
            del at[key]
        case 1 if isinstance(at, list):
            at.append(at[key])
        case _:
            at[key] = draw(JSON_VALUES)
    return data


def table(draw: Draw, chance: Random, filled_in: str) -> bytes:
    """A table of workouts with some cells exchanged."""
    rows = [line.split(",") for line in filled_in.splitlines()]
    for _ in range(chance.randint(0, 3)):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = draw(TEXTS)
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "latin-1"])
    return "\n".join(",".join(row) for row in rows).encode(encoding, "replace")


def zipped(data: Any) -> bytes:
    """As a file that was taken along."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data.json", json.dumps(data))
    return file.getvalue()


# --- the trial --------------------------------------------------------------------------------------------


class Trial:
    """Sends inputs, counts answers, and keeps what went wrong, the shortest input of each kind."""

    def __init__(self, visitors: Visitors) -> None:
        self.visitors = visitors
        self.answers: Counter[str] = Counter()
        self.wrong: dict[str, Request] = {}
        self.before = stored()

    def send(self, request: Request) -> None:
        """Send one input and look at what comes of it."""
        if sum(self.answers.values()) % OFTEN == 0:
            self.visitors.sign_in()
        with rolled_back():
            client = client_with(self.visitors.cookies[request.who])
            answer = client.generic(
                request.method, request.path, request.body, request.kind, secure=True, headers=request.headers
            )
            if answer.streaming:
                answer.getvalue()
            self.answers[f"{answer.status_code // 100}xx"] += 1
            name = page_named(answer.wsgi_request)
            if answer.status_code >= 500:
                self._note(f"{answer.status_code} {name}: {_last_words(answer)}", request)
            elif answer.status_code >= 400 and stored() != self.before:
                self._note(f"{answer.status_code} {name} wrote something", request)
            elif answer.status_code < 400 and request.method == "POST":
                if name in FILES and answer.headers.get("Location") == request.path:
                    self._bring_in(name, client, request)
                if stored() != self.before:
                    self.answers["written"] += 1
                    self._look(name, request)

    def _bring_in(self, name: str, client: Client, request: Request) -> None:
        """Say yes to the file that waits."""
        self.answers["files"] += 1
        answer = client.post(request.path, {"action": "bring"}, secure=True)
        if answer.status_code >= 500:
            self._note(f"{name}, brought in: {_last_words(answer)}", request)

    def _look(self, name: str, request: Request) -> None:
        """The pages after an input that was taken."""
        client = client_with(self.visitors.cookies[request.who])
        for page in STILL_OPEN:
            answer = client.get(page, secure=True, follow=True)
            if answer.status_code >= 500:
                self._note(f"{page} after {name}: {_last_words(answer)}", request)

    def _note(self, what: str, request: Request) -> None:
        if what not in self.wrong or len(repr(request)) < len(repr(self.wrong[what])):
            self.wrong[what] = request


def _last_words(answer: Any) -> str:
    return repr(answer.exc_info[1])[:200] if getattr(answer, "exc_info", None) else "an error page"


def main(inputs: int, chosen_seed: int) -> int:
    """Send so many inputs; how many kinds of wrong answers there were."""
    if settings.DEBUG or settings.TESTING:
        sys.exit("These are not production's settings.")
    call_command("migrate", verbosity=0)
    world = make_world()
    visitors = Visitors(world)
    with export_of(world.owner) as file, zipfile.ZipFile(file) as archive:
        export = json.loads(archive.read("data.json"))
    files = dict(zip(FILES, (export, f"{template(today_for(world.owner))}\n{WORKOUT}"), strict=True))
    trial = Trial(visitors)

    @seed(chosen_seed)
    @hypothesis_settings(
        max_examples=inputs,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests_to(visitors, places(world), files))
    def every_input(request: Request) -> None:
        trial.send(request)

    every_input()
    sent = sum(count for kind, count in trial.answers.items() if kind.endswith("xx"))
    print(f"{sent} inputs, seed {chosen_seed}: {dict(sorted(trial.answers.items()))}")
    for what, request in sorted(trial.wrong.items()):
        print(f"WRONG {what}\n    {request!r:.1500}")
    return len(trial.wrong)


if __name__ == "__main__":
    number = int(sys.argv[1])
    sys.exit(min(main(number, int(os.environ.get("SEED", "22"))), 100))
