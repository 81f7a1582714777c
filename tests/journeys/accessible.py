"""What must hold on every page for everyone: one measure a function, each returns what is wrong in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

from tests.journeys.walk import AXE

# --- axe -------------------------------------------------------------------------------------------------

VIOLATIONS = """options => axe.run(document, options).then(found => found.violations.map(
  violation => `${violation.id}: ${violation.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`))"""


def violations(page: Page) -> list[str]:
    """What axe finds by all its rules but that for contrast, and by the size of targets (WCAG 2.2 AA) as well."""
    rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}
    return _ask_axe(page, rules=rules)


def _ask_axe(page: Page, **options: Any) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.axe_script)
    found: list[str] = page.evaluate(VIOLATIONS, {"resultTypes": ["violations"], "iframes": False, **options})
    return found


def poor_contrasts(page: Page, looked_at: set[str]) -> list[str]:
    """Text that does not stand out enough, light and dark.

    looked_at  pairs of classes that were seen on an earlier page. As colours are given by classes alone, a page
               with no other pair shows nothing new, and is passed over: this is by far the slowest of axe's rules.
    """
    pairs = set(page.evaluate(PAIRS))
    if pairs <= looked_at:
        return []
    looked_at |= pairs
    found = [f"in the light, {one}" for one in _ask_axe(page, runOnly=["color-contrast"])]
    page.emulate_media(color_scheme="dark")
    found += [f"in the dark, {one}" for one in _ask_axe(page, runOnly=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


PAIRS = """() => [...new Set([...document.body.querySelectorAll('*')].map(element =>
  `${element.closest('body, [class]').getAttribute('class')} > ${element.tagName}`
  + `.${element.parentElement.closest('[class]')?.getAttribute('class')}`))]"""


# --- layout ----------------------------------------------------------------------------------------------

SCROLLS = "document.documentElement.scrollWidth > innerWidth"


def scrolls_sideways(page: Page) -> list[str]:
    """On the smallest phone, and on an ordinary one with text twice as large."""
    found = []
    page.set_viewport_size({"width": 320, "height": 844})
    if page.evaluate(SCROLLS):
        found.append("scrolls sideways at 320 px")
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate(SCROLLS):
        found.append("scrolls sideways at 390 px with text of 200 %")
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


SMALL = """() => {
  const controls = '.button, button, input:not([type=hidden]), select, textarea, summary, .menu a, .back a, .edit,'
    + ' .ranges a, .letters a, .hurts, .actions > a';
  const found = [];
  for (const control of document.querySelectorAll(controls)) {
    const target = control.closest('label') ?? control;
    const { width, height } = target.getBoundingClientRect();
    const isShown = width && height && getComputedStyle(target).visibility !== 'hidden';
    if (isShown && !target.closest('.hush') && (height < 44 || width < 24))
      found.push(`${Math.round(width)} x ${Math.round(height)} px: ${target.outerHTML.slice(0, 100)}`);
  }
  return found;
}"""


def small_targets(page: Page) -> list[str]:
    """Controls a thumb may miss: lower than 44 px, or narrower than 24. Links in text are axe's to measure."""
    return [f"a small target, {one}" for one in page.evaluate(SMALL)]


LONGEST_MOVE = """() => Math.max(0, ...[...document.querySelectorAll('*')].flatMap(element => {
  const style = getComputedStyle(element);
  const moves = style.animationName === 'none' ? [] : style.animationDuration.split(',');
  return [...style.transitionDuration.split(','), ...moves].map(parseFloat);
}))"""

A_MOMENT = 0.1
"""Seconds."""


def longest_move(page: Page) -> float:
    """The longest transition or animation of anything on the page, in seconds."""
    return float(page.evaluate(LONGEST_MOVE))


def moves(page: Page) -> list[str]:
    """What moves for longer than a moment, for a person who asked for less motion."""
    longest = longest_move(page)
    return [f"something moves for {longest} s"] if longest > A_MOMENT else []


# --- order -----------------------------------------------------------------------------------------------

HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""


def headings_out_of_order(page: Page) -> list[str]:
    """One h1, and no level left out below it."""
    levels: list[int] = page.evaluate(HEADINGS)
    found = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    return found + [f"h{level} after h{before}" for before, level in pairwise(levels) if level > before + 1]


ERRORS = """() => {
  const found = [];
  const described = [...document.querySelectorAll('[aria-describedby]')]
    .flatMap(element => element.getAttribute('aria-describedby').split(/\\s+/));
  const summary = document.getElementById('error-summary');
  if (!document.title.startsWith('Error: ')) found.push('the title does not begin with Error');
  if (!summary) return [...found, 'no summary of errors'];
  if (document.activeElement !== summary) found.push('the summary of errors has no focus');
  for (const link of summary.querySelectorAll('a'))
    if (!document.getElementById(link.hash.slice(1))) found.push(`${link.hash} leads nowhere`);
  for (const error of document.querySelectorAll('main .error'))
    if (!described.includes(error.id)) found.push(`described by nobody: ${error.textContent.trim()}`);
  return found;
}"""


def errors_not_told(page: Page) -> list[str]:
    """On a page with errors: title, summary with focus and links, and each error tied to its field."""
    found: list[str] = page.evaluate(ERRORS)
    return found


# --- the accessibility tree ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Node:
    """What Chromium hands to a screen reader."""

    role: str
    name: str
    description: str
    is_focusable: bool
    around: tuple["Node", ...]
    """What it stands in, the nearest first."""


def tree(page: Page) -> list[Node]:
    """Chromium's accessibility tree, without what it ignores."""
    client = page.context.new_cdp_session(page)
    raw = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    by_id = {node["nodeId"]: node for node in raw}
    made: dict[str, Node] = {}

    def make(node: Any) -> Node:
        if node["nodeId"] not in made:
            parent = by_id.get(node.get("parentId"))
            above = make(parent) if parent else None
            role, name, description = (
                node.get(part, {}).get("value", "") for part in ("role", "name", "description")
            )
            is_focusable = any(
                one["name"] == "focusable" and one["value"]["value"] for one in node.get("properties", ())
            )
            around = (above, *above.around) if above else ()
            made[node["nodeId"]] = Node(role, name, description, is_focusable, around)
        return made[node["nodeId"]]

    return [make(node) for node in raw if not node.get("ignored")]


def badly_told(page: Page) -> Iterator[str]:
    """What a screen reader would leave out: names of what can be focused, questions of radio buttons, main."""
    nodes = tree(page)
    roles = [node.role for node in nodes]
    if roles.count("main") != 1:
        yield f"{roles.count('main')} main landmarks"
    for node in nodes:
        if node.is_focusable and not node.name and node.role not in {"RootWebArea", "main"}:
            yield f"a {node.role} without a name"
        if node.role == "radio":
            group = next((one for one in node.around if one.role in {"group", "radiogroup"}), None)
            if group is None or not group.name:
                yield f"the radio button “{node.name}” stands in no group with a question"
