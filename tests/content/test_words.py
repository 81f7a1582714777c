"""The wording rules hold for every text of every app, also where it stands outside a block."""

from pathlib import Path

from anatomy.blocks import forbidden_words
from tests.content.content_files import content_files, name, read, tables, texts
from tests.every import for_every

# Blocks that quote others' wording are exempt from the rules. Read each one before you change a number here.
QUOTES_OTHERS = {
    "anatomy/content/topics/corrections.toml": 27,
    "anatomy/content/muscles/tibialis_posterior.toml": 1,
}


@for_every(content_files(), name)
def test_no_text_diagnoses_promises_or_blames(path: Path) -> None:
    quoting = [table for table in tables(read(path)) if table.get("quotes_others")]
    found = [
        (word, text)
        for table in tables(read(path))
        if table not in quoting
        for text in texts(table)
        for word in forbidden_words(text)
    ]

    assert found == []


@for_every(content_files(), name)
def test_no_text_cheers(path: Path) -> None:
    assert not [text for table in tables(read(path)) for text in texts(table) if "!" in text]


def test_blocks_that_quote_others_are_those_reviewed() -> None:
    quoting = {
        name(path): count
        for path in content_files()
        if (count := sum(table.get("quotes_others") is True for table in tables(read(path))))
    }

    assert quoting == QUOTES_OTHERS
