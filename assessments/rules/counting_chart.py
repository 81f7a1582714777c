"""Where the bars of a small trend stand: days as pairs of arch-topped bars on a floor line. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.rules.counting import CountedDay

# User units. The picture is never narrower than 15.5 rem on a phone of 320 px, so that 14 units stay above 12 px.
WIDTH, FLOOR, TALLEST, HEIGHT = 280.0, 128.0, 100.0, 168.0
MOST_DAYS = 6
BAR, GAP = 17.0, 3.0
# The full height stands for at least this number, so that small differences look small (design choice).
LEAST_AT_THE_TOP = 10


@dataclass(frozen=True)
class Bar:
    """One side of one day.

    path    the outline, standing on the floor
    x, y    where its number stands, centred
    """

    side: str
    value: int
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class TrendColumn:
    """One day: its date below, centred at x, and the bars of the sides that were counted."""

    day: CountedDay
    x: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class TrendChart:
    """A whole trend; the width and height are those of its view box."""

    columns: tuple[TrendColumn, ...]
    width: float = WIDTH
    height: float = HEIGHT
    floor: float = FLOOR


def chart_of(days: Sequence[CountedDay]) -> TrendChart:
    """The latest six days in equal steps, the oldest on the left; a side that was not counted leaves a gap."""
    shown = list(days)[-MOST_DAYS:]
    highest = max([LEAST_AT_THE_TOP, *(one.value for day in shown for one in day.counted)])
    step = WIDTH / max(len(shown), 2)
    return TrendChart(tuple(_column(day, step * (place + 0.5), highest) for place, day in enumerate(shown)))


def _column(day: CountedDay, x: float, highest: int) -> TrendColumn:
    bars = []
    for side, counted in day.sides:
        if counted:
            left = x - BAR - GAP / 2 if side == "left" else x + GAP / 2
            height = TALLEST * counted.value / highest
            top = FLOOR - height
            bars.append(Bar(side, counted.value, _arch(left, height), left + BAR / 2, round(top - 5, 1)))
    return TrendColumn(day, round(x, 1), tuple(bars))


def _arch(left: float, height: float) -> str:
    """A bar that is round on top; a low one is a flatter arch, nothing at all a line on the floor."""
    radius = BAR / 2
    rise = min(radius, height)
    x, shoulder = round(left, 1), round(FLOOR - height + rise, 1)
    return (
        f"M{x:g} {FLOOR:g}V{shoulder:g}"
        f"A{radius:g} {round(rise, 1):g} 0 0 1 {round(left + BAR, 1):g} {shoulder:g}V{FLOOR:g}Z"
    )
