"""The hashed names of production: each import between the scripts leads to a file that is there."""

import re
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from hipfeet.static_files import HashedFilesStorage

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
IMPORT = re.compile(r"""^import .*?["'](.+?)["'];""", re.MULTILINE)


def test_every_import_between_scripts_names_a_hashed_file_that_is_there(tmp_path: Path) -> None:
    source = FileSystemStorage(location=SCRIPTS.parent)
    collected = HashedFilesStorage(location=tmp_path, base_url="/static/")
    paths = {f"js/{file.name}": (source, f"js/{file.name}") for file in SCRIPTS.glob("*.js")}
    for name in paths:
        with source.open(name) as script:
            collected.save(name, script)

    for _, _, processed in collected.post_process(paths):
        assert not isinstance(processed, Exception), processed

    found: dict[str, set[str]] = {}
    for name in paths:
        hashed = tmp_path / collected.stored_name(name)
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", hashed.name)
        for imported in IMPORT.findall(hashed.read_text()):
            assert (hashed.parent / imported).is_file(), (name, imported)
            found.setdefault(name, set()).add(re.sub(r"\.[0-9a-f]{12}", "", imported))
    assert found == {
        "js/counting.js": {"./sound.js"},
        "js/player.js": {"./queue.js", "./sound.js"},
    }
