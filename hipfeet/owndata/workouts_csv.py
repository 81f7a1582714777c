"""Reading workouts from a plain table (CSV): one row a set; a row that cannot be read is named with its line and why.

Pure: bytes in, workouts out. Names of columns, exercises and steps may be written in any way that leaves no doubt.
"""

import csv
import functools
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from exercises.rules.catalogue import Exercise, Laterality, LoadKind, Rung, catalogue
from exercises.rules.idiom import GRAMS_IN_A_POUND
from exercises.rules.past import PastAnswer, PastSet, PastWorkout
from exercises.rules.values import Effort
from hipfeet.owndata.tables import FIRST_DAY

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 30_000
"""Some ten years of training."""
MOST_REPETITIONS, MOST_SECONDS, MOST_GRAMS, MOST_SETS, MOST_WORKOUTS = 200, 600, 300_000, 20, 9

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "day", "localdate"),
    "workout": ("workout", "workoutnumber", "session"),
    "exercise": ("exercise",),
    "step": ("step", "rung", "variation"),
    "side": ("side", "leg"),
    "set": ("set", "setnumber"),
    "repetitions": ("repetitions", "reps"),
    "seconds": ("seconds", "hold", "holdseconds"),
    "load": ("load", "weight"),
    "load_grams": ("loadgrams",),
    "unit": ("unit", "loadunit", "weightunit"),
    "band": ("band",),
    "effort": ("effort",),
    "clean": ("clean", "wentcleanly"),
    "pain": ("pain",),
}
"""What a row may hold, and by which names, without spaces and signs."""
SIDES = {"": "", "both": "both", "left": "left", "l": "left", "right": "right", "r": "right"}
YES_OR_NO = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
}
EFFORTS = {
    "easy": "easy",
    "right": "right",
    "justright": "right",
    "hard": "hard",
    "nothingleft": "nothing_left",
}
GRAMS_IN = {"kg": 1000.0, "lb": GRAMS_IN_A_POUND, "lbs": GRAMS_IN_A_POUND, "g": 1.0}


class BadTable(Exception):  # noqa: N818  (reads as what happened)
    """A file that is no table of workouts; its text says why, to the person."""


class _BadRow(Exception):  # noqa: N818
    """A row that cannot come in; its text says why."""


@dataclass(frozen=True)
class LineProblem:
    """A line that cannot come in, and why."""

    line: int
    why: str


@dataclass(frozen=True)
class WorkoutTable:
    """What stands in a file.

    not_read  columns that nothing here has a place for, as they are headed
    """

    workouts: tuple[PastWorkout, ...]
    problems: tuple[LineProblem, ...]
    not_read: tuple[str, ...]


TEMPLATE_COLUMNS = tuple(name for name in COLUMNS if name not in {"workout", "load_grams"})
EXAMPLES = (
    "Side-lying leg lift,Clam,left,1,8,2,,,,right,yes,0",
    "Side-lying leg lift,Clam,right,1,7,2,,,,hard,yes,2",
    "Deadlift,Lift from a block,both,1,8,,6,kg,,right,yes,0",
    'Banded walk,"Band above the knees, half squat",left,1,8,,,,light,easy,no,0',
)


def template(today: date) -> str:
    """A table to fill in: the head, and rows to look at, which are passed over when it is read."""
    rows = (f"# {today.isoformat()},{row}" for row in EXAMPLES)
    return "".join(f"{row}\r\n" for row in [",".join(TEMPLATE_COLUMNS), *rows])


def read_workouts(file: bytes, *, today: date, pounds: bool) -> WorkoutTable:
    """The workouts of a table.

    today   only what was done before it comes in
    pounds  weights without a unit are in pounds, else in kilograms

    Raises BadTable where there is no table, or none with what is needed.
    """
    rows = _rows(_text(file))
    _, head = next(rows, (0, []))
    columns, not_read = _columns(head)
    lines = [(line, row) for line, row in rows if any(cell.strip() for cell in row) and not _is_remark(row)]
    if not lines:
        raise BadTable("There is no row with a set in this file.")
    reader = _RowReader(columns, len(head), today, "lb" if pounds else "kg", _day_first(lines, columns))
    problems = []
    for line, row in lines:
        try:
            reader.take(line, row)
        except _BadRow as why:
            problems.append(LineProblem(line, str(why)))
    return WorkoutTable(tuple(reader.workouts()), tuple(problems), not_read)


# --- the file --------------------------------------------------------------------------------------


def _text(file: bytes) -> str:
    if len(file) > MOST_BYTES:
        raise BadTable("This file is larger than 5 MB.")
    if file.startswith(b"PK"):
        raise BadTable("This is a ZIP file or a workbook. Save the sheet as CSV.")
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable("This file is not in UTF-8. Save it as “CSV UTF-8”.") from None
    if "\0" in text:
        raise BadTable("The file holds a character that cannot be stored (NUL).")
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the number of the line on which it ends; the head says what stands between its cells."""
    head = text.partition("\n")[0]
    between = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    try:
        for count, row in enumerate(reader):
            if count > MOST_LINES:
                raise BadTable(f"The file has more than {MOST_LINES:,} lines. Bring it in in parts.")
            yield reader.line_num, row
    except csv.Error:
        raise BadTable(f"Line {reader.line_num} is not a row of a table.") from None


def _columns(head: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """{what a row may hold: its place}, and the columns that are not read. Raises BadTable."""
    names = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    columns: dict[str, int] = {}
    not_read = []
    for place, cell in enumerate(head):
        name = names.get(_plain(cell))
        if name is None:
            not_read += [cell.strip()[:40]] if cell.strip() else []
        elif name in columns:
            raise BadTable(f"Two columns say the same: {name}.")
        else:
            columns[name] = place
    missing = [name for name in ("date", "exercise", "step") if name not in columns]
    if "repetitions" not in columns and "seconds" not in columns:
        missing.append("repetitions")
    if missing:
        raise BadTable(f"The first line must name the columns. It lacks: {', '.join(missing)}.")
    return columns, tuple(not_read)


def _plain(text: str) -> str:
    """Small letters and digits only, so that "Set number" and "set_number" are one."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _is_remark(row: Sequence[str]) -> bool:
    return row[0].lstrip().startswith("#")


SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def _day_first(lines: Iterable[tuple[int, list[str]]], columns: Mapping[str, int]) -> bool | None:
    """Whether 3/4/2026 is the third of April in this file; None where no date of it says so, or they contradict."""
    place = columns["date"]
    dates = (SLASHED.fullmatch(row[place].strip()) for _, row in lines if place < len(row))
    said = {int(found[1]) > 12 for found in dates if found and (int(found[1]) > 12) != (int(found[2]) > 12)}
    return said.pop() if len(said) == 1 else None


# --- a row -----------------------------------------------------------------------------------------


@dataclass
class _Told:
    """What was told of one workout so far."""

    sets: dict[tuple[str, str, int], PastSet] = field(default_factory=dict)
    answers: dict[tuple[str, str], PastAnswer] = field(default_factory=dict)


@dataclass
class _RowReader:
    """Reads row after row of one file."""

    columns: Mapping[str, int]
    width: int
    today: date
    unit: str
    day_first: bool | None
    told: dict[tuple[date, int], _Told] = field(default_factory=dict)

    def workouts(self) -> Iterable[PastWorkout]:
        """The workouts of all rows, oldest first."""
        for (on, of_day), one in sorted(self.told.items()):
            yield PastWorkout(on, of_day, tuple(one.sets.values()), one.answers)

    def take(self, line: int, row: Sequence[str]) -> None:
        """Take in one row. Raises _BadRow."""
        if any(cell.strip() for cell in row[self.width :]):
            raise _BadRow("It has more cells than the first line names.")
        cells = {name: _cell(row, place) for name, place in self.columns.items()}
        on = self._date(cells["date"])
        of_day = _whole(cells.get("workout", ""), 1, MOST_WORKOUTS, "workout") or 1
        exercise = _exercise(cells["exercise"])
        rung = _step(exercise, cells["step"])
        side = _side(cells.get("side", ""), rung)
        answer = _answer(cells)
        one = self.told.get((on, of_day), _Told())
        number = _whole(cells.get("set", ""), 1, MOST_SETS, "set") or _next_number(one, exercise, side)
        done = PastSet(
            line,
            on,
            of_day,
            exercise.key,
            side,
            number,
            rung.key,
            *_counted(cells, rung),
            load_grams=self._load(cells, rung),
            band=_band(cells.get("band", ""), rung),
        )
        _require_place(one, done, exercise)
        one.sets[done.place] = done
        if answer != PastAnswer():
            told = one.answers.get((exercise.key, side), PastAnswer())
            one.answers[(exercise.key, side)] = _worst(told, answer)
        self.told[(on, of_day)] = one

    def _date(self, cell: str) -> date:
        found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", cell)
        dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", cell)
        slashed = SLASHED.fullmatch(cell)
        if found:
            year, month, day = map(int, found.groups())
        elif dotted:
            day, month, year = map(int, dotted.groups())
        elif slashed and self.day_first is not None:
            first, second, year = map(int, slashed.groups())
            day, month = (first, second) if self.day_first else (second, first)
        elif slashed:
            raise _BadRow(
                "It may be read in two ways which is the day and which the month. Write it as 2026-11-24."
            )
        else:
            raise _BadRow(f"{_said(cell) or 'Nothing'} is no date. Write it as 2026-11-24.")
        try:
            on = date(year, month, day)
        except ValueError:
            raise _BadRow(f"There is no day {_said(cell)}.") from None
        if on < FIRST_DAY:
            raise _BadRow(f"{_said(cell)} is too long ago.")
        if on >= self.today:
            raise _BadRow("Only days before today come in.")
        return on

    def _load(self, cells: Mapping[str, str], rung: Rung) -> int | None:
        in_grams = cells.get("load_grams", "")
        cell = (in_grams or cells.get("load", "")).replace(",", ".")
        if cell and not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", cell):
            raise _BadRow(f"{_said(cell)} is no weight.")
        unit = "g" if in_grams else _plain(cells.get("unit", "")) or self.unit
        if unit not in GRAMS_IN:
            raise _BadRow("Write kg or lb as the unit.")
        grams = round(float(cell or 0) * GRAMS_IN[unit])
        if grams > MOST_GRAMS:
            raise _BadRow("A weight may be 300 kg at most.")
        if grams and not rung.load.in_grams:
            raise _BadRow(f"“{rung.name}” is done without a weight.")
        if not grams and rung.load.in_grams:
            raise _BadRow(f"“{rung.name}” is done with a weight. Write it.")
        return grams or None


def _cell(row: Sequence[str], place: int) -> str:
    """A cell without what a spreadsheet puts before a text that looks like a formula."""
    return row[place].strip().removeprefix("'").strip() if place < len(row) else ""


def _said(cell: str) -> str:
    """A cell as a message repeats it."""
    return f"“{cell[:30]}{'…' if len(cell) > 30 else ''}”" if cell else ""


def _whole(cell: str, least: int, most: int, name: str) -> int | None:
    """A whole number; None where the cell is empty."""
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", cell) or not least <= int(cell) <= most:
        raise _BadRow(f"Write a whole number from {least} to {most} for {name}, not {_said(cell)}.")
    return int(cell)


@functools.cache
def _exercises() -> dict[str, Exercise]:
    known = catalogue().exercises.values()
    return {_plain(name): one for one in known for name in (one.key, one.name, one.field_name)}


@functools.cache
def _steps(exercise: str) -> dict[str, Rung]:
    rungs = catalogue().exercise(exercise).rungs
    return {_plain(name): rung for rung in rungs for name in (rung.key, rung.name)}


def _exercise(cell: str) -> Exercise:
    if found := _exercises().get(_plain(cell)):
        return found
    raise _BadRow(f"There is no exercise {_said(cell)}." if cell else "Write which exercise it was.")


def _step(exercise: Exercise, cell: str) -> Rung:
    if found := _steps(exercise.key).get(_plain(cell)):
        return found
    missing = f"Write which step of “{exercise.name}” it was."
    raise _BadRow(f"“{exercise.name}” has no step {_said(cell)}." if cell else missing)


def _side(cell: str, rung: Rung) -> str:
    side = SIDES.get(_plain(cell))
    if side is None:
        raise _BadRow(f"Write left, right or both as the side, not {_said(cell)}.")
    if rung.laterality is Laterality.BOTH:
        if side in {"left", "right"}:
            raise _BadRow(f"“{rung.name}” is done with both sides at once. Write both.")
        return "both"
    if side not in {"left", "right"}:
        raise _BadRow(f"“{rung.name}” is done a side at a time. Write left or right.")
    return side


def _counted(cells: Mapping[str, str], rung: Rung) -> tuple[int, int]:
    """Repetitions, and the seconds each was held; without repetitions it was held once."""
    repetitions = _whole(cells.get("repetitions", ""), 0, MOST_REPETITIONS, "repetitions")
    seconds = _whole(cells.get("seconds", ""), 0, MOST_SECONDS, "seconds")
    if repetitions is None and not seconds:
        raise _BadRow("Write how many repetitions.")
    if repetitions is None:
        return 1, seconds or 0
    return repetitions, rung.hold_seconds if seconds is None else seconds


def _band(cell: str, rung: Rung) -> str:
    if not cell:
        return ""
    if rung.load is not LoadKind.BAND:
        raise _BadRow(f"“{rung.name}” is done without a band.")
    bands = [key for key in catalogue().equipment if key.startswith("band_")]
    found = next((key for key in bands if _plain(cell) in {_plain(key), key.removeprefix("band_")}), None)
    if found is None:
        named = ", ".join(key.removeprefix("band_") for key in bands)
        raise _BadRow(f"Write the strength of the band ({named}), not {_said(cell)}.")
    return found


def _answer(cells: Mapping[str, str]) -> PastAnswer:
    effort, clean = cells.get("effort", ""), cells.get("clean", "")
    if effort and _plain(effort) not in EFFORTS:
        raise _BadRow(f"Write easy, right, hard or nothing left as the effort, not {_said(effort)}.")
    if clean and _plain(clean) not in YES_OR_NO:
        raise _BadRow(f"Write yes or no for clean, not {_said(clean)}.")
    return PastAnswer(
        effort=EFFORTS[_plain(effort)] if effort else "",
        went_cleanly=YES_OR_NO[_plain(clean)] if clean else None,
        pain=_whole(cells.get("pain", ""), 0, 10, "pain"),
    )


def _worst(one: PastAnswer, other: PastAnswer) -> PastAnswer:
    """What counts of two answers about one side: the worse of each."""
    efforts = [answer.effort for answer in (one, other) if answer.effort]
    cleanly = [answer.went_cleanly for answer in (one, other) if answer.went_cleanly is not None]
    pains = [answer.pain for answer in (one, other) if answer.pain is not None]
    return PastAnswer(
        effort=min(efforts, key=lambda name: Effort[name.upper()], default=""),
        went_cleanly=all(cleanly) if cleanly else None,
        pain=max(pains, default=None),
    )


def _next_number(one: _Told, exercise: Exercise, side: str) -> int:
    """The number of a set that has none: the one after the highest."""
    numbers = [number for key, on, number in one.sets if (key, on) == (exercise.key, side)]
    number = max(numbers, default=0) + 1
    if number > MOST_SETS:
        raise _BadRow(f"More than {MOST_SETS} sets of one exercise and side cannot come in.")
    return number


def _require_place(one: _Told, done: PastSet, exercise: Exercise) -> None:
    """No other set of the file stands in the place of this one, and none of its exercise is of another step."""
    if there := one.sets.get(done.place):
        raise _BadRow(f"This set stands in line {there.line}, too.")
    others = (other for other in one.sets.values() if other.exercise == exercise.key)
    other = next((other for other in others if other.rung != done.rung), None)
    if other:
        raise _BadRow(
            f"Line {other.line} has another step of “{exercise.name}” in the same workout. Give this one a second "
            "workout, in a column “workout”."
        )


def without(table: WorkoutTable, lines: Mapping[int, str]) -> WorkoutTable:
    """The same with more lines that cannot come in: {line: why}."""
    problems = [*table.problems, *(LineProblem(line, why) for line, why in lines.items())]
    return replace(table, problems=tuple(sorted(problems, key=lambda one: one.line)))
