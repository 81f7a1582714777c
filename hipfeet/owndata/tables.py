"""What a person's data consists of: tables of rows that name no number of a database, only each other's places.

The schema is made from the models, so the same types write an export and check what comes in.
"""

import datetime
import json
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

from django.db import models
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StrictBool,
    StrictInt,
    StrictStr,
    create_model,
)

from accounts.models import User
from assessments.models import Attempt, Clearance, Correction, Count, SafetyAnswers, SecondLook
from exercises.models import (
    ExerciseLog,
    OwnedEquipment,
    Plan,
    PlanChange,
    Preference,
    RemovedSet,
    RemovedWorkout,
    SetLog,
    Workout,
)
from hipfeet.mail.models import ReminderChoices

FORMAT = "hipfeet"
VERSION = 1


class Table(NamedTuple):
    """One table of an export.

    name   as it stands in the file
    owner  how a row leads to its person
    order  by what rows stand in order; rows of other tables name them by their place, from 1
    """

    name: str
    model: type[models.Model]
    owner: str = "person"
    order: str = "pk"


TABLES = (
    Table("reminders", ReminderChoices),
    Table("equipment", OwnedEquipment),
    Table("preferences", Preference, order="exercise"),
    Table("checks", Attempt, order="started_at"),
    Table("second_looks", SecondLook, "attempt__person"),
    Table("corrections", Correction, "attempt__person"),
    Table("counts", Count),
    Table("safety_answers", SafetyAnswers),
    Table("visits", Clearance),
    Table("plans", Plan, order="made_at"),
    Table("plan_changes", PlanChange, "plan__person"),
    Table("workouts", Workout),
    Table("sets", SetLog),
    Table("how_it_went", ExerciseLog, "workout__person"),
    Table("removed_workouts", RemovedWorkout),
    Table("removed_sets", RemovedSet, "workout__person"),
)
"""Each after those its rows name."""

NOT_TAKEN = {
    "accounts.User": "name, time zone and units stand under `person`; the password is a secret",
    "accounts.AccountEvent": "what happened on this server: a table to read in the ZIP file, never read in",
    "account.EmailAddress": "the address belongs to the account, not to what was done with it",
    "account.EmailConfirmation": "secret",
    "accounts.EmailChange": "an address, and for seven days only",
    "mfa.Authenticator": "secret",
    "mail.OutboxMail": "may hold a code",
    "mail.Reminder": "only keeps a second one from being written that day",
    "owndata.CalendarFeed": "its address is a secret, and of this server only",
    "owndata.PendingImport": "a file that waits to be read in",
    "sessions.Session": "secret",
    "usersessions.UserSession": "secret, and of this server only",
}
"""What is about a person and stays here, with the reason; a test walks all models."""

ABOUT_THE_PERSON = ("name", "time_zone", "weight_unit", "week_start")
LEFT_OUT = {
    "guest_token_hash",  # empty for everyone who has an account
    "looked_at",  # a worker's notes
    "look_next_at",
}
LARGEST_SMALL, LARGEST = 32_767, 2_147_483_647
FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)

_STRICT = ConfigDict(extra="forbid", frozen=True)

Row = BaseModel
"""A row of any table: its class comes from `row_type`."""
Places = dict[str, dict[Any, int]]
"""{label of a model: {primary key: place in the file}}."""


class AboutThePerson(BaseModel):
    """What a person set about themselves."""

    model_config = _STRICT

    name: StrictStr = Field(max_length=80)
    time_zone: StrictStr = Field(max_length=64)
    weight_unit: Literal["kg", "lb"]
    week_start: Literal[0, 5, 6]


class Head(BaseModel):
    """When an export was made."""

    model_config = _STRICT

    exported_at: AwareDatetime


@cache
def row_type(table: Table) -> type[Row]:
    """The type of a table's rows, made from its model."""
    fields: dict[str, Any] = {field.name: _typed(field) for field in taken(table.model)}
    return create_model(f"{table.model.__name__}Row", __config__=_STRICT, **fields)


def taken(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    """The fields of a model that are exported: all but its number, its person, and what stands in `LEFT_OUT`."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.related_model is not User and field.name not in LEFT_OUT
    ]


def rows_of(person: User, table: Table, places: Places) -> Iterator[Row]:
    """A person's rows in order, their references as places; `places` learns where these rows stand."""
    own = places.setdefault(table.model._meta.label, {})
    names = {field.attname: field for field in taken(table.model)}
    found = table.model._default_manager.filter(**{table.owner: person}).order_by(table.order, "pk")
    for place, values in enumerate(found.values("pk", *names).iterator(chunk_size=1_000), start=1):
        own[values.pop("pk")] = place
        yield row_type(table)(
            **{names[name].name: _as_place(names[name], value, places) for name, value in values.items()}
        )


def about(person: User) -> AboutThePerson:
    """What a person set about themselves."""
    return AboutThePerson(**{name: getattr(person, name) for name in ABOUT_THE_PERSON})


def as_json(value: BaseModel) -> str:
    """One line, the same for equal values whatever database they come from."""
    return json.dumps(
        value.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


@cache
def schema() -> str:
    """The JSON Schema of `data.json`."""
    tables = {table.name: (list[row_type(table)], ...) for table in TABLES}  # type: ignore[misc]  # made above
    fields: dict[str, Any] = {
        "format": (Literal["hipfeet"], ...),
        "version": (Literal[1], ...),
        "exported_at": (AwareDatetime, ...),
        "person": (AboutThePerson, ...),
        "tables": (create_model("Tables", __config__=_STRICT, **tables), ...),  # type: ignore[call-overload]
    }
    whole: type[BaseModel] = create_model("Data", __config__=_STRICT, **fields)
    return json.dumps(whole.model_json_schema(), indent=1)


def _as_place(field: "models.Field[Any, Any]", value: Any, places: Places) -> Any:
    if value is None or not field.related_model:
        return value
    label: str = field.related_model._meta.label
    return places[label][value]


def _typed(field: "models.Field[Any, Any]") -> Any:
    kind = _kind(field)
    return (kind | None if field.null else kind, ...)


def _kind(field: "models.Field[Any, Any]") -> Any:
    match field:
        case models.ForeignKey():
            return Annotated[StrictInt, Field(ge=1)]
        case models.DateTimeField():
            return AwareDatetime
        case models.DateField():
            return Annotated[datetime.date, Field(ge=FIRST_DAY, le=LAST_DAY)]
        case models.TimeField():
            return Annotated[datetime.time, AfterValidator(_on_the_wall)]
        case models.UUIDField():
            return UUID
        case models.BooleanField():
            return StrictBool
        case models.PositiveSmallIntegerField():
            return Annotated[StrictInt, Field(ge=0, le=LARGEST_SMALL)]
        case models.PositiveIntegerField():
            return Annotated[StrictInt, Field(ge=0, le=LARGEST)]
        case models.JSONField():
            return JsonValue
        case models.CharField() | models.TextField():
            if field.choices:
                allowed = tuple(value for value, _ in field.flatchoices) + (("",) if field.blank else ())
                return Literal[allowed]
            return Annotated[StrictStr, Field(max_length=field.max_length)]
    raise TypeError(f"{field} has no type in an export")


def _on_the_wall(time: datetime.time) -> datetime.time:
    """A time of day without a zone: a database takes no other."""
    if time.tzinfo:
        raise ValueError("a time of day has no time zone")
    return time
