"""Reports errors to a Sentry-compatible server: which kind, where in the code, on which page; nothing of the person."""

import logging
from typing import Any

from hipfeet.log import page_named, request_number


def report_errors_to(address: str) -> None:
    """Send what is logged as an error from now on, from a thread of its own, so that no page waits.

    address  a DSN (SENTRY_DSN)
    """
    import sentry_sdk  # noqa: PLC0415  (a tenth of a second, which only those pay who use it)
    from sentry_sdk.integrations.logging import LoggingIntegration  # noqa: PLC0415

    sentry_sdk.init(
        dsn=address,
        before_send=only_where_it_happened,  # type: ignore[arg-type]  # a dict, as what comes in
        default_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        include_local_variables=False,
        max_request_body_size="never",
        send_default_pii=False,
        max_breadcrumbs=0,
    )


def only_where_it_happened(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any] | None:
    """The report that is sent: of what the library gathered, only what is named here. None: a stranger's doing, no error."""
    if str(event.get("logger", "")).startswith("django.security."):
        return None
    request = getattr(hint.get("log_record"), "request", None)
    problems = event.get("exception", {}).get("values", [])
    return {
        **{
            name: event[name]
            for name in ("event_id", "timestamp", "level", "logger", "platform")
            if name in event
        },
        "message": "" if problems else "An error without an exception",
        "exception": {"values": [_without_text(problem) for problem in problems]},
        "tags": {"page": page_named(request) if request else "-", "request": request_number.get()},
    }


def _without_text(problem: dict[str, Any]) -> dict[str, Any]:
    frames = problem.get("stacktrace", {}).get("frames", [])
    kept = ("filename", "module", "function", "lineno", "in_app")
    return {
        "type": problem.get("type"),
        "module": problem.get("module"),
        "value": "",  # the text of an exception may be a row of answers
        "stacktrace": {"frames": [{name: frame[name] for name in kept if name in frame} for frame in frames]},
    }
