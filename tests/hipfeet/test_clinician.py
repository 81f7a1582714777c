"""The page for a clinician says what was told and done, with side, date and unit, and no more than one sheet holds."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from anatomy.blocks import forbidden_words
from assessments.actions.safety import record_visit
from assessments.models import Attempt, SafetyAnswers
from assessments.rules.safety import AnsweredList, SafetyState, Said, Verdict
from assessments.rules.safety_past import LockPeriod, SafetyPast
from assessments.rules.scoring import evaluate
from assessments.rules.second_look import FinishedLook, Looks
from exercises.models import ExerciseLog, SetLog, Workout
from exercises.rules.idiom import Idiom
from exercises.rules.progress.weeks import WeekDone
from exercises.rules.values import Dose
from hipfeet.demo import EMAIL
from hipfeet.owndata.clinician.seen import seen_at_mirror
from hipfeet.owndata.clinician.told import SafetyTold, ToldCause, ToldSafety, told_safety
from hipfeet.owndata.clinician.trained import (
    PainOfSide,
    PainTold,
    PrescribedNow,
    SetOnADay,
    TrainedExercise,
    TrainingTold,
    adherence,
    trained_exercises,
)
from hipfeet.owndata.clinician.words import ShortDates
from tests.builders_check import LONGEST, Answered, answers, at, both_sides, given
from tests.builders_training import MONDAY, MONDAY_NOON, a_finished_check, lists_answered, signed_in_as, text
from tests.everything import NAME, NOTE, with_everything
from tests.world import make_world

PAGE = "/settings/clinician/"
DATES = ShortDates(date(2026, 11, 29))


def day(number: int, month: int = 11, year: int = 2026) -> date:
    return date(year, month, number)


# --- dates ---


def test_date_names_its_year_where_that_is_another() -> None:
    assert DATES.day(day(3)) == "3 Nov"
    assert DATES.day(day(31, 12, 2025)) == "31 Dec 2025"


def test_two_dates_are_named_and_more_are_counted() -> None:
    assert DATES.times([day(3), day(3), day(9)]) == "3 Nov and 9 Nov"
    assert DATES.times([day(3), day(5), day(9)]) == "3 times, 3 Nov to 9 Nov"


# --- the mirror check ---


def look(number: int, said: Answered) -> FinishedLook:
    return FinishedLook(day(number), at(number), said, evaluate(said))


def test_first_and_latest_check_stand_side_by_side_and_those_between_are_counted() -> None:
    first = answers(left={"toes": "in", "knees": "in"}, right={"toes": "out", "knees": "forward"})
    last = answers(left={"toes": "straight"}, right={"toes": "out"}, pain="stop", where="left")

    seen = seen_at_mirror([look(1, first), look(2, first), look(9, last)], None, None, DATES)

    assert seen is not None
    assert seen.dates == (day(1), day(9))
    assert seen.between == 1
    toes, knees = seen.items
    assert (toes.term, toes.left, toes.right) == (
        "Foot direction, habitual stance",
        ("Toe-in", "Straight ahead"),
        ("Toe-out", "Toe-out"),
    )
    assert (knees.left, knees.right) == (
        ("Faces medially", "Not asked then"),
        ("Faces forward", "Not asked then"),
    )
    assert seen.pain == ("None", "4 or more of 10, or stopped because it hurt, on the left")


def test_without_a_check_nothing_was_seen() -> None:
    assert seen_at_mirror([], None, None, DATES) is None


def test_second_look_names_what_it_saw_otherwise_and_on_which_side() -> None:
    first = both_sides(**LONGEST)
    second = {key: dict(first[key]) for key in ("knees", "arch", "arch_turned")}
    second["arch"]["right"] = "high"

    seen = seen_at_mirror([look(1, first)], Looks(first, second, {}), day(1), DATES)

    assert seen is not None
    assert seen.second_look == (
        "Second look, 1 Nov: 5 of 6 answers agreed, not: Medial longitudinal arch, feet aligned (right)."
    )


# --- safety answers ---


def told(*lists: AnsweredList, **known: Any) -> ToldSafety:
    parts = {"checks": [], "visits": [], "state": SafetyState(), "past": SafetyPast(), **known}
    return told_safety(SafetyTold(given=lists, **parts), DATES, most=known.pop("most", 8))


def only(told: ToldSafety) -> ToldCause:
    (cause,) = told.causes
    return cause


def test_yes_stands_with_its_dates_and_a_later_no_beside_it() -> None:
    cause = only(told(given(3, RF7=Said.YES), given(9, RF7=Said.NO)))

    assert cause.about.startswith("An arch that dropped suddenly")
    assert cause.told == "Yes: 3 Nov. No: 9 Nov"


def test_not_sure_is_said_as_it_was_said() -> None:
    assert only(told(given(3, RF7=Said.UNSURE))).told == "Not sure, taken as yes: 3 Nov"


def test_second_part_of_a_question_stands_with_it() -> None:
    cause = only(told(given(3, stage="after_birth", RF16=Said.YES)))

    assert cause.about == "You are pregnant, or gave birth in the last 12 weeks (after the birth)"


def test_question_that_left_the_content_is_not_passed_over() -> None:
    gone = AnsweredList("told_or_had", day(3), at(3), {"RF99": Said.YES})

    assert only(told(gone)).about == "Something that is no longer asked"


def test_what_never_got_a_yes_is_counted_and_strict_ones_stand_first() -> None:
    every = given(3, on="feet_and_legs", RF7=Said.YES, RF9b=Said.YES)

    safety = told(every)

    assert [cause.about[:12] for cause in safety.causes] == ["An arch that", "Feet that ar"]
    assert safety.always_no == len(every.answers) - 2
    assert safety.answered == "3 Nov"


def test_what_has_no_room_is_counted() -> None:
    safety = told_safety(
        SafetyTold([given(3, RF7=Said.YES, RF9b=Said.YES)], [], [], SafetyState(), SafetyPast()),
        DATES,
        most=1,
    )

    assert (len(safety.causes), safety.more) == (1, 1)


def test_finding_that_asks_for_a_clinician_names_its_side() -> None:
    check = look(4, answers(left=LONGEST | {"flatter": "yes"}, right={"toes": "in"}))

    assert only(told(checks=[check])) == ToldCause(
        "Mirror check: A low arch that was not always low (left)", "Seen 4 Nov", "", ""
    )


def test_days_on_hold_are_named() -> None:
    locks = (LockPeriod(day(1), day(4)), LockPeriod(day(20)))

    assert told(past=SafetyPast(locks)).on_hold == "1 Nov, opened 4 Nov; since 20 Nov"


# --- exercises ---


def trained(
    exercise: str = "side_lying_abduction",
    *,
    now: PrescribedNow | None = None,
    sets: list[SetOnADay] | None = None,
    pain: list[PainTold] | None = None,
) -> TrainedExercise:
    told_of = TrainingTold({exercise: now} if now else {}, sets or [], pain or [], Idiom())
    (found,) = trained_exercises(told_of, DATES)
    return found


def done(
    side: str, *repetitions: int, exercise: str = "side_lying_abduction", **more: Any
) -> list[SetOnADay]:
    rung = {"side_lying_abduction": "straight_leg", "bridge": "two_legs", "banded_walk": "no_band"}[exercise]
    return [SetOnADay(day(9), exercise, side, more.pop("rung", rung), count, **more) for count in repetitions]


def pain(side: str, number: int | None, on: int, *, times: int = 1, stopped: bool = False) -> PainTold:
    return PainTold("side_lying_abduction", side, number, stopped, times, day(on))


def test_dose_names_sets_repetitions_side_hold_and_weight() -> None:
    now = PrescribedNow(Dose("straight_leg", 2, 12, hold_seconds=5, load_grams=1_500))

    assert trained(now=now).now == "2 × 12 each leg, hold 5\N{NO-BREAK SPACE}s, 1.5 kg"


def test_exercise_on_hold_after_pain_says_so() -> None:
    now = PrescribedNow(Dose("straight_leg", 1, 8), on_hold=True)

    assert trained(now=now).now == "1 × 8 each leg, on hold after pain"


def test_latest_sets_stand_by_side_and_once_where_both_are_alike() -> None:
    assert trained(sets=[*done("left", 12, 11), *done("right", 12, 9)]).latest == "9 Nov: L 12, 11; R 12, 9"
    assert trained(sets=[*done("left", 12), *done("right", 12)]).latest == "9 Nov: L and R 12"
    assert trained("bridge", sets=done("both", 8, exercise="bridge")).latest == "9 Nov: bilateral 8"


def test_sides_of_a_band_walk_are_directions() -> None:
    sets = [*done("left", 8, exercise="banded_walk"), *done("right", 6, exercise="banded_walk")]

    assert trained("banded_walk", sets=sets).latest == "9 Nov: to L 8; to R 6"


def test_sets_on_another_step_than_is_prescribed_name_theirs() -> None:
    now = PrescribedNow(Dose("straight_leg", 2, 12))

    one = trained(now=now, sets=[*done("left", 12, rung="clam"), *done("right", 12, rung="clam")])

    assert one.step == "Straight leg lift"
    assert one.latest.startswith("9 Nov, ")
    assert one.latest.endswith(": L and R 12")


def test_pain_stands_by_side_with_latest_and_worst_and_their_dates() -> None:
    one = trained(pain=[pain("left", 0, 9, times=5), pain("left", 4, 2), pain("right", 2, 9)])

    assert one.pain == (
        PainOfSide("L", "0 (9 Nov)", "4 (2 Nov)", "1 of 6", ""),
        PainOfSide("R", "2 (9 Nov)", "2 (9 Nov)", "1 of 1", ""),
    )


def test_of_two_answers_on_one_day_the_worse_is_the_latest() -> None:
    (left,) = trained(pain=[pain("left", 0, 9), pain("left", 3, 9)]).pain

    assert left.latest == "3 (9 Nov)"


def test_stop_without_a_number_is_told_as_a_stop() -> None:
    (left,) = trained(pain=[pain("left", None, 9, stopped=True), pain("left", None, 2, stopped=True)]).pain

    assert left == PainOfSide("L", "–", "–", "–", "2× (9 Nov)")


def test_exercise_that_left_the_content_stays_on_the_page() -> None:
    gone = SetOnADay(day(9), "hopping", "left", "high", 5)

    assert trained("hopping", sets=[gone]).name == "An exercise that is no longer offered"


def test_adherence_is_counted_by_week() -> None:
    weeks = [
        WeekDone(day(2), done=2, missed=1, skipped=1),
        WeekDone(day(9), done=3, extra=1),
        WeekDone(day(16)),
    ]

    told_of = adherence(weeks)

    assert (
        told_of.planned == "5 of 6 planned workouts done in three weeks, 1 skipped on purpose, 1 done besides"
    )
    assert [words for _, words in told_of.weeks] == ["2/3", "3/3+1", "–"]


# --- the page ---


@pytest.fixture(scope="module")
def everything_once(rows_of_the_module: None) -> User:
    """Somebody with everything; the demonstration person, whose twelve weeks they have, is there as well."""
    owner = User.objects.create_user("all@example.org", "x", time_zone="Europe/Vienna")
    with_everything(owner)
    return owner


@pytest.fixture
def everything(everything_once: User, db: None) -> User:
    return User.objects.get(pk=everything_once.pk)


def test_name_and_notes_stand_on_it_only_where_this_request_asks_for_them(everything: User) -> None:
    client = signed_in_as(everything)

    plain, full = text(client.get(PAGE)), text(client.get(f"{PAGE}?name=on&notes=on"))

    assert NAME not in plain
    assert NOTE.strip() not in plain
    assert everything.email not in full
    assert NAME in full
    assert NOTE.strip() in full
    assert NAME not in text(client.get(PAGE))


def test_form_asks_for_nothing_but_name_and_notes_and_has_no_token(everything: User) -> None:
    page = signed_in_as(everything).get(PAGE).content.decode()
    form = page.split('<form method="get"')[1].split("</form>")[0]

    assert form.count("<input") == 2
    assert "csrf" not in form


def test_page_stores_nothing(everything: User) -> None:
    client = signed_in_as(everything)
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    before = [model._default_manager.count() for model in models]

    client.get(f"{PAGE}?name=on&notes=on")

    assert [model._default_manager.count() for model in models] == before


def test_page_makes_no_claim_the_wording_rules_forbid(everything: User) -> None:
    assert forbidden_words(text(signed_in_as(everything).get(f"{PAGE}?notes=on"))) == []


def test_page_asks_as_many_queries_after_years_as_after_twelve_weeks(everything: User) -> None:
    client = signed_in_as(everything)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as before:
        client.get(f"{PAGE}?notes=on")
    _again_and_again(everything)

    with CaptureQueriesContext(connection) as after:
        client.get(f"{PAGE}?notes=on")

    assert len(after) == len(before)


def _again_and_again(owner: User) -> None:
    """Copies of everything, a year earlier."""
    year = timedelta(days=364)
    for row in Attempt.objects.finished().filter(person=owner):
        Attempt.objects.create(
            person=owner,
            status=row.status,
            answers=row.answers,
            agreed_at=row.agreed_at - year,
            agreement_version=row.agreement_version,
            content_version=row.content_version,
            time_zone=row.time_zone,
            local_date=row.local_date - year,
            started_at=row.started_at - year,
            finished_at=row.finished_at and row.finished_at + timedelta(hours=1),
            result=row.result,
        )
    for one_list in SafetyAnswers.objects.filter(person=owner):
        one_list.pk = None
        one_list.answered_at -= year
        one_list.local_date -= year
        one_list.save()
    for workout in Workout.objects.filter(person=owner):
        sets, logs = list(workout.sets.all()), list(workout.exercise_logs.all())
        workout.pk, workout.slot, workout.plan = None, None, None
        workout.local_date -= year
        workout.save()
        for one in sets:
            one.client_key = type(one)._meta.get_field("client_key").to_python(f"{one.pk:032x}")
            one.pk, one.workout = None, workout
        SetLog.objects.bulk_create(sets)
        for log in logs:
            log.pk, log.workout = None, workout
        ExerciseLog.objects.bulk_create(logs)


def test_person_of_whom_nothing_is_known_gets_a_page_that_says_so(signed_in: Client) -> None:
    page = text(signed_in.get(PAGE))

    for said in (
        "No safety list was answered",
        "No mirror check so far",
        "No plan so far",
        "No workouts so far",
    ):
        assert said in page


def test_page_of_the_demo_says_what_the_demo_did(everything: User) -> None:
    page = text(signed_in_as(User.objects.get(email=EMAIL)).get(f"{PAGE}?name=on"))

    for said in (
        "Name: Sam .",
        "11 heel raises 16 heel raises",
        "Faces medially",
        "worst imaginable",
        "Glute bridge",
    ):
        assert said in page


@pytest.mark.django_db
def test_person_with_a_lock_reads_what_holds_the_plan() -> None:
    world = make_world()

    page = text(signed_in_as(world.owner).get(PAGE))

    assert "On hold since" in page
    assert "on hold now" in page


def test_visit_stands_beside_what_it_was_about(owner: User) -> None:
    with time_machine.travel(MONDAY_NOON):
        a_finished_check(owner)
        lists_answered(owner, "RF6")
        record_visit(person=owner, causes=["RF6"], seen_on=MONDAY, verdict=Verdict.WITH_LIMITS)

        page = text(signed_in_as(owner).get(PAGE))

    assert "Opened by the visit 5 Oct: yes, with limits" in page
