"""The picture and the name of an exercise are links wherever they stand."""

import re
from html.parser import HTMLParser

import pytest

from exercises.rules.catalogue import catalogue
from tests.rendered import every_page

WITHOUT_END = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
NO_PLACE_FOR_A_LINK = {"title", "script", "option", "caption", "legend", "button"}
SHOW_SOMETHING_ELSE = (
    "/glossary/",
    "/learn/muscles/",
    "/learn/questions/stretching/",
    "/checks/counts/",
    "/workouts/sheet/",
)
"""Words that are explained there, movements that were measured in studies, stretches, pictures of checks, paper."""


class LooseExercises(HTMLParser):
    """The pictures and names of exercises on a page that stand in no link. In a fold's summary the fold has to hold one."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.slugs = {exercise.name: exercise.slug for exercise in catalogue().exercises.values()}
        self.its_own = {name for name, slug in self.slugs.items() if f"/{slug}/" in address}
        self.open: list[tuple[str, set[str]]] = []  # an element and its classes
        self.wanted: list[set[str]] = []  # for each open fold, the addresses that its summary lacks
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        classes = set((known.get("class") or "").split())
        for wanted in self.wanted if tag == "a" else ():
            wanted.discard(known.get("href") or "")
        if tag == "details":
            self.wanted.append(set())
        if tag not in WITHOUT_END:
            self.open.append((tag, classes))
        if (
            "ex-pic" in classes
            and not self.its_own
            and not self.is_in("a", "summary")
            and not self.is_a_deed()
        ):
            self.found.append("a picture")

    def handle_endtag(self, tag: str) -> None:
        if not self.is_in(tag):
            return
        while self.open.pop()[0] != tag:
            pass
        if tag == "details":
            self.found += [f"no link to {address} in its fold" for address in self.wanted.pop()]

    def handle_data(self, data: str) -> None:
        name = " ".join(data.split()).rstrip(":,")
        if name not in self.slugs.keys() - self.its_own or self.is_hidden():
            return
        if self.is_in("summary"):
            self.wanted[-1].add(f"/exercises/{self.slugs[name]}/")
        elif not self.is_in("a", *NO_PLACE_FOR_A_LINK):
            self.found.append(name)

    def is_in(self, *tags: str) -> bool:
        return any(tag in tags for tag, _ in self.open)

    def is_a_deed(self) -> bool:
        """What a topic asks for: a look, a stretch, shoes. An exercise among it is a link with its name."""
        return any("deeds" in classes for _, classes in self.open)

    def is_hidden(self) -> bool:
        return any("hush" in classes for _, classes in self.open)


def is_a_task(html: str) -> bool:
    """Whether the page is one step of a task, from which no link should lead away."""
    classes = re.search(r'<body class="([^"]*)"', html)
    return classes is not None and "task" in classes[1].split()


@pytest.mark.pages
@pytest.mark.django_db
def test_pictures_and_names_of_exercises_are_links_but_on_pages_of_a_task() -> None:
    pages = {
        address: html
        for address, html in every_page().items()
        if not is_a_task(html) and not any(part in address for part in SHOW_SOMETHING_ELSE)
    }

    loose = {
        address: found for address, html in pages.items() if (found := LooseExercises(address, html).found)
    }

    assert len(pages) > 200
    assert loose == {}


def test_an_exercise_without_a_link_is_found() -> None:
    fold = "<details><summary>Bridge</summary>{}</details>"
    html = f"<h2>Bridge</h2><p>Deadlift: <a>Hip circles</a></p><div class='ex-pic'></div>{fold.format('')}"

    assert LooseExercises("/", html).found == [
        "Bridge",
        "Deadlift",
        "a picture",
        "no link to /exercises/bridge/ in its fold",
    ]
    assert LooseExercises("/", fold.format('<a href="/exercises/bridge/">How</a>')).found == []
    assert LooseExercises("/plan/lines/bridge/", "<h1>Bridge</h1><i class='ex-pic'></i>").found == []


@pytest.mark.pages
@pytest.mark.django_db
def test_the_list_of_exercises_is_one_tap_from_learn_the_result_and_every_footer() -> None:
    pages = every_page()

    for address in ("/learn/", "/check/result/ of M1 and M4"):
        assert 'href="/exercises/"' in pages[address].partition("<main")[2].partition("</main>")[0]
    assert 'href="/exercises/"' in pages["get /settings/"].partition("<footer")[2]
