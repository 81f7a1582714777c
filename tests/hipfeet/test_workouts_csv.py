"""A table of workouts is read row by row: what can come in does, once, and every other line says why not."""

import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.clock import today_for
from accounts.models import User
from exercises import models
from exercises.models import ExerciseLog, SetLog, Workout
from exercises.rules.catalogue import catalogue
from exercises.rules.past import PastAnswer, PastSet
from exercises.training import training_of
from hipfeet.owndata import workouts_csv
from hipfeet.owndata.models import FileKind, PendingImport
from hipfeet.owndata.workouts_csv import BadTable, WorkoutTable, read_workouts, template
from tests.builders_training import a_running_plan, begun, done_as_shown, signed_in_as, text
from tests.hipfeet.test_taking_along import data_of, exported

TODAY = date(2026, 11, 29)
HEAD = "date,exercise,step,side,set,repetitions,seconds,load,unit,band,effort,clean,pain"
GOOD = "2026-11-24,Side-lying leg lift,Clam,left,1,8,,,,,,,"


def read(*rows: str, head: str = HEAD, pounds: bool = False) -> WorkoutTable:
    return read_workouts("\n".join([head, *rows]).encode(), today=TODAY, pounds=pounds)


def only(*rows: str, **more: Any) -> PastSet:
    table = read(*rows, **more)
    assert table.problems == ()
    ((one,),) = (workout.sets for workout in table.workouts)
    return one


def why(*rows: str, **more: Any) -> str:
    """What is said of the one line that cannot come in."""
    (problem,) = read(*rows, **more).problems
    return problem.why


# --- rows that come in ---


def test_row_is_a_set() -> None:
    row = "2026-11-24,Deadlift,Lift from a block,both,2,8,,6.5,kg,,right,yes,3"

    (workout,) = read(row).workouts

    assert workout.sets == (
        PastSet(2, date(2026, 11, 24), 1, "deadlift", "both", 2, "from_block", 8, 0, 6_500),
    )
    assert workout.answers == {("deadlift", "both"): PastAnswer("right", went_cleanly=True, pain=3)}


@pytest.mark.parametrize(
    "head",
    [
        "Date,Exercise,Step,Side,Set,Reps",
        "local_date;exercise;rung;side;set number;repetitions",
        "day\texercise\tvariation\tLEG\tset_number\treps",
    ],
)
def test_columns_are_known_by_several_names_and_signs_between_them(head: str) -> None:
    between = next(sign for sign in ",;\t" if sign in head)
    row = between.join(["2026-11-24", "Bridge", "Bridge on two legs", "both", "1", "8"])

    assert only(row, head=head).repetitions == 8


@pytest.mark.parametrize(
    "exercise", ["Side-lying leg lift", "side_lying_abduction", "SIDE-LYING HIP ABDUCTION"]
)
@pytest.mark.parametrize("step", ["Clam", "clam", " CLAM "])
def test_exercise_and_step_go_by_any_of_their_names(exercise: str, step: str) -> None:
    one = only(f"2026-11-24,{exercise},{step},l,1,8")

    assert (one.exercise, one.rung, one.side) == ("side_lying_abduction", "clam", "left")


def test_every_name_of_an_exercise_and_of_its_steps_is_its_own() -> None:
    known = catalogue().exercises.values()

    assert len(workouts_csv._exercises()) == len(
        {(one.key, name) for name, one in workouts_csv._exercises().items()}
    )
    for exercise in known:
        names = {workouts_csv._plain(rung.name) for rung in exercise.rungs}
        assert len(names) == len(exercise.rungs), exercise.key


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-1-4", date(2026, 1, 4)),
        ("24.11.2026", date(2026, 11, 24)),
        ("24/11/2026", date(2026, 11, 24)),
        ("11/24/2026", date(2026, 11, 24)),
    ],
)
def test_dates_are_read_as_spreadsheets_write_them(written: str, read_as: date) -> None:
    assert only(f"{written},Bridge,Bridge on two legs,,1,8").on == read_as


def test_one_date_of_a_file_tells_how_the_others_are_meant() -> None:
    rows = ["3/4/2026,Bridge,Bridge on two legs,,1,8", "24/4/2026,Bridge,Bridge on two legs,,1,8"]

    assert [one.on for one in read(*rows).workouts] == [date(2026, 4, 3), date(2026, 4, 24)]


@pytest.mark.parametrize(
    ("load", "unit", "pounds", "grams"),
    [("6", "kg", False, 6_000), ("6,5", "kg", False, 6_500), ("10", "lb", False, 4_536), ("10", "", True, 4_536),
     ("10", "", False, 10_000), ("2500", "g", False, 2_500)],
)  # fmt: skip
def test_weights_are_read_with_their_unit(load: str, unit: str, *, pounds: bool, grams: int) -> None:
    row = f'2026-11-24,Deadlift,Lift from a block,,1,8,,"{load}",{unit}'

    assert only(row, pounds=pounds).load_grams == grams


def test_repetitions_are_held_as_long_as_the_step_asks_where_nothing_is_said() -> None:
    row = "2026-11-24,Side-lying leg lift,Straight leg lift,right,1,{},{}"

    assert only(row.format("8", "")).hold_seconds == 5
    assert only(row.format("8", "0")).hold_seconds == 0
    assert (only(row.format("", "20")).repetitions, only(row.format("", "20")).hold_seconds) == (1, 20)


def test_sets_without_a_number_are_numbered_in_their_order() -> None:
    rows = [f"2026-11-24,Bridge,Bridge on two legs,,,{count}" for count in (8, 7)]

    (workout,) = read(*rows).workouts

    assert [(one.number, one.repetitions) for one in workout.sets] == [(1, 8), (2, 7)]


def test_of_several_answers_about_a_side_the_worst_counts() -> None:
    rows = [
        "2026-11-24,Bridge,Bridge on two legs,,1,8,,,,,easy,yes,0",
        "2026-11-24,Bridge,Bridge on two legs,,2,8,,,,,nothing left,no,4",
        "2026-11-24,Bridge,Bridge on two legs,,3,8",
    ]

    (workout,) = read(*rows).workouts

    assert workout.answers == {("bridge", "both"): PastAnswer("nothing_left", went_cleanly=False, pain=4)}


def test_second_workout_of_a_day_stands_by_itself() -> None:
    rows = [f"2026-11-24,{number},Bridge,Bridge on two legs,1,8" for number in (1, 2)]

    table = read(*rows, head="date,workout,exercise,step,set,repetitions")

    assert [one.of_day for one in table.workouts] == [1, 2]


def test_empty_rows_and_remarks_are_passed_over() -> None:
    table = read("", ",,,", "# 2026-11-24,anything", GOOD)

    assert ([one.sets[0].line for one in table.workouts], table.problems) == ([5], ())


def test_columns_without_a_place_are_named() -> None:
    assert read(f"{GOOD},x,y", head=f"{HEAD},mood,heart rate").not_read == ("mood", "heart rate")


def test_examples_of_the_template_come_in_once_their_mark_is_taken_away() -> None:
    table = template(date(2026, 11, 24)).replace("# ", "")

    read_back = read_workouts(table.encode(), today=TODAY, pounds=False)

    assert read_back.problems == ()
    assert sum(len(one.sets) for one in read_back.workouts) == 4


def test_template_as_it_is_holds_nothing() -> None:
    with pytest.raises(BadTable, match="no row with a set"):
        read_workouts(template(TODAY).encode(), today=TODAY, pounds=False)


def test_limits_are_those_of_the_rows() -> None:
    assert workouts_csv.MOST_REPETITIONS == models.MAX_REPETITIONS
    assert workouts_csv.MOST_SECONDS == models.MAX_HOLD_SECONDS
    assert workouts_csv.MOST_GRAMS == models.MAX_LOAD_GRAMS
    assert set(workouts_csv.EFFORTS.values()) == set(models.EffortKey.values)


# --- rows that cannot ---

BRIDGE = "2026-11-24,Bridge,Bridge on two legs"
PROBLEMS = {
    ",Bridge,Bridge on two legs,,1,8": "Nothing is no date",
    "yesterday,Bridge,Bridge on two legs,,1,8": "“yesterday” is no date",
    "2026-02-30,Bridge,Bridge on two legs,,1,8": "There is no day “2026-02-30”",
    "3/4/2026,Bridge,Bridge on two legs,,1,8": "read in two ways",
    "1999-12-31,Bridge,Bridge on two legs,,1,8": "too long ago",
    "2026-11-29,Bridge,Bridge on two legs,,1,8": "Only days before today",
    "2027-01-01,Bridge,Bridge on two legs,,1,8": "Only days before today",
    "2026-11-24,Burpee,Jump,,1,8": "There is no exercise “Burpee”",
    "2026-11-24,,Clam,,1,8": "Write which exercise it was",
    "2026-11-24,Bridge,Clam,,1,8": "“Bridge” has no step “Clam”",
    "2026-11-24,Bridge,,,1,8": "Write which step of “Bridge” it was",
    f"{BRIDGE},up,1,8": "Write left, right or both",
    f"{BRIDGE},left,1,8": "both sides at once",
    "2026-11-24,Side-lying leg lift,Clam,,1,8": "a side at a time",
    f"{BRIDGE},,0,8": "from 1 to 20 for set",
    f"{BRIDGE},,21,8": "from 1 to 20 for set",
    f"{BRIDGE},,1,201": "from 0 to 200 for repetitions",
    f"{BRIDGE},,1,-3": "not “-3”",
    f"{BRIDGE},,1,8.5": "not “8.5”",
    f"{BRIDGE},,1,=1+1": "not “=1+1”",
    f"{BRIDGE},,1,٨": "not “٨”",
    f"{BRIDGE},,1,": "Write how many repetitions",
    f"{BRIDGE},,1,8,601": "from 0 to 600 for seconds",
    f"{BRIDGE},,1,8,,5,kg": "is done without a weight",
    "2026-11-24,Deadlift,Lift from a block,,1,8": "is done with a weight",
    "2026-11-24,Deadlift,Lift from a block,,1,8,,heavy": "“heavy” is no weight",
    "2026-11-24,Deadlift,Lift from a block,,1,8,,6,stone": "Write kg or lb",
    "2026-11-24,Deadlift,Lift from a block,,1,8,,301,kg": "300 kg at most",
    f"{BRIDGE},,1,8,,,,light": "is done without a band",
    '2026-11-24,Banded walk,"Band above the knees, half squat",left,1,8,,,,pink': "light, medium, heavy",
    f"{BRIDGE},,1,8,,,,,medium": "Write easy, right, hard or nothing left",
    f"{BRIDGE},,1,8,,,,,,perhaps": "Write yes or no for clean",
    f"{BRIDGE},,1,8,,,,,,,11": "from 0 to 10 for pain",
    f"{BRIDGE},,1,8,,,,,,,,more": "more cells than the first line",
}


@pytest.mark.parametrize("row", PROBLEMS)
def test_line_that_cannot_come_in_says_why_and_the_others_do(row: str) -> None:
    table = read(GOOD, row)

    (problem,) = table.problems
    assert problem.line == 3
    assert PROBLEMS[row] in problem.why
    assert len(table.workouts) == 1


def test_cell_is_repeated_no_longer_than_a_line() -> None:
    assert len(why(f"2026-11-24,{'x' * 5_000},Clam,,1,8")) < 80


def test_set_that_stands_twice_and_another_step_name_the_line_of_the_first() -> None:
    assert why(GOOD, GOOD) == "This set stands in line 2, too."
    other = "2026-11-24,Side-lying leg lift,Straight leg lift,left,2,8"
    assert why(GOOD, other).startswith("Line 2 has another step")


def test_dates_that_contradict_each_other_are_refused_each() -> None:
    rows = ["24/11/2026,Bridge,Bridge on two legs,,1,8", "11/24/2026,Bridge,Bridge on two legs,,1,8"]

    assert [one.line for one in read(*rows).problems] == [2, 3]


# --- files that are none ---

FILES: dict[str, tuple[bytes, str]] = {
    "a workbook": (b"PK\x03\x04 anything", "Save the sheet as CSV"),
    "another encoding": ("date,exercise,step,reps\nJürgen".encode("latin-1"), "not in UTF-8"),
    "two bytes a letter": ("date,exercise".encode("utf-16"), "not in UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "not in UTF-8"),
    "NUL": (b"date,exercise,step,reps\n2026-11-24,a\0b,c,1", "NUL"),
    "no columns": (b"what I did on Monday", "It lacks: date, exercise, step, repetitions"),
    "a column too few": (b"date,exercise,side,reps", "It lacks: step"),
    "a column twice": (b"date,day,exercise,step,reps", "Two columns say the same: date"),
    "the head alone": (HEAD.encode(), "no row with a set"),
    "a cell without end": (HEAD.encode() + b'\n"' + b"x" * 200_000, "is not a row of a table"),
    "10 MB": (b"x" * 10_000_000, "larger than 5 MB"),
    "100,000 lines": ("\n".join([HEAD, *[GOOD[:40]] * 100_000]).encode(), "more than 30,000 lines"),
}


@pytest.mark.parametrize("name", FILES)
def test_file_that_is_no_table_is_refused_in_words_and_nothing_is_kept(
    name: str, owner: User, signed_in: Client
) -> None:
    file, said = FILES[name]

    answer = signed_in.post("/settings/import/workouts/", {"file": io.BytesIO(file)})

    assert answer.status_code == 422
    assert said in text(answer)
    assert not PendingImport.objects.exists()
    assert not owner.workouts.exists()


# --- the pages ---

PAGE = "/settings/import/workouts/"


def sent(client: Client, rows: Iterable[str]) -> Any:
    file = io.BytesIO("\n".join([HEAD, *rows]).encode())
    return client.post(PAGE, {"file": file}, follow=True)


def a_table(owner: User, days: int = 3) -> list[str]:
    """Two exercises on each of some days before today, each with two sets a side."""
    rows = []
    for back in range(1, days + 1):
        on = today_for(owner) - timedelta(days=back)
        for number in (1, 2):
            rows += [f"{on},Bridge,Bridge on two legs,both,{number},{8 + number},,,,,right,yes,2"]
            rows += [f"{on},Side-lying leg lift,Clam,{side},{number},8,,,,,,," for side in ("left", "right")]
    return rows


def test_table_is_shown_before_anything_changes_and_then_brought_in_once(
    owner: User, signed_in: Client
) -> None:
    rows = a_table(owner)

    shown = text(sent(signed_in, rows))

    assert "Bring in 3 workouts?" in shown
    assert "Come in 18 sets" in shown
    assert not owner.workouts.exists()
    said = signed_in.post(PAGE, {"action": "bring"}, follow=True)
    assert "18 sets came in." in text(said)
    assert (owner.workouts.count(), SetLog.objects.count(), ExerciseLog.objects.count()) == (3, 18, 3)
    assert signed_in.post(PAGE, {"action": "bring"}).status_code == 302, "a second tap"
    assert SetLog.objects.count() == 18


def test_same_file_again_adds_nothing(owner: User, signed_in: Client) -> None:
    rows = a_table(owner)
    for _ in range(2):
        shown = text(sent(signed_in, rows))
        signed_in.post(PAGE, {"action": "bring"})

    assert "All of it is here already" in shown
    assert "Here already 18 sets" in shown
    assert (owner.workouts.count(), SetLog.objects.count(), ExerciseLog.objects.count()) == (3, 18, 3)


def test_lines_that_were_put_right_join_their_workout(owner: User, signed_in: Client) -> None:
    rows = a_table(owner, days=1)
    broken = [*rows[:-1], rows[-1].replace("Clam", "Clamm")]
    shown = text(sent(signed_in, broken))
    signed_in.post(PAGE, {"action": "bring"})
    assert "1 line cannot come in" in shown
    assert "7 “Side-lying leg lift” has no step “Clamm”." in shown

    sent(signed_in, rows)
    signed_in.post(PAGE, {"action": "bring"})

    assert owner.workouts.get().sets.count() == 6


def test_other_numbers_in_a_place_that_is_taken_are_named_and_change_nothing(
    owner: User, signed_in: Client
) -> None:
    rows = a_table(owner, days=1)
    sent(signed_in, rows)
    signed_in.post(PAGE, {"action": "bring"})

    changed = [*rows[:-1], rows[-1].replace(",8,", ",12,")]
    shown = text(sent(signed_in, changed))

    assert "7 Another set stands in this place already." in shown
    assert not SetLog.objects.filter(repetitions=12).exists()


def test_file_of_which_nothing_can_come_in_is_not_kept(signed_in: Client) -> None:
    answer = sent(signed_in, ["2026-11-24,Burpee,Jump,,1,8"])

    assert answer.status_code == 422
    assert "No line of this file can come in" in text(answer)
    assert "There is no exercise “Burpee”" in text(answer)
    assert not PendingImport.objects.exists()


def test_many_lines_that_cannot_come_in_are_counted(owner: User, signed_in: Client) -> None:
    shown = text(sent(signed_in, [*a_table(owner, days=1), *["x"] * 250]))

    assert "250 lines cannot come in" in shown
    assert "And 50 more." in shown


def test_file_that_is_left_changes_nothing(owner: User, signed_in: Client) -> None:
    sent(signed_in, a_table(owner))

    signed_in.post(PAGE, {"action": "drop"})

    assert not PendingImport.objects.exists()
    assert not owner.workouts.exists()


def test_table_that_waits_is_not_taken_for_an_export(owner: User, signed_in: Client) -> None:
    PendingImport.objects.create(person=owner, file=b"PK", kind=FileKind.EXPORT)
    assert "From a table" in text(signed_in.get(PAGE))
    sent(signed_in, a_table(owner))
    signed_in.post("/accounts/reauthenticate/?next=/settings/import/", {"password": "a long enough secret"})

    assert "From a ZIP file" in text(signed_in.get("/settings/import/"))


def test_template_opens_in_a_spreadsheet(signed_in: Client) -> None:
    answer = signed_in.get("/settings/import/workouts/table.csv")

    assert answer.content.startswith(b"\xef\xbb\xbfdate,exercise,step")
    assert "attachment" in answer.headers["Content-Disposition"]


# --- what becomes of them ---


def test_workouts_brought_in_move_no_target_of_the_plan(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    done_as_shown(begun(owner))
    Workout.objects.update(local_date=today_for(owner) - timedelta(days=4))
    before = targets(owner)
    on = today_for(owner) - timedelta(days=1)
    rows = [f"{on},Side-lying leg lift,Clam,{side},1,{20},,,,,easy,yes,9" for side in ("left", "right")]

    sent(signed_in, rows)
    signed_in.post(PAGE, {"action": "bring"})

    assert owner.workouts.filter(plan=None, slot=None).count() == 1
    assert targets(owner) == before


def targets(owner: User) -> list[Any]:
    training = training_of(owner)
    assert training is not None
    return [training.target(line) for line in training.lines_on(training.today)]


def test_workout_that_is_in_the_plan_already_is_not_brought_in_again(owner: User, signed_in: Client) -> None:
    a_running_plan(owner)
    workout = begun(owner)
    done_as_shown(workout)
    Workout.objects.update(local_date=today_for(owner) - timedelta(days=1))
    workout.refresh_from_db()
    done = SetLog.objects.filter(exercise="side_lying_abduction")
    rows = [
        f"{workout.local_date},side_lying_abduction,{row.rung},{row.side},{row.set_number},{row.repetitions},"
        f"{row.hold_seconds}"
        for row in done
    ]

    shown = text(sent(signed_in, rows))

    assert "All of it is here already" in shown


def test_pages_show_what_was_brought_in(owner: User, signed_in: Client) -> None:
    sent(signed_in, a_table(owner))
    signed_in.post(PAGE, {"action": "bring"})
    on = today_for(owner) - timedelta(days=1)

    past, one, progress = (
        text(signed_in.get(where)) for where in ("/workouts/", f"/workouts/{on}/", "/progress/?range=4")
    )

    assert "2 exercises" in past
    assert "extra" in past
    assert "Done: 6 sets" in one
    assert "Asked" not in one
    assert "Bridge" in progress
    assert signed_in.get("/today/").status_code == 200


def test_what_was_brought_in_travels_in_an_export(owner: User, signed_in: Client) -> None:
    sent(signed_in, a_table(owner))
    signed_in.post(PAGE, {"action": "bring"})

    assert len(data_of(exported(owner))["tables"]["sets"]) == 18


@pytest.mark.django_db
def test_long_table_comes_in_with_few_queries(owner: User, django_assert_max_num_queries: Any) -> None:
    client = signed_in_as(owner)
    rows = a_table(owner, days=400)
    sent(client, rows)

    with django_assert_max_num_queries(120):
        client.post(PAGE, {"action": "bring"})

    assert SetLog.objects.count() == len(rows)
