"""Each work of the bibliography can be named, found and cited."""

import re
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

from anatomy.catalogue import catalogue
from anatomy.entries import FurtherReading, Source

BARE_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
PMID = re.compile(r"\d{5,8}")
VOLUME_ISSUE_PAGES = re.compile(r"\d+(\([\w.-]+\))?(:[A-Za-z]?[A-Za-z\d]+(-[A-Za-z\d]+)?)?")

# Their titles were not on the pages that were read; nothing is filled in from memory.
UNTITLED = {
    "butterworth_2012",
    "cruz_2024_pronation",
    "fixheel_2023",
    "foot_pain_trajectories_2021",
    "ganderton_2018",
    "medicalnewstoday_hip_rotation",
    "semj_68515",
    "windlass_2024",
}

OLDEST = 1950


def every_source() -> list[Source]:
    return list(catalogue().sources.values())


def test_a_source_can_be_named_by_title_or_place() -> None:
    untitled = {source.key for source in every_source() if not (source.title or source.organisation)}

    assert untitled <= UNTITLED
    assert [key for key in untitled if not catalogue().sources[key].container] == []


def test_a_doi_is_bare() -> None:
    assert [s.key for s in every_source() if s.doi and not BARE_DOI.fullmatch(s.doi)] == []


def test_no_two_sources_share_a_doi() -> None:
    dois = Counter(source.doi.casefold() for source in every_source() if source.doi)

    assert [doi for doi, count in dois.items() if count > 1] == []


def test_no_two_sources_share_a_pmid() -> None:
    pmids = Counter(source.pmid for source in every_source() if source.pmid)

    assert [pmid for pmid, count in pmids.items() if count > 1] == []
    assert [pmid for pmid in pmids if not PMID.fullmatch(pmid)] == []


def test_an_address_leads_to_a_site() -> None:
    for source in every_source():
        if source.address:
            parts = urlsplit(source.address)
            assert parts.scheme in {"http", "https"}, source.key
            assert "." in parts.netloc, source.key


def test_a_work_with_a_doi_is_reached_by_it() -> None:
    elsewhere = {
        s.key: s.address for s in every_source() if s.doi and s.address != f"https://doi.org/{s.doi}"
    }

    assert elsewhere == {}


def test_a_year_is_plausible() -> None:
    this_year = max(source.checked for source in every_source()).year

    assert [s.key for s in every_source() if s.year and not OLDEST <= s.year <= this_year] == []


def test_a_year_in_the_key_is_the_year_of_the_work() -> None:
    for source in every_source():
        in_key = re.search(r"_(19|20)\d\d(?=_|$)", source.key)
        if in_key and source.year:
            assert in_key[0] == f"_{source.year}", source.key


def test_volume_and_pages_can_be_told_apart() -> None:
    odd = {s.key: s.pages for s in every_source() if s.pages and not VOLUME_ISSUE_PAGES.fullmatch(s.pages)}

    assert odd == {}


def test_pages_stand_beside_what_they_are_pages_of() -> None:
    assert [s.key for s in every_source() if s.pages and not s.container] == []


def test_authors_are_names_each_once() -> None:
    """Where only the first are known, "et al." stands last, so that an export can say so."""
    for source in every_source():
        assert len(source.authors) == len(set(source.authors)), source.key
        assert "et al." not in source.authors[:-1], source.key
        assert source.authors != ("et al.",), source.key
        assert [author for author in source.authors if "," in author] == [], source.key


def test_a_source_without_authors_says_who_stands_behind_it_or_what_is_missing() -> None:
    bare = [
        source.key
        for source in every_source()
        if not (source.authors or source.organisation or source.container or source.remark)
    ]

    assert [key for key in bare if not catalogue().sources[key].address] == []


def test_each_source_was_read_or_says_why_not() -> None:
    assert [s.key for s in every_source() if s.read is None and not s.remark] == []


def test_what_was_known_only_from_others_says_so() -> None:
    for source in every_source():
        if source.read is FurtherReading.SECONDARY_PAGE:
            assert source.secondary or source.remark, source.key


@pytest.mark.parametrize(
    ("key", "caveat"),
    [
        ("taddei_2020", "does not fit"),
        ("alahmri_2022", "contradicts itself"),
        ("oerlemans_2023", "do not agree"),
        ("snyder_2009", "no group to compare with"),
        ("wouters_2012", "no group to compare with"),
        ("cruz_2024_posture", "not drawn by lot"),
        ("cruz_2019", "not drawn by lot"),
        ("huang_2022", "unit"),
        ("holmes_1992", "does not fit"),
        ("little_2013", "thesis"),
        ("zarali_2023", "not the arch"),
        ("nielsen_2014", "18 strongly rolled-in feet"),
    ],
)
def test_a_reader_is_warned_where_the_record_warns(key: str, caveat: str) -> None:
    assert caveat in (catalogue().sources[key].remark or "")


def test_nothing_was_checked_before_the_record_was() -> None:
    assert [s.key for s in every_source() if s.checked < date(2026, 11, 23)] == []
