"""Bones, joints and ligaments: which there are, what they rest on, and a few facts any atlas shows."""

import pytest

from anatomy.blocks import Basis
from anatomy.catalogue import catalogue
from anatomy.entries import StructureKind

FROM_THE_HIP_DOWN = [
    "pelvis",
    "sacrum",
    "hip_joint",
    "femur",
    "greater_trochanter",
    "patella",
    "knee",
    "tibia",
    "fibula",
    "ankle_joint",
    "talus",
    "subtalar_joint",
    "calcaneus",
    "navicular",
    "spring_ligament",
    "cuboid",
    "cuneiforms",
    "metatarsals",
    "big_toe_joint",
    "plantar_fascia",
]

# Who starts, ends or passes where, whatever words the page finds for it.
MUSCLES_AT = {
    "pelvis": {"gluteus_medius", "gluteus_minimus", "iliacus", "hamstrings", "sartorius"},
    "sacrum": {"gluteus_maximus", "piriformis"},
    "hip_joint": {"psoas_major", "gluteus_maximus", "piriformis", "rectus_femoris"},
    "femur": {"gluteus_maximus", "psoas_major", "iliacus", "adductor_magnus"},
    "greater_trochanter": {"gluteus_medius", "gluteus_minimus", "piriformis", "obturator_internus"},
    "patella": {"rectus_femoris"},
    "tibia": {"sartorius", "gracilis", "tibialis_posterior"},
    "fibula": {"peroneus_longus", "flexor_hallucis_longus", "tibialis_posterior"},
    "calcaneus": {"abductor_hallucis"},
    "navicular": {"tibialis_posterior"},
    "cuboid": {"peroneus_longus"},
    "cuneiforms": {"tibialis_posterior", "peroneus_longus"},
    "metatarsals": {"peroneus_longus"},
    "big_toe_joint": {"abductor_hallucis", "flexor_hallucis_longus"},
}

# Muscles that cross a joint without reaching the bone: a muscle map that lists them there is wrong.
NEVER_AT = {
    "hip_joint": {"psoas_minor", "tibialis_posterior"},
    "femur": {"psoas_minor", "sartorius", "gracilis", "rectus_femoris"},
    "greater_trochanter": {"gluteus_maximus", "iliacus", "psoas_major"},
    "fibula": {"abductor_hallucis", "gracilis"},
    "navicular": {"peroneus_longus"},
}

BONES_OF_THE_ARCHES = {
    "medial_longitudinal_arch": {"calcaneus", "talus", "navicular", "cuneiforms", "metatarsals"},
    "lateral_longitudinal_arch": {"calcaneus", "cuboid", "metatarsals"},
    "transverse_arch": {"cuboid", "cuneiforms", "metatarsals"},
}


def test_the_twenty_structures_are_there_from_the_hip_down() -> None:
    assert list(catalogue().structures) == FROM_THE_HIP_DOWN


@pytest.mark.parametrize("key", FROM_THE_HIP_DOWN)
def test_where_it_lies_and_what_it_does_can_be_looked_up(key: str) -> None:
    structure = catalogue().structures[key]

    for block in (structure.where, structure.does):
        assert block.sources or (block.basis is Basis.TEXTBOOK and block.checked_at)


@pytest.mark.parametrize("key", MUSCLES_AT)
def test_a_structure_names_the_muscles_that_reach_it(key: str) -> None:
    assert MUSCLES_AT[key] <= set(catalogue().structures[key].muscles)


@pytest.mark.parametrize("key", NEVER_AT)
def test_a_structure_does_not_name_muscles_that_pass_it_by(key: str) -> None:
    assert not NEVER_AT[key] & set(catalogue().structures[key].muscles)


def test_every_muscle_has_a_bone_to_pull_at() -> None:
    known = catalogue()
    reached = {
        muscle
        for structure in known.structures.values()
        if structure.kind is StructureKind.BONE
        for muscle in structure.muscles
    }

    assert reached == set(known.muscles)


@pytest.mark.parametrize("arch", BONES_OF_THE_ARCHES)
def test_an_arch_is_made_of_its_bones(arch: str) -> None:
    bones = {
        structure.key
        for structure in catalogue().structures_of(arch=arch)
        if structure.kind is StructureKind.BONE
    }

    assert bones == BONES_OF_THE_ARCHES[arch]


def test_neighbours_name_each_other() -> None:
    structures = catalogue().structures
    one_way = [
        (structure.key, neighbour)
        for structure in structures.values()
        for neighbour in structure.beside
        if structure.key not in structures[neighbour].beside
    ]

    assert one_way == []
