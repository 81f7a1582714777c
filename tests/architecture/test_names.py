"""Each class has a name of its own, no module is long, and what is not a view knows no request."""

import ast
from collections import defaultdict

from tests.architecture.test_imports import FILES, ROOT, imported_modules

NAMED_BY_DJANGO = {"Command", "Meta"}
MANY_LINES = 500
BELOW_VIEWS = {"rules", "models", "rows", "rows_progress", "actions", "training", "drafting"}


def test_no_class_name_stands_twice() -> None:
    places = defaultdict(list)
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(path.relative_to(ROOT)))

    twice = {name: where for name, where in places.items() if len(where) > 1 and name not in NAMED_BY_DJANGO}

    assert not twice


def test_what_stands_below_views_takes_values_and_no_request() -> None:
    below = [path for path in FILES if BELOW_VIEWS & {*path.relative_to(ROOT).with_suffix("").parts[1:]}]

    know_requests = {
        str(path.relative_to(ROOT))
        for path in below
        if imported_modules(path) & {"django.http", "accounts.requests"}
    }

    assert below
    assert not know_requests


def test_no_module_is_longer_than_a_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in FILES}

    long = {
        name
        for name, length in lengths.items()
        if length > MANY_LINES and not name.startswith(("tests/", "figures/"))
    }

    assert not long
