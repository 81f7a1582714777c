"""A short form of `make trial-inputs`: wrong input of every kind, in production's settings, never a 5xx nor half a write."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.test_settings import ROOT
from tests.production import set_up_as

INPUTS = int(os.environ.get("INPUTS", "400"))


def test_wrong_input_of_every_kind_is_answered_and_leaves_what_is_stored(
    set_up_once: Path, tmp_path: Path
) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.fuzz", str(INPUTS)],
        cwd=ROOT,
        env=set_up_as(set_up_once, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stdout.startswith(f"{INPUTS} inputs, ")
    assert "'written': " in done.stdout, "no input was taken, so nothing was tried"
