"""What the ticks on a safety list say about its questions. Pure."""

from collections.abc import Collection, Iterable, Mapping

from assessments.rules.safety import Said
from assessments.rules.safety_content import SafetyList, Tick

STRICTER = (Said.NO, Said.UNSURE, Said.YES)


def said_by_ticks(
    safety_list: SafetyList, ticks: Iterable[Tick], ticked: Mapping[str, Said]
) -> dict[str, Said]:
    """What was said to each question of a list; of several ticks for one question the strictest counts.

    ticked  what was said to each tick, by its key; one that is missing says no
    """
    said = dict.fromkeys(safety_list.questions, Said.NO)
    for tick in ticks:
        said[tick.question] = max(said[tick.question], ticked.get(tick.key, Said.NO), key=STRICTER.index)
    return said


def as_before(said: Mapping[str, Said], unchanged: Collection[str]) -> dict[str, Said]:
    """The answers; those that apply, and are as they were at the visit, count as seen."""
    return {
        key: Said.AS_BEFORE if one.counts_as_yes and key in unchanged else one for key, one in said.items()
    }
