"""What a variable of the environment may say, and the one sentence for whoever set another value, or none."""

import re
import shlex
import sys
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError as NoAddress
from django.core.validators import validate_email
from environs import EnvValidationError, ValidationError

LOADING_FAILED = 4
"""Tells gunicorn that another try would fail as well; after other exit codes it starts workers forever."""

HOST = r"([a-z0-9.-]+|\[[0-9a-f:.]+\])"


# --- at the start ----------------------------------------------------------------------------------


def require_settings(*, to_serve: bool = False) -> None:
    """Read the settings; where they cannot be used, end with a sentence that says which variable is wrong.

    to_serve  a web server starts, which refuses what is meant only for a developer
    """
    if reason := _refusal(to_serve=to_serve):
        sys.stderr.write(f"hipfeet does not start: {reason} (.env.example explains every variable.)\n")
        sys.exit(LOADING_FAILED)


def _refusal(*, to_serve: bool) -> str:
    try:
        debug: bool = settings.DEBUG
    except EnvValidationError as problem:
        name = str(problem).split('"')[1]
        return f"{name}: {' '.join(problem.error_messages)}"
    except ValueError as problem:
        return str(problem)
    if to_serve and debug:
        return "DEBUG is on. It shows strangers what is inside. Take it out of the environment."
    if to_serve and not settings.ALLOWED_HOSTS:
        return "ALLOWED_HOSTS is empty. Set it to the host names this server answers to."
    return ""


# --- what single variables may say; each raises ValidationError, and takes an empty value for none ----


def long_key(said: str) -> None:
    """50 characters or more, spaces not counted."""
    if len("".join(said.split())) < 50:
        raise ValidationError("It must have at least 50 characters in production, spaces not counted.")


def host_names(said: list[str]) -> None:
    """Names or addresses of hosts; not every name there is: links in e-mails would lead where a stranger likes."""
    for name in said:
        if name.strip() and not re.fullmatch(rf"\.?{HOST}", name.strip(), re.IGNORECASE):
            raise ValidationError(
                f"“{name.strip()}” is no host name. Such as hipfeet.example, without https://, port or path."
            )


def origin(said: str) -> None:
    """Such as https://hipfeet.example; with a path behind it none is ever equal to what a browser sends."""
    if said and not re.fullmatch(rf"https?://(\*\.)?{HOST}(:\d+)?", said, re.IGNORECASE):
        raise ValidationError(
            f"“{said}” is no origin. Such as https://hipfeet.example, without a path or a / at the end."
        )


def origins(said: list[str]) -> None:
    """Several of them."""
    for one in said:
        origin(one.strip())


def secure_origin(said: str) -> None:
    """One that begins with https."""
    origin(said)
    if said.startswith("http://"):
        raise ValidationError("It must begin with https:// in production.")


def address(said: str) -> None:
    """An e-mail address."""
    try:
        if said.strip():
            validate_email(said.strip())
    except NoAddress:
        raise ValidationError(f"“{said}” is no e-mail address.") from None


def sender(said: str) -> None:
    """An e-mail address, with or without a name: hipfeet <hello@hipfeet.example>."""
    address(parseaddr(said)[1] or said or "(nothing)")


def age_identity(said: str) -> None:
    """What age-keygen prints; its line `public key: age1...` could encrypt, and never restore."""
    if said and not re.fullmatch(r"AGE-SECRET-KEY-1[A-Z0-9]{58}", said.strip()):
        raise ValidationError("It must be the one line AGE-SECRET-KEY-1... of what age-keygen prints.")


def command_line(said: str) -> None:
    """A command that a shell could take apart."""
    try:
        shlex.split(said)
    except ValueError:
        raise ValidationError("A quotation mark in it is not closed.") from None


def error_server(said: str) -> None:
    """What a Sentry-compatible server calls a DSN."""
    if said and not re.fullmatch(rf"https?://\w+@{HOST}(:\d+)?/(.+/)?\d+", said.strip(), re.IGNORECASE):
        raise ValidationError("It is no DSN, such as https://key@errors.example/1.")


def one_word(said: str) -> None:
    """Part of an address between two slashes."""
    if not re.fullmatch(r"/?[A-Za-z0-9_-]*/?", said):
        raise ValidationError("It must be one word of letters, digits, - and _.")


def database(said: str) -> None:
    """A database hipfeet can use, in an address that is read as it was meant."""
    kind, _, rest = said.partition("://")
    if kind not in {"sqlite", "postgres", "postgresql"}:
        raise ValidationError("It must begin with postgres:// or sqlite:///.")
    if kind == "sqlite":
        return
    if _cut_short(rest):
        raise ValidationError(
            "It cannot be read, as its password holds one of / ? # [ ] % or a space. "
            "Take the password out of it and set it as DATABASE_PASSWORD, just as it is."
        )
    if not rest.partition("/")[2].partition("?")[0]:
        raise ValidationError("It names no database. The name stands after the host and a /.")


def mail_server(said: str) -> None:
    """How e-mails leave; "console:" and "file:///..." are for trying things out."""
    kind, _, rest = said.partition(":")
    if kind not in {"smtp", "submission", "console", "file"}:
        raise ValidationError("It must begin with smtp:// or, for one that asks for STARTTLS, submission://.")
    if kind in {"console", "file"}:
        return
    if _cut_short(rest.removeprefix("//")):
        raise ValidationError(
            "It cannot be read, as its password holds one of / ? # [ ] % or a space. Write those as %2F %3F %23 %5B %5D %25 %20."
        )
    if not re.match(rf"//([^@]*@)?{HOST}(:\d+)?(/|\?|$)", rest, re.IGNORECASE):
        raise ValidationError(
            "It names no mail server. Such as submission://user:password@mail.hipfeet.example:587"
        )


def _cut_short(after_scheme: str) -> bool:
    """Whether a password in an address ends it early, so that something else would be taken for the host."""
    login = after_scheme.rpartition("@")[0]
    return re.search(r"[/?#\[\]\s]|%(?![0-9A-Fa-f]{2})", login) is not None
