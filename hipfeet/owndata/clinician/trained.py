"""The plan, how much of it was done, and every exercise with its dose, its sets and its pain, for a clinician. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from exercises.rules.catalogue import Exercise, Laterality, Rung, catalogue
from exercises.rules.idiom import Idiom
from exercises.rules.progress.courses import GONE, GONE_STEP
from exercises.rules.progress.weeks import WeekDone
from exercises.rules.values import Dose
from exercises.rules.wording import counted
from hipfeet.owndata.clinician.words import ShortDates

Told = TypeVar("Told")

SIDES_IN_WORDS = {"left": "L", "right": "R", "both": "bilateral"}
DIRECTIONS = {"left": "to L", "right": "to R"}


# --- the plan, and how much of it was done ---------------------------------------------------------


@dataclass(frozen=True)
class PlanInShort:
    """The running plan, or the last one.

    until    when it ended; None while it runs
    week     of `weeks`, pauses left out; None outside them
    state    "paused", "on hold" or empty
    over_65, trained  as it was answered when the plan was made
    """

    since: date
    until: date | None
    week: int | None
    weeks: int
    state: str
    weekdays: str
    minutes: int
    over_65: bool
    trained: bool


@dataclass(frozen=True)
class Adherence:
    """How much of what was planned was done.

    weeks    calendar weeks with a workout planned or done, the oldest first: (first day, "2 of 3")
    planned  about these weeks in one sentence; empty where nothing was planned in them
    """

    weeks: tuple[tuple[date, str], ...]
    planned: str


def adherence(weeks: Sequence[WeekDone]) -> Adherence:
    """The weeks in short."""
    done, due = sum(week.done for week in weeks), sum(week.due for week in weeks)
    beside = [
        f"{count} {what}"
        for count, what in (
            (sum(week.skipped for week in weeks), "skipped on purpose"),
            (sum(week.extra for week in weeks), "done besides"),
        )
        if count
    ]
    planned = (
        ", ".join([f"{done} of {due} planned workouts done in {counted(len(weeks), 'week')}", *beside])
        if due
        else ""
    )
    return Adherence(tuple((week.first_day, _in_week(week)) for week in weeks), planned)


def _in_week(week: WeekDone) -> str:
    extra = f"+{week.extra}" if week.extra else ""
    return f"{week.done}/{week.due}{extra}" if week.due else extra or "–"


# --- the exercises ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrescribedNow:
    """The next dose of one exercise.

    on_hold    after too much pain
    available  what it needs is there
    """

    dose: Dose
    on_hold: bool = False
    available: bool = True


@dataclass(frozen=True)
class SetOnADay:
    """A set of the latest day with its exercise."""

    on: date
    exercise: str
    side: str
    rung: str
    repetitions: int
    hold_seconds: int = 0
    load_grams: int | None = None
    band: str = ""


@dataclass(frozen=True)
class PainTold:
    """So many answers about pain of one exercise and side that are alike, the last of them on a local date.

    pain     0 to 10; None where it was stopped without a number
    stopped  "This hurts: stop" was tapped
    """

    exercise: str
    side: str
    pain: int | None
    stopped: bool
    times: int
    last_on: date


@dataclass(frozen=True)
class PainOfSide:
    """Pain of one exercise on one side, each number with its date.

    above    in how many of the answers there was any
    stopped  how often it was stopped for pain, and when last; empty for never
    """

    side: str
    latest: str
    worst: str
    above: str
    stopped: str


@dataclass(frozen=True)
class TrainedExercise:
    """One exercise.

    name, step  the field's name, and the variant prescribed now, or done last
    now         its dose; empty where it is not in the plan
    latest      the sets of the latest day with it; empty for none
    """

    name: str
    step: str
    now: str
    latest: str
    pain: tuple[PainOfSide, ...]


@dataclass(frozen=True)
class TrainingTold:
    """What is known of a person's exercises.

    now   {exercise: what is prescribed}
    sets  those of the latest day with each exercise, in order
    """

    now: Mapping[str, PrescribedNow]
    sets: Sequence[SetOnADay]
    pain: Sequence[PainTold]
    idiom: Idiom


def trained_exercises(told: TrainingTold, dates: ShortDates) -> list[TrainedExercise]:
    """Every exercise that is in the plan or was ever done, in the order of a workout; what left the content last."""
    order = list(catalogue().exercises)
    keys = {*told.now, *(one.exercise for one in told.sets), *(one.exercise for one in told.pain)}
    in_order = sorted(keys, key=lambda key: (order.index(key) if key in order else len(order), key))
    return [_trained(key, told, dates) for key in in_order]


def _trained(key: str, told: TrainingTold, dates: ShortDates) -> TrainedExercise:
    known, now = catalogue().exercises.get(key), told.now.get(key)
    sets = [one for one in told.sets if one.exercise == key]
    step = now.dose.rung if now else sets[-1].rung if sets else ""
    return TrainedExercise(
        name=known.field_name if known else GONE,
        step=_step(known, step) if step else "",
        now=_dose(now, known, told.idiom) if now else "",
        latest=f"{dates.day(sets[-1].on)}{_sets(sets, known, step, told.idiom)}" if sets else "",
        pain=tuple(_pain_by_side([one for one in told.pain if one.exercise == key], known, dates)),
    )


def _step(known: Exercise | None, key: str) -> str:
    rung = _rung(known, key)
    return rung.name if rung else GONE_STEP


def _rung(known: Exercise | None, key: str) -> Rung | None:
    return next((rung for rung in known.rungs if rung.key == key), None) if known else None


def _dose(now: PrescribedNow, known: Exercise | None, idiom: Idiom) -> str:
    if not now.available:
        return "not now: what it needs is missing"
    dose, rung = now.dose, _rung(known, now.dose.rung)
    unit = known.counted_as[1] if known and known.counted_as[1] != "times" else ""
    each_leg = "each leg" if rung is not None and rung.laterality is Laterality.EACH_LEG else ""
    said = " ".join(filter(None, (f"{dose.sets} × {dose.repetitions}", unit, each_leg)))
    parts = [said, *_with(dose.hold_seconds, dose.load_grams, dose.band, idiom)]
    return ", ".join(filter(None, [*parts, "on hold after pain" if now.on_hold else ""]))


def _with(hold_seconds: int, load_grams: int | None, band: str | None, idiom: Idiom) -> list[str]:
    """What goes with the repetitions."""
    return [
        f"hold {hold_seconds}\N{NO-BREAK SPACE}s" if hold_seconds else "",
        idiom.weight(load_grams) if load_grams else "",
        idiom.band(band) if band else "",
    ]


def _sets(sets: Sequence[SetOnADay], known: Exercise | None, step: str, idiom: Idiom) -> str:
    """The sets of a day by side, after their step where it is not the one that the row names."""
    by_side: dict[str, str] = {}
    for side in SIDES_IN_WORDS:
        if repetitions := [str(one.repetitions) for one in sets if one.side == side]:
            by_side[side] = ", ".join(repetitions)
    heaviest = max(sets, key=lambda one: one.load_grams or 0)
    hold = max(one.hold_seconds for one in sets)
    parts = [
        *(f"{side} {repetitions}" for side, repetitions in _alike(by_side, known)),
        *_with(hold, heaviest.load_grams, heaviest.band, idiom),
    ]
    steps = [_step(known, key).lower() for key in dict.fromkeys(one.rung for one in sets) if key != step]
    return f"{''.join(f', {name}' for name in steps)}: {'; '.join(filter(None, parts))}"


def _alike(by_side: Mapping[str, Told], known: Exercise | None) -> list[tuple[str, Told]]:
    """(side in words, what is told of it), once for left and right where both are the same."""
    directed = known is not None and known.rungs[0].laterality is Laterality.EACH_DIRECTION
    alike = "left" in by_side and by_side["left"] == by_side.get("right")
    words = {**SIDES_IN_WORDS, **(DIRECTIONS if directed else {})}
    if alike:
        words["left"] = "each way" if directed else "L and R"
    return [(words[side], told) for side, told in by_side.items() if not (alike and side == "right")]


# --- pain ------------------------------------------------------------------------------------------


def _pain_by_side(
    pain: Sequence[PainTold], known: Exercise | None, dates: ShortDates
) -> Iterator[PainOfSide]:
    told = {side: [one for one in pain if one.side == side] for side in SIDES_IN_WORDS}
    shown = {side: _pain(answers, dates) for side, answers in told.items() if answers}
    for side, words in _alike(shown, known):
        yield PainOfSide(side, *words)


def _pain(answers: Sequence[PainTold], dates: ShortDates) -> tuple[str, str, str, str]:
    """Latest, worst, how often above 0, how often stopped. Of two answers on one day, the worse is the latest."""
    numbers = [(one.last_on, one.pain, one.times) for one in answers if one.pain is not None]
    stops = [one for one in answers if one.stopped]
    latest = worst = above = "–"
    if numbers:
        on, last, _ = max(numbers)
        worst_on, most, _ = max(numbers, key=lambda one: (one[1], one[0]))
        latest, worst = f"{last} ({dates.day(on)})", f"{most} ({dates.day(worst_on)})" if most else "0"
        above = (
            f"{sum(times for _, value, times in numbers if value)} of {sum(times for *_, times in numbers)}"
        )
    count = sum(one.times for one in stops)
    stopped = f"{count}× ({dates.day(max(one.last_on for one in stops))})" if stops else ""
    return latest, worst, above, stopped
