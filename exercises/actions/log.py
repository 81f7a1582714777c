"""How an exercise went: told of all its sets and sides at once, stopped because it hurt, or left out."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from exercises.actions.lock import lock_training
from exercises.actions.sets import SetPlace, SetValues, moment_in, remember
from exercises.models import EffortKey, ExerciseLog, RemovedSet, SetLog, Workout
from exercises.rules.values import Dose

AS_ASKED: Mapping[str, Any] = {
    "effort": EffortKey.RIGHT.value,
    "went_cleanly": True,
    "pain": 0,
    "stopped": False,
}
"""What "As asked: clean, no pain, just right" stores of each side (facts F7)."""


@dataclass(frozen=True)
class ExerciseTold:
    """What is told of one exercise at once.

    sets     by place; None: not done
    answers  {side: {effort, went_cleanly, pain, stopped}}
    """

    exercise: str
    sets: Mapping[SetPlace, SetValues | None]
    answers: Mapping[str, Mapping[str, Any]]


def as_asked(exercise: str, shown: Dose, sides: Iterable[str]) -> ExerciseTold:
    """All sets as they were shown, clean, without pain, just right."""
    values = SetValues(shown.rung, shown.repetitions, shown.hold_seconds, shown.load_grams, shown.band or "")
    places = [SetPlace(exercise, side, number) for side in sides for number in range(1, shown.sets + 1)]
    return ExerciseTold(exercise, dict.fromkeys(places, values), dict.fromkeys(sides, AS_ASKED))


class LogConflict(Exception):  # noqa: N818  (reads as what happened)
    """Something else was stored of this exercise since its page was made: the person decides which counts."""


@dataclass(frozen=True)
class StoredLog:
    """What is stored of one exercise in a workout: its sets by side and number, its answers by side."""

    exercise: str
    sets: Mapping[tuple[str, int], SetLog]
    answers: Mapping[str, ExerciseLog]

    @property
    def told(self) -> ExerciseTold:
        """The same as it is told."""
        return ExerciseTold(
            exercise=self.exercise,
            sets={
                SetPlace(row.exercise, row.side, row.set_number): SetValues(
                    row.rung, row.repetitions, row.hold_seconds, row.load_grams, row.band
                )
                for _, row in sorted(self.sets.items())
            },
            answers={
                side: {name: getattr(row, name) for name in AS_ASKED} for side, row in self.answers.items()
            },
        )

    @property
    def state(self) -> str:
        """Names what is stored: it changes with every set and answer that is stored, changed or taken away."""
        told = [
            *(f"{side}{number}:{row.client_key}" for (side, number), row in sorted(self.sets.items())),
            *(f"{side}:{row.revision}" for side, row in sorted(self.answers.items())),
        ]
        return hashlib.sha256(" ".join(told).encode()).hexdigest()[:16]


def stored_log(workout: Workout, exercise: str) -> StoredLog:
    """What is stored of an exercise: two queries, none where the log of the workout was fetched with it."""
    return StoredLog(
        exercise,
        {(row.side, row.set_number): row for row in workout.sets.all() if row.exercise == exercise},
        {row.side: row for row in workout.exercise_logs.all() if row.exercise == exercise},
    )


@transaction.atomic
def record_exercise(  # noqa: PLR0913  (a write has these parts; all are named)
    *,
    workout: Workout,
    told: ExerciseTold,
    key: UUID,
    seen: str = "",
    own: Collection[UUID] = (),
    seconds_ago: int = 0,
) -> None:
    """Store all that is told of an exercise, or nothing. The same key, or the same values, again changes nothing.

    key          names this writing; the key of each set is made from it and its place
    seen         the state of what was stored (`StoredLog.state`) when it was told: that may be changed
    own          keys of sets that were told from the same page before, which may be changed too
    seconds_ago  how long ago it was told: it may have waited for a connection

    Raises LogConflict when something else is stored that was not seen.
    """
    lock_training(workout.person)
    stored = stored_log(workout, told.exercise)
    if any(row.client_key == key for row in stored.answers.values()):
        return
    is_seen = seen == stored.state
    moment = moment_in(workout, seconds_ago)
    new_sets: dict[UUID, SetLog] = {}
    for place, values in told.sets.items():
        set_key = uuid5(key, f"{workout.pk}/{place.exercise}/{place.side}/{place.set_number}")
        row = stored.sets.get((place.side, place.set_number))
        if row is None and values is not None:
            parts = {**vars(place), **vars(values)}
            new_sets[set_key] = SetLog(
                workout=workout, person=workout.person, client_key=set_key, done_at=moment, **parts
            )
        elif row is not None and (values is None or not values.are_those_of(row)):
            if not is_seen and row.client_key not in own:
                raise LogConflict
            _change(row, values, set_key)
    new_answers = []
    for side, answer in told.answers.items():
        said = {**answer, "client_key": key, "logged_at": moment}
        log = stored.answers.get(side)
        if log is None:
            new_answers.append(ExerciseLog(workout=workout, exercise=told.exercise, side=side, **said))
        elif any(getattr(log, name) != value for name, value in answer.items()):
            if not is_seen and not log.says_nothing:
                raise LogConflict
            ExerciseLog.objects.filter(pk=log.pk).update(**said, revision=F("revision") + 1)
    if new_sets:
        taken_away = RemovedSet.objects.filter(workout=workout, client_key__in=new_sets)
        for set_key in taken_away.values_list("client_key", flat=True):
            del new_sets[set_key]
    SetLog.objects.bulk_create(new_sets.values())
    ExerciseLog.objects.bulk_create(new_answers)


def _change(row: SetLog, values: SetValues | None, key: UUID) -> None:
    """Give a stored set other values, or take it away; the write it came from stores nothing when it comes again."""
    remember(row.workout, row.client_key)
    if values is None:
        row.delete()
        return
    for name, value in vars(values).items():
        setattr(row, name, value)
    row.client_key = key
    row.revision += 1
    row.save()


@transaction.atomic
def record_typed(*, workout: Workout, typed: Iterable[ExerciseTold], key: UUID) -> None:
    """Store a workout that was typed in from paper, all of it or nothing. The same again changes nothing.

    Raises LogConflict when something else was stored there meanwhile.
    """
    for told in typed:
        record_exercise(workout=workout, told=told, key=key)


@transaction.atomic
def stop_exercise(*, workout: Workout, exercise: str, sides: tuple[str, ...], seconds_ago: int = 0) -> None:
    """ "This hurts: stop this exercise": kept at once, before anything else is asked.

    seconds_ago  how long ago it was said: it may have waited for a connection
    """
    lock_training(workout.person)
    said = {"stopped": True, "logged_at": moment_in(workout, seconds_ago)}
    for side in sides:
        row, made = ExerciseLog.objects.get_or_create(
            workout=workout, exercise=exercise, side=side, defaults=said
        )
        if not made and not row.stopped:
            ExerciseLog.objects.filter(pk=row.pk).update(stopped=True, revision=F("revision") + 1)


@transaction.atomic
def leave_out(*, workout: Workout, exercise: str, sides: tuple[str, ...]) -> None:
    """Keep that an exercise was left out, by an empty answer for each side. What was said of it stays."""
    lock_training(workout.person)
    for side in sides:
        ExerciseLog.objects.get_or_create(workout=workout, exercise=exercise, side=side)
