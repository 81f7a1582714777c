"""Hip hinge and deadlift: from the left side, or a little from the front."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from scipy.spatial import ConvexHull

from figures.people.cast import CAST, person
from figures.people.geometry import Array
from figures.people.picture import Fault, Movement
from figures.people.pose import Pose
from figures.people.poses.props import bag, barbell, kettlebell, step, wall_behind
from figures.people.scene import Scene, View

NAME = "ben"
FROM_LEFT = View(yaw=80)
QUARTER = View(yaw=40, pitch=5)
NATURAL = 9.0  # degrees that a back still bends when it is held long
BAR_ON_FLOOR = 0.225  # the radius of its plates
Drawn = Movement | Fault


def pictures() -> Iterator[Drawn]:
    """Every picture of the exercise, and of what goes wrong in it."""
    tone = CAST[NAME].tone
    yield Movement("deadlift-stick_hinge", _stick, View(yaw=75), tone, marks=_hips_back)
    yield Movement("deadlift-bag_to_knee", _bag, FROM_LEFT, tone, marks=_down)
    lifts = {
        "from_block": partial(_kettlebell, low=0.24),
        "from_floor": partial(_kettlebell, low=0),
        "barbell_from_blocks": partial(_barbell, low=0.22),
        "barbell_from_floor": partial(_barbell, low=0),
    }
    for key, at in lifts.items():
        view = QUARTER if key.startswith("barbell") else View(yaw=58, pitch=5)
        yield Movement(f"deadlift-{key}", at, view, tone, marks=_up, telling=0)
    right = partial(_low, 0)
    for key, wrong, where in (
        ("round_back", partial(_low, 1), (0.3, 0.86, 0.05)),
        ("weight_in_front", partial(_low, 0, ahead=0.20, back=0.14), (0.3, 0.16, 0.55)),
        ("hips_low", partial(_low, 0, lean=38), (0.3, 0.42, -0.32)),
    ):
        yield Fault(f"deadlift-{key}", wrong, right, where, FROM_LEFT, tone)


def hanging(pose: Pose, *, ahead: float, wide: float) -> Array:
    """Both arms down from the shoulders, the wrists so far ahead and aside; the middle between the hands."""
    shoulder = pose.where("upperarm01.L")
    long = pose.body.length("upperarm01.L", "lowerarm01.L", "wrist.L")
    down = np.sqrt(long**2 - (shoulder[0] - wide) ** 2 - (ahead - shoulder[2]) ** 2) * 0.995
    pose.reach(at=(wide, shoulder[1] - down, ahead), elbow_to=(1, 0, -0.6), palm_inward=-70)
    pose.fingers(finger_flexion=70)
    return np.asarray((pose.where("finger3-1.L") + pose.where("finger3-1.R")) / 2)


def hinged(name: str, lean: float, *, deep: float = 0.075, wide: float = 0.22) -> Pose:
    """The hips pushed back, the knees a little bent, the back long."""
    body = person(name)
    back = 0.20 * np.sin(np.radians(lean))
    high = body.head["upperleg01.L"][1] - 0.012 - deep * lean / 60
    pose = Pose(body).place(hips=(0, high, -back), lean=lean)
    pose.stand(wide=wide, ahead=0.10, toes_out=5, kneecap_out=5)
    return pose.look(neck_flexion=-lean * 0.25)


def _stick(share: float) -> Scene:
    pose = hinged(NAME, 4 + 48 * share)
    turn = pose.skeleton()[0]["spine03"]
    low, high = _along_back(pose)
    upper, lower = low + (high - low) * 0.78, low + (high - low) * 0.30
    pose.reach("R", at=upper + turn @ [-0.08, 0, 0.0], elbow_to=turn @ [-1, 0.35, 0.1], palm_inward=-40)
    pose.reach("L", at=lower + turn @ [0.07, 0, -0.035], elbow_to=turn @ [1, -0.1, -0.5], palm_inward=-100)
    pose.fingers(finger_flexion=55)
    return wall_behind(Scene().person(pose).rod(low, high, 0.012), -0.44)


def _along_back(pose: Pose) -> tuple[Array, Array]:
    """Both ends of a straight line that touches head or shoulders, and the sacrum, from behind."""
    body = pose.body
    turns, places = pose.skeleton()
    limbs = ("upperarm", "shoulder", "lowerarm", "wrist", "finger", "metacarpal", "upperleg", "lowerleg")
    flat = (pose.skin()[body.share(*limbs) < 0.3] - places["spine03"]) @ turns["spine03"]
    flat = flat[np.abs(flat[:, 0]) < 0.04][:, 1:]
    hull = flat[ConvexHull(flat).vertices]
    behind = flat[:, 1].mean() * 2
    for a, c in zip(hull, np.roll(hull, -1, 0), strict=True):
        if (a[0] - 0.1) * (c[0] - 0.1) < 0 and a[1] + c[1] < behind:
            way = (c - a) * np.sign(c[0] - a[0]) / np.linalg.norm(c - a)
            low = (-0.30 - a[0]) / way[0]
            ends = (a + way * at + [0, -0.013] for at in (low, low + 1.05))
            low_end, high_end = (places["spine03"] + turns["spine03"] @ np.array([0, *end]) for end in ends)
            return low_end, high_end
    raise ValueError("no line touches the back")


def _bag(share: float) -> Scene:
    """Down the thighs to the knees, close to the legs all the way."""
    pose = hinged(NAME, 3 + 49 * share)
    knee, hip = pose.where("lowerleg01.L")[2], pose.where("upperleg01.L")[2]
    belly = hip + 0.24
    grip = hanging(pose, ahead=belly + (knee + 0.135 - belly) * share, wide=0.09)
    return bag(Scene().person(pose), grip)


def _hung_over(
    grip: Array, lean: float, *, wide: float, arms: float, rounded: float = NATURAL, back: float = 0
) -> Pose:
    """Bent over with the arms straight down to a grip: the trunk goes where the shoulders must be."""
    body = person(NAME)
    pose = Pose(body).place(hips=(0, 0, 0), lean=lean)
    pose.trunk(spine_flexion=rounded)
    shoulder = pose.where("upperarm01.L")
    long = body.length("upperarm01.L", "lowerarm01.L", "wrist.L") * 0.985
    down = np.sqrt(long**2 - (shoulder[0] - arms) ** 2)
    hips = np.array([0, grip[1] + 0.075 + down, grip[2] + 0.02 - back]) - [0, shoulder[1], shoulder[2]]
    pose.shift = pose.shift + hips
    pose.stand(wide=wide, ahead=0.10, toes_out=9, kneecap_out=12)
    pose.look(neck_flexion=-lean * 0.4)
    pose.reach(at=(arms, grip[1] + 0.075, grip[2]), elbow_to=(1, 0, -0.6), palm_inward=-70)
    return pose.fingers(finger_flexion=70)


def _lifted(
    share: float, low: Array, lean: float, *, wide: float, arms: float, ahead: float
) -> tuple[Pose, Array]:
    """From the grip below, at 0, to standing tall with it, at 1."""
    body = person(NAME)
    tall = Pose(body).place(hips=(0, body.head["upperleg01.L"][1] - 0.012, -0.03), lean=2)
    high = hanging(tall, ahead=ahead, wide=arms) * [0, 1, 1]
    if share == 1:
        tall.stand(wide=wide, ahead=0.10, toes_out=9, kneecap_out=10)
        return tall, high
    bottom = _hung_over(low, lean, wide=wide, arms=arms)
    hips = (1 - share) * _hips(bottom) + share * _hips(tall)
    pose = Pose(body).place(hips=hips, lean=lean + (2 - lean) * share)
    pose.trunk(spine_flexion=NATURAL * (1 - share))
    pose.stand(wide=wide, ahead=0.10, toes_out=9, kneecap_out=12)
    pose.look(neck_flexion=-lean * 0.4 * (1 - share))
    reach = low[2] + (ahead - low[2]) * share
    return pose, hanging(pose, ahead=reach, wide=arms) * [0, 1, 1]


def _hips(pose: Pose) -> Array:
    return np.asarray((pose.where("upperleg01.L") + pose.where("upperleg01.R")) / 2)


def _kettlebell(share: float, *, low: float) -> Scene:
    """From the floor or a block, between the feet."""
    lean = 50 if low else 56
    pose, grip = _lifted(share, np.array([0, low + 0.275, 0.09]), lean, wide=0.44, arms=0.06, ahead=0.235)
    scene = kettlebell(Scene().person(pose), grip + [0, -0.012, 0])
    return step(scene, (-0.12, -0.06), (0.12, 0.22), low) if low else scene


def _barbell(share: float, *, low: float) -> Scene:
    lean = 44 if low else 46
    at = low + BAR_ON_FLOOR
    pose, grip = _lifted(share, np.array([0, at, 0.10]), lean, wide=0.26, arms=0.27, ahead=0.20)
    scene = barbell(Scene().person(pose), grip + [0, -0.015, 0])
    if low:
        for side in (-1, 1):
            x = sorted((side * 0.38, side * 0.58))
            step(scene, (x[0], -0.02), (x[1], 0.22), low)
    return scene


def _low(rounded: float, *, lean: float = 58, ahead: float = 0.0, back: float = 0.0) -> Scene:
    """At the weight on the floor, as it should be or otherwise."""
    grip = np.array([0, 0.30, 0.10 + ahead])
    if rounded:
        pose = _hung_over(grip, 34, wide=0.36, arms=0.06, rounded=50)
    else:
        pose = _hung_over(grip, lean, wide=0.36, arms=0.06, back=back)
    return kettlebell(Scene().person(pose), grip + [0, -0.012, 0])


def _hips_back(scene: Scene) -> None:
    scene.arrow((0.3, 0.42, -0.12), (0.3, 0.42, -0.38))


def _down(scene: Scene) -> None:
    scene.arrow((0.3, 0.92, 0.58), (0.3, 0.66, 0.58))


def _up(scene: Scene) -> None:
    scene.arrow((0.75, 0.35, 0.2), (0.75, 0.62, 0.2))
