"""A month as a calendar: its weeks, what was planned and done on its days, and a workout in one line. Pure."""

from calendar import Calendar, monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from exercises.rules.during import is_left_out
from exercises.rules.reading import hurts_too_much
from exercises.rules.slots import SlotState
from exercises.rules.values import WorkoutLog
from exercises.rules.wording import number_in_words


@dataclass(frozen=True)
class MonthDay:
    """A day of a month: its workouts, and where the slot stands that no workout took."""

    on: date
    workouts: tuple[WorkoutLog, ...] = ()
    slot: SlotState | None = None

    @property
    def lighter(self) -> bool:
        """Whether all its workouts were lighter ones."""
        return all(workout.lighter for workout in self.workouts)


def last_day_of(month: date) -> date:
    """The last day of the month of a day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def calendar_of(
    month: date, workouts: Iterable[WorkoutLog], slots: Mapping[date, SlotState], week_start: int
) -> list[list[MonthDay | None]]:
    """The weeks of a month, each of seven days; None for those of the month before and after.

    slots  where the slots stand that no workout took
    """
    by_day: dict[date, list[WorkoutLog]] = {}
    for workout in workouts:
        by_day.setdefault(workout.on, []).append(workout)

    def day(number: int) -> MonthDay | None:
        on = month.replace(day=number) if number else None
        return MonthDay(on, tuple(by_day.get(on, ())), slots.get(on)) if on else None

    weeks = Calendar(week_start).monthdayscalendar(month.year, month.month)
    return [[day(number) for number in week] for week in weeks]


def workout_in_words(workout: WorkoutLog) -> str:
    """A workout in one line: "7 exercises, all clean"; "5 of 7 exercises, one not clean, it hurt in one, a lighter one"."""
    done = [line for line in workout.lines.values() if not is_left_out(line)]
    if not done:
        return "Nothing logged"
    in_all = f"{len(done)} of " if len(done) < len(workout.lines) else ""
    said = [f"{in_all}{len(workout.lines)} {'exercise' if len(workout.lines) == 1 else 'exercises'}"]
    hurt = sum(hurts_too_much(line) for line in done)
    clean = [[answer.clean for answer in line.answers] for line in done]
    unclean = sum(False in answers for answers in clean)
    if unclean:
        said.append(f"{number_in_words(unclean)} not clean")
    elif not hurt and all(answers and all(answers) for answers in clean):
        said.append("all clean")
    if hurt:
        said.append(f"it hurt in {number_in_words(hurt)}")
    if workout.lighter:
        said.append("a lighter one")
    return ", ".join(said)
