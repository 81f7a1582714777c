"""The bibliography holds what the three apps lean on, no less and no more."""

from collections import Counter

from anatomy.catalogue import catalogue
from tests.content.content_files import content_files, name, read, tables


def used_sources() -> dict[str, set[str]]:
    """Each source key the content names, with the files that name it."""
    used: dict[str, set[str]] = {}
    for path in content_files():
        for table in tables(read(path)):
            keys = [*table.get("sources", []), *([table["source"]] if "source" in table else [])]
            for key in keys:
                used.setdefault(key, set()).add(name(path))
    return used


def test_every_source_named_is_in_the_bibliography() -> None:
    unknown = {key: files for key, files in used_sources().items() if key not in catalogue().sources}

    assert unknown == {}


def test_every_source_is_used() -> None:
    assert set(catalogue().sources) - set(used_sources()) == set()


def test_no_two_sources_are_called_alike() -> None:
    names = Counter(source.name for source in catalogue().sources.values())

    assert [called for called, count in names.items() if count > 1] == []


def test_the_six_references_of_the_article_are_marked() -> None:
    marked = {key for key, source in catalogue().sources.items() if source.article_reference}

    assert marked == {
        "babu_2024",
        "ikezoe_2021",
        "niemuth_2005",
        "reiman_2013",
        "ipfh_foot_health_2012",
        "uhs_pelvic_stabilization_a6",
    }


def test_a_page_that_retells_others_is_called_secondary() -> None:
    secondary = {key for key, source in catalogue().sources.items() if source.secondary}

    assert {"nhs111wales_flat_feet", "khamis_2007"}.isdisjoint(secondary)
    assert {"physiopedia_jack_test", "pediagenosis_foot_arches"} <= secondary
