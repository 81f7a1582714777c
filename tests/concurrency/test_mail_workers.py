"""Workers that write reminders and send mails side by side and are killed: each once, at most sent once more for each kill."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from tests.concurrency.conftest import FIGURES, ROOT, RaceServer
from tests.mail_server import MailServer, running_mail_server
from tests.trials import KILLS

pytestmark = pytest.mark.concurrency

WORKERS = 3
MAILS = 20 * KILLS
REMINDED = 30


class Workers:
    """Several workers of one server, which send to a mail server of ours."""

    def __init__(self, server: RaceServer, mail_server: MailServer) -> None:
        port = mail_server.server_address[1]
        self.environment = {**server.environment, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        self.running: list[subprocess.Popen[bytes]] = []

    def start_one(self) -> None:
        command = [sys.executable, "manage.py", "deliver"]
        self.running.append(subprocess.Popen(command, cwd=ROOT, env=self.environment))  # noqa: S603

    def kill_one(self) -> None:
        victim = self.running.pop(random.randrange(WORKERS))  # noqa: S311
        victim.kill()
        victim.wait()
        self.start_one()

    def __enter__(self) -> "Workers":
        for _ in range(WORKERS):
            self.start_one()
        return self

    def __exit__(self, *_: object) -> None:
        for one in self.running:
            one.terminate()
        for one in self.running:
            one.wait()


def test_no_mail_is_lost_or_sent_twice_by_workers_that_are_killed(server: RaceServer) -> None:
    with running_mail_server() as mail_server:
        mail_server.slowness = 0.02
        workers = Workers(server, mail_server)
        server.ask("write_mails", MAILS)
        with workers:
            for kill in range(KILLS):
                until(partial(has_taken, mail_server, MAILS * kill // KILLS))
                workers.kill_one()
            until(lambda: server.ask("mails") == [["sent", "", MAILS]])

        taken = Counter(mail_server.numbers())
        twice = sum(taken.values()) - len(taken)
        FIGURES.append(
            f"{MAILS} mails, {KILLS} kills: {len(taken)} sent, {MAILS - len(taken)} lost, {twice} twice"
        )
        assert len(taken) == MAILS
        assert twice <= KILLS


def test_reminder_is_written_once_by_workers_that_are_killed(server: RaceServer) -> None:
    with running_mail_server() as mail_server:
        mail_server.slowness = 0.02
        workers = Workers(server, mail_server)
        server.ask("make_due", REMINDED)
        with workers:
            for kill in range(5):
                until(partial(has_taken, mail_server, REMINDED * kill // 10))
                workers.kill_one()
            until(lambda: server.ask("reminders") == [REMINDED] * 3)

        taken = Counter(mail_server.numbers())
        twice = sum(taken.values()) - len(taken)
        FIGURES.append(f"{REMINDED} reminders, 5 kills: {len(taken)} sent, {twice} twice")
        assert len(taken) == REMINDED
        assert twice <= 5


def has_taken(mail_server: MailServer, count: int) -> bool:
    return len(mail_server.mails) >= count


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60 + KILLS * 2
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
