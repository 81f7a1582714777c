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
    """Puts the page's name where Django would log the address of a request that went wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every line, without the address."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            name = page_named(request)
            # Django escapes what it logs, so that no letter begins a line of its own.
            address = {request.path, request.path.encode("unicode_escape").decode()}
            record.args = tuple(name if argument in address else argument for argument in record.args)
        return True
