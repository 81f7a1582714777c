"""The parts of the body that have a page: how a plate names them and where their link leads."""

from typing import NamedTuple

from anatomy.catalogue import catalogue

# Bones, joints, ligaments and arches: what is written on a plate, and the field's term below it.
_PLAIN = {
    "pelvis": ("Pelvis", ""),
    "sacrum": ("Sacrum", "base of the spine"),
    "hip_joint": ("Hip joint", "ball and socket"),
    "femur": ("Thigh bone", "femur"),
    "greater_trochanter": ("Greater trochanter", "bony point at the side"),
    "patella": ("Kneecap", "patella"),
    "knee": ("Knee joint", ""),
    "tibia": ("Shin bone", "tibia"),
    "fibula": ("Calf bone", "fibula"),
    "ankle_joint": ("Ankle joint", ""),
    "calcaneus": ("Heel bone", "calcaneus"),
    "talus": ("Talus", "ankle bone"),
    "subtalar_joint": ("Subtalar joint", "below the ankle"),
    "navicular": ("Navicular", "inner midfoot bone"),
    "cuboid": ("Cuboid", "outer midfoot bone"),
    "cuneiforms": ("Cuneiforms", "midfoot bones"),
    "metatarsals": ("Metatarsals", "long foot bones"),
    "big_toe_joint": ("Big toe joint", ""),
    "plantar_fascia": ("Plantar fascia", "band of the sole"),
    "spring_ligament": ("Spring ligament", ""),
    "medial_longitudinal_arch": ("Inner arch", "medial longitudinal arch"),
    "lateral_longitudinal_arch": ("Outer arch", "lateral longitudinal arch"),
    "transverse_arch": ("Cross arch", "transverse arch"),
}


# The colours of the plates, and the groups of muscles that wear them.
COLOURS = {
    "iliopsoas": "iliopsoas",
    "gluteal": "gluteal_superficial",
    "deep": "gluteal_deep",
    "adductors": "adductors",
    "thigh": "thigh",
    "calf": "calf",
    "helpers": "foot_side",
}


class DrawnGroup(NamedTuple):
    """A group of muscles as a key of colours tells it."""

    colour: str
    name: str
    plain_name: str


def group(colour: str) -> DrawnGroup:
    """The group that wears a colour. Raises KeyError when none does."""
    found = catalogue().groups[COLOURS[colour]]
    return DrawnGroup(colour, found.name, found.plain_name)


class DrawnPart(NamedTuple):
    """A part of the body with a page: its first name is the one written large on a plate."""

    key: str
    section: str
    name: str
    second_name: str

    @property
    def href(self) -> str:
        """The address of its page."""
        return f"/learn/{self.section}/{self.key.replace('_', '-')}/"

    @property
    def full_name(self) -> str:
        """Both names in one: "Heel bone, calcaneus"."""
        return ", ".join(filter(None, (self.name, self.second_name)))


def part(key: str) -> DrawnPart:
    """The part with this key. Raises KeyError when no page has it."""
    if key in _PLAIN:
        return DrawnPart(key, "arches" if key.endswith("_arch") else "bones-and-joints", *_PLAIN[key])
    muscle = catalogue().muscles[key]
    return DrawnPart(key, "muscles", muscle.name, muscle.plain_name)
