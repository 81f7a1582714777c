"""Whatever leads onto a rung (success, offer, hand, start, restart, lighter day or week, look-ahead, the next block):
it is owned, no safety answer forbids it, and its question was answered with yes."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.rules.catalogue import Exercise, Rung, catalogue
from exercises.rules.choosing import check_choice, rungs_on
from exercises.rules.drafts import LineChange, LineChangeKind, Previous, Safety
from exercises.rules.ladder import ladder_for
from exercises.rules.lookahead import Story, TrainingSoFar, coming_workouts
from exercises.rules.owned import Owned
from exercises.rules.planning import draft, start_choices
from exercises.rules.prescribing import PrescribedLine, Prescription, WorkoutDay, prescribe
from exercises.rules.targets import next_target
from exercises.rules.values import (
    Context,
    Dose,
    Effort,
    GateAnswer,
    Offer,
    PainResult,
    PlanLine,
    RungChoice,
    Seen,
    WorkoutLog,
)
from exercises.rules.wording import Refused
from tests.exercises.builders import (
    OWNS_EVERYTHING,
    a_context,
    a_dose,
    a_line,
    day,
    logged,
    owns,
)
from tests.exercises.rules.test_planning import wishes
from tests.trials import examples

GATED = [
    (exercise, rung) for exercise in catalogue().exercises.values() for rung in exercise.rungs if rung.gate
]


def below(exercise: Exercise, rung: Rung) -> Rung:
    found = exercise.rung_at(rung.number - 1)
    assert found is not None
    return found


def twice_at_the_top(exercise: Exercise, rung: Rung) -> list[WorkoutLog]:
    """Two successes that open the next step: of an add-on that needs more, as many as it needs."""
    top = a_dose(exercise.key, rung.key, repetitions=rung.reps_to)
    return [logged(top, exercise.key, on=2 * n) for n in range(exercise.rung_up_after)]


# --- with limits ---


@pytest.mark.parametrize(("exercise", "rung"), GATED, ids=lambda one: one.key)
def test_leave_with_limits_asks_the_question_before_it_offers_the_step(
    exercise: Exercise, rung: Rung
) -> None:
    lower = below(exercise, rung)
    log = twice_at_the_top(exercise, lower)
    line = PlanLine(exercise.key, lower.key)
    limited = a_context(tap_only=True, gates=tuple(yes_to(exercise, *exercise.rungs[: lower.number])))

    asked = next_target(line, log, limited)
    answered = next_target(line, log, replace(limited, gates=(*limited.gates, *yes_to(exercise, rung))))

    assert (asked.asks, asked.offer, asked.standing.rung) == (rung.key, None, lower.key)
    assert (answered.asks, answered.offer, answered.standing.rung) == (None, Offer(rung.key), lower.key)


def yes_to(exercise: Exercise, *rungs: Rung) -> list[GateAnswer]:
    return [GateAnswer(exercise.key, rung.key, yes=True, after=(day(0), 1)) for rung in rungs if rung.gate]


@pytest.mark.parametrize(("exercise", "rung"), GATED, ids=lambda one: one.key)
def test_an_offer_taken_before_it_asked_waits_for_the_question(exercise: Exercise, rung: Rung) -> None:
    log = twice_at_the_top(exercise, below(exercise, rung))
    line = PlanLine(exercise.key, exercise.lowest.key)
    taken = RungChoice(exercise.key, rung.key, after=log[-1].ref)

    target = next_target(line, log, a_context(choices=(taken,)))

    assert target.asks == rung.key
    assert target.standing.rung != rung.key


def test_a_step_that_a_counted_check_opened_stays_open_once_it_was_done() -> None:
    there = a_dose("hip_circle", "no_support")
    no_before = GateAnswer("hip_circle", "no_support", yes=False, after=(day(0), 1))
    log = [logged(there, "hip_circle", on=4)]

    target = next_target(a_line("hip_circle", "fingertips"), log, a_context(gates=(no_before,)))

    assert target.standing.rung == "no_support"


def test_an_offer_is_not_made_within_fourteen_days_of_pain_as_no_higher_step_may_be_chosen() -> None:
    top = a_dose("banded_walk", "band_at_knees", repetitions=14)
    line = a_line("banded_walk", "no_band")
    limited = a_context(tap_only=True)
    hurt = logged(top, pain=4)
    answered = frozenset({PainResult(hurt.on, hurt.number, 2)})
    log = [hurt, *(logged(top, on=2 * n, answers=answered) for n in (1, 2))]

    within = prescribe([line], log, WorkoutDay(day(8), 30), limited).lines[0].prescribed
    after = prescribe([line], log, WorkoutDay(day(15), 30), limited).lines[0].prescribed

    assert within.offer is None
    assert after.offer == Offer("band_at_ankles")


# --- lighter weeks and days ---


def waiting(exercise: str, lower: str, owned: Owned, **kind: Any) -> PrescribedLine:
    """The line of a workout in a lighter week or on a lighter day, with a rise that waits."""
    rung = catalogue().rung(exercise, lower)
    top = a_dose(exercise, lower, repetitions=rung.reps_to)
    log = [logged(top, exercise, on=0), logged(top, exercise, on=2)]
    line = PlanLine(exercise, lower)
    return prescribe([line], log, WorkoutDay(day(4), 30, **kind), a_context(owned)).lines[0]


def test_a_rise_waits_for_the_lighter_week_on_the_step_before() -> None:
    line = waiting(
        "deadlift", "stick_hinge", owns("wall_or_chair", "stick", "bag_or_bottles"), lighter_week=True
    )

    assert line.prescribed.standing.rung == "bag_to_knee"
    assert line.prescribed.shown.rung == "stick_hinge"


def test_a_lighter_week_shows_the_new_step_when_the_one_before_is_no_longer_owned() -> None:
    line = waiting("deadlift", "stick_hinge", owns("bag_or_bottles"), lighter_week=True)

    assert line.prescribed.shown == a_dose("deadlift", "bag_to_knee", sets=1, load_grams=2000)
    assert "waits_for_lighter_week" not in {reason.key for reason in line.prescribed.reasons}


def test_a_lighter_week_shows_the_next_lower_step_that_is_still_owned() -> None:
    weight_given_away = owns("band_light")

    line = waiting("side_lying_abduction", "ankle_weight", weight_given_away, lighter_week=True)

    assert line.prescribed.shown.rung == "rolled_forward"


# --- every way, over every ladder ---


@dataclass
class Course:
    """One exercise over some weeks, every workout prescribed by the product; `said_yes` are the questions answered so."""

    line: PlanLine
    context: Context
    log: list[WorkoutLog] = field(default_factory=list)
    said_yes: set[str] = field(default_factory=set)

    @property
    def exercise(self) -> Exercise:
        return catalogue().exercise(self.line.exercise)

    @property
    def ref(self) -> Any:
        return self.log[-1].ref if self.log else (day(0), 0)

    def decide(self, act: tuple[str, int], today: Any) -> None:
        """What the person taps before the workout, as far as the page lets them."""
        what, number = act
        target = next_target(self.line, self.log, self.context)
        match what:
            case "offer" if target.offer:
                taken = RungChoice(self.line.exercise, target.offer.rung, self.ref, target.offer.load_grams)
                self.context = replace(self.context, choices=(*self.context.choices, taken))
            case "yes" | "no" if target.asks:
                said = GateAnswer(self.line.exercise, target.asks, what == "yes", self.ref)
                self.context = replace(self.context, gates=(*self.context.gates, said))
                if said.yes:
                    self.said_yes.add(target.asks)
            case "by_hand":
                rung = self.exercise.rungs[number % len(self.exercise.rungs)]
                try:
                    ladder = ladder_for(self.line.exercise, self.log, self.context)
                    check_choice(ladder, self.line, today, rung=rung.key)
                except Refused:
                    return
                chosen = RungChoice(self.line.exercise, rung.key, self.ref)
                self.context = replace(self.context, choices=(*self.context.choices, chosen))
            case "seen":
                seen = Seen(
                    self.ref, exercise=None if number % 2 else self.line.exercise, with_limits=number % 3 == 0
                )
                self.context = replace(self.context, seen=(*self.context.seen, seen))
            case "start_again":
                start = self.exercise.rungs[number % len(self.exercise.rungs)].key
                self.line = PlanLine(self.line.exercise, start, fresh_after=self.ref)

    def train(self, today: int, kind: dict[str, Any], went: dict[str, Any]) -> list[Prescription]:
        """The workout of a day, and the ones the pages promise after it."""
        prescription = prescribe([self.line], self.log, WorkoutDay(day(today), 45, **kind), self.context)
        standing = TrainingSoFar([self.line], self.log, self.context)
        days = [WorkoutDay(day(today + 2 * n), 45, lighter_week=n == 1) for n in range(4)]
        ahead = [coming.prescription for coming in coming_workouts(Story.DONE, days, standing)]
        for line in prescription.lines:
            asked = line.prescribed
            done = logged(
                asked.standing,
                line.exercise,
                on=today,
                shown=asked.shown,
                lighter=prescription.lighter,
                towards=asked.towards,
                offer=asked.offer,
                answers=asked.answers,
                **went,
            )
            self.log.append(done)
        return [prescription, *ahead]

    def complaints(self, prescription: Prescription) -> list[str]:
        return [
            f"{name}: {said}"
            for line in prescription.lines
            for name, dose in (("standing", line.prescribed.standing), ("shown", line.prescribed.shown))
            for said in self.faults_of(dose)
        ] + [
            f"offer: {said}"
            for line in prescription.lines
            if (offer := line.prescribed.offer)
            for said in self.rung_faults(offer.rung)
        ]

    def rung_faults(self, key: str) -> list[str]:
        rung, owned = self.exercise.rung(key), self.context.owned
        cap = self.context.caps.get(self.exercise.key, 99)
        return [
            *([f"{key} is not owned"] if not owned.has(rung) else []),
            *([f"{key} is above the cap"] if rung.number > cap else []),
            *([f"{key} was not asked about"] if rung.gate and key not in self.said_yes else []),
        ]

    def faults_of(self, dose: Dose) -> list[str]:
        rung, owned = self.exercise.rung(dose.rung), self.context.owned
        grams = dose.load_grams
        return [
            *self.rung_faults(dose.rung),
            *([f"{grams} g is not owned"] if grams and grams not in owned.loads_for(rung) else []),
            *([f"not with {dose.band}"] if dose.band != owned.band_for(rung) else []),
        ]


EVERYTHING = sorted(OWNS_EVERYTHING.things)
some_things = st.one_of(st.just(frozenset(EVERYTHING)), st.frozensets(st.sampled_from(EVERYTHING)))
acts = st.tuples(
    st.sampled_from(["nothing", "offer", "yes", "no", "by_hand", "seen", "start_again"]), st.integers(0, 11)
)
KINDS: list[dict[str, Any]] = [
    {},
    {"lighter_week": True},
    {"lighter_day": True},
    {"lighter_week": True, "lighter_day": True},
    {"restart": True},
]
kinds = st.sampled_from(KINDS)
wents = st.sampled_from(
    [
        *([{}] * 4),
        {"effort": Effort.EASY},
        {"repetitions": 1},
        {"pain": 4},
        {"pain": 7},
        {"planned": False},
        {"morning": False},
    ]
)
steps = st.tuples(
    acts, some_things, st.one_of(st.none(), st.none(), st.integers(0, 5)), kinds, wents, st.integers(1, 30)
)


@settings(max_examples=examples(300))
@given(
    st.sampled_from(sorted(catalogue().exercises)),
    st.integers(0, 7),
    st.booleans(),
    st.lists(steps, min_size=1, max_size=8),
)
def test_no_way_leads_onto_a_rung_that_is_not_owned_not_allowed_or_not_asked_about(
    exercise: str,
    start: int,
    limited: bool,  # noqa: FBT001
    story: list[Any],
) -> None:
    rungs = catalogue().exercise(exercise).rungs
    begins = rungs[start % len(rungs)]
    course = Course(PlanLine(exercise, begins.key), Context(owned=OWNS_EVERYTHING, tap_only=limited))
    if not begins.gate:
        course.log += twice_at_the_top(course.exercise, begins)
    today = 2 * len(course.log)

    for act, things, cap, kind, went, later in story:
        owned = OWNS_EVERYTHING.model_copy(update={"things": things})
        caps = {} if cap is None else {exercise: cap}
        course.context = replace(course.context, owned=owned, caps=caps)
        today += later
        course.decide(act, day(today))
        for prescription in course.train(today, kind, went):
            assert not course.complaints(prescription)


@settings(max_examples=examples(60))
@given(some_things, st.sampled_from([None, 0, -1, -2]), st.sampled_from([0, 11, 30]))
def test_on_any_day_what_is_shown_of_every_ladder_is_owned_and_allowed_now(
    things: frozenset[str], capped: int | None, away: int
) -> None:
    owned = OWNS_EVERYTHING.model_copy(update={"things": things})
    complaints = []
    for exercise in catalogue().exercises.values():
        for rung in exercise.rungs:
            course = Course(
                PlanLine(exercise.key, rung.key),
                a_context(
                    owned,
                    caps={} if capped is None else {exercise.key: rung.number + capped},
                    gates=tuple(yes_to(exercise, *exercise.rungs)),
                ),
                log=twice_at_the_top(exercise, rung),
                said_yes={one.key for one in exercise.rungs},
            )
            for kind in KINDS:
                day_of = WorkoutDay(day(2 * len(course.log) + away), 45, **kind)
                prescription = prescribe([course.line], course.log, day_of, course.context)
                complaints += [
                    (exercise.key, rung.key, kind, said) for said in course.complaints(prescription)
                ]

    assert not complaints


def test_no_step_behind_a_question_can_be_chosen_before_a_yes() -> None:
    wrong = []
    for exercise, rung in GATED:
        for lower in exercise.below(rung):
            if lower.gate:
                continue
            log = twice_at_the_top(exercise, lower)
            for context in (a_context(), a_context(tap_only=True)):
                states = rungs_on(
                    ladder_for(exercise.key, log, context), PlanLine(exercise.key, lower.key), day(20)
                )
                wrong += [
                    (exercise.key, lower.key, state.rung.key)
                    for state in states
                    if state.may_choose and state.rung.gate
                ]

    assert not wrong


def test_a_plan_cannot_begin_behind_a_question_before_a_yes() -> None:
    wrong = []
    for exercise, rung in GATED:
        for lower in exercise.below(rung):
            if lower.gate:
                continue
            asked = wishes(trained=True, owned=OWNS_EVERYTHING, previous=Previous({exercise.key: lower.key}))
            wrong += [
                (exercise.key, lower.key, choice.key)
                for choice in start_choices(exercise.key, asked)
                if choice.gate
            ]
    heel_raise = wishes(trained=True, owned=OWNS_EVERYTHING)
    wrong += [
        ("heel_raise", "the start", choice.key)
        for choice in start_choices("heel_raise", heel_raise)
        if choice.gate
    ]

    assert not wrong


def test_the_next_block_goes_on_behind_a_question_that_was_answered() -> None:
    there = Previous({"hip_circle": "no_support"})
    yes = Previous({"hip_circle": "fingertips"}, gates=tuple(yes_to(*by_key("hip_circle", "no_support"))))
    up = (LineChange(LineChangeKind.RUNG, "hip_circle", "no_support"),)

    goes_on = draft(wishes(owned=OWNS_EVERYTHING, previous=there))
    chosen = draft(wishes(owned=OWNS_EVERYTHING, previous=yes, changes=up))

    assert {line.exercise: line.rung for line in goes_on.lines}["hip_circle"] == "no_support"
    assert {line.exercise: line.rung for line in chosen.lines}["hip_circle"] == "no_support"


def by_key(exercise: str, rung: str) -> tuple[Exercise, Rung]:
    return catalogue().exercise(exercise), catalogue().rung(exercise, rung)


def test_a_cap_bars_the_start_as_it_bars_every_other_way() -> None:
    asked = wishes(owned=OWNS_EVERYTHING, safety=Safety(caps={"bridge": 1}), trained=True)

    assert [rung.number for rung in start_choices("bridge", asked)] == [0, 1]
