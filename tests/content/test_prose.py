"""Every page reads easily and is spelt as in Britain; `make prose` shows how hard each one is."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from anatomy.catalogue import catalogue
from tests.content.prose import (
    NAME,
    TARGET_GRADE,
    grade_of,
    main_of,
    names_of,
    paragraphs,
    readings,
    sentences_of,
    syllables,
    words_of,
    words_shown,
)
from tests.rendered import every_page, guest_check_pages, public_pages

WORD_LIST = Path(__file__).parent / "spelling.txt"

A_PAGE = """<html><body><nav><p>A menu that is not read.</p></nav><main>
<h1>A heading</h1><p>Look at the <b>left</b> foot. Then rest.</p><p><a href="/learn/">Learn</a></p>
<ul><li>One point.<ul><li>A point below it.</li></ul></li><li><a href="/learn/hip/">The hip</a>, a joint</li>
<li><a href="/sources/a-2007/">A 2007</a>. Its title. <cite>Journal</cite>.</li></ul>
<p>It was found. <a class="grade low" href="/evidence/x/">How sure: low</a> <a class="note" href="#note-1">1</a><br>
<span class="small muted">Source: <a href="/sources/a-2007/">A 2007</a>. </span></p>
<dl><div><dt>Knee</dt><dd>Straight ahead</dd></div><div><dt>Authors</dt><dd>Khamis S, Yizhar Z</dd></div></dl>
</main></body></html>"""


# --- how it is measured ---


def test_prose_is_what_is_written_in_sentences() -> None:
    assert paragraphs(A_PAGE) == [
        "Look at the left foot. Then rest.",
        "One point.",
        "A point below it.",
        "It was found.",
    ]


def test_words_shown_are_all_but_those_of_others() -> None:
    shown = words_shown(main_of(A_PAGE))

    assert "A heading" in shown
    assert "Straight ahead" in shown
    assert not {"Khamis", "2007", "title", "Journal", "menu"} & set(re.findall(r"\w+", shown))


def test_page_with_a_tag_left_open_is_refused() -> None:
    with pytest.raises(ValueError, match="</div> closes nothing"):
        main_of("<main><div><p>Open</div></main>")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("foot", 1), ("arches", 2), ("muscle", 2), ("moved", 1), ("tilted", 2), ("bones", 1), ("movement", 2),
        ("exercise", 3), ("lying", 2), ("people", 2), ("physiotherapist", 6), ("gluteus", 3),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_grade_is_flesch_kincaid() -> None:
    words = [words_of(sentence) for sentence in sentences_of("The cat sat on the mat. It sat there quietly.")]

    assert grade_of(words) == pytest.approx(0.39 * 10 / 2 + 11.8 * 12 / 10 - 15.59)


def test_name_counts_as_one_short_word_and_its_term_in_brackets_not_at_all() -> None:
    names = names_of(catalogue())

    counted = words_of(
        "The gluteus medius keeps the hip level (abduction), say Khamis and Yizhar 2007.", names
    )

    assert counted == ["The", NAME, "keeps", "the", "hip", "level", "say", NAME]


# --- the pages ---


@pytest.mark.pages
@pytest.mark.django_db
def test_every_page_reads_at_grade_eight_or_below() -> None:
    found = readings({**public_pages(), **guest_check_pages()}, names_of(catalogue()))

    assert len(found) > 50
    too_hard = [reading for reading in found if reading.grade > TARGET_GRADE]
    assert not too_hard, "\n".join(f"{r.address}: {r.grade:.1f}, hardest: {r.hardest}" for r in too_hard)


@pytest.mark.pages
@pytest.mark.django_db
def test_every_word_is_spelt_as_in_britain() -> None:
    if not shutil.which("hunspell"):
        missing = "Spelling not checked. To check it: sudo apt install hunspell hunspell-en-gb"
        (pytest.fail if os.environ.get("STRICT") else pytest.skip)(missing)
    pages = {at: html for at, html in every_page().items() if "?q=" not in at}  # what is found names authors
    where = {"teh": "nowhere: it proves that the speller looks"}
    sources = re.compile("|".join(re.escape(source.name) for source in catalogue().sources.values()))
    for address, html in pages.items():
        for word in spelt(sources.sub(" ", words_shown(main_of(html)))):
            where.setdefault(word, address)

    unknown = not_in_the_dictionary(where)

    assert unknown.pop("teh", ""), "the speller finds nothing at all"
    assert not unknown, "\n".join(f"{word}: {address}" for word, address in unknown.items())


def test_word_list_is_sorted_and_holds_each_word_once() -> None:
    words = WORD_LIST.read_text(encoding="utf-8").splitlines()

    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))


def spelt(text: str) -> list[str]:
    """The words of a text, without e-mail and web addresses and without figures."""
    text = re.sub(r"\S+@\S+|\S+\.(?:com|org|uk|net)\b\S*|10\.\d{4}\S+", " ", text.replace("’", "'"))
    return re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", text)


def not_in_the_dictionary(where: dict[str, str]) -> dict[str, str]:
    """The words that neither the British dictionary nor our own list knows, each with a page it stands on."""
    done = subprocess.run(  # noqa: S603
        ["hunspell", "-l", "-d", "en_GB", "-i", "utf-8", "-p", str(WORD_LIST)],  # noqa: S607
        input="\n".join(where),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {word: where.get(word, "part of a hyphenated word") for word in done.stdout.split()}
