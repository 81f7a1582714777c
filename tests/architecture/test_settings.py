"""Settings are safe when nothing is set, and every variable is explained."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 50


def start_with(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start Django in production with only these variables and without a .env file."""
    code = (
        "from environs import Env; Env.read_env = lambda *a, **k: None\n"
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "print(settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_NAME, settings.SECURE_SSL_REDIRECT, settings.DEBUG)"
    )
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "hipfeet.settings", **variables}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_production_without_a_key_does_not_start(tmp_path: Path) -> None:
    assert "SECRET_KEY" in start_with(tmp_path).stderr


def test_production_with_a_short_key_does_not_start(tmp_path: Path) -> None:
    done = start_with(tmp_path, SECRET_KEY="short")

    assert done.returncode != 0
    assert "at least 50 characters" in done.stderr


def test_production_is_https_only_and_without_debug_when_nothing_else_is_set(tmp_path: Path) -> None:
    done = start_with(tmp_path, SECRET_KEY=KEY)

    assert done.stdout.split() == ["True", "__Host-session", "True", "False"], done.stderr


@pytest.mark.parametrize(
    "variable", sorted(set(re.findall(r'env\.\w+\("([A-Z_]+)"', (ROOT / "hipfeet/settings.py").read_text())))
)
def test_every_variable_is_explained(variable: str) -> None:
    assert re.search(rf"^(# )?{variable}=", (ROOT / ".env.example").read_text(), re.MULTILINE)
