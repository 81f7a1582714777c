"""What `manage.py watch` tells of the whole installation; that it is read by Prometheus: tests/hipfeet/test_watching.py."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from hipfeet.mail.models import MailState, OutboxMail
from hipfeet.management.commands.watch import Installation


def installation() -> dict[str, float]:
    """What `manage.py watch` answers: name, or state of a mail -> value."""
    return {
        one.labels.get("state", one.name): one.value
        for family in Installation().collect()
        for one in family.samples
    }


@pytest.mark.django_db
def test_mails_that_wait_and_the_last_backup_are_told(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = str(tmp_path)
    for hours in (30, 54):
        taken = timezone.now() - timedelta(hours=hours)
        (tmp_path / taken.strftime("hipfeet-%Y-%m-%dT%H%M%SZ.dump.age")).touch()
    for minutes, state in ((3, MailState.WAITING), (12, MailState.WAITING), (90, MailState.SENT)):
        written = timezone.now() - timedelta(minutes=minutes)
        OutboxMail.objects.create(address="ann@example.org", state=state, written_at=written)

    found = installation()

    assert found["hipfeet_ready"] == 1
    assert (found["waiting"], found["sent"], found["refused"]) == (2, 1, 0)
    assert found["hipfeet_mail_oldest_seconds"] == pytest.approx(12 * 60, abs=5)
    assert found["hipfeet_backup_age_seconds"] == pytest.approx(30 * 3600, abs=5)


@pytest.mark.django_db
def test_without_a_backup_no_age_is_told(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "missing")

    assert "hipfeet_backup_age_seconds" not in installation()
