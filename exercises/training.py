"""A person's training as its pages need it: the running plan, its schedule and targets, lines in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from accounts.clock import today_for
from accounts.models import User
from assessments import actions as safety_actions
from assessments.actions_counts import days_of
from assessments.models import Attempt
from assessments.safety import ASK_AGAIN_AFTER, SafetyPast, SafetyState
from exercises import history, planning, prescribing, progression, scheduling
from exercises.catalogue import Owned, Rung, UnknownKey, catalogue
from exercises.log import Context, Dose, GateAnswer, PlanLine, Prescribed, WorkoutLog
from exercises.lookahead import Coming, Standing, Story, coming_workouts
from exercises.models import Plan, PlanChange, Workout
from exercises.rules import rules
from exercises.wording import Idiom, Reason, dose_in_words, words

FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True)
class Training:
    """A plan with everything its pages need, in the same number of queries whatever the length of the log.

    today      the local date; never before a workout that was begun (a flight west)
    looked_on  the local date of the latest finished mirror check
    decisions  the plan's changes, and what counts beyond the plan in which it was said
    """

    plan: Plan
    person: User
    today: date
    state: SafetyState
    past: SafetyPast
    looked_on: date | None
    workouts: list[Workout]
    decisions: list[PlanChange]
    schedule: scheduling.Schedule

    @cached_property
    def safety(self) -> planning.Safety:
        """The safety answers as planning takes them."""
        return safety_of(self.state)

    @cached_property
    def owned(self) -> Owned:
        """What the person has to train with."""
        return history.owned_of(self.person)

    @cached_property
    def idiom(self) -> Idiom:
        """How the person reads weights and bands."""
        return history.idiom_of(self.person)

    @cached_property
    def log(self) -> list[WorkoutLog]:
        """The workouts as the rules read them."""
        return [history.log_of(workout) for workout in self.workouts]

    @cached_property
    def context(self) -> Context:
        """Equipment, safety and choices as progression takes them."""
        context = history.context_of(
            self.plan,
            owned=self.owned,
            safety=self.safety,
            schedule=self.schedule,
            decisions=self.decisions,
            workouts=self.workouts,
            past=self.past,
        )
        asked = [
            (line.exercise, catalogue().rung(line.exercise, target.asks))
            for line in self.lines_on(self.today)
            if any(rung.gate for rung in catalogue().exercise(line.exercise).rungs)
            and (target := progression.next_target(line, self.log, context)).asks
        ]
        if not asked:
            return context
        return replace(context, gates=(*context.gates, *counted_gates(self.person, self.today, asked)))

    @property
    def changes_count_from(self) -> date:
        """The date from which a change made now counts: tomorrow if a workout was begun today."""
        return self.schedule.counts_from(self.today)

    def lines_on(self, day: date) -> list[PlanLine]:
        """The lines a workout of this day is made from."""
        return history.plan_lines(
            self.plan,
            day=day,
            decisions=self.decisions,
            safety=self.safety,
            past=self.past,
            workouts=self.workouts,
        )

    def line(self, exercise: str) -> PlanLine | None:
        """The line of an exercise as it will be from now on."""
        return next(
            (line for line in self.lines_on(self.changes_count_from) if line.exercise == exercise), None
        )

    def target(self, line: PlanLine) -> progression.Target:
        """The next target of a line."""
        return progression.next_target(line, self.log, self.context)

    @property
    def minutes(self) -> int:
        """How long a workout may take from now on."""
        return history.minutes_on(self.plan, self.decisions, self.changes_count_from)

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
        planned = prescribing.prescribe(lines, self.log, day, self.context)
        if not planned.on_hold:
            return planned
        return prescribing.prescribe(lines, self.log, day, self.context, spare=self._spare())

    def _day(self, on: date, *, lighter_day: bool = False, restart: bool = False) -> prescribing.Day:
        return prescribing.Day(
            on=on,
            minutes=history.minutes_on(self.plan, self.decisions, on),
            lighter_week=self.schedule.is_lighter_week(on),
            lighter_day=lighter_day,
            restart=restart,
            first_side=(self.plan.accepted or {}).get("first_side", "left"),
        )

    def _spare(self) -> list[PlanLine]:
        """What fills in while lines are on hold."""
        accepted = planning.Draft(
            lines=tuple(history.lines_on(self.plan, self.decisions, self.today)),
            offered=tuple(history.lines_of(self.plan, "offered")),
        )
        return planning.spare_lines(accepted, self.wishes)

    @cached_property
    def wishes(self) -> planning.Wishes:
        """What the plan was made from, with the safety answers and belongings of now."""
        return wishes_of(self.plan, self.state, self.plan.attempt, _stored_previous(self.plan))

    def ahead(self, story: Story, *, most: int) -> list[Coming]:
        """The next workouts, if the first goes as the story tells and the others as asked."""
        days = [self._day(slot.on) for slot in self.coming(most)]
        lines = self.lines_on(self.changes_count_from)
        return coming_workouts(story, days, Standing(lines, self.log, self.context, self._spare()))

    def coming(self, most: int = 6) -> list[scheduling.Slot]:
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
    plan = history.active_plan(person)
    return training_with(plan, plan.person) if plan else None


def training_with(plan: Plan, person: User) -> Training:
    """A plan, running or ended, as it stands today; the person is its own, with what they own at hand."""
    workouts = history.recent_workouts(person, plan)
    decisions = history.decisions_of(person, plan)
    safety = safety_actions.person_safety(person)
    return Training(
        plan=plan,
        person=person,
        today=max([today_for(person), *(row.local_date for row in workouts)]),
        state=safety.state,
        past=safety.past,
        looked_on=safety.looked_on,
        workouts=workouts,
        decisions=decisions,
        schedule=history.schedule_of(plan, decisions, workouts, safety.past.locks),
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


# --- what a draft is made from ---------------------------------------------------------------------


def safety_of(state: SafetyState) -> planning.Safety:
    """The state of the safety answers as planning takes it."""
    return planning.Safety(
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


def where_it_ended(person: User, start: date) -> planning.Previous:
    """Where the plan that runs, or ended last, stands for a block that starts on a day."""
    plan = history.latest_plan(person)
    training = training_with(plan, plan.person) if plan else None
    if training is None or not training.workouts:
        return planning.Previous()
    targets = [training.target(line) for line in training.lines_on(training.today)]
    done = {exercise for workout in training.log for exercise in workout.lines}
    within = timedelta(days=rules().progression.no_higher_after_pain_days)
    last = training.workouts[-1].local_date
    held = frozenset(target.exercise for target in targets if target.on_hold)
    return planning.Previous(
        rungs={target.exercise: target.standing.rung for target in targets if target.exercise in done},
        held=held,
        hurt=frozenset(
            target.exercise
            for target in targets
            if any(start - result.on <= within for result in target.answers)
        ),
        long_away=prescribing.away(training.log, start) is prescribing.Away.RUNG_LOWER,
        seen_since=any(lock.until and lock.until >= last for lock in training.past.locks),
        held_since=training.workouts[0].local_date if held else None,
    )


def _stored_previous(plan: Plan) -> planning.Previous:
    return planning.Previous(rungs=plan.answers.get("previous", {}))


def wishes_of(
    plan: Plan, state: SafetyState, check: Attempt | None, previous: planning.Previous | None = None
) -> planning.Wishes:
    """What a draft is made from."""
    return planning.Wishes(
        owned=history.owned_of(plan.person),
        minutes=plan.answers["time"]["minutes"],
        check=check_seen(check),
        safety=safety_of(state),
        trained=plan.answers["time"]["trained"],
        over_65=plan.answers["time"]["over_65"],
        previous=previous or planning.Previous(),
        changes=tuple(
            planning.OwnChange(planning.ChangeKind(change["kind"]), change["exercise"], change.get("rung"))
            for change in plan.answers.get("changes", ())
        ),
    )


def check_seen(check: Attempt | None) -> planning.CheckSeen | None:
    """A finished check as planning takes it."""
    if check is None or check.outcome is None:
        return None
    outcome = check.outcome

    def side(name: str) -> planning.SideSeen:
        return planning.SideSeen(
            rule=outcome.side(name).rule,
            arch=check.seen("arch", name),
            knees=check.seen("knees", name),
            locks=outcome.side(name).locks,
        )

    return planning.CheckSeen(on=check.local_date, left=side("left"), right=side("right"))


def standing_with(
    planned: planning.Draft, wishes: planning.Wishes, schedule: scheduling.Schedule, log: list[WorkoutLog]
) -> Standing:
    """Where a person stands with a draft: what was logged lately goes on, as it will once the plan runs."""
    safety = wishes.safety
    context = Context(
        owned=wishes.owned,
        caps=safety.highest_rungs,
        tap_only=safety.with_limits,
        easy_counts_from=schedule.active_day(15),
    )
    lines = [line.plan_line for line in planned.lines]
    return Standing(lines, log, context, planning.spare_lines(planned, wishes))


def draft_ahead(
    planned: planning.Draft, minutes: int, schedule: scheduling.Schedule, standing: Standing
) -> list[Coming]:
    """The workouts of the first four weeks of a draft, if all go as asked."""
    until = schedule.start + FOUR_WEEKS
    days = [
        prescribing.Day(
            on=slot.on,
            minutes=minutes,
            lighter_week=schedule.is_lighter_week(slot.on),
            first_side=planned.first_side,
        )
        for slot in schedule.slots
        if slot.on < until
    ]
    return coming_workouts(Story.DONE, days, standing)


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
