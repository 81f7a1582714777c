"""Where the arches of a progress chart stand. Pure geometry: one mark after the other -> paths and labels.

An arch is a workout, as high as its set with the fewest repetitions. It stands on a stair: a harder step or more weight
raises the floor, so that beginning on it with fewer repetitions looks like no fall. Sides that were always equal are
one row of arches, others a row each, Left above Right, on one scale. No label stands over or under an arch that is not
its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

# User units. On a phone of 320 px the picture is 288 px wide, so that 14 units stay above 12 px.
WIDTH, FOR_NAME = 320.0, 48.0
TALLEST, STAIR, ALL_STAIRS = 24.0, 10.0, 40.0
WIDEST, FILLED = 16.0, 0.78
LETTER, CAPITAL, LINE, APART = 7.8, 11.0, 16.0, 6.0
"""A letter's width, its height and a line's, 14 units high as in the stylesheet; and what keeps labels and rows apart."""
GAP = 20.0
"""How high the dots of a gap reach."""
MOST_MARKS = 60
"""So many arches are still wider than the gaps between them."""


@dataclass(frozen=True)
class ChartMark:
    """A workout, or a gap where nothing was done.

    done   {side: repetitions} with left and right, or both; empty: a gap
    stair  on which it stands, from 0
    """

    done: Mapping[str, int] = field(default_factory=dict)
    stair: int = 0
    lighter: bool = False


@dataclass(frozen=True)
class ChartShape:
    """A path and the class that paints it: l, r, easy (a lighter workout), gap, base (the floor)."""

    look: str
    path: str


@dataclass(frozen=True)
class ChartLabel:
    """A text with its baseline at y, whose left end is at x."""

    text: str
    x: float
    y: float

    @property
    def end(self) -> float:
        """Its right end, at most nearly."""
        return self.x + len(self.text) * LETTER


@dataclass(frozen=True)
class ChartRow:
    """The arches of one side, or of both, with the first and the latest number; name: Left, Right or nothing."""

    shapes: tuple[ChartShape, ...]
    numbers: tuple[ChartLabel, ...]
    name: tuple[ChartLabel, ...]


@dataclass(frozen=True)
class StairChart:
    """A whole picture; width and height are those of its view box."""

    rows: tuple[ChartRow, ...]
    ticks: tuple[ChartLabel, ...]
    height: float
    width: float = WIDTH


def chart_of(marks: Sequence[ChartMark], ticks: Iterable[tuple[int, str]] = ()) -> StairChart:
    """The picture of one exercise.

    marks  oldest first
    ticks  (number of a mark, text) for the time axis, the most important first; those that would touch are left out
    """
    scale = _Scale.of(marks)
    rows: list[ChartRow] = []
    floor = 0.0
    for side in ("left", "right") if _differ(marks) else ("",):
        row = _Row(side, marks, scale)
        floor += row.height + (APART if rows else 0)
        rows.append(row.on(floor))
    axis = floor + LINE + 2
    labels = (ChartLabel(text, scale.pitch * number, axis) for number, text in ticks)
    return StairChart(tuple(rows), tuple(_apart(labels)), height=axis + 4)


def ticks_of(days: Sequence[date]) -> list[tuple[int, str]]:
    """What to write under marks of these days: dates for some weeks, months for some years, years for more."""
    if not days:
        return []
    span = (days[-1] - days[0]).days
    if span <= 120:
        return [(number, f"{day.day} {day:%b}") for number, day in enumerate(days)]
    years = [(day.year,) for day in days]
    months = [(day.year, day.month) for day in days]
    periods: Sequence[tuple[int, ...]] = months if span <= 900 else years
    new = [number for number, period in enumerate(periods) if number == 0 or period != periods[number - 1]]
    named = [(number, f"{days[number]:%Y}") for number in new if years[number] != years[max(number - 1, 0)]]
    return [
        *named,
        *((number, f"{days[number]:%b}" if periods is months else f"{days[number]:%Y}") for number in new),
    ]


@dataclass(frozen=True)
class _Scale:
    """How far marks stand apart, and how many units a repetition and a stair are high."""

    pitch: float
    repetition: float
    stair: float

    @classmethod
    def of(cls, marks: Sequence[ChartMark]) -> "_Scale":
        highest = max([1, *(value for mark in marks for value in mark.done.values())])
        stairs = max([1, *(mark.stair for mark in marks)])
        return cls(
            pitch=min(WIDEST, (WIDTH - FOR_NAME) / max(len(marks), 1)),
            repetition=TALLEST / highest,
            stair=min(STAIR, ALL_STAIRS / stairs),
        )


def _differ(marks: Iterable[ChartMark]) -> bool:
    """Whether left and right were ever not the same."""
    return any(mark.done.get("left") != mark.done.get("right") for mark in marks)


def _value(mark: ChartMark, side: str) -> int | None:
    if side:
        return mark.done.get(side, mark.done.get("both"))
    return next(iter(mark.done.values()), None)


class _Row:
    """The arches of one side before they have their place: heights are those above the lowest stair."""

    def __init__(self, side: str, marks: Sequence[ChartMark], scale: _Scale) -> None:
        self.side, self.marks, self.scale = side, marks, scale
        self.floors = [mark.stair * scale.stair for mark in marks]
        self.values = [_value(mark, side) for mark in marks]
        self.tops = [
            floor + (GAP if value is None else value * scale.repetition)
            for floor, value in zip(self.floors, self.values, strict=True)
        ]
        self.numbers = self._numbers()
        self.name = self._name()

    @property
    def height(self) -> float:
        """How much room it needs."""
        labels = (label.y + CAPITAL for label in (*self.numbers, *self.name))
        return max([GAP, *self.tops, *labels])

    def on(self, bottom: float) -> ChartRow:
        """The row with its lowest stair at y = bottom."""
        shapes = [self._shape(number, bottom) for number in range(len(self.marks))]
        numbers, name = (
            tuple(ChartLabel(label.text, label.x, bottom - label.y) for label in labels)
            for labels in (self.numbers, self.name)
        )
        return ChartRow((*shapes, ChartShape("base", self._ground(bottom))), numbers, name)

    def _numbers(self) -> list[ChartLabel]:
        """The latest number, on the floor behind the arches, and the first, above those it is as wide as."""
        pitch = self.scale.pitch
        done = [number for number, value in enumerate(self.values) if value is not None]
        if not done:
            return []
        first, last = (str(self.values[number]) for number in (done[0], done[-1]))
        end = ChartLabel(last, WIDTH - len(last) * LETTER - 2, self.floors[-1] + 5)
        if len(done) == 1:
            return [end]
        begin = ChartLabel(first, done[0] * pitch + 1, 0)
        under = (
            top for number, top in enumerate(self.tops) if done[0] <= number and number * pitch < begin.end
        )
        return [ChartLabel(first, begin.x, max(under) + 4), end]

    def _name(self) -> list[ChartLabel]:
        """Left or Right, behind the arches, over the latest number."""
        name = self.side.capitalize()
        return [ChartLabel(name, WIDTH - len(name) * LETTER - 2, self.floors[-1] + 5 + LINE)] if name else []

    def _shape(self, number: int, bottom: float) -> ChartShape:
        left, floor = number * self.scale.pitch, bottom - self.floors[number]
        value = self.values[number]
        if value is None:
            return ChartShape("gap", f"M{_n(left + self.scale.pitch / 2)} {_n(floor - 4)}v-{GAP - 4:g}")
        look = "easy" if self.marks[number].lighter else "r" if self.side == "right" else "l"
        return ChartShape(look, _arch(left, self.scale.pitch, floor, value * self.scale.repetition))

    def _ground(self, bottom: float) -> str:
        """The floor with its stairs."""
        path, before = "", None
        for number, floor in enumerate(self.floors or [0]):
            if floor != before:
                path += (
                    f"H{_n(number * self.scale.pitch)}V{_n(bottom - floor)}"
                    if path
                    else f"M0 {_n(bottom - floor)}"
                )
            before = floor
        return f"{path}H{WIDTH:g}"


def _arch(left: float, pitch: float, floor: float, height: float) -> str:
    """A bar that is round on top; a low one is a flatter arch, nothing at all a line on the floor."""
    width = pitch * FILLED
    left += (pitch - width) / 2
    radius = width / 2
    rise = min(radius, height)
    shoulder = _n(floor - height + rise)
    return f"M{_n(left)} {_n(floor)}V{shoulder}a{_n(radius)} {_n(rise)} 0 0 1 {_n(width)} 0V{_n(floor)}Z"


def _apart(labels: Iterable[ChartLabel]) -> list[ChartLabel]:
    """The labels that touch none of those before them and leave the picture nowhere, from left to right."""
    kept: list[ChartLabel] = []
    for label in labels:
        if label.end <= WIDTH and all(
            label.end + APART <= other.x or other.end + APART <= label.x for other in kept
        ):
            kept.append(label)
    return sorted(kept, key=lambda label: label.x)


def _n(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{round(value, 1):g}"
