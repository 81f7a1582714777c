"""Whatever is wrong with a content file stops the start."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from anatomy import blocks
from anatomy.blocks import ContentError, Frozen, load_file
from tests.content.content_files import ROOT, name

APPS = ("anatomy", "assessments", "exercises", "hipfeet")


def forget_what_was_read() -> None:
    """As in a process that has just begun."""
    for module in list(sys.modules.values()):
        if module.__name__.split(".")[0] in APPS:
            for value in vars(module).values():
                getattr(value, "cache_clear", lambda: None)()


@pytest.fixture
def read_at_start(monkeypatch: pytest.MonkeyPatch) -> dict[str, type[Frozen]]:
    """{file: what it is read into} of every file that the apps read when Django starts."""
    models: dict[str, type[Frozen]] = {}
    plain = blocks.parse

    def noting(data: Any, model: type[Any], *, where: str) -> Any:
        models[where] = model
        return plain(data, model, where=where)

    forget_what_was_read()
    with monkeypatch.context() as patch:
        patch.setattr(blocks, "parse", noting)
        for app in APPS:
            apps.get_app_config(app).ready()
    return models


def refuses(path: Path, model: type[Frozen]) -> bool:
    try:
        load_file(path, model)
    except ContentError as error:
        return str(path) in str(error)
    return False


def test_an_unknown_or_a_missing_key_in_any_content_file_stops_the_start(
    read_at_start: dict[str, type[Frozen]], tmp_path: Path
) -> None:
    files = sorted(path for app in APPS for path in (ROOT / app / "content").rglob("*.toml"))
    starts = []
    for path in files:
        model = read_at_start.get(str(path))
        text = path.read_text(encoding="utf-8")
        copy = tmp_path / path.name
        for what, broken in (("an unknown key", f'nobody_knows = "x"\n{text}'), ("no key", "\n")):
            copy.write_text(broken, encoding="utf-8")
            if model is None or not refuses(copy, model):
                starts.append(f"{name(path)} with {what}")

    assert len(files) > 300
    assert not starts, "\n".join(starts)


def test_what_stops_reading_a_file_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    as_on_disk = Path.read_text
    monkeypatch.setattr(
        Path, "read_text", lambda path, **how: f'nobody_knows = "x"\n{as_on_disk(path, **how)}'
    )
    forget_what_was_read()

    for app in APPS:
        with pytest.raises(ContentError, match="nobody_knows"):
            apps.get_app_config(app).ready()
    monkeypatch.undo()
    forget_what_was_read()


def test_a_step_of_a_topic_whose_exercise_is_not_there_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    as_on_disk = Path.read_text
    known, gone = 'exercise = "short_foot"', 'exercise = "long_foot"'
    monkeypatch.setattr(Path, "read_text", lambda path, **how: as_on_disk(path, **how).replace(known, gone))
    forget_what_was_read()

    with pytest.raises(ContentError, match=r"exercises: names unknown keys: long_foot"):
        apps.get_app_config("exercises").ready()
    monkeypatch.undo()
    forget_what_was_read()
