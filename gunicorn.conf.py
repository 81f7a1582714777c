"""What gunicorn reads by itself where it is started: its log names pages, never addresses, as one may hold a token."""

from typing import Any

from gunicorn.glogging import Logger

# Time, method, name of the page (hipfeet/log.py), status, bytes.
access_log_format = "%(t)s %(m)s %({page}e)s %(s)s %(b)s"


class logger_class(Logger):  # noqa: N801  (the name of the setting)
    """gunicorn's own; of a request that even Django could not answer it would log the address."""

    def exception(self, msg: object, *args: Any, **kwargs: Any) -> None:
        """Log the traceback, without the address."""
        if str(msg).startswith("Error handling request"):
            msg, args = "Error handling request", ()
        super().exception(msg, *args, **kwargs)
