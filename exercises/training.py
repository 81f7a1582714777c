"""A person's training as its pages need it: the running plan, its schedule and targets, lines in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from accounts.clock import today_for
from accounts.models import User
from assessments.actions.counts import days_of
from assessments.models import Attempt
from assessments.rows import Rest, latest_check_of, person_safety, state_for
from assessments.rules.safety import SafetyPast, SafetyState
from assessments.rules.safety_content import ASK_AGAIN_AFTER
from exercises.models import Plan, PlanChange, Workout
from exercises.rows import (
    active_plan,
    context_of,
    decisions_of,
    draft_of,
    idiom_of,
    lines_of,
    lines_on,
    log_of,
    minutes_on,
    owned_of,
    plan_lines,
    recent_workouts,
    resting_on,
    schedule_of,
)
from exercises.rules import planning, prescribing, scheduling
from exercises.rules.catalogue import Owned, Rung, UnknownKey, catalogue
from exercises.rules.drafts import (
    CheckSeen,
    Draft,
    LineChange,
    LineChangeKind,
    Previous,
    Safety,
    SideSeen,
    Wishes,
)
from exercises.rules.idiom import Idiom
from exercises.rules.ladder import Ladder
from exercises.rules.lookahead import Coming, Story, TrainingSoFar, coming_workouts
from exercises.rules.next_step import NextStep, next_step
from exercises.rules.reading import LogRead, read_log
from exercises.rules.slots import Slot
from exercises.rules.targets import Target, target_on
from exercises.rules.values import Context, Dose, GateAnswer, PlanLine, Prescribed, WorkoutLog
from exercises.rules.wording import Reason, dose_in_words, words


@dataclass(frozen=True)
class Training:
    """A plan with everything its pages need, in the same number of queries whatever the length of the log.

    today        the local date; never before a workout that was begun (a flight west)
    looked_on    the local date of the latest finished mirror check
    rest         why nobody should stand at the mirror today
    has_counted  whether a countable check may answer the question before a step
    decisions    the plan's changes, and what counts beyond the plan in which it was said
    """

    plan: Plan
    person: User
    today: date
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
    def log(self) -> list[WorkoutLog]:
        """The workouts as the rules read them."""
        return [log_of(workout) for workout in self.workouts]

    @cached_property
    def _stored_context(self) -> Context:
        """What decides besides the log, but for questions that a countable check answers."""
        return context_of(
            self.plan,
            owned=self.owned,
            safety=self.safety,
            schedule=self.schedule,
            decisions=self.decisions,
            workouts=self.workouts,
            past=self.past,
        )

    @cached_property
    def _reads(self) -> dict[str, list[LogRead]]:
        """{exercise: its logs with the row of the table each met}: read once for every page and rule that asks."""
        context = self._stored_context
        return {key: read_log(known, self.log, context) for key, known in catalogue().exercises.items()}

    def ladder(self, exercise: str) -> Ladder:
        """An exercise's ladder with everything logged on it; raises UnknownKey."""
        return Ladder(catalogue().exercise(exercise), self.context, self._reads[exercise])

    @cached_property
    def context(self) -> Context:
        """Equipment, safety and choices as progression takes them."""
        context = self._stored_context
        asked = []
        for line in self.lines_on(self.today):
            known = catalogue().exercise(line.exercise)
            if any(rung.gate for rung in known.rungs):
                target = target_on(Ladder(known, context, self._reads[known.key]), line)
                asked += [(known.key, known.rung(target.asks))] if target.asks else []
        if not asked or not self.has_counted:
            return context
        return replace(context, gates=(*context.gates, *counted_gates(self.person, self.today, asked)))

    @property
    def changes_count_from(self) -> date:
        """The date from which a change made now counts: tomorrow if a workout was begun today."""
        return self.schedule.counts_from(self.today)

    def lines_on(self, day: date) -> list[PlanLine]:
        """The lines a workout of this day is made from."""
        return plan_lines(
            self.plan,
            day=day,
            decisions=self.decisions,
            safety=self.safety,
            past=self.past,
            workouts=self.workouts,
        )

    def resting_on(self, day: date) -> list[PlanLine]:
        """The lines that rest on this day because a workout takes ten minutes."""
        return plan_lines(
            self.plan,
            day=day,
            decisions=self.decisions,
            safety=self.safety,
            past=self.past,
            workouts=self.workouts,
            resting=True,
        )

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
        return minutes_on(self.plan, self.decisions, self.changes_count_from)

    @property
    def is_over(self) -> bool:
        """Whether the twelve weeks are done."""
        return self.schedule.end is not None and self.today > self.schedule.end

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
            workouts=[workout for workout in self.workouts if workout.local_date <= day],
            decisions=[row for row in self.decisions if row.made_on <= day],
        )

    def prescription(self, *, lighter_day: bool = False, restart: bool = False) -> prescribing.Prescription:
        """Today's workout as it would be started now."""
        day = self._day(self.today, lighter_day=lighter_day, restart=restart)
        lines = self.lines_on(self.today)
        ladders = {line.exercise: self.ladder(line.exercise) for line in lines}
        planned = prescribing.prescribe_on(ladders, lines, self.log, day)
        if not planned.on_hold:
            return planned
        spare = self._spare()
        ladders |= {line.exercise: self.ladder(line.exercise) for line in spare}
        return prescribing.prescribe_on(ladders, lines, self.log, day, spare=spare)

    def _day(self, on: date, *, lighter_day: bool = False, restart: bool = False) -> prescribing.WorkoutDay:
        return prescribing.WorkoutDay(
            on=on,
            minutes=minutes_on(self.plan, self.decisions, on),
            lighter_week=self.schedule.is_lighter_week(on),
            lighter_day=lighter_day,
            restart=restart,
            first_side=(self.plan.accepted or {}).get("first_side", "left"),
        )

    def _spare(self) -> list[PlanLine]:
        """What fills in while lines are on hold."""
        accepted = Draft(
            lines=tuple(lines_on(self.plan, self.decisions, self.today)),
            offered=(
                *resting_on(self.plan, self.decisions, self.today),
                *lines_of(self.plan, "offered"),
            ),
        )
        return planning.spare_lines(accepted, self.wishes)

    @cached_property
    def wishes(self) -> Wishes:
        """What the plan was made from, with the safety answers and belongings of now."""
        previous = Previous(rungs=self.plan.answers.get("previous", {}), gates=self.context.gates)
        return wishes_of(self.plan, self.state, self.plan.attempt, previous)

    def ahead(self, story: Story, *, most: int) -> list[Coming]:
        """The next workouts, if the first goes as the story tells and the others as asked."""
        days = [self._day(slot.on) for slot in self.coming(most)]
        lines = self.lines_on(self.changes_count_from)
        return coming_workouts(story, days, TrainingSoFar(lines, self.log, self.context, self._spare()))

    def coming(self, most: int = 6) -> list[Slot]:
        """The next open slots."""
        slots = sorted(self.schedule.slots, key=lambda slot: slot.on)
        return [slot for slot in slots if slot.on >= self.today and self.schedule.is_open(slot)][:most]

    @property
    def begun(self) -> Workout | None:
        """Today's workout that is not finished yet."""
        return next((w for w in self.workouts if w.local_date == self.today and not w.finished_at), None)

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
        yesterday = self.today - timedelta(days=1)
        return next((w for w in self.workouts if w.local_date == yesterday and not w.finished_at), None)


def training_of(person: User) -> Training | None:
    """The running plan of a person; None without one."""
    plan = active_plan(person)
    return training_with(plan, plan.person) if plan else None


def training_with(plan: Plan, person: User) -> Training:
    """A plan, running or ended, as it stands today; the person is its own, with what they own at hand."""
    workouts = recent_workouts(person, plan)
    decisions = decisions_of(person, plan)
    safety = person_safety(person)
    return Training(
        plan=plan,
        person=person,
        today=max([today_for(person), *(row.local_date for row in workouts)]),
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
    """The questions of these rungs (exercise, rung) that a countable check answers with yes: one query each.

    The latest day counts, if it is no longer ago than safety answers hold. A number below the limit is no
    answer: the question is then asked.
    """
    found = []
    for exercise, rung in asked:
        if rung.gate_check is None:
            continue
        latest = next(reversed(days_of(person, rung.gate_check.check)), None)
        if latest and today - latest.on < ASK_AGAIN_AFTER and latest.reaches(rung.gate_check.least):
            found.append(GateAnswer(exercise, rung.key, yes=True, after=(latest.on, 0)))
    return found


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
        made_at = self.training.plan.made_at if self.training else None
        finished_at = self.check.finished_at if self.check else None
        return bool(made_at and finished_at and finished_at > made_at)


def whats_next(person: User) -> WhatsNext:
    """What comes next for a signed-in person, decided in one place for every page that says it."""
    training = training_of(person)
    state = training.state if training else state_for(person)
    check = latest_check_of(person)
    step = next_step(
        locked=state.is_locked,
        running=training is not None,
        drafted=draft_of(person) is not None,
        looked=check is not None,
    )
    return WhatsNext(step, state, training, check)


# --- what a draft is made from ---------------------------------------------------------------------


def safety_of(state: SafetyState) -> Safety:
    """The state of the safety answers as planning takes it."""
    return Safety(
        locks=tuple(lock.cause for lock in state.locks),
        cleared=state.cleared,
        caps=state.caps,
        dropped=state.dropped,
        support=state.support,
        adapted=state.adapted,
        with_limits=state.with_limits,
        start_at_zero=bool(state.cleared),
        offered_not_planned=state.offered_not_planned,
    )


def wishes_of(
    plan: Plan, state: SafetyState, check: Attempt | None, previous: Previous | None = None
) -> Wishes:
    """What a draft is made from."""
    return Wishes(
        owned=owned_of(plan.person),
        minutes=plan.answers["time"]["minutes"],
        check=check_seen(check),
        safety=safety_of(state),
        trained=plan.answers["time"]["trained"],
        over_65=plan.answers["time"]["over_65"],
        previous=previous or Previous(),
        changes=tuple(
            LineChange(LineChangeKind(change["kind"]), change["exercise"], change.get("rung"))
            for change in plan.answers.get("changes", ())
        ),
    )


def check_seen(check: Attempt | None) -> CheckSeen | None:
    """A finished check as planning takes it."""
    if check is None or check.outcome is None:
        return None
    outcome = check.outcome

    def side(name: str) -> SideSeen:
        return SideSeen(
            rule=outcome.side(name).rule,
            arch=check.seen("arch", name),
            knees=check.seen("knees", name),
            locks=outcome.side(name).locks,
        )

    return CheckSeen(on=check.local_date, left=side("left"), right=side("right"))


# --- lines as pages show them ----------------------------------------------------------------------


def shown_line(exercise_key: str, dose: Dose, reasons: Iterable[Reason], idiom: Idiom) -> dict[str, Any]:
    """An exercise with its dose and reasons in words, each reason once; raises UnknownKey."""
    exercise = catalogue().exercise(exercise_key)
    rung = exercise.rung(dose.rung)
    pictures = catalogue().pictures_of(exercise_key, dose.rung)
    return {
        "exercise": exercise,
        "rung": rung,
        "picture": pictures.end,
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
