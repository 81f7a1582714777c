"""Short foot: the right foot from its inner side."""

from collections.abc import Iterator
from functools import partial

from figures.people.body import Body
from figures.people.cast import CAST, person
from figures.people.drawing import Style
from figures.people.geometry import Array, X, rotation
from figures.people.picture import Fault, Movement
from figures.people.pose import Pose
from figures.people.poses.props import seat_edge
from figures.people.scene import Scene, View

NAME = "karl"
INNER_RIGHT = View(yaw=90, light=(0.35, 0.75, 0.55))
RELAXED, LIFTED = 6.0, 34.0  # height of the inner arch, millimetres; larger than life
SHORTER = 24.0  # millimetres, larger than life
STYLE = Style(units=200, pixels=460)
Drawn = Movement | Fault


def pictures() -> Iterator[Drawn]:
    """Every picture of the exercise."""
    tone = CAST[NAME].tone
    for key, at, crop in (
        ("sitting", _sitting, (-0.70, None, -0.10, 0.62)),
        ("standing", _standing, (-0.31, None, 0.12, 0.28)),
        ("on_one_leg", _on_one_leg, (-0.34, None, 0.52, 0.40)),
    ):
        marks = partial(_foot_shortens, ahead=0.37 if key == "sitting" else 0)
        yield Movement(f"short_foot-{key}", at, INNER_RIGHT, tone, marks=marks, crop=crop, style=STYLE)
    yield Fault(
        "short_foot-toes_curl",
        partial(_foot, curled=58),
        _foot,
        (0, 0.075, 0.15),
        INNER_RIGHT,
        tone,
        crop=(-0.22, None, 0.03, 0.16),
    )


def _shortening(share: float) -> Body:
    """The person with their feet a share of the way to short."""
    arch = RELAXED + (LIFTED - RELAXED) * share
    return person(NAME, (arch, arch), SHORTER * share)


def _upright(share: float) -> Pose:
    body = _shortening(share)
    pose = Pose(body).place(hips=(0, body.head["upperleg01.L"][1] - 0.006, 0))
    return pose.stand(wide=0.2, ahead=0.13, toes_out=0)


def _standing(share: float) -> Scene:
    return Scene().person(_upright(share), only="R", kneecaps="")


def _foot(*, curled: float = 0) -> Scene:
    pose = _upright(1)
    if curled:
        for toe in range(1, 6):
            bone = f"toe{toe}-1.R"
            pose.outright[bone] = pose.outright[bone] @ _bent(curled * 0.5)
            for joint in (2, 3):
                if f"toe{toe}-{joint}.R" in pose.body.parent:
                    pose.relative[f"toe{toe}-{joint}.R"] = _bent(curled)
        pose.shift = pose.shift + [0, 0.006, 0]
    return Scene().person(pose, only="R", kneecaps="")


def _bent(degrees: float) -> Array:
    return rotation(X, degrees)


def _sitting(share: float) -> Scene:
    pose = Pose(_shortening(share)).place(hips=(0, 0.555, -0.05), lean=-4)
    pose.stand(wide=0.2, ahead=0.50, toes_out=0)
    return seat_edge(Scene().person(pose, only="R", kneecaps=""), 0.19)


def _on_one_leg(share: float) -> Scene:
    """The other foot hangs behind the standing one."""
    pose = _upright(share)
    pose.leg("L", hip_flexion=0, hip_abduction=0, knee_flexion=52, ankle_up=-18)
    scene = Scene().person(pose, kneecaps="")
    scene.soles = True
    return scene


def _foot_shortens(scene: Scene, *, ahead: float) -> None:
    """The ball of the big toe goes towards the heel."""
    scene.arrow((0, 0.075, 0.285 + ahead), (0, 0.075, 0.185 + ahead))
