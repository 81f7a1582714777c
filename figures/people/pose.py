"""A pose: joint angles in a physiotherapist's words, and where feet and hands are planted.

Sides are "L", "R" or "LR", angles degrees. Limbs that hang and a straight trunk are zero. The trunk is placed first,
then the limbs: free (`leg`, `arm`), with the foot planted (`stand`), or with the hand at a point (`reach`).
"""

from typing import Self

import numpy as np

from figures.people.body import Body
from figures.people.geometry import (
    UNTURNED,
    Array,
    Vector,
    X,
    Y,
    Z,
    frame,
    mirrored_point,
    rotation,
    shortest_turn,
    turn_about,
    unit,
)
from figures.people.joints import PoseError, require_movements, require_range, require_sides

LEG = ("hip_flexion", "hip_abduction", "hip_outward", "knee_flexion", "shin_outward", "ankle_up", "toes_up")
SHOULDER = ("shoulder_flexion", "shoulder_abduction", "shoulder_inward", "shoulder_across")
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03", "head")
RESTING_FINGERS = 16
SHRUG_FROM, SHRUG_SHARE = 35.0, 0.38  # the shoulder blade follows a lifted arm


def outward(side: str) -> int:
    """The sign of x on this side."""
    return 1 if side == "L" else -1


class Pose:
    """A body in a pose. Every method that sets joints returns the pose and raises PoseError."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.outright: dict[str, Array] = {}  # rotation of a bone in the world
        self.relative: dict[str, Array] = {}  # rotation against the parent, in axes at rest
        self.slid: dict[str, Array] = {}  # how far a bone has moved against its parent, in the world
        self.on_toes: dict[str, float] = {}  # height of the floor under a foot whose heel is up, by side
        self.shift: Array = np.zeros(3)  # where the root has moved
        self.turned = UNTURNED
        self.fingers()

    # -- skeleton ---------------------------------------------------------------------------------------

    def skeleton(self) -> tuple[dict[str, Array], dict[str, Array]]:
        """The rotation of each bone in the world, and where its head is."""
        body = self.body
        turns: dict[str, Array] = {}
        places: dict[str, Array] = {}
        for bone in body.order:
            up = body.parent[bone]
            relative = self.relative.get(bone, UNTURNED)
            if not up:
                turns[bone], places[bone] = self.turned @ relative, body.head[bone] + self.shift
                continue
            turns[bone] = self.outright[bone] if bone in self.outright else turns[up] @ relative
            places[bone] = places[up] + turns[up] @ (body.head[bone] - body.head[up])
            if bone in self.slid:
                places[bone] = places[bone] + self.slid[bone]
        return turns, places

    def where(self, bone: str) -> Array:
        """Where the head of a bone is."""
        return self.skeleton()[1][bone]

    def skin(self) -> Array:
        """Vertices: blended linearly, then the detail of the shape at rest put back (delta mush)."""
        body = self.body
        turns, places = self.skeleton()
        moves = np.stack(
            [np.hstack([turns[b], (places[b] - turns[b] @ body.head[b])[:, None]]) for b in body.bones]
        )
        blend = (body.weights @ moves.reshape(len(moves), 12)).reshape(-1, 3, 4)
        linear = np.einsum("nij,nj->ni", blend[:, :, :3], body.skin) + blend[:, :, 3]
        detail = np.einsum("nij,nj->ni", blend[:, :, :3], body.skin - body.smooth_skin)
        mushed = body.smooth(linear) + detail
        stiff = np.clip(body.share("finger", "metacarpal", "toe", "head"), 0, 1)
        heel = np.clip(body.share("foot") * 1.6 - 0.6, 0, 1)
        keep = np.maximum(stiff, heel)[:, None]
        skin = np.asarray(linear * keep + mushed * (1 - keep))
        for side, floor in self.on_toes.items():  # the pad of the ball gives
            on = body.share("foot", "toe", side=f".{side}") > 0.3
            skin[on, 1] = np.maximum(skin[on, 1], floor)
        return skin

    # -- trunk ------------------------------------------------------------------------------------------

    def place(
        self,
        hips: Vector | None = None,
        *,
        lean: float = 0,
        side: float = 0,
        turn: float = 0,
        lying: Array | None = None,
    ) -> Self:
        """Put the middle between the hip joints at a point; lean the pelvis forward, tip and turn it to its left."""
        self.turned = rotation(Y, turn) @ rotation(Z, -side) @ rotation(X, lean) if lying is None else lying
        if hips is not None:
            head = self.body.head
            middle = (head["upperleg01.L"] + head["upperleg01.R"]) / 2
            self.shift = np.asarray(hips, float) - head["root"] - self.turned @ (middle - head["root"])
        return self

    def trunk(self, **degrees: float) -> Self:
        """Bend the spine: spine_flexion, spine_side (to its left), spine_turn (left)."""
        require_movements(("spine_flexion", "spine_side", "spine_turn"), degrees)
        return self._column(SPINE, "spine", degrees)

    def look(self, **degrees: float) -> Self:
        """Bend the neck: neck_flexion, neck_side (to its left), neck_turn (left)."""
        require_movements(("neck_flexion", "neck_side", "neck_turn"), degrees)
        return self._column(NECK, "neck", degrees)

    def _column(self, bones: tuple[str, ...], name: str, degrees: dict[str, float]) -> Self:
        share = {way: degrees.get(f"{name}_{way}", 0) / len(bones) for way in ("flexion", "side", "turn")}
        for bone in bones:
            self.relative[bone] = (
                rotation(Y, share["turn"]) @ rotation(Z, -share["side"]) @ rotation(X, share["flexion"])
            )
        return self

    # -- legs -------------------------------------------------------------------------------------------

    def leg(self, sides: str = "LR", **degrees: float) -> Self:
        """A free leg."""
        require_sides(sides)
        require_movements(LEG, degrees)
        d = {movement: degrees.get(movement, 0) for movement in LEG}
        body, turns = self.body, self.skeleton()[0]
        for s in sides:
            g = outward(s)
            pelvis = turns[body.parent[f"upperleg01.{s}"]]
            thigh = (
                pelvis
                @ rotation(Z, g * d["hip_abduction"])
                @ rotation(X, -d["hip_flexion"])
                @ rotation(Y, g * d["hip_outward"])
            )
            bent = thigh @ rotation(X, d["knee_flexion"])
            front = bent @ rotation(Y, g * d["shin_outward"]) @ Z
            self._set_leg(s, thigh @ -Y, bent @ -Y, thigh @ Z, front)
            shin = frame(bent @ -Y, front)
            at_rest = rotation(Y, g * 6 - body.foot[s].aim)
            self.outright[f"foot.{s}"] = shin @ rotation(X, -d["ankle_up"]) @ at_rest
            self.on_toes.pop(s, None)
            for toe in range(1, 6):
                self.outright.pop(f"toe{toe}-1.{s}", None)
                self.slid.pop(f"toe{toe}-1.{s}", None)
                self.relative[f"toe{toe}-1.{s}"] = rotation(X, -d["toes_up"])
        return self

    def stand(
        self,
        sides: str = "LR",
        *,
        wide: float = 0.2,
        ahead: float = 0,
        at: tuple[float, float] | None = None,
        on: float = 0,
        toes_out: float = 5,
        kneecap_out: float | None = None,
        knee_to: Vector | None = None,
        heel_up: float = 0,
        roll_in: float = 0,
        facing: float = 0,
        pivot: str = "ball",
    ) -> Self:
        """Plant the foot, its ball at a point; the leg follows.

        wide, ahead, at  metres between the feet and to the front, or the point (x, z) itself
        on               height of what the foot stands on
        kneecap_out      degrees outwards that the kneecap looks; as the toes where not given
        knee_to          the direction of the knee, where it does not look along the floor
        pivot            "heel" where the point is the heel's
        """
        require_sides(sides)
        body = self.body
        for s in sides:
            g, foot = outward(s), body.foot[s]
            point = np.array([g * wide / 2, on, ahead] if at is None else [at[0], on, at[1]], float)
            spot = rotation(Y, facing) @ point
            flat = rotation(Y, facing + g * toes_out - foot.aim)
            along = flat @ rotation(Y, foot.aim)
            planted = rotation(along @ Z, g * roll_in) @ rotation(along @ X, heel_up) @ flat
            rest = body.head[f"foot.{s}"]
            start = foot.heel if pivot == "heel" else foot.ball
            stays = start if heel_up <= 0 else foot.pad
            ankle = spot + flat @ (stays - start) + planted @ (rest - stays)
            self.outright[f"foot.{s}"] = planted
            self.on_toes.pop(s, None)
            for toe in range(1, 6):
                bone = f"toe{toe}-1.{s}"
                self.outright[bone] = flat if heel_up > 0 else planted
                self.slid.pop(bone, None)
                if heel_up > 0:  # the toes stay where they stood
                    lies = body.head[bone]
                    self.slid[bone] = flat @ (lies - stays) - planted @ (lies - stays)
                    self.on_toes[s] = on
            out = g * (toes_out if kneecap_out is None else kneecap_out)
            pole = unit(rotation(Y, facing + out) @ Z if knee_to is None else knee_to)
            bones = (f"upperleg01.{s}", f"lowerleg01.{s}", f"foot.{s}")
            thigh, shin, _ = self._two_bones(bones, ankle, pole)
            self._set_leg(s, thigh, shin, pole, planted @ rotation(Y, foot.aim) @ Z)
        return self

    def _two_bones(
        self, bones: tuple[str, str, str], goal: Vector, way: Vector
    ) -> tuple[Array, Array, Array]:
        """Both directions of a chain of two bones to a goal, and where its middle joint is pushed.

        Raises PoseError where the goal is out of reach: longer limbs are a mistake, not something to stretch.
        """
        head = self.body.head
        turns, places = self.skeleton()
        up = self.body.parent[bones[0]]
        root, joint, end = (head[bone] for bone in bones)
        upper, lower = float(np.linalg.norm(joint - root)), float(np.linalg.norm(end - joint))
        to = np.asarray(goal, float) - (places[up] + turns[up] @ (root - head[up]))
        far = float(np.linalg.norm(to))
        if far > (upper + lower) * 1.004:
            raise PoseError(f"{bones[0]} to {bones[2]}: {far - upper - lower:.3f} m out of reach")
        far = min(far, (upper + lower) * 0.9995)
        straight = unit(to)
        aside = unit(way - straight * np.dot(way, straight))
        along = (upper**2 - lower**2 + far**2) / (2 * far)
        middle = straight * along + aside * np.sqrt(max(upper**2 - along**2, 0))
        return middle, straight * far - middle, aside

    def _set_leg(self, s: str, thigh: Array, shin: Array, front: Vector, foot: Vector) -> None:
        """The kneecap looks to the front; half of the turn is in the hip, the shin's goes on to the foot."""
        body = self.body
        hip, knee, ankle = (body.head[f"{bone}.{s}"] for bone in ("upperleg01", "lowerleg01", "foot"))
        thigh_rest, shin_rest = frame(knee - hip, Z), frame(ankle - knee, Z)
        pelvis = self.skeleton()[0][body.parent[f"upperleg01.{s}"]]
        full = frame(thigh, front) @ thigh_rest.T
        swung = frame(thigh, shortest_turn(pelvis @ -Y, thigh) @ pelvis @ Z) @ thigh_rest.T
        twist = turn_about(-unit(thigh), swung @ thigh_rest[:, 2], full @ thigh_rest[:, 2])
        self.outright[f"upperleg01.{s}"] = rotation(thigh, twist * 0.5) @ full
        self.outright[f"upperleg02.{s}"] = full
        lower = frame(shin, shortest_turn(thigh, shin) @ full @ thigh_rest[:, 2]) @ shin_rest.T
        twist = turn_about(-unit(shin), lower @ shin_rest[:, 2], foot)
        self.outright[f"lowerleg01.{s}"] = rotation(shin, -twist * 0.3) @ lower
        self.outright[f"lowerleg02.{s}"] = rotation(shin, -twist * 0.7) @ lower

    # -- arms -------------------------------------------------------------------------------------------

    def arm(self, sides: str = "LR", **degrees: float) -> Self:
        """A free arm, hanging with the palm to the thigh at zero."""
        require_sides(sides)
        require_movements((*SHOULDER, "elbow_flexion", "palm_inward"), degrees)
        d = {movement: degrees.get(movement, 0) for movement in (*SHOULDER, "elbow_flexion", "palm_inward")}
        for s in sides:
            g = outward(s)
            upper = (
                self.skeleton()[0]["spine01"]
                @ rotation(Y, -g * d["shoulder_across"])
                @ rotation(Z, g * d["shoulder_abduction"])
                @ rotation(X, -d["shoulder_flexion"])
                @ rotation(Y, -g * d["shoulder_inward"])
            )
            self._shrug(s, upper @ -Y)
            self._set_arm(
                s, upper @ -Y, upper @ rotation(X, -d["elbow_flexion"]) @ -Y, upper @ Z, d["palm_inward"]
            )
        return self

    def reach(
        self, sides: str = "LR", *, at: Vector, elbow_to: Vector = (0, 0, -1), palm_inward: float = 0
    ) -> Self:
        """The wrist at a point, the left one's where both reach; the elbow points where it is told."""
        require_sides(sides)
        require_range("palm_inward", palm_inward)
        for s in sides:
            other = s == "R" and len(sides) == 2
            goal, elbow = (mirrored_point(v) if other else np.asarray(v, float) for v in (at, elbow_to))
            bones = (f"upperarm01.{s}", f"lowerarm01.{s}", f"wrist.{s}")
            self._shrug(s, goal - self.where(f"upperarm01.{s}"))
            upper, lower, aside = self._two_bones(bones, goal, elbow)
            self._set_arm(s, upper, lower, -aside, palm_inward)
        return self

    def _shrug(self, s: str, upper: Array) -> None:
        """Let the shoulder blade follow an arm that is lifted."""
        chest = self.skeleton()[0]["spine01"]
        hanging = chest @ -Y
        lifted = float(np.degrees(np.arccos(np.clip(np.dot(hanging, unit(upper)), -1, 1))))
        self.relative.pop(f"clavicle.{s}", None)
        axis = chest.T @ np.cross(hanging, unit(upper))
        if lifted > SHRUG_FROM and np.linalg.norm(axis) > 1e-3:
            self.relative[f"clavicle.{s}"] = rotation(
                axis * [0.35, 0.6, 1], (lifted - SHRUG_FROM) * SHRUG_SHARE
            )

    def _set_arm(self, s: str, upper: Array, lower: Array, front: Vector, palm_inward: float) -> None:
        """The inside of the elbow looks to the front."""
        head = self.body.head
        shoulder, elbow, wrist = (head[f"{bone}.{s}"] for bone in ("upperarm01", "lowerarm01", "wrist"))
        upper_rest_way, lower_rest_way = unit(elbow - shoulder), unit(wrist - elbow)
        hinge = np.cross(upper_rest_way, lower_rest_way)
        upper_rest = frame(upper_rest_way, np.cross(hinge, upper_rest_way))
        lower_rest = frame(lower_rest_way, np.cross(hinge, lower_rest_way))
        chest = self.skeleton()[0]["spine01"]
        full = frame(upper, front) @ upper_rest.T
        swung = frame(upper, shortest_turn(chest @ -Y, upper) @ chest @ Z) @ upper_rest.T
        twist = turn_about(-unit(upper), swung @ upper_rest[:, 2], full @ upper_rest[:, 2])
        self.outright[f"upperarm01.{s}"] = rotation(-unit(upper), -twist * 0.5) @ full
        self.outright[f"upperarm02.{s}"] = full
        bent = frame(lower, shortest_turn(upper, lower) @ frame(upper, front)[:, 2]) @ lower_rest.T
        turn = -outward(s) * palm_inward
        for bone, share in (("lowerarm01", 0.3), ("lowerarm02", 0.7), ("wrist", 1.0)):
            self.outright[f"{bone}.{s}"] = rotation(-unit(lower), turn * share) @ bent

    def hand(self, sides: str = "LR", *, along: Vector = (0, 0, 1), palm: Vector = (0, -1, 0)) -> Self:
        """Lay the hand: where the fingers point and where the palm looks, the left one's where both are meant."""
        require_sides(sides)
        head = self.body.head
        for s in sides:
            other = s == "R" and len(sides) == 2
            fingers, inside = (mirrored_point(v) if other else np.asarray(v, float) for v in (along, palm))
            length = head[f"finger3-2.{s}"] - head[f"wrist.{s}"]
            across = head[f"finger2-1.{s}"] - head[f"finger5-1.{s}"]
            at_rest = frame(-length, np.cross(length, across) * outward(s))
            self.relative[f"finger1-1.{s}"] = rotation(length, -35 * outward(s))
            self.outright[f"wrist.{s}"] = frame(-fingers, inside) @ at_rest.T
        return self

    def fingers(self, sides: str = "LR", *, finger_flexion: float = RESTING_FINGERS) -> Self:
        """Bend the fingers, brought together; 90 is a fist."""
        require_sides(sides)
        require_range("finger_flexion", finger_flexion)
        head, tail = self.body.head, self.body.tail
        for s in sides:
            across = head[f"finger5-1.{s}"] - head[f"finger2-1.{s}"]
            along = tail[f"finger3-3.{s}"] - head[f"finger3-1.{s}"]
            palm = np.cross(across, along) * outward(s)
            for finger in range(2, 6):
                own = tail[f"finger{finger}-3.{s}"] - head[f"finger{finger}-1.{s}"]
                apart = turn_about(unit(palm), own, along)
                for joint in (1, 2, 3):
                    together = rotation(palm, apart * 0.75) if joint == 1 else UNTURNED
                    bend = finger_flexion * (1 if joint < 3 else 0.6)
                    self.relative[f"finger{finger}-{joint}.{s}"] = (
                        rotation(np.cross(along, palm), bend) @ together
                    )
        return self

    # -- the whole --------------------------------------------------------------------------------------

    def drop(self, on: float = 0) -> Self:
        """Let the whole figure down, or up, until its lowest point is at this height."""
        self.shift = self.shift - [0, self.skin()[:, 1].min() - on, 0]
        return self

    def angles(self) -> dict[tuple[str, str], float]:
        """The joint angles that came out, by movement and side: of the planted limbs, too."""
        turns, places = self.skeleton()
        found = {}
        for s in "LR":
            g = outward(s)
            hip, knee, ankle = (places[f"{bone}.{s}"] for bone in ("upperleg01", "lowerleg01", "foot"))
            shoulder, elbow, wrist = (places[f"{bone}.{s}"] for bone in ("upperarm01", "lowerarm01", "wrist"))
            thigh = turns[self.body.parent[f"upperleg01.{s}"]].T @ unit(knee - hip)
            found["hip_flexion", s] = float(np.degrees(np.arctan2(thigh[2], -thigh[1])))
            found["hip_abduction", s] = float(np.degrees(np.arcsin(np.clip(g * thigh[0], -1, 1))))
            found["knee_flexion", s] = _between(knee - hip, ankle - knee)
            sole = turns[f"foot.{s}"] @ rotation(Y, self.body.foot[s].aim) @ Z
            found["ankle_up", s] = 90 - _between(sole, knee - ankle)
            found["elbow_flexion", s] = _between(elbow - shoulder, wrist - elbow)
        return found

    def require_possible(self) -> None:
        """Every joint can take its angle; raises PoseError."""
        for (movement, side), angle in self.angles().items():
            require_range(movement, angle, {"L": "left", "R": "right"}[side])


def _between(a: Array, b: Array) -> float:
    return float(np.degrees(np.arccos(np.clip(np.dot(unit(a), unit(b)), -1, 1))))
