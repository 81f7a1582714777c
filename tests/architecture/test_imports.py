"""The import order, and the modules that know nothing of Django."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.every import for_every

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["accounts", "anatomy", "assessments", "exercises", "hipfeet"]
LAYERS = (
    ("rules",),
    ("models",),
    ("rows", "rows_progress"),
    ("actions",),
    ("training", "drafting"),
    ("forms",),
    ("views",),
)
"""Within an app, each imports those before it; docs/architecture.md shows the same line."""
FILES = [
    path for app in ORDER for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
]
PURE = [
    *("anatomy.blocks", "anatomy.catalogue"),
    *(f"hipfeet.search{name}" for name in ("", ".words", ".documents", ".index", ".ranking")),
    *(f"hipfeet.owndata.clinician.{name}" for name in ("words", "seen", "told", "trained")),
    *(
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in FILES
        if "rules" in path.parts
    ),
]


def imported_modules(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the order"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@for_every(FILES, lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    later = ORDER[ORDER.index(app) + 1 :]

    backwards = {name for name in imported_modules(path) if name.split(".")[0] in later}

    assert not backwards


def layer_of(module: str) -> int | None:
    name = module.split(".")[1] if "." in module else ""
    return next((depth for depth, layer in enumerate(LAYERS) if name in layer), None)


@for_every(FILES, lambda path: str(path.relative_to(ROOT)))
def test_layers_within_an_app_run_one_way(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    own = layer_of(".".join(parts))
    if own is None:
        return

    upwards = {
        name
        for name in imported_modules(path)
        if name.split(".")[0] == parts[0] and (other := layer_of(name)) is not None and other > own
    }

    assert not upwards


def test_pure_modules_load_without_django() -> None:
    code = """
import importlib, sys
for module in sys.argv[1:]:
    importlib.import_module(module)
    if "django" in sys.modules:
        sys.exit(f"{module} brings Django")
"""

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, *PURE], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert done.stderr == ""
    assert done.returncode == 0


@for_every(FILES, lambda path: str(path.relative_to(ROOT)))
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    if path == ROOT / "accounts" / "clock.py":
        return

    reads = {
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr)
        in {
            ("datetime", "now"),
            ("datetime", "utcnow"),
            ("date", "today"),
            ("timezone", "now"),
            ("time", "time"),
        }
    }

    assert not reads


def test_nothing_is_done_by_signals() -> None:
    signals = (
        "django.db.models.signals",
        "django.dispatch",
        "django.core.signals",
        "allauth.account.signals",
    )

    hidden = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in FILES
        for name in imported_modules(path)
        if name.startswith(signals)
    }

    assert not hidden
