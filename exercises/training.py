"""A person's training as its pages need it: the running plan, its schedule and targets, lines in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, partial
from typing import Any

from accounts.clock import now_for, today_for
from accounts.models import User
from assessments.models import Attempt
from assessments.rows import PersonSafety, days_of, latest_check_of, person_safety, state_for
from assessments.rules.rest import Rest
from assessments.rules.safety import SafetyState
from assessments.rules.safety_content import STOP_LIST
from assessments.rules.safety_past import SafetyPast
from exercises.models import Plan, PlanChange, Workout
from exercises.rows import (
    active_plan,
    begun_of,
    context_of,
    decisions_of,
    draft_of,
    idiom_of,
    lines_over_time,
    log_of,
    owned_of,
    paces_of,
    recent_workouts,
    safety_of,
    schedule_of,
    wishes_of,
)
from exercises.rules import planning, prescribing, scheduling
from exercises.rules.begun import (
    BegunWorkout,
    is_first_after_advice,
    left_open,
    morning_to_ask,
    never_before_the_log,
    night_of,
    still_open,
)
from exercises.rules.catalogue import Rung, UnknownKey, catalogue
from exercises.rules.choosing import answered_by_count
from exercises.rules.drafts import Draft, Previous, Safety, Wishes
from exercises.rules.idiom import Idiom
from exercises.rules.ladder import Ladder, ladder_for
from exercises.rules.lines import LinesOverTime
from exercises.rules.lookahead import Coming, Story, TrainingSoFar, coming_workouts
from exercises.rules.next_step import NextStep, is_newer, next_step
from exercises.rules.owned import Owned
from exercises.rules.pace import Paces
from exercises.rules.slots import Slot
from exercises.rules.targets import Target, next_target, target_on
from exercises.rules.values import Context, Dose, GateAnswer, PlanLine, Prescribed, Ref, WorkoutLog
from exercises.rules.wording import Reason, dose_in_words, words


@dataclass(frozen=True)
class Training:
    """A plan with everything its pages need, in the same number of queries whatever the length of the log.

    today        the local date; never before a workout that was begun (a flight west)
    night_of     yesterday, while it is still that night; None by day
    looked_on    the local date of the latest finished mirror check
    rest         why there is no mirror check today; None if there is
    has_counted  whether a countable check was ever done: it may answer the question before a step
    decisions    the plan's changes, and what counts beyond the plan in which it was said
    """

    plan: Plan
    person: User
    today: date
    night_of: date | None
    state: SafetyState
    past: SafetyPast
    looked_on: date | None
    rest: Rest | None
    has_counted: bool
    workouts: list[Workout]
    decisions: list[PlanChange]
    schedule: scheduling.Schedule

    @cached_property
    def safety(self) -> Safety:
        """The safety answers as planning takes them."""
        return safety_of(self.state)

    @cached_property
    def owned(self) -> Owned:
        """What the person has to train with."""
        return owned_of(self.person)

    @cached_property
    def idiom(self) -> Idiom:
        """How the person reads weights and bands."""
        return idiom_of(self.person)

    @cached_property
    def paces(self) -> Paces:
        """How the person rests and moves."""
        return paces_of(self.plan)

    @cached_property
    def log(self) -> list[WorkoutLog]:
        """The workouts as the rules read them."""
        return [log_of(workout).for_progression for workout in self.workouts]

    @cached_property
    def context(self) -> Context:
        """Equipment, safety and choices as progression takes them."""
        context = context_of(
            self.plan,
            owned=self.owned,
            safety=self.safety,
            schedule=self.schedule,
            decisions=self.decisions,
            workouts=self.workouts,
            past=self.past,
        )
        if not self.has_counted:
            return context
        asked = [
            (line.exercise, catalogue().rung(line.exercise, target.asks))
            for line in self.lines_on(self.today)
            if any(rung.gate for rung in catalogue().exercise(line.exercise).rungs)
            and (target := next_target(line, self.log, context)).asks
        ]
        return replace(context, gates=(*context.gates, *counted_gates(self.person, self.today, asked)))

    @cached_property
    def ladder(self) -> Callable[[str], Ladder]:
        """An exercise's ladder with everything logged on it, by its key: the log is read once, however many ask."""
        return cache(partial(ladder_for, log=self.log, context=self.context))

    @property
    def changes_count_from(self) -> date:
        """The date from which a change made now counts: tomorrow if a workout was begun today."""
        return self.schedule.counts_from(self.today)

    @cached_property
    def lines(self) -> LinesOverTime:
        """The plan's lines, and what was decided about them."""
        return lines_over_time(self.plan, self.decisions, self.workouts)

    @cached_property
    def begun_workouts(self) -> list[BegunWorkout]:
        """When the workouts were begun, oldest first."""
        return begun_of(self.workouts)

    def lines_on(self, day: date) -> list[PlanLine]:
        """The lines a workout of this day is made from."""
        return self.lines.for_workout(day, dropped=self.safety.dropped, effects=self.past.effects)

    def resting_on(self, day: date) -> list[PlanLine]:
        """The lines that rest on this day because a workout takes ten minutes."""
        return self.lines.for_workout(
            day, dropped=self.safety.dropped, effects=self.past.effects, resting=True
        )

    @property
    def may_come_back(self) -> dict[str, date]:
        """{exercise: date} of lines that safety answers left out and leave out no more since that date."""
        return self.lines.may_come_back(self.past.effects)

    def lines_for_minutes(self, minutes: int) -> tuple[list[str], list[str]]:
        """Which exercises stay when workouts take so long from now on, and which rest."""
        lines = [line for line in self.lines_on(self.changes_count_from) if self.target(line).available]
        return planning.lines_for_minutes([line.exercise for line in lines], minutes)

    def line(self, exercise: str) -> PlanLine | None:
        """The line of an exercise as it will be from now on."""
        return next(
            (line for line in self.lines_on(self.changes_count_from) if line.exercise == exercise), None
        )

    def target(self, line: PlanLine) -> Target:
        """The next target of a line."""
        return target_on(self.ladder(line.exercise), line)

    @property
    def minutes(self) -> int:
        """How long a workout may take from now on."""
        return self.lines.minutes_on(self.changes_count_from)

    @property
    def rests_today(self) -> bool:
        """Whether something told today allows no more workout today."""
        return self.state.rests(self.today)

    @property
    def next_is_lighter(self) -> bool:
        """Whether no workout was begun since something on the stop list was ticked: the next is a lighter one, once.

        It may have been ticked in the middle of the latest workout.
        """
        latest = next(reversed(self.begun_workouts), None)
        told_at = self.state.unwell_at
        return is_first_after_advice(
            self.state.answered_on.get(STOP_LIST) if told_at else None, told_at, latest
        )

    @property
    def is_over(self) -> bool:
        """Whether the twelve weeks are done."""
        return self.schedule.is_over(self.today)

    @property
    def look_is_due(self) -> bool:
        """Whether it is time to look again, and nothing is against it today."""
        return self.may_look and self.schedule.look_is_due(self.today, self.looked_on)

    @property
    def may_look(self) -> bool:
        """Whether there can be a mirror check today."""
        return not self.state.is_locked and self.rest is None

    @property
    def away(self) -> prescribing.Away:
        """Whether a lighter restart is offered today."""
        return prescribing.away(self.log, self.today)

    def as_of(self, day: date) -> "Training":
        """The same training as it stood on an earlier day: what was logged and decided later is left out.

        Safety answers stay those of now: a workout that is typed in later gives no leave that has ended.
        """
        return replace(
            self,
            today=day,
            night_of=None,
            workouts=[workout for workout in self.workouts if workout.local_date <= day],
            decisions=[row for row in self.decisions if row.made_on <= day],
        )

    def prescription(self, *, lighter_day: bool = False, restart: bool = False) -> prescribing.Prescription:
        """Today's workout as it would be started now."""
        day = self._day(self.today, lighter_day=lighter_day, restart=restart)
        lines = self.lines_on(self.today)
        planned = prescribing.prescribe_on(self.ladder, lines, self.log, day)
        if not planned.on_hold:
            return planned
        return prescribing.prescribe_on(self.ladder, lines, self.log, day, spare=self._spare())

    def _day(self, on: date, *, lighter_day: bool = False, restart: bool = False) -> prescribing.WorkoutDay:
        return prescribing.WorkoutDay(
            on=on,
            minutes=self.lines.minutes_on(on),
            lighter_week=self.schedule.is_lighter_week(on),
            lighter_day=lighter_day,
            restart=restart,
            first_side=(self.plan.accepted or {}).get("first_side", "left"),
            paces=self.paces,
        )

    def _spare(self) -> list[PlanLine]:
        """What fills in while lines are on hold."""
        accepted = Draft(
            lines=tuple(self.lines.on(self.today)),
            offered=(*self.lines.resting_on(self.today), *self.lines.offered),
        )
        return planning.spare_lines(accepted, self.wishes)

    @cached_property
    def wishes(self) -> Wishes:
        """What the plan was made from, with the safety answers and equipment of now."""
        previous = Previous(rungs=self.plan.answers.get("previous", {}), gates=self.context.gates)
        return wishes_of(self.plan, self.state, self.plan.attempt, previous)

    def ahead(self, story: Story, *, most: int) -> list[Coming]:
        """The next workouts, if the first goes as the story tells and the others as asked."""
        days = [
            self._day(slot.on, lighter_day=number == 0 and self.next_is_lighter)
            for number, slot in enumerate(self.coming(most))
        ]
        lines = self.lines_on(self.changes_count_from)
        return coming_workouts(story, days, TrainingSoFar(lines, self.log, self.context, self._spare()))

    def coming(self, most: int = 6) -> list[Slot]:
        """The next open slots."""
        return self.schedule.coming(self.today)[:most]

    @property
    def begun(self) -> Workout | None:
        """Today's workout that is not finished yet."""
        return self._workout(still_open(self.begun_workouts, self.today))

    @property
    def without_begun(self) -> "Training":
        """As it stood before today's workout was begun: until that is finished, it counts as done nowhere."""
        begun = self.begun
        if begun is None:
            return self
        others = [
            done
            for done in self.schedule.workouts
            if (done.on, done.number) != (begun.local_date, begun.number)
        ]
        return replace(
            self,
            workouts=[workout for workout in self.workouts if workout.pk != begun.pk],
            schedule=replace(self.schedule, workouts=tuple(others)),
        )

    @property
    def left_open(self) -> Workout | None:
        """Yesterday's workout, when it is not finished: one begun before midnight goes on after it."""
        return self._workout(left_open(self.begun_workouts, self.today))

    @property
    def morning_to_ask(self) -> Workout | None:
        """The workout whose next morning is asked today."""
        return self._workout(morning_to_ask(self.begun_workouts, self.today, night_of=self.night_of))

    @property
    def other_day(self) -> date | None:
        """Yesterday, when a workout begun now may belong to it: in the night, unless the plan or safety was against it."""
        night = self.night_of
        return (
            night if night and self.schedule.is_active(night) and self.state.allows_workout(night) else None
        )

    @property
    def slot(self) -> Slot | None:
        """The slot that a workout begun now takes; in the night that of yesterday, while it is open."""
        late = self.other_day and self.schedule.slot_for_workout(self.other_day)
        if late and late.on == self.other_day:
            return late
        return self.schedule.slot_for_workout(self.today)

    def _workout(self, ref: Ref | None) -> Workout | None:
        return next((row for row in self.workouts if (row.local_date, row.number) == ref), None)


def training_of(person: User, safety: PersonSafety | None = None) -> Training | None:
    """The running plan of a person; None without one. `safety` as in `training_with`."""
    plan = active_plan(person)
    return training_with(plan, plan.person, safety) if plan else None


def training_with(plan: Plan, person: User, safety: PersonSafety | None = None) -> Training:
    """A plan, running or ended, as it stands today; the person is its own, with what they own at hand.

    safety  what their answers mean, where a page has read them already
    """
    workouts = recent_workouts(person, plan)
    decisions = decisions_of(person, plan)
    safety = safety or person_safety(person)
    today = never_before_the_log(today_for(person), (row.local_date for row in workouts))
    return Training(
        plan=plan,
        person=person,
        today=today,
        night_of=night_of(now_for(person), today),
        state=safety.state,
        past=safety.past,
        looked_on=safety.looked_on,
        rest=safety.rest,
        has_counted=safety.has_counted,
        workouts=workouts,
        decisions=decisions,
        schedule=schedule_of(plan, decisions, workouts, safety.past.locks),
    )


def counted_gates(person: User, today: date, asked: Iterable[tuple[str, Rung]]) -> list[GateAnswer]:
    """The questions of these rungs (exercise, rung) that a countable check answers with yes: one query each."""
    answers = (
        answered_by_count(exercise, rung, days_of(person, rung.gate_check.check), today)
        for exercise, rung in asked
        if rung.gate_check
    )
    return [answer for answer in answers if answer]


# --- what comes next -------------------------------------------------------------------------------


@dataclass(frozen=True)
class WhatsNext:
    """The next step of someone, and what its words need; a guest has neither plan nor draft."""

    step: NextStep
    state: SafetyState
    training: Training | None = None
    check: Attempt | None = None

    @property
    def next_slot(self) -> Slot | None:
        """The next workout of the running plan."""
        return next(iter(self.training.coming(1)), None) if self.training else None

    @property
    def check_is_newer(self) -> bool:
        """Whether the last mirror check was finished after the running plan was made."""
        return is_newer(
            self.check.finished_at if self.check else None,
            than=self.training.plan.made_at if self.training else None,
        )

    @property
    def check_is_corrected(self) -> bool:
        """Whether it took the place of the one that the running plan was made from."""
        return bool(self.check and self.training and self.check.corrects(self.training.plan.attempt_id))


def whats_next(person: User) -> WhatsNext:
    """What comes next for a signed-in person, decided in one place for every page that says it."""
    training = training_of(person)
    state = training.state if training else state_for(person)
    check = latest_check_of(person)
    step = next_step(
        locked=state.is_locked,
        running=training is not None,
        drafted=training is None and draft_of(person) is not None,
        looked=check is not None,
    )
    return WhatsNext(step, state, training, check)


# --- lines as pages show them ----------------------------------------------------------------------


def shown_line(exercise_key: str, dose: Dose, reasons: Iterable[Reason], idiom: Idiom) -> dict[str, Any]:
    """An exercise with its dose and reasons in words, each reason once; raises UnknownKey."""
    exercise = catalogue().exercise(exercise_key)
    rung = exercise.rung(dose.rung)
    pictures = catalogue().pictures_of(exercise_key, dose.rung)
    return {
        "exercise": exercise,
        "rung": rung,
        "picture": pictures.small,
        "pictures": pictures,
        "dose": dose_in_words(
            rung,
            counted_as=exercise.counted_as,
            sets=dose.sets,
            repetitions=dose.repetitions,
            hold_seconds=dose.hold_seconds,
            load_grams=dose.load_grams,
            band=dose.band,
            idiom=idiom,
        ),
        "reasons": list(dict.fromkeys(words(reason, idiom) for reason in reasons)),
    }


def said_once(lines: list[dict[str, Any]]) -> tuple[list[str], list[dict[str, Any]]]:
    """The reasons that all lines share ("A lighter week"), to be said above them, and the lines without those."""
    first, *others = lines or [{"reasons": []}]
    shared = [
        reason for reason in first["reasons"] if others and all(reason in line["reasons"] for line in others)
    ]
    own = [[reason for reason in line["reasons"] if reason not in shared] for line in lines]
    return shared, [{**line, "reasons": reasons} for line, reasons in zip(lines, own, strict=True)]


def shown_workout(coming: Coming, idiom: Idiom) -> dict[str, Any]:
    """A workout to come, in words."""
    lines = coming.prescription.lines
    return {
        "on": coming.on,
        "lighter": coming.prescription.lighter,
        "minutes": coming.prescription.minutes,
        "lines": [shown_line(line.exercise, line.prescribed.shown, (), idiom) for line in lines],
    }


def stored_line(line: dict[str, Any], idiom: Idiom) -> dict[str, Any] | None:
    """A line of a stored prescription; None when its exercise or step is no longer in the content."""
    prescribed = Prescribed.from_json(line["prescribed"])
    try:
        return {
            **shown_line(line["exercise"], prescribed.shown, prescribed.reasons, idiom),
            "prescribed": prescribed,
        }
    except UnknownKey:
        return None
