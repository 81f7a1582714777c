"""What a picture of an exercise is: one movement from start to end, or one fault."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from figures.kit import Point, View, cross, strip, svg

FRAMES = 5  # pictures of a movement shown on request, start and end among them


class Movement(NamedTuple):
    """One look of an exercise. Steps of a ladder that look the same share it.

    name    exercise and rung
    view    what is shown; nothing is drawn outside of it
    at      draws the person a share of the way: 0 is the start, 1 the end with its arrows
    person  class of skin, hair and cloth: "", "b" or "c"
    round   the end leads on to the same movement again, as in a circle, not back the same way
    """

    name: str
    view: View
    at: Callable[[float], str]
    person: str = ""
    round: bool = False

    def pictures(self) -> Iterator[tuple[str, str]]:
        """Start, end, and the strip of frames between them."""
        yield f"{self.name}-start", svg(self.view, [self.at(0)], self.person)
        yield f"{self.name}-end", svg(self.view, [self.at(1)], self.person)
        last = FRAMES if self.round else FRAMES - 1
        frames = [self.at(frame / last) for frame in range(int(self.round), FRAMES + int(self.round))]
        yield (
            f"{self.name}-motion",
            strip(self.view, frames, f"{self.person} round" if self.round else self.person),
        )


class Fault(NamedTuple):
    """What goes wrong in an exercise, with a cross and a red arrow; the words stand beside it on the page.

    crossed  where the cross stands
    """

    name: str
    view: View
    drawn: Callable[[], str]
    crossed: Point
    person: str = ""

    def pictures(self) -> Iterator[tuple[str, str]]:
        """The one picture."""
        mark = cross(self.crossed, 0.08 * max(self.view.width, self.view.height))
        yield f"{self.name}-fault", svg(self.view, [self.drawn(), mark], self.person)


def between(start: float, end: float, share: float) -> float:
    """The number that lies `share` (0 to 1) of the way from start to end."""
    return start + (end - start) * share
