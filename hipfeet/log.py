"""The log: one JSON object a line, which names pages, never addresses or what a person answered."""

import json
import logging
import re
import secrets
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest

request_number: ContextVar[str] = ContextVar("request_number", default="")
"""Of the request that is being answered; empty where there is none."""

PASSED_ON = re.compile(r"[0-9A-Za-z-]{8,64}")
ADDRESS = re.compile(r"(https?://[^/?#\s]*)\S*")
NOBODYS = "Invalid request"
"""Could not be read: it has no number, and that of its thread is another's."""


def number_of(request: HttpRequest) -> str:
    """The number our proxy gave the request, or a new one: a stranger's header is not to be believed."""
    theirs: str = request.META.get("HTTP_X_REQUEST_ID", "")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and PASSED_ON.fullmatch(theirs):
        return theirs
    return secrets.token_hex(8)


def page_named(request: HttpRequest) -> str:
    """The name of the page that was asked for, as in `urls.py`; "-" for an address that leads to none."""
    if request.resolver_match:
        return request.resolver_match.view_name
    return "static" if request.path.startswith(settings.STATIC_URL) else "-"


class NamesNotAddresses(logging.Filter):
    """Puts the page's name where Django would log the address of a request, and drops what gunicorn would log of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every line, without the address."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            name = page_named(request)
            # Django escapes what it logs, so that no letter begins a line of its own.
            address = {request.path, request.path.encode("unicode_escape").decode()}
            said = (name if argument in address else argument for argument in record.args)
            # Why a form was refused names the page it says it came from.
            record.args = tuple(ADDRESS.sub(r"\1", one) if isinstance(one, str) else one for one in said)
        for words in ("Error handling request", NOBODYS):
            if record.name == "gunicorn.error" and str(record.msg).startswith(words):
                record.msg, record.args = words, ()
        return True


class JsonLine(logging.Formatter):
    """What happened as one object; what a line says besides its words comes with `extra={"fields": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        number = "" if record.msg == NOBODYS else request_number.get()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if number:
            line["request"] = number
        if record.exc_info and record.exc_info[1]:
            line["exception"] = where_it_happened(record.exc_info[1], with_text=not number)
        return json.dumps(line)


def where_it_happened(problem: BaseException, *, with_text: bool) -> list[str]:
    """An exception and what led to it, the first cause first: its kind, and the lines of code it came through.

    with_text  also what it says; not while a request is answered, as it may say a row of a person's answers
    """
    lines: list[str] = []
    for one in _with_its_causes(problem):
        kind = f"{type(one).__module__}.{type(one).__qualname__}"
        frames = traceback.extract_tb(one.__traceback__)
        lines += [f"{kind}: {one}" if with_text else kind]
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return lines


def _with_its_causes(problem: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one: BaseException | None = problem
    while one and one not in found:
        found.insert(0, one)
        one = one.__cause__ or one.__context__
    return found
