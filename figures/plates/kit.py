"""A plate: shapes in painter's order, then the labels round them, then the list of what is named.

A plate is 560 units wide. Its labels stand in columns left and right of the drawing, or in rows above and
below it, each joined to its place by a leader. On a narrow page the stylesheet shows a number in place of
each label and cuts the columns off, so the drawing keeps its size; the list gives the numbers their names.
"""

import itertools
import textwrap
from collections.abc import Sequence
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from figures.plates.parts import COLOURS, DrawnPart, part
from figures.plates.shapes import Point, Shape, path_data

WIDTH = 560
COLUMN = 112  # what the labels at either side may take
EDGE = 6
LINE, SMALL_LINE = 19, 16  # heights of a line of each size
WRAP, SMALL_WRAP = 12, 15  # characters of a line that fits the column
CHARACTER, SMALL_CHARACTER = 9.0, 7.3  # generous widths
SOFT = "\N{SOFT HYPHEN}"
DISC = 15  # radius of the number that stands for a label
TOO_LONG = {"Gastrocnemius": f"Gastro{SOFT}cnemius"}  # one word that no column holds

Place = Literal["left", "right", "top", "bottom"]


class PlateLabel(NamedTuple):
    """A name beside the drawing.

    place   the column or row it stands in
    anchor  where its leader ends
    lines   its words as they are broken; `small` stands below them
    named   what it names: a part, or words of its own where there is no page
    where   said in the list only: "left half, surface"
    """

    place: Place
    anchor: Point
    lines: Sequence[str]
    small: Sequence[str]
    named: DrawnPart | str
    where: str

    @property
    def height(self) -> float:
        """Units from the top of its first line to the foot of its last."""
        return LINE * len(self.lines) + SMALL_LINE * len(self.small)

    @property
    def width(self) -> float:
        """Units that its longest line can take."""
        return max(
            *(CHARACTER * len(line) for line in self.lines),
            *(SMALL_CHARACTER * len(line) for line in ("", *self.small)),
        )


class Placed(NamedTuple):
    """A label with the point at which its leader starts."""

    label: PlateLabel
    slot: Point


class PlateEntry(NamedTuple):
    """A line of the list below a plate; `key` and `href` are empty where there is no page."""

    key: str
    href: str
    name: str
    second_name: str
    where: str


class Drawn(NamedTuple):
    """A finished plate.

    follows_model  whether attachments follow published model data, whose authors are then named
    about          keys of the parts for which it is the best of all plates, whatever their order
    groups         colours to be explained in a key: none where a plate has but one
    """

    name: str
    title: str
    description: str
    follows_model: bool
    about: tuple[str, ...]
    groups: tuple[str, ...]
    layout: str
    markup: str
    entries: tuple[PlateEntry, ...]


class DrawnPlate:
    """A plate in the making; draw from back to front, then name, then `drawn`."""

    def __init__(
        self, name: str, title: str, description: str, height: float, *, follows_model: bool = False
    ) -> None:
        self.name, self.title, self.description = name, title, description
        self.height, self.follows_model = height, follows_model
        self.about: tuple[str, ...] = ()  # keys of the parts for which it is the best of all plates
        self.colours: set[str] = set()  # of the muscle groups it shows
        self._body: list[tuple[str, str]] = []
        self._labels: list[PlateLabel] = []

    def draw(self, shape: Shape, paint: str, key: str = "") -> None:
        """A shape or line in the paint of a class; `key` says of which part it is a piece."""
        if data := path_data(shape):
            self._body.append((key, f'<path class="{paint}" d="{data}"/>'))

    def name_part(self, key: str, place: Place, anchor: Point, *, where: str = "", small: str = "") -> None:
        """Name a part that has a page. `small` replaces the second name on the plate."""
        named = part(key)
        below = small or ("" if named.section == "muscles" else named.second_name)
        self._labels.append(PlateLabel(place, anchor, *_broken(named.name, below), named, where))

    def name_place(self, name: str, place: Place, anchor: Point, *, where: str = "", small: str = "") -> None:
        """Name something that has no page of its own."""
        both = ", ".join(filter(None, (name, small))).replace(SOFT, "")
        self._labels.append(PlateLabel(place, anchor, *_broken(name, small), both, where))

    def drawn(self) -> Drawn:
        """The finished plate: shapes, links and numbers; and its list."""
        placed = [*self._column("left"), *self._column("right"), *self._row("top"), *self._row("bottom")]
        linked = {label.named.key for label, _ in placed if isinstance(label.named, DrawnPart)}
        shapes = "".join(
            _link(part(key), "".join(markup for _, markup in run), hidden=True)
            if key in linked
            else "".join(markup for _, markup in run)
            for key, run in itertools.groupby(self._body, key=lambda piece: piece[0])
        )
        names = "".join(_named(one, count) for count, one in enumerate(placed, start=1))
        markup = (
            f'<svg class="fig" viewBox="0 0 {WIDTH} {number(self.height)}" role="group"'
            f' aria-labelledby="plate-{self.name}" aria-describedby="plate-{self.name}-seen">'
            f'<title id="plate-{self.name}">{escape(self.title)}</title>'
            f'<desc id="plate-{self.name}-seen">{escape(self.description)}</desc>{shapes}{names}</svg>\n'
        )
        layout = "rows" if any(one.label.place in {"top", "bottom"} for one in placed) else "columns"
        entries = tuple(_entry(one.label) for one in placed)
        groups = tuple(colour for colour in COLOURS if colour in self.colours)
        return Drawn(
            self.name,
            self.title,
            self.description,
            self.follows_model,
            self.about,
            groups if len(groups) > 1 else (),
            layout,
            markup,
            entries,
        )

    def _column(self, place: Literal["left", "right"]) -> list[Placed]:
        x = COLUMN + EDGE if place == "left" else WIDTH - COLUMN - EDGE
        labels = sorted(
            (label for label in self._labels if label.place == place), key=lambda one: one.anchor[1]
        )
        heights = [max(label.height, 2 * DISC - 6) for label in labels]
        ys = _spread([label.anchor[1] for label in labels], heights, 7, 6, self.height - 6)
        return _uncrossed(labels, [(x, y) for y in ys])

    def _row(self, place: Literal["top", "bottom"]) -> list[Placed]:
        labels = sorted(
            (label for label in self._labels if label.place == place), key=lambda one: one.anchor[0]
        )
        if not labels:
            return []
        tallest = max(label.height for label in labels)
        y = EDGE + tallest + 4 if place == "top" else self.height - EDGE - tallest - 4
        xs = _spread(
            [label.anchor[0] for label in labels], [label.width for label in labels], 9, 4, WIDTH - 4
        )
        return _uncrossed(labels, [(x, y) for x in xs])


def _broken(name: str, small: str) -> tuple[list[str], list[str]]:
    """A name and the words below it, in lines that fit the column; a word breaks at a soft hyphen."""
    name = TOO_LONG.get(name, name)
    return textwrap.wrap(name.replace(SOFT, "-"), WRAP), textwrap.wrap(small.replace(SOFT, "-"), SMALL_WRAP)


def _spread(
    wanted: Sequence[float], sizes: Sequence[float], gap: float, low: float, high: float
) -> list[float]:
    """Middles as near as can be to where they are wanted, without overlap, between low and high."""
    middles = list(wanted)
    for _ in range(300):
        for i in range(len(middles) - 1):
            short = (sizes[i] + sizes[i + 1]) / 2 + gap - (middles[i + 1] - middles[i])
            if short > 0:
                middles[i] -= short / 2
                middles[i + 1] += short / 2
        middles = [
            min(max(middle, low + size / 2), high - size / 2)
            for middle, size in zip(middles, sizes, strict=True)
        ]
    return middles


def _uncrossed(labels: Sequence[PlateLabel], slots: Sequence[Point]) -> list[Placed]:
    """Labels in their slots, exchanged until no two leaders of the same column cross.

    Every exchange shortens the leaders, so this ends.
    """
    order = list(labels)
    swapped = True
    while swapped:
        swapped = False
        for i, j in itertools.combinations(range(len(order)), 2):
            if crossing(order[i].anchor, slots[i], order[j].anchor, slots[j]):
                order[i], order[j], swapped = order[j], order[i], True
    return [Placed(label, slot) for label, slot in zip(order, slots, strict=True)]


def crossing(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the lines a-b and c-d cross."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _link(named: DrawnPart, inside: str, *, hidden: bool = False) -> str:
    """A link round shapes (for the pointer only) or round a label (for everyone)."""
    for_whom = ' tabindex="-1" aria-hidden="true"' if hidden else f" aria-label={quoteattr(named.full_name)}"
    return f'<a data-part="{named.key}" href="{named.href}"{for_whom}>{inside}</a>'


def _named(placed: Placed, count: int) -> str:
    """Leader, words, and the number that stands in for the words on a narrow page."""
    label, (x, y) = placed
    ax, ay = label.anchor
    leader = (
        f'<path class="leader" d="M{number(x)} {number(y)}L{number(ax)} {number(ay)}"/>'
        f'<circle class="dot" cx="{number(ax)}" cy="{number(ay)}" r="3.4"/>'
    )
    away = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}[label.place]
    nx, ny = x + away[0] * DISC, y + away[1] * DISC
    numbered = (
        f'<g class="marker"><circle cx="{number(nx)}" cy="{number(ny)}" r="{DISC}"/>'
        f'<text x="{number(nx)}" y="{number(ny + 6.5)}">{count}</text></g>'
    )
    markup = leader + _words(label, x, y) + numbered
    return _link(label.named, markup) if isinstance(label.named, DrawnPart) else markup


def _words(label: PlateLabel, x: float, y: float) -> str:
    anchor = {"left": "end", "right": "start"}.get(label.place, "middle")
    left = x + {"left": -EDGE, "right": EDGE}.get(label.place, 0)
    top = {"top": y - 4 - label.height, "bottom": y + 4}.get(label.place, y - label.height / 2)
    rows = []
    for line in label.lines:
        rows.append(f'<tspan x="{number(left)}" y="{number(top + 14)}">{escape(line)}</tspan>')
        top += LINE
    for line in label.small:
        rows.append(f'<tspan class="small" x="{number(left)}" y="{number(top + 12)}">{escape(line)}</tspan>')
        top += SMALL_LINE
    return f'<text text-anchor="{anchor}">{"".join(rows)}</text>'


def _entry(label: PlateLabel) -> PlateEntry:
    if isinstance(label.named, DrawnPart):
        return PlateEntry(
            label.named.key, label.named.href, label.named.name, label.named.second_name, label.where
        )
    return PlateEntry("", "", label.named, "", label.where)


def number(value: float) -> str:
    """A coordinate with at most one decimal and no idle zeros."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
