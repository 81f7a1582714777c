"""The exports, read back by real readers: bibtexparser and citeproc-py."""

import json

import pytest
from bibtexparser.entrypoint import parse_string
from citeproc.source.json import CiteProcJSON
from django.test import Client

from anatomy.catalogue import catalogue
from anatomy.citing import bibtex, bibtex_entry, csl_item, csl_json
from anatomy.entries import Source, SourceKind

ARTICLE = Source(
    key="made_up_2020",
    checked="2026-11-24",
    name="Made Up 2020",
    kind=SourceKind.TRIAL,
    authors=("van der Berg JA", "Holmes", "et al."),
    year=2020,
    title="Feet & hips: 50 % of {everything}_1",
    container="Foot & Ankle",
    pages="13(2):70-79",
    doi="10.1000/182",
)


def test_bibtex_is_read_back_whole() -> None:
    library = parse_string(bibtex(catalogue().sources.values()))

    assert not library.failed_blocks
    assert {entry.key for entry in library.entries} == set(catalogue().sources)


def test_csl_json_is_read_back_whole() -> None:
    items = json.loads(csl_json(catalogue().sources.values()))

    assert set(CiteProcJSON(items)) == set(catalogue().sources)


def test_known_fields_come_back_from_bibtex() -> None:
    [entry] = parse_string(bibtex_entry(ARTICLE)).entries

    fields = {field.key: field.value for field in entry.fields}
    assert entry.entry_type == "article"
    assert fields["author"] == "van der Berg, JA and Holmes and others"
    assert fields["title"] == r"{Feet \& hips: 50 \% of \{everything\}\_1}"
    assert (fields["volume"], fields["number"], fields["pages"], fields["year"]) == (
        "13",
        "2",
        "70--79",
        "2020",
    )
    assert fields["doi"] == "10.1000/182"


def test_known_fields_stand_in_csl() -> None:
    item = csl_item(ARTICLE)

    assert item["type"] == "article-journal"
    assert item["author"] == [{"family": "van der Berg", "given": "JA"}, {"family": "Holmes"}]
    assert (item["volume"], item["issue"], item["page"]) == ("13", "2", "70-79")
    assert item["issued"] == {"date-parts": [[2020]]}


def test_unknown_fields_are_left_out() -> None:
    bare = Source(key="bare", checked="2026-11-24", name="Bare", kind=SourceKind.OTHER)

    assert csl_item(bare) == {"id": "bare", "type": "document"}
    assert bibtex_entry(bare) == "@misc{bare,\n}\n"


@pytest.mark.parametrize(
    ("pages", "place"),
    [
        ("13(2):70-79", {"volume": "13", "issue": "2", "page": "70-79"}),
        ("8:S17-S27", {"volume": "8", "page": "S17-S27"}),
        ("9(7)", {"volume": "9", "issue": "7"}),
        ("22", {"volume": "22"}),
        ("part 2, page 8", {"page": "part 2, page 8"}),
    ],
)
def test_place_is_split_as_far_as_it_is_known(pages: str, place: dict[str, str]) -> None:
    item = csl_item(ARTICLE.model_copy(update={"pages": pages}))

    assert {field: item[field] for field in ("volume", "issue", "page") if field in item} == place


@pytest.mark.parametrize(
    ("address", "content_type", "file"),
    [
        ("/sources.bib", "application/x-bibtex", "hipfeet-sources.bib"),
        ("/sources.json", "application/vnd.citationstyles.csl+json", "hipfeet-sources.json"),
        ("/sources/khamis-2007.bib", "application/x-bibtex", "khamis-2007.bib"),
        ("/sources/khamis-2007.json", "application/vnd.citationstyles.csl+json", "khamis-2007.json"),
    ],
)
def test_export_is_a_file_to_save(client: Client, address: str, content_type: str, file: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(content_type)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file}"'
    assert "khamis_2007" in response.content.decode()
