"""Where the arches and lines of a progress chart stand. Pure geometry: places in time -> coordinates.

Done is filled, planned is a dashed arch around it; left and right stand as a pair. Where there is no room for
arches, each side becomes a line. A place without a mark stays empty, so that a gap looks like one.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# User units. In a card on a phone of 320 px the picture is 248 px wide, so that 14 units stay above 12 px.
WIDTH, FLOOR, TALLEST = 280.0, 126.0, 98.0
HEIGHT, HEIGHT_WITH_LOAD = 154.0, 208.0
LOAD_FLOOR, LOAD_RISE = 202.0, 16.0
FEWEST_PLACES = 4
WIDEST_BAR, THINNEST_BAR, GAP, AROUND, BETWEEN, EDGE = 17.0, 3.5, 2.0, 2.0, 4.0, 8.0
LETTER = 7.8
"""The width of a letter or digit of a label, at most nearly: 14 units high, as in the stylesheet."""


@dataclass(frozen=True)
class ChartMark:
    """What stands at one place.

    place   from 0, oldest first
    done    {side: repetitions} with left and right, or both
    step    a key that changes where another step begins
    load    a weight in grams with its label
    reach   a line that leaves here ends where more than so many places follow without a mark; None: as the chart says
    """

    place: int
    done: Mapping[str, float] = field(default_factory=dict)
    target: int | None = None
    step: str = ""
    load: tuple[int, str] | None = None
    lighter: bool = False
    reach: int | None = None


@dataclass(frozen=True)
class ChartShape:
    """A path and the class that colours it: l, r, t (planned), ll and rl (lines), w (weight)."""

    look: str
    path: str


@dataclass(frozen=True)
class ChartLabel:
    """A text centred at x with its baseline at y."""

    text: str
    x: float
    y: float

    @property
    def reach(self) -> tuple[float, float]:
        """Its left and right end."""
        half = len(self.text) * LETTER / 2
        return self.x - half, self.x + half


@dataclass(frozen=True)
class CourseChart:
    """A whole picture; width and height are those of its view box.

    steps    x of the dotted lines where another step begins
    lighter  x of the dots under lighter workouts
    """

    shapes: tuple[ChartShape, ...]
    numbers: tuple[ChartLabel, ...]
    ticks: tuple[ChartLabel, ...]
    steps: tuple[float, ...]
    lighter: tuple[float, ...]
    height: float
    width: float = WIDTH
    floor: float = FLOOR
    as_lines: bool = False


def chart_of(
    marks: Sequence[ChartMark], *, places: int, ticks: Iterable[tuple[int, str]], breaks_after: int = 1
) -> CourseChart:
    """The picture of one exercise.

    places        how many places there are, empty ones too
    ticks         (place, text) for the time axis; those that would touch are left out
    breaks_after  a line ends where more than so many places follow without a mark
    """
    step = (WIDTH - 2 * EDGE) / max(places, FEWEST_PLACES)
    bar = _bar_width(marks, step)
    as_lines = bar < THINNEST_BAR
    highest = max([1, *(v for mark in marks for v in (*mark.done.values(), mark.target or 0))])
    spots = [_Spot(mark, EDGE + step * (mark.place + 0.5), TALLEST / highest) for mark in marks]
    shapes = _lines(spots, breaks_after) if as_lines else [s for spot in spots for s in _arches(spot, bar)]
    loads = [spot for spot in spots if spot.mark.load]
    return CourseChart(
        shapes=(*shapes, *_load_lane(loads)),
        numbers=(*_numbers(spots, as_lines), *_load_labels(loads, as_lines)),
        ticks=tuple(_ticks(ticks, step)),
        steps=tuple(_step_lines(spots, step)),
        lighter=tuple(round(spot.x, 1) for spot in spots if spot.mark.lighter),
        height=HEIGHT_WITH_LOAD if loads else HEIGHT,
        as_lines=as_lines,
    )


@dataclass(frozen=True)
class _Spot:
    """A mark where it stands: x of its middle, and how many units one repetition is high."""

    mark: ChartMark
    x: float
    unit: float

    def y(self, value: float) -> float:
        return FLOOR - value * self.unit

    @property
    def top(self) -> float:
        return self.y(max([*self.mark.done.values(), self.mark.target or 0], default=0))


def _bar_width(marks: Sequence[ChartMark], step: float) -> float:
    """As wide as the two marks that are nearest allow, and the edge of the picture."""
    places = sorted(mark.place for mark in marks)
    nearest = min((b - a for a, b in itertools.pairwise(places)), default=FEWEST_PLACES)
    room = min(step * nearest, 2 * EDGE + step + BETWEEN)
    return min(WIDEST_BAR, (room - GAP - 2 * AROUND - BETWEEN) / 2)


def _arches(spot: _Spot, bar: float) -> list[ChartShape]:
    """The pair of one place, or one arch for both sides, within the dashed arch of what was planned."""
    alone = not {"left", "right"} & set(spot.mark.done)
    half = bar * 0.85 if alone else bar + GAP / 2
    shapes = []
    if spot.mark.target:
        top = spot.y(spot.mark.target) - AROUND
        shapes.append(ChartShape("t", _outline(spot.x - half - AROUND, 2 * (half + AROUND), top)))
    for side, value in spot.mark.done.items():
        if side == "both":
            shapes.append(ChartShape("l", _arch(spot.x - half, 2 * half, spot.y(value))))
        else:
            left = spot.x - half if side == "left" else spot.x + GAP / 2
            shapes.append(ChartShape("l" if side == "left" else "r", _arch(left, bar, spot.y(value))))
    return shapes


def _arch(left: float, width: float, top: float) -> str:
    """A bar that is round on top; a low one is a flatter arch, nothing at all a line on the floor."""
    radius = width / 2
    rise = min(radius, FLOOR - top)
    corner = f"A{_n(radius)} {_n(rise)} 0 0 1"
    return (
        f"M{_n(left)} {_n(FLOOR)}V{_n(top + rise)}{corner} {_n(left + width)} {_n(top + rise)}V{_n(FLOOR)}Z"
    )


def _outline(left: float, width: float, top: float) -> str:
    """The open dashed arch of what was planned."""
    radius = min(width / 2, WIDEST_BAR)
    rise = min(radius, FLOOR - top)
    return (
        f"M{_n(left)} {_n(FLOOR)}V{_n(top + rise)}A{_n(radius)} {_n(rise)} 0 0 1 {_n(left + radius)} {_n(top)}"
        f"h{_n(width - 2 * radius)}A{_n(radius)} {_n(rise)} 0 0 1 {_n(left + width)} {_n(top + rise)}V{_n(FLOOR)}"
    )


def _lines(spots: Sequence[_Spot], breaks_after: int) -> list[ChartShape]:
    """A line for each side, right below left; planned as a dashed line where it is known."""
    lines: list[tuple[str, list[tuple[_Spot, float]]]] = [
        ("t", [(spot, spot.mark.target) for spot in spots if spot.mark.target]),
        ("rl", [(spot, spot.mark.done["right"]) for spot in spots if "right" in spot.mark.done]),
        (
            "ll",
            [
                (spot, spot.mark.done.get("left", spot.mark.done.get("both", 0)))
                for spot in spots
                if {"left", "both"} & set(spot.mark.done)
            ],
        ),
    ]
    return [ChartShape(look, _path(points, breaks_after)) for look, points in lines if points]


def _path(points: Sequence[tuple[_Spot, float]], breaks_after: int) -> str:
    """Through all points, broken where marks are missing; a point alone is a dot.

    While the value stays the same only the ends are named: years of them would be most of the page.
    """
    path: list[str] = []
    level: list[float] = []  # the values since the line began or the value changed
    before: ChartMark | None = None
    for spot, value in points:
        reach = breaks_after if before is None or before.reach is None else before.reach
        joins = before is not None and spot.mark.place - before.place <= reach
        level = [*level, value] if joins and level[-1] == value else [value]
        if len(level) > 2:
            path.pop()
        at = f"{_n(spot.x)} {_n(spot.y(value))}"
        path.append(f"L{at}" if joins else f"M{at}h0")
        before = spot.mark
    return "".join(path)


def _step_lines(spots: Sequence[_Spot], step: float) -> list[float]:
    """Where another step begins: between the mark before and the first one on it."""
    done = [spot for spot in spots if spot.mark.done]
    return [
        round(max((before.x + after.x) / 2, after.x - step), 1)
        for before, after in itertools.pairwise(done)
        if before.mark.step != after.mark.step
    ]


# --- labels --------------------------------------------------------------------------------------


def _numbers(spots: Sequence[_Spot], as_lines: bool) -> list[ChartLabel]:  # noqa: FBT001  (how it is drawn)
    """The numbers over the arches, as many as stand apart: the last, the first, each new step, then the others.

    Over lines the last and the first.
    """
    done = [spot for spot in spots if spot.mark.done]
    new = [after for before, after in itertools.pairwise(done) if before.mark.step != after.mark.step]
    others = [] if as_lines else [*new, *reversed(done)]
    return _apart(_inside(_values(spot), spot.x, spot.top - 7) for spot in (*done[-1:], *done[:1], *others))


def _values(spot: _Spot) -> str:
    return "/".join(str(value) for value in dict.fromkeys(spot.mark.done.values()))


def _ticks(ticks: Iterable[tuple[int, str]], step: float) -> list[ChartLabel]:
    return _apart(_inside(text, EDGE + step * (place + 0.5), FLOOR + 22) for place, text in ticks)


def _inside(text: str, x: float, y: float) -> ChartLabel:
    """A label moved so far that it does not leave the picture."""
    half = len(text) * LETTER / 2
    return ChartLabel(text, round(min(max(x, half), WIDTH - half), 1), round(y, 1))


def _apart(labels: Iterable[ChartLabel], room: float = 3.0) -> list[ChartLabel]:
    """The labels that touch none of those before them, from left to right."""
    kept: list[ChartLabel] = []
    for label in labels:
        start, end = label.reach
        if all(end + room <= other.reach[0] or other.reach[1] + room <= start for other in kept):
            kept.append(label)
    return sorted(kept, key=lambda label: label.x)


# --- weight --------------------------------------------------------------------------------------


def _load_heights(spots: Sequence[_Spot]) -> dict[int, float]:
    """{place: y} in the lane of weights below the dates; equal weights stand in its middle."""
    grams = [spot.mark.load[0] for spot in spots if spot.mark.load]
    lightest, heaviest = min(grams), max(grams)
    span = heaviest - lightest
    return {
        spot.mark.place: LOAD_FLOOR - (LOAD_RISE * (spot.mark.load[0] - lightest) / span if span else 0)
        for spot in spots
        if spot.mark.load
    }


def _load_lane(spots: Sequence[_Spot]) -> list[ChartShape]:
    """The weight as a line of stairs."""
    if not spots:
        return []
    heights = _load_heights(spots)
    first = spots[0]
    path = f"M{_n(first.x)} {_n(heights[first.mark.place])}h0"
    for spot in spots[1:]:
        path += f"H{_n(spot.x)}V{_n(heights[spot.mark.place])}"
    return [ChartShape("w", path)]


def _load_labels(spots: Sequence[_Spot], as_lines: bool) -> list[ChartLabel]:  # noqa: FBT001  (how it is drawn)
    """The last weight that was new, the first, and each change that has room; beside lines the first two only."""
    if not spots:
        return []
    heights = _load_heights(spots)
    changed = [after for before, after in itertools.pairwise(spots) if before.mark.load != after.mark.load]
    named = [*changed[-1:], spots[0], *([] if as_lines else changed)]
    return _apart(
        _inside(spot.mark.load[1], spot.x, heights[spot.mark.place] - 7) for spot in named if spot.mark.load
    )


def _n(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{round(value, 1):g}"
