"""Public pages, rendered once and compressed once: a visitor without a session is answered from memory.

The reference changes only with a deployment, so a process renders each of its pages once. What is kept is
the whole answer, headers and all, as the other middleware left it; nothing personal can be in it, because only
answers to requests without a session are kept (measured by bench/reference.py, goal M1).
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

import brotli
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers

from anatomy.access import is_public_page

View = Callable[[HttpRequest], HttpResponse]

# A limit in case somebody finds a way to ask for endless addresses; there are about 300 pages.
MOST_PAGES = 2000

_PACKS: dict[str, Callable[[bytes], bytes]] = {"br": brotli.compress, "gzip": partial(gzip.compress, mtime=0)}
_ACCEPTED = {name: re.compile(rf"\b{name}\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))") for name in _PACKS}


class CachedPage(NamedTuple):
    """A page as it is sent: its headers and the hash of its content; and what it was found by.

    bodies  by encoding, "" is uncompressed; the others are made when first asked for, as the best costs a tenth of a second
    """

    match: ResolverMatch | None
    headers: tuple[tuple[str, str], ...]
    tag: str
    bodies: dict[str, bytes]


def cached(response: HttpResponse, match: ResolverMatch | None) -> CachedPage:
    """A rendered answer as it is kept."""
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    plain = response.content
    if response.headers.get("Content-Encoding") == "gzip":  # by the middleware for personal pages
        plain = gzip.decompress(plain)
        del response.headers["Content-Encoding"]
    return CachedPage(
        match=match,
        headers=tuple(item for item in response.headers.items() if item[0] != "Content-Length"),
        tag=hashlib.sha256(plain).hexdigest()[:20],
        bodies={"": plain},
    )


def answer_from(page: CachedPage, request: HttpRequest) -> HttpResponse:
    """The page in the best encoding the browser takes; 304 without a body when it has it already."""
    request.resolver_match = page.match  # the log names it
    accepts = request.META.get("HTTP_ACCEPT_ENCODING", "")
    encoding = next((name for name, pattern in _ACCEPTED.items() if pattern.search(accepts)), "")
    if encoding not in page.bodies:
        page.bodies[encoding] = _PACKS[encoding](page.bodies[""])
    body = page.bodies[encoding]
    etag = f'"{page.tag}-{encoding}"'  # a strong one differs between encodings
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    content = b"" if request.method == "HEAD" else body
    response = HttpResponseNotModified() if etag in known else HttpResponse(content)
    for name, value in page.headers:
        response.headers[name] = value
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        del response.headers["Content-Type"]
    else:
        response.headers["Content-Length"] = str(len(body))
        if encoding:
            response.headers["Content-Encoding"] = encoding
    response.headers["ETag"] = etag
    return response


class PageCacheMiddleware:
    """Answers visitors without a session from memory; everyone else's pages are made for them.

    It comes first: whatever an answer needs (security headers, policy) is part of what was kept. A host or scheme
    that would be refused or redirected is passed on.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self.pages: dict[tuple[str, bool], CachedPage] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from memory, or pass on and keep the answer."""
        if not self._is_for_anyone(request):
            return self.get_response(request)
        key = (request.path, request.is_secure())
        page = self.pages.get(key)
        if page and not _asks_for_more(request, page.match):
            return answer_from(page, request)
        response = self.get_response(request)
        if not _may_be_kept(request, response):
            return response
        page = cached(response, request.resolver_match)
        if len(self.pages) < MOST_PAGES:
            self.pages[key] = page
        return answer_from(page, request)

    def _is_for_anyone(self, request: HttpRequest) -> bool:
        """A plain read by nobody in particular, from one of our hosts, over the scheme we serve."""
        if request.method not in {"GET", "HEAD"} or settings.DEBUG:
            return False
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return False
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return False
        try:
            request.get_host()
        except DisallowedHost:
            return False
        return True


def _asks_for_more(request: HttpRequest, match: ResolverMatch | None) -> bool:
    """Whether the page depends on what stands behind the question mark; on all others that is somebody else's mark on a link."""
    return bool(request.META.get("QUERY_STRING")) and getattr(match and match.func, "reads_query", False)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        response.status_code == HTTPStatus.OK
        and match is not None
        and is_public_page(match.func)
        and not _asks_for_more(request, match)
        and not response.cookies
        and not response.streaming
    )
