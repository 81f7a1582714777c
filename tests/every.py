"""One test for many things of a kind, which names all those it does not hold for."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest

Thing = TypeVar("Thing")


def for_every(
    things: Iterable[Thing] | Callable[[], Iterable[Thing]], name: Callable[[Thing], str] = str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a test whose first argument is one of these things be one test of them all.

    things  or what makes them: called when the test runs, for things that take long to make
    name    what a thing is called where the test does not hold for it
    """
    make = things if callable(things) else list(things).copy

    def looped(check: Callable[..., None]) -> Callable[..., None]:
        def test(**fixtures: Any) -> None:
            failed = []
            all_things = list(make())
            for thing in all_things:
                try:
                    check(thing, **fixtures)
                except Exception as error:  # noqa: BLE001  (whatever it is, the other things are asked too)
                    failed.append(f"{name(thing)}: {type(error).__name__}: {error}")
            assert all_things, "there is nothing to ask"
            if failed:
                pytest.fail("\n".join(failed), pytrace=False)

        test.__name__, test.__module__ = check.__name__, check.__module__
        _, *others = inspect.signature(check).parameters.values()
        keyword_only = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in others]
        vars(test)["__signature__"] = inspect.Signature(keyword_only)
        return test

    return looped
