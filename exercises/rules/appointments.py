"""What a plan has put on the days to come: workouts, and looking again. Pure: no clock, no database."""

from dataclasses import dataclass
from datetime import date

from exercises.rules.numbers import rule_numbers
from exercises.rules.scheduling import Schedule


@dataclass(frozen=True)
class Appointment:
    """Something that a plan has put on a day.

    key  what it stays, whatever day it is moved to: "7" is the seventh slot, "look-4" looking again after plan week 4
    """

    key: str
    on: date
    is_look: bool = False


def appointments(schedule: Schedule, today: date, looked_on: date | None) -> list[Appointment]:
    """What is still to be done today or later, by date; nothing while a pause or a hold has no end.

    looked_on  the local date of the latest finished mirror check
    """
    workouts = [Appointment(str(slot.number), slot.on) for slot in schedule.coming(today)]
    looks = [
        Appointment(f"look-{week}", day, is_look=True)
        for week in rule_numbers().schedule.look_again_weeks
        if (day := schedule.active_day(week * 7)) and day >= today and schedule.look_is_due(day, looked_on)
    ]
    return sorted([*workouts, *looks], key=lambda one: one.on)
