"""How long the long trials run: a short form in the suite, the whole with `make trial-...`."""

import os

TAPS = int(os.environ.get("TAPS", "300"))
"""Sets sent by the test with the killed server; the races send a fifth of it each."""

PEOPLE = int(os.environ.get("PEOPLE", "4"))
"""Who train while the database is killed; the trial has 50."""

TRAINING_SECONDS = int(os.environ.get("TRAINING_SECONDS", "10"))
"""For how long; in the trial 300."""

PAUSE_SECONDS = float(os.environ.get("PAUSE_SECONDS", "0.1"))
"""Between two sets of one of them; in the trial 20."""

KILLS = int(os.environ.get("KILLS", "4"))
"""How often a worker that sends mails is killed."""


def examples(short: int) -> int:
    """How many examples a property is tried with: so many in the suite, EXAMPLES in a trial."""
    return int(os.environ.get("EXAMPLES", short))
