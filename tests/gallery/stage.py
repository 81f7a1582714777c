"""Where the scenes play: a server with everyone in it, and one page of a browser for each scene."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.journeys.conftest import Server

MAKE_EVERYONE = "from tests.gallery.people import tell; tell()"

People = dict[str, dict[str, str]]

Show = Callable[["Visit", str], None]
"""What is done with each state: photographed, or checked."""


@dataclass
class Visit:
    """One scene being played: the page, whose it is, and what went wrong on it."""

    page: Page
    person: dict[str, str]
    people: People
    server: Server
    show: Show
    allows: tuple[str, ...] = ()
    status: int = 0
    problems: list[str] = field(default_factory=list)

    def see(self, name: str, status: int = 200) -> None:
        """The page stands as the state of this name: show it, once its style and its face are there."""
        self.page.wait_for_load_state()
        self.page.evaluate("document.fonts.ready.then(() => true)")
        if self.status != status:
            self.problems.append(f"{name}: status {self.status} instead of {status} at {self.page.url}")
        self.show(self, name)

    def open(self, name: str, address: str, status: int = 200) -> None:
        """Go to an address and show what is there."""
        self.page.goto(address)
        self.see(name, status)

    def by(self, page: Page, name: str) -> None:
        """As a walk sees it (`tests.journeys.walk.See`)."""
        assert page == self.page
        self.see(name)

    def draw(self, name: str, status: int, template: str = "") -> None:
        """Show an error page that was drawn for everyone, as if the server had answered with it."""
        template = template or str(status)
        address = f"{self.server.address}/error-{template}/"
        html = self.people["errors"][template]
        self.page.route(
            address, lambda route: route.fulfill(status=status, body=html, content_type="text/html")
        )
        self.open(name, address, status)

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what the console says is wrong, but for the status of the page itself."""
        is_status = "the server responded with a status of" in message.text
        is_its_own = is_status and message.location["url"] == self.page.url
        if message.type == "error" and not is_its_own and not self.may_say(message.text):
            self.problems.append(f"{self.page.url}: {message.text}")

    def may_say(self, words: str) -> bool:
        """Whether the scene makes this error on purpose."""
        return any(allowed in words for allowed in self.allows)

    def answered(self, response: Response) -> None:
        """Keep the status of the page."""
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status


Play = Callable[[Visit], None]


@dataclass(frozen=True)
class Scene:
    """Some states of one person, in the order in which they come.

    chapter  the contact sheet they stand on
    who      their name in `people.py`; empty for a visitor
    allows   words of console errors that are made on purpose
    """

    chapter: str
    who: str
    play: Play
    allows: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its function."""
        return self.play.__name__


class Stage:
    """A server with everyone of the gallery in it, and a browser.

    script  what runs in each page before its own scripts
    """

    def __init__(self, server: Server, browser: Browser, script: str = "") -> None:
        self.server = server
        self.browser = browser
        self.script = script
        self.people: People = json.loads(server.run(MAKE_EVERYONE))

    def play(self, scene: Scene, show: Show) -> list[str]:
        """Play a scene, showing each of its states; returns what went wrong."""
        with self.visit(scene, show) as visit:
            scene.play(visit)
        return visit.problems

    @contextmanager
    def visit(self, scene: Scene, show: Show, **how: Any) -> Iterator[Visit]:
        """A phone-sized page of the person of a scene; `how` goes to Playwright's `new_context`."""
        context = self.browser.new_context(
            **{
                "base_url": self.server.address,
                "viewport": {"width": 390, "height": 844},
                "reduced_motion": "reduce",
                "locale": "en-GB",
                "timezone_id": "Europe/Vienna",
                **how,
            }
        )
        person = self.people[scene.who] if scene.who else {}
        if person:
            context.add_cookies([{"name": "session", "value": person["cookie"], "url": self.server.address}])
        if self.script:
            context.add_init_script(self.script)
        page = context.new_page()
        visit = Visit(page, person, self.people, self.server, show, scene.allows)
        page.on("response", visit.answered)
        page.on("console", visit.heard)
        page.on("pageerror", lambda error: visit.problems.append(f"{page.url}: {error}"))
        yield visit
        context.close()


SCROLLS = "document.documentElement.scrollWidth > innerWidth"


def file_name(name: str) -> str:
    """A name as part of a file's name."""
    return re.sub(r"\W+", "-", name.lower()).strip("-")
