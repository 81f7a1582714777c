"""How a person is put together: seen from the front, from the side, and one foot from its inner side.

Limbs have the same lengths in every picture of the same view. From the side, joints bend one way only:
knees forward, elbows backward. From the front a limb may look shorter, because it comes towards us.
"""

from dataclasses import dataclass, replace

from figures.kit import (
    Point,
    Shape,
    capsule,
    disc,
    fill,
    kneecap,
    middle_joint,
    mirrored,
    pair,
    placed,
    solid,
    straight,
    stroke,
    widened,
)

THIGH, SHIN, TRUNK = 70.0, 62.0, 76.0
UPPER_ARM, FOREARM = 42.0, 40.0
HEAD = 18.0
ANKLE_HEIGHT = 15.0  # of the joint above the floor, foot flat
BALL_FROM_ANKLE = Point(22, ANKLE_HEIGHT - 5)  # centre of the ball of the foot, seen from the side
SHORTS = 0.42  # share of the thigh that is covered
FULLER = 1.2  # a build: how much broader the trunk is than in the other pictures


# --- from the side, facing right -----------------------------------------------------------------------


@dataclass(frozen=True)
class Foot:
    """A foot seen from the side.

    ankle  centre of the joint
    pitch  degrees the heel is tipped up, 0 with the sole level
    toes   degrees the toes are bent up against the foot
    """

    ankle: Point
    pitch: float = 0
    toes: float = 0


def flat_foot(x: float, floor_y: float) -> Foot:
    """A foot flat on the floor with its ankle at x."""
    return Foot(Point(x, floor_y - ANKLE_HEIGHT))


def tiptoe_foot(x: float, floor_y: float, rise: float) -> Foot:
    """A foot that stood flat with its ankle at x and whose heel has been raised by `rise` degrees."""
    ball = flat_foot(x, floor_y).ankle.shifted(*BALL_FROM_ANKLE)
    to_ankle = Point(-BALL_FROM_ANKLE.x, -BALL_FROM_ANKLE.y)
    return Foot(ball.shifted(*to_ankle.turned(rise)), pitch=rise, toes=rise)


def foot_shapes(foot: Foot) -> list[Shape]:
    """Heel and instep in one piece, and the toes, which bend at the ball."""
    ball = foot.ankle.shifted(*BALL_FROM_ANKLE.turned(foot.pitch))
    toe_heading = foot.pitch - foot.toes
    hindfoot = "M-8 -3 C-14 4 -15 15 -8 15 L22 15 C27 15 28 6 22 5 C16 4 11 0 8 -6 Z"
    return [
        Shape(placed(hindfoot, foot.ankle, turn=foot.pitch), "skin"),
        Shape(capsule(ball, 5, ball.onward(12, toe_heading + 4), 4), "skin"),
    ]


@dataclass(frozen=True)
class Side:
    """A person seen from the side, facing right.

    hip        the hip joints, one behind the other
    lean       degrees the trunk leans forward of upright; -90 lies on the back, head to the left
    near, far  the foot towards us and the one behind; the knees follow from hip and foot
    near_hand, far_hand  the hands; the elbows follow
    neck       degrees the neck leans forward of upright, where it does not follow the trunk
    gaze       degrees the face looks down, where it does not follow the neck
    near_elbow, far_elbow  elbows that stick out towards or away from us, so do not follow from the hand
    bun        hair in a bun
    build      how broad the trunk is, 1 or FULLER; limbs grow half as much
    """

    hip: Point
    lean: float
    near: Foot
    far: Foot | None = None
    near_hand: Point | None = None
    far_hand: Point | None = None
    neck: float | None = None
    gaze: float | None = None
    near_elbow: Point | None = None
    far_elbow: Point | None = None
    bun: bool = False
    build: float = 1

    @property
    def shoulder(self) -> Point:
        """Centre of the shoulder joint."""
        return self.hip.onward(TRUNK, self.lean - 90)

    @property
    def head(self) -> Point:
        """Centre of the head."""
        return self.shoulder.onward(39, self._neck - 90)

    @property
    def _neck(self) -> float:
        return self.lean if self.neck is None else self.neck

    def knee(self, foot: Foot) -> Point:
        """The knee between the hip and this foot."""
        return middle_joint(self.hip, foot.ankle, THIGH, SHIN, clockwise=True)

    def leg(self, foot: Foot) -> str:
        """One bare leg."""
        knee = self.knee(foot)
        return solid(
            Shape(capsule(self.hip, 15 * self._limbs, knee, 11 * self._limbs), "skin"),
            Shape(capsule(knee, 11 * self._limbs, foot.ankle, 7.5 * self._limbs), "skin"),
            *foot_shapes(foot),
        )

    def shorts(self, foot: Foot) -> Shape:
        """The cloth on one thigh."""
        hem = self.hip.towards(self.knee(foot), SHORTS)
        return Shape(capsule(self.hip, 17 * self._limbs, hem, 15 * self._limbs), "cloth")

    @property
    def _limbs(self) -> float:
        return (1 + self.build) / 2

    def arm(self, hand: Point, elbow: Point | None = None) -> str:
        """One arm."""
        bend = elbow or middle_joint(self.shoulder, hand, UPPER_ARM, FOREARM, clockwise=False)
        return solid(
            Shape(capsule(self.shoulder, 8.5 * self._limbs, bend, 6.5 * self._limbs), "skin"),
            Shape(capsule(bend, 6.5 * self._limbs, hand, 5.5), "skin"),
            Shape(disc(hand, 6.5), "skin"),
        )

    def far_side(self) -> str:
        """What lies behind the trunk: far arm and far leg."""
        arm = self.arm(self.far_hand, self.far_elbow) if self.far_hand else ""
        return arm + (self.leg(self.far) + solid(self.shorts(self.far)) if self.far else "")

    def near_leg(self) -> str:
        """The leg towards us, bare."""
        return self.leg(self.near)

    def trunk(self) -> str:
        """Neck, trunk, shorts of the near leg, and head."""
        neck = solid(Shape(capsule(self.shoulder, 8, self.head, 7), "skin"))
        chest = Shape(capsule(self.shoulder, 14 * self.build, self.hip, 17 * self.build), "cloth")
        gaze = self._neck if self.gaze is None else self.gaze
        return neck + solid(self.shorts(self.near), chest) + profile(self.head, gaze, bun=self.bun)

    def near_arm(self) -> str:
        """The arm towards us."""
        return self.arm(self.near_hand, self.near_elbow) if self.near_hand else ""

    def drawn(self) -> str:
        """The whole person, far side first."""
        return self.far_side() + self.near_leg() + self.trunk() + self.near_arm()


def profile(centre: Point, tilt: float, *, bun: bool = False) -> str:
    """A head seen from the side, facing right, tipped forward by `tilt` degrees."""
    knot = solid(Shape(disc(centre.onward(HEAD + 3, tilt + 205), 7.5), "hair")) if bun else ""
    face = solid(
        Shape(disc(centre, HEAD), "skin"),
        Shape(disc(centre.onward(HEAD - 0.5, tilt + 8), 3.6), "skin"),
    )
    hair = (
        "M9 -15.6 C-3 -22.5 -18 -13.9 -18 0 C-18 5.1 -15.8 10 -12 13.4 C-8 9 -8 4 -4 1 C0 -3 8 -6 9 -15.6 Z"
    )
    return knot + face + fill(Shape(placed(hair, centre, turn=tilt), "hair"))


# --- from the front ------------------------------------------------------------------------------------


# Round the middle between the hip joints.
FRONT_TRUNK = (
    "M-29 -76 Q0 -87 29 -76 Q32 -56 24 -36 Q24 -16 32 0 Q16 11 0 12 Q-16 11 -32 0"
    " Q-24 -16 -24 -36 Q-32 -56 -29 -76 Z"
)


@dataclass(frozen=True)
class FrontLeg:
    """A leg seen from the front, on the left of the picture.

    hip, knee, ankle  joints
    look   where the kneecap points: 1 in (towards the other leg), 0 to us, -1 out, None not known
    turn   degrees the foot points outwards
    low    the arch is low: the ankle rolls in and the inner edge of the foot spreads
    lifted  the foot is off the floor: it hangs along the shin
    turned_out  turned at the hip until the foot is seen from its side and the kneecap not at all
    """

    hip: Point
    knee: Point
    ankle: Point
    look: float | None = 0
    turn: float = 0
    low: bool = False
    lifted: bool = False
    turned_out: bool = False

    def drawn(self) -> str:
        """The bare leg with its kneecap."""
        if self.turned_out:
            foot, lines = foot_shapes(Foot(self.ankle, pitch=self.knee.heading(self.ankle) - 94)), ""
        else:
            foot, lines = self._hanging_foot() if self.lifted else self._standing_foot()
        bare = solid(
            Shape(capsule(self.hip, 15, self.knee, 11), "skin"),
            Shape(capsule(self.knee, 11, self.ankle, 7.5), "skin"),
            *foot,
        )
        return bare + lines + ("" if self.turned_out else kneecap(self.knee, 8.2, self.look))

    def shorts(self, share: float = SHORTS) -> Shape:
        """The cloth on the thigh."""
        return Shape(capsule(self.hip, 16.5, self.hip.towards(self.knee, share), 14.5), "cloth")

    def opposite(self, axis: float) -> "FrontLeg":
        """The same joints mirrored at x = axis."""
        hip, knee, ankle = (joint.opposite(axis) for joint in (self.hip, self.knee, self.ankle))
        return replace(self, hip=hip, knee=knee, ankle=ankle)

    def _standing_foot(self) -> tuple[list[Shape], str]:
        """A foot whose sole is 20 below the ankle, the big toe on its right."""
        shift = -self.turn * 0.3
        spread = 3 if self.low else 0
        x, y = self.ankle
        outline = [
            (-7.5, -3), (-9, 7), (-15 + shift, 8), (-15 + shift, 14.5),
            (-15 + shift, 20), (-9 + shift, 20),
            (10 + shift + spread, 20),
            (16 + shift + spread, 20), (15 + shift + spread, 13), (13 + shift + spread, 8),
            (9 + spread, 6), (7.5, -3),
        ]  # fmt: skip
        p = [pair(Point(x + dx, y + dy)) for dx, dy in outline]
        sole = f"M{p[0]}C{p[1]} {p[2]} {p[3]}Q{p[4]} {p[5]}L{p[6]}Q{p[7]} {p[8]}C{p[9]} {p[10]} {p[11]}Z"
        gaps = (5.5 + spread, -0.5, -5.3, -9.8)
        lines = "".join(f"M{pair(Point(x + shift + gap, y + 20))}v-{5 if gap > 1 else 4}" for gap in gaps)
        bulge = stroke(f"M{pair(Point(x + 4, y - 9))}q7 6 3 14", "line thin") if self.low else ""
        return [Shape(sole, "skin")], stroke(lines, "line thin") + bulge

    def _hanging_foot(self) -> tuple[list[Shape], str]:
        along = self.knee.heading(self.ankle)
        drawn = "M-7 -3 C-9 6 -13 12 -11 19 C-9 24 9 25 11 19 C13 12 9 6 7 -3 Z"
        toes = [placed(f"M{gap} 22L{gap} 17", self.ankle, turn=along - 90) for gap in (4, -0.5, -4.5)]
        return [Shape(placed(drawn, self.ankle, turn=along - 90), "skin")], stroke("".join(toes), "line thin")


@dataclass(frozen=True)
class Arm:
    """An arm seen from the front, on either side."""

    shoulder: Point
    elbow: Point
    hand: Point

    def drawn(self) -> str:
        """The whole arm with its hand."""
        return solid(
            Shape(capsule(self.shoulder, 8.5, self.elbow, 6.5), "skin"),
            Shape(capsule(self.elbow, 6.5, self.hand, 5.2), "skin"),
            Shape(disc(self.hand, 6.5), "skin"),
        )

    @property
    def joints(self) -> tuple[Point, Point, Point]:
        """Shoulder, elbow and hand."""
        return self.shoulder, self.elbow, self.hand

    def opposite(self, axis: float) -> "Arm":
        """The same arm on the other side."""
        return Arm(*(joint.opposite(axis) for joint in self.joints))


@dataclass(frozen=True)
class Front:
    """A person seen from the front, or in the mirror.

    pelvis       the middle between the hip joints
    left, right  the legs on the left and right of the picture; the right one is given mirrored
    arms         drawn last
    head         left out where only the lower half is shown
    build        how broad the trunk is, 1 or FULLER
    lean         degrees the trunk leans to the right of the picture
    """

    pelvis: Point
    left: FrontLeg
    right: FrontLeg
    arms: tuple[Arm, ...] = ()
    head: bool = True
    bun: bool = False
    shorts: float = SHORTS
    build: float = 1
    lean: float = 0

    def legs(self) -> str:
        """Both bare legs."""
        return self.left.drawn() + mirrored(self.right.drawn(), self.pelvis.x)

    def trunk(self) -> str:
        """Trunk, shorts and head."""
        cloth = solid(
            self.left.shorts(self.shorts),
            self.right.opposite(self.pelvis.x).shorts(self.shorts),
            Shape(placed(widened(FRONT_TRUNK, self.build), self.pelvis, turn=self.lean), "cloth"),
        )
        if not self.head:
            return cloth
        centre = self.pelvis.onward(118, self.lean - 90)
        neck = solid(Shape(capsule(centre, 8, self.pelvis.onward(78, self.lean - 90), 9), "skin"))
        return neck + cloth + face(centre, turn=self.lean, bun=self.bun)

    def trunk_and_arms(self) -> str:
        """What lies in front of the legs."""
        return self.trunk() + "".join(arm.drawn() for arm in self.arms)

    def drawn(self) -> str:
        """The whole person."""
        return self.legs() + self.trunk_and_arms()


def face(centre: Point, *, turn: float = 0, bun: bool = False) -> str:
    """A head seen from the front, turned by `turn` degrees clockwise in the plane of the picture."""
    knot = solid(Shape(disc(centre.onward(HEAD + 3, turn - 90), 7.5), "hair")) if bun else ""
    hair = "M-18 0 C-18 -10 -10 -18 0 -18 C10 -18 18 -10 18 0 C14 -9 8 -10 2 -9 C-6 -8 -13 -7 -18 0 Z"
    return (
        knot + solid(Shape(disc(centre, HEAD), "skin")) + fill(Shape(placed(hair, centre, turn=turn), "hair"))
    )


def hand_on_hip(pelvis: Point, *, left: bool) -> Arm:
    """An arm whose hand lies on the pelvic bone."""
    arm = Arm(pelvis.shifted(-33, -68), pelvis.shifted(-56, -34), pelvis.shifted(-25, -9))
    return arm if left else arm.opposite(pelvis.x)


def hanging_arm(pelvis: Point, *, left: bool) -> Arm:
    """An arm that hangs beside the body."""
    arm = Arm(pelvis.shifted(-33, -68), pelvis.shifted(-42, -28), pelvis.shifted(-43, 10))
    return arm if left else arm.opposite(pelvis.x)


# --- furniture -----------------------------------------------------------------------------------------


def chair_from_side(x: float, seat_y: float, floor_y: float, *, back_y: float, depth: float = 50) -> str:
    """A chair whose back rest stands at x and whose seat reaches `depth` to the right of it."""
    frame = straight(Point(x, back_y), Point(x, floor_y)) + straight(
        Point(x, seat_y), Point(x + depth, seat_y), Point(x + depth, floor_y)
    )
    return stroke(frame, "line chair")


def wall(x: float, top: float, floor_y: float) -> str:
    """A wall seen edge-on."""
    return stroke(straight(Point(x, top), Point(x, floor_y)), "line chair")


# --- one foot from its inner side, toes to the left ----------------------------------------------------


def inner_foot(
    heel: Point, height: float, *, size: float = 1, shortened: float = 0, shin: float = 200
) -> tuple[Shape, str]:
    """A standing foot with the lower end of its shin: its shape, and the lines of ankle and nail.

    heel       where the back of the heel meets the floor
    height     of the gap under the inner edge, in units of a foot 140 long
    shortened  units by which ball and toes are drawn towards the heel
    shin       height at which the shin is cut off
    """
    s, top, rise = shortened, -height, height * 0.35
    path = (
        f"M-20 {-shin:.1f} L-22 -52 C-20 -44 1 -38 1 -16 C1 -4 -4 0 -12 0 L-27 0"
        f" C-38 0 -41 {top:.1f} -62 {top:.1f} C{s - 80:.1f} {top:.1f} {s - 84:.1f} 0 {s - 96:.1f} 0"
        f" L{s - 126:.1f} 0 C{s - 142:.1f} 0 {s - 143:.1f} -12 {s - 133:.1f} -17"
        f" C{s - 120:.1f} -23 {s - 104:.1f} {-24 - rise:.1f} {s - 88:.1f} {-34 - rise:.1f}"
        f" C{s * 0.5 - 72:.1f} {-43 - rise:.1f} -60 -56 -57 -70 L-56 {-shin:.1f} Z"
    )
    nail = f"M{s - 131:.1f} -11 C{s - 128:.1f} -14 {s - 122:.1f} -14 {s - 119:.1f} -12"
    ankle = "M-46 -50 C-46 -58 -34 -58 -34 -50"
    return Shape(placed(path, heel, size=size), "skin"), stroke(
        placed(ankle + nail, heel, size=size), "line thin"
    )


def seated_lower_leg(height: float, shortened: float = 0) -> str:
    """Knee, shin and foot of someone on a chair, from the inner side; the floor is at y = 142."""
    floor_y = 142.0
    knee, hip = Point(70, 22), Point(200, 24)
    chair = straight(Point(104, 47), Point(190, 47)) + straight(Point(116, 47), Point(116, floor_y))
    foot, marks = inner_foot(Point(94, floor_y), height, size=0.62, shortened=shortened, shin=75)
    leg = solid(
        Shape(capsule(hip, 19, knee, 15), "skin"), Shape(capsule(knee, 15, Point(70, 100), 11), "skin"), foot
    )
    shorts = solid(Shape(capsule(hip, 20, Point(126, 23), 18), "cloth"))
    return stroke(chair, "line chair") + leg + shorts + marks
