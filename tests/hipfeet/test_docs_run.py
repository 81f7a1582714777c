"""The command blocks of README.md and docs/operations.md are run, in a copy of the project, or there is a reason why not."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.architecture.test_settings import ROOT, free_port
from tests.project import copied_into

NOT_RUN = {
    "make test": "this is it",
    "git ": "fetches",
    "docker ": "no Docker where this runs",
    "apt-get ": "installs packages of Debian",
    "useradd ": "changes the machine",
    "su postgres ": "changes the machine",
    "install -D ": "a group that only the server has; the file it copies is what this test starts with",
    "ln -s ": "changes the machine",
    "python3 -m venv ": "what `make test` did before: the same lock",
    ".venv/bin/pip install ": "the same",
    "cp -r deploy/systemd/": "changes the machine; tests/hipfeet/test_deployment.py reads the units",
    "systemctl ": "changes the machine",
    "certbot ": "asks another server",
    "nginx ": "changes the machine",
    "runuser -u hipfeet -- .venv/bin/python manage.py copy_from ": "needs both databases: tests/hipfeet/test_backup.py",
}
"""How a line begins -> why it is not run here."""

FILLED_IN = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "OPERATOR_NAME": "Ann Example",
    "OPERATOR_EMAIL": "ann@hipfeet.example",
    "TRUSTED_PROXY_COUNT": "1",
    "BACKUP_FOLDER": "/var/lib/hipfeet/backups",
}
"""What an operator writes into .env.example; the key for backups besides."""


def lines_of_blocks() -> list[str]:
    """Every command line of both files, in their order; blocks of another kind name it behind the fence."""
    lines: list[str] = []
    for name in ("README.md", "docs/operations.md"):
        blocks = re.findall(r"^```(.*)\n((?:.*\n)*?)```$", (ROOT / name).read_text(), re.MULTILINE)
        lines += [line for kind, block in blocks if not kind for line in block.splitlines()]
    return lines


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as an operator has it, with .env.example filled in as .env."""
    if not shutil.which("age-keygen"):
        pytest.skip("needs age: sudo apt install age")
    copied_into(tmp_path, "deploy", "Makefile", "requirements.txt")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    said = (ROOT / ".env.example").read_text()
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True)  # noqa: S607
    for name, value in {**FILLED_IN, "BACKUP_KEY": made.stdout.splitlines()[-1]}.items():
        said, found = re.subn(rf"^(# )?{name}=.*$", f"{name}={value}", said, flags=re.MULTILINE)
        assert found == 1, name
    (tmp_path / ".env").write_text(said)
    return tmp_path


def run_here(line: str, folder: Path) -> None:
    """Run a line of the docs, with the folders of the machine inside this one."""
    line = line.removeprefix("runuser -u hipfeet -- ")
    for outside in ("/var/lib/hipfeet", "/etc/nginx"):
        line = line.replace(outside, f"{folder}{outside}")
    if " restore " in line:
        (newest,) = folder.glob("var/lib/hipfeet/backups/*.age")
        line = re.sub(r"\S+\.age", str(newest), line)
    environment = {"PATH": os.environ["PATH"], "BACKUP_FOLDER": f"{folder}/var/lib/hipfeet/backups"}
    done = subprocess.run(  # noqa: S602  (lines of our own docs)
        line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert "WARNINGS" not in done.stderr, f"{line}\n{done.stderr}"


def test_commands_of_the_docs_work_in_the_order_in_which_they_stand(copy: Path) -> None:
    once = dict.fromkeys(lines_of_blocks())
    lines = [line for line in once if not line.startswith((*NOT_RUN, "make run"))]
    (copy / "etc/nginx/sites-available").mkdir(parents=True)

    for line in lines:
        run_here(line, copy)

    assert len(lines) == 6
    assert "server_name YOUR.NAME;" in (copy / "etc/nginx/sites-available/hipfeet").read_text()


def test_make_run_serves_as_the_readme_says(copy: Path) -> None:
    assert "make run" in lines_of_blocks()
    (copy / ".env").unlink()
    port = free_port()
    # -o: what is installed already is not looked at again.
    command = ["make", "-o", ".venv/run.stamp", "run", f"PORT={port}"]
    environment = {"PATH": os.environ["PATH"]}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=copy, env=environment, start_new_session=True, stdout=quiet) as server:  # noqa: S603
        try:
            for _ in range(300):
                try:
                    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as answer:
                        page = answer.read().decode()
                    break
                except OSError:
                    assert server.poll() is None
                    time.sleep(0.1)
        finally:
            os.killpg(server.pid, signal.SIGTERM)

    assert "<h1" in page
    assert (copy / ".env").stat().st_mode & 0o077 == 0


def test_no_reason_for_not_running_a_command_outlives_it() -> None:
    lines = lines_of_blocks()

    assert [start for start in NOT_RUN if not any(line.startswith(start) for line in lines)] == []
