"""What became of an exercise, in plain words. Pure."""

from datetime import date
from typing import NamedTuple

from exercises.rules.idiom import KILOGRAMS, Idiom
from exercises.rules.progress.courses import Course, CoursePoint, Pain, Run, is_lower, runs_of, steps_up
from exercises.rules.wording import counted, dated


def finding(course: Course, today: date, idiom: Idiom = KILOGRAMS, whole_from: date = date.min) -> str:
    """What became of an exercise, in plain words.

    whole_from  the day before which the course has only the last workout of each month
    """
    runs = runs_of(course)
    last = runs[-1]
    began = last.points[0].on
    said = []
    if len(runs) > 1:
        kind, step = _kind_of_step(course, runs[-2].rung, last.rung), lower_first(course.step(last.rung))
        since = dated(began, today) if began >= whole_from else f"{began:%B %Y}"
        said.append(f"{kind} since {since}: {step}.")
    if began >= whole_from:
        said += [_about_load(last, idiom), _about_repetitions(course, last, began_here=len(runs) > 1)]
    else:
        said.append(f"The last time: {done_in_words(last.points[-1], course.unit, idiom)}.")
    return " ".join(filter(None, said))


def climb(course: Course, idiom: Idiom = KILOGRAMS) -> str:
    """What became of an exercise in one line beside its picture: its steps up and where it is now, or its count."""
    ups, latest = steps_up(course), course.was_done[-1]
    now = step_in_words(course, latest, idiom)
    if is_lower(course):
        return f"An easier step now: {now}."
    if ups:
        return f"{counted(len(ups), 'step').capitalize()} up, now {now}."
    return _about_repetitions(course, runs_of(course)[-1], began_here=False)


def step_in_words(course: Course, point: CoursePoint, idiom: Idiom = KILOGRAMS) -> str:
    """A step with its weight, in the middle of a sentence."""
    step = lower_first(course.step(point.rung))
    return f"{step}, with {idiom.weight(point.load_grams)}" if point.load_grams else step


def lower_first(text: str) -> str:
    """A name of a step in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def _kind_of_step(course: Course, before: str, after: str) -> str:
    one, other = course.rung(before), course.rung(after)
    if one is None or other is None:
        return "Another step"
    return "A harder step" if other.number > one.number else "An easier step"


def _about_load(run: Run, idiom: Idiom) -> str:
    loads = [point.load_grams for point in run.points if point.load_grams]
    if not loads:
        return ""
    if loads[0] == loads[-1]:
        return f"The weight is {idiom.weight(loads[-1])}."
    return f"The weight went from {idiom.weight(loads[0])} to {idiom.weight(loads[-1])}."


def _about_repetitions(course: Course, run: Run, *, began_here: bool) -> str:
    """How the count went; a step that began before the time shown is not said to be new."""
    first, last = run.points[0], run.points[-1]
    if len(run.points) == 1:
        level = len(set(last.done.values())) == 1
        once = "Done once on this step so far" if began_here else "Done once in this time"
        return once + (f": {last.fewest} {course.unit}." if level else ".")
    if first.fewest == last.fewest:
        before = "at first on this step" if began_here else "at the start of this time"
        return f"{last.fewest} {course.unit}, as {before}."
    return f"From {first.fewest} to {last.fewest} {course.unit} on the same step."


class StepDone(NamedTuple):
    """A step by name, and what was done on it."""

    step: str
    done: str


def first_and_latest(course: Course, idiom: Idiom = KILOGRAMS) -> tuple[StepDone, StepDone]:
    """What an exercise grew from and to."""
    first, *_, latest = [course.was_done[0], *course.was_done]
    ends = (
        StepDone(course.step(one.rung), done_in_words(one, course.unit, idiom)) for one in (first, latest)
    )
    return next(ends), next(ends)


def between_sides(course: Course) -> str:
    """The gap between left and right in the latest point, in one line; empty where there is none."""
    done = course.was_done
    if not done or not {"left", "right"} <= set(done[-1].done):
        return ""
    left, right = done[-1].done["left"], done[-1].done["right"]
    if left == right:
        return ""
    return f"{'Left' if left < right else 'Right'}: {abs(left - right)} fewer the last time."


def pain_in_words(pain: Pain, today: date) -> str:
    """Pain of an exercise in one line; empty where there was none."""
    said = []
    if pain.hurt:
        workouts = "workout" if pain.logs == 1 else "workouts"
        said.append(f"Pain in {pain.hurt} of {pain.logs} {workouts}, at most {pain.worst} out of 10.")
    if pain.stopped:
        times = {1: "once", 2: "twice"}.get(pain.stopped, f"{pain.stopped} times")
        said.append(f"You stopped it {times} because it hurt.")
    if said:
        said.append(f"Last on {dated(pain.last, today)}.")
    return " ".join(said)


def done_in_words(point: CoursePoint, unit: str, idiom: Idiom = KILOGRAMS) -> str:
    """What was done in one line: "2 sets of 8, hold 5 s, 4 kg"; of sides that differ, the fewer.

    unit  what a repetition is called, several of them
    """
    sets = max(point.sets.values(), default=0)
    times = f"{sets} sets of {point.fewest}" if sets > 1 else f"{point.fewest} {unit}"
    return ", ".join([times, *details_of(point, idiom)])


def details_of(point: CoursePoint, idiom: Idiom = KILOGRAMS) -> list[str]:
    """What goes with the repetitions: hold, weight, band."""
    said = []
    if point.hold_seconds:
        said.append(f"hold {point.hold_seconds} s")
    if point.load_grams:
        said.append(idiom.weight(point.load_grams))
    if point.band:
        said.append(idiom.band(point.band))
    return said
