"""What a picture is: a scene, where it is seen from, and what is written of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from figures.people.drawing import FULL, SMALL, Crop, Frame, Style, drawn, extent, frame_of, svg
from figures.people.joints import PoseError
from figures.people.scene import Scene, View

FRAMES = 5  # of a movement, start and end among them
MOST = 5 * 1024  # bytes of a drawing, packed
MOST_SMALL = 1536


def _light(scene: Scene, view: View, frame: Frame, style: Style, *, floor: bool = True) -> tuple[str, str]:
    return drawn(scene, view, frame, style, floor=floor, most=MOST_SMALL if style.light else MOST)


@dataclass(frozen=True)
class Picture:
    """One still.

    tone  the classes that paint this person
    """

    name: str
    scene: Callable[[], Scene]
    view: View
    tone: str = ""
    crop: Crop | None = None
    style: Style = FULL
    floor: bool = True

    def files(self) -> Iterator[tuple[str, str]]:
        """Markup by name. Raises PoseError with the name of the picture."""
        try:
            scene = self.scene()
        except PoseError as error:
            raise PoseError(f"{self.name}: {error}") from error
        frame = frame_of(scene, self.view, self.crop)
        yield self.name, svg(*_light(scene, self.view, frame, self.style, floor=self.floor), self.tone)


@dataclass(frozen=True)
class Movement:
    """One look of an exercise, written as start, end, a small one for lists, and the frames between.

    at       the scene a share of the way: 0 is the start, 1 the end
    marks    adds arrows to the end
    near     the crop of the small one, where little of the body tells the movement
    telling  the share that lists show
    end      the share of the end picture, where the movement goes round
    round    the end leads on to the same movement again, as in a circle, not back the same way
    """

    name: str
    at: Callable[[float], Scene]
    view: View
    tone: str = ""
    marks: Callable[[Scene], object] | None = None
    crop: Crop | None = None
    near: Crop | None = None
    style: Style = FULL
    floor: bool = True
    telling: float | None = None
    end: float = 1
    round: bool = False

    def _scene(self, share: float) -> Scene:
        try:
            return self.at(share)
        except PoseError as error:
            raise PoseError(f"{self.name} at {share:.2f}: {error}") from error

    def files(self) -> Iterator[tuple[str, str]]:
        """Markup by name. Raises PoseError with the name of the picture."""
        cropped = self.near or self.crop
        small = replace(SMALL, stroked=cropped is None)
        end, last = self._scene(self.end), FRAMES if self.round else FRAMES - 1
        moving = [self._scene(frame / last) for frame in range(FRAMES)]
        if self.marks:
            self.marks(end)
        frame = _together([*moving, end], self.view, self.crop)
        telling = end if self.telling is None else self._scene(self.telling)
        close = _together([telling], self.view, cropped)
        stills = {
            "start": _light(moving[0], self.view, frame, self.style, floor=self.floor),
            "end": _light(end, self.view, frame, self.style, floor=self.floor),
        }
        box = max((box for _, box in stills.values()), key=_height)
        for name, (paths, _) in stills.items():
            yield f"{self.name}-{name}", svg(paths, box, self.tone)
        in_lists = _light(telling, self.view, close, small, floor=self.floor)
        yield f"{self.name}-small", svg(*in_lists, f"{self.tone} lite")
        yield f"{self.name}-motion", self._strip(moving, frame)

    def _strip(self, scenes: list[Scene], frame: Frame) -> str:
        """Frames beside each other, three widths apart; the stylesheet shows one after the other."""
        style = replace(SMALL, units=140, pixels=340, stroked=self.crop is None)
        frames = [drawn(scene, self.view, frame, style, floor=False) for scene in scenes]
        box = frames[0][1]
        width = float(box.split()[2])
        beside = "".join(
            f'<g transform="translate({3 * width * place:g} 0)">{paths}</g>'
            for place, (paths, _) in enumerate(frames)
        )
        return svg(f"<g>{beside}</g>", box, f"{self.tone} lite moving{' round' if self.round else ''}")


@dataclass(frozen=True)
class Fault:
    """What goes wrong, crossed out, and the right thing in the same view; both small.

    at       the middle of the cross, in the world
    """

    name: str
    wrong: Callable[[], Scene]
    right: Callable[[], Scene]
    at: tuple[float, float, float]
    view: View
    tone: str = ""
    crop: Crop | None = None

    def files(self) -> Iterator[tuple[str, str]]:
        """Markup by name. Raises PoseError with the name of the picture."""
        try:
            wrong, right = self.wrong(), self.right()
        except PoseError as error:
            raise PoseError(f"{self.name}: {error}") from error
        left, bottom, right_edge, top = _together([wrong, right], self.view, self.crop)
        wrong.cross(self.at, self.view, 0.045 * max(right_edge - left, top - bottom))
        frame = _together([wrong, right], self.view, self.crop)
        style = replace(SMALL, units=130, stroked=self.crop is None)
        for name, scene in (("fault", wrong), ("right", right)):
            yield f"{self.name}-{name}", svg(*_light(scene, self.view, frame, style), f"{self.tone} lite")


def _height(box: str) -> float:
    return float(box.split()[3])


def _together(scenes: list[Scene], view: View, crop: Crop | None) -> Frame:
    """One frame that shows all of them."""
    each = np.array([extent(scene, view) for scene in scenes])
    whole = (*each[:, :2].min(0).tolist(), *each[:, 2:].max(0).tolist())
    left, bottom, right, top = (
        edge if cut is None else cut for cut, edge in zip(crop or (None,) * 4, whole, strict=True)
    )
    return left, bottom, right, top
