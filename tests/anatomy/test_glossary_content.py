"""The glossary: short meanings, words that stand in the texts, and none that has a page of its own."""

import re

import pytest

from anatomy.catalogue import catalogue
from anatomy.entries import SourceKind, Term
from tests.content.content_files import ROOT, content_files, name, read, tables, texts
from tests.every import for_every

MOST_WORDS = 45
GLOSSARY = "anatomy/content/glossary.toml"
TERMS = sorted(catalogue().glossary)


def _forms(term: Term) -> list[str]:
    return [form.casefold() for form in (term.name, *term.also)]


@pytest.fixture(scope="module")
def written() -> str:
    """Everything a reader can meet outside the glossary: content, templates, sorts of source."""
    content = [
        text
        for path in content_files()
        if name(path) != GLOSSARY
        for table in tables(read(path))
        for text in texts(table)
    ]
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    labels = [kind.label for kind in SourceKind]
    titles = [source.title or "" for source in catalogue().sources.values()]
    return " ".join(" ".join([*content, *pages, *labels, *titles]).split()).casefold()


@for_every(TERMS)
def test_a_meaning_is_short(key: str) -> None:
    assert len(catalogue().glossary[key].meaning.text.split()) <= MOST_WORDS


@for_every(TERMS)
def test_a_term_stands_in_some_text(key: str, written: str) -> None:
    forms = "|".join(re.escape(form) for form in _forms(catalogue().glossary[key]))

    assert re.search(rf"(?<![\w-])(?:{forms})(?![\w-])", written)


def test_every_form_stands_once() -> None:
    forms = [form for term in catalogue().glossary.values() for form in _forms(term)]

    assert sorted(forms) == sorted(set(forms))


def test_no_term_is_the_name_of_something_with_a_page() -> None:
    known = catalogue()
    named = [
        part.casefold().removeprefix("the ")
        for entries in (known.muscles, known.structures, known.arches)
        for entry in entries.values()
        for part in (entry.name, entry.plain_name, *getattr(entry, "also_called", ()))
    ]
    titles = [topic.title.casefold() for topic in known.topics.values()]
    forms = {form for term in known.glossary.values() for form in _forms(term)}

    assert not forms & {*named, *titles}


def test_the_words_of_movement_measure_and_research_are_explained() -> None:
    assert {
        "flexion",
        "extension",
        "abduction",
        "adduction",
        "inward_rotation",
        "outward_rotation",
        "pronation",
        "supination",
        "eversion",
        "inversion",
        "origin",
        "insertion",
        "pes_planus",
        "flexible_flat_foot",
        "stiff_flat_foot",
        "femoral_torsion",
        "navicular_drop",
        "foot_posture_index",
        "trial",
        "drawn_by_lot",
        "systematic_review",
        "likely_range",
        "certainty",
        "hardest_push",
        "mirror_check",
    } <= set(catalogue().glossary)
