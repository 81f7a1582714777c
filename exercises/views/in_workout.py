"""One exercise of a begun workout, as its pages need it, and the step that finds it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts import clock
from accounts.clock import today_for
from assessments.rows import state_for
from exercises.actions.log import StoredLog, stored_log
from exercises.actions.sets import SetPlace, SetValues
from exercises.forms.log import AskedExercise
from exercises.forms.sets import SetForm, unit_of
from exercises.models import SetLog, Workout
from exercises.rows import idiom_of, lines_logged, owned_of
from exercises.rules import during
from exercises.rules.catalogue import Exercise, band_strength
from exercises.rules.idiom import Idiom
from exercises.rules.values import LineLog, Prescribed
from exercises.training import stored_line
from exercises.views.access import exercise_at, own_workout, sets_address, workout_address


@dataclass(frozen=True)
class WorkoutExercise:
    """One exercise of a begun workout."""

    workout: Workout
    exercise: Exercise
    line: dict[str, Any]

    @property
    def prescribed(self) -> Prescribed:
        """What was prescribed."""
        prescribed: Prescribed = self.line["prescribed"]
        return prescribed

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides in the order in which they are done."""
        return during.sides_in_order(self.line["rung"], self.prescribed.first_side)

    @cached_property
    def stored(self) -> StoredLog:
        """What is stored of it: two queries, when it is first asked."""
        return stored_log(self.workout, self.exercise.key)

    @property
    def is_untold(self) -> bool:
        """Whether nothing is stored of it but, at most, that it was left out."""
        return not self.stored.sets and all(row.says_nothing for row in self.stored.answers.values())

    @property
    def done(self) -> dict[tuple[str, int], SetLog]:
        """The stored sets by place."""
        return dict(self.stored.sets)

    @cached_property
    def may_go_on(self) -> bool:
        """Whether a set may be done now; what was done before is stored in any case."""
        person = self.workout.person
        return state_for(person).allows_workout(today_for(person))

    @property
    def stopped(self) -> set[str]:
        """The sides on which it was stopped because it hurt."""
        return {side for side, row in self.stored.answers.items() if row.stopped}

    @property
    def open_places(self) -> list[SetPlace]:
        """The places without a set, in the order in which they are done: side by side within a set."""
        found = during.open_places(self.sides, self.prescribed.shown.sets, self.done.keys())
        return [SetPlace(self.exercise.key, side, number) for side, number in found]

    @property
    def next_place(self) -> SetPlace | None:
        """The first place without a set."""
        return next(iter(self.open_places), None)

    @cached_property
    def logged(self) -> dict[str, LineLog]:
        """What is logged of each exercise of the workout by now, read when it is first asked."""
        return lines_logged(self.workout)

    @property
    def next_exercise(self) -> Exercise | None:
        """What comes after this exercise in the workout; None when nothing more may or need be done in it."""
        if self.workout.finished_at or not self.may_go_on:
            return None
        return during.next_exercise(self.logged, after=self.exercise.key)

    def holds(self, side: str, number: int) -> bool:
        """Whether this exercise has such a place."""
        return side in self.sides and 1 <= number <= self.prescribed.shown.sets

    def address(self, name: str, **kwargs: Any) -> str:
        """An address below this exercise."""
        where = {
            "day": self.workout.local_date,
            "number": self.workout.number,
            "exercise": self.exercise.slug,
        }
        return reverse(name, kwargs={**where, **kwargs})

    @property
    def address_after(self) -> str:
        """Where it goes on after this exercise: the sets of the next one, or the workout."""
        following = self.next_exercise
        if following is None:
            return workout_address(self.workout)
        return sets_address(self.workout, following)

    def values(self, repetitions: int, load_grams: int | None) -> SetValues:
        """A set as it is stored."""
        shown = self.prescribed.shown
        return SetValues(
            rung=shown.rung,
            repetitions=repetitions,
            hold_seconds=shown.hold_seconds,
            load_grams=load_grams if shown.load_grams is not None else None,
            band=shown.band or "",
        )

    @cached_property
    def idiom(self) -> Idiom:
        """How the person reads weights and bands."""
        return idiom_of(self.workout.person)

    def differing(self, stored: SetLog, sent: SetValues) -> tuple[str, str]:
        """What two sets for one place do not agree on, each as a person reads it: "8 repetitions, 4 kg"."""
        unit = unit_of(self.exercise)

        def said(one: SetLog | SetValues) -> list[str]:
            return [
                f"{one.repetitions} {unit}",
                f"hold {one.hold_seconds} second{'' if one.hold_seconds == 1 else 's'}",
                self.idiom.weight(one.load_grams) if one.load_grams else "no weight",
                self.idiom.band(one.band) if one.band else "no band",
            ]

        pairs = [(a, b) for a, b in zip(said(stored), said(sent), strict=True) if a != b]
        return ", ".join(a for a, _ in pairs), ", ".join(b for _, b in pairs)

    def loads(self, *stored: SetLog) -> list[int]:
        """The weights to choose from, in grams: those that are owned, shown or stored; none where it has no weight."""
        shown = self.prescribed.shown.load_grams
        if shown is None or not self.workout.plan:
            return []
        owned = owned_of(self.workout.person).loads_for(self.line["rung"])
        return sorted({*owned, shown, *(row.load_grams for row in stored if row.load_grams)})

    @property
    def bands(self) -> list[str]:
        """The keys of the bands to choose from; none where there is no choice."""
        shown = self.prescribed.shown.band
        if shown is None:
            return []
        stored = {row.band for row in self.done.values() if row.band}
        owned = {key for key in owned_of(self.workout.person).things if key.startswith("band_")}
        bands = sorted({shown, *stored, *owned}, key=band_strength)
        return bands if len(bands) > 1 else []

    @property
    def asked(self) -> AskedExercise:
        """What may be told of it."""
        return AskedExercise(
            exercise=self.exercise.key,
            shown=self.prescribed.shown,
            sides=tuple(sorted(self.sides)),
            stored=self.done,
            idiom=self.idiom,
            loads=self.loads(*self.done.values()),
            bands=self.bands,
            stopped=self.stopped,
        )

    def form(self, data: Any, place: SetPlace, stored: SetLog | None = None) -> SetForm:
        """The form of one set, filled with the target or with what is stored."""
        shown = self.prescribed.shown
        return SetForm(
            data,
            unit=unit_of(self.exercise),
            loads=self.loads(*([stored] if stored else [])),
            idiom=self.idiom,
            initial={
                "side": place.side,
                "set_number": place.set_number,
                "revision": stored.revision if stored else 0,
                "client_key": uuid4(),
                "shown_at": clock.now().timestamp(),
                "repetitions": stored.repetitions if stored else shown.repetitions,
                "load_grams": stored.load_grams if stored else shown.load_grams,
            },
        )


def parts_of(workout: Workout) -> list[WorkoutExercise]:
    """The exercises of a workout in its order; what left the content is passed over."""
    idiom = idiom_of(workout.person)
    lines = (stored_line(stored, idiom) for stored in workout.prescription["lines"])
    return [WorkoutExercise(workout, line["exercise"], line) for line in lines if line]


def with_workout_exercise(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the exercise in the person's own workout; 404 where it is not in its prescription.

    What is logged in the workout is fetched with it for a page; a write reads what it needs under its lock.
    """

    @wraps(view)
    def found(request: HttpRequest, day: date, number: int, exercise: str, **kwargs: Any) -> HttpResponse:
        workout = own_workout(request, day, number, with_log=request.method != "POST")
        known = exercise_at(exercise)
        stored = next((line for line in workout.prescription["lines"] if line["exercise"] == known.key), None)
        line = stored_line(stored, idiom_of(workout.person)) if stored else None
        if line is None:
            raise Http404
        return view(request, WorkoutExercise(workout, known, line), **kwargs)

    return found


def seconds_ago(request: HttpRequest) -> int:
    """How long what is sent has waited, as the queue of the player says; a form is sent when it is filled in."""
    said = request.POST.get("seconds_ago", "")
    return int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0
