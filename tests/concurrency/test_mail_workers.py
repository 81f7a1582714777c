"""Workers that send mails side by side and are killed: each mail once, at most once more for each kill."""

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
WRITE = f"""
from hipfeet.mail.outbox import post
for number in range({MAILS}):
    post(address=f"{{number}}@example.org", subject="hipfeet", text="Good morning")
"""
COUNT = """
from django.db.models import Count
from hipfeet.mail.models import OutboxMail
print(list(OutboxMail.objects.values_list("state", "text").annotate(Count("id"))))
"""


def test_no_mail_is_lost_or_sent_twice_by_workers_that_are_killed(server: RaceServer) -> None:
    with running_mail_server() as mail_server:
        mail_server.slowness = 0.02
        port = mail_server.server_address[1]
        environment = {**server.environment, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}

        def worker() -> "subprocess.Popen[bytes]":
            return subprocess.Popen([sys.executable, "manage.py", "deliver"], cwd=ROOT, env=environment)

        def asked(code: str) -> str:
            command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
            return subprocess.run(  # noqa: S603
                command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
            ).stdout.strip()

        asked(WRITE)
        workers = [worker() for _ in range(WORKERS)]
        try:
            for kill in range(KILLS):
                until(partial(has_taken, mail_server, MAILS * kill // KILLS))
                victim = workers.pop(random.randrange(WORKERS))  # noqa: S311
                victim.kill()
                victim.wait()
                workers.append(worker())
            until(lambda: asked(COUNT) == f"[('sent', '', {MAILS})]")
        finally:
            for one in workers:
                one.terminate()
            for one in workers:
                one.wait()

        taken = Counter(mail_server.numbers())
        twice = sum(taken.values()) - len(taken)
        FIGURES.append(
            f"{MAILS} mails, {KILLS} kills: {len(taken)} sent, {MAILS - len(taken)} lost, {twice} twice"
        )
        assert len(taken) == MAILS
        assert twice <= KILLS


def has_taken(mail_server: MailServer, count: int) -> bool:
    return len(mail_server.mails) >= count


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60 + KILLS * 2
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
