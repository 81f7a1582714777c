"""The import order, and the modules that know nothing of Django."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["accounts", "anatomy", "assessments", "exercises", "hipfeet"]
LAYERS = ["pure", "models", "history", "actions", "training", "forms", "access", "views"]
PURE = [
    "anatomy.blocks",
    "anatomy.catalogue",
    "assessments.counting",
    "assessments.counting_chart",
    "assessments.questionnaire",
    "assessments.safety",
    "assessments.scoring",
    "assessments.second_look",
    "exercises.catalogue",
    "exercises.during",
    "exercises.log",
    "exercises.lookahead",
    "exercises.planning",
    "exercises.prescribing",
    "exercises.progress",
    "exercises.progress_chart",
    "exercises.progression",
    "exercises.rules",
    "exercises.scheduling",
    "exercises.wording",
    "hipfeet.search",
]
FILES = [
    path for app in ORDER for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
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


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    later = ORDER[ORDER.index(app) + 1 :]

    backwards = {name for name in imported_modules(path) if name.split(".")[0] in later}

    assert not backwards


def layer_of(module: str) -> int | None:
    name = module.split(".")[1] if "." in module else ""
    if module in PURE:
        return 0
    for depth, layer in enumerate(LAYERS):
        if name == layer or name.startswith(f"{layer}_"):
            return depth
    return None


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_layers_within_an_app_run_one_way(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    own = layer_of(".".join(parts[:2]))
    if own is None:
        return

    upwards = {
        name
        for name in imported_modules(path)
        if name.split(".")[0] == parts[0] and (other := layer_of(name)) is not None and other > own
    }

    assert not upwards


@pytest.mark.parametrize("module", PURE)
def test_pure_module_loads_without_django(module: str) -> None:
    code = f"import sys, {module}; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)  # noqa: S603

    assert done.returncode == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
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
