"""One made-up person and their twelve weeks, to look around in (`make demo`).

Everything is written by the actions that a person's pages use, each as of its own moment (`accounts.clock.at`), so
that it is what the product would have made of these answers. Only the dates depend on the day it is run.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.clock import at, now, today_in
from accounts.models import User, WeekStart
from assessments.actions import check as safety_actions
from assessments.actions.counts import TriesOfSide, record_counts
from assessments.actions.safety import record_safety_list
from assessments.models import Attempt
from assessments.rows import Owner, counting_leave, state_for
from assessments.rules.safety import Said
from assessments.rules.safety_content import LISTS_BEFORE_A_PLAN, RIGHT_NOW, safety_content
from exercises.actions.equipment import keep_equipment
from exercises.actions.log import ExerciseTold, record_exercise
from exercises.actions.plan import accept_plan, answer_draft, change_plan, decide, draft_plan
from exercises.actions.sets import SetPlace, SetValues, record_set
from exercises.actions.workout import finish_workout, start_workout, tell_next_morning
from exercises.drafting import where_it_ended
from exercises.models import EffortKey, PlanDecision, Workout
from exercises.rows import wishes_of
from exercises.rules import planning
from exercises.rules.catalogue import catalogue
from exercises.rules.choosing import RungPlace, rungs_on
from exercises.rules.prescribing import Away
from exercises.rules.slots import DAY, SlotState
from exercises.rules.values import Prescribed
from exercises.training import Training, training_of

EMAIL = "demo@example.org"
NAME = "Sam"
ZONE = "Europe/Vienna"
DAYS = 84
"""Twelve weeks; the last day is today, with its workout still to do."""

SUNDAY = 6

# Calendar weeks of the story, the first being 0; those from 1 to 11 are whole whatever the weekday of today.
SKIPS_ONE_IN_WEEK = 2
MOVES_ONE_IN_WEEK = 3
AWAY_IN_WEEK = 5
STEPS_UP_BY_HAND_FROM_WEEK = 7
MISSES_ONE_IN_WEEK = 8
TRAINS_ONCE_MORE_IN_WEEK = 9
LOOKS_AGAIN_ON_DAY = 56

FIRST_LOOK: Mapping[str, Mapping[str, str]] = {
    "toes": {"left": "straight", "right": "straight"},
    "knees_usual": {"left": "in", "right": "not_in"},
    "knees": {"left": "in", "right": "forward"},
    "arch": {"left": "low", "right": "normal"},
    "can_turn": {"left": "yes"},
    "arch_turned": {"left": "higher"},
    "flatter": {"left": "no"},
    "tiptoe_arch": {"left": "present"},
    "pain": {"value": "none"},
}
"""Left: the kneecap looks in, the arch is low and rises when the thigh turns out. Right: nothing."""

SECOND_LOOK: Mapping[str, Mapping[str, str]] = {
    **FIRST_LOOK,
    "knees": {"left": "forward", "right": "forward"},
}
"""Eight weeks later the left kneecap looks ahead; what is no longer asked is skipped."""

EQUIPMENT: dict[str, Any] = {
    "things": [
        "wall_or_chair",
        "stick",
        "band_light",
        "band_medium",
        "bag_or_bottles",
        "kettlebell_or_dumbbell",
    ],
    "weight_grams": [4_000, 6_000, 8_000],
    "bar_grams": None,
    "plate_grams": [],
    "ankle_grams": [],
    "band_colours": {"band_light": "yellow", "band_medium": "red"},
}

# Heel raises on one foot, left and right, with the first and with the second look.
FIRST_COUNT = {"left": 11, "right": 16}
SECOND_COUNT = {"left": 19, "right": 20}

# How an exercise went in a workout, by the workout's number and the exercise; everything else goes as `_went` says.
SPECIAL: Mapping[tuple[int, str], Mapping[str, Any]] = {
    (4, "bridge"): {"went_cleanly": False},
    (7, "side_lying_abduction"): {"pain": 5},
    (12, "side_lying_abduction"): {"fewer": 2},
    (15, "deadlift"): {"effort": EffortKey.NOTHING_LEFT, "fewer": 2},
    (19, "banded_walk"): {"pain": 6},
}
EASY_UNTIL, HARD_EVERY = 3, 5
"""The first workouts were easy; later every fifth one was hard."""
BAD_MORNING_AFTER = 11


@transaction.atomic
def make_demo(password: str) -> User:
    """Make the person and their twelve weeks, all or nothing, replacing an earlier one."""
    User.objects.filter(email=EMAIL).delete()
    today = today_in(ZONE)
    start = today - (DAYS - 1) * DAY
    with at(_moment(start, 17)):
        person = _join(password, today)
        _make_plan(person, start, _training_days(today))
    for days in range(DAYS - 1):
        _live(person, start + days * DAY, start)
    return person


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(ZONE))


def _training_days(today: date) -> list[int]:
    """Three weekdays of which the last is today's, with a day of rest between."""
    return sorted((today.weekday() - back) % 7 for back in (0, 2, 4))


def _join(password: str, today: date) -> User:
    # A week that never ends with a training day: an extra workout fits behind the last one.
    ends_with_rest = WeekStart.SUNDAY if SUNDAY in _training_days(today) else WeekStart.MONDAY
    person = User.objects.create_user(EMAIL, password, name=NAME, time_zone=ZONE, week_start=ends_with_rest)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


# --- the check, the counting, the plan -------------------------------------------------------------


def _answer_list(person: User, key: str) -> None:
    answers = dict.fromkeys(safety_content().lists[key].questions, Said.NO)
    record_safety_list(owner=Owner.of(person), list_key=key, answers=answers, extras={})


def _look(person: User, seen: Mapping[str, Mapping[str, str]]) -> Attempt:
    attempt = safety_actions.start(owner=Owner.of(person))
    nothing = dict.fromkeys(safety_content().lists[RIGHT_NOW].questions, Said.NO)
    attempt = safety_actions.pass_right_now(attempt=attempt, owner=Owner.of(person), answers=nothing)
    for question, given in seen.items():
        attempt = safety_actions.answer(attempt=attempt, given={question: given})
    return safety_actions.finish(attempt=attempt)


def _count(person: User, counted: Mapping[str, int]) -> None:
    leave = counting_leave(person)
    if leave.reason:
        raise ValueError(f"the story does not hold: no counting because of {leave.reason.key}")
    sides = {side: TriesOfSide([value]) for side, value in counted.items()}
    record_counts(person=person, check_key="heel_raise", attempt=leave.attempt, sides=sides)


def _make_plan(person: User, start: date, weekdays: list[int]) -> None:
    """The first look, the lists, the heel raises, and the plan made from them."""
    check = _look(person, FIRST_LOOK)
    for key in LISTS_BEFORE_A_PLAN:
        _answer_list(person, key)
    _count(person, FIRST_COUNT)
    keep_equipment(person=person, seen=0, values=EQUIPMENT)
    pages: dict[str, dict[str, Any]] = {
        "things": {},
        "days": {"weekdays": weekdays, "start": start.isoformat()},
        "time": {"minutes": 30, "over_65": False, "trained": False},
    }
    draft_plan(person=person)
    for step, answers in pages.items():
        draft = answer_draft(person=person, step=step, answers=answers)
    previous = where_it_ended(person, start)
    wishes = wishes_of(draft, state_for(person), check, previous)
    accept_plan(person=person, draft=planning.draft(wishes), attempt=check, previous=previous)


# --- a day -----------------------------------------------------------------------------------------


def _running(person: User) -> Training:
    training = training_of(person)
    if training is None:
        raise ValueError("the story does not hold: no plan runs")
    return training


def _live(person: User, day: date, start: date) -> None:
    """What happened on one day: the morning, what was decided at noon, and the workout in the evening."""
    with at(_moment(day, 8)):
        _tell_morning(person, day)
    with at(_moment(day, 12)):
        training = _running(person)
        week = _week(training, day, start)
        _decide(training, day, week)
        if day == start + LOOKS_AGAIN_ON_DAY * DAY:
            _look(person, SECOND_LOOK)
            _count(person, SECOND_COUNT)
    with at(_moment(day, 18)):
        training = _running(person)
        if _trains(training, day, week):
            for key in training.state.lists_due_for_workout(day):
                _answer_list(person, key)
            _answer_gates(training)
            _train(_running(person), day)


def _week(training: Training, day: date, start: date) -> int:
    """The number of a day's calendar week in the story, the first being 0."""
    schedule = training.schedule
    return (schedule.week_of(day) - schedule.week_of(start)).days // 7


def _tell_morning(person: User, day: date) -> None:
    workouts = list(Workout.objects.filter(person=person))
    if workouts and workouts[-1].local_date == day - DAY:
        as_usual = len(workouts) != BAD_MORNING_AFTER
        tell_next_morning(workout=workouts[-1], as_usual=as_usual)


def _decide(training: Training, day: date, week: int) -> None:
    """What the person changes about the plan on this day."""
    schedule, kinds = training.schedule, {row.kind for row in training.decisions}
    this_week = [slot for slot in training.coming() if schedule.week_of(slot.on) == schedule.week_of(day)]
    if week == SKIPS_ONE_IN_WEEK and "skip" not in kinds:
        skip = schedule.skip(this_week[1].number, "no_time", day)
        change_plan(plan=training.plan, change=skip, today=day)
    if week == MOVES_ONE_IN_WEEK and "move" not in kinds:
        later = [
            (slot.number, on)
            for slot in this_week
            for on in schedule.days_to_move_to(slot.number, day)
            if on > slot.on and not schedule.has_neighbour(on, but=slot.number)
        ]
        move = schedule.move(*later[0], day)
        change_plan(plan=training.plan, change=move, today=day)
    if week >= STEPS_UP_BY_HAND_FROM_WEEK and PlanDecision.RUNG not in kinds:
        _step_up_by_hand(training, day)


def _step_up_by_hand(training: Training, day: date) -> None:
    """Take the first next step that may be taken; on some days there is none."""
    for line in training.lines_on(training.changes_count_from):
        states = rungs_on(training.ladder(line.exercise), line, day)
        higher = [one for one in states if one.place is RungPlace.NEXT and one.may_choose]
        if higher:
            details = {"exercise": line.exercise, "rung": higher[0].rung.key, "load_grams": None}
            decide(
                plan=training.plan,
                kind=PlanDecision.RUNG,
                details=details,
                counts_from=training.changes_count_from,
                today=day,
            )
            return


def _trains(training: Training, day: date, week: int) -> bool:
    """Whether there is a workout in the evening."""
    schedule = training.schedule
    if week == AWAY_IN_WEEK:
        return False
    if any(schedule.state(slot, day) is SlotState.TODAY for slot in schedule.slots):
        is_last_of_week = schedule.next_slot(day + DAY) not in _slots_of_week(training, day)
        return not (week == MISSES_ONE_IN_WEEK and is_last_of_week)
    ends_week = schedule.week_of(day) == day - 6 * DAY
    return week == TRAINS_ONCE_MORE_IN_WEEK and ends_week


def _slots_of_week(training: Training, day: date) -> list[Any]:
    schedule = training.schedule
    return [slot for slot in schedule.slots if schedule.week_of(slot.on) == schedule.week_of(day)]


def _answer_gates(training: Training) -> None:
    """ "Yes" to the question of each step that asks one now."""
    for line in training.lines_on(training.today):
        asks = training.target(line).asks
        if asks:
            decide(
                plan=training.plan,
                kind=PlanDecision.GATE,
                details={"exercise": line.exercise, "rung": asks, "yes": True},
                counts_from=training.changes_count_from,
                today=training.today,
            )


# --- a workout -------------------------------------------------------------------------------------


def _train(training: Training, day: date) -> None:
    """The whole workout; after time away with the gentle start that is offered."""
    workout = start_workout(
        person=training.person,
        plan=training.plan,
        slot=training.schedule.slot_for_workout(day),
        prescription=training.prescription(restart=training.away is not Away.NO),
        today=day,
    )
    number = len(training.workouts) + 1
    minutes = 0
    for line in workout.prescription["lines"]:
        prescribed = Prescribed.from_json(line["prescribed"])
        went = _went(number, line["exercise"])
        fewer = went.pop("fewer", 0)
        minutes = _do_sets(workout, line["exercise"], prescribed, minutes, fewer=fewer)
        sides = catalogue().rung(line["exercise"], prescribed.shown.rung).laterality.sides
        with at(now() + timedelta(minutes=minutes)):
            told = ExerciseTold(line["exercise"], {}, dict.fromkeys(sides, went))
            record_exercise(workout=workout, told=told, key=uuid4())
    with at(now() + timedelta(minutes=minutes + 1)):
        finish_workout(workout=workout)


def _do_sets(workout: Workout, exercise: str, prescribed: Prescribed, minutes: int, *, fewer: int) -> int:
    """Every set as shown, one a minute; the last of each side with that many repetitions fewer."""
    shown = prescribed.shown
    for number in range(1, shown.sets + 1):
        for side in catalogue().rung(exercise, shown.rung).laterality.sides:
            minutes += 1
            with at(now() + timedelta(minutes=minutes)):
                record_set(
                    workout=workout,
                    place=SetPlace(exercise, side, number),
                    values=SetValues(
                        rung=shown.rung,
                        repetitions=shown.repetitions
                        - (fewer if number == shown.sets and side != "left" else 0),
                        hold_seconds=shown.hold_seconds,
                        load_grams=shown.load_grams,
                        band=shown.band or "",
                    ),
                    client_key=uuid4(),
                )
    return minutes


def _went(number: int, exercise: str) -> dict[str, Any]:
    """How an exercise went in the workout with this number, the same on each side."""
    effort = (
        EffortKey.EASY
        if number <= EASY_UNTIL
        else EffortKey.HARD
        if number % HARD_EVERY == 0
        else EffortKey.RIGHT
    )
    as_ever: dict[str, Any] = {"effort": effort, "went_cleanly": True, "pain": 0, "stopped": False}
    return {**as_ever, **SPECIAL.get((number, exercise), {})}
