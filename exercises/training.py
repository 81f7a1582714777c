"""A person's training as its pages need it: the running plan, its schedule and targets, lines in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.clock import today_for
from accounts.models import User
from assessments import actions as safety_actions
from assessments.models import Attempt
from assessments.safety import LockPeriod, SafetyState
from exercises import history, planning, prescribing, scheduling
from exercises.catalogue import UnknownKey, catalogue
from exercises.log import Context, Dose, PlanLine, Prescribed
from exercises.lookahead import Coming, Standing, Story, coming_workouts
from exercises.models import Plan, Workout
from exercises.wording import Reason, dose_in_words, words

FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True)
class Training:
    """A running plan with everything its pages need: eight queries, whatever the length of the log."""

    plan: Plan
    today: date
    state: SafetyState
    locks: list[LockPeriod]
    workouts: list[Workout]
    schedule: scheduling.Schedule

    @property
    def safety(self) -> planning.Safety:
        """The safety answers as planning takes them."""
        return safety_of(self.state)

    @property
    def context(self) -> Context:
        """Equipment, caps and choices as progression takes them."""
        return history.context_of(self.plan, self.safety, self.schedule, self.workouts, self.locks)

    @property
    def lines(self) -> list[PlanLine]:
        """The plan's lines."""
        return history.plan_lines(self.plan, self.safety)

    def prescription(self, *, lighter_day: bool = False) -> prescribing.Prescription:
        """Today's workout as it would be started now."""
        day = self._day(self.today, lighter_day=lighter_day)
        log = history.log_of(self.workouts)
        planned = prescribing.prescribe(self.lines, log, day, self.context)
        if not planned.on_hold:
            return planned
        return prescribing.prescribe(self.lines, log, day, self.context, spare=self._spare())

    def _day(self, on: date, *, lighter_day: bool = False) -> prescribing.Day:
        return prescribing.Day(
            on=on,
            minutes=self.plan.answers["time"]["minutes"],
            lighter_week=self.schedule.is_lighter_week(on),
            lighter_day=lighter_day,
            first_side=(self.plan.accepted or {}).get("first_side", "left"),
        )

    def _spare(self) -> list[PlanLine]:
        """What fills in while lines are on hold."""
        accepted = planning.Draft(
            lines=tuple(history.lines_of(self.plan)), offered=tuple(history.lines_of(self.plan, "offered"))
        )
        return planning.spare_lines(accepted, wishes_of(self.plan, self.state, self.plan.attempt))

    def ahead(self, story: Story, *, most: int) -> list[Coming]:
        """The next workouts, if the first goes as the story tells and the others as asked."""
        days = [self._day(slot.on) for slot in self.coming(most)]
        log = history.log_of(self.workouts)
        return coming_workouts(story, days, Standing(self.lines, log, self.context, self._spare()))

    def coming(self, most: int = 6) -> list[scheduling.Slot]:
        """The next open slots."""
        slots = sorted(self.schedule.slots, key=lambda slot: slot.on)
        return [slot for slot in slots if slot.on >= self.today and self.schedule.is_open(slot)][:most]

    @property
    def begun(self) -> Workout | None:
        """Today's workout that is not finished yet."""
        return next((w for w in self.workouts if w.local_date == self.today and not w.finished_at), None)


def training_of(person: User) -> Training | None:
    """The running plan of a person; None without one."""
    plan = history.active_plan(person)
    if plan is None:
        return None
    workouts = history.recent_workouts(person, plan)
    state, locks = safety_actions.state_and_locks(person)
    return Training(
        plan=plan,
        today=today_for(person),
        state=state,
        locks=locks,
        workouts=workouts,
        schedule=history.schedule_of(plan, workouts, locks),
    )


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


def wishes_of(plan: Plan, state: SafetyState, check: Attempt | None) -> planning.Wishes:
    """What a draft is made from."""
    previous = plan.answers.get("previous", {})
    return planning.Wishes(
        owned=history.owned_of(plan),
        minutes=plan.answers["time"]["minutes"],
        check=check_seen(check),
        safety=safety_of(state),
        trained=plan.answers["time"]["trained"],
        over_65=plan.answers["time"]["over_65"],
        previous=previous,
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


def draft_ahead(
    planned: planning.Draft, wishes: planning.Wishes, schedule: scheduling.Schedule
) -> list[Coming]:
    """The workouts of the first four weeks of a draft, if all go as asked."""
    until = schedule.start + FOUR_WEEKS
    days = [
        prescribing.Day(
            on=slot.on,
            minutes=wishes.minutes,
            lighter_week=schedule.is_lighter_week(slot.on),
            first_side=planned.first_side,
        )
        for slot in schedule.slots
        if slot.on < until
    ]
    safety = wishes.safety
    context = Context(
        owned=wishes.owned,
        caps=safety.highest_rungs,
        tap_only=safety.with_limits,
        easy_counts_from=schedule.active_day(15),
    )
    lines = [line.plan_line for line in planned.lines]
    spare = planning.spare_lines(planned, wishes)
    return coming_workouts(Story.DONE, days, Standing(lines, [], context, spare))


# --- lines as pages show them ----------------------------------------------------------------------


def shown_line(exercise_key: str, dose: Dose, reasons: tuple[Reason, ...]) -> dict[str, Any]:
    """An exercise with its dose and reasons in words; raises UnknownKey."""
    exercise = catalogue().exercise(exercise_key)
    rung = exercise.rung(dose.rung)
    pictures = catalogue().pictures_of(exercise_key, dose.rung)
    return {
        "exercise": exercise,
        "rung": rung,
        "picture": pictures[1] if pictures else None,
        "pictures": pictures,
        "dose": dose_in_words(
            rung,
            counted_as=exercise.counted_as,
            sets=dose.sets,
            repetitions=dose.repetitions,
            load_grams=dose.load_grams,
            band=dose.band,
        ),
        "reasons": [words(reason) for reason in reasons],
    }


def stored_line(line: dict[str, Any]) -> dict[str, Any] | None:
    """A line of a stored prescription; None when its exercise is no longer in the content."""
    prescribed = Prescribed.from_json(line["prescribed"])
    try:
        return {
            **shown_line(line["exercise"], prescribed.shown, prescribed.reasons),
            "prescribed": prescribed,
        }
    except UnknownKey:
        return None
