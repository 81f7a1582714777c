"""docs/security.md: the table holds each requirement of the level once, says as much as it counts, and names tests there are."""

import re
from collections import Counter

from accounts.events import ONLY_LOGGED
from accounts.models import EventKind
from tests.architecture.test_settings import ROOT

PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ANSWERS = {"met", "not applicable", "deviated"}
HOW_MANY = dict(
    zip((f"V{n}" for n in range(1, 16)), (8, 4, 8, 2, 4, 13, 6, 4, 4, 5, 3, 3, 1, 2, 3), strict=True)
)
"""Requirements of level 1 in each chapter of ASVS 5.0.0; chapters 16 and 17 have none."""


def rows(title: str) -> list[list[str]]:
    section = PAGE.split(f"## {title}")[1].split("\n## ")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in re.findall(r"^\| V.*$", section, re.MULTILINE)
    ]


def test_table_answers_each_requirement_of_level_1_once() -> None:
    table = rows("ASVS 5.0, level 1")

    assert len({number for number, *_ in table}) == len(table)
    assert Counter(number.split(".")[0] for number, *_ in table) == HOW_MANY
    assert {answer for _, _, answer, _ in table} == ANSWERS
    counted = Counter(answer for _, _, answer, _ in table)
    said = re.search(r"Met: (\d+); not applicable: (\d+); deviated, with the reason: (\d+)", PAGE)
    assert said
    assert [int(number) for number in said.groups()] == [
        counted[it] for it in ("met", "not applicable", "deviated")
    ]


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)

    assert len(named) > 50
    for file, test in named:
        assert (ROOT / file).is_file(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"


def test_every_event_is_listed() -> None:
    listed = re.findall(r"^\| `(\w+)`( \*)? \|", PAGE, re.MULTILINE)

    assert {name: bool(star) for name, star in listed} == {
        kind.value: kind not in ONLY_LOGGED for kind in EventKind
    }
