"""How templates are written: lines that fit on a screen, one block a line, its end under its beginning."""

import re
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LONGEST_LINE = 119
BLOCKS = (
    "html head body main header footer nav section article aside div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead"
    " tbody tr th td caption form fieldset legend figure figcaption details summary select option template"
)
TAG = re.compile(rf"<(/?)({'|'.join(BLOCKS.split())})\b")


def test_templates_hold_one_block_a_line_in_lines_under_120_characters() -> None:
    complaints = [
        f"{path.relative_to(TEMPLATES)}:{number}: {complaint}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number, complaint in complaints_about(path.read_text("utf-8"))
    ]

    assert not complaints, "\n".join(complaints)


def test_a_long_line_two_blocks_in_one_and_an_end_out_of_place_are_complained_about() -> None:
    template = f"<div>\n  <p>{'a' * 120}</p>\n  <ul><li>One</li></ul>\n  </div>\n</p>\n"

    assert list(complaints_about(template)) == [
        (2, "129 characters"),
        (3, "2 blocks begin"),
        (4, "</div> does not stand under its beginning"),
        (5, "</p> ends nothing"),
    ]


def complaints_about(template: str) -> Iterator[tuple[int, str]]:
    """What is wrong with a template, with the number of its line."""
    begun: list[tuple[str, int, int]] = []  # name, line, indent
    for number, line in enumerate(template.splitlines(), 1):
        code = re.sub(r"\{#.*?#\}", "", line)
        indent = len(line) - len(line.lstrip())
        if len(line) > LONGEST_LINE:
            yield number, f"{len(line)} characters"
        if (begins := sum(not end for end, _ in TAG.findall(code))) > 1:
            yield number, f"{begins} blocks begin"
        for tag in TAG.finditer(code):
            end, name = tag.groups()
            if not end:
                begun.append((name, number, indent))
                continue
            if not begun or begun[-1][0] != name:
                yield number, f"</{name}> ends nothing"
                continue
            _, since, under = begun.pop()
            if since != number and (indent != under or tag.start() != indent):
                yield number, f"</{name}> does not stand under its beginning"
