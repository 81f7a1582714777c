"""The one next step of a person, whichever page says it. Pure: what is known is handed in."""

from datetime import datetime
from enum import StrEnum


class NextStep(StrEnum):
    """What comes next; each page shows it in the same words (`templates/exercises/_next_step.html`)."""

    BE_SEEN = "be_seen"
    TRAIN = "train"
    GO_ON_PLANNING = "go_on_planning"
    MAKE_PLAN = "make_plan"
    LOOK = "look"


def next_step(*, locked: bool, running: bool, drafted: bool, looked: bool) -> NextStep:
    """What comes next for someone.

    locked   someone should have a look first, whatever else is begun
    running  a plan runs
    drafted  a plan is being made
    looked   a mirror check is finished
    """
    if locked:
        return NextStep.BE_SEEN
    if running:
        return NextStep.TRAIN
    if drafted:
        return NextStep.GO_ON_PLANNING
    return NextStep.MAKE_PLAN if looked else NextStep.LOOK


def is_newer(finished_at: datetime | None, *, than: datetime | None) -> bool:
    """Whether a mirror check was finished after a plan was made; without either there is nothing to tell."""
    return finished_at is not None and than is not None and finished_at > than
