"""Search over everything public: what people type leads to what we call it."""

import functools

from anatomy.blocks import load_file, require_keys
from anatomy.catalogue import catalogue as reference_catalogue
from exercises.rules.catalogue import catalogue as exercise_catalogue
from hipfeet.search.documents import documents
from hipfeet.search.index import Index
from hipfeet.search.ranking import Results
from hipfeet.search.words import CONTENT, Phrasebook, SearchContent


@functools.cache
def search_content() -> SearchContent:
    """The reviewed words, read once; raises ContentError, also where `asked_for` names a page that is not there."""
    content = load_file(CONTENT, SearchContent)
    known = reference_catalogue()
    require_keys(content.asked_for, {*known.topics, *known.questions}, where=f"{CONTENT}: asked_for")
    return content


def build_index() -> Index:
    """An index of all content; raises ContentError."""
    content = search_content()
    return Index(documents(reference_catalogue(), exercise_catalogue(), content), Phrasebook(content))


index = functools.cache(build_index)


def search(text: str) -> Results:
    """What can be found for a text somebody typed."""
    return index().search(text)
