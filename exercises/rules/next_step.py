"""The one next step of a person, whichever page says it. Pure: what is known is handed in."""

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
