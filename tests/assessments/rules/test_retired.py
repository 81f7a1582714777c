"""A rule that leaves the table stays readable for the results that name it."""

from pathlib import Path

import pytest

from anatomy.blocks import ContentError
from anatomy.catalogue import catalogue
from assessments.rules.questionnaire import CONTENT, questionnaire
from assessments.rules.scoring import DecisionTable, load_decision_table


def table_with(tmp_path: Path, *, rules: str = "", retire: str = "") -> DecisionTable:
    """The decision table of a copy of the content, with changes."""
    for path in CONTENT.rglob("*.toml"):
        target = tmp_path / path.relative_to(CONTENT)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if path.name == "decision_table.toml" and rules:
            text = text.replace(f'"{rules}", ', "")
        if retire and path.stem == retire:
            text = f"retired = true\n{text}"
        target.write_text(text, encoding="utf-8")
    known = catalogue()
    return load_decision_table(
        tmp_path, questionnaire().questions, sources=list(known.sources), claims=list(known.claims)
    )


def test_retired_rule_is_read_but_no_longer_evaluated(tmp_path: Path) -> None:
    table = table_with(tmp_path, rules="M3", retire="M3")

    assert "M3" not in [rule.key for rule in table.rules]
    found = table.rule("M3")
    assert found is not None
    assert found.title


def test_rule_that_is_neither_listed_nor_retired_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="does not list each file"):
        table_with(tmp_path, rules="M3")


def test_rule_that_is_listed_and_retired_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="does not list each file"):
        table_with(tmp_path, retire="M3")
