"""The public pages about exercises: the list, one exercise, and how progress works."""

import functools
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anatomy.access import public_page
from anatomy.blocks import Block, Frozen, Wording, load_file
from anatomy.catalogue import catalogue as anatomy_catalogue
from anatomy.catalogue import check_sources
from exercises.rules.catalogue import CONTENT, Exercise, Laterality, Rung, UnknownKey, catalogue
from exercises.rules.idiom import things_in_words
from exercises.rules.owned import Owned
from exercises.rules.prescribing import lighter_week_dose
from exercises.rules.targets import Target, next_target
from exercises.rules.values import (
    Answer,
    Context,
    Dose,
    Effort,
    LineLog,
    PlanLine,
    Prescribed,
    SetDone,
    WorkoutLog,
)
from exercises.rules.wording import because, dose_in_words, load_in_words, range_in_words, words


@public_page
def exercises(request: HttpRequest) -> HttpResponse:
    """All exercises: the five, then the extras."""
    listed = [
        (exercise, catalogue().pictures_of(exercise.key, exercise.usual.key).small)
        for exercise in catalogue().exercises.values()
    ]
    return render(
        request,
        "exercises/reference/exercises.html",
        {
            "five": [row for row in listed if not row[0].addon],
            "extras": [row for row in listed if row[0].addon],
        },
    )


@public_page
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """One exercise with its ladder."""
    try:
        found = catalogue().by_slug(slug)
    except UnknownKey:
        raise Http404 from None
    muscles = anatomy_catalogue().muscles
    rungs = [
        {
            "rung": rung,
            "dose": range_in_words(rung, found.counted_as),
            "needs": things_in_words(rung.needs),
            "pictures": catalogue().pictures_of(found.key, rung.key),
        }
        for rung in found.rungs
    ]
    asked = [
        *((muscles[key], "", load, False) for key, load in found.loads.items()),
        *((None, besides.muscles, besides.load, False) for besides in found.loads_besides),
        *((muscles[key], "", load, True) for key, load in found.loads_standing_leg.items()),
    ]
    loads = [
        {"muscle": muscle, "besides": besides, "load": load_in_words(load), "standing": standing}
        for muscle, besides, load, standing in sorted(asked, key=lambda row: (row[3], -row[2][1], -row[2][0]))
    ]
    first = found.usual
    return render(
        request,
        "exercises/reference/exercise.html",
        {
            "numbered": True,
            "exercise": found,
            "rungs": rungs,
            "loads": loads,
            "lit": _lit(found),
            "first_rung": first,
            "first_pictures": catalogue().pictures_of(found.key, first.key),
            **_sides_of(first),
        },
    )


@public_page
def exercise_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """One step of an exercise in pictures: start, end, and the movement. Pages take the pictures from here."""
    try:
        found = catalogue().by_slug(slug)
        rung = found.by_step(step)
    except UnknownKey:
        raise Http404 from None
    pictures = catalogue().pictures_of(found.key, rung.key)
    return render(
        request,
        "exercises/reference/step.html",
        {
            "numbered": True,
            # The page of the exercise shows all of this: the one to be found is that.
            "canonical": f"{settings.SITE_ORIGIN}{reverse('exercise', args=[found.slug])}",
            "exercise": found,
            "rung": rung,
            "pictures": pictures,
            "lit": _lit(found),
            "lit_picture": f"figures/{found.key}-{found.lit}.svg",
            **_sides_of(rung),
        },
    )


def _lit(exercise: Exercise) -> str:
    """The muscle that a picture of the exercise colours in, within a sentence; nothing where there is none."""
    return anatomy_catalogue().muscles[exercise.lit].name.lower() if exercise.lit else ""


def _sides_of(rung: Rung) -> dict[str, bool]:
    """Whether its pictures show one direction, or one leg."""
    return {
        "by_direction": rung.laterality is Laterality.EACH_DIRECTION,
        "by_leg": rung.laterality is Laterality.EACH_LEG,
    }


@public_page
def how_progress_works(request: HttpRequest) -> HttpResponse:
    """The rules in plain words, with examples computed by the rules themselves."""
    page = how_progress_works_page()
    stories = examples()
    sections = [{"section": section, "example": stories.get(section.example)} for section in page.sections]
    return render(
        request,
        "exercises/reference/how_progress_works.html",
        {"numbered": True, "lead": page.lead, "sections": sections},
    )


class RuleSection(Frozen):
    """A rule in plain words; `example` names one of `examples`."""

    heading: Wording
    block: Block
    example: str = ""


class HowProgressWorksPage(Frozen):
    """The page's prose."""

    lead: Block
    sections: tuple[RuleSection, ...]


@functools.cache
def how_progress_works_page() -> HowProgressWorksPage:
    """The prose, read once; raises ContentError."""
    path = CONTENT / "how_progress_works.toml"
    page = load_file(path, HowProgressWorksPage)
    check_sources([page.lead, *(section.block for section in page.sections)], where=str(path))
    return page


@dataclass(frozen=True)
class Example:
    """One story: what was asked, how it went, what follows, and the sentence the plan shows."""

    asked: str
    went: str
    then: str
    because: str


_FIRST = date(2026, 10, 5)
_OWNED = Owned(things=frozenset({"wall_or_chair", "stick", "band_light", "bag_or_bottles"}))
_EXERCISE = "side_lying_abduction"


@functools.cache
def examples() -> dict[str, Example]:
    """Worked examples of the side-lying leg lift, each computed as a real plan would."""
    rung = catalogue().rung(_EXERCISE, "straight_leg_more")
    usual = Dose(rung.key, rung.sets, rung.reps_from + 1, rung.hold_seconds)
    top = Dose(rung.key, rung.sets, rung.reps_to, rung.hold_seconds)
    well = _log(usual, 0)
    lighter = lighter_week_dose(rung, usual)
    return {
        "success": _example(usual, "All done, it felt right, no pain.", [well]),
        "rung_up": _example(top, "Twice in a row all done.", [_log(top, 0), _log(top, 2)]),
        "weaker_side": _example(
            usual,
            f"Left {usual.repetitions}, right {usual.repetitions - 1}.",
            [_log(usual, 0, right=usual.repetitions - 1)],
        ),
        "pain": _example(usual, "All done, with pain of 4 out of 10.", [_log(usual, 0, pain=4)]),
        "hold": _example(
            usual,
            "Pain of 6 out of 10, and a week later again.",
            [_log(usual, 0, pain=6), _log(usual, 7, pain=6)],
        ),
        "short": _example(usual, "Not quite clean, once.", [_log(usual, 0, clean=False)]),
        "lighter_week": Example(
            asked=_dose(usual),
            went="Six workouts in three weeks.",
            then=_dose(lighter),
            because=words(because("lighter_week")),
        ),
    }


def _example(asked: Dose, went: str, log: list[WorkoutLog]) -> Example:
    target: Target = next_target(PlanLine(_EXERCISE, asked.rung), log, Context(owned=_OWNED))
    then = "On hold" if target.on_hold else _dose(target.standing)
    return Example(asked=_dose(asked), went=went, then=then, because=words(target.reasons[0]))


def _dose(dose: Dose) -> str:
    found = catalogue().exercise(_EXERCISE)
    rung = found.rung(dose.rung)
    line = dose_in_words(
        rung,
        counted_as=found.counted_as,
        sets=dose.sets,
        repetitions=dose.repetitions,
        hold_seconds=dose.hold_seconds,
        band=dose.band,
    )
    return f"{rung.name}: {line}"


def _log(dose: Dose, days: int, *, pain: int = 0, clean: bool = True, right: int | None = None) -> WorkoutLog:
    done = {"left": dose.repetitions, "right": dose.repetitions if right is None else right}
    line = LineLog(
        prescribed=Prescribed(standing=dose, shown=dose),
        sets=tuple(
            SetDone(side, number, repetitions)
            for side, repetitions in done.items()
            for number in range(1, dose.sets + 1)
        ),
        answers=tuple(Answer(side, Effort.RIGHT, clean=clean, pain=pain) for side in done),
    )
    return WorkoutLog(on=_FIRST + timedelta(days=days), lines={_EXERCISE: line})
