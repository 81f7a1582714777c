"""The hashed names of production: each import between the scripts leads to a file that is there."""

import re
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from hipfeet.static_files import HashedFilesStorage, without_comments

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
        assert not re.search(r"^\s*//", hashed.read_text(), re.MULTILINE), name
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", hashed.name)
        for imported in IMPORT.findall(hashed.read_text()):
            assert (hashed.parent / imported).is_file(), (name, imported)
            found.setdefault(name, set()).add(re.sub(r"\.[0-9a-f]{12}", "", imported))
    assert found == {
        "js/clock.js": {"./sound.js"},
        "js/counting.js": {"./sound.js"},
        "js/moves.js": {"./clock.js"},
        "js/player.js": {"./clock.js", "./enhance.js", "./queue.js"},
    }


def test_comments_are_left_out_of_what_is_sent_and_addresses_stay() -> None:
    script = "// what it does\nexport const one = 1; // second\n  // why\n\tcall('https://example.org');\n"

    assert without_comments(script) == "export const one = 1;\n\tcall('https://example.org');\n"


def test_no_text_of_a_script_runs_over_a_line_that_could_be_taken_for_a_comment() -> None:
    for file in SCRIPTS.glob("*.js"):
        for number, line in enumerate(without_comments(file.read_text()).split("\n"), 1):
            assert line.count("`") % 2 == 0, f"{file.name}:{number}"
