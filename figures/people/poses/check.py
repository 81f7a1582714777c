"""Pictures of the mirror check: answers, do pages, results and home.

Seen from the front they are mirror images: the person's left leg is on the left of the picture. Between two answers
only what is asked differs, and nothing points at it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

from figures.people.body import FLAT, HIGH, LOW, USUAL
from figures.people.cast import CAST, person
from figures.people.drawing import Style
from figures.people.picture import Picture
from figures.people.pose import Pose
from figures.people.poses.props import chair, mat, seat_edge, wall_ahead, wall_beside
from figures.people.scene import Paint, Scene, View

KNEE_TURN = {"in": -34, "forward": 0, "out": 36}  # degrees that a kneecap looks outward, larger than life
TOE_TURN = {"in": -22, "straight": 2, "out": 30}
ARCH = {"flat": FLAT, "low": 7.5, "normal": 20.0, "high": 43.0}  # the steps larger than life
ROLL_IN = {FLAT: 8, 7.5: 4, 20.0: 0, 43.0: -4.5}  # degrees that the foot tips inward with such an arch
MIRROR = View(pitch=9, mirror=True)
INNER = {  # the inner side of a foot, the toes away from the heel as one sees them in the mirror
    "left": View(yaw=-90, light=(-0.35, 0.75, 0.55)),
    "right": View(yaw=90, light=(0.35, 0.75, 0.55)),
}
ASIDE = View(yaw=90, pitch=14)  # the inner side of the foot further from the mirror shows
FROM_ABOVE = View(pitch=42, mirror=True, light=(-0.45, 0.1, 0.88))
SIDE = {"left": "L", "right": "R"}
ANSWER = Style(units=150, pixels=460, soft=2.2, tolerance=0.8, light=True, pad=4)


def pictures() -> Iterator[Picture]:
    """Every picture of the check."""
    yield from _answers()
    yield from _do_pages()
    yield from _results()
    yield from _home()


def upright(name: str, arches: tuple[float, float] = (USUAL, USUAL), sink: float = 0.006) -> Pose:
    """Standing, the hips a touch below straight."""
    body = person(name, arches)
    return Pose(body).place(hips=(0, body.head["upperleg01.L"][1] - sink, 0))


def hands_on_pelvis(pose: Pose) -> Pose:
    """Fingers on the bony points at the front of the pelvis."""
    hip = pose.where("upperleg01.L")
    pose.reach(at=(hip[0] + 0.115, hip[1] + 0.075, 0.09), elbow_to=(1, 0.1, -0.7), palm_inward=-60)
    pose.hand(along=(-0.80, -0.42, 0.42), palm=(-0.35, 0.1, -0.93))
    return pose.fingers(finger_flexion=14)


# -- answers --------------------------------------------------------------------------------------------


def _answers() -> Iterator[Picture]:
    for side, (answer, turn) in product(SIDE, KNEE_TURN.items()):
        yield Picture(
            f"knee-{side}-{answer}",
            partial(_one_knee, SIDE[side], turn),
            MIRROR,
            CAST["ben"].tone,
            crop=(-0.25, 0.30, 0.15, 0.70) if side == "left" else (-0.15, 0.30, 0.25, 0.70),
            style=ANSWER,
        )
    for side, (answer, turn) in product(SIDE, TOE_TURN.items()):
        yield Picture(
            f"toes-{side}-{answer}",
            partial(_toes, SIDE[side], turn),
            FROM_ABOVE,
            CAST["ruth"].tone,
            crop=(-0.21, None, 0.14, 0.17) if side == "left" else (-0.14, None, 0.21, 0.17),
            style=ANSWER,
        )
    for side, (answer, millimetres) in product(SIDE, ARCH.items()):
        yield Picture(
            f"arch-{side}-{answer}",
            partial(_one_foot, SIDE[side], millimetres),
            INNER[side],
            crop=(None, None, None, 0.20),
            style=ANSWER,
        )
    for answer, millimetres in ARCH.items():
        yield Picture(
            f"arch-front-{answer}",
            partial(_from_the_front, millimetres),
            View(pitch=4, mirror=True),
            crop=(-0.15, None, 0.15, 0.19),
            style=ANSWER,
        )
    for side, answer in product(SIDE, ("present", "absent")):
        seen = HIGH if answer == "present" else FLAT
        yield Picture(
            f"tiptoe-{side}-{answer}",
            partial(_tiptoe_foot, SIDE[side], seen),
            INNER[side],
            crop=(None, None, None, 0.26),
            style=ANSWER,
        )
        yield Picture(
            f"sit-{side}-{answer}",
            partial(_sitting_foot, SIDE[side], HIGH if answer == "present" else FLAT),
            INNER[side],
            crop=(0.11, None, None, 0.55) if side == "left" else (None, None, -0.11, 0.55),
            style=ANSWER,
        )


def _one_knee(side: str, turn: float) -> Scene:
    pose = upright("ben", sink=0.01)
    pose.stand("LR", wide=0.25, ahead=0.13, toes_out=2, kneecap_out=0)
    pose.stand(side, wide=0.25, ahead=0.13, toes_out=2, kneecap_out=turn)
    scene = Scene().person(pose, only=side, kneecaps=side, kneecap_size=1.6)
    return scene.ghost(pose, _other(side))


def _toes(side: str, turn: float) -> Scene:
    """One foot on the floor, beside the other, which stands straight."""
    pose = upright("ruth").stand(wide=0.19, ahead=0.13, toes_out=2)
    scene = Scene().ghost(pose, _other(side), Paint.WALL)
    pose.stand(side, wide=0.19, ahead=0.13, toes_out=turn, kneecap_out=turn * 0.4)
    scene.person(pose, only=side, kneecaps="")
    return mat(scene, (-0.4, -0.12), (0.4, 0.32))


def _other(side: str) -> str:
    return "R" if side == "L" else "L"


def _one_foot(side: str, arch: float) -> Scene:
    pose = upright("ana", (arch, arch)).stand(wide=0.2, ahead=0.13, toes_out=0)
    return Scene().person(pose, only=side, kneecaps="")


def _from_the_front(arch: float) -> Scene:
    """Both feet: the lower the arches, the further heel and ankle lean in."""
    pose = upright("ana", (arch, arch)).stand(wide=0.16, ahead=0.13, toes_out=2, roll_in=ROLL_IN[arch])
    scene = Scene().person(pose, kneecaps="")
    scene.soles = True
    return scene


def _tiptoe_foot(side: str, arch: float) -> Scene:
    body = person("ana", (arch, arch))
    pose = Pose(body).place(hips=(0, body.head["upperleg01.L"][1] + 0.06, 0.06))
    pose.stand(wide=0.2, ahead=0.13, toes_out=0, heel_up=34)
    return Scene().person(pose, only=side, kneecaps="")


def _sitting_foot(side: str, arch: float) -> Scene:
    pose = Pose(person("ana", (arch, arch))).place(hips=(0, 0.53, -0.05), lean=-4)
    pose.stand(wide=0.2, ahead=0.46, toes_out=2)
    return seat_edge(Scene().person(pose, only=side, kneecaps=""), 0.17)


# -- the person at the mirror ---------------------------------------------------------------------------

HALF = (None, None, None, 1.06)
HALF_STYLE = Style(units=240)


def at_mirror(
    name: str,
    left: float | None,
    right: float | None,
    *,
    toes_out: float = 2,
    arches: tuple[float, float] = (USUAL, USUAL),
) -> Pose:
    """Feet lined up, hands on the pelvis; each kneecap looks so far outward."""
    pose = upright(name, arches, sink=0.01)
    for side, turn in zip("LR", (left, right), strict=True):
        pose.stand(side, wide=0.25, ahead=0.13, toes_out=toes_out, kneecap_out=turn or 0)
    return hands_on_pelvis(pose)


def _do_pages() -> Iterator[Picture]:
    """Most have a second picture, of what to look at, nearer."""

    def shown(name: str, cast: str, scene: partial[Scene], view: View = MIRROR, **how: object) -> Picture:
        return Picture(f"do-{name}", scene, view, CAST[cast].tone, **how)  # type: ignore[arg-type]

    near = Style(units=200, pixels=460, soft=2.2, tolerance=0.8, pad=4)
    knees, feet = (-0.31, 0.32, 0.31, 0.61), (-0.30, None, 0.30, 0.30)
    yield shown("notice", "mei", partial(_notice), crop=knees, style=near)
    yield shown("notice-near", "mei", partial(_notice), View(pitch=26, mirror=True), crop=feet, style=near)
    yield shown("set-up", "mei", partial(_set_up), crop=(-0.33, 0.62, 0.33, 0.98), style=near)
    yield shown("set-up-near", "mei", partial(_set_up), crop=(-0.33, None, 0.33, 0.55), style=near)
    yield shown("turn-out", "mei", partial(_set_up, -27, arrows=True), crop=knees, style=near)
    yield shown(
        "turn-out-whole",
        "mei",
        partial(_set_up, -20, arrows=True),
        crop=(-0.33, None, 0.33, 0.98),
        style=near,
    )
    yield shown("turn-out-near", "mei", partial(_set_up, 0), crop=knees, style=near)
    for name, at, seat, floor, whole, close in (
        ("tiptoe", _beside_chair, (0.1, 0.56), (-0.16, 0.32), HALF, (-0.32, None, 0.14, 0.26)),
        ("sit", _sitting, (0.0, 0.04), (0.26, 0.72), (None, None, None, 0.95), (-0.72, None, -0.26, 0.26)),
    ):
        scene = partial(_whole_on_mat, at, seat, floor)
        yield shown(name, "ruth", scene, ASIDE, style=HALF_STYLE, crop=whole)
        yield shown(f"{name}-near", "ruth", partial(_further_foot, at, floor), ASIDE, style=near, crop=close)
    yield shown("stance", "karl", partial(_on_one_leg), MIRROR)
    yield shown("heel-raise", "ruth", partial(_on_one_tiptoe), View(yaw=90))


def _notice() -> Scene:
    pose = upright("mei")
    pose.stand(wide=0.22, ahead=0.12, toes_out=14, kneecap_out=6)
    pose.arm(shoulder_abduction=38, elbow_flexion=6)  # the hands above the picture
    return Scene().person(pose, kneecap_size=1.5)


def _set_up(turn: float = 0, *, arrows: bool = False) -> Scene:
    scene = Scene().person(at_mirror("mei", turn, turn), kneecap_size=1.5)
    if arrows:
        for g in (1, -1):
            scene.arrow((g * 0.20, 0.47, 0.1), (g * 0.30, 0.47, 0.1))
    return scene


def on_tiptoe(name: str, up: float, *, lifted: str = "", fingertips: bool = False) -> Pose:
    """At a wall ahead, heels `up` 0 to 1; `lifted` is the foot that hangs behind."""
    body = person(name)
    pose = Pose(body).place(hips=(0, body.head["upperleg01.L"][1] - 0.004 + 0.062 * up, 0.055 * up))
    pose.stand("LR", wide=0.15, ahead=0.13, toes_out=3, heel_up=36 * up, kneecap_out=3)
    if lifted:
        pose.leg(lifted, hip_flexion=2, knee_flexion=72, ankle_up=-15)
    shoulder = pose.where("upperarm01.L")
    pose.reach(
        at=(0.13, shoulder[1] - 0.14, 0.455 if not fingertips else 0.44),
        elbow_to=(0.5, -1, -0.2),
        palm_inward=-40,
    )
    pose.hand(along=(0, 1, 0.12), palm=(0, -0.1, 1))
    return pose.fingers(finger_flexion=3)


def _on_one_tiptoe() -> Scene:
    return wall_ahead(Scene().person(on_tiptoe("ruth", 1, lifted="R")), 0.5)


def _beside_chair() -> Pose:
    """On tiptoe, the near hand on the back of a chair, as the mirror shows it."""
    body = person("ruth")
    pose = Pose(body).place(hips=(0, body.head["upperleg01.L"][1] + 0.055, 0.05))
    for side, at in (("L", (0.12, 0.09)), ("R", (-0.12, 0.17))):
        pose.stand(side, at=at, toes_out=3, heel_up=34, kneecap_out=3)
    pose.reach("L", at=(0.16, 0.95, 0.30), elbow_to=(0.8, -0.3, -1), palm_inward=-30)
    pose.hand("L", along=(0, -0.25, 1), palm=(0, -1, -0.2)).fingers("L", finger_flexion=45)
    pose.arm("R", shoulder_abduction=8, elbow_flexion=12)
    return pose


def _sitting() -> Pose:
    """The foot further from the mirror a little ahead, so that its inner side shows."""
    pose = Pose(person("ruth")).place(hips=(0, 0.53, -0.05), lean=-4)
    pose.stand("L", at=(0.13, 0.38), toes_out=2)
    pose.stand("R", at=(-0.13, 0.50), toes_out=2)
    pose.reach(at=(0.13, 0.60, 0.14), elbow_to=(0.8, 0, -1), palm_inward=40)
    pose.hand(along=(-0.1, -0.25, 1), palm=(0, -1, -0.2))
    pose.look(neck_flexion=12)
    return pose


def _whole_on_mat(at: Callable[[], Pose], chair_at: tuple[float, float], floor: tuple[float, float]) -> Scene:
    scene = chair(Scene().person(at()), chair_at)
    return mat(scene, (-0.24, floor[0]), (0.22, floor[1]))


def _further_foot(at: Callable[[], Pose], floor: tuple[float, float]) -> Scene:
    """The foot to look at; the nearer one is pale."""
    pose = at()
    scene = Scene().person(pose, only="R", kneecaps="").ghost(pose, "L", Paint.WALL)
    return mat(scene, (-0.24, floor[0]), (0.22, floor[1]))


def _on_one_leg() -> Scene:
    """Arms crossed, the foot on the right off the floor, a wall within reach."""
    pose = upright("karl")
    pose.place(hips=(-0.02, pose.body.head["upperleg01.L"][1] - 0.012, 0), side=-1)
    pose.stand("L", at=(0.03, 0.12), toes_out=4, kneecap_out=4)
    pose.leg("R", hip_flexion=42, hip_abduction=3, knee_flexion=66)
    chest = pose.where("spine01")
    pose.reach("L", at=(-0.06, chest[1] - 0.16, 0.24), elbow_to=(1, -0.9, 0.1), palm_inward=30)
    pose.reach("R", at=(0.06, chest[1] - 0.13, 0.27), elbow_to=(-1, -0.9, 0.1), palm_inward=30)
    return wall_beside(Scene().person(pose), -0.42)


# -- results and home -----------------------------------------------------------------------------------


def _results() -> Iterator[Picture]:
    looks: dict[str, float | None] = {"in": -29, "forward": 0, "out": 26, "unsure": None}
    for (left, left_turn), (right, right_turn) in product(looks.items(), repeat=2):
        yield Picture(
            f"legs-{left}-{right}",
            partial(_result, left_turn, right_turn),
            MIRROR,
            CAST["ana"].tone,
            crop=(-0.32, None, 0.32, 0.96),
            style=HALF_STYLE,
        )


def _result(left: float | None, right: float | None) -> Scene:
    """A side that was not answered has no kneecap."""
    kneecaps = ("L" if left is not None else "") + ("R" if right is not None else "")
    return Scene().person(at_mirror("ana", left, right), kneecaps=kneecaps, kneecap_size=1.5)


def _home() -> Iterator[Picture]:
    for name, turn, arch in (("before", -26, LOW), ("after", 4, USUAL)):
        yield Picture(
            f"home-{name}", partial(_whole, turn, arch), MIRROR, CAST["ana"].tone, style=Style(pixels=600)
        )


def _whole(turn: float, arch: float) -> Scene:
    return Scene().person(at_mirror("ana", turn, turn, arches=(arch, arch)), kneecap_size=1.3)
