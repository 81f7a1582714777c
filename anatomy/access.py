"""The step before a public page: who may read it, and that it is the same for everyone."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A page anyone may read and nobody can send to.

    Every visitor without a session gets the same bytes (`hipfeet/page_cache.py` keeps them), so it holds no form
    with a CSRF token, and shows a signed-in person something of their own only by asking `user`.
    """
    public = login_not_required(require_safe(view))
    public.same_for_all = True  # type: ignore[attr-defined]
    return public


def reads_query(view: View) -> View:
    """Inside `public_page`: a page that also depends on what stands behind the question mark of its address."""
    view.reads_query = True  # type: ignore[attr-defined]
    return view


def is_public_page(view: object) -> bool:
    """Whether a view was made by `public_page`."""
    return getattr(view, "same_for_all", False)
