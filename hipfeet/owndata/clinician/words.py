"""What the page for a clinician says besides what a person told, and how it writes dates. Pure."""

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anatomy.blocks import Block, Frozen, Key, load_file
from anatomy.catalogue import catalogue
from assessments.rules.questionnaire import require_sources

CONTENT = Path(__file__).parent.parent.parent / "content"


class ClinicianWords(Frozen):
    """The words of the page.

    about, sides  above everything
    aligned       how the mirror check is done
    doses, pain   how to read the numbers of the exercises
    cannot        what the page cannot tell, besides what no mirror check can (`questionnaire().limits`)
    """

    key: Key
    about: Block
    sides: Block
    aligned: Block
    doses: Block
    pain: Block
    cannot: tuple[Block, ...]


@functools.cache
def clinician_words() -> ClinicianWords:
    """The words of the page, read once; raises ContentError with the file and the key."""
    words = load_file(CONTENT / "clinician.toml", ClinicianWords)
    require_sources([words], list(catalogue().sources), folder=CONTENT)
    return words


@dataclass(frozen=True)
class ShortDates:
    """Dates as the page writes them: "3 Oct", with the year where it is not that of the page."""

    today: date

    def day(self, day: date) -> str:
        """One date."""
        return f"{day.day} {day:%b}" if day.year == self.today.year else f"{day.day} {day:%b} {day.year}"

    def span(self, first: date, last: date) -> str:
        """From one date to another, or the one."""
        return self.day(first) if first == last else f"{self.day(first)} to {self.day(last)}"

    def times(self, days: list[date]) -> str:
        """One or two dates; of more, how many and from when to when. `days` are in order and not empty."""
        different = list(dict.fromkeys(days))
        if len(different) <= 2:
            return " and ".join(map(self.day, different))
        return f"{len(different)} times, {self.span(different[0], different[-1])}"
