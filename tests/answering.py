"""A program that stays and answers line by line: starting one takes a second, and hundreds of questions are asked."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


class Answering:
    """Such a program of Python, started when it is first asked."""

    def __init__(self, *command: str, cwd: Path, env: Mapping[str, str]) -> None:
        self.command, self.cwd, self.env = command, cwd, env
        self._started: subprocess.Popen[str] | None = None

    def answer(self, line: str) -> str:
        """What it says to a line; nothing when it has ended."""
        if self._started is None:
            self._started = subprocess.Popen(  # noqa: S603
                [sys.executable, *self.command],
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._started.stdin
        assert self._started.stdout
        print(line, file=self._started.stdin, flush=True)
        return self._started.stdout.readline().strip()

    def close(self) -> None:
        """End it."""
        if self._started:
            self._started.communicate()
            self._started = None
