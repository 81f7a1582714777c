"""What the logs say of a request: the name of its page, never its address, which may hold a token or a date."""

import logging

from django.conf import settings
from django.http import HttpRequest


def page_named(request: HttpRequest) -> str:
    """The name of the page that was asked for, as in `urls.py`; "-" for an address that leads to none."""
    if request.resolver_match:
        return request.resolver_match.view_name
    return "static" if request.path.startswith(settings.STATIC_URL) else "-"


class NamesNotAddresses(logging.Filter):
    """Puts the page's name where Django would log the address of a request that went wrong, and leaves out rows."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every line, without the address, and without the row that a database refused."""
        if record.exc_info:
            _leave_out_rows(record.exc_info[1])
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            name = page_named(request)
            # Django escapes what it logs, so that no letter begins a line of its own.
            address = {request.path, request.path.encode("unicode_escape").decode()}
            record.args = tuple(name if argument in address else argument for argument in record.args)
        return True


def _leave_out_rows(problem: BaseException | None) -> None:
    """PostgreSQL's exceptions say after DETAIL what was to be stored: answers, or an e-mail address."""
    while problem:
        if "\nDETAIL:" in str(problem):
            problem.args = (str(problem).partition("\nDETAIL:")[0],)
        problem = problem.__cause__ or problem.__context__
