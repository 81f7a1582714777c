"""The hip and thigh muscles as lines of fibres through the body: one telling serves every view.

Millimetres in the frame of the pelvis (forward, up, right), right side. Every point is set by hand. Attachments
and middle fibres follow the model of Delp et al. 1990 where it has the muscle; broad muscles are widened to the
border of bone they start from, and what the model lacks (the obturators, the gemelli, psoas minor, adductor
minimus, the iliotibial band) is schematic.
"""

from typing import Literal, NamedTuple

from figures.plates.bones import points3
from figures.plates.shapes import Point3

Kind = Literal["belly", "fan", "tendon", "sheet"]


class Piece(NamedTuple):
    """A stretch of a muscle.

    kind    "belly" and "tendon" are bands of the given widths (mm) along one line; "fan" and "sheet" fill
            what lies between several lines; "tendon" and "sheet" are pale
    hidden  directions from which it lies behind the bone
    pale    in the lighter tint, to stand apart from the other pieces
    """

    kind: Kind
    lines: tuple[str, ...]
    widths: tuple[float, ...] = ()
    hidden: tuple[str, ...] = ()
    pale: bool = False

    def fibres(self) -> list[list[Point3]]:
        """Its lines as points."""
        return [points3(line) for line in self.lines]


class DrawnMuscle(NamedTuple):
    """A muscle.

    group        the group whose colour it wears
    at           where its leader ends
    pieces       what it is made of, from back to front
    one_outline  whether its pieces run on into one another, round an edge of bone
    page         the key of the muscle on whose page it stands, where that is not its own
    """

    group: str
    at: Point3
    pieces: tuple[Piece, ...]
    one_outline: bool = False
    page: str = ""


def _belly(line: str, *widths: float) -> Piece:
    return Piece("belly", (line,), widths)


def _tendon(line: str, *widths: float) -> Piece:
    return Piece("tendon", (line,), widths)


def _fan(*lines: str) -> Piece:
    return Piece("fan", lines)


MUSCLES = {
    # iliopsoas group
    "psoas_major": DrawnMuscle(
        "iliopsoas",
        (-62, 135, 42),
        (
            _belly(
                "-78,272,19 -70,215,29 -64,150,40 -56,85,50 -40,10,62 -24,-50,76 -30,-84,82 -62,-114,86 -90,-128,92",
                *(7, 19, 29, 34, 31, 23, 16, 11, 8),
            ),
        ),
    ),
    "psoas_minor": DrawnMuscle(
        "iliopsoas",
        (-54, 222, 28),
        (
            _tendon("-50,166,37 -48,90,50 -46,20,60 -44,-40,59 -44,-62,52", 5, 3.4, 3.4, 4, 7),
            _belly("-62,290,17 -56,240,25 -52,190,33 -50,150,40", 7, 13, 12, 4),
        ),
    ),
    "iliacus": DrawnMuscle(
        "iliopsoas",
        (-56, 30, 104),
        (
            _fan(
                "-30,22,126 -28,-16,110 -24,-50,95 -30,-84,89 -66,-118,93 -90,-129,97",
                "-52,60,132 -50,20,114 -28,-44,91 -30,-82,86 -64,-117,91 -90,-129,95",
                "-86,82,104 -72,40,92 -30,-40,82 -30,-80,82 -62,-116,88 -90,-129,93",
                "-100,68,72 -84,24,70 -34,-40,72 -30,-80,78 -60,-114,85 -90,-127,91",
            ),
        ),
    ),
    # superficial gluteal group
    "iliotibial_band": DrawnMuscle(
        "gluteal",
        (-58, -300, 150),
        (
            Piece(
                "sheet",
                (
                    "-34,-120,132 -34,-200,124 -38,-300,116 -44,-400,113 -48,-480,113 -53,-514,106",
                    "-60,-100,157 -56,-200,152 -54,-300,142 -54,-400,133 -54,-480,123 -57,-518,112",
                    "-86,-128,158 -80,-220,153 -74,-310,144 -66,-400,136 -60,-480,127 -63,-514,118",
                ),
            ),
        ),
    ),
    "gluteus_maximus": DrawnMuscle(
        "gluteal",
        (-142, -70, 88),
        (
            _fan(
                "-106,84,92 -98,40,120 -86,-14,143 -72,-70,156 -58,-122,158",
                "-132,66,60 -130,14,100 -110,-50,138 -84,-110,157 -60,-156,158",
                "-152,40,42 -158,-18,86 -138,-84,126 -102,-140,150 -64,-186,155",
                "-172,4,20 -182,-60,64 -162,-124,108 -116,-176,138 -70,-214,148",
                "-162,-46,6 -178,-104,44 -160,-164,90 -116,-206,124 -74,-234,138",
                "-138,-72,3 -156,-134,36 -146,-188,78 -112,-224,106 -80,-246,120",
            ),
        ),
    ),
    "gluteus_medius": DrawnMuscle(
        "gluteal",
        (-84, 30, 122),
        (
            _fan(
                "-22,14,128 -48,-30,146 -82,-88,149",
                "-44,58,141 -64,-6,154 -88,-82,149",
                "-80,88,119 -88,8,142 -96,-72,145",
                "-118,80,86 -112,6,118 -101,-68,138",
                "-144,46,50 -130,-10,86 -106,-66,128",
            ),
        ),
    ),
    "gluteus_minimus": DrawnMuscle(
        "gluteal",
        (-80, -10, 116),
        (
            _fan(
                "-30,-6,116 -48,-44,134 -72,-84,149",
                "-52,28,122 -62,-26,136 -76,-80,147",
                "-82,34,98 -82,-20,122 -82,-74,144",
                "-112,6,78 -98,-34,106 -88,-68,138",
            ),
        ),
    ),
    "tfl": DrawnMuscle(
        "gluteal",
        (-25, -60, 142),
        (
            _fan(
                "-15,2,122 -6,-50,128 -12,-110,137 -32,-176,145",
                "-28,18,130 -24,-50,142 -28,-110,149 -40,-182,149",
                "-46,36,134 -42,-30,149 -44,-100,154 -49,-176,153",
            ),
        ),
    ),
    # deep gluteal group: the six that turn the thigh out
    "piriformis": DrawnMuscle(
        "deep",
        (-116, -30, 72),
        (
            Piece("belly", ("-146,0,16 -138,-6,34 -126,-18,54",), (34, 32, 27), ("back", "side")),
            Piece(
                "belly", ("-126,-18,54 -114,-32,76 -100,-50,104 -90,-62,126",), (27, 25, 17, 7), ("inside",)
            ),
        ),
        one_outline=True,
    ),
    "gemellus_superior": DrawnMuscle(
        "deep", (-108, -60, 84), (_belly("-120,-60,55 -108,-60,84 -94,-63,108 -86,-66,125", 6, 11, 9, 4),)
    ),
    "obturator_internus": DrawnMuscle(
        "deep",
        (-96, -72, 110),
        (
            Piece(
                "fan",
                (
                    "-50,-76,42 -88,-62,46 -117,-70,59",
                    "-36,-86,22 -84,-74,42 -118,-72,60",
                    "-38,-102,16 -84,-90,42 -119,-75,60",
                    "-54,-118,28 -90,-104,46 -119,-77,60",
                    "-76,-124,46 -102,-108,52 -118,-80,60",
                ),
                (),
                ("back", "side"),
            ),
            Piece("belly", ("-118,-75,58 -110,-74,82 -98,-72,106 -86,-70,126",), (10, 9, 7, 5), ("inside",)),
        ),
        one_outline=True,
    ),
    "gemellus_inferior": DrawnMuscle(
        "deep", (-111, -87, 81), (_belly("-120,-90,62 -110,-86,84 -98,-80,108 -86,-74,125", 6, 11, 9, 4),)
    ),
    "obturator_externus": DrawnMuscle(
        "deep",
        (-56, -102, 40),
        (
            _fan(
                "-40,-81,40 -54,-84,58 -78,-90,78 -92,-89,91",
                "-36,-87,22 -52,-91,50 -82,-96,77 -92,-93,92",
                "-42,-102,18 -58,-101,48 -84,-101,77 -92,-96,92",
                "-54,-118,28 -66,-112,51 -86,-107,77 -92,-99,92",
                "-66,-125,48 -74,-119,60 -88,-112,78 -92,-103,91",
            ),
            Piece("belly", ("-92,-97,91 -98,-88,104 -94,-78,118 -84,-72,126",), (11, 10, 8, 5), ("front",)),
        ),
        one_outline=True,
    ),
    "quadratus_femoris": DrawnMuscle(
        "deep",
        (-114, -111, 96),
        (
            _fan(
                "-116,-99,60 -115,-101,78 -112,-99,100 -106,-91,121",
                "-116,-112,56 -115,-112,80 -112,-110,100 -104,-108,119",
                "-116,-126,58 -114,-123,78 -110,-123,98 -102,-129,112",
            ),
        ),
    ),
    # adductors
    "pectineus": DrawnMuscle(
        "adductors",
        (-50, -106, 70),
        (
            _fan(
                "-38,-65,49 -52,-98,77 -84,-140,105",
                "-33,-74,38 -50,-113,71 -84,-156,107",
                "-27,-79,25 -46,-124,61 -80,-174,108",
            ),
        ),
    ),
    "adductor_longus": DrawnMuscle(
        "adductors",
        (-46, -178, 57),
        (
            _fan(
                "-30,-80,20 -44,-140,60 -66,-225,106",
                "-30,-85,15 -46,-172,56 -66,-272,106",
                "-32,-90,10 -48,-190,46 -65,-312,105",
            ),
        ),
    ),
    "adductor_brevis": DrawnMuscle(
        "adductors",
        (-66, -180, 84),
        (
            _fan(
                "-50,-88,19 -60,-126,60 -76,-168,110",
                "-58,-93,16 -62,-142,58 -71,-190,112",
                "-61,-106,12 -62,-162,52 -68,-234,108",
            ),
        ),
    ),
    "adductor_minimus": DrawnMuscle(
        "adductors",
        (-82, -134, 92),
        (
            _fan(
                "-46,-98,20 -72,-110,66 -90,-122,116",
                "-54,-108,22 -76,-128,66 -86,-146,114",
                "-62,-117,24 -76,-150,66 -80,-184,112",
            ),
        ),
    ),
    "adductor_magnus": DrawnMuscle(
        "adductors",
        (-90, -250, 76),
        (
            _fan(
                "-66,-114,22 -74,-152,66 -78,-192,112",
                "-76,-122,30 -76,-210,70 -67,-280,107",
                "-96,-130,44 -88,-250,74 -66,-345,103",
                "-106,-132,50 -104,-240,60 -90,-330,68 -69,-398,95",
            ),
            _tendon("-92,-340,58 -78,-400,55 -66,-447,53", 9, 6.5, 6),
            _belly("-116,-126,50 -112,-200,52 -100,-290,58 -82,-382,56", 15, 25, 24, 6),
        ),
    ),
    "gracilis": DrawnMuscle(
        "adductors",
        (-82, -260, 30),
        (
            _tendon("-99,-385,40 -102,-470,41 -96,-512,44 -70,-548,61", 7, 6, 6, 8),
            _belly("-66,-115,17 -72,-190,21 -84,-270,31 -96,-350,38 -101,-430,41", 12, 20, 20, 15, 3),
        ),
    ),
    # thigh muscles that cross the hip
    "rectus_femoris": DrawnMuscle(
        "thigh",
        (-10, -230, 100),
        (
            _tendon("-10,-345,92 -12,-390,88 -12,-430,85 -16,-470,84 -36,-532,86", 9, 18, 30, 22, 20),
            _belly("-29,-31,97 -14,-110,101 -8,-200,101 -8,-290,96 -12,-398,88", 9, 30, 40, 36, 4),
        ),
    ),
    "sartorius": DrawnMuscle(
        "thigh",
        (-14, -200, 82),
        (
            _tendon("-80,-446,41 -84,-476,41 -78,-506,44 -66,-532,50 -51,-550,60", 10, 9, 8, 9, 13),
            _belly(
                "-15,-1,124 -6,-80,114 -8,-160,94 -22,-240,69 -46,-330,50 -72,-420,42 -84,-480,41",
                *(11, 19, 21, 22, 21, 17, 4),
            ),
        ),
    ),
    "hamstrings": DrawnMuscle(
        "thigh",
        (-124, -230, 80),
        (
            _belly(
                "-120,-108,66 -122,-200,63 -118,-290,60 -112,-380,56 -108,-460,58 -104,-508,63",
                8,
                18,
                33,
                37,
                26,
                9,
            ),
            _tendon("-121,-360,60 -118,-450,55 -114,-496,57 -96,-534,60 -73,-557,65", 6, 5, 5, 5, 8),
            _belly("-126,-114,59 -130,-190,68 -126,-280,67 -119,-395,58", 12, 24, 25, 3)._replace(pale=True),
        ),
    ),
    "biceps_femoris_long": DrawnMuscle(
        "thigh",
        (-112, -330, 107),
        (
            _tendon("-104,-425,118 -103,-480,119 -100,-514,121", 8, 8, 11),
            _belly("-124,-116,62 -124,-190,80 -114,-290,102 -106,-380,115 -104,-466,119", 13, 25, 33, 25, 4),
        ),
        page="hamstrings",
    ),
    "biceps_femoris_short": DrawnMuscle(
        "thigh",
        (-90, -380, 112),
        (
            _tendon("-104,-455,119 -103,-485,119 -100,-514,121", 8, 8, 11),
            _fan(
                "-52,-220,112 -80,-320,123 -102,-410,127 -104,-482,121",
                "-54,-300,105 -80,-360,114 -100,-430,119 -104,-482,119",
                "-58,-400,97 -84,-430,106 -100,-450,113 -104,-482,117",
            ),
        ),
        page="hamstrings",
    ),
}
