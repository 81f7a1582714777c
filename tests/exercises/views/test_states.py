"""The table of docs/states.md: what each page tells a person in each state, and what it offers first."""

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from tests.states import STATES

pytestmark = pytest.mark.usefixtures("clock")

PAGES = {
    "Today": "/today/",
    "Plan": "/plan/",
    "Safety": "/safety/",
    "Result": "/check/result/",
    "Check": "/check/",
}
TABLE = Path(__file__).parents[3] / "docs" / "states.md"
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
BUTTON = re.compile(r'<(a|button)\b([^>]*class="button(?! quiet)[^>]*)>(.*?)</\1>', re.DOTALL)


def rows() -> dict[str, str]:
    """State -> its row in the document."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return {line.split("|")[1].strip(): line for line in lines if line.startswith("| ")}


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def cell(client: Client, address: str) -> str:
    """The heading of a page, and in brackets its main button: that of the bar, else the first one."""
    page = client.get(address, follow=True).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    (heading,) = HEADING.findall(main)
    buttons = [words(label) for _, how, label in BUTTON.findall(main) if " hidden" not in how]
    offered = buttons[-1 if 'class="thumb' in main else 0] if buttons else ""
    return words(heading) + (f" [{offered}]" if offered else "")


def test_the_table_has_every_state_and_no_other() -> None:
    assert [*rows()] == ["state", *STATES]


@pytest.mark.parametrize("state", STATES)
def test_every_page_tells_what_the_table_says(owner: User, signed_in: Client, state: str) -> None:
    STATES[state][0](owner)

    cells = [state, *(cell(signed_in, address) for address in PAGES.values())]

    assert rows().get(state) == f"| {' | '.join(cells)} |"
