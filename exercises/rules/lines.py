"""Which lines of a plan count on a day: those accepted, what was decided since, and what safety answers say.

Pure: no clock, no database. All of it is a design choice.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assessments.rules.safety_past import EffectPeriod
from exercises.rules.catalogue import Rung, catalogue
from exercises.rules.drafts import Line
from exercises.rules.ladder import ladder_for
from exercises.rules.planning import GOES_ON, RESTS
from exercises.rules.targets import next_target
from exercises.rules.values import Context, PlanLine, Ref, WorkoutLog
from exercises.rules.wording import because


@dataclass(frozen=True)
class LineAdded:
    """A line the person added.

    on, counts_from  the local date on which it was said, and the one from which it counts
    fresh_after      it starts at this rung whatever was logged up to this workout; None: where it stood
    """

    exercise: str
    rung: str
    on: date
    counts_from: date
    fresh_after: Ref | None = None


@dataclass(frozen=True)
class LineTakenOut:
    """A line the person took out."""

    exercise: str
    on: date
    counts_from: date


@dataclass(frozen=True)
class MinutesChosen:
    """Another length of the workouts.

    stay  the exercises that stay with it, the others rest; None: all stay
    """

    minutes: int
    counts_from: date
    stay: tuple[str, ...] | None = None


LineDecision = LineAdded | LineTakenOut | MinutesChosen


@dataclass(frozen=True)
class LinesOverTime:
    """The lines of an accepted plan, and what was decided about them since.

    accepted, offered  as the plan was accepted, in order
    minutes            how long a workout may take, as the plan was made
    decisions          in the order in which they were made
    before_the_plan    the latest workout of an earlier plan
    """

    accepted: Sequence[Line]
    offered: Sequence[Line]
    minutes: int
    decisions: Sequence[LineDecision] = ()
    start: date | None = None
    before_the_plan: Ref | None = None

    def on(self, day: date) -> list[Line]:
        """The lines in force on a day: those accepted, less what was taken out and with what was added since.

        After a change to ten minutes only those that stayed then, and what was added later.
        """
        return self._in_force_and_resting(day)[0]

    def resting_on(self, day: date) -> list[Line]:
        """The lines that rest on a day because a workout takes ten minutes; they come back with more."""
        return self._in_force_and_resting(day)[1]

    def taken_out_on(self, day: date) -> dict[str, date]:
        """{exercise: date} of what the person took out and has not added again by a day."""
        out: dict[str, date] = {}
        for decision in self._made_by(day):
            if isinstance(decision, LineTakenOut):
                out[decision.exercise] = decision.on
            elif isinstance(decision, LineAdded):
                out.pop(decision.exercise, None)
        return out

    def minutes_on(self, day: date) -> int:
        """How long a workout may take on a day."""
        chosen = [one.minutes for one in self._made_by(day) if isinstance(one, MinutesChosen)]
        return chosen[-1] if chosen else self.minutes

    def may_come_back(self, effects: Iterable[EffectPeriod]) -> dict[str, date]:
        """{exercise: date} of lines that safety answers left out during the plan and leave out no more since that date.

        effects  when safety answers kept an exercise low or out, each oldest first
        """
        ended = {
            period.exercise: period.until
            for period in effects
            if period.dropped and period.until and self.start and period.until >= self.start
        }
        for decision in self.decisions:
            if isinstance(decision, LineAdded) and decision.on >= ended.get(decision.exercise, date.max):
                del ended[decision.exercise]
        return ended

    def for_workout(
        self,
        day: date,
        *,
        dropped: Collection[str],
        effects: Iterable[EffectPeriod],
        resting: bool = False,
    ) -> list[PlanLine]:
        """The lines a workout of a day is made from.

        What safety answers leave out is not there; nor is what they left out during the plan and leave out no more,
        until the person adds it again.

        dropped  what safety answers leave out now
        effects  what they left out, and when
        resting  those that rest instead (`resting_on`)
        """
        waiting = self.may_come_back(effects)
        lines = self.resting_on(day) if resting else self.on(day)
        return [
            replace(line.plan_line, fresh_after=self._fresh_after(line.exercise))
            for line in lines
            if line.exercise not in dropped and line.exercise not in waiting
        ]

    def _made_by(self, day: date) -> list[LineDecision]:
        return [decision for decision in self.decisions if decision.counts_from <= day]

    def _in_force_and_resting(self, day: date) -> tuple[list[Line], list[Line]]:
        lines = {line.exercise: line for line in self.accepted}
        resting = [line for line in self.offered if RESTS in {why.key for why in line.reasons}]
        # None: nothing rests, nor did it after a choice under version 2.
        stay = list(lines) if resting else None
        for line in resting:
            lines[line.exercise] = replace(line, reasons=tuple(w for w in line.reasons if w.key != RESTS))
        for decision in self._made_by(day):
            match decision:
                case MinutesChosen(stay=chosen):
                    stay = None if chosen is None else list(chosen)
                case LineAdded(exercise=key) if key in catalogue().exercises:
                    why = because("added_on", on=decision.on.isoformat())
                    lines[key] = Line(key, decision.rung, (why,))
                    stay = [*(other for other in stay if other != key), key] if stay is not None else None
                case LineAdded(exercise=key) | LineTakenOut(exercise=key):
                    lines.pop(key, None)
        if stay is None:
            return list(lines.values()), []
        return (
            [lines[key] for key in stay if key in lines],
            [line for key, line in lines.items() if key not in stay],
        )

    def _fresh_after(self, exercise: str) -> Ref | None:
        """The workout up to which no log sets the target of a line: it was added anew, or begins anew with the plan."""
        if exercise in self._added_fresh:
            return self._added_fresh[exercise]
        return self.before_the_plan if exercise in self._begins_anew else None

    @cached_property
    def _added_fresh(self) -> dict[str, Ref]:
        return {
            one.exercise: one.fresh_after
            for one in self.decisions
            if isinstance(one, LineAdded) and one.fresh_after
        }

    @cached_property
    def _begins_anew(self) -> set[str]:
        return {
            line.exercise for line in self.accepted if GOES_ON not in {reason.key for reason in line.reasons}
        }


def is_last_line(lines: Sequence[PlanLine]) -> bool:
    """Whether a plan has only this left, so that none may be taken out."""
    return len(lines) == 1


def rung_to_add(
    place: Line, log: Sequence[WorkoutLog], context: Context, *, came_back: bool
) -> tuple[Rung, bool]:
    """Where an added line starts, and whether it starts there whatever was logged.

    One step below where it stood, when safety answers left it out and do so no more; where it stood when it was
    taken out; else where a plan would start it.

    place      where a plan would start it (`planning.place_of`)
    came_back  safety answers left it out (`LinesOverTime.may_come_back`)
    """
    exercise = catalogue().exercise(place.exercise)
    if not any(place.exercise in workout.lines for workout in log):
        return exercise.rung(place.rung), False
    stood = exercise.rung(next_target(place.plan_line, log, context).standing.rung)
    if not came_back:
        return stood, False
    below = ladder_for(place.exercise, log, context).highest_at_or_below(stood.number - 1)
    return (exercise.rung(below.rung) if below else stood), True
