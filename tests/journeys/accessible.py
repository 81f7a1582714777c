"""What must hold on every page for everyone: one measure a function, each returns what is wrong in words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# --- axe -------------------------------------------------------------------------------------------------

TOLD_BY_MORE_THAN_COLOUR = {"id": "link-in-text-block", "any": ["link-in-text-block-style"]}
"""Stricter than axe's own rule, which lets a colour of its own do: that takes longer to measure than all other rules."""

AXE: str = f"{Axe().axe_script}\naxe.configure({json.dumps({'rules': [TOLD_BY_MORE_THAN_COLOUR]})});"
"""The source of axe."""

ASK_AXE = """async ([within, options]) => {
  const found = await axe.run(within ? {include: within.map(one => contrasts.get(one))} : document, options);
  return found.violations.map(
    violation => `${violation.id}: ${violation.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`);
}"""

AT_THE_END = f"""async asked => {{
  const top = scrollY;
  scrollTo({{ top: document.body.scrollHeight, behavior: 'instant' }});
  const found = await ({ASK_AXE})(asked);
  scrollTo({{ top, behavior: 'instant' }});
  return found;
}}"""


def violations(page: Page) -> list[str]:
    """What axe finds by all its rules but that for contrast, and by the size of targets (WCAG 2.2 AA) as well.

    It is asked at the end of the page: axe takes a target that happens to stand half under the bar at the bottom of
    the screen for one that is too small.
    """
    rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}
    return _ask_axe(page, AT_THE_END, rules=rules)


def _ask_axe(page: Page, ask: str, within: list[str] | None = None, **options: Any) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    # What axe would load beforehand is for rules about rotation and sound, which no page has.
    asked = {"resultTypes": ["violations"], "iframes": False, "preload": False, **options}
    found: list[str] = page.evaluate(ask, [within, asked])
    return found


def poor_contrasts(page: Page, looked_at: set[str]) -> list[str]:
    """Text that does not stand out enough, light and dark."""
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found += [f"in the {scheme}, {one}" for one in poor_contrasts_as_shown(page, looked_at)]
    return found


def poor_contrasts_as_shown(page: Page, looked_at: set[str]) -> list[str]:
    """Text that does not stand out enough in the colours of now.

    looked_at  what makes a contrast, as it was seen before: colour and size of a text, and the grounds and layers it
               stands on. Only text that adds to it is looked at: this is by far the slowest of axe's rules.
    """
    made = sorted(set(page.evaluate(CONTRASTS)) - looked_at)
    looked_at.update(made)
    return _ask_axe(page, ASK_AXE, made, runOnly=["color-contrast"]) if made else []


CONTRASTS = """() => {
  const grounds = new Map([[null, '']]);
  const groundOf = element => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, filter, position } = getComputedStyle(element);
      const layer = position === 'static' ? '' : `${element.tagName}.${element.getAttribute('class')}`;
      const own = [backgroundColor, backgroundImage, opacity, filter, layer].join();
      const isPlain = own === 'rgba(0, 0, 0, 0),none,1,none,';
      grounds.set(element, groundOf(element.parentElement) + (isPlain ? '' : ` > ${own}`));
    }
    return grounds.get(element);
  };
  const hasText = element => element.matches('input, select, textarea')
    || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  window.contrasts = new Map();
  for (const element of document.body.querySelectorAll('*')) {
    if (!hasText(element) || !element.checkVisibility()) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const made = [element.tagName, color, fontSize, fontWeight, textShadow, groundOf(element)].join();
    if (!contrasts.has(made)) contrasts.set(made, element);
  }
  return [...contrasts.keys()];
}"""


# --- layout ----------------------------------------------------------------------------------------------

SCROLLS = """size => {
  const { style } = document.documentElement;
  style.fontSize = size;
  const scrolls = document.documentElement.scrollWidth > innerWidth;
  style.fontSize = '';
  return scrolls;
}"""


def scrolls_sideways(page: Page) -> list[str]:
    """On an ordinary phone with text twice as large, and on the smallest one."""
    found = ["scrolls sideways at 390 px with text of 200 %"] if page.evaluate(SCROLLS, "200%") else []
    page.set_viewport_size({"width": 320, "height": 844})
    if page.evaluate(SCROLLS, ""):
        found.append("scrolls sideways at 320 px")
    page.set_viewport_size({"width": 390, "height": 844})
    return found


SMALL = """() => {
  const controls = '.button, button, input:not([type=hidden]), select, textarea, summary, .menu a, .back a, .edit,'
    + ' .hurts, .actions > a';
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
    properties: Mapping[str, Any]
    inside: "Node | None"

    def around(self) -> Iterator["Node"]:
        """What it stands in, the nearest first."""
        if self.inside:
            yield self.inside
            yield from self.inside.around()


def tree(page: Page) -> list[Node]:
    """Chromium's accessibility tree, without what it ignores."""
    client = page.context.new_cdp_session(page)
    raw = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    made: dict[str, Node] = {}
    for node in raw:  # what something stands in comes before it
        role, name, description = (
            node.get(part, {}).get("value", "") for part in ("role", "name", "description")
        )
        properties = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
        inside = made[node["parentId"]] if made else None
        made[node["nodeId"]] = Node(role, name, description, properties, inside)
    return [made[node["nodeId"]] for node in raw if not node.get("ignored")]


def badly_told(page: Page) -> Iterator[str]:
    """What a screen reader would leave out: names of what can be focused, questions of radio buttons, main."""
    nodes = tree(page)
    roles = [node.role for node in nodes]
    if roles.count("main") != 1:
        yield f"{roles.count('main')} main landmarks"
    for node in nodes:
        if node.properties.get("focusable") and not node.name and node.role not in {"RootWebArea", "main"}:
            yield f"a {node.role} without a name"
        if node.role == "radio":
            group = next((one for one in node.around() if one.role in {"group", "radiogroup"}), None)
            if group is None or not group.name:
                yield f"the radio button “{node.name}” stands in no group with a question"
